# SPDX-License-Identifier: MIT
"""Lanes: no overlap within a lane, inner before outer, as few as a stack of tags needs."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.lanes import assign_lanes

INTERVALS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=25
)


def test_intervals_apart_share_the_first_lane() -> None:
    assert assign_lanes([(0, 3), (3, 5), (9, 12)]) == [0, 0, 0]


def test_the_inner_of_two_lies_next_to_the_letters() -> None:
    assert assign_lanes([(0, 20), (5, 9)]) == [1, 0]
    assert assign_lanes([(5, 9), (0, 20)]) == [0, 1]


def test_ten_on_one_word_get_ten_lanes() -> None:
    assert sorted(assign_lanes([(4, 11)] * 10)) == list(range(10))


def test_nothing_gives_nothing() -> None:
    assert assign_lanes([]) == []


@given(INTERVALS)
def test_no_two_in_one_lane_overlap(intervals: list[tuple[int, int]]) -> None:
    lanes = assign_lanes(intervals)
    for a, (start, end) in enumerate(intervals):
        for b in range(a):
            other_start, other_end = intervals[b]
            if start < other_end and other_start < end:
                assert lanes[a] != lanes[b]


@given(INTERVALS)
def test_what_overlaps_nothing_of_the_rest_does_not_matter(intervals: list[tuple[int, int]]) -> None:
    lanes = assign_lanes(intervals)
    assert assign_lanes([*intervals, (900, 950), (910, 920)])[: len(intervals)] == lanes
