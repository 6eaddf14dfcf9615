# SPDX-License-Identifier: MIT
"""The composition root: the one place that makes settings, session and window and puts them together."""

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.log import setup_logging
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.dialogs.crash import CrashGuard
from annotator.ui.fonts import register_fonts
from annotator.ui.main_window import MainWindow
from annotator.ui.memory import WindowSettings
from annotator.ui.session import Session
from annotator.ui.viewing import dress


@dataclass(frozen=True, slots=True)
class Program:
    """All that lives as long as the program runs."""

    app: QApplication
    settings: Settings
    session: Session
    window: MainWindow


def build(app: QApplication, settings: Settings, project: Path | None = None) -> Program:
    """Make a session and its window, in the language and theme of the settings; the window is not shown yet.

    Args:
        app: Qt's application.
        settings: the user's.
        project: shown from the beginning, if it can be opened without a question.
    """
    register_fonts()
    app.setApplicationName("Tawsim")
    app.setDesktopFileName("tawsim")
    app.setWindowIcon(icons.app_icon())
    dress(app, settings)
    session = Session()
    return Program(app, settings, session, MainWindow(session, settings, project))


def run_window(source: Path | None = None, *, seeds: bool = False) -> int:
    """Run the window until it is closed.

    Args:
        source: a project, or a folder or file of articles, to open; the start page if None.
        seeds: open the sample articles instead.

    Returns:
        The exit code.
    """
    log = setup_logging()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    program = build(app, WindowSettings(paths.config_dir() / "settings.json"), None if seeds else source)
    guard = CrashGuard(lambda: close_safely(program), log)
    guard.install()
    program.window.show()
    QTimer.singleShot(0, program.window, _settle)
    # The window stands before the first question is asked.
    QTimer.singleShot(0, program.window, lambda: program.window.files.begin(source, seeds=seeds))
    try:
        return app.exec()
    finally:
        close_safely(program)
        guard.uninstall()
        take_down(program)


def _settle() -> None:
    """Look for garbage from now on, but not among all that the window is made of: that takes longer than a frame."""
    gc.freeze()
    gc.enable()


def close_safely(program: Program) -> None:
    """Close the project after a bug: every act is in the file already, so nothing can be lost."""
    program.window.jobs.stop()
    program.session.close()


def take_down(program: Program) -> None:
    """Delete the window while Qt and Python both stand: left to the end of the process, they go in any order."""
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
