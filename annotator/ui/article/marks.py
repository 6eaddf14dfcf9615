# SPDX-License-Identifier: MIT
"""The tags of the article shown, ready to be painted: lane, colour and name of each, found by paragraph or position.

Owns no pixels. Positions are code points. Tags that overlap, or are linked by others that overlap both, are a cluster;
clusters lie apart from each other. Of a long document only those are worked out that are looked at.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.analysis.lanes import assign_lanes
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.spans import SpanChange, Spans
from annotator.ui.qt_text import QtText
from annotator.ui.theme import Shape, shape_of_layer

_UNKNOWN_COLOR = "#808080"
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How the tags of one label are drawn."""

    color: str
    shape: Shape
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag to paint. `lane` counts its underline's place from the letters down.

    A discontinuous tag has its lane from its first piece to its last, so that what links them meets no other underline.
    """

    span_id: str
    start: int
    end: int
    lane: int
    look: Look
    parts: tuple[Range, ...]

    @property
    def height(self) -> tuple[int, int, str]:
        """The place of its fill in the stack, from below: the shorter of two tags lies over the longer one."""
        return sum(start - end for start, end in self.parts), self.start, self.span_id

    @property
    def gaps(self) -> Iterator[Range]:
        """Yield what lies between the pieces of a discontinuous tag."""
        return ((before[1], after[0]) for before, after in pairwise(self.parts))

    def covers(self, position: int) -> bool:
        """Return whether a code point is tagged, and not merely between two pieces."""
        return any(start <= position < end for start, end in self.parts)


class Looks:
    """The look of every label of a scheme, in one language."""

    def __init__(self, scheme: Scheme, language: str) -> None:
        self._looks: dict[str, Look] = {
            label.id: Look(label.color, shape_of_layer(index), label.name.in_language(language))
            for index, layer in enumerate(scheme.layers)
            for label in scheme.labels_of(layer.id)
        }

    def of(self, label_id: str) -> Look:
        """Return the look of a label; one that the scheme lacks is grey, under its id."""
        look = self._looks.get(label_id)
        if look is None:
            look = self._looks[label_id] = Look(_UNKNOWN_COLOR, Shape.SOLID, label_id)
        return look


class TagIndex:
    """All tags of an article, in lanes, found by paragraph, position or id.

    Attributes:
        spans: the tags as they are in the project.
        marks: the tags as they are painted, by their ids; each made when it is asked for.
    """

    def __init__(self, spans: Iterable[Span], looks: Looks, text: QtText) -> None:
        self.spans = spans.copy() if isinstance(spans, Spans) else Spans(spans)
        self.marks: Mapping[str, Mark] = _Marks(self)
        self._text = text
        self._looks = looks
        self._firsts: list[int] = []
        self._reaches: list[int] = []
        self._made: dict[int, dict[str, Mark]] = {}
        #: By paragraph, how many clusters in it need how many lanes; those of one lane are not counted.
        self._lanes: dict[int, Counter[int]] = {}
        self._put_clusters(0, len(self.spans))

    def in_paragraph(self, number: int) -> Sequence[Mark]:
        """Return the tags that touch a paragraph, by their start."""
        start, end = self._text.paragraph(number)
        return self.within(start, end + 1)

    def within(self, start: int, end: int) -> list[Mark]:
        """Return the tags that touch `[start, end)`, by their start."""
        found = []
        for number in self._clusters_within(start, end):
            marks = self._cluster(self._firsts[number]).values()
            found += [mark for mark in marks if mark.start < end and start < mark.end]
        return found

    def lanes_of(self, number: int) -> int:
        """Return how many lanes a paragraph needs, at least one."""
        return max(self._lanes.get(number, ()), default=1)

    def lanes_by_paragraph(self) -> dict[int, int]:
        """Return how many lanes are needed, for the paragraphs that need more than one."""
        return {number: max(needed) for number, needed in self._lanes.items()}

    def at(self, position: int) -> list[Mark]:
        """Return the tags over a code point, the one on top first."""
        near = self.within(position, position + 1)
        return sorted((mark for mark in near if mark.covers(position)), key=lambda mark: mark.height, reverse=True)

    def difference(self, spans: Iterable[Span]) -> SpanChange:
        """Return what became of the tags, where these are the tags now."""
        after = {span.id: span for span in spans}
        gone = tuple(span for span in self.spans if span.id not in after)
        return SpanChange(gone, tuple(span for span in after.values() if span != self.spans.get(span.id)))

    def update(self, spans: Iterable[Span]) -> list[Mark]:
        """Take over other tags, and return the marks, old and new, that are not drawn as before."""
        return self.change(self.difference(spans))

    def change(self, change: SpanChange) -> list[Mark]:
        """Take over what became of some tags, and return the marks, old and new, that are not drawn as before.

        Only the clusters that a change touches are looked at: one tag more among thousands costs what it does alone.
        """
        before = {span.id: held for span in (*change.gone, *change.come) if (held := self.spans.get(span.id))}
        after = {span.id: span for span in change.come}
        same = {key for key, span in before.items() if key in after and _looks_as(span, after[key])}
        moved = [span for held in (before, after) for key, span in held.items() if key not in same]
        pulled = sorted({number for span in moved for number in self._clusters_within(span.start, span.end)})
        ranges = [(span.start, span.end) for span in moved]
        ranges += [(self._firsts[number], self._reaches[number]) for number in pulled]
        old = {mark.span_id: mark for number in pulled for mark in self._cluster(self._firsts[number]).values()}
        for number in reversed(pulled):
            self._take_cluster(number)
        self.spans.change(change)
        new: dict[str, Mark] = {}
        for start, end in _joined(ranges):
            self._put_clusters(bisect_left(self.spans.starts, start), bisect_left(self.spans.starts, end))
            for number in self._clusters_within(start, end):
                new |= self._cluster(self._firsts[number])
        return [
            mark for one, other in ((old, new), (new, old)) for mark in one.values() if other.get(mark.span_id) != mark
        ]

    def mark(self, span_id: str) -> Mark | None:
        """Return a tag as it is painted, or None where there is none of that id."""
        span = self.spans.get(span_id)
        if span is None:
            return None
        return self._cluster(self._firsts[bisect_right(self._firsts, span.start) - 1])[span_id]

    def _clusters_within(self, start: int, end: int) -> range:
        # No cluster reaches beyond the start of the next.
        return range(bisect_right(self._reaches, start), bisect_left(self._firsts, end))

    def _cluster(self, first: int) -> dict[str, Mark]:
        """Return the marks of the cluster that begins at a position."""
        made = self._made.get(first)
        if made is None:
            reach = self._reaches[bisect_left(self._firsts, first)]
            spans = sorted(self.spans.beginning(first, reach), key=_inner_first)
            lanes = assign_lanes([(span.start, span.end) for span in spans])
            made = self._made[first] = {
                span.id: Mark(span.id, span.start, span.end, lane, self._looks.of(span.label_id), span.parts)
                for span, lane in zip(spans, lanes, strict=True)
            }
        return made

    def _put_clusters(self, low: int, high: int) -> None:
        """Part the spans from one number to another, which overlap no others, into clusters."""
        firsts: list[int] = []
        reaches: list[int] = []
        crowded: list[int] = []
        reach = -1
        for start, end in zip(self.spans.starts[low:high], self.spans.ends[low:high], strict=True):
            if start >= reach:
                firsts.append(start)
                reaches.append(end)
                reach = end
                continue
            if not crowded or crowded[-1] != len(firsts) - 1:
                crowded.append(len(firsts) - 1)
            if end > reach:
                reaches[-1] = reach = end
        at = bisect_left(self._firsts, firsts[0]) if firsts else 0
        self._firsts[at:at] = firsts
        self._reaches[at:at] = reaches
        for number in crowded:
            for paragraph, lanes in self._lanes_needed(firsts[number], reaches[number]):
                self._lanes.setdefault(paragraph, Counter())[lanes] += 1

    def _take_cluster(self, number: int) -> None:
        first, reach = self._firsts[number], self._reaches[number]
        for paragraph, lanes in self._lanes_needed(first, reach):
            needed = self._lanes[paragraph]
            needed[lanes] -= 1
            if not needed[lanes]:
                del needed[lanes]
            if not needed:
                del self._lanes[paragraph]
        del self._firsts[number], self._reaches[number]
        self._made.pop(first, None)

    def _lanes_needed(self, first: int, reach: int) -> Iterator[tuple[int, int]]:
        """Yield the paragraphs in which a cluster needs more than one lane, and how many."""
        low, high = bisect_left(self.spans.starts, first), bisect_left(self.spans.starts, reach)
        if high - low == 1:
            return
        places = list(zip(self.spans.starts[low:high], self.spans.ends[low:high], strict=True))
        lanes = assign_lanes(places)
        needed: dict[int, int] = {}
        for (start, end), lane in zip(places, lanes, strict=True):
            for number in self._text.paragraph_numbers(start, end) if lane else ():
                needed[number] = max(needed.get(number, 1), lane + 1)
        yield from needed.items()


class _Marks(Mapping[str, Mark]):
    """The tags of an index as they are painted."""

    def __init__(self, index: TagIndex) -> None:
        self._index = index

    def __getitem__(self, span_id: str) -> Mark:
        mark = self._index.mark(span_id)
        if mark is None:
            raise KeyError(span_id)
        return mark

    def __contains__(self, span_id: object) -> bool:
        return isinstance(span_id, str) and self._index.spans.find(span_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (span.id for span in self._index.spans)

    def __len__(self) -> int:
        return len(self._index.spans)


def _inner_first(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.id


def _looks_as(before: Span, after: Span) -> bool:
    return before.parts == after.parts and before.label_id == after.label_id


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, those that overlap as one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
