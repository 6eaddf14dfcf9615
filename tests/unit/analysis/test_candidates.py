# SPDX-License-Identifier: MIT
"""Mentions that are likely one actor's: what is grouped, why, how surely, and what is never grouped."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.candidates import Form, Group, groups
from annotator.model.ids import ActorId, SpanId
from annotator.text.variants import Likeness


def found(*counts: tuple[str, int], **names: list[str]) -> list[Group]:
    forms = [Form(quote, count, SpanId(str(number))) for number, (quote, count) in enumerate(counts)]
    return list(groups(forms, {ActorId(id_): known for id_, known in names.items()}))


def sure(group: Group) -> set[str]:
    return {candidate.form.quote for candidate in group.candidates if candidate.sure}


def doubtful(group: Group) -> dict[str, Likeness]:
    return {candidate.form.quote: candidate.reason for candidate in group.candidates if not candidate.sure}


@pytest.mark.parametrize(
    ("forms", "reason"),
    [
        (["غانتس", "جانتس"], Likeness.SAME_CLASS),
        (["إردوغان", "أردوغان", "اردوغان"], Likeness.SAME_SPELLING),
        (["أكار", "آكار"], Likeness.SAME_SPELLING),
    ],
)
def test_known_spellings_of_one_name_are_one_group(forms: list[str], reason: Likeness) -> None:
    (group,) = found(*((form, 1) for form in forms))
    assert sure(group) == set(forms)
    assert {candidate.reason for candidate in group.candidates[1:]} == {reason}
    assert (group.actor_id, group.mentions, group.name in forms) == (None, len(forms), True)


def test_two_names_are_never_the_same() -> None:
    for first, second in (("سليمان", "سلمان"), ("محمد", "محمود"), ("لبيد", "بيد"), ("باكو", "بايكو")):
        for group in found((first, 4), (second, 3)):
            assert len(sure(group)) == 1


def test_a_close_spelling_is_in_doubt() -> None:
    (group,) = found(("نتنياهو", 5), ("نتانياهو", 2))
    assert sure(group) == {"نتنياهو"}
    assert doubtful(group) == {"نتانياهو": Likeness.CLOSE}
    assert group.mentions == 5


def test_a_part_of_a_longer_name_is_in_doubt() -> None:
    (group,) = found(("غانتس", 9), ("بيني جانتس", 2))
    assert doubtful(group) == {"بيني جانتس": Likeness.PART_OF}


def test_an_actor_whose_name_it_is_is_offered_with_the_name() -> None:
    (group,) = found(("جانتس", 2), ("غانتس", 1), gantz=["بيني غانتس", "غانتس"])
    assert (group.actor_id, group.name) == ("gantz", "بيني غانتس")
    assert sure(group) == {"غانتس", "جانتس"}
    assert {candidate.like for candidate in group.candidates} == {"غانتس"}


def test_one_mention_of_an_actors_alias_is_a_candidate() -> None:
    (group,) = found(("أكار", 1), akar=["خلوصي أكار", "آكار"])
    assert (group.actor_id, sure(group)) == ("akar", {"أكار"})


def test_an_actor_whose_name_it_is_only_a_part_of_is_in_doubt() -> None:
    (group,) = found(("غانتس", 3), ("جانتس", 1), gantz=["بيني غانتس"])
    assert group.actor_id == "gantz"
    assert doubtful(group) == {"غانتس": Likeness.PART_OF, "جانتس": Likeness.PART_OF}


def test_two_actors_are_not_taken_for_one() -> None:
    shown = found(("غانتس", 3), one=["غانتس"], two=["جانتس"])
    assert [group.actor_id for group in shown] == ["one"]


def test_several_mentions_written_alike_are_a_group_and_one_alone_is_none() -> None:
    assert [group.mentions for group in found(("أنقرة", 3), ("لندن", 1))] == [3]


def test_those_of_frequent_forms_come_first() -> None:
    shown = found(("أنقرة", 2), ("غانتس", 4), ("جانتس", 3), ("لندن", 5))
    assert [(group.name, group.mentions) for group in shown] == [("لندن", 5), ("غانتس", 7), ("أنقرة", 2)]


def test_a_dismissed_group_is_gone_until_it_has_another_form() -> None:
    forms = [Form("غانتس", 2, SpanId("1")), Form("جانتس", 1, SpanId("2"))]
    (group,) = groups(forms, {})
    assert list(groups(forms, {}, {group.key})) == []
    assert len(list(groups([*forms, Form("گانتس", 1, SpanId("3"))], {}, {group.key}))) == 1


def test_it_stops_when_asked() -> None:
    forms = [Form(f"اسم{number}", 2, SpanId(str(number))) for number in range(50)]
    answers = iter([True] * 60 + [False] * 1000)
    assert 0 < len(list(groups(forms, {}, goes_on=lambda: next(answers)))) < 50


@pytest.mark.parametrize("odd", ["", " ", "!", "\u200f", "12", "👍🏽", "ا", "ًا", "A" * 500])
def test_odd_quotes_do_no_harm(odd: str) -> None:
    for group in found((odd, 2), ("غانتس", 2), gantz=["بيني غانتس", odd or "x"]):
        assert group.mentions >= 2


@given(st.lists(st.tuples(st.text("ابتغجسصنيوة أإآ", min_size=1, max_size=9), st.integers(1, 9)), max_size=12))
def test_each_form_is_surely_in_one_group_at_most(counts: list[tuple[str, int]]) -> None:
    forms = dict(counts)
    shown = found(*forms.items())
    placed = [form for group in shown for form in sure(group)]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(forms)


@pytest.mark.slow
def test_thousands_of_forms_take_seconds_not_minutes() -> None:
    letters = "بتجدرسعفقكلمن"
    forms = [
        (letters[i % 13] + letters[i // 13 % 13] + "ا" + letters[i // 169 % 13] + letters[i // 2197 % 13], 1 + i % 3)
        for i in range(5_000)
    ]
    start = time.perf_counter()
    assert found(*forms)
    assert time.perf_counter() - start < 20
