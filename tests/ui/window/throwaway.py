# SPDX-License-Identifier: MIT
"""Pages of no use but to try the side panel and the drawer."""

from PySide6.QtWidgets import QListWidget, QToolButton, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.ui.session import Session
from annotator.ui.widgets import LineEdit, fill


class ThrowawayPage(QWidget):
    """A field and a list, a button for the head, and a memory of what was typed."""

    def __init__(self, name: str = "Page", session: Session | None = None) -> None:
        super().__init__()
        self.name, self.flushed, self.heard = name, 0, 0
        self.field, self.list = LineEdit(name), QListWidget()
        self.button = QToolButton()
        self.button.setText("↑")
        self.list.addItems([f"{name} {number}" for number in range(40)])
        self.setLayout(fill(QVBoxLayout(), self.field, self.list))
        self.setFocusProxy(self.list)
        if session is not None:
            session.changes_committed.connect(self._on_changes_committed)

    def head_widgets(self) -> list[QWidget]:
        return [self.button]

    def flush(self) -> None:
        self.flushed += 1

    def showing(self) -> object:
        return self.field.text()

    def return_to(self, showing: object) -> None:
        self.field.setText(str(showing))

    def _on_changes_committed(self, _changes: Changes, _initiator: object) -> None:
        self.heard += 1
