# SPDX-License-Identifier: MIT
"""brat's folders: a `.txt` and an `.ann` a document, and the four files that say what may be annotated.

Tags of labels that tell of events are events of brat's, with their relations as arguments; all other tags and relations
are T- and R-lines. `docs/formats/brat.md` says how everything else is put.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.brat_check import check
from annotator.exporters.brat_config import box_name, event_labels, files_of, listed_values
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.losses import Reason
from annotator.extras import EXTRAS, readers
from annotator.i18n import N_
from annotator.importers import brat
from annotator.importers import brat_names as names
from annotator.importers.brat_places import fragments_of, pieces_of, quoted
from annotator.importers.foreign import json_line
from annotator.model import exchange
from annotator.model.attributes import AttributeKind, AttributeValue
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import dump_scheme

ABILITIES = Abilities(
    overlap=True,
    pieces=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    targets=True,
    document_tags=True,
    notes=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
)

_PARTICULARS = ("id", *exchange.PARTICULARS)
#: In digits: files are in the order of the project by their names.
_WIDTH = 6
_UNSAFE = re.compile("[^A-Za-z0-9-]")
_WORD = re.compile(r"\S+")


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write two files a document, and a line of what is known of it besides its text."""
    carrier = Carrier(source, options, ABILITIES)
    registry = {str(key): actor.name_in("ar") for key, actor in source.actors.items()}
    registry |= {str(key): event.title for key, event in source.events.items()}
    for name, text in (*files_of(source.scheme).items(), (brat.SCHEME, dump_scheme(source.scheme))):
        _write(path / name, text)
    with (path / brat.PARTICULARS).open("w", encoding="utf-8", newline="\n") as particulars:
        for number, tagged in enumerate(source.articles(), start=1):
            carried = carrier.carry(tagged)
            document, lost = carried.document, carried.lost
            entry = carried.entry
            if document.document_tags and not _WORD.search(document.text):
                document = replace(document, document_tags=())
                lost = (*lost, *((Reason.DOCUMENT_TAG_BLANK, tag) for tag in tagged.document_tags))
                entry = entry_of(document, ABILITIES)
            name = f"{number:0{_WIDTH}}-{_UNSAFE.sub('', document.id.partition('-')[0])[-8:]}"
            _write(path / f"{name}.txt", document.text)
            _write(path / f"{name}.ann", _Ann(document, source.scheme, registry).text())
            row = {"file": name, **{key: getattr(document, key) for key in _PARTICULARS}}
            particulars.write(json_line(row) + "\n")
            yield Written(tagged, entry, lost)
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - a split is a folder of its own
    """Read every document with our strict reader, and with bratly where it is installed."""
    for document in brat.read(path):
        if EXTRAS["bratly"].installed:
            check(*brat.read_lines_of(path / document.place))
        yield _entry(document)


def _entry(document: exchange.Document) -> Entry:
    """Return what a document says, and what it quotes of its own text where that is not what it says."""
    entry = entry_of(document, ABILITIES)
    wrong = [tag.quote for tag in document.tags if tag.quote != document.text[tag.start : tag.end]]
    return replace(entry, content=(entry.content, *wrong)) if wrong else entry


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("bratly")


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


class _Ann:
    """Makes the lines of one document."""

    def __init__(self, document: exchange.Document, scheme: Scheme, registry: Mapping[str, str]) -> None:
        self._document, self._registry = document, registry
        self._events, self._values = event_labels(scheme), listed_values(scheme)
        self._numbers = {kind: count(1) for kind in "TERAN#"}
        self._lines: list[str] = []
        # By which name other lines call a tag: that of its T, or of its E.
        self._ids: dict[str, str] = {}

    def text(self) -> str:
        triggers = {tag.id: self._bound(tag) for tag in self._document.tags}
        for tag in self._document.tags:
            is_event = tag.label in self._events
            self._ids[tag.id] = f"E{next(self._numbers['E'])}" if is_event else triggers[tag.id]
        self._relate(triggers)
        for tag in self._document.tags:
            self._say_more(self._ids[tag.id], tag)
            self._say_where(self._ids[tag.id], tag)
        for about in self._document.document_tags:
            self._say_more(self._about(about), about)
        return "".join(f"{line}\n" for line in self._lines)

    def _add(self, kind: str, said: str) -> str:
        name = f"{kind}{next(self._numbers[kind])}"
        self._lines.append(f"{name}\t{said}")
        return name

    def _bound(self, tag: exchange.Tag) -> str:
        fragments = fragments_of(self._document.text, tag.pieces or ((tag.start, tag.end),))
        places = ";".join(f"{start} {end}" for start, end in fragments)
        return self._add("T", f"{names.type_name(tag.label)} {places}\t{quoted(self._document.text, fragments)}")

    def _about(self, about: exchange.DocumentTag) -> str:
        """Write a document tag on the first word of the text, as brat has no other place for it."""
        word = _WORD.search(self._document.text)
        start, end = word.span() if word else (0, 0)
        return self._add("T", f"{names.document_type(about.label)} {start} {end}\t{self._document.text[start:end]}")

    # Relations

    def _relate(self, triggers: Mapping[str, str]) -> None:
        arguments: dict[str, list[str]] = {tag.id: [] for tag in self._document.tags if tag.label in self._events}
        roles: Counter[tuple[str, str]] = Counter()
        for one in self._document.relations:
            if not one.target:
                self._lead_out(one)
            elif one.source in arguments:
                role = names.role_name(one.type)
                roles[one.source, role] += 1
                times = roles[one.source, role]
                arguments[one.source].append(f"{role}{times if times > 1 else ''}:{self._ids[one.target]}")
            else:
                ends = f"Arg1:{self._ids[one.source]} Arg2:{self._ids[one.target]}"
                self._add("R", f"{names.relation_name(one.type)} {ends}")
        for tag in self._document.tags:
            if tag.id in arguments:
                said = " ".join((f"{names.type_name(tag.label)}:{triggers[tag.id]}", *arguments[tag.id]))
                self._lines.append(f"{self._ids[tag.id]}\t{said}")

    def _lead_out(self, one: exchange.Relation) -> None:
        """Write a relation to what is not in the text: an actor or event, or the author."""
        kind, source = names.relation_name(one.type), self._ids[one.source]
        if one.entity:
            self._refer(kind, source, names.REGISTRY_DB, one.entity)
        else:
            self._refer(kind, source, names.AUTHOR_DB, "author")

    def _refer(self, kind: str, source: str, database: str, key: str) -> None:
        called = " ".join(self._registry.get(key, "").split())
        self._add("N", f"{kind} {source} {database}:{names.token(key)}\t{called or names.token(key)}")

    # What hangs on a tag

    def _say_more(self, name: str, tag: exchange.Tag | exchange.DocumentTag) -> None:
        for key, value in tag.attributes.items():
            self._say_value(name, key, value)
        if tag.unsure:
            self._add("A", f"{names.UNSURE} {name}")
        if isinstance(tag, exchange.Tag) and tag.entity:
            self._refer(names.REFERENCE, name, names.REGISTRY_DB, tag.entity)
        if tag.note:
            self._add("#", f"{names.NOTE} {name}\t{names.line_of(tag.note)}")

    def _say_value(self, name: str, key: str, value: AttributeValue) -> None:
        tokens = self._tokens(name, key, value)
        for token in tokens:
            self._add("A", token)
        if not tokens:
            said = f"{names.attribute_name(key)}={names.line_of_value(value)}"
            self._add("#", f"{names.ATTRIBUTE} {name}\t{said}")

    def _tokens(self, name: str, key: str, value: AttributeValue) -> list[str]:
        """Return what A-lines say of a value that brat offers; nothing for any other value."""
        attribute, offered = self._values.get(key, (None, frozenset()))
        match attribute.kind if attribute else None, value:
            case AttributeKind.YES_NO, True:
                return [f"{names.attribute_name(key)} {name}"]
            case AttributeKind.CHOICE, str() if value in offered:
                return [f"{names.attribute_name(key)} {name} {names.token(value)}"]
            case AttributeKind.CHOICES, tuple() if offered.issuperset(value):
                return [f"{box_name(key, one)} {name}" for one in value]
        return []

    def _say_where(self, name: str, tag: exchange.Tag) -> None:
        """Say of which pieces a tag is where its stretches would be read as others."""
        pieces = tag.pieces or ((tag.start, tag.end),)
        if pieces_of(self._document.text, fragments_of(self._document.text, pieces)) != pieces:
            self._add("#", f"{names.PIECES} {name}\t" + ";".join(f"{start} {end}" for start, end in pieces))


FORMAT = Format(
    id="brat",
    name_key=N_("brat"),
    description_key=N_("A folder for the brat annotation tool: texts, annotations beside them, and its configuration."),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.DOCUMENT_TAG_BLANK),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
