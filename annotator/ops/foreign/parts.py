# SPDX-License-Identifier: MIT
"""The parts of a scheme that a file needs and a project does not have: added, so that nothing of the file is lost.

What our own files bring along with their scheme is added as it is there. Anything else becomes a part of its own, under
the file's name for it, labels in the layer `UNMAPPED`; labels are merged into others with the acts on the scheme.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from annotator.model.attributes import Attribute, AttributeKind
from annotator.model.ids import AttributeId, DocumentLabelId, LabelId, LayerId, RelationTypeId
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, Layer, Links, RelationType, Scheme
from annotator.text.folding import fold

UNMAPPED = LayerId("UNMAPPED")
_LAYER = Layer(UNMAPPED, Name("Not mapped", "غير مربوطة"))

# Told apart in both themes, and none of them a colour of the schemes that come with the program.
_COLORS = ("#8d6e63", "#78909c", "#9e9d24", "#7e57c2", "#00897b", "#c2185b")

_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_ID = 40


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Part = TypeVar("_Part", bound=_HasId)


class Parts:
    """A project's scheme, to which parts are added as a file needs them.

    Attributes:
        scheme: with all that was added so far.
        kept: the names for which a part was added, each with the id of that part.
    """

    def __init__(self, scheme: Scheme, given: Scheme | None) -> None:
        self.scheme = scheme
        self.kept: dict[str, str] = {}
        self._given = given
        self._attributes: dict[str, AttributeId] = {}
        # Labels of which no scheme says what they link to.
        self._unsaid: set[LabelId] = set()

    def add_label(self, name: str) -> LabelId:
        """Add a label of this name and return its id."""
        label = _named(self._given.all_labels, name) if self._given else None
        if label is None:
            color = _COLORS[len(self.kept) % len(_COLORS)]
            label = Label(LabelId(""), UNMAPPED, _shown(name), Name("", ""), "", color)
        label_id = LabelId(self._free_id(label.id or _id_of(name)))
        if not label.id:
            self._unsaid.add(label_id)
        layer = self._layer(label.layer_id)
        self.scheme = replace(
            self.scheme,
            layers=self.scheme.layers if layer in self.scheme.layers else (*self.scheme.layers, layer),
            all_labels=(
                *self.scheme.all_labels,
                replace(label, id=label_id, layer_id=layer.id, shortcut="", archived=False),
            ),
        )
        self.kept[name] = label_id
        return label_id

    def link(self, label_id: LabelId, links: Links) -> bool:
        """Let the tags of a label be linked, where it was kept and nobody has said to what; return whether they are."""
        if label_id not in self._unsaid or self.scheme.label(label_id).links is not Links.NOTHING:
            return False
        known = (replace(one, links=links) if one.id == label_id else one for one in self.scheme.all_labels)
        self.scheme = replace(self.scheme, all_labels=tuple(known))
        return True

    def add_relation(self, name: str) -> RelationTypeId:
        """Add a relation type of this name, from and to any label where the file does not say, and return its id."""
        kind = _named(self._given.relation_types, name) if self._given else None
        labels = tuple(label.id for label in self.scheme.all_labels)
        if kind is None:
            kind = RelationType(RelationTypeId(""), _shown(name), labels, labels, author=True)
        type_id = RelationTypeId(self._free_id(kind.id or _id_of(name)))
        added = replace(
            kind,
            id=type_id,
            sources=tuple(label for label in kind.sources if label in labels) or labels,
            targets=tuple(label for label in kind.targets if label in labels) or labels,
            kinds=(),
            shortcut="",
            required=False,
            unless="",
            archived=False,
        )
        self.scheme = replace(self.scheme, relation_types=(*self.scheme.relation_types, added))
        self.kept[name] = type_id
        return type_id

    def add_document_label(self, name: str) -> DocumentLabelId:
        """Add a document label of this name and return its id."""
        label = _named(self._given.document_labels, name) if self._given else None
        if label is None:
            label = DocumentLabel(DocumentLabelId(""), _shown(name))
        label_id = DocumentLabelId(self._free_id(label.id or _id_of(name)))
        added = replace(label, id=label_id, archived=False)
        self.scheme = replace(self.scheme, document_labels=(*self.scheme.document_labels, added))
        self.kept[name] = label_id
        return label_id

    def add_attribute(self, name: str, label_id: str) -> Attribute:
        """Return the attribute that keeps values of this name which fit no other; it is asked of the label then."""
        if name not in self._attributes:
            given = _named(self._given.attributes, name) if self._given else None
            attribute = given or Attribute(AttributeId(""), _shown(name), AttributeKind.TEXT)
            attribute_id = AttributeId(self._free_id(attribute.id or _id_of(name)))
            added = replace(attribute, id=attribute_id, labels=(), required=False, depends_on="", archived=False)
            self.scheme = replace(self.scheme, attributes=(*self.scheme.attributes, _without_conditions(added)))
            self._attributes[name] = self.kept[name] = attribute_id
        attribute_id = self._attributes[name]
        asked = self.scheme.attribute(attribute_id)
        if label_id not in asked.labels:
            asked = replace(asked, labels=(*asked.labels, label_id))
            known = (asked if one.id == attribute_id else one for one in self.scheme.attributes)
            self.scheme = replace(self.scheme, attributes=tuple(known))
        return asked

    def _layer(self, layer_id: LayerId) -> Layer:
        given = self._given.layers if self._given else ()
        return _named(self.scheme.layers, layer_id) or _named(given, layer_id) or _LAYER

    def _free_id(self, wished: str) -> str:
        taken = {str(part.id) for part in self.scheme.parts()}
        number, free = 1, wished
        while free in taken:
            number += 1
            free = f"{wished}-{number}"
        return free


def _named(parts: Iterable[_Part], part_id: str) -> _Part | None:
    return next((part for part in parts if part.id == part_id), None)


def _without_conditions(attribute: Attribute) -> Attribute:
    """Return an attribute whose values are offered always: what they depended on may not have come along."""
    return replace(attribute, values=tuple(replace(value, within=(), needs=()) for value in attribute.values))


def _id_of(name: str) -> str:
    """Return a name as an id: Latin letters and digits, the first a letter."""
    plain = _UNFIT.sub("-", name).strip("-")[:_LONGEST_ID]
    return plain if plain[:1].isalpha() else f"X-{plain}".strip("-")


def _shown(name: str) -> Name:
    """Return a name of a file as the name of a part; one that shows nothing is shown as a dash."""
    shown = " ".join(name.split())
    visible = shown if fold(shown).text.strip() else "—"
    return Name(visible, visible)
