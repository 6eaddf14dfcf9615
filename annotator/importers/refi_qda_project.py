# SPDX-License-Identifier: MIT
"""What a REFI-QDA project says besides its texts: users, codes, variables, cases, notes and links.

A case is an actor, or an event where one of our variables says so. Knows elements only, and no archive.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.errors import UserError
from annotator.model import exchange
from annotator.model.annotator import Annotator
from annotator.model.ids import ActorId, AnnotatorId, EventId
from annotator.model.registry import Actor, Event

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "Tawsim"

#: By the fields of a document, what its variables are called.
FIELDS = {"id": "document id", "source": "source", "outlet": "outlet", "url": "url", "author": "author", "date": "date"}
#: What the variables of cases begin with, and which fields of an actor and an event they hold.
ACTOR, EVENT = "actor ", "event "
_KEPT = frozenset({"id", "annotator_id", "created_at", "note"})
ACTOR_FIELDS = tuple(one.name for one in fields(Actor) if one.name not in _KEPT)
EVENT_FIELDS = tuple(one.name for one in fields(Event) if one.name not in _KEPT)
#: Of several values, each has a line.
SEPARATOR = "\n"

#: The values of variables, each with the GUID of its variable.
Values = tuple[tuple[str, str], ...]
#: The names of a code and of those above it, and whether each can be coded with.
Names = list[tuple[str, bool]]

_NO_TEXTS = frozenset({"PictureSource", "PDFSource", "AudioSource", "VideoSource"})
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_DIGITS = re.compile(r"\s*\+?(\d{1,18})\s*", re.ASCII)


def local(element: "ET.Element[str]") -> str:
    """Return the name of an element without its namespace."""
    return local_name(element.tag)


def local_name(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def plain(guid: str) -> str:
    """Return a GUID as 32 digits, in lower case; anything else as it is."""
    match = _GUID.fullmatch(guid.strip())
    return match[1].replace("-", "").lower() if match else guid


def guid_of(element: "ET.Element[str]", path: Path) -> str:
    """Return the GUID of an element.

    Raises:
        UserError: `foreign_malformed`.
    """
    guid = element.get("guid", "")
    if not guid:
        raise UserError("foreign_malformed", path=path, place=local(element), detail="no guid")
    return plain(guid)


class _Case(NamedTuple):
    name: str
    note: str
    values: Values


class _Link(NamedTuple):
    name: str
    target: str
    place: str


class Project:
    """A project without its texts, of which it is told element by element.

    Of every link, every note and every selection of a case something is kept, of texts nothing.
    """

    def __init__(self, root: "ET.Element[str]", path: Path) -> None:
        self._path = path
        self.ours = root.get("origin", "").startswith(ORIGIN)
        #: How many of the sources are no texts.
        self.others = 0
        self._users: dict[str, str] = {}
        self._variables: dict[str, str] = {}
        self._codes: list[tuple[str, Names]] = []
        self._notes: dict[str, str] = {}
        self._cases: dict[str, _Case] = {}
        self._entities: dict[str, str] = {}
        self._links: defaultdict[str, list[_Link]] = defaultdict(list)

    def add(self, part: str, element: "ET.Element[str]") -> None:
        """Take an element of the part of the project that has this tag; before labels are asked for."""
        match local_name(part), local(element):
            case "Users", "User":
                self._users[guid_of(element, self._path)] = element.get("name", "")
            case "Variables", "Variable":
                self._variables[guid_of(element, self._path)] = element.get("name", "")
            case "CodeBook", "Codes":
                self._codes += [pair for one in element.iterfind("{*}Code") for pair in self._nested(one)]
            case "Notes", "Note":
                self._notes[guid_of(element, self._path)] = _words(element)
            case "Cases", "Case":
                self._add_case(element)
            case "Links", "Link":
                link = _Link(
                    sys.intern(element.get("name", "")), plain(element.get("targetGUID", "")), element.get("guid", "")
                )
                self._links[plain(element.get("originGUID", ""))].append(link)
            case "Sources", kind if kind in _NO_TEXTS:
                self.others += 1

    def header(self) -> exchange.Header:
        """Return who made the project, and its cases."""
        users = tuple(Annotator(AnnotatorId(guid), name) for guid, name in self._users.items() if name)
        cases = [(guid, case, self._named(case.values)) for guid, case in self._cases.items()]
        return exchange.Header(
            annotators=users,
            actors=tuple(_actor(*one) for one in cases if not _is_event(one[2])),
            events=tuple(_event(*one) for one in cases if _is_event(one[2])),
        )

    def label(self, coding: "ET.Element[str]") -> str:
        """Return what the code of a coding is called.

        Raises:
            UserError: `foreign_missing`.
        """
        reference = coding.find("{*}CodeRef")
        guid = plain(reference.get("targetGUID", "")) if reference is not None else ""
        if guid not in self._labels:
            raise UserError("foreign_missing", path=self._path, place=f"Code {guid}")
        return self._labels[guid]

    def note(self, *elements: "ET.Element[str]") -> str:
        """Return the notes that elements refer to."""
        found = [plain(one.get("targetGUID", "")) for element in elements for one in element.iterfind("{*}NoteRef")]
        described = [element.findtext("{*}Description") or "" for element in elements]
        return "\n".join(note for note in (*described, *(self._notes.get(guid, "") for guid in found)) if note)

    def entity(self, selection: str) -> str:
        """Return the case that a selection is of, or ""."""
        return self._entities.get(selection, "")

    def user(self, guid: str) -> str:
        """Return the name of a user, or ""."""
        return self._users.get(plain(guid), "")

    def number(self, element: "ET.Element[str]", name: str) -> int:
        """Return a position.

        Raises:
            UserError: `foreign_malformed`.
        """
        match = _DIGITS.fullmatch(element.get(name, ""))
        if not match:
            place = element.get("guid", local(element))
            raise UserError("foreign_malformed", path=self._path, place=place, detail=f"{name} is no number")
        return int(match[1])

    def values_of(self, element: "ET.Element[str]") -> dict[str, str]:
        """Return the values of the variables of a text."""
        return self._named(_values(element))

    def relations(self, tags: Sequence[str], source: str) -> Iterator[exchange.Relation]:
        """Yield the links of a text's tags: to one of them, to a case, or to the text itself, which is its author."""
        known = frozenset(tags)
        for origin in (one for one in tags if one in self._links):
            for name, target, place in self._links[origin]:
                if target in known or target in self._cases or target == source:
                    yield exchange.Relation(
                        type=name or "Link",
                        source=origin,
                        target=target if target in known else "",
                        entity=target if target in self._cases and target not in known else "",
                        place=place,
                    )

    def _add_case(self, element: "ET.Element[str]") -> None:
        guid = guid_of(element, self._path)
        note = element.findtext("{*}Description") or ""
        self._cases[guid] = _Case(element.get("name", ""), note, _values(element))
        for one in element.iterfind("{*}SelectionRef"):
            self._entities[plain(one.get("targetGUID", ""))] = guid

    def _named(self, values: Values) -> dict[str, str]:
        """Return values by the names of their variables."""
        named = ((self._variables.get(variable), value) for variable, value in values)
        return {name: value for name, value in named if name}

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Return what each code is called: its path, in which groups that are no codes are left out."""
        codes = self._codes
        if self.ours:
            return {guid: names[-1][0] for guid, names in codes}
        short = {guid: "/".join(name for name, codable in names if codable) for guid, names in codes}
        counts = Counter(short.values())
        return {
            guid: short[guid] if short[guid] and counts[short[guid]] == 1 else "/".join(name for name, _ in names)
            for guid, names in codes
        }

    def _nested(self, top: "ET.Element[str]") -> Iterator[tuple[str, Names]]:
        """Yield a code and those below it, with the names above each, and whether these can be coded with."""
        waiting: list[tuple[ET.Element[str], Names]] = [(top, [])]
        while waiting:
            code, above = waiting.pop()
            name = code.get("name") or "?"
            here = [*above, (name, code.get("isCodable", "true").strip() not in {"false", "0"})]
            yield guid_of(code, self._path), here
            waiting += [(one, here) for one in reversed(code) if local(one) == "Code"]


def _words(note: "ET.Element[str]") -> str:
    return note.findtext("{*}PlainTextContent") or note.findtext("{*}Description") or ""


def _values(element: "ET.Element[str]") -> Values:
    """Return the values of variables, each with the GUID of its variable."""
    found = []
    for one in element.iterfind("{*}VariableValue"):
        reference = one.find("{*}VariableRef")
        guid = plain(reference.get("targetGUID", "")) if reference is not None else ""
        found.append((guid, next((child.text or "" for child in one if local(child) != "VariableRef"), "")))
    return tuple(found)


def _is_event(values: Mapping[str, str]) -> bool:
    return any(name.startswith(EVENT) for name in values)


def _actor(guid: str, case: _Case, values: Mapping[str, str]) -> Actor:
    found = _fields(Actor, ACTOR, values)
    if not found:
        found = {"name_ar": case.name}
    known: dict[str, Any] = {"name_ar": "", "name_en": "", **found}
    return Actor(ActorId(guid), annotator_id=AnnotatorId(""), created_at="", note=case.note, **known)


def _event(guid: str, case: _Case, values: Mapping[str, str]) -> Event:
    known: dict[str, Any] = {"title": case.name, **_fields(Event, EVENT, values)}
    return Event(EventId(guid), annotator_id=AnnotatorId(""), created_at="", note=case.note, **known)


def _fields(record: type, prefix: str, values: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields(record):
        text = values.get(f"{prefix}{one.name}")
        if text is None or one.name in _KEPT:
            continue
        default = "" if one.default is MISSING else one.default
        if isinstance(default, tuple):
            found[one.name] = tuple(text.split(SEPARATOR)) if text else ()
        else:
            found[one.name] = text == "true" if isinstance(default, bool) else text
    return found
