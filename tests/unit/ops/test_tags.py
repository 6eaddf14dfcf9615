# SPDX-License-Identifier: MIT
"""Tagging: what is refused, with what words, and that nothing is half done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import i18n
from annotator.errors import UserError
from annotator.model.ids import ArticleId, LabelId, SpanId
from annotator.model.relation import AUTHOR
from annotator.ops import tags
from annotator.project import Project

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")
NONE = SpanId("0" * 32)

Dump = Callable[[Path], object]


@pytest.mark.parametrize(
    ("start", "end", "key", "named"),
    [
        (-1, 4, "span_out_of_bounds", "-1"),
        (0, 10_000, "span_out_of_bounds", "10000"),
        (10_000, 10_001, "span_out_of_bounds", "10000"),
        (4, 4, "span_empty", ""),
        (6, 4, "span_empty", ""),
        (4, 5, "span_blank", ""),
        (34, 36, "span_blank", ""),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_refused_span(
    filled: Project, article_id: ArticleId, dump: Dump, start: int, end: int, key: str, named: str, language: str
) -> None:
    i18n.use_language(language)
    before = dump(filled.path)
    with pytest.raises(UserError) as caught:
        tags.add_tag(filled, article_id, start, end, ACTOR)
    assert caught.value.key == key
    sentence = i18n.describe(caught.value)
    assert named in sentence
    assert ("الكلم" in sentence or "كلم" in sentence or "المقال" in sentence) == (language == "ar")
    assert dump(filled.path) == before
    assert len(filled.history()) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_unknown_label_names_the_known_ones(filled: Project, article_id: ArticleId, language: str) -> None:
    i18n.use_language(language)
    with pytest.raises(UserError) as caught:
        tags.add_tag(filled, article_id, 5, 10, LabelId("FRAME"))
    sentence = i18n.describe(caught.value)
    assert all(word in sentence for word in ("FRAME", "ACTOR", "EVENT", "STANCE"))


def test_unknown_article_and_tag(filled: Project) -> None:
    with pytest.raises(UserError, match="article_unknown"):
        tags.add_tag(filled, ArticleId(NONE), 0, 4, ACTOR)
    for act in (
        lambda: tags.delete_tags(filled, [NONE]),
        lambda: tags.set_label(filled, NONE, EVENT),
        lambda: tags.set_bounds(filled, NONE, 0, 4),
        lambda: tags.set_note(filled, NONE, "x"),
    ):
        with pytest.raises(UserError, match="tag_unknown"):
            act()


def test_tag_keeps_its_quote(filled: Project, article_id: ArticleId) -> None:
    text = filled.text(article_id)
    start = text.index("👍🏽")
    changes = tags.add_tag(filled, article_id, start, start + 2, EVENT, note="نعم")
    (span,) = filled.spans(article_id)
    assert (span.quote, span.note, span.label_id) == ("👍🏽", "نعم", EVENT)
    assert span.annotator_id == filled.annotator.id
    assert [row.after for row in changes.rows] == [span]
    assert changes.articles == {article_id}
    assert not changes.article_list_changed


def test_tags_may_overlap_and_share_a_span(filled: Project, article_id: ArticleId) -> None:
    for start, end, label in [(5, 10, ACTOR), (0, 16, EVENT), (5, 10, EVENT), (8, 22, ACTOR), (5, 16, ACTOR)]:
        tags.add_tag(filled, article_id, start, end, label)
    assert [(s.start, s.end) for s in filled.spans(article_id)] == [(0, 16), (5, 16), (5, 10), (5, 10), (8, 22)]


def test_deleting_is_all_or_nothing(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    (span,) = filled.spans(article_id)
    with pytest.raises(UserError, match="tag_unknown"):
        tags.delete_tags(filled, [span.id, NONE])
    assert filled.spans(article_id) == [span]
    assert len(tags.delete_tags(filled, [span.id, span.id]).rows) == 1
    assert tags.delete_tags(filled, []).seq == 0


def test_label_note_and_bounds_change_in_place(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    (span,) = filled.spans(article_id)
    tags.set_label(filled, span.id, EVENT)
    tags.set_note(filled, span.id, "ملاحظة")
    tags.set_bounds(filled, span.id, 0, 10)
    (changed,) = filled.spans(article_id)
    assert (changed.id, changed.label_id, changed.note, changed.quote) == (
        span.id, EVENT, "ملاحظة", filled.text(article_id)[:10],
    )  # fmt: skip


def test_no_change_makes_two_tags_the_same(filled: Project, article_id: ArticleId) -> None:
    for start, end, label in [(5, 10, ACTOR), (5, 10, EVENT), (0, 10, ACTOR)]:
        tags.add_tag(filled, article_id, start, end, label)
    first = next(s for s in filled.spans(article_id) if (s.start, s.label_id) == (5, ACTOR))
    for act in (
        lambda: tags.set_label(filled, first.id, EVENT),
        lambda: tags.set_bounds(filled, first.id, 0, 10),
    ):
        with pytest.raises(UserError, match="tag_exists"):
            act()
    assert tags.set_label(filled, first.id, ACTOR).seq == 0


def test_bad_bounds_leave_the_tag(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    before = filled.spans(article_id)
    for start, end in [(0, 10_000), (5, 5), (4, 5)]:
        with pytest.raises(UserError, match="span_"):
            tags.set_bounds(filled, before[0].id, start, end)
    assert filled.spans(article_id) == before


def test_reader_may_not_tag(filled: Project, article_id: ArticleId) -> None:
    with Project.open(filled.path, read_only=True) as reader, pytest.raises(UserError, match="project_read_only"):
        tags.add_tag(reader, article_id, 5, 10, ACTOR)


@pytest.mark.parametrize(
    "act",
    [
        lambda project, span_id: tags.delete_tags(project, [span_id]),
        lambda project, span_id: tags.set_label(project, span_id, EVENT),
        lambda project, span_id: tags.set_bounds(project, span_id, 5, 9),
        lambda project, span_id: tags.set_note(project, span_id, "mine now"),
    ],
)
def test_anothers_tag_is_left_alone(
    filled: Project, article_id: ArticleId, dump: Dump, act: Callable[[Project, SpanId], object]
) -> None:
    span_id = tags.add_tag(filled, article_id, 5, 10, ACTOR).rows[0].record.id
    filled.close()
    with Project.open(filled.path, annotator="Omar") as theirs:
        own = tags.add_tag(theirs, article_id, 5, 10, ACTOR).rows[0].record.id
        before = dump(filled.path)
        with pytest.raises(UserError) as caught:
            act(theirs, SpanId(span_id))
        assert (caught.value.key, caught.value.params["annotator"]) == ("tag_of_another", "Layla")
        assert dump(filled.path) == before
        act(theirs, SpanId(own))


def test_half_a_character_is_refused(filled: Project, article_id: ArticleId, dump: Dump) -> None:
    before = dump(filled.path)
    with pytest.raises(UserError, match="text_unstorable") as caught:
        tags.add_tag(filled, article_id, 5, 10, ACTOR, note="a\ud800b")
    assert "a?b" in i18n.describe(caught.value)
    assert dump(filled.path) == before


def places(bench: Any, tag: SpanId) -> Any:
    span = bench.span(tag)
    assert span.quote == bench.project.text(span.article_id)[span.start : span.end]
    return span.parts


def test_pieces_are_ordered_and_joined(bench: Any) -> None:
    tag = bench.tag("رحّب غانتس بلقاء", "EVENT", pieces=[(11, 16), (0, 4), (2, 5), (5, 7)])
    assert places(bench, tag) == ((0, 7), (11, 16))
    assert bench.span(tag).words == "رحّب غا … بلقاء"
    bench.does(lambda: tags.set_pieces(bench.project, tag, [(5, 10), (30, 34), (17, 24)]))
    assert places(bench, tag) == ((5, 10), (17, 24), (30, 34))
    bench.does(lambda: tags.set_pieces(bench.project, tag, [(5, 8), (8, 10)]))
    assert bench.span(tag).pieces == ()
    assert bench.span(tag).words == "غانتس"
    assert tags.set_pieces(bench.project, tag, [(5, 10)]).seq == 0


@pytest.mark.parametrize(
    ("key", "pieces"),
    [
        ("pieces_amiss", []),
        ("span_empty", [(5, 10), (12, 12)]),
        ("span_empty", [(5, 10), (14, 12)]),
        ("span_blank", [(5, 10), (10, 11), (17, 20)]),
        ("span_out_of_bounds", [(-1, 4), (5, 10)]),
        ("span_out_of_bounds", [(5, 10), (11, 10_000)]),
    ],
)
def test_refused_pieces(bench: Any, key: str, pieces: list[Any]) -> None:
    tag = bench.tag("غانتس", "ACTOR")
    bench.refuses(key, lambda: tags.set_pieces(bench.project, tag, pieces))
    if pieces:
        start, end = min(first for first, _ in pieces), max(last for _, last in pieces)
        article = bench.span(tag).article_id
        bench.refuses(key, lambda: tags.add_tag(bench.project, article, start, end, ACTOR, pieces=pieces))


def test_pieces_that_do_not_reach_the_edges(bench: Any) -> None:
    for pieces in ([(1, 4), (5, 10)], [(0, 4), (5, 9)], [(0, 4), (5, 11)]):
        bench.refuses("pieces_amiss", lambda p=pieces: bench.tag("رحّب غانتس", "EVENT", pieces=p))


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        (0, 24, ((0, 4), (11, 16), (17, 24))),
        (2, 20, ((2, 4), (11, 16), (17, 20))),
        (0, 26, ((0, 4), (11, 16), (17, 26))),
        (6, 24, ((6, 16), (17, 24))),
        (12, 24, ((12, 16), (17, 24))),
        (0, 16, ((0, 4), (11, 16))),
        (0, 10, ((0, 10),)),
        (12, 15, ((12, 15),)),
        (5, 10, ((5, 10),)),
        (28, 34, ((28, 34),)),
    ],
)
def test_outer_bounds_of_a_discontinuous_tag(bench: Any, start: int, end: int, parts: Any) -> None:
    tag = bench.tag("رحّب غانتس بلقاء أردوغان", "EVENT", pieces=[(0, 4), (11, 16), (17, 24)])
    assert places(bench, tag) == ((0, 4), (11, 16), (17, 24))
    if (start, end) == (0, 24):
        assert tags.set_bounds(bench.project, tag, start, end).seq == 0
    else:
        bench.does(lambda: tags.set_bounds(bench.project, tag, start, end))
    assert places(bench, tag) == parts


def test_bounds_never_leave_a_piece_of_blanks(bench: Any) -> None:
    tag = bench.tag("رحّب غانتس بلقاء أردوغان", "EVENT", pieces=[(0, 5), (11, 24)])
    bench.refuses("span_blank", lambda: tags.set_bounds(bench.project, tag, 4, 24))
    tag = bench.tag("غانتس بلقاء أردوغان في", "EVENT", pieces=[(5, 10), (24, 27)])
    bench.refuses("span_blank", lambda: tags.set_bounds(bench.project, tag, 5, 25))


def test_pieces_and_none_are_two_tags(bench: Any) -> None:
    whole = bench.tag("رحّب غانتس بلقاء", "EVENT")
    parts = bench.tag("رحّب غانتس بلقاء", "EVENT", pieces=[(0, 4), (11, 16)])
    assert whole != parts
    bench.refuses("tag_exists", lambda: tags.set_pieces(bench.project, whole, [(0, 4), (11, 16)]))
    bench.refuses("tag_exists", lambda: tags.set_pieces(bench.project, parts, [(0, 16)]))
    bench.refuses("tag_unknown", lambda: tags.set_pieces(bench.project, NONE, [(0, 16)]))
    bench.restart("Omar")
    bench.refuses("tag_of_another", lambda: tags.set_pieces(bench.project, whole, [(0, 4), (5, 16)]))


def test_relabelling_many_leaves_what_would_be_there_twice(bench: Any) -> None:
    first, second = bench.tag("غانتس", "ACTOR"), bench.tag("أردوغان", "ACTOR")
    twin = bench.tag("غانتس", "EVENT", note="n")
    also = bench.tag("غانتس", "STANCE")
    bench.does(lambda: tags.set_labels(bench.project, [first, second, also], EVENT))
    assert [bench.span(tag).label_id for tag in (first, second, twin, also)] == ["ACTOR", "EVENT", "EVENT", "STANCE"]
    bench.refuses("tag_unknown", lambda: tags.set_labels(bench.project, [second, NONE], ACTOR))
    bench.refuses("label_unknown", lambda: tags.set_labels(bench.project, [second], LabelId("NONE")))
    # Two that would be the same: the first of them changes.
    bench.does(lambda: tags.set_labels(bench.project, [first, also], LabelId("TIME")))
    assert [bench.span(tag).label_id for tag in (first, also)] == ["TIME", "STANCE"]
    assert tags.set_labels(bench.project, [], ACTOR).seq == 0


def test_the_same_tag_again_says_nothing_new(bench: Any) -> None:
    tag = bench.tag("غانتس", "ACTOR")
    before = bench.state()
    article = bench.span(tag).article_id
    assert tags.add_tag(bench.project, article, 5, 10, ACTOR, note="other", values={"mention": "NOM"}).seq == 0  # type: ignore[dict-item]
    assert bench.state() == before


def test_a_refused_tag_leaves_nothing_of_it(bench: Any) -> None:
    event = bench.event("لقاء")
    bench.refuses("label_links_nothing", lambda: bench.tag("غانتس", "ACTOR", event_id=event))
    bench.refuses("relation_not_from", lambda: bench.tag("غانتس", "ACTOR", ends={"AGENT": [AUTHOR]}))
    bench.refuses("relation_type_unknown", lambda: bench.tag("غانتس", "ACTOR", ends={"NONE": [AUTHOR]}))
    bench.refuses("attribute_unknown", lambda: bench.tag("غانتس", "ACTOR", values={"none": 1}))


def test_a_form_is_refused_as_its_parts_are(bench: Any) -> None:
    tag = bench.tag("غانتس", "ACTOR")
    assert tags.fill_tag(bench.project, tag).seq == 0
    bench.refuses("tag_unknown", lambda: tags.fill_tag(bench.project, NONE))
    bench.refuses("relation_type_unknown", lambda: tags.fill_tag(bench.project, tag, ends={"NONE": [AUTHOR]}))  # type: ignore[dict-item]
