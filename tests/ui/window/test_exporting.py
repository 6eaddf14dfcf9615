# SPDX-License-Identifier: MIT
"""The export dialog: made from the registry, driven by keys and clicks, and telling beforehand what will be lost."""

import subprocess
import sys
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from annotator.exporters import EXTRAS, FORMATS, Abilities, Clitics, ExportOptions, LabelNames, Overlap, Reason, Unit
from annotator.exporters.splitting import SplitBy
from annotator.model.article import ArticleState
from annotator.ops import tags
from annotator.ops.exporting import export, preview
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.exporting.abilities import ABILITY_NAMES
from annotator.ui.exporting.destinations import renamed
from annotator.ui.exporting.losses import possible_losses
from annotator.ui.exporting.material import Material

#: What the form of choices shows or hides, and is no mark of what is carried.
_CHOICES = {"clitics", "cuts", "names", "offset_unit"}
LEFT = Qt.MouseButton.LeftButton


def plain(text):
    return text.translate(str.maketrans("", "", "\u2068\u2069\u200f"))


def turn(widget):
    """Turn the wheel over a widget by one notch."""
    middle = QPointF(widget.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


class Asking:
    """A user in front of the dialog."""

    def __init__(self, seeds, program, folder, selected=()):
        self.qtbot, self.session = seeds.qtbot, seeds.session
        material = Material(seeds.session, program.settings, folder, selected)
        self.dialog = ExportDialog(seeds.window, material)
        self.qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.qtbot.waitUntil(self._is_active)

    def _is_active(self):
        # The window before it may still be told that it is the active one.
        self.dialog.activateWindow()
        return QApplication.activeWindow() is self.dialog

    def choose(self, format_id):
        view = self.dialog.formats
        QTest.keyClick(view, Qt.Key.Key_Home)
        for _ in range(list(FORMATS).index(format_id)):
            QTest.keyClick(view, Qt.Key.Key_Down)
        assert self.dialog.format.id == format_id

    def turn_to(self, page):
        self.dialog.tabs.setCurrentIndex(page)

    def take(self, box, value):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.findData(value)):
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentData() == value

    def tick_only(self, pick, place):
        """Unfold a list, take all ticks away, and tick one row by the space bar."""
        QTest.mouseClick(pick.head, LEFT)
        QTest.mouseClick(pick._none, LEFT)
        pick.list.setFocus()
        for _ in range(place):
            QTest.keyClick(pick.list, Qt.Key.Key_Down)
        QTest.keyClick(pick.list, Qt.Key.Key_Space)

    def counted(self):
        self.qtbot.waitUntil(lambda: not self.dialog.preview.is_busy, timeout=10_000)

    def losses(self):
        return [[plain(cell) for cell in row] for row in self.dialog.outlook.model.rows]


@pytest.fixture
def tagged(seeds):
    """The seeds with a tag in a tag, a tag in a word and a plain one in the first article."""
    project, article = seeds.session.project, seeds.session.article_id
    start, end = seeds.find("غانتس")
    for bounds in ((start, end), (start - 2, end), (start + 1, end)):
        seeds.session.run(tags.add_tag, article, *bounds, "ACTOR")
    other = project.articles()[1].id
    seeds.session.run(tags.add_tag, other, 0, 4, "EVENT")
    return seeds


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


def test_a_count_that_fails_says_why(asking, monkeypatch, tagged):
    from annotator.errors import UserError
    from annotator.ui.exporting import preview as module

    def fail(*_arguments):
        raise UserError("disk_full", path="x")

    monkeypatch.setattr(module, "preview", fail)
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
    QTest.keyClicks(choices.licence, "CC0-1.0")
    assert asking.dialog.options() == ExportOptions(
        labels=frozenset({"EVENT"}),
        states=frozenset({ArticleState.DONE}),
        unit=Unit.SENTENCE,
        overlap=Overlap.FIRST,
        names=LabelNames.ARABIC,
        without_boilerplate=True,
        anonymise=True,
        licence="CC0-1.0",
    )
    asking.choose("xlsx")
    assert asking.dialog.options().within(FORMATS["xlsx"].abilities) == asking.dialog.options()


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


def test_whatever_is_lost_was_told_to_be_possible(tagged):
    cut = ExportOptions(clitics=Clitics.SKIP, overlap=Overlap.FIRST, unit=Unit.SENTENCE, labels=frozenset({"ACTOR"}))
    for kind in FORMATS.values():
        if kind.extra is None or EXTRAS[kind.extra].installed:
            for options in (ExportOptions(), cut):
                lost = {loss.reason for loss in preview(tagged.session.project, kind.id, options).losses}
                assert lost <= set(possible_losses(kind, options)), kind.id


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


def test_a_window_starts_without_the_formats():
    program = "import sys, annotator.ui.app, annotator.ui.main_window, annotator.ui.desk, annotator.ui.files"
    late = ("annotator.exporters", "annotator.ui.exporting", "annotator.ops.exporting", "annotator.ui.dialogs.export")
    asked = f"{program}; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
