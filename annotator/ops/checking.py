# SPDX-License-Identifier: MIT
"""Checking a project file; changes nothing."""

from dataclasses import dataclass

from annotator.project import Project
from annotator.store.checks import Problem


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check looked at and what it found wrong: nothing, in a sound project."""

    articles: int
    tags: int
    acts: int
    problems: tuple[Problem, ...]


def check(project: Project) -> CheckReport:
    """Check a project: the file's pages and references, every quote against its text, the state against the history."""
    newest = project.history(limit=1)
    return CheckReport(
        articles=project.article_count(),
        tags=project.span_count(),
        acts=newest[0].seq if newest else 0,
        problems=tuple(project.problems()),
    )
