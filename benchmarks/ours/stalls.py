# SPDX-License-Identifier: MIT
"""A round of work in the real window on a large project: the processor time of the longest event of each step."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator import paths
from annotator.settings import Settings
from annotator.ui.app import build
from annotator.ui.registry.list_page import RegistryList
from annotator.ui.scheme.review_page import ReviewPage
from benchmarks import materials, probe
from benchmarks.floors import window as bare
from benchmarks.kept import kept_project
from benchmarks.watchdog import Watchdog

_FILES = 200
_SETTLE_MS = 4_000


class _Round:
    """The window and what is done in it."""

    def __init__(self, project: Path) -> None:
        self.dog = Watchdog()
        self.program = build(self.dog, Settings(paths.config_dir() / "settings.json"))
        self.window = self.program.window
        self.window.resize(bare.WIDTH, bare.HEIGHT)
        self.window.show()
        self.window.activateWindow()
        # What opening takes is measured elsewhere; what is done right after it in the background, too.
        self.dog.step("", partial(self.window.files.open_path, project), _SETTLE_MS)

    def articles(self) -> None:
        """Go about in the list of articles."""
        desk, dog = self.window.desk, self.dog
        bar = desk.articles.view.verticalScrollBar()
        for tenth in (1, 5, 9, 10, 0):
            dog.step("list scrolled", partial(bar.setValue, bar.maximum() * tenth // 10))
        for _ in range(5):
            dog.step("next article", partial(desk.articles.go, 1))
        dog.step("last article", partial(desk.articles.open_row, desk.articles.model.rowCount() - 1))
        self._type("letter in the filter", desk.articles.filter, "خبر")
        dog.until("letter in the filter", lambda: None, lambda: desk.articles.model.is_read)
        dog.step("letter in the filter", desk.articles.filter.clear, 500)

    def tags(self) -> None:
        """Tag, undo and redo."""
        view, dog = self.window.desk.pane.view, self.dog
        for start in (2, 20, 40):
            dog.step("", partial(view.select, start, start + 4))
            dog.step("tag", _pressed(view, Qt.Key.Key_1))
            dog.step("undo", self.window.undo)
            dog.step("redo", self.window.redo)

    def lists(self) -> None:
        """Open what lists the whole project."""
        window, dog = self.window, self.dog
        dog.step("list of actors", partial(window.desk.side.show_page, "actors"), 400)
        page = window.desk.side.page("actors")
        assert isinstance(page, RegistryList)
        self._type("letter to find an actor", page.filter, "اب")
        dog.step("", partial(window.desk.side.show_page, "articles"))
        dog.step("what is to be reviewed", window.action("review").trigger, 3_000)
        review = window.desk.drawer.built("review")
        assert isinstance(review, ReviewPage)
        dog.step("what is to be reviewed", review.view.scrollToBottom)
        dog.step("list of tags", window.hits.open_tags, 500)
        dog.step("", window.desk.drawer.close_page)

    def imports(self, folder: Path) -> None:
        """Import a folder, and undo it."""
        window, project = self.window, self.program.session.project
        before = project.article_count()
        self.dog.until(
            "import of 200 articles",
            partial(window.imports.import_paths, [folder]),
            lambda: not window.jobs.busy and project.article_count() > before,
        )
        self.dog.step("import of 200 articles", rest_ms=500)
        self.dog.until("import undone", window.undo, lambda: not window.jobs.busy and project.article_count() == before)
        self.dog.step("import undone", rest_ms=500)

    def _type(self, step: str, field: QLineEdit, letters: str) -> None:
        for letter in letters:
            self.dog.step(step, partial(field.insert, letter), 200)


def main() -> None:
    """Do it on a copy."""
    task = probe.task()
    project = task.folder / "stalls.tawsim"
    for leftover in task.folder.glob("stalls.*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    shutil.copyfile(kept_project(task.count), project)
    files = sorted((task.folder / materials.FILES).iterdir())[:_FILES]
    folder = task.folder / "stalls.files"
    folder.mkdir()
    for file in files:
        (folder / file.name).write_text("جديد\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    work = _Round(project)
    work.articles()
    work.tags()
    work.lists()
    work.imports(folder)
    probe.report({name: [longest] for name, longest in work.dog.longest().items()})
    work.program.session.close()
    work.window.close()


def _pressed(widget: QWidget, key: Qt.Key) -> Callable[[], None]:
    return lambda: QTest.keyClick(widget, key)


if __name__ == "__main__":
    main()
