# SPDX-License-Identifier: MIT
"""The line that says where an export goes, kept in step with format and splits, and what is said of that place."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel

from annotator.exporters import Format
from annotator.exporters.report import is_export
from annotator.i18n import tr
from annotator.paths import is_folder
from annotator.ui.exporting.destinations import Verdict, judge, makes_folder, renamed, usual_name
from annotator.ui.widgets import LineEdit, button, column, label, row


class PlaceLine(QFrame):
    """Asks for a file or a folder.

    Signals:
        changed: another place was named.
    """

    changed = Signal()

    def __init__(self, folder: Path, project: str) -> None:
        super().__init__()
        self._folder, self._project = folder, project
        self._kind: Format | None = None
        self._split = False
        self._offered = ""
        self.verdict = Verdict()
        self.field = LineEdit()
        self.title = label()
        self.title.setBuddy(self.field)
        self.said = Said()
        line = row(self.title, self.field, button(tr("Browse…"), self._on_browse), gap=8)
        self.setLayout(column(line, self.said, gap=4))
        self.field.textChanged.connect(self._on_changed)

    @property
    def path(self) -> Path:
        """The place; a name alone is in the folder that was used last, and a file that has no ending gets its own."""
        place = self._folder / Path(self.field.text().strip()).expanduser()
        if self._kind is None or self._is_folder or place.suffix or place.name in {"", ".."} or is_folder(place):
            return place
        return place.with_name(place.name + self._kind.suffix)

    @property
    def is_good(self) -> bool:
        """Whether an export may go there."""
        return bool(self.field.text().strip()) and not self.verdict.refused

    def show_format(self, kind: Format, *, split: bool) -> None:
        """Offer a place for another format; what the user typed keeps all but its ending."""
        was_folder = self._is_folder
        old = "" if self._kind is None or was_folder else self._kind.suffix
        self._kind, self._split = kind, split
        typed = self.field.text()
        offered = str(self._folder / usual_name(self._project, kind, split=split))
        path = offered
        if typed and typed != self._offered:
            path = renamed(typed, old, "" if self._is_folder else kind.suffix)
        self._offered = offered
        name = tr("Folder") if self._is_folder else tr("File")
        self.title.setText(name)
        self.field.setAccessibleName(name)
        self.field.setText(path)
        self._on_changed()

    @property
    def _is_folder(self) -> bool:
        return self._kind is not None and makes_folder(self._kind, split=self._split)

    def _on_changed(self) -> None:
        text = self.field.text().strip()
        self.verdict = judge(self.path, folder=self._is_folder) if text else Verdict(tr("Name a place."), refused=True)
        self.said.show_verdict(self.verdict)
        self.changed.emit()

    def _on_browse(self) -> None:
        if self._is_folder:
            path = QFileDialog.getExistingDirectory(self, tr("Export"), str(self._folder))
            # A folder with other things in it is where the export's own folder goes.
            chosen = path and (path if is_export(Path(path)) else str(Path(path) / Path(self.field.text()).name))
        else:
            suffix = self._kind.suffix if self._kind else ""
            chosen, _ = QFileDialog.getSaveFileName(self, tr("Export"), str(self.path), f"*{suffix}")
            chosen = chosen and renamed(chosen, "", suffix)
        if chosen:
            self.field.setText(chosen)


class Said(QLabel):
    """A sentence on what is to be known: by the way, or as a problem; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show a sentence."""
        self.setText(verdict.text)
        self.setVisible(bool(verdict.text))
        self.setAccessibleName(verdict.text)
        role = "problem" if verdict.refused else "muted"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
