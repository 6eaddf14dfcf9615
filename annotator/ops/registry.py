# SPDX-License-Identifier: MIT
"""What acts on actors and on events share: the tags and relations that point to them.

The registry belongs to all who work in a project: merging two actors points everyone's tags to the one that stays, and
touches nothing else of them. Deleting, which would take something from them, spares what others have linked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar, cast

from annotator.errors import UserError
from annotator.model.ids import ActorId, EventId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.project import Project
from annotator.store.row_changes import Act

Link = Literal["actor_id", "event_id"]
Ids = Sequence[ActorId] | Sequence[EventId]
_Id = TypeVar("_Id", ActorId, EventId)
R = TypeVar("R", Actor, Event)


def point(act: Act, spans: Iterable[Span], link: Link, target: ActorId | EventId | None) -> None:
    """Within an act, link tags to an actor or event, or to none."""
    pointed = ((span, replace(span, **{link: target})) for span in spans)  # type: ignore[arg-type]  # as `link` says
    act.update_all(pointed)


def repoint(project: Project, act: Act, ids: Ids, link: Link, target: ActorId | EventId) -> None:
    """Within an act, point every tag and relation that points to one of `ids` to `target` instead."""
    point(act, project.linked_spans(ids), link, target)
    kept = {_place(relation) for relation in project.relations_to(cast("list[ActorId]", [target]))}
    for relation in project.relations_to(ids):
        after = (
            replace(relation, target_actor_id=ActorId(target))
            if link == "actor_id"
            else replace(relation, target_event_id=EventId(target))
        )
        if _place(after) in kept:
            # Two relations that said the same of two actors now say the same of one.
            act.delete([relation])
        else:
            kept.add(_place(after))
            act.update(relation, after)


def unpoint(project: Project, act: Act, ids: Ids, link: Link) -> None:
    """Within an act, take the links of tags, and the relations, that point to any of `ids` away.

    Raises:
        UserError: `others_links` where another annotator's would go along.
    """
    spans, relations = project.linked_spans(ids), project.relations_to(ids)
    makers = [*(span.annotator_id for span in spans), *(relation.annotator_id for relation in relations)]
    foreign = sum(maker != project.annotator.id for maker in makers)
    if foreign:
        raise UserError("others_links", count=foreign)
    act.delete(relations)
    point(act, spans, link, None)


def replaced(ids: Sequence[_Id], gone: Iterable[_Id], by: _Id | None) -> tuple[_Id, ...]:
    """Return a list of ids with others in the place of some, each once."""
    leaving = set(gone)
    changed = [by if one in leaving else one for one in ids]
    return tuple(dict.fromkeys(one for one in changed if one is not None))


def rebased(wanted: R, seen: R, now: R) -> R:
    """Return a record as it is now, with what of it is wanted otherwise than it was seen.

    Who edits a record has seen it as it was a moment ago; what others have changed of it since stays. Of a list, what
    was added and what was taken out counts.
    """
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(wanted)):
        after, before, value = getattr(wanted, name), getattr(seen, name), getattr(now, name)
        if after == before:
            values[name] = value
        elif isinstance(after, tuple) and value != before:
            values[name] = _joined(after, before, value)
    return replace(wanted, **values)


def _joined(after: Sequence[Any], before: Sequence[Any], now: Sequence[Any]) -> tuple[Any, ...]:
    kept = [item for item in now if item in after or item not in before]
    return tuple(dict.fromkeys([*kept, *(item for item in after if item not in before)]))


def _place(relation: Relation) -> tuple[object, ...]:
    return relation.source_id, relation.type_id, relation.target
