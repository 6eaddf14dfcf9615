# SPDX-License-Identifier: MIT
"""Backups by the window: made by themselves, listed, restored; and what is offered for a damaged project."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.ops import backups as acts
from annotator.project import Project
from annotator.ui.backups.dialogs import BackupsDialog, DamageDialog, What, Wish
from annotator.ui.backups.recovered import RecoveryDialog
from annotator.ui.dialogs.prompts import LossDialog


@pytest.fixture
def quick(monkeypatch, program):
    program.window.backup_keeper._timer.setInterval(0)


def backups_of(hand):
    return acts.backups_of(hand.session.project.path)


def test_the_first_change_of_a_day_makes_one_in_the_background(quick, seeds, dialogs):
    assert backups_of(seeds) == []
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.qtbot.waitUntil(lambda: bool(backups_of(seeds)), timeout=10_000)
    seeds.qtbot.waitUntil(lambda: not seeds.window.backup_keeper.is_copying)
    seeds.tag("أردوغان", Qt.Key.Key_1)
    assert not seeds.window.backup_keeper._timer.isActive()
    assert len(backups_of(seeds)) == 1
    with Project.open(backups_of(seeds)[0].path, read_only=True) as project:
        assert project.span_count() == 1
    assert dialogs.asked == []


def test_what_keeps_it_from_being_made_is_told_once(quick, seeds, dialogs):
    acts.folder_of(seeds.session.project.path).write_text("")
    seeds.tag("غانتس", Qt.Key.Key_1)
    banner = seeds.window.banner
    seeds.qtbot.waitUntil(lambda: "No backup" in banner.text, timeout=10_000)
    seeds.tag("أردوغان", Qt.Key.Key_1)
    QTest.qWait(20)
    assert banner.text == ""
    assert seeds.session.project.span_count() == 2


def test_closing_stops_a_backup(seeds, monkeypatch, dialogs):
    def copy(_path, _key, _kept, goes_on):
        while goes_on(0, 1):
            pass
        raise UserError("cancelled")

    monkeypatch.setattr("annotator.ops.backups.back_up_daily", copy)
    seeds.window.backup_keeper.make()
    assert seeds.window.backup_keeper.is_copying
    seeds.window.files.close_project()
    assert not seeds.window.backup_keeper.is_copying


def test_restoring_by_the_menu_can_be_undone(seeds, dialogs):
    path = seeds.session.project.path
    seeds.tag("غانتس", Qt.Key.Key_1)
    made = acts.back_up(path, None)
    seeds.tag("أردوغان", Qt.Key.Key_1)
    dialogs.answers |= {"BackupsDialog": Wish(What.RESTORE, made), "ConfirmDialog": True}
    seeds.window.action("backups").trigger()
    seeds.wait_for_jobs()
    seeds.qtbot.waitUntil(lambda: seeds.session.is_open and not seeds.window.jobs.busy, timeout=10_000)
    assert seeds.session.project.path == path
    assert seeds.session.project.span_count() == 1
    kept = backups_of(seeds)[0]
    dialogs.answers |= {"BackupsDialog": Wish(What.RESTORE, kept)}
    seeds.window.backups.show()
    seeds.wait_for_jobs()
    seeds.qtbot.waitUntil(lambda: seeds.session.is_open and not seeds.window.jobs.busy, timeout=10_000)
    assert seeds.session.project.span_count() == 2


def test_one_is_made_by_hand_looked_at_and_deleted(seeds, dialogs, monkeypatch):
    path = seeds.session.project.path
    answers = [None, Wish(What.MAKE)]
    monkeypatch.setattr(BackupsDialog, "ask", lambda *_arguments, **_named: answers.pop())
    seeds.window.backups.show()
    seeds.qtbot.waitUntil(lambda: not answers and not seeds.window.jobs.busy)
    (made,) = acts.backups_of(path)
    monkeypatch.setattr(BackupsDialog, "ask", lambda *_arguments, **_named: Wish(What.OPEN, made))
    seeds.window.backups.show()
    seeds.wait_for_jobs()
    assert seeds.session.project.path == made.path
    assert seeds.session.project.read_only
    seeds.open(path)
    answers += [None, Wish(What.DELETE, made)]
    monkeypatch.setattr(BackupsDialog, "ask", lambda *_arguments, **_named: answers.pop())
    monkeypatch.setattr(LossDialog, "ask", lambda *_arguments: True)
    seeds.window.backups.show()
    seeds.qtbot.waitUntil(lambda: not answers and not seeds.window.jobs.busy)
    assert acts.backups_of(path) == []


def test_a_damaged_project_is_offered_its_backups(seeds, dialogs):
    path = seeds.session.project.path
    made = acts.back_up(path, None)
    seeds.window.files.close_project()
    path.write_bytes(path.read_bytes()[:9000])
    dialogs.answers |= {
        "DamageDialog": What.BACKUPS,
        "BackupsDialog": Wish(What.RESTORE, made),
        "ConfirmDialog": True,
    }
    seeds.window.files.open_path(path)
    seeds.qtbot.waitUntil(lambda: seeds.session.is_open and not seeds.window.jobs.busy, timeout=10_000)
    assert len(seeds.session.project.articles()) == 5


def test_the_list_says_when_how_large_why_and_what(seeds):
    path = seeds.session.project.path
    made = acts.back_up(path, None)
    listed = [(made, acts.contents(made, None)), (made, acts.Contents(error=UserError("password_wrong", path=path)))]
    dialog = BackupsDialog(seeds.window, listed, acts.folder_of(path), can_make=True)
    seeds.qtbot.addWidget(dialog)
    assert dialog.model.rows[0][1:3] == (f"{made.size // 1024} KB", "by hand")
    assert "5 articles" in dialog.model.rows[0][3]
    assert "password" in dialog.model.rows[1][3]
    dialog.about_one[0].click()
    assert dialog.wish == Wish(What.RESTORE, made)


def test_no_backup_yet(seeds):
    dialog = BackupsDialog(seeds.window, [], acts.folder_of(seeds.session.project.path), can_make=True)
    seeds.qtbot.addWidget(dialog)
    damage = DamageDialog(seeds.window, "It is damaged.", 0)
    seeds.qtbot.addWidget(damage)
    assert list(damage.choices) == [What.RECOVER]


def test_a_damaged_project_is_recovered_and_opened(seeds, dialogs, monkeypatch, tmp_path):
    seeds.tag("غانتس", Qt.Key.Key_1)
    path, out = seeds.session.project.path, tmp_path / "rescued.tawsim"
    seeds.window.files.close_project()
    content = bytearray(path.read_bytes())
    content[-4096:] = bytes(4096)
    path.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(out), ""))
    seeds.window.action("recover").trigger()
    seeds.wait_for_jobs()
    assert seeds.session.project.path == out
    assert seeds.session.project.articles()
    ((name, (_, report)),) = [asked for asked in dialogs.asked if asked[0] == "RecoveryDialog"]
    monkeypatch.undo()
    dialog = RecoveryDialog(seeds.window, report)
    seeds.qtbot.addWidget(dialog)
    assert "Saved" in dialog.text.toPlainText()
    assert name == "RecoveryDialog"
