# SPDX-License-Identifier: MIT
"""What of an article is marked as boilerplate: found by position, and drawn paler, on a hatched ground, with a strip.

The letters are drawn by Qt as ever; where they are boilerplate, through a clip and in a paler ink. What is tagged,
selected or found there keeps the full ink. Knows neither widgets nor documents.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from annotator.model.article import Boilerplate
from annotator.ui.article.page import Piece, PlacedLine
from annotator.ui.article.painter import line_span
from annotator.ui.theme import SHAPE_CONTRAST, TEXT_CONTRAST, Theme, contrast, mix

_GROUND_SHARE, _HATCH_SHARE = 0.05, 0.16
#: Paler than the text by so much, where that can still be read.
_PALE = 0.5
_STEPS = 20
_HATCH = 7
_STRIP, _BESIDE = 3.0, 12.0


class BoilerplateMarks:
    """The marks of the article shown: in order, none over another."""

    def __init__(self, marks: Sequence[Boilerplate] = ()) -> None:
        self.all = tuple(marks)
        self._ends = [end for _, end, _ in self.all]

    def within(self, start: int, end: int) -> Iterator[Boilerplate]:
        """Yield the marks that touch `[start, end)`: as many looks as there are of them, and a few more."""
        for number in range(bisect_left(self._ends, start + 1), len(self.all)):
            mark = self.all[number]
            if mark[0] >= end:
                return
            yield mark

    def at(self, position: int) -> Boilerplate | None:
        """Return the mark over a code point, or None."""
        return next(self.within(position, position + 1), None)

    def at_caret(self, position: int) -> Boilerplate | None:
        """Return the mark that a caret stands in, at its beginning or its end, or None."""
        return self.at(position) or (self.at(position - 1) if position else None)

    def changed(self, other: "BoilerplateMarks") -> list[tuple[int, int]]:
        """Return the stretches that are marked in one of two ways of marking only."""
        return [(start, end) for start, end, _ in set(self.all) ^ set(other.all)]


@lru_cache(maxsize=4)
def pale_ink(theme: Theme) -> QColor:
    """Return the ink of letters that are boilerplate: as pale as can still be read on their ground."""
    ground = mix(theme.page, theme.muted, _HATCH_SHARE)  # where a line of the hatching is, it is at its worst
    for step in range(_STEPS):
        ink = mix(theme.text, theme.page, _PALE * (1 - step / _STEPS))
        if contrast(ink, ground) >= TEXT_CONTRAST:
            return ink
    return QColor(theme.text)


@lru_cache(maxsize=4)
def strip_ink(theme: Theme) -> QColor:
    """Return the ink of the strip beside lines with boilerplate: a shape that carries meaning."""
    for step in range(_STEPS):
        ink = mix(theme.muted, theme.page, 0.35 * (1 - step / _STEPS))
        if contrast(ink, theme.page) >= SHAPE_CONTRAST:
            return ink
    return QColor(theme.muted)


def paint_ground(painter: QPainter, line: PlacedLine, pieces: Iterable[Piece], theme: Theme) -> None:
    """Hatch what is boilerplate on a line, behind all else, and draw the strip at the beginning of the line."""
    bands = [band(line, piece) for piece in pieces]
    if not bands:
        return
    painter.save()
    painter.setBrushOrigin(QPointF(0, 0))  # of the document: the hatching stays with the text when it is scrolled
    brush = _hatching(theme)
    for rect in bands:
        painter.fillRect(rect, brush)
    painter.restore()
    left, right = line_span(line)
    x = right + _BESIDE - _STRIP if line.shape.rtl else left - _BESIDE
    strip = QRectF(x, line.top + 1, _STRIP, line.bottom - line.top - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(strip_ink(theme))
    painter.drawRoundedRect(strip, _STRIP / 2, _STRIP / 2)


def band(line: PlacedLine, piece: Piece) -> QRectF:
    """Return the room of a piece's letters on a line."""
    return QRectF(piece[0], line.top + 1, piece[1] - piece[0], line.bottom - line.top - 1)


def left_of(pieces: Iterable[Piece], taken: Iterable[Piece]) -> list[Piece]:
    """Return what is left of pieces of a line without others."""
    left = list(pieces)
    for first, last in taken:
        parts = [part for a, b in left for part in ((a, min(b, first)), (max(a, last), b))]
        left = [(a, b) for a, b in parts if a < b]
    return left


@lru_cache(maxsize=4)
def _hatching(theme: Theme) -> QBrush:
    tile = QPixmap(_HATCH, _HATCH)
    tile.fill(mix(theme.page, theme.muted, _GROUND_SHARE))
    with QPainter(tile) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mix(theme.page, theme.muted, _HATCH_SHARE), 1.0))
        for shift in (-_HATCH, 0, _HATCH):
            painter.drawLine(QPointF(shift, _HATCH), QPointF(shift + _HATCH, 0))
    return QBrush(tile)
