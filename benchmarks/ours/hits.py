# SPDX-License-Identifier: MIT
"""The lists of places in the real window, on 10,000 articles with 100,000 tags: opened, filled, scrolled, ticked."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.model.ids import LabelId
from annotator.ui.hits.occurrences import Quest
from annotator.ui.hits.page import HitPage
from benchmarks import probe
from benchmarks.floors.occurrences import NAMES
from benchmarks.large import large_project
from benchmarks.ours.program import Driver

_PROJECT = "hits.tawsim"
_STEPS = 40
_TICK_MS = 5


class _Bench:
    """The window and the samples."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.window = driver, driver.program.window
        self.samples: probe.Samples = {}

    def measure(self, name: str, act: Callable[[], object], part: QWidget | None = None) -> None:
        """Do an act until the drawer, or a part of it, is painted."""
        painted = partial(self._painted, act, part or self.window.desk.drawer)
        self.samples.setdefault(name, []).append(probe.timed(painted))

    def page(self) -> HitPage:
        """Return the page that is seen."""
        page = self.window.desk.drawer.built(self.window.desk.drawer.current or "")
        if not isinstance(page, HitPage):
            raise SystemExit("no list of places is seen")
        return page

    def wait(self) -> None:
        """Let the search run to its end, and note how long the window was held up between two turns."""
        page, loop, timer = self.page(), QEventLoop(), QTimer()
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

    @staticmethod
    def _painted(act: Callable[[], object], part: QWidget) -> None:
        act()
        part.repaint()


def main() -> None:
    """Open both lists, and move in them."""
    task = probe.task()
    path = task.folder / _PROJECT
    if not path.exists():
        large_project(path)
    bench = _Bench(Driver(path))
    window = bench.window
    while window.evidence.evidence is None:
        bench.driver.rest()
    for _ in range(task.count):
        bench.measure("opened", window.hits.open_tags)
        bench.wait()
        _move(bench)
        bench.measure("opened_hits", partial(window.hits.look_for, Quest(NAMES, LabelId("STANCE"))))
        bench.wait()
        window.desk.drawer.close_page()
    bench.driver.close()
    probe.report(bench.samples)


def _move(bench: _Bench) -> None:
    page = bench.page()
    view, bar = page.view, page.view.verticalScrollBar()
    if page.model.count < 100_000:
        raise SystemExit(f"{page.model.count} tags are listed")
    for step in range(_STEPS):
        bench.measure("scrolled", partial(bar.setValue, bar.maximum() * step // _STEPS), view.viewport())
    bar.setValue(0)
    for _ in range(_STEPS):
        bench.measure("scrolled", partial(QTest.keyClick, view, Qt.Key.Key_PageDown), view.viewport())
    view.selectAll()
    bench.measure("ticked", partial(QTest.keyClick, view, Qt.Key.Key_Space), view.viewport())


if __name__ == "__main__":
    main()
