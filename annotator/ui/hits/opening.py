# SPDX-License-Identifier: MIT
"""Ways into the lists of places: from a tag, from selected or typed words, from an actor, and into the tags."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from annotator.late import LateModule, late
from annotator.model.ids import ActorId, LabelId
from annotator.model.scheme import Links, Scheme
from annotator.model.span import Span
from annotator.ui.background import Background
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.ops import actors
    from annotator.ops.occurrences import names_of
    from annotator.ui.hits.occurrences import OccurrencesPage, Quest
    from annotator.ui.hits.tags import Filter, TagsPage
    from annotator.ui.hits.words import WordsPage
    from annotator.ui.main_window import MainWindow
else:
    actors = LateModule("annotator.ops.actors")
    names_of = late("annotator.ops.occurrences", "names_of")
    OccurrencesPage = late("annotator.ui.hits.occurrences", "OccurrencesPage")
    Quest = late("annotator.ui.hits.occurrences", "Quest")
    TagsPage = late("annotator.ui.hits.tags", "TagsPage")
    WordsPage = late("annotator.ui.hits.words", "WordsPage")

OCCURRENCES, TAGS, WORDS = "hits", "tags", "search"
#: More than a list shows at once.
_FIRST_PAGE = 50


class Hits(QObject):
    """The lists of places of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._searches: list[Background] = []

    def add_pages(self, desk: Desk) -> None:
        """Make the pages known to a new desk; what the one before was looking for is given up."""
        for search in self._searches:
            search.stop()
            search.deleteLater()
        self._searches = []
        desk.drawer.add_page(OCCURRENCES, lambda: OccurrencesPage(self._window, self.new_search()))
        desk.drawer.add_page(TAGS, lambda: TagsPage(self._window, self.new_search()))
        desk.drawer.add_page(WORDS, lambda: WordsPage(self._window, self.new_search()))

    def open(self) -> None:
        """List the occurrences of the current tag's names, or else of the selected words."""
        span = self._window.desk.tagging.current
        if span is not None:
            self.open_for_tag(span)
        else:
            self.open_for_selection()

    def open_for_tag(self, span: Span) -> None:
        """List where the actor of a tag, or else its words, stand untagged."""
        project = self._window.session.project
        values = tuple((key, value) for key, value in span.attributes.items() if key == actors.MENTION)
        self.look_for(Quest(names_of(project, span), span.label_id, span.actor_id, values))

    def open_for_selection(self) -> None:
        """List where the selected words stand untagged."""
        session, selected = self._window.session, self._window.desk.pane.view.snapped_selection()
        if selected is None or session.article_id is None:
            return
        words = " ".join(session.project.text(session.article_id)[slice(*selected)].split())
        self.tag_names((words,))

    def open_for_actor(self, actor_id: ActorId) -> None:
        """List where an actor stands untagged, by all names."""
        project = self._window.session.project
        names = names_of(project, project.actor(actor_id))
        self.look_for(Quest(names, actor_label(project.scheme), actor_id))

    def open_tags(self, wanted: "Filter | None" = None) -> None:
        """List tags, to change or delete many at once; without a filter those of the last time, and ask for words."""
        drawer = self._window.desk.drawer
        page = cast("TagsPage", drawer.open_page(TAGS))
        page.open(page.filter if wanted is None else wanted)
        if wanted is None:
            page.text.setFocus()
            page.text.selectAll()
        else:
            drawer.focus_page()

    def open_words(self) -> None:
        """Ask which words to find in all articles; those that are selected are looked for at once."""
        session, selected = self._window.session, self._window.desk.pane.view.snapped_selection()
        page = cast("WordsPage", self._window.desk.drawer.open_page(WORDS))
        words = ""
        if selected is not None and session.article_id is not None:
            words = " ".join(session.project.text(session.article_id)[slice(*selected)].split())
        if words:
            page.look_for(f'"{words}"' if " " in words else words)
        page.words.setFocus()
        page.words.selectAll()

    def tag_names(self, names: tuple[str, ...]) -> None:
        """List where names stand untagged."""
        self.look_for(Quest(names, actor_label(self._window.session.project.scheme)))

    def new_search(self) -> Background:
        """Return a search for a page of the desk that is shown; it is given up with that desk."""
        search = Background(self._window.session, self, first=_FIRST_PAGE)
        self._searches.append(search)
        return search

    def look_for(self, quest: "Quest") -> None:
        """List what a quest is for."""
        drawer = self._window.desk.drawer
        page = cast("OccurrencesPage", drawer.open_page(OCCURRENCES))
        page.open(quest)
        drawer.set_title(page.title())
        drawer.focus_page()


def actor_label(scheme: Scheme) -> LabelId:
    """Return the label that occurrences get where nothing says which: the first for actors, or the first of all."""
    labels = list(scheme.labels)
    return next((label.id for label in labels if label.links is Links.ACTOR), labels[0].id)
