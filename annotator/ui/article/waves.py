# SPDX-License-Identifier: MIT
"""Wavy underlines, as long as is wanted: one piece of the wave is drawn and then laid side by side.

Stroking the curve anew takes a millisecond for a line of text, a hundred times as long as any other underline.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QPixmapCache

#: Waves in a piece: its width is a whole number of pixels on any screen whose scale is a whole number of eighths.
_WAVES = 8


def paint_wave(painter: QPainter, left: float, right: float, y: float, pen: QPen) -> None:
    """Paint a wave around `y` with a pen."""
    ratio = painter.device().devicePixelRatioF()
    piece = _piece(pen, ratio)
    height = piece.height() / ratio
    # On whole pixels, or a piece would be blurred.
    top = round((y - height / 2) * ratio) / ratio
    painter.drawTiledPixmap(QRectF(left, top, right - left, height), piece)


def _piece(pen: QPen, ratio: float) -> QPixmap:
    key = f"tawsim-wave/{pen.color().name()}/{pen.widthF():.2f}/{ratio:.3f}"
    piece = QPixmap()
    if not QPixmapCache.find(key, piece):
        piece = _drawn(pen, ratio)
        QPixmapCache.insert(key, piece)
    return piece


def _drawn(pen: QPen, ratio: float) -> QPixmap:
    half, swing = max(2, round(pen.widthF() * 2.1)), pen.widthF() * 1.2
    width, height = half * 2 * _WAVES, 2 * ceil(swing + pen.widthF())
    piece = QPixmap(round(width * ratio), round(height * ratio))
    piece.setDevicePixelRatio(ratio)
    piece.fill(Qt.GlobalColor.transparent)
    with QPainter(piece) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        # It comes in and goes out of the piece in full swing, so that no seam is seen.
        painter.drawPath(_wave(-2 * half, width + 2 * half, height / 2, half, swing))
    return piece


def _wave(left: int, right: int, y: float, half: int, swing: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    for number, x in enumerate(range(left, right, half)):
        side = -1 if number % 2 == 0 else 1
        # A quadratic curve goes half as far as its control point.
        path.quadTo(QPointF(x + half / 2, y + side * swing * 2), QPointF(x + half, y))
    return path
