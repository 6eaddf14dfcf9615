# SPDX-License-Identifier: MIT
"""Boilerplate in the article: hatched, paler, with a strip; nothing moves, and tags on it stay as clear as ever."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.ui.article.boilerplate import BoilerplateMarks, left_of, pale_ink, strip_ink
from annotator.ui.article.hints import BoilerplateHints
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import DARK, LIGHT, SHAPE_CONTRAST, TEXT_CONTRAST, Theme, contrast, mix

from .conftest import Article

TEXT = "قال غانتس في أنقرة أمس\nالتعليقات على هذا الخبر 15\nوثالثة"
START = TEXT.index("التعليقات")
END = TEXT.index("\nوثالثة")


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def darkest(view: ArticleView, start: int, end: int) -> int:
    """Return how light the darkest point of a piece of the text is."""
    image = picture(view)
    return min(
        image.pixelColor(x, y).lightness()
        for rect in view.span_rects(start, end)
        for x in range(round(rect.left()) + 1, round(rect.right()) - 1)
        for y in range(round(rect.top()) + 2, round(rect.bottom()) - 2)
    )


def test_marks_are_found_by_position() -> None:
    marks = BoilerplateMarks([(5, 10, "page"), (10, 12, "title"), (20, 30, "share")])
    assert [mark[2] for mark in marks.within(0, 100)] == ["page", "title", "share"]
    assert [mark[2] for mark in marks.within(9, 11)] == ["page", "title"]
    assert list(marks.within(12, 20)) == []
    assert list(marks.within(0, 5)) == []
    assert marks.at(10) == (10, 12, "title")
    assert marks.at(12) is None
    assert marks.at_caret(12) == (10, 12, "title")
    assert marks.at_caret(0) is None
    assert marks.changed(BoilerplateMarks([(5, 10, "page")])) in ([(10, 12), (20, 30)], [(20, 30), (10, 12)])


def test_what_is_left_of_pieces() -> None:
    assert left_of([(0, 10)], []) == [(0, 10)]
    assert left_of([(0, 10), (20, 30)], [(5, 25), (28, 40)]) == [(0, 5), (25, 28)]
    assert left_of([(0, 10)], [(0, 10)]) == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_is_pale_can_still_be_read(theme: Theme) -> None:
    for ground in (mix(theme.page, theme.muted, 0.16), theme.page):
        assert contrast(pale_ink(theme), ground) >= TEXT_CONTRAST
    assert contrast(strip_ink(theme), theme.page) >= SHAPE_CONTRAST
    assert contrast(pale_ink(theme), theme.page) < contrast(theme.text, theme.page)


@pytest.mark.usefixtures("language")
def test_boilerplate_is_paler_and_nothing_moves(article: Callable[[str], Article], view: ArticleView) -> None:
    article(TEXT)
    rects, before, plain = view.span_rects(0, len(TEXT)), picture(view), darkest(view, START, END)
    view.set_boilerplate([(START, END, "comments")])
    assert view.span_rects(0, len(TEXT)) == rects
    assert darkest(view, START, END) > plain + 30
    marked = picture(view)
    other = view.span_rects(0, START - 1)[0].toAlignedRect()
    assert marked.copy(other) == before.copy(other), "what is not marked is painted as before"
    view.set_boilerplate([])
    assert picture(view) == before


@pytest.mark.usefixtures("language")
def test_the_strip_stands_at_the_beginning_of_the_line(article: Callable[[str], Article], view: ArticleView) -> None:
    article(TEXT)
    before = picture(view)
    view.set_boilerplate([(START, END, "comments")])
    image, rect = picture(view), view.span_rects(START, END)[0]
    y = round(rect.center().y())
    beside = range(round(rect.right()) + 4, image.width() - 16)
    changed = [x for x in beside if image.pixelColor(x, y) != before.pixelColor(x, y)]
    assert 2 <= len(changed) <= 5
    assert image.pixelColor(changed[len(changed) // 2], y) == strip_ink(LIGHT)


@pytest.mark.usefixtures("language")
def test_tags_selections_and_matches_on_it_keep_the_ink(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    view.set_boilerplate([(START, END, "comments")])
    pale = darkest(view, START, END)
    shown.tag_text("التعليقات")
    view.set_spans(shown.spans)
    assert darkest(view, START, START + 9) < pale - 30
    word = TEXT.index("الخبر")
    view.select(word, word + 5)
    assert darkest(view, word, word + 5) < pale - 30
    number = TEXT.index("15")
    assert darkest(view, number, number + 2) > pale - 30
    view.set_find_matches([(number, number + 2)])
    assert darkest(view, number, number + 2) < pale - 30


@pytest.mark.usefixtures("language")
def test_another_article_begins_without(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    view.set_boilerplate([(START, END, "comments")])
    shown.show()
    assert view.boilerplate.all == ()
    assert view.boilerplate_under(QPointF(view.span_rects(START, END)[0].center())) is None


@pytest.mark.qt_log_ignore("does not support raise")  # said by the offscreen platform of any hint
def test_the_pointer_and_the_caret_are_told_why(article: Callable[[str], Article], view: ArticleView) -> None:
    article(TEXT)
    hints = BoilerplateHints(view)
    view.set_boilerplate([(START, END, "comments")])
    hints.refresh()
    at = view.span_rects(START, START + 4)[0].center().toPoint()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    assert QToolTip.text() == "Boilerplate: Comments"
    QToolTip.hideText()
    assert "Boilerplate" not in view.accessibleDescription()
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    view.select(START + 2, START + 2)
    assert view.accessibleDescription().startswith("Boilerplate: Comments. ")
    view.select(0, 0)
    assert "Boilerplate" not in view.accessibleDescription()


def test_the_cost_follows_what_is_visible(
    article: Callable[[str], Article], view: ArticleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "سطر من المقال وفيه كلام"
    shown = article("\n".join([line] * 3_000))
    step = len(line) + 1
    view.set_boilerplate([(n * step, n * step + 8, "page") for n in range(3_000)])
    asked: list[tuple[int, int]] = []
    pieces = ArticleView._pieces

    def count(self: ArticleView, placed: object, start: int, end: int) -> object:
        asked.append((start, end))
        return pieces(self, placed, start, end)  # type: ignore[arg-type]

    monkeypatch.setattr(ArticleView, "_pieces", count)
    view.scroll_to(1_500 * step, 1_500 * step + 5)
    view.viewport().repaint()
    assert 0 < len(asked) < 60
    assert shown.text
