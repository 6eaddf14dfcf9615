# SPDX-License-Identifier: MIT
"""The same articles read by plain queries, cut at blanks, and written a word a line; read and inserted again."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import exchange, probe
from benchmarks.floors.exchange_tables import Row, insert


def write(project: Path, target: Path) -> float:
    """Time the export."""
    return probe.timed(lambda: _write(project, target))


def _write(project: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    with (target / "bare.conll").open("w", encoding="utf-8") as file:
        for text, spans in exchange.bare_articles(project):
            labels = {span["start"]: span["label_id"] for span in spans}
            position = 0
            for word in text.split(" "):
                label = labels.get(position)
                file.write(f"{word} -X- _ {f'B-{label}' if label else 'O'}\n")
                position += len(word) + 1
            file.write("\n")


def read(path: Path, database: Path) -> float:
    """Time the import."""
    return probe.timed(lambda: insert(database, _rows(path)))


def _rows(path: Path) -> Iterator[Row]:
    words: list[str] = []
    tags: list[tuple[int, int, str]] = []
    position = 0
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("-DOCSTART-"):
                if words:
                    yield " ".join(words), tags
                words, tags, position = [], [], 0
            elif columns := line.split():
                if columns[-1] != "O":
                    tags.append((position, position + len(columns[0]), columns[-1]))
                words.append(columns[0])
                position += len(columns[0]) + 1
    yield " ".join(words), tags


if __name__ == "__main__":
    exchange.floor("conll", write, read)
