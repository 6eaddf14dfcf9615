# SPDX-License-Identifier: MIT
"""What lies in archives: the members of a zip, the pages of a WARC, each to be read like a file of its own.

Nothing is written to the disk. What an archive may hold is bounded before any of it is read; see `safety`.
"""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from annotator.errors import UserError
from annotator.extras import load, require
from annotator.importers.base import Unread
from annotator.importers.columns import ImportOptions
from annotator.importers.finding import is_aside
from annotator.importers.safety import LARGEST_PART, Archive
from annotator.importers.sources import Meter, Source, open_source

#: A zip in a zip is read, one in that is not.
MOST_DEPTH = 2
#: Where the system of Apple keeps what is none of the files.
_SYSTEM = "__MACOSX"
_GZIP = b"\x1f\x8b"
#: In bytes: what the heads of a record may have.
_LONGEST_HEAD = 1_000_000
#: In characters: so much is told of what a library says of a broken file.
_LONGEST_DETAIL = 120

#: By the type that a page says it is of: what it is read as.
_PAGE_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def read_zip(source: Source, _options: ImportOptions, meter: Meter) -> Iterator[Source | Unread]:
    """Yield every member of a zip archive, in its order, as a source.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short`, `foreign_unsafe`, or `archive_nested`.
    """
    if source.depth >= MOST_DEPTH:
        raise UserError("archive_nested", path=source.path, place=source.place)
    with open_source(source) as file:
        try:
            packed = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UserError("foreign_cut_short", path=source.path, place=source.place) from error
        with packed:
            yield from _members(source, Archive(source.path, packed), meter)


def _members(source: Source, archive: Archive, meter: Meter) -> Iterator[Source | Unread]:
    names = [name for name in archive.names if not _is_aside(name)]
    for number, name in enumerate(names, 1):
        place = f"{source.place}/{name}" if source.place else name
        try:
            yield Source(source.path, place, name, archive.read(name), source.url, source.depth + 1)
        except UserError as error:
            yield Unread(source.path, place, error)
        meter.share = number / len(names)


def _is_aside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not parts or parts[0] == _SYSTEM or any(part.startswith(".") for part in parts) or is_aside(parts[-1])


def read_warc(source: Source, _options: ImportOptions, meter: Meter) -> Iterator[Source | Unread]:
    """Yield every page and text of a WARC file, compressed or not, that was answered with success.

    Raises:
        UserError: `extra_missing`, `file_missing` or `file_unreadable`.
    """
    require("warc", "WARC")
    with open_source(source) as file:
        yield from _pages(source, file, meter)


def _pages(source: Source, file: BinaryIO, meter: Meter) -> Iterator[Source | Unread]:
    size, number = file.seek(0, io.SEEK_END) or 1, 0
    file.seek(0)
    bounded = _Bounded(file)
    records = load("warcio.archiveiterator").ArchiveIterator(bounded)
    broken = (load("warcio.exceptions").ArchiveLoadFailed, EOFError, ZlibError, ValueError, OSError, LookupError)
    while True:
        number += 1
        try:
            record = bounded.head_of(records)
            item = None if record is None else _page(source, number, record)
        except broken as error:
            yield _broken(source, number, error)
            return
        if record is None:
            if bounded.error is not None:
                yield _broken(source, number, bounded.error)
            return
        if item is not None:
            yield item
        meter.share = file.tell() / size


def _broken(source: Source, number: int, error: Exception) -> Unread:
    detail = " ".join(str(error).split())[:_LONGEST_DETAIL] or type(error).__name__
    place = source.at(number)
    return Unread(source.path, place, UserError("table_broken", path=source.path, place=place, detail=detail))


class _Bounded:
    """A file for the library to read, unpacked where it is compressed, as one piece or, as is usual, by records.

    Attributes:
        error: what ended it before its end; the library takes it for the end.
    """

    def __init__(self, file: BinaryIO) -> None:
        packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        self._read = gzip.GzipFile(fileobj=file).read1 if packed else cast("io.BufferedReader", file).read1
        self._in_head = False
        self._length = self._position = 0
        self.error: Exception | None = None

    def head_of(self, records: Iterator[Any]) -> Any:
        """Return the next record with its head read, or None.

        Raises:
            ValueError: where the head does not end; the library would fill the memory with it.
        """
        self._in_head, self._length = True, 0
        record = next(records, None)
        self._in_head = False
        return record

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes."""
        try:
            data = self._read(size)
        except (EOFError, ZlibError, OSError) as error:
            self.error, data = error, b""
        self._position += len(data)
        self._length += len(data)
        if self._in_head and self._length > _LONGEST_HEAD:
            raise ValueError("line too long")
        return data

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position


def _page(source: Source, number: int, record: Any) -> Source | Unread | None:
    """Return what a record holds, if that is a page or a text.

    Raises:
        EOFError: where the record is shorter than it says.
    """
    suffix, place = _page_suffix(record), source.at(number)
    raw = _content(record.content_stream()) if suffix else b""
    while record.raw_stream.read(LARGEST_PART):
        pass
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError("unexpected end of data")
    if not suffix:
        return None
    if len(raw) > LARGEST_PART:
        most = LARGEST_PART // 1_000_000
        return Unread(source.path, place, UserError("part_too_long", path=source.path, place=place, most=most))
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Source(source.path, place, f"page{suffix}", raw, url.strip("<> "), source.depth + 1)


def _content(stream: Any) -> bytes:
    """Return what a stream holds, a little more than `LARGEST_PART` at most; it may give less than it is asked for."""
    pieces: list[bytes] = []
    left = LARGEST_PART + 1
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _page_suffix(record: Any) -> str:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or not str(headers.get_statuscode()).startswith("2"):
        return ""
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return _PAGE_SUFFIXES.get(kind, "")
