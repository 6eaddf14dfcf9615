# SPDX-License-Identifier: MIT
"""Rows as the history keeps them, and how they are changed: by an act that remembers, or again from what was kept.

A change is `[table, id, before, after]`: a row that came has no `before`, one that went has no `after`, of one that
changed both hold the changed columns alone. Knows nothing of undo and redo; that is `annotator.store.history`'s.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from annotator.errors import UserError
from annotator.model.article import Article, ArticleState
from annotator.model.changes import Changes, Op, Record, RowChange
from annotator.model.ids import ArticleId, SpanId
from annotator.model.span import Origin, Span
from annotator.store import articles, spans

Image = dict[str, Any]
Change = tuple[str, str, Image | None, Image | None]


@dataclass(frozen=True, slots=True)
class _Table:
    """How the history reads and writes the rows of one table."""

    name: str
    record: type[Record]
    enums: Mapping[str, Callable[[str], Any]]
    get: Callable[[sqlite3.Connection, Any], Any]
    insert: Callable[[sqlite3.Connection, Iterable[Any]], None]
    update: Callable[[sqlite3.Connection, Any], None]
    delete: Callable[[sqlite3.Connection, Iterable[Any]], None]


_TABLES = {
    table.name: table
    for table in (
        _Table(
            "article",
            Article,
            {"state": ArticleState},
            articles.get,
            articles.insert,
            articles.update,
            articles.delete,
        ),
        _Table("span", Span, {"origin": Origin}, spans.get, spans.insert, spans.update, spans.delete),
    )
}
_BY_RECORD = {table.record: table for table in _TABLES.values()}


def _image_fields(record: type[Record]) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(record) if field.name != "id")
    return names, attrgetter(*names)


#: Of each kind of row the names of its columns, and what reads them all at once.
_IMAGES = {table.record: _image_fields(table.record) for table in _TABLES.values()}


class Act:
    """One act being done inside a transaction: each method changes a row and remembers it for the history."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.rows: list[RowChange] = []
        self.changes: Changes | None = None

    def insert(self, records: Iterable[Record]) -> None:
        """Insert rows of one kind."""
        new = list(records)
        if new:
            _BY_RECORD[type(new[0])].insert(self.connection, new)
            self.rows.extend(RowChange(before=None, after=record) for record in new)

    def update(self, before: Record, after: Record) -> None:
        """Change one row; nothing happens where nothing differs."""
        if before != after:
            _BY_RECORD[type(after)].update(self.connection, after)
            self.rows.append(RowChange(before=before, after=after))

    def delete(self, records: Iterable[Record]) -> None:
        """Delete rows of one kind."""
        old = list(records)
        if old:
            _BY_RECORD[type(old[0])].delete(self.connection, [record.id for record in old])
            self.rows.extend(RowChange(before=record, after=None) for record in old)


def image(record: Record) -> Image:
    """Return a row as the history keeps it, without its id."""
    names, values = _IMAGES[type(record)]
    return dict(zip(names, values(record), strict=True))


def change_of(row: RowChange) -> Change:
    """Return a change as the history keeps it."""
    record = row.record
    before = image(row.before) if row.before else None
    after = image(row.after) if row.after else None
    if before is not None and after is not None:
        changed = [name for name, value in before.items() if value != after[name]]
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    return (_BY_RECORD[type(record)].name, record.id, before, after)


def apply(connection: sqlite3.Connection, changes: Iterable[Change], op: Op) -> tuple[RowChange, ...]:
    """Change rows as a history entry says, after checking that each is as that entry expects it."""
    rows = []
    runs: list[tuple[str, list[RowChange]]] = []
    for name, id_, before, after in changes:
        table = _TABLES[name]
        current = table.get(connection, id_)
        row = _row_change(table, id_, current, before, after)
        if row is None:
            raise UserError("undo_conflict", op=op)
        rows.append(row)
        _collect(runs, name, row)
        # A row changed twice in one act must be seen as it is now.
        if row.before is not None and row.after is not None:
            _flush(connection, runs, op)
    _flush(connection, runs, op)
    return tuple(rows)


def _collect(runs: list[tuple[str, list[RowChange]]], table: str, row: RowChange) -> None:
    """Put a change with those before it that one statement can carry: same table, same kind."""
    if runs and runs[-1][0] == table and _kind(runs[-1][1][0]) == _kind(row):
        runs[-1][1].append(row)
    else:
        runs.append((table, [row]))


def _kind(row: RowChange) -> tuple[bool, bool]:
    return row.before is None, row.after is None


def _flush(connection: sqlite3.Connection, runs: list[tuple[str, list[RowChange]]], op: Op) -> None:
    try:
        for name, rows in runs:
            table = _TABLES[name]
            came = [row.after for row in rows if row.before is None]
            went = [row.before.id for row in rows if row.before is not None and row.after is None]
            table.insert(connection, came)
            table.delete(connection, went)
            for row in rows:
                if row.before is not None and row.after is not None:
                    table.update(connection, row.after)
    except sqlite3.IntegrityError as error:
        # Another annotator's rows stand on the ones that would go.
        raise UserError("undo_conflict", op=op) from error
    runs.clear()


def _row_change(
    table: _Table, id_: str, current: Record | None, before: Image | None, after: Image | None
) -> RowChange | None:
    """Return the change to make, or None where the row is not as `before` says."""
    if before is None:
        return RowChange(before=None, after=_record(table, id_, after or {})) if current is None else None
    if current is None or any(getattr(current, name) != value for name, value in before.items()):
        return None
    if after is None:
        return RowChange(before=current, after=None)
    values = {name: _value(table, name, value) for name, value in after.items()}
    return RowChange(before=current, after=replace(current, **values))


def _record(table: _Table, id_: str, values: Image) -> Record:
    typed = {name: _value(table, name, value) for name, value in values.items()}
    make: Callable[..., Record] = table.record
    return make(id=(SpanId if table.record is Span else ArticleId)(id_), **typed)


def _value(table: _Table, name: str, value: Any) -> Any:
    return table.enums[name](value) if name in table.enums else value
