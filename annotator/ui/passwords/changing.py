# SPDX-License-Identifier: MIT
"""Setting, changing and removing the password of the open project: it is closed, written anew, and opened again."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import UserError
from annotator.i18n import isolate, tr
from annotator.late import late
from annotator.ui.dialogs.prompts import MessageDialog
from annotator.ui.jobs import Progress

if TYPE_CHECKING:
    from annotator.ops.passwords import Key, copies_of, set_password
    from annotator.ui.main_window import MainWindow
    from annotator.ui.passwords.dialogs import NewPassword, RemovePasswordDialog, SetPasswordDialog
else:
    # Most projects have no password.
    copies_of = late("annotator.ops.passwords", "copies_of")
    set_password = late("annotator.ops.passwords", "set_password")
    RemovePasswordDialog = late("annotator.ui.passwords.dialogs", "RemovePasswordDialog")
    SetPasswordDialog = late("annotator.ui.passwords.dialogs", "SetPasswordDialog")


class Passwords(QObject):
    """Changes how the project of one window is kept."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def set(self) -> None:
        """Ask for a new password, and encrypt the project with it."""
        project = self._window.session.project
        backups = len(copies_of(project.path))
        self._rewrite(
            SetPasswordDialog.ask(self._window, project.path, changing=project.key is not None, backups=backups)
        )

    def remove(self) -> None:
        """Decrypt the project, once the password was given again."""
        path = self._window.session.project.path
        self._rewrite(RemovePasswordDialog.ask(self._window, path, len(copies_of(path))))

    def _rewrite(self, wish: "NewPassword | None") -> None:
        if wish is None:
            return
        session, files = self._window.session, self._window.files
        path, key = session.project.path, session.project.key
        files.close_project()

        def work(progress: Progress) -> "tuple[Key | None, list[Path]]":
            return set_password(path, key, wish.password, lambda: progress(0, 0, ""))

        def done(result: "tuple[Key | None, list[Path]]") -> None:
            new, left = result
            files.open_project(path, new)
            self._tell(new, left)

        def failed(error: UserError) -> None:
            files.open_project(path, key)
            files.tell_failure(error)

        title = tr("Decrypting the project…") if wish.password is None else tr("Encrypting the project…")
        self._window.jobs.start(title, work, done, failed)

    def _tell(self, key: "Key | None", left: list[Path]) -> None:
        if key is None:
            self._window.tell(tr("The project is not protected any more."))
        else:
            self._window.tell(tr("The project is protected with the new password."))
        if left:
            names = "\n".join(isolate(each.name) for each in left)
            text = tr("These backups stay as they were, for the password does not open them:")
            MessageDialog.ask(self._window, tr("Backups of this project"), f"{text}\n\n{names}")
