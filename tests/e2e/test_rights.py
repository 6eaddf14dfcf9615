# SPDX-License-Identifier: MIT
"""Whatever the system's habit: what the program writes can be read by its owner alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import log
from annotator.exporters import FORMATS
from annotator.exporters.base import Layout
from annotator.extras import EXTRAS
from annotator.files import move, put_text
from annotator.model.ids import LabelId
from annotator.ops import tags
from annotator.ops.exporting import export
from annotator.ops.importing import import_files
from annotator.ops.passwords import set_password
from annotator.ops.projects import default_project_path, new_project
from annotator.ops.scheme_files import save_scheme
from annotator.project import Project
from annotator.settings import user_settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such rights here")

_LOCK = (".lock", ".holder")


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def readable(folder: Path) -> dict[str, str]:
    """Return what others may do anything with, apart from locks, which say who has the project open."""
    found = {}
    for path in folder.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077 and not any(part in path.name for part in _LOCK):
            found[str(path.relative_to(folder))] = oct(mode)
    return found


@pytest.fixture
def project(tmp_path: Path, seed_paths: list[Path]) -> Iterator[Project]:
    folder = tmp_path / "work"
    folder.mkdir(mode=0o700)
    with new_project(folder / "p", annotator="Layla") as opened:
        import_files(opened, seed_paths[:2])
        tags.add_tag(opened, opened.articles()[0].id, 0, 4, LabelId("ACTOR"))
        yield opened


def test_a_project_its_log_and_its_backups(project: Project) -> None:
    folder = project.path.parent
    names = {path.name for path in folder.iterdir()}
    assert {"p.tawsim", "p.tawsim-wal", "p.tawsim-shm"} <= names
    assert readable(folder) == {}
    project.close()
    pytest.importorskip("sqlcipher3")
    key, _ = set_password(project.path, None, "one")
    with Project.open(project.path, annotator="Layla", key=key) as opened:
        tags.add_tag(opened, opened.articles()[0].id, 5, 8, LabelId("ACTOR"))
        assert readable(folder) == {}


@pytest.mark.parametrize("format_id", [kind for kind, each in FORMATS.items()])
def test_exports(project: Project, format_id: str) -> None:
    kind = FORMATS[format_id]
    if kind.extra and not EXTRAS[kind.extra].installed:
        pytest.skip("not installed")
    folder = project.path.parent
    export(project, format_id, folder / ("out" if kind.layout is not Layout.FILE else f"out{kind.suffix}"))
    assert readable(folder) == {}


def test_what_takes_the_place_of_a_file_keeps_its_rights(tmp_path: Path) -> None:
    """Who has shared a file with others goes on sharing it."""
    path = tmp_path / "shared.json"
    put_text(path, "one")
    path.chmod(0o664)
    put_text(path, "two")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("two", 0o664)
    folder, new = tmp_path / "folder", tmp_path / "new"
    (new / "inside").mkdir(parents=True)
    (new / "inside" / "file").write_text("three")
    folder.mkdir(mode=0o750)
    move(new, folder)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "inside", folder / "inside" / "file")]
    assert modes == [0o750, 0o750, 0o640]


def test_schemes_settings_and_log(project: Project, user_home: Path) -> None:
    save_scheme(project.scheme, project.path.parent / "scheme.json")
    user_settings().set("annotator_name", "Layla")
    log.setup_logging()
    log.shut_logging()
    default_project_path("seeds")
    assert {"config", "log", "data"} <= {path.name for path in user_home.iterdir()}
    assert readable(project.path.parent) == {}
    assert readable(user_home) == {}
