# SPDX-License-Identifier: MIT
"""A disk that takes its time, as over a network: an act waits for it once, and the window stays alive meanwhile.

The disk answers when the test says so, after events of the window's loop that are counted: no test measures time.
"""

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import apsw
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.errors import UserError
from annotator.ops import history, tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.settings import Settings
from annotator.store.driver import new_key
from annotator.ui import main_window, waiting
from annotator.ui.app import Program, build, close_safely, take_down
from annotator.ui.background import Background
from annotator.ui.dialogs import obstacle
from annotator.ui.dialogs.crash import CrashDialog, CrashGuard
from annotator.ui.dialogs.obstacle import ObstacleDialog, Way
from annotator.ui.dialogs.prompts import MessageDialog
from annotator.ui.session import Session
from annotator.ui.waiting import Waiting

from . import typing_while_waiting
from .holding import held
from .shim import Step, in_place
from .streams import ACTOR, EVENT, PROJECT, SENTENCE, WHO
from .tally import Line

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

_SAVING = "Saving… The disk is slow to answer."
_OPENING = "Opening… The disk is slow to answer."
_TICKS = 20
#: A disk that nobody frees answers after all, so that a window that stands still fails the test and does not stop it.
_PATIENCE_S = 20


class _Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return False


class _Disk:
    """Answers at once, or, when `hold` was called, what `holds` says when `answer` is; this is a sync at first."""

    def __init__(self) -> None:
        self.syncs, self.error = 0, 0
        self.holds: Callable[[Step], bool] = lambda step: step.kind == "sync"
        self.meanwhile: object = None
        self._answers = threading.Event()
        self._answers.set()

    def __call__(self, step: Step) -> None:
        self.syncs += step.kind == "sync"
        if not self.holds(step):
            return
        assert self._answers.wait(_PATIENCE_S), "the window stood still"
        if self.error:
            raise apsw.exception_for(self.error)

    def hold(self) -> None:
        self._answers.clear()

    def answer(self, error: int = 0) -> None:
        self.error = error
        self._answers.set()

    @property
    def is_held(self) -> bool:
        return not self._answers.is_set()


@pytest.fixture
def disk() -> Iterator[_Disk]:
    disk = _Disk()
    with in_place(disk, reads=True):
        yield disk
        disk.answer()


@pytest.fixture
def program(disk: _Disk, prepared: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    """The window with a project open on the disk."""
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    settings = Settings(paths.config_dir() / "settings.json")
    settings.set("annotator_name", WHO)
    settings.set("language", "en")
    program = build(qapp, settings, path)
    program.window.show()
    assert QTest.qWaitForWindowExposed(program.window)
    program.session.run(tags.add_tag, _article(program.session), 1, 3, ACTOR)  # the first one makes the log
    yield program
    disk.answer()
    program.window.hide()
    program.session.close()
    take_down(program)
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    qapp.setStyleSheet("")


class _Meanwhile:
    """What is done at each tick of a timer of the window while the disk holds an act; at the last one it answers."""

    def __init__(self, disk: _Disk, *steps: Callable[[], object], error: int = 0) -> None:
        self._disk, self._steps, self._error = disk, list(steps), error
        self.ticks = 0
        disk.meanwhile = self  # as long as the disk is there
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)
        disk.hold()

    def _tick(self) -> None:
        if not self._disk.is_held:
            self._timer.stop()
            return
        self.ticks += 1
        if self._steps:
            self._steps.pop(0)()
        elif self.ticks >= _TICKS:
            self._disk.answer(self._error)


def _article(session: Session) -> str:
    return session.project.articles()[0].id


def _tag(session: Session, start: int) -> object:
    return session.run(tags.add_tag, _article(session), start, start + 2, EVENT)


def _begins(session: Session) -> set[int]:
    """Where the tags begin that `_tag` has made."""
    return {span.start for span in session.project.spans(_article(session)) if span.label_id == EVENT}


@pytest.mark.fault("slow disk")
def test_an_act_waits_for_the_disk_once(disk: _Disk, prepared: Path, tmp_path: Path, line: Line) -> None:
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    with Project.open(path, annotator=WHO) as project:
        article = project.articles()[0].id
        tags.add_tag(project, article, 1, 3, ACTOR)  # the first one makes the log
        for start in range(4, 14):
            disk.syncs = 0
            tags.add_tag(project, article, start, start + 3, ACTOR)
            assert disk.syncs == 1
            disk.syncs = 0
            history.undo(project)
            assert disk.syncs == 1
            line.add("acts that waited once", 2)


@pytest.mark.fault("slow disk")
def test_the_window_lives_while_an_act_waits(
    program: Program, disk: _Disk, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_FELT_S", 0.0)
    window, session, size = program.window, program.session, program.window.size()
    text, status = _Paints(window.desk.pane.view.viewport()), _Paints(window.status)
    before, said, seen = window.status.saved, [], []
    QApplication.processEvents()
    text.count = status.count = 0

    def look() -> None:
        said.append((window.status.saved, QGuiApplication.overrideCursor() is not None))
        seen.append(_begins(session))
        window.desk.articles.view.viewport().repaint()

    meanwhile = _Meanwhile(disk, window.desk.pane.view.viewport().update, look, lambda: window.resize(size * 1.1), look)
    assert _tag(session, 5) is not None
    assert meanwhile.ticks >= _TICKS
    assert text.count > 1
    assert status.count
    assert said == [(_SAVING, True)] * 2
    assert seen == [set(), set()]  # it is not shown before it is on the disk
    assert _begins(session) == {5}
    assert window.status.saved != before
    assert window.status.saved.startswith("All saved")
    assert QGuiApplication.overrideCursor() is None
    assert check(session.project).problems == ()
    line.add("acts during which the window was alive")


@pytest.mark.fault("slow disk")
def test_input_waits_in_its_order(program: Program, disk: _Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt keeps keys and clicks that are excluded, on every platform; what it is asked for is all that can be seen here.

    `test_keys_typed_meanwhile` sees the keys themselves.
    """
    asked, usual = [], QCoreApplication.processEvents

    def turn(flags: QEventLoop.ProcessEventsFlag) -> None:
        asked.append(flags)
        usual(flags)

    monkeypatch.setattr(waiting, "QCoreApplication", SimpleNamespace(processEvents=turn))
    _Meanwhile(disk)
    _tag(program.session, 5)
    assert set(asked) == {QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents}


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs an X server to type at")
def test_keys_typed_meanwhile(prepared: Path, tmp_path: Path, line: Line) -> None:
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    typed = subprocess.run(
        [sys.executable, typing_while_waiting.__file__, path],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert typed.returncode == 0, typed.stderr
    assert typed.stdout.split() == ["during", "[]", "after", "abcdefgh"]
    line.add("keys typed meanwhile", 8)


def test_acts_begun_meanwhile_follow(program: Program, disk: _Disk) -> None:
    """Not by keys, which wait: by what loses the focus, or a timer."""
    session, done = program.session, []
    session.changes_committed.connect(lambda changes, _initiator: done.append(changes.seq))
    _Meanwhile(disk, *[lambda start=start: done.append(_tag(session, start)) for start in (20, 30)])
    assert _tag(session, 5) is not None
    assert done[:2] == [None, None]  # not done yet
    assert done[2:] == sorted(done[2:])
    assert len(done) == 5
    assert _begins(session) == {5, 20, 30}
    assert [span.start for span in session.spans() if span.label_id == EVENT] == [5, 20, 30]
    for left in ({5, 20}, {5}, set()):
        session.run(history.undo)
        assert _begins(session) == left


def test_looking_for_others_waits(program: Program, disk: _Disk) -> None:
    session, told = program.session, []
    session.changes_committed.connect(lambda _changes, initiator: told.append(initiator))
    _Meanwhile(disk, *[program.window.others.look] * 5)
    _tag(session, 5)
    program.window.others.look()
    assert told == [None]


def test_building_anew_waits(program: Program, disk: _Disk) -> None:
    desk = program.window.desk
    same = []
    _Meanwhile(disk, program.window.renew, lambda: same.append(program.window.desk is desk))
    _tag(program.session, 5)
    assert same == [True]
    assert program.window.desk is not desk


def test_closing_waits(program: Program, disk: _Disk) -> None:
    session, path, closed = program.session, program.session.project.path, []
    _Meanwhile(disk, lambda: closed.append(program.window.close()), lambda: closed.append(session.is_open))
    assert _tag(session, 5) is not None
    assert closed == [False, True]
    assert not session.is_open
    assert not program.window.isVisible()
    with Project.open(path, read_only=True) as project:
        assert [span.start for span in project.spans(project.articles()[0].id) if span.label_id == EVENT] == [5]


def test_acts_begun_before_it_closes_are_done(program: Program, disk: _Disk) -> None:
    session, path = program.session, program.session.project.path
    _Meanwhile(disk, program.window.close, lambda: _tag(session, 20), program.window.renew, lambda: _tag(session, 30))
    assert _tag(session, 5) is not None
    assert not session.is_open
    with Project.open(path, read_only=True) as project:
        starts = [span.start for span in project.spans(project.articles()[0].id) if span.label_id == EVENT]
    assert starts == [5, 20, 30]


def test_it_does_not_close_while_an_act_is_told(program: Program, disk: _Disk) -> None:
    """A view that hears of it may begin another one."""
    session, open_still = program.session, []

    def hear(*_: object) -> None:
        session.changes_committed.disconnect(heard)
        _tag(session, 20)
        open_still.append(session.is_open)

    heard = session.changes_committed.connect(hear)
    _Meanwhile(disk, session.close)
    assert _tag(session, 5) is not None
    assert open_still == [True]
    assert not session.is_open


def test_closing_after_a_bug_waits(program: Program, disk: _Disk) -> None:
    session, open_meanwhile = program.session, []
    _Meanwhile(disk, session.close, lambda: open_meanwhile.append(session.is_open))
    assert _tag(session, 5) is not None
    assert open_meanwhile == [True]
    assert not session.is_open


def test_a_bug_met_meanwhile_is_told_when_all_is_saved(
    program: Program, disk: _Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(CrashDialog, "ask", lambda *_: told.append((disk.is_held, program.session.is_open)))
    guard = CrashGuard(lambda: close_safely(program), None, program.session.afterwards)
    _Meanwhile(disk, lambda: guard.caught.emit("here", "why"))
    assert _tag(program.session, 5) is not None
    assert told == [(False, False)]


def test_what_is_dropped_meanwhile_is_opened_afterwards(program: Program, disk: _Disk, tmp_path: Path) -> None:
    session, path = program.session, program.session.project.path
    other, opened = shutil.copyfile(path.with_name("older.tawsim"), tmp_path / "other.tawsim"), []
    session.changes_committed.connect(lambda *_: opened.append(session.project.path))
    session.project_opened.connect(lambda: opened.append(session.project.path))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(other))])
    event = QDropEvent(
        QPointF(), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    _Meanwhile(disk, lambda: program.window.dropEvent(event))
    assert _tag(session, 5) is not None
    assert opened == [path, other]


def test_what_ends_behind_is_told_afterwards(program: Program, disk: _Disk) -> None:
    """It may be told in a dialog, which would be in the way of the act."""
    work, told = Background(program.session, program.window), []
    work.done.connect(lambda _result: told.append(disk.is_held))
    jobs = program.window.jobs
    start = partial(jobs.start, "", lambda _progress: None, lambda _result: told.append(disk.is_held))
    _Meanwhile(disk, lambda: work.start(lambda *_: None), start)
    _tag(program.session, 5)
    QTest.qWait(50)
    assert told == [False, False]
    assert not jobs.busy


def test_closing_itself_waits_with_the_window_alive(program: Program, disk: _Disk) -> None:
    meanwhile = _Meanwhile(disk)
    program.window.files.close_project()
    assert meanwhile.ticks >= _TICKS
    assert program.window.start_page is not None


@pytest.mark.parametrize("error", [apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_FULL])
def test_what_the_disk_refuses_late_is_kept(
    program: Program, disk: _Disk, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    session, seen = program.session, []

    def ask(*_: object) -> Way:
        seen.append(_begins(session))
        disk.answer()
        return Way.AGAIN

    monkeypatch.setattr(ObstacleDialog, "ask", ask)
    _Meanwhile(disk, error=error)
    assert _tag(session, 5) is not None
    assert seen == [set()]
    assert _begins(session) == {5}
    assert check(session.project).problems == ()


def test_what_is_begun_while_the_user_decides_follows(
    program: Program, disk: _Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a field that the dialog takes the focus from: two such dialogs would try their acts within each other."""
    session, decided = program.session, []

    def ask(*_: object) -> Way:
        disk.answer()
        decided.append(_tag(session, 20))
        session.afterwards(lambda: decided.append(_begins(session)))
        return Way.AGAIN

    monkeypatch.setattr(ObstacleDialog, "ask", ask)
    _Meanwhile(disk, error=apsw.SQLITE_FULL)
    assert _tag(session, 5) is not None
    assert decided == [None, {5, 20}]
    session.run(history.undo)
    assert _begins(session) == {5}


def test_what_was_left_is_not_tried_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the dialog is garbage that nobody has looked for yet."""
    monkeypatch.setattr(obstacle, "_EVERY_MS", 1)
    tries, kept = [], []

    def mended() -> bool:
        kept.append(QApplication.activeModalWidget())
        tries.append(None)
        kept[-1].reject()
        return False

    assert ObstacleDialog.ask(program.window, "", frozenset(), mended) is None
    QTest.qWait(30)
    assert len(tries) == 1


def test_what_is_refused_late_and_left_is_nowhere(
    program: Program, disk: _Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ObstacleDialog, "ask", lambda *_: None)
    session, before = program.session, program.session.project.next_act()
    _Meanwhile(disk, error=apsw.SQLITE_IOERR_FSYNC)
    assert _tag(session, 5) is None
    assert session.project.next_act() == before
    disk.answer()
    assert _tag(session, 7) is not None
    assert _begins(session) == {7}


def test_two_windows(program: Program, disk: _Disk, qtbot: QtBot) -> None:
    """The other one shows what was before, does not wait, and is told afterwards."""
    other, seen = Session(), []
    other.open(Project.open(program.session.project.path, annotator="Omar"))
    other.select_article(_article(other))

    def look() -> None:
        other.catch_up()
        seen.append(_begins(other))

    _Meanwhile(disk, look, look)
    _tag(program.session, 5)
    assert seen == [set(), set()]
    other.catch_up()
    assert [span.start for span in other.spans() if span.label_id == EVENT] == [5]
    _Meanwhile(disk, program.window.others.look)
    assert _tag(other, 9) is not None
    program.window.others.look()
    assert _begins(program.session) == {5, 9}
    other.close()


def test_a_lock_of_another_program_is_waited_for(program: Program, disk: _Disk) -> None:
    session = program.session
    session.project._database.be_patient(_PATIENCE_S)
    with held(session.project.path) as let_go:
        ticks = [lambda: _begins(session), lambda: None, let_go, disk.answer]
        meanwhile = _Meanwhile(disk, *ticks)
        assert _tag(session, 5) is not None
    assert meanwhile.ticks >= len(ticks)
    assert _begins(session) == {5}


def test_a_read_meanwhile_leaves_no_log_behind(program: Program, disk: _Disk) -> None:
    path = program.session.project.path
    _Meanwhile(disk, lambda: _begins(program.session))
    _tag(program.session, 5)
    program.session.close()
    assert not path.with_name(path.name + "-wal").exists()


def test_a_file_that_goes_meanwhile_is_still_read(program: Program, disk: _Disk) -> None:
    """By the connection that waits: the window stands still until the disk answers, and shows nothing else's rows."""
    session, seen = program.session, []
    path, answer = session.project.path, threading.Timer(0.3, disk.answer)

    def move() -> None:
        path.rename(path.with_name("elsewhere.tawsim"))
        shutil.copyfile(path.with_name("elsewhere.tawsim"), path)
        answer.start()
        seen.append(_begins(session))

    _Meanwhile(disk, move)
    assert _tag(session, 5) is not None
    assert seen == [{5}]
    path.unlink()
    path.with_name("elsewhere.tawsim").rename(path)
    assert _begins(session) == {5}


@pytest.fixture
def other(program: Program, disk: _Disk) -> Path:
    """Another project, which the disk is slow to read."""
    path = program.session.project.path.with_name("older.tawsim")
    disk.holds = lambda step: step.kind == "read" and step.path == path
    return path


@pytest.mark.fault("slow disk")
def test_the_window_lives_while_a_project_is_opened(
    program: Program, disk: _Disk, other: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_FELT_S", 0.0)
    window, size, said = program.window, program.window.size(), []
    window.files.close_project()
    page = _Paints(window.start_page.viewport())
    QApplication.processEvents()
    page.count = 0

    def look() -> None:
        said.append((window.status.saved, QGuiApplication.overrideCursor() is not None, program.session.is_open))

    meanwhile = _Meanwhile(disk, window.start_page.viewport().update, look, lambda: window.resize(size * 1.1), look)
    window.start_page.project_chosen.emit(str(other))
    assert meanwhile.ticks >= _TICKS
    assert page.count > 1
    assert said == [(_OPENING, True, False)] * 2
    assert program.session.project.path == other
    assert window.status.saved.startswith("All saved")
    assert QGuiApplication.overrideCursor() is None
    line.add("openings during which the window was alive")


def test_acts_begun_while_another_project_is_opened_are_acts_on_the_one_before(
    program: Program, disk: _Disk, other: Path
) -> None:
    session, path, told = program.session, program.session.project.path, []
    session.changes_committed.connect(lambda *_: told.append(session.project.path))
    _Meanwhile(disk, lambda: _tag(session, 20), lambda: _tag(session, 30))
    program.window.files.open_path(other)
    assert told == [path, path]
    assert session.project.path == other
    assert _begins(session).isdisjoint({20, 30})
    program.window.files.open_path(path)
    assert _begins(session) == {20, 30}


def test_closing_waits_until_a_project_is_open(program: Program, disk: _Disk, other: Path) -> None:
    closed, opened = [], []
    program.session.project_opened.connect(lambda: opened.append(program.session.project.path))
    _Meanwhile(disk, lambda: closed.append(program.window.close()), program.window.renew)
    program.window.files.open_path(other)
    assert closed == [False]
    assert opened == [other]
    assert not program.session.is_open
    assert not program.window.isVisible()
    assert not list(other.parent.glob("*.lock*"))


def test_what_is_dropped_while_a_project_is_opened_comes_after_it(program: Program, disk: _Disk, other: Path) -> None:
    session, path, opened = program.session, program.session.project.path, []
    session.project_opened.connect(lambda: opened.append(session.project.path))
    _Meanwhile(disk, lambda: session.afterwards(lambda: program.window.files.take([path])))
    program.window.files.open_path(other)
    assert opened == [other, path]


def test_what_keeps_a_project_from_being_opened_is_told(
    program: Program, disk: _Disk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, path, told = program.session, program.session.project.path, []
    monkeypatch.setattr(MessageDialog, "ask", lambda *said: told.append((session.is_waiting, said[-1])))
    _Meanwhile(disk, error=apsw.SQLITE_IOERR_READ)
    program.window.files.open_path(other)
    assert [is_waiting for is_waiting, _ in told] == [False]
    assert session.project.path == path
    disk.answer()
    program.window.files.open_path(other)
    assert session.project.path == other


def test_the_window_is_seen_before_a_slow_project(
    disk: _Disk, prepared: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "_UNSEEN_S", 0.0)
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    settings = Settings(paths.config_dir() / "settings.json")
    settings.set("annotator_name", WHO)
    collects = []

    def is_read(step: Step) -> bool:
        collects.append(gc.isenabled())
        return step.kind == "read"

    disk.holds = is_read
    disk.hold()
    program = build(qapp, settings, path, in_steps=True)
    window, opened = program.window, []
    program.session.project_opened.connect(lambda: opened.append(len(list(path.parent.glob("*.holder*")))))
    window.show()
    page = window.start_page
    assert page is not None
    meanwhile = _Meanwhile(disk, page.update)
    window.files.begin(path)
    assert meanwhile.ticks >= _TICKS
    assert opened == [1]
    assert not any(collects), "Qt's objects may be garbage, which no other thread must delete"
    assert program.session.project.path == path
    window.close()
    take_down(program)


def test_nothing_is_written_into_what_waits(program: Program, disk: _Disk) -> None:
    project, met = program.session.project, []

    def act() -> None:
        with pytest.raises((UserError, RuntimeError)) as caught:
            tags.add_tag(project, _article(program.session), 30, 33, EVENT)
        met.append(caught.type)

    _Meanwhile(disk, act)
    _tag(program.session, 5)
    assert met == [RuntimeError]
    assert _begins(program.session) == {5}


def test_an_encrypted_project_is_read_meanwhile(tmp_path: Path, qapp: QApplication) -> None:
    pytest.importorskip("sqlcipher3")
    article, session = tmp_path / "article.txt", Session()
    article.write_text(SENTENCE, encoding="utf-8")
    session.open(new_project(tmp_path / PROJECT, annotator=WHO, key=new_key("password")))
    import_files(session.project, [article])
    answers, seen, wait = threading.Event(), [], Waiting(session)
    session.project.wait_by(lambda step: wait(lambda: answers.wait(_PATIENCE_S) and step()))

    def look() -> None:
        seen.append(_begins(session))
        answers.set()

    QTimer.singleShot(0, session, look)
    session.run(tags.add_tag, _article(session), 5, 7, EVENT)
    assert seen == [set()]
    assert _begins(session) == {5}
    session.close()
    assert not (tmp_path / f"{PROJECT}-wal").exists()
