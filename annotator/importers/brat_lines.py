# SPDX-License-Identifier: MIT
"""The lines of brat's `.ann` files, each as what it says; knows nothing of texts and of what lines mean together."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.foreign import refuse_twice
from annotator.model.span import Piece

_NUMBER = re.compile("-?[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class TextBound:
    """T: stretches of the text, of a type. `text` is what the file quotes, its stretches joined by blanks."""

    id: str
    type: str
    fragments: tuple[Piece, ...]
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Event:
    """E: a trigger with arguments, each a role and the id of a T or E."""

    id: str
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Relation:
    """R, or of `*` any two of those that are equivalent."""

    id: str
    type: str
    source: str
    target: str
    place: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A, or M of older files; one without a value says yes."""

    id: str
    type: str
    target: str
    value: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Reference:
    """N: what a target is in a data base."""

    id: str
    type: str
    target: str
    database: str
    key: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Note:
    """#: what is noted of a target."""

    id: str
    type: str
    target: str
    text: str
    place: str


@dataclass(slots=True)
class Lines:
    """What an `.ann` file says, each kind in the order of the file."""

    bounds: list[TextBound] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def parse_lines(text: str, path: Path) -> Lines:
    """Read the lines of an `.ann` file. A `#` that is no note of brat's is a comment, and left out.

    Raises:
        UserError: `foreign_malformed` or `foreign_twice`, with the line.
    """
    lines = Lines()
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")  # noqa: PLW2901
        if not line.strip():
            continue
        try:
            _PARSERS[line[0]](lines, line, str(number))
        except (KeyError, ValueError) as error:
            detail = line[:80]
            raise UserError("foreign_malformed", path=path, place=str(number), detail=detail) from error
    kinds = (lines.bounds, lines.events, lines.attributes, lines.references)
    refuse_twice([one.id for kind in kinds for one in kind], path, "")
    refuse_twice([one.id for one in lines.relations if one.id], path, "")
    return lines


def _fields(line: str) -> tuple[str, str, str]:
    name, data, *tail = line.split("\t", 2)
    return name.strip(), data, tail[0] if tail else ""


def _bound(lines: Lines, line: str, place: str) -> None:
    name, data, text = _fields(line)
    kind, stretches = data.split(" ", 1)
    fragments = tuple(_fragment(one) for one in stretches.split(";"))
    lines.bounds.append(TextBound(name, kind, fragments, text, place))


def _fragment(text: str) -> Piece:
    start, end = text.split()
    if not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
        raise ValueError(text)
    return int(start), int(end)


def _event(lines: Lines, line: str, place: str) -> None:
    name, data, _ = _fields(line)
    (kind, trigger), *arguments = (_named(one) for one in data.split())
    lines.events.append(Event(name, kind, trigger, tuple(arguments), place))


def _named(text: str) -> tuple[str, str]:
    name, value = text.split(":")
    if not name or not value:
        raise ValueError(text)
    return name, value


def _relation(lines: Lines, line: str, place: str) -> None:
    name, data, _ = _fields(line)
    kind, first, second = data.split()
    lines.relations.append(Relation(name, kind, _named(first)[1], _named(second)[1], place))


def _equivalence(lines: Lines, line: str, place: str) -> None:
    _, data, _ = _fields(line)
    kind, first, *others = data.split()
    lines.relations.extend(Relation("", kind, first, other, place) for other in others)


def _attribute(lines: Lines, line: str, place: str) -> None:
    name, data, _ = _fields(line)
    kind, target, *value = data.strip().split(" ", 2)
    lines.attributes.append(Attribute(name, kind, target, value[0] if value else None, place))


def _reference(lines: Lines, line: str, place: str) -> None:
    name, data, text = _fields(line)
    kind, *ends = data.split()
    # BioNLP's shared tasks named the two, and in either order.
    second = {one.partition(":")[0]: one.partition(":")[2] for one in ends}
    target, referent = (second["Annotation"], second["Referent"]) if "Referent" in second else ends
    database, _, key = referent.partition(":")
    if not database or not key:
        raise ValueError(data)
    lines.references.append(Reference(name, kind, target, database, key, text, place))


def _note(lines: Lines, line: str, place: str) -> None:
    parts = line.split("\t", 2)
    words = parts[1].split() if len(parts) > 1 else []
    if len(words) == 2:
        lines.notes.append(Note(parts[0], words[0], words[1], parts[2] if len(parts) > 2 else "", place))


_PARSERS: dict[str, Callable[[Lines, str, str], None]] = {
    "T": _bound,
    "E": _event,
    "R": _relation,
    "*": _equivalence,
    "A": _attribute,
    "M": _attribute,
    "N": _reference,
    "#": _note,
}
