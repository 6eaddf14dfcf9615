# SPDX-License-Identifier: MIT
"""Giving memory back that was needed for a while: after a project was opened or closed, and after large acts.

What was read for a list of a hundred thousand articles stays in SQLite's cache, and what a thread has given back stays
with the system's library: together 20 MB, of which the next act wants a hundredth. See
docs/adr/0015-start-and-large-corpora.md.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.late import LateModule
from annotator.model.changes import Changes
from annotator.ui.session import Session

if TYPE_CHECKING:
    import ctypes
else:
    ctypes = LateModule("ctypes")

#: Once that was opened which is opened next, and threads have counted and read.
_DELAY_MS = 4_000
#: An act on more rows is large.
_MANY = 1_000


class Rest(QObject):
    """Has a session's project, and the system's library, let go what they keep for later, when nothing goes on.

    Args:
        session: whose project.
        parent: who it belongs to.
        prepares: whether something is being worked out beforehand; when it is done there is more to let go.
    """

    def __init__(self, session: Session, parent: QObject, prepares: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._session, self._prepares = session, prepares
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.let_go)
        session.project_opened.connect(self.soon, Qt.ConnectionType.QueuedConnection)
        session.project_closed.connect(self.soon)
        session.changes_committed.connect(self._on_changes_committed)

    def soon(self) -> None:
        """Let go in a while."""
        self._timer.start()

    def let_go(self) -> None:
        """Let go now."""
        if self._session.is_waiting:
            self.soon()
            return
        if self._session.is_open:
            self._session.project.let_go()
            if self._prepares():
                self.soon()
        _trim()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.spilled or len(changes.rows) > _MANY:
            self.soon()


def _trim() -> None:
    """Have the system's library give free memory back; elsewhere than in glibc that is not needed."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)
