# SPDX-License-Identifier: MIT
"""What lies in archives: the members of a zip, the pages of a WARC, each to be read like a file of its own.

Nothing is written to the disk. What an archive may hold is bounded before any of it is read; see `safety`.
"""

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
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
#: In bytes: what the head of a record may have.
_LONGEST_HEAD = 1_000_000
_PIECE = 1_000_000
#: Before an answer that the library is to take apart.
_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x\r\nContent-Length: %d\r\n\r\n"
_FIELD = re.compile(rb"^([\w-]+):[ \t]*([^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
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
        size, number = file.seek(0, io.SEEK_END) or 1, 0
        file.seek(0)
        records = _responses(_unpacked(file))
        while True:
            number += 1
            place = source.at(number)
            try:
                record = next(records)
                item = _page(source, place, record) if record else None
            except StopIteration:
                return
            except _Unanswered as error:
                item = _broken(source, place, error)
            except (EOFError, ZlibError, ValueError, OSError) as error:  # where the next record begins is not known
                yield _broken(source, place, error)
                return
            if item is not None:
                yield item
            meter.share = file.tell() / size


class _Unanswered(Exception):  # noqa: N818 - told as a reason, not raised to the user
    """A record whose answer cannot be read; those after it can."""


def _broken(source: Source, place: str, error: Exception) -> Unread:
    detail = " ".join(str(error).split())[:_LONGEST_DETAIL] or type(error).__name__
    return Unread(source.path, place, UserError("table_broken", path=source.path, place=place, detail=detail))


def _unpacked(file: BinaryIO) -> BinaryIO:
    """Return a file unpacked where it is compressed, as one piece or, as is usual, by records."""
    packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file


@dataclass(frozen=True, slots=True)
class _Response:
    """What a server answered: its heads and body, and to which address."""

    url: str
    block: bytes


def _responses(file: BinaryIO) -> Iterator[_Response | None]:
    """Yield each record that may hold a page, and None for each other one.

    Where records begin and end is found here: the library takes what is cut short for the end, keeps lines of any
    length in memory, and writes its warnings to the terminal.

    Raises:
        EOFError: where a record is cut short.
        ValueError: where there is none.
    """
    while head := _head(file):
        fields = {name.lower(): value for name, value in _FIELD.findall(head)}
        length = int(fields.get(b"content-length", b"-1"))
        if length < 0:
            raise ValueError("Content-Length")
        url = fields.get(b"warc-target-uri", b"").strip(b"<> ").decode("utf-8", "replace")
        if fields.get(b"warc-type") == b"response" and url.startswith("http") and length <= LARGEST_PART:
            block = file.read(length)
            if len(block) < length:
                raise EOFError("unexpected end of data")
            yield _Response(url, block)
        else:
            _skip(file, length)
            yield None


def _head(file: BinaryIO) -> bytes:
    """Return the head of the next record, "" at the end."""
    lines: list[bytes] = []
    length = 0
    while line := file.readline(_LONGEST_HEAD):
        length += len(line)
        if length >= _LONGEST_HEAD or (not lines and line.strip() and not line.startswith(b"WARC/")):
            raise ValueError("WARC/")
        if line.strip():
            lines.append(line)
        elif lines:
            return b"".join(lines)
    if lines:
        raise EOFError("unexpected end of data")
    return b""


def _skip(file: BinaryIO, length: int) -> None:
    while length > 0:
        piece = file.read(min(length, _PIECE))
        if not piece:
            raise EOFError("unexpected end of data")
        length -= len(piece)


def _page(source: Source, place: str, response: _Response) -> Source | Unread | None:
    """Return what a server answered, if that is a page or a text.

    Raises:
        _Unanswered: where it is no answer.
    """
    loader, parsing = load("warcio.recordloader"), load("warcio.statusandheaders")
    broken = (
        loader.ArchiveLoadFailed,
        parsing.StatusAndHeadersParserException,
        EOFError,
        ZlibError,
        ValueError,
        OSError,
    )
    try:
        stream = io.BytesIO(_HEAD % len(response.block) + response.block)
        record = loader.ArcWarcRecordLoader().parse_record_stream(stream, known_format="warc")
        suffix = _page_suffix(record)
        raw = _content(record.content_stream()) if suffix else b""
    except broken as error:
        raise _Unanswered(str(error) or type(error).__name__) from error
    if not suffix:
        return None
    if len(raw) > LARGEST_PART:
        most = LARGEST_PART // 1_000_000
        return Unread(source.path, place, UserError("part_too_long", path=source.path, place=place, most=most))
    return Source(source.path, place, f"page{suffix}", raw, response.url, source.depth + 1)


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
