# SPDX-License-Identifier: MIT
"""The disk is full, or fails, at any step of any work: a clear word, the last good state, and the next try succeeds."""

import contextlib
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import apsw
import pytest

from annotator.errors import UserError
from annotator.i18n import describe
from annotator.ops import backups, history, tags
from annotator.ops.checking import check
from annotator.ops.foreign.importing import import_annotations
from annotator.ops.importing import import_files
from annotator.ops.occurrences import find_occurrences, tag_occurrences
from annotator.ops.projects import new_project
from annotator.ops.search import index_texts
from annotator.project import Project
from annotator.text.proclitics import Evidence

from .proving import state
from .shim import Step, in_place
from .streams import ACTOR, OLD, PROJECT, WHO
from .tally import Line

#: How it is told.
_TOLD = ("disk_full", "write_failed", "path_unwritable", "backup_failed", "project_read_only")
#: At so many steps of each work the disk fails, at most, in the short form; in the long one at each.
_SHORT = 1


#: Done once the file is in its place, whatever then befalls the opening of it.
_MOVED_FIRST = ("migration",)


@dataclass(slots=True)
class _Fault:
    """A disk that refuses steps once it is armed.

    Attributes:
        name: what is wrong.
        kinds: the steps that it refuses.
        error: what SQLite is told.
        lasts: whether all steps after the first one are refused, too, until it is disarmed.
        left: so many steps of these kinds it takes; None while it is not armed.
        seen: how many came since.
    """

    name: str
    kinds: frozenset[str]
    error: int
    lasts: bool
    left: int | None = None
    seen: int = 0

    @contextlib.contextmanager
    def armed(self, step: int) -> Iterator[None]:
        """Refuse that step within the block."""
        self.left, self.seen = step, 0
        yield
        self.left = None

    def __call__(self, step: Step) -> None:
        if self.left is None or step.kind not in self.kinds:
            return
        self.seen += 1
        if self.seen == self.left + 1 or (self.lasts and self.seen > self.left):
            raise apsw.exception_for(apsw.SQLITE_CANTOPEN if step.kind == "open" else self.error)


def _faults() -> list[_Fault]:
    changes = frozenset({"write", "truncate", "sync"})
    return [
        _Fault("full disk", frozenset({"write", "open"}), apsw.SQLITE_FULL, lasts=True),
        _Fault("I/O errors", changes, apsw.SQLITE_IOERR_WRITE, lasts=True),
        _Fault("file turned read-only", changes | {"open"}, apsw.SQLITE_READONLY, lasts=True),
        _Fault("one I/O error", changes, apsw.SQLITE_IOERR_WRITE, lasts=False),
    ]


def _tag_all(project: Project) -> None:
    hits = find_occurrences(project, ["غانتس"], Evidence(), ACTOR, annotator_id=project.annotator.id)
    tag_occurrences(project, hits, ACTOR)


@contextlib.contextmanager
def _in_project(folder: Path, act: Callable[[Project, Path], object]) -> Iterator[Callable[[], object]]:
    with Project.open(folder / PROJECT, annotator=WHO) as project:
        yield lambda: act(project, folder)


@contextlib.contextmanager
def _on_files(folder: Path, work: Callable[[Path], object]) -> Iterator[Callable[[], object]]:
    yield lambda: work(folder)


#: What is made ready without a fault, and is then tried with one.
_WORK: dict[str, Callable[[Path], AbstractContextManager[Callable[[], object]]]] = {
    "tag": partial(_in_project, act=lambda project, _: tags.add_tag(project, project.articles()[0].id, 2, 9, ACTOR)),
    "undo": partial(_in_project, act=lambda project, _: history.undo(project)),
    "bulk act": partial(_in_project, act=lambda project, _: _tag_all(project)),
    "import": partial(_in_project, act=lambda project, folder: import_files(project, [folder / "articles"])),
    "import of annotations": partial(
        _in_project, act=lambda project, folder: import_annotations(project, folder / "tagged.jsonl")
    ),
    "search index": partial(_in_project, act=lambda project, _: index_texts(project)),
    "backup": partial(_on_files, work=lambda folder: backups.back_up(folder / PROJECT, None)),
    "opening": partial(_on_files, work=lambda folder: Project.open(folder / PROJECT, annotator=WHO).close()),
    "migration": partial(_on_files, work=lambda folder: Project.open(folder / OLD, annotator=WHO).close()),
    "new project": partial(_on_files, work=lambda folder: new_project(folder / "new.tawsim", annotator=WHO).close()),
}


@pytest.mark.parametrize("work", _WORK)
@pytest.mark.parametrize("fault", _faults(), ids=lambda fault: fault.name)
@pytest.mark.fault("full or failing disk")
def test_what_is_refused_leaves_the_last_state_and_is_done_later(
    work: str, fault: _Fault, prepared: Path, quick_path: Path, chance: random.Random, line: Line, faults_long: bool
) -> None:
    steps = _steps(work, fault, whole := shutil.copytree(prepared, quick_path / "whole"))
    for step in sorted(chance.sample(range(steps), steps if faults_long else min(_SHORT, steps))):
        folder = shutil.copytree(prepared, quick_path / f"{step}")
        with in_place(fault), _WORK[work](folder) as do:
            before = state(folder)
            with fault.armed(step):
                refusal = _refusal(do)
            if refusal is not None:
                _assert_clear(refusal, folder)
                assert (after := state(folder)) == before or (work in _MOVED_FIRST and after == state(whole))
                do()
        _assert_sound(folder)
        line.add(work)
        shutil.rmtree(folder)


def _steps(work: str, fault: _Fault, folder: Path) -> int:
    """Return how many steps of its kinds a fault could refuse."""
    with in_place(fault), _WORK[work](folder) as do, fault.armed(sys.maxsize):
        do()
    return fault.seen


def _refusal(do: Callable[[], object]) -> UserError | None:
    try:
        do()
    except UserError as error:
        return error
    return None


def _assert_clear(error: UserError, folder: Path) -> None:
    """The message says which file, and what to do."""
    assert error.key in _TOLD
    assert str(folder) in describe(error)


def _assert_sound(folder: Path) -> None:
    for path in folder.glob("*.tawsim"):
        with Project.open(path, annotator=WHO) as project:
            assert check(project).problems == ()
    assert not [*folder.glob("*.tawsim?*")]
