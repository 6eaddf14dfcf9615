# SPDX-License-Identifier: MIT
"""How rows of lists are drawn: each text by its own direction, icons and marks by that of the interface."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.article import ArticleState, ArticleSummary
from annotator.ui import icons
from annotator.ui.panels.article_model import Role, details, origin
from annotator.ui.panels.tag_model import TagRow
from annotator.ui.session import Session
from annotator.ui.style import PROBLEM, hover_color
from annotator.ui.theme import Theme, mix, tag_colors
from annotator.ui.widgets import SWATCH, content_direction, paint_swatch
from annotator.ui.wording import label_name, shortened

_MARGIN = 12
_GAP = 4
_MARK, _SMALL_MARK = 16, 14
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_STATE_ICONS = {
    ArticleState.UNTOUCHED: "state-untouched",
    ArticleState.IN_PROGRESS: "state-in-progress",
    ArticleState.DONE: "state-done",
}
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """A row of two lines on a quiet ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._chosen, self._rule = mix(theme.page, theme.accent, 0.18), QPen(mix(theme.page, theme.border, 0.6), 1)
        self._small: tuple[QFont, QFont, QFontMetricsF] | None = None
        self._state_colors = {
            ArticleState.UNTOUCHED: theme.muted,
            ArticleState.IN_PROGRESS: tag_colors("#d98a00", theme).ink.name(),
            ArticleState.DONE: tag_colors("#10a36b", theme).ink.name(),
        }

    def state_color(self, state: ArticleState) -> str:
        """Return the ink of a state's mark."""
        return self._state_colors[state]

    def small(self, font: QFont) -> tuple[QFont, QFontMetricsF]:
        """Return the smaller font that goes with one, and its measures."""
        if self._small is None or self._small[0] != font:
            small = QFont(font)
            small.setPointSizeF(font.pointSizeF() * 0.88)
            self._small = QFont(font), small, QFontMetricsF(small)
        return self._small[1:]

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Draw what is behind a row."""
        theme = self.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._chosen)
            bar = QRect(option.rect)
            bar.setWidth(3)
            if option.direction is Qt.LayoutDirection.RightToLeft:
                bar.moveRight(option.rect.right())
            painter.fillRect(bar, QColor(theme.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(hover_color(theme)))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(self._rule)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class ArticleDelegate(RowDelegate):
    """An article: its title on up to two lines, its state, its outlet and date, and its number of tags.

    The state is a mark, and a word, too, where neither outlet nor date need the room.
    """

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows: two lines of title, one of details."""
        height = QFontMetricsF(option.font).height()
        return QSize(120, round(height * 3.1 + _GAP + 2 * _MARGIN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        summary: ArticleSummary | None = index.data(Role.SUMMARY)
        if summary is None:  # gone a moment ago
            return
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_MARGIN + 2, _MARGIN - 2, -_MARGIN, -_MARGIN)
        line = QFontMetricsF(option.font).height()
        title = QRectF(inner.left(), inner.top(), inner.width(), line * 2.1)
        draw_text(painter, title, summary.title, option.font, QColor(self.theme.text), lines=2)
        self._paint_details(painter, option, inner, line, summary)
        painter.restore()

    def _paint_details(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRectF, line: float, summary: ArticleSummary
    ) -> None:
        small, metrics = self.small(option.font)
        strip = QRectF(inner.left(), inner.bottom() - line, inner.width(), line)
        state, tags = details(summary)
        mark = leading(strip, 16, option.direction)
        color = self.state_color(summary.state)
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            QPointF(mark.left(), mark.center().y() - 8), icons.pixmap(_STATE_ICONS[summary.state], color, 16, scale)
        )
        painter.setFont(small)
        painter.setPen(QColor(self.theme.muted))
        rest = after(strip, 22, option.direction)
        if origin(summary):  # which need the room
            tags = str(summary.tags) if summary.tags else ""
        painter.drawText(rest, QStyle.visualAlignment(option.direction, _END), tags)
        rest = before(rest, metrics.horizontalAdvance(tags) + _GAP if tags else 0, option.direction)
        marks = (
            ("tag", bool(origin(summary)) and summary.tags > 0),
            ("duplicates", summary.duplicate_group is not None),
        )
        for icon, is_there in marks:
            if is_there:
                mark = trailing(rest, _SMALL_MARK, option.direction)
                place = QPointF(mark.left(), mark.center().y() - _SMALL_MARK / 2)
                painter.drawPixmap(place, icons.pixmap(icon, self.theme.muted, _SMALL_MARK, scale))
                rest = before(rest, _SMALL_MARK + _GAP, option.direction)
        self._paint_origin(painter, rest, summary, state, option.direction)

    def _paint_origin(
        self,
        painter: QPainter,
        rest: QRectF,
        summary: ArticleSummary,
        state: str,
        direction: Qt.LayoutDirection,
    ) -> None:
        """Write outlet and date; the outlet is cut short first. Where there is neither, the state."""
        metrics = QFontMetricsF(painter.font())
        flags = QStyle.visualAlignment(direction, _START)
        date = f" · {summary.date}" if summary.outlet and summary.date else summary.date
        room = rest.width() - metrics.horizontalAdvance(date)
        outlet = metrics.elidedText(summary.outlet, Qt.TextElideMode.ElideRight, max(room, 0))
        for text in (outlet, date) if outlet or date else (state,):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, flags, shown)
            rest = after(rest, metrics.horizontalAdvance(shown), direction)


class TagDelegate(RowDelegate):
    """A tag: its quote, its label in colour, shape and name, its link, and marks of what it has or lacks."""

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__(theme)
        self._session = session
        self._missing = tag_colors(PROBLEM, theme).ink

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() * 2.1 + _GAP + 2 * _GAP + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: TagRow = index.data(Role.SUMMARY)
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_MARGIN, _GAP + 2, -_MARGIN, -_GAP - 2)
        line = QFontMetricsF(option.font).height()
        quote = QRectF(inner.left(), inner.top(), inner.width(), line * 1.15)
        draw_text(painter, quote, shortened(row.span.words, 120), option.font, QColor(self.theme.text))
        strip = QRectF(inner.left(), inner.bottom() - line, inner.width(), line)
        self._paint_label(painter, option, self._paint_marks(painter, option, strip, row), row)
        painter.restore()

    def _paint_label(self, painter: QPainter, option: QStyleOptionViewItem, strip: QRectF, row: TagRow) -> None:
        scheme = self._session.project.scheme
        label = scheme.label(row.span.label_id)
        swatch = leading(strip, SWATCH.width(), option.direction)
        swatch.setTop(strip.center().y() - SWATCH.height() / 2)
        swatch.setHeight(SWATCH.height())
        paint_swatch(painter, swatch, label, scheme, self.theme)
        small, metrics = self.small(option.font)
        rest = after(strip, SWATCH.width() + 7, option.direction)
        alignment = QStyle.visualAlignment(option.direction, _START)
        painter.setFont(small)
        said = ((label_name(label), tag_colors(label.color, self.theme).ink), (row.linked, self.theme.muted))
        for text, ink in said if row.linked else said[:1]:
            shown = metrics.elidedText(shortened(text, 80), Qt.TextElideMode.ElideRight, rest.width())
            painter.setPen(QColor(ink))
            painter.drawText(rest, alignment, shown)
            rest = after(rest, metrics.horizontalAdvance(shown) + 8, option.direction)

    def _paint_marks(self, painter: QPainter, option: QStyleOptionViewItem, strip: QRectF, row: TagRow) -> QRectF:
        """Draw the marks at the end of a line; return what is left of it."""
        scale = painter.device().devicePixelRatioF()
        marks = (
            (bool(row.issues), "!", self._missing),
            (row.is_unsure, "?", QColor(self.theme.muted)),
            (bool(row.span.note), "", QColor(self.theme.muted)),
        )
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        for is_there, sign, ink in marks:
            if not is_there:
                continue
            x = strip.left() if rtl else strip.right() - _MARK
            place = QRectF(x, strip.center().y() - _MARK / 2, _MARK, _MARK)
            if sign:
                _paint_sign(painter, place, sign, ink)
            else:
                painter.drawPixmap(place.topLeft(), icons.pixmap("note", self.theme.muted, _MARK, scale))
            strip = strip.adjusted(_MARK + 3, 0, 0, 0) if rtl else strip.adjusted(0, 0, -_MARK - 3, 0)
        return strip


def _paint_sign(painter: QPainter, place: QRectF, sign: str, ink: QColor) -> None:
    """Draw a sign in a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.2))
    painter.drawEllipse(place.adjusted(1.5, 1.5, -1.5, -1.5))
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()


def leading(strip: QRectF, width: float, direction: Qt.LayoutDirection) -> QRectF:
    """Return the first part of a strip in the direction of the interface."""
    left = strip.right() - width if direction is Qt.LayoutDirection.RightToLeft else strip.left()
    return QRectF(left, strip.top(), width, strip.height())


def after(strip: QRectF, width: float, direction: Qt.LayoutDirection) -> QRectF:
    """Return the rest of a strip."""
    rtl = direction is Qt.LayoutDirection.RightToLeft
    return strip.adjusted(0, 0, -width, 0) if rtl else strip.adjusted(width, 0, 0, 0)


def trailing(strip: QRectF, width: float, direction: Qt.LayoutDirection) -> QRectF:
    """Return the last part of a strip in the direction of the interface."""
    left = strip.left() if direction is Qt.LayoutDirection.RightToLeft else strip.right() - width
    return QRectF(left, strip.top(), width, strip.height())


def before(strip: QRectF, width: float, direction: Qt.LayoutDirection) -> QRectF:
    """Return a strip without its last part."""
    rtl = direction is Qt.LayoutDirection.RightToLeft
    return strip.adjusted(width, 0, 0, 0) if rtl else strip.adjusted(0, 0, -width, 0)


def draw_text(painter: QPainter, rect: QRectF, text: str, font: QFont, color: QColor, *, lines: int = 1) -> None:
    """Draw content in a few lines, in its own direction and aligned by it; what does not fit ends in an ellipsis."""
    direction = content_direction(text)
    option = QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    rtl = direction is Qt.LayoutDirection.RightToLeft
    option.setAlignment(
        (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
    )
    text = " ".join(text.split())
    layout, last, fits = _laid_out(text, font, option, rect.width(), lines)
    if not fits:
        layout, _, _ = _laid_out(_cut_short(text, last, font, rect.width()), font, option, rect.width(), lines)
    painter.setPen(color)
    layout.draw(painter, rect.topLeft())


def _laid_out(text: str, font: QFont, option: QTextOption, width: float, lines: int) -> tuple[QTextLayout, int, bool]:
    """Return a text in a few lines, where the last of them begins as Qt counts, and whether they hold all of it."""
    height = QFontMetricsF(font).height()
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    last = end = 0
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * height))
        last, end = line.textStart(), line.textStart() + line.textLength()
    layout.endLayout()
    return layout, last, end >= len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut_short(text: str, last_utf16: int, font: QFont, width: float) -> str:
    """Return a text whose last line, which begins at a position, is cut short."""
    raw = text.encode("utf-16-le", "surrogatepass")
    head = raw[: last_utf16 * 2].decode("utf-16-le", "surrogatepass")
    tail = raw[last_utf16 * 2 :].decode("utf-16-le", "surrogatepass")
    return head + QFontMetricsF(font).elidedText(tail, Qt.TextElideMode.ElideRight, width)
