# SPDX-License-Identifier: MIT
"""The hand that drives the window: mouse and keyboard as Qt's own events, and waiting for what they bring about."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QLibraryInfo,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
    QVersionNumber,
)
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.ui.article.view import ArticleView

_PATIENCE_S = 30.0
_POLL_MS = 10
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier

_POINTS_WITH_FRACTIONS = QVersionNumber(6, 12)

D = TypeVar("D", bound=QDialog)


class TourError(Exception):
    """A step did not do what it says."""


def drop_files(target: QWidget, paths: Iterable[str | Path]) -> None:
    """Send what Qt sends when files are dragged over the middle of a widget and dropped there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = target.rect().center()
    held = (Qt.DropAction.CopyAction, data, _LEFT, _NONE)
    # Qt 6.12 wants a QPointF, and calls the QPoint of older ones deprecated.
    entered: Any = QPointF(middle) if QLibraryInfo.version() >= _POINTS_WITH_FRACTIONS else middle
    QApplication.sendEvent(target, QDragEnterEvent(entered, *held))
    QApplication.sendEvent(target, QDropEvent(QPointF(middle), *held))


class Hand(QObject):
    """Drives one application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app

    # Waiting

    def settle(self) -> None:
        """Let everything that waits in the event loop happen."""
        for _ in range(3):
            self._app.sendPostedEvents()
            self._app.processEvents()
        # No event loop runs here that would delete what is to be deleted later.
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Let events happen until something holds.

        Raises:
            TourError: it does not hold after half a minute.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise TourError(f"waited in vain until {what}")
            # A loop of its own, and not QTest.qWait: that one keeps Python's lock while it waits, and a job starves.
            loop = QEventLoop()
            QTimer.singleShot(_POLL_MS, loop.quit)
            loop.exec()
        self.settle()

    def answer(self, kind: type[D], reply: Callable[[D], object], ask: Callable[[], object]) -> None:
        """Do `ask`, which opens a dialog of a kind, and answer it; whatever fails in the answer fails here."""
        answering = _Answer(kind, reply)
        ask()
        self.wait_until(lambda: answering.done, f"a {kind.__name__} opens and is answered")
        if answering.error is not None:
            raise answering.error

    # Mouse

    def click(self, widget: QWidget, point: QPoint | None = None) -> None:
        """Click a widget in its middle, or at a point of it."""
        self.wait_until(widget.isVisible, f"{widget.accessibleName() or type(widget).__name__} is there to be clicked")
        QTest.mouseClick(widget, _LEFT, _NONE, point or widget.rect().center())
        self.settle()

    def double_click(self, view: ArticleView, position: int) -> None:
        """Double-click a character of the article."""
        port, point = view.viewport(), self._point(view, position)
        QTest.mouseClick(port, _LEFT, _NONE, point)
        QTest.mouseDClick(port, _LEFT, _NONE, point)
        self.settle()

    def click_text(self, view: ArticleView, position: int) -> None:
        """Click a character of the article."""
        QTest.mouseClick(view.viewport(), _LEFT, _NONE, self._point(view, position))
        self.settle()

    def drag(self, view: ArticleView, start: int, end: int, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Drag from the first to the last character of `[start, end)` of the article."""
        port = view.viewport()
        first, last = self._edge(view, start, leading=True), self._edge(view, end - 1, leading=False)
        QTest.mousePress(port, _LEFT, modifiers, first)
        for point in ((first + last) / 2, last):
            self._move(port, point, modifiers)
        QTest.mouseRelease(port, _LEFT, modifiers, last)
        self.settle()

    def drop(self, window: QWidget, paths: list[str]) -> None:
        """Drop files and folders onto a window."""
        drop_files(window, paths)
        self.settle()

    # Keyboard

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """Press a key or a combination such as "Ctrl+Z"."""
        target = widget or self._focused()
        if target is None:
            raise TourError(f"nothing has the focus to take {keys}")
        combination = QKeySequence.fromString(keys)[0]  # type: ignore[index]  # the stubs lack it
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.settle()

    def press_key_of(self, action: QAction) -> None:
        """Press the key of a command."""
        self.press(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText))

    def write(self, widget: QWidget, text: str) -> None:
        """Write text into a field, character by character, in place of what is there."""
        widget.setFocus()
        self.press("Ctrl+A", widget)
        for character in text:
            key = Qt.Key.Key_unknown
            QTest.sendKeyEvent(QTest.KeyAction.Click, widget, key, character, _NONE)
        self.settle()

    # Places

    def _focused(self) -> QWidget | None:
        """Return what takes a key; a platform without a window manager activates no window when a dialog has closed."""
        if self._app.activeWindow() is None:
            for window in self._app.topLevelWidgets():
                if window.isVisible() and window.isWindow():
                    window.activateWindow()
            self.settle()
        return self._app.focusWidget() or self._app.activeWindow()

    def _point(self, view: ArticleView, position: int) -> QPoint:
        view.scroll_to(position, position + 1)
        self.settle()
        rects = view.span_rects(position, position + 1)
        if not rects:
            raise TourError(f"character {position} is not drawn")
        return rects[0].center().toPoint()

    def _edge(self, view: ArticleView, position: int, *, leading: bool) -> QPoint:
        """Return a point well inside a character, near the side where its reading begins or ends."""
        centre = self._point(view, position)
        rect = view.span_rects(position, position + 1)[0]
        before, after = view.span_rects(position, position + 1), view.span_rects(position + 1, position + 2)
        rtl = not after or after[0].center().x() < before[0].center().x()
        share = 0.2 if leading != rtl else 0.8
        return QPoint(round(rect.left() + rect.width() * share), centre.y())

    @staticmethod
    def _move(port: QWidget, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        # The offscreen platform's own moves carry no button.
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(port.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            _LEFT,
            modifiers,
        )
        QApplication.sendEvent(port, event)


class _Answer(QObject):
    """Waits for a dialog of a kind beside the event loop that the dialog itself will run, and answers it."""

    def __init__(self, kind: type[D], reply: Callable[[D], object]) -> None:
        super().__init__()
        self.done = False
        self.error: Exception | None = None
        self._kind, self._reply = kind, reply
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_POLL_MS)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if self.done or not isinstance(dialog, self._kind) or not dialog.isVisible():
            return
        self._timer.stop()
        try:
            self._reply(dialog)
        except Exception as error:  # noqa: BLE001 - carried over the border of Qt's event loop, and raised again
            self.error = error
            dialog.reject()
        self.done = True
