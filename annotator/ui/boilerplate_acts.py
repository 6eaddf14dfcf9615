# SPDX-License-Identifier: MIT
"""What the hand does to boilerplate: marks what is selected, takes marks away, has all that is likely some marked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.i18n import tr
from annotator.late import LateModule
from annotator.model.changes import Changes
from annotator.ui.jobs import Progress

if TYPE_CHECKING:
    from annotator.ops import boilerplate
    from annotator.ui.main_window import MainWindow
else:
    boilerplate = LateModule("annotator.ops.boilerplate")


class BoilerplateActs(QObject):
    """Acts on what of the articles is none of their text; each is one act of the history."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def mark(self) -> None:
        """Mark what is selected."""
        selected, article_id = self._window.desk.pane.view.snapped_selection(), self._session.article_id
        if selected is not None and article_id is not None:
            self._session.run(boilerplate.mark_boilerplate, article_id, *selected)

    def unmark(self) -> None:
        """Take away the mark at the caret, or what of any is selected."""
        view, article_id = self._window.desk.pane.view, self._session.article_id
        if article_id is None:
            return
        mark = view.boilerplate.at_caret(view.caret())
        there = view.snapped_selection() or (mark[:2] if mark is not None else None)
        if there is None or next(view.boilerplate.within(*there), None) is None:
            self._window.tell(tr("There is no boilerplate here."))
            return
        self._session.run(boilerplate.unmark_boilerplate, article_id, *there)

    def suspect_here(self) -> None:
        """Mark what of this article is likely boilerplate."""
        if self._session.article_id is not None:
            self._tell_if_none(self._session.run(boilerplate.suspect_boilerplate, [self._session.article_id]))

    def suspect_everywhere(self) -> None:
        """Mark what of any article is likely boilerplate, in a job."""
        self._window.flush()
        project = self._session.project

        def work(progress: Progress) -> Changes:
            with project.writer() as own:
                return boilerplate.suspect_boilerplate(own, progress=progress)

        def done(changes: Changes) -> None:
            self._session.announce(changes)
            self._tell_if_none(changes)

        self._window.jobs.start(tr("Looking for boilerplate…"), work, done, self._window.files.tell_failure)

    def _tell_if_none(self, changes: Changes | None) -> None:
        if changes is not None and not changes.seq:
            self._window.tell(tr("Nothing more looks like boilerplate."))
