# SPDX-License-Identifier: MIT
"""The list of what is to be reviewed: found while it is open, gone to, brought up to date act by act."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Certainty
from annotator.ops import articles, document_tags, history, tags
from annotator.ops.scheme import change_scheme
from annotator.ui.scheme import review_page
from annotator.ui.scheme.review_page import ReviewPage

from .conftest import Hand

LEFT = Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def tag(hand: Hand, word: str, label: str) -> str:
    """Tag a word as the command line does: nothing is asked."""
    changes = hand.session.run(tags.add_tag, hand.session.article_id, *hand.find(word), label)
    assert changes is not None
    return changes.rows[0].record.id


def opened(hand: Hand) -> ReviewPage:
    hand.view.setFocus()
    hand.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = hand.window.desk.drawer.built("review")
    assert isinstance(page, ReviewPage)
    hand.qtbot.waitUntil(lambda: not page.search.is_running)
    return page


def listed(page: ReviewPage) -> list[str]:
    return [page.model.line(row).label_id for row in range(page.model.rowCount())]


@pytest.fixture
def tagged(seeds: Hand) -> Hand:
    """Three tags in the first article, one in the second: an event, a stance, one unsure."""
    tag(seeds, "مباحثات", "EVENT")
    unsure = tag(seeds, "غانتس", "ACTOR")
    seeds.session.run(tags.set_certainty, [unsure], Certainty.UNSURE)
    tag(seeds, "حماس", "ACTOR")
    seeds.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    tag(seeds, "العلاقات", "STANCE")
    return seeds


def test_it_lists_what_lacks_something_and_says_what(tagged: Hand) -> None:
    page = opened(tagged)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert QApplication.focusWidget() is page.view
    assert listed(page) == ["EVENT", "ACTOR", "STANCE"]
    assert tagged.window.desk.drawer.title == "To review: 3 tags"
    assert "Event type" in page.model.line(0).reasons()
    assert page.model.line(1).reasons() == "Not sure"
    assert "مباحثات" in str(page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_it_is_filtered(tagged: Hand) -> None:
    page = opened(tagged)
    for wanted, labels in (("missing", ["EVENT", "STANCE"]), ("unfit", []), ("unsure", ["ACTOR"]), ("all", None)):
        page.filter.setCurrentIndex(page.filter.findData(wanted))
        assert labels is None or listed(page) == labels
        assert bool(page.view.hint) is (labels == [])
    assert page.model.rowCount() == 3


def test_enter_and_click_go_to_the_tag(tagged: Hand) -> None:
    second = tagged.session.article_id
    page = opened(tagged)
    tagged.press(Qt.Key.Key_Return)
    assert tagged.session.article_id != second
    assert tagged.session.span(tagged.session.tag_id).label_id == "EVENT"  # type: ignore[union-attr]
    assert QApplication.focusWidget() is page.view
    row = page.view.visualRect(page.model.index(2)).center()
    page.view.scrollTo(page.model.index(2))
    row = page.view.visualRect(page.model.index(2)).center()
    QTest.mouseClick(page.view.viewport(), LEFT, pos=row)
    assert tagged.session.article_id == second
    assert tagged.session.span(tagged.session.tag_id).label_id == "STANCE"  # type: ignore[union-attr]


def test_each_act_is_seen_at_once_and_the_place_in_the_list_stays(tagged: Hand) -> None:
    page = opened(tagged)
    tagged.press(Qt.Key.Key_Down)
    event = page.model.line(0).tag_id
    tagged.session.run(tags.set_attributes, [event], {"type": "CONSULT"})
    assert listed(page)[-2:] == ["ACTOR", "STANCE"]
    assert page.model.line(page.view.currentIndex().row()).label_id == "ACTOR"
    tagged.session.run(history.undo)
    assert listed(page) == ["EVENT", "ACTOR", "STANCE"]
    tagged.session.run(tags.delete_tags, [event])
    assert listed(page) == ["ACTOR", "STANCE"]
    assert tagged.window.desk.drawer.title == "To review: 2 tags"


def test_labels_of_articles_are_listed_too(tagged: Hand) -> None:
    second = tagged.session.article_id
    assert second is not None
    tagged.session.run(document_tags.add_document_tag, second, "doc_stance", values={})
    page = opened(tagged)
    assert listed(page)[-1] == "doc_stance"
    tagged.window.desk.articles.open_row(0)
    page.view.gone_to.emit(page.model.rowCount() - 1)
    assert tagged.session.article_id == second


def test_a_changed_scheme_is_looked_through_anew(tagged: Hand) -> None:
    page = opened(tagged)
    scheme = tagged.session.project.scheme
    parts = tuple(one for one in scheme.all_labels if one.id != "STANCE")
    relations = tuple(one for one in scheme.relation_types if "STANCE" not in one.sources)
    attributes = tuple(one for one in scheme.attributes if "STANCE" not in one.labels)
    tagged.session.run(
        change_scheme,
        scheme.__class__(
            scheme.id,
            scheme.name,
            scheme.layers,
            parts,
            attributes,
            relations,
            scheme.document_labels,
        ),
    )
    again = tagged.window.desk.drawer.built("review")
    assert isinstance(again, ReviewPage)
    assert again is not page
    tagged.qtbot.waitUntil(lambda: not again.search.is_running)
    assert "archived" in again.model.line(again.model.rowCount() - 1).reasons()


@pytest.mark.parametrize("command", ["language.ar", "theme.dark"])
def test_another_language_or_theme_brings_it_back(tagged: Hand, command: str) -> None:
    page = opened(tagged)
    page.filter.setCurrentIndex(page.filter.findData("unsure"))
    tagged.window.action(command).trigger()
    again = tagged.window.desk.drawer.built("review")
    assert isinstance(again, ReviewPage)
    tagged.qtbot.waitUntil(lambda: not again.search.is_running)
    assert listed(again) == ["ACTOR"]
    again.view.viewport().grab()


def test_nothing_to_review(seeds: Hand) -> None:
    page = opened(seeds)
    assert page.model.rowCount() == 0
    assert page.view.hint == "Nothing is to be reviewed."
    page.view.viewport().grab()
    seeds.press(Qt.Key.Key_Escape)
    assert seeds.window.desk.drawer.current is None


def test_it_can_be_stopped_and_what_was_found_stays(tagged: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    found, go_on = threading.Event(), threading.Event()
    review = review_page.review

    def slow(project, goes_on, *, unsure):  # type: ignore[no-untyped-def]
        for one in review(project, goes_on, unsure=unsure):
            yield one
            found.set()
            go_on.wait(5)

    monkeypatch.setattr(review_page, "review", slow)
    tagged.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = tagged.window.desk.drawer.built("review")
    assert isinstance(page, ReviewPage)
    assert found.wait(5)
    assert page.stop_button.isVisible()
    # What is done meanwhile is not listed twice.
    tag(tagged, "الأمنية", "EVENT")
    QTest.mouseClick(page.stop_button, LEFT)
    assert not page.stop_button.isVisible()
    go_on.set()
    QApplication.processEvents()
    assert [line for line in listed(page) if line == "EVENT"] == ["EVENT"]


def test_articles_that_go_take_their_lines_along_and_closing_stops_it(tagged: Hand) -> None:
    page = opened(tagged)
    second = tagged.session.article_id
    assert second is not None
    tagged.session.run(articles.remove, [second])
    tagged.qtbot.waitUntil(lambda: not page.search.is_running)
    assert listed(page) == ["EVENT", "ACTOR"]
    page.open()
    tagged.window.files.close_project()
    assert not tagged.window.is_working
