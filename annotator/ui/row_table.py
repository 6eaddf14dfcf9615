# SPDX-License-Identifier: MIT
"""A list of rows of one height, however many: what shows them, and what is selected of them.

A table of one column: a `QListView` asks for each of its rows when one is added or changes, which takes a second with
100,000 rows.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

_ENDS = frozenset({QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd})


class RowTable(QTableView):
    """Rows under each other, each as high as the delegate says that all are."""

    def __init__(self, model: QAbstractItemModel, delegate: QStyledItemDelegate, name: str = "") -> None:
        super().__init__()
        self._rows_delegate = delegate
        # They go with the view: what has no parent goes when Python looks for garbage, which may be in a thread.
        for part in (model, delegate):
            if part.parent() is None:
                part.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setProperty("role", "rows")
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._set_row_height()

    def chosen_rows(self) -> list[tuple[int, int]]:
        """Return what is selected: the first and the last row of each range."""
        return chosen_rows(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Fit the rows to another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._set_row_height()

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first or last row by Home and End; those of a table go to a column."""
        model = self.model()
        if action in _ENDS and model.rowCount():
            return model.index(0 if action is QAbstractItemView.CursorAction.MoveHome else model.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def _set_row_height(self) -> None:
        option = QStyleOptionViewItem()
        option.font = self.font()
        height = self._rows_delegate.sizeHint(option, QModelIndex()).height()
        self.verticalHeader().setDefaultSectionSize(height)


def chosen_rows(view: QAbstractItemView) -> list[tuple[int, int]]:
    """Return what is selected in a view: the first and the last row of each range."""
    selection = view.selectionModel().selection()
    return [(selection.at(number).top(), selection.at(number).bottom()) for number in range(selection.count())]
