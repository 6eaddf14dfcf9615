# SPDX-License-Identifier: MIT
"""What an import did with each file and part; all that is known of the one that is chosen stands below.

A file whose encoding was guessed wrongly can be imported again; an article, or the one that a duplicate repeats, can be
gone to.
"""

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QSplitter, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr, tr_marked, trn
from annotator.importers.articles import KINDS
from annotator.ops.importing import ImportedFile, ImportReport, Outcome
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, reading_view, table_view
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.importing.wishes import Again, Visit
from annotator.ui.widgets import button, label, row

__all__ = ["ENCODINGS", "Again", "ImportReportDialog", "Visit", "details", "is_plain", "summary"]

#: Encodings that Arabic text is met in.
ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16", "cp720", "cp864", "mac_arabic")

_KIND_NAMES = {kind.id: kind.name for kind in KINDS}
#: Their letters are not in an encoding that anybody could choose.
_UNENCODED = frozenset({"xlsx"})
_SIZE = QSize(900, 600)


class ImportReportDialog(Dialog):
    """Shows an import report."""

    def __init__(self, parent: QWidget, report: ImportReport) -> None:
        super().__init__(parent, tr("Import report"), width=640)
        self._files = report.files
        self.again: Again | None = None
        self.visit: Visit | None = None
        headings = (tr("File"), tr("Result"), tr("Kind"), tr("Encoding"), tr("Title, or why it was skipped"))
        self.model = TextTable(headings, [_cells(file) for file in report.files])
        self.table = table_view(self.model, tr("Import report"), (180, 80, 130, 150))
        self.table.setWordWrap(False)
        self.details = reading_view(tr("Details of the chosen line"))
        self.visit_button = button(tr("Go to the article"), self._on_visit)
        self.encodings = QComboBox()
        self.encodings.addItems(list(ENCODINGS))
        self.encodings.setAccessibleName(tr("Encoding"))
        self.again_button = button(tr("Import the chosen files again"), self._on_again)
        hint = label(tr("Letters look wrong? Choose the files, name their encoding, and import them again."), "muted")
        hint.setWordWrap(True)
        self.add(
            label(summary(report), wrap=True),
            self._parts(),
            hint,
            row(self.encodings, self.again_button, None, self.visit_button),
        )
        self.body.setStretch(1, 1)
        copy = self.add_button(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.add_close()
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.table.doubleClicked.connect(lambda _index: self._on_visit())
        self.table.setCurrentIndex(self.model.index(_most_telling(report), 0))
        self._on_selection_changed()
        self.resize(_SIZE.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))
        self.table.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, report: ImportReport) -> Again | Visit | None:
        """Show the report; return what is to be imported again or which article to go to, if anything is wished."""
        dialog = cls(parent, report)
        dialog.agreed()
        return dialog.again or dialog.visit

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: table and details scroll."""
        size = self.size()
        super().showEvent(event)
        self.resize(size)

    def as_text(self) -> str:
        """Return all of it for the clipboard: the table, and what else is known of each line."""
        more = ("\n".join((file.name, *details(file))) for file in self._files if details(file))
        return "\n".join((summary(ImportReport(self._files)), "", self.model.as_text(), *more))

    def _parts(self) -> QSplitter:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(6)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        self.table.setMinimumHeight(80)
        self.details.setMinimumHeight(50)
        return parts

    def _chosen(self) -> list[ImportedFile]:
        return [self._files[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _current(self) -> ImportedFile | None:
        index = self.table.currentIndex()
        return self._files[index.row()] if index.isValid() else None

    def _on_selection_changed(self) -> None:
        self.again_button.setEnabled(bool(self._chosen()))

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        file = self._current()
        self.details.setPlainText("" if file is None else "\n".join((_heading(file), *details(file))))
        known = file is not None and file.article_id is not None
        self.visit_button.setEnabled(known)
        is_twin = file is not None and file.outcome is Outcome.SKIPPED and known
        self.visit_button.setText(tr("Go to the first article") if is_twin else tr("Go to the article"))

    def _on_visit(self) -> None:
        file = self._current()
        if file is not None and file.article_id is not None:
            self.visit = Visit(file.article_id)
            self.accept()

    def _on_again(self) -> None:
        files = self._chosen()
        taken = tuple(f.article_id for f in files if f.outcome is Outcome.TAKEN and f.article_id is not None)
        paths = tuple(dict.fromkeys(file.path for file in files))
        self.again = Again(paths, taken, self.encodings.currentText())
        self.accept()


def summary(report: ImportReport) -> str:
    """Return the report in a sentence or two."""
    sentences = [_count_of(report)]
    if report.skipped:
        sentences.append(trn("{n} file skipped.", "{n} files skipped.", report.skipped))
    unsure = sum(bool(file.unsure_date) for file in report.files)
    if unsure:
        sentences.append(trn("{n} date is not sure.", "{n} dates are not sure.", unsure))
    return " ".join(sentences)


def is_plain(report: ImportReport) -> bool:
    """Return whether an import went so smoothly that nobody need read its report."""
    return not report.skipped and not any(_says_something(file) for file in report.files)


def details(file: ImportedFile) -> list[str]:
    """Return what is known of a file, or of a part of one, besides what stands in the table."""
    lines = []
    if file.derived:
        lines.append(tr("Its text was made by {program}; the file cannot be rebuilt from it.", program=file.derived))
    elif file.outcome is Outcome.TAKEN and not file.exact:
        lines.append(tr("The file cannot be rebuilt byte for byte."))
    if file.unsure_date:
        lines.append(
            tr("The date {date} can mean two days, so none was taken. Set it in the article.", date=file.unsure_date)
        )
    if file.left_out_count:
        lines.append(trn("{n} stretch was left out:", "{n} stretches were left out:", file.left_out_count))
        lines += [f"• {' '.join(stretch.split())}" for stretch in file.left_out]
        if file.left_out_count > len(file.left_out):
            rest = file.left_out_count - len(file.left_out)
            lines.append(trn("… and {n} more.", "… and {n} more.", rest))
    return lines


def _count_of(report: ImportReport) -> str:
    """Return how much was taken: files, or articles where files hold several."""
    if any(file.place for file in report.files):
        return trn("{n} article taken.", "{n} articles taken.", report.taken)
    return trn("{n} file taken.", "{n} files taken.", report.taken)


def _says_something(file: ImportedFile) -> bool:
    inexact = not file.exact and not file.derived and not file.place
    return file.guessed or inexact or bool(file.unsure_date) or bool(file.left_out_count)


def _most_telling(report: ImportReport) -> int:
    """Return the first row that there is something to say of."""
    telling = (n for n, file in enumerate(report.files) if file.error is not None or _says_something(file))
    return next(telling, 0)


def _heading(file: ImportedFile) -> str:
    return in_interface_direction(_reason(file)) if file.error is not None else file.title


def _cells(file: ImportedFile) -> tuple[str, str, str, str, str]:
    taken = file.outcome is Outcome.TAKEN
    encoding = tr("{encoding} (guessed)", encoding=file.encoding) if file.guessed else file.encoding
    return (
        file.name,
        tr("Taken") if taken else tr("Skipped"),
        tr_marked(_KIND_NAMES.get(file.kind, file.kind)),
        "" if file.derived or file.kind in _UNENCODED else encoding,
        _reason(file),
    )


def _reason(file: ImportedFile) -> str:
    if file.error is not None:  # the first column says which file
        return i18n.describe(UserError(file.error.key, **{**file.error.params, "path": file.name}))
    if file.outcome is Outcome.TAKEN and not file.exact and not file.derived and not file.place:
        return tr("{title} (the file cannot be rebuilt byte for byte)", title=file.title)
    return file.title
