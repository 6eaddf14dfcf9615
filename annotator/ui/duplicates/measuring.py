# SPDX-License-Identifier: MIT
"""Measures in a thread how like each other the articles of a group are."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread, Signal

from annotator.errors import UserError
from annotator.model.ids import ArticleId
from annotator.ops.duplicates import likenesses
from annotator.project import Project
from annotator.ui.session import Session


class _Thread(QThread):
    def __init__(self, project: Project, article_ids: Sequence[ArticleId], parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._article_ids = project, article_ids
        self.found: dict[ArticleId, float] = {}
        self.error: BaseException | None = None

    def run(self) -> None:
        """Measure, and keep what was found, or an error, for the main thread."""
        try:
            with self._project.reader() as project:
                found = likenesses(project, self._article_ids, lambda: not self.isInterruptionRequested())
            self.found = dict(zip(self._article_ids, found, strict=True))
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error


class Measuring(QObject):
    """Measures one group at a time.

    Signals:
        measured: how like another each article is, from 0 to 1, by its id.
    """

    measured = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._thread: _Thread | None = None
        self._leaving: set[_Thread] = set()
        session.project_closing.connect(self._on_project_closing)

    def start(self, article_ids: Sequence[ArticleId]) -> None:
        """Measure other articles."""
        self.stop()
        if not article_ids or not self._session.is_open:
            return
        thread = self._thread = _Thread(self._session.project, article_ids, self)
        thread.finished.connect(self._on_finished)
        thread.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Stop; nothing more is told. The thread ends when it is next asked whether to go on, and nobody waits."""
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        thread.finished.disconnect(self._on_finished)
        self._leaving.add(thread)
        thread.finished.connect(lambda: self._on_left(thread))
        thread.requestInterruption()
        if thread.isFinished():  # a moment ago, and its signal was not delivered yet
            self._on_left(thread)

    def _on_left(self, thread: _Thread) -> None:
        if thread in self._leaving:
            self._leaving.discard(thread)
            thread.deleteLater()

    def _on_project_closing(self) -> None:
        """Have nothing read in the project any more."""
        self.stop()
        for thread in list(self._leaving):
            thread.wait()
            self._on_left(thread)

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.deleteLater()
        if thread.error is None:
            self.measured.emit(thread.found)
        elif not isinstance(thread.error, UserError):  # an article may be gone since
            raise thread.error
