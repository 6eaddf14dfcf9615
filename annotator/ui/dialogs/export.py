# SPDX-License-Identifier: MIT
"""Asking what to export, how and where to."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QWidget

from annotator.exporters import EXTRAS, FORMATS, Clitics, ExportOptions, Format
from annotator.i18n import N_, tr, tr_marked
from annotator.model.article import ArticleState
from annotator.model.ids import ArticleId
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import LineEdit, button, label, row

_CLITICS = {
    Clitics.SPLIT: N_("Split the word where the tag begins or ends"),
    Clitics.EXPAND: N_("Widen the tag to the whole word"),
    Clitics.SKIP: N_("Leave the tag out and count it"),
}
_SCOPES = {
    "all": N_("All articles"),
    "done": N_("Articles marked done"),
    "one": N_("The article that is open"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants exported."""

    format_id: str
    destination: Path
    options: ExportOptions


class ExportDialog(Dialog):
    """Asks for format, articles, treatment of words and destination."""

    def __init__(self, parent: QWidget, folder: Path, name: str, article_id: ArticleId | None) -> None:
        super().__init__(parent, tr("Export"), width=600)
        self._folder, self._name, self._article_id = folder, name, article_id
        self.formats = _choices(tr("Format"), {key: each.name_key for key, each in FORMATS.items()})
        self.scope = _choices(tr("Articles"), {k: v for k, v in _SCOPES.items() if k != "one" or article_id})
        self.clitics = _choices(tr("Tags inside a word"), {str(key): name for key, name in _CLITICS.items()})
        self.destination = LineEdit(name=tr("File"))
        self._about = label(role="muted", wrap=True)
        self.missing = label(wrap=True)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(10)
        self._form.addRow(tr("Format"), self.formats)
        self._form.addRow("", self._about)
        self._form.addRow("", self.missing)
        self._form.addRow(tr("Articles"), self.scope)
        self._form.addRow(tr("Tags inside a word"), self.clitics)
        self._form.addRow(tr("File"), row(self.destination, button(tr("Browse…"), self._on_browse), gap=6))
        self.body.addLayout(self._form)
        self.ok = self.add_ok(tr("Export"))
        self.add_cancel()
        self.formats.currentIndexChanged.connect(self._on_format_changed)
        self.destination.textChanged.connect(self._check)
        self._on_format_changed()

    @classmethod
    def ask(cls, parent: QWidget, folder: Path, name: str, article_id: ArticleId | None) -> Wish | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, folder, name, article_id)
        return dialog.wish() if dialog.agreed() else None

    @property
    def format(self) -> Format:
        """The format chosen."""
        return FORMATS[self.formats.currentData()]

    def wish(self) -> Wish:
        """Return what is asked for."""
        scope = self.scope.currentData()
        options = ExportOptions(
            articles=frozenset({self._article_id}) if scope == "one" and self._article_id else None,
            states=frozenset({ArticleState.DONE}) if scope == "done" else None,
            clitics=Clitics(self.clitics.currentData()),
        )
        return Wish(self.format.id, Path(self.destination.text().strip()).expanduser(), options)

    def _on_format_changed(self) -> None:
        chosen = self.format
        self._about.setText(tr_marked(chosen.description_key))
        self._form.setRowVisible(self.clitics, chosen.abilities.clitics)
        extra = EXTRAS[chosen.extra] if chosen.extra else None
        lacking = extra is not None and not extra.installed
        if extra is not None and lacking:
            self.missing.setText(
                tr(
                    "This format needs {extra}, which is not installed. Install it with: {command}",
                    extra=extra.requirement,
                    command=extra.command,
                )
            )
        self._form.setRowVisible(self.missing, lacking)
        self._lacking = lacking
        self.destination.setText(str(self._folder / f"{self._name}{chosen.suffix}"))
        self._check()

    def _check(self) -> None:
        self.ok.setEnabled(not self._lacking and bool(self.destination.text().strip()))

    def _on_browse(self) -> None:
        suffix = self.format.suffix
        path, _ = QFileDialog.getSaveFileName(self, tr("Export"), self.destination.text(), f"*{suffix}")
        if path:
            self.destination.setText(path)


def _choices(name: str, choices: dict[str, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in choices.items():
        box.addItem(tr_marked(text), value)
    return box
