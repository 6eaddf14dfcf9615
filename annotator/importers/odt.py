# SPDX-License-Identifier: MIT
"""Articles in ODT: the text in the body of a document, as it is with all tracked changes accepted.

The parts are read here and not by odfdo: its parser (odfdo 3.27) expands the entities that a part declares, and its
text glues a heading to the paragraph after it, makes one blank of several, and puts marks of lists and notes into the
text, where nobody wrote them. Notes and comments are given as left out; headers and footers lie in another part.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, derived_article
from annotator.importers.documents import OWN, iso_date, lines_of, one_line, open_package, parse_part, row_of, stretches
from annotator.importers.safety import Archive

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_KIND = "ODT"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

#: What stands beside the text.
_BESIDE = frozenset({f"{_TEXT}note", f"{_OFFICE}annotation"})
#: What is in no text: deleted text, which lies apart; fields' declarations; scripts; what tells of a picture; readings.
_SKIPPED = frozenset({
    f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls", f"{_TEXT}user-field-decls",
    f"{_TEXT}script", f"{_TEXT}ruby-text", f"{_OFFICE}forms", f"{_OFFICE}binary-data", f"{_SVG}title", f"{_SVG}desc",
    f"{_OFFICE}scripts", f"{_TEXT}hidden-text", f"{_TEXT}number", f"{_TEXT}page-number",
})  # fmt: skip
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
#: Elements that hold paragraphs of their own inside a paragraph.
_FRAMES = frozenset({f"{_DRAW}text-box", f"{_TABLE}table"})
#: A run of blanks that is told by a number may not make a file of nothing but blanks.
_MOST_BLANKS = 1000

_SPACE = re.compile("[ \t\r\n]+")
_MIMETYPES = frozenset({
    b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template",
})  # fmt: skip


def read_odt(path: Path, raw: bytes, place: str = "") -> ReadArticle:
    """Return the article in an ODT document, with paragraphs and rows of tables on lines of their own.

    Args:
        path: the file.
        raw: its bytes.
        place: where in the file they were, if it is an archive.

    Raises:
        UserError: `file_empty`, `file_too_large`, `document_locked`, `document_other`, or `foreign_cut_short`,
            `foreign_malformed`, `foreign_missing` or `foreign_unsafe` with the part of the document.
    """
    with open_package(path, raw, _KIND) as archive:
        _refuse_other(archive, path)
        content = parse_part(archive, path, "content.xml")
        about = _about(parse_part(archive, path, "meta.xml")) if "meta.xml" in archive.names else {}
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UserError("document_other", path=path, format=_KIND)
    beside: list[str] = []
    text = _Text(beside.append).of(body)
    return derived_article(
        path,
        text,
        raw,
        by=OWN,
        place=place,
        title=about.get(f"{_DUBLIN_CORE}title", ""),
        author=about.get(f"{_META}initial-creator") or about.get(f"{_DUBLIN_CORE}creator", ""),
        date=iso_date(about.get(f"{_META}creation-date") or about.get(f"{_DUBLIN_CORE}date", "")),
        left_out=stretches(beside),
    )


def _refuse_other(archive: Archive, path: Path) -> None:
    """Refuse a package of another kind, and one whose parts are locked."""
    if "mimetype" not in archive.names or archive.read("mimetype").strip() not in _MIMETYPES:
        raise UserError("document_other", path=path, format=_KIND)
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names:
        locked = parse_part(archive, path, manifest).iter(f"{_MANIFEST}encryption-data")
        if next(locked, None) is not None:
            raise UserError("document_locked", path=path, format=_KIND)


def _about(meta: "ET.Element[str]") -> dict[str, str]:
    found = meta.find(f"{_OFFICE}meta")
    return {} if found is None else {child.tag: one_line(child.text or "") for child in found}


class _Text:
    """Makes text of elements, and passes on what stands beside it."""

    def __init__(self, leave_out: Callable[[str], None]) -> None:
        self._leave_out = leave_out

    def of(self, element: "ET.Element[str]") -> str:
        """Return the text of what holds paragraphs, a line each."""
        return lines_of(self._blocks(element))

    def _blocks(self, elements: "Iterable[ET.Element[str]]") -> Iterator[str]:
        for child in elements:
            if child.tag in _PARAGRAPHS:
                yield from self._paragraph(child)
            elif child.tag == f"{_TABLE}table-row":
                yield row_of(self.of(cell) for cell in child if cell.tag == f"{_TABLE}table-cell")
            elif child.tag in _BESIDE:
                self._leave_out(self.of(child))
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child)

    def _paragraph(self, element: "ET.Element[str]") -> Iterator[str]:
        """Yield the text of a paragraph, then that of each frame in it."""
        frames: list[ET.Element[str]] = []
        parts = [_plain(element.text)]
        self._inline(element, parts, frames)
        yield "".join(parts)
        yield from self._blocks(frames)

    def _inline(self, element: "ET.Element[str]", parts: list[str], frames: "list[ET.Element[str]]") -> None:
        for child in element:
            if child.tag in _FRAMES or child.tag in _PARAGRAPHS:  # shapes hold paragraphs without a frame
                frames.append(child)
            elif child.tag in _BESIDE:
                self._leave_out(self.of(child))
            elif child.tag not in _SKIPPED:
                parts.append(_character(child) + _plain(child.text))
                self._inline(child, parts, frames)
            parts.append(_plain(child.tail))


def _character(element: "ET.Element[str]") -> str:
    """Return the character that an element stands for, or ""."""
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        return " " * min(int(count), _MOST_BLANKS) if count.isdecimal() and len(count) < 10 else " "
    return {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}soft-hyphen": "\u00ad"}.get(element.tag, "")


def _plain(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")
