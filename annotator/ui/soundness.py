# SPDX-License-Identifier: MIT
"""Whether a large project is whole: looked at in a thread once the window stands, so that opening does not grow."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from annotator.errors import UserError
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

#: Not in the way of what is read and clicked first.
_DELAY_MS = 3_000


class SoundnessKeeper(QObject):
    """Looks once at each project that is opened and is too large to have been looked at by opening it.

    Signals:
        damage_found: the file is damaged; with the `UserError` that says so.
    """

    damage_found = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = Background(session, self)
        self._looking.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.look)
        session.project_opened.connect(self._on_project_opened, Qt.ConnectionType.QueuedConnection)
        session.project_closing.connect(self._timer.stop)

    @property
    def is_looking(self) -> bool:
        """Whether the file is being looked at."""
        return self._looking.is_running

    def look(self) -> None:
        """Look at the project's file now."""
        if self._session.is_open and not self._looking.is_running:
            self._looking.start(_look)

    def _on_project_opened(self) -> None:
        if self._session.is_open and not self._session.project.was_checked:
            self._timer.start()

    def _on_failed(self, error: UserError) -> None:
        # What keeps it from looking, such as a folder that went away, the next act says.
        if error.key == "project_damaged":
            self.damage_found.emit(error)


def _look(project: Project, watch: Watch) -> None:
    """Read every page of a project's file."""
    project.refuse_damage(watch.goes_on)
