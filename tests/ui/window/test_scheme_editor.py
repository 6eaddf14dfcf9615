# SPDX-License-Identifier: MIT
"""The editor of the scheme, by mouse and keyboard: what it changes and refuses, what the window makes of it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QColorDialog, QFileDialog, QToolButton, QWidget

from annotator.model.attributes import AttributeKind
from annotator.model.names import Name
from annotator.model.scheme_file import parse_scheme
from annotator.ops import history, tags
from annotator.ops.projects import load_scheme
from annotator.ops.scheme import change_scheme
from annotator.ops.scheme_files import shipped_path
from annotator.project import Project
from annotator.ui.dialogs.prompts import LossDialog
from annotator.ui.scheme.color_field import ColorField
from annotator.ui.scheme.default_field import DefaultField
from annotator.ui.scheme.dialog import SchemeDialog
from annotator.ui.scheme.files import NewProject, NewSchemeDialog
from annotator.ui.scheme.guideline_field import GuidelineField
from annotator.ui.scheme.part_fields import (
    ChoiceField,
    ExamplesField,
    IdField,
    KeyField,
    NameField,
    SwitchField,
    TextsField,
    TicksField,
)
from annotator.ui.scheme.places import SCHEME, Kind, PartKey

from .conftest import Dialogs, Hand

LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ACTOR, EVENT = PartKey(Kind.LABEL, "ACTOR"), PartKey(Kind.LABEL, "EVENT")


@pytest.fixture
def editor(seeds: Hand) -> Iterator[SchemeDialog]:
    """The editor, open over a project in which two words are tagged."""
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.session.run(tags.add_tag, seeds.session.article_id, *seeds.find("حماس"), "PLACE")
    window = seeds.window
    dialog = SchemeDialog(window, seeds.session, window.settings, window.scheme_ways.reserved_keys())
    dialog.show()
    QApplication.processEvents()
    yield dialog
    if seeds.session.is_open:
        dialog.draft.restart(seeds.session.project.scheme)
    dialog.close()
    dialog.deleteLater()


def press(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled(), button.text()
    QTest.mouseClick(button, LEFT)


def type_in(field: QWidget, text: str) -> None:
    """Type on any keyboard; `QTest.keyClicks` knows Latin ones only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def write(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    type_in(field, text)


def names(editor: SchemeDialog) -> tuple[str, ...]:
    return tuple(label.id for label in editor.draft.scheme.all_labels)


def test_a_label_is_made_and_saved_and_the_window_shows_it_at_once(editor: SchemeDialog, seeds: Hand) -> None:
    assert not editor.ok.isEnabled()
    editor.choose(ACTOR)
    editor.add_part(Kind.LABEL)
    name = editor.form.field("name")
    assert isinstance(name, NameField)
    assert QApplication.focusWidget() is name.english
    type_in(name.english, "Weapon system")  # in place of what it is called as long as nobody says
    write(name.arabic, "سلاح")
    assert editor.view.current == PartKey(Kind.LABEL, "WEAPON_SYSTEM")
    key = editor.form.field("shortcut")
    assert isinstance(key, KeyField)
    key.line.setFocus()
    QTest.keyClick(key.line, Qt.Key.Key_7)
    color = editor.form.field("color")
    assert isinstance(color, ColorField)
    QTest.mouseClick(color.buttons["#7c3aed"], LEFT)
    assert editor.problem.text() == ""
    here, article = seeds.view.verticalScrollBar().value(), seeds.session.article_id
    press(editor.save_button)
    made = seeds.session.project.scheme.label("WEAPON_SYSTEM")
    assert (made.name, made.shortcut, made.color) == (Name("Weapon system", "سلاح"), "7", "#7c3aed")
    assert made.layer_id == "actor"
    assert not editor.draft.is_changed
    editor.reject()
    assert (seeds.view.verticalScrollBar().value(), seeds.session.article_id) == (here, article)
    assert seeds.window.action("label.WEAPON_SYSTEM").text() == "Tag as \u2068Weapon system\u2069"
    seeds.window.activateWindow()
    assert QTest.qWaitForWindowActive(seeds.window)
    seeds.view.setFocus()
    seeds.tag("إيران", Qt.Key.Key_7)
    assert "WEAPON_SYSTEM" in seeds.labels()


def test_undo_and_redo_in_the_window_take_the_scheme_along(editor: SchemeDialog, seeds: Hand) -> None:
    editor.draft.change(ACTOR, "name", Name("Participant", "مشارك"))
    assert editor.save()
    editor.reject()
    before = seeds.window.desk
    seeds.window.undo()
    assert seeds.window.desk is not before
    assert seeds.window.action("label.ACTOR").text() == "Tag as \u2068Actor\u2069"
    seeds.window.redo()
    assert seeds.window.action("label.ACTOR").text() == "Tag as \u2068Participant\u2069"
    assert sorted(seeds.labels()) == ["ACTOR", "PLACE"]


def test_names_ids_and_ids_that_cannot_be(editor: SchemeDialog) -> None:
    editor.choose(PartKey(Kind.GROUP, Kind.LAYER))
    editor.add_part(Kind.LABEL)
    field = editor.form.field("id")
    assert isinstance(field, IdField)
    assert field.line.text() == "NEW_LABEL"
    write(field.line, "ACTOR")
    assert field._problem.isVisible()
    assert "ACTOR" in field.line.text()
    assert names(editor).count("ACTOR") == 1
    write(field.line, "1 ش")
    assert field._problem.isVisible()
    write(field.line, "ROCKET")
    assert not field._problem.isVisible()
    assert editor.view.current == PartKey(Kind.LABEL, "ROCKET")
    write(editor.form.field("name").english, "Another name")  # type: ignore[attr-defined]
    assert editor.view.current == PartKey(Kind.LABEL, "ROCKET")
    editor.choose(ACTOR)
    assert editor.form.field("id").line.isReadOnly()  # type: ignore[attr-defined]


def test_a_key_that_is_taken_is_told_at_once_and_nothing_is_lost(editor: SchemeDialog) -> None:
    editor.choose(EVENT)
    field = editor.form.field("shortcut")
    assert isinstance(field, KeyField)
    field.line.setFocus()
    QTest.keyClick(field.line, Qt.Key.Key_N)  # the window's: a note
    assert "note" in field._problem.text()
    QTest.keyClick(field.line, Qt.Key.Key_1)
    assert "Actor" in field._problem.text()
    assert field.line.text() == "2"
    type_in(field.line, "٩")
    assert (field.line.text(), field._problem.isVisible()) == ("9", False)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert editor.draft.scheme.label("EVENT").shortcut == ""


def test_order_by_keyboard_and_by_dragging(editor: SchemeDialog) -> None:
    QAbstractItemModelTester(editor.tree, QAbstractItemModelTester.FailureReportingMode.Warning)
    place = PartKey(Kind.LABEL, "PLACE")
    editor.choose(place)
    editor.view.setFocus()
    QTest.keyClick(editor.view, Qt.Key.Key_Down, ALT)
    assert names(editor)[-2:] == ("TIME", "PLACE")
    QTest.keyClick(editor.view, Qt.Key.Key_Down, ALT)
    assert names(editor)[-1] == "PLACE"
    QTest.keyClick(editor.view, Qt.Key.Key_Up, ALT)
    assert names(editor)[-2:] == ("PLACE", "TIME")
    assert editor.view.current == place
    dragged = editor.tree.mimeData([editor.tree.index_of(place)])
    actors = editor.tree.index_of(PartKey(Kind.LAYER, "actor"))
    move = Qt.DropAction.MoveAction
    assert editor.tree.dropMimeData(dragged, move, 0, 0, actors)
    assert editor.draft.scheme.label("PLACE").layer_id == "actor"
    assert [label.id for label in editor.draft.scheme.labels_of("actor")] == ["PLACE", "ACTOR"]
    # Nothing has a place where it does not belong.
    relations = editor.tree.index_of(PartKey(Kind.GROUP, Kind.RELATION))
    for there in (relations, QModelIndex()):
        assert not editor.tree.canDropMimeData(dragged, move, 0, 0, there)
        assert not editor.tree.dropMimeData(dragged, move, 0, 0, there)
    assert not editor.tree.dropMimeData(QMimeData(), move, 0, 0, actors)


def test_values_are_put_in_order_and_ticked(editor: SchemeDialog) -> None:
    visit = PartKey(Kind.VALUE, "visit", "mode")
    editor.choose(visit)
    within = editor.form.field("within")
    assert isinstance(within, TicksField)
    assert within.buttons["CONSULT"].isChecked()
    QTest.mouseClick(within.buttons["PROTEST"], LEFT)
    value = editor.draft.scheme.attribute("mode").value("visit")
    assert value is not None
    assert set(value.within) == {"CONSULT", "PROTEST"}
    press(editor.down)
    assert editor.draft.scheme.attribute("mode").values[1].id == "visit"
    dragged = editor.tree.mimeData([editor.tree.index_of(visit)])
    other = editor.tree.index_of(PartKey(Kind.ATTRIBUTE, "type"))
    assert not editor.tree.dropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, other)


def test_an_attribute_of_each_kind_and_its_values_come_back(editor: SchemeDialog) -> None:
    key = PartKey(Kind.ATTRIBUTE, "mention")
    editor.choose(key)
    kind = editor.form.field("kind")
    assert isinstance(kind, ChoiceField)
    values = editor.draft.scheme.attribute("mention").values
    for each in AttributeKind:
        kind.box.setCurrentIndex(kind.box.findData(str(each)))
        kind.box.activated.emit(kind.box.currentIndex())
        assert editor.draft.scheme.attribute("mention").kind is each
        assert editor.problem.text() == ""
    kind.box.setCurrentIndex(kind.box.findData("choice"))
    kind.box.activated.emit(kind.box.currentIndex())
    assert editor.draft.scheme.attribute("mention").values == values
    assert editor.draft.scheme.attribute("mention").default is None


def test_problems_are_told_in_words_and_lead_there(editor: SchemeDialog, dialogs: Dialogs) -> None:
    editor.choose(PartKey(Kind.GROUP, Kind.RELATION))
    editor.add_part(Kind.RELATION)
    assert "which labels it starts from" in editor.problem.text()
    assert not editor.ok.isEnabled()
    editor.accept()
    assert dialogs.names()[-1] == "MessageDialog"
    editor.choose(SCHEME)
    press(editor.show_problem)
    assert editor.view.current.id == "NEW_RELATION"
    for end, label in (("sources", "EVENT"), ("targets", "PLACE")):
        field = editor.form.field(end)
        assert isinstance(field, TicksField)
        QTest.mouseClick(field.buttons[label], LEFT)
    assert editor.problem.text() == ""
    required = editor.form.field("required")
    assert isinstance(required, SwitchField)
    QTest.mouseClick(required.box, LEFT, pos=QPoint(8, required.box.height() // 2))
    assert editor.draft.scheme.relation_type("NEW_RELATION").required
    assert editor.form.field("unless").isVisible()
    write(editor.form.field("name").english, "")  # type: ignore[attr-defined]
    write(editor.form.field("name").arabic, " ")  # type: ignore[attr-defined]


def test_what_is_in_use_is_archived_and_what_is_not_deleted(
    editor: SchemeDialog, dialogs: Dialogs, seeds: Hand
) -> None:
    editor.choose(ACTOR)
    assert "1 tag" in editor.used.full_text
    assert not editor.delete.isEnabled()
    editor.view.setFocus()
    QTest.keyClick(editor.view, Qt.Key.Key_Delete)
    assert "Archive" in dialogs.text()
    press(editor.archive)
    assert editor.draft.scheme.label("ACTOR").archived
    assert editor.view.current == ACTOR  # shown, as archived
    assert str(editor.tree.index_of(ACTOR).data()).endswith("(archived)")
    QTest.mouseClick(editor.archived, LEFT, pos=QPoint(8, editor.archived.height() // 2))
    assert not editor.tree.index_of(ACTOR).isValid()
    editor.choose(PartKey(Kind.LABEL, "TIME"))
    press(editor.delete)
    assert "TIME" not in names(editor)
    assert editor.draft.scheme.relation_type("TIME").targets == ()
    assert "Say of" in editor.problem.text()
    editor.choose(PartKey(Kind.RELATION, "TIME"))
    press(editor.delete)
    assert editor.save(), editor.problem.text()
    assert [span.label_id for span in seeds.session.spans()] == ["PLACE", "ACTOR"]
    seeds.window.undo()
    assert seeds.session.project.scheme.label("TIME").shortcut == "5"


def test_merging_asks_with_the_counts_and_is_an_act_of_its_own(
    editor: SchemeDialog, dialogs: Dialogs, seeds: Hand
) -> None:
    editor.choose(PartKey(Kind.LABEL, "PLACE"))
    editor.draft.change(ACTOR, "name", Name("Participant", "مشارك"))
    press(editor.merge_button)  # there is something to save, and the answer is no
    assert dialogs.names()[-1] == "ConfirmDialog"
    assert "PLACE" in names(editor)
    dialogs.answers |= {"ConfirmDialog": True, "TargetDialog": "ACTOR"}
    press(editor.merge_button)
    assert "1 tag has this label" in dialogs.text()
    assert "PLACE" not in names(editor)
    assert seeds.labels() == ["ACTOR", "ACTOR"]
    assert seeds.session.project.scheme.label("ACTOR").name.en == "Participant"
    seeds.window.undo()
    assert sorted(seeds.labels()) == ["ACTOR", "PLACE"]
    seeds.window.redo()
    assert seeds.labels() == ["ACTOR", "ACTOR"]


def test_moving_tags_leaves_the_label(editor: SchemeDialog, dialogs: Dialogs, seeds: Hand) -> None:
    editor.choose(PartKey(Kind.LABEL, "PLACE"))
    press(editor.move_button)
    assert sorted(seeds.labels()) == ["ACTOR", "PLACE"]
    dialogs.answers["TargetDialog"] = "EVENT"
    press(editor.move_button)
    assert sorted(seeds.labels()) == ["ACTOR", "EVENT"]
    assert "PLACE" in names(editor)


def test_undo_in_the_editor_is_by_field_and_cancel_asks(editor: SchemeDialog, dialogs: Dialogs) -> None:
    start = editor.draft.scheme
    editor.choose(ACTOR)
    field = editor.form.field("name")
    assert isinstance(field, NameField)
    write(field.english, "Who acts")
    editor.draft.undo()
    assert editor.draft.scheme == start
    assert field.english.text() == "Actor"
    editor.draft.redo()
    assert field.english.text() == "Who acts"
    editor.reject()
    assert (editor.isVisible(), dialogs.names()[-1]) == (True, "ConfirmDialog")
    dialogs.answers["ConfirmDialog"] = True
    editor.close()
    assert not editor.isVisible()


def test_a_shipped_scheme_with_clashes(editor: SchemeDialog, dialogs: Dialogs, seeds: Hand) -> None:
    editor.files.load(shipped_path("stance"))
    assert "1 tag has the label \u2068Place\u2069, which this scheme lacks." in dialogs.text()
    assert "1 tag has a value of \u2068Mention\u2069, which this scheme lacks." in dialogs.text()
    assert not editor.draft.is_changed  # the answer was no
    dialogs.answers["ConfirmDialog"] = True
    editor.files.load(shipped_path("stance"))
    assert editor.draft.is_changed
    assert editor.save()
    assert sorted(seeds.labels()) == ["ACTOR", "PLACE"]
    place = seeds.session.project.scheme.label("PLACE")
    assert place.archived
    seeds.window.undo()
    assert not seeds.session.project.scheme.label("PLACE").archived


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"format": "tawsim-scheme/9"}', "لا شيء".encode(), b"\x00" * 50],
)
def test_files_that_are_no_schemes_change_nothing(
    editor: SchemeDialog, dialogs: Dialogs, tmp_path: Path, content: bytes
) -> None:
    start = editor.draft.scheme
    path = tmp_path / "scheme.json"
    path.write_bytes(content)
    for bad in (path, tmp_path / "missing.json", tmp_path):
        editor.files.load(bad)
        assert dialogs.names()[-1] == "MessageDialog"
    assert editor.draft.scheme == start


def test_a_scheme_is_written_and_read_again(
    editor: SchemeDialog, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    editor.files._ask_save()
    written = path.with_suffix(".json")
    assert replace(load_scheme(written), version=0) == replace(editor.draft.scheme, version=0)
    assert parse_scheme(written.read_text(encoding="utf-8"), where="x").name == editor.draft.scheme.name
    asked = len(dialogs.asked)
    editor.files.save(tmp_path / "none" / "s.json")
    editor.files.save(editor.session.project.path)
    assert dialogs.names()[asked:] == ["MessageDialog", "MessageDialog"]


def test_the_guideline_is_written_in_two_tabs_or_taken_from_a_file(
    editor: SchemeDialog, dialogs: Dialogs, tmp_path: Path
) -> None:
    editor.choose(SCHEME)
    field = editor.form.field("guideline")
    assert isinstance(field, GuidelineField)
    path = tmp_path / "rules.md"
    path.write_bytes("\ufeff# Rules\r\n- one".encode())
    field.take_file(path)
    assert editor.draft.scheme.guideline.en == "# Rules\n- one"
    field.tabs.setCurrentIndex(1)
    field.boxes["ar"].setFocus()
    type_in(field.boxes["ar"], "س")
    assert editor.draft.scheme.guideline.ar.startswith("س")
    before = editor.draft.scheme
    path.write_bytes(b"\xff\xff")
    for bad in (path, tmp_path / "none.md", tmp_path):
        field.take_file(bad)
        assert dialogs.names()[-1] == "MessageDialog"
    path.write_bytes(b"x" * 2_000_001)
    field.take_file(path)
    assert "too large" in dialogs.text()
    assert editor.draft.scheme == before


def test_a_scheme_that_cannot_be_saved_stays_in_the_editor(
    editor: SchemeDialog, dialogs: Dialogs, seeds: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.draft.change(ACTOR, "name", Name("\ud800", ""))
    changed = editor.draft.scheme
    assert not editor.save()
    assert dialogs.names()[-1] == "MessageDialog"
    assert editor.draft.scheme == changed


def test_a_project_that_is_only_read_can_be_looked_at(seeds: Hand, dialogs: Dialogs) -> None:
    path = seeds.session.project.path
    seeds.window.files.close_project()
    seeds.session.open(Project.open(path, read_only=True))
    window = seeds.window
    dialog = SchemeDialog(window, seeds.session, window.settings, {})
    dialog.show()
    dialog.choose(ACTOR)
    QApplication.processEvents()
    assert dialog.form.field("name").isVisible()
    assert not dialog.form.field("name").isEnabled()
    assert not dialog.add_menu.isEnabled()
    assert "read-only" in dialog.problem.text()
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Down, ALT)
    QTest.keyClick(dialog.view, Qt.Key.Key_Delete)
    assert not dialog.draft.is_changed
    dialog.reject()
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_the_command_opens_it_and_its_size_is_kept(seeds: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[SchemeDialog] = []

    def look(dialog: SchemeDialog) -> bool:
        opened.append(dialog)
        dialog.resize(760, 480)
        dialog.reject()
        return False

    monkeypatch.setattr(SchemeDialog, "agreed", look)
    seeds.press(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(opened) == 1
    for kept, size in (("760x480", (760, 480)), ("x", (640, 400)), ("99999x9", (640, 400)), ("", (640, 400))):
        seeds.window.settings.put("dialog.scheme", kept)
        seeds.window.action("scheme").trigger()
        assert opened[-1]._kept_size()[0] >= size[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_opens_quickly_with_all_parts_readable(seeds: Hand, language: str) -> None:
    window = seeds.window
    window.viewing.choose("language", language)
    for _ in range(2):
        begun = time.perf_counter()
        dialog = SchemeDialog(window, seeds.session, window.settings, {})
        dialog.show()
        QApplication.processEvents()
        took = time.perf_counter() - begun
        for key in list(dialog.tree._nodes):
            dialog.choose(key)
            assert dialog.form.key == key
        dialog.resize(640, 400)
        QApplication.processEvents()
        for page in dialog.form._pages.values():
            assert page.minimumSizeHint().width() <= dialog.form.viewport().width()
        assert dialog.buttons.geometry().bottom() <= dialog.height()
        dialog.reject()
        dialog.deleteLater()
    assert took < 1  # the benchmark says how quickly; this only that nothing is counted or read


def test_the_scheme_of_a_new_project_is_chosen(
    seeds: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    dialogs.answers["NewSchemeDialog"] = None
    seeds.window.action("new").trigger()
    assert not (tmp_path / "mine.tawsim").exists()
    dialogs.answers["NewSchemeDialog"] = NewProject(shipped_path("stance"))
    seeds.window.action("new").trigger()
    assert seeds.session.project.scheme.id == load_scheme(shipped_path("stance")).id


def test_a_file_can_be_offered_for_a_new_project(seeds: Hand, tmp_path: Path, dialogs: Dialogs) -> None:
    dialog = NewSchemeDialog(seeds.window)
    assert dialog.box.currentText() == "Actors, events and stance"
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    dialog.take_file(bad)
    assert (dialogs.names()[-1], dialog.box.count()) == ("MessageDialog", 3)
    dialog.take_file(shipped_path("actors"))
    assert dialog.box.currentData() == str(shipped_path("actors"))
    dialog.deleteLater()


def test_a_scheme_act_of_another_place_is_heard_while_a_tag_is_current(seeds: Hand) -> None:
    """Redo may bring back labels that the views of now do not know."""
    tag = seeds.tag("غانتس", Qt.Key.Key_1)
    scheme = seeds.session.project.scheme
    label = replace(scheme.label("ACTOR"), id="OTHER", shortcut="8")
    seeds.session.run(change_scheme, replace(scheme, all_labels=(*scheme.all_labels, label)))
    assert seeds.session.tag_id == tag
    seeds.session.run(tags.set_label, tag, "OTHER")
    assert seeds.labels() == ["OTHER"]
    seeds.session.run(history.undo)
    seeds.session.run(history.undo)
    assert "label.OTHER" not in seeds.window.commands.actions  # type: ignore[union-attr]


def test_the_menus_offer_what_can_be_done(editor: SchemeDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(button: QToolButton) -> dict[str, QAction]:
        button.menu().aboutToShow.emit()
        return {action.text(): action for action in button.menu().actions() if action.text()}

    assert not shown(editor.add_menu)["Value of the attribute"].isEnabled()
    editor.choose(PartKey(Kind.ATTRIBUTE, "type"))
    shown(editor.add_menu)["Value of the attribute"].trigger()
    assert editor.view.current == PartKey(Kind.VALUE, "NEW_VALUE", "type")
    shown(editor.add_menu)["Label of articles"].trigger()
    assert editor.view.current.kind is Kind.DOCUMENT
    shown(editor.add_menu)["Attribute"].trigger()
    shown(editor.add_menu)["Layer of labels"].trigger()
    assert editor.view.current == PartKey(Kind.LAYER, "new_layer")
    assert editor.problem.text() == ""
    assert editor.save()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(shipped_path("default")), ""))
    shown(editor.file_button)["Load from file…"].trigger()
    assert editor.draft.is_changed


def test_any_colour_can_be_mixed(editor: SchemeDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    editor.choose(ACTOR)
    field = editor.form.field("color")
    assert isinstance(field, ColorField)
    for mixed, kept in ((QColor(), "#3b82f6"), (QColor("#123456"), "#123456")):
        monkeypatch.setattr(QColorDialog, "getColor", lambda *_, mixed=mixed: mixed)
        press(field.other)
        assert editor.draft.scheme.label("ACTOR").color == kept
    assert not any(each.isChecked() for each in field.buttons.values())
    assert ": the colour of \u2068Event" in field.buttons["#f59e0b"].toolTip()
    field.grab()


def test_what_is_typed_in_descriptions_and_examples_is_kept(editor: SchemeDialog) -> None:
    editor.choose(EVENT)
    examples = editor.form.field("examples")
    assert isinstance(examples, ExamplesField)
    examples.box.setFocus()
    examples.box.selectAll()
    type_in(examples.box, "«قصف» المخيم")
    QTest.keyClick(examples.box, Qt.Key.Key_Return)
    type_in(examples.box, " two ")
    assert editor.draft.scheme.label("EVENT").examples == ("«قصف» المخيم", "two")
    assert examples.box.toPlainText().endswith(" two ")  # what is being typed is not touched
    texts = editor.form.field("description")
    assert isinstance(texts, TextsField)
    texts.arabic.setFocus()
    texts.arabic.selectAll()
    type_in(texts.arabic, "وصف")
    editor.choose(ACTOR)
    editor.choose(EVENT)
    assert editor.draft.scheme.label("EVENT").description.ar == "وصف"
    assert texts.arabic.toPlainText() == "وصف"


def test_a_default_is_chosen_by_the_editor_of_tags_and_taken_away(editor: SchemeDialog) -> None:
    editor.choose(PartKey(Kind.ATTRIBUTE, "mention"))
    field = editor.form.field("default")
    assert isinstance(field, DefaultField)
    assert field.field is not None
    assert field.field.value() == "NAM"
    press(field.clear_button)
    assert editor.draft.scheme.attribute("mention").default is None
    field.field.set_value("NOM")
    field.field.edited.emit()
    assert editor.draft.scheme.attribute("mention").default == "NOM"
    assert editor.problem.text() == ""


def test_enter_alone_loses_no_changes(editor: SchemeDialog) -> None:
    question = LossDialog(editor, "Close?", "All would be lost.", "Close")
    question.show()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert question.result() == LossDialog.DialogCode.Rejected
