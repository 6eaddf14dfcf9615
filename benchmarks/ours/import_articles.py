# SPDX-License-Identifier: MIT
"""A folder of files imported into a new project."""

from pathlib import Path

from annotator.importers.columns import ImportOptions
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from benchmarks import materials, probe


def main() -> None:
    """Import the folder of files."""
    task = probe.task()
    files = materials.files_of(task.folder, task.count)
    plain = _imported(files, ImportOptions(boilerplate=False))
    probe.report({"imported": [_imported(files, ImportOptions())], "plain": [plain]})


def _imported(files: Path, options: ImportOptions) -> float:
    path = files.with_name("import.tawsim")
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    with new_project(path, annotator=materials.ANNOTATOR) as project:
        seconds = probe.timed(lambda: import_files(project, [files], options=options))
        if project.article_count() != len(list(files.iterdir())):
            raise SystemExit("not all articles were imported")
    return seconds


if __name__ == "__main__":
    main()
