# SPDX-License-Identifier: MIT
"""What befalls a project while it is open: its folder goes, its file is deleted or replaced, someone holds its lock."""

import contextlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.i18n import describe
from annotator.ops import tags
from annotator.ops.checking import check
from annotator.project import Project

from .holding import held
from .proving import dump
from .streams import ACTOR, OLD, PROJECT, WHO
from .tally import Line


@contextlib.contextmanager
def _folder_gone(path: Path) -> Iterator[None]:
    away = path.parent.with_name("away")
    path.parent.rename(away)
    yield
    away.rename(path.parent)


@contextlib.contextmanager
def _file_gone(path: Path) -> Iterator[None]:
    away = path.with_name("away")
    path.rename(away)
    yield
    away.rename(path)


@contextlib.contextmanager
def _replaced(path: Path) -> Iterator[None]:
    away = path.with_name("away")
    path.rename(away)
    shutil.copy(path.with_name(OLD), path)
    yield
    assert path.read_bytes() == path.with_name(OLD).read_bytes(), "the stranger was written to"
    away.replace(path)


@contextlib.contextmanager
def _held_in_this_process(path: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        yield


#: What befalls it, and how that is told.
_BLOWS: dict[str, tuple[object, str]] = {
    "its folder vanishes": (_folder_gone, "project_moved"),
    "its file vanishes": (_file_gone, "project_moved"),
    "its file is replaced": (_replaced, "project_moved"),
    "another process holds its lock": (held, "project_busy"),
    "another connection holds it alone": (_held_in_this_process, "project_busy"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="what is open cannot be moved there")
@pytest.mark.parametrize("blow", _BLOWS)
@pytest.mark.fault("what befalls an open project")
def test_an_act_is_refused_and_done_once_it_is_mended(
    blow: str, prepared: Path, tmp_path: Path, line: Line, faults_long: bool
) -> None:
    path = shutil.copytree(prepared, tmp_path / "work") / PROJECT
    befall, key = _BLOWS[blow]
    with Project.open(path, annotator=WHO) as project:
        article = project.articles()[0].id
        for start in range(1, 12 if faults_long else 3):
            before = dump(path)
            with befall(path), pytest.raises(UserError) as caught:  # type: ignore[operator]
                tags.add_tag(project, article, start, start + 2, ACTOR)
            assert caught.value.key == key
            assert str(path) in describe(caught.value)
            assert dump(path) == before
            tags.add_tag(project, article, start, start + 2, ACTOR)
            line.add(blow)
        assert check(project).problems == ()
