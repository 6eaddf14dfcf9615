# SPDX-License-Identifier: MIT
"""Work that may take long: in a thread of its own, with progress, a way to stop it, and its errors brought back.

A job is a plain function that is told how to report progress. It opens its own connection to the project
(`Project.reader`, `Project.writer`) in its own thread and takes and gives plain data only.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.late import late

if TYPE_CHECKING:
    from annotator.ui.dialogs.progress import ProgressDialog
else:
    ProgressDialog = late("annotator.ui.dialogs.progress", "ProgressDialog")

T = TypeVar("T")

#: Told how many are done, of how many, and the name of the present one; False asks the work to stop.
Progress = Callable[[int, int, str], bool]

_QUIET_MS = 100
_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """How a job ended: with a value or with an error."""

    value: T | None = None
    error: BaseException | None = None


class _Thread(QThread):
    """Runs one function.

    Signals:
        progressed: done, total, name.
    """

    progressed = Signal(int, int, str)

    def __init__(self, work: Callable[[Progress], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._told_at = 0.0
        self.outcome: Outcome[object] = Outcome()

    def run(self) -> None:
        """Do the work, and keep whatever comes of it for the main thread."""
        try:
            self.outcome = Outcome(value=self._work(self._progress))
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.outcome = Outcome(error=error)

    def _progress(self, done: int, total: int, name: str) -> bool:
        now = time.monotonic()
        if now - self._told_at >= _EVERY_S:
            self._told_at = now
            self.progressed.emit(done, total, name)
        return not self.isInterruptionRequested()


class Jobs(QObject):
    """Runs one job at a time for a window.

    Signals:
        started: a job is running.
        ended: it has ended, and what was to be done with its result is done.
        failed: it ended with this `UserError`.

    Attributes:
        asks_again: asked where a job has failed, with the `UserError`, whether it is to be begun anew; None where that
            would be of no use, and the user was not asked.
    """

    started = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._thread: _Thread | None = None
        self._dialog: ProgressDialog | None = None
        self.asks_again: Callable[[UserError], bool | None] = lambda _error: None

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._thread is not None

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
        *,
        stoppable: bool = True,
    ) -> None:
        """Run `work` in a thread, then `done` with its result in this one.

        Args:
            title: what is being done, for the user.
            work: the job.
            done: what to do with its result.
            failed: what to do with a `UserError` instead of the signal; any other exception is raised here again.
            stoppable: whether the user may stop it; it must ask for progress then.
        """
        if self._thread is not None:
            raise RuntimeError("a job is running already")
        thread = self._thread = _Thread(work, self)

        def again() -> None:
            self.start(title, work, done, failed, stoppable=stoppable)

        thread.finished.connect(lambda: self._on_finished(done, failed, again))
        thread.start()
        self.started.emit()
        # A quick job shows no dialog; waiting this long is not felt.
        if not thread.wait(_QUIET_MS):
            dialog = self._dialog = ProgressDialog(self._window, title, stoppable=stoppable)
            dialog.cancel_requested.connect(self.cancel)
            thread.progressed.connect(dialog.show_progress)
            dialog.open()

    def cancel(self) -> None:
        """Ask the running job to stop; it ends with `cancelled` and leaves nothing behind."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def stop(self) -> None:
        """Ask the running job to stop and wait for it, as when the program ends; its result is dropped."""
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()

    def _on_finished(
        self,
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None,
        again: Callable[[], object],
    ) -> None:
        thread, self._thread = self._thread, None
        assert thread is not None  # noqa: S101 - it has just finished
        if self._dialog is not None:
            self._dialog.close_now()
            self._dialog = None
            # Not every platform gives the focus back by itself.
            self._window.activateWindow()
        outcome, error = thread.outcome, thread.outcome.error
        thread.deleteLater()
        wanted = self.asks_again(error) if isinstance(error, UserError) else None
        if wanted and self._thread is None:
            again()
            return
        if wanted is not None:
            error = UserError("cancelled")  # the user knows why
        try:
            if isinstance(error, UserError):
                (failed or self.failed.emit)(error)
            elif error is not None:
                raise error
            else:
                done(outcome.value)  # type: ignore[arg-type]  # `work` made it
        finally:
            self.ended.emit()
