# SPDX-License-Identifier: MIT
"""What is written beside its place, and what is left there by a program that was killed."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from annotator import files
from annotator.files import move, put_text, scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders have no locks there")


@pytest.fixture(autouse=True)
def _all_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_NEW_S", 0)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(work: Callable[[Path], object], folder: Path) -> None:
    child = multiprocessing.get_context("fork").Process(target=work, args=(folder,))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL


def _write(folder: Path) -> None:
    with scratch(folder / "tags.jsonl") as hidden:
        (hidden / "new").write_text("half")
        _die()


def _move(folder: Path) -> None:
    """Die between the two steps by which a folder takes the place of an older one."""
    new = folder / "new"
    new.mkdir()
    with mock.patch.object(Path, "rename", _die_at("new", Path.rename)):
        move(new, folder / "tables")


def _die_at(name: str, rename: Callable[..., Path]) -> Callable[..., Path]:
    return lambda path, target: _die() if path.name == name else rename(path, target)  # type: ignore[return-value]


def test_what_a_killed_program_left_is_cleared_by_the_next_one_there(tmp_path: Path) -> None:
    _killed(_write, tmp_path)
    assert [path.name.startswith(".tawsim-") for path in tmp_path.iterdir()] == [True]
    put_text(tmp_path / "other.txt", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def test_an_older_export_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "older.csv").write_text("older")
    _killed(_move, tmp_path)
    assert not (tmp_path / "tables").exists()
    put_text(tmp_path / "other.txt", "whole")
    assert (tmp_path / "tables" / "older.csv").read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "other.txt", "tables"]


def test_what_is_being_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scratch(tmp_path / "a") as one, scratch(tmp_path / "b") as other:
        assert one.is_dir()
        assert other.is_dir()
    monkeypatch.setattr(files, "_NEW_S", 10)
    new = tmp_path / ".tawsim-01234567.part"  # not locked yet
    new.mkdir()
    foreign = tmp_path / ".tawsim-notes.part"
    foreign.mkdir()
    os.utime(foreign, (0, 0))
    put_text(tmp_path / "other.txt", "whole")
    assert new.is_dir()
    assert foreign.is_dir()
