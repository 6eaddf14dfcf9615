# SPDX-License-Identifier: MIT
"""Dialogs of the registry: which actor or event is meant, and which of several stays when they are merged."""

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.i18n import tr, tr_marked, trn
from annotator.ui.dialogs.base import Dialog
from annotator.ui.registry.kinds import WORDS
from annotator.ui.registry.list_model import SLICE, Entry, RegistryModel
from annotator.ui.registry.lists import RowList
from annotator.ui.registry.names import Kind
from annotator.ui.registry.rows import EntryDelegate
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, label

_HEIGHT = 260
_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class PickDialog(Dialog):
    """Asks for one of all actors, or events, found by typing."""

    def __init__(self, parent: QWidget, session: Session, theme: Theme, kind: Kind, without: Container[str]) -> None:
        super().__init__(parent, tr_marked(WORDS[kind].pick_title), width=420)
        self._without = without
        self.model = RegistryModel(session, kind)
        self.model.reload()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._prepare)
        self._timer.start(0)
        self.filter = LineEdit(tr_marked(WORDS[kind].search))
        self.view = RowList(self.model, EntryDelegate(theme), tr_marked(WORDS[kind].plural), many=False)
        self.view.setProperty("framed", "true")
        self.view.setMinimumHeight(_HEIGHT)
        self.add(self.filter, self.view)
        self._ok = self.add_ok(tr("Choose"))
        self.add_cancel()
        self.filter.textChanged.connect(self._on_filter_changed)
        self.view.doubleClicked.connect(lambda _index: self.accept())
        self.view.entered.connect(lambda _row: self.accept())
        self.view.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self._on_filter_changed("")
        self.filter.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, session: Session, theme: Theme, kind: Kind, without: Container[str] = ()
    ) -> str | None:
        """Ask for one, but for some; return its id, or None if cancelled."""
        dialog = cls(parent, session, theme, kind, without)
        return dialog.chosen() if dialog.agreed() else None

    def chosen(self) -> str | None:
        """Return the id of the current one, if it may be chosen."""
        entry = self.model.entry_at(self.view.currentIndex().row())
        return entry.id if entry is not None and entry.id not in self._without else None

    def accept(self) -> None:
        """Close only where something was chosen."""
        if self.chosen() is not None:
            super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrows go through the list while one types."""
        if event.key() in _ARROWS and self.filter.hasFocus():
            self.view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_query(text)
        row = next((r for r in range(self.model.rowCount()) if self._may(r)), -1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self._enable()

    def _prepare(self) -> None:
        if not self.model.prepare(SLICE):
            self._timer.stop()
            self._on_filter_changed(self.filter.text())

    def _may(self, row: int) -> bool:
        entry = self.model.entry_at(row)
        return entry is not None and entry.id not in self._without

    def _enable(self) -> None:
        self._ok.setEnabled(self.chosen() is not None)


class MergeDialog(Dialog):
    """Asks which of several stays, and says what becomes of the others."""

    def __init__(self, parent: QWidget, kind: Kind, entries: Sequence[Entry]) -> None:
        super().__init__(parent, tr_marked(WORDS[kind].merge_title))
        self._entries = entries
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Which one stays"))
        for entry in entries:
            self.box.addItem(tr("{name} ({count})", name=entry.name, count=entry.count), entry.id)
        self._says = label(wrap=True)
        self.add(label(tr("Which one stays"), "muted"), self.box)
        self.add(self._says, label(tr_marked(WORDS[kind].merge_text), "muted", wrap=True))
        self.add_ok(tr("Merge"))
        self.add_cancel()
        self.box.currentIndexChanged.connect(lambda _row: self._say())
        self._say()

    @classmethod
    def ask(cls, parent: QWidget, kind: Kind, entries: Sequence[Entry]) -> str | None:
        """Ask; return the id of the one that stays, the most mentioned unless another is chosen, or None."""
        dialog = cls(parent, kind, sorted(entries, key=lambda entry: -entry.count))
        return str(dialog.box.currentData()) if dialog.agreed() else None

    def _say(self) -> None:
        kept = self._entries[self.box.currentIndex()]
        moved = sum(entry.count for entry in self._entries) - kept.count
        self._says.setText(
            trn(
                "{n} mention of the others becomes one of {name}. You can undo this.",
                "{n} mentions of the others become those of {name}. You can undo this.",
                moved,
                name=kept.name,
            )
        )
