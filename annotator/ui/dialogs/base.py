# SPDX-License-Identifier: MIT
"""What all dialogs share: a title, a body, buttons in the order of the platform."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout, QPushButton, QVBoxLayout, QWidget

from annotator.i18n import tr
from annotator.ui.widgets import label

_Role = QDialogButtonBox.ButtonRole


class Dialog(QDialog):
    """A modal dialog with a heading, a body and a row of buttons."""

    def __init__(self, parent: QWidget | None, title: str, *, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal if parent else Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 20, 22, 18)
        outer.setSpacing(14)
        outer.addWidget(label(title, "title", wrap=True))
        outer.addLayout(self.body, 1)
        outer.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be as high as wrapped lines need at this width: Qt guesses by another one, and cuts them off."""
        super().showEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Be high enough for what is shown now, wrapped lines as they are at this width."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def add(self, *items: QWidget | QLayout) -> None:
        """Put things into the body, one under the other."""
        for item in items:
            if isinstance(item, QWidget):
                self.body.addWidget(item)
            else:
                self.body.addLayout(item)

    def add_button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        """Add a button to the row."""
        # Made here and not by the box: what Qt makes, PySide may take for a button that was deleted where it lies now.
        button = QPushButton(text)
        self.buttons.addButton(button, role)
        return button

    def add_ok(self, text: str) -> QPushButton:
        """Add the button that does what the dialog is for."""
        button = self.add_button(text, _Role.AcceptRole)
        button.setProperty("primary", "true")
        button.setDefault(True)
        # The box has dressed it already.
        button.style().unpolish(button)
        button.style().polish(button)
        return button

    def add_cancel(self) -> QPushButton:
        """Add the button that does nothing."""
        return self.add_button(tr("Cancel"), _Role.RejectRole)

    def add_close(self) -> None:
        """Add the button that closes a dialog which only shows something."""
        button = self.add_button(tr("Close"), _Role.RejectRole)
        button.setDefault(True)

    def agreed(self) -> bool:
        """Show the dialog and return whether it was accepted."""
        return self.exec() == QDialog.DialogCode.Accepted
