# SPDX-License-Identifier: MIT
"""The backup of the day: made in a thread after the day's first change, in nobody's way."""

import logging
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from annotator.errors import UserError
from annotator.late import late
from annotator.model.changes import Changes
from annotator.settings import Settings
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.ops.backups import back_up_daily
    from annotator.store.driver import Key
else:
    # Nothing is copied before something was changed.
    back_up_daily = late("annotator.ops.backups", "back_up_daily")

#: Not in the way of what is done right after the first change.
_DELAY_MS = 2_000

_log = logging.getLogger(__name__)


class _Copying(QThread):
    """Makes the backup of the day, if it is due, through connections of its own."""

    def __init__(self, path: Path, key: "Key | None", kept: int, parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._key, self._kept = path, key, kept
        self.error: BaseException | None = None

    def run(self) -> None:
        """Copy, and keep what went wrong for the main thread."""
        try:
            made = back_up_daily(self._path, self._key, self._kept, self._goes_on)
            if made is not None:
                _log.info("A backup of %d bytes was made", made.size)
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error

    def _goes_on(self, _done: int, _total: int) -> bool:
        return not self.isInterruptionRequested()


class BackupKeeper(QObject):
    """Makes a backup of a session's project at the first change of a day.

    Signals:
        failed: none could be made; with the `UserError`. It is not tried again on that day.
    """

    failed = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._thread: _Copying | None = None
        self._tried: date | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.make)
        session.changes_committed.connect(self._on_changes_committed)
        session.project_closing.connect(self._stop)

    @property
    def is_copying(self) -> bool:
        """Whether a backup is being made."""
        return self._thread is not None

    def make(self) -> None:
        """Make the backup of the day now, if it is due."""
        if not self._session.is_open or self._thread is not None:
            return
        self._tried = _today()
        project, kept = self._session.project, int(self._settings.number("backups_kept"))
        thread = self._thread = _Copying(project.path, project.key, kept, self)
        thread.finished.connect(self._on_finished)
        thread.start(QThread.Priority.LowPriority)

    def _on_changes_committed(self, _changes: Changes, _initiator: object) -> None:
        # Asked after each act: the folder is looked at once a day.
        if self._tried != _today() and not self._timer.isActive() and not self._session.project.read_only:
            self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._tried = None
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
            self.failed.emit(thread.error)
        elif thread.error is not None:
            raise thread.error


def _today() -> date:
    return datetime.now().astimezone().date()
