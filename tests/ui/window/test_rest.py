# SPDX-License-Identifier: MIT
"""Memory that was needed for a while is given back when nothing goes on."""

import pytest

from annotator.project import Project
from annotator.ui import rest
from annotator.ui.rest import Rest


@pytest.fixture
def let_go(monkeypatch):
    """Note each time that a project lets go."""
    done = []
    monkeypatch.setattr(Project, "let_go", lambda project: done.append(project))  # noqa: PLW0108 - a method
    return done


@pytest.fixture
def keeper(seeds, monkeypatch, let_go):
    """A keeper of its own, that is quick."""
    monkeypatch.setattr(rest, "_DELAY_MS", 1)
    return Rest(seeds.session, seeds.window)


def test_after_a_project_was_opened_or_closed(seeds, keeper, let_go):
    path = seeds.session.project.path
    seeds.window.files.close_project()
    seeds.qtbot.waitUntil(lambda: not keeper._timer.isActive())
    assert let_go == []
    seeds.open(path)
    seeds.qtbot.waitUntil(lambda: let_go == [seeds.session.project])


def test_after_a_large_act_and_no_other(seeds, keeper, let_go, monkeypatch):
    seeds.window.article_acts.toggle_done()
    assert not keeper._timer.isActive()
    monkeypatch.setattr(rest, "_MANY", 0)
    seeds.window.article_acts.toggle_done()
    seeds.qtbot.waitUntil(lambda: len(let_go) == 1)


def test_not_while_an_act_waits_for_the_disk(seeds, keeper, let_go, monkeypatch):
    with monkeypatch.context() as meanwhile:  # it would not be closed either
        meanwhile.setattr(type(seeds.session), "is_waiting", property(lambda _session: True))
        keeper.let_go()
    assert let_go == []
    assert keeper._timer.isActive()


def test_again_when_what_is_worked_out_beforehand_is_done(seeds, let_go, monkeypatch):
    answers = [True, False]
    keeper = Rest(seeds.session, seeds.window, lambda: answers.pop(0))
    monkeypatch.setattr(keeper, "soon", keeper.let_go)
    keeper.let_go()
    assert answers == []
    assert let_go == [seeds.session.project] * 2


def test_elsewhere_than_in_glibc_there_is_nothing_to_trim(monkeypatch):
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    rest._trim()
    monkeypatch.setattr(rest.sys, "platform", "win32")
    rest._trim()
