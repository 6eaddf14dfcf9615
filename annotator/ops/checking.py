# SPDX-License-Identifier: MIT
"""Checking a project file; changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.project import Project
from annotator.store.checks import Problem

#: Told how many rows are done, of how many; False asks the check to stop.
Progress = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check looked at and what it found wrong: nothing, in a sound project."""

    articles: int
    tags: int
    acts: int
    problems: tuple[Problem, ...]


def check(project: Project, progress: Progress | None = None) -> CheckReport:
    """Check a project: the file's pages and references, every quote against its text, the state against the history.

    Args:
        project: the project; it may be read-only.
        progress: is told how far it is; False stops it.

    Raises:
        UserError: `cancelled`.
    """

    def tell(done: int, total: int) -> bool:
        return progress is None or progress(done, total, "")

    newest = project.history(limit=1)
    return CheckReport(
        articles=project.article_count(),
        tags=project.span_count(),
        acts=newest[0].seq if newest else 0,
        problems=tuple(project.problems(tell)),
    )
