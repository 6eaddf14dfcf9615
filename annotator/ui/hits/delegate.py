# SPDX-License-Identifier: MIT
"""How a line of the list of places is drawn: a tick box, the place amid its words, and where that is.

The words keep their own direction, and all places stand below each other. The line is shaped whole; the place gets a
ground in its label's colour, never letters of another font, which would break their joins.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.model.scheme import Scheme
from annotator.store.registry import Mention
from annotator.ui import icons
from annotator.ui.hits.model import HitModel, Index, Item, Role, TagLine
from annotator.ui.panels.delegates import RowDelegate, after, draw_text, leading
from annotator.ui.qt_text import QtText
from annotator.ui.registry.rows import place_of
from annotator.ui.theme import TagColors, Theme, tag_colors
from annotator.ui.widgets import SWATCH, content_direction, paint_swatch

_MARGIN = 10
_BOX = 26
_BOX_SIZE = 16
_PADDING = 6
_SIDE_SHARE, _LEAST_SIDE, _MOST_SIDE = 0.34, 96, 320
#: From this width on, the side has room for a remark and the title.
_ROOM_FOR_BOTH = 200
_WORD_START = re.compile(r"(?<!\S)(?=\S)")
_WARNING = "#d98a00"
_CUT = "…"


class HitDelegate(RowDelegate):
    """One line a place.

    Args:
        theme: its colours.
        scheme: the labels and their colours.
        color: returns the colour of a place.
        ticks: whether there are tick boxes.
        grouped: whether an article is named at its first place only.
    """

    def __init__(
        self,
        theme: Theme,
        scheme: Scheme,
        color: Callable[[Item], str],
        *,
        ticks: bool = True,
        grouped: bool = False,
    ) -> None:
        super().__init__(theme)
        self._scheme, self._color, self._grouped = scheme, color, grouped
        self.ticks = ticks
        self._indent = _BOX + _MARGIN if ticks else _MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() + 2 * _PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        item: Item | None = index.data(Role.ITEM)
        painter.save()
        if item is None:
            self._paint_heading(painter, option, str(index.data()))
        else:
            self.paint_ground(painter, option)
            if self._grouped and index.row() and _is_first(index, item):
                painter.fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), QColor(self.theme.muted))
            if self.ticks:
                self._paint_box(painter, option, index)
            self._paint_place(painter, option, index, item)
        painter.restore()

    def box_rect(self, row: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Return where the tick box of a row is, with some room around it to hit."""
        return leading(QRectF(row), _BOX + _MARGIN, direction).toRect()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        painter.fillRect(option.rect, QColor(self.theme.window))
        painter.setPen(QColor(self.theme.muted))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        inner = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.drawText(inner, QStyle.visualAlignment(option.direction, start), text)

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        theme = self.theme
        box = QRectF(0, 0, _BOX_SIZE, _BOX_SIZE)
        box.moveCenter(QRectF(self.box_rect(option.rect, option.direction)).center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if ticked else theme.muted), 1))
        painter.setBrush(QColor(theme.accent if ticked else theme.page))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            scale = painter.device().devicePixelRatioF()
            painter.drawPixmap(box.topLeft(), icons.pixmap("check", theme.on_accent, _BOX_SIZE, scale))

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, item: Item) -> None:
        inner = after(QRectF(option.rect), self._indent, option.direction)
        side_width = min(max(inner.width() * _SIDE_SHARE, _LEAST_SIDE), _MOST_SIDE)
        words = leading(inner, inner.width() - side_width, option.direction)
        side = after(inner, inner.width() - side_width + _MARGIN, option.direction)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        side.adjust(*((_MARGIN, 0, 0, 0) if rtl else (0, 0, -_MARGIN, 0)))
        mention: Mention | None = index.data(Role.CONTEXT)
        colors = tag_colors(self._color(item), self.theme)
        if mention is not None:
            before = mention.before.rpartition("\n")[2]
            behind = mention.after.partition("\n")[0]
            parts = (before, mention.quote, behind)
            paint_in_context(painter, words, parts, font=option.font, theme=self.theme, colors=colors)
            self._paint_side(painter, option, side, index, mention)

    def _paint_side(
        self, painter: QPainter, option: QStyleOptionViewItem, side: QRectF, index: Index, mention: Mention
    ) -> None:
        item: Item = index.data(Role.ITEM)
        model = index.model()
        remark = model.remark(item) if isinstance(model, HitModel) else ""
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        metrics = QFontMetricsF(small)
        side = side.adjusted(0, (side.height() - metrics.height()) / 2, 0, 0)
        if isinstance(item, TagLine):
            side = self._paint_swatch(painter, option, side, item)
        if remark:
            both = side.width() >= _ROOM_FOR_BOTH
            width = min(metrics.horizontalAdvance(remark) + 2, side.width() * (0.6 if both else 1))
            ink = QColor(self.theme.text) if isinstance(item, TagLine) else tag_colors(_WARNING, self.theme).ink
            place = leading(side, width, option.direction)
            draw_text(painter, place, remark, small, ink)
            if not both:
                return
            side = after(side, width + _MARGIN, option.direction)
        if self._grouped and not _is_first(index, item):
            return
        if side.width() > _BOX:
            ink = QColor(self.theme.text if self._grouped else self.theme.muted)
            draw_text(painter, side, place_of(mention), small, ink)

    def _paint_swatch(self, painter: QPainter, option: QStyleOptionViewItem, side: QRectF, item: TagLine) -> QRectF:
        swatch = leading(side, SWATCH.width(), option.direction)
        swatch.setHeight(SWATCH.height())
        paint_swatch(painter, swatch, self._scheme.label(item.label_id), self._scheme, self.theme)
        side = after(side, SWATCH.width() + _MARGIN, option.direction)
        if not item.is_unsure:
            return side
        painter.setPen(tag_colors(_WARNING, self.theme).ink)
        mark = leading(side, _MARGIN, option.direction)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "?")
        return after(side, _MARGIN + 4, option.direction)


def _is_first(index: Index, item: Item) -> bool:
    """Return whether a place is the first of its article in the list."""
    above: Item | None = index.sibling(index.row() - 1, 0).data(Role.ITEM) if index.row() else None
    return above is None or above.article_id != item.article_id


def paint_in_context(
    painter: QPainter,
    rect: QRectF,
    words: tuple[str, str, str],
    *,
    font: QFont,
    theme: Theme,
    colors: TagColors,
) -> None:
    """Draw a place in the middle of a rectangle, with as many whole words before and behind it as there is room for."""
    before, quote, behind = (_on_one_line(part) for part in words)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(quote) > rect.width() - 2 * _MARGIN:
        # Of a long one its beginning tells more than its middle.
        quote = metrics.elidedText(quote, Qt.TextElideMode.ElideRight, rect.width() - 2 * _MARGIN)
    room = max(0.0, (rect.width() - metrics.horizontalAdvance(quote)) / 2 - _MARGIN)
    before, behind = _fitting_end(before, room, metrics), _fitting_start(behind, room, metrics)
    shown = QtText(f"{before}{quote}{behind}")
    layout = _layout(shown.shown, font, content_direction("".join(words)))
    line = layout.lineAt(0)
    edges = [_x(line, shown.to_utf16(place)) for place in (len(before), len(before) + len(quote))]
    left, right = min(edges), max(edges)
    origin = QPointF(rect.center().x() - (left + right) / 2, rect.center().y() - line.height() / 2)
    painter.save()
    painter.setClipRect(rect)
    ground = QRectF(origin.x() + left - 1, origin.y() - 1, right - left + 2, line.height() + 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.fill_strong)
    painter.drawRoundedRect(ground, 3, 3)
    painter.fillRect(QRectF(ground.left(), ground.bottom() - 2, ground.width(), 2), colors.line)
    painter.setPen(QColor(theme.text))
    layout.draw(painter, origin)
    painter.restore()


def _layout(text: str, font: QFont, direction: Qt.LayoutDirection) -> QTextLayout:
    option = QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    # Laid out from the left edge whichever way it runs: it is then moved to where it belongs.
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    return layout


def _x(line: object, position_utf16: int) -> float:
    found = line.cursorToX(position_utf16)  # type: ignore[attr-defined]  # a QTextLine
    return float(found[0] if isinstance(found, tuple) else found)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _fitting_start(text: str, room: float, metrics: QFontMetricsF) -> str:
    """Return the beginning of a text, up to the end of a word."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return _longest([text[:end] + _CUT for end in ends], room, metrics)


def _fitting_end(text: str, room: float, metrics: QFontMetricsF) -> str:
    """Return the end of a text, from the beginning of a word."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    starts = [match.start() for match in _WORD_START.finditer(text)]
    return _longest([_CUT + text[start:] for start in reversed(starts)], room, metrics)


def _longest(texts: list[str], room: float, metrics: QFontMetricsF) -> str:
    """Return the longest of texts that grow for which there is room; "" if there is for none."""
    fitting = bisect_right(texts, room, key=metrics.horizontalAdvance)
    return texts[fitting - 1] if fitting else ""
