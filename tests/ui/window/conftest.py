# SPDX-License-Identifier: MIT
"""The real window, off screen, and the acts of a user's hand in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.ops.scheme_files import shipped_path
from annotator.settings import Settings
from annotator.ui.app import Program, build
from annotator.ui.backups.dialogs import BackupsDialog, DamageDialog
from annotator.ui.backups.recovered import RecoveryDialog
from annotator.ui.dialogs.crash import CrashDialog
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.export_report import ExportReportDialog
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.import_report import ImportReportDialog
from annotator.ui.dialogs.obstacle import ObstacleDialog
from annotator.ui.dialogs.prompts import ConfirmDialog, LineDialog, MessageDialog, NameDialog, NoteDialog
from annotator.ui.dialogs.settings import SettingsDialog
from annotator.ui.importing.annotation_report import AnnotationReportDialog
from annotator.ui.importing.columns import ColumnsDialog
from annotator.ui.importing.pasting import PasteDialog
from annotator.ui.importing.survey_dialog import SurveyDialog
from annotator.ui.importing.what import FormatDialog, WhatDialog
from annotator.ui.passwords.dialogs import PasswordDialog, RemovePasswordDialog, SetPasswordDialog
from annotator.ui.scheme.files import NewProject, NewSchemeDialog
from annotator.ui.scheme.moving import TargetDialog

_DIALOGS = (
    AnnotationReportDialog,
    BackupsDialog,
    DamageDialog,
    RecoveryDialog,
    ColumnsDialog,
    PasteDialog,
    SurveyDialog,
    WhatDialog,
    FormatDialog,
    ConfirmDialog,
    CrashDialog,
    ExportDialog,
    ExportReportDialog,
    HistoryDialog,
    ImportReportDialog,
    LineDialog,
    MessageDialog,
    NameDialog,
    NewSchemeDialog,
    NoteDialog,
    ObstacleDialog,
    PasswordDialog,
    RemovePasswordDialog,
    SetPasswordDialog,
    SettingsDialog,
    TargetDialog,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui/window" in item.path.as_posix():
            # Said by the offscreen platform of any window with a least size; no other platform says it.
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@dataclass
class Dialogs:
    """What was asked, and what will be answered; a dialog that nobody expects answers as if it was closed."""

    asked: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=lambda: {"NewSchemeDialog": NewProject(shipped_path("default"))})

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    def text(self) -> str:
        """Return all strings of the last dialog."""
        return "\n".join(part for part in self.asked[-1][1] if isinstance(part, str))


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    result = Dialogs()
    for dialog in _DIALOGS:
        name = dialog.__name__

        def ask(*arguments: Any, _name: str = name, **_more: Any) -> Any:
            result.asked.append((_name, arguments))
            return result.answers.get(_name)

        monkeypatch.setattr(dialog, "ask", ask)
    return result


class Hand:
    """A user at the window."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot, self.program = qtbot, program
        self.window, self.session = program.window, program.session

    @property
    def view(self):  # type: ignore[no-untyped-def]
        return self.window.desk.pane.view

    @property
    def text(self) -> str:
        return self.session.project.text(self.session.article_id)

    def wait_for_jobs(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=10_000)

    def open(self, path: Path) -> None:
        self.window.files.open_path(path)
        self.wait_for_jobs()

    def find(self, word: str, after: int = 0) -> tuple[int, int]:
        start = self.text.index(word, after)
        return start, start + len(word)

    def select(self, word: str) -> tuple[int, int]:
        """Double-click a word."""
        start, end = self.find(word)
        self.view.scroll_to(start, end)
        QTest.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.spot(start, end))
        assert self.view.snapped_selection() == (start, end)
        return start, end

    def click_tag(self, start: int, end: int) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.spot(start, end))

    def spot(self, start: int, end: int) -> QPoint:
        return self.view.span_rects(start, end)[0].center().toPoint()

    def press(self, key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "the window has lost the focus"
        QTest.keyClick(focus, key, modifiers)

    def tag(self, word: str, key: Any) -> str:
        # Not by double-click: the next click would be the third of a triple one.
        self.view.select(*self.find(word))
        self.press(key)
        assert self.session.tag_id is not None
        return self.session.tag_id

    def labels(self) -> list[str]:
        return [span.label_id for span in self.session.spans()]


@pytest.fixture
def settings() -> Settings:
    settings = Settings(paths.config_dir() / "settings.json")
    settings.set("annotator_name", "Layla")
    settings.set("language", "en")
    settings.set("theme", "light")
    # A form that takes the keys is in the way of what is tested elsewhere; it has tests of its own.
    settings.set("form_at_once", value=False)
    return settings


@pytest.fixture
def program(qapp: QApplication, settings: Settings, dialogs: Dialogs) -> Iterator[Program]:
    program = build(qapp, settings)
    program.window.resize(1100, 700)
    program.window.show()
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    yield program
    program.window.jobs.stop()
    program.session.close()
    program.window.hide()
    program.window.deleteLater()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    qapp.setStyleSheet("")


@pytest.fixture
def hand(qtbot: QtBot, program: Program) -> Hand:
    return Hand(qtbot, program)


@pytest.fixture
def seeds(hand: Hand) -> Hand:
    """The window with the sample articles open and the first one shown."""
    hand.window.files.open_seeds()
    hand.wait_for_jobs()
    hand.view.setFocus()
    return hand
