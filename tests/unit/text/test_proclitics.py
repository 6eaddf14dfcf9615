# SPDX-License-Identifier: MIT
"""Proclitics: the gold list of the seed articles with its floors, words no article has, and any text at all."""

import dataclasses
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.frequencies import word_rates
from annotator.text.offsets import grapheme_boundaries
from annotator.text.proclitics import Evidence, boundary, count_words, key, name_bounds, plain_form
from annotator.text.words import tokens
from benchmarks import proclitics as bench

NOTHING = Evidence()
LETTERS = st.text("وفبلكساأإلمقرتي\u0640\u064e\u0651\ufefb\u200c", max_size=8)
ANY = st.one_of(LETTERS, st.text(max_size=12), st.builds(str.__add__, LETTERS, st.text(max_size=4)))


@pytest.fixture(scope="module")
def rates() -> Mapping[str, float]:
    return word_rates()


@pytest.fixture(scope="module")
def evidence(rates: Mapping[str, float]) -> Evidence:
    return Evidence(sum((count_words(text) for text in bench.texts().values()), Counter()), rates)


def cut(word: str, evidence: Evidence, **options: object) -> str:
    """Return what is left of a word."""
    return word[boundary(word, evidence, **options) :]  # type: ignore[arg-type]


#: None of these is in the seeds, so nothing is tuned on them.
UNCUT = """
    بغداد بيروت لبنان ليبيا لندن فلسطين فرنسا فيينا فنلندا كندا كوريا كييف كابول كردستان بريطانيا بلجيكا باريس برلين
    باكستان بوتين بلينكن لافروف سليماني سويسرا السودان واشنطن بولندا فيسبوك كلينتون كورونا بشار وزراء ولايات وكالات
    كتائب كنيسة فصائل فريق فساد بنود برلمان بلدية بنوك لجنة لقاء لغة سلطات
"""
WITH_PRONOUN = "له لها لهم لنا به بها بهم فيه فيها لديه لدينا بينهم كأنه لكنها"


# The gold list


def test_the_gold_list_is_every_token_of_the_seeds_that_may_have_a_proclitic() -> None:
    found = [
        (article, start, text[start:end])
        for article, text in bench.texts().items()
        for start, end in tokens(text)
        if key(text[start:end])[:1] in tuple("وفبلكس")
    ]
    assert [(row.article, row.start, row.token) for row in bench.gold()] == found
    assert len(found) == 516


@pytest.mark.parametrize("name", bench.FLOORS)
def test_the_gold_list_is_cut_as_well_as_before(name: str) -> None:
    score = bench.scores()[name]
    assert score.all >= bench.FLOORS[name], score.misses


# Other words, by the language's frequencies alone


@pytest.mark.parametrize("word", UNCUT.split())
def test_names_and_nouns_stay_whole(word: str, rates: Mapping[str, float]) -> None:
    assert cut(word, Evidence({}, rates)) == word


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("ولبنان", "لبنان"), ("بلبنان", "لبنان"), ("لبيروت", "بيروت"), ("وبغداد", "بغداد"), ("لفلسطين", "فلسطين"),
        ("وفرنسا", "فرنسا"), ("بفرنسا", "فرنسا"), ("للسعودية", "سعودية"), ("وللسعودية", "سعودية"),
        ("لواشنطن", "واشنطن"), ("كالسعودية", "السعودية"), ("وبالتالي", "التالي"), ("فالولايات", "الولايات"),
        ("والولايات", "الولايات"), ("بالولايات", "الولايات"), ("لأوكرانيا", "أوكرانيا"), ("وإيران", "إيران"),
        ("بروسيا", "روسيا"), ("لروسيا", "روسيا"), ("وروسيا", "روسيا"), ("ومصر", "مصر"), ("بمصر", "مصر"),
        ("لوزير", "وزير"), ("ووزير", "وزير"), ("ولوزير", "وزير"), ("للجنة", "لجنة"), ("فلن", "لن"), ("وله", "له"),
    ],
)  # fmt: skip
def test_proclitics_are_cut_off(word: str, left: str, rates: Mapping[str, float]) -> None:
    assert cut(word, Evidence({}, rates)) == left


def test_function_words_keep_their_pronouns(evidence: Evidence) -> None:
    for word in WITH_PRONOUN.split():
        assert boundary(word, evidence) == boundary(word, NOTHING) == 0


def test_without_any_evidence_only_what_is_sure_is_cut_off() -> None:
    assert cut("لأردوغان", NOTHING) == "أردوغان"
    assert cut("للمقر", NOTHING) == "مقر"
    assert cut("بوتين", NOTHING) == "بوتين"


# What the boundary is


def test_marks_and_tatweel_belong_to_the_proclitic(evidence: Evidence) -> None:
    assert cut("وـأضاف", evidence) == "أضاف"
    assert cut("وَأَضَافَ", evidence) == "أَضَافَ"
    assert cut("لِأَرْدُوغَان", evidence) == "أَرْدُوغَان"
    assert cut("و\u200cتركيا", evidence) == "تركيا"


def test_to_the_leaves_the_noun_and_knows_how_it_is_written_alone(evidence: Evidence) -> None:
    assert (boundary("للمقر", evidence), plain_form("للمقر", 2)) == (2, "المقر")
    assert plain_form("للقاء", boundary("للقاء", evidence)) == "لقاء"
    assert plain_form("وللمقر", boundary("وللمقر", evidence)) == "المقر"
    assert plain_form("تركيا", 0) == "تركيا"


def test_a_letter_before_digits_or_latin_is_a_proclitic() -> None:
    assert cut("و2016", NOTHING) == "2016"
    assert cut("بـ15", NOTHING) == "15"
    assert cut("لGantz", NOTHING) == "Gantz"
    assert cut("بـ", NOTHING) == "بـ"


def test_a_ligature_is_not_cut_in_two(evidence: Evidence) -> None:
    for word in ("\ufef7ردوغان", "\ufefbتركيا"):
        assert boundary(word, evidence) == 0
    assert cut("و\ufefbئحة", evidence) in ("و\ufefbئحة", "\ufefbئحة")


def test_the_future_is_cut_off_on_request_only(evidence: Evidence) -> None:
    assert cut("سيلتقي", evidence) == "سيلتقي"
    assert cut("سيلتقي", evidence, future=True) == "يلتقي"
    assert cut("وسيلتقي", evidence) == "سيلتقي"
    assert cut("وسيلتقي", evidence, future=True) == "يلتقي"


def knowing(evidence: Evidence, name: str) -> Evidence:
    return dataclasses.replace(evidence, names=frozenset({key(name)}))


def test_known_names_win(evidence: Evidence) -> None:
    for name, glued in (("واينت", "لواينت"), ("واللا", "وواللا"), ("لبيد", "ولبيد")):
        assert cut(name, evidence) != name
        assert cut(name, knowing(evidence, name)) == name
        assert cut(glued, knowing(evidence, name)) == name
    assert cut("للموساد", knowing(evidence, "الموساد")) == "موساد"


def test_bounds_of_a_range_leave_out_the_proclitics_of_its_first_word(evidence: Evidence) -> None:
    text = "قال لأردوغان الرئيس، ولتركيا"
    for words, name in (("لأردوغان", "أردوغان"), ("لأردوغان الرئيس", "أردوغان الرئيس"), ("الرئيس", "الرئيس")):
        start = text.index(words)
        bounds = name_bounds(text, start, start + len(words), evidence)
        assert text[slice(*bounds)] == name
    inside = text.index("أردوغان")
    assert name_bounds(text, inside, inside + 7, evidence) == (inside, inside + 7)
    assert name_bounds(text, 3, 3, evidence) == (3, 3)


# Any text


@given(ANY)
def test_a_boundary_leaves_whole_characters_of_the_word(word: str) -> None:
    known = Evidence({"مقر": 2}, {"قر": 50.0, "مقر": 10.0})
    for future in (False, True):
        for evidence in (NOTHING, known, dataclasses.replace(known, names=frozenset({"مقر", "ا"}))):
            at = boundary(word, evidence, future=future)
            assert at == 0 or (0 < at < len(word) and at in grapheme_boundaries(word))


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_bounds_lie_within_the_range(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    first, last = name_bounds(text, start, end, NOTHING)
    assert start <= first <= last == end


def test_what_is_left_of_a_gold_token_has_no_proclitic_left(evidence: Evidence) -> None:
    twice = {row.token for row in bench.gold() if boundary(cut(row.token, evidence), evidence)}
    # Of words cut after لل, the article is gone that told what they are.
    assert {word for word in twice if not key(word).startswith("لل")} == set()


@given(st.lists(st.sampled_from(["تركيا", "وتركيا", "أنقرة", "،", "2016", "Gantz", "تُركِيا"]), max_size=20))
def test_words_are_counted_folded_however_long_the_text(words: list[str]) -> None:
    counts = count_words(" ".join(words))
    assert sum(counts.values()) == sum(key(word)[0] > "\u0600" and word != "،" for word in words)
    assert counts["تركيا"] == words.count("تركيا") + words.count("تُركِيا")
