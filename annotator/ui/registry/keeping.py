# SPDX-License-Identifier: MIT
"""Has the registry of the open project in memory before anybody waits for it: a thread reads, the project keeps it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.model.changes import Changes
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.project.registry import RegistryRead

#: After the first paint, and before what is worked out from the registry.
_DELAY_MS = 20


class RegistryKeeper(QObject):
    """Reads the registry when a project was opened, and after acts too large to be followed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._reading = Background(session, self)
        self._reading.done.connect(self._on_read)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._read)
        session.project_opened.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        session.project_closing.connect(self._timer.stop)
        session.changes_committed.connect(self._on_changes_committed)

    def _read(self) -> None:
        if self._session.is_open and not self._session.project.knows_registry:
            self._reading.start(_read)

    def _on_read(self, read: "RegistryRead") -> None:
        if self._session.is_open and not self._session.project.take_registry(read):
            self._timer.start()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.spilled:
            self._timer.start()


def _read(project: Project, _watch: Watch) -> object:
    return project.read_registry()
