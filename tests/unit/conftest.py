# SPDX-License-Identifier: MIT
"""Real project files for the tests of the core: no double of the store, and no Qt."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.model.ids import ArticleId
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project

_NOBODY = 65534

TEXT = "رحّب غانتس بلقاء أردوغان في أنقرة.\n\nوقال إن اللقاء «مهمّ» 👍🏽 جدًّا، و NATO أيضًا.\n"
OTHER = "أعلنت تركيا موقفها.\nولم تعلّق إسرائيل.\n"


@pytest.fixture
def article_files(tmp_path: Path) -> list[Path]:
    """Return two article files."""
    folder = tmp_path / "articles"
    folder.mkdir()
    paths = [folder / "one.txt", folder / "two.txt"]
    for path, text in zip(paths, (TEXT, OTHER), strict=True):
        path.write_bytes(text.encode())
    return paths


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return what is in the file of a new project of the annotator Layla: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("new") / "p.tawsim"
    new_project(path, annotator="Layla").close()
    return path.read_bytes()


@pytest.fixture
def project(tmp_path: Path, new_file: bytes) -> Iterator[Project]:
    """Return a new project of the annotator Layla."""
    path = tmp_path / "p.tawsim"
    path.write_bytes(new_file)
    with Project.open(path, annotator="Layla") as opened:
        yield opened


@pytest.fixture
def filled(project: Project, article_files: list[Path]) -> Project:
    """Return a project with two articles."""
    import_files(project, article_files)
    return project


@pytest.fixture
def article_id(filled: Project) -> ArticleId:
    """Return the id of its first article."""
    return filled.articles()[0].id


@pytest.fixture
def tamper() -> Callable[[Path, str], None]:
    """Return what changes a project file behind the program's back, past its triggers and foreign keys."""

    def run(path: Path, sql: str) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            triggers = connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"drop trigger {name}")
            connection.executescript(sql)
            for _, trigger in triggers:
                connection.execute(trigger)
        finally:
            connection.close()

    return run


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """Return what reads every row of the tables that hold the state: all but the history."""

    def read(path: Path) -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(path)
        try:
            return {
                table: sorted(connection.execute(f"select * from {table}").fetchall())
                for table in ("project", "annotator", "layer", "label", "article", "span")
            }
        finally:
            connection.close()

    return read


@pytest.fixture
def bound_by_permissions(tmp_path: Path) -> Iterator[None]:
    """Run the test as someone whom file permissions bind; root, as which tests run in a container, they do not."""
    if sys.platform == "win32":
        pytest.skip("permissions work otherwise there")
    if os.geteuid() != 0:
        yield
        return
    # pytest's folders are closed to others.
    closed = {folder: folder.stat().st_mode for folder in tmp_path.parents if not folder.stat().st_mode & 0o001}
    for folder in closed:
        folder.chmod(0o711)
    os.chown(tmp_path, _NOBODY, -1)
    os.setresuid(_NOBODY, _NOBODY, 0)
    yield
    os.setresuid(0, 0, 0)
    for folder, mode in closed.items():
        folder.chmod(mode)
