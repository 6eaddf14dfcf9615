# SPDX-License-Identifier: MIT
"""A window that is not alone with its project: what others do is seen, and what the disk refuses waits."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.errors import UserError
from annotator.model.ids import LabelId
from annotator.model.names import Name
from annotator.ops import actors, articles, history, scheme, tags
from annotator.ops.checking import check
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.app import build
from annotator.ui.dialogs import obstacle
from annotator.ui.dialogs.obstacle import ObstacleDialog, Way

from .conftest import Dialogs, Hand

ACTOR = LabelId("ACTOR")
WORD = "غانتس"

# Before the fixture of the dialogs takes its place.
_ASK = ObstacleDialog.ask

Answered = Callable[..., list[tuple[str, frozenset[Way]]]]


@pytest.fixture
def omar(seeds: Hand) -> Iterator[Project]:
    """Someone else who has the same project open."""
    with Project.open(seeds.session.project.path, annotator="Omar") as project:
        yield project


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs) -> Answered:
    """Give what answers the dialog on an obstacle by doing something before each answer; it says what was asked."""

    def answer(
        *ways: Way | None, first: Callable[[], object] = lambda: None, then: Callable[[], object] = lambda: None
    ) -> list[tuple[str, frozenset[Way]]]:
        asked: list[tuple[str, frozenset[Way]]] = []
        left = list(ways)

        def ask(
            _parent: object,
            sentence: str,
            offered: frozenset[Way] = frozenset(),
            mended: Callable[[], bool] | None = None,
        ) -> Way | None:
            asked.append((sentence, offered))
            (first if len(asked) == 1 else then)()
            return left.pop(0)

        monkeypatch.setattr(ObstacleDialog, "ask", ask)
        return asked

    return answer


@pytest.fixture
def real_obstacle(dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dialog on an obstacle be shown."""
    monkeypatch.setattr(ObstacleDialog, "ask", _ASK)


class TestOthers:
    def test_tag_of_another_is_shown_by_itself(self, seeds: Hand, omar: Project) -> None:
        start, end = seeds.find(WORD)
        tags.add_tag(omar, seeds.session.article_id, start, end, ACTOR)
        seeds.qtbot.waitUntil(lambda: seeds.labels() == ["ACTOR"], timeout=5_000)
        assert seeds.window.desk.inspector.model.rowCount() == 1
        assert "Omar" in seeds.window.status.others
        assert WORD in seeds.window.status.others
        assert seeds.window.status.saved == "All saved · 1 tag"

    def test_of_several_acts_the_number_is_told(self, seeds: Hand, omar: Project) -> None:
        for place in (0, 10):
            tags.add_tag(omar, seeds.session.article_id, place, place + 3, ACTOR)
        seeds.window.others.look()
        assert "Omar" in seeds.window.status.others
        assert "2 acts" in seeds.window.status.others

    def test_it_takes_nothing_away(self, seeds: Hand, omar: Project) -> None:
        """Neither the last act of one's own with its button, nor the current tag, nor what is being typed."""
        tag = seeds.tag(WORD, Qt.Key.Key_1)
        said = seeds.window.status.message
        note = seeds.window.desk.inspector.details.note
        note.setFocus()
        note.setPlainText("half a note")
        articles.set_note(omar, seeds.session.article_id, "of the article")
        tags.add_tag(omar, seeds.session.article_id, 0, 3, ACTOR)
        seeds.window.others.look()
        assert len(seeds.labels()) == 2
        assert (seeds.session.tag_id, note.toPlainText()) == (tag, "half a note")
        assert (seeds.window.status.message, seeds.window.status.undo_button.isHidden()) == (said, False)
        seeds.window.flush()
        assert seeds.session.project.span(tag).note == "half a note"

    def test_undo_of_another_leads_nobody_away(self, seeds: Hand, omar: Project) -> None:
        second = omar.articles()[1].id
        tags.add_tag(omar, second, 0, 3, ACTOR)
        seeds.window.others.look()
        here = seeds.session.article_id
        history.undo(omar)
        seeds.window.others.look()
        assert seeds.session.article_id == here
        assert "Undone" in seeds.window.status.others

    def test_article_that_another_removes_is_left(self, seeds: Hand, omar: Project) -> None:
        gone = seeds.session.article_id
        articles.remove(omar, [gone])
        seeds.window.others.look()
        assert seeds.session.article_id not in {None, gone}
        assert seeds.window.desk.articles.model.count == 4

    def test_article_that_is_just_gone_is_not_opened(self, seeds: Hand, omar: Project) -> None:
        here, gone = (article.id for article in omar.articles()[:2])
        articles.remove(omar, [gone])
        seeds.session.select_article(gone)
        assert seeds.session.article_id == here
        assert not seeds.window.banner.isHidden()

    def test_article_is_read_with_what_was_made_for_it(self, seeds: Hand, omar: Project) -> None:
        """Also in the half second before the others are looked for."""
        assert seeds.session.project.actors == {}
        second = omar.articles()[1].id
        actor = actors.draft_actor(omar, name_ar="عمر")
        actors.add_actor(omar, actor)
        tags.add_tag(omar, second, 0, 3, ACTOR, actor_id=actor.id)
        seeds.session.select_article(second)
        assert actor.id in seeds.session.project.actors
        assert seeds.labels() == ["ACTOR"]
        seeds.window.others.look()
        model = seeds.window.desk.inspector.model
        assert (model.rowCount(), model.row(0).linked) == (1, "عمر")
        assert seeds.labels() == ["ACTOR"]

    def test_scheme_of_another(self, seeds: Hand, omar: Project) -> None:
        label = replace(omar.scheme.label(ACTOR), name=Name("Player", "لاعب"))
        labels = tuple(label if one.id == ACTOR else one for one in omar.scheme.all_labels)
        scheme.change_scheme(omar, replace(omar.scheme, all_labels=labels))
        seeds.window.others.look()
        assert seeds.session.project.scheme == omar.scheme
        seeds.view.setFocus()
        seeds.tag(WORD, Qt.Key.Key_1)
        assert "Player" in seeds.window.status.message

    @pytest.mark.qt_log_ignore("does not support")
    def test_nothing_is_looked_for_under_a_menu(self, seeds: Hand, omar: Project) -> None:
        tags.add_tag(omar, seeds.session.article_id, 0, 3, ACTOR)
        menu = seeds.window.menuBar().actions()[0].menu()
        menu.popup(seeds.window.mapToGlobal(seeds.window.rect().center()))
        seeds.window.others.look()
        assert seeds.labels() == []
        menu.close()
        seeds.window.others.look()
        assert seeds.labels() == ["ACTOR"]

    def test_undo_is_of_ones_own_acts(self, seeds: Hand, omar: Project) -> None:
        seeds.tag(WORD, Qt.Key.Key_1)
        tags.add_tag(omar, seeds.session.article_id, 0, 3, ACTOR)
        seeds.window.undo()
        seeds.window.others.look()
        (span,) = seeds.session.spans()
        assert span.annotator_id == omar.annotator.id

    def test_two_windows_of_one_annotator_name_the_same_undo(self, seeds: Hand) -> None:
        with Project.open(seeds.session.project.path, annotator="Layla") as second:
            tags.add_tag(second, seeds.session.article_id, *seeds.find(WORD), ACTOR)
            seeds.window.others.look()
            assert WORD in seeds.window.action("undo").text()
            seeds.window.undo()
            assert second.spans(seeds.session.article_id) == []

    def test_undo_takes_nothing_that_is_not_shown(self, seeds: Hand) -> None:
        seeds.tag(WORD, Qt.Key.Key_1)
        with Project.open(seeds.session.project.path, annotator="Layla") as second:
            articles.set_note(second, seeds.session.article_id, "note")
            seeds.window.undo()
            assert len(second.spans(seeds.session.article_id)) == 1
            assert second.article(seeds.session.article_id).note == "note"
            assert "once more" in seeds.window.status.message
            seeds.window.undo()
            assert second.article(seeds.session.article_id).note == ""

    def test_two_whole_windows(self, seeds: Hand, qapp: QApplication, settings: Settings) -> None:
        path = seeds.session.project.path
        program = build(qapp, settings, path)
        other = program.session
        seeds.tag(WORD, Qt.Key.Key_1)
        program.window.others.look()
        assert [span.label_id for span in other.spans()] == ["ACTOR"]
        program.window.undo()
        seeds.window.others.look()
        assert seeds.labels() == []
        assert seeds.session.tag_id is None
        assert seeds.window.action("redo").isEnabled()
        other.close()
        program.window.deleteLater()
        seeds.view.setFocus()
        seeds.tag(WORD, Qt.Key.Key_1)
        assert check(seeds.session.project).problems == ()

    def test_command_line_beside_the_window(self, seeds: Hand) -> None:
        path = str(seeds.session.project.path)
        seeds.tag(WORD, Qt.Key.Key_1)
        command = [sys.executable, "-m", "annotator", "tag", path, "1", "0", "3", "ACTOR", "--annotator", "Omar"]
        subprocess.run(command, check=True, timeout=60, capture_output=True)
        seeds.window.others.look()
        assert len(seeds.labels()) == 2
        assert check(seeds.session.project).problems == ()


class TestObstacles:
    def test_lock_of_another_program(self, seeds: Hand, answered: Answered) -> None:
        locking = sqlite3.connect(seeds.session.project.path, isolation_level=None)
        locking.execute("begin immediate")
        asked = answered(Way.AGAIN, Way.AGAIN, first=lambda: None, then=lambda: locking.execute("rollback"))
        seeds.tag(WORD, Qt.Key.Key_1)
        assert seeds.labels() == ["ACTOR"]
        assert [offered for _, offered in asked] == [frozenset()] * 2
        assert "seeds.tawsim" in asked[0][0]
        locking.close()

    def test_act_that_is_left(self, seeds: Hand, answered: Answered) -> None:
        locking = sqlite3.connect(seeds.session.project.path, isolation_level=None)
        locking.execute("begin immediate")
        answered(None)
        seeds.view.select(*seeds.find(WORD))
        seeds.press(Qt.Key.Key_1)
        locking.close()
        assert seeds.labels() == []
        assert seeds.view.snapped_selection() == seeds.find(WORD)
        seeds.press(Qt.Key.Key_1)
        assert seeds.labels() == ["ACTOR"]

    def test_dialog_closes_by_itself_when_the_lock_is_gone(
        self, seeds: Hand, real_obstacle: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(obstacle, "_EVERY_MS", 20)
        locking = sqlite3.connect(seeds.session.project.path, isolation_level=None)
        locking.execute("begin immediate")
        seen: list[str] = []

        def unlock() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ObstacleDialog)
            seen.append(dialog.windowTitle())
            locking.close()

        QTimer.singleShot(600, unlock)
        seeds.tag(WORD, Qt.Key.Key_1)
        assert seen
        assert seeds.labels() == ["ACTOR"]

    def test_typed_note_waits(self, seeds: Hand, answered: Answered) -> None:
        tag = seeds.tag(WORD, Qt.Key.Key_1)
        locking = sqlite3.connect(seeds.session.project.path, isolation_level=None)
        locking.execute("begin immediate")
        note = seeds.window.desk.inspector.details.note
        note.setFocus()
        note.setPlainText("long thought of")
        answered(None, None, Way.AGAIN, then=lambda: None)
        seeds.window.flush()
        assert note.toPlainText() == "long thought of"
        answered(Way.AGAIN, first=locking.close)
        seeds.window.flush()
        assert seeds.session.project.span(tag).note == "long thought of"

    def test_full_disk(self, seeds: Hand, answered: Answered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """A copy is saved elsewhere, and work goes on there with the act that waited."""
        old = seeds.session.project.path
        connection = seeds.session.project._database.connection
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy"), ""))
        asked = answered(*[Way.COPY] * 40)
        for number in range(400):
            seeds.session.run(articles.set_note, seeds.session.article_id, f"{number}" * 500)
        assert asked
        assert {offered for _, offered in asked} == {frozenset({Way.COPY})}
        assert seeds.session.project.path == tmp_path / "copy.tawsim"
        assert seeds.session.project.article(seeds.session.article_id).note == "399" * 500
        assert len(seeds.session.project.history()) == 401
        assert old.exists()
        QApplication.processEvents()
        assert seeds.window.windowTitle().startswith("\u2068copy")
        assert check(seeds.session.project).problems == ()

    @pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
    class TestMoved:
        def test_work_goes_on_where_it_lies_now(
            self, seeds: Hand, answered: Answered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
        ) -> None:
            seeds.tag(WORD, Qt.Key.Key_1)
            place = tmp_path / "moved.tawsim"
            seeds.session.project.path.rename(place)
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))
            asked = answered(Way.REOPEN)
            seeds.session.select_tag(None)
            seeds.session.run(tags.add_tag, seeds.session.article_id, 0, 3, ACTOR)
            ((_, offered),) = asked
            assert offered == {Way.REOPEN, Way.COPY}
            assert seeds.session.project.path == place
            assert seeds.labels() == ["ACTOR"] * 2
            QApplication.processEvents()
            seeds.window.undo()
            assert seeds.labels() == ["ACTOR"]
            assert check(seeds.session.project).problems == ()

        def test_put_back_it_goes_on_by_itself(
            self, seeds: Hand, real_obstacle: None, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            monkeypatch.setattr(obstacle, "_EVERY_MS", 20)
            path = seeds.session.project.path
            moved = path.rename(path.with_name("moved.tawsim"))
            QTimer.singleShot(100, lambda: moved.rename(path))
            seeds.tag(WORD, Qt.Key.Key_1)
            assert seeds.labels() == ["ACTOR"]

        def test_another_project_is_refused(
            self,
            seeds: Hand,
            answered: Answered,
            dialogs: Dialogs,
            monkeypatch: pytest.MonkeyPatch,
            tmp_path: Path,
        ) -> None:
            path = seeds.session.project.path
            older = tmp_path / "older.tawsim"
            seeds.session.project.copy_to(older)
            seeds.tag(WORD, Qt.Key.Key_1)
            path.rename(tmp_path / "moved.tawsim")
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(older), ""))
            answered(Way.REOPEN, None)
            seeds.session.run(articles.set_note, seeds.session.article_id, "note")
            assert dialogs.names() == ["MessageDialog"]
            assert str(older) in dialogs.text()
            assert seeds.session.project.path == path
            assert seeds.labels() == ["ACTOR"]

        def test_vanished_folder(
            self, seeds: Hand, answered: Answered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
        ) -> None:
            seeds.tag(WORD, Qt.Key.Key_1)
            shutil.rmtree(seeds.session.project.path.parent)
            copy = tmp_path / "saved.tawsim"
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
            answered(Way.COPY)
            seeds.session.run(articles.set_note, seeds.session.article_id, "note")
            assert seeds.session.project.path == copy
            assert seeds.labels() == ["ACTOR"]
            assert seeds.session.project.article(seeds.session.article_id).note == "note"
            assert check(seeds.session.project).problems == ()

    def test_job_is_begun_anew(self, seeds: Hand, answered: Answered) -> None:
        tries: list[int] = []

        def work(_progress: object) -> int:
            tries.append(1)
            if len(tries) < 3:
                raise UserError("disk_full", path="x")
            return len(tries)

        results: list[int] = []
        asked = answered(Way.AGAIN, Way.AGAIN)
        seeds.window.jobs.start("…", work, results.append)
        seeds.qtbot.waitUntil(lambda: bool(results))
        assert (len(asked), results, seeds.window.jobs.busy) == (2, [3], False)

    def test_keys_in_a_read_only_project_say_why_nothing_happens(self, seeds: Hand) -> None:
        seeds.session.open(Project.open(seeds.session.project.path, read_only=True))
        seeds.view.setFocus()
        seeds.press(Qt.Key.Key_1)
        assert seeds.window.banner.isHidden()  # nothing is selected: it would do nothing anyhow
        seeds.view.select(*seeds.find(WORD))
        seeds.press(Qt.Key.Key_F12)
        assert seeds.window.banner.isHidden()
        seeds.press(Qt.Key.Key_1)
        assert "read-only" in seeds.window.banner.text

    def test_read_only_project_is_no_obstacle(self, seeds: Hand, answered: Answered) -> None:
        path = seeds.session.project.path
        seeds.session.open(Project.open(path, read_only=True))
        asked = answered()
        seeds.session.run(articles.set_note, seeds.session.article_id, "note")
        assert asked == []
        assert "read-only" in seeds.window.banner.text
