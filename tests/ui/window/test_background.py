# SPDX-License-Identifier: MIT
"""Work behind what the user does: one piece at a time, its finds as it goes, its errors brought back."""

import threading
import time

import pytest

from annotator.errors import UserError
from annotator.ui.background import Background, listing


@pytest.fixture
def work(seeds):
    """What does work on the sample articles, and all that it tells."""
    made = Background(seeds.session, seeds.window, first=2)
    told = []
    for name in ("found", "progressed", "done", "failed", "ended"):
        getattr(made, name).connect(lambda *values, name=name: told.append((name, *values)))
    made.told = told
    yield made
    made.stop()


def until_over(hand, work):
    hand.qtbot.waitUntil(lambda: not work.is_running, timeout=10_000)
    hand.qtbot.waitUntil(lambda: ("ended",) in work.told, timeout=10_000)


def until_stopped(started, watch):
    started.set()
    while watch.goes_on():
        time.sleep(0.001)


def test_what_is_found_comes_as_it_is_found_and_the_result_at_the_end(seeds, work):
    def search(project, goes_on):
        for number in range(5):
            assert goes_on(number, 5)
            yield project.articles()[number].position

    work.start(listing(search))
    assert work.is_running
    until_over(seeds, work)
    found = [values for name, *values in work.told if name == "found"]
    assert found[0] == [[1, 2]]
    assert [one for (values,) in found for one in values] == [1, 2, 3, 4, 5]
    assert ("progressed", 0, 5) in work.told
    assert work.told[-2:] == [("done", None), ("ended",)]


def test_another_piece_of_work_takes_the_place_of_the_one_before(seeds, work):
    started, late = threading.Event(), []

    def first(_project, watch):
        until_stopped(started, watch)
        watch.found("late")
        watch.hand_over()
        late.append(watch.progress(1, 1))
        return "first"

    work.start(first)
    assert started.wait(10)
    work.start(lambda _project, _watch: "second")
    until_over(seeds, work)
    seeds.qtbot.waitUntil(lambda: late == [False], timeout=10_000)
    assert [told for told in work.told if told[0] != "progressed"] == [("done", "second"), ("ended",)]


def test_work_that_is_cancelled_tells_its_end_alone(seeds, work):
    started = threading.Event()
    work.start(lambda _project, watch: until_stopped(started, watch))
    assert started.wait(10)
    work.cancel()
    assert work.told == [("ended",)]
    work.cancel()
    assert work.told == [("ended",)]
    assert not work.is_running


def test_an_error_of_the_environment_is_told_and_a_bug_is_raised(seeds, work):
    def refuse(_project, _watch):
        raise UserError("disk_full", path="p")

    def fail(_project, _watch):
        raise ZeroDivisionError

    work.start(refuse)
    until_over(seeds, work)
    assert [told[0] for told in work.told] == ["failed", "ended"]
    with seeds.qtbot.captureExceptions() as caught:
        work.start(fail)
        seeds.qtbot.waitUntil(lambda: bool(caught), timeout=10_000)
    assert caught[0][0] is ZeroDivisionError


def test_nothing_reads_a_project_that_is_closed(seeds, work):
    started = threading.Event()
    work.start(lambda _project, watch: until_stopped(started, watch))
    assert started.wait(10)
    seeds.session.close()
    assert not work.is_running
    assert work.told == []


def test_who_is_left_goes_when_the_work_has_stopped(seeds):
    started, gone = threading.Event(), []
    left = Background(seeds.session, seeds.window)
    left.destroyed.connect(lambda: gone.append(True))
    left.start(lambda _project, watch: until_stopped(started, watch))
    assert started.wait(10)
    left.leave()
    seeds.qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
