# SPDX-License-Identifier: MIT
"""The view of a list of places: what the keys and the mouse do in it."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from annotator.ui.hits.delegate import HitDelegate
from annotator.ui.hits.model import HitModel
from annotator.ui.keys import with_arabic
from annotator.ui.row_table import RowTable
from annotator.ui.theme import Theme

_ACT_KEYS = frozenset(letter.lower() for letter in with_arabic(("T",)))
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PROGRESS_HEIGHT = 2
_DELETE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class HitView(RowTable):
    """Lists places. Space ticks what is chosen, Enter goes to the current one.

    Signals:
        gone_to: the user wants to see this row in its article.
        act_requested: what is ticked is to be done.
        delete_requested: what is ticked is to be deleted.
    """

    gone_to = Signal(QModelIndex)
    act_requested = Signal()
    delete_requested = Signal()

    def __init__(self, model: HitModel, delegate: HitDelegate, theme: Theme) -> None:
        super().__init__(model, delegate)
        self._hits, self._delegate, self._theme = model, delegate, theme
        # Its room is kept: each search would have all rows laid out and painted once more.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._hint = ""
        self._progress: float | None = None

    def set_hint(self, text: str) -> None:
        """Say this where nothing is listed."""
        if text != self._hint:
            self._hint = text
            if not self._hits.rowCount():
                self.viewport().update()

    def set_progress(self, share: float | None) -> None:
        """Show how much of a search is done, from 0 to 1; None: there is none."""
        if share != self._progress:
            self._progress = share
            self.viewport().update(0, 0, self.viewport().width(), _PROGRESS_HEIGHT)

    def go_to_row(self, row: int) -> None:
        """Make a row the current one, or the last where there are not as many."""
        last = self._hits.rowCount() - 1
        row = min(row, last)
        # The heading is no place to be at.
        row = row + 1 if self._hits.item(row) is None and row < last else row
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._hits.index(row), flags)

    def toggle(self) -> None:
        """Tick all that is selected, or take the ticks away where the current row has one."""
        current = self.currentIndex()
        if current.isValid() and self._delegate.ticks:
            ticked = current.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
            self._hits.set_ticked(self.chosen_rows() or [(current.row(), current.row())], ticked=ticked)

    def keyboardSearch(self, _text: str) -> None:  # noqa: N802
        """Do not look for rows that begin with a letter: letters are commands here."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the commands of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Tick, go, act."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex())
        elif self._claims(event):
            (self.delete_requested if event.key() in _DELETE else self.act_requested).emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tick where the box is; choose elsewhere."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_on_box(event):
            super().mousePressEvent(event)
            return
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        self._hits.set_ticked([(index.row(), index.row())], ticked=ticked)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go where a row is; two clicks on a box are two clicks."""
        index = self.indexAt(event.position().toPoint())
        if self._is_on_box(event):
            self.mousePressEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.go_to_row(index.row())
            self.gone_to.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Say why nothing is listed, and how far the search is."""
        super().paintEvent(event)
        if self._progress is not None:
            self._paint_progress(self._progress)
        if not self._hits.rowCount() and self._hint:
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(self._theme.muted))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect().adjusted(16, 4, -16, -4), flags, self._hint)

    def _on_range_changed(self, least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(least < most)  # without a handle where there is nothing to scroll

    def _paint_progress(self, share: float) -> None:
        width = self.viewport().width()
        done = round(width * share)
        left = width - done if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        with QPainter(self.viewport()) as painter:
            painter.fillRect(left, 0, done, _PROGRESS_HEIGHT, QColor(self._theme.accent))

    def _claims(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        return event.key() in _DELETE or event.text().lower() in _ACT_KEYS

    def _is_on_box(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        if not self._delegate.ticks or not index.isValid() or self._hits.item(index.row()) is None:
            return False
        box: QRect = self._delegate.box_rect(self.visualRect(index), self.layoutDirection())
        return box.contains(event.position().toPoint())
