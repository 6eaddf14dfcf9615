# SPDX-License-Identifier: MIT
"""Opening what strangers made: bounded lines, XML without entities, archives whose members stay inside and stay small.

Nothing here fetches anything or writes anywhere. Errors name the file, and the place in it where there is one.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree as ET
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from annotator.errors import UserError

#: In bytes: what one line, one member of an archive or one XML file may have.
LARGEST_PART = 64_000_000
#: In bytes: what a member may have that is never in memory as a whole.
LARGEST_STREAMED = 2_000_000_000
#: In bytes: what all members of an archive may have together, and how many there may be.
LARGEST_ARCHIVE = 4_000_000_000
_MOST_MEMBERS = 200_000
#: How many times larger than in the archive a member may be, once it is larger than `_SMALL`.
_MOST_RATIO = 200
_SMALL = 1_000_000

#: What the reading of a damaged member ends in. A damaged header ends in the last two, as fuzzing found.
_DAMAGED = (
    zipfile.BadZipFile, EOFError, ZlibError, LZMAError, NotImplementedError, RuntimeError, OSError, ValueError,
    struct.error,
)  # fmt: skip


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a UTF-8 file that are not blank, with their numbers from 1, without their ends.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_encoding` or `foreign_too_long`, with the line.
    """
    with opened(path) as file:
        number = 0
        while line := file.readline(LARGEST_PART + 1):
            number += 1
            if len(line) > LARGEST_PART:
                raise UserError("foreign_too_long", path=path, place=str(number), most=LARGEST_PART // 1_000_000)
            text = decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, path, str(number))
            if text.strip():
                yield number, text.rstrip("\r\n")


def read_text(path: Path) -> str:
    """Return the whole of a UTF-8 file, a byte order mark left out, line ends as they are.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_encoding` or `foreign_too_long`.
    """
    return decoded(read_bytes(path).removeprefix(b"\xef\xbb\xbf"), path, "")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that is no larger than `LARGEST_PART`.

    Raises:
        UserError: `file_missing`, `file_unreadable` or `foreign_too_long`.
    """
    with opened(path) as file:
        raw = file.read(LARGEST_PART + 1)
    if len(raw) > LARGEST_PART:
        raise UserError("foreign_too_long", path=path, place="", most=LARGEST_PART // 1_000_000)
    return raw


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises:
        UserError: `file_missing` or `file_unreadable`, while it is open, too.
    """
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise UserError("file_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error


def decoded(raw: bytes, path: Path, place: str) -> str:
    """Return UTF-8 as text.

    Raises:
        UserError: `foreign_encoding`.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError("foreign_encoding", path=path, place=place, position=error.start) from error


def parse_xml(raw: bytes, path: Path, place: str = "") -> "ET.Element[str]":
    """Return the root of an XML file that declares no document type and no entities.

    Raises:
        UserError: `foreign_unsafe` or `foreign_malformed`.
    """
    try:
        root: ET.Element[str] = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UserError("foreign_unsafe", path=path, place=place, detail="DOCTYPE") from error
    except ET.ParseError as error:
        where = f"{place}:{error.position[0]}" if place else str(error.position[0])
        raise UserError("foreign_malformed", path=path, place=where, detail=str(error)) from error
    except (ValueError, LookupError, UnicodeError) as error:  # an encoding that is unknown, or does not fit
        raise UserError("foreign_malformed", path=path, place=place, detail=str(error)) from error
    return root


class Archive:
    """A zip archive open for reading, every member of which was looked at before any is read.

    Members whose names begin with `streamed` are read in pieces by a library, so that they may be larger.
    """

    def __init__(self, path: Path, file: zipfile.ZipFile, *, streamed: str | None = None) -> None:
        self._path, self._file, self._streamed = path, file, streamed
        self._infos = {
            # Not by `is_dir`, which fails on a member without a name.
            info.filename: info
            for info in file.infolist()
            if not info.filename.endswith("/")
        }
        self._refuse_unsafe()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all members that are files, in the order of the archive."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Return a member.

        Raises:
            UserError: `foreign_missing`, `foreign_unsafe` or `foreign_cut_short`.
        """
        if name not in self._infos:
            raise UserError("foreign_missing", path=self._path, place=name)
        try:
            with self._file.open(self._infos[name]) as member:
                raw = member.read(LARGEST_PART + 1)
        except _DAMAGED as error:
            raise UserError("foreign_cut_short", path=self._path, place=name) from error
        if len(raw) > LARGEST_PART:
            raise UserError("foreign_unsafe", path=self._path, place=name, detail="too large")
        return raw

    def _refuse_unsafe(self) -> None:
        infos = self._infos.values()
        if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_ARCHIVE:
            raise UserError("foreign_unsafe", path=self._path, place="", detail="too large")
        for info in infos:
            if _climbs(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="path")
            bomb = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
            in_pieces = self._streamed is not None and info.filename.startswith(self._streamed)
            if info.file_size > (LARGEST_STREAMED if in_pieces else LARGEST_PART) or bomb:
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="too large")
            if info.flag_bits & 1:
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="encrypted")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a zip archive whose members all lie inside it and are none of them too large.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short` or `foreign_unsafe`.
    """
    with opened(path) as raw:
        try:
            file = zipfile.ZipFile(raw)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UserError("foreign_cut_short", path=path, place="") from error
        with file:
            yield Archive(path, file)


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]
