# SPDX-License-Identifier: MIT
"""What became of a file of annotations: the counts, and everything that was amiss, one by one."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QFrame, QScrollArea, QTableView, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.files import put_text
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.importers.foreign import SKIPPED_TEXTS
from annotator.ops.foreign import AnnotationReport, Trouble
from annotator.ops.foreign.report import Tally
from annotator.sentences import TROUBLES
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.importing.wishes import Visit
from annotator.ui.widgets import button, column, label, row

_SIZE, _PLAIN_SIZE = QSize(860, 600), QSize(640, 300)
_MOST_NAMES = 12
_TALLY_NAMES = {"tags": N_("Tags"), "relations": N_("Relations"), "document_tags": N_("Document tags")}


class AnnotationReportDialog(Dialog):
    """Shows the report of an import of annotations."""

    def __init__(self, parent: QWidget, report: AnnotationReport) -> None:
        super().__init__(parent, tr("Annotations imported"), width=560)
        self._report = report
        self.visit: Visit | None = None
        self.facts = label("\n".join(facts(report)), wrap=True)
        headings = (tr("What happened"), tr("Where in the file"), tr("Label"), tr("Words"))
        self.model = TextTable(headings, [_cells(one) for one in report.troubles])
        self.sorted = QSortFilterProxyModel()
        self.sorted.setSourceModel(self.model)
        self.table = self._trouble_view()
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.visit_button = button(tr("Go to the article"), self._on_visit)
        if report.troubles:
            self._add_troubles()
        else:
            self.add(_scrolling(self.facts))
        self.add(self.problem)
        self._add_buttons()
        size = _SIZE if report.troubles else _PLAIN_SIZE
        self.resize(size.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))

    @classmethod
    def ask(cls, parent: QWidget, report: AnnotationReport) -> Visit | None:
        """Show the report until it is closed; return where the user wants to go, if anywhere."""
        dialog = cls(parent, report)
        dialog.agreed()
        return dialog.visit

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: the table scrolls."""
        size = self.size()
        super().showEvent(event)
        self.resize(size)

    def as_text(self) -> str:
        """Return all of it, in the order in which it is shown."""
        parts = ["\n".join(facts(self._report)) + "\n"]
        if self._report.troubles:
            lines = (self.model.rows[number] for number in map(self._source_row, range(len(self.model.rows))))
            parts.append("\n".join("\t".join(cells) for cells in (self.model.headings, *lines)) + "\n")
        return "\n".join(parts)

    def save(self, path: Path) -> None:
        """Write the report to a file."""
        try:
            put_text(path, self.as_text())
        except UserError as error:
            self.problem.setText(i18n.describe(error))
            self.problem.show()

    def _trouble_view(self) -> QTableView:
        view = table_view(self.model, tr("What was amiss"), (280, 130, 130))
        view.setModel(self.sorted)
        for number, width in enumerate((330, 110, 110)):
            view.setColumnWidth(number, width)
        view.setWordWrap(False)
        view.setSortingEnabled(True)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as in the file, at first
        view.setMinimumHeight(90)
        view.doubleClicked.connect(lambda _index: self._on_visit())
        view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        return view

    def _add_troubles(self) -> None:
        count = len(self._report.troubles)
        heading = trn("{n} thing was amiss", "{n} things were amiss", count)
        top = _scrolling(self.facts)
        top.setMaximumHeight(self.facts.heightForWidth(_SIZE.width() - 60) + 12)
        self.add(top, label(heading, "heading"), self.table, row(None, self.visit_button))
        self.body.setStretch(2, 1)
        self.table.setCurrentIndex(self.sorted.index(0, 0))
        self.table.setFocus()

    def _add_buttons(self) -> None:
        action = QDialogButtonBox.ButtonRole.ActionRole
        copy = self.add_button(tr("Copy the report"), action)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.add_button(tr("Save as text…"), action).clicked.connect(self._on_save)
        self.add_close()

    def _source_row(self, number: int) -> int:
        return self.sorted.mapToSource(self.sorted.index(number, 0)).row()

    def _current(self) -> Trouble | None:
        index: QModelIndex = self.table.currentIndex()
        return self._report.troubles[self._source_row(index.row())] if index.isValid() else None

    def _on_selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        current = self._current()
        self.visit_button.setEnabled(current is not None and current.article_id is not None)

    def _on_visit(self) -> None:
        current = self._current()
        if current is not None and current.article_id is not None:
            self.visit = Visit(current.article_id, current.quote, current.start or 0)
            self.accept()

    def _on_save(self) -> None:
        offered = self._report.path.with_suffix(".import.txt")
        kinds = tr("Text files") + " (*.txt)"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the report"), str(offered), kinds)
        if path:
            self.save(Path(path))


def facts(report: AnnotationReport) -> Iterator[str]:
    """Yield what became of everything, a sentence a line."""
    for name, text in _TALLY_NAMES.items():
        tally: Tally = getattr(report, name)
        if tally.all or name == "tags":
            yield f"{tr_marked(text)}: {_tally(tally)}"
    yield _articles(report)
    if report.rebuilt:
        yield trn(
            "The text of {n} article was put together from its words.",
            "The texts of {n} articles were put together from their words.",
            report.rebuilt,
        )
    for kind, count in report.skipped.items():
        yield tr("Left out by the reader: {count} {what}.", count=count, what=tr_marked(SKIPPED_TEXTS[kind]))
    if report.kept:
        names = _listed(list(report.kept))
        yield trn("{n} name was kept as it is: {names}", "{n} names were kept as they are: {names}", len(report.kept),
                  names=names)  # fmt: skip
    if report.annotators:
        names = _listed(list(report.annotators))
        yield trn("{n} new annotator: {names}", "{n} new annotators: {names}", len(report.annotators), names=names)


def _tally(tally: Tally) -> str:
    parts = [
        tr("{n} taken", n=tally.taken),
        *([tr("{n} there already", n=tally.known)] if tally.known else []),
        *([tr("{n} left out as wished", n=tally.left_out)] if tally.left_out else []),
        *([tr("{n} not taken", n=tally.lost)] if tally.lost else []),
    ]
    return ("، " if i18n.is_rtl() else ", ").join(parts)


def _articles(report: AnnotationReport) -> str:
    new, matched = len(report.new_articles), report.matched
    parts = [
        trn("{n} article is new.", "{n} articles are new.", new) if new else "",
        trn("{n} document was an article already.", "{n} documents were articles already.", matched) if matched else "",
    ]
    return " ".join(filter(None, parts)) or tr("No article is new.")


def _listed(names: list[str]) -> str:
    shown = [i18n.isolate(name) for name in names[:_MOST_NAMES]] + (["…"] if len(names) > _MOST_NAMES else [])
    return ("، " if i18n.is_rtl() else ", ").join(shown)


def _cells(one: Trouble) -> tuple[str, str, str, str]:
    return tr_marked(TROUBLES[one.kind]), one.place, one.label, " ".join(one.quote.split())


def _scrolling(page: QWidget) -> QScrollArea:
    inner = QFrame()
    inner.setLayout(column(page, None))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
