# SPDX-License-Identifier: MIT
"""What of a project is exported, and how: the choices that every format has, and those that only some have."""

from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFormLayout, QFrame, QWidget

from annotator.exporters import Abilities, Clitics, ExportOptions, LabelNames, Overlap, Unit
from annotator.exporters.choosing import chosen_labels
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.model.article import ArticleState
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, LayerId
from annotator.model.scheme import Label, Scheme
from annotator.sentences import STATE_NAMES
from annotator.ui.exporting.boxes import WIDEST, ChoiceBox, tick_box
from annotator.ui.exporting.material import Material
from annotator.ui.exporting.picking import Pick, PickSeveral
from annotator.ui.fields.naming import said
from annotator.ui.theme import Theme
from annotator.ui.widgets import SWATCH, LineEdit, label, paint_swatch
from annotator.ui.wording import label_name

_E = TypeVar("_E", bound=StrEnum)

_CLITICS = {
    Clitics.SPLIT: N_("Split the word where the tag begins or ends"),
    Clitics.EXPAND: N_("Widen the tag to the whole word"),
    Clitics.SKIP: N_("Leave the tag out and count it"),
}
_OVERLAPS = {
    Overlap.KEEP: N_("Keep them all"),
    Overlap.LONGEST: N_("Keep the longest, count the others"),
    Overlap.FIRST: N_("Keep the first, count the others"),
}
_UNITS = {
    Unit.ARTICLE: N_("A whole article"),
    Unit.PARAGRAPH: N_("A paragraph"),
    Unit.SENTENCE: N_("A sentence"),
}
_NAMES = {
    LabelNames.ID: N_("Their ids"),
    LabelNames.ARABIC: N_("Their Arabic names"),
    LabelNames.ENGLISH: N_("Their English names"),
}
_ALL, _DONE, _SELECTED, _ONE = "all", "done", "selected", "one"


class Choices(QFrame):
    """Asks what is exported and how it is written.

    Signals:
        changed: the user has chosen something else.
    """

    changed = Signal()

    def __init__(self, material: Material, theme: Theme) -> None:
        super().__init__()
        project = material.session.project
        self._material, self._scheme = material, project.scheme
        self._abilities: Abilities | None = None
        self.scope = ChoiceBox(tr("Articles"), _scopes(material))
        self.states = PickSeveral(tr("States"), _states(), theme)
        self.annotators = PickSeveral(tr("Annotators"), [Pick(one.id, one.name) for one in project.annotators()], theme)
        self.layers = PickSeveral(tr("Layers"), [Pick(one.id, said(one.name)) for one in self._scheme.layers], theme)
        self.labels = PickSeveral(tr("Labels"), _labels(self._scheme, theme), theme)
        self.clitics = ChoiceBox(tr("Tags inside a word"), _named(_CLITICS))
        self.overlap = ChoiceBox(tr("Tags that overlap"), _named(_OVERLAPS))
        self.unit = ChoiceBox(tr("A document is"), _named(_UNITS))
        self.names = ChoiceBox(tr("Labels are called by"), _named(_NAMES))
        self.boilerplate = tick_box(tr("Leave out text that is marked as boilerplate"), theme)
        self.anonymise = tick_box(tr("Call annotators annotator-1, annotator-2 and so on"), theme)
        self.licence = LineEdit(tr("such as {example}", example="CC-BY-4.0"), tr("Licence"))
        self.licence.setMaximumWidth(WIDEST)
        self._form = QFormLayout()
        self._build()
        self._connect_signals()

    def options(self) -> ExportOptions:
        """Return what is chosen; `splits` is asked elsewhere."""
        scope = self.scope.currentData()
        states = self.states.chosen()
        layers, labels, annotators = self.layers.chosen(), self.labels.chosen(), self.annotators.chosen()
        return ExportOptions(
            articles=self._articles(scope),
            states=_states_of(scope, states),
            layers=None if layers is None else frozenset(map(LayerId, layers)),
            labels=None if labels is None else frozenset(map(LabelId, labels)),
            annotators=None if annotators is None else frozenset(map(AnnotatorId, annotators)),
            clitics=Clitics(self.clitics.currentData()),
            overlap=Overlap(self.overlap.currentData()),
            unit=Unit(self.unit.currentData()),
            names=LabelNames(self.names.currentData()),
            anonymise=self.anonymise.isChecked(),
            without_boilerplate=self.boilerplate.isChecked(),
            licence=self.licence.text().strip(),
        )

    def show_options(self, options: ExportOptions) -> None:
        """Show what was chosen; which articles of the list were is not asked again."""
        only_done = options.states == frozenset({ArticleState.DONE})
        self.scope.choose(_DONE if only_done else _ALL)
        self.states.choose(None if only_done else options.states)
        self.annotators.choose(options.annotators)
        self.layers.choose(options.layers)
        self.labels.choose(options.labels)
        self.anonymise.setChecked(options.anonymise)
        self.boilerplate.setChecked(options.without_boilerplate)
        self.licence.setText(options.licence)
        self._show_rows()

    def show_format(self, abilities: Abilities, options: ExportOptions) -> None:
        """Offer what another format can do, as it was last chosen for it."""
        self._abilities = abilities
        for box, value in (
            (self.clitics, options.clitics),
            (self.unit, options.unit),
            (self.names, options.names),
        ):
            box.choose(value.value)
        self._offer_overlaps(abilities, options.overlap)
        self._show_rows()

    def problem(self) -> str:
        """Return the sentence that says why nothing could be exported, or ""."""
        for pick in (self.states, self.annotators, self.layers, self.labels):
            if pick.chosen() == frozenset() and self._form.isRowVisible(pick):
                return tr("Nothing is ticked at “{name}”.", name=pick.list.accessibleName())
        options = self.options()
        if options.layers is not None and not chosen_labels(self._scheme, options):
            return tr("None of the ticked labels is in one of the ticked layers.")
        return ""

    def _articles(self, scope: str) -> frozenset[ArticleId] | None:
        if scope == _SELECTED:
            return frozenset(self._material.selected)
        one = self._material.session.article_id
        return frozenset({one}) if scope == _ONE and one else None

    def _build(self) -> None:
        form = self._form
        form.setContentsMargins(2, 8, 10, 8)
        form.setVerticalSpacing(9)
        form.setHorizontalSpacing(14)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(label(tr("What is exported"), "heading"))
        rows: tuple[tuple[str, QWidget], ...] = (
            (tr("Articles"), self.scope),
            (tr("States"), self.states),
            (tr("Annotators"), self.annotators),
            (tr("Layers"), self.layers),
            (tr("Labels"), self.labels),
        )
        for name, widget in rows:
            form.addRow(name, widget)
        form.addRow(label(tr("How it is written"), "heading"))
        for name, widget in (
            (tr("Tags inside a word"), self.clitics),
            (tr("Tags that overlap"), self.overlap),
            (tr("A document is"), self.unit),
            (tr("Labels are called by"), self.names),
            ("", self.boilerplate),
            ("", self.anonymise),
            (tr("Licence"), self.licence),
        ):
            form.addRow(name, widget)
        self.setLayout(form)

    def _connect_signals(self) -> None:
        for box in (self.scope, self.clitics, self.overlap, self.unit, self.names):
            box.activated.connect(self._on_changed)
        for pick in (self.states, self.annotators, self.layers, self.labels):
            pick.changed.connect(self._on_changed)
        for tick in (self.boilerplate, self.anonymise):
            tick.clicked.connect(self._on_changed)
        self.licence.textEdited.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _offer_overlaps(self, abilities: Abilities, chosen: Overlap) -> None:
        """Offer to keep all tags only where the format can; elsewhere that means the longest."""
        offered = {one: text for one, text in _OVERLAPS.items() if abilities.overlap or one is not Overlap.KEEP}
        self.overlap.offer(_named(offered))
        self.overlap.choose(chosen.value)

    def _show_rows(self) -> None:
        """Show what makes a difference: in this format, and to what is chosen."""
        has = self._abilities
        scope = self.scope.currentData()
        shown: dict[QWidget, bool] = {
            self.states: scope in (_ALL, _SELECTED),
            self.annotators: self.annotators.count > 1,
            self.layers: self.layers.count > 1,
        }
        if has is not None:
            shown |= dict.fromkeys((self.overlap, self.unit, self.boilerplate), has.cuts)
            shown |= {self.clitics: has.clitics, self.names: has.names, self.licence: has.licence}
        for widget, is_shown in shown.items():
            self._form.setRowVisible(widget, is_shown)


def _scopes(material: Material) -> dict[str, str]:
    found = {_ALL: tr("All articles"), _DONE: tr("Articles marked done")}
    one = material.session.article_id
    if material.selected and material.selected != (one,):
        found[_SELECTED] = trn(
            "{n} article chosen in the list", "{n} articles chosen in the list", len(material.selected)
        )
    if one:
        found[_ONE] = tr("The article that is open")
    return found


def _states_of(scope: str, ticked: frozenset[str] | None) -> frozenset[ArticleState] | None:
    if scope == _DONE:
        return frozenset({ArticleState.DONE})
    return None if scope == _ONE or ticked is None else frozenset(map(ArticleState, ticked))


def _states() -> list[Pick]:
    return [Pick(state.value, tr_marked(STATE_NAMES[state.value])) for state in ArticleState]


def _labels(scheme: Scheme, theme: Theme) -> list[Pick]:
    return [Pick(one.id, label_name(one), _swatch(one, scheme, theme)) for one in scheme.all_labels]


def _swatch(shown: Label, scheme: Scheme, theme: Theme) -> QIcon:
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(SWATCH * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_swatch(painter, QRectF(QPointF(0, 0), SWATCH.toSizeF()), shown, scheme, theme)
        icon.addPixmap(pixmap)
    return icon


def _named(texts: dict[_E, str]) -> dict[str, str]:
    return {value.value: tr_marked(text) for value, text in texts.items()}
