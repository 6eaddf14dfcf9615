# SPDX-License-Identifier: MIT
"""Exporting parts of an article: without its boilerplate, and as paragraphs or sentences.

Pure functions on one article. A part's positions are code points of the part's own text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.exporters.base import Unit
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.placing import Range
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle
from annotator.text.blanks import BLANKS
from annotator.text.words import sentences


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts of an article, in order, and what is in none of them."""

    parts: tuple[TaggedArticle, ...]
    lost: tuple[tuple[Reason, Lossy], ...] = ()


def cut_article(tagged: TaggedArticle, unit: Unit, *, without_boilerplate: bool) -> Cut:
    """Return an article as the parts that become documents.

    A tag that touches boilerplate is lost where that is left out. Where a tag crosses the border of a paragraph or
    sentence, the two are one part, so that no tag is cut.
    """
    cut = _without_boilerplate(tagged) if without_boilerplate and tagged.article.boilerplate else Cut((tagged,))
    if unit is Unit.ARTICLE:
        return cut
    [whole] = cut.parts
    units = _joined(_units(whole.text, unit), [(span.start, span.end) for span in whole.spans])
    parts, apart = _parts(whole, units)
    lost = [(Reason.DOCUMENT_TAG_UNIT, tag) for tag in whole.document_tags]
    return Cut(parts, (*cut.lost, *((Reason.RELATION_UNIT, one) for one in apart), *lost))


def _without_boilerplate(tagged: TaggedArticle) -> Cut:
    marks = _merged([(start, end) for start, end, _ in tagged.article.boilerplate])
    touching = {span.id for span in tagged.spans if any(_overlap(span, mark) for mark in marks)}
    spans = [span for span in tagged.spans if span.id not in touching]
    relations = [one for one in tagged.relations if touching.isdisjoint({one.source_id, one.target_span_id})]
    kept = _between(len(tagged.text), marks)
    text = "".join(tagged.text[start:end] for start, end in kept)
    shift = _Shift(kept)
    part = replace(
        tagged,
        text=text,
        spans=tuple(shift.moved(span, text) for span in spans),
        relations=tuple(relations),
    )
    lost: list[tuple[Reason, Lossy]] = [(Reason.BOILERPLATE, span) for span in tagged.spans if span.id in touching]
    known = {one.id for one in relations}
    lost += [(Reason.RELATION_END, one) for one in tagged.relations if one.id not in known]
    return Cut((part,), tuple(lost))


@dataclass(frozen=True, slots=True)
class _Shift:
    """Where positions of a text are in what is kept of it."""

    kept: Sequence[Range]

    def __call__(self, position: int) -> int:
        before = 0
        for start, end in self.kept:
            if position <= end:
                return before + max(position - start, 0)
            before += end - start
        return before

    def moved(self, span: Span, text: str) -> Span:
        """Return a span in the kept text; its quote is less than it was where it lay around what was left out."""
        start, end = self(span.start), self(span.end)
        pieces = tuple((self(first), self(last)) for first, last in span.pieces)
        return replace(span, start=start, end=end, quote=text[start:end], pieces=pieces)


def _parts(whole: TaggedArticle, units: Sequence[Range]) -> tuple[tuple[TaggedArticle, ...], list[Relation]]:
    starts = [start for start, _ in units]
    spans: list[list[Span]] = [[] for _ in units]
    home: dict[str | None, int] = {}
    for span in whole.spans:
        home[span.id] = index = bisect_right(starts, span.start) - 1
        spans[index].append(_shifted(span, -units[index][0]))
    relations: list[list[Relation]] = [[] for _ in units]
    apart = []
    for one in whole.relations:
        index = home[one.source_id]
        if home.get(one.target_span_id, index) == index:
            relations[index].append(one)
        else:
            apart.append(one)
    parts = (
        replace(
            whole,
            text=whole.text[start:end],
            spans=tuple(spans[index]),
            relations=tuple(relations[index]),
            document_tags=(),
            unit=index + 1,
        )
        for index, (start, end) in enumerate(units)
    )
    return tuple(parts), apart


def _shifted(span: Span, by: int) -> Span:
    pieces = tuple((start + by, end + by) for start, end in span.pieces)
    return replace(span, start=span.start + by, end=span.end + by, pieces=pieces)


def _units(text: str, unit: Unit) -> list[Range]:
    ranges = sentences(text) if unit is Unit.SENTENCE else _lines(text)
    trimmed = (_trimmed(text, start, end) for start, end in ranges)
    return [(start, end) for start, end in trimmed if start < end]


def _lines(text: str) -> list[Range]:
    ranges, start = [], 0
    for line in text.split("\n"):
        ranges.append((start, start + len(line)))
        start += len(line) + 1
    return ranges


def _trimmed(text: str, start: int, end: int) -> Range:
    part = text[start:end]
    return start + len(part) - len(part.lstrip(BLANKS)), end - (len(part) - len(part.rstrip(BLANKS)))


def _joined(units: Iterable[Range], tags: Iterable[Range]) -> list[Range]:
    """Return units and tags as the ranges that they make together: those that overlap become one."""
    return _merged([*units, *tags])


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _between(length: int, marks: Sequence[Range]) -> list[Range]:
    edges = [0, *(edge for mark in marks for edge in mark), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def _overlap(span: Span, mark: Range) -> bool:
    return any(start < mark[1] and mark[0] < end for start, end in span.parts)
