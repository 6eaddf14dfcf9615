# SPDX-License-Identifier: MIT
"""Names without their proclitics in the window: counted beside its work, kept up to date, taken by mouse and by key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest

from annotator.ui import evidence
from annotator.ui.keys import with_arabic

from .conftest import Hand


@pytest.fixture
def counted(seeds: Hand) -> Hand:
    seeds.qtbot.waitUntil(lambda: seeds.view.evidence is not None)
    return seeds


def double_click(hand: Hand, word: str) -> str:
    start, end = hand.find(word)
    hand.view.scroll_to(start, end)
    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=hand.spot(start, end))
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=hand.spot(start, end))
    return hand.text[slice(*hand.view.snapped_selection())]


def test_a_name_is_tagged_without_its_proclitic(counted: Hand) -> None:
    assert double_click(counted, "لأردوغان") == "أردوغان"
    counted.press(Qt.Key.Key_1)
    assert [(span.quote, span.label_id) for span in counted.session.spans()] == [("أردوغان", "ACTOR")]


def test_the_key_is_known_and_takes_more(counted: Hand) -> None:
    action = counted.window.action("take_more")
    assert [key.toString() for key in action.shortcuts()] == with_arabic(["W"])
    start, _ = counted.find("لأردوغان")
    counted.view.select(start, start)
    taken = []
    for _ in range(3):
        counted.press(Qt.Key.Key_W)
        taken.append(counted.text[slice(*counted.view.snapped_selection())])
    assert taken[:2] == ["أردوغان", "لأردوغان"]
    assert "لأردوغان" in taken[2]
    assert len(taken[2]) > 20
    counted.press(Qt.Key.Key_1)
    assert counted.session.spans()[0].quote == taken[2]


def test_new_articles_are_counted_and_a_rebuilt_window_knows_it(counted: Hand, tmp_path: Path) -> None:
    before = counted.window.evidence.evidence
    (tmp_path / "new.txt").write_text("زار بلفنجان لبلفنجان", encoding="utf-8")
    with counted.qtbot.waitSignal(counted.window.evidence.found):
        counted.window.files.take([tmp_path / "new.txt"])
    after = counted.window.evidence.evidence
    assert before is not None
    assert after is not None
    assert (before.counts.get("بلفنجان", 0), after.counts["بلفنجان"]) == (0, 1)
    assert after.rates is before.rates
    counted.window.restyle()
    assert counted.view.evidence is after


def test_closing_while_it_counts_leaves_nothing_running(seeds: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = seeds.window.evidence
    begun: list[bool] = []

    def endless(_project, _rates, goes_on):  # type: ignore[no-untyped-def]
        while goes_on():
            begun.append(True)

    monkeypatch.setattr(evidence, "evidence", endless)
    seeds.qtbot.waitUntil(lambda: bool(begun) or keeper.evidence is not None)
    seeds.window.files.close_project()
    assert keeper.evidence is None
    assert not any(thread.isRunning() for thread in keeper.findChildren(QThread))


def test_a_bug_in_counting_comes_to_light(seeds: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(evidence, "evidence", fail)
    with seeds.qtbot.captureExceptions() as caught:
        seeds.window.evidence._timer.start()
        seeds.qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
