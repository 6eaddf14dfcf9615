# SPDX-License-Identifier: MIT
"""Whether articles are dealt out to training, development and test data, how, and what comes of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from annotator.exporters import ExportReport
from annotator.exporters.splitting import SplitBy, Splits
from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Scheme
from annotator.ui.exporting.boxes import NumberBox, tick_box
from annotator.ui.exporting.counts import SHARE_NAMES, CountTable, is_split, split_sentences
from annotator.ui.exporting.losses import loss_view
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, label

_BY = {
    SplitBy.DUPLICATES: N_("Near duplicates of each other"),
    SplitBy.EVENT: N_("Articles with tags of the same event"),
    SplitBy.OUTLET: N_("Articles of the same outlet"),
}
_TENTHS = 10
_WHOLE = 100
_SEEDS = 999_999


class SplitForm(QFrame):
    """Asks for splits; a preview's counts are shown below.

    Signals:
        changed: the user wants other splits, or none.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme, theme: Theme) -> None:
        super().__init__()
        self._scheme = scheme
        self.wanted = tick_box(tr("Split into training, development and test data"), theme)
        self.shares = {name: _share(tr_marked(text)) for name, text in SHARE_NAMES.items()}
        self.by = {by: tick_box(tr_marked(text), theme) for by, text in _BY.items()}
        self.stratified = tick_box(tr("Each label in every part, as often as the part is large"), theme)
        self.by_date = tick_box(tr("By date: the oldest for training, the newest for the test"), theme)
        self.seed = NumberBox(tr("Seed"), _SEEDS)
        self.sum_problem = label("", "problem", wrap=True)
        self.table = CountTable(scheme)
        self.view = loss_view(self.table, tr("What each part would hold"), (170, 90, 90, 90))
        self.notes = label(wrap=True)
        self._more = QFrame()
        self._build()
        self._connect_signals()
        self._show_parts()

    def splits(self) -> Splits:
        """Return how articles are to be dealt out, whether they are or not."""
        train, dev, test = (box.value() * _TENTHS for box in self.shares.values())
        by = (SplitBy.DOCUMENT, *(by for by, tick in self.by.items() if tick.isChecked()))
        return Splits(
            by=by,
            shares=(train, dev, test),
            seed=self.seed.value(),
            stratified=self.stratified.isChecked(),
            by_date=self.by_date.isChecked(),
        )

    @property
    def is_wanted(self) -> bool:
        """Whether articles are to be dealt out."""
        return self.wanted.isChecked()

    def show_splits(self, splits: Splits, *, wanted: bool) -> None:
        """Show what was chosen."""
        self.wanted.setChecked(wanted)
        for box, share in zip(self.shares.values(), splits.shares, strict=True):
            box.setValue(round(share / _TENTHS))
        for by, tick in self.by.items():
            tick.setChecked(by in splits.by)
        self.stratified.setChecked(splits.stratified)
        self.by_date.setChecked(splits.by_date)
        self.seed.setValue(splits.seed)
        self._show_parts()

    def problem(self) -> str:
        """Return the sentence that says what is wrong with the shares, or ""."""
        total = sum(box.value() for box in self.shares.values())
        if not self.is_wanted or total == _WHOLE:
            return ""
        return tr("The parts make {sum} percent; they must make 100.", sum=total)

    def show_report(self, report: ExportReport) -> None:
        """Show what would be in each part, if anything is dealt out."""
        has = is_split(report)
        self.table.show_report(report if has else None)
        self.view.setVisible(has)
        self._say("\n".join(split_sentences(report, self._scheme)))

    def show_waiting(self, text: str) -> None:
        """Show no counts, and say why there are none."""
        self.view.hide()
        self._say(text)

    def _say(self, text: str) -> None:
        self.notes.setText(text)
        self.notes.setVisible(bool(text))

    def _build(self) -> None:
        line = FlowLayout(gap=14)
        for name, box in self.shares.items():
            line.addWidget(_field(tr_marked(SHARE_NAMES[name]), box))
        line.addWidget(_field(tr("Seed"), self.seed))
        sizes = QFrame()
        sizes.setLayout(line)
        together = label(tr("Kept together, in one part"), "heading")
        dealt = label(tr("How they are dealt out"), "heading")
        self._more.setLayout(
            column(
                sizes,
                self.sum_problem,
                together,
                *self.by.values(),
                dealt,
                self.stratified,
                self.by_date,
                self.view,
                self.notes,
                gap=8,
            )
        )
        about = tr(
            "What belongs together comes to lie in one part, so that a model is tested on what it has not seen. "
            "The export is a folder then, with each part in a file or folder of its own."
        )
        body = column(self.wanted, label(about, "muted", wrap=True), self._more, None, gap=10)
        body.setContentsMargins(2, 10, 10, 8)
        self.setLayout(body)

    def _connect_signals(self) -> None:
        for tick in (self.wanted, self.stratified, self.by_date, *self.by.values()):
            tick.clicked.connect(self._on_changed)
        for box in (*self.shares.values(), self.seed):
            box.valueChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        self._more.setVisible(self.is_wanted)
        self.stratified.setEnabled(not self.by_date.isChecked())
        self.sum_problem.setText(self.problem())
        self.sum_problem.setVisible(bool(self.problem()))


def _field(name: str, box: NumberBox) -> QFrame:
    title = label(name)
    title.setBuddy(box)
    frame = QFrame()
    frame.setLayout(column(title, box, gap=3))
    return frame


def _share(name: str) -> NumberBox:
    box = NumberBox(name, _WHOLE)
    box.setSuffix(" %")
    box.setSingleStep(5)
    return box
