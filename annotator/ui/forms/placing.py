# SPDX-License-Identifier: MIT
"""Where a panel goes beside a tag: below or above it, inside the view, and never over what is given of it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize

#: Room around the panel, in pixels.
EDGE = 6
_BELOW, _ABOVE = 4.0, 10.0


def rooms(rects: Sequence[QRectF], port: QSize) -> tuple[int, int]:
    """Return how high a panel can be above and below what lies in these rectangles, in pixels."""
    if not rects:
        return port.height() - 2 * EDGE, port.height() - 2 * EDGE
    above = min(rect.top() for rect in rects) - _ABOVE - EDGE
    below = port.height() - max(rect.bottom() for rect in rects) - _BELOW - EDGE
    return max(0, round(above)), max(0, round(below))


def placed(rects: Sequence[QRectF], size: QSize, port: QSize, *, below: bool, rtl: bool) -> QRect:
    """Return where a panel of a size goes; what does not fit on its side is cut off its height.

    Args:
        rects: where the tag is seen, in the view; none where it is out of sight.
        size: how large the panel wants to be.
        port: how large the view is.
        below: whether it goes below the tag, rather than above.
        rtl: whether it begins at the right end of the tag's line.
    """
    room = rooms(rects, port)[1 if below else 0]
    width, height = min(size.width(), port.width() - 2 * EDGE), min(size.height(), max(room, 1))
    if not rects:
        return QRect(EDGE, EDGE, width, height)
    first, last = rects[0], rects[-1]
    beside = last if below else first
    x = beside.right() - width if rtl else beside.left()
    x = max(EDGE, min(x, port.width() - width - EDGE))
    top = max(rect.bottom() for rect in rects) + _BELOW if below else min(r.top() for r in rects) - _ABOVE - height
    return QRect(round(x), round(top), width, height)
