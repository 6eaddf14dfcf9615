# SPDX-License-Identifier: MIT
"""Questions about the actors and events of a project, which are read once and kept in step with its acts."""

from collections.abc import Mapping, Sequence

from annotator.errors import UserError
from annotator.model.changes import Changes, Record, RowChange
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
        if changes.spilled:
            self._actors = self._owners = self._events = None
        elif changes.registry_changed:
            self._events = None
            self._hear_actors(changes)

    def _refuse_shared_names(self, changes: Changes) -> None:
        """Refuse to bring a name back that another annotator has given to another actor meanwhile.

        Raises:
            UserError: `undo_conflict`.
        """
        rows = [row for row in changes.rows if isinstance(row.record, Actor)]
        held = [key for row in rows for key in _keys(row.after)]
        coming = {key for row in rows for key in _keys(row.after) - _keys(row.before)}
        if coming and (len(set(held)) < len(held) or not coming.isdisjoint(self._names_besides(rows))):
            raise UserError("undo_conflict", op=changes.op)

    def _names_besides(self, rows: Sequence[RowChange]) -> set[str]:
        """Return the names, by `name_key`, of all actors but those whom these changes are about."""
        changed = {row.record.id for row in rows}
        if self._owners is not None:
            return {key for key, owner in self._owners.items() if owner not in changed}
        with self._database.read() as connection:
            others = [actor for actor in registry.actors(connection) if actor.id not in changed]
        return {key for actor in others for key in _keys(actor)}

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
            self._owners = {key: actor.id for actor in self.actors.values() for key in _keys(actor)}
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
                for key in _keys(row.before):
                    self._owners.pop(key, None)
            for row in rows:
                self._owners.update(dict.fromkeys(_keys(row.after), ActorId(row.record.id)))


def _keys(record: Record | None) -> set[str]:
    """Return the names of an actor as they are compared; none of anything else."""
    return set(map(name_key, record.names)) if isinstance(record, Actor) else set()
