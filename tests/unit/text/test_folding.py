# SPDX-License-Identifier: MIT
"""Folding: the table, the way back, and searching."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.blanks import INVISIBLE
from annotator.text.code_page import ORDINARY
from annotator.text.folding import Level, _fold_character, find_all, fold, folded
from annotator.text.words import tokens

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
MARKED = st.text(st.sampled_from("ابةىيأإآٱءؤئگپمحدـ\u064b\u0651\u0670\u200f\u200cﷲﻻﷺ٣۴…“، \nÉß😀"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أإآٱ", "اااا"),
        ("إلى على", "الي علي"),
        ("مُحَـمّد", "محمد"),
        ("ﻻ ﷲ", "لا الله"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("٢٠٢٢ ۱۲", "2022 12"),
        ("«قال»، “نعم”؛ لا؟", '"قال", "نعم"; لا?'),
        ("ایران کرد", "ايران كرد"),
        ("مي\u200cخواهم \u200fقال\u00ad", "ميخواهم قال"),
        ("أكثر\u00a0من…", "اكثر من..."),
        ("Café CAFE\u0301 ﬁn", "cafe cafe fin"),
        ("مدرسة مؤمن رئيس بناء", "مدرسة مؤمن رئيس بناء"),
        ("ﹰﱠ", ""),
        ("´a", "´a"),
        ("سطر\nآخر", "سطر\nاخر"),
    ],
)
def test_folds_for_search(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("مدرسة مؤمن رئيس بناء", "مدرسه مومن رييس بنا"), ("چپ ژاك گانتس ڤولفو", "جب زاك كانتس فولفو")],
)
def test_folds_for_names(text: str, folded: str) -> None:
    assert fold(text, Level.NAME).text == folded


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("لأردوغان وإردوغان", "أردوغان", ["أردوغان", "إردوغان"]),
        ("المُسيرة وُصف", "المسيرة", ["المُسيرة"]),
        ("محـمد ومحمّد", "محمد", ["محـمد", "محمّد"]),
        ("بـ”طرد", "ب", ["بـ"]),
        ("أنّ", "ان", ["أنّ"]),
        ("ﷲ", "ل", ["ﷲ"]),
        ("ااا", "اا", ["اا"]),
        ("قال", "", []),
        ("قال", "\u0651", []),
        ("قال", "قول", []),
        ("محاولة\u00a0لإعادة", "محاولة لإعادة", ["محاولة\u00a0لإعادة"]),
    ],
)
def test_finds_all_variants(text: str, needle: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(text, needle)] == found


def test_name_level_finds_more() -> None:
    assert find_all("جامعه", "جامعة") == []
    assert find_all("جامعه", "جامعة", Level.NAME) == [(0, 5)]


def test_empty_span_stays_empty() -> None:
    folded = fold("أنّ")
    assert (folded.span(0, 0), folded.span(1, 3), folded.span(2, 2)) == ((0, 0), (1, 3), (3, 3))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_word_of_the_seeds_is_found_where_it_stands(path: Path) -> None:
    text = path.read_text("utf-8")
    folded = fold(text)
    for start, end in tokens(text):
        a, b = folded.starts.index(start), folded.starts.index(end)
        assert folded.span(a, b) == (start, end)


@given(MARKED, st.sampled_from(Level))
def test_the_way_back_is_monotone_and_complete(text: str, level: Level) -> None:
    folded = fold(text, level)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.starts[len(folded.text)] == len(text)
    for i, character in enumerate(folded.text):
        assert character in fold(text[folded.starts[i]], level).text


@given(MARKED, st.sampled_from(Level))
def test_folding_twice_changes_nothing(text: str, level: Level) -> None:
    once = fold(text, level).text
    assert fold(once, level).text == once


@given(st.text(), MARKED, st.sampled_from(Level))
def test_folds_piece_by_piece(one: str, other: str, level: Level) -> None:
    assert fold(one + other, level).text == fold(one, level).text + fold(other, level).text


@given(MARKED, MARKED, MARKED)
def test_finds_what_is_there(before: str, needle: str, after: str) -> None:
    found = find_all(before + needle + after, needle)
    assert bool(found) is bool(fold(needle).text)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    for start, end in found:
        assert fold(needle).text in fold((before + needle + after)[start:end]).text


@given(st.one_of(st.text(), MARKED, st.text(st.sampled_from([*ORDINARY]))), st.sampled_from(Level))
def test_the_quick_way_is_the_slow_way(text: str, level: Level) -> None:
    by_character = [_fold_character(character, level) for character in text]
    assert folded(text, level) == fold(text, level).text == "".join(by_character)
    starts = [place for place, fold_ in enumerate(by_character) for _ in fold_]
    assert [*fold(text, level).starts] == [*starts, len(text)]


def test_ordinary_characters_fold_one_by_one_or_to_nothing() -> None:
    assert len(ORDINARY) < 256
    assert all(_fold_character(character, level) in {"", *ORDINARY} for character in ORDINARY for level in Level)


@given(st.text(st.sampled_from(INVISIBLE)))
def test_invisible_characters_fold_to_nothing(text: str) -> None:
    assert fold(text).text == ""
