# SPDX-License-Identifier: MIT
"""Questions about the actors and events of a project, which are read once and kept in step with its acts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.errors import UserError
from annotator.model.changes import Changes, Record, RowChange
from annotator.model.ids import (
    ActorId,
    EventId,
)
from annotator.model.registry import Actor, Event, name_key
from annotator.model.span import Span
from annotator.project.asking import Asking, known
from annotator.store import history_rows, registry


@dataclass(frozen=True, slots=True)
class RegistryRead:
    """The registry as it was after an act of the history, with what is worked out from it.

    Attributes:
        end: the number of that act.
        actors, owners, events, counts: see the questions of these names.
    """

    end: int
    actors: Mapping[ActorId, Actor]
    owners: Mapping[str, ActorId]
    events: Mapping[EventId, Event]
    counts: Mapping[ActorId | EventId, int]


class RegistryQuestions(Asking):
    """What a project knows of its actors and events."""

    _actors: dict[ActorId, Actor] | None = None
    _owners: dict[str, ActorId] | None = None
    _events: dict[EventId, Event] | None = None
    _counts: Counter[ActorId | EventId] | None = None
    #: The number of the newest act that what is kept in memory takes in.
    _known: int

    def read_registry(self) -> RegistryRead:
        """Read all of the registry, as another connection in a thread does for `take_registry` of this one."""
        with self._database.snapshot() as connection:
            end = history_rows.end(connection)
            self._actors = self._owners = self._events = self._counts = None
            return RegistryRead(end, self.actors, self.owners_of_names, self.events, self.mention_counts())

    def take_registry(self, read: RegistryRead) -> bool:
        """Keep what a thread has read; False where this project knows of more or fewer acts, and it is read again."""
        if self._known != read.end:
            return False
        self._actors, self._owners = dict(read.actors), dict(read.owners)
        self._events, self._counts = dict(read.events), Counter(read.counts)
        return True

    @property
    def knows_registry(self) -> bool:
        """Whether all of the registry is in memory."""
        return self._actors is not None and self._owners is not None and self._counts is not None

    def _hear_registry(self, changes: Changes) -> None:
        """Keep what is kept in memory in step with an act."""
        if changes.spilled:
            self._actors = self._owners = self._events = self._counts = None
            return
        if self._counts is not None:
            for row in changes.rows:
                self._recount(row.before, -1)
                self._recount(row.after, 1)
        if changes.registry_changed:
            self._events = None
            self._hear_actors(changes)

    def _recount(self, record: Record | None, step: int) -> None:
        if isinstance(record, Span) and self._counts is not None:
            for linked in (record.actor_id, record.event_id):
                if linked is not None:
                    self._counts[linked] += step

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
    def actors_by_need(self) -> Mapping[ActorId, Actor]:
        """Return the actors of the registry so that one alone is read where only one is asked for."""
        return _ActorsByNeed(self) if self._actors is None else self._actors

    @property
    def owners_of_names(self) -> Mapping[str, ActorId]:
        """Return whose each name and alias is, by its `name_key`; read once until one changes."""
        if self._owners is None:
            self._owners = {key: actor.id for actor in self.actors.values() for key in _keys(actor)}
        return self._owners

    def each_name(self) -> Iterator[str]:
        """Yield every name and alias by its `name_key`, without keeping what is read for it."""
        if self._owners is not None:
            yield from self._owners
            return
        with self._database.read() as connection:
            for actor in registry.ACTORS.in_order(connection):
                yield from _keys(actor)

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
        return known(self.actors_by_need.get(actor_id), "actor_unknown", actor=actor_id)

    def event(self, event_id: EventId) -> Event:
        """Return an event.

        Raises:
            UserError: `event_unknown`.
        """
        return known(self.events.get(event_id), "event_unknown", event=event_id)

    def mention_counts(self) -> Mapping[ActorId | EventId, int]:
        """Return how many tags are linked to each actor and event; those without any are left out."""
        if self._counts is None:
            with self._database.read() as connection:
                counts = Counter(registry.mention_counts(connection))
            if self._database.is_waiting:  # an act may be in them already, and is heard only when it is done
                return +counts
            self._counts = counts
        return +self._counts

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


class _ActorsByNeed(Mapping[ActorId, Actor]):
    """All actors, of which each is read when it is asked for."""

    def __init__(self, project: RegistryQuestions) -> None:
        self._project = project
        self._seen: dict[ActorId, Actor | None] = {}

    def __getitem__(self, actor_id: ActorId) -> Actor:
        if actor_id not in self._seen:
            with self._project._database.read() as connection:  # noqa: SLF001 - a part of it
                self._seen[actor_id] = registry.ACTORS.get(connection, actor_id)
        found = self._seen[actor_id]
        if found is None:
            raise KeyError(actor_id)
        return found

    def __iter__(self) -> Iterator[ActorId]:
        return iter(self._project.actors)

    def __len__(self) -> int:
        return len(self._project.actors)


def _keys(record: Record | None) -> set[str]:
    """Return the names of an actor as they are compared; none of anything else."""
    return set(map(name_key, record.names)) if isinstance(record, Actor) else set()
