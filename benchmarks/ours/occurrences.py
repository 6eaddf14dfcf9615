# SPDX-License-Identifier: MIT
"""All occurrences of a name with its spellings found in all articles, and a thousand of them tagged as one act."""

import time
from functools import partial

from annotator.analysis.frequencies import word_rates
from annotator.model.ids import LabelId
from annotator.ops import history
from annotator.ops.evidence import evidence
from annotator.ops.occurrences import Hit, find_occurrences, tag_occurrences
from annotator.project import Project
from benchmarks import materials, probe
from benchmarks.floors.occurrences import FOUND, NAMES, TAGS

_LABEL = LabelId("STANCE")


def main() -> None:
    """Find and tag, and undo, over and over."""
    task = probe.task()
    found: list[float] = []
    tagged: list[float] = []
    path = materials.copy_project(task.folder / materials.LARGE_PROJECT, "occurrences.tawsim")
    with Project.open(path, annotator=materials.ANNOTATOR) as project:
        known = evidence(project, word_rates())
        search = partial(find_occurrences, project, NAMES, known, _LABEL, annotator_id=project.annotator.id)
        for _ in range(task.count):
            start = time.perf_counter()
            hits = list(search())
            found.append(time.perf_counter() - start)
            tagged.append(probe.timed(partial(_tag, project, hits)))
            history.undo(project)
    probe.report({FOUND: found, "tagged": tagged})


def _tag(project: Project, hits: list[Hit]) -> None:
    changes = tag_occurrences(project, hits[:TAGS], _LABEL)
    if len(changes.rows) != min(TAGS, len(hits)):
        raise SystemExit(f"{len(changes.rows)} of {len(hits)} hits were tagged")


if __name__ == "__main__":
    main()
