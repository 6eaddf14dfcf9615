# SPDX-License-Identifier: MIT
"""spaCy's own time: Docs made of words that are cut already, with their tags as spans, and written as DocBins."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from benchmarks import exchange, probe
from benchmarks.floors.exchange_tables import Row, insert

_SHARD = 1_000
_Cut = tuple[list[str], list[bool], list[tuple[int, int, str]]]


def write(project: Path, target: Path) -> float:
    """Time the export: only what spaCy does."""
    target.mkdir(exist_ok=True)
    articles = exchange.bare_articles(project)
    seconds, number = 0.0, 0
    while batch := [_cut(text, spans) for text, spans in islice(articles, _SHARD)]:
        started = time.perf_counter()
        _write(batch, target / f"{number}.spacy")
        seconds += time.perf_counter() - started
        number += 1
    return seconds


def _cut(text: str, spans: list[dict[str, object]]) -> _Cut:
    words = [word or " " for word in text.split(" ")]
    first: dict[int, int] = {}
    position = 0
    for index, word in enumerate(words):
        first[position] = index
        position += len(word) + 1
    tags = [
        (first[span["start"]], first[span["start"]] + 1, span["label_id"]) for span in spans if span["start"] in first
    ]
    return words, [True] * len(words), tags


def _write(batch: list[_Cut], path: Path) -> None:
    vocab = Vocab()
    docs = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"], store_user_data=True)
    for words, spaces, tags in batch:
        doc = Doc(vocab, words=words, spaces=spaces)
        doc.spans["sc"] = [Span(doc, start, end, label=label) for start, end, label in tags]
        doc.set_ents(list(doc.spans["sc"]))
        docs.add(doc)
    docs.to_disk(path)


def read(path: Path, database: Path) -> float:
    """Time the import."""
    return probe.timed(lambda: insert(database, _rows(path)))


def _rows(path: Path) -> Iterator[Row]:
    vocab = Vocab()
    for shard in sorted(path.rglob("*.spacy")):
        for doc in DocBin().from_disk(shard).get_docs(vocab):
            yield doc.text, [(span.start_char, span.end_char, span.label_) for span in doc.spans["sc"]]


if __name__ == "__main__":
    exchange.floor("spacy", write, read)
