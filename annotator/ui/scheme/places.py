# SPDX-License-Identifier: MIT
"""Where in a scheme something stands: keys of its parts, and the parts behind them. Knows no widget."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator import i18n
from annotator.model.attributes import Attribute, Value
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart

Part = SchemePart | Value


class Kind(StrEnum):
    """What a part of a scheme is."""

    GROUP = "group"
    SCHEME = "scheme"
    LAYER = "layer"
    LABEL = "label"
    ATTRIBUTE = "attribute"
    VALUE = "value"
    RELATION = "relation"
    DOCUMENT = "document"


TYPES: dict[Kind, type[SchemePart]] = {
    Kind.LAYER: Layer,
    Kind.LABEL: Label,
    Kind.ATTRIBUTE: Attribute,
    Kind.RELATION: RelationType,
    Kind.DOCUMENT: DocumentLabel,
}
_KINDS = {type_: kind for kind, type_ in TYPES.items()}


@dataclass(frozen=True, slots=True)
class PartKey:
    """Tells a part of a scheme from all others.

    Attributes:
        of: of a value, the id of its attribute.
    """

    kind: Kind
    id: str = ""
    of: str = ""


SCHEME = PartKey(Kind.SCHEME)


def key_of(part: Part, of: str = "") -> PartKey:
    """Return the key of a part; of a value, `of` is its attribute."""
    return PartKey(Kind.VALUE, part.id, of) if isinstance(part, Value) else PartKey(_KINDS[type(part)], part.id)


def siblings(scheme: Scheme, key: PartKey) -> tuple[Part, ...]:
    """Return all parts of the list in which a part stands, itself too; of a label those of all layers."""
    if key.kind is Kind.VALUE:
        attribute = next((one for one in scheme.attributes if one.id == key.of), None)
        return attribute.values if attribute is not None else ()
    lists: dict[Kind, tuple[Part, ...]] = {
        Kind.LAYER: scheme.layers,
        Kind.LABEL: scheme.all_labels,
        Kind.ATTRIBUTE: scheme.attributes,
        Kind.RELATION: scheme.relation_types,
        Kind.DOCUMENT: scheme.document_labels,
    }
    return lists.get(key.kind, ())


def find(scheme: Scheme, key: PartKey) -> Part | None:
    """Return the part of a key, or None where there is none."""
    return next((part for part in siblings(scheme, key) if part.id == key.id), None)


def taken_ids(scheme: Scheme, key: PartKey) -> Iterator[str]:
    """Yield the ids that a part cannot have: labels of tags and of articles share theirs."""
    lists: Iterable[tuple[Part, ...]] = (siblings(scheme, key),)
    if key.kind in (Kind.LABEL, Kind.DOCUMENT):
        lists = (scheme.all_labels, scheme.document_labels)
    for parts in lists:
        yield from (part.id for part in parts if key_of(part, key.of) != key)


def shown_name(name: Name | None, fallback: str = "") -> str:
    """Return a name in the language of the interface."""
    return (name or NO_NAME).in_language(i18n.language()) or fallback
