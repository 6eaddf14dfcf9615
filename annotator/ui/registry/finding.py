# SPDX-License-Identifier: MIT
"""Finding what is likely the same in a thread, group by group as they are found; and what is not wanted to be seen."""

import json
from functools import partial
from hashlib import sha1

from PySide6.QtCore import QObject, Signal

from annotator.model.ids import AnnotatorId
from annotator.ops.candidates import find_candidates
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

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
        self._search = Background(session, self)
        self._search.found.connect(self.found)
        for over in (self._search.done, self._search.failed):
            over.connect(lambda _outcome: self.ended.emit())

    @property
    def is_searching(self) -> bool:
        """Whether a search is going on."""
        return self._search.is_running

    def dismissed(self) -> Dismissed:
        """Return what is not wanted of the open project."""
        return Dismissed(self._settings, self._session.project.id)

    def start(self) -> None:
        """Search from the beginning."""
        project = self._session.project
        who = None if project.read_only else project.annotator.id
        self._search.start(partial(_find, who, self.dismissed()))

    def stop(self) -> None:
        """Stop the search, if there is one; nothing more is told of it."""
        self._search.cancel()


def _find(annotator_id: AnnotatorId | None, dismissed: Dismissed, project: Project, watch: Watch) -> None:
    for group in find_candidates(project, annotator_id, dismissed, watch.goes_on):
        watch.found(group)


def _short(key: str) -> str:
    return sha1(key.encode(errors="replace"), usedforsecurity=False).hexdigest()[:_DIGITS]
