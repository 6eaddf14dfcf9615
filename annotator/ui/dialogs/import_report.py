# SPDX-License-Identifier: MIT
"""What an import did with each file; a file whose encoding was guessed wrongly can be imported again."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.model.ids import ArticleId
from annotator.ops.importing import ImportedFile, ImportReport, Outcome
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.widgets import button, label, row

#: Encodings that Arabic text is met in.
ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16", "cp720", "cp864", "mac_arabic")


@dataclass(frozen=True, slots=True)
class Again:
    """Files to import once more, in an encoding that the user names.

    Attributes:
        articles: what the first import made of them, to be removed before.
    """

    paths: tuple[Path, ...]
    articles: tuple[ArticleId, ...]
    encoding: str


class ImportReportDialog(Dialog):
    """Shows an import report."""

    def __init__(self, parent: QWidget, report: ImportReport) -> None:
        super().__init__(parent, tr("Import report"), width=760)
        self._files = report.files
        self.again: Again | None = None
        headings = (tr("File"), tr("Result"), tr("Encoding"), tr("Title, or why it was skipped"))
        self.model = TextTable(headings, [_cells(file) for file in report.files])
        self.table = table_view(self.model, tr("Import report"), (190, 90, 140))
        self.encodings = QComboBox()
        self.encodings.addItems(list(ENCODINGS))
        self.encodings.setAccessibleName(tr("Encoding"))
        self.again_button = button(tr("Import the chosen files again"), self._on_again)
        self.add(
            label(summary(report), wrap=True),
            self.table,
            label(tr("Letters look wrong? Choose the files, name their encoding, and import them again."), "muted"),
            row(self.encodings, self.again_button, None),
        )
        copy = self.buttons.addButton(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.model.as_text()))
        self.add_close()
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._on_selection_changed()
        self.resize(820, 460)

    @classmethod
    def ask(cls, parent: QWidget, report: ImportReport) -> Again | None:
        """Show the report; return what is to be imported again, if anything is."""
        dialog = cls(parent, report)
        dialog.agreed()
        return dialog.again

    def _chosen(self) -> list[ImportedFile]:
        return [self._files[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _on_selection_changed(self) -> None:
        self.again_button.setEnabled(bool(self._chosen()))

    def _on_again(self) -> None:
        files = self._chosen()
        taken = tuple(f.article_id for f in files if f.outcome is Outcome.TAKEN and f.article_id is not None)
        self.again = Again(tuple(file.path for file in files), taken, self.encodings.currentText())
        self.accept()


def summary(report: ImportReport) -> str:
    """Return the report in a sentence or two."""
    taken = trn("{n} file taken.", "{n} files taken.", report.taken)
    skipped = trn("{n} file skipped.", "{n} files skipped.", report.skipped)
    return f"{taken} {skipped}" if report.skipped else taken


def is_plain(report: ImportReport) -> bool:
    """Return whether an import went so smoothly that nobody need read its report."""
    return not report.skipped and not any(file.guessed or not file.exact for file in report.files)


def _cells(file: ImportedFile) -> tuple[str, str, str, str]:
    taken = file.outcome is Outcome.TAKEN
    encoding = tr("{encoding} (guessed)", encoding=file.encoding) if file.guessed else file.encoding
    reason = file.title
    if file.error is not None:  # the first column says which file
        reason = i18n.describe(UserError(file.error.key, **{**file.error.params, "path": file.path.name}))
    if taken and not file.exact:
        reason = tr("{title} (the file cannot be rebuilt byte for byte)", title=file.title)
    return file.path.name, tr("Taken") if taken else tr("Skipped"), encoding, reason
