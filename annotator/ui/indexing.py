# SPDX-License-Identifier: MIT
"""Keeps the search index of the open project complete: filled in a thread while nobody waits, after an import, too."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.model.changes import Changes
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.ops import search as ops
else:
    ops = LateModule("annotator.ops.search")

#: Not in the way of what is read and clicked first.
_DELAY_MS = 1_500
#: After each text the window has its turn.
_PAUSE_S = 0.0005


class IndexKeeper(QObject):
    """Puts into the search index what came to the project; what is not in it yet is searched nevertheless.

    Signals:
        indexed: some texts were put in, and now all are.
    """

    indexed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._work = Background(session, self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.index)
        session.project_opened.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        session.project_closing.connect(self._timer.stop)
        session.changes_committed.connect(self._on_changes_committed)

    @property
    def is_indexing(self) -> bool:
        """Whether texts are being put in, or soon will be."""
        return self._timer.isActive() or self._work.is_running

    def index(self) -> None:
        """Put in now what is not in the index yet."""
        self._timer.stop()
        if self._session.is_open and not self._session.project.read_only:
            self._work.start(_index, writes=True)

    def _on_done(self, count: int) -> None:
        if count:
            self.indexed.emit()

    def _on_failed(self, error: UserError) -> None:
        # Anything else, such as a full disk, is told by the next act; without an index everything is found as well.
        if error.key == "project_busy":
            self._timer.start()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.article_list_changed:
            self._timer.start()


def _index(project: Project, watch: Watch) -> int:
    def goes_on(_done: int, _total: int) -> bool:
        time.sleep(_PAUSE_S)
        return watch.goes_on()

    return ops.index_texts(project, goes_on)
