# SPDX-License-Identifier: MIT
"""What the first paint of an article takes is counted, not timed; and that nothing moves when the rest is built."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.ops.projects import new_project_from

#: Of the program itself, modules loaded when an article is first painted, and widgets made by then; there is room for
#: a few more. What needs more belongs behind the first paint: see docs/adr/0015-start-and-large-corpora.md.
MOST_MODULES, MOST_WIDGETS = 114, 40

#: Libraries that take milliseconds and megabytes, and that only what comes later has a use for.
HEAVY = ("bidi", "click", "filelock", "hashlib", "hmac", "html", "logging.handlers", "msgspec", "socket")

_PROGRAM = """
import json, sys
from pathlib import Path
from annotator import paths
from annotator.ui.app import build, take_down, wait_for_paint
from annotator.ui.memory import WindowSettings
from annotator.ui.style import styled_application

project, looks = Path(sys.argv[1]), sys.argv[2]
app = styled_application(["tawsim"])
settings = WindowSettings(paths.config_dir() / "settings.json")
for key, value in (("annotator_name", "A"), ("language", looks)):
    settings.set(key, value)


def shown(window):
    view = window.desk.pane.view
    corner = view.mapTo(window, view.rect().topLeft())
    lines = [box.geometry().getRect() for box in (window.desk.pane.title, window.desk.pane.done_button)]
    return [corner.x(), corner.y(), view.width(), view.height(), view.viewport().width(), lines]


def run():
    program = build(app, settings, project, in_steps=True)
    window = program.window
    window.show()
    first = None
    if not window.is_complete:
        wait_for_paint(window)
        modules = [name for name in sys.modules if name.startswith("annotator")]
        heavy = [name for name in sys.argv[3].split() if name in sys.modules]
        first = [len(modules), heavy, len(app.allWidgets()), shown(window)]
        window.complete()
    for _ in range(5):
        app.processEvents()
    assert window.is_complete
    last = [len(window.menuBar().actions()), window.desk.articles.model.rowCount(), shown(window)]
    while not window.linking.warming.is_done:
        app.processEvents()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    before = set(sys.modules)
    window.desk.pane.view.select(0, 3)
    QTest.keyClick(window.desk.pane.view, Qt.Key.Key_1)
    assert program.session.tag_id
    last.append(sorted(set(sys.modules) - before))
    window.close()
    take_down(program)
    return first, last


print(json.dumps(run()))
"""


def _run(project: Path, language: str, home: Path) -> tuple[Any, Any]:
    """Open a window in a process of its own; return what is told of its first paint, and of when it is complete."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(project), language, " ".join(HEAVY)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "TAWSIM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    first, last = json.loads(done.stdout.splitlines()[-1])
    return first, last


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("زار بيني غانتس القاهرة.\n" * 60, encoding="utf-8")
    path = tmp_path / "p.tawsim"
    new_project_from(path, [tmp_path / "articles"], annotator="A")[0].close()
    return path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_paint_takes_little_and_nothing_moves_after_it(project: Path, tmp_path: Path, language: str) -> None:
    home = tmp_path / "home"
    first, _ = _run(project, language, home)
    assert first is None, "nobody knows yet how high the bars are"
    first, last = _run(project, language, home)
    modules, heavy, widgets, before = first
    menus, rows, after, loaded_to_tag = last
    assert menus
    assert rows == 1
    assert before == after

    assert loaded_to_tag == [], "it was loaded while nothing else was to be done"

    assert heavy == []
    assert modules <= MOST_MODULES
    assert widgets <= MOST_WIDGETS
