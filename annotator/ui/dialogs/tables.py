# SPDX-License-Identifier: MIT
"""Read-only tables and texts for reports; the sentences in a table's last column are aligned by their content."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTextEdit

from annotator import i18n
from annotator.ui.widgets import content_direction

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
#: Longer tables show one line a row: measuring every row takes its time.
_WRAPPED_ROWS = 60


class TextTable(QAbstractTableModel):
    """Rows of texts under headings."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> None:
        super().__init__()
        self.headings = tuple(headings)
        self.rows: list[Sequence[str]] = list(rows)

    def append(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows at the end."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def as_text(self) -> str:
        """Return the table with tabs between cells, for the clipboard."""
        return "\n".join("\t".join(cells) for cells in (self.headings, *self.rows)) + "\n"

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid():
            return None
        text = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return i18n.isolate(text)  # else it would run as the interface does
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if index.column() < len(self.headings) - 1:  # names and figures stand under their heading
                return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            rtl = content_direction(text) is Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a heading."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None


def table_view(model: TextTable, name: str, widths: Sequence[int] = ()) -> QTableView:
    """Return a view of a table; the last column takes the room that is left."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 12)
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.horizontalHeader().setHighlightSections(False)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)
    if len(model.rows) <= _WRAPPED_ROWS:
        view.setWordWrap(True)
        view.horizontalHeader().sectionResized.connect(view.resizeRowsToContents)
    return view


def reading_view(name: str) -> QTextEdit:
    """Return a place for plain text to be read and copied, in which each paragraph runs by its own letters."""
    view = QTextEdit()
    view.setProperty("plain", "true")
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setAccessibleName(name)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    view.document().setDefaultTextOption(option)
    return view
