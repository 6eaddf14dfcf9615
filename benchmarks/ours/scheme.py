# SPDX-License-Identifier: MIT
"""The scheme's editor, guideline and review in the real window, on 10,000 articles with 100,000 tags."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.scheme.dialog import SchemeDialog
from annotator.ui.scheme.places import Kind, PartKey
from annotator.ui.scheme.review_page import ReviewPage
from benchmarks import probe
from benchmarks.large import large_project
from benchmarks.ours.program import Driver

_PROJECT = "scheme.tawsim"
_STEPS = 40
_TICK_MS = 5
_PARTS = (
    PartKey(Kind.LABEL, "ACTOR"),
    PartKey(Kind.ATTRIBUTE, "type"),
    PartKey(Kind.VALUE, "visit", "mode"),
    PartKey(Kind.RELATION, "TARGET"),
    PartKey(Kind.LABEL, "EVENT"),
)


class _Bench:
    """The window and the samples."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.window = driver, driver.program.window
        self.samples: probe.Samples = {}

    def measure(self, name: str, act: Callable[[], object], part: Callable[[], QWidget]) -> None:
        """Do an act until a part of the window is painted."""
        self.samples.setdefault(name, []).append(probe.timed(partial(_painted, act, part)))

    def editor(self) -> None:
        """Open the editor and choose a part of each kind."""
        opened: list[SchemeDialog] = []
        window = self.window

        def show() -> None:
            dialog = SchemeDialog(window, window.session, window.settings, window.scheme_ways.reserved_keys())
            opened.append(dialog)
            dialog.show()

        self.measure("editor", show, lambda: opened[0])
        for key in _PARTS:
            self.measure("part", partial(opened[0].choose, key), lambda: opened[0])
        opened[0].reject()
        opened[0].deleteLater()
        QApplication.processEvents()

    def review(self) -> None:
        """Open the list, have it fill, and move in it."""
        drawer = self.window.desk.drawer
        self.measure("review", self.window.scheme_ways.open_review, lambda: drawer)
        page = drawer.built("review")
        assert isinstance(page, ReviewPage)
        self._wait(page)
        if page.model.rowCount() < _STEPS:
            raise SystemExit(f"{page.model.rowCount()} tags are listed")
        bar = page.view.verticalScrollBar()
        for step in range(_STEPS):
            self.measure("scrolled", partial(bar.setValue, bar.maximum() * step // _STEPS), page.view.viewport)

    def _wait(self, page: ReviewPage) -> None:
        """Let the search run to its end, and note how long the window was held up between two turns."""
        loop, timer = QEventLoop(), QTimer()
        held = self.samples.setdefault("held", [])
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            held.append(max(0.0, now - last - _TICK_MS / 1000))
            last = now
            if not page.search.is_running:
                loop.quit()

        timer.timeout.connect(tick)
        timer.start(_TICK_MS)
        loop.exec()
        timer.stop()


def _painted(act: Callable[[], object], part: Callable[[], QWidget]) -> None:
    act()
    part().repaint()


def main() -> None:
    """Open all three in turn."""
    task = probe.task()
    path = task.folder / _PROJECT
    if not path.exists():
        large_project(path)
    bench = _Bench(Driver(path))
    while bench.window.evidence.evidence is None:
        bench.driver.rest()
    for _ in range(task.count):
        bench.editor()
        bench.review()
        bench.measure("guideline", bench.window.scheme_ways.open_guideline, lambda: bench.window.desk.drawer)
        bench.window.desk.drawer.close_page()
    bench.driver.close()
    probe.report(bench.samples)


if __name__ == "__main__":
    main()
