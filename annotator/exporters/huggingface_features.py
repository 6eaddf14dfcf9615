# SPDX-License-Identifier: MIT
"""What the columns of our datasets are: told to Parquet, to the footer that `datasets` reads, and to the card.

Owns the schema and the three ways to write it. Plain lists are told as older versions of `datasets` know them, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from annotator.exporters.base import ExportSource
from annotator.exporters.naming import Naming

OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Classes:
    """A column of numbers that stand for names."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A column of lists."""

    of: "Feature"


#: A type's name, classes, a list, or a record.
Feature = Union[str, Classes, ListOf, "Features"]
Features = Mapping[str, Feature]

ACTOR_FEATURES: Features = {
    **dict.fromkeys(("id", "name_ar", "name_en", "kind", "sector", "country", "external_id"), "string"),
    "aliases": ListOf("string"),
    "members": ListOf("string"),
    "anonymous": "bool",
    **dict.fromkeys(("note", "annotator", "created"), "string"),
}
EVENT_FEATURES: Features = {
    **dict.fromkeys(("id", "title", "type", "date", "place", "external_id"), "string"),
    "participants": ListOf("string"),
    **dict.fromkeys(("note", "annotator", "created"), "string"),
}


def document_features(source: ExportSource, naming: Naming) -> Features:
    """Return the columns of a document, with the labels of a scheme as classes."""
    scheme = source.scheme
    labels = tuple(naming.label(one.id) for one in scheme.all_labels)
    types = tuple(naming.relation(one.id) for one in scheme.relation_types)
    document_labels = tuple(naming.document_label(one.id) for one in scheme.document_labels)
    said: Features = {"attributes": "string", "unsure": "bool", "note": "string", "annotator": "string"}
    return {
        **dict.fromkeys(("doc_id", "title", "outlet", "date", "url", "author", "source", "text"), "string"),
        "entities": ListOf(
            {
                "id": "string",
                "label": _classes(labels),
                "start": "int64",
                "end": "int64",
                "pieces": ListOf(ListOf("int64")),
                "text": "string",
                "entity_id": "string",
                **said,
            }
        ),
        "relations": ListOf(
            {
                "id": "string",
                "type": _classes(types),
                "head": "int64",
                "tail": "int64",
                "entity_id": "string",
                "annotator": "string",
            }
        ),
        "document_tags": ListOf({"id": "string", "label": _classes(document_labels), **said}),
        "tokens": ListOf("string"),
        "ner_tags": ListOf(Classes((OUTSIDE, *(f"{mark}-{label}" for label in labels for mark in "BI")))),
    }


def _classes(names: tuple[str, ...]) -> Feature:
    """Return names as classes; a scheme that has none has no value of them either, and `datasets` no such class."""
    return Classes(names) if names else "string"


def arrow_schema(arrow: Any, features: Features, metadata: Mapping[bytes, bytes]) -> Any:
    """Return features as pyarrow has them."""
    fields = [arrow.field(name, _arrow_type(arrow, feature)) for name, feature in features.items()]
    return arrow.schema(fields, metadata=dict(metadata))


def _arrow_type(arrow: Any, feature: Feature) -> Any:
    match feature:
        case str():
            return {"string": arrow.string(), "int64": arrow.int64(), "bool": arrow.bool_()}[feature]
        case Classes():
            return arrow.int64()
        case ListOf():
            return arrow.list_(_arrow_type(arrow, feature.of))
        case _:
            return arrow.struct([arrow.field(name, _arrow_type(arrow, inner)) for name, inner in feature.items()])


def json_of(feature: Feature) -> Any:
    """Return a feature as the footer of a file has it."""
    match feature:
        case str():
            return {"dtype": feature, "_type": "Value"}
        case Classes():
            return {"names": list(feature.names), "_type": "ClassLabel"}
        case ListOf():
            return [json_of(feature.of)]
        case _:
            return {name: json_of(inner) for name, inner in feature.items()}


def yaml_of(features: Features, indent: str) -> Iterator[str]:
    """Yield features as the lines of YAML that a card has of them."""
    for name, feature in features.items():
        yield f"{indent}- name: {quoted(name)}"
        yield from _yaml_lines(feature, f"{indent}  ")


def _yaml_lines(feature: Feature, indent: str) -> Iterator[str]:
    match feature:
        case str():
            yield f"{indent}dtype: {feature}"
        case Classes():
            yield f"{indent}dtype:"
            yield from _yaml_classes(feature, f"{indent}  ")
        case ListOf(of=str() as inner):
            yield f"{indent}sequence: {inner}"
        case ListOf(of=Classes() as inner):
            yield f"{indent}sequence:"
            yield from _yaml_classes(inner, f"{indent}  ")
        case ListOf(of=ListOf() as inner):
            yield f"{indent}sequence:"
            yield from _yaml_lines(inner, f"{indent}  ")
        case ListOf(of=Mapping() as inner):
            yield f"{indent}list:"
            yield from yaml_of(inner, indent)
        case _:
            raise TypeError(feature)


def _yaml_classes(feature: Classes, indent: str) -> Iterator[str]:
    yield f"{indent}class_label:"
    yield f"{indent}  names:"
    yield from (f"{indent}    '{number}': {quoted(name)}" for number, name in enumerate(feature.names))


def quoted(text: str) -> str:
    """Return a string in the quotes of YAML, what cannot be seen as escapes."""
    return '"' + "".join(one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in text) + '"'
