# SPDX-License-Identifier: MIT
"""A tag's rectangles cover exactly its glyphs: held against the ink of the page and against the glyphs' outlines."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage, QTextLayout
from PySide6.QtWidgets import QApplication

from annotator.ui import fonts
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import LIGHT, tag_colors

from .cases import CASES, EMOJI
from .conftest import Article

FLAGS = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def is_ink(color: QColor) -> bool:
    return color.lightness() < 170


def ink_columns(image: QImage, left: float, right: float, top: float, bottom: float) -> list[int]:
    columns = range(max(0, round(left)), min(image.width(), round(right)))
    rows = range(max(0, round(top)), min(image.height(), round(bottom)))
    return [x for x in columns if any(is_ink(image.pixelColor(x, y)) for y in rows)]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("case", [case for case in (*CASES, EMOJI) if case.whole], ids=lambda case: case.name)
def test_ink_ends_at_the_edges_of_words(case, view: ArticleView, article: Callable[[str], Article]) -> None:
    """No letter crosses the edge of a tag that stands between blanks, and ink reaches to both edges."""
    shown = article(case.text)
    view.clearFocus()
    image = picture(view)
    for piece in case.whole:
        start = shown.text.index(piece)
        for rect in view.span_rects(start, start + len(piece)):
            inside = ink_columns(image, rect.left() + 1, rect.right() - 1, rect.top(), rect.bottom())
            assert inside, piece
            assert inside[0] - rect.left() < 6, piece
            assert rect.right() - inside[-1] < 6, piece
            for x in (rect.left(), rect.right()):
                assert len(ink_columns(image, x - 2, x + 2, rect.top(), rect.bottom())) <= 2, piece


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rectangles_hold_the_outlines_of_their_glyphs(
    case, view: ArticleView, article: Callable[[str], Article]
) -> None:
    """In the sans, which has all letters itself, each glyph can be asked which character it draws."""
    view.set_text_font(fonts.SANS, 20)
    shown = article(case.text)
    block = view.document().begin()
    shift = view.document().documentLayout().blockBoundingRect(block).left()
    for piece in case.tags:
        start = shown.text.index(piece)
        end = start + len(piece)
        rects = view.span_rects(start, end)
        for left, right in glyph_boxes(block.layout(), case.text, start, end):
            middle = (left + right) / 2 + shift
            assert any(rect.left() - 0.6 <= middle <= rect.right() + 0.6 for rect in rects), piece
        for left, right in [
            *glyph_boxes(block.layout(), case.text, 0, start),
            *glyph_boxes(block.layout(), case.text, end, len(case.text)),
        ]:
            middle = (left + right) / 2 + shift
            assert not any(rect.left() + 0.6 < middle < rect.right() - 0.6 for rect in rects), piece


def glyph_boxes(layout: QTextLayout, text: str, start: int, end: int) -> list[tuple[float, float]]:
    """Return the advance boxes of the glyphs of some characters, without ligatures that others share."""
    boxes = []
    for number in range(layout.lineCount()):
        for run in layout.lineAt(number).glyphRuns(-1, -1, FLAGS):
            advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            for index, advance, at in zip(run.stringIndexes(), advances, run.positions(), strict=True):
                shared = text[index] == "ل" and text[index + 1 : index + 2] in set("اأإآ")
                if start <= index < end and text[index].isprintable() and text[index] > " " and not shared:
                    boxes.append((at.x(), at.x() + advance.x()))
    return boxes


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("case", [*CASES, EMOJI], ids=lambda case: case.name)
def test_painted_fill_is_the_rectangles(case, view: ArticleView, article: Callable[[str], Article]) -> None:
    for piece in case.tags:
        shown = article(case.text)
        span = shown.tag_text(piece)
        shown.relabel(0, "ACTOR")
        color = tag_colors(shown.scheme.label("ACTOR").color, LIGHT).fill
        shown.show()
        rects = view.span_rects(span.start, span.end)
        image = picture(view)
        y = round(rects[0].bottom() - 5)
        painted = [x for x in range(image.width()) if image.pixelColor(x, y) == color]
        covered = [x for x in range(image.width()) if any(r.left() <= x + 0.5 <= r.right() for r in rects)]
        assert set(painted) <= {x + d for x in covered for d in (-1, 0, 1)}, piece
        assert len(painted) >= 0.6 * len(covered) - 4, piece


def test_tag_on_a_name_after_a_proclitic(view: ArticleView, article: Callable[[str], Article]) -> None:
    """A tag on أردوغان in لأردوغان leaves the lam: it takes one half of the ligature."""
    text = "شكر لأردوغان"
    for family in fonts.TEXT_FAMILIES:
        view.set_text_font(family, 20)
        article(text)
        (word,) = view.span_rects(4, 12)
        (lam,) = view.span_rects(4, 5)
        (name,) = view.span_rects(5, 12)
        (alef,) = view.span_rects(5, 6)
        assert lam.right() == pytest.approx(word.right())
        assert name.right() == pytest.approx(lam.left())
        assert alef.width() == pytest.approx(lam.width(), rel=0.05)
        assert 4 < lam.width() < 12


def test_ligature_in_a_sentence_of_the_other_direction(view: ArticleView, article: Callable[[str], Article]) -> None:
    """Qt answers otherwise in a run against the paragraph's direction; the pieces must still tile the word."""
    for family in fonts.TEXT_FAMILIES:
        view.set_text_font(family, 20)
        for word in ("لأردوغان", "لا", "لَا", "بلار"):
            text = f"He said {word} today"
            article(text)
            letters = [8 + index for index, char in enumerate(word) if char != "\u064e"]
            rects = [view.span_rects(at, at + 1)[0] for at in letters]
            assert all(rect.width() > 3 for rect in rects), word
            for before, after in pairwise(rects):
                assert after.right() == pytest.approx(before.left(), abs=0.1), word


def test_digits_and_bracket_after_them_lie_apart(view: ArticleView, article: Callable[[str], Article]) -> None:
    text = "say اب٣٣% so"
    article(text)
    digits, percent = view.span_rects(6, 8)[0], view.span_rects(8, 9)[0]
    letters = view.span_rects(4, 6)[0]
    assert digits.right() == pytest.approx(letters.left(), abs=0.1)
    assert percent.left() == pytest.approx(letters.right(), abs=0.1)
    assert len(view.span_rects(4, 9)) == 1
    assert len(view.span_rects(6, 9)) == 2


def test_tag_over_lines_and_paragraphs(view: ArticleView, article: Callable[[str], Article]) -> None:
    first = "كلمة " * 60
    text = f"{first.strip()}\n\nفقرة ثانية هنا"
    article(text)
    start, end = 20, text.index("ثانية") + 5
    rects = view.span_rects(start, end)
    tops = sorted({round(rect.top()) for rect in rects})
    assert len(tops) >= 4
    assert all(rect.width() > 5 for rect in rects)


@pytest.mark.parametrize(
    "special", ["\u2028", "\t", "\u00a0", "\ufffc", "\x00", "\ufdd0", "\r", "\x0c", "\u0085", "\U0001f600"]
)
def test_no_character_shifts_what_follows(
    special: str, view: ArticleView, article: Callable[[str], Article], qapp: QApplication
) -> None:
    text = f"قال{special}نعم (abc) ثم"
    shown = article(text)
    (rect,) = view.span_rects(5, 6)
    assert rect.width() > 2
    view.select(4, 7)
    view.copy()
    assert qapp.clipboard().text() == shown.text[4:7]
