# SPDX-License-Identifier: MIT
"""Tokens, words at a place, snapping, moving by word, sentences."""

from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import span
from annotator.text import blanks
from annotator.text.words import next_word, previous_word, sentences, snap_to_words, tokens, word_at

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
NEWS = st.text(
    st.sampled_from(
        "اب أة \n\u00a0.،؟!…“”\"'():/-@#_0١٣aZ\u0651ـ\u200c\u200f\u202e\u2067\u2069\u200d😀👍🏽🇵🇸\ufe0f\u0600e"
    )
)
ANY_TEXT = (
    NEWS
    | st.text()
    | st.lists(st.sampled_from(["www.a.com", "https://", "15:30", "a@b.co", " ", "د.", "x"])).map("".join)
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('و"شرع', ["و", '"', "شرع"]),
        ("و'شرع'", ["و", "'", "شرع", "'"]),
        ("بـ”طرد", ["بـ", "”", "طرد"]),
        ("(Benny Gantz)،", ["(", "Benny", "Gantz", ")", "،"]),
        ("9 مارس 2022", ["9", "مارس", "2022"]),
        ("في 15:30.", ["في", "15:30", "."]),
        ("22994024-22994022", ["22994024-22994022"]),
        ("3.5% ٣٫٥٪", ["3.5", "%", "٣٫٥", "٪"]),
        ("2022-03-09 9/3/2022 1,000,000", ["2022-03-09", "9/3/2022", "1,000,000"]),
        ("@RTErdogan: #وسم_ما!", ["@RTErdogan", ":", "#وسم_ما", "!"]),
        ("(https://a.b/c?d=e&f=١).", ["(", "https://a.b/c?d=e&f=١", ")", "."]),
        ("www.aljazeera.net، walla.co.il.", ["www.aljazeera.net", "،", "walla.co.il", "."]),
        ("x.y+z@example.com,", ["x.y+z@example.com", ","]),
        ("محـمد أنّ وُصِفَ", ["محـمد", "أنّ", "وُصِفَ"]),
        ("می\u200cخواهم أن\u200fه سو\u00adف", ["می\u200cخواهم", "أن\u200fه", "سو\u00adف"]),
        ("\u200fقال\u200f ", ["قال"]),
        ("لـ\u2068غانتس\u2069", ["لـ", "غانتس"]),
        ("Netanyahu’s l'Iran F16 'no'", ["Netanyahu’s", "l'Iran", "F16", "'", "no", "'"]),
        ("👨‍👩‍👧🇵🇸🇹🇷👍🏽❤️5️⃣", ["👨‍👩‍👧", "🇵🇸", "🇹🇷", "👍🏽", "❤️", "5️⃣"]),
        ("قال😀نعم", ["قال", "😀", "نعم"]),
        ("أيار/ مايو", ["أيار", "/", "مايو"]),
        (".. …", [".", ".", "…"]),
        ("a\u00a0b\u2028c\x85d\te", ["a", "b", "c", "d", "e"]),
        (".\u0301", [".\u0301"]),
        ("پارس چ ڤ گ ک ی ﻷ ﷲ", ["پارس", "چ", "ڤ", "گ", "ک", "ی", "ﻷ", "ﷲ"]),
        (" \u200f\n", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_blanks_are_those_of_the_model() -> None:
    """A tag of blanks only is refused by the model; the same characters must be blanks here."""
    assert set(blanks.BLANKS) == set(span.BLANKS)


def test_white_space_is_what_python_calls_so() -> None:
    assert set(blanks.WHITE_SPACE) == {chr(code) for code in range(0x110000) if chr(code).isspace()}


@given(ANY_TEXT)
def test_tokens_cover_every_visible_character_once(text: str) -> None:
    found = tokens(text)
    assert all(start < end for start, end in found)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    covered = {i for start, end in found for i in range(start, end)}
    assert not any(text[i].isspace() for i in covered)
    assert all(i in covered or text[i] in blanks.BLANKS for i in range(len(text)))
    assert not any(text[start] in blanks.BLANKS for start, _ in found)


@given(ANY_TEXT)
def test_looking_locally_agrees_with_all_tokens(text: str) -> None:
    found = tokens(text)
    for i in range(len(text)):
        assert word_at(text, i) == next(((start, end) for start, end in found if start <= i < end), None)
    assert word_at(text, len(text)) is None


@pytest.mark.parametrize(
    ("text", "selected", "snapped"),
    [
        ("قال غانتس أمس", "انت", "غانتس"),
        ("قال غانتس أمس", " غان", "غانتس"),
        ("قال غانتس أمس", "س أ", "غانتس أمس"),
        ("“أكسيوس” قال", "كسيو", "أكسيوس"),
        ("“أكسيوس” قال", "“أكس", "“أكسيوس"),
        ("“أكسيوس” قال", "“أكسيوس”", "“أكسيوس”"),
        ("(Benny Gantz)،", "enny G", "Benny Gantz"),
        ('و"شرع', "رع", "شرع"),
        ("بـ”طرد", "طر", "طرد"),
        ("في 15:30.", "5:3", "15:30"),
        ("محـمد\u200f ", "مد\u200f ", "محـمد"),
        ("أنّ", "ّ", "أنّ"),
        ("می\u200cخواهم", "\u200c", ""),
        ("قال\n\nنعم", "ل\n\nن", "قال\n\nنعم"),
        ("👨‍👩‍👧 قال", "👩", "👨‍👩‍👧"),
        ("قال  ،", "  ", ""),
        ("قال ، نعم", " ، ", "،"),
    ],
)
def test_snaps_to_words(text: str, selected: str, snapped: str) -> None:
    start = text.index(selected)
    s, e = snap_to_words(text, start, start + len(selected))
    assert text[s:e] == snapped


def test_an_empty_selection_stays() -> None:
    assert snap_to_words("قال نعم", 2, 2) == (2, 2)


@given(ANY_TEXT, st.data())
def test_snapping_grows_over_words_only(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    s, e = snap_to_words(text, start, end)
    visible = {i for i in range(start, end) if text[i] not in blanks.BLANKS}
    assert visible <= set(range(s, e))
    assert snap_to_words(text, s, e) == (s, e)
    if start < end and s < e:
        edges = {position for token in tokens(text) for position in token}
        assert {s, e} <= edges
        assert all(
            visible & set(range(*token)) or (s < token[0] and token[1] < e)
            for token in tokens(text[:e])
            if token[0] >= s
        )


def test_moves_by_word() -> None:
    text = "قال، “نعم” في 15:30."
    assert [next_word(text, i) for i in (0, 5, 6, 12)] == [6, 6, 11, 14]
    assert next_word(text, 14) == len(text)
    assert [previous_word(text, i) for i in (len(text), 14, 12, 8, 6, 1, 0)] == [14, 11, 11, 6, 0, 0, 0]
    assert (next_word("", 0), previous_word(" ", 1), next_word("قال", -1)) == (0, 0, 0)


@given(ANY_TEXT, st.data())
def test_moving_reaches_each_word_both_ways(text: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(text)))
    after, before = next_word(text, i), previous_word(text, i)
    assert i < after <= len(text) or after == len(text)
    assert 0 <= before < i or before == 0
    starts = {start for start, _ in tokens(text)}
    assert {after, before} <= starts | {0, len(text)}
    if after < len(text):
        assert previous_word(text, after + 1) == after
        assert previous_word(text, after) <= i


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال نعم. ثم ذهب؟ لا! ربما… إذن", ["قال نعم.", "ثم ذهب؟", "لا!", "ربما…", "إذن"]),
        ("قال د. محمد (أ. ب) إن 3.5 مليون.", ["قال د. محمد (أ. ب) إن 3.5 مليون."]),
        ("وأضاف: “نعم.” ثم ذهب.", ["وأضاف: “نعم.”", "ثم ذهب."]),
        ("(قال نعم.) ثم؟!» لا", ["(قال نعم.)", "ثم؟!»", "لا"]),
        ("قال.وأضاف", ["قال.", "وأضاف"]),
        ("زر www.a.com/x.html أو a.b@c.org. ثم", ["زر www.a.com/x.html أو a.b@c.org.", "ثم"]),
        ("في 15:30. ثم 2022.", ["في 15:30.", "ثم 2022."]),
        ("عنوان\n\nفقرة.\n", ["عنوان", "فقرة."]),
        ("سطر\u2028آخر\u2029ثالث", ["سطر", "آخر", "ثالث"]),
        ("وقال...\u00a0ثم", ["وقال...", "ثم"]),
        (" \n\u200f", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(ANY_TEXT)
def test_sentences_cover_the_text_without_blank_edges(text: str) -> None:
    found = sentences(text)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    assert all(text[start] not in blanks.BLANKS and text[end - 1] not in blanks.BLANKS for start, end in found)
    covered = {i for start, end in found for i in range(start, end)}
    assert all(i in covered or text[i] in blanks.BLANKS for i in range(len(text)))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_sentences_of_the_seeds_stay_within_their_lines(path: Path) -> None:
    text = path.read_text("utf-8")
    found = [text[start:end] for start, end in sentences(text)]
    assert len(found) >= len([line for line in text.split("\n") if line.strip()])
    assert not any("\n" in sentence for sentence in found)


def test_a_local_question_does_not_read_a_long_paragraph() -> None:
    text = "قال غانتس، نعم. " * 70_000
    began = perf_counter()
    for i in range(500_000, 500_400):
        word_at(text, i)
        next_word(text, i)
        previous_word(text, i)
        snap_to_words(text, i, i + 20)
    # About 0.02 s; reading the whole paragraph each time would take minutes.
    assert perf_counter() - began < 5
