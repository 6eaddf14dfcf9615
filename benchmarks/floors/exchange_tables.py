# SPDX-License-Identifier: MIT
"""The bare side of an import: rows inserted into the fewest tables, in one durable transaction."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.floors import database

#: A text, and of each tag its start, end and label.
Row = tuple[str, list[tuple[int, int, str]]]


def insert(path: Path, rows: Iterable[Row]) -> None:
    """Insert articles with their tags."""
    connection = database.create(path)
    connection.execute("begin immediate")
    for number, (text, tags) in enumerate(rows, start=1):
        connection.execute("insert into article (id, title, body) values (?, '', ?)", (number, text))
        connection.executemany(
            "insert into span (article_id, start, end, label, annotator, created_at) values (?, ?, ?, ?, 1, '')",
            ((number, *tag) for tag in tags),
        )
    connection.execute("commit")
    connection.close()
