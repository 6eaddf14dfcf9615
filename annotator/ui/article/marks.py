# SPDX-License-Identifier: MIT
"""The tags of the article shown, ready to be painted: lane, colour and name of each, found by paragraph or position.

Owns no pixels. Positions are code points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.analysis.lanes import assign_lanes, stacking_order
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ui.qt_text import QtText
from annotator.ui.theme import Shape, shape_of_layer

_UNKNOWN_COLOR = "#808080"


@dataclass(frozen=True, slots=True)
class Look:
    """How the tags of one label are drawn."""

    color: str
    shape: Shape
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag to paint. `lane` counts its underline's place from the letters down, `depth` its fill's from below."""

    span_id: str
    start: int
    end: int
    lane: int
    depth: int
    look: Look


class Looks:
    """The look of every label of a scheme, in one language."""

    def __init__(self, scheme: Scheme, language: str) -> None:
        self._looks = {
            label.id: Look(label.color, shape_of_layer(index), label.name.in_language(language))
            for index, layer in enumerate(scheme.layers)
            for label in layer.labels
        }

    def of(self, label_id: str) -> Look:
        """Return the look of a label; one that the scheme lacks is grey, under its id."""
        return self._looks.get(label_id) or Look(_UNKNOWN_COLOR, Shape.SOLID, label_id)  # type: ignore[call-overload]


class TagIndex:
    """All tags of an article, in lanes, found by paragraph or by position."""

    def __init__(self, spans: Iterable[Span], looks: Looks, text: QtText) -> None:
        ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.id))
        self.marks: dict[str, Mark] = _marks(ordered, looks)
        self._text = text
        self._by_paragraph: dict[int, list[Mark]] = {}
        for mark in self.marks.values():
            for number in text.paragraph_numbers(mark.start, mark.end):
                self._by_paragraph.setdefault(number, []).append(mark)

    def in_paragraph(self, number: int) -> Sequence[Mark]:
        """Return the tags that touch a paragraph, by their start."""
        return self._by_paragraph.get(number, ())

    def lanes_by_paragraph(self) -> dict[int, int]:
        """Return how many lanes each paragraph needs, for those that have tags."""
        return {number: 1 + max(mark.lane for mark in marks) for number, marks in self._by_paragraph.items()}

    def at(self, position: int) -> list[Mark]:
        """Return the tags over a code point, the one on top first."""
        over = [
            mark
            for mark in self.in_paragraph(self._text.paragraph_number(position))
            if mark.start <= position < mark.end
        ]
        return sorted(over, key=lambda mark: mark.depth, reverse=True)

    def changed_from(self, other: "TagIndex") -> list[Mark]:
        """Return the marks, old and new, that are not drawn the same in both."""
        before, after = other.marks, self.marks
        gone = [mark for key, mark in before.items() if not _same_drawing(after.get(key), mark)]
        come = [mark for key, mark in after.items() if not _same_drawing(before.get(key), mark)]
        return gone + come


def _same_drawing(a: Mark | None, b: Mark) -> bool:
    return a is not None and (a.start, a.end, a.lane, a.look) == (b.start, b.end, b.lane, b.look)


def _marks(spans: Sequence[Span], looks: Looks) -> dict[str, Mark]:
    intervals = [(span.start, span.end) for span in spans]
    lanes = assign_lanes(intervals)
    depths = [0] * len(spans)
    for depth, index in enumerate(stacking_order(intervals)):
        depths[index] = depth
    return {
        span.id: Mark(span.id, span.start, span.end, lane, depth, looks.of(span.label_id))
        for span, lane, depth in zip(spans, lanes, depths, strict=True)
    }
