# SPDX-License-Identifier: MIT
"""Attributes: which values are taken, how they are kept, and what is refused."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import i18n
from annotator.errors import UserError
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue, Value
from annotator.model.ids import AttributeId
from annotator.model.names import Name

VALUES = tuple(Value(id_, Name(id_, id_)) for id_ in ("a", "b", "c"))
TYPE = AttributeId("type")


def attribute(kind: AttributeKind, **more: Any) -> Attribute:
    return Attribute(AttributeId("x"), Name("X", "س"), kind, **more)


CHOICE = attribute(AttributeKind.CHOICE, values=VALUES)
CHOICES = attribute(AttributeKind.CHOICES, values=VALUES)
YES_NO = attribute(AttributeKind.YES_NO)
TEXT = attribute(AttributeKind.TEXT)
DATE = attribute(AttributeKind.DATE)
NUMBER = attribute(AttributeKind.NUMBER)


@pytest.mark.parametrize(
    ("asked", "given_value", "kept"),
    [
        (CHOICE, "b", "b"),
        (CHOICES, ("c", "a", "c"), ("a", "c")),
        (CHOICES, ["b"], ("b",)),
        (CHOICES, (), ()),
        (YES_NO, False, False),
        (TEXT, "  العلاقات مع إسرائيل\n", "العلاقات مع إسرائيل"),
        (NUMBER, 3, 3),
        (NUMBER, -2.5, -2.5),
        (DATE, "2022", "2022"),
        (DATE, "2022-10", "2022-10"),
        (DATE, " 2022-10-27 ", "2022-10-27"),
        (DATE, "2022-10-27T15:30", "2022-10-27T15:30"),
        (DATE, "2022-10-27T15:30:59", "2022-10-27T15:30:59"),
        (DATE, "2022-W43", "2022-W43"),
        (DATE, "2020-W53", "2020-W53"),
        (DATE, "2020-02-29", "2020-02-29"),
        (DATE, "2014/2016", "2014/2016"),
        (DATE, "2022-10-27/2022-11-01T08:00", "2022-10-27/2022-11-01T08:00"),
        (DATE, "٢٠٢٢-١٠-٢٧", "2022-10-27"),
        (DATE, "۲۰۲۲-W۴۳", "2022-W43"),
    ],
)
def test_value_is_kept(asked: Attribute, given_value: AttributeValue, kept: AttributeValue) -> None:
    assert asked.check(given_value) == kept
    assert asked.check(kept) == kept


@pytest.mark.parametrize(
    ("asked", "bad", "key"),
    [
        (CHOICE, "d", "value_not_offered"),
        (CHOICE, "", "value_not_offered"),
        (CHOICE, True, "value_not_offered"),
        (CHOICE, ("a",), "value_not_offered"),
        (CHOICES, "a", "value_wrong_kind"),
        (CHOICES, 1, "value_wrong_kind"),
        (CHOICES, ("a", "d"), "value_not_offered"),
        (CHOICES, (("a",),), "value_not_offered"),
        (YES_NO, "true", "value_wrong_kind"),
        (YES_NO, 1, "value_wrong_kind"),
        (TEXT, 5, "value_wrong_kind"),
        (TEXT, ("a",), "value_wrong_kind"),
        (NUMBER, "3", "value_no_number"),
        (NUMBER, True, "value_no_number"),
        (NUMBER, math.nan, "value_no_number"),
        (NUMBER, math.inf, "value_no_number"),
        (NUMBER, 10**400, "value_no_number"),
        (DATE, 2022, "value_wrong_kind"),
        (DATE, "", "value_no_date"),
        (DATE, "yesterday", "value_no_date"),
        (DATE, "أمس", "value_no_date"),
        (DATE, "22-10-27", "value_no_date"),
        (DATE, "2022-1-1", "value_no_date"),
        (DATE, "27/10/2022", "value_no_date"),
        (DATE, "2022-13", "value_no_date"),
        (DATE, "2022-02-29", "value_no_date"),
        (DATE, "0000-01-01", "value_no_date"),
        (DATE, "2022-W00", "value_no_date"),
        (DATE, "2022-W53", "value_no_date"),
        (DATE, "0000-W01", "value_no_date"),
        (DATE, "2022-10-27T24:30", "value_no_date"),
        (DATE, "2022-10-27T15:60", "value_no_date"),
        (DATE, "2022-10T15:30", "value_no_date"),
        (DATE, "2022/", "value_no_date"),
        (DATE, "/2022", "value_no_date"),
        (DATE, "2022/2022-02-30", "value_no_date"),
        (DATE, "2022\n2023", "value_no_date"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_value_is_refused_with_a_sentence(asked: Attribute, bad: AttributeValue, key: str, language: str) -> None:
    with pytest.raises(UserError) as caught:
        asked.check(bad)
    assert caught.value.key == key
    i18n.use_language(language)
    sentence = i18n.describe(caught.value)
    assert asked.name.in_language(language) in sentence
    assert "{" not in sentence


@given(st.dates())
def test_every_day_is_a_date(day: Any) -> None:
    assert DATE.check(day.isoformat()) == day.isoformat()
    year, week, _ = day.isocalendar()
    if year <= 9999:
        assert DATE.check(f"{year:04}-W{week:02}") == f"{year:04}-W{week:02}"


@given(st.sampled_from([CHOICE, CHOICES, YES_NO, TEXT, DATE, NUMBER]), st.text() | st.integers() | st.floats())
def test_anything_is_taken_or_refused_and_taken_again(asked: Attribute, value: AttributeValue) -> None:
    try:
        kept = asked.check(value)
    except UserError:
        return
    assert asked.check(kept) == kept


MODE = attribute(
    AttributeKind.CHOICE,
    depends_on=TYPE,
    values=(
        Value("always", Name("always")),
        Value("one", Name("one"), within=("a",)),
        Value("shared", Name("shared"), within=("a", "b")),
        Value("gone", Name("gone"), archived=True),
    ),
)


@pytest.mark.parametrize(
    ("others", "offered"),
    [
        ({}, ["always"]),
        ({TYPE: "a"}, ["always", "one", "shared"]),
        ({TYPE: "b"}, ["always", "shared"]),
        ({TYPE: "c"}, ["always"]),
        ({TYPE: ("b", "c")}, ["always", "shared"]),
        ({AttributeId("other"): "a"}, ["always"]),
    ],
)
def test_values_offered_beside_others(others: dict[AttributeId, AttributeValue], offered: list[str]) -> None:
    assert [value.id for value in MODE.offered(others)] == offered


def test_archived_value_is_still_a_value() -> None:
    assert MODE.check("gone") == "gone"
    gone, never = MODE.value("gone"), MODE.value("never")
    assert gone is not None
    assert gone.archived
    assert never is None
