# SPDX-License-Identifier: MIT
"""Near duplicates in the window: found in a job, listed, opened, joined and separated; by keyboard and mouse."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.model.ids import ArticleId
from annotator.ops import articles, duplicates
from annotator.ui.duplicates.measuring import Measuring
from annotator.ui.duplicates.model import GroupModel, MemberModel, Role
from annotator.ui.duplicates.page import DuplicatesPage
from annotator.ui.theme import LIGHT

from .conftest import Dialogs, Hand

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = "وزير الخارجية قال أمس إن اللقاء في أنقرة كان مفيدا وإن الجانبين اتفقا على متابعة الحوار بينهما قريبا"


def story(number: int, words: int) -> str:
    """Return a story of its own words, cut off after so many of them."""
    own = [f"{word}{'ابتثجح'[number]}" for word in (WORDS.split() * 3)]
    return f"خبر {number} {words}\n\n{' '.join(own[:words])}\n"


@pytest.fixture
def stories(hand: Hand, tmp_path: Path) -> Hand:
    """Six articles: two that were cut short once, three versions of another story, one alone."""
    folder = tmp_path / "stories"
    folder.mkdir()
    for place, (number, words) in enumerate(((0, 51), (0, 40), (1, 51), (1, 45), (1, 38), (2, 51))):
        (folder / f"{place}.txt").write_text(story(number, words), encoding="utf-8")
    hand.open(folder)
    hand.view.setFocus()
    return hand


def ids(hand: Hand) -> list[ArticleId]:
    return [each.id for each in hand.session.project.articles()]


def groups(hand: Hand) -> list[list[int]]:
    order = ids(hand)
    found = hand.session.project.duplicate_groups().values()
    return [[order.index(each) for each in members] for members in found if len(members) > 1]


def page(hand: Hand) -> DuplicatesPage:
    built = hand.window.desk.drawer.built("duplicates")
    assert isinstance(built, DuplicatesPage)
    return built


def group(hand: Hand, *places: Sequence[int]) -> DuplicatesPage:
    """Group articles by their places, and show them."""
    order = ids(hand)
    for some in places:
        hand.session.run(duplicates.set_duplicate_group, [order[place] for place in some])
    hand.press(Qt.Key.Key_M, CTRL | SHIFT)
    return page(hand)


def click(rows: QListView, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    spot = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), LEFT, modifiers, spot)


def column(model: GroupModel | MemberModel, role: int) -> list[str]:
    return [str(model.data(model.index(row), role)) for row in range(model.rowCount())]


def test_nothing_is_built_before_it_is_opened(stories: Hand) -> None:
    assert stories.window.desk.drawer.built("duplicates") is None


def test_they_are_found_in_a_job_and_shown(stories: Hand) -> None:
    stories.window.action("find_duplicates").trigger()
    stories.wait_for_jobs()
    assert groups(stories) == [[0, 1], [2, 3, 4]]
    shown = page(stories)
    assert shown.isVisible()
    assert column(shown.groups, Role.NUMBER) == ["2", "3"]
    assert stories.window.status.message == "2 groups of near duplicates were found."
    stories.qtbot.waitUntil(lambda: column(shown.members, Role.NUMBER)[0].endswith("%"))
    assert QApplication.focusWidget() is shown.group_list
    stories.view.setFocus()
    stories.press(Qt.Key.Key_Z, CTRL)
    assert groups(stories) == []
    assert shown.groups.rowCount() == 0


def test_a_search_that_is_stopped_groups_nothing(
    stories: Hand, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = stories.window.jobs.start

    def start_and_stop(title, work, done, failed):  # type: ignore[no-untyped-def]
        start(title, lambda _progress: work(lambda *_: False), done, failed)

    monkeypatch.setattr(stories.window.jobs, "start", start_and_stop)
    stories.window.action("find_duplicates").trigger()
    stories.wait_for_jobs()
    assert groups(stories) == []
    assert not dialogs.asked
    assert stories.window.status.message


def test_a_project_without_any_says_so(seeds: Hand) -> None:
    seeds.press(Qt.Key.Key_M, CTRL | SHIFT)
    shown = page(seeds)
    assert shown.focusProxy() is shown.find_button
    assert QApplication.focusWidget() is shown.find_button
    seeds.press(Qt.Key.Key_Space)
    seeds.wait_for_jobs()
    assert seeds.window.status.message == "No article is nearly the same as another."


def test_the_page_opens_at_the_article_that_is_read(stories: Hand) -> None:
    stories.session.select_article(ids(stories)[3])
    shown = group(stories, (0, 1), (2, 3))
    assert shown.group_list.currentIndex().row() == 1
    assert list(shown.members.members) == [ids(stories)[2], ids(stories)[3]]


def test_rows_say_outlet_date_and_likeness(stories: Hand) -> None:
    first = ids(stories)[:2]
    stories.session.run(articles.set_particulars, first[:1], None, outlet="الأناضول", date="2024-05-31")
    shown = group(stories, (0, 1))
    stories.qtbot.waitUntil(lambda: column(shown.members, Role.NUMBER)[0] != "")
    said = column(shown.members, Qt.ItemDataRole.AccessibleTextRole)
    assert "الأناضول" in said[0]
    assert "2024-05-31" in said[0]
    assert "like another of the group" in said[1]
    assert "%" in said[1]
    assert "الأناضول" in column(shown.groups, Role.LINE)[0]


def test_a_click_reads_an_article_and_enter_goes_into_it(stories: Hand) -> None:
    shown = group(stories, (0, 1))
    click(shown.member_list, 1)
    assert stories.session.article_id == ids(stories)[1]
    assert QApplication.focusWidget() is shown.member_list
    stories.press(Qt.Key.Key_Up)
    stories.press(Qt.Key.Key_Return)
    assert stories.session.article_id == ids(stories)[0]
    assert QApplication.focusWidget() is stories.view


def test_one_is_separated_by_button_and_by_key(stories: Hand) -> None:
    shown = group(stories, (2, 3, 4))
    click(shown.member_list, 0)
    QTest.mouseClick(shown.buttons["separate"], LEFT)
    assert groups(stories) == [[3, 4]]
    assert list(shown.members.members) == [ids(stories)[3], ids(stories)[4]]
    shown.member_list.setFocus()
    stories.press(Qt.Key.Key_Delete)
    assert groups(stories) == []
    assert shown.find_button.hasFocus(), "what had the focus is hidden"
    stories.view.setFocus()
    stories.press(Qt.Key.Key_Z, CTRL)
    assert groups(stories) == [[3, 4]]


def test_groups_are_joined_and_dissolved(stories: Hand) -> None:
    shown = group(stories, (0, 1), (2, 3))
    assert not shown.buttons["join"].isEnabled()
    click(shown.group_list, 0)
    click(shown.group_list, 1, CTRL)
    QTest.mouseClick(shown.buttons["join"], LEFT)
    assert groups(stories) == [[0, 1, 2, 3]]
    assert shown.groups.rowCount() == 1
    shown.group_list.setFocus()
    stories.press(Qt.Key.Key_Delete)
    assert groups(stories) == []


def test_chosen_articles_of_the_list_are_joined_and_separated(stories: Hand) -> None:
    rows = stories.window.desk.articles.view
    click(rows, 1)
    click(rows, 5, CTRL)
    stories.window.action("join_duplicates").trigger()
    assert groups(stories) == [[1, 5]]
    click(rows, 1)
    stories.window.action("separate_duplicates").trigger()
    assert groups(stories) == []
    stories.window.action("separate_duplicates").trigger()
    assert stories.window.status.message == "None of the chosen articles has near duplicates."
    stories.window.action("join_duplicates").trigger()
    assert "at least two" in stories.window.banner.text


def test_what_is_removed_leaves_the_page(stories: Hand) -> None:
    shown = group(stories, (0, 1), (2, 3))
    stories.session.run(articles.remove, ids(stories)[:1])
    assert shown.groups.rowCount() == 1
    stories.session.run(articles.remove, ids(stories)[1:3])
    assert shown.groups.rowCount() == 0


def test_the_page_survives_another_language(stories: Hand) -> None:
    shown = group(stories, (0, 1), (2, 3))
    shown.group_list.choose([1], 1)
    stories.window.viewing.choose("language", "ar")
    again = page(stories)
    assert again is not shown
    stories.qtbot.waitUntil(again.isVisible)
    assert again.group_list.currentIndex().row() == 1
    assert stories.window.desk.drawer.title == "المقالات شبه المكرّرة"
    stories.window.viewing.choose("language", "en")


def test_little_room_puts_the_buttons_into_a_menu(stories: Hand) -> None:
    shown = group(stories, (0, 1))
    stories.window.resize(860, 480)
    stories.qtbot.waitUntil(shown.menu_button.isVisible)
    assert not shown.buttons["separate"].isVisible()
    texts = [action.text() for action in shown.member_list.menu().actions()]
    assert texts == ["Separate from the group", "Dissolve the group", "Join the chosen groups"]
    assert shown.find_button.isVisible()


def test_the_models_keep_qt_s_rules(stories: Hand, qtmodeltester: ModelTester) -> None:
    order = ids(stories)
    stories.session.run(duplicates.set_duplicate_group, order[:3])
    found, members = GroupModel(stories.session), MemberModel(stories.session)
    found.reload()
    members.show_members(order[:3])
    for model in (found, members):
        qtmodeltester.check(model)
    assert found.group_at(7) is None
    assert found.row_of(order[5]) == -1
    assert members.data(QModelIndex()) is None


def test_going_on_waits_for_no_measuring(stories: Hand, qtbot: QtBot) -> None:
    measuring = Measuring(stories.session, stories.window)
    told: list[dict[ArticleId, float]] = []
    measuring.measured.connect(told.append)
    order = ids(stories)
    measuring.start(order[:2])
    measuring.start(order[2:5])
    qtbot.waitUntil(lambda: bool(told))
    assert [list(each) for each in told] == [order[2:5]]
    assert all(alike > 0.7 for alike in told[0].values())
    measuring.start(order)
    stories.session.close()
    assert len(told) == 1


def test_an_import_of_several_articles_is_followed_by_a_hint(stories: Hand, tmp_path: Path) -> None:
    files = [tmp_path / f"more{number}.txt" for number in range(2)]
    for number, file in enumerate(files):
        file.write_text(f"خبر آخر {number}\n", encoding="utf-8")
    stories.window.imports.import_paths(files[:1])
    stories.wait_for_jobs()
    assert "near duplicates" not in stories.window.status.message
    stories.window.imports.import_paths(files)
    stories.wait_for_jobs()
    assert "near duplicates" not in stories.window.status.message, "only one of them is new"
    files[0].write_text("خبر ثالث\n", encoding="utf-8")
    files[1].write_text("خبر رابع\n", encoding="utf-8")
    stories.window.imports.import_paths(files)
    stories.wait_for_jobs()
    assert stories.window.status.message.endswith("\u2068Ctrl+Shift+M\u2069 looks for near duplicates.")


def test_a_page_of_a_closed_project_is_quiet(stories: Hand) -> None:
    shown = DuplicatesPage(stories.session, LIGHT, Measuring(stories.session, stories.window))
    stories.qtbot.addWidget(shown)
    stories.session.close()
    shown.refresh()
    assert shown.groups.rowCount() == 0
