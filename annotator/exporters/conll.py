# SPDX-License-Identifier: MIT
"""CoNLL-2003 with IOB2 labels: one token a line, a blank line between sentences, `-DOCSTART-` before each article.

Owns the writer, the reading back and our own strict reader, which serves where spaCy is not installed. Knows nothing
of how tags are put on tokens; that is `annotator.exporters.placing`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from annotator.exporters import placing
from annotator.exporters.base import (
    Abilities,
    Entry,
    ExportOptions,
    ExportSource,
    Format,
    OffsetUnit,
    Written,
    losses_of,
    without_registry,
)
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.placing import Lost, Placed, Range
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.model.span import Certainty, Span
from annotator.model.tagged_article import TaggedArticle
from annotator.text.words import sentences, tokens

# The four columns of CoNLL-2003; part of speech and chunk are not ours to say.
_DOCSTART = "-DOCSTART- -X- O O"
_LINE = "{token} -X- _ {label}"

# spaCy's reader takes text, not files, and makes a language each time: by so many articles a call.
_BATCH = 100

# What a tag may have besides its label and place, and whether it has.
_DETAILS: dict[Reason, Callable[[Span], object]] = {
    Reason.NOTE: lambda span: span.note,
    Reason.ATTRIBUTES: lambda span: span.attributes,
    Reason.LINK: lambda span: span.actor_id or span.event_id,
    Reason.CERTAINTY: lambda span: span.certainty is not Certainty.SURE,
}

#: The tokens of an article and its entities: label, first token, token after the last.
_Content = tuple[tuple[str, ...], tuple[tuple[str, int, int], ...]]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write every article that has tokens."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for tagged in source.articles():
            pieces, kept, lost = _place(tagged, options)
            breaks, joined = _breaks(tagged.text, pieces, kept)
            entry = None
            if pieces:
                words = [tagged.text[start:end] for start, end in pieces]
                found = _entities(pieces, kept)
                file.writelines(_lines(words, found, breaks))
                entry = Entry(len(found), (tuple(words), found))
            yield Written(tagged, entry, (*lost, *joined, *_not_said(tagged, kept)))
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every article by spaCy's converter where it is installed, else by `read_iob2`."""
    with path.open(encoding="utf-8", newline="\n") as file:
        articles = _read_by_spacy(file) if EXTRAS["spacy"].installed else read_iob2(file)
        for words, found in articles:
            yield Entry(len(found), (words, found))


def verifier() -> str:
    """Return by what files are read back here."""
    return EXTRAS["spacy"].label if EXTRAS["spacy"].installed else "tawsim"


def read_iob2(file: Iterable[str]) -> Iterator[_Content]:
    """Read articles strictly: four columns a line, and every label begins with B- and goes on with I-.

    Raises:
        ValueError: the line and what is wrong there.
    """
    for document in _documents(file):
        words: list[str] = []
        found: list[tuple[str, int, int]] = []
        open_label = ""
        for line in document:
            columns = line.split(" ")
            if line and (len(columns) != 4 or not all(columns)):
                raise ValueError(f"not four columns: {line!r}")
            mark, _, label = columns[-1].partition("-")
            if mark == "I" and label == open_label:
                found[-1] = (label, found[-1][1], len(words) + 1)
            elif mark == "B" and label:
                found.append((label, len(words), len(words) + 1))
            elif line and columns[-1] != "O":
                raise ValueError(f"a label that nothing begins: {line!r}")
            open_label = label
            if line:
                words.append(columns[0])
        yield tuple(words), tuple(found)


def _documents(file: Iterable[str]) -> Iterator[list[str]]:
    document: list[str] | None = None
    for line in (line.removesuffix("\n") for line in file):
        if line == _DOCSTART:
            if document is not None:
                yield document
            document = []
        elif document is None:
            raise ValueError(f"the file does not begin with {_DOCSTART}")
        else:
            document.append(line)
    if document is not None:
        yield document


def _read_by_spacy(file: TextIO) -> Iterator[_Content]:
    convert = load("spacy.training.converters").conll_ner_to_docs
    batch: list[str] = []
    for number, document in enumerate(_documents(file), start=1):
        batch += [_DOCSTART, *document]
        if number % _BATCH == 0:
            yield from _converted(convert, batch)
            batch = []
    if batch:
        yield from _converted(convert, batch)


def _converted(convert: Callable[..., Iterable[Any]], lines: list[str]) -> Iterator[_Content]:
    for doc in convert("\n".join(lines), n_sents=0, no_print=True):
        words = tuple(token.text for token in doc)
        yield words, tuple((entity.label_, entity.start, entity.end) for entity in doc.ents)


def _place(tagged: TaggedArticle, options: ExportOptions) -> tuple[list[Range], list[Placed], list[Lost]]:
    whole = tokens(tagged.text)
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    placed, lost = placing.fit(spans, whole, options.clitics)
    placed, blank = placing.trim(placed, whole)
    kept, others = placing.longest_first(placed)
    overlaps = [(Reason.OVERLAP, one.span) for one in others]
    # What is said of a tag that is not there would be counted twice.
    gone = {one.span.id for one in others}
    lost = [(reason, span) for reason, span in (*lost, *blank) if span.id not in gone]
    return placing.cut(whole, placing.edges(kept)), kept, [*discontinuous, *lost, *overlaps]


def _not_said(tagged: TaggedArticle, kept: Iterable[Placed]) -> Iterator[tuple[Reason, Lossy]]:
    for reason, has in _DETAILS.items():
        yield from ((reason, one.span) for one in kept if has(one.span))
    yield from ((Reason.RELATION, relation) for relation in tagged.relations)
    yield from ((Reason.DOCUMENT_TAG, tag) for tag in tagged.document_tags)


def _breaks(text: str, pieces: Sequence[Range], kept: Sequence[Placed]) -> tuple[set[int], list[Lost]]:
    """Return the tokens that begin a sentence, except inside a tag: IOB2 knows no tag across sentences."""
    starts = [start for start, _ in pieces]
    edges = {edge for start, end in sentences(text) for edge in (start, end)}
    edges |= {index for index, char in enumerate(text) if char == "\n"}
    breaks = {bisect_left(starts, edge) for edge in edges}
    joined = []
    for one in kept:
        inside = range(bisect_left(starts, one.start) + 1, bisect_left(starts, one.end))
        if not breaks.isdisjoint(inside):
            breaks.difference_update(inside)
            joined.append((Reason.SENTENCE_BREAK, one.span))
    return breaks, joined


def _entities(pieces: Sequence[Range], kept: Sequence[Placed]) -> tuple[tuple[str, int, int], ...]:
    starts = [start for start, _ in pieces]
    return tuple((str(one.span.label_id), bisect_left(starts, one.start), bisect_left(starts, one.end)) for one in kept)


def _lines(words: Sequence[str], found: Iterable[tuple[str, int, int]], breaks: set[int]) -> Iterator[str]:
    labels = ["O"] * len(words)
    for label, first, after in found:
        labels[first:after] = [f"B-{label}", *[f"I-{label}"] * (after - first - 1)]
    yield f"{_DOCSTART}\n\n"
    for index, (word, label) in enumerate(zip(words, labels, strict=True)):
        if index and index in breaks:
            yield "\n"
        yield _LINE.format(token=word, label=label) + "\n"
    yield "\n"


ABILITIES = Abilities(
    overlap=False,
    pieces=False,
    attributes=False,
    certainty=False,
    links=False,
    relations=False,
    targets=False,
    document_tags=False,
    registry=False,
    notes=False,
    ids=False,
    authors=False,
    exact_text=False,
    article_fields=False,
    clitics=True,
    cuts=True,
    names=False,
    offset_unit=OffsetUnit.TOKEN,
)

FORMAT = Format(
    id="conll",
    name_key=N_("CoNLL IOB2"),
    description_key=N_("One word a line with its label, as most taggers read it; overlapping tags are left out."),
    suffix=".conll",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.BLANK_TOKEN, Reason.TRIMMED, Reason.SENTENCE_BREAK),
    extra=None,
    write=write,
    read_back=read_back,
    verifier=verifier,
)
