# SPDX-License-Identifier: MIT
"""Putting tags on tokens, for the formats that label tokens: which tags fit, and where tokens are cut for them.

Pure functions on positions (code points); knows no format and no file. Tokens come from `annotator.text.words`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.exporters.base import Clitics
from annotator.exporters.losses import Reason
from annotator.model.span import Span

Range = tuple[int, int]
Lost = tuple[Reason, Span]


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag and the range that it takes in the file."""

    span: Span
    start: int
    end: int


def in_one_piece(spans: Iterable[Span]) -> tuple[list[Span], list[Lost]]:
    """Leave discontinuous tags out: as one piece they would tag what lies between theirs."""
    known = list(spans)
    return [span for span in known if not span.pieces], [(Reason.DISCONTINUOUS, s) for s in known if s.pieces]


def fit(spans: Iterable[Span], tokens: Sequence[Range], clitics: Clitics) -> tuple[list[Placed], list[Lost]]:
    """Find each tag's range: its own, unless an edge of it lies inside a token and `clitics` says otherwise."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    placed, lost = [], []
    for span in spans:
        start, end = _widened(span.start, span.end, starts, ends)
        if (start, end) == (span.start, span.end) or clitics is Clitics.SPLIT:
            placed.append(Placed(span, span.start, span.end))
        elif clitics is Clitics.EXPAND:
            placed.append(Placed(span, start, end))
            lost.append((Reason.EXPANDED, span))
        else:
            lost.append((Reason.INSIDE_TOKEN, span))
    return placed, lost


def trim(placed: Iterable[Placed], tokens: Sequence[Range]) -> tuple[list[Placed], list[Lost]]:
    """Draw each range in to the tokens that it touches; one that touches none is lost."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    kept, lost = [], []
    for one in placed:
        first, last = bisect_right(ends, one.start), bisect_left(starts, one.end) - 1
        if first > last:
            lost.append((Reason.BLANK_TOKEN, one.span))
            continue
        trimmed = Placed(one.span, max(one.start, starts[first]), min(one.end, ends[last]))
        if trimmed != one:
            lost.append((Reason.TRIMMED, one.span))
        kept.append(trimmed)
    return kept, lost


def longest_first(placed: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Choose ranges that do not overlap: the longest, then the earliest, then the oldest tag.

    Returns:
        Those chosen and the others, both in the order of the text.
    """
    chosen: list[Placed] = []
    others = []
    starts: list[int] = []
    for one in sorted(placed, key=lambda one: (one.start - one.end, one.start, one.span.id)):
        index = bisect_left(starts, one.end)
        if index and chosen[index - 1].end > one.start:
            others.append(one)
            continue
        chosen.insert(index, one)
        starts.insert(index, one.start)
    return chosen, sorted(others, key=lambda one: (one.start, one.end, one.span.id))


def earliest_first(placed: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Choose ranges that do not overlap: those that begin earlier, then the longer, then the oldest tag.

    Returns:
        Those chosen and the others, both in the order of the text.
    """
    chosen: list[Placed] = []
    others = []
    for one in sorted(placed, key=lambda one: (one.start, -one.end, one.span.id)):
        if chosen and chosen[-1].end > one.start:
            others.append(one)
        else:
            chosen.append(one)
    return chosen, others


def cut(tokens: Iterable[Range], edges: Iterable[int]) -> list[Range]:
    """Cut tokens wherever an edge lies inside one."""
    ordered = sorted(set(edges))
    pieces: list[Range] = []
    for start, end in tokens:
        inside = ordered[bisect_right(ordered, start) : bisect_left(ordered, end)]
        pieces += zip([start, *inside], [*inside, end], strict=True)
    return pieces


def edges(placed: Iterable[Placed]) -> set[int]:
    """Return every position at which a range begins or ends."""
    return {edge for one in placed for edge in (one.start, one.end)}


def _widened(start: int, end: int, starts: list[int], ends: list[int]) -> Range:
    first, last = bisect_right(starts, start) - 1, bisect_left(ends, end)
    inside_first = first >= 0 and start < ends[first]
    inside_last = last < len(starts) and starts[last] < end
    return (starts[first] if inside_first else start), (ends[last] if inside_last else end)
