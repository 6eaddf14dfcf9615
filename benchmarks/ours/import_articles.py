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
    plain = _imported(task.folder, ImportOptions(boilerplate=False))
    probe.report({"imported": [_imported(task.folder, ImportOptions())], "plain": [plain]})


def _imported(folder: Path, options: ImportOptions) -> float:
    path = folder / "import.tawsim"
    for leftover in folder.glob(f"{path.name}*"):
        leftover.unlink()
    files = folder / materials.FILES
    with new_project(path, annotator=materials.ANNOTATOR) as project:
        seconds = probe.timed(lambda: import_files(project, [files], options=options))
        if project.article_count() != len(list(files.iterdir())):
            raise SystemExit("not all articles were imported")
    return seconds


if __name__ == "__main__":
    main()
