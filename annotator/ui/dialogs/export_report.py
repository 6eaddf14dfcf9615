# SPDX-License-Identifier: MIT
"""What an export did: how much went in, how much came out, and what became of the rest."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QScrollArea, QWidget

from annotator import i18n
from annotator.exporters import ExportReport, report_path
from annotator.i18n import tr, trn
from annotator.model.scheme import Scheme
from annotator.paths import is_folder
from annotator.ui.dialogs.base import Dialog
from annotator.ui.exporting.counts import CountTable, is_split, split_sentences
from annotator.ui.exporting.losses import LossTable, loss_view
from annotator.ui.widgets import column, label

_WIDE, _NARROW = QSize(860, 620), QSize(640, 320)


class ExportReportDialog(Dialog):
    """Shows an export report."""

    def __init__(self, parent: QWidget, report: ExportReport, scheme: Scheme | None = None) -> None:
        super().__init__(parent, tr("Exported and read back"), width=560)
        self._report = report
        self.summary = label("\n".join(summary(report)), wrap=True)
        self.model = LossTable(report.losses)
        self.counts = CountTable(scheme, report) if scheme is not None and is_split(report) else None
        self.proof = label("\n".join(split_sentences(report, scheme)) if scheme else "", wrap=True)
        self.add(_scrolling(self._page()))
        self._add_buttons()
        size = _WIDE if report.losses or self.counts else _NARROW
        self.resize(size.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))

    @classmethod
    def ask(cls, parent: QWidget, report: ExportReport, scheme: Scheme | None = None) -> None:
        """Show the report until it is closed."""
        cls(parent, report, scheme).agreed()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: what is higher scrolls."""
        size = self.size()
        super().showEvent(event)
        self.resize(size)

    def as_text(self) -> str:
        """Return all of it for the clipboard."""
        parts = [self.summary.text()]
        if self.counts is not None:
            parts += [self.proof.text(), self.counts.as_text()]
        if self._report.losses:
            parts.append(self.model.as_text())
        return "\n\n".join(parts)

    def _page(self) -> QFrame:
        parts: list[QWidget] = [self.summary]
        if self.counts is not None:
            name = tr("What each part holds")
            parts += [label(name, "heading"), loss_view(self.counts, name, (200, 100, 100, 100)), self.proof]
        if self._report.losses:
            name = tr("What was left out or changed")
            parts += [label(name, "heading"), loss_view(self.model, name, (150, 290))]
        page = QFrame()
        body = column(*parts, None, gap=10)
        body.setContentsMargins(2, 2, 10, 2)
        page.setLayout(body)
        return page

    def _add_buttons(self) -> None:
        action = QDialogButtonBox.ButtonRole.ActionRole
        path = self._report.path
        for text, act in (
            (tr("Copy the report"), lambda: QGuiApplication.clipboard().setText(self.as_text())),
            (tr("Open the report file"), lambda: _open(report_path(path))),
            (tr("Open the folder"), lambda: _open(path if is_folder(path) else path.parent)),
        ):
            self.add_button(text, action).clicked.connect(act)
        self.add_close()


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


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _scrolling(page: QFrame) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
