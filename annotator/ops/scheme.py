# SPDX-License-Identifier: MIT
"""Acts on the scheme. None loses a tag: what is in use stays, archived, and what no longer fits is for review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.errors import UserError
from annotator.model.attributes import ACTOR_KIND, Attribute
from annotator.model.changes import Changes, Op
from annotator.model.ids import AttributeId, LabelId
from annotator.model.scheme import Label, RelationType, Scheme, SchemePart
from annotator.model.scheme_rules import scheme_problems
from annotator.model.span import Certainty, Span
from annotator.ops.acts import done, one_act
from annotator.ops.filling import fitting_values
from annotator.project import Project
from annotator.store.row_changes import Act
from annotator.store.scheme import scheme_particulars

#: The tuples of a scheme, those first that others point to.
_LISTS = ("layers", "all_labels", "attributes", "relation_types", "document_labels")


@dataclass(frozen=True, slots=True)
class Clash:
    """A part of the scheme that another scheme lacks although it is in use: it would stay, archived.

    Attributes:
        uses: how many tags, relations or labels have it.
    """

    part: SchemePart
    uses: int


def scheme_clashes(project: Project, scheme: Scheme) -> list[Clash]:
    """Return what is in use and not in `scheme`: what `change_scheme` would keep, archived."""
    return [
        Clash(part, uses)
        for name in _LISTS
        if name != "layers"  # a layer is kept for its labels, which are told of
        for part in _gone(getattr(project.scheme, name), getattr(scheme, name))
        if (uses := project.uses(part)) and not part.archived
    ]


@one_act
def change_scheme(project: Project, scheme: Scheme, *, since: int | None = None) -> Changes:
    """Give the project another scheme, as one act.

    Parts are told apart by their ids: one with a new id is added, one with a known id changed. What `scheme` lacks is
    deleted where nothing is tagged with it, and else kept, archived, at the end of its list.

    Args:
        project: whose scheme.
        scheme: the other one.
        since: the version of the project's scheme that it was made from, if it may have changed meanwhile.

    Raises:
        UserError: `scheme_invalid`, or `scheme_changed` where someone else has changed it since; and then nothing was
            changed.
    """
    if since is not None and project.scheme.version != since:
        raise UserError("scheme_changed")
    with project.transact(Op.CHANGE_SCHEME, {"name": scheme.name.both}) as act:
        put_scheme(project, act, _with_what_is_used(project, scheme))
    return done(act)


@one_act
def merge_labels(project: Project, label_id: LabelId, into_id: LabelId) -> Changes:
    """Make one label of two, as one act: the first one's tags, of all annotators, get the second one's, and it goes.

    What attributes and relation types say of the first, they say of the second afterwards. Of two tags that are then
    the same and say nothing of their own, one is left.

    Raises:
        UserError: `label_unknown`, `label_archived` for the second, or `labels_the_same`.
    """
    label, into = _two_labels(project, label_id, into_id)
    merged = _renamed(project.scheme, label.id, into.id)
    with project.transact(Op.MERGE_LABELS, {"other": label.name.both, "label": into.id}) as act:
        _relabel(project, act, merged, label, into.id)
        put_scheme(project, act, merged)
    return done(act)


@one_act
def move_tags(project: Project, label_id: LabelId, into_id: LabelId) -> Changes:
    """Give all tags of a label, of all annotators, another one, as one act; the label itself stays.

    Raises:
        UserError: `label_unknown`, `label_archived` for the second, or `labels_the_same`.
    """
    label, into = _two_labels(project, label_id, into_id)
    params: dict[str, object] = {"count": 0, "other": label.name.both, "label": into.id}
    with project.transact(Op.MOVE_TAGS, params) as act:
        params["count"] = _relabel(project, act, project.scheme, label, into.id)
    return done(act)


def _two_labels(project: Project, label_id: LabelId, into_id: LabelId) -> tuple[Label, Label]:
    label, into = project.scheme.label(label_id), project.scheme.label(into_id)
    if label.id == into.id:
        raise UserError("labels_the_same", label=label.name.both)
    if not project.scheme.is_offered(into):
        raise UserError("label_archived", label=into.name.both)
    return label, into


def put_scheme(project: Project, act: Act, scheme: Scheme, before: Scheme | None = None) -> Scheme:
    """Within an act, write a scheme in the place of the present one, or of what the act has made of that; return it.

    Raises:
        UserError: `scheme_invalid`.
    """
    before = before or project.scheme
    after = replace(scheme.numbered(), version=before.version)
    problems = scheme_problems(after)
    if problems:
        raise UserError("scheme_invalid", detail="; ".join(problems))
    if after == before.numbered():
        return before
    after = replace(after, version=project.next_act())
    for name in _LISTS:
        known: dict[str, SchemePart] = {part.id: part for part in getattr(before, name)}
        parts: tuple[SchemePart, ...] = getattr(after, name)
        act.insert([part for part in parts if part.id not in known])
        for part in parts:
            if part.id in known:
                act.update(known[part.id], part)
    for name in reversed(_LISTS):
        act.delete(_gone(getattr(before, name), getattr(after, name)))
    for old, new in zip(scheme_particulars(before), scheme_particulars(after), strict=True):
        act.update(old, new)
    return after


def _gone(before: Sequence[SchemePart], after: Sequence[SchemePart]) -> list[SchemePart]:
    kept = {part.id for part in after}
    return [part for part in before if part.id not in kept]


def _with_what_is_used(project: Project, scheme: Scheme) -> Scheme:
    """Return a scheme together with what it lacks of the present one although it is in use, archived."""
    kept = {
        name: tuple(part for part in _gone(getattr(project.scheme, name), getattr(scheme, name)) if project.uses(part))
        for name in _LISTS
    }
    gone = (part for part in kept["all_labels"] if isinstance(part, Label))
    labels = {label.layer_id for label in (*scheme.all_labels, *gone)}
    known = {layer.id for layer in scheme.layers}
    kept["layers"] = tuple(one for one in project.scheme.layers if one.id in labels - known)
    archived: dict[str, Any] = {
        name: (*getattr(scheme, name), *(replace(part, archived=True) for part in parts))
        for name, parts in kept.items()
    }
    return _with_known_ends(replace(scheme, **archived))


def _with_known_ends(scheme: Scheme) -> Scheme:
    """Return a scheme whose archived attributes and relation types speak only of what is there."""
    labels = {*(label.id for label in scheme.all_labels)}
    asked = {*map(str, labels), *(label.id for label in scheme.document_labels)}
    attributes = {str(attribute.id) for attribute in scheme.attributes}

    choices = {attribute.id: {value.id for value in attribute.values} for attribute in scheme.attributes}
    kinds = {kind.id for kind in scheme.relation_types}

    def attribute(one: Attribute) -> Attribute:
        outer = one.depends_on if one.depends_on in attributes else ""
        known = choices.get(AttributeId(outer), set())
        values = tuple(
            replace(
                value,
                within=tuple(id_ for id_ in value.within if id_ in known),
                needs=tuple(kind for kind in value.needs if kind in kinds),
            )
            for value in one.values
        )
        labels = tuple(label for label in one.labels if label in asked)
        return replace(one, labels=labels, depends_on=outer, values=values)

    def kind(one: RelationType) -> RelationType:
        return replace(
            one,
            sources=tuple(label for label in one.sources if label in labels),
            targets=tuple(label for label in one.targets if label in labels),
            kinds=tuple(id_ for id_ in one.kinds if id_ in choices.get(ACTOR_KIND, set())),
            unless=one.unless if one.unless in attributes else "",
        )

    return replace(
        scheme,
        attributes=tuple(attribute(one) if one.archived else one for one in scheme.attributes),
        relation_types=tuple(kind(one) if one.archived else one for one in scheme.relation_types),
    )


def _renamed(scheme: Scheme, label_id: LabelId, into_id: LabelId) -> Scheme:
    """Return a scheme without a label, in which another one stands wherever it stood."""

    def ids(labels: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(into_id if label == label_id else label for label in labels))

    return replace(
        scheme,
        all_labels=tuple(label for label in scheme.all_labels if label.id != label_id),
        attributes=tuple(replace(one, labels=ids(one.labels)) for one in scheme.attributes),
        relation_types=_with_keys_apart(
            [replace(one, sources=ids(one.sources), targets=ids(one.targets)) for one in scheme.relation_types]
        ),
    )


def _with_keys_apart(kinds: Sequence[RelationType]) -> tuple[RelationType, ...]:
    """Return relation types of which no two that start from one label have one key: the first keeps it."""
    taken: set[tuple[str, str]] = set()
    apart = []
    for kind in kinds:
        keys = {(label, kind.shortcut.upper()) for label in kind.sources if kind.shortcut and not kind.archived}
        apart.append(replace(kind, shortcut="") if keys & taken else kind)
        taken |= keys
    return tuple(apart)


def _relabel(project: Project, act: Act, scheme: Scheme, label: Label, into_id: LabelId) -> int:
    """Within an act, give the tags of a label another one; return how many they were."""
    spans = project.spans_of_label(label.id)
    twins = {_place(span): span for span in project.spans_of_label(into_id)}
    for span in spans:
        values = fitting_values(scheme, label.id, into_id, span.attributes)
        after = replace(span, label_id=into_id, attributes=values)
        twin = twins.get(_place(span))
        if twin is not None and _adds_nothing(project, after, twin):
            act.delete([span])
        else:
            act.update(span, after)
    return len(spans)


def _place(span: Span) -> tuple[object, ...]:
    return span.article_id, span.start, span.end, span.pieces, span.annotator_id


def _adds_nothing(project: Project, span: Span, twin: Span) -> bool:
    """Return whether a tag says nothing that its twin does not say."""
    same = all(twin.attributes.get(key) == value for key, value in span.attributes.items())
    links = all(link is None or link == other for link, other in zip(_links(span), _links(twin), strict=True))
    sure = span.certainty is twin.certainty or span.certainty is Certainty.SURE
    return same and links and sure and not span.note and not project.relations_touching([span.id])


def _links(span: Span) -> tuple[object, ...]:
    return span.actor_id, span.event_id
