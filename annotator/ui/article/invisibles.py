# SPDX-License-Identifier: MIT
"""Marks for characters that cannot be seen: painted over the text on request, never put into it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.ui.article.geometry import edge
from annotator.ui.article.page import PlacedLine
from annotator.ui.theme import Theme, mix

#: The names by which the Unicode standard calls them for short.
NAMES = {
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\t": "TAB",
    "\u2028": "LS",
}


def paint_invisibles(painter: QPainter, line: PlacedLine, font: QFont, theme: Theme) -> None:
    """Paint a mark for each invisible character of a line."""
    hidden = [index for index, unit in enumerate(line.shape.units) if unit in NAMES]
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    taken: list[QRectF] = []
    for index in hidden:
        start_utf16 = line.shape.start_utf16 + index
        name = NAMES[line.shape.units[index]]
        box, foot = _place(line, start_utf16, metrics.horizontalAdvance(name) + 4, metrics.height())
        _step_aside(box, taken)
        taken.append(box)
        _paint(painter, name, box, foot, theme)


def _place(line: PlacedLine, start_utf16: int, width: float, height: float) -> tuple[QRectF, QPointF]:
    """Return the box for the name, over the letters' tops, and the foot of the stem that shows its place."""
    pieces = line.pieces(start_utf16, start_utf16 + 1)
    x = sum(pieces[0]) / 2 if pieces else edge(line.line, line.shape, start_utf16) + line.origin.x()
    box = QRectF(x - width / 2, line.top - height * 0.35, width, height)
    return box, QPointF(x, line.baseline + line.shape.descent * 0.4)


def _step_aside(box: QRectF, taken: list[QRectF]) -> None:
    """Move a name beside those that are there; its stem goes on to show the place."""
    hit = next((other for other in taken if box.intersects(other)), None)
    leftwards = hit is not None and box.center().x() < hit.center().x()
    while hit is not None:
        box.moveLeft(hit.left() - box.width() - 1 if leftwards else hit.right() + 1)
        hit = next((other for other in taken if box.intersects(other)), None)


def _paint(painter: QPainter, name: str, box: QRectF, foot: QPointF, theme: Theme) -> None:
    color = QColor(theme.accent)
    painter.setPen(QPen(mix(theme.page, color, 0.6), 1.0, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(box.center().x(), box.bottom()), foot)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mix(theme.page, color, 0.14))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
