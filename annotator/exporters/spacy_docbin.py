# SPDX-License-Identifier: MIT
"""spaCy's DocBin: every tag in `doc.spans["sc"]`, and those that do not overlap in `doc.ents` as well.

Owns how an article becomes a Doc whose text is the article's, character by character. Imports spaCy only when a file
is written. A DocBin is one block, so spaCy holds all of it in memory while it is written and read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from annotator.exporters.spacy_user_data import REL_KEY, Rel, rel_of, user_data, whole_relations
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle
from annotator.text.words import tokens

#: The span group that spaCy's own `spancat` reads.
SPANS_KEY = "sc"
#: Where `Doc.user_data` holds what spaCy has no field for.
USER_DATA_KEY = "tawsim"

_ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")

#: A tag as spaCy gives it back: label, start, end, text, id, id of its actor or event.
_Found = tuple[str, int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class _Content:
    """What a Doc says."""

    text: str
    spans: list[_Found]
    ents: list[_Found]
    cats: Mapping[str, float]
    user_data: Mapping[str, Any]
    rel: Rel

    @property
    def entry(self) -> Entry:
        """Return it to be compared: a Doc gives lists as tuples, which are the same as JSON."""
        content = (
            self.text,
            tuple(self.spans),
            tuple(self.ents),
            tuple(sorted(self.cats.items())),
            json.dumps(self.user_data, sort_keys=True),
            tuple((ends, tuple(sorted(types.items()))) for ends, types in sorted(self.rel.items())),
        )
        known = self.user_data
        return Entry(len(self.spans), content, len(known.get("relations", ())), len(known.get("document_tags", ())))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How an article becomes a Doc.

    Attributes:
        pieces: its tokens, and `spaces` whether a blank follows each that is no token.
        placed: the tags of `doc.spans`, and `in_ents` those of `doc.ents`.
    """

    pieces: list[Range]
    spaces: list[bool]
    placed: list[Placed]
    in_ents: list[Placed]
    content: _Content
    lost: tuple[tuple[Reason, Lossy], ...]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write one Doc an article."""
    vocab = load("spacy.vocab").Vocab()
    tokens_module = load("spacy.tokens")
    docs = tokens_module.DocBin(attrs=_ATTRS, store_user_data=True)
    for tagged in source.articles():
        plan = _plan(tagged, options)
        docs.add(_doc(plan, tokens_module, vocab))
        yield Written(tagged, plan.content.entry, plan.lost)
    path.write_bytes(docs.to_bytes())
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every Doc by spaCy."""
    vocab = load("spacy.vocab").Vocab()
    for doc in load("spacy.tokens").DocBin().from_disk(path).get_docs(vocab):
        yield _Content(
            text=doc.text,
            spans=[_found(span) for span in doc.spans.get(SPANS_KEY, ())],
            ents=[_found(span) for span in doc.ents],
            cats=doc.cats,
            user_data=doc.user_data.get(USER_DATA_KEY, {}),
            rel=doc.user_data.get(REL_KEY, {}),
        ).entry


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


def _plan(tagged: TaggedArticle, options: ExportOptions) -> _Plan:
    words = tokens(tagged.text)
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    placed, lost = placing.fit(spans, words, options.clitics)
    in_ents, not_in_ents = _ents(tagged.text, placed)
    pieces, spaces = segment(tagged.text, words, placed)
    relations, cut_off = whole_relations(tagged.relations, placed)
    rel, not_in_rel = rel_of(relations, pieces, in_ents)
    content = _Content(
        text=tagged.text,
        spans=[_as_found(tagged.text, one) for one in placed],
        ents=[_as_found(tagged.text, one) for one in in_ents],
        cats={tag.label_id: 1.0 for tag in tagged.document_tags},
        user_data=user_data(tagged, placed, relations),
        rel=rel,
    )
    return _Plan(pieces, spaces, placed, in_ents, content, (*discontinuous, *lost, *not_in_ents, *cut_off, *not_in_rel))


def _doc(plan: _Plan, tokens_module: Any, vocab: Any) -> Any:
    content = plan.content
    words = [content.text[start:end] for start, end in plan.pieces]
    doc = tokens_module.Doc(vocab, words=words, spaces=plan.spaces)
    doc.spans[SPANS_KEY] = _spans(tokens_module.Span, doc, plan.pieces, plan.placed)
    doc.ents = _spans(tokens_module.Span, doc, plan.pieces, plan.in_ents)
    doc.cats = dict(content.cats)
    doc.user_data[USER_DATA_KEY] = content.user_data
    if content.rel:
        doc.user_data[REL_KEY] = content.rel
    return doc


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
        make_span(
            doc, first[one.start], after[one.end], label=one.span.label_id, kb_id=_link(one.span), span_id=one.span.id
        )
        for one in placed
    ]


def _link(span: Span) -> str:
    return span.actor_id or span.event_id or ""


def _as_found(text: str, one: Placed) -> _Found:
    span = one.span
    return str(span.label_id), one.start, one.end, text[one.start : one.end], str(span.id), _link(span)


def _found(span: Any) -> _Found:
    return span.label_, span.start_char, span.end_char, span.text, span.id_, span.kb_id_


ABILITIES = Abilities(
    overlap=True,
    pieces=False,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    targets=True,
    document_tags=True,
    registry=False,
    notes=True,
    ids=True,
    authors=False,
    exact_text=True,
    article_fields=True,
    clitics=True,
    cuts=True,
    names=False,
    offset_unit=OffsetUnit.TOKEN,
)

FORMAT = Format(
    id="spacy",
    name_key=N_("spaCy (.spacy)"),
    description_key=N_("Training data for spaCy: tags in doc.spans, those that do not overlap in doc.ents."),
    suffix=".spacy",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.NOT_IN_ENTS_OVERLAP, Reason.NOT_IN_ENTS_BLANK, Reason.NOT_IN_REL),
    extra="spacy",
    write=write,
    read_back=read_back,
    verifier=verifier,
)
