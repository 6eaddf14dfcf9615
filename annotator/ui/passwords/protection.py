# SPDX-License-Identifier: MIT
"""The part of a dialog that protects what is being made: a box to tick, and the new password typed twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from annotator.extras import EXTRAS
from annotator.i18n import tr
from annotator.ui.passwords.dialogs import warning
from annotator.ui.passwords.fields import PasswordForm
from annotator.ui.widgets import column, label


class Protection(QFrame):
    """Offers a password.

    Signals:
        changed: the box or a line is another.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox(tr("Protect with a password"))
        extra = EXTRAS["sqlcipher"]
        self.box.setEnabled(extra.installed)
        if not extra.installed:
            self.box.setToolTip(tr("Needs {extra}: {command}", extra=extra.requirement, command=extra.command))
        self.form = PasswordForm(tr("Password"), tr("The password again"))
        self._more = QFrame()
        self._more.setLayout(column(label(warning(), "muted", wrap=True), self.form, gap=10))
        self._more.hide()
        self.setLayout(column(self.box, self._more, gap=10))
        self.box.toggled.connect(self._on_toggled)
        self.form.changed.connect(self._on_typed)

    @property
    def password(self) -> str:
        """The password; "" where there is to be none."""
        return self.form.texts[0] if self.box.isChecked() else ""

    @property
    def is_complete(self) -> bool:
        """Whether the password is typed twice the same, or none is wanted."""
        first, again = self.form.texts
        return not self.box.isChecked() or (bool(first) and first == again)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - a signal's value
        self._more.setVisible(on)
        if on:
            self.form.setFocus()
        self.changed.emit()

    def _on_typed(self) -> None:
        self.form.say_difference()
        self.changed.emit()
