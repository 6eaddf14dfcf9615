# SPDX-License-Identifier: MIT
"""Plain values are read as `msgspec` reads them, and refused in its words."""

import random
from typing import Any

import msgspec
import pytest

from annotator.model.attributes import Attribute, Value
from annotator.model.names import Name
from annotator.model.plain import from_plain
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType

LABEL = {"id": "A", "layer_id": "L", "name": {"en": "a", "ar": "ا"}, "description": {}, "shortcut": "", "color": "#0"}
ATTRIBUTE = {
    "id": "a",
    "name": {"en": "a"},
    "kind": "choices",
    "values": [{"id": "v", "name": {}, "within": ["x"]}],
    "default": ["v"],
}
PARTS: list[tuple[type, dict[str, Any]]] = [
    (Layer, {"id": "L", "name": {"ar": "ل"}, "position": 3}),
    (Label, LABEL | {"examples": ["x", "y"], "links": "actor", "archived": True}),
    (Attribute, ATTRIBUTE),
    (Attribute, ATTRIBUTE | {"default": 1.5}),
    (Attribute, ATTRIBUTE | {"default": None, "unheard": 1}),
    (RelationType, {"id": "R", "name": {}, "sources": ["A"], "targets": [], "unless": "a"}),
    (DocumentLabel, {"id": "D", "name": {}}),
]
OTHERS: list[Any] = [
    None,
    True,
    0,
    -1,
    1.0,
    2.5,
    "",
    "actor",
    "text",
    [],
    ["a"],
    [1],
    [None],
    {},
    {"id": "a"},
    {"en": 1},
]


def both(kind: type, data: Any) -> tuple[Any, Any]:
    told = []
    for read in (lambda: from_plain(kind, data), lambda: msgspec.convert(data, kind)):
        try:
            told.append(read())
        except ValueError as error:
            told.append(str(error))
    return told[0], told[1]


@pytest.mark.parametrize(("kind", "data"), PARTS)
def test_what_is_right_is_read(kind: type, data: dict[str, Any]) -> None:
    ours, theirs = both(kind, data)
    assert isinstance(ours, kind)
    assert ours == theirs


@pytest.mark.parametrize(("kind", "data"), PARTS)
def test_what_is_wrong_is_refused_in_the_same_words(kind: type, data: dict[str, Any]) -> None:
    for key in data:
        for other in OTHERS:
            ours, theirs = both(kind, data | {key: other})
            assert ours == theirs, (key, other)
        rest = {name: value for name, value in data.items() if name != key}
        assert both(kind, rest)[0] == both(kind, rest)[1]


def test_what_is_wrong_deep_within() -> None:
    chance = random.Random(1)
    for _ in range(500):
        value = {"id": "v", "name": {"en": "x"}, "needs": ["r"]}
        value[chance.choice([*value, "within"])] = chance.choice(OTHERS)
        ours, theirs = both(Attribute, ATTRIBUTE | {"values": [{"id": "w", "name": {}}, value]})
        assert ours == theirs, value


@pytest.mark.parametrize("kind", [str, Name, Value, Layer])
def test_what_is_something_else(kind: type) -> None:
    for other in OTHERS:
        ours, theirs = both(kind, other)
        assert ours == theirs, other
