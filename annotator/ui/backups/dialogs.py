# SPDX-License-Identifier: MIT
"""The list of a project's backups, and the question what to do about a damaged project."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QDialogButtonBox, QPushButton, QWidget

from annotator import i18n
from annotator.i18n import tr, tr_marked, trn
from annotator.ops.backups import Backup, Contents
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.history import local_time
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.widgets import button, column, label, row

Listed = tuple[Backup, Contents]

_ACTION = QDialogButtonBox.ButtonRole.ActionRole


class What(StrEnum):
    """What is to be done with a backup, or with a damaged project."""

    MAKE = "make"
    RESTORE = "restore"
    OPEN = "open"
    DELETE = "delete"
    BACKUPS = "backups"
    RECOVER = "recover"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen; `backup` is None where it is about none."""

    what: What
    backup: Backup | None = None


class BackupsDialog(Dialog):
    """Lists the backups of a project; closes with what was chosen to be done.

    Attributes:
        wish: what was chosen.
    """

    def __init__(self, parent: QWidget, listed: Sequence[Listed], folder: Path, *, can_make: bool) -> None:
        super().__init__(parent, tr("Backups"), width=640)
        self._listed, self.wish = listed, Wish(What.MAKE)
        self.model = TextTable(
            (tr("Made"), tr("Size"), tr("Why"), tr("What is in it")), [_cells(backup, held) for backup, held in listed]
        )
        self.table = table_view(self.model, tr("Backups"), (180, 90, 130))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _index: self._choose(What.OPEN))
        self.about_one = [
            button(tr("Restore…"), lambda: self._choose(What.RESTORE)),
            button(tr("Open read-only"), lambda: self._choose(What.OPEN)),
            button(tr("Delete…"), lambda: self._choose(What.DELETE)),
        ]
        self.add(label(_explained(listed), "muted", wrap=True))
        if listed:
            self.add(self.table, row(*self.about_one, None))
            self.body.setStretch(1, 1)
            self.table.selectionModel().setCurrentIndex(
                self.model.index(0, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        if can_make:
            self.add_button(tr("Back up now"), _ACTION).clicked.connect(lambda: self._choose(What.MAKE))
        if folder.is_dir():
            opens = self.add_button(tr("Open the folder"), _ACTION)
            opens.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.add_close()
        if listed:
            self.resize(760, 460)

    @classmethod
    def ask(cls, parent: QWidget, listed: Sequence[Listed], folder: Path, *, can_make: bool) -> Wish | None:
        """Show the backups until something is to be done; None if they were only looked at."""
        dialog = cls(parent, listed, folder, can_make=can_make)
        return dialog.wish if dialog.agreed() else None

    def _choose(self, what: What) -> None:
        backup = self._listed[self.table.currentIndex().row()][0] if what is not What.MAKE else None
        self.wish = Wish(what, backup)
        self.accept()


class DamageDialog(Dialog):
    """Says that a project is damaged, and offers what helps.

    Attributes:
        wish: what was chosen.
    """

    def __init__(self, parent: QWidget, text: str, backups: int) -> None:
        super().__init__(parent, tr("The project is damaged"), width=560)
        self.wish = What.BACKUPS
        lines = [label(text, wrap=True)]
        if backups:
            counted = trn("There is {n} backup of it.", "There are {n} backups of it.", backups)
            lines.append(label(counted, "muted", wrap=True))
        self.add(column(*lines, gap=8))
        self.choices: dict[What, QPushButton] = {}
        if backups:
            self._offer(What.BACKUPS, tr("Backups…"))
        self._offer(What.RECOVER, tr("Bring out what can be read…"))
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget, text: str, backups: int) -> What | None:
        """Ask what to do; None for nothing."""
        dialog = cls(parent, text, backups)
        return dialog.wish if dialog.agreed() else None

    def _offer(self, what: What, text: str) -> None:
        choice = self.choices[what] = self.add_button(text, _ACTION)
        choice.clicked.connect(lambda: self._choose(what))

    def _choose(self, what: What) -> None:
        self.wish = what
        self.accept()


def made_at(backup: Backup) -> str:
    """Return when a backup was made, in the user's zone."""
    return local_time(backup.at.isoformat())


def held_by(held: Contents) -> str:
    """Return what a backup holds, or why that is not known."""
    if held.error is not None:
        return i18n.describe(held.error)
    articles = trn("{n} article", "{n} articles", held.articles)
    return tr("{articles}, {tags}", articles=articles, tags=trn("{n} tag", "{n} tags", held.tags))


def _cells(backup: Backup, held: Contents) -> tuple[str, str, str, str]:
    return made_at(backup), i18n.size(backup.size), tr_marked(i18n.BACKUP_KINDS[backup.kind]), held_by(held)


def _explained(listed: Sequence[Listed]) -> str:
    how = tr(
        "One is made by itself at the first change of each day; each takes as much room as the project. How many are "
        "kept is a setting. Those made by hand stay until you delete them."
    )
    if not listed:
        none = tr("There is no backup of this project yet.")
        return f"{none} {how}"
    size = i18n.size(sum(backup.size for backup, _ in listed))
    return tr("{how} All together take {size}.", how=how, size=size)
