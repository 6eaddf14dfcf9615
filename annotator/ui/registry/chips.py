# SPDX-License-Identifier: MIT
"""Several short things with a way to take each away and to add more: other names, members, participants."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from annotator.i18n import tr
from annotator.ui import icons
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, LineEdit, column, label, row
from annotator.ui.wording import shortened

_LONG = 28


class _Chip(QFrame):
    """One of them, and its button."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "floating")
        name = label(shortened(text, _LONG))
        name.setToolTip(text)
        self.button = FlatButton(tr("Take {name} away", name=text))
        self.button.setIcon(icons.icon("close", theme, size=12))
        line = row(name, self.button, gap=0)
        line.setContentsMargins(7, 0, 2, 0)
        self.setLayout(line)


class _AddLine(LineEdit):
    """A line of which Enter takes what is typed, and Escape forgets it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Forget what is typed, and leave Escape to others where nothing is."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Chips(QFrame):
    """A heading, the chips, and behind them a line to type another or a button that asks for one.

    Signals:
        removed: the id of the one that is not wanted any more.
        added: what was typed.
        add_requested: the button was clicked.
    """

    removed = Signal(str)
    added = Signal(str)
    add_requested = Signal()

    def __init__(self, title: str, add: str, theme: Theme, *, typed: bool) -> None:
        super().__init__()
        self._theme = theme
        self._items: list[tuple[str, str]] = []
        self.chips: dict[str, _Chip] = {}
        self.adder: QWidget
        self._flow = FlowLayout()
        if typed:
            self.line = _AddLine(add, add)
            self.line.returnPressed.connect(self._on_returned)
            self.adder = self.line
        else:
            self.adder = FlatButton(add, self.add_requested.emit)
            self.adder.setText(add)
            self.adder.setProperty("role", "step")
        self._flow.addWidget(self.adder)
        holder = QFrame()
        holder.setLayout(self._flow)
        self._holder = holder
        self.setLayout(column(label(title, "muted"), holder, gap=2))
        self.setFocusProxy(self.adder)

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Show these, each an id and what it is called; the focus stays where it is."""
        if list(items) == self._items:
            return
        self._items = list(items)
        held_focus = any(chip.button.hasFocus() for chip in self.chips.values())
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.adder:
                widget.hide()
                widget.deleteLater()
        self.chips = {}
        for id_, text in items:
            chip = self.chips[id_] = _Chip(text, self._theme)
            chip.button.clicked.connect(partial(self._on_remove_clicked, id_))
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.adder)
        if held_focus:
            self.adder.setFocus(Qt.FocusReason.OtherFocusReason)
        self._holder.updateGeometry()

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001 - as Qt's setEnabled
        """Allow changes or not."""
        self.adder.setEnabled(writable)
        for chip in self.chips.values():
            chip.button.setEnabled(writable)

    def forget_typed(self, known: Sequence[str] | None = None) -> None:
        """Empty the line, or do so only where what is typed is among these."""
        if isinstance(self.adder, LineEdit) and (known is None or " ".join(self.adder.text().split()) in known):
            self.adder.clear()

    def _on_remove_clicked(self, id_: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        self.removed.emit(id_)

    def _on_returned(self) -> None:
        if self.line.text().strip():
            self.added.emit(" ".join(self.line.text().split()))
