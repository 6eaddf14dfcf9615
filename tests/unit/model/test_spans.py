# SPDX-License-Identifier: MIT
"""The spans of an article are in order and found after any change as if they had been read anew."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.changes import RowChange
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.span import Origin, Span
from annotator.model.spans import OwnSpans, SpanChange, Spans, place

ARTICLE = ArticleId("a")


def span(number: int, start: int, length: int, annotator: str = "x") -> Span:
    return Span(
        SpanId(f"{number:02d}"),
        ARTICLE,
        LabelId("L"),
        start,
        start + length,
        "q" * length,
        "",
        Origin.MANUAL,
        AnnotatorId(annotator),
        "",
    )


STATES = st.lists(
    st.dictionaries(st.integers(0, 9), st.tuples(st.integers(0, 6), st.integers(1, 5))).map(
        lambda chosen: [span(number, *where) for number, where in chosen.items()]
    ),
    min_size=2,
    max_size=4,
)


def unread(spans: list[Span], read: int) -> Spans:
    """Return spans that are made when they are asked for, of which some have been read."""
    rows = [(one,) for one in sorted(spans, key=place)]
    starts, ends = [row[0].start for row in rows], [row[0].end for row in rows]
    return Spans.unread(rows[:read], starts, ends, lambda row: row[0], lambda row: row[0].id, rest=lambda: rows[read:])


@given(STATES, st.integers(0, 9), st.sampled_from(["", "find", "one", "copy"]))
def test_changing_is_like_reading_anew(states: list[list[Span]], read: int, look_first: str) -> None:
    spans = unread(states[0], read)
    for before, after in pairwise(states):
        if look_first == "find":
            spans.find("00")
        elif look_first == "one" and before:
            assert spans[-1] == max(before, key=place)
        elif look_first == "copy":
            spans = spans.copy()
        spans.change(SpanChange(tuple(before), tuple(after)))
        anew = sorted(after, key=place)
        assert list(spans) == anew
        assert (spans.starts, spans.ends) == ([one.start for one in anew], [one.end for one in anew])
        for number in range(10):
            key = SpanId(f"{number:02d}")
            expected = next((one for one in anew if one.id == key), None)
            assert spans.get(key) == expected
            assert spans.find(key) == (None if expected is None else anew.index(expected))
        assert spans.beginning(2, 4) == [one for one in anew if 2 <= one.start < 4]
        assert [spans.number_for(one) for one in anew] == list(range(len(anew)))


def test_a_copy_is_changed_apart() -> None:
    one, other = span(1, 0, 2), span(2, 1, 1)
    spans = Spans([one])
    copy = spans.copy()
    copy.change(SpanChange(come=(other,)))
    assert (list(spans), list(copy)) == ([one], [one, other])


def test_only_what_is_asked_for_is_made() -> None:
    made = []
    rows = [(one,) for one in (span(1, 0, 2), span(2, 3, 1), span(3, 5, 1))]
    spans = Spans.unread(
        list(rows), [0, 3, 5], [2, 4, 6], lambda row: made.append(row) or row[0], lambda row: row[0].id
    )
    assert spans.get("02") == rows[1][0]
    assert spans[1] is rows[1][0]
    assert made == [rows[1]]


def test_rows_are_read_when_one_of_them_is_asked_for() -> None:
    rows = [(one,) for one in (span(1, 0, 2), span(2, 3, 1), span(3, 5, 1))]
    asked = []
    spans = Spans.unread(
        rows[:1],
        [0, 3, 5],
        [2, 4, 6],
        lambda row: row[0],
        lambda row: row[0].id,
        rest=lambda: asked.append(1) or rows[1:],
    )
    copy = spans.copy()
    assert (len(spans), spans[0], spans.beginning(0, 3), asked) == (3, rows[0][0], [rows[0][0]], [])
    assert (spans[1], spans[2], asked) == (rows[1][0], rows[2][0], [1])
    spans.read()
    assert asked == [1]
    assert list(copy) == list(spans)


def test_what_an_act_changed_of_an_article() -> None:
    one, elsewhere = span(1, 0, 2), replace(span(2, 0, 1), article_id=ArticleId("b"))
    moved, again = replace(one, end=3), replace(one, end=4)
    rows = [RowChange(one, moved), RowChange(None, elsewhere), RowChange(moved, again)]
    assert SpanChange.of(rows, ARTICLE) == SpanChange((one,), (again,))
    came_and_went = [RowChange(None, one), RowChange(one, None)]
    assert SpanChange.of(came_and_went, ARTICLE) == SpanChange()


def test_own_spans_are_those_of_one_annotator() -> None:
    own = OwnSpans(Spans([span(1, 0, 2), span(2, 1, 2, "y")]), AnnotatorId("x"))
    assert list(own) == ["01"]
    assert len(own) == 1
    assert own.get(SpanId("02")) is None
    with pytest.raises(KeyError):
        own[SpanId("03")]
