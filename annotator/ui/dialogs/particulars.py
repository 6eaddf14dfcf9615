# SPDX-License-Identifier: MIT
"""Asks for the particulars of several articles at once: only what is ticked is written, the same for all."""

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from annotator.i18n import tr, tr_marked, trn
from annotator.ui.dialogs.base import Dialog
from annotator.ui.fields.base import outline_boxes
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.panels.particulars import PARTICULARS, problem_of
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, label


class ParticularsDialog(Dialog):
    """A line for each of the particulars, with what the articles agree on; typing ticks it."""

    def __init__(self, parent: QWidget, theme: Theme, count: int, common: Mapping[str, str | None]) -> None:
        super().__init__(parent, trn("Particulars of the article", "Particulars of {n} articles", count), width=520)
        self.ticks: dict[str, QCheckBox] = {}
        self.lines: dict[str, LineEdit] = {}
        self.problems = {each.id: label(role="problem", wrap=True) for each in PARTICULARS}
        what = trn("What is ticked is written to {n} article.", "What is ticked is written to {n} articles.", count)
        self.add(label(what, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, each in enumerate(PARTICULARS):
            name, value = tr_marked(each.name), common[each.id]
            tick = self.ticks[each.id] = QCheckBox(name)
            tick.setAccessibleName(tr("Write: {name}", name=name))
            outline_boxes(tick, theme)
            placeholder = tr("(different)") if value is None else ""
            line = self.lines[each.id] = LineEdit(placeholder, name, value or "")
            line.setCursorPosition(0)
            grid.addWidget(tick, 2 * number, 0)
            grid.addWidget(line, 2 * number, 1)
            grid.addWidget(self.problems[each.id], 2 * number + 1, 1)
            self.problems[each.id].hide()
            line.textEdited.connect(lambda _text, id_=each.id: self._on_typed(id_))
            tick.toggled.connect(lambda on, id_=each.id, value=value: self._on_ticked(id_, value, on=on))
        self.body.addLayout(grid)
        self.ok = self.add_ok(tr("Write the particulars"))
        self.add_cancel()
        self.ok.setEnabled(False)
        self.lines[PARTICULARS[0].id].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, theme: Theme, count: int, common: Mapping[str, str | None]) -> dict[str, str] | None:
        """Ask what is to be written to so many articles, by name; None if cancelled.

        Args:
            parent: the window.
            theme: its theme.
            count: how many articles.
            common: what they agree on; None where they differ.
        """
        dialog = cls(parent, theme, count, common)
        return dialog.wish() if dialog.agreed() else None

    def wish(self) -> dict[str, str]:
        """Return what is ticked."""
        return {id_: self.lines[id_].text() for id_, tick in self.ticks.items() if tick.isChecked()}

    def accept(self) -> None:
        """Close, unless something is wrong: that is said where it stands."""
        problems = {id_: problem_of(id_, value) for id_, value in self.wish().items()}
        for id_, shown in self.problems.items():
            problem = problems.get(id_, "")
            shown.setText(in_interface_direction(problem))
            shown.setVisible(bool(problem))
            self.lines[id_].setAccessibleDescription(problem)
        wrong = next((id_ for id_, problem in problems.items() if problem), None)
        if wrong is None:
            super().accept()
            return
        self.make_room()
        self.lines[wrong].setFocus()
        self.lines[wrong].selectAll()

    def _on_typed(self, id_: str) -> None:
        self.ticks[id_].setChecked(True)
        self.problems[id_].hide()

    def _on_ticked(self, id_: str, value: str | None, *, on: bool) -> None:
        if not on:
            self.lines[id_].setText(value or "")
            self.problems[id_].hide()
        self.lines[id_].setPlaceholderText(tr("(none)") if on else tr("(different)") if value is None else "")
        self.ok.setEnabled(bool(self.wish()))
