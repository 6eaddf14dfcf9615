# SPDX-License-Identifier: MIT
"""Encrypted projects in the window: asked for on opening; set, changed and removed; and what the dialogs say."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from annotator import extras
from annotator.errors import UserError
from annotator.files import DatabaseKind, database_kind
from annotator.ops.backups import back_up
from annotator.ops.passwords import Key, key_for, key_of_new, was_encrypted
from annotator.ops.projects import new_project
from annotator.ops.scheme_files import shipped_path
from annotator.ui.passwords.dialogs import (
    NewPassword,
    PasswordDialog,
    RecoveryPasswordDialog,
    RemovePasswordDialog,
    SetPasswordDialog,
)
from annotator.ui.passwords.fields import PasswordEdit
from annotator.ui.scheme.files import NewProject, NewSchemeDialog

from .conftest import Dialogs, Hand

pytest.importorskip("sqlcipher3")

PASSWORD = "كلمة السر"


@pytest.fixture
def key() -> Key:
    return key_of_new(PASSWORD)


@pytest.fixture
def path(tmp_path: Path, key: Key) -> Path:
    new_project(tmp_path / "secret", annotator="Layla", key=key).close()
    return tmp_path / "secret.tawsim"


@pytest.fixture
def article_files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "أخبار"
    folder.mkdir()
    paths = [folder / "1.txt", folder / "2.txt"]
    for path, text in zip(paths, ("رحّب غانتس بلقاء أردوغان.", "أعلنت تركيا موقفها."), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def write(field: QLineEdit, text: str) -> None:
    field.clear()
    field.insert(text)


def test_a_new_project_with_a_password(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    dialogs.answers["NewSchemeDialog"] = NewProject(shipped_path("default"), PASSWORD)
    hand.window.action("new").trigger()
    hand.wait_for_jobs()
    assert hand.session.is_open
    assert hand.session.project.key is not None
    assert database_kind(tmp_path / "mine.tawsim") is DatabaseKind.ENCRYPTED


def test_opening_asks_for_the_password(hand: Hand, path: Path, key: Key, dialogs: Dialogs) -> None:
    hand.open(path)
    assert dialogs.names() == ["PasswordDialog"]
    assert not hand.session.is_open
    dialogs.answers["PasswordDialog"] = key
    hand.open(path)
    assert hand.session.project.path == path
    assert not hand.window.files.open_at_once(path)
    hand.window.files.reopen_project()
    assert dialogs.names() == ["PasswordDialog"] * 2


def test_the_program_called_with_an_encrypted_project_asks_once_the_window_stands(
    qtbot: QtBot, path: Path, key: Key, dialogs: Dialogs, hand: Hand
) -> None:
    dialogs.answers["PasswordDialog"] = key
    hand.window.files.begin(path)
    assert hand.session.project.path == path


def test_jobs_work_on_an_encrypted_project(
    hand: Hand, path: Path, key: Key, dialogs: Dialogs, article_files: list[Path]
) -> None:
    dialogs.answers["PasswordDialog"] = key
    hand.open(path)
    hand.window.imports.import_paths(article_files)
    hand.wait_for_jobs()
    assert hand.window.desk.articles.model.count == 2
    hand.tag("غانتس", Qt.Key.Key_1)
    hand.window.action("check").trigger()
    hand.wait_for_jobs()
    assert dialogs.asked[-1][1][1] == "The project is sound"


def test_set_changed_and_removed(seeds: Hand, dialogs: Dialogs) -> None:
    seeds.tag("غانتس", Qt.Key.Key_1)
    path = seeds.session.project.path
    window = seeds.window
    assert window.action("password").text() == "Protect with a password…"
    assert not window.action("password_remove").isEnabled()
    window.action("password").trigger()
    assert seeds.session.project.key is None
    dialogs.answers["SetPasswordDialog"] = NewPassword("one")
    window.action("password").trigger()
    seeds.wait_for_jobs()
    first = seeds.session.project.key
    assert first == key_for(path, "one")
    assert database_kind(path) is DatabaseKind.ENCRYPTED
    assert seeds.labels() == ["ACTOR"]
    assert window.status.saved == "All saved · 1 tag · Encrypted"
    assert window.action("password").text() == "Change the password…"
    dialogs.answers["SetPasswordDialog"] = NewPassword("two")
    window.action("password").trigger()
    seeds.wait_for_jobs()
    assert seeds.session.project.key == key_for(path, "two")
    dialogs.answers["RemovePasswordDialog"] = NewPassword(None)
    window.action("password_remove").trigger()
    seeds.wait_for_jobs()
    assert seeds.session.project.key is None
    assert database_kind(path) is DatabaseKind.PLAIN
    window.action("undo").trigger()
    assert seeds.labels() == []


def test_where_that_fails_the_project_is_open_as_before(
    seeds: Hand, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, *_: object) -> None:
        raise UserError("disk_full", path=path)

    monkeypatch.setattr("annotator.ops.passwords.rekey", fail)
    dialogs.answers["SetPasswordDialog"] = NewPassword("one")
    path = seeds.session.project.path
    seeds.window.action("password").trigger()
    seeds.wait_for_jobs()
    assert dialogs.asked[-1][0] == "ObstacleDialog"
    assert seeds.session.project.path == path
    assert seeds.session.project.key is None


def test_backups_that_stay_behind_are_told(seeds: Hand, dialogs: Dialogs) -> None:
    path = seeds.session.project.path
    path.with_name(f"{path.stem}.backup-0001.tawsim").write_bytes(b"nothing")
    dialogs.answers["SetPasswordDialog"] = NewPassword("one")
    seeds.window.action("password").trigger()
    seeds.wait_for_jobs()
    assert "seeds.backup-0001.tawsim" in dialogs.text()


def test_the_folder_of_an_encrypted_project_gets_one_of_its_own(
    hand: Hand, tmp_path: Path, article_files: list[Path], dialogs: Dialogs
) -> None:
    folder = article_files[0].parent
    hand.open(folder)
    first = hand.session.project.path
    dialogs.answers["SetPasswordDialog"] = NewPassword("one")
    hand.window.action("password").trigger()
    hand.wait_for_jobs()
    hand.window.files.close_project()
    hand.open(folder)
    assert hand.session.project.path != first


def test_the_dialog_stays_until_the_password_is_right(qtbot: QtBot, path: Path, key: Key) -> None:
    dialog = PasswordDialog(None, path)
    qtbot.addWidget(dialog)
    dialog.open()
    (field,) = dialog.form.fields
    assert not dialog.ok.isEnabled()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    write(field, "wrong")
    with qtbot.waitSignal(dialog._trial.refused):
        dialog.ok.click()
        assert not dialog.form.isEnabled()
    assert "does not open" in dialog.form.said.text()
    assert field.selectedText() == "wrong" or field.hasSelectedText()
    dialog.form.shown.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    write(field, PASSWORD)
    assert dialog.form.said.text() == ""
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.key == key


def test_of_a_damaged_project_the_password_need_not_open_it(qtbot: QtBot, path: Path, key: Key) -> None:
    back_up(path, key)
    content = bytearray(path.read_bytes())
    content[:4096] = bytes(4096)
    path.write_bytes(content)
    assert was_encrypted(path)
    dialog = RecoveryPasswordDialog(None, path)
    qtbot.addWidget(dialog)
    dialog.open()
    write(dialog.form.fields[0], "wrong")
    with qtbot.waitSignal(dialog._trial.refused):
        dialog.ok.click()
    assert "look for a backup" in dialog.form.said.text()
    write(dialog.form.fields[0], PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ok.click()
    assert dialog.key == key


def test_a_dialog_that_is_closed_waits_for_its_trial(qtbot: QtBot, path: Path) -> None:
    dialog = PasswordDialog(None, path)
    qtbot.addWidget(dialog)
    dialog.open()
    write(dialog.form.fields[0], PASSWORD)
    dialog.accept()
    dialog.reject()
    assert dialog.key is None
    assert dialog._trial._thread is None


def test_a_new_password_is_typed_twice(qtbot: QtBot, path: Path) -> None:
    dialog = SetPasswordDialog(None, path, changing=False, backups=3)
    qtbot.addWidget(dialog)
    dialog.open()
    first, again = dialog.form.fields
    write(first, "one two")
    write(again, "one")
    assert not dialog.ok.isEnabled()
    assert dialog.form.said.text() == ""
    write(again, "other")
    assert "not the same" in dialog.form.said.text()
    dialog.accept()
    assert dialog.isVisible()
    write(again, "one two")
    assert dialog.form.said.text() == ""
    dialog.ok.click()
    assert not dialog.isVisible()


def test_changing_needs_the_present_password(qtbot: QtBot, path: Path) -> None:
    dialog = SetPasswordDialog(None, path, changing=True, backups=0)
    qtbot.addWidget(dialog)
    dialog.open()
    for field, text in zip(dialog.form.fields, ("wrong", "new", "new"), strict=True):
        write(field, text)
    with qtbot.waitSignal(dialog._trial.refused):
        dialog.ok.click()
    write(dialog.form.fields[0], PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ok.click()
    assert dialog.form.texts[-1] == "new"


def test_removing_needs_the_present_password(qtbot: QtBot, path: Path) -> None:
    dialog = RemovePasswordDialog(None, path, 1)
    qtbot.addWidget(dialog)
    dialog.open()
    write(dialog.form.fields[0], PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ok.click()


def test_caps_lock_is_noticed_by_the_letters(qtbot: QtBot, path: Path) -> None:
    dialog = PasswordDialog(None, path)
    qtbot.addWidget(dialog)
    dialog.open()
    (field,) = dialog.form.fields
    assert isinstance(field, PasswordEdit)
    QTest.keyClick(field, "A")  # with no Shift
    assert "Caps Lock" in dialog.form.said.text()
    QTest.keyClicks(field, "a")
    assert dialog.form.said.text() == ""
    field.insert("س")
    assert dialog.form.said.text() == ""


def test_the_new_project_can_be_protected(qtbot: QtBot) -> None:
    dialog = NewSchemeDialog(None)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.wish().password == ""
    dialog.protection.box.click()
    assert not dialog.ok.isEnabled()
    first, again = dialog.protection.form.fields
    write(first, "one")
    write(again, "one")
    assert dialog.ok.isEnabled()
    assert dialog.wish().password == "one"
    assert "one" not in repr(dialog.wish())
    dialog.protection.box.click()
    assert dialog.wish().password == ""


def test_without_the_library_no_password_is_offered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRAS, "sqlcipher", extras.Extra("encryption", "no_such_library"))
    dialog = NewSchemeDialog(None)
    qtbot.addWidget(dialog)
    assert not dialog.protection.box.isEnabled()
    assert "pip install" in dialog.protection.box.toolTip()
