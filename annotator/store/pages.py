# SPDX-License-Identifier: MIT
"""The pages of a SQLite file, read without SQLite, so that one that is damaged does not hide the others.

As https://www.sqlite.org/fileformat2.html describes them: the pages with what waits in the write-ahead log, the cells
of a page, and the values of a record. Knows nothing of projects.
"""

import contextlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.files import peeking

Value = int | float | bytes | str | None
#: Gives the readable content of a page by its number and its bytes as they lie, or None where it does not decrypt.
Decrypt = Callable[[int, bytes], bytes | None]

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 13, 5, 10, 2
_LEAVES = frozenset({TABLE_LEAF, INDEX_LEAF})
_KINDS = frozenset({TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER})
_SIZES = frozenset(2**power for power in range(9, 17))
_USUAL_SIZE = 4096
_MAGIC = b"SQLite format 3\x00"
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class PageDamagedError(Exception):
    """A page, a cell or a record is not as SQLite writes it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a page.

    Attributes:
        child: the page below it, of an inner page.
        rowid: the row's number, in a table.
        payload: the record; None where an inner page of a table has none.
        is_whole: whether all of the record could be read; the rest lay on a page that cannot.
    """

    child: int = 0
    rowid: int = 0
    payload: bytes | None = None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a tree."""

    number: int
    kind: int
    cells: tuple[Cell, ...]
    right: int
    damaged_cells: int

    @property
    def children(self) -> list[int]:
        """Return the pages below it."""
        return [cell.child for cell in self.cells if cell.child] + ([self.right] if self.right else [])


class PageFile:
    """The pages of a file; it is only read.

    Attributes:
        size: of a page, in bytes.
        count: how many pages there are.
    """

    def __init__(self, path: Path, decrypt: Decrypt | None = None) -> None:
        self._open = contextlib.ExitStack()
        self._file = self._open.enter_context(peeking(path))
        self._decrypt = decrypt
        try:
            self.size, reserved = self._sizes()
            self._usable = self.size - reserved
            self._newer = _Log(path.with_name(path.name + "-wal"), self.size)
            self.count = max(path.stat().st_size // self.size, self._newer.count)
        except BaseException:
            self._open.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._newer.close()
        self._open.close()

    def raw(self, number: int) -> bytes:
        """Return the bytes of a page.

        Raises:
            PageDamagedError: there is none of this number, or it does not decrypt.
        """
        if number < 1:
            raise PageDamagedError(f"page {number} is not there")
        content = self._newer.page(number)
        if content is None:
            self._file.seek((number - 1) * self.size)
            content = self._file.read(self.size)
        if len(content) < self.size:
            raise PageDamagedError(f"page {number} is not there")
        if self._decrypt is not None:
            content = self._decrypt(number, content)
            if content is None:
                raise PageDamagedError(f"page {number} does not decrypt")
        return content

    def page(self, number: int) -> Page:
        """Return a page of a tree; cells that are not whole are counted and left out.

        Raises:
            PageDamagedError: it is none.
        """
        content = self.raw(number)
        start = 100 if number == 1 else 0
        kind = content[start]
        if kind not in _KINDS:
            raise PageDamagedError(f"page {number} is no page of a tree")
        count = int.from_bytes(content[start + 3 : start + 5], "big")
        is_leaf = kind in _LEAVES
        first = start + (8 if is_leaf else 12)
        if first + 2 * count > self._usable:
            raise PageDamagedError(f"page {number} has too many cells")
        right = 0 if is_leaf else int.from_bytes(content[start + 8 : start + 12], "big")
        cells, damaged = [], 0
        for place in range(first, first + 2 * count, 2):
            offset = int.from_bytes(content[place : place + 2], "big")
            try:
                if not first + 2 * count <= offset < self._usable:
                    raise PageDamagedError(f"a cell of page {number} lies outside of it")
                cells.append(self._cell(content, offset, kind))
            except (PageDamagedError, IndexError):
                damaged += 1
        return Page(number, kind, tuple(cells), right, damaged)

    def _sizes(self) -> tuple[int, int]:
        """Return the size of a page and how much of it SQLite leaves to others; or the usual ones."""
        head = self._file.read(_USUAL_SIZE)
        if self._decrypt is not None:
            return _USUAL_SIZE, 80  # as SQLCipher 4 makes them: 16 bytes to begin with, 64 of signature
        size = int.from_bytes(head[16:18], "big")
        size = 65536 if size == 1 else size
        if head.startswith(_MAGIC) and size in _SIZES:
            return size, head[20] if head[20] <= size - 480 else 0
        return _USUAL_SIZE, 0

    def _cell(self, content: bytes, offset: int, kind: int) -> Cell:
        child = 0
        if kind in (TABLE_INNER, INDEX_INNER):
            child = int.from_bytes(content[offset : offset + 4], "big")
            offset += 4
        if kind == TABLE_INNER:
            rowid, offset = varint(content, offset)
            return Cell(child, rowid)
        length, offset = varint(content, offset)
        rowid = 0
        if kind == TABLE_LEAF:
            rowid, offset = varint(content, offset)
        local = self._local(length, kind)
        if length < 1 or offset + local > self._usable:
            raise PageDamagedError("a record lies outside of its page")
        payload = content[offset : offset + local]
        if local == length:
            return Cell(child, _signed(rowid), payload)
        following = int.from_bytes(content[offset + local : offset + local + 4], "big")
        rest = self._overflow(following, length - local)
        return Cell(child, _signed(rowid), payload + rest, is_whole=local + len(rest) == length)

    def _local(self, length: int, kind: int) -> int:
        """Return how much of a record lies in the page itself."""
        most = self._usable - 35 if kind == TABLE_LEAF else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self._usable - 4)
        return local if local <= most else least

    def _overflow(self, number: int, length: int) -> bytes:
        """Return what of a record lies on pages of its own, as far as they can be followed."""
        parts: list[bytes] = []
        seen: set[int] = set()
        while length > 0 and number and number not in seen:
            seen.add(number)
            try:
                content = self.raw(number)
            except PageDamagedError:
                break
            part = content[4 : self._usable][:length]
            parts.append(part)
            length -= len(part)
            number = int.from_bytes(content[:4], "big")
        return b"".join(parts)

    def overflow_pages(self, number: int) -> Iterator[int]:
        """Yield the pages of a chain that begins here."""
        seen: set[int] = set()
        while number and number not in seen:
            seen.add(number)
            yield number
            try:
                number = int.from_bytes(self.raw(number)[:4], "big")
            except PageDamagedError:
                return

    def free_pages(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as their list can be read."""
        free: set[int] = set()
        try:
            trunk = int.from_bytes(self.raw(1)[32:36], "big")
            while trunk and trunk not in free:
                free.add(trunk)
                content = self.raw(trunk)
                count = min(int.from_bytes(content[4:8], "big"), self._usable // 4 - 2)
                free.update(struct.unpack_from(f">{count}I", content, 8))
                trunk = int.from_bytes(content[:4], "big")
        except PageDamagedError:
            pass
        return free


class _Log:
    """What waits in a write-ahead log: the newest copy of each page up to the last whole transaction."""

    def __init__(self, path: Path, size: int) -> None:
        self._places: dict[int, int] = {}
        self._size, self.count = size, 0
        try:
            self._file = path.open("rb")
        except OSError:
            self._file = None  # type: ignore[assignment]
            return
        self._read()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def page(self, number: int) -> bytes | None:
        place = self._places.get(number)
        if place is None:
            return None
        self._file.seek(place)
        return self._file.read(self._size)

    def _read(self) -> None:
        head = self._file.read(_WAL_HEADER)
        if len(head) < _WAL_HEADER or head[:3] != b"\x37\x7f\x06":
            return
        if int.from_bytes(head[8:12], "big") != self._size:
            return
        order = ">" if head[3] & 1 else "<"
        salts, sums = head[16:24], _checksum(order, head[:24], (0, 0))
        open_places: dict[int, int] = {}
        place = _WAL_HEADER
        while True:
            frame = self._file.read(_FRAME_HEADER + self._size)
            if len(frame) < _FRAME_HEADER + self._size or frame[8:16] != salts:
                return
            sums = _checksum(order, frame[:8] + frame[_FRAME_HEADER:], sums)
            if struct.unpack(">2I", frame[16:24]) != sums:
                return
            number, after = struct.unpack(">2I", frame[:8])
            open_places[number] = place + _FRAME_HEADER
            if after:  # the last frame of a transaction says how many pages there are then
                self._places |= open_places
                open_places, self.count = {}, after
            place += len(frame)


def _checksum(order: str, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    for first, second in struct.iter_unpack(f"{order}2I", content):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def varint(content: bytes, offset: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where the next thing begins."""
    value = 0
    for place in range(offset, offset + 8):
        byte = content[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | content[offset + 8], offset + 9


def record(payload: bytes, *, is_whole: bool = True) -> list[Value]:
    """Return the values of a record; of one that is cut short, those that are whole and then a piece of bytes.

    Raises:
        PageDamagedError: it is none.
    """
    try:
        end, offset = varint(payload, 0)
        kinds = []
        while offset < end:
            kind, offset = varint(payload, offset)
            kinds.append(kind)
        if offset != end:
            raise PageDamagedError("the head of a record is damaged")
        values: list[Value] = []
        for kind in kinds:
            size = _size_of(kind)
            if offset + size > len(payload):
                if is_whole:
                    raise PageDamagedError("a record is cut short")
                values.append(payload[offset:])
                return values
            values.append(_value(kind, payload[offset : offset + size]))
            offset += size
    except (IndexError, UnicodeDecodeError, struct.error) as error:
        raise PageDamagedError("a record cannot be read") from error
    if offset != len(payload):
        raise PageDamagedError("a record is too long")
    return values


def _size_of(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise PageDamagedError("a value is of no kind")
    return 8 if kind == 7 else _INTEGER_SIZES.get(kind, 0)


def _value(kind: int, content: bytes) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", content)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 8:
        return int.from_bytes(content, "big", signed=True)
    return content.decode() if kind % 2 else content


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
