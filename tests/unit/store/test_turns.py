# SPDX-License-Identifier: MIT
"""An act goes before an index of the same program, however long the machine takes over that."""

import threading
import time
from pathlib import Path

from annotator.ops.importing import import_text
from annotator.ops.projects import new_project
from annotator.project import PATIENCE_S, Project
from annotator.store.turns import Turns


def test_an_act_waits_for_the_index_longer_than_for_another_program(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.tawsim", annotator="Layla") as project:
        writing = threading.Event()

        def index() -> None:
            with project.writer(PATIENCE_S) as own, own._database.write_derived():
                writing.set()
                time.sleep(3 * PATIENCE_S)

        thread = threading.Thread(target=index)
        thread.start()
        assert writing.wait(10)
        import_text(project, "خبر", title="1")
        thread.join()
        assert project.article_count() == 1


def test_an_index_begins_nothing_while_an_act_waits() -> None:
    turns, done = Turns(), []

    def act() -> None:
        with turns.for_act():
            done.append("act")

    def index() -> None:
        with turns.for_index():
            done.append("index")

    with turns.for_index():
        first = threading.Thread(target=act)
        first.start()
        while not turns._acts:
            time.sleep(0.001)
        second = threading.Thread(target=index)
        second.start()
    first.join()
    second.join()
    assert done == ["act", "index"]


def test_two_writers_of_one_project_share_its_turns(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.tawsim", annotator="Layla") as project, project.writer() as writer:
        assert isinstance(writer, Project)
        assert writer._database.turns is project._database.turns
