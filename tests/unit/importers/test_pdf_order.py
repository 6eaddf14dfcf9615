# SPDX-License-Identifier: MIT
"""The order of reading, from lines that the bidirectional algorithm set."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers.pdf_order import Order, ligatures_turned, logical, mended, order_of, paired

ARABIC = st.sampled_from(["قال", "الوزير", "في", "لا،", "أنقرة", "ثلاثة-أربعة", "«نعم»", "(وزارة)"])
WITHIN = st.sampled_from([
    "Hakan Fidan", "(Hakan Fidan)", "F-16", "COVID-19", "iPhone 15",
    "@RTErdogan", "12.5%", "2024/3/9", "1,250", "15:30",
    "9", "١٢٫٥", "2020-2024", "[1]", "«Al Jazeera»", "example.org", "5 %", "😀", "محمد",
])  # fmt: skip


@given(st.lists(st.tuples(ARABIC, WITHIN), min_size=1, max_size=6), ARABIC)
def test_arabic_lines_are_turned_back(parts: list[tuple[str, str]], last: str) -> None:
    line = " ".join(f"{arabic} {within}" for arabic, within in parts) + f" {last}."
    assert paired("".join(logical(get_display(line, base_dir="R"), rtl=True))) == line


@given(st.lists(st.tuples(st.sampled_from(["said", "the (old) minister", "in 2024"]), ARABIC), max_size=5))
def test_latin_lines_are_turned_back(parts: list[tuple[str, str]]) -> None:
    line = " ".join(f"{latin} {arabic}" for latin, arabic in parts) + " today."
    assert paired("".join(logical(get_display(line, base_dir="L"), rtl=False))) == line


@given(st.text(max_size=60), st.booleans())
def test_nothing_is_lost(text: str, rtl: bool) -> None:
    found = logical(list(text), rtl=rtl)
    assert sorted(found) == sorted(text)
    assert len(paired(text)) == len(text)
    mended(text)
    order_of(text)


@pytest.mark.parametrize(
    ("forms", "letters"),
    [
        ("\ufe8d\ufedf\ufeee\ufeaf\ufef3\ufead", "الوزير"),
        ("\ufef7\ufee7\ufed8\ufeae\ufe93", "لأنقرة"),
        ("\ufdf2", "الله"),
        ("ب\ufe77", "ب\u0640\u064e"),
        ("ب\ufe76", "ب\u064e"),
        ("ﬁ ① e\u0301 ﴿\u00a0", "ﬁ ① e\u0301 ﴿\u00a0"),
    ],
)
def test_presentation_forms_alone_are_mended(forms: str, letters: str) -> None:
    assert mended(forms) == letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال )نعم( ثم", "قال (نعم) ثم"),
        ("قال (نعم( ثم", "قال (نعم) ثم"),
        ("»أ« و«ب»", "«أ» و«ب»"),
        ("(أ (ب))", "(أ (ب))"),
        (")أ )ب((", "(أ (ب))"),
        ("1) أولا", "1) أولا"),
        ("[(أ])", "[(أ])"),
    ],
)
def test_brackets_are_paired(text: str, expected: str) -> None:
    assert paired(text) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["ال", "يف", "ب"], ["لا", "في", "ب"]),
        (["لا", "في", "ب"], ["لا", "في", "ب"]),
        (["لا", "الله"], ["لا", "الله"]),
        (["الله"], ["الله"]),
        (["هللا", "ab", "مَ"], ["الله", "ab", "مَ"]),
    ],
)
def test_ligatures_are_turned_where_the_document_has_them_turned(texts: list[str], expected: list[str]) -> None:
    assert ligatures_turned(texts) == expected


PROSE = "وصل وزير الخارجية إلى أنقرة صباح السبت في زيارة تستمر يومين يبحث خلالها ملفات التجارة والحدود مع نظيره التركي"


def test_order_is_told_by_the_ends_of_words() -> None:
    assert order_of(PROSE) is Order.FORWARD
    assert order_of(PROSE[::-1]) is Order.BACKWARD
    assert order_of("".join(sorted(PROSE.replace(" ", ""))).join("  ") + " سسس" * 50) is Order.UNKNOWN
    assert order_of("سطر قصير") is Order.FORWARD
