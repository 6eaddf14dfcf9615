# SPDX-License-Identifier: MIT
"""What readers of articles read from: a file, or a part of one that is read like a file, such as a member of a zip.

Owns what such a part is called and how far its reading has come. Knows no format.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.errors import UserError
from annotator.files import peek_all
from annotator.importers.base import LARGEST
from annotator.importers.safety import opened


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a part of one.

    Attributes:
        path: the file.
        place: which part of it; "" for all of it.
        name: by whose end its kind is told; that of the path if "".
        raw: its bytes; None where they are those of the file.
        url: where it was published, if what it is a part of says so.
        depth: in how many archives it lies.
    """

    path: Path
    place: str = ""
    name: str = ""
    raw: bytes | None = None
    url: str = ""
    depth: int = 0

    def at(self, place: object) -> str:
        """Return the place of a part of this part."""
        return f"{self.place}:{place}" if self.place else str(place)


@dataclass(slots=True)
class Meter:
    """How much of a file has been read.

    Attributes:
        share: from 0 to 1; readers that stream set it, for whoever asks between two articles.
    """

    share: float = 0.0


@contextmanager
def open_source(source: Source) -> Iterator[BinaryIO]:
    """Open a source for reading.

    Raises:
        UserError: `file_missing` or `file_unreadable`, while it is open, too.
    """
    if source.raw is not None:
        yield io.BytesIO(source.raw)
        return
    with opened(source.path) as file:
        yield file


def whole(source: Source, most: int = LARGEST) -> bytes:
    """Return all bytes of a source.

    Args:
        source: the source.
        most: how many it may have.

    Raises:
        UserError: `file_missing`, `file_unreadable` or `file_too_large`.
    """
    raw = read_file(source.path, most) if source.raw is None else source.raw
    if len(raw) > most:
        raise UserError("file_too_large", path=source.path, most=most // 1_000_000)
    return raw


def read_file(path: Path, most: int = LARGEST) -> bytes:
    """Return all bytes of a file.

    Args:
        path: the file.
        most: how many it may have.

    Raises:
        UserError: `file_missing`, `file_unreadable` or `file_too_large`.
    """
    try:
        raw = peek_all(path, most)
    except FileNotFoundError as error:
        raise UserError("file_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
    if raw is None:
        raise UserError("file_too_large", path=path, most=most // 1_000_000)
    return raw


def named(path: Path, place: str) -> Path:
    """Return what a part of a file is called where people read it: `news.zip/a.txt`, `news.csv:17`."""
    if not place:
        return path
    return path.with_name(f"{path.name}:{place}") if place[0].isdecimal() or "!" in place else path / place


def with_place(error: UserError, path: Path, place: str) -> UserError:
    """Return an error of a part of a file that names the part, not the file alone.

    What refuses a whole import of annotations refuses one file or part of an import of articles.
    """
    params = dict(error.params)
    key = _OF_A_PART.get(error.key, error.key)
    if key != error.key:
        within = str(params.pop("place", ""))
        params["path"] = named(path, within if within.startswith(place) else f"{place}/{within}".rstrip("/"))
    elif place and "place" not in params:
        params["path"] = named(path, place)
    return UserError(key, **params)


_OF_A_PART = {
    "foreign_cut_short": "part_cut_short",
    "foreign_malformed": "part_malformed",
    "foreign_missing": "part_cut_short",
    "foreign_unsafe": "part_unsafe",
}
