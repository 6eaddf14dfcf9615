# SPDX-License-Identifier: MIT
"""Annotations of others, imported by a user's hand: what a file holds, what its labels become, how it went."""

import json
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from annotator.exporters import ExportOptions
from annotator.model.scheme_mapping import KEEP, LEAVE_OUT, SchemeMapping, dump_mapping
from annotator.ops.exporting import export
from annotator.ops.foreign import TroubleKind, survey_file
from annotator.ui.importing.annotation_report import AnnotationReportDialog, facts
from annotator.ui.importing.becoming import MappingView
from annotator.ui.importing.mapping import Column
from annotator.ui.importing.survey_dialog import SurveyDialog, Taking
from annotator.ui.importing.what import FormatDialog, What
from annotator.ui.theme import LIGHT

ALT_T = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def file(tmp_path):
    """Two texts as doccano has them, with labels that the scheme knows and one that it does not."""
    path = tmp_path / "others.jsonl"
    lines = []
    for number in range(2):
        text = f"التقى الوزير {number} في بيروت وفدا"
        place = text.index("بيروت")
        lines.append({"text": text, "label": [[0, 5, "EVENT"], [6, 12, "PER"], [place, place + 5, "بلد"]]})
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def dialog(seeds, file):
    result = SurveyDialog(seeds.window, survey_file(file), seeds.session.project.scheme, LIGHT)
    return shown(seeds, result)


def shown(seeds, dialog):
    seeds.qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    seeds.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def agree(monkeypatch, mapping=None, *, new_articles=True):
    """Answer the dialog; return what it was asked about."""
    asked = []

    def ask(_parent, survey, _scheme, _theme):
        asked.append(survey)
        return Taking(mapping or SchemeMapping(), new_articles)

    monkeypatch.setattr(SurveyDialog, "ask", ask)
    return asked


def spans(seeds):
    return {span.quote: span.label_id for span in seeds.session.spans()}


def test_a_file_that_may_be_either_is_asked_about(seeds, file, monkeypatch, dialogs):
    before = seeds.session.project.article_count()
    dialogs.answers["WhatDialog"] = What.ANNOTATIONS
    asked = agree(monkeypatch, SchemeMapping(labels={"بلد": "PLACE"}))
    seeds.window.files.take([file])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["WhatDialog", "AnnotationReportDialog"]
    assert [survey.tags for survey in asked] == [6]
    assert seeds.session.project.article_count() == before + 2
    seeds.window.desk.articles.open_row(before)
    assert spans(seeds) == {"التقى": "EVENT", "الوزير": "ACTOR", "بيروت": "PLACE"}
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.session.project.article_count() == before


def test_the_format_is_asked_where_it_cannot_be_told(seeds, file, monkeypatch, dialogs):
    before = seeds.session.project.article_count()
    nameless = file.rename(file.with_suffix(".annotations"))
    seeds.window.imports.import_annotations([nameless])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["FormatDialog"]
    assert seeds.session.project.article_count() == before
    dialogs.answers["FormatDialog"] = "doccano"
    agree(monkeypatch)
    seeds.window.imports.import_annotations([nameless])
    seeds.wait_for_jobs()
    assert dialogs.names()[1:] == ["FormatDialog", "AnnotationReportDialog"]
    assert seeds.session.project.article_count() == before + 2


def test_a_format_is_chosen_by_its_name(seeds):
    dialog = shown(seeds, FormatDialog(seeds.window, "a.bin"))
    assert dialog.box.hasFocus()
    QTest.keyClicks(dialog.box, "doc")
    assert dialog.box.currentData() == "doccano"
    QTest.keyClick(dialog.box, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_its_texts_alone_are_taken_as_articles(seeds, file, dialogs):
    dialogs.answers["WhatDialog"] = What.ARTICLES
    seeds.window.files.take([file])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["WhatDialog", "ColumnsDialog"]


def test_a_file_of_our_own_is_asked_about_at_no_time(seeds, tmp_path, monkeypatch, dialogs):
    seeds.tag(seeds.text.split()[0], Qt.Key.Key_1)
    path = tmp_path / "own.jsonl"
    with seeds.session.project.reader() as own:
        export(own, "jsonl", path, ExportOptions(), None)
    asked = agree(monkeypatch)
    seeds.window.files.take([path])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["AnnotationReportDialog"]
    assert asked[0].format_id == "jsonl"
    report = dialogs.asked[-1][1][1]
    assert (report.tags.taken, report.tags.known) == (0, 1)


def test_annotations_are_chosen_by_key_and_a_new_label_is_seen(seeds, file, monkeypatch, dialogs):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    agree(monkeypatch)
    seeds.press(Qt.Key.Key_T, ALT_T)
    seeds.wait_for_jobs()
    assert "بلد" in [label.name.ar for label in seeds.session.project.scheme.all_labels]
    assert dialogs.asked[-1][1][1].kept


def test_undo_takes_out_the_new_label_and_the_article_that_is_read(seeds, file, monkeypatch, dialogs):
    first, before = seeds.session.article_id, seeds.session.project.article_count()
    agree(monkeypatch)
    seeds.window.imports.import_annotations([file])
    seeds.wait_for_jobs()
    seeds.window.desk.articles.open_row(before)
    seeds.session.select_tag(seeds.session.spans()[0].id)
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.session.project.article_count() == before
    assert seeds.session.article_id == first
    assert seeds.session.tag_id is None
    assert "بلد" not in [label.name.ar for label in seeds.session.project.scheme.all_labels]


def test_undo_leads_to_no_article_that_is_gone(seeds, file, monkeypatch, dialogs):
    agree(monkeypatch, SchemeMapping(labels={"بلد": "PLACE"}))
    seeds.window.imports.import_annotations([file])
    seeds.wait_for_jobs()
    seeds.window.desk.articles.open_row(1)
    read = seeds.session.article_id
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.session.article_id == read


def test_undo_of_an_import_clears_what_is_shown_of_the_article(seeds, tmp_path):
    (tmp_path / "new.txt").write_text("خبر جديد", encoding="utf-8")
    seeds.window.imports.import_paths([tmp_path / "new.txt"])
    seeds.wait_for_jobs()
    section = seeds.window.desk.inspector.particulars
    QTest.mouseClick(section.fold.head, Qt.MouseButton.LeftButton)
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.text != "خبر جديد"


def test_saying_no_imports_nothing(seeds, file, dialogs):
    before = seeds.session.project.article_count()
    seeds.window.imports.import_annotations([file])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["SurveyDialog"]
    assert seeds.session.project.article_count() == before


def test_a_damaged_file_is_said_to_be(seeds, file, dialogs):
    file.write_text(file.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    seeds.window.imports.import_annotations([file])
    seeds.wait_for_jobs()
    assert dialogs.names() == ["MessageDialog"]
    assert "others.jsonl" in dialogs.text()


def test_a_survey_can_be_stopped(seeds, file, dialogs, monkeypatch):
    def stop(_self, _done, _total, _name):
        return False

    monkeypatch.setattr("annotator.ui.jobs._Thread._progress", stop)
    seeds.window.imports.import_annotations([file])
    seeds.wait_for_jobs()
    assert dialogs.asked == []
    assert seeds.window.status.message == "Cancelled. Nothing was changed."


def test_annotations_without_a_project_make_one(hand, file, monkeypatch, dialogs):
    dialogs.answers["WhatDialog"] = What.ANNOTATIONS
    agree(monkeypatch)
    hand.open(file)
    assert hand.session.project.article_count() == 2
    assert hand.session.article_id is not None


# What the labels become


def test_the_dialog_says_what_the_file_holds(dialog, qtmodeltester):
    assert "doccano" in dialog.facts.text()
    assert "2 documents, 6 tags" in dialog.facts.text()
    assert [line.target for line in dialog.model.lines] == ["EVENT", "ACTOR", KEEP]
    assert dialog.note.text() == "1 name is kept as it is."
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    said = re.sub("[\u2068\u2069]", "", dialog.model.index(1, Column.BECOMES).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == "Label PER, 2 times, becomes: Actor"


def choose(seeds, view: MappingView, key, *keys):
    """Open the list of the current row by a key and choose by keys."""
    QTest.keyClick(view, key)
    popup = []

    def is_open():
        popup[:] = [box for box in view.findChildren(QComboBox) if box.view().isVisible()]
        return bool(popup)

    seeds.qtbot.waitUntil(is_open)
    for one in (*keys, Qt.Key.Key_Return):
        QTest.keyClick(popup[0].view(), one)
    seeds.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of lists that open; no other platform says it
def test_what_a_label_becomes_is_chosen_by_keys(seeds, dialog):
    view = dialog.view
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    choose(seeds, view, Qt.Key.Key_Space, Qt.Key.Key_End)
    assert dialog.model.lines[2].target not in (KEEP, LEAVE_OUT)
    assert dialog.model.lines[2].target == dialog.model.targets["labels"][-1].id
    choose(seeds, view, Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert dialog.model.lines[2].target == LEAVE_OUT
    assert dialog.note.text() == "1 is left out."


def test_several_rows_change_at_once(dialog):
    QTest.keyClick(dialog.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.view, Qt.Key.Key_Delete)
    assert {line.target for line in dialog.model.lines} == {LEAVE_OUT}


def test_a_mapping_is_saved_and_loaded(dialog, tmp_path, monkeypatch):
    dialog.model.set_target([2], "PLACE")
    path = tmp_path / "mapping.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    dialog.model.set_target([0, 1, 2], LEAVE_OUT)
    QTest.mouseClick(dialog.load_button, Qt.MouseButton.LeftButton)
    assert dialog.taking() == Taking(SchemeMapping({"EVENT": "EVENT", "PER": "ACTOR", "بلد": "PLACE"}), True)


@pytest.mark.parametrize(
    "content",
    ["no json", '{"format": "tawsim-mapping/1", "labels": {"PER": "NOBODY"}}', '{"format": "tawsim-mapping/1"}'],
)
def test_a_mapping_that_cannot_be_used_is_said_to_be(dialog, tmp_path, content):
    path = tmp_path / "mapping.json"
    path.write_text(content, encoding="utf-8")
    before = dialog.taking()
    dialog.load(path)
    assert dialog.problem.isVisible()
    assert dialog.taking() == before
    path.write_text(dump_mapping(before.mapping), encoding="utf-8")
    dialog.load(path)
    assert not dialog.problem.isVisible()


def test_a_mapping_that_cannot_be_written_is_said_to_be(dialog, tmp_path):
    dialog.save(tmp_path)
    assert dialog.problem.isVisible()


def test_only_what_is_about_articles_of_the_project(dialog):
    QTest.keyClick(dialog.only_known, Qt.Key.Key_Space)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.result()
    assert not dialog.taking().new_articles


# The report


@pytest.fixture
def report(seeds, tmp_path, monkeypatch, dialogs):
    """The report of a file whose tags are partly elsewhere, partly nowhere."""
    text, article = seeds.text, seeds.session.article_id
    words = text.split()
    lines = [
        {"text": text, "label": [[0, 4, "ACTOR"]], "id": 1},
        {"text": "نص لا يعرفه المشروع", "label": [[0, 2, "PER"]], "id": 2},
    ]
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    agree(monkeypatch, new_articles=False)
    seeds.window.imports.import_annotations([path])
    seeds.wait_for_jobs()
    assert words
    return dialogs.asked[-1][1][1], article


def test_the_report_lists_every_trouble(seeds, report, tmp_path, monkeypatch):
    found, _ = report
    assert [one.kind for one in found.troubles] == [TroubleKind.NO_ARTICLE]
    dialog = shown(seeds, AnnotationReportDialog(seeds.window, found))
    assert "1 not taken" in dialog.facts.text()
    assert not dialog.visit_button.isEnabled()
    assert "نص" in dialog.as_text()
    path = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog._on_save()
    assert path.read_text(encoding="utf-8") == dialog.as_text()
    dialog.save(tmp_path)
    assert dialog.problem.isVisible()
    buttons = {button.text(): button for button in dialog.buttons.buttons()}
    QTest.mouseClick(buttons["Copy the report"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.as_text()


def test_who_double_clicks_a_trouble_goes_to_it(seeds, report, monkeypatch, dialogs, tmp_path):
    found, article = report
    quote = seeds.text.split()[5]
    troubles = tuple(
        replace(found.troubles[0], kind=kind, article_id=article, quote=quote, start=seeds.text.index(quote))
        for kind in (TroubleKind.NOT_FOUND, TroubleKind.MOVED)
    )
    dialog = shown(seeds, AnnotationReportDialog(seeds.window, replace(found, troubles=troubles)))
    dialog.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    first = dialog.sorted.index(0, 0)
    assert "another place" in first.data()
    place = dialog.table.visualRect(first).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.visit.article_id == article
    seeds.window.desk.articles.go(2)
    dialogs.answers["AnnotationReportDialog"] = dialog.visit
    seeds.window.imports.import_annotations([tmp_path / "some.jsonl"])
    seeds.wait_for_jobs()
    assert seeds.session.article_id == article
    start, end = seeds.view.selection()
    assert seeds.text[start:end] == quote


def test_a_report_without_trouble_is_short(seeds, report):
    found, _ = report
    plain = replace(found, troubles=(), kept={"بلد": "X"}, annotators=("Omar",), rebuilt=2)
    dialog = shown(seeds, AnnotationReportDialog(seeds.window, plain))
    assert not dialog.table.isVisible()
    assert "1 new annotator: Omar" in dialog.facts.text().replace("\u2068", "").replace("\u2069", "")
    assert len(list(facts(plain))) == 5
