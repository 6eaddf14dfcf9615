# SPDX-License-Identifier: MIT
"""The same texts in a bare FTS5 table with its own tokenizer: filled, asked for a page with snippets; and read."""

import sqlite3
import time
from functools import partial

from benchmarks import probe
from benchmarks.floors import database

#: The project of the case `hits`, whose articles are searched.
PROJECT = "hits.tawsim"
#: In nearly every article, and in a third of them; one in a few is taken from the first article.
FREQUENT, COMMON = "غانتس", "أكسيوس"
PAGE = 50
_BYTES = 1_000_000
_READINGS = 5

_ASK = "select rowid, snippet(search, 0, '[', ']', '…', 16) from search where search match ? limit ?"


def main() -> None:
    """Fill and ask, over and over."""
    task = probe.task()
    samples: probe.Samples = {"frequent": [], "common": [], "rare": [], "occurrences": []}
    source = sqlite3.connect(task.folder / PROJECT)
    texts = source.execute("select body from text").fetchall()
    words = (FREQUENT, COMMON, rare_word(texts[0][0]))
    target = database.create(task.folder / "search.sqlite")
    target.execute("create virtual table search using fts5 (body)")
    start = time.perf_counter()
    target.execute("begin immediate")
    target.executemany("insert into search (body) values (?)", texts)
    target.execute("commit")
    samples["filled"] = [time.perf_counter() - start]
    (pages,) = target.execute("select sum(length(block)) from search_data").fetchone()
    samples["size"] = [pages / _BYTES]
    for _ in range(task.count):
        for name, word in zip(("frequent", "common", "rare"), words, strict=True):
            start = time.perf_counter()
            found = target.execute(_ASK, (word, PAGE)).fetchall()
            samples[name].append(time.perf_counter() - start)
            if not found:
                raise SystemExit(f"{word} is not found")
    for _ in range(_READINGS):
        samples["occurrences"].append(probe.timed(partial(_read, source, words[-1])))
    source.close()
    target.close()
    probe.report(samples)


def rare_word(text: str) -> str:
    """Return a word of a text of `benchmarks.large` that few others have: of the name that it begins with."""
    return text.split(maxsplit=1)[0]


def _read(source: sqlite3.Connection, word: str) -> None:
    if not [body.find(word) for (body,) in source.execute("select body from text") if word in body]:
        raise SystemExit(f"{word} is not found")


if __name__ == "__main__":
    main()
