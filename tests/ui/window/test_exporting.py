# SPDX-License-Identifier: MIT
"""The export dialog: made from the registry, driven by keys and clicks, and telling beforehand what will be lost."""

import subprocess
import sys
import threading
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.errors import UserError
from annotator.exporters import EXTRAS, FORMATS, Abilities, Clitics, ExportOptions, Overlap, Reason, Unit
from annotator.ops.exporting import preview
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.export_report import ExportReportDialog
from annotator.ui.exporting import preview as counting
from annotator.ui.exporting.abilities import ABILITY_NAMES
from annotator.ui.exporting.losses import possible_losses
from annotator.ui.tour.hand import drop_files

from .exporting_hand import LEFT, Asking, plain, tag_seeds

#: What the form of choices shows or hides, and is no mark of what is carried.
_CHOICES = {"clitics", "cuts", "names", "licence", "offset_unit"}


@pytest.fixture
def tagged(seeds):
    return tag_seeds(seeds)


@pytest.fixture
def asking(tagged, program, tmp_path):
    return Asking(tagged, program, tmp_path)


def test_every_ability_is_told():
    assert {one.name for one in fields(Abilities)} == set(ABILITY_NAMES) | _CHOICES


def test_the_list_is_the_registry(asking):
    model = asking.dialog.list.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [row.kind.id for row in model.rows] == list(FORMATS)
    for number in range(model.rowCount()):
        spoken = model.index(number).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith(model.rows[number].name)


def test_a_search_narrows_the_list_and_enter_does_not_export(asking):
    field = asking.dialog.list.search
    field.setFocus()
    QTest.keyClicks(field, "conll")
    assert asking.dialog.list.model.rows[0].kind.id == "conll"
    assert asking.dialog.format.id == "conll"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert asking.dialog.isVisible()
    assert QApplication.focusWidget() is asking.dialog.formats
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert asking.dialog.isVisible()
    assert field.text() == ""
    assert asking.dialog.format.id == "conll"
    QTest.keyClicks(field, "zzzzqq")
    assert not asking.dialog.list.model.rows
    assert asking.dialog.format.id == "conll"


def test_what_a_format_carries_is_marked(asking):
    for format_id, kind in FORMATS.items():
        asking.choose(format_id)
        marks = asking.dialog.outlook.marks.marks
        assert {key: mark.has for key, mark in marks.items()} == {
            key: getattr(kind.abilities, key) for key in ABILITY_NAMES
        }
        assert asking.dialog.outlook.name.text()


def test_a_format_offers_the_choices_that_it_has(asking):
    asking.turn_to(1)
    for format_id, kind in FORMATS.items():
        asking.choose(format_id)
        choices, has = asking.dialog.choices, kind.abilities
        for widget, is_there in (
            (choices.clitics, has.clitics),
            (choices.names, has.names),
            (choices.licence, has.licence),
            (choices.unit, has.cuts),
            (choices.overlap, has.cuts),
            (choices.boilerplate, has.cuts),
        ):
            assert widget.isVisibleTo(choices) == is_there
        assert (choices.overlap.findData(Overlap.KEEP.value) >= 0) == has.overlap


def test_what_will_be_lost_is_told_at_once_and_then_counted(asking):
    asking.choose("conll")
    possible = possible_losses(FORMATS["conll"], asking.dialog.options())
    assert len(asking.losses()) == len(possible) > 0
    assert asking.dialog.outlook.stop.isVisible()
    asking.counted()
    counts = [row[0] for row in asking.losses()]
    assert asking.losses()[0][:2] == ["2 tags", "left out: overlaps a longer tag"]
    assert "غانتس" in asking.losses()[0][2]
    assert counts[0] == "2 tags"
    assert asking.dialog.outlook.state.text() == "2 tags will be left out:"
    assert plain(asking.dialog.foot.text()) == "5 articles, 4 tags. Tags that will be left out: 2."


def test_nothing_lost_is_said(asking):
    asking.choose("jsonl")
    asking.counted()
    assert asking.dialog.outlook.state.text() == "Nothing will be lost."
    assert not asking.dialog.outlook.view.isVisible()


def test_another_choice_counts_anew_and_a_count_can_be_stopped(asking):
    asking.choose("conll")
    asking.counted()
    asking.turn_to(1)
    asking.take(asking.dialog.choices.clitics, "skip")
    assert asking.dialog.preview.is_busy
    asking.turn_to(0)
    QTest.mouseClick(asking.dialog.outlook.stop, LEFT)
    assert not asking.dialog.preview.is_busy
    assert asking.dialog.outlook.state.text() == "Not counted. This may be lost:"
    QTest.mouseClick(asking.dialog.outlook.again, LEFT)
    asking.counted()
    assert any(row[1] == "left out: begins or ends inside a word" for row in asking.losses())


def test_a_count_that_fails_says_why(asking, monkeypatch):
    def fail(*_arguments):
        raise UserError("disk_full", path="x")

    monkeypatch.setattr(counting, "preview", fail)
    asking.choose("conll")
    asking.counted()
    assert "no space left" in asking.dialog.outlook.state.text()
    assert asking.dialog.ok.isEnabled()


def test_the_project_can_be_closed_while_losses_are_counted(tagged, program, tmp_path):
    asking = Asking(tagged, program, tmp_path)
    asking.choose("conll")
    QTest.qWait(320)  # the count has begun, or is about to
    asking.dialog.reject()
    tagged.session.close()
    assert not asking.dialog.preview.is_busy


def test_possible_losses_follow_the_choices():
    kind = FORMATS["conll"]
    usual = possible_losses(kind, ExportOptions())
    assert Reason.OVERLAP in usual
    assert Reason.INSIDE_TOKEN not in usual
    assert Reason.BOILERPLATE not in usual
    skipping = possible_losses(kind, ExportOptions(clitics=Clitics.SKIP, overlap=Overlap.FIRST))
    assert {Reason.INSIDE_TOKEN, Reason.OVERLAP_FIRST} <= set(skipping)
    assert Reason.OVERLAP not in skipping
    assert possible_losses(FORMATS["jsonl"], ExportOptions()) == []
    assert possible_losses(FORMATS["jsonl"], ExportOptions(labels=frozenset())) == [Reason.RELATION_END]


def test_whatever_is_lost_was_told_to_be_possible(tagged):
    cut = ExportOptions(clitics=Clitics.SKIP, overlap=Overlap.FIRST, unit=Unit.SENTENCE, labels=frozenset({"ACTOR"}))
    for kind in FORMATS.values():
        if kind.extra is None or EXTRAS[kind.extra].installed:
            for options in (ExportOptions(), cut):
                lost = {loss.reason for loss in preview(tagged.session.project, kind.id, options).losses}
                assert lost <= set(possible_losses(kind, options)), kind.id


def test_what_is_not_installed_is_shown_and_cannot_be_written(asking, monkeypatch):
    monkeypatch.setattr(type(EXTRAS["spacy"]), "installed", property(lambda _self: False))
    for format_id, kind in FORMATS.items():
        asking.choose(format_id)
        assert asking.dialog.ok.isEnabled() == (kind.extra is None)
        if kind.extra:
            assert EXTRAS[kind.extra].command in plain(asking.dialog.outlook.missing.text())
            assert not asking.dialog.preview.is_busy


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_dialog_fits_a_small_window(tagged, program, tmp_path, language):
    tagged.window.viewing.choose("language", language)
    tagged.window.resize(860, 480)
    asking = Asking(tagged, program, tmp_path)
    asking.choose("conll")
    asking.counted()
    assert asking.dialog.height() <= 480
    assert asking.dialog.width() <= 860
    for page in range(3):
        asking.turn_to(page)
        area = asking.dialog.tabs.widget(page)
        assert area.widget().width() <= area.viewport().width()
    asking.dialog.reject()


def test_the_tab_key_comes_everywhere(asking):
    dialog, seen = asking.dialog, set()
    asking.choose("conll")
    asking.turn_to(1)
    dialog.formats.setFocus()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    choices = dialog.choices
    wanted = {
        dialog.list.search,
        dialog.formats,
        choices.scope,
        choices.labels.head,
        choices.clitics,
        choices.anonymise,
    }
    assert wanted | {dialog.destination, dialog.ok} <= seen
    assert all(
        isinstance(one, QLineEdit) or one.accessibleName() or one.text() for one in seen - {dialog.tabs.tabBar()}
    )


def test_a_key_that_comes_twice_finds_the_count_gone(asking):
    dialog = asking.dialog
    with asking.qtbot.waitSignal(dialog.preview.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.keyClick(dialog.formats, Qt.Key.Key_End)  # it is hidden, and may still be sent what was on its way
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_files_dropped_right_before_an_export_do_not_begin_beside_it(tagged, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(ExportReportDialog, "ask", lambda *arguments: told.append(arguments[1].articles))
    (tmp_path / "new.txt").write_text("مقال جديد", encoding="utf-8")
    target = tmp_path / "out.jsonl"

    def ask(parent, material):
        dialog = ExportDialog(parent, material)
        QTimer.singleShot(300, dialog, lambda: agree(dialog))
        return dialog.wish() if dialog.agreed() else None

    def agree(dialog):
        dialog.list.choose("jsonl")
        dialog.destination.setText(str(target))
        QTest.mouseClick(dialog.ok, LEFT)

    monkeypatch.setattr(ExportDialog, "ask", ask)
    drop_files(tagged.window, [tmp_path / "new.txt"])
    tagged.window.action("export").trigger()
    tagged.qtbot.waitUntil(lambda: bool(told))
    tagged.wait_for_jobs()
    assert target.is_file()
    assert tagged.session.project.article_count() == 5


@pytest.mark.parametrize("name", ["export", "check"])
def test_nothing_is_asked_while_a_job_runs(tagged, dialogs, name):
    go_on = threading.Event()
    QTimer.singleShot(150, tagged.window, lambda: (tagged.window.action(name).trigger(), go_on.set()))
    tagged.window.jobs.start("…", lambda _progress: go_on.wait(5), lambda _done: None)
    tagged.qtbot.waitUntil(go_on.is_set)
    tagged.wait_for_jobs()
    assert dialogs.asked == []


def test_a_window_starts_without_the_formats():
    program = "import sys, annotator.ui.app, annotator.ui.main_window, annotator.ui.desk, annotator.ui.files"
    late = ("annotator.exporters", "annotator.ui.exporting", "annotator.ops.exporting", "annotator.ui.dialogs.export")
    asked = f"{program}; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
