# SPDX-License-Identifier: MIT
"""One article after another, chosen by key in the list of the real window, each until all is painted."""

from functools import partial

from PySide6.QtCore import Qt

from benchmarks import materials, probe
from benchmarks.ours.program import Driver, project_copy


def main() -> None:
    """Walk down the list, and from its end to its beginning."""
    task = probe.task()
    driver = Driver(project_copy(task.folder, "select"))
    session, view = driver.program.session, driver.program.window.desk.articles.view
    view.setFocus()
    selected = []
    for number in range(task.count):
        before = session.article_id
        at_end = number % materials.WINDOW_ARTICLES == materials.WINDOW_ARTICLES - 1
        key = Qt.Key.Key_Home if at_end else Qt.Key.Key_Down
        selected.append(probe.timed(partial(driver.press, view, key)))
        if session.article_id == before:
            raise SystemExit("the key did not select another article")
        driver.rest()
    driver.close()
    probe.report({"selected": selected})


if __name__ == "__main__":
    main()
