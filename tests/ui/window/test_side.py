# SPDX-License-Identifier: MIT
"""The lists on the leading side: one without tabs, several with tabs, by mouse and by keyboard, in both directions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.desk import Desk
from annotator.ui.panels.side import SidePanel
from annotator.ui.registry.opening import Registry

from .conftest import Hand
from .throwaway import ThrowawayPage

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _articles_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the lists of actors and events, so that those of the tests stand right behind the articles."""
    monkeypatch.setattr(Registry, "furnish", lambda *_: None)


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> Hand:
    """The window with two throw-away lists beside the articles in every desk."""
    build = Desk._build_side

    def with_pages(desk: Desk) -> SidePanel:
        side = build(desk)
        count = len(desk._session.project.articles()) * 100
        side.add_page("try.actors", "Actors", ThrowawayPage("actors", desk._session), lambda: count)
        side.add_page("try.events", "R&D", ThrowawayPage("events", desk._session))
        return side

    monkeypatch.setattr(Desk, "_build_side", with_pages)
    hand.window.files.open_seeds()
    hand.wait_for_jobs()
    hand.view.setFocus()
    QApplication.processEvents()
    return hand


def side_of(hand: Hand) -> SidePanel:
    QApplication.processEvents()
    return hand.window.desk.side


def click_tab(hand: Hand, number: int) -> None:
    tabs = side_of(hand).tabs
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(number).center())


def page_of(hand: Hand, page_id: str) -> ThrowawayPage:
    page = side_of(hand).page(page_id)
    assert isinstance(page, ThrowawayPage)
    return page


def test_the_articles_alone_have_no_tabs(seeds: Hand) -> None:
    side = side_of(seeds)
    assert not side.tabs.isVisible()
    assert side.current == "articles"
    assert side.page("articles") is seeds.window.desk.articles
    assert seeds.window.desk.articles._heading.isVisible()


def test_a_click_on_a_tab_shows_its_list(several: Hand) -> None:
    side = side_of(several)
    assert side.tabs.isVisible()
    assert not several.window.desk.articles._heading.isVisible()
    with several.qtbot.waitSignal(side.page_changed) as changed:
        click_tab(several, 1)
    assert changed.args == ["try.actors"]
    assert page_of(several, "try.actors").isVisible()
    assert not several.window.desk.articles.isVisible()
    assert QApplication.focusWidget() is several.view


def test_a_command_can_show_a_list_without_taking_the_focus(several: Hand) -> None:
    side = side_of(several)
    side.show_page("try.events")
    assert side.current == "try.events"
    assert page_of(several, "try.events").isVisible()
    assert QApplication.focusWidget() is several.view
    side.focus_target().setFocus()
    assert QApplication.focusWidget() is page_of(several, "try.events").list


def test_the_field_to_find_an_article_is_seen_before_one_types_in_it(several: Hand) -> None:
    side_of(several).show_page("try.events")
    several.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert several.window.desk.articles.filter.isVisible()
    assert QApplication.focusWidget() is several.window.desk.articles.filter


@pytest.mark.parametrize(("language", "forward"), [("en", Qt.Key.Key_Right), ("ar", Qt.Key.Key_Left)])
def test_by_keyboard_along_the_tabs_and_down_into_the_list(several: Hand, language: str, forward: Qt.Key) -> None:
    several.window.viewing.choose("language", language)
    side = side_of(several)
    first, last = side.tabs.tabRect(0), side.tabs.tabRect(2)
    assert (first.x() < last.x()) is (language == "en")
    several.window.desk.articles.filter.setFocus()
    several.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is side.tabs
    several.press(forward)
    several.press(forward)
    assert side.current == "try.events"
    several.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page_of(several, "try.events").list
    side.tabs.setFocus()
    several.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page_of(several, "try.events").field


def test_f6_goes_to_the_list_that_is_seen(several: Hand) -> None:
    side_of(several).show_page("try.actors")
    several.press(Qt.Key.Key_F6, SHIFT)
    page = page_of(several, "try.actors")
    assert QApplication.focusWidget() is page.list
    page.field.setFocus()
    several.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is several.view


def test_tab_comes_round_through_the_list_that_is_seen(several: Hand) -> None:
    page = page_of(several, "try.actors")
    side_of(several).show_page("try.actors")
    page.field.setFocus()
    reached = []
    while QApplication.focusWidget() not in reached:
        reached.append(QApplication.focusWidget())
        several.press(Qt.Key.Key_Tab)
    pane = several.window.desk.pane
    assert reached[:5] == [page.field, page.list, pane.note_button, pane.done_button, pane.view]
    assert reached[-1] is side_of(several).tabs
    assert several.window.desk.articles.view not in reached


def test_counts_are_shown_where_there_is_room_and_kept_up_to_date(several: Hand) -> None:
    side, counted = side_of(several), [7]
    side.add_page("try.more", "More", ThrowawayPage(), lambda: counted[0])
    several.window.desk.splitter.setSizes([600, 400, 216])
    QApplication.processEvents()
    assert [side.tabs.tabText(number) for number in range(4)] == ["Articles", "Actors 500", "R&&D", "More 7"]
    counted[0] = 8
    several.tag("غانتس", Qt.Key.Key_1)
    assert side.tabs.tabText(3) == "More 8"
    several.window.desk.splitter.setSizes([170, 800, 216])
    QApplication.processEvents()
    assert side.tabs.tabText(3) == "More"
    assert side.tabs.tabToolTip(3) == "More 8"
    assert side.tabs.width() == side.width()


def test_the_list_seen_last_is_seen_again(several: Hand) -> None:
    click_tab(several, 2)
    for command in ("language.ar", "theme.dark"):
        several.window.action(command).trigger()
        assert side_of(several).current == "try.events"
    several.window.files.close_project()
    assert several.program.settings.get("window.side") == "try.events"
    several.window.files.open_seeds()
    several.wait_for_jobs()
    assert side_of(several).current == "try.events"


def test_a_list_that_was_rebuilt_hears_nothing_more(several: Hand) -> None:
    old = page_of(several, "try.actors")
    several.window.action("language.ar").trigger()
    several.tag("غانتس", Qt.Key.Key_1)
    assert (old.heard, page_of(several, "try.actors").heard) == (0, 1)


def test_what_is_being_written_in_a_list_is_kept(several: Hand) -> None:
    several.window.flush()
    assert page_of(several, "try.actors").flushed == 1


def test_lists_that_do_not_exist_or_exist_already(several: Hand) -> None:
    side = side_of(several)
    with pytest.raises(ValueError, match="none"):
        side.show_page("none")
    with pytest.raises(ValueError, match=r"try\.actors"):
        side.add_page("try.actors", "x", ThrowawayPage())
    assert side.current == "articles"
