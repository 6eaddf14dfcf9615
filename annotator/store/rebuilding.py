# SPDX-License-Identifier: MIT
"""Putting the rows that `annotator.store.salvage` finds in a damaged project into a new file, with their history."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.model.annotator import Annotator
from annotator.model.scheme import Scheme
from annotator.store import history, history_rows
from annotator.store.database import APPLICATION_ID, errors_explained, make_empty
from annotator.store.decrypting import PageCipher
from annotator.store.driver import Key, connect
from annotator.store.migrations import build_migrations
from annotator.store.pages import PageFile
from annotator.store.recovering import Loss, Reconciling, Recovery
from annotator.store.replaying import Replayed, replay
from annotator.store.salvage import Salvage

_ROWS_AT_ONCE = 500


def rebuild(
    path: Path,
    out: Path,
    key: Key | None,
    *,
    spare: Scheme,
    annotator: Annotator,
    now: str,
    progress: Callable[[int, int], bool],
) -> Recovery:
    """Make a new file of what can be read of a damaged one.

    Args:
        path: the damaged one, which is only read.
        out: where nothing lies yet.
        key: what opens both; None where they are not encrypted.
        spare: what the scheme is taken from where the project's own is lost.
        annotator: whose act it is.
        now: when.
        progress: is told how many pages are read; False stops it.

    Raises:
        UserError: `project_missing`, `file_unreadable`, `nothing_recovered` or, with a key, `nothing_decrypted`,
            `cancelled`, or what writing refuses.
    """
    with errors_explained(out), contextlib.closing(_pages(path, key)) as pages:
        try:
            salvage = Salvage(pages, progress)
            make_empty(out)
            with contextlib.closing(connect(out, key=key)) as connection:
                recovery = _filled(connection, salvage)
                Reconciling(connection, salvage, recovery, secret=key is not None).run(spare, annotator, now)
                _put_triggers(connection)
                connection.execute("commit")
                connection.execute("vacuum")
                connection.execute("pragma journal_mode = wal")
                return recovery
        except _NothingError:
            raise UserError("nothing_recovered" if key is None else "nothing_decrypted", path=path) from None
        except InterruptedError:
            raise UserError("cancelled") from None


class _NothingError(Exception):
    """There is no row to save."""


def _pages(path: Path, key: Key | None) -> PageFile:
    try:
        return PageFile(path, None if key is None else PageCipher(key))
    except FileNotFoundError as error:
        raise UserError("project_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error


def _filled(connection: sqlite3.Connection, salvage: Salvage) -> Recovery:
    """Fill a file of the version that the damaged one had, make it one of today's, and keep what holds of its acts."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    build_migrations().apply(connection, salvage.found.versions)
    connection.execute("begin")
    recovery = _fill(connection, salvage)
    (rows,) = connection.execute(_HELD).fetchone()
    if not rows:
        raise _NothingError
    connection.execute("commit")
    build_migrations().apply(connection)
    connection.execute("begin")
    _cut_history(connection, recovery)
    return recovery


_HELD = "select (select count(*) from article) + (select count(*) from text) + (select count(*) from annotator)"


def _fill(connection: sqlite3.Connection, salvage: Salvage) -> Recovery:
    """Put every row that can be read into an empty file, of the version that the damaged one had."""
    connection.execute("pragma foreign_keys = off")
    _drop_triggers(connection)
    recovery = Recovery()
    batch: list[tuple[Any, ...]] = []
    target = name = ""

    def write() -> None:
        if batch:
            taken = connection.executemany(target, batch)
            if taken.rowcount < len(batch):
                # It breaks a rule of its table, or is there already; the history may know better.
                salvage.found.torn.add(name)
            batch.clear()

    for table, row in salvage.rows():
        if table.name == "text":
            row = _text(row, recovery)  # noqa: PLW2901 - the row as it can be kept
        marks = ", ".join("?" * len(row))
        columns = ", ".join(f'"{column}"' for column in table.columns[: len(row)])
        statement = f"insert or ignore into {table.name} ({columns}) values ({marks})"  # noqa: S608 - names, marks
        if statement != target or len(batch) >= _ROWS_AT_ONCE:
            write()
            target, name = statement, table.name
        batch.append(row)
    write()
    recovery.pages = len(salvage.found.pages)
    return recovery


def _text(row: tuple[Any, ...], recovery: Recovery) -> tuple[Any, ...]:
    """Return the row of a text as it can be kept: of one that lost its end, what there is."""
    sha256, body = row[:2]
    if isinstance(body, bytes):
        body = body.decode(errors="ignore")
        recovery.losses.append(Loss("text", sha256.hex(), "text_cut_short"))
    return sha256, body


def _cut_history(connection: sqlite3.Connection, recovery: Recovery) -> None:
    """Keep the acts up to the first one that is lost or changed: what came later stands on it."""
    (last,) = connection.execute(
        "select max(coalesce((select max(seq) from history), 0), coalesce((select max(last) from history_pack), 0))"
    ).fetchone()
    end = _cut(connection, _whole_from_the_beginning(connection))
    for find in (history_rows.broken, _misfits):
        broken = min(find(connection), default=None)
        if broken is not None:
            end = _cut(connection, min(end, broken - 1))
    recovery.acts, recovery.acts_lost = end, max(0, last - end)


def _cut(connection: sqlite3.Connection, end: int) -> int:
    """Take out all acts after one, with the pack in which some of these are; return the last that stays."""
    (end,) = connection.execute(
        "select coalesce(min(first) - 1, :end) from history_pack where last > :end and first <= :end + 1", {"end": end}
    ).fetchone()
    for table, column in (("history", "seq"), ("history_part", "seq"), ("history_pack", "last")):
        connection.execute(f"delete from {table} where {column} > ?", (end,))  # noqa: S608 - names
    return int(end)


def _whole_from_the_beginning(connection: sqlite3.Connection) -> int:
    """Return the number of the last act before which none is missing."""
    end = 0
    for first, last in connection.execute("select first, last from history_pack order by last"):
        if first != end + 1:
            return end
        end = last
    for (seq,) in connection.execute("select seq from history where seq > ? order by seq", (end,)):
        if seq != end + 1:
            break
        end = seq
    return end


def _misfits(connection: sqlite3.Connection) -> Iterator[int]:
    state = Replayed(secret=True)
    try:
        yield from replay(history.acts(connection), state)
    finally:
        state.close()


def _drop_triggers(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")


def _put_triggers(connection: sqlite3.Connection) -> None:
    """Make the triggers that a project has and that were dropped to fill it."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        build_migrations().apply(fresh)
        wanted = fresh.execute("select name, sql from sqlite_schema where type = 'trigger'").fetchall()
    have = {name for (name,) in connection.execute("select name from sqlite_schema where type = 'trigger'")}
    for name, sql in wanted:
        if name not in have:
            connection.execute(sql)
