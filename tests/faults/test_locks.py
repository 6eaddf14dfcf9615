# SPDX-License-Identifier: MIT
"""Whatever reads the bytes of the project that is open leaves it its locks.

Without them another program takes its write-ahead log away when it closes the file, and what is written after that is
lost, or damages it.
"""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.files import is_database, peeking
from annotator.importers import safety
from annotator.ops import tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.projects import load_scheme
from annotator.project import Project
from annotator.store import database
from annotator.store.backups import set_aside
from annotator.ui.scheme import guideline_field

from .streams import ACTOR, EVENT, PROJECT, WHO

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a descriptor that is closed gives up no lock there")

_OPEN_AND_CLOSE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("select count(*) from sqlite_schema").fetchone()
connection.close()
"""

_LOOKS: dict[str, Callable[[Path], object]] = {
    "a scheme": load_scheme,
    "a guideline": guideline_field._markdown,
    "a mapping": safety.read_text,
    "an export's place": is_database,
    "what cannot be read": set_aside,
}


@pytest.fixture
def project(prepared: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copytree(prepared, tmp_path / "work") / PROJECT, annotator=WHO) as project:
        tags.add_tag(project, project.articles()[0].id, 1, 3, ACTOR)
        yield project


def _prove_locked(project: Project) -> None:
    log = project.path.with_name(project.path.name + "-wal")
    subprocess.run([sys.executable, "-c", _OPEN_AND_CLOSE, str(project.path)], check=True)
    assert log.exists(), "another program took the log away"
    tags.add_tag(project, project.articles()[0].id, 5, 7, EVENT)
    assert check(project).problems == ()


@pytest.mark.parametrize("what", _LOOKS)
def test_the_open_project_chosen_for_something_else(project: Project, what: str) -> None:
    with contextlib.suppress(UserError):
        _LOOKS[what](project.path)
    _prove_locked(project)


def test_the_open_project_imported(project: Project) -> None:
    import_files(project, [project.path])
    _prove_locked(project)


@pytest.mark.parametrize("opens", [Project.reader, Project.writer])
def test_a_look_that_ends_while_another_thread_has_it_open(
    project: Project, opens: Callable[[Project], Project]
) -> None:
    other = opens(project)
    assert is_database(project.path)
    other.close()
    _prove_locked(project)


def test_a_look_that_ends_while_it_is_opened(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in another thread than the one that opens it."""
    path, usual = shutil.copytree(prepared, tmp_path / "work") / PROJECT, database._check

    def checked(*args: object, **options: object) -> object:
        pending = usual(*args, **options)  # type: ignore[arg-type]
        with peeking(path):
            pass
        return pending

    monkeypatch.setattr(database, "_check", checked)
    with Project.open(path, annotator=WHO) as project:
        tags.add_tag(project, project.articles()[0].id, 1, 3, ACTOR)
        _prove_locked(project)
