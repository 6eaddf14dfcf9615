# SPDX-License-Identifier: MIT
"""The project's history: who did what and when, the newest first, read as it is scrolled to."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.changes import HistoryEntry
from annotator.project import Project
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.widgets import label
from annotator.ui.wording import act_name

_STRETCH = 100
_NOWHERE = QModelIndex()


class HistoryModel(TextTable):
    """The history as a table that reads on."""

    def __init__(self, project: Project) -> None:
        super().__init__((tr("Time"), tr("Who"), tr("What")))
        self._project = project
        self._before: int | None = None
        self._more = True
        self.fetchMore()

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> bool:  # noqa: N802
        """Return whether there are older acts."""
        return not parent.isValid() and self._more

    def fetchMore(self, _parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> None:  # noqa: N802
        """Read older acts."""
        entries = self._project.history(_STRETCH, self._before)
        self._more = len(entries) == _STRETCH
        if entries:
            self._before = entries[-1].seq
        self.append([self._cells(entry) for entry in entries])

    def _cells(self, entry: HistoryEntry) -> Sequence[str]:
        name = act_name(self._project.scheme, entry.op, entry.params, entry.kind)
        return local_time(entry.at), entry.annotator_name, name


class HistoryDialog(Dialog):
    """Shows the history."""

    def __init__(self, parent: QWidget, project: Project) -> None:
        super().__init__(parent, tr("History"), width=700)
        self.model = HistoryModel(project)
        self.add(
            label(tr("Every act is kept, undone ones too. Undo and redo work on your own acts."), "muted", wrap=True),
            table_view(self.model, tr("History"), (170, 120)),
        )
        self.add_close()
        self.resize(760, 480)

    @classmethod
    def ask(cls, parent: QWidget, project: Project) -> None:
        """Show the history until it is closed."""
        cls(parent, project).agreed()


def local_time(at: str) -> str:
    """Return a stored time in the user's zone and manner of writing."""
    time = datetime.fromisoformat(at).astimezone()
    # Of the Arabic locales, one that writes the digits that the rest of the window does.
    locale = QLocale("ar_AE" if i18n.language() == "ar" else "en_GB")
    return f"{locale.toString(QDate(time.year, time.month, time.day), 'd MMM yyyy')} {time:%H:%M:%S}"
