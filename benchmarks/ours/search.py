# SPDX-License-Identifier: MIT
"""A word found in 10,000 articles: indexed, the first page with its context, and that page painted after Enter."""

import sqlite3
import time
from functools import partial
from itertools import islice

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from annotator.analysis.frequencies import word_rates
from annotator.model.ids import LabelId
from annotator.ops.occurrences import find_occurrences
from annotator.ops.search import index_texts, search
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query
from annotator.ui.hits.words import WordsPage
from benchmarks import materials, probe
from benchmarks.floors.search import COMMON, FREQUENT, PAGE, PROJECT, rare_word
from benchmarks.large import large_project
from benchmarks.ours.program import Driver

_WIDTH = 90
_BYTES = 1_000_000


def main() -> None:
    """Index, ask, and ask by hand."""
    task = probe.task()
    path = task.folder / PROJECT
    if not path.exists():
        large_project(path)
    samples: probe.Samples = {"frequent": [], "common": [], "rare": [], "occurrences": []}
    with Project.open(path, annotator=materials.ANNOTATOR) as project:
        project.drop_index()
        samples["filled"] = [probe.timed(partial(index_texts, project))]
        known = Evidence({}, word_rates())
        words = (FREQUENT, COMMON, rare_word(project.text(project.articles(limit=1)[0].id)))
        for _ in range(task.count):
            for name, word in zip(("frequent", "common", "rare"), words, strict=True):
                samples[name].append(probe.timed(partial(_first_page, project, word, known)))
            samples["occurrences"].append(probe.timed(partial(_occurrences, project, words[-1], known)))
    samples["size"] = [_size(path)]
    samples["painted"] = _by_hand(Driver(path), task.count)
    probe.report(samples)


def _first_page(project: Project, word: str, known: Evidence) -> None:
    hits = list(islice(search(project, Query.of(word), known), PAGE))
    if not hits:
        raise SystemExit(f"{word} is not found")
    for hit in hits:
        project.in_context(hit.article_id, hit.start, hit.end, _WIDTH)


def _occurrences(project: Project, name: str, known: Evidence) -> None:
    found = find_occurrences(project, [name], known, LabelId("STANCE"), annotator_id=project.annotator.id)
    if not list(found):
        raise SystemExit(f"{name} is not found")


def _size(path: object) -> float:
    connection = sqlite3.connect(str(path))
    (size,) = connection.execute("select sum(length(block)) from search_index_data").fetchone()
    connection.close()
    return float(size) / _BYTES


class _Paints(QObject):
    """Watches a list until it is painted with something in it."""

    def __init__(self, page: WordsPage) -> None:
        super().__init__()
        self._page = page
        self.loop = QEventLoop()
        page.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See a paint, and let it be done."""
        if event.type() is QEvent.Type.Paint and self._page.model.count:
            # Once it is painted: a loop that spins would keep the search from its turn.
            QTimer.singleShot(0, self.loop.quit)
        return False


def _by_hand(driver: Driver, count: int) -> list[float]:
    """Return how long it takes from Enter until the first page was painted, the count being still under way."""
    window = driver.program.window
    while window.evidence.evidence is None:
        driver.rest()
    window.hits.open_words()
    page = window.desk.drawer.built("search")
    if not isinstance(page, WordsPage):
        raise SystemExit("the page is not there")
    paints = _Paints(page)
    samples = []
    for number in range(count):
        page.search.stop()
        page.model.clear()
        driver.rest()
        page.words.setText((FREQUENT, COMMON)[number % 2])
        start = time.perf_counter()
        QTest.keyClick(page.words, Qt.Key.Key_Return)
        paints.loop.exec()
        samples.append(time.perf_counter() - start)
    page.search.stop()
    driver.close()
    return samples


if __name__ == "__main__":
    main()
