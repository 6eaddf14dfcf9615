# SPDX-License-Identifier: MIT
"""What a chosen format is, carries and loses: beforehand what it may lose, then what it would lose, counted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from annotator import i18n
from annotator.exporters import EXTRAS, ExportOptions, ExportReport, Format
from annotator.i18n import tr, tr_marked, trn
from annotator.ui.exporting.abilities import OFFSET_NAMES, AbilityMarks
from annotator.ui.exporting.formats import is_lacking
from annotator.ui.exporting.losses import LossTable, loss_view, possible_losses, show_examples
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, column, label, row


class Outlook(QFrame):
    """The page on one format.

    Signals:
        stop_requested: the count is to stop.
        count_requested: it is to begin anew.
    """

    stop_requested = Signal()
    count_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = label("", "article", wrap=True)
        # The name of a format is often Latin, and stands at the start of the line all the same.
        side = Qt.AlignmentFlag.AlignRight if i18n.is_rtl() else Qt.AlignmentFlag.AlignLeft
        self.name.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.about = label(wrap=True)
        self.missing = label("", "problem", wrap=True)
        self.missing.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.marks = AbilityMarks(theme)
        self.counts_in = label("", "muted", wrap=True)
        self.model = LossTable()
        self.view = loss_view(self.model, tr("What will be lost"))
        self.state = label(wrap=True)
        self.stop = button(tr("Stop"), self.stop_requested.emit)
        self.again = button(tr("Count"), self.count_requested.emit)
        for each in (self.stop, self.again):
            each.setProperty("role", "small")
            each.hide()
        heading = label(tr("What will be lost"), "heading")
        line = row(self.state, self.stop, self.again, gap=8)
        line.setStretch(0, 1)
        body = column(
            self.name,
            self.about,
            self.missing,
            self.marks,
            self.counts_in,
            heading,
            line,
            self.view,
            None,
            gap=8,
        )
        body.setContentsMargins(2, 10, 10, 8)
        self.setLayout(body)

    def show_format(self, kind: Format) -> None:
        """Show another format."""
        # Without a mark an Arabic name that begins in Latin letters would run left to right.
        self.name.setText(("\u200f" if i18n.is_rtl() else "") + tr_marked(kind.name_key))
        self.about.setText(tr_marked(kind.description_key))
        self.marks.show_abilities(kind.abilities)
        self.counts_in.setText(tr_marked(OFFSET_NAMES[kind.abilities.offset_unit]))
        self.missing.setVisible(is_lacking(kind))
        if kind.extra is not None:
            self.missing.setText(
                tr(
                    "This format needs {extra}, which is not installed. Install it with: {command}",
                    extra=EXTRAS[kind.extra].requirement,
                    command=EXTRAS[kind.extra].command,
                )
            )

    def show_possible(self, kind: Format, options: ExportOptions, *, counting: bool) -> None:
        """Show at once what may be lost; what is, is being counted or cannot be."""
        reasons = possible_losses(kind, options)
        self.model.show_possible(reasons)
        show_examples(self.view, shown=False)
        self.view.setVisible(bool(reasons))
        self._show_buttons(counting=counting, again=False)
        if counting:
            self.state.setText(tr("Being counted. This may be lost:") if reasons else tr("Being counted."))
        else:
            self.state.setText(tr("This may be lost:") if reasons else tr("Nothing can be lost."))

    def show_progress(self, done: int, total: int) -> None:
        """Say how far the count is."""
        self.state.setText(tr("Being counted: {done} of {total} articles.", done=done, total=total))

    def show_stopped(self, text: str) -> None:
        """Say that nothing is counted now, and offer to count."""
        self.state.setText(text)
        self._show_buttons(counting=False, again=True)

    def show_report(self, report: ExportReport) -> None:
        """Show what would be lost."""
        self.model.show_losses(report.losses)
        show_examples(self.view, shown=True)
        self.view.setVisible(bool(report.losses))
        self._show_buttons(counting=False, again=False)
        self.state.setText(verdict(report))

    def _show_buttons(self, *, counting: bool, again: bool) -> None:
        self.stop.setVisible(counting)
        self.again.setVisible(again)


def verdict(report: ExportReport) -> str:
    """Return what an export would lose, in a sentence."""
    if not report.articles:
        return tr("No article is chosen, so the export would be empty.")
    if not report.losses:
        return tr("Nothing will be lost.")
    lost = sum(loss.count for loss in report.losses if loss.tag_lost)
    if lost:
        return trn("{n} tag will be left out:", "{n} tags will be left out:", lost)
    return tr("Every tag will be there, but not all of the rest:")


def short_verdict(report: ExportReport) -> str:
    """Return what goes in and what is lost of it, for a line at the foot of the dialog."""
    articles = trn("{n} article", "{n} articles", report.articles)
    tags = trn("{n} tag", "{n} tags", report.tags_in)
    lost = sum(loss.count for loss in report.losses if loss.tag_lost)
    if lost:
        return tr("{articles}, {tags}. Tags that will be left out: {n}.", articles=articles, tags=tags, n=lost)
    if report.losses:
        return tr("{articles}, {tags}. Every tag will be there, but not all of the rest.", articles=articles, tags=tags)
    return tr("{articles}, {tags}. Nothing will be lost.", articles=articles, tags=tags)
