# SPDX-License-Identifier: MIT
"""The real window on the project of `materials`, driven by real keys, and a way to know when it has painted."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.settings import Settings
from annotator.ui.app import Program, build
from annotator.ui.article.canvas import ArticleCanvas
from benchmarks import materials
from benchmarks.floors import window as bare

_TURNS_AT_MOST = 1_000
_SETTLING_S = 4


class Driver:
    """Opens the window and waits for its paints.

    Attributes:
        program: the window and what belongs to it.
        seen: when the article was painted first after the last key (performance counter).
    """

    seen: float | None = None

    def __init__(self, project: Path) -> None:
        self._painted = False
        self._watch_paints()
        self.program: Program = build(QApplication([]), Settings(paths.config_dir() / "settings.json"))
        window = self.program.window
        window.resize(bare.WIDTH, bare.HEIGHT)
        window.show()
        window.activateWindow()
        window.files.open_path(project)
        self.until_painted()
        # Not at the article that was read last in an earlier round.
        window.desk.articles.open_row(0)
        self.rest()

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key, and wait until the article has been painted for it."""
        self.after(lambda: QTest.keyClick(widget, key))

    def after(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the article has been painted for it."""
        self._painted, self.seen = False, None
        act()
        self.until_painted()

    def until_painted(self) -> None:
        """Let the window work until the article has been painted.

        Raises:
            SystemExit: it never is.
        """
        for _ in range(_TURNS_AT_MOST):
            self.program.app.processEvents()
            if self._painted:
                return
        raise SystemExit("the article was not painted")

    def rest(self) -> None:
        """Let the window do what is left to do."""
        for _ in range(5):
            self.program.app.processEvents()

    def settle(self) -> None:
        """Let what threads count and index after an opening come to its end."""
        until = time.perf_counter() + _SETTLING_S
        while time.perf_counter() < until:
            self.program.app.processEvents()
            time.sleep(0.01)

    def close(self) -> None:
        """Close the project and the window."""
        self.program.session.close()
        self.program.window.close()

    def _watch_paints(self) -> None:
        paint = ArticleCanvas.paintEvent

        def watched(canvas: ArticleCanvas, event: QPaintEvent) -> None:
            paint(canvas, event)
            self._painted = True
            self.seen = self.seen or time.perf_counter()

        ArticleCanvas.paintEvent = watched  # type: ignore[assignment,method-assign]  # to be told, and nothing else


def project_copy(folder: Path, name: str, project: str = materials.WINDOW_PROJECT) -> Path:
    """Return a copy of a project, the window's if none is named, that may be written to."""
    return materials.copy_project(folder / project, f"{name}.tawsim")
