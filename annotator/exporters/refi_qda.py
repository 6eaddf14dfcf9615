# SPDX-License-Identifier: MIT
"""A REFI-QDA project (`.qdpx`), for MAXQDA, ATLAS.ti, NVivo and QualCoder: texts, codes, cases, links and notes.

A tag is a selection with one coding, a document tag a coding of the text, an actor or event a case with its selections,
a relation a link to a selection, a case, or the text itself, which stands for its author. `project.qde` has sources
before notes and links, so that these wait in temporary files while texts go into the archive one by one.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO
from uuid import UUID

from annotator import __version__
from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written
from annotator.exporters.carrying import Carried, Carrier, entry_of
from annotator.exporters.losses import Reason
from annotator.exporters.refi_qda_checks import check_by_pyrefiqda
from annotator.exporters.refi_qda_codes import HEAD, code_book, codes_of, element, guid, origin, text_guid, words
from annotator.exporters.xml_text import legal, legal_text, replaced
from annotator.extras import EXTRAS, readers
from annotator.files import scratch
from annotator.i18n import N_
from annotator.importers import refi_qda
from annotator.importers.refi_qda_project import (
    ACTOR,
    ACTOR_FIELDS,
    EVENT,
    EVENT_FIELDS,
    FIELDS,
    PROJECT,
    SEPARATOR,
)
from annotator.model import exchange
from annotator.model.registry import Actor, Event
from annotator.model.tagged_article import TaggedArticle

_DATE = (1980, 1, 1, 0, 0, 0)
_SOURCES = refi_qda.FOLDERS[0]

#: In bytes: how large `project.qde` may be that pyrefiqda reads, too; it takes nine times as much memory.
MOST_CHECKED = 16_000_000

ABILITIES = Abilities(
    overlap=True,
    links=True,
    relations=True,
    targets=True,
    document_tags=True,
    registry=True,
    notes=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
    names=True,
)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the texts one by one, then what is said of them."""
    carrier = Carrier(source, options, ABILITIES)
    with ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(path, "w"))
        folder = stack.enter_context(scratch(path))
        names = ("sources", "notes", "links")
        parts = _Parts(
            *(stack.enter_context((folder / name).open("w+", encoding="utf-8", newline="")) for name in names)
        )
        project = _Project(source, options, parts)
        for tagged in source.articles():
            carried = carrier.carry(tagged)
            # Links say nothing of who drew them.
            relations = tuple(replace(one, annotator="") for one in carried.document.relations)
            document = legal(replace(carried.document, relations=relations), text=False)
            _put(archive, f"{_SOURCES}/{text_guid(tagged.name)}.txt", [tagged.text])
            project.add(tagged, carried, document)
            lost = replaced(carried, document, text=False)
            yield Written(tagged, entry_of(document, ABILITIES), (*lost, *carried.lost))
        _put(archive, "project.qde", project.lines())
    yield Written(None, Entry(0, _registry(source.actors.values(), source.events.values())))


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every text with our strict reader, then the cases; and all of it with pyrefiqda, which reads it at once.

    Raises:
        ValueError: the two read it differently.
    """
    both = EXTRAS["pyrefiqda"].installed and refi_qda.size(path) <= MOST_CHECKED
    seen = check_by_pyrefiqda(path) if both else None
    for number, document in enumerate(refi_qda.read(path)):
        if seen is not None:
            seen.compare(number, document)
        yield entry_of(document, ABILITIES)
    header = refi_qda.header(path)
    yield Entry(0, _registry(header.actors, header.events))


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("pyrefiqda", f"up to {MOST_CHECKED // 1_000_000} MB")


class _Parts:
    """What waits in temporary files: sources, notes and links."""

    def __init__(self, sources: IO[str], notes: IO[str], links: IO[str]) -> None:
        self.sources, self.notes, self.links = sources, notes, links


class _Project:
    """`project.qde` as it grows."""

    def __init__(self, source: ExportSource, options: ExportOptions, parts: _Parts) -> None:
        self._source, self._parts = source, parts
        self._codes = codes_of(source.scheme, options.names)
        #: The selections of each case, 16 bytes each: the one thing that is kept of all articles.
        self._selections: defaultdict[str, bytearray] = defaultdict(bytearray)

    def add(self, tagged: TaggedArticle, carried: Carried, document: exchange.Document) -> None:
        """Take what is said of one text."""
        key = text_guid(tagged.name)
        selections = [
            self._selection(tag, one.span.label_id, one.span.annotator_id, one.span.created_at)
            for tag, one in zip(document.tags, carried.placed, strict=True)
        ]
        codings = [
            self._coding(("document", str(one.label_id)), one.id, one.annotator_id, one.created_at, tag.note)
            for tag, one in zip(document.document_tags, tagged.document_tags, strict=True)
        ]
        values = [
            _value(variable, str(getattr(document, name)))
            for name, variable in FIELDS.items()
            if getattr(document, name)
        ]
        attributes = {"guid": key, "name": document.title, "plainTextPath": f"internal://{key}.txt"}
        content = "\n".join(["", *selections, *codings, *values, ""])
        self._parts.sources.write(element("TextSource", attributes, content) + "\n")
        for relation in document.relations:
            self._link(relation, key)

    def lines(self) -> Iterator[str]:
        """Yield `project.qde`."""
        yield f'{HEAD}<Project xmlns="{PROJECT}" {_said(name=self._source.project_name, origin=origin(__version__))}>\n'
        users = [
            element("User", {"guid": guid("user", key), "name": name})
            for key, name in sorted(self._source.annotators.items())
        ]
        yield from _around("Users", users)
        yield from _around("CodeBook", code_book(self._codes))
        yield from _around("Variables", map(_variable, _variables()))
        yield from _around("Cases", self._cases())
        for name, file in (
            ("Sources", self._parts.sources),
            ("Notes", self._parts.notes),
            ("Links", self._parts.links),
        ):
            yield from _around(name, _blocks(file))
        yield "</Project>\n"

    def _selection(self, tag: exchange.Tag, label: str, annotator: str, at: str) -> str:
        key = guid("tag", tag.id)
        if tag.entity:
            self._selections[guid("case", tag.entity)] += UUID(key).bytes
        by = {"creatingUser": guid("user", annotator), "creationDateTime": at}
        attributes = {
            "guid": key,
            "name": " ".join((tag.quote or "").split())[:80],
            "startPosition": str(tag.start),
            "endPosition": str(tag.end),
            **by,
        }
        return element("PlainTextSelection", attributes, self._coding(("code", label), tag.id, annotator, at, tag.note))

    def _coding(self, code: tuple[str, str], tag: str, annotator: str, at: str, note: str) -> str:
        attributes = {"guid": guid("coding", f"{tag} coding"), "creatingUser": guid("user", annotator)}
        content = element("CodeRef", {"targetGUID": guid(*code)})
        if note:
            key = guid("note", f"{tag} note")
            content += element("NoteRef", {"targetGUID": key})
            said = element(
                "Note", {"guid": key, "creatingUser": attributes["creatingUser"]}, words("PlainTextContent", note)
            )
            self._parts.notes.write(f"{said}\n")
        return element("Coding", {**attributes, "creationDateTime": at}, content)

    def _link(self, one: exchange.Relation, text: str) -> None:
        target = guid("tag", one.target) if one.target else guid("case", one.entity) if one.entity else text
        attributes = {
            "guid": guid("link", one.id),
            "name": one.type,
            "direction": "OneWay",
            "originGUID": guid("tag", one.source),
            "targetGUID": target,
        }
        self._parts.links.write(element("Link", attributes) + "\n")

    def _cases(self) -> Iterator[str]:
        for actor in self._source.actors.values():
            values = [_value(f"{ACTOR}{name}", text) for name, text in _fields(actor, ACTOR_FIELDS, "name_ar")]
            yield self._case(actor.id, actor.name_in("ar"), actor.note, values)
        for event in self._source.events.values():
            values = [_value(f"{EVENT}{name}", text) for name, text in _fields(event, EVENT_FIELDS, "title")]
            yield self._case(event.id, event.title, event.note, values)

    def _case(self, entity: str, name: str, note: str, values: Sequence[str]) -> str:
        key = guid("case", entity)
        raw = bytes(self._selections[key])
        selections = (str(UUID(bytes=raw[start : start + 16])) for start in range(0, len(raw), 16))
        references = [element("SelectionRef", {"targetGUID": one}) for one in selections]
        described = [words("Description", note)] if note else []
        return element("Case", {"guid": key, "name": name}, "\n".join(["", *described, *values, *references, ""]))


def _put(archive: zipfile.ZipFile, name: str, texts: Iterable[str]) -> None:
    """Write one member, the same on every system and at any time."""
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for text in texts:
            member.write(text.encode())


def _around(name: str, parts: Iterable[str]) -> Iterator[str]:
    """Yield an element with parts in it; nothing where there are none, because none may be empty."""
    empty = True
    for part in parts:
        if empty:
            yield f"<{name}>\n"
        empty = False
        yield part if part.endswith("\n") else f"{part}\n"
    if not empty:
        yield f"</{name}>\n"


def _blocks(file: IO[str]) -> Iterator[str]:
    file.seek(0)
    return iter(file.readline, "")


def _variables() -> list[str]:
    cases = (*(f"{ACTOR}{name}" for name in ACTOR_FIELDS), *(f"{EVENT}{name}" for name in EVENT_FIELDS))
    return [*FIELDS.values(), *cases]


def _variable(name: str) -> str:
    return element("Variable", {"guid": guid("variable", name), "name": name, "typeOfVariable": "Text"})


def _value(variable: str, text: str) -> str:
    reference = element("VariableRef", {"targetGUID": guid("variable", variable)})
    return element("VariableValue", {}, reference + words("TextValue", text))


def _said(**attributes: str) -> str:
    return element("a", attributes)[3:-2]


def _fields(one: Actor | Event, names: Iterable[str], always: str) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(one, name)
        text = SEPARATOR.join(value) if isinstance(value, tuple) else "true" if value is True else str(value or "")
        if text or name == always:
            yield name, text


def _registry(actors: Iterable[Actor], events: Iterable[Event]) -> tuple[tuple[str, ...], ...]:
    """Return what cases say, to be compared."""
    said = [(one.id, one.note, *_flat(_fields(one, ACTOR_FIELDS, "name_ar"))) for one in actors]
    said += [(one.id, one.note, *_flat(_fields(one, EVENT_FIELDS, "title"))) for one in events]
    return tuple((guid("case", key), *map(legal_text, more)) for key, *more in said)


def _flat(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for pair in pairs:
        yield from pair


FORMAT = Format(
    id="refi-qda",
    name_key=N_("REFI-QDA project"),
    description_key=N_("For programs of qualitative analysis, such as MAXQDA, ATLAS.ti, NVivo and QualCoder."),
    suffix=".qdpx",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.ILLEGAL_CHARACTER),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
