# SPDX-License-Identifier: MIT
"""Finding what is likely the same in a thread, group by group as they are found; and what is not wanted to be seen."""

import json
import time
from collections.abc import Iterable
from hashlib import sha1

from PySide6.QtCore import QObject, QThread, Signal

from annotator.analysis.candidates import Group
from annotator.errors import UserError
from annotator.model.ids import AnnotatorId
from annotator.ops.candidates import find_candidates
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.session import Session

_EVERY_S = 0.1
_MOST_DISMISSED = 2_000
_DIGITS = 16


class Dismissed:
    """The groups of one project that somebody has looked at and does not want; kept in the settings."""

    def __init__(self, settings: Settings, project_id: str) -> None:
        self._settings, self._place = settings, f"candidates.{project_id}"
        try:
            kept = json.loads(settings.get(self._place) or "[]")
        except ValueError:
            kept = []
        self._known: dict[str, None] = dict.fromkeys(map(str, kept) if isinstance(kept, list) else ())

    def __contains__(self, key: object) -> bool:
        return _short(str(key)) in self._known

    def add(self, key: str) -> None:
        """Keep that a group is not wanted."""
        self._known[_short(key)] = None
        self._settings.put(self._place, json.dumps(list(self._known)[-_MOST_DISMISSED:]))


class _Search(QThread):
    """Looks through one project.

    Signals:
        found: this search, and groups that it has found.
    """

    found = Signal(object, object)

    def __init__(
        self, project: Project, annotator_id: AnnotatorId | None, dismissed: Dismissed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._project, self._annotator_id, self._dismissed = project, annotator_id, dismissed
        self.error: BaseException | None = None

    def run(self) -> None:
        """Search, and keep an error for the main thread."""
        try:
            with self._project.reader() as project:
                self._tell(find_candidates(project, self._annotator_id, self._dismissed, self._goes_on))
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error

    def _goes_on(self) -> bool:
        return not self.isInterruptionRequested()

    def _tell(self, groups: Iterable[Group]) -> None:
        batch: list[Group] = []
        told_at = 0.0
        for group in groups:
            batch.append(group)
            if time.monotonic() - told_at >= _EVERY_S:
                self.found.emit(self, batch)
                batch, told_at = [], time.monotonic()
        if batch:
            self.found.emit(self, batch)


class CandidateFinder(QObject):
    """Runs one search at a time.

    Signals:
        found: groups, a list.
        ended: all has been looked at.
    """

    found = Signal(list)
    ended = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._search: _Search | None = None
        session.project_closing.connect(self.stop)

    @property
    def is_searching(self) -> bool:
        """Whether a search is going on."""
        return self._search is not None

    def dismissed(self) -> Dismissed:
        """Return what is not wanted of the open project."""
        return Dismissed(self._settings, self._session.project.id)

    def start(self) -> None:
        """Search from the beginning."""
        self.stop()
        project = self._session.project
        who = None if project.read_only else project.annotator.id
        search = self._search = _Search(project, who, self.dismissed(), self)
        search.found.connect(self._on_found)
        search.finished.connect(self._on_finished)
        search.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Stop the search, if there is one; nothing more is told of it."""
        if self._search is None:
            return
        search, self._search = self._search, None
        search.finished.disconnect(self._on_finished)
        search.requestInterruption()
        search.wait()
        search.deleteLater()

    def _on_found(self, search: object, groups: list[Group]) -> None:
        if search is self._search:  # else it was stopped, and this was still on its way
            self.found.emit(groups)

    def _on_finished(self) -> None:
        search, self._search = self._search, None
        if search is None:
            return
        search.deleteLater()
        if search.error is not None and not isinstance(search.error, UserError):
            raise search.error
        self.ended.emit()


def _short(key: str) -> str:
    return sha1(key.encode(errors="replace"), usedforsecurity=False).hexdigest()[:_DIGITS]
