# SPDX-License-Identifier: MIT
"""The one way into the registry from the rest of the window: its lists, its pages, and what is asked of them."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from annotator.i18n import tr, tr_marked
from annotator.late import late
from annotator.model.ids import ActorId, SpanId
from annotator.model.span import Span
from annotator.ui.registry.kinds import WORDS, linked_to, record_name, records
from annotator.ui.registry.list_page import RegistryList
from annotator.ui.registry.names import Kind
from annotator.ui.style import chosen_theme
from annotator.ui.wording import shortened

if TYPE_CHECKING:
    from annotator.ui.desk import Desk
    from annotator.ui.drawer import Drawer
    from annotator.ui.main_window import MainWindow
    from annotator.ui.registry.acts import RegistryActs
    from annotator.ui.registry.candidate_page import CandidatePage
    from annotator.ui.registry.finding import CandidateFinder
    from annotator.ui.registry.page import RecordPage
else:
    RegistryActs = late("annotator.ui.registry.acts", "RegistryActs")
    CandidateFinder = late("annotator.ui.registry.finding", "CandidateFinder")
    CandidatePage = late("annotator.ui.registry.candidate_page", "CandidatePage")
    RecordPage = late("annotator.ui.registry.page", "RecordPage")

_LISTS = {Kind.ACTOR: "actors", Kind.EVENT: "events"}
_PAGES = {Kind.ACTOR: "actor", Kind.EVENT: "event"}
_CANDIDATES = "candidates"


class Registry(QObject):
    """Opens lists and pages of actors and events, in whichever desk the window has now."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._made_finder: CandidateFinder | None = None
        self._made_acts: RegistryActs | None = None

    @property
    def acts(self) -> "RegistryActs":
        """What is done to actors and events."""
        if self._made_acts is None:
            self._made_acts = RegistryActs(self._window)
        return self._made_acts

    @property
    def _finder(self) -> "CandidateFinder":
        if self._made_finder is None:
            self._made_finder = CandidateFinder(self._session, self._window.settings, self)
        return self._made_finder

    def furnish(self, desk: "Desk") -> None:
        """Give a new desk the lists and pages."""
        theme = chosen_theme(self._window.settings)
        for kind in Kind:
            desk.side.add_page(_LISTS[kind], tr_marked(WORDS[kind].plural), self._list(kind))
            desk.drawer.add_page(_PAGES[kind], lambda kind=kind: self._page(kind))  # type: ignore[misc]  # bound now
        desk.inspector.entity_requested.connect(self.open_entity)
        desk.drawer.add_page(_CANDIDATES, lambda: self._candidates(CandidatePage(self._session, theme, self._finder)))

    def open_actor(self, actor_id: str) -> None:
        """Show an actor's page."""
        self.open_record(Kind.ACTOR, actor_id)

    def open_entity(self, kind: str, record_id: str) -> None:
        """Show the page of an actor or event; `kind` is "actor" or "event"."""
        self.open_record(Kind(kind), record_id)

    def open_record(self, kind: Kind, record_id: str) -> None:
        """Show the page of an actor or event, if it is there."""
        record = records(self._session.project, kind).get(record_id)
        if record is None:
            return
        page = cast("RecordPage", self._drawer.open_page(_PAGES[kind], record_name(record)))
        page.show_record(record_id)

    def open_current(self) -> None:
        """Show the page of what the current tag is linked to."""
        span = self._session.span(self._session.tag_id)
        if span is None:
            return
        for kind in Kind:
            linked = linked_to(span, kind)
            if linked is not None:
                self.open_record(kind, linked)
                self._drawer.focus_page()
                return
        self._window.tell(tr("“{quote}” is not linked to an actor or event yet.", quote=shortened(span.words)))

    def open_candidates(self) -> None:
        """Show what is likely the same."""
        self._drawer.open_page(_CANDIDATES)
        self._drawer.focus_page()

    def show_list(self, kind: Kind) -> None:
        """Show the list of actors or events, ready to search in."""
        side = self._window.desk.side
        side.show_page(_LISTS[kind])
        side.focus_target().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, kind: Kind, name: str = "") -> None:
        """Add an actor or event, and show its page."""
        made = self.acts.add(kind, name)
        if made is not None:
            self.open_record(kind, made)

    @property
    def _drawer(self) -> "Drawer":
        return self._window.desk.drawer

    def _list(self, kind: Kind) -> RegistryList:
        made = RegistryList(self._session, chosen_theme(self._window.settings), kind)
        made.opened.connect(lambda id_: self.open_record(kind, id_))
        made.add_requested.connect(lambda name: self.add(kind, name))
        made.merge_requested.connect(lambda ids: self._merge(kind, ids))
        made.delete_requested.connect(lambda ids: self.acts.delete(kind, ids))
        made.candidates_requested.connect(self.open_candidates)
        return made

    def _page(self, kind: Kind) -> "RecordPage":
        page = RecordPage(self._session, chosen_theme(self._window.settings), kind)
        page.gone_to.connect(self._go_to)
        page.entered.connect(self._go_on_at)
        page.split_requested.connect(lambda ids: self.acts.split(kind, page.showing(), ids))  # type: ignore[arg-type]
        page.link_requested.connect(lambda ids: self.acts.link(kind, page.showing(), ids))  # type: ignore[arg-type]
        page.unlink_requested.connect(lambda ids: self.acts.unlink(kind, ids))
        page.pick_requested.connect(lambda: self._add_member(page))
        page.occurrences_requested.connect(self._find_occurrences)
        page.renamed.connect(lambda name: self._on_renamed(kind, name))
        page.record_gone.connect(self._on_record_gone)
        return page

    def _candidates(self, page: "CandidatePage") -> "CandidatePage":
        page.gone_to.connect(self._go_to)
        page.entered.connect(self._go_on_at)
        page.link_requested.connect(lambda quotes, id_: self._settle(page, quotes, self.acts.link_forms(quotes, id_)))
        page.add_requested.connect(
            lambda quotes, name: self._settle(page, quotes, self.acts.add_actor_of_forms(quotes, name))
        )
        return page

    def _settle(self, page: "CandidatePage", quotes: list[str], done: bool) -> None:  # noqa: FBT001 - what came of it
        if done:
            page.forget_forms(quotes)

    def _merge(self, kind: Kind, ids: list[str]) -> None:
        kept = self.acts.merge(kind, ids)
        if kept is not None:
            self.open_record(kind, kept)

    def _add_member(self, page: "RecordPage") -> None:
        record = page.record
        if record is None:
            return
        known = {record.id, *getattr(record, "members", ()), *getattr(record, "participants", ())}
        chosen = self.acts.pick(Kind.ACTOR, {str(id_) for id_ in known})
        if chosen is not None:
            page.form.add_other(chosen)

    def _find_occurrences(self, actor_id: str) -> None:
        self._window.hits.open_for_actor(ActorId(actor_id))

    def _go_to(self, span: Span) -> None:
        """Read the article of a tag, at the tag."""
        self._session.select_article(span.article_id)
        self._session.select_tag(SpanId(span.id))
        self._window.desk.pane.reveal_tag(span.id)

    def _go_on_at(self, span: Span) -> None:
        self._go_to(span)
        self._window.desk.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_renamed(self, kind: Kind, name: str) -> None:
        if self._drawer.current == _PAGES[kind]:
            self._drawer.set_title(name)

    def _on_record_gone(self) -> None:
        self._drawer.close_page()
