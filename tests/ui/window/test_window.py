# SPDX-License-Identifier: MIT
"""The window itself: language, theme, commands, models, settings, crashes."""

import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from annotator.exporters import EXTRAS
from annotator.log import shut_logging
from annotator.ops import articles
from annotator.ops import tags as tag_acts
from annotator.ops.history import redo, undo
from annotator.ops.importing import import_files
from annotator.ops.projects import default_scheme
from annotator.settings import SETTINGS
from annotator.ui.actions import Context, all_actions
from annotator.ui.app import close_safely, run_window
from annotator.ui.bounds import Edge, moved
from annotator.ui.dialogs.about import AboutDialog, ShortcutsDialog
from annotator.ui.dialogs.crash import CrashDialog, CrashGuard
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.export_report import ExportReportDialog
from annotator.ui.dialogs.history import HistoryDialog, HistoryModel
from annotator.ui.dialogs.import_report import ImportReportDialog, is_plain
from annotator.ui.dialogs.prompts import ConfirmDialog, LineDialog, NameDialog, NoteDialog
from annotator.ui.dialogs.settings import SettingsDialog
from annotator.ui.exporting.material import Material
from annotator.ui.main_window import MainWindow
from annotator.ui.memory import WindowSettings
from annotator.ui.panels.article_model import ArticleListModel
from annotator.ui.widgets import content_direction

FATAL = QAbstractItemModelTester.FailureReportingMode.Warning
RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


def test_the_language_changes_while_running_and_everything_stays(seeds):
    tag_id = seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    article_id = seeds.session.article_id
    seeds.view.select(*seeds.find("أردوغان"))
    selected = seeds.view.selection()
    seeds.window.action("language.ar").trigger()
    assert QApplication.layoutDirection() is RTL
    assert seeds.window.layoutDirection() is RTL
    assert seeds.window.desk.layoutDirection() is RTL
    assert seeds.window.menuBar().actions()[0].text() == "الم&شروع"
    assert (seeds.session.article_id, seeds.view.selection()) == (article_id, selected)
    assert seeds.window.desk.articles.view.currentIndex().row() == 1
    first, last = seeds.window.desk.articles, seeds.window.desk.inspector
    assert first.mapTo(seeds.window, first.rect().center()).x() > last.mapTo(seeds.window, last.rect().center()).x()
    seeds.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    seeds.session.select_tag(tag_id)
    seeds.window.action("language.en").trigger()
    assert seeds.session.tag_id == tag_id
    assert seeds.window.desk.inspector.details.quote.text() == "غانتس"
    assert seeds.window.status.position == "Tag 1 of 1 · Article 1 of 5"


def test_after_a_change_of_language_acts_are_done_once(seeds):
    seeds.window.action("language.ar").trigger()
    seeds.view.setFocus()
    seeds.tag("غانتس", Qt.Key.Key_1)
    assert seeds.labels() == ["ACTOR"]
    assert seeds.window.status.message == "وسم «\u2068غانتس\u2069» بتصنيف \u2068فاعل\u2069"
    assert seeds.window.status.saved == "كل شيء محفوظ · وسم واحد"
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.labels() == []
    assert len(seeds.session.project.history()) == 3


def test_qt_speaks_the_language_too(hand):
    hand.window.action("language.ar").trigger()
    boxes = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel), ConfirmDialog(hand.window, "x", "y", "z").buttons
    texts = [button.text() for box in boxes for button in box.buttons()]
    assert texts == ["ألغِ", "z", "إلغاء"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_changes_while_running(seeds, theme):
    seeds.window.action(f"theme.{theme}").trigger()
    page = seeds.window.desk.pane.palette().base().color()
    assert (page.lightness() < 128) == (theme == "dark")
    assert seeds.window.action(f"theme.{theme}").isChecked()


def test_the_text_is_set_as_the_settings_say(seeds, program, dialogs):
    height = seeds.view.document().size().height()
    dialogs.answers["SettingsDialog"] = {"text_size": 30.0, "text_font": "Vazirmatn", "annotator_name": "Omar"}
    seeds.window.action("settings").trigger()
    assert seeds.view.document().size().height() > height
    assert program.settings.text("annotator_name") == "Omar"
    seeds.window.action("zoom_in").trigger()
    assert seeds.view.zoom == pytest.approx(1.1)
    seeds.window.rebuild()
    assert seeds.view.zoom == pytest.approx(1.1)
    seeds.window.action("zoom_reset").trigger()
    assert seeds.view.zoom == 1.0
    seeds.window.action("invisibles").trigger()
    assert program.settings.switch("show_invisibles")
    before = program.settings.number("line_spacing")
    seeds.window.action("spacing_more").trigger()
    assert program.settings.number("line_spacing") == pytest.approx(before + 0.1)


def test_the_settings_dialog_shows_every_setting_that_is_to_be_shown(hand, program):
    dialog = SettingsDialog(hand.window, program.settings)
    assert set(dialog.controls) == {key for key, setting in SETTINGS.items() if setting.shown}
    values = dialog.values()
    assert values == {key: program.settings._value(key) for key in values}


def test_every_command_has_a_place_and_no_key_stands_for_two(seeds):
    specs = list(all_actions(default_scheme()))
    assert len({spec.id for spec in specs}) == len(specs)
    keys = [QKeySequence(key).toString() for spec in specs for key in spec.keys]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    reachable = {action for menu in seeds.window.menuBar().actions() for action in _inside(menu.menu())}
    assert {spec.id for spec in specs} <= reachable
    assert len(seeds.window.menuBar().actions()) == len({spec.menu for spec in specs})
    assert all(menu.menu().actions() for menu in seeds.window.menuBar().actions())


def test_pictures_of_commands_are_drawn_before_they_are_seen(seeds):
    for_menus, for_toolbar = seeds.window.action("article_note"), seeds.window.action("find")
    assert not for_toolbar.icon().isNull()
    assert for_menus.icon().isNull()
    seeds.window.commands.context_menu(Context.ARTICLES, seeds.window).aboutToShow.emit()
    assert not for_menus.icon().isNull()


def _inside(menu):
    for action in menu.actions():
        yield action.objectName()
        if action.menu() is not None:
            yield from _inside(action.menu())


def test_commands_that_make_no_sense_are_off(hand):
    on = {spec_id for spec_id, action in hand.window.commands.actions.items() if action.isEnabled()}
    assert "open" in on
    assert not on & {"undo", "redo", "export", "find", "delete_tag", "zoom_in", "done"}


def test_models_keep_the_rules_of_qt(seeds):
    panel, inspector = seeds.window.desk.articles, seeds.window.desk.inspector
    testers = [QAbstractItemModelTester(model, FATAL) for model in (panel.model, inspector.model)]
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.tag("حماس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_Delete)
    panel.filter.setText("غانتس")
    panel.filter.clear()
    history = HistoryModel(seeds.session.project)
    testers.append(QAbstractItemModelTester(history, FATAL))
    assert history.rowCount() == 4
    assert len(testers) == 3


def test_a_long_list_is_there_at_once_and_read_in_turns(seeds, tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.ui.panels.article_model._TURN", 100)
    monkeypatch.setattr("annotator.ui.panels.article_model._FILTER_TURN", 100)
    for number in range(450):
        (tmp_path / f"{number:04}.txt").write_text(f"Article {number}", encoding="utf-8")
    changes, _ = import_files(seeds.session.project, [tmp_path])
    model = ArticleListModel(seeds.session)
    tester = QAbstractItemModelTester(model, FATAL)
    model.reload()
    assert tester.model() is model
    assert model.rowCount() == 455, "the scroll bar is true from the beginning"
    assert not model.is_read
    third = seeds.session.project.articles(302, 1)[0]
    assert model.index_of(third.id).row() == 302
    assert model.index(302).data() == third.title
    last = seeds.session.project.articles(454, 1)[0].id
    assert model.index_of(last).row() == 454
    with seeds.qtbot.waitSignal(model.read):
        pass
    assert model.index_of(last).row() == 454
    assert model.articles_in(453, 454) == [each.id for each in seeds.session.project.articles(453)]
    with seeds.qtbot.waitSignal(model.read):
        model.set_filter("Article 449")
    assert model.rowCount() == 1
    with seeds.qtbot.waitSignal(model.read):
        model.apply(changes)
    assert model.rowCount() == 1


def test_ids_are_not_read_again_after_an_act_at_the_end_of_the_list(seeds, tmp_path, monkeypatch):
    project = seeds.session.project
    model = ArticleListModel(seeds.session)
    tester = QAbstractItemModelTester(model, FATAL)
    model.reload()
    assert tester.model() is model
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    for number in range(60):
        (tmp_path / f"{number:04}.txt").write_text(f"Article {number}", encoding="utf-8")

    def listed():
        return model.articles_in(0, model.rowCount() - 1)

    before = listed()
    changes, _ = import_files(project, [tmp_path])
    model.apply(changes)
    assert listed() == project.article_ids()
    assert model.index(64).data() == "Article 59"
    model.apply(undo(project))
    assert listed() == project.article_ids() == before
    model.apply(redo(project))
    model.apply(articles.remove(project, project.article_ids()[-2:]))
    assert listed() == project.article_ids()
    assert not resets
    model.apply(articles.remove(project, project.article_ids()[:2]))
    assert listed() == project.article_ids()
    assert resets == [1], "what is not at the end moves the rest"
    model.apply(undo(project))
    assert listed() == project.article_ids()
    assert model.count == model.rowCount() == 63
    acts = [articles.remove(project, project.article_ids()[-2:]) for _ in range(2)]
    for changes in acts:  # of another program: the next one may be done before the first is told
        model.apply(changes)
        assert listed() == project.article_ids()


def test_screen_readers_find_names(seeds):
    desk = seeds.window.desk
    roles = {
        desk.pane.view: (QAccessible.Role.EditableText, "Article text"),
        desk.articles.view: (QAccessible.Role.Table, "List of articles"),
        desk.inspector.view: (QAccessible.Role.List, "List of tags"),
    }
    for widget, (role, name) in roles.items():
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name) == name
        assert interface.role() in (role, QAccessible.Role.StaticText)
    row = desk.articles.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.endswith("Untouched, 0 tags")


def test_dialogs_are_built_in_both_languages(seeds, program, tmp_path, monkeypatch):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("مقال آخر", encoding="utf-8")
    _, report = import_files(seeds.session.project, [tmp_path])
    assert not is_plain(report)
    monkeypatch.setattr(type(EXTRAS["spacy"]), "installed", property(lambda _self: False))
    for language in ("ar", "en"):
        seeds.window.viewing.choose("language", language)
        window = seeds.window
        shown = [
            AboutDialog(window),
            ShortcutsDialog(window, window.commands.keys_table()),
            HistoryDialog(window, seeds.session.project),
            ImportReportDialog(window, report),
            ExportDialog(window, Material(seeds.session, program.settings, tmp_path)),
            NameDialog(window, "x"),
            LineDialog(window, "a", "b", "c"),
            NoteDialog(window, "a", "b"),
            CrashDialog(window, "details", tmp_path / "log"),
        ]
        for dialog in shown:
            seeds.qtbot.addWidget(dialog)
            assert dialog.layoutDirection() is (RTL if language == "ar" else LTR)
            assert not dialog.grab().isNull()


def test_the_import_report_offers_another_encoding(seeds, tmp_path):
    (tmp_path / "a.txt").write_text("مقال", encoding="utf-8")
    _, report = import_files(seeds.session.project, [tmp_path])
    dialog = ImportReportDialog(seeds.window, report)
    seeds.qtbot.addWidget(dialog)
    assert dialog.again_button.isEnabled()  # the first line is chosen
    dialog.encodings.setCurrentText("windows-1256")
    QTest.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    assert dialog.again.encoding == "windows-1256"
    assert dialog.again.articles == (report.files[0].article_id,)


def test_the_export_dialog_says_how_to_get_what_is_missing(seeds, program, tmp_path, monkeypatch):
    monkeypatch.setattr(type(EXTRAS["spacy"]), "installed", property(lambda _self: False))
    dialog = ExportDialog(seeds.window, Material(seeds.session, program.settings, tmp_path))
    seeds.qtbot.addWidget(dialog)
    dialog.list.choose("spacy")
    assert "pip install" in dialog.outlook.missing.text()
    assert not dialog.ok.isEnabled()
    dialog.list.choose("jsonl")
    assert dialog.ok.isEnabled()
    assert dialog.wish().destination == tmp_path / "seeds.jsonl"
    dialog.reject()


def test_the_export_report_lists_losses(seeds, tmp_path, dialogs, monkeypatch):
    start, end = seeds.find("غانتس")
    for bounds in ((start, end), (start - 2, end)):
        seeds.session.run(tag_acts.add_tag, seeds.session.article_id, *bounds, "ACTOR")
    from annotator.ops.exporting import export

    report = export(seeds.session.project, "conll", tmp_path / "x.conll")
    monkeypatch.undo()
    dialog = ExportReportDialog(seeds.window, report)
    seeds.qtbot.addWidget(dialog)
    assert dialog.model.rowCount() == len(report.losses) > 0
    assert "Tags in the project: 2." in dialog.summary.text()


@pytest.mark.parametrize("hook", ["main", "thread"])
def test_a_bug_is_told_and_the_project_closed(seeds, program, dialogs, caplog, hook, monkeypatch):
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    guard = CrashGuard(lambda: close_safely(program), None)
    guard.install()
    error = ZeroDivisionError("غانتس by zero")
    if hook == "main":
        sys.excepthook(type(error), error, None)
    else:
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    seeds.qtbot.waitUntil(lambda: bool(dialogs.asked))
    assert dialogs.names() == ["CrashDialog"]
    assert "ZeroDivisionError" in dialogs.text()
    assert not seeds.session.is_open
    assert seeds.window.start_page is not None
    assert "A bug: ZeroDivisionError" in caplog.text
    assert "غانتس" not in caplog.text


def test_the_window_may_be_built_anew_behind_a_dialog(seeds, monkeypatch):
    """As where the system becomes dark: the command that opened it is gone when it returns."""

    def ask(*_):
        seeds.window.restyle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    monkeypatch.setattr(AboutDialog, "ask", ask)
    with seeds.qtbot.captureExceptions() as caught:
        seeds.window.action("about").trigger()
    assert not caught


def test_what_is_copied_of_a_bug_quotes_nothing_unless_the_user_says_so(qtbot):
    dialog = CrashDialog(None, "view.py:7 ValueError", None, message="ValueError: غانتس")
    qtbot.addWidget(dialog)
    assert "view.py:7" in dialog.box.toPlainText()
    assert "غانتس" not in dialog.details
    dialog.with_message.click()
    assert "غانتس" in dialog.details
    assert dialog.box.toPlainText() == dialog.details


def test_the_report_of_a_bug_is_saved_with_the_log(qtbot, tmp_path, monkeypatch):
    log, report = tmp_path / "tawsim.log", tmp_path / "report.txt"
    log.write_text("what was logged")
    dialog = CrashDialog(None, "view.py:7 ValueError", log, message="ValueError: غانتس")
    qtbot.addWidget(dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    dialog.save_button.click()
    assert "view.py:7" in report.read_text(encoding="utf-8")
    assert report.read_text(encoding="utf-8").endswith("what was logged")
    assert "غانتس" not in report.read_text(encoding="utf-8")
    dialog.save(tmp_path / "gone" / "report.txt")
    assert "could not be written" in dialog.box.toPlainText()


@pytest.mark.parametrize(
    ("bounds", "edge", "forward", "by_word", "expected"),
    [
        ((5, 7), Edge.END, True, True, (5, 11)),
        ((5, 11), Edge.END, False, True, (5, 7)),
        ((5, 7), Edge.START, False, True, (0, 7)),
        ((0, 7), Edge.START, True, True, (5, 7)),
        ((5, 7), Edge.START, True, True, (5, 7)),
        ((5, 7), Edge.END, False, False, (5, 6)),
        ((0, 3), Edge.START, False, False, (0, 3)),
    ],
)
def test_moving_an_edge(bounds, edge, forward, by_word, expected):
    assert moved("حماس في غزة", *bounds, edge, forward=forward, by_word=by_word) == expected


def test_text_runs_by_its_content():
    assert content_direction("حماس Hamas") is RTL
    assert content_direction("Hamas حماس") is LTR


def test_the_program_runs_from_the_command_line(qapp, qtbot, settings, dialogs, monkeypatch):
    def live(_app=None):
        window = next(w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        qtbot.waitUntil(lambda: window.is_working and not window.jobs.busy)
        assert window.desk.articles.model.count == 5
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", live)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    try:
        assert run_window(seeds=True) == 0
    finally:
        shut_logging()
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def test_settings_that_cannot_be_written_hold_for_this_run(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way of a folder")
    settings = WindowSettings(tmp_path / "file" / "settings.json")
    settings.set("theme", "dark")
    assert settings.text("theme") == "dark"
    assert "could not be written" in caplog.text


def test_the_window_remembers_its_parts_in_each_direction(seeds, program):
    seeds.window.desk.splitter.setSizes([300, 500, 300])
    sizes = seeds.window.desk.splitter.sizes()
    seeds.window.action("language.ar").trigger()
    assert program.settings.get("window.ltr.splitter")
    seeds.window.action("language.en").trigger()
    seeds.qtbot.waitUntil(lambda: seeds.window.desk.splitter.sizes() == sizes)
    seeds.window.close()
    assert program.settings.get("window.ltr.geometry")
