# SPDX-License-Identifier: MIT
"""Work that may take long: in a thread of its own, with progress, a way to stop it, and its errors brought back.

A job is a plain function that is told how to report progress. It opens its own connection to the project
(`Project.reader`, `Project.writer`) in its own thread and takes and gives plain data only.
"""

import contextlib
import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.late import late
from annotator.ui.session import Session
from annotator.ui.waiting import stay_alive

if TYPE_CHECKING:
    from annotator.ui.dialogs.progress import ProgressDialog
else:
    ProgressDialog = late("annotator.ui.dialogs.progress", "ProgressDialog")

T = TypeVar("T")

#: Told how many are done, of how many, and the name of the present one; False asks the work to stop.
Progress = Callable[[int, int, str], bool]

_QUIET_S = 0.1
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

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._thread: _Thread | None = None
        self._dialog: ProgressDialog | None = None
        self._steps: deque[Callable[[], object]] = deque()
        self._place: int | None = None  # among the steps, of what the end or the step that is being done adds
        # A timer comes after what is painted; Qt makes of a single shot a call that comes before.
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(lambda: session.afterwards(self._do_step))
        self.asks_again: Callable[[UserError], bool | None] = lambda _error: None

    @property
    def busy(self) -> bool:
        """Whether a job is running, or not all is done with its result."""
        return self._thread is not None or bool(self._steps)

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

        # Its end may show a dialog, or another project: not within an act that waits for the disk.
        finish = partial(self._session.afterwards, partial(self._finish, thread, done, failed, again))
        thread.start()
        self.started.emit()
        # A quick job shows no dialog; waiting this long is not felt. Its end is heard when whoever began it is through.
        if stay_alive(lambda seconds: thread.wait(math.ceil(seconds * 1000)), _QUIET_S):
            QTimer.singleShot(0, self, finish)
            return
        dialog = self._dialog = ProgressDialog(self._window, title, stoppable=stoppable)
        dialog.cancel_requested.connect(self.cancel)
        thread.progressed.connect(dialog.show_progress)
        thread.finished.connect(lambda: self._on_finished(finish))
        if thread.isFinished():  # before it was listened to
            self._on_finished(finish)
            return
        dialog.open()

    def then(self, step: Callable[[], object]) -> None:
        """Do more with the result of the job that has just ended, in a turn of its own of the window's events.

        The job counts as ended after that. What a step adds comes right after it. Where no job has just ended, it is
        done at once.
        """
        if self._place is None:
            step()
            return
        self._steps.insert(self._place, step)
        self._place += 1

    def cancel(self) -> None:
        """Ask the running job to stop; it ends with `cancelled` and leaves nothing behind."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def stop(self) -> None:
        """Ask the running job to stop and wait for it, as when the program ends; its result is dropped."""
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()
        self._steps.clear()

    def _on_finished(self, finish: Callable[[], object]) -> None:
        if self._dialog is None:
            return
        self._dialog.close_now()
        self._dialog = None
        # Not every platform gives the focus back by itself.
        self._window.activateWindow()
        QTimer.singleShot(0, self, finish)

    def _finish(
        self,
        thread: _Thread,
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None,
        again: Callable[[], object],
    ) -> None:
        self._thread = None
        outcome, error = thread.outcome, thread.outcome.error
        thread.deleteLater()
        wanted = self.asks_again(error) if isinstance(error, UserError) else None
        if wanted and self._thread is None:
            again()
            return
        if wanted is not None:
            error = UserError("cancelled")  # the user knows why
        with self._adding():
            if isinstance(error, UserError):
                (failed or self.failed.emit)(error)
            elif error is not None:
                raise error
            else:
                done(outcome.value)  # type: ignore[arg-type]  # `work` made it

    @contextlib.contextmanager
    def _adding(self) -> Iterator[None]:
        """Take what `then` is told in the block as steps, and go on with them after it."""
        self._place = 0
        try:
            yield
        finally:
            self._place = None
            self._go_on()

    def _go_on(self) -> None:
        if self._steps:
            self._turn.start()
        else:
            self.ended.emit()

    def _do_step(self) -> None:
        if not self._steps:  # stopped
            return
        step = self._steps.popleft()
        with self._adding():
            step()
