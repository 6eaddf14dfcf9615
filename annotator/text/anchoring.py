# SPDX-License-Identifier: MIT
"""Finding a quoted passage again in a text that is not quite the one it was quoted from.

The quote itself is searched, then its folded form (marks, tatweel and spelling variants aside); of several places the
one whose surroundings are most like those of the quote is taken, if only one is. The rule is that of the text quote
selector of the W3C Web Annotation Data Model (section 4.2.4): the quote finds, prefix and suffix decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.text.folding import Level, fold

#: How much of the surroundings is compared, in code points.
CONTEXT = 32
_MOST_PLACES = 1000


class Fit(StrEnum):
    """How a quote was found."""

    EXACT = "exact"
    MOVED = "moved"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a quote is in a text: code points, half-open."""

    start: int
    end: int
    fit: Fit


def anchor(text: str, quote: str, start: int, prefix: str = "", suffix: str = "") -> Anchored | None:
    """Find a quote in a text.

    Args:
        text: where to look.
        quote: what was tagged; not empty.
        start: where it is said to begin; a place there needs nothing else.
        prefix: the text that stood before it, as far as it is known.
        suffix: the text that stood after it, likewise.

    Returns:
        None where it is not in the text, or in several places of which none is more likely than all others.
    """
    if start >= 0 and text.startswith(quote, start):
        return Anchored(start, start + len(quote), Fit.EXACT)
    places = _places(text, quote)
    found = _likeliest(text, places, prefix, suffix, start)
    if found:
        return Anchored(*found, Fit.MOVED)
    if places:
        return None
    close = _likeliest(text, fold(text, Level.SEARCH).find_all(quote)[:_MOST_PLACES], prefix, suffix, start)
    return Anchored(*close, Fit.CLOSE) if close else None


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where a string occurs, those places too that overlap."""
    places: list[tuple[int, int]] = []
    start = text.find(quote)
    while start >= 0 and len(places) < _MOST_PLACES:
        places.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places


def _likeliest(
    text: str, places: Sequence[tuple[int, int]], prefix: str, suffix: str, start: int
) -> tuple[int, int] | None:
    if len(places) < 2:
        return places[0] if places else None
    scored = sorted(((_likeness(text, place, prefix, suffix), place) for place in places), reverse=True)
    best = [place for score, place in scored if score == scored[0][0]]
    if len(best) == 1:
        return best[0]
    if not scored[0][0]:
        return None
    nearest = sorted(best, key=lambda place: abs(place[0] - start))
    return nearest[0] if abs(nearest[0][0] - start) < abs(nearest[1][0] - start) else None


def _likeness(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """Return how many characters of the surroundings are the same, going outwards from the place."""
    before = text[max(0, place[0] - len(prefix)) : place[0]]
    after = text[place[1] : place[1] + len(suffix)]
    return _shared(reversed(before), reversed(prefix)) + _shared(iter(after), iter(suffix))


def _shared(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
