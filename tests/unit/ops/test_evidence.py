# SPDX-License-Identifier: MIT
"""Counting the words of a project."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.ops import evidence as counting
from annotator.ops.actors import add_actor, draft_actor
from annotator.ops.evidence import evidence, known_names
from annotator.ops.projects import new_project_from
from annotator.project import Project
from annotator.text.proclitics import boundary


@pytest.fixture
def project(seed_paths: list[Path], tmp_path: Path) -> Iterator[Project]:
    with new_project_from(tmp_path / "seeds.tawsim", seed_paths, annotator="Layla")[0] as project:
        yield project


def test_all_articles_are_counted(project: Project) -> None:
    found = evidence(project, {"في": 2.0})
    assert (found.counts["انقرة"], found.counts["لانقرة"]) == (14, 2)
    assert found.rates == {"في": 2.0}


def test_names_of_actors_win_over_what_words_tell(project: Project) -> None:
    """As a web site's name that begins with و like a word that has it joined to it."""
    add_actor(project, replace(draft_actor(project, "موقع واينت"), aliases=("واينت", "أردوغان رجب")))
    found = evidence(project, {})
    assert found.names == known_names(project) >= {"موقع", "واينت", "اردوغان"}
    assert boundary("واينت", found) == 0
    assert boundary("واينت", replace(found, names=frozenset(), counts={"اينت": 9})) == 1
    assert boundary("ولأردوغان", found) == 2


def test_names_are_the_same_whether_the_registry_is_in_memory_or_not(project: Project) -> None:
    add_actor(project, replace(draft_actor(project, "موقع واينت"), aliases=("واينت", "أردوغان رجب")))
    with project.reader() as other:
        found = known_names(other)
        assert not other.knows_registry
        assert found
        assert other.owners_of_names
        assert known_names(other) == found == known_names(project)


def test_counting_stops_when_it_is_asked_to(project: Project) -> None:
    answers = iter((True, False))
    assert 0 < sum(evidence(project, {}, lambda: next(answers)).counts.values()) < 500
    assert not evidence(project, {}, lambda: False).counts


def test_no_more_is_read_than_helps(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_CHARACTERS", 3_000)
    assert sum(evidence(project, {}).counts.values()) < 1_000
