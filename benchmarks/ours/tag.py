# SPDX-License-Identifier: MIT
"""Tags made by one key each in the real window: until the tag is saved and painted, and until all else is, too."""

import re
import time
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt

from annotator.model.changes import Changes
from annotator.ops import tags
from benchmarks import probe
from benchmarks.ours.program import Driver, project_copy

#: An article gets so many tags; then the next one is opened.
_TAGS_AN_ARTICLE = 10
#: That of PLACE, which asks for nothing more: no single word in the corpus has that label yet.
_KEY = Qt.Key.Key_4


def main() -> None:
    """Tag words here and there."""
    task = probe.task()
    saved: list[float] = []
    tags.add_tag = _timed(tags.add_tag, saved)  # type: ignore[assignment]  # to look at the clock, and nothing else
    driver = Driver(project_copy(task.folder, "tag"))
    driver.settle()
    seen: list[float] = []
    tagged = list(_tag(driver, task.count, seen))
    driver.close()
    if len(saved) != task.count:
        raise SystemExit(f"{len(saved)} tags were made by {task.count} keys")
    probe.report({"seen": seen, "tagged": tagged, "saved": saved})


def _tag(driver: Driver, count: int, seen: list[float]) -> Iterator[float]:
    window, session = driver.program.window, driver.program.session
    pane = window.desk.pane
    for number in range(count):
        place = number % _TAGS_AN_ARTICLE
        if number and not place:
            window.desk.articles.go(1)
            driver.rest()
        assert session.article_id is not None
        words = [match.span() for match in re.finditer(r"\w{4,}", session.project.text(session.article_id))]
        start, end = words[3 + place * 4]
        pane.view.setFocus()
        pane.view.select(start, end)
        driver.rest()
        before = session.project.span_count()
        started = time.perf_counter()
        yield probe.timed(partial(_press, driver))
        if driver.seen is None:
            raise SystemExit("the tag was not painted")
        seen.append(driver.seen - started)
        if session.project.span_count() != before + 1:
            raise SystemExit("the key made no tag")
        driver.rest()


def _press(driver: Driver) -> None:
    driver.press(driver.program.window.desk.pane.view, _KEY)
    # What is looked at when all is done, such as the names of commands.
    driver.program.app.processEvents()


def _timed(act: object, samples: list[float]) -> object:
    def timed(*args: object, **kwargs: object) -> Changes:
        start = time.perf_counter()
        changes: Changes = act(*args, **kwargs)  # type: ignore[operator]  # an act of `annotator.ops.tags`
        samples.append(time.perf_counter() - start)
        return changes

    return timed


if __name__ == "__main__":
    main()
