# SPDX-License-Identifier: MIT
"""Articles in DOCX: the text in the body of a document, as it is with all tracked changes accepted.

The parts are read here and not by python-docx, which leaves out what tracked changes inserted and what stands in
content controls and text boxes, gives a document without properties those of its template, and opens no document in
which a relationship leads nowhere, as Word itself writes. Hidden text is no part of the article; headers, footers,
notes and comments are given as left out.
"""

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, derived_article
from annotator.importers.documents import OWN, iso_date, lines_of, one_line, open_package, parse_part, row_of, stretches
from annotator.importers.safety import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

_KIND = "DOCX"
#: Words, in the older and the strict spelling of the format; formulas name their runs alike.
_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What is not in the text: what was deleted or moved away, codes of fields, properties, readings above the line.
_SKIPPED = frozenset({
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "trPr", "rt",
})  # fmt: skip
#: Elements that stand for a character.
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
#: Elements with a property that takes them out of the text: hidden runs, deleted rows and cells.
_TAKEN_OUT = {"r": ("rPr", "vanish"), "tr": ("trPr", "del"), "tc": ("tcPr", "cellDel")}
_OFF = frozenset({"0", "false", "off"})
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")


def read_docx(path: Path, raw: bytes, place: str = "") -> ReadArticle:
    """Return the article in a DOCX document, with paragraphs and rows of tables on lines of their own.

    Args:
        path: the file.
        raw: its bytes.
        place: where in the file they were, if it is an archive.

    Raises:
        UserError: `file_empty`, `file_too_large`, `document_locked`, `document_other`, or `foreign_cut_short`,
            `foreign_malformed`, `foreign_missing` or `foreign_unsafe` with the part of the document.
    """
    with open_package(path, raw, _KIND) as archive:
        parts = _related(archive, path)
        main = parts.get("officeDocument")
        body = None if main is None else _child(parse_part(archive, path, main), "body")
        if body is None:
            raise UserError("document_other", path=path, format=_KIND)
        core = parts.get("core-properties")
        about = {} if core is None else _about(parse_part(archive, path, core))
        beside = [_text(parse_part(archive, path, name)) for name in archive.names if _BESIDE.fullmatch(name)]
    return derived_article(
        path,
        _text(body),
        raw,
        by=OWN,
        place=place,
        title=about.get("title", ""),
        author=about.get("creator", ""),
        date=iso_date(about.get("created", "")),
        left_out=stretches(line for text in beside for line in text.split("\n")),
    )


def _related(archive: Archive, path: Path) -> dict[str, str]:
    """Return the parts that the package names as its own, by the last word of what each is to it."""
    name = "_rels/.rels"
    if name not in archive.names:
        raise UserError("document_other", path=path, format=_KIND)
    found: dict[str, str] = {}
    for relation in parse_part(archive, path, name):
        target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
        if target in archive.names:
            found.setdefault(relation.get("Type", "").rpartition("/")[2], target)
    return found


def _about(core: "ET.Element[str]") -> dict[str, str]:
    return {child.tag.rpartition("}")[2]: one_line(child.text or "") for child in core}


def _text(element: "ET.Element[str]") -> str:
    parts: list[str] = []
    boxes = _walk(element, parts)
    return lines_of(["".join(parts), *map(_text, boxes)])


def _walk(element: "ET.Element[str]", parts: list[str]) -> "list[ET.Element[str]]":
    """Add the text under an element; return the text boxes that were met, whose text is told after their paragraph."""
    boxes: list[ET.Element[str]] = []
    for child in element:
        name = _name(child)
        if name in _SKIPPED or _is_taken_out(child, name):
            continue
        if name == "t":
            parts.append(_run_text(child))
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "p":
            inner = _walk(child, parts)
            parts.append("" if _goes_on(child) else "\n")
            parts.extend(f"{_text(box)}\n" for box in inner)
        elif name == "tr":
            parts.append(row_of(map(_text, _cells(child))) + "\n")
        else:
            boxes += _walk(child, parts)
    return boxes


def _cells(row: "ET.Element[str]") -> "Iterator[ET.Element[str]]":
    for child in row:
        name = _name(child)
        if name == "tc" and not _is_taken_out(child, name):
            yield child
        elif name in {"sdt", "sdtContent", "customXml"}:
            yield from _cells(child)


def _run_text(element: "ET.Element[str]") -> str:
    text = re.sub("[\t\n\r]", " ", element.text or "")
    return text if element.get(_SPACE) == "preserve" else text.strip(" ")


def _is_taken_out(element: "ET.Element[str]", name: str) -> bool:
    if name not in _TAKEN_OUT:
        return False
    properties, mark = _TAKEN_OUT[name]
    return _has(_child(element, properties), mark)


def _goes_on(paragraph: "ET.Element[str]") -> bool:
    """Return whether the end of a paragraph was deleted, so that the next one goes on in its line."""
    properties = _child(paragraph, "pPr")
    return properties is not None and _has(_child(properties, "rPr"), "del")


def _has(properties: "ET.Element[str] | None", mark: str) -> bool:
    found = None if properties is None else _child(properties, mark)
    return found is not None and all(found.get(f"{namespace}val", "") not in _OFF for namespace in _NAMESPACES)


def _child(element: "ET.Element[str]", name: str) -> "ET.Element[str] | None":
    return next((child for child in element if _name(child) == name), None)


def _name(element: "ET.Element[str]") -> str:
    """Return the name of an element of the format; of another's elements their content is looked at, but for some."""
    for namespace in _NAMESPACES:
        if element.tag.startswith(namespace):
            return element.tag[len(namespace) :]
    return "del" if element.tag == _FALLBACK else ""
