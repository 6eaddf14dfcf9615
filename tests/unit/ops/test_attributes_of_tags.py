# SPDX-License-Identifier: MIT
"""What is said of tags: values that are refused, those that others narrow, and those that the scheme left behind."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId, SpanId
from annotator.model.names import Name
from annotator.model.scheme import Scheme
from annotator.model.span import Certainty
from annotator.ops import scheme, tags
from annotator.ops.filling import changed_values, fitting_values, new_values

NONE = SpanId("00" * 16)


def said(bench: Any, tag: SpanId) -> dict[str, Any]:
    return dict(bench.span(tag).attributes)


def changed(before: Scheme, attribute_id: str, **how: Any) -> Scheme:
    """Return a scheme with one attribute changed."""
    attributes = tuple(replace(one, **how) if one.id == attribute_id else one for one in before.attributes)
    return replace(before, attributes=attributes)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("attribute_unknown", {"none": "x"}),
        ("attribute_not_of_label", {"polarity": "FAVOR"}),
        ("attribute_not_of_label", {"actor_kind": "PERS"}),
        ("attribute_not_of_label", {"polarity": None}),
        ("value_not_offered", {"type": "NONE"}),
        ("value_not_offered", {"type": ""}),
        ("value_not_offered", {"type": ("CONSULT",)}),
        ("value_not_offered", {"mode": "visit"}),
        ("value_not_offered", {"type": "RETREAT", "mode": "visit"}),
        ("value_wrong_kind", {"negated": "yes"}),
        ("value_wrong_kind", {"negated": 1}),
    ],
)
def test_refused_values(bench: Any, key: str, values: dict[Any, Any]) -> None:
    tag = bench.tag("بلقاء", "EVENT")
    bench.refuses(key, lambda: tags.set_attributes(bench.project, [tag], values))
    bench.refuses(key, lambda: tags.fill_tag(bench.project, tag, values=values))
    bench.refuses(key, lambda: bench.tag("اللقاء", "EVENT", values=values))


def test_one_tag_that_refuses_spares_all(bench: Any) -> None:
    event, actor = bench.tag("بلقاء", "EVENT"), bench.tag("غانتس", "ACTOR")
    bench.refuses(
        "attribute_not_of_label", lambda: tags.set_attributes(bench.project, [event, actor], {"negated": True})
    )
    bench.refuses("tag_unknown", lambda: tags.set_attributes(bench.project, [event, NONE], {"negated": True}))
    bench.refuses("tag_unknown", lambda: tags.set_certainty(bench.project, [event, NONE], Certainty.UNSURE))
    bench.restart("Omar")
    bench.refuses("tag_of_another", lambda: tags.set_attributes(bench.project, [event], {"negated": True}))
    bench.refuses("tag_of_another", lambda: tags.set_certainty(bench.project, [event], Certainty.UNSURE))
    bench.refuses("tag_of_another", lambda: tags.fill_tag(bench.project, event, values={"negated": True}))


def test_values_are_set_and_taken_away_as_one_act(bench: Any) -> None:
    both = [bench.tag("بلقاء", "EVENT"), bench.tag("اللقاء", "EVENT")]
    assert said(bench, both[0]) == {"realis": "ACTUAL", "negated": False}
    bench.does(lambda: tags.set_attributes(bench.project, both, {"type": "CONSULT", "mode": "visit", "realis": None}))
    assert [said(bench, tag) for tag in both] == [{"type": "CONSULT", "mode": "visit", "negated": False}] * 2
    bench.does(lambda: tags.set_certainty(bench.project, both, Certainty.UNSURE))
    assert tags.set_attributes(bench.project, both, {"type": "CONSULT", "realis": None}).seq == 0
    assert tags.set_attributes(bench.project, [], {"type": "CONSULT"}).seq == 0


def test_a_type_takes_its_modes_with_it(bench: Any) -> None:
    tag = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT", "mode": "visit"})
    bench.does(lambda: tags.set_attributes(bench.project, [tag], {"type": "RETREAT"}))
    assert "mode" not in said(bench, tag)
    tags.set_attributes(bench.project, [tag], {"mode": "withdraw"})
    bench.does(lambda: tags.set_attributes(bench.project, [tag], {"type": "SANCTION"}))
    assert said(bench, tag)["mode"] == "withdraw"
    bench.does(lambda: tags.set_attributes(bench.project, [tag], {"type": None}))
    assert {"type", "mode"}.isdisjoint(said(bench, tag))


def test_blank_text_is_no_value(bench: Any) -> None:
    tag = bench.tag("مهمّ", "STANCE", values={"issue": "  "})
    assert "issue" not in said(bench, tag)
    tags.set_attributes(bench.project, [tag], {"issue": " القضية 👍🏽 "})
    assert said(bench, tag)["issue"] == "القضية 👍🏽"
    tags.set_attributes(bench.project, [tag], {"issue": " "})
    assert "issue" not in said(bench, tag)


def test_dates_in_arabic_digits(bench: Any) -> None:
    tag = bench.tag("وقال", "TIME", values={"value": "٢٠٢٢-١٠-٢٧"})
    assert said(bench, tag) == {"value": "2022-10-27"}
    bench.refuses("value_no_date", lambda: tags.set_attributes(bench.project, [tag], {"value": "2022-02-30"}))


def test_an_archived_value_stays_while_others_change(bench: Any) -> None:
    tag = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT", "mode": "visit"})
    before = bench.project.scheme
    values = before.attribute("mode").values
    fewer = tuple(replace(value, archived=value.id == "visit") for value in values)
    scheme.change_scheme(bench.project, changed(before, "mode", values=fewer))
    tags.set_attributes(bench.project, [tag], {"negated": True})
    assert said(bench, tag)["mode"] == "visit"


def test_what_the_scheme_left_behind_stays_until_it_is_taken_away(bench: Any) -> None:
    tag = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT", "mode": "visit", "negated": True})
    before = bench.project.scheme
    moved = tuple(replace(value, within=("RETREAT",)) for value in before.attribute("mode").values)
    after = changed(changed(before, "mode", values=moved), "negated", labels=())
    scheme.change_scheme(bench.project, after)
    tags.set_attributes(bench.project, [tag], {"realis": "FUTURE"})
    assert said(bench, tag) == {"type": "CONSULT", "mode": "visit", "realis": "FUTURE", "negated": True}
    bench.does(lambda: tags.set_attributes(bench.project, [tag], {"negated": None}))
    assert "negated" not in said(bench, tag)
    bench.refuses("attribute_not_of_label", lambda: tags.set_attributes(bench.project, [tag], {"negated": None}))


def test_another_label_keeps_what_was_chosen_and_drops_what_was_not(bench: Any) -> None:
    tag = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT"})
    bench.does(lambda: tags.set_label(bench.project, tag, "STANCE"))
    assert said(bench, tag) == {"type": "CONSULT", "expression": "EXPLICIT"}
    bench.does(lambda: tags.set_label(bench.project, tag, "EVENT"))
    assert said(bench, tag) == {"type": "CONSULT", "realis": "ACTUAL", "negated": False}


def narrowing(default: object, kind: AttributeKind = AttributeKind.CHOICE) -> Any:
    """Return a scheme in which one attribute narrows another that has a default."""
    name = Name("x")
    outer = Attribute(
        AttributeId("outer"), name, AttributeKind.CHOICE, ("L",), (Value("a", name), Value("b", name)), default="a"
    )
    inner = Attribute(
        AttributeId("inner"),
        name,
        kind,
        ("L",),
        (Value("x", name, within=("a",)), Value("y", name, within=("b",)), Value("z", name)),
        default=default,  # type: ignore[arg-type]
        depends_on=AttributeId("outer"),
    )
    return Scheme("s", name, (), (), (outer, inner))


def test_a_default_that_does_not_go_with_what_is_wished_goes() -> None:
    asked: Any = narrowing("x")
    assert new_values(asked, "L", {}) == {"outer": "a", "inner": "x"}
    assert new_values(asked, "L", {"outer": "b"}) == {"outer": "b"}  # type: ignore[dict-item]
    assert new_values(asked, "L", {"outer": None}) == {}  # type: ignore[dict-item]
    assert new_values(narrowing("y"), "L", {}) == {"outer": "a"}


def test_of_several_choices_those_go_that_are_not_offered_any_more() -> None:
    asked: Any = narrowing(None, AttributeKind.CHOICES)
    before: Any = {"outer": "a", "inner": ("x", "z")}
    wished: Any = {"outer": "b"}
    assert changed_values(asked, "L", before, wished) == {"outer": "b", "inner": ("z",)}
    assert changed_values(asked, "L", {**before, "inner": ("x",)}, wished) == {"outer": "b"}
    assert fitting_values(asked, "L", "M", before) == {"inner": ("x", "z")}
