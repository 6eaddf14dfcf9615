# SPDX-License-Identifier: MIT
"""What an export would lose, counted in a thread of its own, anew for each change of mind. Knows no widget.

It outlives the dialog's being shown by as long as a count takes to stop, and never the project. The dialog itself stays
with the window, and a key that was pressed twice may reach it when this is gone: what it then asks for is not done.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.exporters import ExportOptions, ExportReport
from annotator.ops.exporting import preview
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session

#: Who clicks through choices waits for one count, and not for each.
_DELAY_MS = 300


class Preview(QObject):
    """One count at a time; a new one takes the place of the one before.

    Signals:
        begun: a count is under way, or about to be.
        progressed: articles done, of how many.
        found: the report of the count that was asked for last.
        failed: that count ended with this `UserError`.
    """

    begun = Signal()
    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[str, ExportOptions] | None = None
        self._left = False
        self._counting = Background(session, self)
        self._counting.progressed.connect(self.progressed)
        self._counting.done.connect(self.found)
        self._counting.failed.connect(self.failed)
        self._counting.destroyed.connect(self.deleteLater)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._start)
        session.project_closing.connect(self._timer.stop)

    @property
    def is_busy(self) -> bool:
        """Whether a count is under way, or about to be."""
        return self._timer.isActive() or self._counting.is_running

    def ask(self, format_id: str, options: ExportOptions) -> None:
        """Count for these choices from now on, and not for those before."""
        if self._left:
            return
        self.cancel()
        self._asked = format_id, options
        self._timer.start()
        self.begun.emit()

    def cancel(self) -> None:
        """Stop counting; nothing is told of it any more."""
        if not self._left:
            self._timer.stop()
            self._counting.cancel()

    def leave(self) -> None:
        """Stop counting, and go when the last count has stopped: nobody waits for that."""
        if not self._left:
            self._left = True
            self._timer.stop()
            self._counting.leave()

    def _start(self) -> None:
        if self._asked is not None and self._session.is_open:
            self._counting.start(partial(_count, *self._asked))


def _count(format_id: str, options: ExportOptions, project: Project, watch: Watch) -> ExportReport:
    return preview(project, format_id, options, watch.progress)
