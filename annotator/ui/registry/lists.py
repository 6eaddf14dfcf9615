# SPDX-License-Identifier: MIT
"""A list whose rows are gone to by click and Enter, with a menu, and keys of its own that no command takes away."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyledItemDelegate

from annotator.i18n import tr
from annotator.ui.row_table import RowTable, chosen_rows
from annotator.ui.widgets import FlatButton, plain

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OWN = frozenset({*_ENTER, *_DELETE, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down})

#: Lists this low or narrow, in pixels, have a menu in the place of buttons.
LOW, NARROW = 190, 300

#: What a menu offers: its text, whether it can be done now, and what does it; None stands for a line between.
MenuRows = Sequence[tuple[str, bool, Callable[[], object]] | None]


if TYPE_CHECKING:
    _View = QAbstractItemView
else:
    _View = object


class _WithKeys(_View):
    """What lists share: a menu, and keys of their own. They have signals for three keys."""

    entered: ClassVar[Signal]
    delete_pressed: ClassVar[Signal]
    space_pressed: ClassVar[Signal]

    def _set_up_keys(self, *, many: bool) -> None:
        self._menu_rows: Callable[[], MenuRows] = lambda: ()
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def offer(self, rows: Callable[[], MenuRows]) -> None:
        """Say what the menu offers, asked each time it opens."""
        self._menu_rows = rows

    def chosen(self) -> list[int]:
        """Return the selected rows, from the top."""
        return sorted(row for first, last in chosen_rows(self) for row in range(first, last + 1))

    def choose(self, rows: Sequence[int], current: int) -> None:
        """Select rows, and make one of them the current one."""
        model, selection = self.model(), self.selectionModel()
        chosen = QItemSelection()
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, 0))
        flag = QItemSelectionModel.SelectionFlag
        if current >= 0:
            selection.setCurrentIndex(model.index(current, 0), flag.NoUpdate)
        selection.select(chosen, flag.ClearAndSelect)

    def selectAll(self) -> None:  # noqa: N802
        """Select all rows, those too that have not been scrolled to yet."""
        while self.model().canFetchMore(self.rootIndex()):
            self.model().fetchMore(self.rootIndex())
        super().selectAll()

    def menu(self) -> QMenu:
        """Return the menu as things are now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self._menu_rows():
            if row is None:
                menu.addSeparator()
                continue
            text, can, act = row
            action = QAction(plain(text), menu)
            action.setEnabled(can)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keep Delete, Enter and Space from the commands of the window, which would act on a tag of the article."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the current row, or delete what is selected."""
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex().row())
        elif event.key() in _DELETE and is_plain:
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_Space and is_plain:
            self.space_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _on_menu_requested(self, point: QPoint) -> None:
        menu = self.menu()
        if not menu.isEmpty():
            menu.popup(self.viewport().mapToGlobal(point))


class RowList(_WithKeys, RowTable):
    """Rows of one height.

    Signals:
        entered: Enter was pressed on this row.
        delete_pressed: Delete was pressed.
        space_pressed: Space was pressed.
    """

    entered = Signal(int)
    delete_pressed = Signal()
    space_pressed = Signal()

    def __init__(
        self, model: QAbstractItemModel, delegate: QStyledItemDelegate, name: str, *, many: bool = True
    ) -> None:
        super().__init__(model, delegate, name)
        self._set_up_keys(many=many)


class CardList(_WithKeys, QListView):
    """A few cards of one size beside each other; its signals are those of a `RowList`."""

    entered = Signal(int)
    delete_pressed = Signal()
    space_pressed = Signal()

    def __init__(self, model: QAbstractItemModel, delegate: QStyledItemDelegate, name: str) -> None:
        super().__init__()
        self._cards_delegate = delegate  # a view does not own its delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._set_up_keys(many=True)


class MenuButton(FlatButton):
    """Opens the menu of a list."""

    def __init__(self, rows: RowList) -> None:
        super().__init__(tr("What can be done"), lambda: rows.menu().popup(self.mapToGlobal(self.rect().bottomLeft())))
        self.setText("⋯")
        self.hide()
