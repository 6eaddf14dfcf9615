# SPDX-License-Identifier: MIT
"""Names found while they are typed: by spelling, across scripts, best first, and quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.name_search import CONSONANTS, CONTAINED, WHOLE_PREFIX, WORD_PREFIX, matches_query, search_keys


def rank(query: str, *names: str) -> int | None:
    """Return how well a query finds an actor with these names."""
    return matches_query(query, search_keys(*names))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("gantz", "غانتس"), ("ghants", "غانتس"), ("gant", "غانتس"), ("Ganz", "غانتس"), ("erdogan", "أردوغان"),
        ("Erdoğan", "أردوغان"), ("erdo", "أردوغان"), ("herzog", "هرتسوغ"), ("hertzog", "هرتسوغ"), ("bennett", "بينيت"),
        ("netanyahu", "نتنياهو"), ("hamas", "حماس"), ("ankara", "أنقرة"), ("abbas", "عباس"), ("putin", "بوتين"),
        ("lapid", "لبيد"), ("biden", "بايدن"), ("macron", "ماكرون"), ("khamenei", "خامنئي"), ("qatar", "قطر"),
        ("benny g", "بيني غانتس"), ("al-assad", "بشار الأسد"), ("alassad", "بشار الأسد"), ("Assad", "بشار الأسد"),
        ("abdullah", "عبد الله"), ("muhammad", "محمد"), ("mossad", "الموساد"), ("Guterres", "غوتيريس"),
        ("Ya'alon", "يعلون"),
        ("لبيد", "Yair Lapid"), ("أردوغان", "Recep Tayyip Erdoğan"), ("غانتس", "Benny Gantz"), ("جانتس", "غانتس"),
        ("انقره", "أنقرة"), ("شتاينماير", "Steinmeier"), ("İbrahim Kalın", "إبراهيم قالن"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_the_other_script(query: str, name: str) -> None:
    assert rank(query, name) == CONSONANTS


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("غان", "غانتس", WHOLE_PREFIX),
        ("اردوغان", "أردوغان", WHOLE_PREFIX),
        ("أردوغان", "إردوغان", WHOLE_PREFIX),
        ("غـانْ", "غَانتس", WHOLE_PREFIX),
        ("ERDO", "Erdoğan", WHOLE_PREFIX),
        ("على", "علي", WHOLE_PREFIX),
        ("غان", "بيني غانتس", WORD_PREFIX),
        ("غان بي", "بيني غانتس", WORD_PREFIX),
        ("موساد", "الموساد", CONTAINED),
        ("f16", "F16", WHOLE_PREFIX),
        ("", "غانتس", WHOLE_PREFIX),
        ("  ", "غانتس", WHOLE_PREFIX),
    ],
)
def test_the_nearer_spelling_ranks_first(query: str, name: str, found: int) -> None:
    assert rank(query, name) == found


def test_the_best_of_the_names_counts() -> None:
    assert rank("erdogan", "أردوغان", "Recep Tayyip Erdoğan") == WORD_PREFIX
    assert rank("erdogan", "أردوغان", "Erdoğan", "Recep Tayyip Erdoğan") == WHOLE_PREFIX


def test_words_are_sought_in_one_name_and_not_across_several() -> None:
    assert rank("غان ياير", "بيني غانتس", "ياير لبيد") is None
    assert rank("غان بي", "ياير لبيد", "بيني غانتس") == WORD_PREFIX
    assert rank("غانتس ياير", "بيني غانتس", "ياير لبيد") is None


@pytest.mark.parametrize(
    ("query", "name"),
    [("gantz", "أردوغان"), ("g", "غانتس"), ("ae", "غانتس"), ("ankara", "حماس"), ("x", ""), ("حماس", "...")],
)
def test_what_is_not_meant_is_not_found(query: str, name: str) -> None:
    assert rank(query, name) is None


def test_a_name_without_letters_has_no_keys() -> None:
    assert search_keys("") == search_keys(" … ") == ""


@given(st.one_of(st.text(max_size=12), st.text("غانتسabh' -يو", max_size=12)))
def test_any_name_is_found_by_itself(name: str) -> None:
    keys = search_keys(name)
    assert not keys or matches_query(name, keys) == WHOLE_PREFIX


def test_a_key_stroke_over_many_actors_is_quick() -> None:
    names = ("رجب طيب أردوغان", "Recep Tayyip Erdoğan", "أردوغان", "الرئيس التركي")
    actors = [search_keys(*names)] * 5_000
    started = time.perf_counter()
    assert not any(matches_query("gantz", keys) is not None for keys in actors)
    # Some 4 ms here; an accidental fold per actor would take a second.
    assert time.perf_counter() - started < 0.3
