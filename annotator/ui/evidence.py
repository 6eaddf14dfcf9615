# SPDX-License-Identifier: MIT
"""What tells proclitics from names in the open project: counted in a thread, once the article is on the screen."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from annotator.analysis.frequencies import word_rates
from annotator.model.changes import Changes
from annotator.ops.evidence import evidence, known_names
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

#: After the first paint, and not in the way of what is clicked right after it.
_DELAY_MS = 150


class EvidenceKeeper(QObject):
    """Keeps the evidence of a session's project up to date.

    Signals:
        found: evidence is there, or has changed.
    """

    found = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rates: Mapping[str, float] | None = None
        self._evidence: Evidence | None = None
        # Whoever reads the file next is told what is wrong with it; until then words stay whole.
        self._counting = Background(session, self)
        self._counting.done.connect(self._on_counted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._count)
        # Queued: a project may be opened before the window is shown, and the first paint comes first.
        session.project_opened.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        session.project_closing.connect(self._stop)
        session.changes_committed.connect(self._on_changes_committed)

    @property
    def evidence(self) -> Evidence | None:
        """Return what is known of the project's words; None until it has been counted."""
        return self._evidence

    @property
    def is_counting(self) -> bool:
        """Whether words are being counted, or soon will be."""
        return self._timer.isActive() or self._counting.is_running

    def _count(self) -> None:
        if not self._session.is_open:
            return
        if self._counting.is_running:  # when that count is done
            self._timer.start()
        else:
            self._counting.start(partial(_counted, self._rates))

    def _stop(self) -> None:
        self._timer.stop()
        self._evidence = None

    def _on_counted(self, found: Evidence) -> None:
        self._evidence, self._rates = found, found.rates
        self.found.emit()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.article_list_changed:
            self._timer.start()
        if changes.registry_changed and self._evidence is not None:
            # A name that is known wins over what words tell, so the next selection needs it.
            self._evidence = replace(self._evidence, names=known_names(self._session.project))
            self.found.emit()


def _counted(rates: Mapping[str, float] | None, project: Project, watch: Watch) -> Evidence:
    """Read the list of frequencies, unless it is given, and count a project's words."""
    return evidence(project, word_rates() if rates is None else rates, watch.goes_on)
