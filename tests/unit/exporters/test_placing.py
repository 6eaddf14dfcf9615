# SPDX-License-Identifier: MIT
"""Which tags fit on tokens, and where tokens are cut for them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import Clitics, Reason
from annotator.exporters.placing import Placed, cut, fit, longest_first, trim
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.span import Origin, Span

TOKENS = [(0, 3), (4, 9), (9, 10), (12, 15)]

RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda r: (r[0], r[0] + r[1])))


def _placed(start: int, end: int, key: str = "s") -> Placed:
    author, origin = AnnotatorId("a"), Origin.MANUAL
    span = Span(SpanId(key), ArticleId("x"), LabelId("ACTOR"), start, end, "?" * (end - start), "", origin, author, "")
    return Placed(span, start, end)


@pytest.mark.parametrize(
    ("tag", "expanded"),
    [
        ((4, 9), (4, 9)),
        ((5, 9), (4, 9)),
        ((4, 7), (4, 9)),
        ((1, 13), (0, 15)),
        ((3, 10), (3, 10)),
        ((10, 12), (10, 12)),
        ((11, 14), (11, 15)),
        ((5, 6), (4, 9)),
    ],
)
def test_policies(tag: tuple[int, int], expanded: tuple[int, int]) -> None:
    one = _placed(*tag)
    fits = tag == expanded

    assert fit([one.span], TOKENS, Clitics.SPLIT) == ([one], [])
    assert fit([one.span], TOKENS, Clitics.EXPAND) == (
        [Placed(one.span, *expanded)],
        [] if fits else [(Reason.EXPANDED, one.span)],
    )
    assert fit([one.span], TOKENS, Clitics.SKIP) == (([one], []) if fits else ([], [(Reason.INSIDE_TOKEN, one.span)]))


@pytest.mark.parametrize(
    ("tag", "trimmed"),
    [((3, 10), (4, 10)), ((10, 13), (12, 13)), ((0, 4), (0, 3)), ((1, 20), (1, 15)), ((4, 9), (4, 9))],
)
def test_trim_draws_in_to_tokens(tag: tuple[int, int], trimmed: tuple[int, int]) -> None:
    one = _placed(*tag)

    kept, lost = trim([one], TOKENS)

    assert kept == [Placed(one.span, *trimmed)]
    assert lost == ([] if tag == trimmed else [(Reason.TRIMMED, one.span)])


@pytest.mark.parametrize("tag", [(3, 4), (10, 12), (15, 20)])
def test_trim_loses_what_touches_no_token(tag: tuple[int, int]) -> None:
    one = _placed(*tag)

    assert trim([one], TOKENS) == ([], [(Reason.BLANK_TOKEN, one.span)])


def test_of_two_as_long_the_earlier_and_then_the_older_is_kept() -> None:
    early, late = _placed(0, 4, "z"), _placed(2, 6, "a")
    old, new = _placed(8, 9, "a"), _placed(8, 9, "b")

    assert longest_first([new, late, old, early]) == ([early, old], [late, new])


@given(RANGES)
def test_those_kept_never_overlap_and_the_others_all_do(ranges: list[tuple[int, int]]) -> None:
    placed = [_placed(start, end, f"{n:03}") for n, (start, end) in enumerate(ranges)]

    kept, others = longest_first(placed)

    assert sorted(kept + others, key=lambda one: one.span.id) == placed
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for other in others:
        assert any(
            one.start < other.end and other.start < one.end and one.end - one.start >= other.end - other.start
            for one in kept
        )


def test_cut() -> None:
    assert cut(TOKENS, [0, 3, 5, 7, 7, 11, 13]) == [(0, 3), (4, 5), (5, 7), (7, 9), (9, 10), (12, 13), (13, 15)]
