# SPDX-License-Identifier: MIT
"""The library's own time: `datasets` making a data set of rows that are at hand, and writing it as Parquet."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow.parquet
from datasets import Dataset

from benchmarks import exchange, probe
from benchmarks.floors.exchange_tables import Row, insert

_BATCH = 1_000


def write(project: Path, target: Path) -> float:
    """Time the export: only what the library does."""
    target.mkdir(exist_ok=True)
    articles = exchange.bare_articles(project)
    seconds, number = 0.0, 0
    while batch := list(islice(articles, _BATCH)):
        rows = [{"text": text, "entities": spans, "tokens": text.split()} for text, spans in batch]
        started = time.perf_counter()
        Dataset.from_list(rows).to_parquet(str(target / f"{number}.parquet"))
        seconds += time.perf_counter() - started
        number += 1
    return seconds


def read(path: Path, database: Path) -> float:
    """Time the import."""
    return probe.timed(lambda: insert(database, _rows(path)))


def _rows(path: Path) -> Iterator[Row]:
    for file in sorted((path / "data").glob("train-*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(_BATCH, columns=["text", "entities"]):
            for row in batch.to_pylist():
                yield row["text"], [(one["start"], one["end"], str(one["label"])) for one in row["entities"]]


if __name__ == "__main__":
    exchange.floor("huggingface", write, read)
