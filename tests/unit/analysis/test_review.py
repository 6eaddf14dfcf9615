# SPDX-License-Identifier: MIT
"""What is missing from one tag or does not fit it, without a project."""

from typing import Any

import pytest

from annotator import i18n
from annotator.analysis.review import document_tag_issues, tag_issues
from annotator.i18n import describe_issue
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AttributeId,
    DocumentLabelId,
    DocumentTagId,
    LabelId,
    LayerId,
    RelationId,
    RelationTypeId,
    SpanId,
)
from annotator.model.names import Name
from annotator.model.relation import Relation
from annotator.model.relation_rules import Surroundings
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme
from annotator.model.span import Origin, Span

WHO = AnnotatorId("00" * 16)
NAME = Name("Name", "اسم")
E = LabelId("E")


def attribute(id_: str, kind: AttributeKind, *labels: str, **more: Any) -> Attribute:
    return Attribute(AttributeId(id_), Name(id_, id_), kind, labels, **more)


TYPE = attribute(
    "type", AttributeKind.CHOICE, "E", required=True,
    values=(Value("a", NAME, needs=("NEEDED",)), Value("b", NAME), Value("old", NAME, archived=True)),
)  # fmt: skip
MODES = attribute(
    "modes", AttributeKind.CHOICES, "E", "D", depends_on="type",
    values=(Value("x", NAME, within=("a",)), Value("y", NAME)),
)  # fmt: skip
SCHEME = Scheme(
    "s",
    NAME,
    (Layer(LayerId("l"), NAME),),
    (
        Label(E, LayerId("l"), NAME, NAME, "", "#000000"),
        Label(LabelId("OLD"), LayerId("l"), NAME, NAME, "", "#000000", archived=True),
    ),
    (
        TYPE,
        MODES,
        attribute("date", AttributeKind.DATE, "E"),
        attribute("flag", AttributeKind.YES_NO, "E"),
        attribute("number", AttributeKind.NUMBER, "E"),
        attribute("gone", AttributeKind.TEXT, "E", archived=True, required=True),
        attribute("other", AttributeKind.TEXT),
    ),
    (
        RelationType(RelationTypeId("WANTED"), NAME, (E,), (E,), required=True, unless=AttributeId("date")),
        RelationType(RelationTypeId("NEEDED"), NAME, (E,), (E,)),
        RelationType(RelationTypeId("PAST"), NAME, (E,), (E,), required=True, archived=True),
    ),
    (DocumentLabel(DocumentLabelId("D"), NAME, archived=True),),
)


def tag(label: str = "E", **values: Any) -> Span:
    chosen = {AttributeId(id_): value for id_, value in values.items()}
    return Span(
        SpanId("s0"), ArticleId("a"), LabelId(label), 0, 1, "q", "", Origin.MANUAL, WHO, "", attributes=chosen
    )  # fmt: skip


def relation(kind: str, target: str = "s1") -> Relation:
    return Relation(
        RelationId("r"), ArticleId("a"), RelationTypeId(kind), SpanId("s0"), SpanId(target), None, None, Origin.MANUAL,
        WHO, "",
    )  # fmt: skip


def issues(span: Span, *relations: Relation) -> list[str]:
    other = Span(SpanId("s1"), ArticleId("a"), E, 2, 3, "r", "", Origin.MANUAL, WHO, "")
    found = tag_issues(span, relations, Surroundings(SCHEME, {SpanId("s0"): span, SpanId("s1"): other}, {}))
    for issue in found:
        for language in ("ar", "en"):
            i18n.use_language(language)
            assert "{" not in describe_issue(issue.key, issue.params)
    return [f"{issue.key}:{issue.attribute_id}" if issue.attribute_id else issue.key for issue in found]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"type": "b", "date": "2024"}, []),
        ({}, ["value_missing:type", "relation_missing"]),
        ({"type": "b"}, ["relation_missing"]),
        ({"type": "a", "date": "2024"}, ["relation_missing"]),
        ({"type": "a"}, ["relation_missing", "relation_missing"]),
        ({"type": "c", "date": "2024"}, ["value_unfit:type"]),
        ({"type": "old", "date": "2024"}, ["value_unfit:type"]),
        ({"type": ("b",), "date": "2024"}, ["value_unfit:type"]),
        ({"type": "b", "date": "soon"}, ["value_unfit:date"]),
        ({"type": "b", "date": 2024}, ["value_unfit:date"]),
        ({"type": "b", "date": "2024", "flag": "yes", "number": True}, ["value_unfit:flag", "value_unfit:number"]),
        ({"type": "b", "date": "2024", "flag": False, "number": 0}, []),
        ({"type": "b", "date": "2024", "modes": ("x", "y")}, ["value_unfit:modes"]),
        ({"type": "b", "date": "2024", "modes": ("y",)}, []),
        ({"type": "b", "date": "2024", "modes": "y"}, ["value_unfit:modes"]),
        ({"type": "b", "date": "2024", "gone": "x"}, ["attribute_unasked:gone"]),
        ({"type": "b", "date": "2024", "other": "x"}, ["attribute_unasked:other"]),
        ({"type": "b", "date": "2024", "never": "x"}, ["attribute_unasked:never"]),
    ],
)
def test_values_and_missing_relations(values: dict[str, Any], expected: list[str]) -> None:
    assert issues(tag(**values)) == expected


def test_relations_that_are_there() -> None:
    assert issues(tag(type="a"), relation("WANTED"), relation("NEEDED")) == []
    assert issues(tag(type="b"), relation("WANTED", "s0")) == ["relation_unfit"]
    assert issues(tag(type="b"), relation("WANTED"), relation("PAST")) == ["relation_unfit"]
    assert issues(tag(type="b"), relation("WANTED", "gone")) == ["relation_unfit"]


def test_archived_labels() -> None:
    assert issues(tag("OLD", type="a")) == ["label_archived", "attribute_unasked:type"]
    said = DocumentTag(
        DocumentTagId("d"), ArticleId("a"), DocumentLabelId("D"), "", Origin.MANUAL, WHO, "",
        attributes={AttributeId("modes"): ("x",), AttributeId("type"): "a"},
    )  # fmt: skip
    assert [issue.key for issue in document_tag_issues(said, SCHEME)] == ["label_archived", "attribute_unasked"]
