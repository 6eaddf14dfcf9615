# SPDX-License-Identifier: MIT
"""Acts on relations."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from annotator.errors import UserError
from annotator.model.changes import Changes, Op
from annotator.model.ids import RelationId, RelationTypeId, SpanId, new_id
from annotator.model.relation import End, Relation
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import RelationType
from annotator.model.span import Origin, Span
from annotator.ops.acts import done, one_act
from annotator.ops.owning import own_span
from annotator.project import Project
from annotator.store.row_changes import Act

#: Where the relations of each type lead, or are to lead.
Ends = Mapping[RelationTypeId, Sequence[End]]
NO_ENDS: Ends = MappingProxyType({})


@one_act
def add_relation(project: Project, type_id: RelationTypeId, source_id: SpanId, end: End) -> Changes:
    """Relate a tag to another tag of its article, to an actor or event, or to the author.

    Nothing changes where it is related so already.

    Raises:
        UserError: `relation_type_unknown`, `relation_type_archived`, `tag_unknown`, `tag_of_another`, `event_unknown`,
            or what `annotator.model.relation_rules.refusal` gives.
    """
    source = own_span(project, source_id)
    kind = _offered(project, type_id)
    params = {"relation": kind.id, "quote": source.words, "target": end_name(project, end)}
    with project.transact(Op.ADD_RELATION, params) as act:
        insert_ends(project, act, source, {kind.id: [end]})
    return done(act)


@one_act
def delete_relations(project: Project, relation_ids: Sequence[RelationId]) -> Changes:
    """Delete relations, as one act.

    Raises:
        UserError: `relation_unknown` or `tag_of_another`.
    """
    relations = [project.relation(relation_id) for relation_id in dict.fromkeys(relation_ids)]
    sources = [own_span(project, relation.source_id) for relation in relations]
    params = {
        "count": len(relations),
        "relation": relations[0].type_id if relations else "",
        "quote": sources[0].words if sources else "",
    }
    with project.transact(Op.DELETE_RELATIONS, params) as act:
        act.delete(relations)
    return done(act)


def insert_ends(project: Project, act: Act, source: Span, ends: Ends) -> None:
    """Within an act, relate a tag to ends to which it is not related yet.

    Raises:
        UserError: see `add_relation`.
    """
    if not any(ends.values()):
        return
    around = _surroundings(project, source)
    known = {(relation.type_id, relation.target) for relation in _from(project, source)}
    made: list[Relation] = []
    for type_id, targets in ends.items():
        for end in dict.fromkeys(targets):
            if (type_id, end) in known:
                continue  # what is there may stay, even where it would not be made any more
            kind = _offered(project, type_id)
            if end.event_id is not None:
                project.event(end.event_id)
            error = refusal(kind, source, end, around)
            if error is not None:
                raise error
            made.append(_relation(project, kind, source, end))
    act.insert(made)


def set_ends(project: Project, act: Act, source: Span, ends: Ends) -> None:
    """Within an act, let a tag's relations of the types named lead to just these ends.

    Raises:
        UserError: see `add_relation`.
    """
    gone = [
        relation
        for relation in _from(project, source)
        if relation.type_id in ends and relation.target not in ends[relation.type_id]
    ]
    act.delete(gone)
    insert_ends(project, act, source, ends)


def end_name(project: Project, end: End) -> str:
    """Return what an end is called in messages: a tag's words, an actor's or event's name, "" for the author."""
    if end.span_id is not None:
        return project.span(end.span_id).words
    if end.actor_id is not None:
        actor = project.actor(end.actor_id)
        return actor.name_ar or actor.name_en
    return project.event(end.event_id).title if end.event_id is not None else ""


def offered_types(project: Project, source: Span, end: End) -> list[RelationType]:
    """Return the relation types that may lead from a tag to an end."""
    around = _surroundings(project, source)
    kinds = project.scheme.relation_types_from(source.label_id)
    return [kind for kind in kinds if refusal(kind, source, end, around) is None]


def _surroundings(project: Project, source: Span) -> Surroundings:
    # Another annotator's tags are another layer.
    spans = {span.id: span for span in project.spans(source.article_id) if span.annotator_id == source.annotator_id}
    return Surroundings(project.scheme, spans, project.actors)


def _from(project: Project, source: Span) -> Iterable[Relation]:
    return (r for r in project.relations_touching([source.id]) if r.source_id == source.id)


def _relation(project: Project, kind: RelationType, source: Span, end: End) -> Relation:
    return Relation(
        id=RelationId(new_id()),
        article_id=source.article_id,
        type_id=kind.id,
        source_id=source.id,
        target_span_id=end.span_id,
        target_actor_id=end.actor_id,
        target_event_id=end.event_id,
        origin=Origin.MANUAL,
        annotator_id=project.annotator.id,
        created_at=project.now(),
    )


def _offered(project: Project, type_id: RelationTypeId) -> RelationType:
    kind = project.scheme.relation_type(type_id)
    if kind.archived:
        raise UserError("relation_type_archived", relation=kind.name.both)
    return kind
