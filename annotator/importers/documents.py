# SPDX-License-Identifier: MIT
"""What the readers of documents share: how large they may be, their bytes as text, packages of XML, dates, lines.

A package is what DOCX and ODT are: a zip archive of XML parts. Knows no kind of document.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.errors import UserError
from annotator.importers.base import LARGEST
from annotator.importers.safety import Archive, parse_xml
from annotator.text.blanks import BLANKS, WHITE_SPACE
from annotator.text.decoding import Decoded, decode

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

#: By what a text was made that no library was asked for.
OWN = f"tawsim {__version__}"

#: In bytes: what all parts of a package may have together once they are unpacked; they are all held at once.
_LARGEST_PACKAGE = 256_000_000
#: How deep the elements of a part may lie in one another; real documents stay below 50.
_DEEPEST = 200
#: What the standards of both kinds of package allow.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: How the old Office formats begin, and the locked form of the new ones.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")

#: How much of what was left out is told: stretches, and characters of each.
_MOST_STRETCHES = 200
_LONGEST_STRETCH = 300

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DATE = re.compile(r"\s*([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?:[T\s].*)?", re.DOTALL)
#: What no text can hold: half characters, and the null character.
_NO_TEXT = re.compile("[\ud800-\udfff\x00]")


def refuse_size(path: Path, raw: bytes) -> None:
    """Refuse a file with nothing in it, or with more than an article.

    Raises:
        UserError: `file_empty` or `file_too_large`.
    """
    if not raw:
        raise UserError("file_empty", path=path)
    if len(raw) > LARGEST:
        raise UserError("file_too_large", path=path, most=LARGEST // 1_000_000)


def decoded_text(path: Path, raw: bytes, encoding: str | None = None) -> Decoded:
    """Return a file's bytes as text, as `annotator.text.decoding.decode` does.

    Raises:
        UserError: what `decode` refuses, with the path, `file_empty` and `file_too_large` among it.
    """
    refuse_size(path, raw)
    try:
        return decode(raw, encoding)
    except UserError as error:
        raise UserError(error.key, **{"path": path, **error.params}) from error


@contextmanager
def open_package(path: Path, raw: bytes, kind: str) -> Iterator[Archive]:
    """Open a zip archive of XML parts, which `parse_part` reads.

    Args:
        path: the file, for errors.
        raw: its bytes.
        kind: what the user calls the format.

    Raises:
        UserError: `file_empty`, `file_too_large`, `document_locked`, `document_other`, or `foreign_cut_short`,
            `foreign_malformed` or `foreign_unsafe` with the member.
    """
    refuse_size(path, raw)
    if raw.startswith(_OLE):
        raise UserError("document_locked" if _LOCKED in raw else "document_other", path=path, format=kind)
    if not raw.startswith(b"PK"):
        raise UserError("document_other", path=path, format=kind)
    try:
        file = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UserError("foreign_cut_short", path=path, place="") from error
    with file:
        _refuse_packing(path, file)
        yield Archive(path, file)


def parse_part(archive: Archive, path: Path, name: str) -> "ET.Element[str]":
    """Return the root of an XML part that declares no document type or entities, and is not too deep to be walked.

    Raises:
        UserError: `foreign_missing`, `foreign_cut_short`, `foreign_malformed` or `foreign_unsafe`.
    """
    root = parse_xml(archive.read(name), path, name)
    level, depth = [root], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
        if depth > _DEEPEST:
            raise UserError("foreign_unsafe", path=path, place=name, detail=f"> {_DEEPEST} levels")
    return root


def _refuse_packing(path: Path, file: zipfile.ZipFile) -> None:
    infos = file.infolist()
    if sum(info.file_size for info in infos) > _LARGEST_PACKAGE:
        raise UserError("foreign_unsafe", path=path, place="", detail="too large")
    for info in infos:
        if info.compress_type not in _PACKINGS:
            raise UserError("foreign_malformed", path=path, place=info.filename, detail="compression")


def iso_date(text: str) -> str:
    """Return the day, month or year that a text begins with in ISO 8601, or "" if it begins with none."""
    match = _DATE.fullmatch(text.translate(_DIGITS))
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        known = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return known[: 10 if day else 7 if month else 4]


def one_line(text: str) -> str:
    """Return a text with every run of white space and line ends as one blank, none at its edges."""
    return " ".join(text.split())


def lines_of(pieces: Iterable[str]) -> str:
    """Return the pieces that are not blank, each on lines of its own and without white space at its edges."""
    lines = (line.strip(WHITE_SPACE) for piece in pieces for line in _NO_TEXT.sub("\ufffd", piece).splitlines())
    return "\n".join(line for line in lines if line.strip(BLANKS))


def row_of(cells: Iterable[str]) -> str:
    """Return a row of a table as one line with tabs; as many lines where a cell has several, as in a page's frame."""
    kept = list(cells)
    return ("\n" if any("\n" in cell for cell in kept) else "\t").join(kept)


def stretches(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return what was left out, each stretch once and cut where it is long, and no more of them than can be read."""
    found: dict[str, None] = {}
    for piece in pieces:
        stretch = one_line(_NO_TEXT.sub("\ufffd", piece))
        if stretch:
            found.setdefault(stretch if len(stretch) <= _LONGEST_STRETCH else stretch[:_LONGEST_STRETCH] + "…")
        if len(found) == _MOST_STRETCHES:
            break
    return tuple(found)
