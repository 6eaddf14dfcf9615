# SPDX-License-Identifier: MIT
"""The small field beside a tag in which one chooses, by a key, a number or a search, how and to what it is related."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from annotator import i18n
from annotator.ui.row_model import Index, RowModel, paint_row_ground
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, content_direction, fill, label

_WIDTH, _MOST_ROWS = 330, 8
_AIR, _SIDE, _MARK, _GAP, _EDGE = 8.0, 8.0, 26.0, 8.0, 6
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _MOST_ROWS, Qt.Key.Key_PageUp: -_MOST_ROWS}
_TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: the key or number that takes it, what it is called, and what it is."""

    mark: str
    name: str
    what: str = ""
    hint: str = ""

    @property
    def spoken(self) -> str:
        """Return what is read out of it."""
        return ", ".join(part for part in (self.mark, self.name, self.what) if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(120, round(QFontMetricsF(option.font).height() + _AIR))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Choice = index.model().rows[index.row()]  # type: ignore[attr-defined]  # a RowModel
        theme, rect = self._theme, QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, option, theme)
        metrics = QFontMetricsF(option.font)
        what = min(metrics.horizontalAdvance(row.what) + 2, rect.width() / 2)
        mark, name = _MARK, rect.width() - 2 * _SIDE - _MARK - what - _GAP
        places = ((_SIDE, mark), (_SIDE + mark, name), (rect.width() - _SIDE - what, what))
        inks = (QColor(theme.accent), QColor(theme.text), QColor(theme.muted))
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        for (start, width), text, ink in zip(places, (row.mark, row.name, row.what), inks, strict=True):
            left = rect.right() - start - width if rtl else rect.left() + start
            painter.setPen(ink)
            painter.setFont(option.font)
            painter.setLayoutDirection(content_direction(text))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
            painter.drawText(QRectF(left, rect.top(), width, rect.height()), _flags(rtl=rtl), shown)
        painter.restore()


def _flags(*, rtl: bool) -> int:
    # By the interface, not by the text: names in a list stand under each other.
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class _Line(LineEdit):
    """The line one types in.

    Signals:
        keyed: a key was pressed that may be for the list; who takes it accepts it.
    """

    keyed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Offer the key to the list first."""
        event.ignore()
        self.keyed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def _align(self, _text: str) -> None:
        # By what stands in it now: a key that is taken empties it before Qt tells that it was typed.
        super()._align(self.text())


class RelatePopup(QFrame):
    """A line to type in and the rows to choose from; what they mean, its owner knows.

    Signals:
        typed(text): something else stands in the line.
        taken(row): this row was chosen.
        closed(): it was left without a choice.
    """

    typed = Signal(str)
    taken = Signal(int)
    closed = Signal()

    def __init__(self, around: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(around.viewport())
        self._area = around
        self.setProperty("role", "floating")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # It belongs to the interface, whichever way the text around it runs.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight)
        self.heading = label(role="heading")
        self.line = _Line()
        self.model = RowModel[Choice]()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(theme))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = label(role="muted", wrap=True)
        self.setLayout(fill(QVBoxLayout(), self.heading, self.line, self.view, self.hint, margin=8, gap=6))
        self.setFixedWidth(_WIDTH)
        for clicked in (self, self.view):  # a click on it leaves the focus in the line
            clicked.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            clicked.setFocusProxy(self.line)
        self.line.textEdited.connect(self.typed)
        self.line.keyed.connect(self._on_key)
        self.view.clicked.connect(lambda index: self.taken.emit(index.row()))
        self.line.installEventFilter(self)
        self.hide()

    @property
    def current(self) -> int:
        """The row that Enter takes; -1 for none."""
        return self.view.currentIndex().row()

    def ask(self, heading: str, placeholder: str, hint: str) -> None:
        """Begin a question, with an empty line."""
        self.heading.setText(heading)
        self.line.clear()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(f"{heading}. {hint}")
        self.hint.setText(hint)

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """Offer other rows, the first of them current."""
        self.model.show_rows(rows)
        shown = min(max(len(rows), 1), _MOST_ROWS)
        height = self.view.sizeHintForRow(0) if rows else self.fontMetrics().height() + round(_AIR)
        self.view.setFixedHeight(height * shown + 2)
        self.view.setCurrentIndex(self.model.index(0))
        self.adjustSize()
        self.move(self.x(), max(_EDGE, min(self.y(), self._area.viewport().height() - self.height() - _EDGE)))

    def open_at(self, anchor: QRectF, clear: Sequence[QRectF] = ()) -> None:
        """Stand below or above a place of the parent, or in a corner, and take the focus.

        Args:
            anchor: what it belongs to.
            clear: what is to be seen; of the places that cover the least of it the first is taken.
        """
        places = [QRectF(spot, QSizeF(self.size())) for spot in self._spots(anchor)]
        place = min(places, key=lambda box: (box.intersects(anchor), sum(box.intersects(rect) for rect in clear)))
        self.move(place.topLeft().toPoint())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _spots(self, anchor: QRectF) -> Iterator[QPointF]:
        right = self._area.viewport().width() - self.width() - _EDGE
        bottom = self._area.viewport().height() - self.height() - _EDGE
        x = anchor.right() - self.width() if i18n.is_rtl() else anchor.left()
        x = max(_EDGE, min(x, right))
        for y in (anchor.bottom() + _EDGE, anchor.top() - self.height() - _EDGE):
            if _EDGE <= y <= bottom:
                yield QPointF(x, y)
        yield from (QPointF(left, y) for y in (bottom, _EDGE) for left in (x, _EDGE, right))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Close when the focus goes elsewhere."""
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.closed.emit()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            last = len(self.model.rows) - 1
            self.view.setCurrentIndex(self.model.index(max(0, min(self.current + _STEPS[key], last))))
        elif key in _TAKING:
            if self.current >= 0:
                self.taken.emit(self.current)
        elif key is Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            return
        event.accept()
