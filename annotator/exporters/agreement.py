# SPDX-License-Identifier: MIT
"""How far annotators agree: the F1 of each two of them over the articles in which both have tagged.

A tag is found by both where start, end and label are the same; F1 = 2 · found by both / (tags of one + tags of the
other). Of free spans there is no number of things that nobody tagged, which kappa would need; F1 needs none, and is
what kappa comes to as that number grows (Hripcsak and Rothschild 2005, JAMIA 12:296-298, doi:10.1197/jamia.M1733).
Beside it stands how often two who tagged the same words gave them the same label.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

#: Which unit of an article, start and end in code points, and the label.
Marked = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two annotators agree.

    Attributes:
        articles: in how many articles both have tagged.
        f1: of exact spans with their labels, from 0 to 1.
        labels: of the spans that both have tagged, the share with the same label; None where there is none.
    """

    first: str
    second: str
    articles: int
    f1: float
    labels: float | None


class Agreement:
    """Counts agreement article by article; keeps some numbers of each pair only."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, tags: Iterable[tuple[str, Marked]]) -> None:
        """Count one article: each of its tags with the annotator who made it."""
        by: dict[str, set[Marked]] = defaultdict(set)
        for annotator, marked in tags:
            by[annotator].add(marked)
        for pair in combinations(sorted(by), 2):
            one, other = by[pair[0]], by[pair[1]]
            places = {tag[:3] for tag in one} & {tag[:3] for tag in other}
            alike = {tag[:3] for tag in one & other}
            counted = {
                "articles": 1,
                "both": len(one & other),
                "tags": len(one) + len(other),
                "places": len(places),
                "alike": len(alike),
            }
            self._counts[pair].update(counted)

    def pairs(self) -> list[PairAgreement]:
        """Return every two annotators who both have tagged an article, in the order of their names."""
        return [
            PairAgreement(
                *pair,
                articles=counts["articles"],
                f1=2 * counts["both"] / counts["tags"],
                labels=counts["alike"] / counts["places"] if counts["places"] else None,
            )
            for pair, counts in sorted(self._counts.items())
        ]
