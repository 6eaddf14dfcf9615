# SPDX-License-Identifier: MIT
"""The history: one append-only row for each act, and the two stacks that undo and redo walk.

An act's rows are kept as `annotator.store.row_changes` says. An undo or redo names its target and repeats nothing.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from annotator.errors import UserError
from annotator.model.changes import ActKind, Changes, HistoryEntry, Op, RowChange
from annotator.model.ids import AnnotatorId
from annotator.store import history_rows
from annotator.store.columns import compact_json, misreads_told, parsed_json
from annotator.store.history_rows import HistoryRow, Newest
from annotator.store.registry import leaves_gaps
from annotator.store.row_changes import Act, Change, apply, change_of, growth
from annotator.store.scheme import annotators


@dataclass(frozen=True, slots=True)
class _Stacks:
    """What the annotator's next undo and redo would take: an act, and an undo."""

    undo_top: int | None = None
    redo_top: int | None = None


def append_act(
    connection: sqlite3.Connection,
    act: Act,
    end: Newest | None = None,
    *,
    annotator_id: AnnotatorId,
    at: str,
    op: Op,
    params: Mapping[str, object],
    undoable: bool = True,
) -> tuple[Changes, Newest | None]:
    """Write the history row of a finished act, in the act's own transaction; undo passes over some.

    Return what the act changed, and the history's end as it is then; where `end` is given, it need not be read.
    """
    if not act.rows and not act.spilled:
        return Changes(seq=0, op=op, kind=ActKind.DO, params=params, rows=()), end
    end = end or history_rows.newest(connection)
    seq, below = end.next_seq, _stacks(connection, annotator_id, end).undo_top
    totals = end.totals + act.growth
    row = HistoryRow(
        seq=seq,
        at=at,
        annotator_id=annotator_id,
        op=op,
        kind=ActKind.DO,
        target=None,
        params=compact_json(params),
        changes=compact_json([change_of(row) for row in act.rows]),
        undo_top=seq if undoable else below,
        undo_below=below if undoable else None,
        redo_top=None,
        redo_below=None,
        articles=totals.articles,
        tags=totals.tags,
    )
    end = history_rows.append(connection, end, row, act.parts, len(act.rows))
    return Changes(seq=seq, op=op, kind=ActKind.DO, params=params, rows=tuple(act.rows), spilled=act.spilled), end


def undo(
    connection: sqlite3.Connection, end: Newest | None = None, *, annotator_id: AnnotatorId, at: str
) -> tuple[Changes, Newest]:
    """Undo this annotator's last act that is not undone yet; as `append_act`, with the history's end.

    Raises:
        UserError: `nothing_to_undo`, or `undo_conflict` where someone has changed the same rows since.
    """
    end = end or history_rows.newest(connection)
    stacks = _stacks(connection, annotator_id, end)
    if stacks.undo_top is None:
        raise UserError("nothing_to_undo")
    target = _act(connection, end, stacks.undo_top)
    op = Op(target.op)
    spilled, totals = _applied_parts(connection, _spilled_back(connection, target), op)
    rows = _applied(connection, _inverse(_own(connection, target)), op)
    totals += end.totals + growth(rows)
    seq = end.next_seq
    return _append_again(
        connection,
        end,
        HistoryRow(
            seq=seq,
            at=at,
            annotator_id=annotator_id,
            op=op,
            kind=ActKind.UNDO,
            target=target.seq,
            params=target.params,
            changes="[]",
            undo_top=target.undo_below,
            undo_below=None,
            redo_top=seq,
            redo_below=stacks.redo_top,
            articles=totals.articles,
            tags=totals.tags,
        ),
        rows,
        spilled,
    )


def redo(
    connection: sqlite3.Connection, end: Newest | None = None, *, annotator_id: AnnotatorId, at: str
) -> tuple[Changes, Newest]:
    """Redo this annotator's last undone act; as `append_act`, with the history's end.

    Raises:
        UserError: `nothing_to_redo`, or `undo_conflict` where someone has changed the same rows since.
    """
    end = end or history_rows.newest(connection)
    stacks = _stacks(connection, annotator_id, end)
    if stacks.redo_top is None:
        raise UserError("nothing_to_redo")
    undone = _act(connection, end, stacks.redo_top)
    target = history_rows.row_of(connection, _target_of(undone))
    op = Op(target.op)
    rows = _applied(connection, _own(connection, target), op)
    spilled, totals = _applied_parts(connection, _spilled(connection, target), op)
    totals += end.totals + growth(rows)
    return _append_again(
        connection,
        end,
        HistoryRow(
            seq=end.next_seq,
            at=at,
            annotator_id=annotator_id,
            op=op,
            kind=ActKind.REDO,
            target=target.seq,
            params=target.params,
            changes="[]",
            undo_top=target.seq,
            undo_below=None,
            redo_top=undone.redo_below,
            redo_below=None,
            articles=totals.articles,
            tags=totals.tags,
        ),
        rows,
        spilled,
    )


def next_undo(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> HistoryEntry | None:
    """Return the act that this annotator's next undo would take."""
    seq = _stacks(connection, annotator_id, history_rows.newest(connection)).undo_top
    return None if seq is None else _entry(connection, history_rows.row_of(connection, seq), _names(connection))


def next_redo(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> HistoryEntry | None:
    """Return the act that this annotator's next redo would take."""
    seq = _stacks(connection, annotator_id, history_rows.newest(connection)).redo_top
    if seq is None:
        return None
    undone = history_rows.row_of(connection, seq)
    return _entry(connection, history_rows.row_of(connection, _target_of(undone)), _names(connection))


def entries(connection: sqlite3.Connection, limit: int, before: int | None = None) -> list[HistoryEntry]:
    """Return the newest entries, those older than `before` if it is given; a negative limit means all."""
    rows = islice(history_rows.rows_back(connection, before), limit if limit >= 0 else None)
    names = _names(connection)
    return [_entry(connection, row, names) for row in rows]


def changed_by(connection: sqlite3.Connection, row: HistoryRow) -> Iterator[Change]:
    """Yield what an act changed in order; of an undo or redo, what it changed of what its target did."""
    done = row if row.target is None else history_rows.row_of(connection, row.target)
    if row.kind == ActKind.UNDO:
        yield from chain.from_iterable(_spilled_back(connection, done))
        yield from _inverse(_own(connection, done))
        return
    yield from _own(connection, done)
    yield from chain.from_iterable(_spilled(connection, done))


def acts(connection: sqlite3.Connection) -> Iterator[tuple[int, Iterator[Change]]]:
    """Yield the number of each act, the oldest first, and what it changed, a row at a time."""
    for row in history_rows.rows(connection):
        yield row.seq, changed_by(connection, row)


def _own(connection: sqlite3.Connection, row: HistoryRow) -> list[Change]:
    """Return what an act changed, but for what an import has spilled."""
    return _changes(history_rows.own_changes(connection, row))


def _spilled(connection: sqlite3.Connection, row: HistoryRow) -> Iterator[list[Change]]:
    return map(_changes, history_rows.part_texts(connection, row.seq, "asc"))


def _spilled_back(connection: sqlite3.Connection, row: HistoryRow) -> Iterator[list[Change]]:
    return (_inverse(_changes(part)) for part in history_rows.part_texts(connection, row.seq, "desc"))


def _changes(text: str) -> list[Change]:
    try:
        return [(table, id_, before, after) for table, id_, before, after in parsed_json(text)]
    except (ValueError, TypeError) as error:
        raise history_rows.HistoryDamagedError("an act of the history cannot be read") from error


def _inverse(changes: list[Change]) -> list[Change]:
    return [(table, id_, after, before) for table, id_, before, after in reversed(changes)]


def _applied(connection: sqlite3.Connection, changes: list[Change], op: Op) -> tuple[RowChange, ...]:
    rows = apply(connection, changes, op)
    if leaves_gaps(connection, rows):
        # Another annotator has named an actor that would go, or deleted one that would be named again.
        raise UserError("undo_conflict", op=op)
    return rows


def _applied_parts(
    connection: sqlite3.Connection, parts: Iterable[list[Change]], op: Op
) -> tuple[int, history_rows.Totals]:
    """Change rows part by part; return how many these were, and how many articles and tags came of it."""
    count, totals = 0, history_rows.Totals()
    for part in parts:
        rows = _applied(connection, part, op)
        count += len(rows)
        totals += growth(rows)
    return count, totals


def _append_again(
    connection: sqlite3.Connection, end: Newest, row: HistoryRow, rows: tuple[RowChange, ...], spilled: int
) -> tuple[Changes, Newest]:
    end = history_rows.append(connection, end, row)
    params = parsed_json(row.params)
    return Changes(seq=row.seq, op=Op(row.op), kind=ActKind(row.kind), params=params, rows=rows, spilled=spilled), end


def _stacks(connection: sqlite3.Connection, annotator_id: AnnotatorId, end: Newest) -> _Stacks:
    # Nearly always the newest act is the annotator's own.
    mine = end.row
    if mine is not None and mine.annotator_id != annotator_id:
        mine = history_rows.newest_of(connection, annotator_id)
    return _Stacks(mine.undo_top, mine.redo_top) if mine else _Stacks()


def _act(connection: sqlite3.Connection, end: Newest, seq: int) -> HistoryRow:
    # Nearly always it is the newest one, which has been read already.
    return end.row if end.row is not None and end.row.seq == seq else history_rows.row_of(connection, seq)


def _target_of(row: HistoryRow) -> int:
    assert row.target is not None  # noqa: S101 - the table says that undo and redo have one
    return row.target


def _names(connection: sqlite3.Connection) -> dict[AnnotatorId, str]:
    return {who.id: who.name for who in annotators(connection)}


def _entry(connection: sqlite3.Connection, row: HistoryRow, names: Mapping[AnnotatorId, str]) -> HistoryEntry:
    with misreads_told("history"):
        return HistoryEntry(
            seq=row.seq,
            at=row.at,
            annotator_id=row.annotator_id,
            annotator_name=names.get(row.annotator_id, ""),
            op=Op(row.op),
            kind=ActKind(row.kind),
            target=row.target,
            params=json.loads(row.params),
            rows=history_rows.changed_rows(connection, row),
        )
