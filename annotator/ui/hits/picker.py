# SPDX-License-Identifier: MIT
"""Choosing one actor of the registry by typing some of a name, in Arabic or Latin letters."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.ids import ActorId
from annotator.model.registry import Actor
from annotator.project import Project
from annotator.ui.dialogs.base import Dialog
from annotator.ui.ranking import ranked
from annotator.ui.widgets import LineEdit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class _Actors(QAbstractListModel):
    """The actors that what is typed finds, the best first."""

    def __init__(self, actors: list[Actor], first: str) -> None:
        super().__init__()
        self._all, self._first = actors, first
        self._shown = actors

    def search(self, query: str) -> None:
        self.beginResetModel()
        self._shown = ranked(query, self._all, lambda actor: actor.names)
        self.endResetModel()

    def actor_id(self, row: int) -> ActorId:
        place = row - bool(self._first)
        return self._shown[place].id if place >= 0 else ActorId("")

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._shown) + bool(self._first)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        place = index.row() - bool(self._first)
        return self._shown[place].name_in(i18n.language()) if place >= 0 else self._first


class ActorPicker(Dialog):
    """Asks for an actor."""

    def __init__(self, parent: QWidget, project: Project, title: str, nobody: str = "") -> None:
        super().__init__(parent, title)
        self.field = LineEdit(tr("Type some of the name"))
        self._model = _Actors(list(project.actors.values()), nobody)
        self.list = QListView()
        self.list.setProperty("framed", "true")
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Actors"))
        self.list.setMinimumHeight(180)
        self.add(self.field)
        self.add(self.list)
        self.add_ok(tr("Choose"))
        self.add_cancel()
        self.field.textChanged.connect(self._on_typed)
        self.list.doubleClicked.connect(lambda _index: self.accept())
        self._on_typed("")

    @classmethod
    def ask(cls, parent: QWidget, project: Project, title: str, nobody: str = "") -> ActorId | None:
        """Ask for an actor; "" where `nobody` was chosen, None if cancelled."""
        dialog = cls(parent, project, title, nobody)
        dialog.field.setFocus()
        return dialog.chosen() if dialog.agreed() else None

    def chosen(self) -> ActorId | None:
        """Return which actor is chosen."""
        index = self.list.currentIndex()
        return self._model.actor_id(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let the arrows move in the list while one types."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row = min(max(self.list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
        self.list.setCurrentIndex(self._model.index(row))

    def _on_typed(self, text: str) -> None:
        self._model.search(text)
        self.list.setCurrentIndex(self._model.index(0))
