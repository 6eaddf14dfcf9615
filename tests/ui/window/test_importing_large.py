# SPDX-License-Identifier: MIT
"""Acts that tell only some of their rows: every view is read anew, and undo and redo run beside the window."""

import json
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotator.model.changes import ActKind
from annotator.ops.foreign import import_annotations, taking
from annotator.project import opened
from annotator.store import row_changes
from annotator.ui import undoing

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def spilling(monkeypatch):
    """Imports hand their rows to the history after a few of them."""
    monkeypatch.setattr(row_changes, "_SPILL", 4)
    monkeypatch.setattr(taking, "_BATCH", 2)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "others.jsonl"
    texts = [f"قال الناطق {number} إن بيروت بخير" for number in range(9)]
    lines = [{"text": text, "label": [[0, 3, "EVENT"], [text.index("بيروت"), text.index("بيروت") + 5, "PLACE"]]}
             for text in texts]  # fmt: skip
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def take(hand, path):
    project = hand.session.project
    with project.writer() as own:
        changes, _ = import_annotations(own, path, "doccano")
    assert changes.spilled
    hand.session.announce_from_job(changes)


def titles(hand):
    model = hand.window.desk.articles.model
    return [model.index(row).data() for row in range(model.rowCount())]


def test_an_import_that_does_not_tell_its_rows_is_seen(seeds, spilling, file):
    before, article = len(titles(seeds)), seeds.session.article_id
    seeds.view.verticalScrollBar().setValue(40)
    scrolled = seeds.view.verticalScrollBar().value()
    take(seeds, file)
    assert len(titles(seeds)) == before + 9
    assert seeds.session.article_id == article
    assert seeds.view.verticalScrollBar().value() == scrolled
    assert seeds.window.desk.articles.view.currentIndex().row() == 0


def test_undo_of_it_leaves_an_article_that_is_gone(seeds, spilling, file):
    before, kept = len(titles(seeds)), seeds.session.article_id
    take(seeds, file)
    new = seeds.window.desk.articles.model.article_at(before)
    seeds.session.select_article(new)
    seeds.session.select_tag(seeds.session.spans()[0].id)
    seeds.view.select(3, 9)
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert len(titles(seeds)) == before
    assert seeds.session.article_id == kept
    assert seeds.session.tag_id is None
    seeds.press(Qt.Key.Key_Y, CTRL)
    assert len(titles(seeds)) == before + 9
    assert seeds.session.article_id == kept


def test_undo_of_tags_in_the_article_that_is_read(seeds, spilling, tmp_path):
    lines = [{"text": seeds.session.project.text(one.id), "label": [[0, 3, "ACTOR"], [4, 9, "PLACE"]]}
             for one in seeds.session.project.articles()]  # fmt: skip
    path = tmp_path / "same.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    take(seeds, path)
    assert len(seeds.session.spans()) == 2
    assert seeds.window.desk.inspector.model.rowCount() == 2
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert seeds.window.desk.inspector.model.rowCount() == 0
    seeds.press(Qt.Key.Key_Y, CTRL)
    assert seeds.window.desk.inspector.model.rowCount() == 2


def test_a_large_act_is_undone_and_redone_in_a_job(seeds, spilling, file, monkeypatch):
    monkeypatch.setattr(undoing, "MANY_ROWS", 10)
    before = len(titles(seeds))
    take(seeds, file)
    started = []
    seeds.window.jobs.started.connect(lambda: started.append(seeds.window.jobs.busy))
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_Z, CTRL)
    seeds.wait_for_jobs()
    assert started == [True]
    assert len(titles(seeds)) == before
    seeds.press(Qt.Key.Key_Y, CTRL)
    seeds.wait_for_jobs()
    assert started == [True, True]
    assert len(titles(seeds)) == before + 9
    assert seeds.window.action("undo").isEnabled()


def test_the_dialog_of_a_job_that_cannot_be_stopped_has_no_button(seeds):
    def look(dialog):
        assert not dialog.cancel_button.isVisible()
        dialog.reject()
        assert seeds.window.jobs.busy

    jobs, gate = seeds.window.jobs, []

    def work(_progress):
        while not gate:
            pass
        return 7

    seen = []
    jobs.started.connect(lambda: seen.append("started"))
    jobs.start("Undoing…", work, seen.append, stoppable=False)
    look(jobs._dialog)
    gate.append(True)
    seeds.wait_for_jobs()
    assert seen == ["started", 7]


def test_the_window_lives_until_a_job_shows_its_dialog(seeds):
    gate, told = threading.Event(), []
    QTimer.singleShot(0, seeds.window, gate.set)  # turned while it is waited whether the job is a quick one
    seeds.window.jobs.start("…", lambda _progress: gate.wait(20), told.append)
    assert gate.is_set()
    assert told == []  # heard when whoever began it is through
    seeds.wait_for_jobs()
    assert told == [True]


def test_what_is_done_with_a_result_takes_turns(seeds):
    jobs, seen = seeds.window.jobs, []

    def done(_result):
        seen.append("done")
        jobs.then(lambda: seen.append(jobs.busy))
        jobs.then(lambda: seen.append("last"))

    jobs.ended.connect(lambda: seen.append("ended"))
    jobs.start("…", lambda _progress: None, done)
    seeds.wait_for_jobs()
    assert seen == ["done", True, "last", "ended"]


def test_what_is_left_of_a_job_is_dropped_when_the_program_ends(seeds):
    jobs, seen = seeds.window.jobs, []

    def done(_result):
        jobs.then(jobs.stop)
        jobs.then(lambda: seen.append("too late"))

    jobs.start("…", lambda _progress: None, done)
    seeds.wait_for_jobs()
    QApplication.processEvents()
    assert seen == []


def test_what_a_step_adds_comes_right_after_it(seeds):
    jobs, seen = seeds.window.jobs, []

    def first():
        jobs.then(lambda: seen.append("of the first"))
        seen.append("first")

    def done(_result):
        jobs.then(first)
        jobs.then(lambda: seen.append("second"))

    jobs.start("…", lambda _progress: None, done)
    seeds.wait_for_jobs()
    assert seen == ["first", "of the first", "second"]
    jobs.then(lambda: seen.append("at once"))
    assert seen[-1] == "at once", "no job has just ended"


def test_an_import_and_its_undo_take_turns(seeds, tmp_path, monkeypatch):
    """Between the act, which all views hear of, and the next article there are other events: each alone is short."""
    monkeypatch.setattr("annotator.ui.undoing.MANY_ROWS", 1)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Article {number}", encoding="utf-8")
    pane, session, told = seeds.window.desk.pane, seeds.session, []

    def hear(changes, _initiator):
        told.append((changes.kind, session.article_id, pane.title.full_text, pane.done_button.isEnabled()))

    session.changes_committed.connect(hear)  # last of all
    before = session.article_id, pane.title.full_text, True
    seeds.window.imports.import_paths([tmp_path])
    seeds.wait_for_jobs()
    assert told == [(ActKind.DO, *before)]
    new = session.article_id
    assert pane.title.full_text == "Article 0"
    seeds.window.undo()
    seeds.qtbot.waitUntil(lambda: len(told) > 1)
    assert told[1] == (ActKind.UNDO, None, "", False), "nothing of what is gone is shown"
    seeds.wait_for_jobs()
    assert session.article_id not in (None, new)
    assert pane.done_button.isEnabled()
    assert pane.title.full_text == session.project.article(session.article_id).title


def test_an_act_of_a_job_is_not_read_from_the_history_again(seeds, spilling, file, monkeypatch):
    found, usual = [], opened.news
    monkeypatch.setattr(opened, "news", lambda *asked: found.append(usual(*asked)) or found[-1])
    take(seeds, file)
    seeds.session.spans()
    assert not any(found)
