# SPDX-License-Identifier: MIT
"""The backup of the day: made in a thread after the day's first change, in nobody's way."""

import logging
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.late import late
from annotator.model.changes import Changes
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.ops.backups import back_up_daily
else:
    # Nothing is copied before something was changed.
    back_up_daily = late("annotator.ops.backups", "back_up_daily")

#: Not in the way of what is done right after the first change.
_DELAY_MS = 2_000

_log = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Makes a backup of a session's project at the first change of a day.

    Signals:
        failed: none could be made; with the `UserError`. It is not tried again on that day.
    """

    failed = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._copying = Background(session, self)
        self._copying.failed.connect(self.failed)
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
        return self._copying.is_running

    def make(self) -> None:
        """Make the backup of the day now, if it is due."""
        if self._session.is_open and not self._copying.is_running:
            self._tried = _today()
            self._copying.start(partial(_copy, int(self._settings.number("backups_kept"))))

    def _on_changes_committed(self, _changes: Changes, _initiator: object) -> None:
        # Asked after each act: the folder is looked at once a day.
        if self._tried != _today() and not self._timer.isActive() and not self._session.project.read_only:
            self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._tried = None


def _copy(kept: int, project: Project, watch: Watch) -> None:
    """Make the backup of the day, if it is due, through connections of its own."""
    made = back_up_daily(project.path, project.key, kept, watch.progress)
    if made is not None:
        _log.info("A backup of %d bytes was made", made.size)


def _today() -> date:
    return datetime.now().astimezone().date()
