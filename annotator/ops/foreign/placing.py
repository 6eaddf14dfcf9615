# SPDX-License-Identifier: MIT
"""Where the tags of a foreign document lie in the text of the article that it is.

Pure functions on texts; positions are code points.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from annotator.model import exchange
from annotator.model.span import Piece
from annotator.text.anchoring import CONTEXT, Fit, anchor
from annotator.text.blanks import BLANKS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag lies."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    fit: Fit


class Placer:
    """Finds the places of one document's tags in one text."""

    def __init__(self, document: exchange.Document, text: str) -> None:
        self._text, self._given = text, document.text
        # A paragraph or sentence that was exported on its own lies whole in its article, mostly once.
        first = text.find(document.text) if document.text else -1
        self._shift = first if first >= 0 and text.find(document.text, first + 1) < 0 else None

    def place(self, tag: exchange.Tag) -> Place | None:
        """Return where a tag lies, or None where that cannot be told."""
        quote = self._quote(tag)
        if not quote:
            return None
        start = tag.start if self._shift is None else tag.start + self._shift
        prefix, suffix = self._surroundings(tag)
        found = anchor(self._text, quote, start, prefix, suffix)
        if found is None:
            return None
        moved = found.start - tag.start
        same = found.end - found.start == tag.end - tag.start
        pieces = tuple((first + moved, last + moved) for first, last in tag.pieces) if same else ()
        if tag.pieces and not pieces:
            return None
        fit = Fit.EXACT if found.fit is Fit.MOVED and moved == self._shift else found.fit
        return Place(found.start, found.end, pieces, fit)

    def _quote(self, tag: exchange.Tag) -> str:
        inside = 0 <= tag.start < tag.end <= len(self._given)
        return tag.quote or (self._given[tag.start : tag.end] if inside else "")

    def _surroundings(self, tag: exchange.Tag) -> tuple[str, str]:
        if tag.prefix or tag.suffix or not self._given:
            return tag.prefix, tag.suffix
        return self._given[max(0, tag.start - CONTEXT) : tag.start], self._given[tag.end : tag.end + CONTEXT]


def is_blank(quote: str) -> bool:
    """Return whether a quote shows nothing, so that nobody could see a tag on it."""
    return not quote.strip(BLANKS)


def with_plain_lines(document: exchange.Document) -> exchange.Document:
    """Return a document whose lines end in LF, as the texts of articles do, with its tags where they were."""
    if "\r" not in document.text:
        return document
    gone = [index for index in range(len(document.text)) if document.text.startswith("\r\n", index)]

    def moved(position: int) -> int:
        return position - bisect_right(gone, position - 1)

    def tag(one: exchange.Tag) -> exchange.Tag:
        return replace(
            one,
            start=moved(one.start),
            end=moved(one.end),
            pieces=tuple((moved(start), moved(end)) for start, end in one.pieces),
            quote=None if one.quote is None else _plain(one.quote),
        )

    return replace(document, text=_plain(document.text), tags=tuple(map(tag, document.tags)))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
