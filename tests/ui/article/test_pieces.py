# SPDX-License-Identifier: MIT
"""A discontinuous tag is drawn, hovered and clicked by its pieces; what lies between them is only linked."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import DARK, LIGHT, Theme, tag_colors

from .cases import CASES
from .conftest import Article
from .test_paint import picture

TEXT = "أعلن الوزير أمس في أنقرة عن زيارة قريبة (Benny Gantz) إلى القاهرة غدا"


def in_pieces(article: Article, *words: str, label: str = "EVENT") -> Span:
    starts = [article.text.index(word) for word in words]
    pieces = tuple((start, start + len(word)) for start, word in zip(starts, words, strict=True))
    span = article.tag(pieces[0][0], pieces[-1][1], label)
    article.spans[-1] = replace(span, pieces=pieces)
    return article.spans[-1]


def changed_columns(before: QImage, after: QImage, top: float, bottom: float) -> list[int]:
    rows = range(round(top), round(bottom))
    return [x for x in range(before.width()) if any(before.pixel(x, y) != after.pixel(x, y) for y in rows)]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_only_the_pieces_are_filled(theme: Theme, article: Callable[[str], Article], view: ArticleView) -> None:
    view.set_theme(theme)
    shown = article(TEXT)
    before = picture(view)
    tag = in_pieces(shown, "أعلن", "زيارة", "Benny")
    shown.show()
    after = picture(view)
    rects = [view.span_rects(*piece)[0] for piece in tag.pieces]
    columns = changed_columns(before, after, rects[0].top() + 2, rects[0].bottom() - 1)
    assert columns
    for x in columns:
        assert any(rect.left() - 1.5 <= x <= rect.right() + 1.5 for rect in rects)
    for rect in rects:
        assert any(rect.left() <= x <= rect.right() for x in columns)


def near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 90


def test_a_thin_line_links_the_pieces_in_their_lane(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    tag = in_pieces(shown, "أعلن", "زيارة")
    shown.show()
    image, line = picture(view), tag_colors(view._index.marks[tag.id].look.color, LIGHT).line
    between = view.span_rects(tag.pieces[0][1] + 1, tag.pieces[1][0] - 1)[0]
    y = round(between.bottom() + view._metrics.first_lane + view._metrics.pitch / 2)
    columns = range(round(between.left()), round(between.right()))
    inked = [x for x in columns if any(near(image.pixelColor(x, y + dy), line) for dy in (-1, 0, 1))]
    assert between.width() / 4 < len(inked) < between.width() * 0.9


def test_what_lies_between_is_not_hit(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    tag = in_pieces(shown, "أعلن", "زيارة")
    inner = shown.tag_text("الوزير")
    shown.show()
    for word, hit in (("أعلن", [tag.id]), ("أمس", []), ("زيارة", [tag.id]), ("الوزير", [inner.id])):
        start = TEXT.index(word)
        spot = view.span_rects(start, start + len(word))[0].center()
        assert view.tags_at(spot) == hit, word
        assert view.tags_over(start) == hit, word


def test_its_link_meets_no_other_underline(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    tag = in_pieces(shown, "أعلن", "زيارة")
    inner = shown.tag_text("الوزير")
    shown.show()
    marks = view._index.marks
    assert marks[tag.id].lane != marks[inner.id].lane


@pytest.mark.usefixtures("language")
def test_the_current_one_shows_exactly_its_pieces(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    tag = in_pieces(shown, "الوزير", "عن")
    shown.show()
    before = picture(view)
    view.set_current_tag(tag.id)
    after = picture(view)
    rects = [view.span_rects(*piece)[0] for piece in tag.pieces]
    for x in changed_columns(before, after, rects[0].top(), rects[0].bottom()):
        assert any(rect.left() - 2 <= x <= rect.right() + 2 for rect in rects)


def test_over_lines_and_paragraphs(article: Callable[[str], Article], view: ArticleView, qapp: QApplication) -> None:
    text = "بداية " + "كلمات كثيرة " * 40 + "\n\nوسط الفقرة " + "كلمات أخرى " * 20 + "نهاية"
    shown = article(text)
    tag = in_pieces(shown, "بداية", "وسط", "نهاية")
    shown.show()
    qapp.processEvents()
    view.viewport().grab()
    linked = 0
    for line in view._lines(view._visible()):
        tagged = view._tagged(line)
        covered = [piece for mark, pieces in tagged.marks for piece in pieces if mark.span_id == tag.id]
        linked += bool(tagged.links and tagged.links[0][1])
        assert len(covered) <= 1
    assert linked > 4


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_piece_lies_where_a_tag_of_its_own_would(
    case, article: Callable[[str], Article], view: ArticleView
) -> None:
    """Of any text that breaks other tools: the first and the last character, in one tag."""
    shown = article(case.text)
    end = len(case.text.rstrip())
    tag = shown.tag(0, end, "EVENT")
    first, last = (0, 1), (end - 1, end)
    shown.spans[0] = replace(tag, pieces=(first, last))
    shown.show()
    (line,) = view._lines(view._visible())
    tagged = view._tagged(line)
    expected = sorted([*view._pieces(line, *first), *view._pieces(line, *last)])
    assert [pieces for _, pieces in tagged.marks] == [expected]


def test_taking_a_piece_away_is_painted(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(TEXT)
    tag = in_pieces(shown, "أعلن", "أمس", "زيارة")
    shown.show()
    fewer = replace(tag, pieces=(tag.pieces[0], tag.pieces[2]))
    changed = view._index.update([fewer])
    assert {mark.span_id for mark in changed} == {tag.id}
    assert view._index.marks[tag.id].parts == fewer.pieces
    assert view._index.update([fewer]) == []
