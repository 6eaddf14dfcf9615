# SPDX-License-Identifier: MIT
"""Asking what a file is that may be articles as well as annotations."""

from enum import StrEnum

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator.i18n import tr
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import label


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
