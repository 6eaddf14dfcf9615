# SPDX-License-Identifier: MIT
"""REFI-QDA projects (`.qdpx`), as programs of qualitative analysis exchange them: MAXQDA, ATLAS.ti, NVivo, QualCoder.

Positions in the file are code points. Whether a line end of Windows counts as one or as two is told by what fits what
the file quotes, and by where words end. Texts are read; pictures, sound, video and PDF are counted as left out. Owns
the archive and the sources; codes, cases and links are `annotator.importers.refi_qda_project`'s.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked
from annotator.importers.refi_qda_project import FIELDS, PROJECT, Project, guid_of, local, local_name
from annotator.importers.safety import Archive, decoded, open_archive
from annotator.model import exchange

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

SUFFIX = ".qdpx"
FOLDERS = ("sources", "Sources")
#: What is read in pieces, because it grows with the tags.
_STREAMED = "*.qde"
#: A path inside the archive, and what other programs write for one beside it.
_PATH = re.compile(r"(?:internal|relative)://+(.+)", re.DOTALL)
#: So much of a quote has to fit; some programs cut it.
_QUOTED = 20


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every text of a project; see `annotator.importers.foreign.Read`.

    Twice from end to end: links and notes, which belong to texts, come after them.
    """
    with _opened(path) as (archive, name):
        project = _project(archive, name, path)
        skipped = project.others
        for part, element in archive.iter_xml(name):
            if (local_name(part), local(element)) == ("Sources", "TextSource"):
                document = _Source(element, project, archive, path).document(skipped)
                skipped = 0
                yield checked(document, path)


def header(path: Path) -> exchange.Header:
    """Return who made the project, and its cases."""
    with _opened(path) as (archive, name):
        return _project(archive, name, path).header()


def recognise(path: Path) -> bool:
    """Return whether an archive has a project in it."""
    try:
        with open_archive(path, streamed=_STREAMED) as archive:
            return any(name.endswith(".qde") for name in archive.names)
    except UserError as error:
        if error.key.startswith("foreign_"):
            return False
        raise


def size(path: Path) -> int:
    """Return how many bytes the project of an archive has, without its texts."""
    with _opened(path) as (archive, name):
        return archive.size(name)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Archive, str]]:
    """Open an archive, and say what the project in it is called."""
    with open_archive(path, streamed=_STREAMED) as archive:
        name = next((one for one in archive.names if one.lower().endswith(".qde")), "")
        if not name:
            raise UserError("foreign_missing", path=path, place="project.qde")
        yield archive, name


def _project(archive: Archive, name: str, path: Path) -> Project:
    """Return all that a project says besides its texts."""
    elements = archive.iter_xml(name)
    _, root = next(elements)
    if local(root) != "Project":
        raise UserError("foreign_malformed", path=path, place=name, detail="the root is not Project")
    if root.tag != f"{{{PROJECT}}}Project":
        raise UserError("foreign_version", path=path, version=root.tag[1:].rpartition("}")[0], known=PROJECT)
    project = Project(root, path)
    for part, element in elements:
        project.add(part, element)
    return project


class _Source:
    """One text with its selections."""

    def __init__(self, element: "ET.Element[str]", project: Project, archive: Archive, path: Path) -> None:
        self._element, self._project, self._path = element, project, path
        self._guid = guid_of(element, path)
        self._raw = self._content(archive)
        self._skipped = 0

    def document(self, skipped: int) -> exchange.Document:
        selections = [one for one in self._element if local(one) == "PlainTextSelection"]
        text, places = self._raw, self._places(selections)
        if not self._project.ours:
            text, places = self._in_lines(text, selections, places)
        tags = [tag for one, place in zip(selections, places, strict=True) for tag in self._tags(one, place, text)]
        fields = self._project.values_of(self._element)
        known: dict[str, Any] = {"id": self._guid}
        known.update((name, fields[variable]) for name, variable in FIELDS.items() if variable in fields)
        skipped += self._skipped
        ids = [tag.id for tag in tags]
        return exchange.Document(
            text=text,
            title=self._element.get("name", ""),
            tags=tuple(tags),
            relations=tuple(self._project.relations(ids, self._guid)),
            document_tags=tuple(self._document_tags()),
            skipped={exchange.Skipped.KIND: skipped} if skipped else {},
            place=self._guid,
            **known,
        )

    def _content(self, archive: Archive) -> str:
        path = self._element.get("plainTextPath", "")
        if not path:
            return self._element.findtext("{*}PlainTextContent") or ""
        match = _PATH.fullmatch(path)
        wanted = (match[1] if match else path).replace("\\", "/")
        base = wanted.rpartition("/")[2]
        places = [wanted, *(f"{folder}/{name}" for folder in FOLDERS for name in (wanted, base))]
        name = next((one for one in places if one in archive), None)
        if name is None:
            raise UserError("foreign_missing", path=self._path, place=path)
        raw = archive.read(name)
        return decoded(raw if self._project.ours else raw.removeprefix(b"\xef\xbb\xbf"), self._path, name)

    def _places(self, selections: "list[ET.Element[str]]") -> list[tuple[int, int]]:
        return [
            (self._project.number(one, "startPosition"), self._project.number(one, "endPosition")) for one in selections
        ]

    def _in_lines(
        self, raw: str, selections: "list[ET.Element[str]]", places: list[tuple[int, int]]
    ) -> tuple[str, list[tuple[int, int]]]:
        """Return a text with line ends of one character, and where selections are in it."""
        text = raw.replace("\r\n", "\n")
        if text != raw:
            ends = [match.start() for match in re.finditer("\r\n", raw)]
            shifted = [(_shifted(start, ends), _shifted(end, ends)) for start, end in places]
            names = [one.get("name", "") for one in selections]
            if _fit(text, names, shifted) >= _fit(text, names, places):
                places = shifted
        return text.replace("\r", "\n"), places

    def _tags(self, selection: "ET.Element[str]", place: tuple[int, int], text: str) -> Iterator[exchange.Tag]:
        guid = guid_of(selection, self._path)
        start, end = place
        codings = [one for one in selection if local(one) == "Coding"]
        if start == end or not codings:
            self._skipped += 1
            return
        quote = text[start:end] if 0 <= start < end <= len(text) else selection.get("name")
        for number, coding in enumerate(codings):
            yield exchange.Tag(
                label=self._project.label(coding),
                start=start,
                end=end,
                # Links name the selection, which is one tag to us for each of its codes.
                id=f"{guid}#{number}" if number else guid,
                quote=quote,
                note=self._project.note(selection, coding),
                entity=self._project.entity(guid),
                annotator=self._project.user(coding.get("creatingUser", "") or selection.get("creatingUser", "")),
                created_at=coding.get("creationDateTime", "") or selection.get("creationDateTime", ""),
                place=guid,
            )

    def _document_tags(self) -> Iterator[exchange.DocumentTag]:
        for coding in (one for one in self._element if local(one) == "Coding"):
            yield exchange.DocumentTag(
                label=self._project.label(coding),
                note=self._project.note(coding),
                annotator=self._project.user(coding.get("creatingUser", "")),
                created_at=coding.get("creationDateTime", ""),
                place=self._guid,
            )


def _shifted(position: int, ends: list[int]) -> int:
    """Return a position where each of these line ends before it is one character, not two."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if ends[middle] + 1 < position else (low, middle)
    return position - low


def _fit(text: str, names: list[str], places: list[tuple[int, int]]) -> int:
    """Return how well places fit what is quoted, and that selections begin and end with words."""
    score = 0
    for name, (start, end) in zip(names, places, strict=True):
        if not 0 <= start < end <= len(text):
            score -= 100
            continue
        found, quoted = " ".join(text[start:end].split()), " ".join(name.split())
        shorter = min(len(found), len(quoted), _QUOTED)
        score += 10 * bool(shorter and found[:shorter] == quoted[:shorter])
        score += not text[start].isspace() and not text[end - 1].isspace()
        score += (start == 0 or not text[start - 1].isalnum()) + (end == len(text) or not text[end].isalnum())
    return score


FORMAT = ForeignFormat("refi-qda", N_("REFI-QDA project"), (SUFFIX,), recognise, read, header)
