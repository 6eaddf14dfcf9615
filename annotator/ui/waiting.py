# SPDX-License-Identifier: MIT
"""Waiting for a disk that takes its time, as over a network: a thread does that, and the window stays alive.

Nothing else can be done meanwhile: keys and clicks wait in Qt's own queue, in their order, for whatever is next may
stand on the act that is not on the disk yet. See docs/adr/0017-waiting-for-the-disk.md.
"""

import math
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEventLoop, QObject, Signal

T = TypeVar("T")

#: So long the window's thread waits without looking about: less than a frame, and more than a disk usually takes.
_AT_ONCE_S = 0.012
#: So long at once after that, between two looks at what there is to be painted.
_TURN_S = 0.01
#: A wait that is longer is felt, and told.
_FELT_S = 0.3


class What(StrEnum):
    """What waits for the disk, as the user is told."""

    SAVING = "saving"
    OPENING = "opening"


class Waiting(QObject):
    """Has a thread do what waits for the disk; called with that, it returns when it is done, or raises what it met.

    Signals:
        told: this takes long enough to be told of, a `What`; "" when it is over.
    """

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._depth = 0

    @property
    def is_on(self) -> bool:
        """Whether something waits for the disk while the window is alive: nothing may be begun now."""
        return self._depth > 0

    def __call__(self, step: Callable[[], T]) -> T:
        """Do it in the thread."""
        return self.until(begun(step), What.SAVING)

    def until(self, task: "Task[T]", what: What) -> T:
        """Wait for what the thread was given before."""
        if not task.is_done(_AT_ONCE_S):
            self._stay_alive(task, what)
        return task.end()

    def _stay_alive(self, task: "Task[T]", what: What) -> None:
        is_told = False
        self._depth += 1
        try:
            if not stay_alive(task.is_done, _FELT_S):
                is_told = True
                self.told.emit(what)
                stay_alive(task.is_done)
        finally:
            task.is_done(-1)  # whatever goes wrong here: the thread has the connection until then
            self._depth -= 1
            if is_told:
                self.told.emit("")


def stay_alive(is_done: Callable[[float], bool], most_s: float = math.inf) -> bool:
    """Turn the window's events, all but the user's, until something is done, and no longer than given.

    Args:
        is_done: waits so many seconds at most, and returns whether it is done.
        most_s: how many seconds it may take in all.

    Returns:
        Whether it is done.
    """
    end = time.monotonic() + most_s
    try:
        while not (done := is_done(_TURN_S)) and time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    finally:
        # Keys that were held back lie in Qt's queue, and nothing else may tell Qt of them.
        QAbstractEventDispatcher.instance().wakeUp()
    return done


class Task(Generic[T]):
    """Something that the thread does, and what came of it."""

    def __init__(self, step: Callable[[], T]) -> None:
        self._step: Callable[[], T] | None = step
        self._found: list[T] = []
        self._error: BaseException | None = None
        self._has_run = False
        self._running = threading.Lock()
        self._running.acquire()

    def run(self) -> None:
        """Do it; in the thread."""
        assert self._step is not None  # noqa: S101 - it is run once
        try:
            self._found.append(self._step())
        except BaseException as error:  # noqa: BLE001 - a border: raised again by `end`
            self._error = error
        finally:
            self._step = None  # what it holds on to is let go by whoever waits, and not here some time later
            self._has_run = True
            self._running.release()

    def is_done(self, seconds: float) -> bool:
        """Return whether it is done, within so many seconds; -1 is for ever."""
        # The lock is not given back: an interrupt by a signal in between would leave it to nobody.
        return self._has_run or self._running.acquire(timeout=seconds)

    def end(self) -> T:
        """Return what was found once it is done, or raise what it met."""
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # it leads to this frame, and would hold on to itself and to the statement that failed
        return self._found.pop()


class _Worker:
    """One thread for all windows of the process, as long as it runs: to begin one takes longer than a disk does."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[Task[Any]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, task: Task[Any]) -> None:
        if self._thread is None or not self._thread.is_alive():  # the latter in a process that was forked
            self._thread = threading.Thread(target=self._run, name="disk", daemon=True)
            self._thread.start()
        self._tasks.put(task)

    def _run(self) -> None:
        while True:
            self._tasks.get().run()


_WORKER = _Worker()


def begun(step: Callable[[], T]) -> Task[T]:
    """Have the thread do something as soon as it has done all that it was given before."""
    task = Task(step)
    _WORKER.do(task)
    return task
