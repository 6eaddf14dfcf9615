# SPDX-License-Identifier: MIT
"""Several have a project open at once; who replaces the file is alone with it, and everyone else is told who it is."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import pytest

from annotator.errors import UserError
from annotator.project import Project
from annotator.store import flock
from annotator.store import lock as lock_module
from annotator.store.flock import FileLock
from annotator.store.lock import ProjectLock

_HOLD = """
import sys
from pathlib import Path
from annotator.project import Project
with Project.open(Path(sys.argv[1]), annotator="Omar"):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "_PATIENCE_S", 0.05)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a project might lie."""
    return tmp_path / "p.tawsim"


@contextmanager
def held(path: Path) -> Iterator[ProjectLock]:
    """Have a project open."""
    lock = ProjectLock(path)
    lock.acquire()
    try:
        yield lock
    finally:
        lock.release()


@contextmanager
def another_process(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Have a project open in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "open\n"
            yield child
        finally:
            child.kill()


def left_in(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(item.name for item in folder.iterdir())


def test_several_have_it_open_at_once(path: Path) -> None:
    with held(path) as first, held(path) as second, held(path) as third:
        assert [len(each.holders()) for each in (first, second, third)] == [2, 2, 2]
    assert left_in(path.parent) == []


def test_holders_are_known_by_name(path: Path) -> None:
    with held(path) as first, held(path):
        (holder,) = first.holders()
        assert "?" not in {holder.holder, holder.host, holder.since}


def test_holder_without_a_name_still_holds(path: Path) -> None:
    with held(path) as first, held(path):
        for text in ("no json", "[]"):
            path.with_name("p.tawsim.holder-2").write_text(text)
            with pytest.raises(UserError) as caught, first.alone():
                pass
            assert caught.value.params["holder"] == "?"


def test_one_is_alone_where_nobody_else_has_it(path: Path) -> None:
    with held(path) as only, only.alone(), only.alone():
        assert only.holders() == []


def test_nobody_is_alone_where_others_have_it_and_is_told_who(path: Path) -> None:
    with held(path) as first, held(path):
        with pytest.raises(UserError) as caught, first.alone():
            pytest.fail("was alone")
        assert caught.value.key == "project_locked"
        assert caught.value.params["path"] == path
        assert "?" not in {caught.value.params[name] for name in ("holder", "host", "since")}


def test_who_comes_meanwhile_is_refused_and_told_who(path: Path) -> None:
    with held(path) as only:
        with only.alone():
            for _ in range(2):
                with pytest.raises(UserError) as caught:
                    ProjectLock(path).acquire()
                assert (caught.value.key, caught.value.params["holder"] == "?") == ("project_locked", False)
        with held(path):
            assert len(only.holders()) == 1


def test_who_goes_while_another_is_alone_leaves_nothing_behind(path: Path) -> None:
    first = ProjectLock(path)
    with first.alone():
        second = ProjectLock(path)
        second._place, second._held = 0, second._taken(0)
        second.release()
        second.release()
    assert left_in(path.parent) == ["p.tawsim.lock"]
    with held(path):
        pass
    assert left_in(path.parent) == []


def test_all_places_may_be_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "_PLACES", 2)
    with held(path), held(path), pytest.raises(UserError, match="project_locked"):
        ProjectLock(path).acquire()


def test_place_of_the_dead_is_free(project: Project) -> None:
    with another_process(project.path):
        assert len(project.shared_with()) == 1
        with pytest.raises(UserError, match="project_locked"), project.alone():
            pytest.fail("was alone")
    with project.alone():
        assert project.shared_with() == []
    project.close()
    assert left_in(project.path.parent) == [project.path.name]


def test_readers_need_no_lock(filled: Project) -> None:
    with Project.open(filled.path, read_only=True) as reader, filled.alone():
        assert reader.articles() == filled.articles()
        assert reader.shared_with() == []
        with pytest.raises(UserError, match="project_read_only"), reader.alone():
            pytest.fail("was alone")


def test_link_is_the_same_door(project: Project) -> None:
    link = project.path.with_name("link.tawsim")
    link.symlink_to(project.path)
    with project.alone(), pytest.raises(UserError, match="project_locked"):
        Project.open(link, annotator="Omar")


def test_door_goes_before_it_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the file that goes may be the one that someone else holds by now."""
    lock = ProjectLock(path)
    lock.acquire()
    left: list[str] = []
    release = lock._door.release
    monkeypatch.setattr(lock._door, "release", lambda: (left.extend(left_in(path.parent)), release()))
    lock.release()
    assert left == ([] if sys.platform != "win32" else ["p.tawsim.lock"])
    assert left_in(path.parent) == []


@pytest.mark.parametrize(("is_there", "key"), [(True, "beside_unwritable"), (False, "path_unwritable")])
def test_nothing_can_be_written_beside_the_project(tmp_path: Path, is_there: bool, key: str) -> None:
    path = tmp_path / "p.tawsim"
    if is_there:
        path.write_bytes(b"")
    (tmp_path / "p.tawsim.lock").mkdir()
    with pytest.raises(UserError, match=key) as caught:
        ProjectLock(path).acquire()
    assert caught.value.params["path"] == path


def test_the_library_that_knows_all_systems_is_kept_out_and_keeps_out(tmp_path: Path) -> None:
    ours, other = FileLock(tmp_path / "x.lock"), filelock.FileLock(tmp_path / "x.lock", thread_local=False)
    assert ours.acquire()
    with pytest.raises(filelock.Timeout):
        other.acquire(timeout=0)
    ours.release()
    with other.acquire(timeout=0):
        assert not ours.acquire()
    assert ours.acquire()
    ours.release()


def test_where_the_system_has_no_such_locks_the_library_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flock, "fcntl", None)
    first, second = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_lock_whose_file_was_taken_away_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    first, second = FileLock(path), FileLock(path)
    assert first.acquire()
    path.unlink()
    assert second.acquire()
    first.release()
    second.release()


def test_a_link_in_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        FileLock(tmp_path / "x.lock").acquire()
    assert not (tmp_path / "elsewhere").exists()
