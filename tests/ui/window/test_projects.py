# SPDX-License-Identifier: MIT
"""Opening, importing, exporting and closing, by the window."""

import sqlite3
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator import i18n, paths
from annotator.errors import UserError
from annotator.exporters import FORMATS, ExportOptions
from annotator.importers import articles as importing
from annotator.ops.projects import new_project
from annotator.ui.dialogs.export import Wish
from annotator.ui.dialogs.import_report import Again, ImportReportDialog, summary
from annotator.ui.tour.hand import drop_files


@pytest.fixture
def folder(tmp_path):
    result = tmp_path / "أخبار"
    result.mkdir()
    (result / "1.txt").write_text("حماس في أنقرة\nنص المقال الأول", encoding="utf-8")
    (result / "2.txt").write_bytes("غانتس يبحث مع أردوغان ووزير دفاعه تقوية العلاقات الأمنية".encode("windows-1256"))
    (result / "3.txt").write_bytes(b"")
    return result


@pytest.fixture
def empty(hand, tmp_path):
    """The window with an empty project."""
    with new_project(tmp_path / "empty", annotator="Layla"):
        pass
    hand.open(tmp_path / "empty.tawsim")
    return hand


def drop(target, *paths_):
    drop_files(target, paths_)


def test_a_project_is_found_again_where_it_was_left(seeds, program, dialogs):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    second, path = seeds.session.article_id, seeds.session.project.path
    seeds.window.close()
    assert not seeds.session.is_open
    seeds.window.show()
    seeds.open(path)
    assert seeds.session.article_id == second
    assert seeds.window.status.saved == "All saved · 1 tag"
    assert dialogs.asked == []


def test_seeds_are_made_once_and_opened_afterwards(seeds, dialogs):
    path = seeds.session.project.path
    assert path == paths.data_dir() / "seeds.tawsim"
    seeds.window.files.close_project()
    assert seeds.window.start_page is not None
    seeds.window.start_page.cards["seeds"].click()
    seeds.wait_for_jobs()
    assert seeds.session.project.path == path
    assert dialogs.asked == []


def test_without_seeds_the_start_page_does_not_offer_them(hand, monkeypatch):
    monkeypatch.setattr(paths, "seeds", lambda: None)
    hand.window.rebuild()
    assert "seeds" not in hand.window.start_page.cards
    assert not hand.window.action("seeds").isEnabled()


def test_a_folder_becomes_a_project_with_a_report(hand, folder, dialogs):
    hand.open(folder)
    assert hand.session.project.path == paths.data_dir() / "أخبار.tawsim"
    assert hand.window.desk.articles.model.count == 2
    (name, (_, report)) = dialogs.asked[-1]
    assert name == "ImportReportDialog"
    assert summary(report) == "2 files taken. 1 file skipped."


def test_a_folder_that_has_a_project_is_opened_and_another_of_its_name_gets_its_own(hand, folder, tmp_path):
    hand.open(folder)
    first = hand.session.project.path
    hand.window.files.close_project()
    hand.open(folder)
    assert hand.session.project.path == first
    other = tmp_path / "other" / folder.name
    other.mkdir(parents=True)
    (other / "x.txt").write_text("نص آخر", encoding="utf-8")
    hand.open(other)
    assert hand.session.project.path == first.with_name("أخبار-2.tawsim")


def test_dropping_a_folder_imports_it(empty, folder):
    drop(empty.window, folder)
    empty.qtbot.waitUntil(lambda: empty.window.desk.articles.model.count == 2)
    empty.wait_for_jobs()
    assert empty.window.action("undo").text() == "Undo: \u2068Import 2 articles\u2069"
    assert empty.session.article_id is not None


def test_the_first_article_imported_can_be_read_by_keyboard_at_once(empty, folder):
    empty.window.imports.import_paths([folder / "1.txt"])
    empty.wait_for_jobs()
    assert QApplication.focusWidget() is empty.view
    empty.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    empty.press(Qt.Key.Key_1)
    assert empty.labels() == ["ACTOR"]


def test_dropping_onto_the_article_imports_too(seeds, tmp_path):
    (tmp_path / "new.txt").write_text("مقال جديد", encoding="utf-8")
    drop(seeds.view.viewport(), tmp_path / "new.txt")
    seeds.qtbot.waitUntil(lambda: seeds.window.desk.articles.model.count == 6)
    seeds.wait_for_jobs()
    assert seeds.text == "مقال جديد"


def test_dropping_a_project_opens_it(hand, tmp_path):
    with new_project(tmp_path / "mine", annotator="Layla"):
        pass
    drop(hand.window, tmp_path / "mine.tawsim")
    hand.qtbot.waitUntil(lambda: hand.session.is_open)
    assert hand.session.project.name == "mine"


def test_a_note_being_written_is_kept_before_an_import(seeds, folder):
    tag_id = seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.window.desk.inspector.details.note.setPlainText("half a thou")
    seeds.window.imports.import_paths([folder])
    seeds.wait_for_jobs()
    assert seeds.session.project.span(tag_id).note == "half a thou"


def test_a_wrong_guess_is_imported_again_in_the_encoding_named(empty, folder, dialogs, monkeypatch):
    first = iter([Again((folder / "2.txt",), (), "mac_arabic")])

    def ask(parent, report):
        again = next(first, None)
        taken = tuple(f.article_id for f in report.files if f.path.name == "2.txt" and f.error is None)
        return Again(again.paths, taken, again.encoding) if again else None

    monkeypatch.setattr(ImportReportDialog, "ask", ask)
    empty.window.imports.import_paths([folder])
    empty.wait_for_jobs()
    encodings = sorted(
        empty.session.project.article(summary.id).encoding for summary in empty.session.project.articles()
    )
    assert encodings == ["mac-arabic", "utf-8"]


def test_a_cancelled_import_leaves_nothing(empty, folder, monkeypatch, dialogs):
    reached = threading.Event()
    read = importing.read_plain_text

    def slow(path, encoding):
        reached.set()
        # Goes on when the user has pressed Cancel: the job then sees it at the next file.
        assert cancelled.wait(10)
        return read(path, encoding)

    cancelled = threading.Event()
    monkeypatch.setattr(importing, "read_plain_text", slow)
    empty.window.imports.import_paths([folder])
    empty.qtbot.waitUntil(lambda: reached.is_set() and empty.window.jobs._dialog is not None)
    dialog = empty.window.jobs._dialog
    assert dialog.isVisible()
    dialog.cancel_button.click()
    cancelled.set()
    empty.wait_for_jobs()
    assert empty.session.project.article_count() == 0
    assert empty.window.status.message == "Cancelled. Nothing was changed."
    assert not empty.window.action("undo").isEnabled()
    assert dialogs.asked == []


def test_a_cancelled_first_import_leaves_no_file(hand, folder, monkeypatch):
    read = importing.read_plain_text

    def stop(path, encoding):
        hand.window.jobs.cancel()
        return read(path, encoding)

    monkeypatch.setattr(importing, "read_plain_text", stop)
    hand.open(folder)
    assert not hand.session.is_open
    assert list(paths.data_dir().iterdir()) == []


def test_closing_during_a_job_asks_and_stops_it(empty, folder, monkeypatch, dialogs):
    reached, going, read = threading.Event(), threading.Event(), importing.read_plain_text

    def slow(path, encoding):
        reached.set()
        assert going.wait(10)
        return read(path, encoding)

    monkeypatch.setattr(importing, "read_plain_text", slow)
    dialogs.answers["ConfirmDialog"] = True
    empty.window.imports.import_paths([folder])
    empty.qtbot.waitUntil(reached.is_set)
    assert not empty.window.close()
    going.set()
    empty.qtbot.waitUntil(lambda: not empty.window.isVisible())
    assert dialogs.names() == ["ConfirmDialog"]
    assert not empty.session.is_open


def test_a_bug_in_a_job_comes_to_the_main_thread(seeds):
    def work(progress):
        raise ZeroDivisionError

    with seeds.qtbot.captureExceptions() as caught:
        seeds.window.jobs.start("Working", work, lambda _result: None)
        seeds.wait_for_jobs()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def not_sqlite(path):
    path.write_text("no project")


def foreign(path):
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (a)")
    connection.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("make", "key"),
    [(None, "project_missing"), (not_sqlite, "project_not_sqlite"), (foreign, "project_foreign")],
)
def test_what_cannot_be_opened_is_explained(hand, tmp_path, dialogs, language, make, key):
    hand.window.viewing.choose("language", language)
    path = tmp_path / "bad.tawsim"
    if make is not None:
        make(path)
    hand.open(path)
    assert dialogs.names() == ["MessageDialog"]
    assert i18n.describe(UserError(key, path=path)) in dialogs.text()
    assert not hand.session.is_open


def test_a_failed_opening_leaves_the_open_project_open(seeds, tmp_path, dialogs):
    not_sqlite(tmp_path / "bad.tawsim")
    seeds.open(tmp_path / "bad.tawsim")
    assert seeds.session.project.name == "seeds"
    assert dialogs.names() == ["MessageDialog"]


def test_a_locked_project_can_be_read(hand, tmp_path, dialogs):
    with new_project(tmp_path / "mine", annotator="Someone") as project, project.alone():
        dialogs.answers["ConfirmDialog"] = True
        hand.open(tmp_path / "mine.tawsim")
        assert hand.session.project.read_only
        assert hand.window.status.saved == "Read-only"
        assert not hand.window.action("import").isEnabled()


def test_the_name_is_asked_once(hand, program, dialogs):
    program.settings.set("annotator_name", "")
    hand.window.files.begin(None)
    assert dialogs.names() == ["NameDialog"]
    dialogs.answers["NameDialog"] = "Yusuf"
    hand.window.files.begin(None, seeds=True)
    hand.wait_for_jobs()
    assert hand.session.project.annotator.name == "Yusuf"
    assert dialogs.names() == ["NameDialog", "NameDialog"]


def test_a_new_project_is_made_where_the_user_says(hand, tmp_path, monkeypatch, dialogs):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    hand.window.action("new").trigger()
    assert hand.session.project.path == tmp_path / "mine.tawsim"
    hand.window.files.close_project()
    hand.window.action("new").trigger()
    assert "exists already" in dialogs.text()


def test_recent_projects_are_offered_and_missing_ones_can_be_forgotten(seeds, program, tmp_path):
    path = str(seeds.session.project.path)
    program.settings.add_recent(tmp_path / "gone.tawsim")
    seeds.window.files.close_project()
    page = seeds.window.start_page
    assert page.recent[path].isEnabled()
    assert not page.recent[str(tmp_path / "gone.tawsim")].isEnabled()
    page._forget(str(tmp_path / "gone.tawsim"))
    assert list(page.recent) == [path]
    page.recent[path].click()
    assert seeds.session.is_open


@pytest.mark.parametrize("format_id", ["jsonl", "conll"])
def test_export_writes_and_reports(seeds, tmp_path, dialogs, format_id):
    seeds.tag("غانتس", Qt.Key.Key_1)
    target = tmp_path / f"out{FORMATS[format_id].suffix}"
    dialogs.answers["ExportDialog"] = Wish(format_id, target, ExportOptions())
    seeds.window.action("export").trigger()
    seeds.wait_for_jobs()
    assert target.is_file()
    assert dialogs.names() == ["ExportDialog", "ExportReportDialog"]
    assert dialogs.asked[-1][1][1].tags_out == 1
    assert seeds.window.status.message == "1 tag exported."


def test_an_export_that_cannot_be_written_is_explained(seeds, tmp_path, dialogs):
    dialogs.answers["ExportDialog"] = Wish("jsonl", tmp_path / "none" / "out.jsonl", ExportOptions())
    seeds.window.action("export").trigger()
    seeds.wait_for_jobs()
    assert dialogs.names() == ["ExportDialog", "MessageDialog"]


def test_the_check_says_that_a_project_is_sound(seeds, dialogs):
    seeds.window.action("check").trigger()
    seeds.wait_for_jobs()
    assert "The project is sound" in dialogs.text()


@pytest.mark.parametrize("name", ["e.txt", "b.txt"])
def test_opening_what_gives_no_article_says_why(hand, tmp_path, dialogs, name):
    (tmp_path / "e.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 9)
    hand.open(tmp_path / name)
    assert dialogs.names() == ["ImportReportDialog"]
    report = dialogs.asked[-1][1][1]
    assert [file.path.name for file in report.files] == [name]
    assert not hand.session.is_open
    assert list(paths.data_dir().glob("*.tawsim*")) == []


def test_a_file_that_could_not_be_read_is_opened_in_the_encoding_named(hand, tmp_path, dialogs, monkeypatch):
    source = tmp_path / "a.txt"
    source.write_bytes("Größe".encode("latin-1") * 3)
    answers = iter([Again((source,), (), "iso-8859-1")])
    asked = []

    def ask(parent, report):
        asked.append(report.taken)
        return next(answers, None)

    monkeypatch.setattr(ImportReportDialog, "ask", ask)
    hand.open(source)
    hand.wait_for_jobs()
    assert asked[0] == 0
    assert hand.session.is_open
    article = hand.session.project.article(hand.session.article_id)
    assert (article.encoding, article.title) == ("iso-8859-1", "Größe" * 3)


def test_another_name_in_the_settings_holds_at_once(seeds, program):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.window.viewing.apply({"annotator_name": "Omar"})
    seeds.view.setFocus()
    seeds.tag("حماس", Qt.Key.Key_1)
    project = seeds.session.project
    assert project.annotator.name == "Omar"
    assert len({span.annotator_id for span in seeds.session.spans()}) == 2
    seeds.window.viewing.apply({"annotator_name": "  "})
    assert program.settings.text("annotator_name") == "Omar"
    assert seeds.session.project is project
