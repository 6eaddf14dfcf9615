# SPDX-License-Identifier: MIT
"""Values that others wrote otherwise, and documents that stand in a file several times."""

from typing import Any

import pytest

from annotator.importers.json_values import attribute_value, joined, offset, said
from annotator.model import exchange
from annotator.model.exchange import Skipped


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), (3.0, 3), ("12", 12), ("٣", 3), (3.5, None), ("²", None), (True, None), (None, None), ("1" * 99, None)],
)
def test_offsets(value: Any, expected: int | None) -> None:
    assert offset(value) == expected


@pytest.mark.parametrize(("value", "expected"), [("a", "a"), (3, "3"), (2.5, "2.5"), (True, ""), (None, ""), ([], "")])
def test_texts(value: Any, expected: str) -> None:
    assert said(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(["a", 2], ("a", "2")), (True, True), (None, None), ({}, None)])
def test_attribute_values(value: Any, expected: Any) -> None:
    assert attribute_value(value) == expected


def _document(key: str, text: str, *tags: str) -> exchange.Document:
    made = tuple(exchange.Tag("X", 0, 1, tag) for tag in tags)
    relations = tuple(exchange.Relation("R", tag, tags[0]) for tag in tags)
    return exchange.Document(text, key, tags=made, relations=relations, skipped={Skipped.KIND: 1}, place=f"at {text}")


def test_what_follows_with_the_same_id_and_text_is_one() -> None:
    found = list(
        joined([_document("1", "a", "x"), _document("1", "a", "x", "y"), _document("1", "b"), _document("", "c")])
    )

    assert [(d.id, d.text) for d in found] == [("1", "a"), ("1", "b"), ("", "c")]
    assert [tag.id for tag in found[0].tags] == ["x", "at a:x", "y"]
    assert [(r.source, r.target) for r in found[0].relations] == [("x", "x"), ("at a:x", "at a:x"), ("y", "at a:x")]
    assert found[0].skipped == {Skipped.KIND: 2}


def test_documents_without_an_id_are_never_one() -> None:
    assert len(list(joined([_document("", "a"), _document("", "a")]))) == 2
    assert list(joined([])) == []
