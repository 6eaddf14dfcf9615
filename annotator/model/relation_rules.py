# SPDX-License-Identifier: MIT
"""Which relations a scheme allows: one rule for making them, offering them, and finding those that no longer fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.errors import UserError
from annotator.model.ids import ActorId, SpanId
from annotator.model.registry import Actor
from annotator.model.relation import End
from annotator.model.scheme import Links, RelationType, Scheme
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules look things up in: the scheme, the spans of one article, the actors of the registry."""

    scheme: Scheme
    spans: Mapping[SpanId, Span]
    actors: Mapping[ActorId, Actor]


def refusal(kind: RelationType, source: Span, end: End, around: Surroundings) -> UserError | None:
    """Return why a relation of this type cannot lead from `source` to `end`, or None where it can.

    The error is one of `relation_not_from`, `relation_not_to_author`, `relation_to_itself`, `tag_unknown`,
    `relation_not_to`, `relation_not_to_actor`, `relation_not_to_event`, `actor_unknown` or `relation_not_to_kind`.
    """
    if source.label_id not in kind.sources:
        return UserError(
            "relation_not_from", relation=kind.name.both, label=around.scheme.label(source.label_id).name.both
        )
    if end.is_author:
        return None if kind.author else UserError("relation_not_to_author", relation=kind.name.both)
    if end.span_id is not None:
        return _to_span(kind, source, end.span_id, around)
    links = around.scheme.links_of(kind)
    if end.event_id is not None:
        return None if Links.EVENT in links else UserError("relation_not_to_event", relation=kind.name.both)
    if Links.ACTOR not in links:
        return UserError("relation_not_to_actor", relation=kind.name.both)
    return _of_kind(kind, end.actor_id, around)


def _to_span(kind: RelationType, source: Span, span_id: SpanId, around: Surroundings) -> UserError | None:
    target = around.spans.get(span_id)
    if target is None:
        return UserError("tag_unknown", tag=span_id)
    if target.id == source.id:
        return UserError("relation_to_itself", relation=kind.name.both, quote=source.quote)
    if target.label_id not in kind.targets:
        label = around.scheme.label(target.label_id).name.both
        return UserError("relation_not_to", relation=kind.name.both, label=label, quote=target.quote)
    links_to_actors = around.scheme.label(target.label_id).links is Links.ACTOR
    return _of_kind(kind, target.actor_id, around) if target.actor_id and links_to_actors else None


def _of_kind(kind: RelationType, actor_id: ActorId | None, around: Surroundings) -> UserError | None:
    """Refuse an actor of a kind that the relation does not lead to; one whose kind is not known may be of any."""
    actor = around.actors.get(actor_id) if actor_id is not None else None
    if actor is None:
        return UserError("actor_unknown", actor=actor_id)
    if kind.kinds and actor.kind and actor.kind not in kind.kinds:
        return UserError("relation_not_to_kind", relation=kind.name.both, actor=actor.name_ar or actor.name_en)
    return None
