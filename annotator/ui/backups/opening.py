# SPDX-License-Identifier: MIT
"""What the window does with backups and with a damaged project: ask, do it in a job, tell how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.files import SUFFIX
from annotator.i18n import isolate, tr
from annotator.late import LateModule, late
from annotator.ui.dialogs.prompts import ConfirmDialog, LossDialog
from annotator.ui.jobs import Progress
from annotator.ui.wording import project_filter

if TYPE_CHECKING:
    from annotator.ops import backups as acts
    from annotator.ops.passwords import Key, was_encrypted
    from annotator.ops.recovering import RecoveryReport, recover
    from annotator.ui.backups.dialogs import BackupsDialog, DamageDialog, Listed, What, made_at
    from annotator.ui.backups.recovered import RecoveryDialog
    from annotator.ui.main_window import MainWindow
    from annotator.ui.passwords.dialogs import RecoveryPasswordDialog
else:
    # Most days nobody needs any of it.
    acts = LateModule("annotator.ops.backups")
    BackupsDialog = late("annotator.ui.backups.dialogs", "BackupsDialog")
    DamageDialog = late("annotator.ui.backups.dialogs", "DamageDialog")
    What = late("annotator.ui.backups.dialogs", "What")
    RecoveryPasswordDialog = late("annotator.ui.passwords.dialogs", "RecoveryPasswordDialog")
    RecoveryDialog = late("annotator.ui.backups.recovered", "RecoveryDialog")
    recover = late("annotator.ops.recovering", "recover")
    was_encrypted = late("annotator.ops.passwords", "was_encrypted")
    made_at = late("annotator.ui.backups.dialogs", "made_at")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _File:
    """A project that need not be open."""

    path: Path
    key: "Key | None"


class Backups(QObject):
    """Lists, makes, restores and deletes backups for one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def show(self) -> None:
        """Show the backups of the open project."""
        project = self._window.session.project
        self._show(_File(project.path, project.key))

    def tell_damage(self, error: UserError, path: Path | None = None, key: "Key | None" = None) -> None:
        """Say that a project, or the open one, is damaged, and do what is chosen about it."""
        if path is None:
            project = self._window.session.project
            path, key = project.path, project.key
        file = _File(path, key)
        chosen = DamageDialog.ask(self._window, self._window.describe(error), len(acts.backups_of(path)))
        if chosen == What.BACKUPS:
            self._show(file)
        elif chosen == What.RECOVER:
            self._recover(file)

    def recover(self) -> None:
        """Ask for a damaged project, and bring out what can be read of it."""
        title, folder = tr("Which project is damaged?"), str(self._window.files.folder())
        path, _ = QFileDialog.getOpenFileName(self._window, title, folder, project_filter())
        if path:
            file = Path(path)
            encrypted = was_encrypted(file)
            key = RecoveryPasswordDialog.ask(self._window, file) if encrypted else None
            if key is not None or not encrypted:
                self._recover(_File(file, key))

    def _recover(self, file: _File) -> None:
        offered = file.path.with_name(tr("{name} recovered", name=file.path.stem) + SUFFIX)
        title = tr("Where the recovered project is to lie")
        path, _ = QFileDialog.getSaveFileName(self._window, title, str(offered), project_filter())
        if not path:
            return
        who = self._window.settings.text("annotator_name")

        def work(progress: Progress) -> "RecoveryReport":
            return recover(file.path, Path(path), file.key, annotator=who, progress=progress)

        def done(report: "RecoveryReport") -> None:
            self._window.files.open_project(report.path, file.key)
            RecoveryDialog.ask(self._window, report)

        self._job(tr("Recovering the project…"), work, done)

    def _show(self, file: _File) -> None:
        def work(progress: Progress) -> "list[Listed]":
            found = acts.backups_of(file.path)
            listed = []
            for number, backup in enumerate(found):
                if not progress(number, len(found), backup.path.name):
                    raise UserError("cancelled")
                listed.append((backup, acts.contents(backup, file.key)))
            return listed

        self._job(tr("Looking at the backups…"), work, lambda listed: self._ask(file, listed))

    def _ask(self, file: _File, listed: "list[Listed]") -> None:
        wish = BackupsDialog.ask(self._window, listed, acts.folder_of(file.path), can_make=file.path.exists())
        if wish is None:
            return
        if wish.backup is None:
            self._make(file)
        elif wish.what == What.OPEN:
            self._window.files.open_read_only(wish.backup.path, file.key)
        elif wish.what == What.DELETE:
            self._delete(file, wish.backup)
        else:
            self._restore(file, wish.backup)

    def _make(self, file: _File) -> None:
        def work(progress: Progress) -> "acts.Backup":
            return acts.back_up(file.path, file.key, lambda done, total: progress(done, total, ""))

        self._window.flush()
        self._job(tr("Backing up…"), work, lambda _made: self._show(file))

    def _delete(self, file: _File, backup: "acts.Backup") -> None:
        question = tr("The backup of {time} is deleted for good. Delete it?", time=made_at(backup))
        if LossDialog.ask(self._window, tr("Delete a backup"), question, tr("Delete the backup")):
            try:
                acts.delete_backup(backup.path)
            except UserError as error:
                self._window.files.tell_failure(error)
        self._show(file)

    def _restore(self, file: _File, backup: "acts.Backup") -> None:
        question = tr(
            "The project {name} becomes what it was on {time}. As it is now it is kept as a backup first, so that you "
            "can restore it in turn.",
            name=isolate(file.path.stem),
            time=made_at(backup),
        )
        if not ConfirmDialog.ask(self._window, tr("Restore a backup"), question, tr("Restore the backup")):
            self._show(file)
            return
        session = self._window.session
        if session.is_open and session.project.path == file.path:
            self._window.files.close_project()

        def work(_progress: Progress) -> "acts.Backup | None":
            return acts.restore(file.path, backup.path, file.key)

        def done(_kept: "acts.Backup | None") -> None:
            self._window.files.open_project(file.path, file.key)
            self._window.tell(tr("The project is as it was on {time}.", time=made_at(backup)))

        def failed(error: UserError) -> None:
            self._window.files.tell_failure(error)
            if file.path.exists():
                self._window.files.open_project(file.path, file.key)

        self._window.jobs.start(tr("Restoring the backup…"), work, done, failed, stoppable=False)

    def _job(self, title: str, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        self._window.jobs.start(title, work, done, self._window.files.tell_failure)
