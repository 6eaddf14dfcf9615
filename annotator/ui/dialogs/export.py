# SPDX-License-Identifier: MIT
"""Asking what to export, how and where to; and saying beforehand what will be lost. Made from the registry."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScrollArea, QTabWidget, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.exporters import FORMATS, ExportOptions, ExportReport, Format
from annotator.i18n import tr
from annotator.ui.dialogs.base import Dialog
from annotator.ui.exporting.choices import Choices
from annotator.ui.exporting.destinations import Verdict
from annotator.ui.exporting.formats import FormatList, is_lacking
from annotator.ui.exporting.keeping import Keeper
from annotator.ui.exporting.material import Material, Wish
from annotator.ui.exporting.outlook import Outlook, short_verdict
from annotator.ui.exporting.place import PlaceLine, Said
from annotator.ui.exporting.preview import Preview
from annotator.ui.exporting.split_form import SplitForm
from annotator.ui.style import chosen_theme
from annotator.ui.widgets import LineEdit, fill

__all__ = ["ExportDialog", "Wish"]

_SIZE = QSize(1000, 690)
_LIST_WIDTH = 270


class ExportDialog(Dialog):
    """Asks for format, choices, splits and destination."""

    def __init__(self, parent: QWidget, material: Material) -> None:
        super().__init__(parent, tr("Export"), width=640)
        theme = chosen_theme(material.settings)
        project = material.session.project
        self._keeper = Keeper(material.settings, project)
        self.list = FormatList(theme)
        self.outlook = Outlook(theme)
        self.choices = Choices(material, theme)
        self.split_form = SplitForm(project.scheme, theme)
        self.place = PlaceLine(material.folder, project.name)
        self.preview = Preview(material.session, parent)
        self.foot = Said()
        self.tabs = self._make_tabs()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.add(fill(QHBoxLayout(), self.list, self.tabs, gap=14), self.place, self.foot)
        self.body.setStretch(0, 1)
        self.ok = self.add_ok(tr("Export"))
        self.add_cancel()
        self._restore()
        self._connect_signals()
        self._on_format_changed()
        self.resize(_SIZE.boundedTo(parent.window().size()).expandedTo(self.minimumSize()))
        self.formats.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, material: Material) -> Wish | None:
        """Ask; None if cancelled."""
        dialog = cls(parent, material)
        return dialog.wish() if dialog.agreed() else None

    @property
    def formats(self) -> QListView:
        """The list of formats."""
        return self.list.view

    @property
    def destination(self) -> LineEdit:
        """The line that says where the export goes."""
        return self.place.field

    @property
    def format(self) -> Format:
        """The format chosen."""
        return FORMATS[self.list.format_id]

    def options(self) -> ExportOptions:
        """Return what is chosen, with the choices that the format does not have as they are by default."""
        splits = self.split_form.splits() if self.split_form.is_wanted else None
        return replace(self.choices.options(), splits=splits).within(self.format.abilities)

    def wish(self) -> Wish:
        """Return what is asked for."""
        return Wish(self.format.id, Path(self.place.path), self.options())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Stay as high as it is: what is higher scrolls."""
        size = self.size()
        super().showEvent(event)
        self.resize(size)

    def done(self, result: int) -> None:
        """Close; a count that is under way stops by itself."""
        self.preview.leave()
        if result:
            options = replace(self.choices.options(), splits=self.options().splits)
            self._keeper.keep(options, self.format.id, self.split_form.splits())
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the search by the key that finds anything elsewhere."""
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.list.search.setFocus()
            self.list.search.selectAll()
        else:
            super().keyPressEvent(event)

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        for page, name in (
            (self.outlook, tr("Format")),
            (self.choices, tr("Choices")),
            (self.split_form, tr("Splits")),
        ):
            tabs.addTab(_scrolling(page), name)
        return tabs

    def _restore(self) -> None:
        common = self._keeper.common()
        self.choices.show_options(common)
        self.split_form.show_splits(self._keeper.splits, wanted=common.splits is not None)
        self.list.choose(self._keeper.format_id)
        self._shown_id = ""

    def _connect_signals(self) -> None:
        self.list.chosen.connect(self._on_format_changed)
        self.choices.changed.connect(self._on_choice_changed)
        self.split_form.changed.connect(self._on_splits_changed)
        self.place.changed.connect(self._check)
        self.outlook.stop_requested.connect(self._on_stop)
        self.outlook.count_requested.connect(self._count)
        self.preview.progressed.connect(self.outlook.show_progress)
        self.preview.found.connect(self._on_counted)
        self.preview.failed.connect(self._on_not_counted)

    def _on_format_changed(self) -> None:
        kind = self.format
        if self._shown_id:
            self._keeper.note(self.choices.options(), self._shown_id)
        self._shown_id = kind.id
        self.outlook.show_format(kind)
        self.choices.show_format(kind.abilities, self._keeper.for_format(self.choices.options(), kind.id))
        self.place.show_format(kind, split=self.split_form.is_wanted)
        self._count()

    def _on_choice_changed(self) -> None:
        self._count()

    def _on_splits_changed(self) -> None:
        self.place.show_format(self.format, split=self.split_form.is_wanted)
        self._count()

    def _count(self) -> None:
        """Say at once what may be lost, and have counted what is."""
        possible = not is_lacking(self.format) and not self._problem()
        self.split_form.show_waiting(tr("Being counted.") if possible else "")
        self.outlook.show_possible(self.format, self.options(), counting=possible)
        if possible:
            self._say(tr("What will be lost is being counted."))
            self.preview.ask(self.format.id, self.options())
        else:
            self.preview.cancel()
        self._check()

    def _on_stop(self) -> None:
        self.preview.cancel()
        self._show_uncounted(tr("Not counted. This may be lost:"))

    def _on_counted(self, report: ExportReport) -> None:
        self.outlook.show_report(report)
        self.split_form.show_report(report)
        self._say(short_verdict(report))

    def _on_not_counted(self, error: UserError) -> None:
        self._show_uncounted(i18n.describe(error))

    def _show_uncounted(self, text: str) -> None:
        self.outlook.show_stopped(text)
        self.split_form.show_waiting("")
        self._say(tr("What will be lost was not counted."))

    def _say(self, text: str, *, problem: bool = False) -> None:
        self.foot.show_verdict(Verdict(text, refused=problem))

    def _problem(self) -> str:
        return self.choices.problem() or self.split_form.problem()

    def _check(self) -> None:
        problem = self._problem()
        if is_lacking(self.format):
            self._say(tr("This format cannot be written until what it needs is installed."), problem=True)
        elif problem:
            self._say(problem, problem=True)
        self.ok.setEnabled(not is_lacking(self.format) and not problem and self.place.is_good)


def _scrolling(page: QFrame) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
