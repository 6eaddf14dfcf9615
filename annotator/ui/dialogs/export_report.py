# SPDX-License-Identifier: MIT
"""What an export did: how much went in, how much came out, and what became of the rest."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator import i18n
from annotator.exporters import REASON_TEXTS, SUBJECT_COUNTS, Example, ExportReport, Loss
from annotator.i18n import tr, tr_marked, trn, trn_marked
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
        headings = (tr("How many"), tr("What became of them"), tr("Examples"))
        self.model = TextTable(headings, [_cells(loss) for loss in report.losses])
        if report.losses:
            self.add(table_view(self.model, tr("What was left out or changed"), (150, 290)))
            self.resize(850, 480)
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
    return [
        i18n.isolate(str(report.path)),
        trn("{n} article exported.", "{n} articles exported.", report.articles),
        *_counts(report),
        _verdict(report),
        tr("The file was read back by {reader} and agrees with the project.", reader=report.verified_by),
    ]


def _counts(report: ExportReport) -> list[str]:
    lines = [
        tr(
            "Tags in the project: {tags_in}. Tags in the file: {tags_out}.",
            tags_in=report.tags_in,
            tags_out=report.tags_out,
        )
    ]
    if report.relations_in:
        lines.append(
            tr(
                "Relations in the project: {before}. Relations in the file: {after}.",
                before=report.relations_in,
                after=report.relations_out,
            )
        )
    if report.document_tags_in:
        lines.append(
            tr(
                "Document tags in the project: {before}. Document tags in the file: {after}.",
                before=report.document_tags_in,
                after=report.document_tags_out,
            )
        )
    return lines


def _verdict(report: ExportReport) -> str:
    lost = report.tags_in - report.tags_out
    if lost:
        return trn("{n} tag was left out; the table says why.", "{n} tags were left out; the table says why.", lost)
    if report.losses:
        return tr("Every tag is in the file; the table says what is missing or changed.")
    return tr("Every tag is in the file.")


def _cells(loss: Loss) -> tuple[str, str, str]:
    # Quotes are set off from the line they stand in: without a mark, a list of nothing else would run left to right.
    mark, comma = ("\u200f", "، ") if i18n.is_rtl() else ("", ", ")
    examples = comma.join(map(_example, loss.examples))
    counted = trn_marked(SUBJECT_COUNTS[loss.of], loss.count)
    return counted, tr_marked(REASON_TEXTS[loss.reason]), mark + examples


def _example(example: Example) -> str:
    quote = i18n.isolate(shortened(example.quote)) if example.quote else example.label
    if example.target is None:
        return quote
    target = i18n.isolate(shortened(example.target)) if example.target else tr("The article's author or outlet")
    return tr("{source} → {target}", source=quote, target=target)
