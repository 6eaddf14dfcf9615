# SPDX-License-Identifier: MIT
"""Opening what strangers made: bounded lines, XML without entities, archives whose members stay inside and stay small.

Nothing here fetches anything or writes anywhere. Errors name the file, and the place in it where there is one.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree as ET
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from annotator.errors import UserError
from annotator.files import peeking
from annotator.late import LateModule

if TYPE_CHECKING:
    import defusedxml.common as defused_common
    import defusedxml.ElementTree as defused  # noqa: N813 - a module
else:
    # Plain text is read without.
    defused_common = LateModule("defusedxml.common")
    defused = LateModule("defusedxml.ElementTree")

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
#: How many elements of XML may lie in each other, where they are read in pieces.
_DEEPEST = 1_000

#: What the reading of a damaged member ends in. A damaged header ends in the last two, as fuzzing found.
_DAMAGED = (
    zipfile.BadZipFile, EOFError, ZlibError, LZMAError, NotImplementedError, RuntimeError, OSError, ValueError,
    struct.error,
)  # fmt: skip

#: What the parsing of XML ends in: what defusedxml forbids is a `ValueError`, as is an encoding that does not fit.
_UNPARSABLE = (ET.ParseError, LookupError, ValueError)
#: How many elements an element lies in that `iter_xml` yields.
_YIELDED = 2


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
        with peeking(path) as file:  # any file may be chosen, also the project that is open
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
        root: ET.Element[str] = defused.fromstring(raw, forbid_dtd=True)
    except _UNPARSABLE as error:
        raise _refused(error, path, place) from error
    return root


def iter_xml(file: IO[bytes], path: Path, place: str = "") -> Iterator[tuple[str, "ET.Element[str]"]]:
    """Yield the root of an XML file as it begins, then each element two levels below it, with its parent's tag.

    An element is whole when it is yielded, and is forgotten here after that: memory does not grow with the file. The
    root comes with "" for its parent, with its attributes and with nothing in it.

    Raises:
        UserError: `foreign_unsafe` or `foreign_malformed`; `foreign_too_long` for an element of more than
            `LARGEST_PART` bytes; what reading `file` raises.
    """
    above: list[ET.Element[str]] = []
    pieces = _Pieces(file, path, place)
    try:
        for event, element in defused.iterparse(pieces, ("start", "end"), forbid_dtd=True):
            if event == "start":
                if not above:
                    yield "", element
                above.append(element)
                if len(above) > _DEEPEST:
                    raise UserError("foreign_unsafe", path=path, place=place, detail=f"> {_DEEPEST} levels")
                continue
            above.pop()
            if len(above) == _YIELDED:
                pieces.begin()
                yield above[-1].tag, element
            if 0 < len(above) <= _YIELDED:
                above[-1].remove(element)
    except _UNPARSABLE as error:
        raise _refused(error, path, place) from error


class Archive:
    """A zip archive open for reading, every member of which was looked at before any is read.

    Members that `streamed` fits, a pattern of a shell in lower case, are read in pieces, so that they may be larger.
    """

    def __init__(self, path: Path, file: zipfile.ZipFile, *, streamed: str = "") -> None:
        self._path, self._file, self._streamed = path, file, streamed
        self._infos = {
            # Not by `is_dir`, which fails on a member without a name.
            info.filename: info
            for info in file.infolist()
            if not info.filename.endswith("/")
        }
        self._refuse_unsafe()

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all members that are files, in the order of the archive."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Return a member.

        Raises:
            UserError: `foreign_missing`, `foreign_unsafe` or `foreign_cut_short`.
        """
        with self._opened(name) as member:
            raw = member.read(LARGEST_PART + 1)
        if len(raw) > LARGEST_PART:
            raise UserError("foreign_unsafe", path=self._path, place=name, detail="too large")
        return raw

    def iter_xml(self, name: str) -> Iterator[tuple[str, "ET.Element[str]"]]:
        """Yield the elements of a member; see `iter_xml`.

        Raises:
            UserError: `foreign_missing`, `foreign_cut_short`, or what `iter_xml` raises.
        """
        with self._opened(name) as member:
            yield from iter_xml(member, self._path, name)

    def size(self, name: str) -> int:
        """Return how many bytes a member has that is there."""
        return self._infos[name].file_size

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self._infos:
            raise UserError("foreign_missing", path=self._path, place=name)
        try:
            with self._file.open(self._infos[name]) as member:
                yield member
        except _DAMAGED as error:
            raise UserError("foreign_cut_short", path=self._path, place=name) from error

    def _refuse_unsafe(self) -> None:
        infos = self._infos.values()
        if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_ARCHIVE:
            raise UserError("foreign_unsafe", path=self._path, place="", detail="too large")
        for info in infos:
            if _climbs(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="path")
            bomb = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
            in_pieces = fnmatchcase(info.filename.lower(), self._streamed)
            if info.file_size > (LARGEST_STREAMED if in_pieces else LARGEST_PART) or bomb:
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="too large")
            if info.flag_bits & 1:
                raise UserError("foreign_unsafe", path=self._path, place=info.filename, detail="encrypted")


@contextmanager
def open_archive(path: Path, *, streamed: str = "") -> Iterator[Archive]:
    """Open a zip archive whose members all lie inside it and are none of them too large; for `streamed` see `Archive`.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short` or `foreign_unsafe`.
    """
    with opened(path) as raw:
        try:
            file = zipfile.ZipFile(raw)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UserError("foreign_cut_short", path=path, place="") from error
        with file:
            yield Archive(path, file, streamed=streamed)


class _Pieces:
    """A file that refuses to be read further where so much is read that it would be in memory all at once."""

    def __init__(self, file: IO[bytes], path: Path, place: str) -> None:
        self._file, self._path, self._place = file, path, place
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        raw = self._file.read(size)
        self._read += len(raw)
        if self._read > LARGEST_PART:
            raise UserError("foreign_too_long", path=self._path, place=self._place, most=LARGEST_PART // 1_000_000)
        return raw

    def begin(self) -> None:
        """Count anew: what was read is no longer needed."""
        self._read = 0


def _refused(error: Exception, path: Path, place: str) -> UserError:
    if isinstance(error, defused_common.DefusedXmlException):
        return UserError("foreign_unsafe", path=path, place=place, detail="DOCTYPE")
    if isinstance(error, ET.ParseError):
        line = str(error.position[0])
        return UserError("foreign_malformed", path=path, place=f"{place}:{line}" if place else line, detail=str(error))
    return UserError("foreign_malformed", path=path, place=place, detail=str(error))


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]
