# SPDX-License-Identifier: MIT
"""How long the window's thread is busy with one event: what a key that is pressed just then has to wait."""

import time
from collections.abc import Callable
from types import SimpleNamespace

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.ui import waiting


class Watchdog(QApplication):
    """An application that notes how long each event takes, under the name of the step that is being done.

    Attributes:
        turns: by the name of a step, how many seconds of the processor each of its events took.
        begun: when the event of now began, or None.
        doing: the step of now.
    """

    def __init__(self) -> None:
        super().__init__([])
        self.turns: dict[str, list[float]] = {}
        self.begun: float | None = None
        self.doing = ""
        waiting.QCoreApplication = SimpleNamespace(processEvents=self._turn)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event; one within another counts as part of it."""
        if self.begun is not None or not self.doing:
            return super().notify(receiver, event)
        self.begun = time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self.turns.setdefault(self.doing, []).append(time.thread_time() - self.begun)
            self.begun = None

    def _turn(self, flags: QEventLoop.ProcessEventsFlag) -> None:
        """Count what the window does while it waits as events of their own: it is not busy in between."""
        begun, doing = self.begun, self.doing
        if begun is not None:
            self.turns.setdefault(doing, []).append(time.thread_time() - begun)
        self.begun = None
        try:
            self.processEvents(flags)
        finally:
            self.begun = None if begun is None else time.thread_time()

    def step(self, name: str, act: Callable[[], object] = lambda: None, rest_ms: int = 100) -> None:
        """Do something as an event does it, and let the window work for a while."""
        loop = QEventLoop()
        self.doing = name
        QTimer.singleShot(0, act)
        QTimer.singleShot(rest_ms, loop, loop.quit)
        loop.exec()
        self.doing = ""

    def until(self, name: str, act: Callable[[], object], done: Callable[[], bool], most_s: float = 300) -> None:
        """Do something, and let the window work until it is done.

        Raises:
            SystemExit: it never is.
        """
        self.step(name, act, 50)
        begun = time.monotonic()
        while not done():
            if time.monotonic() - begun > most_s:
                raise SystemExit(f"“{name}” is never done")
            self.step(name, rest_ms=50)

    def longest(self) -> dict[str, float]:
        """Return how many seconds the longest event of each step took."""
        return {name: max(turns) for name, turns in self.turns.items()}
