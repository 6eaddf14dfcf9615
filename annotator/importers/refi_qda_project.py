# SPDX-License-Identifier: MIT
"""What a REFI-QDA project says besides its texts: users, codes, variables, cases, notes and links.

A case is an actor, or an event where one of our variables says so. Knows elements only, and no archive.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_DIGITS = re.compile(r"\s*\+?(\d{1,18})\s*", re.ASCII)


def local(element: "ET.Element[str]") -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


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


class Project:
    """A project without its texts."""

    def __init__(self, root: "ET.Element[str]", path: Path) -> None:
        self._root, self._path = root, path
        self.ours = root.get("origin", "").startswith(ORIGIN)
        self._users = {guid_of(one, path): one.get("name", "") for one in root.iterfind("{*}Users/{*}User")}
        self._variables = {guid_of(one, path): one.get("name", "") for one in root.iterfind("{*}Variables/{*}Variable")}
        self._labels = self._codes()
        self._notes = {guid_of(one, path): _words(one) for one in root.iterfind("{*}Notes/{*}Note")}
        self._cases = {guid_of(one, path): one for one in root.iterfind("{*}Cases/{*}Case")}
        self._entities = {
            plain(one.get("targetGUID", "")): guid
            for guid, case in self._cases.items()
            for one in case.iterfind("{*}SelectionRef")
        }
        self._links: defaultdict[str, list[ET.Element[str]]] = defaultdict(list)
        for one in root.iterfind("{*}Links/{*}Link"):
            self._links[plain(one.get("originGUID", ""))].append(one)

    def header(self) -> exchange.Header:
        """Return who made the project, and its cases."""
        users = tuple(Annotator(AnnotatorId(guid), name) for guid, name in self._users.items() if name)
        cases = [(guid, case, self.values_of(case)) for guid, case in self._cases.items()]
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
        """Return the values of the variables of a text or a case."""
        found = {}
        for one in element.iterfind("{*}VariableValue"):
            reference = one.find("{*}VariableRef")
            name = self._variables.get(plain(reference.get("targetGUID", "")) if reference is not None else "")
            value = next((child.text or "" for child in one if local(child) != "VariableRef"), "")
            if name:
                found[name] = value
        return found

    def relations(self, tags: Sequence[str], source: str) -> Iterator[exchange.Relation]:
        """Yield the links of a text's tags: to one of them, to a case, or to the text itself, which is its author."""
        known = frozenset(tags)
        for origin in (one for one in tags if one in self._links):
            for link in self._links[origin]:
                target = plain(link.get("targetGUID", ""))
                if target in known or target in self._cases or target == source:
                    yield exchange.Relation(
                        type=link.get("name", "") or "Link",
                        source=origin,
                        target=target if target in known else "",
                        entity=target if target in self._cases and target not in known else "",
                        place=link.get("guid", ""),
                    )

    def _codes(self) -> dict[str, str]:
        """Return what each code is called: its path, in which groups that are no codes are left out."""
        codes = [pair for one in self._root.iterfind("{*}CodeBook/{*}Codes/{*}Code") for pair in self._nested(one)]
        if self.ours:
            return {guid: names[-1][0] for guid, names in codes}
        short = {guid: "/".join(name for name, codable in names if codable) for guid, names in codes}
        counts = Counter(short.values())
        return {
            guid: short[guid] if short[guid] and counts[short[guid]] == 1 else "/".join(name for name, _ in names)
            for guid, names in codes
        }

    def _nested(self, top: "ET.Element[str]") -> Iterator[tuple[str, list[tuple[str, bool]]]]:
        """Yield a code and those below it, with the names above each, and whether these can be coded with."""
        waiting: list[tuple[ET.Element[str], list[tuple[str, bool]]]] = [(top, [])]
        while waiting:
            code, above = waiting.pop()
            name = code.get("name") or "?"
            here = [*above, (name, code.get("isCodable", "true").strip() not in {"false", "0"})]
            yield guid_of(code, self._path), here
            waiting += [(one, here) for one in reversed(code) if local(one) == "Code"]


def _words(note: "ET.Element[str]") -> str:
    return note.findtext("{*}PlainTextContent") or note.findtext("{*}Description") or ""


def _is_event(values: Mapping[str, str]) -> bool:
    return any(name.startswith(EVENT) for name in values)


def _actor(guid: str, case: "ET.Element[str]", values: Mapping[str, str]) -> Actor:
    found = _fields(Actor, ACTOR, values)
    if not found:
        found = {"name_ar": case.get("name", "")}
    note = case.findtext("{*}Description") or ""
    known: dict[str, Any] = {"name_ar": "", "name_en": "", **found}
    return Actor(ActorId(guid), annotator_id=AnnotatorId(""), created_at="", note=note, **known)


def _event(guid: str, case: "ET.Element[str]", values: Mapping[str, str]) -> Event:
    known: dict[str, Any] = {"title": case.get("name", ""), **_fields(Event, EVENT, values)}
    note = case.findtext("{*}Description") or ""
    return Event(EventId(guid), annotator_id=AnnotatorId(""), created_at="", note=note, **known)


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
