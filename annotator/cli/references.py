# SPDX-License-Identifier: MIT
"""Finding what a parameter names in the scheme and the registry: by id, the beginning of one, or name.

Also reads what is written with an equals sign: `ATTRIBUTE=VALUE` and `RELATION=END`.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from annotator.cli.parameters import begins, find_tag
from annotator.cli.translated import Option
from annotator.errors import UserError
from annotator.i18n import N_, tr
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import ActorId, AttributeId, DocumentLabelId, EventId, RelationTypeId
from annotator.model.registry import name_key
from annotator.model.relation import AUTHOR, End, Relation
from annotator.project import Project

F = TypeVar("F", bound=Callable[..., Any])
_Id = TypeVar("_Id", bound=str)

#: What is written left and right of an equals sign.
Pair = tuple[str, str]

_AUTHOR = frozenset({"author", "outlet", "الكاتب", "الوسيلة"})
_YES = frozenset({"yes", "true", "1", "نعم"})
_NO = frozenset({"no", "false", "0", "لا"})


def _pairs(ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return what is written as NAME=VALUE in two."""
    pairs = []
    for text in texts:
        name, sign, said = text.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(tr("“{text}” is not written as NAME=VALUE.", text=text), ctx, param)
        pairs.append((name.strip(), said.strip()))
    return tuple(pairs)


def values_option(function: F) -> F:
    """Add `--set`."""
    return click.option(
        "--set",
        "values",
        callback=_pairs,
        multiple=True,
        metavar="ATTRIBUTE=VALUE",
        cls=Option,
        help=N_(
            "What is said of it, such as type=CONSULT: ids or names of the scheme, several choices with commas, yes or "
            "no. Nothing after the sign takes a value away. May be repeated."
        ),
    )(function)


def relate_option(function: F) -> F:
    """Add `--relate`."""
    return click.option(
        "--relate",
        "ends",
        callback=_pairs,
        multiple=True,
        metavar="RELATION=END",
        cls=Option,
        help=N_(
            "A relation from it, such as AGENT=غانتس. END is the id of a tag, the name or id of an actor, the title or "
            "id of an event, or author; actor: and event: before it say which. May be repeated."
        ),
    )(function)


def find_actor(project: Project, reference: str) -> ActorId:
    """Return the actor whom a name, an id or the beginning of one names.

    Raises:
        UserError: `actor_not_found` or `id_ambiguous`.
    """
    named = project.owners_of_names.get(name_key(reference))
    return named or _by_id(project.actors, reference, "actor_not_found", name=reference)


def find_event(project: Project, reference: str) -> EventId:
    """Return the event that a title, an id or the beginning of one names.

    Raises:
        UserError: `event_not_found`, `event_ambiguous` or `id_ambiguous`.
    """
    wanted = name_key(reference)
    named = [event.id for event in project.events.values() if name_key(event.title) == wanted]
    if len(named) > 1:
        raise UserError("event_ambiguous", name=reference, count=len(named))
    return named[0] if named else _by_id(project.events, reference, "event_not_found", name=reference)


def find_relation(project: Project, reference: str) -> Relation:
    """Return the relation that an id or the beginning of one names.

    Raises:
        UserError: `relation_unknown` or `id_ambiguous`.
    """
    known = {relation.id: relation for article in project.articles() for relation in project.relations(article.id)}
    return known[_by_id(known, reference, "relation_unknown", relation=reference)]


def find_document_tag(project: Project, reference: str) -> DocumentTag:
    """Return the document tag that an id or the beginning of one names.

    Raises:
        UserError: `tag_unknown` or `id_ambiguous`.
    """
    known = {tag.id: tag for article in project.articles() for tag in project.document_tags(article.id)}
    return known[_by_id(known, reference, "tag_unknown", tag=reference)]


def find_document_label(project: Project, reference: str) -> DocumentLabelId:
    """Return the document label of this id or name.

    Raises:
        UserError: `document_label_unknown`.
    """
    named = _named(project.scheme.document_labels, reference)
    return DocumentLabelId(project.scheme.document_label(named).id)


def find_relation_type(project: Project, reference: str) -> RelationTypeId:
    """Return the relation type of this id or name.

    Raises:
        UserError: `relation_type_unknown`.
    """
    return RelationTypeId(project.scheme.relation_type(_named(project.scheme.relation_types, reference)).id)


def find_end(project: Project, reference: str) -> End:
    """Return where a relation is to lead.

    Raises:
        UserError: `end_not_found`, or what finding a tag, actor or event refuses.
    """
    kind, sign, name = reference.partition(":")
    if sign and kind.casefold() in {"actor", "event"}:
        if kind.casefold() == "actor":
            return End(actor_id=find_actor(project, name.strip()))
        return End(event_id=find_event(project, name.strip()))
    if reference.casefold() in _AUTHOR:
        return AUTHOR
    finders: tuple[Callable[[], End], ...] = (
        lambda: End(span_id=find_tag(project, reference)),
        lambda: End(actor_id=find_actor(project, reference)),
        lambda: End(event_id=find_event(project, reference)),
    )
    for find in finders:
        try:
            return find()
        except UserError as error:
            if error.key not in {"tag_unknown", "actor_not_found", "event_not_found"}:
                raise
    raise UserError("end_not_found", name=reference)


def read_ends(project: Project, pairs: Iterable[Pair]) -> dict[RelationTypeId, list[End]]:
    """Return where relations are to lead, by their types, as `--relate` says it."""
    ends: dict[RelationTypeId, list[End]] = {}
    for name, reference in pairs:
        ends.setdefault(find_relation_type(project, name), []).append(find_end(project, reference))
    return ends


def read_values(project: Project, label_id: str, pairs: Iterable[Pair]) -> dict[AttributeId, AttributeValue | None]:
    """Return what `--set` says of a tag of a label; nothing where a value is to go.

    Raises:
        UserError: `attribute_unknown`.
    """
    scheme = project.scheme
    asked = (*scheme.attributes_of(label_id), *scheme.attributes)
    attributes = [(scheme.attribute(_named(asked, name)), text) for name, text in pairs]
    return {attribute.id: read_value(attribute, text) if text else None for attribute, text in attributes}


def read_value(attribute: Attribute, text: str) -> AttributeValue:
    """Return a value as an attribute takes it; what it is no value of comes back as it is, to be refused."""
    if attribute.kind is AttributeKind.CHOICE:
        return _named(attribute.values, text)
    if attribute.kind is AttributeKind.CHOICES:
        return tuple(_named(attribute.values, one.strip()) for one in text.replace("،", ",").split(",") if one.strip())
    if attribute.kind is AttributeKind.YES_NO and text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    return _number(text) if attribute.kind is AttributeKind.NUMBER else text


def read_choice(project: Project, attribute_id: AttributeId, text: str) -> str:
    """Return the id of a value of a vocabulary of the registry, such as an actor's kind, given by id or name."""
    attribute = next((one for one in project.scheme.attributes if one.id == attribute_id), None)
    return _named(attribute.values, text) if attribute is not None else text


def _number(text: str) -> AttributeValue:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _named(parts: Iterable[Any], reference: str) -> str:
    """Return the id of the part or value of this id, in any case, or of this name in either language; else itself."""
    wanted = reference.casefold()
    part = next(
        (one for one in parts if wanted in {one.id.casefold(), one.name.en.casefold(), one.name.ar.casefold()}), None
    )
    return str(part.id) if part is not None and wanted else reference


def _by_id(known: Iterable[_Id], reference: str, key: str, **params: object) -> _Id:
    found = [id_ for id_ in known if begins(id_, reference)]
    if not found:
        raise UserError(key, **params)
    if len(found) > 1:
        raise UserError("id_ambiguous", id=reference, count=len(found))
    return found[0]
