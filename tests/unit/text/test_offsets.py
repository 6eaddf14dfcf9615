# SPDX-License-Identifier: MIT
"""Offset maps: hand-checked cases, and round trips over any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.offsets import Utf8Map, Utf16Map, grapheme_boundaries, snap_to_graphemes

FAMILY = "👨‍👩‍👧"
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("اب\u0651\u200d👍🏽🇵🇸\u0600\r\n 😀"))) | st.text(
    "😀a", min_size=500, max_size=600
)


def test_utf16_counts_an_emoji_twice() -> None:
    units = Utf16Map("قال😀نعم")
    assert [units.to_utf16(i) for i in range(8)] == [0, 1, 2, 3, 5, 6, 7, 8]
    assert [units.from_utf16(i) for i in range(9)] == [0, 1, 2, 3, 3, 4, 5, 6, 7]


def test_utf8_counts_arabic_twice() -> None:
    units = Utf8Map("قاa😀")
    assert [units.to_utf8(i) for i in range(5)] == [0, 2, 4, 5, 9]
    assert [units.from_utf8(i) for i in range(10)] == [0, 0, 1, 1, 2, 3, 3, 3, 3, 4]


@pytest.mark.parametrize("position", [-1, 4])
def test_refuses_positions_outside(position: int) -> None:
    with pytest.raises(IndexError):
        Utf16Map("قال").to_utf16(position)
    with pytest.raises(IndexError):
        Utf16Map("قال").from_utf16(position)
    with pytest.raises(IndexError):
        Utf8Map("قال").to_utf8(position)
    with pytest.raises(IndexError):
        Utf8Map("قال").from_utf8(position + 3 * (position > 0))


@given(ANY_TEXT)
def test_utf16_round_trips(text: str) -> None:
    units = Utf16Map(text)
    positions_utf16 = [units.to_utf16(i) for i in range(len(text) + 1)]
    assert positions_utf16 == [len(text[:i].encode("utf-16-le", "surrogatepass")) // 2 for i in range(len(text) + 1)]
    assert [units.from_utf16(i) for i in positions_utf16] == list(range(len(text) + 1))
    back = [units.from_utf16(i) for i in range(positions_utf16[-1] + 1)]
    assert back == sorted(back)


@given(ANY_TEXT)
def test_utf8_round_trips(text: str) -> None:
    units = Utf8Map(text)
    positions_utf8 = [units.to_utf8(i) for i in range(len(text) + 1)]
    assert positions_utf8 == [len(text[:i].encode("utf-8", "surrogatepass")) for i in range(len(text) + 1)]
    assert [units.from_utf8(i) for i in positions_utf8] == list(range(len(text) + 1))
    back = [units.from_utf8(i) for i in range(positions_utf8[-1] + 1)]
    assert back == sorted(back)


@pytest.mark.parametrize(
    ("text", "boundaries"),
    [
        ("", [0]),
        ("أنّ", [0, 1, 3]),
        (f"ب{FAMILY}ت", [0, 1, 6, 7]),
        ("🇵🇸🇹🇷", [0, 2, 4]),
        ("a\r\nb", [0, 1, 3, 4]),
        ("محـمد", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_grapheme_boundaries(text: str, boundaries: list[int]) -> None:
    assert grapheme_boundaries(text) == boundaries


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("أنّ", (1, 2), (1, 3)),
        ("أنّ", (2, 3), (1, 3)),
        ("أنّ", (2, 2), (1, 1)),
        (f"ب{FAMILY}ت", (3, 4), (1, 6)),
        (f"ب{FAMILY}ت", (0, 1), (0, 1)),
        ("🇵🇸🇹🇷", (3, 4), (2, 4)),
        ("قال", (0, 3), (0, 3)),
        ("", (0, 0), (0, 0)),
    ],
)
def test_snaps_to_graphemes(text: str, before: tuple[int, int], after: tuple[int, int]) -> None:
    assert snap_to_graphemes(text, *before) == after


@given(ANY_TEXT, st.data())
def test_snapping_agrees_with_all_boundaries(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    boundaries = grapheme_boundaries(text)
    begin = max(boundary for boundary in boundaries if boundary <= start)
    after = begin if start == end else min(boundary for boundary in boundaries if boundary >= end)
    assert snap_to_graphemes(text, start, end) == (begin, after)
