# SPDX-License-Identifier: MIT
"""Selecting with the mouse and with keys: real events, code points out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.scheme import Scheme
from annotator.text.direction import levels
from annotator.ui.article.view import ArticleView

from .conftest import Article

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
TEXT = "ذكرت مصادر (Benny Gantz) لموقع “واينت”، في 9 مارس 2022.\nفقرة ثانية هنا"


def place(view: ArticleView, position: int, part: float = 0.5) -> QPoint:
    """Return a point on a character; `part` 0 is where it begins, 1 where it ends, seen in reading direction."""
    (rect,) = view.span_rects(position, position + 1)
    rtl = view._text.text[position] > "\u0590"
    x = rect.right() - rect.width() * part if rtl else rect.left() + rect.width() * part
    return QPoint(round(x), round(rect.center().y()))


def drag(view: ArticleView, start: QPoint, end: QPoint, modifiers=NONE) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, modifiers, start)
    middle = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
    for point in (middle, end):
        QTest.mouseMove(port, point)
        move_with_button(view, point, modifiers)
    QTest.mouseRelease(port, LEFT, modifiers, end)


def move_with_button(view: ArticleView, point: QPoint, modifiers) -> None:
    """Send the move that a held button makes: the offscreen platform's own moves have no button."""
    port = view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(port.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(port, event)


def press(view: ArticleView, key: Qt.Key, modifiers=NONE, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(view, key, modifiers)


def quote(view: ArticleView, range_: tuple[int, int] | None) -> str | None:
    return None if range_ is None else view._text.text[slice(*range_)]


@pytest.fixture
def shown(article: Callable[[str], Article], language: str, view: ArticleView) -> Article:
    result = article(TEXT)
    view.setFocus()
    return result


def test_drag_grows_to_words(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    start = TEXT.index("مصادر")
    with qtbot.waitSignal(view.selection_made) as made:
        drag(view, place(view, 2), place(view, start + 2))
    assert quote(view, tuple(made.args)) == "ذكرت مصادر"
    assert quote(view, view.selection()) == "ذكرت مصادر"


def test_drag_shows_whole_words_while_it_lasts(shown: Article, view: ArticleView) -> None:
    QTest.mousePress(view.viewport(), LEFT, NONE, place(view, 2))
    move_with_button(view, place(view, 7), NONE)
    assert quote(view, view._painted_selection()) == "ذكرت مصادر"
    QTest.mouseRelease(view.viewport(), LEFT, NONE, place(view, 7))


def test_drag_backwards_is_the_same(shown: Article, view: ArticleView) -> None:
    drag(view, place(view, TEXT.index("مصادر") + 2), place(view, 2))
    assert quote(view, view.selection()) == "ذكرت مصادر"


def test_drag_with_the_exact_modifier_takes_characters(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selection_made) as made:
        drag(view, place(view, 1, 0.05), place(view, 2, 0.95), ALT)
    assert quote(view, tuple(made.args)) == "كر"


def test_drag_inside_the_latin_name(shown: Article, view: ArticleView) -> None:
    start = TEXT.index("Benny")
    drag(view, place(view, start + 1), place(view, start + 3))
    assert quote(view, view.selection()) == "Benny"


def test_double_click_takes_the_word_without_its_marks(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    for word in ("واينت", "Gantz", "2022", "ذكرت"):
        at = place(view, TEXT.index(word) + 1)
        with qtbot.waitSignal(view.selection_made) as made:
            QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
        assert quote(view, tuple(made.args)) == word
        assert quote(view, view.selection()) == word


def test_double_click_on_every_letter_of_a_word_takes_that_word(shown: Article, view: ArticleView) -> None:
    start = TEXT.index("مصادر")
    for position in range(start, start + 5):
        for part in (0.2, 0.8):
            QTest.mouseDClick(view.viewport(), LEFT, NONE, place(view, position, part))
            assert quote(view, view.selection()) == "مصادر"


def test_click_clears(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    drag(view, place(view, 2), place(view, 7))
    with qtbot.waitSignal(view.selection_cleared):
        QTest.mouseClick(view.viewport(), LEFT, NONE, place(view, 20))
    assert view.selection() is None


def test_a_drag_inside_a_selection_selects_anew(shown: Article, view: ArticleView) -> None:
    view.select(0, 30)
    start = TEXT.index("مصادر")
    drag(view, place(view, start), place(view, start + 3))
    assert quote(view, view.selection()) == "مصادر"


def test_blanks_alone_are_no_selection(article: Callable[[str], Article], view: ArticleView, qtbot: QtBot) -> None:
    article("قال      نعم")
    view.setFocus()
    with qtbot.assertNotEmitted(view.selection_made):
        drag(view, place(view, 5), place(view, 7))
    assert view.selection() is None


def test_words_are_walked_in_screen_order(shown: Article, view: ArticleView) -> None:
    view.select(0, 0)
    seen = []
    for _ in range(6):
        press(view, Qt.Key.Key_Left, CTRL)
        seen.append(quote(view, (view.caret(), view.caret() + 4)))
    assert seen == ["مصاد", "Gant", "Benn", "لموق", "واين", "في 9"]
    press(view, Qt.Key.Key_Right, CTRL, times=3)
    assert view.caret() == TEXT.index("Benny")


def test_words_are_walked_over_lines_and_paragraphs(article: Callable[[str], Article], view: ArticleView) -> None:
    text = " ".join(f"كلمة{number}" for number in range(60)) + "\n\nEnd of it\nنعم"
    article(text)
    view.setFocus()
    view.select(0, 0)
    for number in range(1, 60):
        press(view, Qt.Key.Key_Left, CTRL)
        assert view.caret() == text.index(f"كلمة{number}")
    press(view, Qt.Key.Key_Left, CTRL)
    assert view.caret() == text.index("End")
    press(view, Qt.Key.Key_Right, CTRL, times=2)
    assert view.caret() == text.index("it")
    press(view, Qt.Key.Key_Left, CTRL, times=3)
    assert view.caret() == text.index("كلمة59")


def test_keys_extend_by_word(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    view.select(0, 0)
    with qtbot.waitSignal(view.selection_made):
        press(view, Qt.Key.Key_Left, SHIFT | CTRL)
    assert quote(view, view.snapped_selection()) == "ذكرت"
    press(view, Qt.Key.Key_Left, SHIFT | CTRL, times=2)
    assert quote(view, view.snapped_selection()) == "ذكرت مصادر (Benny"
    press(view, Qt.Key.Key_Right, SHIFT | CTRL, times=2)
    assert quote(view, view.snapped_selection()) == "ذكرت"


def test_extending_by_word_takes_no_comma_behind_it(
    article: Callable[[str], Article], view: ArticleView, language: str
) -> None:
    text = "قال بيني غانتس، الذي وصل"
    article(text)
    view.setFocus()
    view.select(text.index("بيني"), text.index("بيني"))
    press(view, Qt.Key.Key_Left, SHIFT | CTRL, times=2)
    assert quote(view, view.selection()) == "بيني غانتس"
    press(view, Qt.Key.Key_Left, SHIFT | CTRL)
    assert quote(view, view.selection()) == "بيني غانتس، الذي"


def test_keys_extend_by_character_and_snap(shown: Article, view: ArticleView) -> None:
    view.select(0, 0)
    press(view, Qt.Key.Key_Left, SHIFT, times=2)
    assert quote(view, view.selection()) == "ذك"
    assert quote(view, view.snapped_selection()) == "ذكرت"
    press(view, Qt.Key.Key_Left, SHIFT | ALT)
    assert quote(view, view.snapped_selection()) == "ذكر"


def test_escape_clears(shown: Article, view: ArticleView, qtbot: QtBot) -> None:
    view.select(0, 4)
    with qtbot.waitSignal(view.selection_cleared):
        press(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_caret_never_stands_inside_a_cluster(
    article: Callable[[str], Article], view: ArticleView, language: str
) -> None:
    family = "👨\u200d👩\u200d👧"
    text = f"قَالَ {family} نعم"
    article(text)
    view.setFocus()
    view.select(0, 0)
    seen = [view.caret()]
    for _ in range(20):
        press(view, Qt.Key.Key_Left)
        seen.append(view.caret())
    allowed = {0, 2, 3, 5, 6, 6 + len(family), 7 + len(family), 8 + len(family), 9 + len(family), len(text)}
    assert set(seen) == allowed
    view.select(0, 0)
    press(view, Qt.Key.Key_Left, SHIFT | ALT, times=5)
    assert view.selection() == (0, 6 + len(family))


def test_the_clipboard_gets_the_stored_characters(
    article: Callable[[str], Article], view: ArticleView, qapp: QApplication
) -> None:
    text = "قال\u00a0نعم\u2028ثم\t😀\nسطر"
    article(text)
    view.setFocus()
    press(view, Qt.Key.Key_A, CTRL)
    press(view, Qt.Key.Key_C, CTRL)
    assert qapp.clipboard().text() == text


def test_the_current_tag_and_clicks_through_nested_ones(
    article: Callable[[str], Article], view: ArticleView, qtbot: QtBot
) -> None:
    shown = article(TEXT)
    outer = shown.tag_text("ذكرت مصادر (Benny Gantz)", "EVENT")
    inner = shown.tag_text("Gantz")
    shown.show()
    at = place(view, TEXT.index("Gantz") + 2)
    with qtbot.waitSignal(view.tag_clicked) as clicked:
        QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert clicked.args == [inner.id]
    view.set_current_tag(inner.id)
    with qtbot.waitSignal(view.tag_clicked) as clicked:
        QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert clicked.args == [outer.id]
    below = QPoint(at.x(), round(view.span_rects(inner.start, inner.end)[0].bottom() + 9))
    assert view.tags_at(below) == [outer.id, inner.id]


def test_hovering_tells_the_tag(article: Callable[[str], Article], view: ArticleView, qtbot: QtBot) -> None:
    shown = article(TEXT)
    tag = shown.tag_text("مصادر")
    shown.show()
    with qtbot.waitSignal(view.tag_hovered) as hovered:
        QTest.mouseMove(view.viewport(), place(view, 7))
    assert hovered.args == [tag.id]
    with qtbot.waitSignal(view.tag_hovered) as hovered:
        QTest.mouseMove(view.viewport(), place(view, 0))
    assert hovered.args == [""]


def test_a_third_click_takes_the_paragraph(shown: Article, view: ArticleView) -> None:
    at = place(view, 2)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
    stamp = view._double_clicked_at
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress, QPointF(at), QPointF(view.viewport().mapToGlobal(at)), LEFT, LEFT, NONE
    )
    event.setTimestamp(stamp + 50)
    QApplication.sendEvent(view.viewport(), event)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, at)
    assert quote(view, view.selection()) == TEXT.split("\n", maxsplit=1)[0]


def test_a_drag_held_below_the_window_scrolls(
    article: Callable[[str], Article], view: ArticleView, qtbot: QtBot
) -> None:
    article("\n".join(f"فقرة رقم {number}" for number in range(200)))
    QTest.mousePress(view.viewport(), LEFT, NONE, place(view, 2))
    below = QPoint(300, view.viewport().height() + 60)
    move_with_button(view, below, NONE)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, below)
    start, end = view.selection()
    assert start == 0
    assert view._text.paragraph_number(end) > 8


def test_a_click_in_the_margins_goes_to_the_nearest_line(
    article: Callable[[str], Article], view: ArticleView, seed_paths: list[Path]
) -> None:
    text = seed_paths[-1].read_text(encoding="utf-8")
    article(text)
    view.set_text_font("Vazirmatn", 14)
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(view.viewport().width() // 2, 2))
    assert view._text.paragraph_number(view.caret()) == 0
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(view.viewport().width() - 3, 45))
    assert view.caret() == 0


@pytest.mark.parametrize(
    "text", [TEXT, "وأردوغان في 9 مارس 2022 عند 15:30، (Benny Gantz) قال", "In Ankara قال أردوغان that 😀 yes"]
)
def test_a_click_goes_to_the_near_edge_of_the_character_under_it(text: str, view: ArticleView, scheme: Scheme) -> None:
    Article(view, scheme, text).show()
    for position in range(min(len(text), 60)):
        rects = view.span_rects(position, position + 1)
        if len(rects) != 1 or rects[0].width() < 4 or text[position : position + 2] in {"لا", "لأ", "لإ", "لآ"}:
            continue
        rect, rtl = rects[0], runs_right_to_left(text, position)
        for share, expected in ((0.25, position), (0.75, position + 1)):
            x = rect.right() - rect.width() * share if rtl else rect.left() + rect.width() * share
            assert view._caret_at(QPointF(x, rect.center().y())) == expected, (position, text[position], share)


def runs_right_to_left(text: str, position: int) -> bool:
    return levels(text)[position] % 2 == 1
