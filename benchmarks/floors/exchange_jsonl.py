# SPDX-License-Identifier: MIT
"""Every column of the same rows read by plain queries and dumped by `json.dumps`; loaded and inserted again."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks import exchange, probe
from benchmarks.floors.exchange_tables import Row, insert

_COLUMNS = "lower(hex(id)) as id, lower(hex(annotator_id)) as annotator_id, origin, created_at"
_SPANS = f"""
    select {_COLUMNS}, label_id, start, end, quote, note, certainty, pieces, attributes,
        lower(hex(actor_id)) as actor_id, lower(hex(event_id)) as event_id
    from span where article_id = ? order by start
"""
_RELATIONS = f"""
    select {_COLUMNS}, type_id, lower(hex(source_id)) as source_id, lower(hex(target_span_id)) as target_span_id,
        target_actor_id, target_event_id
    from relation where article_id = ?
"""


def write(project: Path, target: Path) -> float:
    """Time the export."""
    return probe.timed(lambda: _write(project, target))


def _write(project: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    connection = sqlite3.connect(project)
    connection.row_factory = sqlite3.Row
    articles = """
        select article.id as key, title, state, note, source, length, encoding, newline, created_at, body as text
        from article join text on text.sha256 = text_sha256 order by position
    """
    with (target / "bare.jsonl").open("w", encoding="utf-8") as file:
        for row in connection.execute(articles):
            article = dict(row)
            key = article.pop("key")
            article["spans"] = [dict(span) for span in connection.execute(_SPANS, (key,))]
            article["relations"] = [dict(relation) for relation in connection.execute(_RELATIONS, (key,))]
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    connection.close()


def read(path: Path, database: Path) -> float:
    """Time the import."""
    return probe.timed(lambda: insert(database, _rows(path)))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            article = json.loads(line)
            yield article["text"], [(span["start"], span["end"], span["label_id"]) for span in article["spans"]]


if __name__ == "__main__":
    exchange.floor("jsonl", write, read)
