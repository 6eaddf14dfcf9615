# SPDX-License-Identifier: MIT
"""Every file of a folder read, decoded and inserted, in one durable transaction."""

from pathlib import Path

from benchmarks import materials, probe
from benchmarks.floors import database


def main() -> None:
    """Import the folder of files."""
    task = probe.task()
    connection = database.create(task.folder / "import.sqlite")
    files = materials.files_of(task.folder, task.count)

    def work() -> None:
        connection.execute("begin immediate")
        connection.executemany(
            "insert into article (title, body) values (?, ?)",
            ((path.stem, path.read_bytes().decode()) for path in _sorted(files)),
        )
        connection.execute("commit")

    seconds = probe.timed(work)
    connection.close()
    probe.report({"imported": [seconds]})


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


if __name__ == "__main__":
    main()
