# SPDX-License-Identifier: MIT
"""The laid-out article: which blocks and lines can be seen, and where a piece of the text lies in the document.

Coordinates are the document's; the view shifts them by its scroll bars. Knows neither tags nor colours.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from annotator.ui.article.geometry import (
    LineShape,
    boundary_at,
    first_line,
    fragments,
    line_shape,
    visible_lines,
    widen,
)
from annotator.ui.qt_text import QtText

Piece = tuple[float, float]
_STRIDE = 64
#: So many lines are kept: far more than can be seen at once, far fewer than a long document has.
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a block with its place in the document. Short-lived: a new layout makes `line` invalid."""

    block: QTextBlock
    line: QTextLine
    shape: LineShape
    origin: QPointF

    def pieces(self, start_utf16: int, end_utf16: int) -> list[Piece]:
        """Return what `[start, end)` of the block covers on this line, as (left, right) in the document."""
        found = fragments(self.line, self.shape, start_utf16, end_utf16)
        return [(left + self.origin.x(), right + self.origin.x()) for left, right in found]

    @property
    def top(self) -> float:
        """The upper edge of the line's letters."""
        return self.origin.y() + self.shape.top

    @property
    def bottom(self) -> float:
        """The lower edge of the line's letters; what lies below is room for tags."""
        return self.origin.y() + self.shape.bottom

    @property
    def baseline(self) -> float:
        """Where the letters stand."""
        return self.origin.y() + self.shape.baseline


class Page:
    """Answers where things are, for one document and its text; keeps the shapes of lines until a new layout."""

    def __init__(self, document: QTextDocument, text: QtText) -> None:
        self.document = document
        self.text = text
        self._last_found = 0
        self._shapes: dict[tuple[int, int], tuple[tuple[float, float, int], LineShape]] = {}

    def forget(self) -> None:
        """Drop the kept shapes: fonts or widths have changed."""
        self._shapes.clear()

    def block(self, position: int) -> QTextBlock:
        """Return the block of a code point."""
        return self.document.findBlockByNumber(self.text.paragraph_number(position))

    def blocks(self, clip: QRectF) -> Iterator[QTextBlock]:
        """Yield the blocks that touch a rectangle."""
        layout = self.document.documentLayout()
        block = self._block_at(clip.top())
        while block.isValid() and layout.blockBoundingRect(block).top() <= clip.bottom():
            yield block
            block = block.next()

    def _block_at(self, y: float) -> QTextBlock:
        """Return the block at a height, searching from where the last search ended.

        The layout's own `hitTest` names a wrong block now and then while Qt is still laying out a long document.
        """
        count = self.document.blockCount()
        low = min(self._last_found, count - 1)
        while low > 0 and self._top(low) > y:
            low = max(0, low - _STRIDE)
        # In strides that grow: to ask where a block far below stands has Qt lay out all that is above it.
        stride = 1
        while low + stride < count and self._top(low + stride) <= y:
            low, stride = low + stride, min(stride * 2, _STRIDE)
        below = bisect_right(range(low + 1, min(low + stride, count)), y, key=self._top)
        self._last_found = low + below
        return self.document.findBlockByNumber(self._last_found)

    def _top(self, number: int) -> float:
        block = self.document.findBlockByNumber(number)
        return self.document.documentLayout().blockBoundingRect(block).top()

    def lines(self, block: QTextBlock, clip: QRectF | None = None) -> Iterator[PlacedLine]:
        """Yield the lines of a block that touch a rectangle, or all."""
        layout = block.layout()
        origin = self.document.documentLayout().blockBoundingRect(block).topLeft()
        numbers = range(layout.lineCount())
        if clip is not None:
            below = block.blockFormat().lineHeight()
            numbers = visible_lines(layout, clip.top() - origin.y(), clip.bottom() - origin.y(), below)
        for number in numbers:
            yield self._placed(block, number, origin)

    def line_count(self, block: QTextBlock) -> int:
        """Return how many lines a block has; it is laid out if it is not yet."""
        self.document.documentLayout().blockBoundingRect(block)
        return block.layout().lineCount()

    def line(self, block: QTextBlock, number: int) -> PlacedLine:
        """Return a line of a block."""
        return self._placed(block, number, self.document.documentLayout().blockBoundingRect(block).topLeft())

    def line_number_of(self, block: QTextBlock, position_utf16: int) -> int:
        """Return the number of the last line of a block that begins at a position or before it, 0 without any."""
        self.line_count(block)
        return max(0, first_line(block.layout(), lambda line: line.textStart() > position_utf16) - 1)

    def lines_of(self, block: QTextBlock, start_utf16: int, end_utf16: int) -> Iterator[PlacedLine]:
        """Yield the lines that hold a piece of a block, or the one where a caret stands."""
        origin = self.document.documentLayout().blockBoundingRect(block).topLeft()
        if not block.layout().lineCount():
            return
        first = self.line_number_of(block, start_utf16)
        last = self.line_number_of(block, max(start_utf16, end_utf16 - 1))
        for number in range(first, last + 1):
            yield self._placed(block, number, origin)

    def position_at(self, spot: QPointF) -> int:
        """Return the code point before which the caret goes for a click at a place in the document."""
        block = self._block_at(spot.y())
        gap = block.blockFormat().bottomMargin()  # below the last line
        near = list(self.lines(block, QRectF(spot.x(), spot.y() - gap, 1, gap + 1)))
        above = [line for line in near if line.top <= spot.y()]
        line = above[-1] if above else near[0] if near else None
        if line is None:
            return self.text.from_utf16(block.position() if spot.y() < 0 else block.position() + block.length() - 1)
        x = spot.x() - line.origin.x()
        return self.text.from_utf16(block.position() + boundary_at(block.layout(), line.line, line.shape, x))

    def _placed(self, block: QTextBlock, number: int, origin: QPointF) -> PlacedLine:
        line = block.layout().lineAt(number)
        return PlacedLine(block, line, self._shape(block, number, line), origin)

    def in_block(self, block: QTextBlock, start: int, end: int) -> tuple[int, int]:
        """Return the part of a code-point range that lies in a block, in the block's own UTF-16 units."""
        offset_utf16 = block.position()
        start_utf16 = max(0, self.text.to_utf16(start) - offset_utf16)
        end_utf16 = min(block.length() - 1, self.text.to_utf16(end) - offset_utf16)
        if start_utf16 >= end_utf16:
            return start_utf16, start_utf16
        return widen(block.layout(), start_utf16, end_utf16)

    def span_rects(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles that a piece of the text covers, line by line, as high as the lines."""
        rects = []
        for number in self.text.paragraph_numbers(start, end):
            block = self.document.findBlockByNumber(number)
            start_utf16, end_utf16 = self.in_block(block, start, end)
            if start_utf16 < end_utf16:
                rects += self.span_rects_within(start, end, self.lines_of(block, start_utf16, end_utf16))
        return rects

    def span_rects_within(self, start: int, end: int, lines: Iterable[PlacedLine]) -> list[QRectF]:
        """Return the rectangles that a piece of the text covers on some lines, as high as these."""
        rects = []
        for line in lines:
            start_utf16, end_utf16 = self.in_block(line.block, start, end)
            if start_utf16 < end_utf16:
                rects += [
                    QRectF(left, line.top, right - left, line.bottom - line.top)
                    for left, right in line.pieces(start_utf16, end_utf16)
                ]
        return rects

    def _shape(self, block: QTextBlock, number: int, line: QTextLine) -> LineShape:
        key = (block.blockNumber(), number)
        sign = (line.naturalTextRect().left(), line.y(), line.textLength())
        kept = self._shapes.get(key)
        if kept is not None and kept[0] == sign:
            return kept[1]
        start_utf16 = block.position() + line.textStart()
        units = self.text.units(start_utf16, start_utf16 + line.textLength())
        shape = line_shape(line, units, rtl=block.textDirection() == Qt.LayoutDirection.RightToLeft)
        if len(self._shapes) >= _KEPT:
            self._shapes.clear()
        self._shapes[key] = (sign, shape)
        return shape
