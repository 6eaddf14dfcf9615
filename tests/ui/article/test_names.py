# SPDX-License-Identifier: MIT
"""Taking names without their proclitics: by double-click, by key, and growing from there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.analysis.frequencies import word_rates
from annotator.text.proclitics import Evidence, count_words
from annotator.ui.article.view import ArticleView

from .conftest import Article

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
TEXT = "جرى اللقاء. قال الوزير لأردوغان التركي في أنقرة، وعاد إلى المقر. ثم انتهى.\nوفدٌ للمقر"
SENTENCE = "قال الوزير لأردوغان التركي في أنقرة، وعاد إلى المقر."


@pytest.fixture
def shown(article: Callable[[str], Article], language: str, view: ArticleView) -> Article:
    result = article(TEXT)
    view.setFocus()
    view.set_evidence(Evidence(count_words(TEXT), word_rates()))
    return result


def double_click(view: ArticleView, word: str, letter: int = 2, modifiers=NONE) -> str | None:
    """Double-click a letter of a word, and return what is selected then."""
    position = TEXT.index(word) + letter
    (rect,) = view.span_rects(position, position + 1)
    QTest.mouseClick(view.viewport(), LEFT, modifiers, rect.center().toPoint())
    QTest.mouseDClick(view.viewport(), LEFT, modifiers, rect.center().toPoint())
    # The next click comes later, and is not the third of a triple one.
    view._double_clicked_at = -1_000_000
    return quote(view)


def quote(view: ArticleView) -> str | None:
    range_ = view.snapped_selection()
    return None if range_ is None else TEXT[slice(*range_)]


def test_double_clicks_take_the_name_then_the_word_then_the_sentence(
    shown: Article, view: ArticleView, qtbot: QtBot
) -> None:
    made: list[str] = []
    view.selection_made.connect(lambda start, end: made.append(TEXT[start:end]))
    wanted = ["أردوغان", "لأردوغان", SENTENCE]
    assert [double_click(view, "لأردوغان") for _ in range(5)] == [*wanted, *wanted[:2]]
    assert made == [*wanted, *wanted[:2]]
    assert view.selection() == view.snapped_selection()


def test_a_double_click_on_the_proclitic_takes_the_name_too(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان", 0) == "أردوغان"
    assert double_click(view, "لأردوغان", 4) == "لأردوغان"


def test_a_word_without_a_proclitic_goes_on_to_its_sentence(shown: Article, view: ArticleView) -> None:
    assert [double_click(view, "أنقرة") for _ in range(3)] == ["أنقرة", SENTENCE, "أنقرة"]


def test_another_word_begins_with_its_name(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان") == "أردوغان"
    assert double_click(view, "للمقر", 3) == "مقر"
    assert double_click(view, "لأردوغان") == "أردوغان"


def test_after_something_else_the_name_comes_first_again(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان") == "أردوغان"
    view.clear_selection()
    assert double_click(view, "لأردوغان") == "أردوغان"


@pytest.mark.parametrize("modifier", [ALT, CTRL])
def test_with_the_exact_modifier_a_double_click_takes_the_word(
    shown: Article, view: ArticleView, modifier: Qt.KeyboardModifier
) -> None:
    assert double_click(view, "لأردوغان", modifiers=modifier) == "لأردوغان"
    assert double_click(view, "لأردوغان", modifiers=modifier) == "لأردوغان"


def test_without_evidence_a_double_click_takes_the_word(shown: Article, view: ArticleView) -> None:
    view.set_evidence(None)
    assert [double_click(view, "لأردوغان") for _ in range(2)] == ["لأردوغان", SENTENCE]


def test_a_drag_takes_whole_words_as_ever(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان") == "أردوغان"
    start = TEXT.index("لأردوغان") + 1
    first, last = (view.span_rects(at, at + 1)[0].center() for at in (start, start + 3))
    QTest.mousePress(view.viewport(), LEFT, NONE, first.toPoint())
    event = QMouseEvent(
        QEvent.Type.MouseMove, last, QPointF(view.viewport().mapToGlobal(last.toPoint())), LEFT, LEFT, NONE
    )
    QApplication.sendEvent(view.viewport(), event)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, last.toPoint())
    assert quote(view) == "لأردوغان"


def test_what_grows_from_a_name_leaves_the_proclitic_out(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان") == "أردوغان"
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT | CTRL)
    assert quote(view) == "أردوغان التركي"
    assert double_click(view, "لأردوغان") == "أردوغان"
    at: QPoint = view.span_rects(TEXT.index("التركي") + 3, TEXT.index("التركي") + 4)[0].center().toPoint()
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, at)
    assert quote(view) == "أردوغان التركي"


def test_the_key_takes_more_each_time(shown: Article, view: ArticleView) -> None:
    start = TEXT.index("لأردوغان")
    for caret in (start, start + 3, start + len("لأردوغان")):
        view.select(caret, caret)
        taken = []
        for _ in range(4):
            view.take_more()
            taken.append(quote(view))
        assert taken == ["أردوغان", "لأردوغان", SENTENCE, "أردوغان"]


def test_the_key_goes_on_from_what_the_mouse_took(shown: Article, view: ArticleView) -> None:
    assert double_click(view, "لأردوغان") == "أردوغان"
    view.take_more()
    assert quote(view) == "لأردوغان"
    assert double_click(view, "لأردوغان") == SENTENCE


def test_the_key_takes_the_proclitic_off_a_selection(shown: Article, view: ArticleView) -> None:
    start = TEXT.index("لأردوغان")
    view.select(start, start + len("لأردوغان التركي"))
    taken = []
    for _ in range(4):
        view.take_more()
        taken.append(quote(view))
    assert taken == ["أردوغان التركي", "لأردوغان التركي", SENTENCE, "أردوغان التركي"]


def test_the_key_on_a_selected_name_takes_the_sentence(shown: Article, view: ArticleView) -> None:
    start = TEXT.index("أنقرة")
    view.select(start, start + 5)
    view.take_more()
    assert quote(view) == SENTENCE


def test_the_key_takes_nothing_where_nothing_is(article: Callable[[str], Article], view: ArticleView) -> None:
    article("   ")
    view.take_more()
    assert view.selection() is None
