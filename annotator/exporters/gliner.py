# SPDX-License-Identifier: MIT
"""GLiNER's training data: a JSON list of items, each of tokens, of spans over them and of relations between spans.

Spans are first and last token, the last included; relations are places in the list of spans. A reader is not needed:
GLiNER is trained from such files, nobody annotates in them. What is read back is checked as its trainer would use it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities, OffsetUnit, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.carrying import Carrier, Kept
from annotator.exporters.choosing import chosen_labels
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Lost, Placed, Range
from annotator.i18n import N_
from annotator.model.tagged_article import TaggedArticle
from annotator.text.words import tokens

#: In tokens: `max_width` of a span and `max_len` of an item, as GLiNER's configurations have them.
MAX_WIDTH, MAX_LENGTH = 12, 384


class Item(msgspec.Struct, forbid_unknown_fields=True):
    """One document.

    Attributes:
        ner: first token, last token and label of each span.
        ner_labels: all labels that were looked for; `rel_labels` likewise.
        relations: the places of two spans in `ner`, and the type.
    """

    tokenized_text: list[str]
    ner: list[tuple[int, int, str]]
    ner_labels: list[str]
    relations: list[tuple[int, int, str]]
    rel_labels: list[str]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write every document that has tokens, one a line."""
    carrier = Carrier(source, options, ABILITIES)
    names = _names(source, options, carrier.naming)
    with path.open("wb") as file:
        begin = b"["
        for tagged in source.articles():
            kept, pieces = _kept(carrier, tagged, options)
            entry = None
            if pieces:
                item = _item(tagged.text, kept, pieces, names)
                file.write(begin + b"\n" + msgspec.json.encode(item))
                begin = b","
                entry = _entry(item)
            yield Written(tagged, entry, (*kept.lost, *_cut_off(kept, pieces)))
        file.write(b"[\n]\n" if begin == b"[" else b"\n]\n")
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every item strictly, and check every place in it as GLiNER's trainer uses it."""
    with path.open("rb") as file:
        if file.readline() != b"[\n":
            raise ValueError("the file begins no list")
        closed = False
        for number, line in enumerate(file):
            if closed:
                raise ValueError("something follows the list")
            closed = line == b"]\n"
            if not closed:
                yield _entry(_checked(_decoded(line), number))
        if not closed:
            raise ValueError("the list does not end")


def _decoded(line: bytes) -> Item:
    try:
        return msgspec.json.decode(line.removesuffix(b"\n").removesuffix(b","), type=Item)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def verifier() -> str:
    """Return by what files are read back: our own strict checks."""
    return "tawsim"


def _kept(carrier: Carrier, tagged: TaggedArticle, options: ExportOptions) -> tuple[Kept, list[Range]]:
    """Return what is in the file of a document, and its tokens, cut where a tag begins or ends inside one."""
    whole = tokens(tagged.text)
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    placed, lost = placing.fit(spans, whole, options.clitics)
    placed, blank = placing.trim(placed, whole)
    short, long = _short(placed, placing.cut(whole, placing.edges(placed)))
    kept = carrier.keep(tagged, short, (*discontinuous, *lost, *blank, *long))
    return kept, placing.cut(whole, placing.edges(kept.placed))


def _short(placed: Iterable[Placed], pieces: Sequence[Range]) -> tuple[list[Placed], list[Lost]]:
    """Leave out tags of more tokens than GLiNER looks at together: it would drop them without a word."""
    starts = [start for start, _ in pieces]
    short: list[Placed] = []
    lost: list[Lost] = []
    for one in placed:
        if bisect_left(starts, one.end) - bisect_left(starts, one.start) > MAX_WIDTH:
            lost.append((Reason.TOO_WIDE, one.span))
        else:
            short.append(one)
    return short, lost


def _cut_off(kept: Kept, pieces: Sequence[Range]) -> list[tuple[Reason, Lossy]]:
    """Return the tags that are in the file where GLiNER does not read on."""
    if len(pieces) <= MAX_LENGTH:
        return []
    last = pieces[MAX_LENGTH - 1][1]
    return [(Reason.BEYOND_LENGTH, one.span) for one in kept.placed if one.end > last]


@dataclass(frozen=True, slots=True)
class _Names:
    """What labels and relation types are called, and all of them that can be in the file."""

    naming: Naming
    labels: list[str]
    types: list[str]


def _names(source: ExportSource, options: ExportOptions, naming: Naming) -> _Names:
    scheme, chosen = source.scheme, chosen_labels(source.scheme, options)
    labels = sorted(naming.label(one.id) for one in scheme.all_labels if chosen is None or one.id in chosen)
    return _Names(naming, labels, sorted(naming.relation(one.id) for one in scheme.relation_types))


def _item(text: str, kept: Kept, pieces: Sequence[Range], names: _Names) -> Item:
    starts = [start for start, _ in pieces]
    places = {one.span.id: place for place, one in enumerate(kept.placed)}
    naming = names.naming
    return Item(
        tokenized_text=[text[start:end] for start, end in pieces],
        ner=[
            (bisect_left(starts, one.start), bisect_left(starts, one.end) - 1, naming.label(one.span.label_id))
            for one in kept.placed
        ],
        ner_labels=names.labels,
        relations=[
            (places[one.source_id], places[one.target_span_id], naming.relation(one.type_id))
            for one in kept.relations
            if one.target_span_id
        ],
        rel_labels=names.types,
    )


def _checked(item: Item, number: int) -> Item:
    length, count = len(item.tokenized_text), len(item.ner)
    if not item.tokenized_text or not all(map(str.strip, item.tokenized_text)):
        raise ValueError(f"item {number} has no tokens, or a blank one")
    for first, last, label in item.ner:
        if not 0 <= first <= last < length or last - first >= MAX_WIDTH or label not in item.ner_labels:
            raise ValueError(f"item {number} has an impossible span {first}, {last}, {label}")
    for head, tail, label in item.relations:
        if not (0 <= head < count and 0 <= tail < count) or label not in item.rel_labels:
            raise ValueError(f"item {number} has an impossible relation {head}, {tail}, {label}")
    return item


def _entry(item: Item) -> Entry:
    content = (tuple(item.tokenized_text), tuple(item.ner), tuple(item.relations), tuple(item.ner_labels))
    return Entry(len(item.ner), (*content, tuple(item.rel_labels)), len(item.relations))


ABILITIES = Abilities(
    overlap=True,
    relations=True,
    clitics=True,
    cuts=True,
    names=True,
    offset_unit=OffsetUnit.TOKEN,
)

FORMAT = Format(
    id="gliner",
    name_key=N_("GLiNER JSON"),
    description_key=N_("To train GLiNER: words, the tags over them by the words' numbers, and relations between tags."),
    suffix=".gliner.json",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.BLANK_TOKEN, Reason.TRIMMED, Reason.TOO_WIDE, Reason.BEYOND_LENGTH),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
