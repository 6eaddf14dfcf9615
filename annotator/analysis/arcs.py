# SPDX-License-Identifier: MIT
"""Arithmetic for arcs over a text: which of many reach into a piece of it, and where a row of names goes.

It knows nothing of tags, relations or pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: First and last position of something, both of them its own.
Reach = tuple[int, int]


class ReachIndex:
    """Reaches in a text, found by a piece of it at a cost that follows what is found.

    They are kept by the power of two of their length: among those of like length, what touches a piece starts shortly
    before it or within it.
    """

    def __init__(self, reaches: Sequence[Reach]) -> None:
        self._by_size: dict[int, list[tuple[int, int, int]]] = {}
        for index, (first, last) in enumerate(reaches):
            self._by_size.setdefault((last - first).bit_length(), []).append((first, last, index))
        for kept in self._by_size.values():
            kept.sort()

    def touching(self, first: int, last: int) -> Iterator[int]:
        """Yield the indices of the reaches that touch `first` to `last`, both included."""
        for size, kept in self._by_size.items():
            low = bisect_left(kept, (first - (1 << size), 0, 0))
            high = bisect_right(kept, last, key=_first)
            yield from (index for _, end, index in kept[low:high] if end >= first)


def _first(kept: tuple[int, int, int]) -> int:
    return kept[0]


@dataclass(frozen=True, slots=True)
class Slot:
    """Room for a name in a row: from `left`, `width` wide."""

    left: float
    width: float


def spread(wishes: Iterable[Slot], low: float, high: float, gap: float) -> list[Slot]:
    """Move what overlaps apart, within `low` to `high`, and as little as goes from left to right.

    Where the row is too short for all, each is made narrower by the same share. They come out in the order in which
    they came, which must be that of where they stand.
    """
    slots = list(wishes)
    if not slots:
        return []
    taken, room = sum(slot.width for slot in slots), max(high - low - gap * (len(slots) - 1), 0.0)
    share = min(1.0, room / taken) if taken else 1.0
    widths = [slot.width * share for slot in slots]
    lefts = _pushed(
        [slot.left + (slot.width - width) / 2 for slot, width in zip(slots, widths, strict=True)], widths, low, gap
    )
    # What was pushed over the end goes back, and takes along what stands before it.
    limit = high
    for index in range(len(slots) - 1, -1, -1):
        lefts[index] = max(low, min(lefts[index], limit - widths[index]))
        limit = lefts[index] - gap
    return [Slot(left, width) for left, width in zip(lefts, widths, strict=True)]


def _pushed(lefts: Sequence[float], widths: Sequence[float], low: float, gap: float) -> list[float]:
    pushed: list[float] = []
    free_from = low
    for left, width in zip(lefts, widths, strict=True):
        pushed.append(max(left, free_from))
        free_from = pushed[-1] + width + gap
    return pushed
