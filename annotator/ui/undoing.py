# SPDX-License-Identifier: MIT
"""Undo and redo of the window: at once, or as a job where the act is so large that the window would stand still."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.i18n import tr
from annotator.model.changes import Changes, HistoryEntry
from annotator.ops import history
from annotator.project import Project
from annotator.ui.jobs import Progress

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: Acts on more rows than this take longer than what is felt as at once.
MANY_ROWS = 5_000


class Undoing(QObject):
    """Undoes and redoes for one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._jobs = window.session, window.jobs

    def undo(self) -> None:
        """Undo the last act."""
        self._do(tr("Undoing…"), history.undo, self._session.project.undoable())

    def redo(self) -> None:
        """Redo the last act undone."""
        self._do(tr("Redoing…"), history.redo, self._session.project.redoable())

    def _do(self, title: str, act: Callable[[Project], Changes], entry: HistoryEntry | None) -> None:
        if entry is None or entry.rows <= MANY_ROWS:
            self._session.run(act)
            return
        project = self._session.project

        def work(_progress: Progress) -> Changes:
            with project.writer() as own:
                return act(own)

        self._jobs.start(title, work, self._session.announce_from_job, stoppable=False)
