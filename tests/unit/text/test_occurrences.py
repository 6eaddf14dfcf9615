# SPDX-License-Identifier: MIT
"""Places of names: those of the seed articles, counted by a reader, edges, proclitics, and any text at all."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.frequencies import word_rates
from annotator.text.occurrences import Doubt, NameFinder, Occurrence
from annotator.text.proclitics import Evidence, count_words, plain_form
from annotator.text.variants import class_string
from benchmarks.proclitics import texts

NOTHING = Evidence()
NAMES = ("غانتس", "بيني غانتس", "الموساد", "شولتس", "لبيد", "بيد")
PIECES = (
    *NAMES,
    "جانتس",
    "للموساد",
    "تشولتز",
    "و",
    "ل",
    "بال",
    "ب",
    "ال",
    " ",
    "\n",
    "\u00a0",
    "، ",
    ".",
    "ات",
    "\ufefb",
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence(sum((count_words(text) for text in texts().values()), Counter()), word_rates())


def places(text: str, *names: str, evidence: Evidence = NOTHING, variants: bool = True) -> list[Occurrence]:
    """Return the places of names."""
    return NameFinder(names, evidence, variants=variants).find(text)


def found(text: str, *names: str, evidence: Evidence = NOTHING, variants: bool = True) -> list[str]:
    """Return what stands at the places of names."""
    return [text[place.start : place.end] for place in places(text, *names, evidence=evidence, variants=variants)]


# The seed articles


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["غانتس", "جانتس"], {"غانتس": 20, "جانتس": 6}),
        (["إردوغان"], {"إردوغان": 10, "أردوغان": 7}),
        (["أكار"], {"أكار": 5, "آكار": 1}),
        (["تركيا"], {"تركيا": 41}),
        (["إسرائيل"], {"إسرائيل": 34}),
        (["أنقرة"], {"أنقرة": 16}),
        (["علييف"], {"علييف": 6}),
        (["أذربيجان"], {"أذربيجان": 7}),
        (["حماس"], {"حماس": 8}),
        (["إيران"], {"إيران": 4}),
        (["إسطنبول"], {"إسطنبول": 2}),
        (["اليونان"], {"اليونان": 5}),
        (["قبرص"], {"قبرص": 3}),
        (["لبيد", "واينت", "واللا"], {"لبيد": 1, "واينت": 2, "واللا": 2}),
    ],
)
def test_names_of_the_seeds_are_found_without_their_proclitics(
    names: list[str], written: dict[str, int], evidence: Evidence
) -> None:
    finder = NameFinder(names, evidence)
    hits = [(text[place.start : place.end], place.doubt) for text in texts().values() for place in finder.find(text)]
    assert Counter(word for word, _ in hits) == written
    assert {doubt for _, doubt in hits} == {None}


def test_the_articles_that_write_it_otherwise_are_to_be_looked_at(evidence: Evidence) -> None:
    finder = NameFinder(["غانتس"], evidence)
    hits = {article: [place.doubt for place in finder.find(text)] for article, text in texts().items()}
    assert {article: len(doubts) for article, doubts in hits.items()} == {
        "000": 9,
        "001": 7,
        "002": 4,
        "003": 6,
        "004": 0,
    }
    assert set(hits["003"]) == {Doubt.SPELLING}
    exact = NameFinder(["غانتس"], evidence, variants=False)
    assert sum(len(exact.find(text)) for text in texts().values()) == 20


# Edges


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("قال غانتس.", ["غانتس"]),
        ("«غانتس»", ["غانتس"]),
        ("(غانتس)،", ["غانتس"]),
        ('"غانتس"', ["غانتس"]),
        ("غانتس/لبيد", ["غانتس"]),
        ("\u2067غانتس\u2069", ["غانتس"]),
        ("قال\u200bغانتس\u200bاليوم", ["غانتس"]),
        ("غانتس\u200f.", ["غانتس"]),
        ("غَانْتِسُ.", ["غَانْتِسُ"]),
        ("غـانتـس قال", ["غـانتـس"]),
        ("بـ“غانتس”", ["غانتس"]),
        ("وـغانتس", ["غانتس"]),
        ("ﻏﺎﻧﺘﺲ", ["ﻏﺎﻧﺘﺲ"]),
        ("غانتسي", []),
        ("غانتس2", []),
        ("غانتسات", []),
        ("مغانتس", []),
        ("س غانتس", ["غانتس"]),
        ("", []),
    ],
)
def test_a_name_stands_between_edges_of_words(text: str, there: list[str]) -> None:
    assert found(text, "غانتس") == there


def test_a_name_with_tanwin_is_an_adjective() -> None:
    assert found("موقفًا تركيًا في تركيا", "تركيا") == ["تركيا"]
    assert found("شكراً", "شكرا") == []


def test_words_of_a_name_are_parted_by_blanks_of_any_kind_but_no_line() -> None:
    text = "بيني غانتس وبيني\u00a0غانتس لبيني  غانتس"
    assert found(text, "بيني غانتس") == ["بيني غانتس", "بيني\u00a0غانتس", "بيني  غانتس"]
    for line_end in ("\n", "\u2028", "\r", "، "):
        assert found(f"بيني{line_end}غانتس", "بيني غانتس") == []


def test_latin_names_are_found_in_any_case_and_with_their_accents() -> None:
    assert found("ERDOGAN and Erdoğan's, Erdogans", "Erdogan") == ["ERDOGAN", "Erdoğan"]
    assert found("قال بنيامين Netanyahu", "Netanyahu") == ["Netanyahu"]
    assert found("لNetanyahu", "Netanyahu") == ["Netanyahu"]
    assert found("Al-Assad, Al Assad", "al-Assad") == ["Al-Assad", "Al Assad"]


def test_positions_are_code_points() -> None:
    text = "\U0001f600 \U0001f600\nوغانتس"
    assert places(text, "غانتس") == [Occurrence(5, 10, None, "غانتس")]


def test_signs_within_a_name_may_stand_in_the_text() -> None:
    assert found('حركة "حماس" وحركة حماس', "حركة “حماس”") == ['حركة "حماس', "حركة حماس"]
    assert found("د. أحمد ود.أحمد ود أحمد، د, أحمد", "د. أحمد") == ["د. أحمد", "د.أحمد", "د أحمد"]
    assert found("a]b^c-d a b c d", r"a]b^c-d") == ["a]b^c-d", "a b c d"]


# Proclitics


@pytest.mark.parametrize("proclitic", ["", *"وفبلك", "وب", "فل", "ول", "وَلِـ"])
def test_proclitics_are_left_out(proclitic: str) -> None:
    assert found(f"قال {proclitic}أردوغان", "أردوغان") == ["أردوغان"]


@pytest.mark.parametrize("proclitic", ["ال", "وال", "بال", "فال", "كال", "وبال", "لل", "ولل"])
def test_the_article_is_left_out_where_the_name_has_none(proclitic: str) -> None:
    assert found(f"{proclitic}بيت الأبيض", "بيت الأبيض") == ["بيت الأبيض"]


@pytest.mark.parametrize("proclitic", ["", "و", "ب", "ف", "ك", "وب"])
def test_the_article_stays_with_a_name_that_has_it(proclitic: str) -> None:
    assert found(f"{proclitic}الموساد", "الموساد") == ["الموساد"]


def test_to_the_takes_the_article_along() -> None:
    assert found("للموساد وللموساد", "الموساد") == ["موساد", "موساد"]
    assert plain_form("للموساد", 2) == "الموساد"
    assert found("موساد", "الموساد") == []
    assert found("لألمانيا", "ألمانيا") == ["ألمانيا"]


def test_a_name_that_begins_like_a_proclitic_is_found_whole() -> None:
    assert found("لبيد ولبيد للبيد", "لبيد", "بيد") == ["لبيد", "لبيد", "لبيد"]


def test_no_place_begins_or_ends_within_a_ligature() -> None:
    assert found("\ufef7ردوغان", "أردوغان") == []  # لأ in one character
    assert found("ﷲ", "الل") == []
    assert found("ﷺ وﷺ", "صلى الله عليه وسلم", "صلى") == ["ﷺ", "ﷺ"]
    assert found("\ufef7ردوغان", "لأردوغان") == ["\ufef7ردوغان"]


# Spellings


def test_other_spellings_are_found_and_doubted() -> None:
    doubts = [(place.doubt, place.name) for place in places("غانتس جانتس گانتس أنقره", "غانتس", "أنقرة")]
    assert doubts == [(None, "غانتس"), (Doubt.SPELLING, "غانتس"), (Doubt.SPELLING, "غانتس"), (Doubt.SPELLING, "أنقرة")]
    assert found("غانتس جانتس أنقره", "غانتس", "أنقرة", variants=False) == ["غانتس"]
    assert found("شولتس وتشولتز", "شولتس") == ["شولتس", "تشولتز"]
    assert found("جثة", "غزة") == []


def test_a_name_that_is_spelt_so_wins_over_one_that_is_spelt_otherwise() -> None:
    hits = places("جانتس", "غانتس", "جانتس")
    assert hits == [Occurrence(0, 5, None, "جانتس")]


def test_the_longest_name_wins() -> None:
    assert found("بيني غانتس وغانتس", "غانتس", "بيني غانتس", "بيني") == ["بيني غانتس", "غانتس"]


# Doubts


def test_a_letter_before_a_name_may_belong_to_the_word(evidence: Evidence) -> None:
    (place,) = places("في لبنان", "بنان", evidence=evidence)
    assert (place.start, place.doubt) == (4, Doubt.PROCLITIC)
    (place,) = places("المصر", "مصر", evidence=evidence)
    assert place.doubt is Doubt.PROCLITIC


def test_short_and_common_names_are_doubted(evidence: Evidence) -> None:
    def doubt(name: str) -> Doubt | None:
        (place,) = places(name, name, evidence=evidence)
        return place.doubt

    assert doubt("الحرة") is doubt("سلام") is doubt("أمل") is doubt("الجزيرة") is Doubt.COMMON_WORD
    # Spelt like على and كأن, which nearly every place is.
    assert doubt("علي") is doubt("كان") is Doubt.COMMON_WORD
    assert doubt("لو") is Doubt.SHORT
    assert [place.doubt for place in places("غزة وغزة", "غزة", evidence=evidence)] == [None, Doubt.SHORT]
    assert doubt("حماس") is doubt("تركيا") is doubt("اليونان") is doubt("البحرين") is doubt("فتح الله") is None


# Any names, any text


def test_names_without_letters_are_left_out() -> None:
    assert NameFinder(["", " ", "…"], NOTHING).find("… قال") == []
    assert NameFinder([], NOTHING).find("قال") == []


@given(st.text(max_size=6), st.text(max_size=20))
def test_any_name_is_found_where_it_stands_alone(name: str, text: str) -> None:
    for place in places(f"{name}\n{text}", name):
        assert 0 <= place.start < place.end <= len(name) + 1 + len(text)


@settings(max_examples=200)
@given(TEXT)
def test_what_is_found_is_one_of_the_names_and_overlaps_nothing(text: str) -> None:
    hits = places(text, *NAMES)
    wanted = {class_string(name) for name in NAMES} | {class_string("موساد")}
    assert all(class_string(text[place.start : place.end]) in wanted for place in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))


@settings(max_examples=100)
@given(TEXT, st.lists(st.tuples(st.integers(1, 60), st.sampled_from("\u064e\u064f\u0651\u0640")), max_size=6))
def test_marks_and_tatweel_change_no_number(text: str, marks: list[tuple[int, str]]) -> None:
    marked = text
    for position, mark in marks:
        if position <= len(marked) and "ء" <= marked[position - 1] <= "ي":
            marked = marked[:position] + mark + marked[position:]
    assert len(places(marked, *NAMES)) == len(places(text, *NAMES))
