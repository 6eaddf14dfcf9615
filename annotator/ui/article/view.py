# SPDX-License-Identifier: MIT
"""The article view: selecting by mouse and by keyboard, over the painted article of `canvas`.

What is selected grows to whole words, and is shown so while the hand still moves; with the exact modifier held it stays
as it is. All positions are code points of the stored text; the clipboard gets that text, never Qt's.
"""

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QWidget

from annotator.text.offsets import snap_to_graphemes
from annotator.text.words import snap_to_words, word_at
from annotator.ui.article.canvas import ArticleCanvas, Range
from annotator.ui.article.moves import Side, extend, move, whole_cluster
from annotator.ui.article.painter import Emphasis

#: Held, it takes single characters instead of whole words.
EXACT_MODIFIER = Qt.KeyboardModifier.AltModifier

_SIDES = {Qt.Key.Key_Left: Side.LEFT, Qt.Key.Key_Right: Side.RIGHT}
_ZOOM_STEP = 1.1


class ArticleView(ArticleCanvas):
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
        self._exact = False
        self._announced: Range | None = None

    # Selection

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
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select exactly `[start, end)`, or put the caret at `start` where both are equal; emits nothing."""
        self._exact = True
        self._set_cursor(start, end)
        self._announced = self.snapped_selection()
        self.viewport().update()

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

    def _announce(self) -> None:
        """Say what is selected now, if that is news."""
        self.viewport().update()
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

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Give the clipboard the stored characters: Qt's own copy has lost no-break spaces and line separators."""
        data = QMimeData()
        start, end = self.snapped_selection() or (0, 0)
        data.setText(self._text.text[start:end])
        return data

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a selection; one that is there is dropped, or Qt would drag its text away."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._exact = _is_exact(event)
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                cursor = self.textCursor()
                cursor.clearSelection()
                self.setTextCursor(cursor)
        super().mousePressEvent(event)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show what would be selected while dragging, and which tag lies under the pointer otherwise."""
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._exact = _is_exact(event)
            self.viewport().update()
        else:
            self._hover(next(iter(self.tags_at(event.position())), ""))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select a word as the language sees it, not as Qt does."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            position = self._position_at(event.position())
            self._set_cursor(*(word_at(self._text.text, position) or (position, position)))
            self._announce()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Settle the selection on what was shown; without one, a click is on the tag under it."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._exact = self._exact or _is_exact(event)
        self._settle()
        if self.selection() is None:
            self._click(self.tags_at(event.position()))

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

    def _position_at(self, point: QPointF) -> int:
        """Return the character under a point, which is not always the one the caret would go before."""
        near = self._text.from_utf16(self.cursorForPosition(point.toPoint()).position())
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
            self._emphasize(Emphasis(self._emphasis.current, span_id))
            self.tag_hovered.emit(span_id)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and extend; what is no movement goes on to the window."""
        if event.key() == Qt.Key.Key_Escape and self.textCursor().hasSelection():
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
        anchor = self._text.from_utf16(self.textCursor().anchor()) if extending else position
        self._exact = _is_exact(event)
        self._set_cursor(anchor, position)
        self.ensureCursorVisible()
        self._announce()

    def _leave_to_qt(self, event: QKeyEvent) -> None:
        before = self.caret()
        self._exact = _is_exact(event)
        super().keyPressEvent(event)
        after = whole_cluster(self._page, before, self.caret())
        if after != self.caret():
            anchor = self._text.from_utf16(self.textCursor().anchor())
            self._set_cursor(anchor if self.textCursor().hasSelection() else after, after)
        self._announce()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the caret."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the caret."""
        super().focusOutEvent(event)
        self.viewport().update()


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


def _is_exact(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & EXACT_MODIFIER)
