# SPDX-License-Identifier: MIT
"""The article view: selecting by mouse and by keyboard, over the painted article of `canvas`.

What is selected grows to whole words, and is shown so while the hand still moves; with the exact modifier held it stays
as it is. A double-click takes a name without its proclitics, and more of its place each time. All positions are code
points of the stored text; the clipboard gets that text, never Qt's.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QClipboard, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.text.offsets import snap_to_graphemes
from annotator.text.words import snap_to_words, word_at
from annotator.ui.article.canvas import Range
from annotator.ui.article.dragging import DragCanvas
from annotator.ui.article.moves import Side, extend, move, whole_cluster
from annotator.ui.article.widening import Stage, Widened, widen

if TYPE_CHECKING:
    from annotator.text.proclitics import Evidence

#: Held, it takes single characters instead of whole words.
EXACT_MODIFIER = Qt.KeyboardModifier.AltModifier
#: With the mouse, Ctrl does so, too: many desktops keep Alt and a drag to themselves, to move the window.
EXACT_WITH_MOUSE = EXACT_MODIFIER | Qt.KeyboardModifier.ControlModifier

_SIDES = {Qt.Key.Key_Left: Side.LEFT, Qt.Key.Key_Right: Side.RIGHT}
_ZOOM_STEP = 1.1


class ArticleView(DragCanvas):
    """One article, to be read, selected from and tagged.

    Signals:
        selection_made(start, end): the mouse or the keyboard has selected this; it is what a tag would cover.
        selection_cleared(): nothing is selected any more.
        tag_clicked(span_id): a tag was clicked; clicking again goes to the one under it.
        tag_hovered(span_id): the pointer came upon a tag, or left all ("").
        zoom_changed(factor): Ctrl and the wheel have changed the zoom.
    """

    selection_made = Signal(int, int)
    selection_cleared = Signal()
    tag_clicked = Signal(str)
    tag_hovered = Signal(str)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exact = self._takes_characters = False
        self._announced: Range | None = None
        self._painted: tuple[Range | None, int | None] = None, None
        self._dragging = False
        self._double_clicked_at = -1_000_000
        self._double_clicked_point = QPointF()
        self._before_press: Range | None = None
        self._evidence: Evidence | None = None
        self._widened: Widened | None = None
        self._name_start: int | None = None

    # Selection

    @property
    def takes_characters(self) -> bool:
        """Whether single characters are selected without any modifier, too."""
        return self._takes_characters

    def set_takes_characters(self, taken: bool) -> None:  # noqa: FBT001 - a slot for toggled(bool)
        """Select single characters from now on, or whole words."""
        self._takes_characters = taken

    def selection(self) -> Range | None:
        """Return exactly what is selected, or None."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._text.from_utf16(cursor.selectionStart())
        return start, self._text.from_utf16(cursor.selectionEnd())

    def snapped_selection(self) -> Range | None:
        """Return what a tag would cover: whole words, or exactly what was selected with the exact modifier."""
        selected = self.selection()
        if selected is None:
            return None
        snap = snap_to_graphemes if self._exact else snap_to_words
        start, end = snap(self._text.text, *selected)
        # What grows from a name does not take in its proclitics.
        start = selected[0] if selected[0] == self._name_start else start
        return (start, end) if start < end else None

    @property
    def evidence(self) -> "Evidence | None":
        """What tells proclitics from names."""
        return self._evidence

    def set_evidence(self, evidence: "Evidence | None") -> None:
        """Tell names from their proclitics by this from now on; None: take whole words."""
        self._evidence = evidence

    def take_more(self) -> None:
        """Select the name at the caret or in the selection, then the whole words, then the sentence, and so on."""
        selected, last = self.snapped_selection(), self._widened
        if last is not None and last.taken == selected:
            self._widen(last.words, last)
        elif selected is not None:
            words = snap_to_words(self._text.text, *selected)
            first = widen(self._text.text, words, self._evidence)
            self._widen(words, first if first.taken == selected else None)
        else:
            at = (word_at(self._text.text, position) for position in (self.caret(), self.caret() - 1))
            self._widen(next((words for words in at if words is not None), None), None)
        self._announce()

    def _widen(self, words: Range | None, last: Widened | None) -> None:
        if words is None:
            return
        widened = self._widened = widen(self._text.text, words, self._evidence, last)
        self._exact = True
        self._name_start = widened.taken[0] if widened.stage is Stage.NAME else None
        self._set_cursor(*widened.taken)

    def select(self, start: int, end: int) -> None:
        """Select exactly `[start, end)`, or put the caret at `start` where both are equal; emits nothing."""
        self._exact = True
        self._set_cursor(start, end)
        self._announced = self.snapped_selection()
        self._refresh()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self._announce()

    def caret(self) -> int:
        """Return the position of the caret."""
        return self._text.from_utf16(self.textCursor().position())

    def _set_cursor(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._text.to_utf16(anchor))
        cursor.setPosition(self._text.to_utf16(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _refresh(self) -> None:
        """Paint again where the selection or the caret was and is."""
        now = self._painted_selection(), self._caret()
        if now != self._painted:
            caret = [(at, at) for _, at in (self._painted, now) if at is not None]
            self._repaint([selected for selected, _ in (self._painted, now) if selected is not None] + caret)
            self._painted = now

    def _announce(self) -> None:
        """Say what is selected now, if that is news."""
        self._refresh()
        selected = self.snapped_selection()
        if selected == self._announced:
            return
        self._announced = selected
        if selected is None:
            self.selection_cleared.emit()
        else:
            self.selection_made.emit(*selected)

    def _painted_selection(self) -> Range | None:
        return self.snapped_selection()

    def _caret(self) -> int | None:
        return self.caret() if self.hasFocus() and self.snapped_selection() is None else None

    def copy(self) -> None:
        """Put what is selected on the clipboard, in the stored characters: Qt's own copy has lost some of them."""
        QApplication.clipboard().setText(self._selected_text())

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Give Qt, where it asks of its own accord, the stored characters."""
        data = QMimeData()
        data.setText(self._selected_text())
        return data

    def _offer_selection(self) -> None:
        """Offer what is selected to the middle button, under X11.

        As text, like `copy`: a QMimeData made in Python may outlive the interpreter there, and then the process ends
        in a crash.
        """
        if QApplication.clipboard().supportsSelection() and self.snapped_selection() is not None:
            QApplication.clipboard().setText(self._selected_text(), QClipboard.Mode.Selection)

    def _selected_text(self) -> str:
        start, end = self.snapped_selection() or (0, 0)
        return self._text.text[start:end]

    # Mouse: not left to Qt, whose hit test errs while a long text is being laid out, and which drags selected text.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a selection, or extend it with Shift; a third click takes the paragraph."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if self.is_on_handle(event.position()):
            self._begin_relation(event.position())
            return
        self._before_press = self.selection()
        position = self._caret_at(event.position())
        if self._is_third_click(event):
            self._exact = False
            self._set_cursor(*self._text.paragraph(self._text.paragraph_number(position)))
        else:
            extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._exact = self._is_exact(event)
            self._name_start = self._name_start if extending else None
            self._set_cursor(self._anchor() if extending else position, position)
            self._dragging = True
        self._refresh()

    def _is_third_click(self, event: QMouseEvent) -> bool:
        moved = (event.position() - self._double_clicked_point).manhattanLength()
        soon = event.timestamp() - self._double_clicked_at < QApplication.doubleClickInterval()
        return soon and moved < QApplication.startDragDistance()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show what would be selected while dragging, and which tag lies under the pointer otherwise."""
        if self._relation_drag is not None:
            self._drag_relation_to(event.position())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._exact = self._is_exact(event)
            self._drag_to(event.position())
        else:
            self._hover(next(iter(self.tags_at(event.position())), ""))
            self._show_handle_use(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the name under the pointer; the second time the whole word, without marks, then the sentence."""
        if event.button() != Qt.MouseButton.LeftButton or self.is_on_handle(event.position()):
            return
        self._double_clicked_at, self._double_clicked_point = event.timestamp(), event.position()
        self._exact, self._dragging = self._is_exact(event), False
        position = self._character_at(event.position())
        words, last = word_at(self._text.text, position), self._widened
        if words is None or self._exact:
            self._set_cursor(*(words or (position, position)))
        else:
            again = last is not None and last.words == words and last.taken == self._before_press
            self._widen(words, last if again else None)
        self._announce()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Settle the selection on what was shown; without one, a click is on the tag under it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._relation_drag is not None:
            self._drop_relation(event)
            return
        self._dragging = False
        self._stop_scrolling()
        # Ctrl may be down for a copy already.
        self._exact = self._exact or bool(event.modifiers() & EXACT_MODIFIER)
        self._settle()
        if self.selection() is None:
            self._click(self.tags_at(event.position()))
        else:
            self._offer_selection()

    def _drag_to(self, point: QPointF) -> None:
        if not self._dragging:
            return
        self._scroll_at(point)
        bar_value = self.verticalScrollBar().value()
        self._set_cursor(self._anchor(), self._caret_at(point))
        # Setting the cursor scrolls to it; while dragging, only the timer scrolls.
        self.verticalScrollBar().setValue(bar_value)
        self._refresh()

    def _caret_at(self, point: QPointF) -> int:
        """Return where the caret goes for a click, never inside a grapheme cluster."""
        position = self._page.position_at(point + self._offset())
        return snap_to_graphemes(self._text.text, position, position)[0]

    def _anchor(self) -> int:
        return self._text.from_utf16(self.textCursor().anchor())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Forget the tag under the pointer."""
        super().leaveEvent(event)
        self._hover("")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl, scroll without."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self.set_zoom(self.zoom * _ZOOM_STEP ** (event.angleDelta().y() / 120))
        self.zoom_changed.emit(self.zoom)

    def _character_at(self, point: QPointF) -> int:
        """Return the character under a point, which is not always the one the caret would go before."""
        near = self._page.position_at(point + self._offset())
        for position in (near, near - 1):
            if 0 <= position < len(self._text.text) and any(
                rect.left() <= point.x() <= rect.right() for rect in self.span_rects(position, position + 1)
            ):
                return position
        return near

    def _settle(self) -> None:
        cursor, snapped = self.textCursor(), self.snapped_selection()
        if cursor.hasSelection() and snapped is None:
            cursor.clearSelection()
            self.setTextCursor(cursor)
        elif snapped is not None:
            backwards = cursor.position() < cursor.anchor()
            self._set_cursor(*(reversed(snapped) if backwards else snapped))
        self._announce()

    def _click(self, tags: list[str]) -> None:
        if tags:
            current = self._emphasis.current
            chosen = tags[(tags.index(current) + 1) % len(tags)] if current in tags else tags[0]
            self.tag_clicked.emit(chosen)

    def _hover(self, span_id: str) -> None:
        if span_id != self._emphasis.hovered:
            self._emphasize(replace(self._emphasis, hovered=span_id))
            self.tag_hovered.emit(span_id)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and extend; what is no movement goes on to the window."""
        if event.key() == Qt.Key.Key_Escape and self._relation_drag is not None:
            self.cancel_relation()
        elif event.key() == Qt.Key.Key_Escape and self.textCursor().hasSelection():
            self.clear_selection()
        elif event.key() in _SIDES:
            self._step(event, _SIDES[Qt.Key(event.key())])
        elif event.key() in _VERTICAL or event.matches(QKeySequence.StandardKey.SelectAll):
            self._leave_to_qt(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            event.ignore()

    def _step(self, event: QKeyEvent, side: Side) -> None:
        modifiers = event.modifiers()
        by_word = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        extending = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        go = extend if extending else move
        position = go(self._page, self.caret(), side, by_word=by_word)
        anchor = self._anchor() if extending else position
        self._exact = self._is_exact(event)
        self._set_cursor(anchor, position)
        self.ensureCursorVisible()
        self._announce()

    def _leave_to_qt(self, event: QKeyEvent) -> None:
        before = self.caret()
        self._exact = self._is_exact(event)
        super().keyPressEvent(event)
        after = whole_cluster(self._page, before, self.caret())
        if after != self.caret():
            anchor = self._anchor()
            self._set_cursor(anchor if self.textCursor().hasSelection() else after, after)
        self._offer_selection()
        self._announce()

    def _is_exact(self, event: QMouseEvent | QKeyEvent) -> bool:
        exact = EXACT_WITH_MOUSE if isinstance(event, QMouseEvent) else EXACT_MODIFIER
        return self._takes_characters or bool(event.modifiers() & exact)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the caret."""
        super().focusInEvent(event)
        self._refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the caret."""
        super().focusOutEvent(event)
        self._refresh()


_VERTICAL = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
