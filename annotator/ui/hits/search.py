# SPDX-License-Identifier: MIT
"""A search through the project in a thread of its own, which hands over what it finds as it goes. Knows no widget."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThread, Signal

from annotator.errors import UserError
from annotator.ops.occurrences import GoesOn
from annotator.project import Project
from annotator.ui.hits.model import Item
from annotator.ui.session import Session

Work = Callable[[Project, GoesOn], Iterator[Item]]

#: So often what was found is handed over: a list that grows is laid out anew each time.
_EVERY_S = 0.1


class _Thread(QThread):
    """Runs one search on a reader of the project.

    Signals:
        found: the number of the search, and what it has found since.
        progressed: the number of the search, done, total.
    """

    found = Signal(int, list)
    progressed = Signal(int, int, int)

    def __init__(self, number: int, project: Project, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self.number = number
        self.error: BaseException | None = None
        self._project, self._work = project, work
        self._waiting: list[Item] = []
        self._told_at = 0.0

    def run(self) -> None:
        """Search, and keep an error for the main thread."""
        try:
            with self._project.reader() as project:
                for item in self._work(project, self._goes_on):
                    self._waiting.append(item)
            self._hand_over()
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error

    def _goes_on(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if now - self._told_at >= _EVERY_S:
            self._told_at = now
            self._hand_over()
            self.progressed.emit(self.number, done, total)
        return not self.isInterruptionRequested()

    def _hand_over(self) -> None:
        if self._waiting and not self.isInterruptionRequested():
            self.found.emit(self.number, self._waiting)
            self._waiting = []


class Search(QObject):
    """One search at a time; a new one takes the place of the one before.

    Signals:
        found: some more was found.
        progressed: done, total.
        ended: the search is over, at its end or because it was stopped.
        failed: it ended with this `UserError`.
    """

    found = Signal(list)
    progressed = Signal(int, int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._threads: dict[int, _Thread] = {}
        self._number = 0
        session.project_closing.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether something is being looked for."""
        return self._number in self._threads

    def start(self, work: Work) -> None:
        """Look for something else from now on; nothing more is told of the search before, not even its end."""
        self._interrupt()
        self._number += 1
        thread = self._threads[self._number] = _Thread(self._number, self._session.project, work, self)
        thread.found.connect(self._on_found)
        thread.progressed.connect(self._on_progressed)
        thread.finished.connect(lambda: self._on_finished(thread))
        thread.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask the search to stop; what it has found so far stays."""
        if self._interrupt():
            self.ended.emit()

    def stop(self) -> None:
        """Stop at once, as before the project is closed."""
        threads, self._threads = self._threads, {}
        for thread in threads.values():
            thread.requestInterruption()
        for thread in threads.values():
            thread.wait()
            thread.deleteLater()
        self._number += 1

    def _interrupt(self) -> bool:
        if not self.is_running:
            return False
        self._threads[self._number].requestInterruption()
        self._number += 1
        return True

    def _on_found(self, number: int, items: list[Item]) -> None:
        if number == self._number:
            self.found.emit(items)

    def _on_progressed(self, number: int, done: int, total: int) -> None:
        if number == self._number:
            self.progressed.emit(done, total)

    def _on_finished(self, thread: _Thread) -> None:
        if self._threads.pop(thread.number, None) is None:
            return
        thread.deleteLater()
        if isinstance(thread.error, UserError):
            self.failed.emit(thread.error)
        elif thread.error is not None:
            raise thread.error
        if thread.number == self._number:
            self.ended.emit()
