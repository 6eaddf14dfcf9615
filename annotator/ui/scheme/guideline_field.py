# SPDX-License-Identifier: MIT
"""Writing the guideline of a scheme: Markdown in a tab for each language, or taken from a file."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QTabWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.files import peeking
from annotator.i18n import tr
from annotator.model.names import NO_NAME, Name
from annotator.ui.dialogs.prompts import MessageDialog
from annotator.ui.scheme.part_fields import Beside, PartField, show_text
from annotator.ui.widgets import NoteEdit, button, column, row

_MOST_BYTES = 2_000_000


class GuidelineField(PartField):
    """Two tabs of text, and a button to take a Markdown file into the one that is seen."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._name(title)
        self._shown: Name = NO_NAME
        self.boxes = {"ar": NoteEdit("", title), "en": NoteEdit("", title)}
        self.tabs = QTabWidget()
        self.tabs.setMinimumHeight(240)
        order = ("ar", "en") if i18n.is_rtl() else ("en", "ar")
        names = {"ar": tr("in Arabic"), "en": tr("in English")}
        for language in order:
            self.boxes[language].setPlaceholderText(tr("Markdown: # heading, - list, **bold**"))
            self.tabs.addTab(self.boxes[language], names[language])
            self.boxes[language].textChanged.connect(self._on_changed)
        self._order = order
        self.attach = button(tr("Take from a file…"), self._ask)
        self.setLayout(column(self.tabs, row(self.attach, None), gap=6))
        self.setFocusProxy(self.boxes[order[0]])

    def show_value(self, value: Any, _beside: Beside) -> None:
        """Show the guideline."""
        self._shown = value
        for language, text in (("en", value.en), ("ar", value.ar)):
            show_text(self.boxes[language], text)

    def take_file(self, path: Path) -> None:
        """Put the text of a file into the tab that is seen, or say why that cannot be."""
        try:
            text = _markdown(path)
        except UserError as error:
            MessageDialog.ask(self.window(), tr("That did not work"), i18n.describe(error))
        else:
            self.boxes[self._order[self.tabs.currentIndex()]].setPlainText(text)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Guideline"), str(Path.home()), "Markdown (*.md *.markdown *.txt);;(*)"
        )
        if chosen:
            self.take_file(Path(chosen))

    def _on_changed(self) -> None:
        value = Name(self.boxes["en"].toPlainText(), self.boxes["ar"].toPlainText())
        if value != self._shown:
            self._shown = value
            self.edited.emit(value)


def _markdown(path: Path) -> str:
    """Return the text of a file.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `file_binary` or `guideline_too_large`.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError("guideline_too_large", path=path, most=_MOST_BYTES // 1_000_000)
        with peeking(path) as file:  # any file may be chosen, also the project that is open
            data = file.read()
    except FileNotFoundError as error:
        raise UserError("file_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("encoding_failed", path=path, encoding="UTF-8", position=error.start + 1) from error
    if "\0" in text:
        raise UserError("file_binary", path=path)
    return text.replace("\r\n", "\n").replace("\r", "\n")
