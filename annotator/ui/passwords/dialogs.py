# SPDX-License-Identifier: MIT
"""Asking for the password of a project; for a new one; and whether to do without."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.ops.passwords import Key, key_to_recover, tried_key
from annotator.ui.dialogs.base import Dialog
from annotator.ui.passwords.fields import PasswordForm
from annotator.ui.passwords.trying import Trial
from annotator.ui.widgets import label


class _TryingDialog(Dialog):
    """A dialog whose first line is the present password; accepting tries it, if there is one to try.

    Attributes:
        key: what the password opens the project with, once it was tried.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        path: Path,
        form: PasswordForm,
        ok: str,
        *,
        tried: Callable[[Path, str], Key] = tried_key,
    ) -> None:
        super().__init__(parent, title)
        self.form = form
        self.key: Key | None = None
        self._trial = Trial(path, self, tried)
        self._trial.opened.connect(self._on_opened)
        self._trial.refused.connect(self._on_refused)
        self.ok = self.add_ok(ok)
        self.add_cancel()
        form.changed.connect(self._on_changed)
        self._on_changed()

    def add_form(self) -> None:
        """Put the lines under what was said, and what is left of the room under the lines."""
        self.add(self.form)
        self.body.addStretch(1)
        self.form.setFocus()

    def is_complete(self) -> bool:
        """Return whether all is typed."""
        return bool(self.form.texts[0])

    def accept(self) -> None:
        """Try the password; the dialog closes when it is right."""
        if self.is_complete() and self.form.isEnabled():
            self._lock(locked=True)
            self._trial.start(self.form.texts[0])

    def done(self, result: int) -> None:
        """Close, and forget what was typed."""
        self._trial.wait()
        super().done(result)

    def _on_opened(self, key: Key) -> None:
        self.key = key
        super().accept()

    def _on_refused(self, error: UserError) -> None:
        self._lock(locked=False)
        wrong = tr("This password does not open the project. Check the language of the keyboard and Caps Lock.")
        self.form.refuse(wrong if error.key == "password_wrong" else i18n.describe(error))
        self.make_room()

    def _on_changed(self) -> None:
        self.ok.setEnabled(self.is_complete())

    def _lock(self, *, locked: bool) -> None:
        self.form.setDisabled(locked)
        self.ok.setDisabled(locked)


class PasswordDialog(_TryingDialog):
    """Asks for the password of a project that is to be opened."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        super().__init__(
            parent, tr("Password of the project"), path, PasswordForm(tr("Password")), tr("Open the project")
        )
        name = i18n.isolate(path.stem)
        self.add(label(tr("“{name}” is encrypted. Its password opens it.", name=name), wrap=True))
        self.add_form()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path) -> Key | None:
        """Ask until the password is right, and return its key; None if cancelled."""
        dialog = cls(parent, path)
        return dialog.key if dialog.agreed() else None


class RecoveryPasswordDialog(_TryingDialog):
    """Asks for the password of a damaged project, which need not open it any more."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        form = PasswordForm(tr("Password"))
        super().__init__(
            parent, tr("Password of the project"), path, form, tr("Recover the project"), tried=key_to_recover
        )
        name = i18n.isolate(path.stem)
        self.add(
            label(tr("“{name}” is encrypted. What is left of it is read with its password.", name=name), wrap=True)
        )
        self.add_form()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path) -> Key | None:
        """Ask until the password decrypts anything, and return its key; None if cancelled."""
        dialog = cls(parent, path)
        return dialog.key if dialog.agreed() else None


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What is to become of a project's protection: a new password, or none."""

    password: str | None


class SetPasswordDialog(_TryingDialog):
    """Asks for the first password of a project, or for the present one and another."""

    def __init__(self, parent: QWidget | None, path: Path, *, changing: bool, backups: int) -> None:
        names = (tr("New password"), tr("The new password again"))
        form = PasswordForm(*((tr("Present password"), *names) if changing else names))
        self._changing = changing
        title = tr("Change the password") if changing else tr("Protect with a password")
        super().__init__(parent, title, path, form, title)
        self.add(label(warning(), wrap=True))
        if not changing:
            self.add(label(remnants(), "muted", wrap=True))
        if backups:
            self.add(label(_backups_too(backups), "muted", wrap=True))
        self.add_form()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path, *, changing: bool, backups: int) -> NewPassword | None:
        """Ask, and return the new password; None if cancelled."""
        dialog = cls(parent, path, changing=changing, backups=backups)
        return NewPassword(dialog.form.texts[-1]) if dialog.agreed() else None

    def _on_changed(self) -> None:
        self.form.say_difference()
        super()._on_changed()

    def is_complete(self) -> bool:
        """Return whether all is typed, the new password twice the same."""
        *_, new, again = self.form.texts
        return all(self.form.texts) and new == again

    def accept(self) -> None:
        """Try the present password where there is one."""
        if self._changing:
            super().accept()
        elif self.is_complete():
            Dialog.accept(self)


class RemovePasswordDialog(_TryingDialog):
    """Asks for the password once more before everyone can read the project."""

    def __init__(self, parent: QWidget | None, path: Path, backups: int) -> None:
        title = tr("Remove the password")
        super().__init__(parent, title, path, PasswordForm(tr("Present password")), title)
        text = tr("The project is decrypted: everyone who has the file can read it then.")
        self.add(label(text, wrap=True))
        if backups:
            self.add(label(_backups_too(backups), "muted", wrap=True))
        self.add_form()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path, backups: int) -> NewPassword | None:
        """Ask; None if cancelled."""
        return NewPassword(None) if cls(parent, path, backups).agreed() else None


def warning() -> str:
    """Return what must be known before a password is set."""
    return tr(
        "The file is encrypted and opens with the password only. Nobody can recover a forgotten password: keep it in a "
        "safe place."
    )


def remnants() -> str:
    """Return what encrypting cannot reach."""
    return tr(
        "The unprotected file is written over. Copies elsewhere stay as they are, and an SSD may keep remnants of it; "
        "exports are not encrypted."
    )


def _backups_too(count: int) -> str:
    return trn("The same is done with {n} backup.", "The same is done with {n} backups.", count)
