# SPDX-License-Identifier: MIT
"""A folder of files imported into a new project."""

from annotator.importers.columns import ImportOptions
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from benchmarks import materials, probe


def main() -> None:
    """Import the folder of files."""
    task = probe.task()
    path = task.folder / "import.tawsim"
    for leftover in task.folder.glob(f"{path.name}*"):
        leftover.unlink()
    files = task.folder / materials.FILES
    with new_project(path, annotator=materials.ANNOTATOR) as project:
        # As the floor: nothing is looked for in the texts.
        options = ImportOptions(boilerplate=False)
        seconds = probe.timed(lambda: import_files(project, [files], options=options))
        if project.article_count() != len(list(files.iterdir())):
            raise SystemExit("not all articles were imported")
    probe.report({"imported": [seconds]})


if __name__ == "__main__":
    main()
