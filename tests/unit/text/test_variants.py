# SPDX-License-Identifier: MIT
"""Spellings of names: the gold list with its bounds, cases by rule, and what holds for any two names."""

import math
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.text.folding import fold
from annotator.text.variants import (
    CLOSE_ENOUGH,
    Likeness,
    blocking_keys,
    class_string,
    distance,
    likeness,
)
from benchmarks import variants as bench

#: Letters that the rules treat each in its own way, so that names made of few of them are often alike.
LETTERS = "اأآويىةهحغجگسصزشتطدذبنء"
WORD = st.text(LETTERS, min_size=1, max_size=7)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
ANY = st.one_of(NAME, st.text(max_size=10), st.text("aeghnstz -'اغ\u064b\u0640\u064e ", max_size=10))
EDITS = ["", "ا", "و", "ي", "ه", "غ", "ج", "ش", "تش", "س", "ص", "ة", "ـ", " "]


# The gold list


def test_the_gold_list_has_each_pair_once() -> None:
    pairs = [frozenset((pair.first, pair.second)) for pair in bench.gold()]
    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 for pair in pairs)
    assert sum(pair.same for pair in bench.gold()) >= 120
    assert sum(not pair.same for pair in bench.gold()) >= 110


@pytest.mark.parametrize("way", bench.BOUNDS)
def test_the_gold_list_is_told_as_well_as_before(way: str) -> None:
    score, bound = bench.scores()[way], bench.BOUNDS[way]
    assert score.found >= bound.found, score.missed
    assert score.false <= bound.false, score.merged


def test_alike_pairs_of_the_gold_list_share_a_key() -> None:
    for pair in bench.gold():
        if likeness(pair.first, pair.second):
            assert blocking_keys(pair.first) & blocking_keys(pair.second), pair


# By rule


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("غانتس", "جانتس", Likeness.SAME_CLASS),
        ("أردوغان", "إردوغان", Likeness.SAME_SPELLING),
        ("أردوغان", "اردوغان", Likeness.SAME_SPELLING),
        ("أَرْدُوغَـان", "أردوغان", Likeness.SAME_SPELLING),
        ("أكار", "آكار", Likeness.SAME_SPELLING),
        ("أردوغان", "إردوجان", Likeness.SAME_CLASS),
        ("أنقرة", "أنقره", Likeness.SAME_CLASS),
        ("گانتس", "جانتس", Likeness.SAME_CLASS),
        ("ﮔﺎﻧﺘﺲ", "جانتس", Likeness.SAME_CLASS),
        ("ﷺ", "صلى الله عليه وسلم", Likeness.SAME_SPELLING),
        ("چاووش", "تشاووش", Likeness.SAME_CLASS),
        ("عبد الله", "عبدالله", Likeness.SAME_CLASS),
        ("سوريا", "سورية", Likeness.CLOSE),
        ("نتنياهو", "نتانياهو", Likeness.CLOSE),
        ("غوتيريش", "غوتيريس", Likeness.CLOSE),
        ("غانتس", "بيني غانتس", Likeness.PART_OF),
        ("بيني جانتس", "غانتس", Likeness.PART_OF),
        ("حركة حماس", "حماس", Likeness.PART_OF),
        ('حركة "حماس"', "حركة حماس", Likeness.SAME_SPELLING),
        ("Erdoğan", "ERDOGAN", Likeness.SAME_SPELLING),
        ("Bennett", "Benett", Likeness.SAME_CLASS),
        ("Netanyahu", "Netanyahou", Likeness.CLOSE),
    ],
)
def test_spellings_of_one_name(one: str, other: str, told: Likeness) -> None:
    assert likeness(one, other) is told
    assert likeness(other, one) is told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("غزة", "جثة"),  # of one class, but too short for it
        ("الصين", "السين"),  # the article does not make them longer
        ("تركيا", "تركيًا"),
        ("أردوغانًا", "إردوجانًا"),
        ("محمد", "محمود"),
        ("محمد علي", "محمود علي"),
        ("يائير لبيد", "يائير غولان"),
        ("بيني غانتس", "بيني بيغن"),
        ("عبد الله", "الله أكبر"),
        ("", ""),
        ("...", "..."),
        ("", "غانتس"),
        ("غ", "ج"),
    ],
)
def test_what_must_not_merge(one: str, other: str) -> None:
    assert likeness(one, other) is None
    assert likeness(other, one) is None


def test_a_word_that_is_the_same_makes_up_for_a_letter() -> None:
    assert likeness("غول", "جول") is None
    assert likeness("عبد الله غول", "عبد الله جول") is Likeness.SAME_CLASS
    assert likeness("زياد", "سياد") is Likeness.CLOSE
    assert likeness("زياد باري", "سياد باري") is Likeness.SAME_CLASS


def test_the_class_string_keeps_words_apart() -> None:
    assert class_string(" بيني  غانتس ") == class_string("بيني\u00a0جانتس") == "بيني جانتس"
    assert class_string("علييف") == class_string("عليف")
    assert class_string("") == ""


def test_the_distance_is_weighted_and_cut_off() -> None:
    assert distance("غانتس", "جانتس") == 0.1
    assert distance("سوريا", "سورية") == 0.4
    assert distance("لبيد", "لابيد") == 0.3
    assert distance("أردوغان", "هرتسوغ") > 2
    assert distance("أردوغان", "هرتسوغ", 0.5) == math.inf
    assert distance("سوريا", "سورية", 0.3) == math.inf
    assert distance("رجب أردوغان", "أردوغان") == distance("أردوغان", "رجبأردوغان")


# Any names


@given(ANY, ANY)
def test_the_order_does_not_matter(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)
    assert distance(one, other) == pytest.approx(distance(other, one))


@given(ANY)
def test_a_name_is_spelt_as_itself_or_is_none(name: str) -> None:
    assert likeness(name, name) is (Likeness.SAME_SPELLING if re.search(r"\w", fold(name).text) else None)
    assert distance(name, name) == 0


@given(NAME, st.integers(0, 20), st.sampled_from("\u0640\u064e\u0651\u200f"))
def test_marks_and_tatweel_do_not_count(name: str, position: int, mark: str) -> None:
    assert likeness(name, name[:position] + mark + name[position:]) is Likeness.SAME_SPELLING


@settings(max_examples=200)
@given(NAME, st.lists(st.tuples(st.integers(0, 20), st.sampled_from(EDITS)), max_size=3))
def test_names_that_are_alike_share_a_key(name: str, edits: list[tuple[int, str]]) -> None:
    other = name
    for position, letters in edits:
        other = other[:position] + letters + other[position + (letters != "") * 1 :]
    assume(likeness(name, other))
    assert blocking_keys(name) & blocking_keys(other)


@settings(max_examples=100)
@given(WORD, WORD)
def test_what_is_close_is_within_the_limit(one: str, other: str) -> None:
    if likeness(one, other) is Likeness.CLOSE:
        assert distance(one, other) <= CLOSE_ENOUGH
    full = distance(one, other)
    assert distance(one, other, CLOSE_ENOUGH) == (full if full <= CLOSE_ENOUGH else math.inf)
