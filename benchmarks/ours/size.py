# SPDX-License-Identifier: MIT
"""How many bytes of the file a tag takes, with its share of the indexes and the history: made by hand, and imported."""

from itertools import islice
from pathlib import Path

from annotator.model.ids import LabelId
from annotator.ops import tags
from annotator.ops.exporting import export
from annotator.ops.foreign import import_annotations
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project
from benchmarks import corpus, materials, probe
from benchmarks.floors.size import size


def main() -> None:
    """Make tags one by one, and import tagged articles; compare the files with those without tags."""
    folder = probe.task().folder
    bare = _articles(folder, "size-bare.tawsim", None)
    few = _articles(folder, "size-few.tawsim", materials.WINDOW_ARTICLES)
    before = size(few)
    made = _tag(few)
    imported = _imported(folder)
    with Project.open(imported, read_only=True) as project:
        count = project.span_count()
    probe.report({"made": [(size(few) - before) / made], "imported": [(size(imported) - size(bare)) / count]})


def _articles(folder: Path, name: str, count: int | None) -> Path:
    path = _fresh(folder, name)
    with new_project(path, annotator=materials.ANNOTATOR) as project:
        import_files(project, islice(sorted((folder / materials.FILES).iterdir()), count))
    return path


def _tag(path: Path) -> int:
    made = 0
    with Project.open(path, annotator=materials.ANNOTATOR) as project:
        for summary, article in zip(project.articles(), corpus.articles(materials.WINDOW_ARTICLES), strict=True):
            for start, end, label in article.tags:
                made += bool(tags.add_tag(project, summary.id, start, end, LabelId(label)).seq)
    return made


def _imported(folder: Path) -> Path:
    exported, path = folder / "size.jsonl", _fresh(folder, "size-imported.tawsim")
    exported.unlink(missing_ok=True)
    with Project.open(folder / materials.LARGE_PROJECT, read_only=True) as project:
        export(project, "jsonl", exported)
    with new_project(path, annotator=materials.ANNOTATOR) as project:
        import_annotations(project, exported, "jsonl")
    return path


def _fresh(folder: Path, name: str) -> Path:
    for leftover in folder.glob(f"{name}*"):
        leftover.unlink()
    return folder / name


if __name__ == "__main__":
    main()
