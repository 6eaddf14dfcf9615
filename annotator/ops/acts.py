# SPDX-License-Identifier: MIT
"""What all acts share."""

import contextlib
import functools
import gc
from collections.abc import Callable, Iterator
from typing import Concatenate, ParamSpec, TypeVar

from annotator.model.changes import Changes
from annotator.project import Project
from annotator.store.row_changes import Act

P = ParamSpec("P")
R = TypeVar("R")


def one_act(op: Callable[Concatenate[Project, P], R]) -> Callable[Concatenate[Project, P], R]:
    """Let nobody else write between what an act reads and what it writes: another window may have the file open, too.

    It stands on every act that reads the project before its transaction begins.
    """

    @functools.wraps(op)
    def run(project: Project, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with project.acting():
            return op(project, *args, **kwargs)

    return run


def done(act: Act) -> Changes:
    """Return what a finished act changed."""
    assert act.changes is not None  # noqa: S101 - set when the transaction ends well
    return act.changes


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles, over and over, among rows that grow in number and hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
