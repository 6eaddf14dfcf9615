# SPDX-License-Identifier: MIT
"""What is painted: every tag of a stack, the one that stands out, only what changed, in any theme and size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.article.view import ArticleView
from annotator.ui.theme import DARK, LIGHT, tag_colors

from .conftest import Article

LABELS = ("ACTOR", "EVENT", "STANCE")
TEXT = "قال غانتس في أنقرة أمس\nفقرة ثانية هنا\nوثالثة"


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def colors_down(image: QImage, x: int, top: int, bottom: int) -> list[str]:
    return [image.pixelColor(x, y).name() for y in range(top, bottom)]


def show_ten(article: Callable[[str], Article]) -> Article:
    shown = article(TEXT)
    start = TEXT.index("أنقرة")
    for number in range(10):
        shown.tag(start, start + 5, LABELS[number % 3])
    return shown.show()


@pytest.mark.usefixtures("language")
def test_ten_tags_on_one_word_are_all_seen(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = show_ten(article)
    (rect,) = view.span_rects(shown.spans[0].start, shown.spans[0].end)
    image = picture(view)
    metrics = view._metrics
    for number in range(10):
        mark = view._index.marks[shown.spans[number].id]
        line = tag_colors(mark.look.color, LIGHT).line
        y = rect.bottom() + metrics.first_lane + metrics.pitch * (mark.lane + 0.5)
        band = [
            image.pixelColor(x, round(y) + dy)
            for x in range(round(rect.left()) + 2, round(rect.right()) - 2)
            for dy in (-1, 0, 1)
        ]
        assert sum(near(color, line) for color in band) > rect.width() / 4, number
    assert {mark.lane for mark in view._index.marks.values()} == set(range(10))


def near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 60


@pytest.mark.usefixtures("language")
def test_the_stack_leaves_the_next_line_alone(article: Callable[[str], Article], view: ArticleView) -> None:
    show_ten(article)
    image = picture(view)
    (below,) = view.span_rects(TEXT.index("فقرة"), TEXT.index("فقرة") + 4)
    rows = range(round(below.top()), round(below.bottom()))
    colored = [
        y
        for y in rows
        for x in range(image.width())
        if image.pixelColor(x, y).saturation() > 90 and image.pixelColor(x, y).lightness() > 60
    ]
    assert colored == []


def test_a_block_gets_room_only_while_it_needs_it(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = show_ten(article)
    first = view.document().begin()
    high, usual = first.blockFormat().lineHeight(), first.next().blockFormat().lineHeight()
    assert high > usual + 8 * view._metrics.pitch
    view.set_spans(shown.spans[:1])
    assert view.document().begin().blockFormat().lineHeight() == pytest.approx(usual)


def test_only_the_paragraph_of_a_new_tag_is_painted_again(
    view: ArticleView, article: Callable[[str], Article], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = article(TEXT)
    qapp.processEvents()
    painted = []
    paint = view.paintEvent

    def note(event: QPaintEvent) -> None:
        painted.append(event.rect())
        paint(event)

    monkeypatch.setattr(view, "paintEvent", note)
    shown.tag_text("ثانية")
    view.set_spans(shown.spans)
    qapp.processEvents()
    (first,) = view.span_rects(0, 3)
    assert painted
    assert all(rect.top() > first.bottom() for rect in painted)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_current_tag_stands_out_with_its_own_extent(
    theme, article: Callable[[str], Article], view: ArticleView
) -> None:
    view.set_theme(theme)
    shown = article(TEXT)
    tag = shown.tag_text("غانتس في", "EVENT")
    shown.tag_text("غانتس")
    shown.show()
    before = picture(view)
    view.set_current_tag(tag.id)
    after = picture(view)
    (rect,) = view.span_rects(tag.start, tag.end)
    changed = [
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(round(rect.top()), round(rect.bottom())))
    ]
    assert rect.left() - 1.5 <= changed[0] <= rect.left() + 1.5
    assert rect.right() - 2.5 <= changed[-1] <= rect.right() + 1.5
    view.set_current_tag(None)
    assert picture(view) == before


def test_the_same_letters_are_drawn_with_and_without_tags(article: Callable[[str], Article], view: ArticleView) -> None:
    """A tag inside a word, or a ligature, changes no letter's shape or place."""
    shown = article("التقى بأردوغان لأردوغان أمس (Benny)")
    before = [(run.glyphIndexes(), run.positions()) for run in view.document().begin().layout().glyphRuns()]
    shown.tag(7, 12)
    shown.tag(16, 20)
    shown.tag(30, 33)
    shown.show()
    after = [(run.glyphIndexes(), run.positions()) for run in view.document().begin().layout().glyphRuns()]
    assert after == before


def test_zoom_keeps_the_place_and_the_selection(
    article: Callable[[str], Article], view: ArticleView, qapp: QApplication
) -> None:
    text = "\n".join(f"فقرة رقم {number} " + "كلمات كثيرة " * 20 for number in range(80))
    article(text)
    view.scroll_to(text.index("رقم 50"), text.index("رقم 50") + 6)
    view.select(text.index("رقم 50"), text.index("رقم 50") + 6)
    top = view._first_visible()
    view.set_zoom(1.5)
    qapp.processEvents()
    assert view.selection() == (text.index("رقم 50"), text.index("رقم 50") + 6)
    assert abs(view._first_visible() - top) < 300
    view.resize(600, 500)
    qapp.processEvents()
    assert abs(view._first_visible() - top) < 400


def test_a_wide_window_keeps_a_narrow_column(article: Callable[[str], Article], view: ArticleView) -> None:
    text = "كلمات كثيرة " * 200
    view.resize(1900, 600)
    article(text)
    rects = view.span_rects(0, 400)
    left, right = min(rect.left() for rect in rects), max(rect.right() for rect in rects)
    assert 500 < right - left < 800
    assert abs((left + right) / 2 - view.viewport().width() / 2) < 40


def test_scroll_to_brings_into_sight(article: Callable[[str], Article], view: ArticleView) -> None:
    text = "\n".join(f"فقرة رقم {number}" for number in range(300))
    article(text)
    start = text.index("رقم 250")
    view.scroll_to(start, start + 7)
    (rect,) = view.span_rects(start, start + 7)
    assert view.viewport().rect().contains(rect.toAlignedRect())
    view.scroll_to(0, 3)
    assert view.verticalScrollBar().value() < 40


def test_find_matches_and_invisibles_are_painted(article: Callable[[str], Article], view: ArticleView) -> None:
    article("قال\u200fنعم\u00a0ثم قال")
    plain = picture(view)
    view.set_find_matches([(0, 3), (11, 14)], (11, 14))
    found = picture(view)
    assert LIGHT.found in {found.pixelColor(x, 40).name() for x in range(found.width())}
    assert LIGHT.found_current in {found.pixelColor(x, 40).name() for x in range(found.width())}
    view.set_find_matches([])
    assert picture(view) == plain
    view.set_show_invisibles(True)
    assert picture(view) != plain
    view.set_show_invisibles(False)
    assert picture(view) == plain


def test_clearing_and_an_empty_text(article: Callable[[str], Article], view: ArticleView, qtbot: QtBot) -> None:
    shown = article(TEXT)
    shown.tag_text("غانتس")
    shown.show()
    view.clear_article()
    assert view.article_id == ""
    assert view.selection() is None
    assert view.span_rects(0, 0) == []
    picture(view)


def test_what_a_screen_reader_is_told(view: ArticleView, article: Callable[[str], Article]) -> None:
    article(TEXT)
    assert view.accessibleName() == "Article text"
    assert view.isReadOnly()


def test_a_label_that_the_scheme_lacks_is_still_painted(view: ArticleView, article: Callable[[str], Article]) -> None:
    shown = article(TEXT)
    shown.tag_text("غانتس", "GONE")
    shown.show()
    (mark,) = view._index.marks.values()
    assert mark.look.name == "GONE"


def test_tags_are_there_after_any_new_layout(
    article: Callable[[str], Article], view: ArticleView, seed_paths: list[Path]
) -> None:
    shown = article(seed_paths[-1].read_text(encoding="utf-8"))
    for start in range(0, 3000, 60):
        shown.tag(start, start + 20)
    shown.show()

    def painted() -> set[str]:
        return {mark.span_id for line in view._lines(view._visible()) for mark, _ in view._tagged(line).marks}

    for change in (
        lambda: view.set_text_font("Vazirmatn", 14),
        lambda: view.set_zoom(1.3),
        lambda: view.resize(700, 640),
        lambda: view.set_line_spacing(1.4),
        lambda: view.verticalScrollBar().setValue(900),
    ):
        change()
        seen = painted()
        for span in shown.spans:
            rects = view.span_rects(span.start, span.end)
            inside = any(rect.top() >= 0 and rect.bottom() < view.viewport().height() for rect in rects)
            assert not inside or span.id in seen
        assert len(seen) > 3
