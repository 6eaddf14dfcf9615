# SPDX-License-Identifier: MIT
"""Giving a label's tags another label, or making one label of two: acts of their own, done at once."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from annotator.i18n import tr, trn
from annotator.model.changes import Changes
from annotator.model.scheme import Label
from annotator.ops.scheme import merge_labels, move_tags
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.prompts import ConfirmDialog, MessageDialog
from annotator.ui.scheme.places import key_of, shown_name
from annotator.ui.widgets import label

if TYPE_CHECKING:
    from annotator.ui.scheme.dialog import SchemeDialog


class TargetDialog(Dialog):
    """Asks which label; says beforehand what will be done to how many tags."""

    def __init__(self, parent: QWidget, title: str, text: str, ok: str, labels: Iterable[Label]) -> None:
        super().__init__(parent, title)
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Label"))
        for each in labels:
            self.box.addItem(shown_name(each.name, each.id), each.id)
        self.add(label(text, wrap=True), self.box)
        self.add_ok(ok)
        self.add_cancel()

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, ok: str, labels: Iterable[Label]) -> str | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, title, text, ok, labels)
        return str(dialog.box.currentData()) if dialog.agreed() else None


class Moving:
    """The two acts, for the label that is chosen in the editor of the scheme."""

    def __init__(self, dialog: "SchemeDialog") -> None:
        self._dialog = dialog

    def merge(self) -> None:
        """Ask into which label, and merge."""
        text = tr("Its tags get the other label, and what attributes and relations say of it they say of that one.")
        title = tr("Merge the label “{label}” into another", label=self._name())
        self._ask(title, text, tr("Merge"), merge_labels)

    def move(self) -> None:
        """Ask to which label, and move the tags."""
        text = tr("Its tags get the other label; the label itself stays.")
        title = tr("Move the tags of “{label}” to another label", label=self._name())
        self._ask(title, text, tr("Move the tags"), move_tags)

    def _ask(self, title: str, text: str, ok: str, act: Callable[..., Changes]) -> None:
        dialog = self._dialog
        chosen = dialog.draft.part(dialog.view.current)
        if not isinstance(chosen, Label) or not self._is_saved():
            return
        others = [one for one in dialog.draft.scheme.labels if one.id != chosen.id]
        if not others:
            MessageDialog.ask(
                dialog, tr("No other label"), tr("The scheme has no other label. Add one and save first.")
            )
            return
        count = dialog.uses.count(key_of(chosen))
        said = trn("{n} tag has this label.", "{n} tags have this label.", count)
        undo = tr("This is done at once, and can be undone with Ctrl+Z in the window.")
        into = TargetDialog.ask(dialog, title, f"{said} {text} {undo}", ok, others)
        if into is not None:
            dialog.run(act, chosen.id, into)

    def _name(self) -> str:
        chosen = self._dialog.draft.part(self._dialog.view.current)
        return shown_name(chosen.name, chosen.id) if chosen is not None else ""

    def _is_saved(self) -> bool:
        """Have the draft saved first: the act is on the project's scheme, which the draft must then be."""
        dialog = self._dialog
        if not dialog.draft.is_changed:
            return True
        question = tr("This is done to the scheme of the project, so your changes must be saved before. Save them now?")
        return ConfirmDialog.ask(dialog, tr("Save first?"), question, tr("Save")) and dialog.save()
