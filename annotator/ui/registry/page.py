# SPDX-License-Identifier: MIT
"""The page of an actor or event in the drawer: what is said of it, and all that mentions it, over all articles."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.i18n import tr
from annotator.model.changes import Changes
from annotator.model.ids import ActorId
from annotator.model.registry import Actor, Event
from annotator.model.span import Span
from annotator.ui.registry.act_table import ACTS
from annotator.ui.registry.form import RecordForm
from annotator.ui.registry.kinds import Record, linked_to, record_name, records
from annotator.ui.registry.lists import MenuRows
from annotator.ui.registry.mentions import MentionList
from annotator.ui.registry.names import Kind
from annotator.ui.registry.tellings import Tellings
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, fill

_SHARES = (240, 420)
#: Below this width, in pixels, one half is seen at a time.
_NARROW = 480


class RecordPage(QFrame):
    """One actor or event at a time.

    Signals:
        gone_to: a mention was clicked; it is a `Span`. `entered` is with Enter: to go on there.
        split_requested, link_requested, unlink_requested: of these mentions, by their ids.
        pick_requested: a member, or participant, is to be chosen for what is shown.
        occurrences_requested: all occurrences of the actor's names are wanted.
        renamed: it is called otherwise now.
        record_gone: what was shown is not in the project any more.
    """

    gone_to = Signal(object)
    entered = Signal(object)
    split_requested = Signal(list)
    link_requested = Signal(list)
    unlink_requested = Signal(list)
    pick_requested = Signal()
    occurrences_requested = Signal(str)
    renamed = Signal(str)
    record_gone = Signal()

    def __init__(self, session: Session, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session, self._kind = session, kind
        self._record_id: str | None = None
        self._is_stale = False
        self.form = RecordForm(session.project.scheme, theme, kind)
        self.mentions = MentionList(session, theme, kind)
        self.cards = Tellings(session, theme) if kind is Kind.EVENT else None
        self._views = QStackedWidget()
        if self.cards is not None:
            self._views.addWidget(self.cards)
        self._views.addWidget(self.mentions)
        self._toggle = FlatButton(tr("Side by side, or in a list"), self._on_toggled)
        self._occurrences = FlatButton(tr("Tag all occurrences"), self._on_occurrences_clicked)
        self._occurrences.setText(tr("Tag all occurrences"))
        self._details = FlatButton(tr("What is said of it, or its mentions"), self._arrange)
        self._details.setText(tr("Details"))
        self._details.setCheckable(True)
        self._form_area = _scrolling(self.form)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._form_area)
        self.splitter.addWidget(self._views)
        self.splitter.setSizes(list(_SHARES))
        self.splitter.setStretchFactor(1, 1)
        self.setLayout(fill(QVBoxLayout(), self.splitter, gap=0))
        self.setFocusProxy(self.cards or self.mentions.view)
        self._connect_signals()
        self._show_toggle()

    @property
    def tellings(self) -> Tellings:
        """The cards of an event."""
        assert self.cards is not None  # noqa: S101 - asked of an event's page only
        return self.cards

    @property
    def record(self) -> Record | None:
        """The actor or event that is shown."""
        if self._record_id is None or not self._session.is_open:
            return None
        return records(self._session.project, self._kind).get(self._record_id)

    def show_record(self, record_id: str) -> None:
        """Show another."""
        if record_id != self._record_id:
            self.flush()
            self.mentions.forget()
        self._record_id = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read everything of it anew."""
        self._is_stale = False
        self._show_record()
        self._show_mentions()

    def title(self) -> str:
        """Return what it is called."""
        record = self.record
        return record_name(record) if record is not None else ""

    def head_widgets(self) -> list[QWidget]:
        """Return what stands in the head of the drawer."""
        return [self._details, self._occurrences if self._kind is Kind.ACTOR else self._toggle]

    def showing(self) -> object:
        """Return the id of what is shown."""
        return self._record_id

    def return_to(self, showing: object) -> None:
        """Show what another page has shown."""
        if isinstance(showing, str) and showing in records(self._session.project, self._kind):
            self.show_record(showing)

    def flush(self) -> None:
        """Keep what is being written."""
        if self.record is not None:
            self.form.flush()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that pushes no other part of the window away."""
        return QSize(300, 100)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show one half alone where there is no room for both."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read anew what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _connect_signals(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.pick_requested.connect(self.pick_requested)
        self.mentions.gone_to.connect(self.gone_to)
        self.mentions.entered.connect(self.entered)
        self.mentions.split_requested.connect(self.split_requested)
        self.mentions.link_requested.connect(self.link_requested)
        self.mentions.unlink_requested.connect(self.unlink_requested)
        if self.cards is not None:
            self.cards.gone_to.connect(self.gone_to)
            self.cards.went_on.connect(self.entered)
            self.cards.delete_pressed.connect(lambda: self._with_cards(self.unlink_requested.emit))
            self.cards.offer(self._card_menu)
        self._session.changes_committed.connect(self._on_changes_committed)

    def _card_menu(self) -> MenuRows:
        can = bool(self.tellings.chosen()) and not self._session.project.read_only
        return [
            (tr("Split off as a new event…"), can, lambda: self._with_cards(self.split_requested.emit)),
            (tr("Link to another event…"), can, lambda: self._with_cards(self.link_requested.emit)),
            (tr("Unlink"), can, lambda: self._with_cards(self.unlink_requested.emit)),
        ]

    def _with_cards(self, act: Callable[[list[str]], object]) -> None:
        ids = self.tellings.selected_ids()
        if ids and not self._session.project.read_only:
            act(ids)

    def _show_record(self) -> None:
        record = self.record
        if record is None:
            return
        project = self._session.project
        self.form.show_record(record, project.actors, writable=not project.read_only)
        self._occurrences.setEnabled(not project.read_only)
        self.renamed.emit(record_name(record))

    def _show_mentions(self) -> None:
        record = self.record
        if record is None:
            return
        project = self._session.project
        self.mentions.show_mentions(record.id, project.mention_counts().get(record.id, 0))
        if self._kind is Kind.EVENT:
            self.tellings.show_spans(project.linked_spans([ActorId(record.id)]))
            self._show_toggle()

    def _arrange(self) -> None:
        is_narrow = self.width() < _NARROW
        self._details.setVisible(is_narrow)
        self._form_area.setVisible(not is_narrow or self._details.isChecked())
        self._views.setVisible(not is_narrow or not self._details.isChecked())

    def _show_toggle(self) -> None:
        if self._kind is Kind.EVENT:
            in_list = self._views.currentWidget() is self.mentions
            self._toggle.setText(tr("Side by side") if in_list else tr("In a list"))

    def _on_toggled(self) -> None:
        in_list = self._views.currentWidget() is self.mentions
        view = self.tellings if in_list else self.mentions
        self._views.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._show_toggle()

    def _on_occurrences_clicked(self) -> None:
        if self._record_id is not None:
            self.occurrences_requested.emit(self._record_id)

    def _on_edited(self, record: Record) -> None:
        self._session.run(ACTS[self._kind].change, record, seen=self.form.record)

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if self._record_id is None:
            return
        if self.record is None:
            self._record_id = None
            if self.isVisible():
                self.record_gone.emit()
        elif not self.isVisible():
            self._is_stale = True
        else:
            if changes.registry_changed:
                self._show_record()
            if self._concerns_mentions(changes):
                self._show_mentions()

    def _concerns_mentions(self, changes: Changes) -> bool:
        """Return whether the mentions of what is shown look different now."""
        touched = (record for row in changes.rows for record in (row.before, row.after))
        if self._kind is Kind.EVENT and not any(isinstance(row.record, Actor | Event) for row in changes.rows):
            # Its cards also show the roles, and the articles they are in.
            shown = {span.article_id for row in range(self.tellings.cards.rowCount()) for span in self._spans(row)}
            if shown & changes.articles:
                return True
        return any(isinstance(each, Span) and linked_to(each, self._kind) == self._record_id for each in touched)

    def _spans(self, row: int) -> tuple[Span, ...]:
        return self.tellings.cards.spans_at(row)


def _scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(170)
    return area
