# SPDX-License-Identifier: MIT
"""How groups of names, and the forms of a group, are drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton, QStyleOptionViewItem

from annotator.ui.panels.delegates import RowDelegate, after
from annotator.ui.registry.candidate_model import CandidateRole
from annotator.ui.registry.rows import draw_leading, draw_quoted, paint_number, small
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SIDE, _TOP = 12, 6
_BOX = 16
#: So far from its leading edge a row is its tick box.
TICK_WIDTH = _SIDE + _BOX + 6


class GroupDelegate(RowDelegate):
    """A group: its name, its mentions; below, how many spellings."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(110, round(QFontMetricsF(option.font).height() * 2.15) + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        group = index.data(CandidateRole.GROUP)
        if group is None:  # the project was closed a moment ago
            return
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        height = QFontMetricsF(option.font).height()
        muted = QColor(self.theme.muted)
        name = QRectF(inner.left(), inner.top(), inner.width(), height * 1.15)
        room = paint_number(painter, name, str(group.mentions), option, muted)
        draw_leading(painter, room, index.data(), option.font, QColor(self.theme.text))
        line = QRectF(inner.left(), inner.bottom() - height * 0.95, inner.width(), height)
        draw_leading(painter, line, index.data(CandidateRole.LINE), small(option.font), muted)
        painter.restore()


class FormDelegate(RowDelegate):
    """A form: its tick, how many have it and why it may be the same; below, the first of them in its context."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(140, round(QFontMetricsF(option.font).height() * 3.3) + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        candidate = index.data(CandidateRole.CANDIDATE)
        mention = index.data(CandidateRole.MENTION)
        if candidate is None:
            return
        painter.save()
        self.paint_ground(painter, option)
        self._paint_tick(painter, option, index)
        inner = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        inner = after(inner, TICK_WIDTH - _SIDE, option.direction)
        height = QFontMetricsF(option.font).height()
        muted = QColor(self.theme.muted)
        head = QRectF(inner.left(), inner.top(), inner.width(), height * 1.15)
        room = paint_number(painter, head, str(candidate.form.count), option, muted)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        draw_leading(painter, room, candidate.form.quote, strong, QColor(self.theme.text))
        why = QRectF(inner.left(), inner.top() + height * 1.1, inner.width(), height)
        draw_leading(painter, why, index.data(CandidateRole.LINE), small(option.font), muted)
        if mention is not None:
            context = QRectF(inner.left(), inner.top() + height * 2.2, inner.width(), height * 1.1)
            draw_quoted(painter, context, mention, option.font, self.theme, lines=1)
        painter.restore()

    def _paint_tick(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QStyleOptionButton()
        place = QRect(option.rect.left() + _SIDE, option.rect.top() + _TOP, _BOX, _BOX)
        box.rect = QStyle.visualRect(option.direction, option.rect, place)
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        state = QStyle.StateFlag.State_On if is_on else QStyle.StateFlag.State_Off
        box.state = QStyle.StateFlag.State_Enabled | state
        palette = QPalette(option.palette)
        # Fusion takes the outline from this, and makes it of the ground's colour; see `fields.base.outline_boxes`.
        palette.setColor(QPalette.ColorRole.Window, QColor(self.theme.muted).lighter(127))
        box.palette = palette
        QApplication.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter)
