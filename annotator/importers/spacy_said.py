# SPDX-License-Identifier: MIT
"""What our own `.spacy` files say in `Doc.user_data` besides what spaCy has fields for; nothing in those of others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from annotator.errors import UserError
from annotator.model import exchange
from annotator.model.attributes import AttributeValue

#: Where `Doc.user_data` holds what is ours, and where the extension attribute `rel`.
USER_DATA_KEY = "tawsim"
REL_KEY = ("._.", "rel", None, None)

_Value = bool | int | float | str | list[str]


class _Relation(msgspec.Struct):
    """A relation; `type` is missing in the files of older versions."""

    source_id: str
    type_id: str = ""
    type: str = ""
    id: str = ""
    target_span_id: str = ""
    target_actor_id: str = ""
    target_event_id: str = ""


class _DocumentTag(msgspec.Struct):
    label_id: str = ""
    label: str = ""
    id: str = ""
    note: str = ""
    certainty: str = ""
    attributes: dict[str, _Value] = {}


class _Ours(msgspec.Struct):
    id: str = ""
    article_id: str = ""
    title: str = ""
    source: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    tag_notes: dict[str, str] = {}
    tag_attributes: dict[str, dict[str, _Value]] = {}
    tag_certainty: dict[str, str] = {}
    relations: list[_Relation] = []
    document_tags: list[_DocumentTag] = []


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a document.

    Attributes:
        particulars: fields of `exchange.Document`.
        details: fields of `exchange.Tag` by the id of the tag.
    """

    particulars: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    relations: tuple[exchange.Relation, ...] = ()
    document_tags: tuple[exchange.DocumentTag, ...] = ()


def said_of(user_data: Mapping[Any, Any], refusal: Callable[[str, str], UserError], place: str) -> Said:
    """Return what is ours in a document's `user_data`.

    Args:
        user_data: all of it.
        refusal: makes the error that tells of damage, from what is wrong and the place.
        place: of the document, for messages.

    Raises:
        UserError: what `refusal` makes.
    """
    if USER_DATA_KEY not in user_data:
        return Said()
    try:
        ours = msgspec.convert(user_data[USER_DATA_KEY], _Ours)
    except (msgspec.MsgspecError, RecursionError, TypeError) as error:
        raise refusal(str(error), place) from error
    return Said(
        particulars={"id": ours.id or ours.article_id, **{name: getattr(ours, name) for name in exchange.PARTICULARS}},
        details=_details(ours),
        relations=tuple(_relation(one, place) for one in ours.relations),
        document_tags=tuple(_document_tag(one, place) for one in ours.document_tags),
    )


def _details(ours: _Ours) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for key, note in ours.tag_notes.items():
        found.setdefault(key, {})["note"] = note
    for key, values in ours.tag_attributes.items():
        found.setdefault(key, {})["attributes"] = _attributes(values)
    for key, certainty in ours.tag_certainty.items():
        found.setdefault(key, {})["unsure"] = bool(certainty)
    return found


def _relation(one: _Relation, place: str) -> exchange.Relation:
    return exchange.Relation(
        type=one.type or one.type_id,
        source=one.source_id,
        target=one.target_span_id,
        entity=one.target_actor_id or one.target_event_id,
        id=one.id,
        place=place,
    )


def _document_tag(one: _DocumentTag, place: str) -> exchange.DocumentTag:
    return exchange.DocumentTag(
        label=one.label or one.label_id,
        id=one.id,
        note=one.note,
        unsure=bool(one.certainty),
        attributes=_attributes(one.attributes),
        place=place,
    )


def _attributes(values: Mapping[str, _Value]) -> dict[str, AttributeValue]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
