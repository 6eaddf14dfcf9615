# SPDX-License-Identifier: MIT
"""Acts without a window: one tag made, undone and redone; a thousand as one act, undone and redone."""

from functools import partial

from annotator.analysis.frequencies import word_rates
from annotator.model.ids import LabelId
from annotator.ops import history, tags
from annotator.ops.evidence import evidence
from annotator.ops.occurrences import Hit, find_occurrences, tag_occurrences
from annotator.project import Project
from benchmarks import materials, probe
from benchmarks.floors.occurrences import NAMES, TAGS

_ONE, _MANY = LabelId("PLACE"), LabelId("STANCE")


def main() -> None:
    """Do, undo and redo, over and over."""
    task = probe.task()
    path = materials.copy_project(task.folder / materials.LARGE_PROJECT, "acts.tawsim")
    with Project.open(path, annotator=materials.ANNOTATOR) as project:
        samples = _one_by_one(project, task.count * 10) | _at_once(project, task.count)
    probe.report(samples)


def _one_by_one(project: Project, count: int) -> probe.Samples:
    ids = [summary.id for summary in project.articles(0, count)]
    samples: probe.Samples = {"done": [], "undone": [], "redone": []}
    for number in range(count):
        article_id = ids[number % len(ids)]
        place = 200 + number
        samples["done"].append(probe.timed(partial(tags.add_tag, project, article_id, place, place + 6, _ONE)))
        samples["undone"].append(probe.timed(partial(history.undo, project)))
        samples["redone"].append(probe.timed(partial(history.redo, project)))
    return samples


def _at_once(project: Project, count: int) -> probe.Samples:
    known = evidence(project, word_rates())
    hits = list(find_occurrences(project, NAMES, known, _MANY, annotator_id=project.annotator.id))[:TAGS]
    samples: probe.Samples = {"many_done": [], "many_undone": [], "many_redone": []}
    for _ in range(count):
        samples["many_done"].append(probe.timed(partial(_tag, project, hits)))
        samples["many_undone"].append(probe.timed(partial(history.undo, project)))
        samples["many_redone"].append(probe.timed(partial(history.redo, project)))
        history.undo(project)
    return samples


def _tag(project: Project, hits: list[Hit]) -> None:
    if len(tag_occurrences(project, hits, _MANY).rows) != len(hits):
        raise SystemExit(f"not all of {len(hits)} were tagged")


if __name__ == "__main__":
    main()
