# SPDX-License-Identifier: MIT
"""Whom a file names: its annotators, and the actors and events of its registry, found or made in the project."""

import re
from collections.abc import Iterable
from dataclasses import replace

from annotator.model import exchange
from annotator.model.annotator import Annotator
from annotator.model.ids import ActorId, AnnotatorId, EventId, new_id
from annotator.model.registry import Actor, Event, name_key, tidied
from annotator.model.scheme import Links
from annotator.project import Project
from annotator.store.row_changes import Act

_ID = re.compile("[0-9a-f]{32}")


def is_id(text: str) -> bool:
    """Return whether a text is an id as this program makes them."""
    return _ID.fullmatch(text) is not None


def kept_id(wished: str, taken: bool) -> str:  # noqa: FBT001 - the answer to "is it taken?"
    """Return an id as a file has it, where it is one of ours and free; else a new one."""
    return wished if not taken and is_id(wished) else new_id()


def _ids_of(entity: str) -> tuple[str, str]:
    """Return the id and the external id of what a file has only an id of; one of ours is kept."""
    made = kept_id(entity, taken=False)
    return made, "" if made == entity else entity


class Annotators:
    """The annotators of a file, each by name: those of the project, and new ones."""

    def __init__(self, project: Project, header: exchange.Header) -> None:
        self._known = {one.name: one.id for one in project.annotators()}
        self._taken = set(self._known.values())
        self._ids = {one.name: str(one.id) for one in header.annotators}
        self.names = {str(one.id): one.name for one in header.annotators}
        self._own = project.annotator.id
        self.new: list[Annotator] = []
        self._written = 0

    def unwritten(self) -> list[Annotator]:
        """Return the new ones that this was not asked for before, to be written."""
        first, self._written = self._written, len(self.new)
        return self.new[first:]

    def id_of(self, name: str) -> AnnotatorId:
        """Return the id of an annotator; whoever imports stands for one without a name."""
        name = name.strip()
        if not name:
            return self._own
        if name not in self._known:
            wished = self._ids.get(name, "")
            annotator = Annotator(AnnotatorId(kept_id(wished, wished in self._taken)), name)
            self.new.append(annotator)
            self._known[name] = annotator.id
            self._taken.add(annotator.id)
        return self._known[name]


class Entities:
    """The actors and events that a file links to, each by the id that the file has for it."""

    def __init__(self, project: Project, header: exchange.Header, annotators: Annotators) -> None:
        self._project, self._annotators = project, annotators
        self._actors = dict(project.actors)
        self._owners = dict(project.owners_of_names)
        self._events = dict(project.events)
        self._titles = {(name_key(event.title), event.date): event.id for event in self._events.values()}
        everyone: tuple[Actor | Event, ...] = (*self._actors.values(), *self._events.values())
        self._external = {one.external_id: str(one.id) for one in everyone if one.external_id}
        self._ids: dict[str, str] = {}
        self._new: list[Actor | Event] = []
        self._take_actors(header.actors)
        self._take_events(header.events)

    def insert(self, act: Act) -> None:
        """Within an act, insert those that were made since the last time."""
        actors = [one for one in self._new if isinstance(one, Actor)]
        events = [one for one in self._new if isinstance(one, Event)]
        self._new = []
        act.insert(actors)
        act.insert(events)

    def actor(self, entity: str) -> ActorId | None:
        """Return the actor whom an id of the file means, if it is one."""
        found = ActorId(self._ids.get(entity) or self._external.get(entity) or entity)
        return found if found in self._actors else None

    def event(self, entity: str) -> EventId | None:
        """Return the event which an id of the file means, if it is one."""
        found = EventId(self._ids.get(entity) or self._external.get(entity) or entity)
        return found if found in self._events else None

    def made(self, entity: str, links: Links, quote: str) -> None:
        """Make an actor or event for an id of which the file says nothing else, named as it is mentioned first."""
        now, own = self._project.now(), self._project.annotator.id
        name = " ".join(quote.split())
        if links is Links.ACTOR and name_key(name):
            owner = self._owners.get(name_key(name))
            if owner:
                self._ids[entity] = owner
            else:
                made, external = _ids_of(entity)
                self._add_actor(Actor(ActorId(made), name, "", own, now, external_id=external), entity)
        elif links is Links.EVENT and name_key(name):
            made, external = _ids_of(entity)
            self._add_event(Event(EventId(made), name, own, now, external_id=external), entity)

    def _take_actors(self, given: Iterable[Actor]) -> None:
        for actor in given:
            owner = next((self._owners[key] for key in map(name_key, actor.names) if key in self._owners), None)
            if actor.id in self._actors or owner:
                self._ids[actor.id] = str(actor.id if actor.id in self._actors else owner)
                continue
            new = ActorId(kept_id(actor.id, taken=False))
            members = tuple(ActorId(self._ids.get(member, member)) for member in actor.members)
            own = tidied(replace(actor, id=new, members=members, annotator_id=self._maker(actor)))
            if name_key(own.name_ar) or name_key(own.name_en):
                self._add_actor(own, actor.id)
        self._forget_strangers()

    def _forget_strangers(self) -> None:
        """Leave members out who are not in the file, and name those who came later by their new ids."""

        def own(actor: Actor) -> Actor:
            members = (ActorId(self._ids.get(member, member)) for member in actor.members)
            known = tuple(dict.fromkeys(one for one in members if one in self._actors and one != actor.id))
            return replace(actor, members=known)

        self._new = [own(one) if isinstance(one, Actor) else one for one in self._new]

    def _take_events(self, given: Iterable[Event]) -> None:
        for event in given:
            twin = self._titles.get((name_key(event.title), event.date))
            if event.id in self._events or twin:
                self._ids[event.id] = str(event.id if event.id in self._events else twin)
                continue
            participants = (ActorId(self._ids.get(one, one)) for one in event.participants)
            known = tuple(dict.fromkeys(one for one in participants if one in self._actors))
            new = EventId(kept_id(event.id, taken=False))
            maker = self._maker(event)
            if name_key(event.title):
                self._add_event(replace(event, id=new, participants=known, annotator_id=maker), event.id)

    def _maker(self, record: Actor | Event) -> AnnotatorId:
        return self._annotators.id_of(self._annotators.names.get(record.annotator_id, ""))

    def _add_actor(self, actor: Actor, entity: str) -> None:
        self._actors[actor.id] = actor
        self._ids[entity] = actor.id
        for name in actor.names:
            self._owners.setdefault(name_key(name), actor.id)
        self._new.append(actor)

    def _add_event(self, event: Event, entity: str) -> None:
        self._events[event.id] = event
        self._ids[entity] = event.id
        self._titles.setdefault((name_key(event.title), event.date), event.id)
        self._new.append(event)
