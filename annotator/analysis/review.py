# SPDX-License-Identifier: MIT
"""What of a tag is missing or no longer fits the scheme: kept as it is, and listed for review."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.errors import UserError
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AttributeId
from annotator.model.relation import Relation
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import Links, RelationType, Scheme
from annotator.model.span import Span

_LINKED = {Links.ACTOR: "actor_id", Links.EVENT: "event_id"}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a tag lacks, or that no longer fits.

    Attributes:
        key: which, a key of `annotator.sentences.ISSUE_MESSAGES`.
        params: what the sentence names.
        missing: whether something is wanted that is not there, rather than there and not wanted.
        attribute_id: the attribute that it is about, or "".
    """

    key: str
    params: Mapping[str, object] = field(hash=False)
    missing: bool = False
    attribute_id: AttributeId | str = ""


def tag_issues(span: Span, relations_from: Sequence[Relation], around: Surroundings) -> list[Issue]:
    """Return all issues of a tag; none where it is as its scheme wants it.

    Args:
        span: the tag.
        relations_from: the relations that start from it.
        around: the scheme, the annotator's spans of the same article, the registry.
    """
    scheme = around.scheme
    label = scheme.label(span.label_id)
    issues = [*_values(scheme, label.id, span.attributes)]
    if not scheme.is_offered(label):
        issues.insert(0, Issue("label_archived", {"label": label.name.both}))
    for links, link in _LINKED.items():
        if getattr(span, link) is not None and label.links is not links:
            issues.append(Issue(f"{links}_link_unfit", {"label": label.name.both}))
    issues.extend(
        Issue("relation_missing", {"relation": kind.name.both}, missing=True)
        for kind in missing_relations(span, relations_from, scheme)
    )
    issues.extend(_unfit_relations(span, relations_from, around))
    return issues


def document_tag_issues(tag: DocumentTag, scheme: Scheme) -> list[Issue]:
    """Return all issues of a document tag."""
    label = scheme.document_label(tag.label_id)
    archived = [Issue("label_archived", {"label": label.name.both})] if label.archived else []
    return [*archived, *_values(scheme, label.id, tag.attributes)]


def _values(scheme: Scheme, label_id: str, values: Mapping[AttributeId, AttributeValue]) -> Iterator[Issue]:
    asked = {attribute.id: attribute for attribute in scheme.attributes_of(label_id)}
    known = {attribute.id: attribute for attribute in scheme.attributes}
    for attribute_id, value in values.items():
        attribute = asked.get(attribute_id)
        if attribute is None:
            name: object = known[attribute_id].name.both if attribute_id in known else attribute_id
            yield Issue("attribute_unasked", {"attribute": name}, attribute_id=attribute_id)
        elif not _fits(attribute, value, values):
            params = {"attribute": attribute.name.both, "value": _named(attribute, value)}
            yield Issue("value_unfit", params, attribute_id=attribute_id)
    for attribute_id, attribute in asked.items():
        if attribute.required and attribute_id not in values:
            yield Issue("value_missing", {"attribute": attribute.name.both}, missing=True, attribute_id=attribute_id)


def _named(attribute: Attribute, value: AttributeValue) -> object:
    """Return what a value is called, or the value itself where nothing in the scheme says so."""
    chosen = value if isinstance(value, tuple) else (value,)
    return [known.name.both if (known := attribute.value(one)) is not None else one for one in chosen]


def _fits(attribute: Attribute, value: AttributeValue, values: Mapping[AttributeId, AttributeValue]) -> bool:
    try:
        attribute.check(value)
    except UserError:
        return False
    if attribute.kind not in {AttributeKind.CHOICE, AttributeKind.CHOICES}:
        return True
    offered = {choice.id for choice in attribute.offered(values)}
    return set(value if isinstance(value, tuple) else (value,)) <= offered


def missing_relations(span: Span, relations: Sequence[Relation], scheme: Scheme) -> Iterator[RelationType]:
    """Yield the types of the relations that a tag should have, and of which it has none."""
    has = {relation.type_id for relation in relations}
    for kind in scheme.relation_types_from(span.label_id):
        if kind.id in has:
            continue
        if _is_wanted(kind, span) or _is_needed(kind, span, scheme):
            yield kind


def _is_wanted(kind: RelationType, span: Span) -> bool:
    return kind.required and not (kind.unless and AttributeId(kind.unless) in span.attributes)


def _is_needed(kind: RelationType, span: Span, scheme: Scheme) -> bool:
    """Return whether a value of the tag wants a relation of this type."""
    chosen = (attribute.value(span.attributes.get(attribute.id)) for attribute in scheme.attributes_of(span.label_id))
    return any(value is not None and kind.id in value.needs for value in chosen)


def _unfit_relations(span: Span, relations: Sequence[Relation], around: Surroundings) -> Iterator[Issue]:
    for relation in relations:
        kind = around.scheme.relation_type(relation.type_id)
        if kind.archived or refusal(kind, span, relation.target, around) is not None:
            yield Issue("relation_unfit", {"relation": kind.name.both})
