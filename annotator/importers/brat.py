# SPDX-License-Identifier: MIT
"""brat's folders: a `.txt` and an `.ann` a document; and a single pair of them.

Owns what the lines of a file mean together. Positions are code points, as brat counts. Of what only our own folders
hold, the file of particulars and the scheme, nothing need be there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers import brat_lines as lines
from annotator.importers import brat_names as names
from annotator.importers.brat_places import Canonical, fragments_of, pieces_of, quoted
from annotator.importers.foreign import ForeignFormat, checked, from_json
from annotator.importers.safety import decoded, read_bytes, read_lines, read_text
from annotator.model import exchange
from annotator.model.attributes import AttributeValue
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import parse_scheme
from annotator.model.span import Piece, joined_pieces

#: Our own additions to a folder, which brat does not look at.
PARTICULARS, SCHEME = "tawsim-documents.jsonl", "tawsim-scheme.json"
#: What the annotations of a document may be in; BioNLP's tasks have them in several files.
_SUFFIXES = ((".ann",), (".a1", ".a2", ".co", ".rel"))
_ALL_SUFFIXES = frozenset({".txt", *(suffix for suffixes in _SUFFIXES for suffix in suffixes)})


class Particulars(msgspec.Struct, kw_only=True):
    """What is known of a document besides its text; `file` is its name without a suffix."""

    file: str
    id: str = ""
    title: str = ""
    source: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document of a folder and of those in it, or one; see `annotator.importers.foreign.Read`."""
    if path.is_dir():
        stems = sorted(
            {one.with_suffix("") for one in path.rglob("*") if one.suffix in _ALL_SUFFIXES and one.is_file()}
        )
        known = _Known(path)
        for stem in stems:
            yield _document(stem, known.of(stem.relative_to(path).as_posix()))
    else:
        stem = path.with_suffix("")
        yield _document(stem, _Known(stem.parent).of(stem.name))


def header(path: Path) -> exchange.Header:
    """Return the scheme that a folder of our own says it is tagged with."""
    file = (path if path.is_dir() else path.parent) / SCHEME
    if not file.is_file():
        return exchange.NO_HEADER
    return exchange.Header(scheme=_scheme(file))


def recognise(path: Path) -> bool:
    """Return whether there is a file of annotations in a folder, or annotations of a text in a file."""
    if path.is_dir():
        return any(path.rglob("*.ann")) or any(path.rglob("*.a1"))
    return path.with_suffix(".txt").is_file()


def _scheme(file: Path) -> Scheme:
    try:
        return parse_scheme(read_text(file), where=file.name)
    except UserError as error:
        if error.key != "scheme_unreadable":
            raise
        raise UserError("foreign_malformed", path=file, place="", detail=error.params["detail"]) from error


class _Known:
    """The particulars of a folder's documents, read along with them: they are in the same order."""

    def __init__(self, folder: Path) -> None:
        self._rows = self._read(folder / PARTICULARS)
        self._row = next(self._rows, None)

    def of(self, name: str) -> Particulars:
        """Return what is known of the document of this name, which comes after those asked for before."""
        while self._row and self._row.file < name:
            self._row = next(self._rows, None)
        return self._row if self._row and self._row.file == name else Particulars(file=name, id=name)

    def _read(self, path: Path) -> Iterator[Particulars]:
        if path.is_file():
            for number, line in read_lines(path):
                yield from_json(line, Particulars, path, str(number))


def _document(stem: Path, known: Particulars) -> exchange.Document:
    path = Path(f"{stem}.txt")
    raw = decoded(read_bytes(path), path, "")
    said, path = read_lines_of(stem)
    # A folder of ours names its documents otherwise than their files, and has their texts just as they are.
    canonical = Canonical(raw, just_so=known.id != known.file)
    if canonical.differs:
        moved = [replace(one, fragments=canonical.moved(one.fragments)) for one in said.bounds]
        if _fitting(canonical.text, moved) >= _fitting(canonical.text, said.bounds):
            said.bounds = moved
    made = _Reader(canonical.text, said, path).document()
    particulars = {name: getattr(known, name) for name in Particulars.__struct_fields__ if name != "file"}
    return checked(replace(made, place=known.file, **particulars), path)


def read_lines_of(stem: Path) -> tuple[lines.Lines, Path]:
    """Return the lines of a document's annotations, and the first file that they are in; none where there is none."""
    for suffixes in _SUFFIXES:
        there = [path for path in (Path(f"{stem}{suffix}") for suffix in suffixes) if path.is_file()]
        if there:
            return lines.parse_lines("\n".join(map(read_text, there)), there[0]), there[0]
    return lines.Lines(), Path(f"{stem}.ann")


def _fitting(text: str, bounds: Iterable[lines.TextBound]) -> int:
    return sum(quoted(text, one.fragments) == one.text for one in bounds)


@dataclass(slots=True)
class _Marks:
    """What hangs on a tag: by its lines of types A, N and #."""

    attributes: dict[str, AttributeValue]
    note: list[str]
    entity: str = ""
    unsure: bool = False
    pieces: tuple[Piece, ...] = ()


class _Reader:
    """Puts together what the lines of one document say."""

    def __init__(self, text: str, said: lines.Lines, path: Path) -> None:
        self._text, self._said, self._path = text, said, path
        self._bounds = {one.id: one for one in said.bounds}
        # Others name a trigger where brat names its event.
        self._events = {one.trigger: one.id for one in reversed(said.events)}
        self._ids = {*self._bounds, *(one.id for one in said.events)}
        self._owners = {one.id: one.target for one in said.attributes}
        self._owners |= {one.id: one.target for one in said.references}
        self._owners |= {one.id: one.source for one in said.relations if one.id}
        self._marks: dict[str, _Marks] = defaultdict(lambda: _Marks({}, []))
        self._relations: list[exchange.Relation] = []

    def document(self) -> exchange.Document:
        for attribute in self._said.attributes:
            self._read_attribute(attribute)
        for reference in self._said.references:
            self._read_reference(reference)
        for note in self._said.notes:
            self._read_note(note)
        alone = [one for one in self._said.bounds if one.id not in self._events]
        tags = [self._tag(one, one.id) for one in alone if not one.type.startswith(names.DOCUMENT)]
        for event in self._said.events:
            trigger = self._found(self._bounds, event.trigger, event.place)
            tags.append(self._tag(replace(trigger, type=event.type, place=event.place), event.id))
            self._relations += [self._argument(event, role, end) for role, end in event.arguments]
        self._relations += [
            exchange.Relation(
                names.plain(one.type, names.relation_name),
                self._end(one.source),
                self._end(one.target),
                id=one.id,
                place=one.place,
            )
            for one in self._said.relations
        ]
        return exchange.Document(
            text=self._text,
            tags=tuple(tags),
            relations=tuple(self._relations),
            document_tags=tuple(self._document_tag(one) for one in alone if one.type.startswith(names.DOCUMENT)),
        )

    def _found(self, known: dict[str, lines.TextBound], name: str, place: str) -> lines.TextBound:
        if name not in known:
            raise UserError("foreign_missing", path=self._path, place=f"{place}: {name}")
        return known[name]

    def _end(self, name: str) -> str:
        return self._events.get(name, name)

    def _of(self, name: str, place: str) -> _Marks:
        """Return the marks of what a line speaks of, which may speak of another line."""
        name = self._end(self._owners.get(name, name))
        if name not in self._ids:
            raise UserError("foreign_missing", path=self._path, place=f"{place}: {name}")
        return self._marks[name]

    # What hangs on a tag

    def _read_attribute(self, one: lines.Attribute) -> None:
        marks = self._of(one.target, one.place)
        name = names.plain(one.type, names.attribute_name)
        value: AttributeValue = True if one.value is None else names.plain(one.value, names.token)
        if one.type == names.UNSURE:
            marks.unsure = True
            return
        if one.value is None and ":" in name:  # one of several values, each of which is a box to tick in brat
            name, _, box = name.partition(":")
            value = (box,)
        if name in marks.attributes:  # a second value takes the place of none
            value = (*_several(marks.attributes[name]), *_several(value))
        marks.attributes[name] = value

    def _read_reference(self, one: lines.Reference) -> None:
        marks = self._of(one.target, one.place)
        key = names.plain(one.key, names.token)
        if one.database == names.AUTHOR_DB or (one.database == names.REGISTRY_DB and one.type != names.REFERENCE):
            kind = names.plain(one.type, names.relation_name)
            entity = key if one.database == names.REGISTRY_DB else ""
            source = self._end(one.target)
            self._relations.append(exchange.Relation(kind, source, entity=entity, id=one.id, place=one.place))
        elif marks.entity:  # a tag has one link; another is kept in words
            marks.note.append(f"{one.type}: {one.database}:{one.key} {one.name}".rstrip())
        else:
            marks.entity = key if one.database == names.REGISTRY_DB else f"{one.database}:{one.key}"

    def _read_note(self, one: lines.Note) -> None:
        marks = self._of(one.target, one.place)
        name, sign, value = one.text.partition("=")
        if one.type == names.NOTE:
            marks.note.append(names.text_of(one.text))
        elif one.type == names.ATTRIBUTE and sign:
            marks.attributes[names.plain(name, names.attribute_name)] = names.value_of(value)
        elif one.type == names.PIECES and (pieces := _pieces(one.text)):
            marks.pieces = pieces
        else:
            marks.note.append(f"{one.type}: {one.text}")

    # Tags and relations

    def _tag(self, one: lines.TextBound, name: str) -> exchange.Tag:
        marks = self._marks[name]
        pieces = self._pieces(one, marks.pieces)
        start, end = pieces[0][0], max(last for _, last in pieces)
        fits = one.text == quoted(self._text, one.fragments)
        return exchange.Tag(
            label=names.plain(one.type, names.type_name),
            start=start,
            end=end,
            id=name,
            pieces=joined_pieces(pieces),
            quote=self._text[start:end] if fits else one.text or None,
            note="\n".join(marks.note),
            unsure=marks.unsure,
            attributes=marks.attributes,
            entity=marks.entity,
            place=one.place,
        )

    def _pieces(self, one: lines.TextBound, told: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Return where a tag is; what our own line says of that counts only as long as the tag was not moved."""
        fragments = tuple(sorted(one.fragments))
        if any(not 0 <= start < end <= len(self._text) for start, end in (*told, *fragments)):
            return fragments
        return told if told and fragments_of(self._text, told) == fragments else pieces_of(self._text, fragments)

    def _argument(self, event: lines.Event, role: str, end: str) -> exchange.Relation:
        # A role that stands twice is numbered: AGENT, AGENT2.
        kind = names.plain(role.rstrip("0123456789") or role, names.role_name)
        return exchange.Relation(kind, event.id, self._end(end), place=event.place)

    def _document_tag(self, one: lines.TextBound) -> exchange.DocumentTag:
        marks = self._marks[one.id]
        return exchange.DocumentTag(
            label=names.plain(one.type, names.document_type).removeprefix(names.DOCUMENT),
            id=one.id,
            note="\n".join(marks.note),
            unsure=marks.unsure,
            attributes=marks.attributes,
            place=one.place,
        )


def _several(value: AttributeValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _pieces(text: str) -> tuple[Piece, ...]:
    edges = text.replace(";", " ").split()
    if len(edges) % 2 or not all(edge.isascii() and edge.isdigit() and len(edge) < 12 for edge in edges):
        return ()
    numbers = list(map(int, edges))
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


FORMAT = ForeignFormat("brat", N_("brat"), (".ann",), recognise, read, header, folder=True)
