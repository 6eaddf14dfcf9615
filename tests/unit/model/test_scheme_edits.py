# SPDX-License-Identifier: MIT
"""Changes to a scheme's parts: what points to a part follows it, or lets go, and the scheme stays sound."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import scheme_edits as edits
from annotator.model.names import Name
from annotator.model.scheme import Layer, Scheme, SchemePart
from annotator.model.scheme_file import parse_scheme
from annotator.model.scheme_rules import problems_of, scheme_problems
from annotator.paths import resources

_FILE: Path = resources() / "schemes" / "default.json"
SCHEME: Scheme = parse_scheme(_FILE.read_text(encoding="utf-8"), where="default")
PARTS = [*SCHEME.parts()]
#: What a scheme lacks when a part of it has gone, and its editor asks for.
_WANTED = {"relation_endless", "no_labels"}


@given(st.sampled_from(PARTS), st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True))
@settings(max_examples=60)
def test_what_points_to_a_part_follows_its_id(part: SchemePart, new_id: str) -> None:
    if any(one.id == new_id for one in PARTS):
        return
    new = replace(part, id=new_id)  # type: ignore[arg-type]  # each part has its type of id
    # The vocabularies of the registry are known by their ids.
    renamed = edits.changed(SCHEME, part, new)
    problems = [
        problem for problem in problems_of(renamed) if part.id != "actor_kind" or problem.key != "value_unknown"
    ]
    assert problems == []
    assert edits.changed(renamed, new, part) == SCHEME


@given(st.lists(st.sampled_from(PARTS), unique_by=id, max_size=6))
@settings(max_examples=60)
def test_what_points_to_a_part_lets_go_of_it(gone: list[SchemePart]) -> None:
    scheme = SCHEME
    for part in gone:
        if any(one == part for one in scheme.parts()) or any(
            one.id == part.id and type(one) is type(part) for one in scheme.parts()
        ):
            scheme = edits.removed(scheme, part)
    left = {(type(one), one.id) for one in scheme.parts()}
    assert not left & {(type(one), one.id) for one in gone}
    allowed = _WANTED | ({"value_unknown"} if any(one.id == "actor_kind" for one in gone) else set())
    assert {problem.key for problem in problems_of(scheme)} <= allowed


def test_a_layer_takes_its_labels_along() -> None:
    layer = next(one for one in SCHEME.layers if one.id == "context")
    scheme = edits.removed(SCHEME, layer)
    assert not {"PLACE", "TIME"} & {label.id for label in scheme.all_labels}
    assert all(not {"PLACE", "TIME"} & set(one.targets) for one in scheme.relation_types)


def test_values_take_default_and_dependants_along() -> None:
    mention = SCHEME.attribute("mention")
    value = mention.values[0]
    assert mention.default == value.id
    renamed = edits.value_changed(SCHEME, mention, value, replace(value, id="PROPER"))
    assert renamed.attribute("mention").default == "PROPER"
    assert edits.value_removed(SCHEME, mention, value).attribute("mention").default is None
    type_ = SCHEME.attribute("type")
    consult = type_.value("CONSULT")
    assert consult is not None
    scheme = edits.value_changed(SCHEME, type_, consult, replace(consult, id="TALK"))
    visit = scheme.attribute("mode").value("visit")
    assert visit is not None
    assert visit.within == ("TALK",)
    assert scheme_problems(scheme) == []
    gone = edits.value_removed(SCHEME, type_, consult).attribute("mode").value("visit")
    assert gone is not None
    assert gone.within == ()


def test_what_depended_on_an_attribute_that_is_gone_depends_on_nothing() -> None:
    scheme = edits.removed(SCHEME, SCHEME.attribute("type"))
    mode = scheme.attribute("mode")
    assert (mode.depends_on, {value.within for value in mode.values}) == ("", {()})


@pytest.mark.parametrize(
    ("before", "order"),
    [("actor", ["context", "actor", "event", "stance"]), (None, ["actor", "event", "stance", "context"])],
)
def test_parts_are_put_before_others_or_last(before: str | None, order: list[str]) -> None:
    known = {layer.id: layer for layer in SCHEME.layers}
    there: Layer | None = known.get(before) if before else None  # type: ignore[call-overload]  # an id as it is written
    scheme = edits.moved(SCHEME, known["context"], there)  # type: ignore[index]
    assert [layer.id for layer in scheme.layers] == order
    assert [layer.position for layer in scheme.layers] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("name", "taken", "made"),
    [
        (Name("Weapon system", "سلاح"), (), "WEAPON_SYSTEM"),
        (Name("", "سلاح"), (), "SLAH"),
        (Name("", "مُؤَسَّسة"), (), "MWSSA"),
        (Name("New label", ""), ("NEW_LABEL", "NEW_LABEL_2"), "NEW_LABEL_3"),
        (Name("3 rockets", ""), (), "LABEL_3_ROCKETS"),
        (Name("日本", "١٢"), (), "LABEL"),
        (Name("", ""), (), "LABEL"),
        (Name("x" * 90, ""), (), "X" * 32),
    ],
)
def test_ids_are_made_of_names(name: Name, taken: tuple[str, ...], made: str) -> None:
    assert edits.free_id(name, taken, "label") == made
    assert edits.free_id(name, [one.lower() for one in taken], "label", upper=False) == made.lower()


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=100)
def test_any_name_makes_an_id_that_a_scheme_may_have(english: str, arabic: str) -> None:
    made = edits.free_id(Name(english, arabic), ["ACTOR"], "label")
    label = replace(SCHEME.label("ACTOR"), id=made, shortcut="")  # type: ignore[arg-type]
    assert made != "ACTOR"
    assert not [one for one in problems_of(edits.added(SCHEME, label)) if one.key == "id"]
