# SPDX-License-Identifier: MIT
"""Articles of all kinds, tables and the clipboard, imported by a user's hand."""

import subprocess
import sys
import zipfile

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.importers.columns import Columns, ImportOptions
from annotator.importers.previews import table_preview
from annotator.model.ids import ArticleId
from annotator.ui.dialogs.import_report import ImportReportDialog, Visit, is_plain
from annotator.ui.importing.columns import ColumnsDialog, Question
from annotator.ui.importing.filters import annotation_filters, article_filters
from annotator.ui.importing.keeping import remember, remembered
from annotator.ui.importing.looking import look
from annotator.ui.importing.pasting import Pasted, PasteDialog
from annotator.ui.importing.what import What, WhatDialog

BODY = "قالت وزارة الخارجية اللبنانية إن الوفد سيصل إلى بيروت يوم الثلاثاء، وأضاف المتحدث أن المحادثات مستمرة. "
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "news.csv"
    rows = "".join(f'{n},خبر {n},"{BODY * 2}رقم {n}",الأخبار,2024-05-0{n}\n' for n in range(1, 4))
    path.write_text("رقم,العنوان,النص,الناشر,التاريخ\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    menu = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>سياسة</a></li></ul></nav>"
    text = f"<html><head><title>وفد</title></head><body>{menu}<article><h1>وفد</h1><p>{BODY * 3}</p></article></body>"
    path.write_text(text, encoding="utf-8")
    return path


def shown(seeds, dialog):
    seeds.qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    seeds.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def drop(hand, *paths):
    """Let go of files over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    with hand.qtbot.waitSignal(hand.window.jobs.started):
        hand.window.dropEvent(event)
    hand.wait_for_jobs()


def answer_columns(dialogs, options=None):
    """Agree to the columns as they are guessed; return what was asked."""
    asked = []

    def ask(_parent, question):
        asked.append(question)
        return options or ImportOptions(None, question.columns)

    return asked, ask


def test_a_table_that_is_dropped_is_asked_about_and_taken(seeds, table, monkeypatch, dialogs):
    asked, ask = answer_columns(dialogs)
    monkeypatch.setattr(ColumnsDialog, "ask", ask)
    before = seeds.session.project.article_count()
    drop(seeds, table)
    assert [question.columns.text for question in asked] == ["النص"]
    assert seeds.session.project.article_count() == before + 3
    article = seeds.session.project.article(seeds.session.article_id)
    assert (article.title, article.outlet, article.date) == ("خبر 1", "الأخبار", "2024-05-01")


def test_saying_no_to_the_columns_imports_nothing(seeds, table, dialogs):
    before = seeds.session.project.article_count()
    drop(seeds, table)
    assert dialogs.names() == ["ColumnsDialog"]
    assert seeds.session.project.article_count() == before


def test_what_columns_hold_is_remembered_by_their_names(seeds, program, table, monkeypatch, dialogs):
    chosen = Columns(text="النص", title="رقم")
    asked, ask = answer_columns(dialogs, ImportOptions(None, chosen))
    monkeypatch.setattr(ColumnsDialog, "ask", ask)
    seeds.window.imports.import_paths([table])
    seeds.wait_for_jobs()
    assert seeds.session.project.article(seeds.session.article_id).title == "1"
    seeds.window.imports.import_paths([table])
    seeds.wait_for_jobs()
    assert asked[1].columns == chosen
    program.settings.put("import.columns", "[7]")
    assert remembered(program.settings, ["a"]) is None
    remember(program.settings, ["b", "a"], Columns(text="a"))
    assert remembered(program.settings, ["a", "b"]) == Columns(text="a")


def test_tables_alike_are_asked_about_once(seeds, table, tmp_path, monkeypatch, dialogs):
    other = tmp_path / "other.csv"
    other.write_text(table.read_text(encoding="utf-8").replace("خبر", "نبأ").replace("رقم 1", "أول"), encoding="utf-8")
    (tmp_path / "x.jsonl").write_text('{"headline": "A", "body": "' + "text " * 30 + '"}', encoding="utf-8")
    asked, ask = answer_columns(dialogs)
    monkeypatch.setattr(ColumnsDialog, "ask", ask)
    seeds.window.imports.import_paths([tmp_path])
    seeds.wait_for_jobs()
    assert sorted((question.preview.path.suffix, question.others) for question in asked) == [(".csv", 1), (".jsonl", 0)]
    assert seeds.window.imports.report.taken == 5


def test_the_columns_dialog_by_keys(seeds, table):
    preview = table_preview(table)
    dialog = shown(seeds, ColumnsDialog(seeds.window, Question(preview, Columns(text="رقم"))))
    box = dialog.boxes["text"]
    assert box.hasFocus()
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal).endswith("Text")
    QTest.keyClick(box, Qt.Key.Key_End)
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert dialog.columns().text == "النص"
    assert dialog.table.layoutDirection() is Qt.LayoutDirection.RightToLeft
    QTest.keyClick(box, Qt.Key.Key_Home)
    assert not dialog.ok.isEnabled()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert dialog.ok.isEnabled()
    QTest.keyClick(dialog.marking, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result()
    assert dialog.options() == ImportOptions(None, Columns(text="رقم"), boilerplate=False)


def test_another_encoding_shows_the_table_anew(seeds, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(f"نص,عنوان\n{BODY},خبر\n".encode("cp1256"))
    dialog = shown(seeds, ColumnsDialog(seeds.window, Question(table_preview(path), Columns(text="نص"))))
    dialog.encodings.setCurrentText("iso-8859-6")
    assert dialog.problem.isVisible() or dialog.model.preview.names != ("نص", "عنوان")
    dialog.encodings.setCurrentText("windows-1256")
    assert not dialog.problem.isVisible()
    assert dialog.model.preview.names == ("نص", "عنوان")
    assert dialog.options().encoding == "windows-1256"


def test_a_workbook_has_no_encoding_to_choose(seeds, tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["نص", "عنوان"])
        sheet.write_row(1, 0, [BODY, "خبر"])
    preview = table_preview(path)
    dialog = shown(seeds, ColumnsDialog(seeds.window, Question(preview, preview.guessed)))
    assert not dialog.encodings.isVisible()


def test_the_report_says_what_was_left_out(seeds, page, tmp_path, dialogs):
    (tmp_path / "twin.txt").write_text(seeds.text, encoding="utf-8")
    first = seeds.session.article_id
    dialogs.answers["ImportReportDialog"] = Visit(first)
    seeds.window.imports.import_paths([page, tmp_path / "twin.txt"])
    seeds.wait_for_jobs()
    report = seeds.window.imports.report
    assert not is_plain(report)
    assert seeds.session.article_id == first  # the visit
    dialog = shown(seeds, ImportReportDialog(seeds.window, report))
    assert dialog.table.hasFocus()
    assert "trafilatura" in dialog.details.toPlainText()
    assert "سياسة" in dialog.as_text()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.visit_button.text() == "Go to the first article"
    QTest.mouseClick(dialog.visit_button, Qt.MouseButton.LeftButton)
    assert dialog.visit == Visit(first)


def test_an_article_of_the_report_that_is_gone_is_said_to_be(seeds, dialogs, tmp_path):
    (tmp_path / "twin.txt").write_text(seeds.text, encoding="utf-8")
    dialogs.answers["ImportReportDialog"] = Visit(ArticleId("0" * 32))
    seeds.window.imports.import_paths([tmp_path / "twin.txt"])
    seeds.wait_for_jobs()
    assert seeds.window.banner.isVisible()


def test_the_clipboard_becomes_an_article(seeds, dialogs):
    QGuiApplication.clipboard().setText(f"خبر جديد\r\n{BODY}")
    dialogs.answers["PasteDialog"] = Pasted("عنوان آخر", "الأخبار", "https://example.org/a")
    seeds.press(Qt.Key.Key_V, CTRL_SHIFT)
    assert dialogs.asked[-1][0] == "PasteDialog"
    article = seeds.session.project.article(seeds.session.article_id)
    assert (article.title, article.outlet, article.source) == ("عنوان آخر", "الأخبار", "Clipboard")
    assert seeds.text.startswith("خبر جديد\nقالت")
    seeds.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seeds.session.article_id != article.id


def test_of_markup_only_the_text_is_pasted(seeds, dialogs):
    data = QMimeData()
    data.setHtml(f"<h1>خبر</h1><p>{BODY}</p><img src='http://127.0.0.1:9/x.png'>")
    QGuiApplication.clipboard().setMimeData(data)
    dialogs.answers["PasteDialog"] = Pasted("", "", "")
    seeds.press(Qt.Key.Key_V, CTRL_SHIFT)
    assert seeds.text.startswith("خبر\nقالت")
    assert "<" not in seeds.text


def test_a_text_that_is_there_already_is_gone_to(seeds, dialogs):
    first, text = seeds.session.article_id, seeds.text
    seeds.window.desk.articles.go(1)
    QGuiApplication.clipboard().setText(text)
    dialogs.answers["PasteDialog"] = Pasted("", "", "")
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_V, CTRL_SHIFT)
    assert seeds.session.article_id == first
    assert seeds.window.banner.isVisible()


def test_an_empty_clipboard_asks_nothing(seeds, dialogs):
    QGuiApplication.clipboard().clear()
    seeds.press(Qt.Key.Key_V, CTRL_SHIFT)
    assert dialogs.asked == []
    assert seeds.window.banner.isVisible()


def test_files_on_the_clipboard_are_imported(seeds, tmp_path):
    (tmp_path / "new.txt").write_text(BODY, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    seeds.press(Qt.Key.Key_V, CTRL_SHIFT)
    seeds.wait_for_jobs()
    assert seeds.text == BODY


def test_the_paste_dialog_shows_title_and_beginning(seeds):
    dialog = shown(seeds, PasteDialog(seeds.window, "عنوان\n" + BODY * 40))
    assert dialog.title.hasFocus()
    assert dialog.title.selectedText() == "عنوان"
    assert dialog.beginning.toPlainText().endswith("…")
    QTest.keyClicks(dialog.title, "A title")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert dialog.result()
    assert dialog.answer() == Pasted("A title", "", "")


def test_every_kind_is_offered(seeds, monkeypatch, tmp_path):
    offered = []

    def choose(_parent, _title, _folder, filters):
        offered.append(filters)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    seeds.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert offered == [article_filters()]
    first = offered[0].split(";;")[0]
    assert all(f"*{suffix}" in first for suffix in (".txt", ".html", ".docx", ".xlsx", ".warc.gz", ".zip"))
    assert "*.qdpx" in annotation_filters().split(";;")[0]


def test_an_archive_is_imported(seeds, tmp_path):
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", BODY)
        archive.writestr("b.txt", BODY * 2)
    before = seeds.session.project.article_count()
    drop(seeds, tmp_path / "news.zip")
    assert seeds.session.project.article_count() == before + 2


def test_boilerplate_is_marked_unless_the_settings_say_no(seeds, program, tmp_path):
    (tmp_path / "a.txt").write_text(f"خبر عن الوفد اللبناني\n{BODY}\nشارك على فيسبوك\n", encoding="utf-8")
    program.settings.set("mark_boilerplate", value=False)
    seeds.window.imports.import_paths([tmp_path / "a.txt"])
    seeds.wait_for_jobs()
    assert seeds.session.project.article(seeds.session.article_id).boilerplate == ()
    program.settings.set("mark_boilerplate", value=True)
    (tmp_path / "b.txt").write_text(f"خبر آخر عن الوفد\n{BODY}\nشارك على فيسبوك\n", encoding="utf-8")
    seeds.window.imports.import_paths([tmp_path / "b.txt"])
    seeds.wait_for_jobs()
    assert seeds.session.project.article(seeds.session.article_id).boilerplate


def test_a_look_can_be_stopped(tmp_path):
    (tmp_path / "a.txt").write_text("نص", encoding="utf-8")
    with pytest.raises(UserError, match="cancelled"):
        look([tmp_path / "a.txt"], lambda *_: False)


def test_what_a_file_is_can_be_said_by_key(seeds):
    dialog = shown(seeds, WhatDialog(seeds.window, "a.jsonl", "doccano"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.answer is What.ANNOTATIONS
    dialog = shown(seeds, WhatDialog(seeds.window, "a.jsonl", "doccano"))
    QTest.mouseClick(dialog.articles, Qt.MouseButton.LeftButton)
    assert dialog.answer is What.ARTICLES
    assert dialog.result()
    dialog = shown(seeds, WhatDialog(seeds.window, "a.jsonl", "doccano"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.answer is None


def test_a_window_starts_without_what_reads_files():
    asked = "import sys, annotator.ui.main_window; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    heavy = ("annotator.importers.articles", "annotator.importers.registry", "annotator.ops.importing")
    assert not {*heavy, "annotator.ops.foreign", "annotator.ui.importing.annotations"} & set(done.stdout.split())
