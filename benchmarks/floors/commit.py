# SPDX-License-Identifier: MIT
"""One durable commit of one row."""

import time

from benchmarks import probe
from benchmarks.floors import database

_INSERT = "insert into span (article_id, start, end, label, annotator, created_at) values (?, ?, ?, ?, ?, ?)"


def main() -> None:
    """Commit single rows."""
    task = probe.task()
    connection = database.create(task.folder / "commit.sqlite")
    connection.execute("insert into article (title, body) values ('title', 'text')")
    samples = []
    for number in range(task.count):
        start = time.perf_counter()
        connection.execute("begin immediate")
        connection.execute(_INSERT, (1, number, number + 20, "ACTOR", 1, "2026-01-01T00:00:00.000Z"))
        connection.execute("commit")
        samples.append(time.perf_counter() - start)
    connection.close()
    probe.report({"commit": samples})


if __name__ == "__main__":
    main()
