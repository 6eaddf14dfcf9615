# SPDX-License-Identifier: MIT
"""What the disk or another program keeps from being written: told, tried again, and written elsewhere if need be."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from annotator.errors import OBSTACLES, UserError
from annotator.i18n import tr
from annotator.model.changes import Changes
from annotator.project import SUFFIX
from annotator.ui.dialogs.obstacle import ObstacleDialog, Way

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: These pass by themselves, or are mended outside of the window; whether they are costs nothing to find out.
_PASSING = frozenset({"project_busy", "project_moved"})
#: What stands in a job's way may be cleared; another place than one that cannot be written to is chosen anew.
_WORTH_ANOTHER_TRY = frozenset({*_PASSING, "disk_full", "write_failed"})


class Obstacles(QObject):
    """Overcomes them for one window. An act that is kept is done where the user's way leads to that."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._is_asking = False
        self._session.overcome = self.overcome

    @property
    def is_asking(self) -> bool:
        """Whether an act waits for the user's decision."""
        return self._is_asking

    def overcome(self, error: UserError, attempt: Callable[[], Changes]) -> Changes | None:
        """Ask what to do about an act until it is done; None where it is to be left."""
        waiting = _Waiting(attempt, error)
        self._is_asking = True
        try:
            while waiting.error is not None:
                if not self._go(waiting):
                    return None
        except UserError as other:
            self._session.failed.emit(other)
            return None
        finally:
            self._is_asking = False
        return waiting.changes

    def asks_again(self, error: UserError) -> bool | None:
        """Ask whether a job that could not be done is to be begun anew; None where there is no use in that."""
        if error.key not in _WORTH_ANOTHER_TRY or self._is_asking or self._window.is_closing:
            return None
        return ObstacleDialog.ask(self._window, self._window.describe(error)) is Way.AGAIN

    def _go(self, waiting: "_Waiting") -> bool:
        """Ask once, and try; return whether there is any use in asking again."""
        error = waiting.error
        assert error is not None  # noqa: S101 - asked for by `overcome`
        is_lost = error.key == "project_moved"
        ways = frozenset({Way.COPY} if error.key != "project_busy" else ()) | ({Way.REOPEN} if is_lost else set())
        mended = waiting.is_done if error.key in _PASSING else None
        match ObstacleDialog.ask(self._window, self._window.describe(error), ways, mended):
            case None:
                return False
            case Way.AGAIN:
                waiting.try_it()
            case Way.REOPEN:
                self._elsewhere(waiting, self._chosen_file())
            case Way.COPY:
                self._elsewhere(waiting, self._copied())
        return True

    def _elsewhere(self, waiting: "_Waiting", place: Path | None) -> None:
        if place is None:
            return
        try:
            self._session.move_to(place)
        except UserError as error:
            self._window.files.tell_failure(error)
            return
        self._window.files.remember(self._session.project)
        # The desk shows it already; what else may have been done there meanwhile is read once the act is told.
        QTimer.singleShot(0, self._window, self._window.renew)
        waiting.try_it()

    def _chosen_file(self) -> Path | None:
        title, kinds = tr("Where does the project lie now?"), tr("Tawsim projects") + f" (*{SUFFIX})"
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(self._window.files.folder()), kinds)
        return Path(path) if path else None

    def _copied(self) -> Path | None:
        """Copy the project to where the user says; None where that was not to be."""
        offered = self._window.files.folder() / self._session.project.path.name
        title, kinds = tr("Save a copy of the project"), tr("Tawsim projects") + f" (*{SUFFIX})"
        path, _ = QFileDialog.getSaveFileName(self._window, title, str(offered), kinds)
        place = Path(path if path.endswith(SUFFIX) else path + SUFFIX) if path else None
        try:
            if place is not None:
                self._session.project.copy_to(place)
        except UserError as error:
            self._window.files.tell_failure(error)
            return None
        return place


class _Waiting:
    """An act that waits, and what keeps it."""

    def __init__(self, attempt: Callable[[], Changes], error: UserError) -> None:
        self._attempt = attempt
        self.error: UserError | None = error
        self.changes: Changes | None = None

    def try_it(self) -> None:
        """Do the act, or find what keeps it now; what has nothing to do with the disk is raised."""
        if self.changes is not None:
            return
        try:
            self.changes = self._attempt()
            self.error = None
        except UserError as error:
            if error.key not in OBSTACLES:
                raise
            self.error = error

    def is_done(self) -> bool:
        """Try the act and return whether there is nothing to wait for any more."""
        try:
            self.try_it()
        except UserError:
            return True  # it is tried once more, and the error told then
        return self.error is None
