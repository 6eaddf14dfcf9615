# SPDX-License-Identifier: MIT
"""A scheme: the layers, labels, attributes, relation types and document labels with which a project is tagged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from annotator.errors import UserError
from annotator.model.attributes import Attribute
from annotator.model.ids import AttributeId, DocumentLabelId, LabelId, LayerId, RelationTypeId
from annotator.model.names import NO_NAME, Name


class Links(StrEnum):
    """What of the registry the tags of a label may be linked to."""

    NOTHING = ""
    ACTOR = "actor"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Layer:
    """A group of labels that answer one question; its labels share one underline shape."""

    id: LayerId
    name: Name
    archived: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be tagged as.

    Attributes:
        shortcut: the key that tags with it, or "".
        color: as #rrggbb.
        examples: passages that show it, quoted.
        links: what of the registry its tags may be linked to.
        archived: no longer offered; tags that have it keep it.
    """

    id: LabelId
    layer_id: LayerId
    name: Name
    description: Name
    shortcut: str
    color: str
    examples: tuple[str, ...] = ()
    links: Links = Links.NOTHING
    archived: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class RelationType:
    """How a tag can be related to something else, such as an event to its agent.

    Attributes:
        sources: the labels of the tags that it may start from.
        targets: the labels of the tags that it may lead to; with one that links to actors or events of the registry,
            also these themselves.
        kinds: the kinds of actors that it may lead to (values of `actor_kind`); empty for all.
        author: whether it may lead to the article's author or outlet.
        shortcut: the key that draws it from the current tag, or "".
        required: each tag of the labels it starts from is marked as long as it has none.
        unless: the attribute that stands in for a required relation where it has a value, or "".
    """

    id: RelationTypeId
    name: Name
    sources: tuple[LabelId, ...]
    targets: tuple[LabelId, ...]
    description: Name = NO_NAME
    examples: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    author: bool = False
    shortcut: str = ""
    required: bool = False
    unless: AttributeId | str = ""
    archived: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """What can be said of a whole article; its attributes are those that name it among their labels."""

    id: DocumentLabelId
    name: Name
    description: Name = NO_NAME
    examples: tuple[str, ...] = ()
    archived: bool = False
    position: int = 0


SchemePart = Layer | Label | Attribute | RelationType | DocumentLabel
_Part = TypeVar("_Part", Layer, Label, Attribute, RelationType, DocumentLabel)


@dataclass(frozen=True, slots=True)
class Scheme:
    """All that a project is tagged with, each kind in the order in which it is shown, archived parts too.

    Attributes:
        guideline: the longer rules of tagging, in Markdown.
        version: the number, in the project's history, of the act that made the scheme as it is; 0 as it came.
    """

    id: str
    name: Name
    layers: tuple[Layer, ...]
    all_labels: tuple[Label, ...]
    attributes: tuple[Attribute, ...] = ()
    relation_types: tuple[RelationType, ...] = ()
    document_labels: tuple[DocumentLabel, ...] = ()
    guideline: Name = NO_NAME
    version: int = 0

    @property
    def labels(self) -> Iterator[Label]:
        """Yield the labels that are offered, layer by layer."""
        for layer in self.layers:
            if not layer.archived:
                yield from (label for label in self.labels_of(layer.id) if not label.archived)

    def labels_of(self, layer_id: str) -> Iterator[Label]:
        """Yield all labels of a layer."""
        return (label for label in self.all_labels if label.layer_id == layer_id)

    def label(self, label_id: str) -> Label:
        """Return a label by its id.

        Raises:
            UserError: `label_unknown`.
        """
        return _found(self.all_labels, label_id, "label_unknown", "label")

    def is_offered(self, label: Label) -> bool:
        """Return whether new tags may have a label: neither it nor its layer is archived."""
        return not label.archived and not any(layer.archived for layer in self.layers if layer.id == label.layer_id)

    def layer_index(self, label_id: str) -> int:
        """Return the place of a label's layer, from 0."""
        layer_id = self.label(label_id).layer_id
        return next(index for index, layer in enumerate(self.layers) if layer.id == layer_id)

    def attribute(self, attribute_id: str) -> Attribute:
        """Return an attribute by its id.

        Raises:
            UserError: `attribute_unknown`.
        """
        return _found(self.attributes, attribute_id, "attribute_unknown", "attribute")

    def attributes_of(self, label_id: str) -> tuple[Attribute, ...]:
        """Return the attributes that tags of a label or document label are asked for."""
        return tuple(a for a in self.attributes if label_id in a.labels and not a.archived)

    def relation_type(self, type_id: str) -> RelationType:
        """Return a relation type by its id.

        Raises:
            UserError: `relation_type_unknown`.
        """
        return _found(self.relation_types, type_id, "relation_type_unknown", "relation_type")

    def relation_types_from(self, label_id: str) -> tuple[RelationType, ...]:
        """Return the relation types that may start from tags of a label."""
        return tuple(t for t in self.relation_types if label_id in t.sources and not t.archived)

    def document_label(self, label_id: str) -> DocumentLabel:
        """Return a document label by its id.

        Raises:
            UserError: `document_label_unknown`.
        """
        return _found(self.document_labels, label_id, "document_label_unknown", "label")

    def links_of(self, relation_type: RelationType) -> frozenset[Links]:
        """Return what of the registry a relation of this type may lead to."""
        known = {label.id: label.links for label in self.all_labels}
        return frozenset(known.get(target, Links.NOTHING) for target in relation_type.targets) - {Links.NOTHING}

    def numbered(self) -> "Scheme":
        """Return the scheme with every part's position as its place among its kind, from 0."""
        return replace(
            self,
            layers=_numbered(self.layers),
            all_labels=_numbered(self.all_labels),
            attributes=_numbered(self.attributes),
            relation_types=_numbered(self.relation_types),
            document_labels=_numbered(self.document_labels),
        )

    def parts(self) -> Iterator["SchemePart"]:
        """Yield every part, those first that others point to."""
        for parts in (self.layers, self.all_labels, self.attributes, self.relation_types, self.document_labels):
            yield from parts


def _numbered(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    return tuple(replace(part, position=position) for position, part in enumerate(parts))


def _found(parts: Iterable[_Part], part_id: str, key: str, param: str) -> _Part:
    known = {str(part.id): part for part in parts}
    if part_id not in known:
        raise UserError(key, **{param: part_id}, known=", ".join(known))
    return known[part_id]
