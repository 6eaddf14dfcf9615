# SPDX-License-Identifier: MIT
"""What an export would lose, counted in a thread of its own, anew for each change of mind. Knows no widget.

It outlives the dialog by as long as a count takes to stop, and never the project.
"""

import time

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportReport
from annotator.ops.exporting import preview
from annotator.project import Project
from annotator.ui.session import Session

#: Who clicks through choices waits for one count, and not for each.
_DELAY_MS = 300
_EVERY_S = 0.1


class _Thread(QThread):
    """Counts once.

    Signals:
        progressed: the number of the count, articles done, of how many.
    """

    progressed = Signal(int, int, int)

    def __init__(self, number: int, project: Project, format_id: str, options: ExportOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.number = number
        self.report: ExportReport | None = None
        self.error: BaseException | None = None
        self._project, self._format_id, self._options = project, format_id, options
        self._told_at = 0.0

    def run(self) -> None:
        """Count, and keep whatever comes of it for the main thread."""
        try:
            with self._project.reader() as project:
                self.report = preview(project, self._format_id, self._options, self._progress)
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error

    def _progress(self, done: int, total: int, _name: str) -> bool:
        now = time.monotonic()
        if now - self._told_at >= _EVERY_S:
            self._told_at = now
            self.progressed.emit(self.number, done, total)
        return not self.isInterruptionRequested()


class Preview(QObject):
    """One count at a time; a new one takes the place of the one before.

    Signals:
        begun: a count is under way, or about to be.
        progressed: articles done, of how many.
        found: the report of the count that was asked for last.
        failed: that count ended with this `UserError`.
    """

    begun = Signal()
    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._threads: dict[int, _Thread] = {}
        self._number = 0
        self._asked: tuple[str, ExportOptions] | None = None
        self._left = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._start)
        session.project_closing.connect(self._stop)

    @property
    def is_busy(self) -> bool:
        """Whether a count is under way, or about to be."""
        return self._timer.isActive() or self._number in self._threads

    def ask(self, format_id: str, options: ExportOptions) -> None:
        """Count for these choices from now on, and not for those before."""
        self.cancel()
        self._asked = format_id, options
        self._timer.start()
        self.begun.emit()

    def cancel(self) -> None:
        """Stop counting; nothing is told of it any more."""
        self._timer.stop()
        if self._number in self._threads:
            self._threads[self._number].requestInterruption()
        self._number += 1

    def leave(self) -> None:
        """Stop counting, and go when the last count has stopped: nobody waits for that."""
        self.cancel()
        self._left = True
        self._go()

    def _start(self) -> None:
        if self._asked is None or not self._session.is_open:
            return
        self._number += 1
        thread = self._threads[self._number] = _Thread(self._number, self._session.project, *self._asked, self)
        thread.progressed.connect(self._on_progressed)
        thread.finished.connect(lambda: self._on_finished(thread))
        thread.start(QThread.Priority.LowPriority)

    def _stop(self) -> None:
        """Stop at once, as before the project is closed."""
        self.cancel()
        threads, self._threads = self._threads, {}
        for thread in threads.values():
            thread.requestInterruption()
        for thread in threads.values():
            thread.wait()
            thread.deleteLater()
        self._go()

    def _go(self) -> None:
        if self._left and not self._threads:
            self.deleteLater()

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
            self.found.emit(thread.report)
