# SPDX-License-Identifier: MIT
"""Where the proclitics of an Arabic word end: و and ف, then ب ل ك, or the س of the future; لل takes the article along.

Owns the rule, which weighs what was counted. Must not know where counts come from, nor what a name is used for.
Positions are code points of the word; tatweel and harakat on a proclitic belong to it. Where unsure, a word is whole.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from annotator.text.folding import fold
from annotator.text.offsets import snap_to_graphemes
from annotator.text.proclitic_words import ENDINGS, ONE_PROCLITIC, PARTICLES, WHOLE, WITH_PRONOUN
from annotator.text.words import word_at

_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
_STARTS = re.compile("[وف]?(?:لل|[بلك])|[وف]")
_ARTICLE, _TO_THE = "ال", "لل"
_CONJUNCTIONS, _PREPOSITIONS, _FUTURE = "وف", "بلك", "س"
#: A hamza on its alef begins a word: inside one it stands on و or ي, or alone.
_INITIAL_HAMZA = "أإآ"
#: With these before it, a word is a noun that begins with its first letter.
_CLITICS = (_ARTICLE, _TO_THE, "ب", "ل", "وال", "بال")
#: Many small pieces, so that no call holds up another thread for long.
_PIECE = 20_000


def key(word: str) -> str:
    """Return a word as it is counted and looked up."""
    return fold(word).text


def _keys(words: str) -> frozenset[str]:
    # In one go: it is done at the start of the program.
    return frozenset(key(words).split())


_WITH_PRONOUN = _keys(WITH_PRONOUN)
_WHOLE = _keys(WHOLE) | _WITH_PRONOUN
_ONE, _PARTICLES, _ENDINGS = _keys(ONE_PROCLITIC), _keys(PARTICLES), _keys(ENDINGS)


@dataclass(frozen=True, slots=True)
class _Weights:
    """How a proclitic is weighed.

    Attributes:
        share: how often a stem carries it.
        excess: how many times the expected frequency the whole word may have.
        rival: how frequent, against what is expected, the whole word may be under clitics, being a noun then.
        seen: with the rest seen in the texts: how many times the frequency of the rest the whole word may have.
    """

    share: float
    excess: float
    rival: float
    seen: float


_WEIGHTS = {
    "و": _Weights(share=0.20, excess=6.0, rival=0.50, seen=4.0),
    "ف": _Weights(share=0.02, excess=1.5, rival=0.35, seen=0.3),
    "ب": _Weights(share=0.10, excess=3.0, rival=0.35, seen=4.0),
    "ل": _Weights(share=0.10, excess=3.0, rival=0.35, seen=4.0),
    "ك": _Weights(share=0.01, excess=1.0, rival=0.35, seen=0.05),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """How often something was seen: in the texts at hand, and per million words of the language."""

    count: int = 0
    rate: float = 0.0

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(self.count + other.count, self.rate + other.rate)

    def __bool__(self) -> bool:
        return bool(self.count or self.rate)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of words, by their `key`.

    Attributes:
        counts: how often each was seen in the texts at hand.
        rates: how often per million words it is seen in the language; may be empty.
        names: words that names begin with: none of them is cut, and what stands before one is cut off.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    names: Collection[str] = frozenset()

    def word(self, word: str) -> Seen:
        """Return how often just this word was seen."""
        return Seen(self.counts.get(word, 0), self.rates.get(word, 0.0))

    def free(self, stem: str) -> Seen:
        """Return how often a stem was seen without proclitics, with or without the article."""
        return self.word(stem) + self.word(_ARTICLE + stem) if len(stem) > 2 else self.word(stem)

    def under_clitics(self, word: str) -> Seen:
        """Return how often a word was seen under the article or a proclitic."""
        # Before a preposition و says nothing: it is written on to words and to prepositions alike.
        clitics = _CLITICS if word[0] in _PREPOSITIONS else (*_CLITICS, "و")
        return sum((self.word(clitic + word) for clitic in clitics), Seen())


def count_words(text: str) -> Counter[str]:
    """Count the Arabic words of a text by their `key`."""
    counts: Counter[str] = Counter()
    for begin in range(0, len(text), _PIECE):
        counts.update(_ARABIC_WORD.findall(key(text[begin : begin + _PIECE])))
    return counts


def boundary(word: str, evidence: Evidence, *, future: bool = False) -> int:
    """Return how many code points at the start of a word are proclitics; 0 where there are none, or it is unsure.

    Args:
        word: one word, as written.
        evidence: what is known of words.
        future: whether to cut off the س of the future, which leaves a verb.
    """
    folded = fold(word)
    letters = folded.text
    # A letter may stand for two in a ligature: no hamza is seen there.
    written = "".join(word[start] for start in folded.starts[:-1])
    cut = _known(letters, evidence.names)
    if cut is None:
        cut = _Rule(evidence, future=future).cut(letters, written)
    # What folds to nothing, such as a lone tatweel, has no letters to begin with.
    position = folded.starts[cut] if cut else 0
    return position if snap_to_graphemes(word, position, position)[0] == position else 0


def name_bounds(text: str, start: int, end: int, evidence: Evidence) -> tuple[int, int]:
    """Return a range of whole words without the proclitics of its first word."""
    first = word_at(text, start)
    if first is None or first[0] != start or first[1] > end:
        return start, end
    return start + boundary(text[start : first[1]], evidence), end


def plain_form(word: str, cut: int) -> str:
    """Return how what follows the proclitics is written by itself: of للمقر, cut after لل, that is المقر, no slice."""
    with_article = cut > 0 and key(word[:cut]).endswith(_TO_THE)
    return _ARTICLE + word[cut:] if with_article else word[cut:]


def _known(letters: str, names: Collection[str]) -> int | None:
    """Return the cut that leaves a known name, the longest first; None if none is left by any."""
    if not names:
        return None
    if letters in names:
        return 0
    found = _STARTS.match(letters)
    for cut in range(1, found.end() + 1 if found else 0):
        stem = letters[cut:]
        if stem in names or (letters[:cut].endswith(_TO_THE) and _ARTICLE + stem in names):
            return cut
    return None


class _Rule:
    """Cuts folded letters; `written` are the same letters with their hamza."""

    def __init__(self, evidence: Evidence, *, future: bool) -> None:
        self._evidence, self._future = evidence, future

    def cut(self, letters: str, written: str) -> int:
        """Return how many letters are proclitics."""
        if len(letters) < 3 or letters in _WHOLE or not _is_splittable(letters):
            return 0
        if letters in _ONE or not "\u0620" < letters[1] < "\u064b":
            return 1
        if letters[0] in _CONJUNCTIONS:
            return self._conjunction(letters, written)
        if letters[0] == _FUTURE:
            return int(self._future and self._is_future(letters, written))
        return self._preposition(letters, written)

    def _conjunction(self, letters: str, written: str) -> int:
        first, rest = letters[0], letters[1:]
        if rest in _PARTICLES:
            return 1
        if first == "و" and _is_listed_with_ending(letters):
            return 0
        inner = self.cut(rest, written[1:])
        if self._has_conjunction(letters, written, inner):
            return 1 + inner
        return 0

    def _has_conjunction(self, letters: str, written: str, inner: int) -> bool:
        first, rest = letters[0], letters[1:]
        if rest in _WHOLE:
            return first == "و" or self._evidence.word(letters).rate < 2
        if rest in _ONE or (rest.startswith(_TO_THE) and len(rest) > 3):
            return True
        if rest.startswith(_ARTICLE) and len(rest) > 4:
            return self._has_article(letters, rest)
        if written[1] in _INITIAL_HAMZA and len(rest) > 2:
            return True
        if inner and rest.startswith(_ARTICLE, inner):
            return not self._evidence.under_clitics(letters)
        return self._is_split(letters) or (first == "و" and inner > 0 and self._stem_outweighs(letters, 1 + inner))

    def _preposition(self, letters: str, written: str) -> int:
        rest = letters[1:]
        if letters.startswith(_TO_THE) and len(letters) > 3:
            return self._to_the(letters)
        if rest.startswith(_ARTICLE) and len(rest) > 4 and letters[0] != "ل":
            return int(self._has_article(letters, rest))
        if rest in _WITH_PRONOUN:
            return 0
        if written[1] in _INITIAL_HAMZA and len(rest) > 2 and letters[0] != "ك":
            return 1
        return int(self._is_split(letters))

    def _to_the(self, letters: str) -> int:
        """Tell للمقر, "to the seat", from للقاء, "to meet", whose second ل is the word's own."""
        with_own, without = self._evidence.free(letters[1:]), self._evidence.free(letters[2:])
        if with_own.count or without.count:
            return 1 if with_own.count > without.count else 2
        return 1 if with_own.rate > 2 * without.rate else 2

    def _is_future(self, letters: str, written: str) -> bool:
        rest = letters[1:]
        if len(rest) < 3 or written[1] not in "يتنأ" or self._evidence.under_clitics(letters).count:
            return False
        if not self._evidence.rates and written[1] == "ي":
            return not _is_listed_with_ending(letters)
        verb, whole = self._evidence.word(rest), self._evidence.word(letters)
        rival = self._evidence.under_clitics(letters).rate
        return bool(verb.count) or 0 < verb.rate >= max(whole.rate / 2, (rival - 0.05) * 5)

    def _has_article(self, letters: str, rest: str) -> bool:
        """Tell والسلام from والدة: is what follows a noun with its article?"""
        noun, under = self._evidence.word(rest), self._evidence.under_clitics(letters)
        if under.count and not noun.count:
            return False
        known = noun.rate + self._evidence.free(rest[2:]).rate
        return under.rate <= known if known else not under.rate and self._evidence.word(letters).rate < 1

    def _stem_outweighs(self, letters: str, cut: int) -> bool:
        stem = self._evidence.free(letters[cut:])
        rate = self._evidence.word(letters).rate
        return not self._evidence.under_clitics(letters) and (bool(stem.count) or stem.rate > 3 * rate)

    def _is_split(self, letters: str) -> bool:
        """Weigh a letter and the rest against the whole word."""
        first, rest = letters[0], letters[1:]
        if len(rest) < 2:
            return False
        weights, whole = _WEIGHTS[first], self._evidence.word(letters)
        under, free = self._evidence.under_clitics(letters), self._evidence.free(rest)
        parts = free.count + sum(self._evidence.word(other + rest).count for other in "وبل" if other != first)
        if parts and not under.count and len(rest) > 2 and whole.rate <= weights.seen * max(free.rate, 0.5):
            return True
        if under.count and not parts:
            return False
        if not self._evidence.rates:
            outweighs = parts * weights.share * 5 > under.count
            return outweighs if parts and under.count else first == "و" and len(rest) > 2
        if not free.rate:
            return first == "و" and len(rest) > 3 and not whole.rate and not under.rate
        return _is_expected(first, len(rest), whole.rate, under.rate, weights.share * free.rate)


def _is_expected(first: str, length: int, whole: float, under: float, expected: float) -> bool:
    """Return whether a letter before a stem explains how frequent the whole word is in the language."""
    if length == 2:  # most stems of two letters are parts of other words
        return expected > 0.5 * whole + 3 * under if first == "و" else expected > 3 * (whole + under) + 2
    if not whole:
        return under <= expected
    weights = _WEIGHTS[first]
    return whole <= weights.excess * expected and under <= weights.rival * expected + 0.02


def _is_splittable(letters: str) -> bool:
    """Return whether a word begins with a proclitic letter and goes on with something that can be a word."""
    return letters[0] in (*_WEIGHTS, _FUTURE) and letters[1].isalnum()


def _is_listed_with_ending(letters: str) -> bool:
    stems = (letters[:end] for end in range(4, len(letters)) if letters[end:] in _ENDINGS)
    return any(stem in _WHOLE or f"{stem}ة" in _WHOLE for stem in stems)
