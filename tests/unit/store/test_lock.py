# SPDX-License-Identifier: MIT
"""One writer at a time, and everyone else is told who it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.project import Project
from annotator.store.lock import ProjectLock

_HOLD = """
import sys
from pathlib import Path
from annotator.project import Project
with Project.open(Path(sys.argv[1]), annotator="Omar"):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_second_writer_is_told_who_has_it(project: Project) -> None:
    with pytest.raises(UserError) as caught:
        Project.open(project.path, annotator="Omar")
    assert caught.value.key == "project_locked"
    assert caught.value.params["path"] == project.path
    assert "?" not in {caught.value.params[name] for name in ("holder", "host", "since")}


def test_refused_writer_leaves_the_lock_to_its_holder(project: Project) -> None:
    for _ in range(2):
        with pytest.raises(UserError, match="project_locked"):
            Project.open(project.path, annotator="Omar")


def test_readers_need_no_lock(filled: Project) -> None:
    with Project.open(filled.path, read_only=True) as reader:
        assert reader.articles() == filled.articles()


def test_lock_files_go_with_the_project(project: Project) -> None:
    project.close()
    assert [item.name for item in project.path.parent.iterdir()] == [project.path.name]


def test_holder_without_a_name_still_locks(tmp_path: Path) -> None:
    first, second = ProjectLock(tmp_path / "p.tawsim"), ProjectLock(tmp_path / "p.tawsim")
    first.acquire()
    (tmp_path / "p.tawsim.holder").write_text("no json")
    with pytest.raises(UserError) as caught:
        second.acquire()
    assert caught.value.params["holder"] == "?"
    first.release()
    second.acquire()
    second.release()


def test_lock_dies_with_its_process(project: Project) -> None:
    project.close()
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(project.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(UserError, match="project_locked"):
            Project.open(project.path, annotator="Layla")
        child.kill()
    Project.open(project.path, annotator="Layla").close()


def test_link_is_no_second_door(project: Project) -> None:
    link = project.path.with_name("link.tawsim")
    link.symlink_to(project.path)
    with pytest.raises(UserError, match="project_locked"):
        Project.open(link, annotator="Omar")


def test_lock_file_goes_before_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the file that goes may be the one that someone else holds by now."""
    lock = ProjectLock(tmp_path / "p.tawsim")
    lock.acquire()
    left: list[str] = []
    release = lock._lock.release
    monkeypatch.setattr(
        lock._lock, "release", lambda: (left.extend(item.name for item in tmp_path.iterdir()), release())
    )
    lock.release()
    assert left == ([] if sys.platform != "win32" else ["p.tawsim.lock"])
    assert list(tmp_path.iterdir()) == []
