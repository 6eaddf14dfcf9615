# SPDX-License-Identifier: MIT
"""The history: one append-only row for each act, and the two stacks that undo and redo walk.

An act's rows are kept as `annotator.store.row_changes` says. An undo or redo names its target and repeats nothing.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.errors import UserError
from annotator.model.changes import ActKind, Changes, HistoryEntry, Op, RowChange
from annotator.model.ids import AnnotatorId
from annotator.store.columns import Image, compact_json
from annotator.store.registry import leaves_gaps
from annotator.store.row_changes import GIVEN, Act, Change, apply, change_of, whole


@dataclass(frozen=True, slots=True)
class _Stacks:
    """What the annotator's next undo and redo would take."""

    undo_top: int | None = None
    redo_top: int | None = None


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
    if not act.rows and not act.spilled:
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
        changes=[change_of(row) for row in act.rows],
        undo_top=seq,
        undo_below=stacks.undo_top,
    )
    return Changes(seq=seq, op=op, kind=ActKind.DO, params=params, rows=tuple(act.rows), spilled=act.spilled)


def undo(connection: sqlite3.Connection, *, annotator_id: AnnotatorId, at: str) -> Changes:
    """Undo this annotator's last act that is not undone yet.

    Raises:
        UserError: `nothing_to_undo`, or `undo_conflict` where someone has changed the same rows since.
    """
    stacks = _stacks(connection, annotator_id)
    if stacks.undo_top is None:
        raise UserError("nothing_to_undo")
    target = _target(connection, stacks.undo_top)
    spilled = 0
    for part in _parts(connection, target.seq, "desc"):
        spilled += len(_applied(connection, _inverse(part), target.op))
    rows = _applied(connection, _inverse(target.changes), target.op)
    return _append_again(
        connection,
        target,
        rows,
        spilled,
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
    rows = _applied(connection, target.changes, target.op)
    spilled = 0
    for part in _parts(connection, target.seq, "asc"):
        spilled += len(_applied(connection, part, target.op))
    (redo_below,) = connection.execute(
        "select redo_below from history where target = ? and kind = 'undo' order by seq desc limit 1",
        (target.seq,),
    ).fetchone()
    return _append_again(
        connection,
        target,
        rows,
        spilled,
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
    select seq, at, annotator_id, name, op, kind, target, params,
        json_array_length(changes)
            + coalesce((select sum(count) from history_part where history_part.seq = history.seq), 0)
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
        select history.seq, history.kind, coalesce(act.seq, history.seq), coalesce(act.changes, history.changes)
        from history left join history act on act.seq = history.target
        order by history.seq
        """
    )
    for seq, kind, done, text in rows:
        # Each is replayed, also after one that does not fit.
        fits = [_replay_one(state, change) for change in _replayed(connection, kind, done, _changes(text))]
        if not all(fits):
            misfits.append(seq)
    return state, misfits


def _replayed(connection: sqlite3.Connection, kind: str, seq: int, changes: list[Change]) -> Iterator[Change]:
    """Yield what an act changed, or what undoing it changes back, in order."""
    if kind == ActKind.UNDO:
        for part in _parts(connection, seq, "desc"):
            yield from _inverse(part)
        yield from _inverse(changes)
        return
    yield from changes
    for part in _parts(connection, seq, "asc"):
        yield from part


def _replay_one(state: dict[tuple[str, str], Image], change: Change) -> bool:
    table, id_, before, after = change
    row = state.get((table, id_))
    if row is None and before is not None and table in GIVEN:
        row = state[table, id_] = whole(table, before) if after is None else dict(before)
    if before is None:
        fits = row is None
        state[table, id_] = whole(table, after or {})
    elif row is None:
        fits = False
    elif after is None:
        gone = whole(table, before)
        fits = all(gone[name] == value for name, value in row.items())
        del state[table, id_]
    else:
        fits = all(name not in row or row[name] == value for name, value in before.items())
        row.update(after)
    return fits


def _parts(connection: sqlite3.Connection, seq: int, order: Literal["asc", "desc"]) -> Iterator[list[Change]]:
    """Yield what an act changed besides what its own row lists, a part at a time."""
    rows = connection.execute(f"select part from history_part where seq = ? order by part {order}", (seq,))  # noqa: S608
    for (part,) in rows.fetchall():
        (text,) = connection.execute(
            "select changes from history_part where seq = ? and part = ?", (seq, part)
        ).fetchone()
        yield _changes(text)


def _changes(text: str) -> list[Change]:
    return [(table, id_, before, after) for table, id_, before, after in json.loads(text)]


def _inverse(changes: list[Change]) -> list[Change]:
    return [(table, id_, after, before) for table, id_, before, after in reversed(changes)]


def _applied(connection: sqlite3.Connection, changes: list[Change], op: Op) -> tuple[RowChange, ...]:
    rows = apply(connection, changes, op)
    if leaves_gaps(connection, rows):
        # Another annotator has named an actor that would go, or deleted one that would be named again.
        raise UserError("undo_conflict", op=op)
    return rows


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
        changes=_changes(changes),
        undo_below=undo_below,
    )


def _append_again(
    connection: sqlite3.Connection,
    target: _Target,
    rows: tuple[RowChange, ...],
    spilled: int,
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
    return Changes(seq=seq, op=target.op, kind=kind, params=target.params, rows=rows, spilled=spilled)


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
            "params": compact_json(params),
            "changes": compact_json(changes),
            "undo_top": undo_top,
            "undo_below": undo_below,
            "redo_top": redo_top,
            "redo_below": redo_below,
        },
    )


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
