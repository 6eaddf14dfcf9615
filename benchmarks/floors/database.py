# SPDX-License-Identifier: MIT
"""A bare SQLite file: the fewest tables that hold articles and tags, as durable as the program's file."""

import sqlite3
from pathlib import Path

_SCHEMA = """
    create table article (id integer primary key, title text not null, body text not null) strict;
    create table span (
        id integer primary key, article_id integer not null references article (id), start integer not null,
        end integer not null, label text not null, annotator integer not null, created_at text not null
    ) strict;
    create index span_article on span (article_id, start);
"""


def create(path: Path) -> sqlite3.Connection:
    """Create an empty file; an older one is replaced."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.executescript(_SCHEMA)
    return connection
