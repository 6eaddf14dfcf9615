# SPDX-License-Identifier: MIT
"""A short list to choose from: its rows as a model, and the ground that a row is drawn on."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.ui.style import hover_color
from annotator.ui.theme import Theme, mix

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ShownRow(Protocol):
    """One row: what it is called, what is read out of it, and what it is for."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def spoken(self) -> str:
        """What is read out of it."""

    @property
    def hint(self) -> str:
        """What it is for, or ""."""


R = TypeVar("R", bound=ShownRow)


class RowModel(QAbstractListModel, Generic[R]):
    """The rows that are offered now."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[R] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Offer other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows, and what is said of it."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return row.hint or None
        return None


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Show whether a row is the chosen one, or the one under the pointer."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, mix(theme.page, theme.accent, 0.22))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(hover_color(theme)))
