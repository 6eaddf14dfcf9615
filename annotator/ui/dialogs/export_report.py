# SPDX-License-Identifier: MIT
"""What an export did: how many tags went in, how many came out, and what became of the others."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator import i18n
from annotator.exporters import REASON_TEXTS, ExportReport, Loss
from annotator.i18n import tr, tr_marked, trn
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.widgets import label
from annotator.ui.wording import shortened


class ExportReportDialog(Dialog):
    """Shows an export report."""

    def __init__(self, parent: QWidget, report: ExportReport) -> None:
        super().__init__(parent, tr("Exported and read back"), width=640)
        self.summary = label("\n".join(summary(report)), wrap=True)
        self.add(self.summary)
        headings = (tr("Tags"), tr("What became of them"), tr("Examples"))
        self.model = TextTable(headings, [_cells(loss) for loss in report.losses])
        if report.losses:
            self.add(table_view(self.model, tr("Tags left out or changed"), (60, 290)))
            self.resize(760, 420)
        copy = self.buttons.addButton(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._as_text()))
        folder = self.buttons.addButton(tr("Open the folder"), QDialogButtonBox.ButtonRole.ActionRole)
        url = QUrl.fromLocalFile(str(report.path.parent))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(url))
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget, report: ExportReport) -> None:
        """Show the report until it is closed."""
        cls(parent, report).agreed()

    def _as_text(self) -> str:
        return f"{self.summary.text()}\n\n{self.model.as_text()}"


def summary(report: ExportReport) -> list[str]:
    """Return what matters most, a sentence each."""
    lost = report.tags_in - report.tags_out
    return [
        i18n.isolate(str(report.path)),
        trn("{n} article exported.", "{n} articles exported.", report.articles),
        tr(
            "Tags in the project: {tags_in}. Tags in the file: {tags_out}.",
            tags_in=report.tags_in,
            tags_out=report.tags_out,
        ),
        tr("Every tag is in the file.")
        if not lost
        else trn("{n} tag was left out; the table says why.", "{n} tags were left out; the table says why.", lost),
        tr("The file was read back by {reader} and agrees with the project.", reader=report.verified_by),
    ]


def _cells(loss: Loss) -> tuple[str, str, str]:
    examples = "، ".join if i18n.is_rtl() else ", ".join
    quotes = examples(i18n.isolate(shortened(example.quote)) for example in loss.examples)
    return str(loss.count), tr_marked(REASON_TEXTS[loss.reason]), quotes
