# SPDX-License-Identifier: MIT
"""What an export leaves out or changes: what it may at once, what it does once that is counted. Used by dialogs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from annotator import i18n
from annotator.exporters import (
    REASON_TEXTS,
    SUBJECT_COUNTS,
    Example,
    ExportOptions,
    Format,
    Loss,
    Overlap,
    Reason,
    Subject,
    Unit,
)
from annotator.exporters.base import Clitics
from annotator.exporters.losses import LEFT_OUT
from annotator.i18n import N_, tr, tr_marked, trn_marked
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.wording import shortened

_SUBJECT_NAMES = {
    Subject.TAG: N_("Tags"),
    Subject.RELATION: N_("Relations"),
    Subject.DOCUMENT_TAG: N_("Document tags"),
    Subject.ACTOR: N_("Actors"),
    Subject.EVENT: N_("Events"),
}

_AIR = 10
_EXAMPLES = 2

_Needs = Callable[[Format, ExportOptions], bool]


def _in_parts(_kind: Format, options: ExportOptions) -> bool:
    return options.unit is not Unit.ARTICLE


#: What must be chosen for a reason to come about at all; every other one may, whatever is chosen.
_NEEDS: dict[Reason, _Needs] = {
    Reason.BOILERPLATE: lambda _kind, options: options.without_boilerplate,
    Reason.OVERLAP: lambda kind, options: (
        options.overlap is Overlap.LONGEST or (options.overlap is Overlap.KEEP and not kind.abilities.overlap)
    ),
    Reason.OVERLAP_FIRST: lambda _kind, options: options.overlap is Overlap.FIRST,
    Reason.INSIDE_TOKEN: lambda _kind, options: options.clitics is Clitics.SKIP,
    Reason.EXPANDED: lambda _kind, options: options.clitics is Clitics.EXPAND,
    Reason.RELATION_UNIT: _in_parts,
    Reason.DOCUMENT_TAG_UNIT: _in_parts,
}


def possible_losses(kind: Format, options: ExportOptions) -> list[Reason]:
    """Return why a format may leave out or change anything under these options."""
    chosen = options.within(kind.abilities)
    found = [reason for reason in kind.losses if reason not in _NEEDS or _NEEDS[reason](kind, chosen)]
    narrowed = any(one is not None for one in (chosen.layers, chosen.labels, chosen.annotators))
    if not narrowed and not any(reason in LEFT_OUT and subject_of(reason) is Subject.TAG for reason in found):
        found = [reason for reason in found if reason is not Reason.RELATION_END]  # no end can be missing
    return found


def subject_of(reason: Reason) -> Subject:
    """Return what a reason is counted of."""
    return Loss(reason, 0, ()).of


class LossTable(TextTable):
    """A row a reason: how many, what becomes of them, the first few."""

    def __init__(self, losses: Sequence[Loss] = ()) -> None:
        headings = (tr("How many"), tr("What becomes of them"), tr("Examples"))
        super().__init__(headings, [loss_cells(loss) for loss in losses])

    def show_possible(self, reasons: Sequence[Reason]) -> None:
        """Show what may be lost, as long as nothing is counted."""
        self._show([(tr_marked(_SUBJECT_NAMES[subject_of(one)]), tr_marked(REASON_TEXTS[one]), "") for one in reasons])

    def show_losses(self, losses: Sequence[Loss]) -> None:
        """Show what was counted."""
        self._show([loss_cells(loss) for loss in losses])

    def _show(self, rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class _Roomy(QStyledItemDelegate):
    """Leaves some air above and below the lines of a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return the size of the text and the air."""
        return super().sizeHint(option, index) + QSize(0, _AIR)


def loss_view(model: TextTable, name: str, widths: Sequence[int] = (130, 270)) -> QTableView:
    """Return a view of such a table that is as high as its rows: what scrolls is the page that it stands in."""
    view = table_view(model, name, widths)
    view.setItemDelegate(_Roomy(view))
    view.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
    view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    view.verticalHeader().sectionResized.connect(view.updateGeometry)
    model.modelReset.connect(view.resizeRowsToContents)
    model.modelReset.connect(view.updateGeometry)
    return view


def show_examples(view: QTableView, *, shown: bool) -> None:
    """Show or hide the examples; the last column that is shown takes the room that is left."""
    view.setColumnHidden(_EXAMPLES, not shown)
    # Qt does not stretch a column that was hidden until it is told to anew.
    for stretches in (False, True):
        view.horizontalHeader().setStretchLastSection(stretches)
    view.resizeRowsToContents()


def loss_cells(loss: Loss) -> tuple[str, str, str]:
    """Return how many, why, and examples."""
    # Quotes are set off from the line they stand in: without a mark, a list of nothing else would run left to right.
    mark, comma = ("\u200f", "، ") if i18n.is_rtl() else ("", ", ")
    examples = comma.join(map(_example, loss.examples))
    counted = trn_marked(SUBJECT_COUNTS[loss.of], loss.count)
    return counted, tr_marked(REASON_TEXTS[loss.reason]), mark + examples


def _example(example: Example) -> str:
    # What is said of a whole article has no words of its own.
    quote = i18n.isolate(shortened(example.quote or example.article or example.label))
    if example.target is None:
        return quote
    target = i18n.isolate(shortened(example.target)) if example.target else tr("The article's author or outlet")
    return tr("{source} → {target}", source=quote, target=target)
