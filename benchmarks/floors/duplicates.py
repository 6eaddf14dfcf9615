# SPDX-License-Identifier: MIT
"""The texts of the same articles read, cut into runs of three words, and all runs sorted: equal ones lie together."""

import sqlite3

from benchmarks import probe


def main() -> None:
    """Sort the runs of the large project's articles."""
    task = probe.task()
    connection = sqlite3.connect(task.folder / "large.tawsim")
    seconds = probe.timed(lambda: _sorted_runs(connection))
    connection.close()
    probe.report({"sorted": [seconds]})


def _sorted_runs(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    rows = connection.execute("select position, body from article join text on text.sha256 = article.text_sha256")
    return sorted((hash(run), position) for position, body in rows for run in _runs(body.split()))


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


if __name__ == "__main__":
    main()
