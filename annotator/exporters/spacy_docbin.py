# SPDX-License-Identifier: MIT
"""A folder that spaCy trains from: every tag in `doc.spans["sc"]`, and those that do not overlap in `doc.ents` as well.

Owns how an article becomes a Doc whose text is the article's, character by character, and how Docs are dealt out to
files: a DocBin is one block, of which spaCy holds all in memory, so each holds so many documents only. Imports spaCy
only when a file is written.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities, OffsetUnit, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.carrying import Carrier
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Lost, Placed, Range
from annotator.exporters.spacy_training import WHOLE, finish
from annotator.exporters.spacy_user_data import REL_KEY, Rel, rel_of, user_data
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.model.tagged_article import TaggedArticle
from annotator.text.words import tokens

#: The span group that spaCy's own `spancat` reads.
SPANS_KEY = "sc"
#: Where `Doc.user_data` holds what spaCy has no field for.
USER_DATA_KEY = "tawsim"

_ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")

#: What one file holds at most.
_MOST_DOCUMENTS = 1_000
_MOST_TOKENS = 2_000_000

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
    """How a document becomes a Doc.

    Attributes:
        pieces: its tokens, and `spaces` whether a blank follows each that is no token.
    """

    pieces: list[Range]
    spaces: list[bool]
    content: _Content
    lost: tuple[tuple[Reason, Lossy], ...]


class _Files:
    """The files of one split, of which one is open. Each has its own strings, so that memory does not grow."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self.tokens_module = load("spacy.tokens")
        self._begin()

    def _begin(self) -> None:
        self.vocab = load("spacy.vocab").Vocab()
        self._docs = self.tokens_module.DocBin(attrs=_ATTRS, store_user_data=True)
        self._count = self._tokens = 0
        self._number += 1

    def add(self, plan: _Plan) -> None:
        """Add a document, in a new file where the open one is full."""
        if self._count and (self._count == _MOST_DOCUMENTS or self._tokens + len(plan.pieces) > _MOST_TOKENS):
            self.write()
            self._begin()
        self._docs.add(_doc(plan, self.tokens_module, self.vocab))
        self._count += 1
        self._tokens += len(plan.pieces)

    def write(self) -> None:
        """Write the file that is open."""
        (self._folder / f"part-{self._number:05}.spacy").write_bytes(self._docs.to_bytes())


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write one Doc a document, into a folder called after the split."""
    folder = path / (source.part or WHOLE)
    folder.mkdir()
    carrier = Carrier(source, options, ABILITIES)
    files = _Files(folder)
    for tagged in source.articles():
        plan = _plan(carrier, tagged, options)
        files.add(plan)
        yield Written(tagged, plan.content.entry, plan.lost)
    files.write()
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:
    """Read every Doc by spaCy."""
    make_vocab, docs = load("spacy.vocab").Vocab, load("spacy.tokens").DocBin
    for file in sorted((path / (part or WHOLE)).iterdir()):
        for doc in docs().from_disk(file).get_docs(make_vocab()):
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


def _plan(carrier: Carrier, tagged: TaggedArticle, options: ExportOptions) -> _Plan:
    words = tokens(tagged.text)
    spans, discontinuous = placing.in_one_piece(tagged.spans)
    fitting, lost = placing.fit(spans, words, options.clitics)
    kept = carrier.keep(tagged, fitting, (*discontinuous, *lost))
    in_ents, not_in_ents = _ents(tagged.text, kept.placed)
    pieces, spaces = segment(tagged.text, words, kept.placed)
    rel, not_in_rel = rel_of(kept.relations, pieces, in_ents, carrier.naming)
    content = _Content(
        text=tagged.text,
        spans=[_as_found(tagged.text, one, carrier.naming) for one in kept.placed],
        ents=[_as_found(tagged.text, one, carrier.naming) for one in in_ents],
        cats={carrier.naming.document_label(tag.label_id): 1.0 for tag in tagged.document_tags},
        user_data=user_data(tagged, kept.placed, kept.relations, carrier.naming),
        rel=rel,
    )
    return _Plan(pieces, spaces, content, (*kept.lost, *not_in_ents, *not_in_rel))


def _doc(plan: _Plan, tokens_module: Any, vocab: Any) -> Any:
    content = plan.content
    words = [content.text[start:end] for start, end in plan.pieces]
    doc = tokens_module.Doc(vocab, words=words, spaces=plan.spaces)
    doc.spans[SPANS_KEY] = _spans(tokens_module.Span, doc, plan.pieces, content.spans)
    doc.ents = _spans(tokens_module.Span, doc, plan.pieces, content.ents)
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


def _spans(make_span: Callable[..., Any], doc: Any, pieces: Sequence[Range], found: Iterable[_Found]) -> list[Any]:
    first = {start: index for index, (start, _) in enumerate(pieces)}
    after = {end: index for index, (_, end) in enumerate(pieces, start=1)}
    return [
        make_span(doc, first[start], after[end], label=label, kb_id=link, span_id=span_id)
        for label, start, end, _, span_id, link in found
    ]


def _as_found(text: str, one: Placed, naming: Naming) -> _Found:
    span = one.span
    link = span.actor_id or span.event_id or ""
    return naming.label(span.label_id), one.start, one.end, text[one.start : one.end], str(span.id), link


def _found(span: Any) -> _Found:
    return span.label_, span.start_char, span.end_char, span.text, span.id_, span.kb_id_


ABILITIES = Abilities(
    overlap=True,
    attributes=True,
    certainty=True,
    links=True,
    both_links=True,
    relations=True,
    targets=True,
    document_tags=True,
    notes=True,
    ids=True,
    exact_text=True,
    article_fields=True,
    clitics=True,
    cuts=True,
    names=True,
    offset_unit=OffsetUnit.TOKEN,
)

FORMAT = Format(
    id="spacy",
    name_key=N_("spaCy"),
    description_key=N_("A folder to train spaCy from: tags in doc.spans, those that do not overlap in doc.ents."),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.NOT_IN_ENTS_OVERLAP, Reason.NOT_IN_ENTS_BLANK, Reason.NOT_IN_REL),
    extra="spacy",
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER_OF_SPLITS,
    finish=finish,
)
