# SPDX-License-Identifier: MIT
"""How acts are kept in the file: each a row of `history`, later packed by the hundred; long ones in parts.

Owns the tables `history`, `history_pack` and `history_part`, the compression and the chain of digests that makes a
changed byte in any of them known. Must not know what an act's changes mean; that is `annotator.store.history`'s.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from annotator.late import LateModule
from annotator.model.ids import AnnotatorId
from annotator.store.columns import compact_json

if TYPE_CHECKING:
    import hashlib
else:
    hashlib = LateModule("hashlib")  # with OpenSSL, which takes 3 MB

#: When so many acts lie as rows of their own, the older half of them is packed.
_LOOSE, _PACKED = 256, 128
#: What an act's row lists is kept in its part 0 where it is longer than this, in characters.
_LONG = 4096
_DIGEST_SIZE = 16
#: How hard zlib tries: less for a large act, during which somebody waits, than for a pack that is made now and then.
_PACK_LEVEL, _PART_LEVEL = 6, 1
#: What the first row is chained to.
_START = bytes(_DIGEST_SIZE)


class HistoryRow(NamedTuple):
    """One act as the file keeps it; docs/file-format.md describes each column. Made several times with each act."""

    seq: int
    at: str
    annotator_id: AnnotatorId
    op: str
    kind: str
    target: int | None
    params: str
    changes: str
    undo_top: int | None
    undo_below: int | None
    redo_top: int | None
    redo_below: int | None
    articles: int | None
    tags: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many articles and tags there are, or came and went."""

    articles: int = 0
    tags: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.articles + other.articles, self.tags + other.tags)


@dataclass(frozen=True, slots=True)
class Newest:
    """The end of the history: the newest row and its digest, and up to which act all are packed."""

    row: HistoryRow | None
    digest: bytes
    packed: int

    @property
    def next_seq(self) -> int:
        """Return the number that the next act gets."""
        return self.row.seq + 1 if self.row else 1

    @property
    def totals(self) -> Totals:
        """Return how many articles and tags there are."""
        return Totals(self.row.articles or 0, self.row.tags or 0) if self.row else Totals()


_NAMES = HistoryRow._fields
_SELECT = f"select {', '.join(_NAMES)}, digest from history"  # noqa: S608 - names of columns
_NEWEST = f"""
    select {", ".join(_NAMES)}, digest, (select coalesce(max(last), 0) from history_pack)
    from history order by seq desc limit 1
"""  # noqa: S608 - names of columns
_INSERT = f"insert into history values ({', '.join('?' * (len(_NAMES) + 1))})"  # noqa: S608 - question marks


def newest(connection: sqlite3.Connection) -> Newest:
    """Return the end of the history."""
    found = connection.execute(_NEWEST).fetchone()
    return Newest(None, _START, 0) if found is None else Newest(_row(found), found[-2], found[-1])


def end(connection: sqlite3.Connection) -> int:
    """Return the number of the newest act, or 0."""
    (seq,) = connection.execute("select coalesce(max(seq), 0) from history").fetchone()
    return int(seq)


def totals(connection: sqlite3.Connection) -> Totals:
    """Return how many articles and tags there are; counting them would take longer the more there are."""
    found = connection.execute("select articles, tags from history order by seq desc limit 1").fetchone()
    return Totals(*found) if found else Totals()


def append(
    connection: sqlite3.Connection, end: Newest, row: HistoryRow, parts: Iterable[bytes] = (), count: int = 0
) -> Newest:
    """Write the row of an act after the newest one; return the history's end as it is then.

    Args:
        connection: in the act's own transaction.
        end: the history's end as it was before.
        row: its `changes` become part 0 where they are long.
        parts: the digests of the parts that were written before it, in order.
        count: how many rows its `changes` list.
    """
    digests = [*parts]
    if len(row.changes) > _LONG:
        digests.insert(0, put_part(connection, row.seq, 0, count, row.changes))
        row = row._replace(changes="[]")
    digest = _chained(end.digest, row, digests)
    seq, at, annotator_id, *rest = row
    connection.execute(_INSERT, (seq, at, bytes.fromhex(annotator_id), *rest, digest))
    packed = _pack(connection, end.packed) if seq - end.packed >= _LOOSE else end.packed
    return Newest(row, digest, packed)


def put_part(connection: sqlite3.Connection, seq: int, part: int, count: int, changes: str) -> bytes:
    """Write a part of what an act changed; return its digest, for the act's row."""
    blob = deflated(changes)
    connection.execute(
        "insert into history_part (seq, part, count, changes) values (?, ?, ?, ?)", (seq, part, count, blob)
    )
    return part_digest(seq, part, count, blob)


def row_of(connection: sqlite3.Connection, seq: int) -> HistoryRow:
    """Return an act."""
    found = connection.execute(f"{_SELECT} where seq = ?", (seq,)).fetchone()
    if found is not None:
        return _row(found)
    packed = connection.execute(
        "select rows from history_pack where last >= ? order by last limit 1", (seq,)
    ).fetchone()
    acts: tuple[HistoryRow, ...] = _unpacked(packed[0]) if packed else ()
    known = next((act for act in acts if act.seq == seq), None)
    if known is None:
        raise HistoryDamagedError(f"act {seq} of the history is not there")
    return known


def newest_of(connection: sqlite3.Connection, annotator_id: AnnotatorId) -> HistoryRow | None:
    """Return an annotator's newest act."""
    found = connection.execute(
        f"{_SELECT} where annotator_id = ? order by seq desc limit 1", (bytes.fromhex(annotator_id),)
    ).fetchone()
    if found is not None:
        return _row(found)
    pack = connection.execute("select tops from history_pack order by last desc limit 1").fetchone()
    seq = json.loads(pack[0]).get(annotator_id) if pack else None
    return None if seq is None else row_of(connection, seq)


def rows(connection: sqlite3.Connection, after: int = 0) -> Iterator[HistoryRow]:
    """Yield the acts after one, the oldest first."""
    for last, blob in _packs(connection, "where last > ? order by last", after):
        yield from (row for row in _unpacked(blob) if row.seq > after)
        after = last
    yield from map(_row, connection.execute(f"{_SELECT} where seq > ? order by seq", (after,)))


def rows_back(connection: sqlite3.Connection, before: int | None = None) -> Iterator[HistoryRow]:
    """Yield the acts before one, or all, the newest first."""
    query = f"{_SELECT} where :before is null or seq < :before order by seq desc"
    lowest = before
    # As long as they are being read nothing of them goes; what another window packs afterwards is known by `lowest`.
    for row in map(_row, connection.execute(query, {"before": before})):
        yield row
        lowest = row.seq
    if lowest is not None:
        for _, blob in _packs(connection, "where first < ? order by last desc", lowest):
            yield from (row for row in reversed(_unpacked(blob)) if row.seq < lowest)


def own_changes(connection: sqlite3.Connection, row: HistoryRow) -> str:
    """Return the JSON of what an act's own row lists, which is its part 0 where it is long."""
    return row.changes if row.changes != "[]" else next(_part_texts(connection, row.seq, "part = 0"), "[]")


def part_texts(connection: sqlite3.Connection, seq: int, order: Literal["asc", "desc"]) -> Iterator[str]:
    """Yield the JSON of what an act changed besides what its own row lists, a part at a time."""
    yield from _part_texts(connection, seq, f"part > 0 order by part {order}")


def changed_rows(connection: sqlite3.Connection, row: HistoryRow) -> int:
    """Return how many rows an act changed, as its own row and its parts list them; none of an undo or redo."""
    (kept,) = connection.execute(
        "select coalesce(sum(count), 0) from history_part where seq = ?", (row.seq,)
    ).fetchone()
    return int(kept) + len(json.loads(row.changes))


class HistoryDamagedError(sqlite3.DatabaseError):
    """What the history keeps cannot be read any more."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    sqlite_errorname = "SQLITE_CORRUPT"


def deflated(text: str, level: int = _PART_LEVEL) -> bytes:
    """Return a text as the history keeps long ones: UTF-8, zlib."""
    return zlib.compress(text.encode(), level)


def inflated(blob: bytes) -> str:
    """Return the text of what `deflated` made."""
    try:
        return zlib.decompress(blob).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise HistoryDamagedError("a part of the history cannot be read") from error


def broken(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the acts that are not as they were written, in their row or parts, or that do not follow the one before.

    Of a pack, in which only the last row's digest is kept, it is the last one that is named.
    """
    digest, seq = _START, 0
    tops: dict[str, int] = {}
    for last, first, told, blob, kept in connection.execute(
        "select last, first, tops, rows, digest from history_pack order by last"
    ):
        try:
            packed: tuple[HistoryRow, ...] = _unpacked(blob)
        except HistoryDamagedError:
            packed = ()
        for row in packed:
            digest = _chained(digest, row, _part_digests(connection, row.seq))
            tops[row.annotator_id] = row.seq
        whole = first == seq + 1 and [row.seq for row in packed] == [seq + 1 + place for place in range(len(packed))]
        if not whole or len(packed) != last - seq or digest != kept or told != compact_json(tops):
            yield last
        digest, seq = kept, last
    for values in connection.execute(f"{_SELECT} where seq > ? order by seq", (seq,)):
        row, kept = _row(values), values[-1]
        digest = _chained(digest, row, _part_digests(connection, row.seq))
        if row.seq != seq + 1 or digest != kept:
            yield row.seq
        digest, seq = kept, row.seq
    yield from (number for (number,) in connection.execute("select seq from history_part where seq > ?", (seq,)))


def pack_all(connection: sqlite3.Connection) -> None:
    """Pack all acts but the newest, as many at a time as ever: what a history is made of that was written otherwise."""
    end = newest(connection)
    packed = end.packed
    while end.next_seq - 1 - packed >= _LOOSE:
        packed = _pack(connection, packed)


def _pack(connection: sqlite3.Connection, packed: int) -> int:
    """Put the oldest acts that lie as rows of their own into a pack; return the last of them."""
    found = connection.execute(f"{_SELECT} where seq > ? order by seq limit ?", (packed, _PACKED)).fetchall()
    acts = [_row(values) for values in found]
    before = connection.execute("select tops from history_pack where last = ?", (packed,)).fetchone()
    tops = {**(json.loads(before[0]) if before else {}), **{act.annotator_id: act.seq for act in acts}}
    connection.execute(
        "insert into history_pack (last, first, tops, rows, digest) values (?, ?, ?, ?, ?)",
        (
            *(acts[-1].seq, acts[0].seq, compact_json(tops)),
            *(deflated(compact_json(acts), _PACK_LEVEL), found[-1][-1]),
        ),
    )
    connection.execute("delete from history where seq <= ?", (acts[-1].seq,))
    return acts[-1].seq


def _row(values: Sequence[Any]) -> HistoryRow:
    seq, at, annotator_id, *rest = values[: len(_NAMES)]
    try:
        return HistoryRow(seq, at, AnnotatorId(annotator_id.hex()), *rest)
    except (AttributeError, TypeError) as error:
        raise HistoryDamagedError("a row of the history cannot be read") from error


@lru_cache(maxsize=4)  # a long undo takes their acts one by one
def _unpacked(blob: bytes) -> tuple[HistoryRow, ...]:
    try:
        return tuple(HistoryRow(*values) for values in json.loads(inflated(blob)))
    except (ValueError, TypeError) as error:
        raise HistoryDamagedError("a pack of the history cannot be read") from error


def _packs(connection: sqlite3.Connection, condition: str, seq: int) -> Iterator[tuple[int, bytes]]:
    lasts = connection.execute(f"select last from history_pack {condition}", (seq,)).fetchall()  # noqa: S608
    for (last,) in lasts:
        (blob,) = connection.execute("select rows from history_pack where last = ?", (last,)).fetchone()
        yield last, blob


def _part_texts(connection: sqlite3.Connection, seq: int, condition: str) -> Iterator[str]:
    found = connection.execute(f"select part from history_part where seq = ? and {condition}", (seq,))  # noqa: S608
    for (part,) in found.fetchall():
        (blob,) = connection.execute(
            "select changes from history_part where seq = ? and part = ?", (seq, part)
        ).fetchone()
        yield inflated(blob)


def _part_digests(connection: sqlite3.Connection, seq: int) -> list[bytes]:
    found = connection.execute("select seq, part, count, changes from history_part where seq = ? order by part", (seq,))
    return [part_digest(*part) for part in found]


def part_digest(seq: int, part: int, count: int, changes: bytes) -> bytes:
    """Return the digest of a part."""
    return hashlib.blake2b(compact_json((seq, part, count)).encode() + changes, digest_size=_DIGEST_SIZE).digest()


def _chained(before: bytes, values: Sequence[object], parts: Iterable[bytes]) -> bytes:
    """Return the digest of a row: over that of the row before, its own columns and the digests of its parts."""
    return hashlib.blake2b(b"".join((before, compact_json(values).encode(), *parts)), digest_size=_DIGEST_SIZE).digest()


def add_functions(connection: sqlite3.Connection) -> None:
    """Give SQL the functions with which a migration takes over an older history."""
    digest = _START

    def chained(*values: Any) -> bytes:
        nonlocal digest
        *columns, parts = values
        digest = _chained(digest, columns, [bytes.fromhex(parts or "")])
        return digest

    connection.create_function("deflated", 1, deflated, deterministic=True)
    connection.create_function("part_digest", 4, lambda *part: part_digest(*part).hex(), deterministic=True)
    connection.create_function("chained", len(_NAMES) + 1, chained)
