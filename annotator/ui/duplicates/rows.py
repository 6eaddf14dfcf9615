# SPDX-License-Identifier: MIT
"""How a group of near duplicates, and an article of one, is drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.ui.duplicates.model import Role
from annotator.ui.panels.delegates import RowDelegate
from annotator.ui.registry.rows import draw_leading, paint_number, small

Index = QModelIndex | QPersistentModelIndex
_SIDE, _TOP = 12, 6


class DuplicateDelegate(RowDelegate):
    """A title with a number at its end; below, small, what else is known."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(110, round(QFontMetricsF(option.font).height() * 2.15) + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        title = index.data()
        if title is None:  # the project was closed a moment ago
            return
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        height = QFontMetricsF(option.font).height()
        muted = QColor(self.theme.muted)
        head = QRectF(inner.left(), inner.top(), inner.width(), height * 1.15)
        room = paint_number(painter, head, index.data(Role.NUMBER), option, muted)
        draw_leading(painter, room, title, option.font, QColor(self.theme.text))
        line = QRectF(inner.left(), inner.bottom() - height * 0.95, inner.width(), height)
        draw_leading(painter, line, index.data(Role.LINE), small(option.font), muted)
        painter.restore()
