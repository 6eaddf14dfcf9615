# SPDX-License-Identifier: MIT
"""Large projects, which are looked at in the background once they are open."""

import sqlite3

import pytest
from PySide6.QtCore import Qt

from annotator.errors import UserError
from annotator.project import Project


@pytest.fixture
def large(seeds, monkeypatch):
    """The window with a project that counts as large."""
    monkeypatch.setattr("annotator.project.opened.CHECKED_AT_OPENING", 0)
    monkeypatch.setattr("annotator.store.database.CHECKED_AT_OPENING", 0)
    return seeds


def test_a_sound_project_is_looked_at_in_silence(large, dialogs):
    keeper = large.window.soundness
    keeper.look()
    assert keeper.is_looking
    large.qtbot.waitUntil(lambda: not keeper.is_looking, timeout=10_000)
    assert dialogs.asked == []


def test_damage_is_told_with_what_to_do(large, dialogs):
    path = large.session.project.path
    large.window.files.close_project()
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 7 * 4096] = bytes(b ^ 0xFF for b in content[5 * 4096 : 7 * 4096])
    path.write_bytes(content)
    large.open(path)
    large.window.soundness.look()
    large.qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=10_000)
    assert "is damaged" in dialogs.text()


def test_closing_the_project_stops_the_look(large, dialogs, monkeypatch):
    def look(_self, goes_on):
        while goes_on():
            pass
        raise UserError("cancelled")

    monkeypatch.setattr(Project, "refuse_damage", look)
    large.window.soundness.look()
    large.window.files.close_project()
    assert not large.window.soundness.is_looking
    assert dialogs.asked == []


def test_a_small_project_needs_no_second_look(seeds):
    assert seeds.session.project.was_checked
    assert not seeds.window.soundness.is_looking


def test_the_check_tells_each_problem_in_a_sentence(seeds, dialogs):
    path = seeds.session.project.path
    seeds.tag("غانتس", Qt.Key.Key_1)
    connection = sqlite3.connect(path)
    connection.execute("update span set note = 'x'")
    connection.commit()
    connection.close()
    seeds.window.files.check()
    seeds.wait_for_jobs()
    assert "is not as the history left it." in dialogs.text()
    assert "Problem(" not in dialogs.text()
