# SPDX-License-Identifier: MIT
"""What Qt's layout does by its timers, in small steps or not at all.

Qt lays out a long text bit by bit while nothing else is to be done, each bit twice as long as the one before, up to
200,000 characters: the hand would wait for them for four frames. A short one is laid out whole at once; its size is
told then, and once more by a timer, for which a view that runs from right to left is painted anew.
"""

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QSizeF, QTimerEvent
from PySide6.QtGui import QTextDocument

#: Characters that are laid out in a fraction of a frame.
_STEP = 20_000


class SmallSteps(QObject):
    """Lays out a document in place of its layout's timer, a step each time that it fires.

    Attributes:
        reached: the position, as Qt counts, up to which it has laid the document out.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self.reached = 0
        self._timer_id: int | None = None
        document.documentLayout().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Lay out the next step; at the end, leave it to Qt to see that all is done."""
        if event.type() is not QEvent.Type.Timer or not isinstance(event, QTimerEvent):
            return False
        if self._timer_id is None and _repeats(watched, event.timerId()):
            self._timer_id = event.timerId()
        last = self._document.characterCount() - 1
        if event.timerId() != self._timer_id or self.reached >= last:
            return False
        self.reached = min(self.reached + _STEP, last)
        layout = self._document.documentLayout()
        layout.blockBoundingRect(self._document.findBlock(self.reached))
        return True


class SizeToldOnce(QObject):
    """Lays a short document out whole, tells its size, and keeps its timer from telling the same size again."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        layout = document.documentLayout()
        self._told = layout.documentSize()
        layout.documentSizeChanged.connect(self._tell)  # a change of the text may tell it without the timer
        layout.documentSizeChanged.emit(self._told)
        layout.installEventFilter(self)

    def _tell(self, size: QSizeF) -> None:
        self._told = size

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the timer end without a word where it has nothing new to tell."""
        if event.type() is not QEvent.Type.Timer:
            return False
        if self._document.documentLayout().documentSize() != self._told:
            return False
        blocked = watched.blockSignals(True)  # noqa: FBT003 - Qt's
        watched.event(event)
        watched.blockSignals(blocked)
        return True


def _repeats(watched: QObject, timer_id: int) -> bool:
    """Return whether a timer is the one of the layout's steps: its other one tells of a new size at once."""
    dispatcher = QAbstractEventDispatcher.instance()
    timers = dispatcher.registeredTimers(watched) if dispatcher is not None else []
    # A number or an enum of it, by the version of PySide6.
    return any(getattr(one.timerId, "value", one.timerId) == timer_id and one.interval > 0 for one in timers)
