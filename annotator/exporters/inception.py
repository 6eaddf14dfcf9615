# SPDX-License-Identifier: MIT
"""The layers and features that a scheme becomes in INCEpTION and WebAnno: one layer of spans for each of its layers.

Pure; knows no file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.exporters.carrying import attribute_text
from annotator.importers.inception import (
    ANNOTATOR,
    ARTICLE,
    CERTAINTY,
    CUSTOM,
    ENTITY,
    MORE,
    NOTE,
    OURS,
    PREFIX,
    SLOTS,
    UNSURE,
    VALUE,
)
from annotator.model.exchange import DocumentTag, Tag
from annotator.model.scheme import Scheme

#: The layer of relations, and that of what is said of a whole document.
RELATION, DOCUMENT_LABEL = f"{CUSTOM}Relation", f"{CUSTOM}DocumentLabel"

#: What means something else to UIMA, to INCEpTION or to us.
_TAKEN = frozenset({*OURS, SLOTS, "begin", "end", "sofa", "self", "type", "identifier", "Governor", "Dependent"})
_FEATURE = re.compile("[A-Za-z][A-Za-z0-9_]*")
_PARTS = re.compile("[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class SpanLayer:
    """One layer of spans.

    Attributes:
        type: its name in full.
        labels: the ids of the labels whose tags are in it.
        features: by the ids of attributes, what their features are called.
    """

    type: str
    labels: frozenset[str]
    features: dict[str, str]


def layers_of(scheme: Scheme) -> tuple[SpanLayer, ...]:
    """Return the layers of a scheme that have labels."""
    found: list[SpanLayer] = []
    taken = {one.lower() for one in (RELATION, DOCUMENT_LABEL, ARTICLE)}
    for layer in scheme.layers:
        labels = frozenset(str(label.id) for label in scheme.labels_of(layer.id))
        name = _type(layer.id, taken)
        if labels:
            found.append(SpanLayer(name, labels, _features(scheme, labels)))
    return tuple(found)


def document_features(scheme: Scheme) -> dict[str, str]:
    """Return, by the ids of the attributes of document labels, what their features are called."""
    return _features(scheme, frozenset(str(label.id) for label in scheme.document_labels))


def features_of(tag: Tag | DocumentTag, names: Mapping[str, str]) -> dict[str, str]:
    """Return the features that say what a tag says, without empty ones.

    Args:
        tag: the tag.
        names: by the ids of attributes, what their features are called.
    """
    found = {
        VALUE: tag.label,
        NOTE: tag.note,
        CERTAINTY: UNSURE if tag.unsure else "",
        ENTITY: tag.entity if isinstance(tag, Tag) else "",
        ANNOTATOR: tag.annotator,
    }
    rest: dict[str, object] = {}
    for key, value in tag.attributes.items():
        text = attribute_text(value)
        if key in names and text.strip():
            found[names[key]] = text
        else:
            rest[key] = value
    if rest:
        found[MORE] = json.dumps(rest, ensure_ascii=False, sort_keys=True)
    return {name: value for name, value in found.items() if value}


def _type(layer_id: str, taken: set[str]) -> str:
    """Return a name that no other layer has, whatever the case of its letters."""
    base = "".join(part[0].upper() + part[1:] for part in _PARTS.findall(layer_id)) or "Layer"
    base = base if base[0].isalpha() else f"Layer{base}"
    number = 1
    name = f"{CUSTOM}{base}"
    while name.lower() in taken:
        number += 1
        name = f"{CUSTOM}{base}{number}"
    taken.add(name.lower())
    return name


def _features(scheme: Scheme, labels: frozenset[str]) -> dict[str, str]:
    return dict(_named(scheme, labels))


def _named(scheme: Scheme, labels: frozenset[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for attribute in scheme.attributes:
        # An attribute whose id cannot be a feature's name is among the rest.
        if labels.isdisjoint(attribute.labels) or not _FEATURE.fullmatch(attribute.id):
            continue
        name = f"{PREFIX}{attribute.id}" if attribute.id in _TAKEN else str(attribute.id)
        if name.lower() in seen or attribute.id.startswith(PREFIX):
            continue
        seen.add(name.lower())
        yield str(attribute.id), name
