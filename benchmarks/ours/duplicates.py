# SPDX-License-Identifier: MIT
"""Near duplicates found among all articles of a project, with a tenth of them at a second outlet, and remembered."""

from pathlib import Path

from annotator.importers.columns import ImportOptions
from annotator.ops.duplicates import duplicate_groups, group_duplicates
from annotator.ops.importing import import_files
from annotator.project import Project
from benchmarks import materials, probe


def main() -> None:
    """Find the near duplicates of the large project."""
    task = probe.task()
    path = materials.copy_project(task.folder / materials.LARGE_PROJECT, "duplicates.tawsim")
    with Project.open(path, annotator=materials.ANNOTATOR) as project:
        copies = _second_outlet(project, task.folder)
        seconds = probe.timed(lambda: group_duplicates(project))
        if len(duplicate_groups(project)) < copies:
            raise SystemExit("not all near duplicates were found")
    probe.report({"grouped": [seconds]})


def _second_outlet(project: Project, folder: Path) -> int:
    """Import a tenth of the articles once more, cut short below another title; return how many."""
    files = folder / "copies"
    files.mkdir(exist_ok=True)
    chosen = project.articles()[::10]
    for article in chosen:
        text = project.text(article.id)
        (files / f"{article.id}.txt").write_text(f"خبر من الوكالات\n{text[: len(text) // 2]}", encoding="utf-8")
    import_files(project, [files], options=ImportOptions(boilerplate=False))
    return len(chosen)


if __name__ == "__main__":
    main()
