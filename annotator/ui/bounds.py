# SPDX-License-Identifier: MIT
"""Moving an edge of a tag by a word or a character. Plain text in, positions out; knows no widget."""

from enum import StrEnum

from annotator.text.offsets import grapheme_boundaries
from annotator.text.words import tokens


class Edge(StrEnum):
    """Which edge of a tag is moved."""

    START = "start"
    END = "end"


_NEAR = 400


def moved(text: str, start: int, end: int, edge: Edge, *, forward: bool, by_word: bool = True) -> tuple[int, int]:
    """Return `[start, end)` with one edge moved to the next place; unchanged where it cannot move on.

    Args:
        text: the article's text.
        start: first code point of the tag.
        end: the code point after its last.
        edge: which edge.
        forward: later in the text, rather than earlier.
        by_word: to the next edge of a word or punctuation mark, rather than over one character.
    """
    here = start if edge is Edge.START else end
    # Words are looked for around the edge only: an article may be a million characters long.
    low, high = max(0, here - _NEAR), min(len(text), here + _NEAR)
    places = _places(text[low:high], edge, by_word=by_word)
    found = [low + place for place in places if (low + place > here if forward else low + place < here)]
    if not found:
        return start, end
    there = found[0] if forward else found[-1]
    bounds = (there, end) if edge is Edge.START else (start, there)
    return bounds if bounds[0] < bounds[1] else (start, end)


def _places(text: str, edge: Edge, *, by_word: bool) -> list[int]:
    if not by_word:
        return grapheme_boundaries(text)
    return [token[0] if edge is Edge.START else token[1] for token in tokens(text)]
