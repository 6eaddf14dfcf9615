# SPDX-License-Identifier: MIT
"""The history: one append-only row for each act, and the two stacks that undo and redo walk.

An act's rows are kept as `[table, id, before, after]`: a row that came has no `before`, one that went has no `after`,
of one that changed both hold the changed columns alone. An undo or redo names its target and repeats nothing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from annotator.errors import UserError
from annotator.model.article import Article, ArticleState
from annotator.model.changes import ActKind, Changes, HistoryEntry, Op, Record, RowChange
from annotator.model.ids import AnnotatorId, ArticleId, SpanId
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


@dataclass(frozen=True, slots=True)
class _Stacks:
    """What the annotator's next undo and redo would take."""

    undo_top: int | None = None
    redo_top: int | None = None


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


def append_act(
    connection: sqlite3.Connection,
    act: Act,
    *,
    annotator_id: AnnotatorId,
    at: str,
    op: Op,
    params: Mapping[str, object],
) -> Changes:
    """Write the history row of a finished act, in the act's own transaction."""
    if not act.rows:
        return Changes(seq=0, op=op, kind=ActKind.DO, params=params, rows=())
    stacks = _stacks(connection, annotator_id)
    seq = _next_seq(connection)
    _insert(
        connection,
        seq=seq,
        at=at,
        annotator_id=annotator_id,
        op=op,
        kind=ActKind.DO,
        params=params,
        changes=[_change(row) for row in act.rows],
        undo_top=seq,
        undo_below=stacks.undo_top,
    )
    return Changes(seq=seq, op=op, kind=ActKind.DO, params=params, rows=tuple(act.rows))


def undo(connection: sqlite3.Connection, *, annotator_id: AnnotatorId, at: str) -> Changes:
    """Undo this annotator's last act that is not undone yet.

    Raises:
        UserError: `nothing_to_undo`, or `undo_conflict` where someone has changed the same rows since.
    """
    stacks = _stacks(connection, annotator_id)
    if stacks.undo_top is None:
        raise UserError("nothing_to_undo")
    target = _target(connection, stacks.undo_top)
    inverse = [(table, id_, after, before) for table, id_, before, after in reversed(target.changes)]
    rows = _apply(connection, inverse, target.op)
    return _append_again(
        connection,
        target,
        rows,
        ActKind.UNDO,
        annotator_id=annotator_id,
        at=at,
        undo_top=target.undo_below,
        redo_top=target.seq,
        redo_below=stacks.redo_top,
    )


def redo(connection: sqlite3.Connection, *, annotator_id: AnnotatorId, at: str) -> Changes:
    """Redo this annotator's last undone act.

    Raises:
        UserError: `nothing_to_redo`, or `undo_conflict` where someone has changed the same rows since.
    """
    stacks = _stacks(connection, annotator_id)
    if stacks.redo_top is None:
        raise UserError("nothing_to_redo")
    target = _target(connection, stacks.redo_top)
    rows = _apply(connection, target.changes, target.op)
    (redo_below,) = connection.execute(
        "select redo_below from history where target = ? and kind = 'undo' order by seq desc limit 1",
        (target.seq,),
    ).fetchone()
    return _append_again(
        connection,
        target,
        rows,
        ActKind.REDO,
        annotator_id=annotator_id,
        at=at,
        undo_top=target.seq,
        redo_top=redo_below,
    )


def next_undo(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> HistoryEntry | None:
    """Return the act that this annotator's next undo would take."""
    return _entry(connection, _stacks(connection, annotator_id).undo_top)


def next_redo(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> HistoryEntry | None:
    """Return the act that this annotator's next redo would take."""
    return _entry(connection, _stacks(connection, annotator_id).redo_top)


_ENTRY = """
    select seq, at, annotator_id, name, op, kind, target, params, json_array_length(changes)
    from history join annotator on annotator.id = annotator_id
"""


def entries(connection: sqlite3.Connection, limit: int, before: int | None = None) -> list[HistoryEntry]:
    """Return the newest entries, those older than `before` if it is given; a negative limit means all."""
    rows = connection.execute(
        f"{_ENTRY} where :before is null or seq < :before order by seq desc limit :limit",
        {"before": before, "limit": limit},
    )
    return [_history_entry(row) for row in rows]


def replay(connection: sqlite3.Connection) -> tuple[dict[tuple[str, str], Image], list[int]]:
    """Rebuild the state from the history alone.

    Returns:
        every row by table and id, as the history says it must be; and the acts that do not fit what came before.
    """
    state: dict[tuple[str, str], Image] = {}
    misfits: list[int] = []
    rows = connection.execute(
        """
        select history.seq, history.kind, coalesce(act.changes, history.changes)
        from history left join history act on act.seq = history.target
        order by history.seq
        """
    )
    for seq, kind, text in rows:
        changes: list[Change] = [(table, id_, before, after) for table, id_, before, after in json.loads(text)]
        if kind == ActKind.UNDO:
            changes = [(table, id_, after, before) for table, id_, before, after in reversed(changes)]
        fits = [_replay_one(state, change) for change in changes]
        if not all(fits):
            misfits.append(seq)
    return state, misfits


def image(record: Record) -> Image:
    """Return a row as the history keeps it, without its id."""
    names, values = _IMAGES[type(record)]
    return dict(zip(names, values(record), strict=True))


def _replay_one(state: dict[tuple[str, str], Image], change: Change) -> bool:
    table, id_, before, after = change
    row = state.get((table, id_))
    if before is None:
        fits = row is None
        state[table, id_] = dict(after or {})
    elif row is None:
        fits = False
    elif after is None:
        fits = row == before
        del state[table, id_]
    else:
        fits = all(row.get(name) == value for name, value in before.items())
        row.update(after)
    return fits


@dataclass(frozen=True, slots=True)
class _Target:
    """An act to undo or redo."""

    seq: int
    op: Op
    params: Mapping[str, object]
    changes: list[Change]
    undo_below: int | None


def _target(connection: sqlite3.Connection, seq: int) -> _Target:
    op, params, changes, undo_below = connection.execute(
        "select op, params, changes, undo_below from history where seq = ?", (seq,)
    ).fetchone()
    return _Target(
        seq=seq,
        op=Op(op),
        params=json.loads(params),
        changes=[(table, id_, before, after) for table, id_, before, after in json.loads(changes)],
        undo_below=undo_below,
    )


def _apply(connection: sqlite3.Connection, changes: Iterable[Change], op: Op) -> tuple[RowChange, ...]:
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


def _change(row: RowChange) -> Change:
    record = row.record
    before = image(row.before) if row.before else None
    after = image(row.after) if row.after else None
    if before is not None and after is not None:
        changed = [name for name, value in before.items() if value != after[name]]
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    return (_BY_RECORD[type(record)].name, record.id, before, after)


def _append_again(
    connection: sqlite3.Connection,
    target: _Target,
    rows: tuple[RowChange, ...],
    kind: ActKind,
    *,
    annotator_id: AnnotatorId,
    at: str,
    undo_top: int | None,
    redo_top: int | None,
    redo_below: int | None = None,
) -> Changes:
    seq = _next_seq(connection)
    _insert(
        connection,
        seq=seq,
        at=at,
        annotator_id=annotator_id,
        op=target.op,
        kind=kind,
        target=target.seq,
        params=target.params,
        changes=[],
        undo_top=undo_top,
        redo_top=redo_top,
        redo_below=redo_below,
    )
    return Changes(seq=seq, op=target.op, kind=kind, params=target.params, rows=rows)


def _insert(
    connection: sqlite3.Connection,
    *,
    seq: int,
    at: str,
    annotator_id: AnnotatorId,
    op: Op,
    kind: ActKind,
    params: Mapping[str, object],
    changes: list[Change],
    target: int | None = None,
    undo_top: int | None = None,
    undo_below: int | None = None,
    redo_top: int | None = None,
    redo_below: int | None = None,
) -> None:
    connection.execute(
        """
        insert into history (
            seq, at, annotator_id, op, kind, target, params, changes, undo_top, undo_below, redo_top, redo_below
        )
        values (
            :seq, :at, :annotator_id, :op, :kind, :target, :params, :changes,
            :undo_top, :undo_below, :redo_top, :redo_below
        )
        """,
        {
            "seq": seq,
            "at": at,
            "annotator_id": bytes.fromhex(annotator_id),
            "op": op,
            "kind": kind,
            "target": target,
            "params": _json(params),
            "changes": _json(changes),
            "undo_top": undo_top,
            "undo_below": undo_below,
            "redo_top": redo_top,
            "redo_below": redo_below,
        },
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _next_seq(connection: sqlite3.Connection) -> int:
    (seq,) = connection.execute("select coalesce(max(seq), 0) + 1 from history").fetchone()
    return int(seq)


def _stacks(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> _Stacks:
    row = connection.execute(
        "select undo_top, redo_top from history where annotator_id = ? order by seq desc limit 1",
        (bytes.fromhex(annotator_id),),
    ).fetchone()
    return _Stacks(*row) if row else _Stacks()


def _entry(connection: sqlite3.Connection, seq: int | None) -> HistoryEntry | None:
    if seq is None:
        return None
    return _history_entry(connection.execute(f"{_ENTRY} where seq = ?", (seq,)).fetchone())


def _history_entry(row: tuple[Any, ...]) -> HistoryEntry:
    seq, at, annotator_id, name, op, kind, target, params, rows = row
    return HistoryEntry(
        seq=seq,
        at=at,
        annotator_id=AnnotatorId(annotator_id.hex()),
        annotator_name=name,
        op=Op(op),
        kind=ActKind(kind),
        target=target,
        params=json.loads(params),
        rows=rows,
    )
