# SPDX-License-Identifier: MIT
"""What tells proclitics from names in the open project: counted in a thread, once the article is on the screen."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal

from annotator.analysis.frequencies import word_rates
from annotator.errors import UserError
from annotator.model.changes import Changes
from annotator.ops.evidence import evidence, known_names
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.ui.session import Session

#: After the first paint, and not in the way of what is clicked right after it.
_DELAY_MS = 150


class _Counting(QThread):
    """Reads the list of frequencies, unless it is given, and counts a project's words."""

    def __init__(self, project: Project, rates: Mapping[str, float] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._rates = project, rates
        self.found: Evidence | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Count, and keep whatever comes of it for the main thread."""
        try:
            rates = word_rates() if self._rates is None else self._rates
            with self._project.reader() as project:
                found = evidence(project, rates, lambda: not self.isInterruptionRequested())
            self.found = None if self.isInterruptionRequested() else found
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error


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
        self._thread: _Counting | None = None
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

    def _count(self) -> None:
        if not self._session.is_open:
            return
        if self._thread is not None:  # when that count is done
            self._timer.start()
            return
        thread = self._thread = _Counting(self._session.project, self._rates, self)
        thread.finished.connect(self._on_finished)
        thread.start(QThread.Priority.LowPriority)

    def _stop(self) -> None:
        self._timer.stop()
        self._evidence = None
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.finished.disconnect(self._on_finished)
            thread.requestInterruption()
            thread.wait()
            thread.deleteLater()

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.deleteLater()
        if isinstance(thread.error, UserError):
            return  # whoever reads the file next will be told; until then words stay whole
        if thread.error is not None:
            raise thread.error
        if thread.found is not None:
            self._evidence, self._rates = thread.found, thread.found.rates
            self.found.emit()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.article_list_changed:
            self._timer.start()
        if changes.registry_changed and self._evidence is not None:
            # A name that is known wins over what words tell, so the next selection needs it.
            self._evidence = replace(self._evidence, names=known_names(self._session.project))
            self.found.emit()
