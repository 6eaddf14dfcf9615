# SPDX-License-Identifier: MIT
"""A disk that takes its time, as over a network: an act waits for it once, and the window says so beforehand."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ops import history, tags
from annotator.ops.checking import check
from annotator.project import Project
from annotator.ui.session import Session
from annotator.ui.status import StatusLine
from annotator.ui.theme import LIGHT

from .shim import Step, in_place
from .streams import ACTOR, PROJECT, WHO
from .tally import Line

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

_SLOW_S = 0.4


class _Painted(QObject):
    """What a label said whenever it was painted."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self.texts: list[str] = []
        label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            assert isinstance(watched, QLabel)
            self.texts.append(watched.text())
        return False


class _Disk:
    def __init__(self) -> None:
        self.syncs, self.delay = 0, 0.0

    def __call__(self, step: Step) -> None:
        if step.kind == "sync":
            self.syncs += 1
            time.sleep(self.delay)


@pytest.fixture
def disk() -> Iterator[_Disk]:
    disk = _Disk()
    with in_place(disk):
        yield disk


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
def test_the_window_says_that_it_waits(disk: _Disk, prepared: Path, tmp_path: Path, qtbot: QtBot, line: Line) -> None:
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    session, status = Session(), StatusLine(LIGHT)
    qtbot.addWidget(status)
    session.saving.connect(status.show_saving)
    session.open(Project.open(path, annotator=WHO))
    status.show_saved(10)
    with qtbot.waitExposed(status):
        status.show()
    label = next(label for label in status.findChildren(QLabel) if label.text() == status.saved)
    painted = _Painted(label)
    article, before = session.project.articles()[0].id, status.saved
    disk.delay = _SLOW_S
    session.run(tags.add_tag, article, 1, 3, ACTOR)
    assert "Saving…" not in painted.texts  # nobody could know
    session.run(tags.add_tag, article, 4, 6, ACTOR)
    assert "Saving…" in painted.texts
    assert status.saved == before
    disk.delay = 0.0
    session.run(tags.add_tag, article, 7, 9, ACTOR)
    painted.texts.clear()
    session.run(tags.add_tag, article, 10, 12, ACTOR)
    assert painted.texts == []
    assert check(session.project).problems == ()
    session.close()
    line.add("slow acts that were told of beforehand")
