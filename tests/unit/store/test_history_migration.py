# SPDX-License-Identifier: MIT
"""A history that was written before it was packed: its migration reads each act once, and each is found again."""

import shutil
import sqlite3
from pathlib import Path

from annotator.model.ids import new_id
from annotator.store import history_rows
from annotator.store.migrations import SQL_DIR, Migrations, build_migrations

_LONG = '[["actor","{}",null,{{"note":"{}"}}]]'.format("0" * 32, "x" * 5_000)


def older(folder: Path, acts: int) -> sqlite3.Connection:
    """Make a file of schema 3 with so many acts, every third of which was undone, one long act, and a part."""
    (folder / "sql").mkdir(parents=True)
    for number in ("0001", "0002", "0003"):
        shutil.copy(next(SQL_DIR.glob(f"{number}_*.sql")), folder / "sql")
    connection = sqlite3.connect(folder / "old.sqlite", isolation_level=None)
    Migrations(folder / "sql").apply(connection)
    who = bytes.fromhex(new_id())
    connection.execute("insert into annotator values (?, 'Layla', '')", (who,))
    connection.execute("begin")
    for seq in range(1, acts + 1):
        undo = seq % 3 == 0
        row = (seq, "", who, "add_actor", "undo" if undo else "do", seq - 1 if undo else None, "{}")
        tops = (None, None, seq - 1, None) if undo else (seq, None, None, None)
        changes = "[]" if undo else _LONG if seq == 1 else "[[]]"
        connection.execute("insert into history values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, changes, *tops))
    connection.execute("insert into history_part values (2, 0, 7, '[]')")
    connection.execute("commit")
    return connection


def migrated(folder: Path, acts: int) -> tuple[sqlite3.Connection, int]:
    """Return the file with its history as it is kept now, and the steps that this took."""
    connection, steps = older(folder, acts), [0]

    def count() -> int:
        steps[0] += 1
        return 0

    connection.set_progress_handler(count, 100)
    build_migrations().apply(connection)
    connection.set_progress_handler(None, 100)
    return connection, steps[0]


def test_older_acts_are_packed_and_chained(tmp_path: Path) -> None:
    connection, _ = migrated(tmp_path, 600)
    rows = list(history_rows.rows(connection))
    assert [row.seq for row in rows] == list(range(1, 601))
    assert connection.execute("select count(*) from history_pack").fetchone() == (3,)
    assert list(history_rows.broken(connection)) == []
    assert rows[0].changes == "[]"
    assert history_rows.own_changes(connection, rows[0]) == _LONG
    assert (history_rows.changed_rows(connection, rows[0]), history_rows.changed_rows(connection, rows[1])) == (1, 8)
    # A redo takes an undo back; it was kept by the act that had been undone.
    assert [row.redo_top for row in rows] == [row.seq if row.kind == "undo" else None for row in rows]
    assert rows[-1].tags == 0
    connection.close()


def test_a_longer_history_takes_only_so_much_longer(tmp_path: Path) -> None:
    taken = []
    for acts in (400, 1_600):
        connection, steps = migrated(tmp_path / str(acts), acts)
        connection.close()
        taken.append(steps)
    assert taken[1] < 5 * taken[0], taken


def test_what_is_below_a_redo_is_the_undo_before_it(tmp_path: Path) -> None:
    connection = older(tmp_path, 2)
    who = connection.execute("select id from annotator").fetchone()[0]
    for seq, kind, target, tops in (
        (3, "do", None, (3, 2, None, None)),
        (4, "undo", 3, (2, None, 3, None)),
        (5, "undo", 2, (1, None, 2, 3)),
        (6, "redo", 2, (2, None, 3, None)),
        (7, "undo", 2, (1, None, 2, 3)),
    ):
        row = (seq, "", who, "add_actor", kind, target, "{}", "[]", *tops)
        connection.execute(f"insert into history values ({', '.join('?' * len(row))})", row)
    build_migrations().apply(connection)
    assert [(row.redo_top, row.redo_below) for row in history_rows.rows(connection, 2)] == [
        *((None, None), (4, None), (5, 4), (4, None), (7, 4)),
    ]
    connection.close()
