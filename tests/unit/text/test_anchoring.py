# SPDX-License-Identifier: MIT
"""A quote is found again in a text that has changed, or it is said that it cannot be told where."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.text.anchoring import CONTEXT, Fit, anchor

TEXT = "قال غانتس إن أردوغان رحّب. وقال أردوغان إن اللقاء مهمّ، وإن غانتس سيزور تركيا."


def test_where_it_is_said_to_be() -> None:
    found = anchor(TEXT, "غانتس", 4)
    assert found
    assert (found.start, found.end, found.fit) == (4, 9, Fit.EXACT)


def test_moved_and_the_only_one() -> None:
    found = anchor("عاجل: " + TEXT, "تركيا", TEXT.index("تركيا"))
    assert found
    assert (found.start, found.fit) == (TEXT.index("تركيا") + 6, Fit.MOVED)


@pytest.mark.parametrize(
    ("prefix", "suffix", "place"), [("إن ", " رحّب", 0), ("وقال ", " إن اللقاء", 1), ("", " إن ", 1)]
)
def test_of_several_places_the_surroundings_tell(prefix: str, suffix: str, place: int) -> None:
    places = [index for index in range(len(TEXT)) if TEXT.startswith("أردوغان", index)]
    found = anchor(TEXT, "أردوغان", 50, prefix, suffix)
    assert found
    assert found.start == places[place]


def test_of_several_places_with_the_same_surroundings_the_nearest() -> None:
    text = "رحّب أردوغان اليوم. رحّب أردوغان اليوم."
    second = text.rindex("أردوغان")
    found = anchor(text, "أردوغان", second - 1, "رحّب ", " اليوم")
    assert found
    assert found.start == second


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("غانتس وغانتس", "غانتس"),  # either
        (TEXT, "نتنياهو"),  # neither
        ("", "غانتس"),
        ("غانت", "غانتس"),
    ],
)
def test_what_cannot_be_told(text: str, quote: str) -> None:
    assert anchor(text, quote, 3) is None


def test_in_another_spelling() -> None:
    found = anchor("وصل أَرْدُوغَانُ أمس", "اردوغان", 4)
    assert found
    assert ("وصل أَرْدُوغَانُ أمس"[found.start : found.end], found.fit) == ("أَرْدُوغَانُ", Fit.CLOSE)


PIECES = st.text(alphabet="ابتثجح َـأإ\n😀 ", max_size=40)


@given(before=PIECES, quote=PIECES.filter(bool), after=PIECES, inserted=PIECES)
@example(before="", quote="ا", after="", inserted="ا")
@example(before="اا", quote="اا", after="ا", inserted="")
def test_what_is_found_is_the_quote(before: str, quote: str, after: str, inserted: str) -> None:
    text = inserted + before + quote + after
    found = anchor(text, quote, len(before), before[-CONTEXT:], after[:CONTEXT])
    if found and found.fit is not Fit.CLOSE:
        assert text[found.start : found.end] == quote
    if not inserted:
        assert found
        assert (found.start, found.fit) == (len(before), Fit.EXACT)
    if text.count(quote) == 1 and text.find(quote) == text.rfind(quote):
        assert found
