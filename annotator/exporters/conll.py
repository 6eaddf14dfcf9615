# SPDX-License-Identifier: MIT
"""One token a line with its label: CoNLL-2003's four columns with IOB2 labels, and two columns with IOB2 or BILOU.

Owns how an article becomes sentences of labelled tokens. A blank line ends a sentence, `-DOCSTART-` begins each
document: an article, or the paragraph or sentence that is exported as one. Knows nothing of how tags are put on
tokens (`annotator.exporters.placing`) or how labels are spelt and read strictly (`annotator.exporters.token_labels`).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities, OffsetUnit, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.carrying import Carrier, Kept
from annotator.exporters.losses import Reason
from annotator.exporters.placing import Lost, Placed, Range
from annotator.exporters.token_labels import (
    BILOU,
    CONLL_2003,
    IOB2,
    OUTSIDE,
    TWO,
    Columns,
    Content,
    Entity,
    Tagging,
    content_of,
    documents,
    label_token,
    label_tokens,
    read_strict,
    sentences,
)
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.model.tagged_article import TaggedArticle
from annotator.text import words as text_words

# spaCy's reader takes text, not files, and makes a language each time: by so many documents a call.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One format of the family: its columns and labels, and by what its files are read back where it is installed.

    Attributes:
        reader: a key of `EXTRAS`.
    """

    columns: Columns
    tagging: Tagging
    reader: str

    def write(self, path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
        """Write every document that has tokens."""
        carrier = Carrier(source, options, ABILITIES)
        names = label_tokens({label.id: carrier.naming.label(label.id) for label in source.scheme.all_labels})
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for tagged in source.articles():
                kept, pieces = _kept(carrier, tagged, options)
                breaks, joined = _breaks(tagged.text, pieces, kept.placed)
                entry = None
                if pieces:
                    tokens = tuple(tagged.text[start:end] for start, end in pieces)
                    found = _entities(pieces, kept.placed, names)
                    file.writelines(self._lines(tokens, found, breaks))
                    entry = Entry(len(found), (tokens, found))
                yield Written(tagged, entry, (*kept.lost, *joined))
        yield without_registry(source)

    def _lines(self, tokens: Sequence[str], found: Iterable[Entity], breaks: set[int]) -> Iterator[str]:
        labels = self.tagging.labels(len(tokens), found)
        yield f"{self.columns.docstart}\n\n"
        for index, (token, label) in enumerate(zip(tokens, labels, strict=True)):
            if index and index in breaks:
                yield "\n"
            yield self.columns.line(token, label)
        yield "\n"

    def read_back(self, path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG002 - all is in one file
        """Read every document by the independent reader where it is installed, else strictly by our own."""
        with path.open(encoding="utf-8", newline="\n") as file:
            for words, found in self._contents(file):
                yield Entry(len(found), (words, found))

    def _contents(self, file: TextIO) -> Iterator[Content]:
        if not EXTRAS[self.reader].installed:
            return read_strict(file, self.columns, self.tagging)
        return _READERS[self.reader](file, self.columns, self.tagging)

    def verifier(self) -> str:
        """Return by what files are read back here."""
        return EXTRAS[self.reader].label if EXTRAS[self.reader].installed else "tawsim"


# By independent readers


def _by_spacy(file: TextIO, columns: Columns, _tagging: Tagging) -> Iterator[Content]:
    convert = load("spacy.training.converters").conll_ner_to_docs
    batch: list[str] = []
    for number, document in enumerate(documents(file, columns), start=1):
        batch += [columns.docstart, *document]
        if number % _BATCH == 0:
            yield from _converted(convert, batch)
            batch = []
    if batch:
        yield from _converted(convert, batch)


def _converted(convert: Callable[..., Iterable[Any]], lines: list[str]) -> Iterator[Content]:
    for doc in convert("\n".join(lines), n_sents=0, no_print=True):
        words = tuple(token.text for token in doc)
        yield words, tuple((entity.label_, entity.start, entity.end) for entity in doc.ents)


def _by_seqeval(file: TextIO, columns: Columns, tagging: Tagging) -> Iterator[Content]:
    """Take the columns apart strictly ourselves, and let seqeval find the entities in the labels, strictly too."""
    schemes = load("seqeval.scheme")
    kind = getattr(schemes, tagging.name)

    def find(labels: Sequence[str]) -> list[Entity]:
        found = tagging.entities(labels)
        inside = [index for index, label in enumerate(labels) if label != OUTSIDE]
        if inside:
            # Its time is quadratic in the length of a sentence: it gets what lies around the entities only.
            first, after = max(inside[0] - 1, 0), inside[-1] + 2
            tokens = schemes.Tokens(list(labels[first:after]), scheme=kind)
            seen = [(one.tag, first + one.start, first + one.end) for one in tokens.entities]
            if seen != found:
                raise ValueError(f"seqeval finds {seen} where {found} is written")
        return found

    return (content_of(sentences(lines, columns), find) for lines in documents(file, columns))


_READERS: dict[str, Callable[[TextIO, Columns, Tagging], Iterator[Content]]] = {
    "spacy": _by_spacy,
    "seqeval": _by_seqeval,
}


# Tags on tokens


def _kept(carrier: Carrier, tagged: TaggedArticle, options: ExportOptions) -> tuple[Kept, list[Range]]:
    """Return what is in the file of a document, and its tokens, cut where a tag begins or ends inside one."""
    whole = text_words.tokens(tagged.text)
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    placed, lost = placing.fit(spans, whole, options.clitics)
    placed, blank = placing.trim(placed, whole)
    kept = carrier.keep(tagged, placed, (*discontinuous, *lost, *blank))
    return kept, placing.cut(whole, placing.edges(kept.placed))


def _breaks(text: str, pieces: Sequence[Range], kept: Sequence[Placed]) -> tuple[set[int], list[Lost]]:
    """Return the tokens that begin a sentence, except inside a tag: no tag is labelled across sentences."""
    starts = [start for start, _ in pieces]
    edges = {edge for start, end in text_words.sentences(text) for edge in (start, end)}
    edges |= {index for index, char in enumerate(text) if char == "\n"}
    breaks = {bisect_left(starts, edge) for edge in edges}
    joined = []
    for one in kept:
        inside = range(bisect_left(starts, one.start) + 1, bisect_left(starts, one.end))
        if not breaks.isdisjoint(inside):
            breaks.difference_update(inside)
            joined.append((Reason.SENTENCE_BREAK, one.span))
    return breaks, joined


def _entities(pieces: Sequence[Range], kept: Iterable[Placed], names: Mapping[str, str]) -> tuple[Entity, ...]:
    starts = [start for start, _ in pieces]
    return tuple((_label(one, names), bisect_left(starts, one.start), bisect_left(starts, one.end)) for one in kept)


def _label(one: Placed, names: Mapping[str, str]) -> str:
    label_id = one.span.label_id
    return names.get(label_id) or label_token(label_id)


ABILITIES = Abilities(
    clitics=True,
    cuts=True,
    names=True,
    offset_unit=OffsetUnit.TOKEN,
)
_LOSSES = losses_of(ABILITIES, Reason.BLANK_TOKEN, Reason.TRIMMED, Reason.SENTENCE_BREAK)


def _format(kind: Kind, format_id: str, name_key: str, description_key: str) -> Format:
    return Format(
        id=format_id,
        name_key=name_key,
        description_key=description_key,
        suffix=f".{format_id}",
        abilities=ABILITIES,
        losses=_LOSSES,
        write=kind.write,
        read_back=kind.read_back,
        verifier=kind.verifier,
    )


FORMATS = (
    _format(
        Kind(CONLL_2003, IOB2, "spacy"),
        "conll",
        N_("CoNLL-2003"),
        N_("One word a line with its label, in the four columns of CoNLL-2003; overlapping tags are left out."),
    ),
    _format(
        Kind(TWO, IOB2, "seqeval"),
        "iob2",
        N_("IOB2"),
        N_("One word a line with its label, in two columns, as most taggers read it; overlapping tags are left out."),
    ),
    _format(
        Kind(TWO, BILOU, "seqeval"),
        "bilou",
        N_("BILOU"),
        N_("One word a line with its label, which tells the last word of a tag, too; overlapping tags are left out."),
    ),
)
