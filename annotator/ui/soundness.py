# SPDX-License-Identifier: MIT
"""Whether a large project is whole: looked at in a thread once the window stands, so that opening does not grow."""

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal

from annotator.errors import UserError
from annotator.project import Project
from annotator.ui.session import Session

#: Not in the way of what is read and clicked first.
_DELAY_MS = 3_000


class _Looking(QThread):
    """Reads every page of a project's file through a connection of its own."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self.error: BaseException | None = None

    def run(self) -> None:
        """Look, and keep what was wrong for the main thread."""
        try:
            with self._project.reader() as own:
                own.refuse_damage(lambda: not self.isInterruptionRequested())
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error


class SoundnessKeeper(QObject):
    """Looks once at each project that is opened and is too large to have been looked at by opening it.

    Signals:
        damage_found: the file is damaged; with the `UserError` that says so.
    """

    damage_found = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._thread: _Looking | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.look)
        session.project_opened.connect(self._on_project_opened, Qt.ConnectionType.QueuedConnection)
        session.project_closing.connect(self._stop)

    @property
    def is_looking(self) -> bool:
        """Whether the file is being looked at."""
        return self._thread is not None

    def look(self) -> None:
        """Look at the project's file now."""
        if not self._session.is_open or self._thread is not None:
            return
        thread = self._thread = _Looking(self._session.project, self)
        thread.finished.connect(self._on_finished)
        thread.start(QThread.Priority.LowPriority)

    def _on_project_opened(self) -> None:
        if self._session.is_open and not self._session.project.was_checked:
            self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
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
            # What keeps it from looking, such as a folder that went away, the next act says.
            if thread.error.key == "project_damaged":
                self.damage_found.emit(thread.error)
        elif thread.error is not None:
            raise thread.error
