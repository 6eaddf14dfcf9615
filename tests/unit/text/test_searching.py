# SPDX-License-Identifier: MIT
"""What words that are typed find in a text, and that an index of words never rules it out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.folding import fold, folded
from annotator.text.index_words import index_words
from annotator.text.letters import READ_AS
from annotator.text.occurrences import Doubt, NameFinder
from annotator.text.proclitics import Evidence
from annotator.text.searching import Finder, Query


def quotes(typed: str, text: str, *, exact: bool = False, known: Evidence = Evidence()) -> list[str]:  # noqa: B008 - frozen
    return [text[place.start : place.end] for place in Finder(Query.of(typed, exact=exact), known).find(text)]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("برلمان", "والبرلمان وبالبرلمان للبرلمان لبرلمان", ["برلمان"] * 4),
        ("برلمان", "البرلماني برلمانات برلمانه", []),
        ("البرلمان", "برلمان البرلمان وبالبرلمان للبرلمان", ["البرلمان", "البرلمان", "برلمان"]),
        ("اللجنة", "لجنة للجنة واللجنة", ["لجنة", "اللجنة"]),
        ("احمد", "أحمد وأَحْمَد أحمـــد آحمد", ["أحمد", "أَحْمَد", "أحمـــد", "آحمد"]),
        ("إلياس", "إلياس وإلياس ياس", ["إلياس", "إلياس"]),
        ("غزة", "غَزَّة وغـزةِ غزه", ["غَزَّة", "غـزةِ"]),
        ("لا", "ﻻ ولا قالﻻ", ["ﻻ", "لا"]),
        ("سلام", "سلا\u200cم سلا\u202bم", ["سلا\u200cم"]),
        ("2024", "عام ٢٠٢٤ و2024م", ["٢٠٢٤"]),
        ("Gantz", "GANTZ (gantz) Gantzes Gäntz", ["GANTZ", "gantz", "Gäntz"]),
        ("٫", "٫", []),
        ("", "نص", []),
    ],
)
def test_words_in_any_spelling_and_behind_proclitics(typed: str, text: str, found: list[str]) -> None:
    assert quotes(typed, text) == found


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("وزير دفاع", "الدفاع عن وزير", ["دفاع", "وزير"]),
        ("وزير دفاع", "وزير بلا حقيبة", []),
        ('"وزير الدفاع"', "ووزير الدفاع، الدفاع وزير", ["وزير الدفاع"]),
        ("«وزير الدفاع»", "وزير — «الدفاع»", ["وزير — «الدفاع"]),
        ('"وزير الدفاع"', "وزير\nالدفاع وزير\u2028الدفاع", []),
        ('"وزير الدفاع', "وزير الدفاع", ["وزير الدفاع"]),
        ('وزير "وزير الدفاع"', "وزير الدفاع", ["وزير الدفاع"]),
        ("د.محمد", "د. محمد ود محمد محمد", ["د. محمد", "د محمد"]),
    ],
)
def test_all_words_must_be_there_and_quoted_ones_in_a_row(typed: str, text: str, found: list[str]) -> None:
    assert quotes(typed, text) == found


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("احمد", "أحمد احمد واحمد", ["احمد"]),
        ("أحمد", "أَحْمَد احمد", ["أَحْمَد"]),
        ("البرلمان", "البرلمان للبرلمان برلمان", ["البرلمان"]),
        ('"بيني غانتس"', "بيني غانتس وبيني غانتس", ["بيني غانتس"]),
        ("Gantz", "gantz Gantz", ["Gantz"]),
    ],
)
def test_an_exact_search_takes_letters_as_they_are_typed(typed: str, text: str, found: list[str]) -> None:
    assert quotes(typed, text, exact=True) == found


def test_a_letter_that_may_be_the_words_own_is_doubted() -> None:
    known = Evidence(rates={"بحر": 50.0, "حر": 20.0, "الحر": 10.0, "البحر": 60.0})
    text = "بحر الحر والحر"
    found = Finder(Query.of("حر"), known).find(text)
    assert [(text[place.start : place.end], place.doubt) for place in found] == [
        ("حر", Doubt.PROCLITIC),
        ("حر", None),
        ("حر", None),
    ]


# Letters that fold to one, marks, ligatures, blanks of all kinds, what no usual text has.
_LETTERS = "ابلكوفتشسصغجأإةهىيءؤg1A"
_STRANGE = "ـ\u064b\u0651\u200c\u200b\u202b\u2028\x85ﻻﷲﷺß½①\u0967𞸁_-.،«"
_WORDS = st.text(_LETTERS, min_size=1, max_size=4)
_PIECES = st.one_of(
    _WORDS, st.text(_LETTERS + _STRANGE, min_size=1, max_size=4), st.sampled_from([" ", " ", "\n", "، "])
)
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)


@given(_TEXTS, _WORDS, _WORDS, st.booleans(), st.booleans())
def test_what_is_found_is_there_and_an_index_has_it(text: str, one: str, two: str, phrase: bool, exact: bool) -> None:
    text = f"{text} {one} {two} {text}"
    query = Query.of(f'"{one} {two}"' if phrase else f"{one} {two}", exact=exact)
    found = Finder(query, Evidence()).find(text)
    for place in found:
        assert folded(place.term.words[-1]) in folded(text[place.start : place.end])
    assert all(a.end <= b.start for a, b in pairwise(found))
    if found:
        assert all(words & index_words(text) for words in query.looked_up)
    assert found or exact


@given(_TEXTS, _WORDS)
def test_a_text_is_searched_as_it_is_as_if_it_were_folded(text: str, word: str) -> None:
    finder = Finder(Query.of(word), Evidence())
    as_written = [(place.start, place.end) for place in finder.find(text)]
    if "ﻻ" in text or any(len(folded(character)) > 1 for character in text):
        return
    # A character that folds to several letters has the same text folded as a whole.
    shown = fold(f"{text}\nﷲ".translate(READ_AS))
    assert [(place.start, place.end) for place in finder.find(f"{text}\nﷲ") if place.end <= len(text)] == as_written
    assert shown.source.startswith(text.translate(READ_AS))


@given(_TEXTS, st.lists(_WORDS, min_size=1, max_size=2).map(" ".join))
def test_an_index_never_rules_out_a_text_in_which_a_name_stands(text: str, name: str) -> None:
    finder = NameFinder([name], Evidence())
    for whole in (text, f"{text} {name}", f"{text} وبال{name}", f"{text} لل{name.removeprefix('ال')}"):
        if finder.find(whole):
            assert any(all(words & index_words(whole) for words in row) for row in finder.looked_up)


@given(_TEXTS)
def test_the_words_of_a_text_are_the_same_whatever_else_is_in_it(text: str) -> None:
    # One strange character, and the text is folded as a whole.
    assert index_words(f"{text}\nﷲ") - index_words("ﷲ") == index_words(text) - index_words("ﷲ")
