# SPDX-License-Identifier: MIT
"""Asking about a text from the clipboard before it becomes an article: its title, and how it begins."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFormLayout, QTextEdit, QWidget

from annotator.i18n import tr, trn
from annotator.importers.base import title_of
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import reading_view
from annotator.ui.widgets import LineEdit, label

_SIZE = QSize(640, 430)
_BEGINNING = 1_500


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is said of a text from the clipboard."""

    title: str
    outlet: str
    url: str


class PasteDialog(Dialog):
    """Shows a text and asks for its title."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent, tr("New article from the clipboard"), width=520)
        self.title = LineEdit(name=tr("Title"), text=title_of(text))
        self.outlet = LineEdit(name=tr("Outlet"))
        self.url = LineEdit(name=tr("Address (URL)"))
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for field in (self.title, self.outlet, self.url):
            form.addRow(field.accessibleName(), field)
        self.beginning = _beginning(text)
        count = trn("{n} character", "{n} characters", len(text))
        self.add(form, label(tr("The text begins like this ({count}):", count=count), "muted"), self.beginning)
        self.body.setStretch(2, 1)
        self.ok = self.add_ok(tr("Add the article"))
        self.add_cancel()
        self.resize(_SIZE.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))
        self.title.selectAll()
        self.title.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, text: str) -> Pasted | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, text)
        return dialog.answer() if dialog.agreed() else None

    def answer(self) -> Pasted:
        """Return what was written."""
        return Pasted(self.title.text().strip(), self.outlet.text().strip(), self.url.text().strip())


def _beginning(text: str) -> QTextEdit:
    view = reading_view(tr("The beginning of the text"))
    view.setPlainText(text[:_BEGINNING] + ("…" if len(text) > _BEGINNING else ""))
    view.setMinimumHeight(90)
    return view
