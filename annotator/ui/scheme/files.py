# SPDX-License-Identifier: MIT
"""Schemes from files and into files, for the editor; and the question which one a new project gets."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.model.scheme import DocumentLabel, Label, RelationType
from annotator.ops.projects import load_scheme
from annotator.ops.scheme import Clash, scheme_clashes
from annotator.ops.scheme_files import SHIPPED, save_scheme, shipped_path
from annotator.project import Project
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.prompts import ConfirmDialog, MessageDialog
from annotator.ui.passwords.protection import Protection
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.places import shown_name
from annotator.ui.widgets import button, label, row

SHIPPED_NAMES = {
    "default": N_("Actors, events and stance"),
    "actors": N_("Actors only"),
    "stance": N_("Stance only"),
}
_FILES = "JSON (*.json);;(*)"
_MOST_CLASHES = 12


class SchemeFiles:
    """Loads a scheme into the draft, and writes the draft to a file."""

    def __init__(self, parent: QWidget, project: Project, draft: Draft) -> None:
        self._parent, self._project, self._draft = parent, project, draft

    def fill(self, menu: QMenu) -> None:
        """Fill the menu."""
        menu.clear()
        writable = not self._project.read_only
        menu.addAction(tr("Load from file…"), self._ask_load).setEnabled(writable)
        shipped = menu.addMenu(tr("Load a shipped scheme"))
        shipped.setEnabled(writable)
        for name in SHIPPED:
            shipped.addAction(tr_marked(SHIPPED_NAMES[name]), partial(self.load, shipped_path(name)))
        menu.addSeparator()
        menu.addAction(tr("Save to file…"), self._ask_save)

    def load(self, path: Path) -> None:
        """Make a file's scheme the draft, once the user knows what of the project's it lacks."""
        try:
            scheme = load_scheme(path)
        except UserError as error:
            self._tell(error)
            return
        clashes = scheme_clashes(self._project, scheme)
        if clashes and not ConfirmDialog.ask(
            self._parent, tr("Load this scheme?"), clash_sentences(clashes), tr("Load")
        ):
            return
        self._draft.put(scheme)

    def save(self, path: Path) -> None:
        """Write the draft to a file."""
        try:
            save_scheme(self._draft.scheme, path)
        except UserError as error:
            self._tell(error)

    def _ask_load(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._parent, tr("Load a scheme"), str(Path.home()), _FILES)
        if path:
            self.load(Path(path))

    def _ask_save(self) -> None:
        offered = Path.home() / f"{self._draft.scheme.id.replace('/', '-')}.json"
        path, _ = QFileDialog.getSaveFileName(self._parent, tr("Save the scheme"), str(offered), _FILES)
        if path:
            self.save(Path(path) if Path(path).suffix else Path(f"{path}.json"))

    def _tell(self, error: UserError) -> None:
        MessageDialog.ask(self._parent, tr("That did not work"), i18n.describe(error))


@dataclass(frozen=True, slots=True)
class NewProject:
    """How a new project is to begin.

    Attributes:
        scheme: the file of its scheme.
        password: what protects it; "" for nothing.
    """

    scheme: Path
    password: str = field(default="", repr=False)


class NewSchemeDialog(Dialog):
    """Asks with which scheme a new project begins, and whether a password protects it."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, tr("New project"))
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Scheme"))
        for name in SHIPPED:
            self.box.addItem(tr_marked(SHIPPED_NAMES[name]), str(shipped_path(name)))
        self.add(label(tr("The scheme says what is tagged. You can change it at any time in the project."), wrap=True))
        line = row(self.box, button(tr("From a file…"), self._ask_file), gap=6)
        line.setStretch(0, 1)
        self.protection = Protection()
        self.add(line, self.protection)
        self.ok = self.add_ok(tr("Make the project"))
        self.add_cancel()
        self.protection.changed.connect(self._on_protection)

    @classmethod
    def ask(cls, parent: QWidget | None) -> NewProject | None:
        """Ask, offering the usual scheme; None if cancelled."""
        dialog = cls(parent)
        return dialog.wish() if dialog.agreed() else None

    def wish(self) -> NewProject:
        """Return what is chosen."""
        return NewProject(Path(self.box.currentData()), self.protection.password)

    def _on_protection(self) -> None:
        self.ok.setEnabled(self.protection.is_complete)
        self.make_room()

    def take_file(self, path: Path) -> None:
        """Offer a file's scheme, if it can be read."""
        try:
            scheme = load_scheme(path)
        except UserError as error:
            MessageDialog.ask(self, tr("That did not work"), i18n.describe(error))
            return
        self.box.addItem(i18n.isolate(f"{shown_name(scheme.name, scheme.id)} ({path.name})"), str(path))
        self.box.setCurrentIndex(self.box.count() - 1)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Load a scheme"), str(Path.home()), _FILES)
        if path:
            self.take_file(Path(path))


def clash_sentences(clashes: list[Clash]) -> str:
    """Return what a scheme lacks that is in use, each on a line, and what becomes of it."""
    lines = [_clash_sentence(clash) for clash in clashes[:_MOST_CLASHES]]
    if len(clashes) > _MOST_CLASHES:
        lines.append(tr("And {n} more.", n=len(clashes) - _MOST_CLASHES))
    lines.append("")
    lines.append(tr("What is in use stays, archived, and no tag is lost: they are listed for review."))
    return "\n".join(lines)


def _clash_sentence(clash: Clash) -> str:
    n, part = clash.uses, shown_name(clash.part.name, clash.part.id)
    match clash.part:
        case Label():
            return trn(
                "{n} tag has the label {part}, which this scheme lacks.",
                "{n} tags have the label {part}, which this scheme lacks.",
                n,
                part=part,
            )
        case RelationType():
            return trn(
                "{n} relation is of the kind {part}, which this scheme lacks.",
                "{n} relations are of the kind {part}, which this scheme lacks.",
                n,
                part=part,
            )
        case DocumentLabel():
            return trn(
                "{n} article has the label {part}, which this scheme lacks.",
                "{n} articles have the label {part}, which this scheme lacks.",
                n,
                part=part,
            )
    return trn(
        "{n} tag has a value of {part}, which this scheme lacks.",
        "{n} tags have a value of {part}, which this scheme lacks.",
        n,
        part=part,
    )
