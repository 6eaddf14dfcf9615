# SPDX-License-Identifier: MIT
"""The dialog that stands over the window while a job runs: how far it is, and a way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from annotator.i18n import tr
from annotator.ui.widgets import ContentLabel, button, column, label, row


class ProgressDialog(QDialog):
    """Shows progress and asks the job to stop; it closes when the job has ended, not before.

    Signals:
        cancel_requested: the user wants the job to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget, title: str, *, stoppable: bool = True) -> None:
        super().__init__(parent)
        self._stoppable = stoppable
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self._name = ContentLabel("muted", leading=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.cancel_button = button(tr("Cancel"), self.reject)
        self.cancel_button.setVisible(stoppable)
        self.setLayout(
            column(label(title, "heading"), self._bar, self._name, row(None, self.cancel_button), margin=18, gap=10)
        )

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Show how far the job is."""
        self._bar.setRange(0, total)  # none is known where that is 0
        self._bar.setValue(done)
        self._name.show_text(name)

    def reject(self) -> None:
        """Ask the job to stop, and wait for it; one that cannot be stopped goes on."""
        if not self._stoppable:
            return
        self.cancel_button.setEnabled(False)
        self.cancel_button.setText(tr("Stopping…"))
        self.cancel_requested.emit()

    def close_now(self) -> None:
        """Close: the job has ended."""
        super().reject()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing the dialog asks the job to stop; the job closes the dialog."""
        event.ignore()
        self.reject()
