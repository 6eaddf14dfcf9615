# SPDX-License-Identifier: MIT
"""Which articles are nearly the same, such as one story of an agency at two outlets.

Two articles are near duplicates where at least half of the runs of three words of the shorter one are in the other.
Containment and not Jaccard, because an outlet that prints the first third of a story has a Jaccard of a third, as have
two articles of which every eighth word differs. Words are compared as folded (`text.folding`, names), so that hamzas,
harakat and quotation marks do not count.

Which pairs are compared at all is guessed: those whose MinHash signatures meet in a band, and those that share a
sentence, which finds what was cut short. Each pair is then measured exactly, so that no chance joins two articles. Of
1,000 changed copies among 10,000 articles 984 were found; in those that were not, every fifth word was another. Memory
grows by one signature an article.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.model.ids import ArticleId
from annotator.text.folding import Level, folded

if TYPE_CHECKING:
    import rensa
else:
    rensa = LateModule("rensa")

#: The least part of the shorter article's runs that are in the other one.
NEAR = 0.5
#: Runs of so many words. Longer ones are rarer by chance, but a word that differs spoils more of them.
_RUN = 3
#: In runs. Of shorter texts, a line from an agency is soon the half.
_SHORTEST = 20
#: Bands of three meet in nearly all pairs with a Jaccard of 0.4, and seldom in those of 0.05, which are on one subject.
_PERMUTATIONS, _BANDS, _SEED = 192, 64, 7
#: The least containment, as estimated from signatures, of what is worth being measured.
_WORTH_MEASURING = 0.3
#: In words. A shorter sentence may be anyone's; and one that so many articles have is nobody's.
_SHORTEST_SENTENCE, _MOST_SHARED = 7, 20
#: How many articles' runs are kept while pairs are measured; pairs of one article follow each other.
_KEPT = 256

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?\n]+")

#: Told after each article, and after each pair that was measured: how many articles and pairs so far; False cancels.
Progress = Callable[[int, int], bool]


def near_duplicate_groups(
    articles: Iterable[tuple[ArticleId, str]],
    text_of: Callable[[ArticleId], str],
    progress: Progress | None = None,
) -> dict[ArticleId, ArticleId]:
    """Return, for each article that has near duplicates, the first article of its group.

    Whoever is near a member is a member. The first of a group is the one that came first.

    Args:
        articles: every article with its text, each once; gone through once, one at a time.
        text_of: gives the text of an article again; asked for those alone that may have a near duplicate.
        progress: told how far it is.

    Raises:
        UserError: `cancelled`.
    """
    seen = _Seen()
    for article_id, text in articles:
        seen.add(article_id, text)
        _tell(progress, len(seen.ids), 0)
    return _groups(seen, text_of, progress)


def likeness(one: str, other: str) -> float:
    """Return which part of the shorter text's runs of words are in the other, from 0 to 1."""
    return containment(runs_of(one), runs_of(other))


class _Seen:
    """The articles gone through so far, by what finds those like them again."""

    def __init__(self) -> None:
        self.ids: list[ArticleId] = []
        self.pairs: set[tuple[int, int]] = set()
        self._signatures: list[Any] = []
        self._sizes: list[int] = []
        self._index = rensa.RMinHashLSH(threshold=0.0, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._with_sentence: defaultdict[bytes, list[int]] = defaultdict(list)

    def add(self, article_id: ArticleId, text: str) -> None:
        """Take an article in, and note the pairs that it may be one of."""
        number, plain = len(self.ids), folded(text, Level.NAME)
        runs = _runs_of_words(_WORD.findall(plain))
        signature = rensa.RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        self.ids.append(article_id)
        self._signatures.append(signature)
        self._sizes.append(len(runs))
        if len(runs) < _SHORTEST:
            return
        signature.update(runs)
        self.pairs.update((other, number) for other in self._index.query(signature) if self._alike(other, number))
        self._index.insert(number, signature)
        self._add_sentences(number, plain)

    def _alike(self, one: int, other: int) -> bool:
        jaccard: float = self._signatures[one].jaccard(self._signatures[other])
        smaller, larger = sorted((self._sizes[one], self._sizes[other]))
        shared = jaccard * (smaller + larger) / (1 + jaccard)
        return shared >= _WORTH_MEASURING * smaller

    def _add_sentences(self, number: int, plain: str) -> None:
        for key in _sentence_keys(plain):
            with_it = self._with_sentence[key]
            if len(with_it) < _MOST_SHARED:
                self.pairs.update((other, number) for other in with_it)
                with_it.append(number)


def _groups(seen: _Seen, text_of: Callable[[ArticleId], str], progress: Progress | None) -> dict[ArticleId, ArticleId]:
    @lru_cache(maxsize=_KEPT)
    def runs(number: int) -> frozenset[str]:
        return runs_of(text_of(seen.ids[number]))

    firsts: dict[int, int] = {}
    for done, (one, other) in enumerate(sorted(seen.pairs), 1):
        _tell(progress, len(seen.ids), done)
        first, second = sorted((_first(firsts, one), _first(firsts, other)))
        # Two that others have joined already need no proof of their own.
        if first != second and containment(runs(one), runs(other)) >= NEAR:
            firsts[second] = first
    members = sorted({*firsts, *firsts.values()})
    return {seen.ids[number]: seen.ids[_first(firsts, number)] for number in members}


def _first(firsts: dict[int, int], number: int) -> int:
    while number in firsts:
        firsts[number] = firsts.get(firsts[number], firsts[number])
        number = firsts[number]
    return number


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of the fewer runs are among the others, from 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def runs_of(text: str) -> frozenset[str]:
    """Return the runs of words of a text, to hold against those of many others."""
    return frozenset(_runs_of_words(_WORD.findall(folded(text, Level.NAME))))


def _runs_of_words(words: list[str]) -> set[str]:
    return set(map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))


def _sentence_keys(plain: str) -> Iterator[bytes]:
    for sentence in dict.fromkeys(_SENTENCE_END.split(plain)):
        words = _WORD.findall(sentence)
        if len(words) >= _SHORTEST_SENTENCE:
            yield hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()


def _tell(progress: Progress | None, articles: int, pairs: int) -> None:
    if progress is not None and not progress(articles, pairs):
        raise UserError("cancelled")
