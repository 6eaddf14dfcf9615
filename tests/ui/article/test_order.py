# SPDX-License-Identifier: MIT
"""The order of characters on screen is that of the Unicode bidirectional algorithm, tagged or not."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.text.direction import Direction, base_direction, visual_order
from annotator.text.offsets import grapheme_boundaries
from annotator.ui import fonts
from annotator.ui.article.view import ArticleView

from .cases import CASES, EMOJI
from .conftest import Article

#: No unmatched controls: where there are, Qt and the standard part ways.
ALPHABET = "ابلمأ شaBc129٣.,:-()[]/%+#@«»،\u200f\u200e"


def on_screen(view: ArticleView, text: str) -> list[int]:
    """Return the visible clusters' first positions from left to right, by where the view says they lie."""
    centers = []
    for start, _ in pairwise(grapheme_boundaries(text)):
        if unicodedata.category(text[start]) not in {"Cf", "Cc", "Zl", "Mn"}:
            (rect,) = view.span_rects(start, start + 1)
            centers.append((rect.center().x(), start))
    return [start for _, start in sorted(centers)]


def expected(text: str, shown: list[int]) -> list[int]:
    wanted = set(shown)
    return [index for index in visual_order(text, base_direction(text, Direction.LTR)) if index in wanted]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("family", fonts.TEXT_FAMILIES)
@pytest.mark.parametrize("case", [*CASES, EMOJI], ids=lambda case: case.name)
def test_screen_order_is_the_standards(case, family: str, view: ArticleView, article: Callable[[str], Article]) -> None:
    view.set_text_font(family, 15)
    shown = article(case.text.rstrip())
    for piece in case.tags:
        if piece in shown.text:
            shown.tag_text(piece)
    shown.show()
    order = on_screen(view, shown.text)
    assert order == expected(shown.text, order)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=st.text(ALPHABET, min_size=1, max_size=14).map(str.strip).filter(bool))
def test_any_mixture_is_in_order(text: str, view: ArticleView, scheme) -> None:
    view.show_article("article", text, [], scheme)
    order = on_screen(view, text)
    assert order == expected(text, order)


def test_each_paragraph_has_its_own_direction(view: ArticleView, article: Callable[[str], Article]) -> None:
    text = "نص عربي\nEnglish text\nטקסט\nمتن پارسی\n15:30\n\u2067abc\u2069 مرحبا"
    article(text)
    column = view.span_rects(0, 3)[0].right()
    sides = []
    for line in text.split("\n"):
        start = text.index(line)
        rects = view.span_rects(start, start + len(line))
        sides.append(abs(max(rect.right() for rect in rects) - column) < 1)
    assert sides == [True, False, True, True, True, True]
