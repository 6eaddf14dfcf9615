# SPDX-License-Identifier: MIT
"""A thousand rows of tags taken away and put back by one bare `executemany` each, in the program's own table."""

import sqlite3
import time

from benchmarks import corpus, materials, probe
from benchmarks.floors.occurrences import TAGS

#: The thousand are of so many articles, as those of the program are.
_ARTICLES = 300
_TAGS = """
    select span.* from span join article on article.id = article_id
    where position <= ? and span.rowid % ? = 0 order by position, start limit ?
"""


def main() -> None:
    """Delete and insert, over and over."""
    task = probe.task()
    path = materials.copy_project(task.folder / materials.LARGE_PROJECT, "floor-acts.tawsim")
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        connection.execute(f"pragma {pragma}")
    rows = connection.execute(_TAGS, (_ARTICLES, _ARTICLES * corpus.TAGS // TAGS, TAGS)).fetchall()
    samples: probe.Samples = {"deleted": [], "inserted": []}
    insert = f"insert into span values ({', '.join('?' * len(rows[0]))})"
    for _ in range(task.count):
        samples["deleted"].append(_timed(connection, "delete from span where id = ?", [row[:1] for row in rows]))
        samples["inserted"].append(_timed(connection, insert, rows))
    connection.close()
    probe.report(samples)


def _timed(connection: sqlite3.Connection, statement: str, rows: list[tuple[object, ...]]) -> float:
    start = time.perf_counter()
    connection.execute("begin immediate")
    connection.executemany(statement, rows)
    connection.execute("commit")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
