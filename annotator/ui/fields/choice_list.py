# SPDX-License-Identifier: MIT
"""The list that opens under a searched choice: values with their numbers, the last used one first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.i18n import tr
from annotator.ui.row_model import NOWHERE, Index, RowModel, paint_row_ground
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, label

_MOST_ROWS = 9
_AIR, _SIDE, _NUMBER = 8, 8, 16
_EDGE = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the value's id ("" for none), its name, what it is for, and a remark at the end of the line."""

    id: str
    name: str
    hint: str = ""
    remark: str = ""

    @property
    def spoken(self) -> str:
        """Return what is read out of it."""
        return f"{self.name}, {self.remark}" if self.remark else self.name


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(80, round(QFontMetricsF(option.font).height()) + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.model().rows[index.row()]  # type: ignore[attr-defined]  # a RowModel
        theme = self._theme
        painter.save()
        paint_row_ground(painter, option, theme)
        painter.setFont(option.font)
        rect = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        metrics = QFontMetricsF(option.font)
        remark = round(metrics.horizontalAdvance(row.remark)) + (_SIDE if row.remark else 0)
        parts = (
            (QRect(rect.left(), rect.top(), _NUMBER, rect.height()), _number(index.row()), theme.muted),
            (rect.adjusted(_NUMBER, 0, -remark, 0), row.name, theme.text if row.id else theme.muted),
            (QRect(rect.right() + 1 - remark, rect.top(), remark, rect.height()), row.remark, theme.muted),
        )
        for place, text, ink in parts:
            painter.setPen(QColor(ink))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
            # The names of values are of the interface's language, and stand as the interface does.
            flags = QStyle.visualAlignment(
                option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            )
            painter.drawText(QRectF(QStyle.visualRect(option.direction, option.rect, place)), flags, shown)
        painter.restore()


class ChoiceList(QFrame):
    """Stands over the window under the line in which one searches, and leaves the focus there.

    A child of the window rather than a window of its own, so that it moves with it and cannot take the focus.

    Signals:
        chosen: the row of this number was clicked.
    """

    chosen = Signal(int)

    def __init__(self, line: QWidget, theme: Theme) -> None:
        super().__init__(line.window())
        self._line = line
        self.setProperty("role", "floating")
        self.setLayoutDirection(line.layoutDirection())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.model = RowModel[Row]()
        self.view = QListView()
        self.view.setModel(self.model)
        self._delegate = _Delegate(theme)
        self.view.setItemDelegate(self._delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Values to choose from"))
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.view, self._hint, margin=4, gap=4))
        self.view.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> int:
        """The number of the row that Enter takes; -1 for none."""
        return self.view.currentIndex().row()

    def show_rows(self, rows: Sequence[Row], current: int) -> None:
        """Show these rows where there is room, with one of them current."""
        self.model.show_rows(rows)
        self.view.setCurrentIndex(self.model.index(current, 0))
        self._place()
        self.show()
        self.raise_()
        self.view.scrollTo(self.view.currentIndex())

    def move_current(self, step: int) -> None:
        """Go some rows down, or up; from the last to the first."""
        count = self.model.rowCount()
        if count:
            wanted = self.current + step
            row = wanted % count if abs(step) == 1 else max(0, min(count - 1, wanted))
            self.view.setCurrentIndex(self.model.index(row, 0))

    def _on_current_changed(self, index: QModelIndex) -> None:
        self._hint.setText(self.model.rows[index.row()].hint if index.isValid() else tr("Nothing matches."))

    def _place(self) -> None:
        if not self.model.rowCount():
            self._hint.setText(tr("Nothing matches."))
        window, line = self.window(), self._line
        corner = line.mapTo(window, QPoint(0, 0))
        width = max(line.width(), 200)
        self._hint.setFixedWidth(width - 10)
        hints = max((self._hint_height(row, width - 10) for row in self.model.rows), default=self._hint.height())
        self._hint.setFixedHeight(hints)
        row_height = self._delegate.sizeHint(_option(self.view), NOWHERE).height()
        room_below = window.height() - corner.y() - line.height() - 2 * _EDGE
        room_above = corner.y() - 2 * _EDGE
        wanted = min(self.model.rowCount(), _MOST_ROWS) * row_height + hints + 14
        below = room_below >= wanted or room_below >= room_above
        height = min(wanted, room_below if below else room_above)
        rtl = line.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = corner.x() + line.width() - width if rtl else corner.x()
        x = max(_EDGE, min(x, window.width() - width - _EDGE))
        y = corner.y() + line.height() + 2 if below else corner.y() - height - 2
        self.setGeometry(x, y, width, height)

    def _hint_height(self, row: Row, width: int) -> int:
        if not row.hint:
            return 0
        box = self._hint.fontMetrics().boundingRect(QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, row.hint)
        return box.height() + 2


def _option(view: QListView) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.font = view.font()
    return option


def _number(row: int) -> str:
    return str(row + 1) if row < 9 else ""
