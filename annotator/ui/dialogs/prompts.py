# SPDX-License-Identifier: MIT
"""Short questions: a name, a line of text, a note, yes or no; and a message to read."""

import getpass

from PySide6.QtWidgets import QWidget

from annotator.i18n import tr
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import LineEdit, NoteEdit, label


class NameDialog(Dialog):
    """Asks who is working; the name stands beside every tag."""

    def __init__(self, parent: QWidget | None, suggestion: str) -> None:
        super().__init__(parent, tr("Who is tagging?"))
        self.field = LineEdit(name=tr("Your name as annotator"), text=suggestion)
        self.field.selectAll()
        self.add(label(tr("Your name is kept beside each tag you make. You can change it in the settings."), wrap=True))
        self.add(self.field)
        self._ok = self.add_ok(tr("Continue"))
        self.add_cancel()
        self.field.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        self._ok.setEnabled(bool(suggestion.strip()))

    @classmethod
    def ask(cls, parent: QWidget | None) -> str | None:
        """Ask for the annotator's name, offering the system's user; None if not given."""
        dialog = cls(parent, system_user())
        return dialog.field.text().strip() or None if dialog.agreed() else None


class LineDialog(Dialog):
    """Asks for one line of text."""

    def __init__(self, parent: QWidget | None, title: str, text: str, ok: str) -> None:
        super().__init__(parent, title, width=520)
        self.field = LineEdit(name=title, text=text)
        self.field.selectAll()
        self.add(self.field)
        self.add_ok(ok)
        self.add_cancel()

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, ok: str) -> str | None:
        """Ask for a line, beginning with `text`; None if cancelled."""
        dialog = cls(parent, title, text, ok)
        return dialog.field.text() if dialog.agreed() else None


class NoteDialog(Dialog):
    """Asks for a note of several lines."""

    def __init__(self, parent: QWidget, title: str, note: str) -> None:
        super().__init__(parent, title, width=520)
        self.field = NoteEdit(tr("Write a note"), title)
        self.field.setPlainText(note)
        self.field.setMinimumHeight(140)
        self.add(self.field)
        self.add_ok(tr("Save the note"))
        self.add_cancel()

    @classmethod
    def ask(cls, parent: QWidget, title: str, note: str) -> str | None:
        """Ask for a note, beginning with `note`; None if cancelled."""
        dialog = cls(parent, title, note)
        dialog.field.setFocus()
        return dialog.field.toPlainText().strip() if dialog.agreed() else None


class ConfirmDialog(Dialog):
    """Asks whether to go on."""

    def __init__(self, parent: QWidget, title: str, text: str, yes: str) -> None:
        super().__init__(parent, title)
        self.add(label(text, wrap=True))
        self.ok, self.cancel = self.add_ok(yes), self.add_cancel()

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, yes: str) -> bool:
        """Ask a question and return whether the answer was yes."""
        return cls(parent, title, text, yes).agreed()


class LossDialog(ConfirmDialog):
    """Asks whether to go on where something would be lost for good; Enter alone does not."""

    def __init__(self, parent: QWidget, title: str, text: str, yes: str) -> None:
        super().__init__(parent, title, text, yes)
        self.cancel.setDefault(True)
        self.cancel.setFocus()


class MessageDialog(Dialog):
    """Says something that must be read before work goes on."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent, title)
        self.add(label(text, wrap=True))
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, text: str) -> None:
        """Show a message until it is closed."""
        cls(parent, title, text).agreed()


def system_user() -> str:
    """Return the name of the system's user, or "" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a system without users, as in some containers and on Windows
        return ""
