# SPDX-License-Identifier: MIT
"""Boilerplate of articles: suspected, marked, unmarked, each one act that can be undone."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.i18n import op_name
from annotator.model.article import BoilerplateReason
from annotator.model.changes import Op
from annotator.model.ids import ArticleId
from annotator.ops import boilerplate
from annotator.ops.boilerplate import mark_boilerplate, set_boilerplate, suspect_boilerplate, unmark_boilerplate
from annotator.ops.importing import import_files

PAGE, CAPTION = BoilerplateReason.PAGE, BoilerplateReason.CAPTION
NEWS = "لقاء في أنقرة بين الوزيرين\nوصل الوزير إلى العاصمة.\nلقاء في أنقرة بين الوزيرين\nوغادرها مساء.\nالتعليقات\n"
TITLE, COMMENTS = (51, 77, "title"), (92, 101, "comments")


@pytest.fixture
def news(bench: Any, tmp_path: Path) -> ArticleId:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    import_files(bench.project, [path])
    article_id = bench.project.articles()[-1].id
    set_boilerplate(bench.project, article_id, [])
    return article_id


def marks(bench: Any, article_id: ArticleId) -> tuple[tuple[int, int, str], ...]:
    return bench.project.article(article_id).boilerplate


def test_what_is_suspected_is_marked(bench: Any, news: ArticleId) -> None:
    changes = bench.does(lambda: suspect_boilerplate(bench.project))
    assert marks(bench, news) == (TITLE, COMMENTS)
    assert changes.op is Op.SET_BOILERPLATE
    assert changes.articles == {news}
    assert changes.params == {"count": 1, "title": "لقاء في أنقرة بين الوزيرين"}
    assert "لقاء في أنقرة بين الوزيرين" in op_name(changes.op, changes.params)


def test_suspecting_again_changes_nothing(bench: Any, news: ArticleId) -> None:
    suspect_boilerplate(bench.project, [news, news])
    assert suspect_boilerplate(bench.project, [news]).seq == 0
    assert suspect_boilerplate(bench.project).seq == 0


def test_what_is_marked_by_hand_stays(bench: Any, news: ArticleId) -> None:
    mark_boilerplate(bench.project, news, 60, 65, CAPTION)
    bench.does(lambda: suspect_boilerplate(bench.project, [news]))
    assert marks(bench, news) == ((60, 65, "caption"), COMMENTS)


def test_marks_are_added_in_order_and_cut_where_they_overlap(bench: Any, news: ArticleId) -> None:
    bench.does(lambda: mark_boilerplate(bench.project, news, 10, 20))
    bench.does(lambda: mark_boilerplate(bench.project, news, 0, 5, CAPTION))
    bench.does(lambda: mark_boilerplate(bench.project, news, 12, 15, CAPTION))
    assert marks(bench, news) == ((0, 5, "caption"), (10, 12, "page"), (12, 15, "caption"), (15, 20, "page"))
    assert mark_boilerplate(bench.project, news, 12, 15, CAPTION).seq == 0


def test_marks_are_taken_away_in_part(bench: Any, news: ArticleId) -> None:
    set_boilerplate(bench.project, news, [(0, 10, "page"), (20, 30, "share")])
    bench.does(lambda: unmark_boilerplate(bench.project, news, 4, 22))
    assert marks(bench, news) == ((0, 4, "page"), (22, 30, "share"))
    bench.does(lambda: unmark_boilerplate(bench.project, news, 0, 101))
    assert marks(bench, news) == ()
    assert unmark_boilerplate(bench.project, news, 0, 101).seq == 0


def test_of_overlapping_marks_the_later_holds(bench: Any, news: ArticleId) -> None:
    bench.does(lambda: set_boilerplate(bench.project, news, [(0, 9, "page"), (30, 40, "page"), (4, 35, "related")]))
    assert marks(bench, news) == ((0, 4, "page"), (4, 35, "related"), (35, 40, "page"))


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [(5, 5, "span_empty"), (6, 5, "span_empty"), (-1, 5, "span_out_of_bounds"), (0, 5000, "span_out_of_bounds")],
)
def test_marks_lie_in_the_text(bench: Any, news: ArticleId, start: int, end: int, key: str) -> None:
    project = bench.project
    bench.refuses(key, lambda: mark_boilerplate(project, news, start, end))
    bench.refuses(key, lambda: unmark_boilerplate(project, news, start, end))
    bench.refuses(key, lambda: set_boilerplate(project, news, [(0, 5, "page"), (start, end, "page")]))


def test_unknown_articles_are_refused(bench: Any) -> None:
    nobody = ArticleId("0" * 32)
    bench.refuses("article_unknown", lambda: suspect_boilerplate(bench.project, [nobody]))
    bench.refuses("article_unknown", lambda: mark_boilerplate(bench.project, nobody, 0, 5))


def test_a_reason_that_is_none_is_a_bug(bench: Any, news: ArticleId) -> None:
    with pytest.raises(ValueError, match="nothing"):
        set_boilerplate(bench.project, news, [(0, 5, "nothing")])
    assert marks(bench, news) == ()


RANGES = st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(BoilerplateReason))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), RANGES), max_size=8))
def test_marks_are_as_if_each_character_was_painted(
    acts: list[tuple[bool, tuple[int, int, BoilerplateReason]]],
) -> None:
    marked: tuple[tuple[int, int, str], ...] = ()
    painted = [""] * 20
    for adds, (start, length, reason) in acts:
        end = start + length
        marked = boilerplate._with(marked, start, end, reason) if adds else boilerplate._without(marked, start, end)
        painted[start:end] = [str(reason) if adds else ""] * length
    assert list(marked) == sorted(marked)
    told = [""] * 20
    for start, end, why in marked:
        assert start < end
        assert told[start:end] == [""] * (end - start)
        told[start:end] = [why] * (end - start)
    assert told == painted


def test_others_marks_may_be_changed(bench: Any, news: ArticleId) -> None:
    mark_boilerplate(bench.project, news, 0, 5)
    project = bench.restart("Omar")
    unmark_boilerplate(project, news, 0, 5)
    assert marks(bench, news) == ()


def test_a_search_that_is_stopped_marks_nothing(bench: Any, news: ArticleId) -> None:
    bench.refuses("cancelled", lambda: suspect_boilerplate(bench.project, progress=lambda *_: False))
    assert marks(bench, news) == ()
    told: list[tuple[int, int, str]] = []
    suspect_boilerplate(bench.project, [news], lambda *said: told.append(said) is None)
    assert [said[:2] for said in told] == [(1, 1)]
