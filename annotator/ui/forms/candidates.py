# SPDX-License-Identifier: MIT
"""What the relations of one tag may lead to: tags of its article, actors and events, a new actor. Knows no widget."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from annotator import i18n
from annotator.i18n import trn
from annotator.model.ids import ActorId
from annotator.model.registry import Actor, Event, name_key
from annotator.model.relation import End
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import Label, Links, RelationType
from annotator.model.span import Span
from annotator.ops.relations import end_name
from annotator.project import Project
from annotator.ui.new_actor import new_actor
from annotator.ui.ranking import ranked
from annotator.ui.wording import author_name, shortened

_MOST = 60
_NAME = 60
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An end that may be chosen; of a tag with its label."""

    end: End
    name: str
    remark: str = ""
    label: Label | None = None


class EndCandidates:
    """Finds ends for the relations of one tag, as the project is now."""

    def __init__(self, project: Project, source: Span, spans: Sequence[Span]) -> None:
        self._project, self._source = project, source
        # Another annotator's tags are another layer.
        own = [span for span in spans if span.annotator_id == source.annotator_id and span.id != source.id]
        self._near = sorted(own, key=lambda span: (_distance(source, span), span.start))
        around = {span.id: span for span in (source, *own)}
        self._around = Surroundings(project.scheme, around, project.actors)
        self._counts = project.mention_counts()
        self._offered: Actor | None = None
        self._drafts: dict[ActorId, Actor] = {}

    def of(self, kind: RelationType, query: str) -> list[Candidate]:
        """Return the ends that a search finds: tags of the article, the nearest first, then the registry."""
        tags = self._tags(kind)
        here = {self.sameness(one.end) for one in tags}
        found = ranked(query, tags, lambda one: self._names(one.end))
        links = self._project.scheme.links_of(kind)
        if Links.ACTOR in links:
            found += islice(self._known_actors(kind, query, here), _MOST)
        if Links.EVENT in links:
            found += islice(self._known_events(kind, query, here), _MOST)
        return found

    def sameness(self, end: End) -> object:
        """Return what two ends have in common that are one to the reader: a tag's actor or event."""
        span = self._around.spans.get(end.span_id) if end.span_id is not None else None
        if span is None:
            return end.actor_id or end.event_id or end
        return span.actor_id or span.event_id or end

    def name_of(self, end: End) -> str:
        """Return what an end is called; set off, as it may run against the sentence around it."""
        if end.is_author:
            return author_name()
        if end.actor_id in self._drafts:
            return i18n.isolate(actor_name(self._drafts[end.actor_id]))
        span = self._around.spans.get(end.span_id) if end.span_id is not None else None
        if span is not None:
            return i18n.isolate(self._tag_name(span))
        known = self._project.actors.get(end.actor_id) if end.actor_id is not None else None
        return i18n.isolate(actor_name(known) if known is not None else shortened(end_name(self._project, end), _NAME))

    def draft(self, kind: RelationType, name: str) -> End | None:
        """Return a new actor of this name as an end; None where there is one, or where no actor may stand."""
        key = name_key(name)
        if not key or Links.ACTOR not in self._project.scheme.links_of(kind):
            return None
        drafted = {name_key(one) for actor in self._drafts.values() for one in actor.names}
        if key in drafted or key in self._project.owners_of_names:
            return None
        self._offered = new_actor(self._project, name)
        return End(actor_id=self._offered.id)

    def keep_draft(self, end: End) -> None:
        """Keep a new actor that was chosen, to be made when the form is done."""
        if self._offered is not None and end.actor_id == self._offered.id:
            self._drafts[self._offered.id] = self._offered

    def drafts(self, ends: Iterable[End]) -> list[Actor]:
        """Return the new actors among some ends."""
        return [self._drafts[end.actor_id] for end in ends if end.actor_id in self._drafts]

    def forget_draft(self, actor_id: ActorId) -> None:
        """Take a new actor for known: it has been made."""
        self._drafts.pop(actor_id, None)

    def _tags(self, kind: RelationType) -> list[Candidate]:
        """Return the tags it may lead to; of those of one actor, or of the same words, the nearest."""
        found: dict[object, Candidate] = {}
        doubtful: list[Candidate] = []
        for span in self._near:
            end = End(span_id=span.id)
            if refusal(kind, self._source, end, self._around) is not None:
                continue
            label = self._project.scheme.label(span.label_id)
            same = span.actor_id or span.event_id or (span.label_id, name_key(span.words))
            if same not in found:
                name = self._tag_name(span)
                quote = shortened(span.words)
                candidate = found[same] = Candidate(end, name, "" if name == quote else quote, label)
                if kind.kinds and span.actor_id is None and span.label_id != kind.targets[0]:
                    doubtful.append(candidate)
        # Whether an actor that is not linked is of the kind that is asked for, nobody has said.
        return [*(one for one in found.values() if one not in doubtful), *doubtful]

    def _known_actors(self, kind: RelationType, query: str, here: set[object]) -> Iterator[Candidate]:
        actors = [*self._drafts.values(), *self._project.actors.values()]
        around = replace(self._around, actors={actor.id: actor for actor in actors})
        for actor in ranked(query, self._by_mentions(actors), lambda actor: actor.names):
            end = End(actor_id=actor.id)
            if actor.id not in here and refusal(kind, self._source, end, around) is None:
                yield Candidate(end, actor_name(actor), self._mentions(actor))

    def _known_events(self, kind: RelationType, query: str, here: set[object]) -> Iterator[Candidate]:
        events = list(self._project.events.values())
        for event in ranked(query, self._by_mentions(events), lambda event: (event.title,)):
            end = End(event_id=event.id)
            if event.id not in here and refusal(kind, self._source, end, self._around) is None:
                yield Candidate(end, shortened(event.title, _NAME), self._mentions(event))

    def _by_mentions(self, things: list[_T]) -> list[_T]:
        return sorted(things, key=lambda thing: -self._counts.get(thing.id, 0))  # type: ignore[attr-defined]  # actors or events

    def _mentions(self, thing: Actor | Event) -> str:
        count = self._counts.get(thing.id, 0)
        return trn("{n} mention", "{n} mentions", count) if count else ""

    def _tag_name(self, span: Span) -> str:
        if span.actor_id is not None:
            return actor_name(self._project.actor(span.actor_id))
        if span.event_id is not None:
            return shortened(self._project.event(span.event_id).title, _NAME)
        return shortened(span.words)

    def _names(self, end: End) -> tuple[str, ...]:
        """Return under what a tag is found: its words, and every name of the actor or event that it is linked to."""
        assert end.span_id is not None  # noqa: S101 - asked of tags
        span = self._around.spans[end.span_id]
        actor = self._project.actors.get(span.actor_id) if span.actor_id is not None else None
        return (span.words, *(actor.names if actor is not None else (self._tag_name(span),)))


def actor_name(actor: Actor) -> str:
    """Return what an actor is called in the language of the interface."""
    return actor.name_in(i18n.language())


def _distance(source: Span, other: Span) -> int:
    return max(0, other.start - source.end, source.start - other.end)
