# SPDX-License-Identifier: MIT
"""The drawer below the article: opened, left, closed and kept, by mouse and by keyboard, in both languages."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGroupBox, QLabel, QWidget

from annotator.ui.desk import Desk
from annotator.ui.drawer import Drawer, DrawerShowing, kept_share

from .conftest import Hand
from .throwaway import ThrowawayPage

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def built() -> list[str]:
    """The pages that have been built, in their order."""
    return []


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, built: list[str], hand: Hand) -> Hand:
    """The window with two throw-away pages and a plain one in the drawer of every desk."""
    build = Desk._build_drawer

    def with_pages(desk: Desk, *arguments) -> Drawer:  # type: ignore[no-untyped-def]
        drawer = build(desk, *arguments)

        def page(name: str) -> ThrowawayPage:
            built.append(name)
            return ThrowawayPage(name, desk._session)

        drawer.add_page("try.one", lambda: page("one"))
        drawer.add_page("try.two", lambda: page("two"))
        drawer.add_page("try.plain", lambda: QLabel("nothing to do here"))
        return drawer

    monkeypatch.setattr(Desk, "_build_drawer", with_pages)
    hand.window.files.open_seeds()
    hand.wait_for_jobs()
    hand.view.setFocus()
    return hand


def drawer_of(hand: Hand) -> Drawer:
    QApplication.processEvents()
    return hand.window.desk.drawer


def open_one(hand: Hand, title: str = "بيني غانتس") -> ThrowawayPage:
    page = drawer_of(hand).open_page("try.one", title)
    assert isinstance(page, ThrowawayPage)
    QApplication.processEvents()
    return page


def drag(handle: QWidget, down: int) -> None:
    """Drag the border between article and drawer by some pixels."""
    start = QPointF(handle.rect().center())
    places = start, start + QPointF(0, down), start + QPointF(0, down)
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
    for kind, place in zip(kinds, places, strict=True):
        event = QMouseEvent(kind, place, handle.mapToGlobal(place), LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)


def test_it_is_hidden_until_a_page_is_opened_and_pages_are_built_then(desk: Hand, built: list[str]) -> None:
    drawer = drawer_of(desk)
    assert not drawer.isVisible()
    assert drawer.current is None
    assert desk.window.desk.column.sizes()[1] == 0
    with desk.qtbot.waitSignal(drawer.page_opened) as opened:
        page = open_one(desk)
    assert opened.args == ["try.one"]
    assert (drawer.isVisible(), drawer.current, drawer.title) == (True, "try.one", "بيني غانتس")
    assert built == ["one"]
    assert drawer.built("try.one") is page
    assert drawer.built("try.two") is None
    assert QApplication.focusWidget() is desk.view


def test_one_page_is_seen_at_a_time_with_its_own_controls(desk: Hand, built: list[str]) -> None:
    drawer, one = drawer_of(desk), open_one(desk)
    two = drawer.open_page("try.two", "Two")
    assert isinstance(two, ThrowawayPage)
    assert one.flushed == 1
    assert (one.isVisible(), one.button.isVisible()) == (False, False)
    assert (two.isVisible(), two.button.isVisible()) == (True, True)
    drawer.open_page("try.plain", "Plain")
    assert not two.button.isVisible()
    open_one(desk, "Another")
    assert (one.isVisible(), one.button.isVisible(), drawer.title) == (True, True, "Another")
    assert built == ["one", "two"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_f6_goes_through_it_while_it_is_open(desk: Hand, language: str) -> None:
    desk.window.viewing.choose("language", language)
    parts = desk.window.desk
    rounds = [parts.articles.view, parts.inspector.view, parts.pane.view]
    closed = []
    for _ in range(3):
        desk.press(Qt.Key.Key_F6, SHIFT)
        closed.append(QApplication.focusWidget())
    assert closed == rounds
    page = open_one(desk)
    reached = []
    for _ in range(4):
        desk.press(Qt.Key.Key_F6)
        reached.append(QApplication.focusWidget())
    assert reached == [page.list, parts.inspector.view, parts.articles.view, parts.pane.view]
    page.field.setFocus()
    desk.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is parts.inspector.view


def test_a_page_without_controls_leaves_the_focus_to_the_close_button(desk: Hand) -> None:
    drawer = drawer_of(desk)
    drawer.open_page("try.plain", "Plain")
    drawer.focus_page()
    assert QApplication.focusWidget() is drawer.close_button
    desk.press(Qt.Key.Key_Space)
    assert drawer.current is None
    assert QApplication.focusWidget() is desk.view


@pytest.mark.parametrize("language", ["en", "ar"])
def test_tab_goes_through_it_between_article_and_tags(desk: Hand, language: str) -> None:
    desk.window.viewing.choose("language", language)
    drawer_of(desk).open_page("try.two", "Two")
    page = open_one(desk)
    desk.view.setFocus()
    reached = []
    for _ in range(5):
        desk.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    tags = desk.window.desk.inspector.view
    assert reached == [page.button, drawer_of(desk).close_button, page.field, page.list, tags]
    desk.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is page.list
    drawer_of(desk).close_page()
    desk.view.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is tags


def test_escape_closes_it_and_gives_the_focus_back_to_the_article(desk: Hand) -> None:
    drawer, page = drawer_of(desk), open_one(desk)
    drawer.focus_page()
    assert QApplication.focusWidget() is page.list
    with desk.qtbot.waitSignal(drawer.closed):
        desk.press(Qt.Key.Key_Escape)
    assert (drawer.current, drawer.isVisible(), page.flushed) == (None, False, 1)
    assert QApplication.focusWidget() is desk.view
    drawer.close_page()
    assert page.flushed == 1


def test_the_close_button_leaves_the_focus_where_it_is(desk: Hand) -> None:
    drawer, articles = drawer_of(desk), desk.window.desk.articles
    open_one(desk)
    articles.view.setFocus()
    QTest.mouseClick(drawer.close_button, LEFT)
    assert not drawer.isVisible()
    assert QApplication.focusWidget() is articles.view


def test_it_takes_its_share_of_the_height_and_keeps_what_the_hand_gave_it(desk: Hand) -> None:
    column = desk.window.desk.column
    open_one(desk)
    above, below = column.sizes()
    assert 0.42 < below / (above + below) < 0.48
    drag(column.handle(1), -80)
    _, lower = column.sizes()
    assert abs(lower - below - 80) <= 2
    drawer_of(desk).close_page()
    open_one(desk)
    assert abs(column.sizes()[1] - lower) <= 2
    desk.window.rebuild()
    open_one(desk)
    assert abs(desk.window.desk.column.sizes()[1] - lower) <= 2


@pytest.mark.parametrize("kept", ["", "nan", "inf", "-1", "0", "7", "much"])
def test_a_height_that_makes_no_sense_is_not_taken(desk: Hand, kept: str) -> None:
    desk.program.settings.put("window.drawer", kept)
    assert 0.1 <= (kept_share(desk.program.settings, "window.drawer") or 0.5) <= 0.9
    assert desk.program.settings.get("window.drawer") == kept


def test_what_is_worked_on_stays_in_sight(desk: Hand) -> None:
    desk.window.resize(860, 480)
    QApplication.processEvents()
    ends = [desk.find(word) for word in ("غانتس", "حماس")]
    desk.view.select(*max(ends))
    start, end = max(ends)
    desk.view.scroll_to(start, end)
    open_one(desk)
    rect = desk.view.span_rects(start, end)[0]
    assert desk.view.viewport().rect().contains(rect.toRect())


@pytest.mark.parametrize("command", ["language.ar", "theme.dark"])
def test_another_language_or_theme_brings_it_back(desk: Hand, built: list[str], command: str) -> None:
    page = open_one(desk)
    page.field.setText("أردوغان")
    desk.window.action(command).trigger()
    drawer = drawer_of(desk)
    again = drawer.built("try.one")
    assert isinstance(again, ThrowawayPage)
    assert again is not page
    assert (drawer.current, drawer.isVisible(), drawer.title) == ("try.one", True, "بيني غانتس")
    assert again.field.text() == "أردوغان"
    above, below = desk.window.desk.column.sizes()
    assert 0.42 < below / (above + below) < 0.48
    assert built == ["one", "one"]
    assert QApplication.focusWidget() is desk.view
    desk.tag("غانتس", Qt.Key.Key_1)
    assert (page.heard, again.heard) == (0, 1)


def test_a_page_may_give_its_title_in_the_language_of_now(desk: Hand) -> None:
    drawer = drawer_of(desk)
    drawer.add_page("try.box", lambda: QGroupBox("Its own"))
    drawer.open_page("try.box")
    assert drawer.title == "Its own"
    drawer.open_page("try.box", "Given")
    assert drawer.title == "Given"
    drawer.return_to(DrawerShowing("try.box", "Given", None))
    assert drawer.title == "Its own"


def test_pages_that_do_not_exist_or_exist_already(desk: Hand) -> None:
    drawer = drawer_of(desk)
    with pytest.raises(KeyError):
        drawer.open_page("try.none")
    assert (drawer.current, drawer.isVisible()) == (None, False)
    with pytest.raises(ValueError, match=r"try\.one"):
        drawer.add_page("try.one", QLabel)
    drawer.return_to(DrawerShowing("try.none", "x"))
    assert drawer.current is None


def test_a_wide_and_high_page_does_not_push_the_window_apart(desk: Hand) -> None:
    drawer = drawer_of(desk)

    def large() -> QLabel:
        label = QLabel("x")
        label.setMinimumSize(3000, 3000)
        return label

    before = desk.window.minimumSizeHint()
    drawer.add_page("try.large", large)
    drawer.open_page("try.large", "س" * 900)
    QApplication.processEvents()
    assert desk.window.minimumSizeHint().width() == before.width()
    assert drawer.rect().contains(drawer.close_button.mapTo(drawer, drawer.close_button.rect().bottomRight()))


def test_closing_the_project_keeps_what_is_being_written(desk: Hand) -> None:
    page = open_one(desk)
    desk.window.flush()
    assert page.flushed == 1
    desk.window.files.close_project()
    assert not desk.window.is_working
