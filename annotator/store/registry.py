# SPDX-License-Identifier: MIT
"""Queries of the registry: actors, events, and which tags mention them."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model.changes import RowChange
from annotator.model.ids import ActorId, ArticleId, EventId
from annotator.model.registry import Actor, Event
from annotator.store.columns import FLAG, ID, TUPLE, RecordTable

ACTORS = RecordTable(
    "actor",
    Actor,
    {"id": ID, "aliases": TUPLE, "members": TUPLE, "anonymous": FLAG, "annotator_id": ID},
)
EVENTS = RecordTable("event", Event, {"id": ID, "participants": TUPLE, "annotator_id": ID})


@dataclass(frozen=True, slots=True)
class Mention:
    """A tag in its context, as lists of mentions and hits show it.

    Attributes:
        before: what stands before the tag in its article, up to some dozens of code points.
        after: what stands behind it, likewise.
    """

    article_id: ArticleId
    article_title: str
    source: str
    start: int
    end: int
    before: str
    quote: str
    after: str


def actors(connection: sqlite3.Connection) -> list[Actor]:
    """Return all actors, the first to come first."""
    return ACTORS.where(connection, "order by id")


def events(connection: sqlite3.Connection) -> list[Event]:
    """Return all events, the first to come first."""
    return EVENTS.where(connection, "order by id")


def mention_counts(connection: sqlite3.Connection) -> dict[ActorId | EventId, int]:
    """Return how many tags are linked to each actor and event; those without any are left out."""
    rows = connection.execute(
        """
        select actor_id, count(*) from span where actor_id is not null group by actor_id
        union all
        select event_id, count(*) from span where event_id is not null group by event_id
        """
    )
    return {ActorId(id_.hex()): count for id_, count in rows}


def leaves_gaps(connection: sqlite3.Connection, changed: Iterable[RowChange]) -> bool:
    """Return whether, after rows changed, a group or event names an actor that is not there.

    Who belongs to a group or takes part in an event is kept as a list, which no foreign key watches over.
    """
    named: set[str] = set()
    gone: set[str] = set()
    for row in changed:
        if isinstance(row.after, Actor | Event):
            named.update(row.after.members if isinstance(row.after, Actor) else row.after.participants)
        elif isinstance(row.before, Actor):
            gone.add(row.before.id)
    if any(ACTORS.get(connection, id_) is None for id_ in named):
        return True
    return bool(gone) and not gone.isdisjoint(_named(connection))


def _named(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the ids of all actors whom a group or event names."""
    rows = connection.execute(
        """
        select members from actor where members <> '[]'
        union
        select participants from event where participants <> '[]'
        """
    )
    for (ids,) in rows:
        yield from json.loads(ids)


def in_context(
    connection: sqlite3.Connection, article_id: ArticleId, start: int, end: int, width: int
) -> Mention | None:
    """Return a stretch of an article, in code points, with what stands around it; None where there is no article."""
    # SQLite counts code points, from 1; so the text itself need not be read out.
    row = connection.execute(
        """
        select title, source, substr(body, max(:start - :width, 0) + 1, min(:width, :start)),
            substr(body, :start + 1, :end - :start), substr(body, :end + 1, :width)
        from article join text on text.sha256 = article.text_sha256
        where id = :id
        """,
        {"id": bytes.fromhex(article_id), "start": start, "end": end, "width": width},
    ).fetchone()
    if row is None:
        return None
    title, source, before, quote, after = row
    return Mention(article_id, title, source, start, end, before, quote, after)
