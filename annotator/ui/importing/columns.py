# SPDX-License-Identifier: MIT
"""Asking which column of a table holds what, with its first rows to see; the encoding, too, where it has one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QSize, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QGridLayout, QHeaderView, QTableView, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked
from annotator.importers.articles import kind_of
from annotator.importers.columns import Columns, ImportOptions
from annotator.importers.previews import Preview, table_preview
from annotator.text.direction import Direction, base_direction
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.import_report import ENCODINGS
from annotator.ui.dialogs.tables import NOWHERE, Index
from annotator.ui.widgets import content_direction, label, row

#: What a column may hold, in the order of `Columns`.
PART_NAMES = {
    "text": N_("Text"),
    "title": N_("Title"),
    "outlet": N_("Outlet"),
    "url": N_("Address (URL)"),
    "author": N_("Author"),
    "date": N_("Date"),
}
#: Kinds of files that say themselves in which encoding they are.
_NO_ENCODING = frozenset({"xlsx"})
_SIZE = QSize(880, 560)
_SHOWN_LENGTH = 160
_WIDEST, _NARROWEST, _TEXT_WIDTH = 260, 110, 340


@dataclass(frozen=True, slots=True)
class Question:
    """A table to ask about.

    Attributes:
        preview: how it begins.
        columns: what its columns are taken for at first.
        boilerplate: whether likely boilerplate is marked, at first.
        others: how many more tables of the same columns the answer is for.
    """

    preview: Preview
    columns: Columns
    boilerplate: bool = True
    others: int = 0


class PreviewTable(QAbstractTableModel):
    """The first rows; what each column is taken for stands under its name."""

    def __init__(self, preview: Preview, columns: Columns) -> None:
        super().__init__()
        self.preview, self.columns = preview, columns
        self.is_rtl = self._runs_rtl()

    def _runs_rtl(self) -> bool:
        """Return whether most texts run from right to left, so that the table does; most cells where no text is."""
        cells = [base_direction(cell, Direction.LTR) for shown in self.preview.rows for cell in shown.values()]
        texts = [base_direction(shown.get(self.columns.text, ""), Direction.LTR) for shown in self.preview.rows]
        counted = texts if self.columns.text else cells
        return sum(one is Direction.RTL for one in counted) * 2 > len(counted)

    def show(self, preview: Preview, columns: Columns) -> None:
        """Show other rows, or other meanings of the columns."""
        self.beginResetModel()
        self.preview, self.columns = preview, columns
        self.is_rtl = self._runs_rtl()
        self.endResetModel()

    def meanings(self, name: str) -> list[str]:
        """Return what a column is taken for."""
        return [tr_marked(text) for part, text in PART_NAMES.items() if getattr(self.columns, part) == name]

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.preview.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.preview.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid():
            return None
        cell = self.preview.rows[index.row()].get(self.preview.names[index.column()], "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return i18n.isolate(" ".join(cell[: 2 * _SHOWN_LENGTH].split())[:_SHOWN_LENGTH])
            case Qt.ItemDataRole.ToolTipRole:
                return cell
            case Qt.ItemDataRole.TextAlignmentRole:
                rtl = content_direction(cell) is Qt.LayoutDirection.RightToLeft
                side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's name, and what it is taken for under it."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = self.preview.names[section]
        meanings = self.meanings(name)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{i18n.isolate(name)}\n{_joined(meanings) or '–'}"
            case Qt.ItemDataRole.FontRole if meanings:
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.is_rtl else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return None


class ColumnsDialog(Dialog):
    """Asks which column holds what."""

    def __init__(self, parent: QWidget, question: Question) -> None:
        super().__init__(parent, tr("Which column holds what?"), width=640)
        self._question = question
        self.model = PreviewTable(question.preview, question.columns)
        self.table = _table_view(self.model)
        self.boxes = {part: _column_box(question, part) for part in PART_NAMES}
        self.encodings = _encoding_box(question.preview)
        self.marking = QCheckBox(tr("Mark likely boilerplate, such as captions and “share” lines"))
        self.marking.setChecked(question.boilerplate)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.add(label(_about(question), "muted", wrap=True), self.table, self._form(), self.problem, self._foot())
        self.body.setStretch(1, 1)
        self.ok = self.add_ok(tr("Import"))
        self.add_cancel()
        for box in self.boxes.values():
            box.currentIndexChanged.connect(self._on_columns_changed)
        self.encodings.currentIndexChanged.connect(self._on_encoding_changed)
        self._on_columns_changed()
        self.resize(_SIZE.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))
        self.boxes["text"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, question: Question) -> ImportOptions | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, question)
        return dialog.options() if dialog.agreed() else None

    def columns(self) -> Columns:
        """Return what the columns are taken for."""
        return Columns(**{part: str(box.currentData() or "") for part, box in self.boxes.items()})

    def options(self) -> ImportOptions:
        """Return what was chosen."""
        encoding = self.encodings.currentData() or None
        return ImportOptions(encoding, self.columns(), boilerplate=self.marking.isChecked())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: the table scrolls."""
        size = self.size()
        super().showEvent(event)
        self.resize(size)

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for number, (part, box) in enumerate(self.boxes.items()):
            place, line = number % 3, number // 3
            name = label(tr_marked(PART_NAMES[part]))
            name.setBuddy(box)
            grid.addWidget(name, line, 2 * place)
            grid.addWidget(box, line, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
        return grid

    def _foot(self) -> Any:
        name = label(tr("Encoding"))
        name.setBuddy(self.encodings)
        if not self.encodings.isEnabled():
            name.hide()
            self.encodings.hide()
        return row(name, self.encodings, self.marking, None)

    def _on_columns_changed(self) -> None:
        self.model.show(self.model.preview, self.columns())
        self._show_table()
        self.ok.setEnabled(bool(self.columns().text) and not self.problem.text())

    def _on_encoding_changed(self) -> None:
        path = self.model.preview.path
        try:
            preview = table_preview(path, ImportOptions(self.encodings.currentData() or None))
        except UserError as error:
            self._say(i18n.describe(error))
            return
        self._say("")
        chosen = self.columns()
        if preview.names != self.model.preview.names:
            # Read in another encoding, columns have other names: in the same places.
            renamed = dict(zip(self.model.preview.names, preview.names, strict=False))
            chosen = Columns(**{field.name: renamed.get(getattr(chosen, field.name), "") for field in fields(chosen)})
        self.model.show(preview, chosen)
        for part, box in self.boxes.items():
            _fill(box, preview.names, getattr(chosen, part))
        self._on_columns_changed()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.ok.setEnabled(bool(self.columns().text) and not problem)

    def _show_table(self) -> None:
        rtl = self.model.is_rtl
        self.table.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        for number, name in enumerate(self.model.preview.names):
            longest = max((len(shown.get(name, "")) for shown in self.model.preview.rows), default=0)
            width = _TEXT_WIDTH if name == self.model.columns.text else min(_WIDEST, _NARROWEST + 3 * longest)
            self.table.setColumnWidth(number, width)


def _about(question: Question) -> str:
    name = question.preview.path.name
    if question.others:
        return tr(
            "“{name}” and {n} more with the same columns. Only the text must be chosen.",
            name=name,
            n=question.others,
        )
    return tr("“{name}” begins like this. Only the text must be chosen.", name=name)


def _table_view(model: PreviewTable) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(tr("The first rows"))
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 12)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.setMinimumHeight(110)
    return view


def _column_box(question: Question, part: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr_marked(PART_NAMES[part]))
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    _fill(box, question.preview.names, getattr(question.columns, part))
    return box


def _fill(box: QComboBox, names: Sequence[str], chosen: str) -> None:
    box.blockSignals(True)  # noqa: FBT003 - Qt's own name for it
    box.clear()
    box.addItem(tr("No column"), "")
    for name in names:
        box.addItem(i18n.isolate(name), name)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)  # noqa: FBT003


def _encoding_box(preview: Preview) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Encoding"))
    box.addItem(tr("{encoding} (as it looks)", encoding=preview.encoding), "")
    for encoding in ENCODINGS:
        box.addItem(encoding, encoding)
    box.setEnabled(kind_of(preview.path).id not in _NO_ENCODING)
    return box


def _joined(names: Sequence[str]) -> str:
    return ("، " if i18n.is_rtl() else ", ").join(names)
