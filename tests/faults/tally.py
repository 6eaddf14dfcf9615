# SPDX-License-Identifier: MIT
"""What a run of the faults has tried, how often, and what it found: kept by row, printed as a table, kept as JSON."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_START, _END = "<!-- faults: written by `make faults` -->", "<!-- end of faults -->"
_HEAD = ("fault", "tried", "of these", "found")


@dataclass
class Line:
    """One fault: what was tried (moments, disk states, points), and what went wrong at it."""

    name: str
    tried: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def add(self, what: str, times: int = 1) -> None:
        """Count what was tried and held so far; whatever fails raises, and is counted by the run itself."""
        self.tried[what] += times

    def told(self) -> tuple[str, str, str, str]:
        """Return the cells of its row."""
        tried = ", ".join(f"{what} {times:,}" for what, times in self.tried.items())
        return (
            self.name,
            f"{self.tried.total():,}",
            tried or "nothing",
            str(len(self.found)) if self.found else "nothing",
        )


class Tally:
    """The lines of one run, in the order in which they came."""

    def __init__(self, seed: int, *, long: bool) -> None:
        self.seed = seed
        self.long = long
        self.lines: dict[str, Line] = {}

    def line(self, name: str) -> Line:
        """Return the line of a fault."""
        return self.lines.setdefault(name, Line(name))

    def table(self) -> str:
        """Return the table as Markdown."""
        rows = [_HEAD, *(line.told() for line in self.lines.values())]
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
        lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])

    def renew(self, page: Path) -> None:
        """Put the table in its place in a page of the documentation."""
        text = page.read_text(encoding="utf-8")
        start, end = (text.index(mark) for mark in (_START, _END))
        told = f"{_START}\n\n{self.table()}\n\nSeed {self.seed}.\n\n"
        page.write_text(text[:start] + told + text[end:], encoding="utf-8")

    def keep(self, path: Path) -> None:
        """Write it all as JSON."""
        lines = [{"fault": line.name, "tried": line.tried, "found": line.found} for line in self.lines.values()]
        record = {"seed": self.seed, "long": self.long, "faults": lines}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
