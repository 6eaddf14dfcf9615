# SPDX-License-Identifier: MIT
"""What a part of a scheme is before anything is said of it. Its name is data, and so stands in both languages."""

from collections.abc import Callable

from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId, DocumentLabelId, LabelId, LayerId, RelationTypeId
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme
from annotator.ui.scheme.color_field import COLORS
from annotator.ui.scheme.places import Kind, Part, PartKey

_NAMES = {
    Kind.LAYER: Name("New layer", "طبقة جديدة"),
    Kind.LABEL: Name("New label", "تصنيف جديد"),
    Kind.ATTRIBUTE: Name("New attribute", "سمة جديدة"),
    Kind.VALUE: Name("New value", "قيمة جديدة"),
    Kind.RELATION: Name("New relation", "علاقة جديدة"),
    Kind.DOCUMENT: Name("New label", "تصنيف جديد"),
}


def maker(kind: Kind, scheme: Scheme, near: PartKey) -> Callable[[str], Part]:
    """Return what makes a part, given its id: near what is chosen, so that less is to be said of it."""
    name = _NAMES[kind]
    label = _label(scheme, near)
    asked = (str(label),) if label else ()
    makers: dict[Kind, Callable[[str], Part]] = {
        Kind.LAYER: lambda id_: Layer(LayerId(id_), name),
        Kind.LABEL: lambda id_: Label(LabelId(id_), _layer(scheme, near), name, NO_NAME, "", free_color(scheme)),
        Kind.ATTRIBUTE: lambda id_: Attribute(AttributeId(id_), name, AttributeKind.TEXT, asked),
        Kind.VALUE: lambda id_: Value(id_, name),
        Kind.RELATION: lambda id_: RelationType(RelationTypeId(id_), name, (label,) if label else (), ()),
        Kind.DOCUMENT: lambda id_: DocumentLabel(DocumentLabelId(id_), name),
    }
    return makers[kind]


def free_color(scheme: Scheme) -> str:
    """Return a colour that no label has yet, or that the fewest have."""
    used = [label.color.lower() for label in scheme.all_labels]
    return min(COLORS, key=used.count)


def _label(scheme: Scheme, near: PartKey) -> LabelId | None:
    known = [label.id for label in scheme.all_labels]
    return LabelId(near.id) if near.kind is Kind.LABEL and near.id in known else None


def _layer(scheme: Scheme, near: PartKey) -> LayerId:
    """Return the layer that is chosen, or that of the label that is; else the first."""
    if near.kind is Kind.LAYER:
        return LayerId(near.id)
    chosen = _label(scheme, near)
    if chosen is not None:
        return scheme.label(chosen).layer_id
    return next((layer.id for layer in scheme.layers if not layer.archived), LayerId(""))
