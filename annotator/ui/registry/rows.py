# SPDX-License-Identifier: MIT
"""How rows of the registry's lists are drawn: names, mentions in their context, groups of names."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator import i18n
from annotator.store.registry import Mention
from annotator.ui.panels.delegates import RowDelegate, draw_text
from annotator.ui.qt_text import QtText
from annotator.ui.registry.list_model import Entry, Role
from annotator.ui.theme import Theme, mix
from annotator.ui.widgets import content_direction

Index = QModelIndex | QPersistentModelIndex
_SIDE, _TOP, _GAP = 12, 6, 6
_BEFORE = 40
_SMALL = 0.88


class EntryDelegate(RowDelegate):
    """An actor or event: its name, the number of its mentions; below, small, what else is known of it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() * 2.15) + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        entry: Entry | None = index.data(Role.ENTRY)
        if entry is None:  # the project was closed a moment ago
            return
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        height = QFontMetricsF(option.font).height()
        name = QRectF(inner.left(), inner.top(), inner.width(), height * 1.15)
        muted = QColor(self.theme.muted)
        room = paint_number(painter, name, str(entry.count), option, muted)
        draw_leading(painter, room, entry.name, option.font, QColor(self.theme.text))
        line = QRectF(inner.left(), inner.bottom() - height * 0.95, inner.width(), height)
        draw_leading(painter, line, entry.line, small(option.font), muted)
        painter.restore()


class MentionDelegate(RowDelegate):
    """A mention: two lines of its article with the quote set off, and where that is."""

    def __init__(self, theme: Theme, role: int) -> None:
        super().__init__(theme)
        self._role = role

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() * 3.25) + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        mention: Mention | None = index.data(self._role)
        painter.save()
        self.paint_ground(painter, option)
        if mention is not None:
            inner = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
            height = QFontMetricsF(option.font).height()
            context = QRectF(inner.left(), inner.top(), inner.width(), height * 2.2)
            draw_quoted(painter, context, mention, option.font, self.theme, lines=2)
            where = QRectF(inner.left(), inner.bottom() - height * 0.95, inner.width(), height)
            draw_text(painter, where, place_of(mention), small(option.font), QColor(self.theme.muted))
        painter.restore()


def place_of(mention: Mention) -> str:
    """Return where a mention stands: title and file."""
    file = file_name(mention.source)
    return " · ".join(part for part in (mention.article_title, i18n.isolate(file) if file else "") if part)


def file_name(source: str) -> str:
    """Return the last part of where an article comes from."""
    return source.replace("\\", "/").rpartition("/")[2]


def draw_leading(painter: QPainter, rect: QRectF, text: str, font: QFont, color: QColor) -> None:
    """Draw a name in its own direction, but where lines of the interface begin; names in one column stay one."""
    shown = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    option = QTextOption()
    option.setTextDirection(content_direction(text))
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    side = Qt.AlignmentFlag.AlignRight if i18n.is_rtl() else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, shown, option)


def small(font: QFont) -> QFont:
    """Return the font of what is beside the point."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * _SMALL)
    return result


def paint_number(painter: QPainter, rect: QRectF, text: str, option: QStyleOptionViewItem, ink: QColor) -> QRectF:
    """Write a number at the end of a line, and return the room that is left of it."""
    font = small(option.font)
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(ink)
    end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, QStyle.visualAlignment(option.direction, end), text)
    is_rtl = option.direction is Qt.LayoutDirection.RightToLeft
    return rect.adjusted(width + _GAP, 0, 0, 0) if is_rtl else rect.adjusted(0, 0, -width - _GAP, 0)


def draw_quoted(painter: QPainter, rect: QRectF, mention: Mention, font: QFont, theme: Theme, *, lines: int) -> None:
    """Draw a quote in its context, set off from it, by the context's own direction."""
    room = rect.width() * lines / max(1.0, QFontMetricsF(font).averageCharWidth())
    before = shortened_before(mention.before, min(_BEFORE, round(room / 3)))
    text = QtText(" ".join(f"{before}{mention.quote}{mention.after}".splitlines()))
    start = text.to_utf16(min(len(before), len(text.text)))
    end = text.to_utf16(min(len(before) + len(mention.quote), len(text.text)))
    option = QTextOption()
    option.setTextDirection(content_direction(text.text))
    is_rtl = option.textDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text.shown, font)
    layout.setTextOption(option)
    layout.setFormats([_format(0, text.length_utf16, theme.muted), _set_off(start, end - start, theme)])
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, number * QFontMetricsF(font).height()))
    layout.endLayout()
    painter.setPen(QColor(theme.text))
    layout.draw(painter, rect.topLeft())


def shortened_before(before: str, most: int) -> str:
    """Return the last words before a quote, so that the quote is not pushed out of sight: `most` code points."""
    line = before.rpartition("\n")[2]  # what stands in another paragraph says little
    if len(line) <= most:
        return line
    return "…" + (line[-most:] if most > 0 else "").partition(" ")[2]


def quote_format(theme: Theme) -> QTextCharFormat:
    """Return how a quote stands out of its context."""
    result = QTextCharFormat()
    result.setForeground(QColor(theme.text))
    result.setBackground(mix(theme.page, theme.accent, 0.22))
    return result


def _format(start_utf16: int, length_utf16: int, ink: str) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length = start_utf16, length_utf16
    plain = QTextCharFormat()
    plain.setForeground(mix(ink, ink, 0))
    result.format = plain
    return result


def _set_off(start_utf16: int, length_utf16: int, theme: Theme) -> QTextLayout.FormatRange:
    result = _format(start_utf16, length_utf16, theme.text)
    result.format = quote_format(theme)
    return result
