# SPDX-License-Identifier: MIT
"""How many of the seed articles' words are cut where a reader would: the gold list, with and without the frequencies.

Not a time: these figures are the same on every machine, and a test holds them at their floors.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotator.analysis.frequencies import word_rates
from annotator.text.proclitics import Evidence, boundary, count_words

_ROOT = Path(__file__).parent.parent
_GOLD = _ROOT / "tests" / "unit" / "text" / "gold_proclitics.tsv"

#: What was measured when the rule was last changed; the share of all gold tokens that are cut right.
FLOORS = {
    "counts and frequencies": 0.980,
    "counts only": 0.953,
    "counts of the other articles, and frequencies": 0.978,
    "counts of the other articles only": 0.949,
}


@dataclass(frozen=True, slots=True)
class Gold:
    """A token that may begin with a proclitic, and how many of its code points are one."""

    article: str
    start: int
    token: str
    boundary: int


@dataclass(frozen=True, slots=True)
class Score:
    """The shares that are cut right: of tokens with proclitics, of those without, of all; and what is not."""

    glued: float
    bare: float
    all: float
    misses: tuple[str, ...]


def texts() -> dict[str, str]:
    """Return the seed articles by their numbers."""
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted((_ROOT / "seeds").glob("*.txt"))}


def gold() -> list[Gold]:
    """Return the gold list."""
    lines = _GOLD.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Gold(article, int(start), token, int(cut)) for article, start, token, cut in rows]


@cache
def scores() -> dict[str, Score]:
    """Measure with and without frequencies, with and without the counts of the article itself."""
    rates = word_rates()
    counts = {article: count_words(text) for article, text in texts().items()}
    total = sum(counts.values(), Counter[str]())
    own = dict.fromkeys(counts, total)
    others = {article: total - own_counts for article, own_counts in counts.items()}
    ways = ((own, rates), (own, {}), (others, rates), (others, {}))
    return {name: _score(*way) for name, way in zip(FLOORS, ways, strict=True)}


def table() -> str:
    """Return the scores as a table of Markdown."""
    lines = ["| words of the seeds cut right | with proclitics | without | all | floor |", "|---|--:|--:|--:|--:|"]
    lines += [
        f"| {name} | {score.glued:.1%} | {score.bare:.1%} | {score.all:.1%} | {FLOORS[name]:.1%} |"
        for name, score in scores().items()
    ]
    return "\n".join(lines)


def _score(counts: Mapping[str, Counter[str]], rates: Mapping[str, float]) -> Score:
    evidence = {article: Evidence(seen, rates) for article, seen in counts.items()}
    right: Counter[bool] = Counter()
    misses = []
    rows = gold()
    for row in rows:
        cut = boundary(row.token, evidence[row.article], future=True)
        right[row.boundary > 0] += cut == row.boundary
        if cut != row.boundary:
            misses.append(f"{row.article}:{row.start} {row.token[:cut]}|{row.token[cut:]}")
    glued = sum(row.boundary > 0 for row in rows)
    return Score(
        right[True] / glued, right[False] / (len(rows) - glued), sum(right.values()) / len(rows), tuple(misses)
    )
