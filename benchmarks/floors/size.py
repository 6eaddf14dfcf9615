# SPDX-License-Identifier: MIT
"""How many bytes the bare row of a tag takes in a STRICT table, with neither index nor history."""

import sqlite3
from pathlib import Path

from benchmarks import materials, probe

_SCHEMA = """
    create table span (
        id integer primary key, article integer not null, start integer not null, end integer not null,
        quote text not null, label text not null, annotator integer not null, created_at text not null
    ) strict
"""
_TAGS = """
    select null, article.rowid, start, end, quote, label_id, 1, span.created_at
    from span join article on article.id = article_id
    order by article.position, start
"""


def size(path: Path) -> int:
    """Return how many bytes of a closed file are in use."""
    connection = sqlite3.connect(path)
    used = sum(
        sign * connection.execute(f"pragma {pragma}").fetchone()[0]
        for sign, pragma in ((1, "page_count"), (-1, "freelist_count"))
    )
    page = connection.execute("pragma page_size").fetchone()[0]
    connection.close()
    return int(used * page)


def main() -> None:
    """Put the tags of the large project into a bare table."""
    folder = probe.task().folder
    path = folder / "size-floor.sqlite"
    path.unlink(missing_ok=True)
    source = sqlite3.connect(folder / materials.LARGE_PROJECT)
    rows = source.execute(_TAGS).fetchall()
    source.close()
    target = sqlite3.connect(path)
    target.execute(_SCHEMA)
    target.executemany("insert into span values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    target.commit()
    target.close()
    probe.report({"row": [size(path) / len(rows)]})


if __name__ == "__main__":
    main()
