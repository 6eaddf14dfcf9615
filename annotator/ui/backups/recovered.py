# SPDX-License-Identifier: MIT
"""What a recovery saved and what it could not."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.ops.recovering import RecoveryReport, sentences
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import reading_view
from annotator.ui.widgets import label

#: Of more losses than these the rest is in the report file.
_MOST_TOLD = 500


class RecoveryDialog(Dialog):
    """Shows the report of a recovery."""

    def __init__(self, parent: QWidget, report: RecoveryReport) -> None:
        super().__init__(parent, tr("The project is recovered"), width=600)
        self.text = reading_view(tr("What was saved and what was not"))
        problems = [i18n.describe_problem(problem.key, problem.params) for problem in report.problems]
        self.text.setPlainText("\n".join([*sentences(report, _MOST_TOLD), *problems]))
        self.add(
            label(
                tr("The new project is open now; the damaged file lies where it was, as it was."), "muted", wrap=True
            ),
            self.text,
        )
        self.body.setStretch(1, 1)
        opens = self.add_button(tr("Open the report file"), QDialogButtonBox.ButtonRole.ActionRole)
        opens.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.details))))
        self.add_close()
        self.resize(680, 420)

    @classmethod
    def ask(cls, parent: QWidget, report: RecoveryReport) -> None:
        """Show the report until it is closed."""
        cls(parent, report).agreed()
