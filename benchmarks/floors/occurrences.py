# SPDX-License-Identifier: MIT
"""The same names as plain strings, found by one pattern in all texts; and as many bare rows committed as one."""

import re
import sqlite3
import time

from benchmarks import materials, probe
from benchmarks.floors import database

NAMES = ("غانتس", "جانتس", "بيني غانتس")
#: So many are tagged as one act.
TAGS = 1_000
FOUND = "found"

_INSERT = "insert into span (article_id, start, end, label, annotator, created_at) values (?, ?, ?, ?, ?, ?)"


def main() -> None:
    """Find and insert, over and over."""
    task = probe.task()
    found, committed = [], []
    source = sqlite3.connect(task.folder / materials.LARGE_PROJECT)
    target = database.create(task.folder / "occurrences.sqlite")
    target.execute("insert into article (title, body) values ('title', 'text')")
    pattern = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
    for _ in range(task.count):
        start = time.perf_counter()
        places = [
            match.span() for (body,) in source.execute("select body from text") for match in pattern.finditer(body)
        ]
        found.append(time.perf_counter() - start)
        rows = [(1, *place, "STANCE", 1, "2026-01-01T00:00:00.000Z") for place in places[:TAGS]]
        start = time.perf_counter()
        target.execute("begin immediate")
        target.executemany(_INSERT, rows)
        target.execute("commit")
        committed.append(time.perf_counter() - start)
    source.close()
    target.close()
    probe.report({FOUND: found, "committed": committed})


if __name__ == "__main__":
    main()
