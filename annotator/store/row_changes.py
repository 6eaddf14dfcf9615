# SPDX-License-Identifier: MIT
"""Rows as the history keeps them, and how they are changed: by an act that remembers, or again from what was kept.

A change is `[table, id, before, after]`: a row that came has no `before`, one that went has no `after`, of one that
changed both hold the changed columns alone. Knows nothing of undo and redo; that is `annotator.store.history`'s.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from annotator.errors import UserError
from annotator.model.article import Article
from annotator.model.changes import Changes, Op, Record, RowChange
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.store import history_rows
from annotator.store.articles import ARTICLES
from annotator.store.columns import Image, compact_json
from annotator.store.driver import database_errors, error_code
from annotator.store.history_rows import Totals
from annotator.store.registry import ACTORS, EVENTS
from annotator.store.relations import DOCUMENT_TAGS, RELATIONS
from annotator.store.scheme import ATTRIBUTES, DOCUMENT_LABELS, LABELS, LAYERS, PARTICULARS, RELATION_TYPES
from annotator.store.spans import SPANS

Change = tuple[str, str, Image | None, Image | None]

#: From so many rows on, an act that may spill does.
_SPILL = 20_000

#: Every table whose rows acts change. Each has `name`, `record`, `defaults`, and what reads and writes its rows; an
#: image is a row as the history keeps it, without its id.
_TABLES: dict[str, Any] = {
    table.name: table
    for table in (
        *(ARTICLES, SPANS, RELATIONS, DOCUMENT_TAGS, ACTORS, EVENTS),
        *(LAYERS, LABELS, ATTRIBUTES, RELATION_TYPES, DOCUMENT_LABELS, PARTICULARS),
    )
}
_BY_RECORD: dict[type, Any] = {table.record: table for table in _TABLES.values()}

#: Their rows came with the project, before any act: the history knows them from their first change on.
GIVEN = frozenset(table.name for table in (LAYERS, LABELS, ATTRIBUTES, RELATION_TYPES, DOCUMENT_LABELS, PARTICULARS))


class Act:
    """One act being done inside a transaction: each method changes a row and remembers it for the history.

    Attributes:
        rows: what it changed, but for what `spill` has handed to the history already.
        spilled: how many rows these were, and `parts` the digests of the parts that they are in.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.rows: list[RowChange] = []
        self.changes: Changes | None = None
        self.spilled = 0
        self.parts: list[bytes] = []
        self._spilled = Totals()

    @property
    def growth(self) -> Totals:
        """Return how many articles and tags it brought, less those that it took away."""
        return self._spilled + growth(self.rows)

    def spill(self) -> None:
        """Hand articles and what is tagged in them to the history where they are many by now.

        An import calls it after each batch, so that memory does not grow with the corpus. What others stand on, the
        scheme and the registry, stays, and comes before all that was spilled when the act is redone.
        """
        if len(self.rows) < _SPILL:
            return
        spilled = [row for row in self.rows if isinstance(row.record, Article | Span | Relation | DocumentTag)]
        self.rows = [row for row in self.rows if not isinstance(row.record, Article | Span | Relation | DocumentTag)]
        seq = history_rows.newest(self.connection).next_seq
        changes = compact_json([change_of(row) for row in spilled])
        self.parts.append(history_rows.put_part(self.connection, seq, len(self.parts) + 1, len(spilled), changes))
        self.spilled += len(spilled)
        self._spilled += growth(spilled)

    def insert(self, records: Iterable[Record]) -> None:
        """Insert rows of one kind."""
        new = list(records)
        if new:
            _BY_RECORD[type(new[0])].insert(self.connection, new)
            self.rows.extend(RowChange(before=None, after=record) for record in new)

    def update(self, before: Record, after: Record) -> None:
        """Change one row; nothing happens where nothing differs."""
        self.update_all([(before, after)])

    def update_all(self, pairs: Iterable[tuple[Record, Record]]) -> None:
        """Change rows of one kind, each as it was and as it is to be; those in which nothing differs stay."""
        changed = [(before, after) for before, after in pairs if before != after]
        if changed:
            _BY_RECORD[type(changed[0][0])].update(self.connection, changed)
            self.rows.extend(RowChange(before=before, after=after) for before, after in changed)

    def delete(self, records: Iterable[Record]) -> None:
        """Delete rows of one kind."""
        old = list(records)
        if old:
            _BY_RECORD[type(old[0])].delete(self.connection, [record.id for record in old])
            self.rows.extend(RowChange(before=record, after=None) for record in old)


def table_names() -> tuple[str, ...]:
    """Return the names of all tables whose rows acts change."""
    return tuple(_TABLES)


def table_named(table: str) -> Any:
    """Return what reads and writes the rows of a table."""
    return _TABLES[table]


def all_rows(connection: sqlite3.Connection, table: str) -> Iterator[Record]:
    """Yield every row of a table, by id."""
    rows: Iterator[Record] = _TABLES[table].in_order(connection)
    return rows


def growth(rows: Iterable[RowChange]) -> Totals:
    """Return how many articles and tags changes brought, less those that they took away."""
    counts: dict[type, int] = {Article: 0, Span: 0}
    for row in rows:
        kind = type(row.record)
        if kind in counts:
            counts[kind] += (row.before is None) - (row.after is None)
    return Totals(counts[Article], counts[Span])


def image(record: Record) -> Image:
    """Return a row as the history keeps it, without its id."""
    kept: Image = _BY_RECORD[type(record)].image(record)
    return kept


def whole(table: str, kept: Image) -> Image:
    """Return the image of a row with what `change_of` left out, being as it is by default."""
    return {**_TABLES[table].defaults, **kept}


def change_of(row: RowChange) -> tuple[str, str, object, object]:
    """Return what `compact_json` writes as a change that the history keeps."""
    record = row.record
    table = _BY_RECORD[type(record)]
    if row.before is not None and row.after is not None:
        return (table.name, record.id, *table.difference(row.before, row.after))
    kept = table.brief(record)
    return (table.name, record.id, None, kept) if row.before is None else (table.name, record.id, kept, None)


def apply(connection: sqlite3.Connection, changes: Sequence[Change], op: Op) -> tuple[RowChange, ...]:
    """Change rows as a history entry says, after checking that each is as that entry expects it."""
    rows: list[RowChange] = []
    try:
        for (name, came, went), run in groupby(changes, key=_kind):
            table = _TABLES[name]
            way = _again if name in GIVEN else _come if came else _go if went else _change
            rows += way(connection, table, list(run))
    except _AnotherRowError as error:
        raise UserError("undo_conflict", op=op) from error
    except database_errors() as error:
        if error_code(error) != sqlite3.SQLITE_CONSTRAINT:
            raise
        # Another annotator's rows stand on the ones that would go, or there is one already that would come.
        raise UserError("undo_conflict", op=op) from error
    return tuple(rows)


def net(connection: sqlite3.Connection, changes: Sequence[Change]) -> tuple[RowChange, ...]:
    """Return what changes that are in the file, one after the other, make of each row together."""
    now = _present(connection, changes)
    keys = dict.fromkeys((name, id_) for name, id_, _, _ in changes)
    first = {key: image(now[key]) if key in now else None for key in keys}
    for name, id_, before, after in reversed(changes):
        if before is None:
            first[name, id_] = None
        elif after is None:
            first[name, id_] = whole(name, before)
        elif (kept := first[name, id_]) is not None:  # else it went by a later act, which is none of these
            first[name, id_] = {**kept, **before}
    rows = []
    for (name, id_), kept in first.items():
        was = None if kept is None else _TABLES[name].from_image(id_, kept)
        is_now = now.get((name, id_))
        if was != is_now:
            rows.append(RowChange(before=was, after=is_now))
    return tuple(rows)


def _present(connection: sqlite3.Connection, changes: Iterable[Change]) -> dict[tuple[str, str], Record]:
    """Return every row that changes speak of, as it is now."""
    ids: dict[str, dict[str, None]] = {}
    for name, id_, _, _ in changes:
        ids.setdefault(name, {})[id_] = None
    return {
        (name, id_): record
        for name, known in ids.items()
        for id_, record in _TABLES[name].get_many(connection, list(known)).items()
    }


class _AnotherRowError(Exception):
    """A row is not as the history expects it."""


def _kind(change: Change) -> tuple[str, bool, bool]:
    """Return what changes have in common that are done together: the table, and whether rows come or go."""
    return change[0], change[2] is None, change[3] is None


def _come(connection: sqlite3.Connection, table: Any, changes: list[Change]) -> list[RowChange]:
    """Bring rows; SQLite itself refuses one whose id is there already."""
    records = table.from_images([change[1] for change in changes], [change[3] or {} for change in changes])
    table.insert(connection, records)
    return [RowChange(before=None, after=record) for record in records]


def _go(connection: sqlite3.Connection, table: Any, changes: list[Change]) -> list[RowChange]:
    """Take rows away that are as they were."""
    records = table.from_images([change[1] for change in changes], [change[2] or {} for change in changes])
    rows = table.rows(records)
    taken = table.take(connection, [row[0] for row in rows])
    for record, expected in zip(records, rows, strict=True):
        row = taken.pop(expected[0], None)
        # What was taken wrongly comes back with the whole transaction; what others wrote may be spelled otherwise.
        if row is None or (row != expected and table.from_row(row) != record):
            raise _AnotherRowError
    return [RowChange(before=record, after=None) for record in records]


def _change(connection: sqlite3.Connection, table: Any, changes: list[Change]) -> list[RowChange]:
    """Change columns of rows in which these are as they were."""
    now = table.get_many(connection, list(dict.fromkeys(change[1] for change in changes)))
    rows = []
    for _, id_, before, after in changes:
        current = now.get(id_)
        if current is None or before is None or after is None or not table.is_as(current, before):
            raise _AnotherRowError
        now[id_] = table.replaced(current, after)
        rows.append(RowChange(before=current, after=now[id_]))
    for names, run in groupby(zip(changes, rows, strict=True), key=lambda both: tuple(both[0][3] or ())):
        table.write(connection, names, [row.after for _, row in run])
    return rows


def _again(connection: sqlite3.Connection, table: Any, changes: list[Change]) -> list[RowChange]:
    """Change rows of the scheme, of which there are few, in whatever way."""
    now = table.get_many(connection, [change[1] for change in changes])
    rows = []
    for _, id_, before, after in changes:
        row = _row_change(table, id_, now.get(id_), before, after)
        rows.append(row)
        now[id_] = row.after
    if rows[0].before is None:
        table.insert(connection, [row.after for row in rows])
    elif rows[0].after is None:
        table.delete(connection, [row.record.id for row in rows])
    else:
        table.update(connection, [(row.before, row.after) for row in rows])
    return rows


def _row_change(table: Any, id_: str, current: Record | None, before: Image | None, after: Image | None) -> RowChange:
    """Return the change to make of a row that is as `before` says."""
    if before is None:
        if current is not None:
            raise _AnotherRowError
        return RowChange(before=None, after=table.from_image(id_, {**table.defaults, **(after or {})}))
    now = {} if current is None else table.image(current)
    if current is None or any(now[name] != value for name, value in before.items()):
        raise _AnotherRowError
    if after is None:
        return RowChange(before=current, after=None)
    return RowChange(before=current, after=table.from_image(id_, {**now, **after}))
