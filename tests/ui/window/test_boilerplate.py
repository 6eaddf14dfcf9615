# SPDX-License-Identifier: MIT
"""Marking boilerplate in the window: by key and by menu, suspected here and everywhere, undone and redone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.model.article import Boilerplate
from annotator.ops.boilerplate import set_boilerplate
from annotator.ui.actions import ACTIONS, Context

from .conftest import Dialogs, Hand

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def marks(hand: Hand) -> tuple[Boilerplate, ...]:
    return hand.session.project.article(hand.session.article_id).boilerplate  # type: ignore[arg-type]


@pytest.fixture
def scraped(hand: Hand, tmp_path: Path) -> Hand:
    """A project of two articles that were taken off a page with all that stood on it."""
    folder = tmp_path / "scraped"
    folder.mkdir()
    for number in (1, 2):
        body = f"عنوان الخبر رقم {number}\n\nقال وزير الخارجية أمس إن اللقاء رقم {number} كان مفيدا.\n\n"
        (folder / f"{number}.txt").write_text(f"{body}التعليقات\nExit mobile version\n", encoding="utf-8")
    hand.open(folder)
    for each in hand.session.project.articles():
        hand.session.run(set_boilerplate, each.id, [])  # the import has marked some by itself
    hand.view.setFocus()
    return hand


def test_a_key_marks_what_is_selected_and_another_unmarks_it(seeds: Hand) -> None:
    there = seeds.select("إسرائيلية")
    seeds.press(Qt.Key.Key_B, CTRL)
    assert marks(seeds) == ((*there, "page"),)
    assert seeds.view.boilerplate.all == marks(seeds)
    assert "oilerplate" in seeds.window.status.message
    seeds.view.select(there[0] + 1, there[0] + 1)
    seeds.press(Qt.Key.Key_B, CTRL | SHIFT)
    assert marks(seeds) == ()
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert marks(seeds) == ((*there, "page"),)
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert marks(seeds) == ()
    assert seeds.view.boilerplate.all == ()


def test_an_arabic_keyboard_marks_too(seeds: Hand) -> None:
    seeds.select("إسرائيلية")
    keys = [key.toString() for key in seeds.window.action("mark_boilerplate").shortcuts()]
    assert keys[0] == "Ctrl+B"
    assert len(keys) == 2


def test_unmarking_a_part_leaves_the_rest(seeds: Hand) -> None:
    seeds.view.select(0, 30)
    seeds.window.action("mark_boilerplate").trigger()
    start, end = marks(seeds)[0][:2]
    seeds.view.select(10, 14)
    seeds.window.action("unmark_boilerplate").trigger()
    first, last = seeds.view.snapped_selection()
    assert [mark[:2] for mark in marks(seeds)] == [(start, first), (last, end)]


def test_unmarking_nothing_says_so_and_changes_nothing(seeds: Hand) -> None:
    before = seeds.session.project.undoable()
    seeds.view.select(5, 5)
    seeds.press(Qt.Key.Key_B, CTRL | SHIFT)
    assert seeds.window.status.message == "There is no boilerplate here."
    assert seeds.session.project.undoable() == before


def test_suspected_boilerplate_is_marked_in_this_article(scraped: Hand) -> None:
    scraped.window.action("suspect_boilerplate").trigger()
    assert [scraped.text[start:end] for start, end, _ in marks(scraped)] == ["التعليقات", "Exit mobile version"]
    scraped.window.action("suspect_boilerplate").trigger()
    assert scraped.window.status.message == "Nothing more looks like boilerplate."
    scraped.window.desk.articles.go(1)
    assert marks(scraped) == ()


def test_suspected_boilerplate_is_marked_everywhere_as_one_act(scraped: Hand) -> None:
    scraped.window.action("suspect_boilerplate_everywhere").trigger()
    scraped.wait_for_jobs()
    project = scraped.session.project
    assert all(len(project.article(each.id).boilerplate) == 2 for each in project.articles())
    assert scraped.view.boilerplate.all == marks(scraped)
    scraped.view.setFocus()
    scraped.press(Qt.Key.Key_Z, CTRL)
    assert not any(project.article(each.id).boilerplate for each in project.articles())


def test_a_job_that_is_stopped_marks_nothing(scraped: Hand, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    start = scraped.window.jobs.start

    def start_and_stop(title, work, done, failed):  # type: ignore[no-untyped-def]
        start(title, lambda _progress: work(lambda *_: False), done, failed)

    monkeypatch.setattr(scraped.window.jobs, "start", start_and_stop)
    scraped.window.action("suspect_boilerplate_everywhere").trigger()
    scraped.wait_for_jobs()
    assert marks(scraped) == ()
    assert not dialogs.asked


def test_marking_stands_in_the_menu_of_the_text() -> None:
    ids = {spec.id for spec in ACTIONS if Context.TEXT in spec.contexts}
    assert {"mark_boilerplate", "unmark_boilerplate"} <= ids
