# SPDX-License-Identifier: MIT
"""What lies in archives: the members of a zip, the pages of a WARC, each to be read like a file of its own.

Nothing is written to the disk. What an archive may hold is bounded before any of it is read; see `safety`.
"""

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
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
    iterator, exceptions = load("warcio.archiveiterator"), load("warcio.exceptions")
    broken = (exceptions.ArchiveLoadFailed, EOFError, ZlibError, ValueError, OSError, KeyError, IndexError)
    with open_source(source) as file:
        size = file.seek(0, 2) or 1
        file.seek(0)
        records, number = iterator.ArchiveIterator(file), 0
        while True:
            number += 1
            try:
                record = next(records, None)
                item = None if record is None else _page(source, number, record)
            except broken as error:
                place, detail = source.at(number), str(error) or type(error).__name__
                yield Unread(
                    source.path, place, UserError("table_broken", path=source.path, place=place, detail=detail)
                )
                return
            if record is None:
                return
            if item is not None:
                yield item
            meter.share = file.tell() / size


def _page(source: Source, number: int, record: Any) -> Source | Unread | None:
    """Return what a record holds, if that is a page or a text."""
    suffix = _page_suffix(record)
    if not suffix:
        return None
    raw = record.content_stream().read(LARGEST_PART + 1)
    place = source.at(number)
    if len(raw) > LARGEST_PART:
        most = LARGEST_PART // 1_000_000
        return Unread(source.path, place, UserError("part_too_long", path=source.path, place=place, most=most))
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError("unexpected end of data")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Source(source.path, place, f"page{suffix}", raw, url.strip("<> "), source.depth + 1)


def _page_suffix(record: Any) -> str:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or not str(headers.get_statuscode()).startswith("2"):
        return ""
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return _PAGE_SUFFIXES.get(kind, "")
