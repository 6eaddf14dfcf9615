# SPDX-License-Identifier: MIT
"""The choices of an export, its splits and its place: they become options, and are remembered."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from annotator.exporters import FORMATS, Clitics, ExportOptions, LabelNames, Overlap, Unit
from annotator.exporters.splitting import SplitBy
from annotator.model.article import ArticleState
from annotator.ops.exporting import export
from annotator.ui.exporting.destinations import renamed

from .exporting_hand import LEFT, Asking, plain, tag_seeds, turn


@pytest.fixture
def tagged(seeds):
    return tag_seeds(seeds)


@pytest.fixture
def asking(tagged, program, tmp_path):
    return Asking(tagged, program, tmp_path)


def test_choices_become_options(asking):
    asking.choose("doccano")
    asking.turn_to(1)
    choices = asking.dialog.choices
    for box, value in ((choices.unit, "sentence"), (choices.overlap, "first"), (choices.names, "ar")):
        asking.take(box, value)
    asking.tick_only(choices.labels, 1)
    asking.tick_only(choices.states, 2)
    for tick in (choices.boilerplate, choices.anonymise):
        QTest.keyClick(tick, Qt.Key.Key_Space)
    assert asking.dialog.options() == ExportOptions(
        labels=frozenset({"EVENT"}),
        states=frozenset({ArticleState.DONE}),
        unit=Unit.SENTENCE,
        overlap=Overlap.FIRST,
        names=LabelNames.ARABIC,
        without_boilerplate=True,
        anonymise=True,
    )
    asking.choose("xlsx")
    assert asking.dialog.options().within(FORMATS["xlsx"].abilities) == asking.dialog.options()


def test_the_licence_is_asked_where_the_format_says_it(asking):
    asking.choose("huggingface")
    asking.turn_to(1)
    QTest.keyClicks(asking.dialog.choices.licence, "CC0-1.0")
    assert asking.dialog.options().licence == "CC0-1.0"
    asking.choose("doccano")
    assert asking.dialog.options().licence == ""
    asking.choose("huggingface")
    assert asking.dialog.options().licence == "CC0-1.0"


def test_articles_can_be_chosen(tagged, program, tmp_path):
    ids = tuple(summary.id for summary in tagged.session.project.articles()[:2])
    asking = Asking(tagged, program, tmp_path, ids)
    asking.turn_to(1)
    scope = asking.dialog.choices.scope
    asking.take(scope, "selected")
    assert scope.currentText() == "2 articles chosen in the list"
    assert asking.dialog.options().articles == frozenset(ids)
    asking.take(scope, "one")
    assert asking.dialog.options().articles == frozenset({tagged.session.article_id})
    asking.take(scope, "done")
    assert asking.dialog.options() == ExportOptions(states=frozenset({ArticleState.DONE}))
    asking.counted()
    assert asking.dialog.outlook.state.text() == "No article is chosen, so the export would be empty."


def test_nothing_ticked_is_no_export(asking):
    asking.turn_to(1)
    labels = asking.dialog.choices.labels
    QTest.mouseClick(labels.head, LEFT)
    QTest.mouseClick(labels._none, LEFT)
    assert not asking.dialog.ok.isEnabled()
    assert plain(asking.dialog.foot.text()) == "Nothing is ticked at “Labels”."
    QTest.mouseClick(labels._all, LEFT)
    assert asking.dialog.ok.isEnabled()
    asking.tick_only(asking.dialog.choices.layers, 0)
    labels.choose(["EVENT"])
    labels.changed.emit()
    assert not asking.dialog.ok.isEnabled()


def test_the_wheel_scrolls_the_page(asking):
    asking.choose("conll")
    asking.turn_to(1)
    box = asking.dialog.choices.clitics
    asking.dialog.formats.setFocus()
    turn(box)
    assert box.currentIndex() == 0
    box.setFocus()
    turn(box)
    assert box.currentIndex() == 1
    asking.turn_to(2)
    asking.dialog.formats.setFocus()
    share = asking.dialog.split_form.shares["train"]
    turn(share)
    assert share.value() == 80


def test_splits_make_a_folder_and_are_counted(asking, tmp_path):
    asking.choose("conll")
    asking.turn_to(2)
    form = asking.dialog.split_form
    QTest.keyClick(form.wanted, Qt.Key.Key_Space)
    assert asking.dialog.wish().destination == tmp_path / "seeds-conll"
    assert asking.dialog.place.title.text() == "Folder"
    asking.counted()
    rows = form.table.rows
    assert rows[0] == ("Articles", "3", "1", "1", "5")
    assert [row[-1] for row in rows if row[0] == "Actor"] == ["3"]
    assert "in one part only" in form.notes.text()
    form.shares["train"].setValue(70)
    assert "90 percent" in form.sum_problem.text()
    assert not asking.dialog.ok.isEnabled()
    form.shares["dev"].setValue(20)
    assert asking.dialog.ok.isEnabled()
    for tick in (form.by[SplitBy.OUTLET], form.by_date):
        QTest.keyClick(tick, Qt.Key.Key_Space)
    assert not form.stratified.isEnabled()
    splits = asking.dialog.options().splits
    assert splits.shares == (700, 200, 100)
    assert splits.by == (SplitBy.DOCUMENT, SplitBy.DUPLICATES, SplitBy.OUTLET)
    assert splits.by_date
    QTest.keyClick(form.wanted, Qt.Key.Key_Space)
    assert asking.dialog.options().splits is None
    assert asking.dialog.wish().destination == tmp_path / "seeds.conll"


def test_a_file_without_an_ending_gets_its_own(asking, tmp_path):
    field = asking.dialog.destination
    field.selectAll()
    QTest.keyClicks(field, str(tmp_path / "mine"))
    assert asking.dialog.wish().destination == tmp_path / "mine.jsonl"
    (tmp_path / "mine.jsonl").touch()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "e")
    assert "“mine.jsonl”" in plain(asking.dialog.place.verdict.text)
    field.selectAll()
    QTest.keyClicks(field, str(tmp_path))
    assert asking.dialog.place.verdict.refused


def test_the_place_keeps_step_with_the_format(asking, tmp_path):
    asking.choose("conll")
    field = asking.dialog.destination
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "mine.conll")
    assert asking.dialog.wish().destination == tmp_path / "mine.conll"
    asking.choose("doccano")
    assert asking.dialog.wish().destination == tmp_path / "mine.doccano.jsonl"
    asking.choose("csv")
    assert asking.dialog.wish().destination == tmp_path / "mine"
    asking.choose("jsonl")
    assert asking.dialog.wish().destination == tmp_path / "mine.jsonl"
    field.clear()
    assert not asking.dialog.ok.isEnabled()


@pytest.mark.parametrize(
    ("path", "old", "suffix", "expected"),
    [("a.conll", ".conll", ".jsonl", "a.jsonl"), ("a.b", ".x", ".y", "a.b.y"), ("a", "", "", "a")],
)
def test_endings(path, old, suffix, expected):
    assert renamed(path, old, suffix) == expected


def test_what_lies_at_the_place_is_told(asking, tmp_path):
    dialog, project = asking.dialog, asking.session.project
    (tmp_path / "there.jsonl").write_text("x", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "precious.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    export(project, "csv", tmp_path / "older")
    asking.choose("jsonl")
    for name, good, said in (
        ("new.jsonl", True, ""),
        ("there.jsonl", True, "is there already and will be replaced"),
        ("other", False, "is a folder"),
        ("none/x.jsonl", False, "There is no folder"),
        (str(project.path), False, "is a project"),
    ):
        dialog.destination.setText(name)
        assert (dialog.ok.isEnabled(), said in dialog.place.said.text()) == (good, True), name
    asking.choose("csv")
    for name, good, said in (
        ("new", True, ""),
        ("empty", True, ""),
        ("older", True, "will be replaced, with every file in it"),
        ("other", False, "holds other files"),
        ("there.jsonl", False, "is a file"),
    ):
        dialog.destination.setText(name)
        assert (dialog.ok.isEnabled(), said in dialog.place.said.text()) == (good, True), name


def test_a_place_can_be_browsed_for(asking, tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "full"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "picked.jsonl"), ""))
    asking.choose("csv")
    asking.dialog.place._on_browse()
    assert asking.dialog.wish().destination == tmp_path / "full" / "seeds-csv"
    asking.choose("jsonl")
    asking.dialog.place._on_browse()
    assert asking.dialog.wish().destination == tmp_path / "picked.jsonl"


def test_choices_are_remembered(tagged, program, tmp_path):
    first = Asking(tagged, program, tmp_path)
    first.choose("conll")
    first.turn_to(1)
    first.take(first.dialog.choices.clitics, "expand")
    first.tick_only(first.dialog.choices.labels, 0)
    QTest.keyClick(first.dialog.choices.anonymise, Qt.Key.Key_Space)
    first.dialog.split_form.shares["train"].setValue(60)
    first.dialog.split_form.shares["dev"].setValue(30)
    wanted = first.dialog.options()
    assert first.dialog.ok.isEnabled()
    QTest.mouseClick(first.dialog.ok, LEFT)
    assert first.dialog.result() == 1
    second = Asking(tagged, program, tmp_path)
    assert second.dialog.format.id == "conll"
    assert second.dialog.options() == wanted
    assert second.dialog.split_form.splits().shares == (600, 300, 100)
    second.choose("iob2")
    assert second.dialog.options() == replace(wanted, clitics=Clitics.SPLIT)
    second.choose("conll")
    assert second.dialog.options() == wanted
    second.dialog.reject()
    program.settings.put("export", '{"format": 3}')
    third = Asking(tagged, program, tmp_path)
    assert third.dialog.options() == ExportOptions().within(third.dialog.format.abilities)
    third.dialog.reject()
