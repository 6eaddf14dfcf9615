# SPDX-License-Identifier: MIT
"""The relations of the article shown, ready to be drawn: those of a tag, or those that reach into a piece of the text.

All relations that start from one tag are drawn as one bus: a line with a branch for each end. Owns no pixels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from annotator.analysis.arcs import Reach, ReachIndex
from annotator.analysis.lanes import assign_lanes
from annotator.text.blanks import BLANKS
from annotator.ui.article.marks import Mark
from annotator.ui.qt_text import QtText

#: So many buses run beside each other in the margin.
MARGIN_LANES = 4


@dataclass(frozen=True, slots=True)
class Arc:
    """One relation to draw.

    Attributes:
        target_span_id: the tag it leads to; None where that is not in the text.
        name: what the relation is called.
        to_name: what an end that is not in the text is called: an actor, an event, the author.
        color: of its source's label, as #rrggbb.
    """

    relation_id: str
    source_span_id: str
    target_span_id: str | None
    name: str
    to_name: str
    color: str


@dataclass(frozen=True, slots=True)
class Bus:
    """The relations from one tag that are drawn together.

    Attributes:
        named_at_source: whether the names stand at its source, because its one target is the current tag.
        is_lit: whether it belongs to the current tag, and so gets its names.
        lane: its place in the margin where it goes from line to line.
    """

    source_id: str
    arcs: tuple[Arc, ...]
    lane: int
    is_lit: bool = False
    named_at_source: bool = False

    @property
    def tag_ids(self) -> Iterator[str]:
        """Yield the tags at its ends, the source first, each once."""
        targets = (arc.target_span_id for arc in self.arcs if arc.target_span_id is not None)
        return iter(dict.fromkeys((self.source_id, *targets)))


class ArcIndex:
    """All relations of an article; asks `marks` where tags are, and must be made anew when those move."""

    def __init__(self, arcs: Iterable[Arc], marks: Mapping[str, Mark], text: QtText) -> None:
        self._marks, self._text = marks, text
        arcs = tuple(arcs)
        self._ends = {end for arc in arcs for end in (arc.source_span_id, arc.target_span_id)}
        self._by_source: dict[str, list[Arc]] = {}
        self._by_target: dict[str, list[Arc]] = {}
        for arc in arcs:
            if arc.source_span_id not in marks or (arc.target_span_id or arc.source_span_id) not in marks:
                continue
            self._by_source.setdefault(arc.source_span_id, []).append(arc)
            if arc.target_span_id is not None:
                self._by_target.setdefault(arc.target_span_id, []).append(arc)

    def knows_none(self, tag_ids: Iterable[str]) -> bool:
        """Return whether no relation starts from or leads to any of these tags, there or not."""
        return self._ends.isdisjoint(tag_ids)

    def anchor(self, tag_id: str) -> int:
        """Return the code point in whose line arcs meet a tag: its first one that is no blank."""
        mark = self._marks[tag_id]
        blank = (at for at in range(mark.start, mark.end) if self._text.text[at] not in BLANKS)
        return next(blank, mark.start)

    @cached_property
    def paragraphs(self) -> frozenset[int]:
        """The numbers of the paragraphs that arcs end in."""
        ends = self._by_source.keys() | self._by_target.keys()
        return frozenset(self._text.paragraph_number(self.anchor(tag_id)) for tag_id in ends)

    def of_tag(self, tag_id: str) -> list[Bus]:
        """Return the buses of the current tag: its own, and those that lead to it, without their other ends."""
        arcs = {tag_id: self._by_source.get(tag_id, [])}
        for arc in self._by_target.get(tag_id, []):
            arcs.setdefault(arc.source_span_id, []).append(arc)
        buses = [
            Bus(source, tuple(held), 0, is_lit=True, named_at_source=source != tag_id)
            for source, held in arcs.items()
            if held
        ]
        lanes = assign_lanes([_half_open(self._reach(bus.tag_ids)) for bus in buses])
        return [
            Bus(bus.source_id, bus.arcs, lane % MARGIN_LANES, bus.is_lit, bus.named_at_source)
            for bus, lane in zip(buses, lanes, strict=True)
        ]

    def touching(self, first: int, last: int, *, without: str = "") -> list[Bus]:
        """Return all buses that end in or pass by a piece of the text, both positions included.

        Args:
            first: its first position.
            last: its last position.
            without: leave out what starts from or leads to this tag.
        """
        reaches, buses = self._all
        found = (buses[index] for index in sorted(reaches.touching(first, last)))
        return [left for bus in found if bus.source_id != without and (left := _without(bus, without)).arcs]

    @cached_property
    def _all(self) -> tuple[ReachIndex, Sequence[Bus]]:
        # A lane of its own for each would depend on all others; this one stays while the text is scrolled.
        buses = [
            Bus(source, tuple(arcs), crc32(source.encode()) % MARGIN_LANES) for source, arcs in self._by_source.items()
        ]
        return ReachIndex([self._reach(bus.tag_ids) for bus in buses]), buses

    def _reach(self, tag_ids: Iterable[str]) -> Reach:
        anchors = [self.anchor(tag_id) for tag_id in tag_ids]
        return min(anchors), max(anchors)


def _half_open(reach: Reach) -> tuple[int, int]:
    return reach[0], reach[1] + 1


def _without(bus: Bus, tag_id: str) -> Bus:
    if not tag_id or all(arc.target_span_id != tag_id for arc in bus.arcs):
        return bus
    return Bus(bus.source_id, tuple(arc for arc in bus.arcs if arc.target_span_id != tag_id), bus.lane)
