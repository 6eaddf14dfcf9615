# SPDX-License-Identifier: MIT
"""The rules of schemes: each fault is found, and named by its place."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.attributes import ACTOR_KIND, Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId, DocumentLabelId, LabelId, LayerId, RelationTypeId
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme
from annotator.model.scheme_rules import scheme_problems

NAME = Name("name", "اسم")


def layer(id_: str = "layer", **more: Any) -> Layer:
    return Layer(LayerId(id_), **{"name": NAME, **more})


def label(id_: str = "A", **more: Any) -> Label:
    usual = {"layer_id": "layer", "name": NAME, "description": NAME, "shortcut": "", "color": "#000000"}
    return Label(LabelId(id_), **{**usual, **more})


def attribute(id_: str = "x", **more: Any) -> Attribute:
    return Attribute(AttributeId(id_), **{"name": NAME, "kind": AttributeKind.TEXT, "labels": ("A",), **more})


def choice(id_: str = "x", *values: Value, **more: Any) -> Attribute:
    return attribute(id_, kind=AttributeKind.CHOICE, values=values or (value(),), **more)


def value(id_: str = "v", **more: Any) -> Value:
    return Value(id_, **{"name": NAME, **more})


def relation(id_: str = "REL", **more: Any) -> RelationType:
    return RelationType(RelationTypeId(id_), **{"name": NAME, "sources": ("A",), "targets": ("B",), **more})


def document(id_: str = "doc", **more: Any) -> DocumentLabel:
    return DocumentLabel(DocumentLabelId(id_), **{"name": NAME, **more})


SOUND = Scheme("s/1", NAME, (layer(),), (label(), label("B")))
KINDS = choice(ACTOR_KIND, value("GPE"), labels=())


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"layers": (layer(archived=True), layer("other")), "all_labels": (label(), label("B", layer_id="other"))},
        {"all_labels": (label(shortcut="1"), label("B", shortcut="1", archived=True))},
        {"attributes": (choice(default="v"), attribute("y", kind=AttributeKind.YES_NO, default=False))},
        {"attributes": (choice(), choice("y", value(within=("v",)), depends_on="x"))},
        {"attributes": (attribute(labels=("doc",)),), "document_labels": (document(),)},
        {"relation_types": (relation(shortcut="T"), relation("OF", sources=("B",), shortcut="T"))},
        {"relation_types": (relation(targets=(), author=True),)},
        {"relation_types": (relation(kinds=("GPE",)),), "attributes": (KINDS,)},
        {"relation_types": (relation(),), "attributes": (choice("x", value(needs=("REL",))),)},
        {"relation_types": (relation(required=True, unless="x"),), "attributes": (attribute(),)},
    ],
)
def test_sound_scheme(parts: dict[str, Any]) -> None:
    assert scheme_problems(replace(SOUND, **parts)) == []


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"id": ""}, "no id"),
        ({"name": NO_NAME}, "no name"),
        ({"all_labels": ()}, "no labels"),
        ({"all_labels": (label(archived=True),)}, "no labels"),
        ({"layers": (layer(archived=True),)}, "no labels"),
        ({"all_labels": (label(), label("B", layer_id="none"))}, "layer 'none' of B is unknown"),
        ({"all_labels": (label(color="red"),)}, "color 'red' of A"),
        ({"all_labels": (label("1 2"),)}, "id '1 2'"),
        ({"all_labels": (label("فاعل"),)}, "id 'فاعل'"),
        ({"all_labels": (label(name=NO_NAME),)}, "A has no name"),
        ({"all_labels": (label(name=Name(" ", "\u202e\u0640")),)}, "A has no name"),
        ({"name": Name("\u00a0", "")}, "no name"),
        ({"all_labels": (label(shortcut="Ctrl+Q"),)}, "shortcut 'Ctrl+Q' of A"),
        ({"all_labels": (label(shortcut=" "),)}, "shortcut ' ' of A"),
        ({"relation_types": (relation(shortcut="F1"),)}, "shortcut 'F1' of REL"),
        ({"all_labels": (label(), label())}, "label 'A' twice"),
        ({"all_labels": (label(shortcut="q"), label("B", shortcut="Q"))}, "shortcut 'Q' twice"),
        ({"layers": (layer(), layer())}, "layer 'layer' twice"),
        ({"document_labels": (document("A"),)}, "label 'A' twice"),
        ({"attributes": (attribute(), attribute())}, "attribute 'x' twice"),
        ({"attributes": (attribute(labels=("C",)),)}, "label 'C' of x is unknown"),
        ({"attributes": (attribute(values=(value(),)),)}, "x: values"),
        ({"attributes": (attribute(kind=AttributeKind.CHOICES),)}, "x: values"),
        ({"attributes": (choice("x", value(), value()),)}, "value of x 'v' twice"),
        ({"attributes": (choice("x", value("")),)}, "value '' of x has no id"),
        ({"attributes": (choice("x", value(name=NO_NAME)),)}, "value 'v' of x has no id or no name"),
        ({"attributes": (choice("x", value(" ")),)}, "value ' ' of x has no id"),
        (
            {
                "attributes": (
                    choice(
                        "x",
                        value(name=Name("\u200f")),
                    ),
                )
            },
            "value 'v' of x has no id or no name",
        ),
        ({"attributes": (choice(default="w"),)}, "default of x: 'w'"),
        ({"attributes": (attribute(kind=AttributeKind.DATE, default="soon"),)}, "default of x: 'soon'"),
        ({"attributes": (attribute(depends_on="y"),)}, "x depends on 'y'"),
        ({"attributes": (choice(depends_on="x"),)}, "x depends on 'x'"),
        ({"attributes": (choice("x", value(within=("w",))),)}, "v of x: 'w' is unknown"),
        ({"attributes": (choice(), choice("y", value(within=("w",)), depends_on="x"))}, "v of y: 'w' is unknown"),
        ({"attributes": (choice("x", value(needs=("REL",))),)}, "v of x needs 'REL', which is unknown"),
        ({"relation_types": (relation(), relation())}, "relation type 'REL' twice"),
        ({"relation_types": (relation(sources=()),)}, "REL leads from or to nothing"),
        ({"relation_types": (relation(targets=()),)}, "REL leads from or to nothing"),
        ({"relation_types": (relation(sources=("C",)),)}, "label 'C' of REL is unknown"),
        ({"relation_types": (relation(targets=("C",)),)}, "label 'C' of REL is unknown"),
        ({"relation_types": (relation(kinds=("GPE",)),)}, "kind 'GPE' of REL is unknown"),
        ({"relation_types": (relation(kinds=("GPE", "ORG")),), "attributes": (KINDS,)}, "kind 'ORG' of REL"),
        ({"relation_types": (relation(unless="x"),)}, "attribute 'x' of REL is unknown"),
        (
            {"relation_types": (relation(shortcut="T"), relation("OF", shortcut="t"))},
            "shortcut of relations from A 'T' twice",
        ),
    ],
)
def test_fault_is_named(parts: dict[str, Any], problem: str) -> None:
    assert problem in "; ".join(scheme_problems(replace(SOUND, **parts)))


def test_all_faults_are_told_at_once() -> None:
    bad = replace(SOUND, id="", all_labels=(label(color="red"), label("B", layer_id="none")))
    assert len(scheme_problems(bad)) == 3
