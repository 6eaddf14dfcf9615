# SPDX-License-Identifier: MIT
"""The current tag: its quote, label, bounds, values, link and relations, its note and how sure it is."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator import i18n
from annotator.analysis.review import tag_issues
from annotator.i18n import N_, tr, tr_marked
from annotator.model.attributes import AttributeValue
from annotator.model.ids import AttributeId, LabelId, RelationId, SpanId
from annotator.model.relation_rules import Surroundings
from annotator.model.span import Certainty, Span
from annotator.ui import icons
from annotator.ui.article.view import EXACT_WITH_MOUSE
from annotator.ui.bounds import Edge
from annotator.ui.fields.base import outline_boxes
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.fields.section import AttributeFields
from annotator.ui.focus import put_after, put_before
from annotator.ui.panels.relations import RelationsSection
from annotator.ui.panels.relations_link import LinkLine
from annotator.ui.panels.tag_palette import ICON, swatch_icon
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.theme import Theme
from annotator.ui.widgets import (
    ContentLabel,
    FlatButton,
    NoteEdit,
    button,
    column,
    content_direction,
    fill,
    label,
    plain,
    row,
)
from annotator.ui.wording import label_name, shortened

_EDGES = (
    (Edge.START, N_("Start"), N_("Shrink the tag at its start"), N_("Grow the tag at its start")),
    (Edge.END, N_("End"), N_("Shrink the tag at its end"), N_("Grow the tag at its end")),
)
#: What the list of values marks where it is missing, and the relations where they no longer fit, is not said twice.
_SAID_ELSEWHERE = frozenset(
    {"value_missing", "relation_missing", "relation_unfit", "actor_link_unfit", "event_link_unfit"}
)


class TagDetails(QFrame):
    """Shows the current tag and lets it be changed.

    Signals:
        entity_requested: the page of this actor or event is wanted: its kind and its id.
        link_requested: the tag is to be linked to an actor or event.
        relate_requested: a relation of this type is to be drawn from the tag; "" for any.
    """

    entity_requested = Signal(str, str)
    link_requested = Signal()
    relate_requested = Signal(str)

    def __init__(self, session: Session, tagging: Tagging, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._tagging, self._theme = session, tagging, theme
        self._tag_id: SpanId | None = None
        self._shown: tuple[object, ...] | None = None
        self.quote = label(role="article", wrap=True)
        self.quote.setMinimumWidth(1)  # an unbroken word, as of a web address, must not push all else out of sight
        self.labels: dict[LabelId, QToolButton] = {}
        self.edges: dict[tuple[Edge, bool], FlatButton] = {}
        self._review, self._pieces = QVBoxLayout(), QVBoxLayout()
        self._removers: dict[QVBoxLayout, list[QWidget]] = {self._review: [], self._pieces: []}
        self._listed: tuple[object, ...] = ()
        self.fields = AttributeFields(theme, tagging.recent)
        self.link = LinkLine(session, theme)
        self.relations = RelationsSection(session, theme)
        self.unsure = QCheckBox(tr("Unsure"))
        self.unsure.setToolTip(tr("Mark the tag as one that you are not sure of (U)"))
        outline_boxes(self.unsure, theme)
        self.note = NoteEdit(tr("A note on this tag"), tr("Note of the tag"))
        self.note.setFixedHeight(64)
        self.delete_button = button(tr("Delete tag"), tagging.delete_current)
        self.delete_button.setIcon(icons.icon("delete", theme))
        self.delete_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayout(
            column(
                *(self.quote, fill(self._pieces, gap=2), self._label_buttons(), self._edge_rows()),
                *(fill(self._review, gap=2), self.fields, self.link, self.relations),
                *(self.note, row(self.delete_button, None, self.unsure), None),
                margin=12,
                gap=10,
            )
        )
        self._connect_signals()

    def prepare(self) -> None:
        """Make what the first tag is shown with; of one label, since those of all take memory in every window."""
        scheme = self._session.project.scheme
        for first in islice(scheme.labels, 1):
            self.fields.prepare(scheme.attributes_of(first.id))

    def show_tag(self, tag_id: str) -> bool:
        """Show a tag, or nothing for ""; return whether there was anything new to show."""
        if tag_id != self._tag_id:
            self.flush()
        span = self._session.span(tag_id)
        self._tag_id = span.id if span is not None else None
        # Most acts leave the tag before them as it was, and to lay all of this out again would be felt at each key.
        said = self._said(span) if span is not None else None
        if said == self._shown:
            return False
        self._shown = said
        if span is None:
            return True
        writable = not self._session.project.read_only
        self._show_words(span)
        self._show_lists(span, writable=writable)
        for label_id, choice in self.labels.items():
            choice.setChecked(label_id == span.label_id)
        self.note.show_note(span.note)
        self.unsure.setChecked(span.certainty is Certainty.UNSURE)
        for widget in (*self.labels.values(), *self.edges.values(), self.delete_button, self.unsure):
            widget.setEnabled(writable)
        self.note.setReadOnly(not writable)
        return True

    def forget(self) -> None:
        """Show the tag anew the next time, as names of the scheme or the registry have changed."""
        self._shown = None

    def _said(self, span: Span) -> tuple[object, ...]:
        """Return all that is shown of a tag, names of the scheme and the registry apart."""
        touching = self._session.relations_of(span.id)
        ends = [self._session.span(one.target_span_id) for one in touching if one.target_span_id != span.id]
        starts = [self._session.span(one.source_id) for one in touching if one.source_id != span.id]
        return span, touching, ends, starts, self._session.project.read_only

    def holds_focus(self) -> bool:
        """Return whether the focus is in here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def flush(self) -> None:
        """Keep what is being written."""
        if self._tag_id is not None:
            self.fields.flush()
            self.note.flush()

    def stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, from the top."""
        parts = (
            *(self._removers[self._pieces], self.labels.values(), self.edges.values()),
            *(self._removers[self._review], self.fields.stops()),
            *(self.link.stops(), self.relations.stops()),
            (self.note, self.delete_button, self.unsure),
        )
        return [stop for part in parts for stop in part]

    def _connect_signals(self) -> None:
        self.note.note_written.connect(self._on_note_written)
        self.unsure.clicked.connect(self._on_unsure_clicked)
        self.fields.value_edited.connect(self._on_value_edited)
        self.link.unlink_requested.connect(self._tagging.unlink_current)
        self.relations.tag_requested.connect(self._session.select_tag)
        self.relations.delete_requested.connect(
            lambda relation_id: self._tagging.delete_relation(RelationId(relation_id))
        )
        self.link.entity_requested.connect(self.entity_requested)
        self.relations.entity_requested.connect(self.entity_requested)
        self.link.link_requested.connect(self.link_requested)
        self.relations.relate_requested.connect(self.relate_requested)
        self.fields.rebuilt.connect(self._order_tabs)
        self.relations.rebuilt.connect(self._order_tabs)
        self._tagging.note_requested.connect(self._on_note_requested)

    def _show_words(self, span: Span) -> None:
        self.quote.setText(shortened(span.words, 160))
        self.quote.setToolTip(shortened(span.words, 1000))
        self.quote.setLayoutDirection(content_direction(span.words))

    def _show_lists(self, span: Span, *, writable: bool) -> None:
        project = self._session.project
        around = self._tagging.surroundings(span)
        self.fields.show_values(project.scheme.attributes_of(span.label_id), span.attributes, writable=writable)
        self.link.show_span(span, writable=writable)
        self.relations.show_span(span, around, writable=writable)
        issues = tuple(self._issues(span, around))
        listed = (issues, span.id, span.pieces, writable)
        if listed != self._listed:
            self._listed = listed
            self._empty(self._review)
            for sentence, attribute_id in issues:
                self._review.addWidget(self._review_line(sentence, attribute_id, writable=writable))
            self._show_pieces(span, writable=writable)
            self._order_tabs()

    def _issues(self, span: Span, around: Surroundings) -> Iterator[tuple[str, str]]:
        """Yield what no longer fits: a sentence, and the attribute whose value may be taken away, or ""."""
        outgoing = [relation for relation in self._session.relations_of(span.id) if relation.source_id == span.id]
        for issue in tag_issues(span, outgoing, around):
            if issue.key not in _SAID_ELSEWHERE:
                yield i18n.describe_issue(issue.key, issue.params), issue.attribute_id

    def _review_line(self, sentence: str, attribute_id: str, *, writable: bool) -> QWidget:
        said = label(tr("To review: {issue}", issue=sentence), "problem", wrap=True)
        line = QFrame()
        layout = row(said, gap=4)
        layout.setStretch(0, 1)
        if attribute_id:
            gone = self._small_button(tr("Take the value away"), partial(self._on_value_edited, attribute_id, None))
            layout.addWidget(gone)
            self._removers[self._review].append(gone)
        line.setLayout(layout)
        line.setEnabled(writable)
        return line

    def _show_pieces(self, span: Span, *, writable: bool) -> None:
        self._empty(self._pieces)
        for number, (start, end) in enumerate(span.pieces):
            text = ContentLabel("muted")
            words = span.quote[start - span.start : end - span.start]
            text.show_text(words)
            gone = self._small_button(
                tr("Take the piece “{piece}” away", piece=words), partial(self._tagging.remove_piece, number)
            )
            gone.setEnabled(writable)
            self._removers[self._pieces].append(gone)
            line = QFrame()
            layout = row(label(f"{number + 1}", "key"), text, gone, gap=6)
            layout.setStretch(1, 1)
            line.setLayout(layout)
            self._pieces.addWidget(line)

    def _small_button(self, name: str, act: partial[None]) -> FlatButton:
        result = FlatButton(name, act)
        result.setIcon(icons.icon("close", self._theme, size=16))
        result.setIconSize(QSize(14, 14))
        return result

    def _empty(self, layout: QVBoxLayout) -> None:
        self._removers[layout] = []
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _order_tabs(self) -> None:
        """Put the lists, whatever is in them now, into the order of the Tab key."""
        stops = self.stops()
        # The first label is always there; what stands before and after it comes and goes.
        first = next(iter(self.labels.values()), self.note)
        place = stops.index(first)
        put_before(first, stops[:place])
        put_after(first, stops[place + 1 :])

    def _label_buttons(self) -> FlowLayout:
        scheme = self._session.project.scheme
        for shown in scheme.labels:
            choice = QToolButton()
            choice.setCheckable(True)
            choice.setProperty("role", "label")
            choice.setText(plain(label_name(shown)))
            choice.setIcon(swatch_icon(shown, scheme, self._theme))
            choice.setIconSize(ICON)
            choice.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            choice.setToolTip(shown.description.in_language(i18n.language()))
            choice.setAccessibleName(tr("Label: {label}", label=label_name(shown)))
            choice.clicked.connect(partial(self._on_label_clicked, shown.id))
            self.labels[shown.id] = choice
        return FlowLayout(*self.labels.values(), gap=2)

    def _edge_rows(self) -> QBoxLayout:
        parts = [self._edge_row(*entry) for entry in _EDGES]
        return row(parts[0], None, parts[1], None)

    def _edge_row(self, edge: Edge, name: str, shrink: str, grow: str) -> QBoxLayout:
        for sign, grows, wish in (("−", False, shrink), ("+", True, grow)):
            hint = tr("{action} by a word; with Ctrl or Alt, by a character", action=tr_marked(wish))
            choice = FlatButton(hint, partial(self._on_edge_clicked, edge, grows))
            choice.setText(sign)
            choice.setProperty("role", "step")
            self.edges[edge, grows] = choice
        return row(label(tr_marked(name), "muted"), self.edges[edge, False], self.edges[edge, True], gap=2)

    def _on_label_clicked(self, label_id: LabelId) -> None:
        self._tagging.set_label(label_id)
        # A refused change must not leave the wrong button down.
        self.forget()
        self.show_tag(self._tag_id or "")

    def _on_edge_clicked(self, edge: Edge, grow: bool) -> None:  # noqa: FBT001 - bound by partial
        exact = bool(QGuiApplication.keyboardModifiers() & EXACT_WITH_MOUSE)
        self._tagging.move_edge(edge, grow=grow, by_word=not exact)

    def _on_value_edited(self, attribute_id: str, value: AttributeValue | None) -> None:
        if self._tag_id is None:
            return
        self._tagging.set_value(self._tag_id, AttributeId(attribute_id), value)
        # What was refused is not left standing.
        self.forget()
        self.show_tag(self._tag_id)

    def _on_unsure_clicked(self, unsure: bool) -> None:  # noqa: FBT001 - a slot
        if self._tag_id is not None:
            self._tagging.set_certainty(self._tag_id, Certainty.UNSURE if unsure else Certainty.SURE)

    def _on_note_written(self, note: str) -> None:
        if self._tag_id is not None:
            span = self._session.span(self._tag_id)
            if not self._tagging.set_note(self._tag_id, note) and span is not None:
                self.note.keep_unsaid(span.note)

    def _on_note_requested(self) -> None:
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.selectAll()
