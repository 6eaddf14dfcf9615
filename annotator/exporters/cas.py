# SPDX-License-Identifier: MIT
"""A document as the feature structures of a UIMA CAS, with INCEpTION's conventions; XMI and JSON write these.

Owns the types and what is in a document; knows neither XML nor JSON. Ids count within a document: what is the same
is written the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exporters.abilities import Abilities, OffsetUnit
from annotator.exporters.inception import (
    DOCUMENT_LABEL,
    RELATION,
    SpanLayer,
    document_features,
    features_of,
    layers_of,
)
from annotator.exporters.placing import Placed, Range
from annotator.importers.cas import DEPENDENT, GOVERNOR
from annotator.importers.inception import ANNOTATION, ANNOTATOR, ARTICLE, METADATA, OURS, VALUE
from annotator.model import exchange
from annotator.model.scheme import Scheme
from annotator.text.offsets import Utf16Map
from annotator.text.words import sentences, tokens

SOFA_ID = 1
STRING, _BASE, _DOCUMENT = "uima.cas.String", "uima.cas.AnnotationBase", "uima.tcas.DocumentAnnotation"
_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
_SENTENCE, _TOKEN = f"{_SEGMENTATION}Sentence", f"{_SEGMENTATION}Token"
_METADATA_FEATURES = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")
ARTICLE_FEATURES = tuple(name for name in exchange.PARTICULARS if name != "title")
LANGUAGE = "ar"

ABILITIES = Abilities(
    overlap=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    document_tags=True,
    notes=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
    names=True,
    offset_unit=OffsetUnit.UTF16,
)


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the type system: its supertype, and its own features with what they hold."""

    name: str
    supertype: str
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Structure:
    """One feature structure; references are the ids of others."""

    id: int
    type: str
    values: Mapping[str, str | int]
    references: Mapping[str, int] = field(default_factory=dict)


def types_of(scheme: Scheme) -> list[Type]:
    """Return the types of a scheme, and those of words, sentences and metadata."""
    documents = document_features(scheme).values()
    ends = {GOVERNOR: ANNOTATION, DEPENDENT: ANNOTATION}
    return [
        Type(_SENTENCE, ANNOTATION, {}),
        Type(_TOKEN, ANNOTATION, {}),
        Type(METADATA, _DOCUMENT, dict.fromkeys(_METADATA_FEATURES, STRING)),
        Type(ARTICLE, _BASE, dict.fromkeys(ARTICLE_FEATURES, STRING)),
        *(_span_type(layer) for layer in layers_of(scheme)),
        Type(RELATION, ANNOTATION, {**ends, VALUE: STRING, ANNOTATOR: STRING}),
        Type(DOCUMENT_LABEL, _BASE, dict.fromkeys((*OURS, *documents), STRING)),
    ]


def _span_type(layer: SpanLayer) -> Type:
    return Type(layer.type, ANNOTATION, dict.fromkeys((*OURS, *layer.features.values()), STRING))


class Builder:
    """Makes the feature structures of the documents of one scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self._home = {label: layer for layer in layers_of(scheme) for label in layer.labels}
        self._document_features = document_features(scheme)

    def structures(self, document: exchange.Document, placed: Sequence[Placed]) -> list[Structure]:
        """Return all but the text itself.

        Args:
            document: what is said.
            placed: its tags, in their order, with the ids of their labels.
        """
        unit = Utf16Map(document.text).to_utf16
        made = [
            *self._plain(document, unit),
            *(_annotation(_SENTENCE, one, unit) for one in sentences(document.text)),
            *(_annotation(_TOKEN, one, unit) for one in tokens(document.text)),
        ]
        found = [Structure(number, *one) for number, one in enumerate(made, start=SOFA_ID + 1)]
        ids: dict[str, Structure] = {}
        for tag, one in zip(document.tags, placed, strict=True):
            layer = self._home[one.span.label_id]
            name, places = _annotation(layer.type, (tag.start, tag.end), unit)
            values = {**places, **features_of(tag, layer.features)}
            ids[tag.id] = Structure(SOFA_ID + 1 + len(found), name, values)
            found.append(ids[tag.id])
        for relation in document.relations:
            found.append(_relation(SOFA_ID + 1 + len(found), relation, ids))
        return found

    def _plain(
        self, document: exchange.Document, unit: Callable[[int], int]
    ) -> Iterator[tuple[str, Mapping[str, str | int]]]:
        _, places = _annotation(METADATA, (0, len(document.text)), unit)
        known = {"documentTitle": document.title, "documentId": document.id}
        yield METADATA, {**places, "language": LANGUAGE, **_filled(known)}
        fields = _filled({name: str(getattr(document, name)) for name in ARTICLE_FEATURES})
        if fields:
            yield ARTICLE, fields
        for tag in document.document_tags:
            yield DOCUMENT_LABEL, features_of(tag, self._document_features)


def _annotation(name: str, place: Range, unit: Callable[[int], int]) -> tuple[str, Mapping[str, str | int]]:
    return name, {"begin": unit(place[0]), "end": unit(place[1])}


def _relation(number: int, one: exchange.Relation, ids: Mapping[str, Structure]) -> Structure:
    source, target = ids[one.source], ids[one.target]
    # A relation of INCEpTION's lies where the annotation lies that it leads to.
    values = {name: target.values[name] for name in ("begin", "end")}
    said = _filled({VALUE: one.type, ANNOTATOR: one.annotator})
    return Structure(number, RELATION, {**values, **said}, {GOVERNOR: source.id, DEPENDENT: target.id})


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
