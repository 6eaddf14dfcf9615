# SPDX-License-Identifier: MIT
"""Actors and events in the real window, on a large project: lists and pages opened, searched and scrolled."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QListView, QWidget

from annotator.ui.registry.candidate_page import CandidatePage
from annotator.ui.registry.list_page import RegistryList
from annotator.ui.registry.names import Kind
from annotator.ui.registry.opening import Registry
from annotator.ui.registry.page import RecordPage
from benchmarks import probe
from benchmarks.large import large_project
from benchmarks.ours.program import Driver

_PROJECT = "registry.tawsim"
_TURNS_AT_MOST = 1_000
_TYPED = ("ا", "ار", "ارد", "ak", "akb", "حسن")
_STEP, _STEPS = 60, 5


class _Paints(QObject):
    """Sees a widget paint."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return False


class _Bench:
    """The window, and the clock from an act to its paint."""

    def __init__(self, project: Path) -> None:
        self.driver = Driver(project)
        self.window = self.driver.program.window
        self.samples: probe.Samples = {}
        # The count of all words goes on beside, and is measured nowhere here.
        while self.window.evidence.evidence is None:
            self.driver.program.app.processEvents()

    def measure(self, name: str, act: Callable[[], object], painted: Callable[[], QWidget]) -> None:
        """Do an act, and wait until what it shows has been painted."""
        self.samples.setdefault(name, []).append(probe.timed(partial(self._until_painted, act, painted)))
        self.driver.rest()

    def scroll(self, name: str, view: QListView) -> None:
        """Scroll on by a step, painted."""
        bar = view.verticalScrollBar()
        value = bar.value() + _STEP if bar.value() + _STEP <= bar.maximum() else 0
        self.measure(name, partial(bar.setValue, value), view.viewport)

    def _until_painted(self, act: Callable[[], object], painted: Callable[[], QWidget]) -> None:
        act()
        paints = _Paints()
        widget = painted()
        widget.installEventFilter(paints)
        widget.update()
        for _ in range(_TURNS_AT_MOST):
            self.driver.program.app.processEvents()
            if paints.seen:
                widget.removeEventFilter(paints)
                return
        raise SystemExit("nothing was painted")


def main() -> None:
    """Open lists and pages in turn."""
    task = probe.task()
    project = task.folder / _PROJECT
    if not project.exists():
        large_project(project)
    bench = _Bench(project)
    for number in range(task.count):
        _lists(bench)
        most = _list(bench).model.entry_at(0)
        assert most is not None
        _page(bench, "page_many", most.id)
        for actor_id in _few(bench, number):
            _page(bench, "page", actor_id)
        _candidates(bench)
        _tags(bench)
    bench.driver.close()
    probe.report(bench.samples)


def _lists(bench: _Bench) -> None:
    registry, side = bench.window.registry, bench.window.desk.side
    page = _list(bench)
    registry.show_list(Kind.ACTOR)
    bench.driver.rest()
    while not page.is_ready:
        bench.driver.rest()
    for text in _TYPED:
        bench.measure("typed", partial(page.filter.setText, text), lambda: page)
    page.filter.clear()
    for _ in range(_STEPS):
        bench.scroll("step", page.view)
    side.show_page("articles")
    # As after an act on an actor while the list was not seen.
    bench.measure("renewed", partial(_renew, page, registry), page.view.viewport)
    side.show_page("articles")


def _renew(page: RegistryList, registry: Registry) -> None:
    page.refresh()
    registry.show_list(Kind.ACTOR)


def _list(bench: _Bench) -> RegistryList:
    page = bench.window.desk.side.page("actors")
    assert isinstance(page, RegistryList)
    return page


def _few(bench: _Bench, number: int) -> Iterator[str]:
    """Yield actors of few mentions."""
    for row in (10 + number, 500 + number, 2_000 + number):
        entry = _list(bench).model.entry_at(row)
        if entry is not None:
            yield entry.id


def _page(bench: _Bench, name: str, actor_id: str) -> None:
    drawer = bench.window.desk.drawer

    def page() -> RecordPage:
        built = drawer.built("actor")
        assert isinstance(built, RecordPage)
        return built

    def shown() -> QWidget:
        return page().mentions.view.viewport()

    bench.measure(name, partial(bench.window.registry.open_actor, actor_id), shown)
    for _ in range(_STEPS):
        bench.scroll("step", page().mentions.view)
    drawer.close_page()


def _candidates(bench: _Bench) -> None:
    drawer = bench.window.desk.drawer

    def page() -> CandidatePage:
        built = drawer.built("candidates")
        assert isinstance(built, CandidatePage)
        return built

    bench.measure("candidates", bench.window.registry.open_candidates, page)
    while page().is_searching:
        bench.driver.program.app.processEvents()
    for _ in range(_STEPS):
        bench.scroll("step", page().group_list)
    drawer.close_page()


def _tags(bench: _Bench) -> None:
    """Choose tags in the list of an article, the event with its relations among them."""
    window = bench.window
    window.desk.articles.go(1)
    bench.driver.rest()
    for span in window.session.spans():
        bench.measure("tag", partial(window.session.select_tag, span.id), lambda: window.desk.inspector.details)


if __name__ == "__main__":
    main()
