# SPDX-License-Identifier: MIT
"""What a span may be."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.model.span import check_bounds, joined_pieces

BLANK = [chr(c) for c in range(0x110000) if chr(c).isspace() and not 0xD800 <= c <= 0xDFFF]


@given(st.text(), st.integers(-3, 12), st.integers(-3, 12))
def test_a_span_that_passes_can_be_cut_out_and_seen(text: str, start: int, end: int) -> None:
    try:
        check_bounds(text, start, end)
    except UserError:
        return
    assert 0 <= start < end <= len(text)
    assert text[start:end].strip()


@pytest.mark.parametrize("blank", BLANK, ids=lambda c: f"{ord(c):x}")
def test_all_white_space_is_blank(blank: str) -> None:
    with pytest.raises(UserError, match="span_blank"):
        check_bounds(f"a{blank * 2}b", 1, 3)
    check_bounds(f"a{blank}b", 0, 2)


@pytest.mark.parametrize("character", "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2066\u2069\u061c\ufeff\u2060\u00ad")
def test_what_nobody_sees_is_blank(character: str) -> None:
    with pytest.raises(UserError, match="span_blank"):
        check_bounds(f"a {character} b", 1, 4)


@pytest.mark.parametrize("character", "ـ،.«\u064e👍")
def test_what_can_be_seen_is_not_blank(character: str) -> None:
    assert unicodedata.name(character)
    check_bounds(character, 0, 1)


PIECES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda place: (place[0], place[0] + place[1])))


@given(PIECES)
def test_joined_pieces_cover_the_same_characters_and_lie_apart(pieces: list[tuple[int, int]]) -> None:
    joined = joined_pieces(pieces)
    covered = {place for start, end in pieces for place in range(start, end)}
    if joined:
        assert {place for start, end in joined for place in range(start, end)} == covered
        assert all(end < start for (_, end), (start, _) in pairwise(joined))
        assert len(joined) > 1
    else:
        assert not covered or covered == set(range(min(covered), max(covered) + 1))
    assert joined_pieces(joined) == joined
    assert joined_pieces(pieces[::-1]) == joined
