# SPDX-License-Identifier: MIT
"""spaCy's DocBin: every tag in `doc.spans["sc"]`, and those that do not overlap in `doc.ents` as well.

Owns how an article becomes a Doc whose text is the article's, character by character. Imports spaCy only when a file
is written. A DocBin is one block, so spaCy holds all of it in memory while it is written and read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.exporters import placing
from annotator.exporters.base import Entry, ExportOptions, ExportSource, TaggedArticle, Written
from annotator.exporters.extras import EXTRAS, load
from annotator.exporters.losses import Reason
from annotator.exporters.placing import Lost, Placed, Range
from annotator.text.words import tokens

#: The span group that spaCy's own `spancat` reads.
SPANS_KEY = "sc"
#: Where `Doc.user_data` holds what spaCy has no field for.
USER_DATA_KEY = "tawsim"

_ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")

#: A tag as spaCy gives it back: label, start, end, text, id.
_Found = tuple[str, int, int, str, str]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write one Doc an article."""
    vocab = load("spacy.vocab").Vocab()
    make_doc, make_span = load("spacy.tokens").Doc, load("spacy.tokens").Span
    docs = load("spacy.tokens").DocBin(attrs=_ATTRS, store_user_data=True)
    for tagged in source.articles():
        words = tokens(tagged.text)
        placed, lost = placing.fit(tagged.spans, words, options.clitics)
        in_ents, not_in_ents = _ents(tagged.text, placed)
        pieces, spaces = segment(tagged.text, words, placed)
        doc = make_doc(vocab, words=[tagged.text[start:end] for start, end in pieces], spaces=spaces)
        doc.spans[SPANS_KEY] = _spans(make_span, doc, pieces, placed)
        doc.ents = _spans(make_span, doc, pieces, in_ents)
        doc.user_data[USER_DATA_KEY] = _user_data(tagged, placed)
        docs.add(doc)
        yield Written(tagged, _expected(tagged, placed, in_ents), (*lost, *not_in_ents))
    path.write_bytes(docs.to_bytes())


def read_back(path: Path) -> Iterator[Entry]:
    """Read every Doc by spaCy."""
    vocab = load("spacy.vocab").Vocab()
    for doc in load("spacy.tokens").DocBin().from_disk(path).get_docs(vocab):
        spans = [_found(span) for span in doc.spans.get(SPANS_KEY, ())]
        ents = [_found(span) for span in doc.ents]
        yield _entry(doc.text, spans, ents, doc.user_data.get(USER_DATA_KEY))


def verifier() -> str:
    """Return by what files are read back here."""
    return EXTRAS["spacy"].label


def segment(text: str, words: Sequence[Range], placed: Sequence[Placed]) -> tuple[list[Range], list[bool]]:
    """Cut the text into spaCy's tokens: words, and whatever lies between them but one blank after each.

    Every edge of a tag is the edge of a token, so a blank with which a tag begins or ends is a token of its own.

    Returns:
        The tokens, and for each whether a blank follows that is no token.
    """
    starts, ends = {one.start for one in placed}, {one.end for one in placed}
    parts: list[Range] = []
    blanks: set[int] = set()
    for start, end, is_gap in _runs(len(text), words):
        if is_gap and parts and text[start] == " " and start not in starts and start + 1 not in ends:
            blanks.add(start)
            start += 1  # noqa: PLW2901 - the rest of the gap
        if start < end:
            parts.append((start, end))
    pieces = placing.cut(parts, starts | ends)
    return pieces, [end in blanks for _, end in pieces]


def _runs(length: int, words: Iterable[Range]) -> Iterator[tuple[int, int, bool]]:
    """Yield words and the gaps between them, which together are the whole text."""
    position = 0
    for start, end in words:
        if position < start:
            yield position, start, True
        yield start, end, False
        position = end
    if position < length:
        yield position, length, True


def _ents(text: str, placed: Iterable[Placed]) -> tuple[list[Placed], list[Lost]]:
    solid, lost = [], []
    for one in placed:
        # `spacy debug data` calls an entity with a blank at its edge invalid.
        if text[one.start].isspace() or text[one.end - 1].isspace():
            lost.append((Reason.NOT_IN_ENTS_BLANK, one.span))
        else:
            solid.append(one)
    chosen, others = placing.longest_first(solid)
    return chosen, [*lost, *((Reason.NOT_IN_ENTS_OVERLAP, one.span) for one in others)]


def _spans(make_span: Callable[..., Any], doc: Any, pieces: Sequence[Range], placed: Iterable[Placed]) -> list[Any]:
    first = {start: index for index, (start, _) in enumerate(pieces)}
    after = {end: index for index, (_, end) in enumerate(pieces, start=1)}
    return [
        make_span(doc, first[one.start], after[one.end], label=one.span.label_id, span_id=one.span.id) for one in placed
    ]


def _user_data(tagged: TaggedArticle, placed: Iterable[Placed]) -> dict[str, Any]:
    article = tagged.article
    return {
        "article_id": article.id,
        "title": article.title,
        "state": article.state.value,
        "note": article.note,
        "source": article.source,
        "text_sha256": article.text_sha256,
        "tag_notes": {one.span.id: one.span.note for one in placed if one.span.note},
    }


def _expected(tagged: TaggedArticle, placed: Sequence[Placed], in_ents: Iterable[Placed]) -> Entry:
    spans, ents = ([_as_found(tagged.text, one) for one in group] for group in (placed, in_ents))
    return _entry(tagged.text, spans, ents, _user_data(tagged, placed))


def _as_found(text: str, one: Placed) -> _Found:
    return str(one.span.label_id), one.start, one.end, text[one.start : one.end], str(one.span.id)


def _found(span: Any) -> _Found:
    return span.label_, span.start_char, span.end_char, span.text, span.id_


def _entry(text: str, spans: Sequence[_Found], ents: Sequence[_Found], user_data: object) -> Entry:
    return Entry(len(spans), (text, tuple(spans), tuple(ents), json.dumps(user_data, sort_keys=True)))
