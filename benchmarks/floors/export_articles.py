# SPDX-License-Identifier: MIT
"""The same rows that the program exports, read by plain queries and dumped as JSON, a line an article."""

import json
import os
import sqlite3
from pathlib import Path

from benchmarks import probe

_ARTICLES = """
    select lower(hex(id)) as id, position, title, state, note, source, lower(hex(text_sha256)) as text_sha256,
        lower(hex(raw_sha256)) as raw_sha256, length, encoding, bom, newline, exact,
        lower(hex(annotator_id)) as annotator_id, created_at, body as text, id as key
    from article join text on text.sha256 = article.text_sha256
    order by position
"""
_SPANS = """
    select lower(hex(id)) as id, label_id, start, end, quote, note, origin,
        lower(hex(annotator_id)) as annotator_id, created_at
    from span
    where article_id = ?
    order by start
"""


def main() -> None:
    """Export the large project."""
    task = probe.task()
    connection = sqlite3.connect(task.folder / "large.tawsim")
    connection.row_factory = sqlite3.Row
    seconds = probe.timed(lambda: _export(connection, task.folder / "bare.jsonl"))
    connection.close()
    probe.report({"exported": [seconds]})


def _export(connection: sqlite3.Connection, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in connection.execute(_ARTICLES):
            article = dict(row)
            key = article.pop("key")
            article["spans"] = [dict(span) for span in connection.execute(_SPANS, (key,))]
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main()
