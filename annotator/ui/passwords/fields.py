# SPDX-License-Identifier: MIT
"""The fields in which a password is typed. Knows no project."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from annotator.i18n import tr
from annotator.ui.widgets import LineEdit, column, label


class PasswordEdit(LineEdit):
    """One hidden line. What was typed is in no undo list, and in no clipboard while it is hidden.

    Signals:
        caps_noticed: a letter was typed that tells whether Caps Lock is on.
    """

    caps_noticed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def show_typed(self, *, shown: bool) -> None:
        """Show what is typed, or hide it."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._align(self.text())

    def _align(self, text: str) -> None:
        # What is hidden does not give away its letters by where it stands.
        super()._align(text if self.echoMode() is QLineEdit.EchoMode.Normal else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Type; no platform but the letters themselves says whether Caps Lock is on."""
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_noticed.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)


class PasswordForm(QFrame):
    """Labelled hidden lines one under the other, a box that shows them, and a line for what is wrong.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.fields = [PasswordEdit(name) for name in names]
        self.shown = QCheckBox(tr("Show what is typed"))
        self.said = label("", "problem", wrap=True)
        self._caps = False
        self._problem = ""
        parts = []
        for name, field in zip(names, self.fields, strict=True):
            title = label(name)
            title.setBuddy(field)
            parts.append(column(title, field, gap=3))
            field.textChanged.connect(self._on_typed)
            field.caps_noticed.connect(self._on_caps)
        self.setLayout(column(*parts, self.shown, self.said, gap=9))
        self.setFocusProxy(self.fields[0])
        self.shown.toggled.connect(self._on_shown)
        self._tell()

    @property
    def texts(self) -> list[str]:
        """What is typed in each line."""
        return [field.text() for field in self.fields]

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed, and have the first line typed again."""
        self._problem = sentence
        self._tell()
        self.fields[0].setFocus()
        self.fields[0].selectAll()

    def say_difference(self) -> None:
        """Say so as soon as the last line cannot become the same as the one before it."""
        *_, first, again = self.texts
        if not first.startswith(again):
            self._problem = tr("The two passwords are not the same.")
            self._tell()

    def _on_typed(self) -> None:
        self._problem = ""
        self._tell()
        self.changed.emit()

    def _on_caps(self, on: bool) -> None:  # noqa: FBT001 - a signal's value
        self._caps = on
        self._tell()

    def _on_shown(self, shown: bool) -> None:  # noqa: FBT001 - a signal's value
        for field in self.fields:
            field.show_typed(shown=shown)

    def _tell(self) -> None:
        said = self._problem or (tr("Caps Lock seems to be on.") if self._caps else "")
        if said != self.said.text():
            self.said.setText(said)
            if said and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
