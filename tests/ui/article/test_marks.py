# SPDX-License-Identifier: MIT
"""The index of tags gives the same after any changes as when built anew; labels find their place in a row."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import AnnotatorId, ArticleId, LabelId, LayerId, SpanId
from annotator.model.names import Name
from annotator.model.scheme import Label, Layer, Scheme
from annotator.model.span import Origin, Span
from annotator.ui.article.chips import Wish, place_chips
from annotator.ui.article.marks import Looks, TagIndex
from annotator.ui.qt_text import QtText

TEXT = QtText("ابتثج حخدذر\n\nزسشص ضطظع\nغفقكلمنهوي")
NAMES = Name("A", "أ")
LABELS = tuple(Label(LabelId(i), LayerId("l"), NAMES, NAMES, "", "#112233") for i in "AB")
LOOKS = Looks(Scheme("s", NAMES, (Layer(LayerId("l"), NAMES),), LABELS), "en")


def span(number: int, start: int, length: int, label: str, gap: int) -> Span:
    end = min(start + length, len(TEXT.text))
    # From five characters on there is room for a gap in the middle.
    pieces = ((start, start + 2), (end - 2 + gap % 2, end)) if gap and end - start > 4 else ()
    return Span(
        SpanId(f"{number:02d}"),
        ArticleId("a"),
        LabelId(label),
        start,
        end,
        TEXT.text[start:end],
        "",
        Origin.MANUAL,
        AnnotatorId("x"),
        "",
        pieces=pieces,
    )


SPANS = st.dictionaries(
    st.integers(0, 12),
    st.tuples(st.integers(0, len(TEXT.text) - 2), st.integers(1, 15), st.sampled_from("AB"), st.integers(0, 2)),
    max_size=10,
).map(lambda chosen: [span(number, *place) for number, place in chosen.items()])


@given(st.lists(SPANS, min_size=2, max_size=5))
def test_updating_is_like_building_anew(states: list[list[Span]]) -> None:
    index = TagIndex(states[0], LOOKS, TEXT)
    for spans in states[1:]:
        before = dict(index.marks)
        changed = index.update(spans)
        anew = TagIndex(spans, LOOKS, TEXT)
        assert index.marks == anew.marks
        for number in range(TEXT.paragraph_count):
            assert set(index.in_paragraph(number)) == set(anew.in_paragraph(number))
            assert index.lanes_of(number) == anew.lanes_of(number)
        for position in range(len(TEXT.text)):
            over = [s.id for s in spans if any(start <= position < end for start, end in s.parts)]
            assert sorted(mark.span_id for mark in index.at(position)) == sorted(over)
        same = {key for key in before if index.marks.get(key) == before[key]}
        assert not {mark.span_id for mark in changed} & same


WISHES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 120), st.integers(8, 60)).map(
        lambda w: Wish(float(w[0]), float(w[0] + w[1]), float(w[2]))
    ),
    max_size=12,
).map(lambda wishes: sorted(wishes, key=lambda wish: wish.anchor))


@given(WISHES)
def test_labels_never_overlap_nor_leave_the_line(wishes: list[Wish]) -> None:
    places = place_chips(wishes, 500.0, lambda _: 12.0)
    reach = 0.0
    for place in places:
        assert place.start >= reach - 1e-6
        assert place.start + place.width <= 500.0 + 1e-6
        assert place.width > 0
        reach = place.start + place.width


def test_a_label_alone_stands_at_its_tag() -> None:
    (place,) = place_chips([Wish(40.0, 90.0, 30.0)], 500.0, lambda _: 12.0)
    assert (place.start, place.width, place.more) == (40.0, 30.0, 0)


def test_what_finds_no_room_is_counted() -> None:
    places = place_chips([Wish(40.0, 90.0, 30.0)] * 10, 500.0, lambda _: 12.0)
    assert sum(max(1, place.more) for place in places) == 10
    assert places[-1].more > 0
