# SPDX-License-Identifier: MIT
"""A document of a million characters with 5,000 tags, in paragraphs and in one: opened, scrolled, tagged by keys.

In the real window; the view alone, too, where the floor is a view alone.
"""

import re
import time
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from annotator.project import Project
from annotator.ui.article.view import ArticleView
from benchmarks import materials, probe
from benchmarks.floors import window as bare
from benchmarks.ours.program import Driver, project_copy

_OPENINGS = 3
_STEP = 60
#: That of PLACE, which asks for nothing more.
_KEY = Qt.Key.Key_4
_NAMES = {1: "long", 2: "unbroken"}


def main() -> None:
    """Open each of the two documents after the short one, and work in its middle."""
    task = probe.task()
    path = project_copy(task.folder, "long-copy", materials.LONG_PROJECT)
    driver = Driver(path)
    driver.settle()
    samples: probe.Samples = {}
    for row, name in _NAMES.items():
        samples |= _work(driver, row, name, task.count)
    driver.close()
    with Project.open(path) as project:
        for row, name in _NAMES.items():
            samples[f"{name}_shown"] = _shown(project, row)
    probe.report(samples)


def _work(driver: Driver, row: int, name: str, count: int) -> probe.Samples:
    desk, session = driver.program.window.desk, driver.program.session
    view = desk.pane.view
    opened, filled = [], []
    for _ in range(_OPENINGS):
        desk.articles.open_row(0)
        driver.rest()
        started = time.perf_counter()
        filled.append(probe.timed(partial(driver.after, partial(desk.articles.open_row, row))))
        opened.append((driver.seen or 0) - started)
    # All of it laid out, as it is after a second of reading.
    view.document().documentLayout().documentSize()
    driver.rest()
    assert session.article_id is not None
    text = session.project.text(session.article_id)
    middle = len(text) // 2
    view.setFocus()
    view.scroll_to(middle, middle + 1)
    driver.rest()
    scrolled = [probe.timed(partial(_scroll, view)) for _ in range(count)]
    tagged, told = [], []
    words = [match.span() for match in re.compile(r"\w{4,}").finditer(text, middle, middle + 100 * count)]
    for start, end in words[1 : 4 * count : 4]:
        view.select(start, end)
        view.scroll_to(start, end)
        driver.rest()
        before, started = session.project.span_count(), time.perf_counter()
        told.append(probe.timed(partial(_press, driver)))
        if driver.seen is None or session.project.span_count() != before + 1:
            raise SystemExit("the key made no tag that was painted")
        tagged.append(driver.seen - started)
        driver.rest()
    near = session.spans().beginning(middle, len(text))[:count]
    chosen = [probe.timed(partial(driver.after, partial(session.select_tag, span.id))) for span in near]
    samples = {
        "opened": opened,
        "filled": filled,
        "scrolled": scrolled,
        "tagged": tagged,
        "told": told,
        "chosen": chosen,
    }
    return {f"{name}_{what}": values for what, values in samples.items()}


def _press(driver: Driver) -> None:
    driver.press(driver.program.window.desk.pane.view, _KEY)
    driver.program.app.processEvents()


def _scroll(view: ArticleView) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + _STEP)
    view.viewport().repaint()


def _shown(project: Project, row: int) -> list[float]:
    """Return how long the view alone takes to show a document whose text and tags have been read."""
    window = QMainWindow()
    view = ArticleView()
    view.set_text_font("Noto Naskh Arabic", bare.POINT_SIZE)
    window.setCentralWidget(view)
    window.resize(bare.WIDTH, bare.HEIGHT)
    window.show()
    first, long = project.articles()[0].id, project.articles()[row].id
    result = []
    for _ in range(_OPENINGS):
        view.show_article(first, project.text(first), (), project.scheme)
        view.viewport().repaint()
        text, spans = project.text(long), project.spans_to_show(long)
        result.append(probe.timed(lambda: _show(view, project, long, text, spans)))  # noqa: B023 - called at once
    window.close()
    return result


def _show(view: ArticleView, project: Project, article_id: str, text: str, spans: object) -> None:
    view.show_article(article_id, text, spans, project.scheme)  # type: ignore[arg-type]  # as they were read
    view.viewport().repaint()


if __name__ == "__main__":
    main()
