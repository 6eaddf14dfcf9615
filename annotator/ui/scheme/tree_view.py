# SPDX-License-Identifier: MIT
"""The tree of a scheme's parts on the screen: what is chosen and what is folded outlasts every change of the scheme."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from annotator.i18n import tr
from annotator.model.scheme import Layer
from annotator.ui.scheme.places import Kind, PartKey
from annotator.ui.scheme.tree import GROUPS, SchemeTree
from annotator.ui.widgets import SWATCH


class SchemeTreeView(QTreeView):
    """Shows the tree; what was folded stays so.

    Signals:
        part_chosen: the key of the row that is current now.
        step_requested: move the current part up (-1) or down (1).
        delete_requested: Del was pressed.
    """

    part_chosen = Signal(object)
    step_requested = Signal(int)
    delete_requested = Signal()

    def __init__(self, model: SchemeTree, layers: Iterable[Layer]) -> None:
        super().__init__()
        self._tree = model
        self._open: set[PartKey] = set()
        self._current = PartKey(Kind.GROUP, Kind.LAYER)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("Parts of the scheme"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setIconSize(SWATCH)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.expanded.connect(lambda index: self._open.add(model.key(index)))
        self.collapsed.connect(lambda index: self._open.discard(model.key(index)))
        model.modelReset.connect(self._restore)
        self._open |= {PartKey(Kind.GROUP, kind) for kind in GROUPS}
        self._open |= {PartKey(Kind.LAYER, layer.id) for layer in layers}
        self._restore()
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> PartKey:
        """The key of the row that is current."""
        return self._current

    def choose(self, key: PartKey) -> None:
        """Go to a part."""
        index = self._tree.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def follow(self, key: PartKey) -> None:
        """Take it that the current part has this key from now on, before the tree is built anew."""
        if self._current in self._open:
            self._open.add(key)
        self._current = key

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the tree from the window's commands."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_Delete or (alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Alt and an arrow move the part; Del takes it out."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in steps:
            self.step_requested.emit(steps[key])
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)

    def _restore(self) -> None:
        """Open what was open, and go to what was current, or what it stood below."""
        for key in list(self._open):
            index = self._tree.index_of(key)
            if index.isValid():
                self.expand(index)
        current = self._current
        if not self._tree.index_of(current).isValid():
            current = _above(current)
        self.choose(current)

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._current = self._tree.key(index)
            self.part_chosen.emit(self._current)


def _above(key: PartKey) -> PartKey:
    if key.kind is Kind.VALUE:
        return PartKey(Kind.ATTRIBUTE, key.of)
    return PartKey(Kind.GROUP, Kind.LAYER if key.kind is Kind.LABEL else key.kind)
