# SPDX-License-Identifier: MIT
"""WebAnno TSV 3.3, as INCEpTION and WebAnno import it: a folder with one file a document.

Each layer of the scheme is a layer of spans, each relation a slot of the tag that it starts from, its type the role.
Every tag has a number of its own, which rows of one tag and slots name. Offsets in the file are UTF-16.
`annotator.importers.webanno_tsv` reads it; web-anno-tsv reads the tags of one layer after the other.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities, OffsetUnit, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.inception import SpanLayer, features_of, layers_of
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.placing import Placed, Range
from annotator.exporters.webanno_tsv_checks import refuse_other_tags
from annotator.extras import EXTRAS, readers
from annotator.i18n import N_
from annotator.importers import webanno_tsv
from annotator.importers.inception import ANNOTATION, OURS, SLOTS, file_name
from annotator.importers.webanno_tsv_header import FORMAT_LINE
from annotator.model import exchange
from annotator.model.tagged_article import TaggedArticle
from annotator.text.offsets import Utf16Map
from annotator.text.words import sentences, tokens

_VERSION = "3.3"
_ESCAPES = {
    **{char: f"\\{char}" for char in "\\[]|_;*"}, "->": "\\->", "\t": "\\t", "\n": "\\n", "\r": "\\r"
}  # fmt: skip
_SPECIAL = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
_ESCAPES_OF_TEXT = {"\\": "\\\\", "\t": "\\t", "\r": "\\r"}

ABILITIES = Abilities(
    overlap=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    notes=True,
    authors=True,
    cuts=True,
    names=True,
    offset_unit=OffsetUnit.UTF16,
)


#: The columns of each layer: the features of ours, those of its attributes, and its slots.
_SLOT = f"ROLE_{{layer}}:{SLOTS}_{{layer}}Link|{ANNOTATION}"


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a file says of a document: its tags, as in the document, with their labels' ids, and what is not said."""

    document: exchange.Document
    placed: Sequence[Placed]
    lost: tuple[tuple[Reason, Lossy], ...]


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag with what its columns say."""

    tag: exchange.Tag
    number: int
    layer: SpanLayer
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A token, or a part of one: what a row is of."""

    id: str
    start: int
    end: int
    tags: Sequence[_Tag]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write a file a document."""
    carrier = Carrier(source, options, ABILITIES)
    layers = layers_of(source.scheme)
    for number, tagged in enumerate(source.articles(), start=1):
        words = tokens(tagged.text)
        carried = _carried(carrier, tagged, words)
        name = file_name(number, tagged.name, ".tsv")
        with (path / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in _header(layers))
            body = _Body(carried, words, layers)
            file.writelines(f"{line}\n" for line in body.lines())
        said = replace(carried.document, text=body.said_text())
        yield Written(tagged, entry_of(said, ABILITIES), carried.lost)
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - each split is a folder of its own
    """Read every file with our strict reader, and its tags with web-anno-tsv where that is installed."""
    independent = EXTRAS["web-anno-tsv"].installed
    for file in sorted(path.glob("*.tsv")):
        for document in webanno_tsv.read(file):
            if independent:
                refuse_other_tags(file, document)
            yield entry_of(document, ABILITIES)


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("web-anno-tsv")


def _carried(carrier: Carrier, tagged: TaggedArticle, words: Sequence[Range]) -> _Carried:
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    placed, trimmed = placing.trim([Placed(span, span.start, span.end) for span in spans], words)
    carried = carrier.carry(tagged, placed, discontinuous)
    there = {one.span.id for one in carried.placed}
    lost = [one for one in trimmed if one[1].id in there or one[0] is not Reason.TRIMMED]
    # Slots say nothing of who drew them.
    relations = tuple(replace(one, annotator="") for one in carried.document.relations)
    return _Carried(replace(carried.document, relations=relations), carried.placed, (*lost, *carried.lost))


def _header(layers: Iterable[SpanLayer]) -> Iterator[str]:
    yield f"{FORMAT_LINE}{_VERSION}"
    for layer in layers:
        yield "#T_SP=" + "|".join([layer.type, *OURS, *layer.features.values(), _SLOT.format(layer=layer.type)])
    yield ""
    yield ""


class _Body:
    """The rows of one document."""

    def __init__(self, carried: _Carried, words: Sequence[Range], layers: Sequence[SpanLayer]) -> None:
        self._text, self._words, self._layers = carried.document.text, words, layers
        self._map = Utf16Map(self._text)
        self._slots: defaultdict[str, list[exchange.Relation]] = defaultdict(list)
        for relation in carried.document.relations:
            self._slots[relation.source].append(relation)
        home = {label: layer for layer in layers for label in layer.labels}
        pairs = zip(carried.document.tags, carried.placed, strict=True)
        of = ((tag, home[one.span.label_id]) for tag, one in pairs)
        self._tags = [
            _Tag(tag, number, layer, features_of(tag, layer.features))
            for number, (tag, layer) in enumerate(of, start=1)
        ]
        self._places: dict[str, tuple[str, int]] = {}
        self._of_word: defaultdict[int, list[_Tag]] = defaultdict(list)
        starts, ends = [start for start, _ in words], [end for _, end in words]
        for one in self._tags:
            for word in starts[bisect_right(ends, one.tag.start) : bisect_left(starts, one.tag.end)]:
                self._of_word[word].append(one)

    def said_text(self) -> str:
        """Return the text as the file tells it: between two sentences it tells only how far they are apart."""
        parts: list[str] = []
        reached = 0
        for words in self._sentences():
            start, end = words[0][0], words[-1][1]
            parts += ["\n" * (start - reached), self._text[start:end]]
            reached = end
        return "".join(parts)

    def lines(self) -> Iterator[str]:
        """Yield the lines after the header."""
        blocks = [list(self._units(*one)) for one in enumerate(self._sentences(), start=1)]
        for unit in (unit for block in blocks for unit in block):
            for one in unit.tags:
                self._places.setdefault(one.tag.id, (unit.id, one.number))
        for block in blocks:
            yield from self._block(block)

    def _block(self, units: Sequence[_Unit]) -> Iterator[str]:
        text = self._text[units[0].start : max(unit.end for unit in units)]
        for line in text.split("\n"):
            yield "#Text=" + "".join(_ESCAPES_OF_TEXT.get(char, char) for char in line)
        for unit in units:
            place = f"{self._map.to_utf16(unit.start)}-{self._map.to_utf16(unit.end)}"
            token = "".join(_ESCAPES_OF_TEXT.get(char, char) for char in self._text[unit.start : unit.end])
            yield "\t".join([unit.id, place, token, *self._cells(unit), ""])
        yield ""

    def _sentences(self) -> list[list[Range]]:
        """Return the words of each sentence; a word that a sentence ends in is the last of it."""
        ends = [end for _, end in sentences(self._text)]
        grouped: defaultdict[int, list[Range]] = defaultdict(list)
        for word in self._words:
            grouped[bisect_right(ends, word[0])].append(word)
        return [grouped[key] for key in sorted(grouped)]

    def _units(self, sentence: int, words: Sequence[Range]) -> Iterator[_Unit]:
        for number, (start, end) in enumerate(words, start=1):
            parts: defaultdict[Range, list[_Tag]] = defaultdict(list, {(start, end): []})
            for one in self._of_word[start]:
                parts[max(start, one.tag.start), min(end, one.tag.end)].append(one)
            whole, *others = sorted(parts, key=lambda part: (part != (start, end), part[0], -part[1]))
            yield _Unit(f"{sentence}-{number}", *whole, parts[whole])
            for place, part in enumerate(others, start=1):
                yield _Unit(f"{sentence}-{number}.{place}", *part, parts[part])

    def _cells(self, unit: _Unit) -> Iterator[str]:
        for layer in self._layers:
            tags = [one for one in unit.tags if one.layer is layer]
            if not tags:
                yield from ["_"] * (len(OURS) + len(layer.features) + 2)
                continue
            for name in (*OURS, *layer.features.values()):
                yield _cell(f"{_escaped(one.features.get(name))}[{one.number}]" for one in tags)
            yield _cell(f"{self._roles(one)}[{one.number}]" for one in tags)
            yield _cell(self._targets(one) for one in tags)

    def _roles(self, one: _Tag) -> str:
        return ";".join(_escaped(slot.type) for slot in self._slots[one.tag.id]) or "*"

    def _targets(self, one: _Tag) -> str:
        places = (self._places[slot.target] for slot in self._slots[one.tag.id])
        return ";".join(f"{unit}[{number}]" for unit, number in places) or "*"


def _cell(parts: Iterable[str]) -> str:
    return "|".join(parts) or "_"


def _escaped(value: str | None) -> str:
    if not value:
        return "*"
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], value)


FORMAT = Format(
    id="webanno-tsv",
    name_key=N_("WebAnno TSV"),
    description_key=N_("For a project of INCEpTION or WebAnno that has the same layers: one file a document."),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.BLANK_TOKEN, Reason.TRIMMED),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
