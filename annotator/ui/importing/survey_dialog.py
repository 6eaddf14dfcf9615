# SPDX-License-Identifier: MIT
"""Asking what the labels of a file of annotations become, after saying what the file holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.files import put_text
from annotator.i18n import tr, tr_marked, trn
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.importers.safety import read_text
from annotator.importers.survey import Survey
from annotator.model.scheme import Scheme
from annotator.model.scheme_mapping import (
    KEEP,
    LEAVE_OUT,
    SchemeMapping,
    check_mapping,
    dump_mapping,
    guess_mapping,
    parse_mapping,
)
from annotator.ui.dialogs.base import Dialog
from annotator.ui.importing.becoming import MappingView
from annotator.ui.importing.mapping import MappingTable
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, label, row

_SIZE = QSize(820, 620)
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Taking:
    """How a file of annotations is to be taken."""

    mapping: SchemeMapping
    new_articles: bool


class SurveyDialog(Dialog):
    """Says what a file holds and asks what its names become."""

    def __init__(self, parent: QWidget, survey: Survey, scheme: Scheme, theme: Theme) -> None:
        super().__init__(parent, tr("Import annotations"), width=640)
        self._survey, self._scheme = survey, scheme
        self.model = MappingTable(scheme, survey.names, guess_mapping(scheme, survey.names, survey.header.scheme))
        self.view = MappingView(self.model, scheme, theme)
        self.view.setMinimumHeight(110)
        self.facts = label("\n".join(facts(survey)), wrap=True)
        self.note = label("", "muted", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.only_known = QCheckBox(tr("Only what is about articles of this project"))
        self.load_button = button(tr("Load a mapping…"), self._on_load)
        self.save_button = button(tr("Save the mapping…"), self._on_save)
        self.add(
            self.facts,
            self.view,
            row(self.note, None, self.load_button, self.save_button),
            self.problem,
            self.only_known,
        )
        self.body.setStretch(1, 1 if self.model.lines else 0)
        self.ok = self.add_ok(tr("Import"))
        self.add_cancel()
        self.model.changed.connect(self._show_note)
        self._show_note()
        self._show_emptiness()
        size = _SIZE if self.model.lines else QSize(_SIZE.width(), 0)
        self.resize(size.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))

    @classmethod
    def ask(cls, parent: QWidget, survey: Survey, scheme: Scheme, theme: Theme) -> Taking | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, survey, scheme, theme)
        return dialog.taking() if dialog.agreed() else None

    def taking(self) -> Taking:
        """Return what was chosen."""
        return Taking(self.model.mapping(), not self.only_known.isChecked())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: the table scrolls."""
        size = self.size()
        super().showEvent(event)
        if self.model.lines:
            self.resize(size)

    def load(self, path: Path) -> None:
        """Take the mapping of a file; what it does not name stays as it is."""
        try:
            mapping = parse_mapping(read_text(path), str(path))
            check_mapping(mapping, self._scheme)
        except UserError as error:
            self._say(i18n.describe(error))
            return
        known = self.model.take(mapping)
        self._say("" if known else tr("The mapping names nothing that this file has."))

    def save(self, path: Path) -> None:
        """Write the mapping to a file."""
        try:
            put_text(path, dump_mapping(self.model.mapping()))
        except UserError as error:
            self._say(i18n.describe(error))
        else:
            self._say("")

    def _on_load(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Load a mapping"), str(self._survey.path.parent), _mapping_filter()
        )
        if path:
            self.load(Path(path))

    def _on_save(self) -> None:
        offered = self._survey.path.with_suffix(".mapping.json")
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the mapping"), str(offered), _mapping_filter())
        if path:
            self.save(Path(path))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show_note(self) -> None:
        kept, left = self.model.count_of(KEEP), self.model.count_of(LEAVE_OUT)
        self.note.setText(
            " ".join(
                filter(
                    None,
                    (
                        trn("{n} name is kept as it is.", "{n} names are kept as they are.", kept) if kept else "",
                        trn("{n} is left out.", "{n} are left out.", left) if left else "",
                    ),
                )
            )
        )

    def _show_emptiness(self) -> None:
        if not self.model.lines:
            self.view.hide()
            self.load_button.hide()
            self.save_button.hide()
            self.ok.setFocus()
        else:
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus()


def facts(survey: Survey) -> Iterator[str]:
    """Yield what a file holds, a line each."""
    yield tr(
        "“{name}” is in the format {format}.",
        name=survey.path.name,
        format=tr_marked(FOREIGN_FORMATS[survey.format_id].name_key),
    )
    yield _counts(survey)
    people = [(name, count) for name, count in survey.annotators.items() if name]
    if people:
        listed = [f"{i18n.isolate(name)} ({count})" for name, count in people[:_MOST_NAMES]]
        listed += ["…"] if len(people) > _MOST_NAMES else []
        yield tr("Annotators, with their tags: {names}", names=_joined(listed))
    if survey.rebuilt:
        yield trn(
            "The text of {n} document was put together from its words: its blanks may be other ones.",
            "The texts of {n} documents were put together from their words: their blanks may be other ones.",
            survey.rebuilt,
        )
    if survey.untexted:
        yield trn(
            "{n} document has no text: its tags are looked for in an article of the project.",
            "{n} documents have no text: their tags are looked for in articles of the project.",
            survey.untexted,
        )


def _counts(survey: Survey) -> str:
    header = survey.header
    return _joined(
        [
            trn("{n} document", "{n} documents", survey.documents),
            trn("{n} tag", "{n} tags", survey.tags),
            *([trn("{n} relation", "{n} relations", survey.relations)] if survey.relations else []),
            *([trn("{n} document tag", "{n} document tags", survey.document_tags)] if survey.document_tags else []),
            *([trn("{n} actor", "{n} actors", len(header.actors))] if header.actors else []),
            *([trn("{n} event", "{n} events", len(header.events))] if header.events else []),
        ]
    )


def _mapping_filter() -> str:
    return tr("Mappings") + " (*.json)"


def _joined(parts: list[str]) -> str:
    return ("، " if i18n.is_rtl() else ", ").join(parts)
