# SPDX-License-Identifier: MIT
"""The tags of the article shown, ready to be painted: lane, colour and name of each, found by paragraph or position.

Owns no pixels. Positions are code points.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.analysis.lanes import assign_lanes
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ui.qt_text import QtText
from annotator.ui.theme import Shape, shape_of_layer

_UNKNOWN_COLOR = "#808080"
Range = tuple[int, int]
#: Start, end, id, label and pieces of a span.
_Place = tuple[int, int, str, str, tuple[Range, ...]]


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
    """All tags of an article, in lanes, found by paragraph or by position."""

    def __init__(self, spans: Iterable[Span], looks: Looks, text: QtText) -> None:
        self.marks: dict[str, Mark] = {}
        self._text = text
        self._looks = looks
        self._by_paragraph: dict[int, list[Mark]] = {}
        self._add(sorted(_placed(span) for span in spans))

    def in_paragraph(self, number: int) -> Sequence[Mark]:
        """Return the tags that touch a paragraph, by their start."""
        return self._by_paragraph.get(number, ())

    def lanes_of(self, number: int) -> int:
        """Return how many lanes a paragraph needs, at least one."""
        return 1 + max((mark.lane for mark in self.in_paragraph(number)), default=0)

    def lanes_by_paragraph(self) -> dict[int, int]:
        """Return how many lanes are needed, for the paragraphs that need more than one."""
        needed: dict[int, int] = {}
        for mark in self.marks.values():
            if mark.lane:
                for number in self._text.paragraph_numbers(mark.start, mark.end):
                    needed[number] = max(needed.get(number, 1), mark.lane + 1)
        return needed

    def at(self, position: int) -> list[Mark]:
        """Return the tags over a code point, the one on top first."""
        near = self.in_paragraph(self._text.paragraph_number(position))
        return sorted((m for m in near if m.covers(position)), key=lambda m: m.height, reverse=True)

    def update(self, spans: Iterable[Span]) -> list[Mark]:
        """Take over other tags, and return the marks, old and new, that are not drawn as before.

        Only what a change reaches through overlaps gets new lanes: one tag more among thousands costs little.
        """
        after: dict[str, Span] = {span.id: span for span in spans}
        gone = [mark for key, mark in self.marks.items() if not _is_drawn_as(mark, after.get(key), self._looks)]
        kept = self.marks.keys() - {mark.span_id for mark in gone}
        new = [_placed(span) for key, span in after.items() if key not in kept]
        reached = self._reached([*((mark.start, mark.end) for mark in gone), *(place[:2] for place in new)])
        leaving = {mark.span_id: mark for mark in (*gone, *reached)}
        self._remove(leaving)
        staying = [_placed(after[mark.span_id]) for mark in reached if mark.span_id in kept]
        come = self._add(sorted([*new, *staying]))
        same = {mark for mark in come if leaving.get(mark.span_id) == mark}
        return [mark for mark in (*leaving.values(), *come) if mark not in same]

    def _reached(self, changed: Sequence[tuple[int, int]]) -> list[Mark]:
        """Return the marks that overlap a changed range, or a mark that does."""
        found: dict[str, Mark] = {}
        todo = list(changed)
        while todo:
            start, end = todo.pop()
            for number in self._text.paragraph_numbers(start, end):
                for mark in self.in_paragraph(number):
                    if mark.span_id not in found and mark.start < end and start < mark.end:
                        found[mark.span_id] = mark
                        todo.append((mark.start, mark.end))
        return list(found.values())

    def _add(self, places: Sequence[_Place]) -> list[Mark]:
        lanes = assign_lanes([place[:2] for place in places])
        marks = [
            Mark(span_id, start, end, lane, self._looks.of(label_id), parts)
            for (start, end, span_id, label_id, parts), lane in zip(places, lanes, strict=True)
        ]
        for mark in marks:
            self.marks[mark.span_id] = mark
            for number in self._text.paragraph_numbers(mark.start, mark.end):
                held = self._by_paragraph.setdefault(number, [])
                if held and held[-1].start > mark.start:
                    insort(held, mark, key=_by_start)
                else:
                    held.append(mark)
        return marks

    def _remove(self, marks: dict[str, Mark]) -> None:
        for mark in marks.values():
            del self.marks[mark.span_id]
            for number in self._text.paragraph_numbers(mark.start, mark.end):
                self._by_paragraph[number].remove(mark)


def _placed(span: Span) -> _Place:
    return span.start, span.end, span.id, span.label_id, span.parts


def _by_start(mark: Mark) -> int:
    return mark.start


def _is_drawn_as(mark: Mark, span: Span | None, looks: Looks) -> bool:
    return span is not None and mark.parts == span.parts and mark.look is looks.of(span.label_id)
