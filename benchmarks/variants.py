# SPDX-License-Identifier: MIT
"""How many spellings of one name are told to be one, and how many different names too: the gold list of pairs.

Not a time: these figures are the same on every machine, and a test holds them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotator.text.variants import Likeness, likeness

_GOLD = Path(__file__).parent.parent / "tests" / "unit" / "text" / "gold_variants.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are spellings of one."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """What was measured when the rule was last changed: the least that is found, the most that is merged falsely."""

    found: float
    false: float


@dataclass(frozen=True, slots=True)
class Score:
    """The share of true pairs that are found and of others that are merged, and where it errs."""

    found: float
    false: float
    missed: tuple[str, ...]
    merged: tuple[str, ...]


_WAYS = {
    "same spelling": {Likeness.SAME_SPELLING},
    "same class or surer": {Likeness.SAME_SPELLING, Likeness.SAME_CLASS},
    "close or surer": {Likeness.SAME_SPELLING, Likeness.SAME_CLASS, Likeness.CLOSE},
}
BOUNDS = {
    "same spelling": Bound(found=0.136, false=0.0),
    "same class or surer": Bound(found=0.479, false=0.0),
    "close or surer": Bound(found=0.91, false=0.046),
}


def gold() -> list[Pair]:
    """Return the gold list."""
    lines = _GOLD.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Pair(first, second, same == "1") for first, second, same in rows]


@cache
def scores() -> dict[str, Score]:
    """Measure each way of telling."""
    pairs = gold()
    told = [(pair, likeness(pair.first, pair.second)) for pair in pairs]
    true = sum(pair.same for pair in pairs)
    result = {}
    for way, likenesses in _WAYS.items():
        missed = tuple(_shown(pair) for pair, found in told if pair.same and found not in likenesses)
        merged = tuple(_shown(pair) for pair, found in told if not pair.same and found in likenesses)
        result[way] = Score(1 - len(missed) / true, len(merged) / (len(pairs) - true), missed, merged)
    return result


def table() -> str:
    """Return the scores as a table of Markdown."""
    lines = ["| pairs of names told to be one | spellings found | floor | false | ceiling |", "|---|--:|--:|--:|--:|"]
    lines += [
        f"| {way} | {score.found:.1%} | {BOUNDS[way].found:.1%} | {score.false:.1%} | {BOUNDS[way].false:.1%} |"
        for way, score in scores().items()
    ]
    return "\n".join(lines)


def _shown(pair: Pair) -> str:
    return f"{pair.first}/{pair.second}"
