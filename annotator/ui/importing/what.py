# SPDX-License-Identifier: MIT
"""Asking what a file is: one that may be articles as well as annotations, or whose format cannot be told."""

from enum import StrEnum

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator.i18n import tr, tr_marked
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.ui.dialogs.base import Dialog
from annotator.ui.exporting.boxes import ChoiceBox
from annotator.ui.widgets import label, row


class What(StrEnum):
    """What a file holds."""

    ARTICLES = "articles"
    ANNOTATIONS = "annotations"


class WhatDialog(Dialog):
    """Asks what a file holds."""

    def __init__(self, parent: QWidget, name: str, format_name: str) -> None:
        super().__init__(parent, tr("Articles or annotations?"), width=520)
        self.answer: What | None = None
        self.add(
            label(
                tr("“{name}” looks like annotated texts in the format {format}.", name=name, format=format_name),
                wrap=True,
            ),
            label(tr("As annotations, its tags come along. As articles, only its texts do."), "muted", wrap=True),
        )
        self.annotations = self.add_ok(tr("Import the annotations"))
        self.articles = self.add_button(tr("Only the texts, as articles"), QDialogButtonBox.ButtonRole.ActionRole)
        self.add_cancel()
        self.annotations.clicked.connect(lambda: self._choose(What.ANNOTATIONS))
        self.articles.clicked.connect(lambda: self._choose(What.ARTICLES))

    @classmethod
    def ask(cls, parent: QWidget, name: str, format_name: str) -> What | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, name, format_name)
        return dialog.answer if dialog.agreed() else None

    def _choose(self, answer: What) -> None:
        self.answer = answer
        self.accept()


class FormatDialog(Dialog):
    """Asks which format a file of annotations has, where it cannot be told."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, tr("Which format is it?"), width=520)
        names = {kind.id: tr_marked(kind.name_key) for kind in FOREIGN_FORMATS.values()}
        self.box = ChoiceBox(tr("Format"), dict(sorted(names.items(), key=lambda item: item[1].casefold())))
        self.add(
            label(tr("It could not be told which annotations “{name}” holds.", name=name), wrap=True),
            row(label(tr("Format")), self.box, None),
        )
        self.add_ok(tr("Try this format"))
        self.add_cancel()
        self.box.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, name: str) -> str | None:
        """Return the id of a format; None if cancelled."""
        dialog = cls(parent, name)
        return str(dialog.box.currentData()) if dialog.agreed() else None
