# SPDX-License-Identifier: MIT
"""What reaches into a piece is found as by looking at all; names in a row never overlap nor leave it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.arcs import ReachIndex, Slot, spread

REACHES = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)).map(lambda r: (r[0], r[0] + r[1])), max_size=30)


@given(REACHES, st.integers(0, 500), st.integers(0, 100))
def test_what_touches_a_piece_is_found(reaches: list[tuple[int, int]], first: int, length: int) -> None:
    last = first + length
    expected = [index for index, (low, high) in enumerate(reaches) if low <= last and first <= high]
    assert sorted(ReachIndex(reaches).touching(first, last)) == expected


def test_looking_at_a_piece_looks_at_little_else() -> None:
    reaches = [(start, start + 40) for start in range(0, 1_000_000, 100)]
    index = ReachIndex([*reaches, (0, 1_000_000)])
    assert sorted(index.touching(500_000, 500_250)) == [5000, 5001, 5002, 10_000]


WISHES = st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 120)).map(lambda wish: Slot(*wish)), max_size=12).map(
    lambda wishes: sorted(wishes, key=lambda slot: slot.left + slot.width / 2)
)


@given(WISHES)
def test_names_lie_beside_each_other_in_the_row(wishes: list[Slot]) -> None:
    slots = spread(wishes, 0.0, 500.0, 3.0)
    assert len(slots) == len(wishes)
    for slot in slots:
        assert slot.left >= -1e-6
        assert slot.left + slot.width <= 500.0 + 1e-6
    for before, after in pairwise(slots):
        assert before.left + before.width <= after.left + 1e-6


def test_a_name_that_has_room_stays_where_it_is() -> None:
    assert spread([Slot(40.0, 30.0), Slot(90.0, 20.0)], 0.0, 500.0, 3.0) == [Slot(40.0, 30.0), Slot(90.0, 20.0)]


def test_what_would_leave_the_row_comes_back() -> None:
    assert spread([Slot(-10.0, 30.0)], 0.0, 100.0, 3.0) == [Slot(0.0, 30.0)]
    first, second = spread([Slot(60.0, 30.0), Slot(80.0, 30.0)], 0.0, 100.0, 3.0)
    assert (first.left, second.left) == (pytest.approx(37.0), pytest.approx(70.0))


def test_too_many_names_are_all_made_narrower() -> None:
    slots = spread([Slot(10.0, 80.0), Slot(12.0, 40.0)], 0.0, 63.0, 3.0)
    assert [slot.width for slot in slots] == [pytest.approx(40.0), pytest.approx(20.0)]
    assert spread([], 0.0, 10.0, 3.0) == []
