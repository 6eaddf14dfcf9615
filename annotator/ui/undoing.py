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

#: Acts on more rows than this take the window's thread longer than a frame.
MANY_ROWS = 150


class Undoing(QObject):
    """Undoes and redoes for one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, window.session, window.jobs

    def undo(self, shown: HistoryEntry | None) -> None:
        """Undo the last act, if that is the one of which it is shown that it would be."""
        entry = self._session.project.undoable()
        if self._is_as_shown(entry, shown):
            self._do(tr("Undoing…"), history.undo, entry)

    def redo(self, shown: HistoryEntry | None) -> None:
        """Redo the last act undone, if that is the one of which it is shown that it would be."""
        entry = self._session.project.redoable()
        if self._is_as_shown(entry, shown):
            self._do(tr("Redoing…"), history.redo, entry)

    def _is_as_shown(self, entry: HistoryEntry | None, shown: HistoryEntry | None) -> bool:
        """Return whether an act is the one that is shown; else show it first, with what was done in another window."""
        if (entry and entry.seq) == (shown and shown.seq):
            return True
        self._window.others.look()
        self._window.tell(tr("Your last act is another by now, from another window. Press once more to take it."))
        return False

    def _do(self, title: str, act: Callable[[Project], Changes], entry: HistoryEntry | None) -> None:
        if entry is None or entry.rows <= MANY_ROWS:
            self._session.run(act)
            return
        project = self._session.project

        def work(_progress: Progress) -> Changes:
            with project.writer() as own:
                return act(own)

        self._jobs.start(title, work, self._session.announce_from_job, stoppable=False)
