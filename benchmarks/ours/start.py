# SPDX-License-Identifier: MIT
"""`tawsim open PROJECT` from the start of its process to the first paint of an article, and its memory then."""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from annotator.__main__ import main as tawsim
from annotator.ui.article.canvas import ArticleCanvas
from benchmarks import materials, probe

#: Turns of the event loop after the first paint, until nothing is left to do.
_TURNS = 20


class _Watch:
    """Notes when an article was first painted, lets the window come to rest, takes its memory and closes it."""

    def __init__(self, started: float) -> None:
        self.samples: probe.Samples = {}
        self._started = started
        self._turns = 0

    def painted(self) -> None:
        """Take the time of the first paint."""
        if not self.samples:
            self.samples["painted"] = [time.monotonic() - self._started]
            QTimer.singleShot(0, self._turn)

    def _turn(self) -> None:
        self._turns += 1
        if self._turns < _TURNS:
            QTimer.singleShot(0, self._turn)
            return
        self.samples |= probe.memory()
        QApplication.quit()


def main() -> None:
    """Run the program as the command line does."""
    task = probe.task()
    watch = _Watch(task.started)
    paint = ArticleCanvas.paintEvent

    def watched(canvas: ArticleCanvas, event: QPaintEvent) -> None:
        paint(canvas, event)
        if canvas.article_id:
            watch.painted()

    ArticleCanvas.paintEvent = watched  # type: ignore[method-assign]  # to look at the clock, and nothing else
    sys.argv = ["tawsim", "open", str(task.folder / materials.WINDOW_PROJECT)]
    try:
        tawsim()
    except SystemExit as end:
        if end.code:
            raise
    probe.report(watch.samples)


if __name__ == "__main__":
    main()
