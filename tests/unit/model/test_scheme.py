# SPDX-License-Identifier: MIT
"""Schemes: what is read, written and refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.model.names import Name
from annotator.model.scheme_file import dump_scheme, parse_scheme
from annotator.ops.projects import default_scheme


def edited(edit: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(dump_scheme(default_scheme()))
    edit(data)
    return json.dumps(data)


def test_default_scheme_has_three_layers() -> None:
    scheme = default_scheme()
    assert [layer.id for layer in scheme.layers] == ["actor", "event", "stance"]
    assert [label.id for label in scheme.labels] == ["ACTOR", "EVENT", "STANCE"]
    assert all(label.name.ar and label.name.en and label.description.ar for label in scheme.labels)
    assert scheme.layer_index("EVENT") == 1


def test_what_is_written_can_be_read() -> None:
    assert parse_scheme(dump_scheme(default_scheme()), where="s.json") == default_scheme()


def test_unknown_label() -> None:
    with pytest.raises(UserError) as caught:
        default_scheme().label("X")
    assert caught.value.params == {"label": "X", "known": "ACTOR, EVENT, STANCE"}


@pytest.mark.parametrize(
    ("edit", "detail"),
    [
        (lambda d: d.update(format="other/1"), "other/1"),
        (lambda d: d.pop("layers"), "layers"),
        (lambda d: d.update(layers=[]), "no labels"),
        (lambda d: d["layers"].append(d["layers"][0]), "label 'ACTOR' twice"),
        (lambda d: d["layers"][0]["labels"][0].update(id="1 2"), "1 2"),
        (lambda d: d["layers"][0]["labels"][0].update(color="red"), "red"),
        (lambda d: d["layers"][0]["labels"][0].update(name={}), "ACTOR has no name"),
        (lambda d: d["layers"][0]["labels"][0].update(shortcut="2"), "shortcut '2' twice"),
        (lambda d: d["layers"][0]["labels"].append("x"), "TypeError"),
        (lambda d: d.update(layers=3), "TypeError"),
    ],
)
def test_bad_scheme_is_refused_with_its_fault(edit: Callable[[dict[str, Any]], object], detail: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_scheme(edited(edit), where="s.json")
    assert (caught.value.key, caught.value.params["path"]) == ("scheme_unreadable", "s.json")
    assert detail in str(caught.value.params["detail"])


def test_name_falls_back_to_the_other_language() -> None:
    assert Name(en="Actor", ar="فاعل").in_language("ar") == "فاعل"
    assert Name(en="Actor", ar="").in_language("ar") == "Actor"
    assert Name(en="", ar="فاعل").in_language("en") == "فاعل"
