# SPDX-License-Identifier: MIT
"""What a tag may be related to. Knows no widget.

The rules are `annotator.model.relation_rules`'; here they are asked for many ends at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from annotator import i18n
from annotator.i18n import tr
from annotator.model.ids import SpanId
from annotator.model.relation import AUTHOR, End
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import Links, RelationType
from annotator.model.span import Span
from annotator.model.spans import OwnSpans
from annotator.ui.ranking import keys_of, ranked
from annotator.ui.session import Session
from annotator.ui.wording import author_name, label_name, shortened

if TYPE_CHECKING:
    from annotator.model.registry import Actor

_MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """An end that may be chosen: what it is called, and what it is."""

    end: End
    name: str
    what: str


class Ends:
    """What one tag may be related to, by any of some relation types; as the project is now."""

    def __init__(self, session: Session, source: Span, kinds: Sequence[RelationType]) -> None:
        self._project, self._source, self._kinds = session.project, source, kinds
        # Another annotator's tags are another layer.
        own = OwnSpans(session.spans(), source.annotator_id)
        self._around = Surroundings(self._project.scheme, own, self._project.actors)
        self._waiting = list(self._project.actors.values()) if self._links_to(Links.ACTOR) else []
        self._actors: list[Actor] = []

    def allows(self, end: End) -> bool:
        """Return whether any of the relation types may lead there."""
        return any(refusal(kind, self._source, end, self._around) is None for kind in self._kinds)

    @property
    def allows_author(self) -> bool:
        """Whether it may lead to the author or outlet."""
        return self.allows(AUTHOR)

    def tag_ids(self) -> frozenset[SpanId]:
        """Return the tags of the article to which it may lead."""
        return frozenset(span_id for span_id in self._around.spans if self.allows(End(span_id)))

    def tag(self, span_id: SpanId) -> Found:
        """Return a tag as an end."""
        span = self._around.spans[span_id]
        return Found(End(span_id), shortened(span.words), label_name(self._project.scheme.label(span.label_id)))

    def author(self) -> Found:
        """Return the author or outlet as an end."""
        return Found(AUTHOR, author_name(), tr("not named in the text"))

    def prepare(self, seconds: float) -> bool:
        """Work out for so long under what actors are found; return whether there is more to do.

        For thousands of names it takes a second when it is done for the first time.
        """
        until = perf_counter() + seconds
        while self._waiting and perf_counter() < until:
            actor = self._waiting.pop()
            keys_of(*actor.names)
            self._actors.append(actor)
        return bool(self._waiting)

    def search(self, query: str) -> list[Found]:
        """Return the allowed ends that a search finds, tags before the registry, of each the best first.

        Of the actors, those for whom all is prepared.
        """
        tags = ranked(query, self._around.spans.values(), lambda span: (span.words,))
        found = [self.tag(span.id) for span in tags if self.allows(End(span.id))]
        author = ranked(query, [self.author()] if self.allows_author else [], lambda found: (found.name,))
        return [*found, *author, *self._found_actors(query), *self._found_events(query)][:_MOST_FOUND]

    def _found_actors(self, query: str) -> Iterator[Found]:
        for actor in ranked(query, self._actors, lambda actor: actor.names):
            if self.allows(End(actor_id=actor.id)):
                yield Found(End(actor_id=actor.id), actor.name_in(i18n.language()), tr("Actor"))

    def _found_events(self, query: str) -> Iterator[Found]:
        if not self._links_to(Links.EVENT):
            return
        for event in ranked(query, self._project.events.values(), lambda event: (event.title,)):
            if self.allows(End(event_id=event.id)):
                yield Found(End(event_id=event.id), event.title, tr("Event"))

    def _links_to(self, links: Links) -> bool:
        return any(links in self._project.scheme.links_of(kind) for kind in self._kinds)
