# SPDX-License-Identifier: MIT
"""`tawsim open PROJECT` from the start of its process to the first paint of an article, and its memory then."""

import sys
import time
from typing import TYPE_CHECKING

from annotator.__main__ import main as tawsim
from benchmarks import probe

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.ui.article.canvas import ArticleCanvas

#: Turns of the event loop after the first paint, until nothing is left to do.
_TURNS = 20


class _Watch:
    """Notes when an article was first painted, lets the window come to rest, takes its memory and closes it."""

    def __init__(self, started: float) -> None:
        self.samples: probe.Samples = {}
        self._started = started
        self._turns = 0

    def begin(self) -> None:
        """Watch the paints of the article view."""
        # Here, for the program loads what has nothing to do with Qt before it loads Qt.
        from annotator.ui.article.canvas import ArticleCanvas

        paint = ArticleCanvas.paintEvent

        def watched(canvas: "ArticleCanvas", event: "QPaintEvent") -> None:
            paint(canvas, event)
            if canvas.article_id and not self.samples:
                self.samples["painted"] = [time.monotonic() - self._started]
                self._turn()

        ArticleCanvas.paintEvent = watched  # type: ignore[assignment,method-assign]  # to look at the clock, and nothing else

    def _turn(self) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        self._turns += 1
        complete = all(getattr(window, "is_complete", True) for window in QApplication.topLevelWidgets())
        if complete and "complete" not in self.samples:
            self.samples["complete"] = [time.monotonic() - self._started]
        if self._turns <= _TURNS:
            QTimer.singleShot(0, self._turn)
            return
        self.samples |= probe.memory()
        QApplication.quit()


def main() -> None:
    """Run the program as the command line does."""
    task = probe.task()
    watch = _Watch(task.started)
    watch.begin()
    sys.argv = ["tawsim", "open", str(task.folder / "window.tawsim")]
    try:
        tawsim()
    except SystemExit as end:
        if end.code:
            raise
    probe.report(watch.samples)


if __name__ == "__main__":
    main()
