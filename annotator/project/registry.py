# SPDX-License-Identifier: MIT
"""Questions about the actors and events of a project, which are read once and kept in step with its acts."""

from collections.abc import Mapping

from annotator.model.changes import Changes
from annotator.model.ids import (
    ActorId,
    EventId,
)
from annotator.model.registry import Actor, Event, name_key
from annotator.project.asking import Asking, known
from annotator.store import registry


class RegistryQuestions(Asking):
    """What a project knows of its actors and events."""

    _actors: dict[ActorId, Actor] | None = None
    _owners: dict[str, ActorId] | None = None
    _events: dict[EventId, Event] | None = None

    def _hear_registry(self, changes: Changes) -> None:
        """Keep what is kept in memory in step with an act."""
        if changes.registry_changed:
            self._events = None
            self._hear_actors(changes)

    @property
    def actors(self) -> Mapping[ActorId, Actor]:
        """Return the actors of the registry by their ids, the first to come first; read once until one changes."""
        if self._actors is None:
            with self._database.read() as connection:
                self._actors = {actor.id: actor for actor in registry.actors(connection)}
        return self._actors

    @property
    def owners_of_names(self) -> Mapping[str, ActorId]:
        """Return whose each name and alias is, by its `name_key`; read once until one changes."""
        if self._owners is None:
            self._owners = {name_key(name): actor.id for actor in self.actors.values() for name in actor.names}
        return self._owners

    @property
    def events(self) -> Mapping[EventId, Event]:
        """Return the events of the registry by their ids, the first to come first; read once until one changes."""
        if self._events is None:
            with self._database.read() as connection:
                self._events = {event.id: event for event in registry.events(connection)}
        return self._events

    def actor(self, actor_id: ActorId) -> Actor:
        """Return an actor.

        Raises:
            UserError: `actor_unknown`.
        """
        return known(self.actors.get(actor_id), "actor_unknown", actor=actor_id)

    def event(self, event_id: EventId) -> Event:
        """Return an event.

        Raises:
            UserError: `event_unknown`.
        """
        return known(self.events.get(event_id), "event_unknown", event=event_id)

    def mention_counts(self) -> Mapping[ActorId | EventId, int]:
        """Return how many tags are linked to each actor and event; those without any are left out."""
        with self._database.read() as connection:
            return registry.mention_counts(connection)

    def _hear_actors(self, changes: Changes) -> None:
        """Keep the actors in step, row by row: reading thousands anew would be felt at every link."""
        rows = [row for row in changes.rows if isinstance(row.record, Actor)]
        if self._actors is not None:
            changed = dict(self._actors)
            for row in rows:
                changed.pop(ActorId(row.record.id), None)
            changed.update((row.after.id, row.after) for row in rows if isinstance(row.after, Actor))
            self._actors = dict(sorted(changed.items()))
        if self._owners is not None:
            for row in rows:
                for name in row.before.names if isinstance(row.before, Actor) else ():
                    self._owners.pop(name_key(name), None)
            for row in rows:
                for name in row.after.names if isinstance(row.after, Actor) else ():
                    self._owners[name_key(name)] = ActorId(row.record.id)
