# SPDX-License-Identifier: MIT
"""The state of a project as its history alone tells it, for checks and for recovery; memory does not grow with it.

What acts say of rows is put together in `Replayed`. Rows that do not fit into memory wait in a database of SQLite's
own that has no name and is gone when it is closed.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import cast

from annotator.model.changes import Record
from annotator.store.columns import MISREADS, Image, compact_json
from annotator.store.history_rows import HistoryDamagedError
from annotator.store.row_changes import GIVEN, Change, whole

#: So many rows are held in memory at once.
_HELD = 20_000

_Key = tuple[str, str]


class Replayed:
    """Every row that acts have made and not deleted, by table and id.

    Args:
        secret: whether nothing may be written to a disk, as of an encrypted project.
    """

    def __init__(self, *, secret: bool) -> None:
        # SQLite keeps what has no name in memory as long as it is little, and then in a file that has no name either.
        self._rest = sqlite3.connect(":memory:" if secret else "", isolation_level=None)
        self._rest.execute("create table row (kind text, id text, image text, primary key (kind, id)) without rowid")
        self._rest.execute("pragma journal_mode = off")
        self._rest.execute("begin")
        self._held: dict[_Key, Image | None] = {}
        self._has_rest = False

    def close(self) -> None:
        """Let go of all of it."""
        self._rest.close()

    def take(self, change: Change) -> bool:
        """Do what an act did to a row; return whether it fits what was before. It is done in any case."""
        table, id_, before, after = change
        row = self.get(table, id_)
        if row is None and before is not None and table in GIVEN:
            row = whole(table, before) if after is None else dict(before)
        if before is None:
            fits = row is None
            self._put(table, id_, whole(table, after or {}))
        elif row is None:
            fits = False
        elif after is None:
            gone = whole(table, before)
            fits = all(gone[name] == value for name, value in row.items())
            self._put(table, id_, None)
        else:
            fits = all(name not in row or row[name] == value for name, value in before.items())
            self._put(table, id_, {**row, **after})
        return fits

    def get(self, table: str, id_: str) -> Image | None:
        """Return a row, or None."""
        key = (table, id_)
        if key in self._held or not self._has_rest:
            return self._held.get(key)
        found = self._rest.execute("select image from row where kind = ? and id = ?", key).fetchone()
        return cast("Image", json.loads(found[0])) if found else None

    def rows(self, table: str) -> Iterator[tuple[str, Image]]:
        """Yield the rows of a table, by id."""
        self._spill()
        rows = self._rest.execute("select id, image from row where kind = ? order by id", (table,))
        return ((id_, json.loads(image)) for id_, image in rows)

    def tables(self) -> list[str]:
        """Return the tables that have rows."""
        self._spill()
        return [kind for (kind,) in self._rest.execute("select distinct kind from row")]

    def _put(self, table: str, id_: str, row: Image | None) -> None:
        self._held[table, id_] = row
        if len(self._held) >= _HELD:
            self._spill()

    def _spill(self) -> None:
        gone = [key for key, row in self._held.items() if row is None]
        self._rest.executemany("delete from row where kind = ? and id = ?", gone if self._has_rest else ())
        self._rest.executemany(
            "insert or replace into row (kind, id, image) values (?, ?, ?)",
            ((*key, compact_json(row)) for key, row in self._held.items() if row is not None),
        )
        self._has_rest = True
        self._held.clear()


def replay(acts: Iterable[tuple[int, Iterator[Change]]], state: Replayed) -> Iterator[int]:
    """Take in every act, and yield the numbers of those that do not fit what came before."""
    for seq, changes in acts:
        if not _fits(changes, state):
            yield seq


def _fits(changes: Iterator[Change], state: Replayed) -> bool:
    fits = True
    while True:
        try:
            change = next(changes, None)
            if change is None:
                return fits
            # Each is replayed, also after one that does not fit.
            fits = state.take(change) and fits
        except (*MISREADS, HistoryDamagedError):
            fits = False


def side_by_side(
    records: Iterator[Record], known: Iterator[tuple[str, Image]]
) -> Iterator[tuple[str, Record | None, Image | None]]:
    """Yield each row as it is and as the history left it; both come by id."""
    record, row = next(records, None), next(known, None)
    while record is not None or row is not None:
        if row is None or (record is not None and record.id < row[0]):
            assert record is not None  # noqa: S101 - one of the two is there
            yield record.id, record, None
            record = next(records, None)
        elif record is None or row[0] < record.id:
            yield row[0], None, row[1]
            row = next(known, None)
        else:
            yield record.id, record, row[1]
            record, row = next(records, None), next(known, None)
