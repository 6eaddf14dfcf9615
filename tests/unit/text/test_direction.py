# SPDX-License-Identifier: MIT
"""Direction: hand-verified levels and orders, and agreement with python-bidi's own display."""

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from annotator.text import direction
from annotator.text.direction import Direction, base_direction, levels, paragraphs, visual_order

LTR, RTL = Direction.LTR, Direction.RTL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال Gantz", RTL),
        ("Gantz قال", LTR),
        ("15:30 (2022)", None),
        ("15:30 قال", RTL),
        ("\u2066Gantz\u2069 قال", RTL),
        ("\u2067قال\u2069 Gantz", LTR),
        ("\u2067قال Gantz", None),
        ("\u2069قال", RTL),
        ("\u2066\u2067x\u2069y\u2069 قال", RTL),
        ("\u200eقال", LTR),
        ("\u200f Gantz", RTL),
        ("\u061c Gantz", RTL),
        ("\u202eabc", LTR),
        ("שלום", RTL),
        ("این", RTL),
        ("😀 !", None),
        ("", None),
    ],
)
def test_base_direction(text: str, expected: Direction | None) -> None:
    assert base_direction(text, LTR) is (expected or LTR)
    assert base_direction(text, RTL) is (expected or RTL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("قال\nنعم", ["قال", "نعم"]),
        ("قال\n\n", ["قال", "", ""]),
        ("قال\u2029نعم\u2028لا\x85", ["قال", "نعم\u2028لا\x85"]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        # What stands on the line from left to right; brackets are not mirrored here.
        ("قال (Benny Gantz) نعم", "معن )Benny Gantz( لاق"),
        ("يوم 9 مارس 2022 أمس", "سمأ 2022 سرام 9 موي"),
        ("في 15:30.", ".15:30 يف"),
        ("رقم 22994024-22994022 هنا", "انه 22994022-22994024 مقر"),
        ("قال «نعم».", ".»معن« لاق"),
        ("قال Gantz.", ".Gantz لاق"),
        ("Gantz قال.", "Gantz لاق."),
        ("Gantz (قال) x", "Gantz (لاق) x"),
        ("قال Benny (غانتس) Gantz", "Gantz )ستناغ( Benny لاق"),
        ("زر http://a.b/c?d=1 الآن", "نآلا http://a.b/c?d=1 رز"),
        ("عن @RTErdogan و #وسم", "مسو# و RTErdogan@ نع"),
        ("قال 😀 نعم", "معن 😀 لاق"),
        ("٣٫٥ نعم", "معن ٣٫٥"),
        ("قال \u2066a (ب) c\u2069 د", "د \u2069a (ب) c\u2066 لاق"),
        ("ab \u2067غ 12\u2069 cd", "ab \u206712 غ\u2069 cd"),
        ("قال \u202eabc ب", "ب cba\u202e لاق"),
        ("a \u202bب c\u202c d", "a \u202bc\u202c ب d"),
        ("ab\tقال نعم", "ab\tمعن لاق"),
        ("", ""),
    ],
)
def test_visual_order(text: str, seen: str) -> None:
    assert "".join(text[i] for i in visual_order(text)) == seen


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("قا ab 12", None, [1, 1, 1, 2, 2, 2, 2, 2]),
        ("قا 12", None, [1, 1, 1, 2, 2]),
        ("ab قا 12 ", None, [0, 0, 0, 1, 1, 1, 2, 2, 0]),
        ("قا ab ", None, [1, 1, 1, 2, 2, 1]),
        ("ab", RTL, [2, 2]),
        ("ab", None, [0, 0]),
        ("12:30", RTL, [2, 2, 2, 2, 2]),
        ("قا\u2066a\u2069", None, [1, 1, 1, 2, 1]),
        ("قا\u202ea", None, [1, 1, 1, 3]),
        ("a\x85ب", None, [0, 0, 1]),
        ("a\ud800ب", None, [0, 0, 1]),
        ("أنّ a", None, [1, 1, 1, 1, 2]),
    ],
)
def test_levels(text: str, base: Direction | None, expected: list[int]) -> None:
    assert levels(text, base) == expected


def test_refuses_levels_it_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direction, "get_display", lambda *_, **__: "BidiInfo { }")
    with pytest.raises(RuntimeError, match="python-bidi"):
        levels("قال")


@given(
    st.text()
    | st.text(st.sampled_from("اب a1٢.,()[]-:\t\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0651😀"))
)
def test_every_character_has_one_place(text: str) -> None:
    for base in Direction:
        order = visual_order(text, base)
        assert sorted(order) == list(range(len(text)))
        assert all(0 <= level <= 126 for level in levels(text, base))


# Its display shows a paragraph without right-to-left letters unchanged even where the base is RTL, and moves tabs and
# removed controls about. None of that is UAX #9, so a Hebrew or Arabic letter comes first and those are left out.
@given(st.text(st.sampled_from("اب a1٢.,()[]-:+%«»א\u200f\u200e\u2066\u2067\u2068\u2069\u0651😀")))
def test_order_agrees_with_python_bidi(text: str) -> None:
    paragraph = "ب" + text
    for base, name in ((LTR, "L"), (RTL, "R")):
        assert "".join(paragraph[i] for i in visual_order(paragraph, base)) == get_display(paragraph, base_dir=name)


def test_tables_cover_what_unicode_calls_a_paragraph_separator() -> None:
    separators = {code for code in range(0x110000) if unicodedata.bidirectional(chr(code)) == "B"}
    assert separators <= set(direction._stand_ins())
