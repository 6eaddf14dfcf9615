# SPDX-License-Identifier: MIT
"""Reading a project in a thread behind what the user does: searching, counting, looking ahead. Knows no widget.

Nobody waits for it, there is no dialog, and a new piece of work takes the place of the one before; what the user does
wait for is a job (`jobs`). Work is a plain function of a project of its own and a `Watch`, which tells what was found
on the way. It goes on until it next asks the watch, and never longer than the project is open.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from annotator.errors import UserError
from annotator.project import PATIENCE_S, Project
from annotator.ui.session import Session

#: So often what was found is handed over: a list that grows is laid out anew each time.
_EVERY_S = 0.1
#: Between two steps the window has its turn, which Python gives it only every five milliseconds otherwise; but not
#: before a first page is there, for which somebody waits.
_TURN_S = 0.00005
#: So long the window has for itself when something was handed over, to show it.
_SHOWN_S = 0.02


class Watch:
    """What a piece of work tells on its way, and asks whether it is still wanted."""

    def __init__(self, thread: "_Thread", first: int) -> None:
        self._thread, self._first = thread, first
        self._waiting: list[Any] = []
        self._told_at = 0.0
        self._handed_at = time.monotonic()

    def goes_on(self) -> bool:
        """Return whether the work is still wanted."""
        return not self._thread.isInterruptionRequested()

    def progress(self, done: int, total: int, _name: str = "") -> bool:
        """Tell how much is done, and return whether the work is still wanted."""
        now = time.monotonic()
        if now - self._told_at >= _EVERY_S:
            self._told_at = now
            self._thread.progressed.emit(self._thread.number, done, total)
        if now - self._handed_at >= _EVERY_S:
            self.hand_over()
        if not self._first:
            time.sleep(_TURN_S)
        return self.goes_on()

    def found(self, item: object) -> None:
        """Tell of something that was found; what is found is handed over now and then, and at the end."""
        self._waiting.append(item)
        if len(self._waiting) == self._first or time.monotonic() - self._handed_at >= _EVERY_S:
            self.hand_over()

    def hand_over(self) -> None:
        """Hand over at once what was found since the last time."""
        if self._waiting and self.goes_on():
            self._thread.found.emit(self._thread.number, self._waiting)
            self._waiting, self._first = [], 0
            time.sleep(_SHOWN_S)
            self._handed_at = time.monotonic()


Work = Callable[[Project, Watch], object]
#: A search that yields what it finds; it is given what tells how much is done, and returns whether to go on.
Search = Callable[[Project, Callable[[int, int], bool]], Iterable[object]]


def listing(search: Search) -> Work:
    """Return a search as work that hands over what it finds as it goes."""

    def work(project: Project, watch: Watch) -> None:
        for item in search(project, watch.progress):
            watch.found(item)

    return work


class _Thread(QThread):
    """Does one piece of work.

    Signals:
        found: the number of the work, and what it has found since.
        progressed: the number of the work, done, total.
    """

    found = Signal(int, list)
    progressed = Signal(int, int, int)

    def __init__(self, number: int, project: Callable[[], Project], work: Work, first: int, parent: QObject) -> None:
        super().__init__(parent)
        self.number = number
        self.result: object = None
        self.error: BaseException | None = None
        self._project, self._work, self._watch = project, work, Watch(self, first)

    def run(self) -> None:
        """Do the work, and keep whatever comes of it for the main thread."""
        try:
            with self._project() as project:
                self.result = self._work(project, self._watch)
            self._watch.hand_over()
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error


class Background(QObject):
    """One piece of work at a time; a new one takes the place of the one before.

    Signals:
        found: some more was found, a list.
        progressed: done, total.
        done: the work came to its end, with its result.
        failed: it ended with this `UserError`.
        ended: it is over, whichever way; also when it was stopped by `cancel`.
    """

    found = Signal(list)
    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject, *, first: int = 0) -> None:
        """Take the place of a thread.

        Args:
            session: whose project is read.
            parent: who it belongs to.
            first: so many things found are handed over at once the first time, as a first page; 0: by time alone.
        """
        super().__init__(parent)
        self._session, self._first = session, first
        self._threads: dict[int, _Thread] = {}
        self._number = 0
        self._left = False
        session.project_closing.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether something is being done that is still wanted."""
        return self._number in self._threads

    def start(self, work: Work, *, writes: bool = False) -> None:
        """Do something else from now on; nothing more is told of the work before, not even its end.

        Args:
            work: what is to be done.
            writes: whether it writes to the project what is no act, such as an index.
        """
        self._interrupt()
        self._number += 1
        project = self._session.project
        # An act waits for what is written here, so that this waits no longer than an act does.
        opens = partial(project.writer, PATIENCE_S) if writes else project.reader
        thread = self._threads[self._number] = _Thread(self._number, opens, work, self._first, self)
        thread.found.connect(self._on_found)
        thread.progressed.connect(self._on_progressed)
        # It may end in a dialog, which is not opened within an act that waits for the disk.
        thread.finished.connect(lambda: self._session.afterwards(lambda: self._on_finished(thread)))
        thread.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask the work to stop; what it has found so far stays found."""
        if self._interrupt():
            self.ended.emit()

    def stop(self) -> None:
        """Stop and wait for it, as before the project is closed; nothing is told."""
        threads, self._threads = self._threads, {}
        for thread in threads.values():
            thread.requestInterruption()
        for thread in threads.values():
            thread.wait()
            thread.deleteLater()
        self._number += 1
        self._go()

    def leave(self) -> None:
        """Stop, and be gone when the last thread is: nobody waits for that."""
        self._interrupt()
        self._left = True
        self._go()

    def _interrupt(self) -> bool:
        if not self.is_running:
            return False
        self._threads[self._number].requestInterruption()
        self._number += 1
        return True

    def _go(self) -> None:
        if self._left and not self._threads:
            self.deleteLater()

    def _on_found(self, number: int, items: Sequence[object]) -> None:
        if number == self._number:
            self.found.emit(items)

    def _on_progressed(self, number: int, done: int, total: int) -> None:
        if number == self._number:
            self.progressed.emit(done, total)

    def _on_finished(self, thread: _Thread) -> None:
        if self._threads.pop(thread.number, None) is None:
            return
        thread.deleteLater()
        self._go()
        if thread.error is not None and not isinstance(thread.error, UserError):
            raise thread.error
        if thread.number != self._number:
            return
        if thread.error is not None:
            self.failed.emit(thread.error)
        else:
            self.done.emit(thread.result)
        if thread.number == self._number:  # else something else was begun just now
            self.ended.emit()
