# SPDX-License-Identifier: MIT
"""Where the labels' names go in the row under a line: beside each other, cut short or left out where there is no room.

Pure arithmetic. Distances are counted from the line's leading edge in reading direction, so that one rule serves both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_GAP = 5.0
#: A name cut shorter than this says nothing; colour and underline tell the label without it.
_SHORTEST = 36.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants to stand at `anchor`, is `width` wide, and belongs to a tag that ends at `extent`."""

    anchor: float
    extent: float
    width: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label goes: the index of its wish, its start and the width it may take.

    `more` is above zero where the place stands for that many labels which found no room.
    """

    index: int
    start: float
    width: float
    more: int = 0


def place_chips(wishes: Sequence[Wish], line_end: float, width_of_more: Callable[[int], float]) -> list[Place]:
    """Place labels in one row.

    Args:
        wishes: sorted by anchor.
        line_end: where the row ends.
        width_of_more: the width of the mark for so many labels left out.
    """
    places: list[Place] = []
    free_from = 0.0
    for group in _groups(wishes):
        anchors = [wishes[index].anchor for index in range(group.stop, len(wishes))]
        limit = min([anchor for anchor in anchors if anchor > wishes[group.start].anchor] + [line_end + _GAP]) - _GAP
        placed = _place_group(wishes, group, (free_from, limit), width_of_more)
        places += placed
        free_from = max([free_from, *(place.start + place.width + _GAP for place in placed)])
    return places


def _groups(wishes: Sequence[Wish]) -> list[range]:
    """Part the wishes into those that share an anchor."""
    starts = [i for i, wish in enumerate(wishes) if i == 0 or wish.anchor - wishes[i - 1].anchor > 1.0]
    return [range(start, end) for start, end in pairwise([*starts, len(wishes)])]


def _place_group(
    wishes: Sequence[Wish], group: range, room: tuple[float, float], width_of_more: Callable[[int], float]
) -> list[Place]:
    free_from, limit = room
    places: list[Place] = []
    for index in group:
        left = group.stop - index
        start = max(wishes[index].anchor, free_from)
        kept = width_of_more(left - 1) + _GAP if left > 1 else 0.0
        width = min(wishes[index].width, limit - kept - start)
        inside = index == group.start or start < wishes[index].extent
        if width < min(_SHORTEST, wishes[index].width) or not inside:
            return places + (_more(index, left, start, limit, width_of_more) if len(group) > 1 else [])
        places.append(Place(index, start, width))
        free_from = start + width + _GAP
    return places


def _more(index: int, left: int, start: float, limit: float, width_of_more: Callable[[int], float]) -> list[Place]:
    width = width_of_more(left)
    return [Place(index, start, width, more=left)] if start + width <= limit else []
