# SPDX-License-Identifier: MIT
"""A project exported to JSONL, which includes reading the file back and comparing it."""

from annotator.ops.exporting import export
from annotator.project import Project
from benchmarks import materials, probe


def main() -> None:
    """Export the large project."""
    task = probe.task()
    with Project.open(task.folder / materials.LARGE_PROJECT, annotator=materials.ANNOTATOR) as project:
        seconds = probe.timed(lambda: export(project, "jsonl", task.folder / "export.jsonl"))
    probe.report({"exported": [seconds]})


if __name__ == "__main__":
    main()
