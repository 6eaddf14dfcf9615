# SPDX-License-Identifier: MIT
"""The composition root: the one place that makes settings, session and window and puts them together."""

import gc
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.late import late
from annotator.log import earlier_death, last_words, setup_logging
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.fonts import register_fonts
from annotator.ui.garbage import Collector, put_aside
from annotator.ui.main_window import MainWindow
from annotator.ui.memory import WindowSettings
from annotator.ui.session import Session
from annotator.ui.style import styled_application, styled_once
from annotator.ui.viewing import dress

if TYPE_CHECKING:
    from annotator.ui.dialogs.crash import CrashGuard, DeathDialog
else:
    CrashGuard = late("annotator.ui.dialogs.crash", "CrashGuard")
    DeathDialog = late("annotator.ui.dialogs.crash", "DeathDialog")

#: A window that is not painted by then, as where it begins hidden, is completed all the same.
_PATIENCE_MS = 500


@dataclass(frozen=True, slots=True)
class Program:
    """All that lives as long as the program runs."""

    app: QApplication
    settings: Settings
    session: Session
    window: MainWindow
    collector: Collector


def build(app: QApplication, settings: Settings, project: Path | None = None, *, in_steps: bool = False) -> Program:
    """Make a session and its window, in the language and theme of the settings; the window is not shown yet.

    Args:
        app: Qt's application.
        settings: the user's.
        project: shown from the beginning, if it can be opened without a question.
        in_steps: leave what the first paint does without to `MainWindow.complete`.
    """
    register_fonts()
    app.setApplicationName("Tawsim")
    app.setDesktopFileName("tawsim")
    gc.disable()  # until there is the collector: a thread opens the project
    session = Session()
    with styled_once(app):
        dress(app, settings)
        window = MainWindow(session, settings, project, in_steps=in_steps)
    return Program(app, settings, session, window, Collector(window))


def run_window(source: Path | None = None, *, seeds: bool = False) -> int:
    """Run the window until it is closed.

    Args:
        source: a project, or a folder or file of articles, to open; the start page if None.
        seeds: open the sample articles instead.

    Returns:
        The exit code: 1 where a bug was met.
    """
    log = setup_logging()
    death = earlier_death()
    with last_words():
        return _run(source, log, death, seeds=seeds)


def _run(source: Path | None, log: Path | None, death: str, *, seeds: bool) -> int:
    app = QApplication.instance() or styled_application(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    settings = WindowSettings(paths.config_dir() / "settings.json")
    program = build(app, settings, None if seeds else source, in_steps=True)
    program.window.show()
    if not program.window.is_complete:
        wait_for_paint(program.window)
    guard = CrashGuard(lambda: close_safely(program), log, program.session.afterwards)
    guard.install()
    app.setWindowIcon(icons.app_icon())
    program.window.complete()
    put_aside()  # no garbage is looked for among all that the window is made of: that takes longer than a frame
    if death:
        QTimer.singleShot(0, program.window, lambda: DeathDialog.ask(program.window, death, log))
    # The window stands before the first question is asked.
    QTimer.singleShot(0, program.window, lambda: program.window.files.begin(source, seeds=seeds))
    try:
        code = app.exec()
        return int(guard.caught_any) or code
    finally:
        close_safely(program)
        guard.uninstall()
        take_down(program)


class _Paints(QObject):
    """Ends a loop of events once a widget was painted."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__(loop)
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._loop.quit)  # once all that is to be painted is
        return False


def wait_for_paint(window: MainWindow) -> None:
    """Let a window be painted; keys and clicks wait until it is complete."""
    loop = QEventLoop()
    window.desk.pane.view.viewport().installEventFilter(_Paints(loop))
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def close_safely(program: Program) -> None:
    """Close the project after a bug: every act is in the file already, so nothing can be lost."""
    program.window.jobs.stop()
    program.session.close()


def take_down(program: Program) -> None:
    """Delete the window while Qt and Python both stand: left to the end of the process, they go in any order."""
    program.collector.give_back()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
