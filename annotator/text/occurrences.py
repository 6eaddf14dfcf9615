# SPDX-License-Identifier: MIT
"""Where names stand in a text, behind proclitics and in other spellings, and which places want a second look.

Owns what counts as a place of a name. Must not know tags, nor what the places are for. Positions are code points of the
text, half-open. A name never reaches over the end of a line. See docs/adr/0005.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator.text.index_words import (
    ARTICLE,
    CH,
    SH,
    Alternatives,
    LetterClasses,
    begins_with_article,
    looked_up,
    name_folded,
)
from annotator.text.proclitics import Evidence, boundary, key
from annotator.text.variants import CLASSES, Likeness, likeness

#: A proclitic before a name without an article, which the proclitic may bring along; the shortest is tried first.
_BEFORE_PLAIN = "[وف]??(?:[بلك]??(?:ال)??|لل)"
_BEFORE_ARTICLE = "[وف]??[بلك]??"
_TO_THE = "[وف]??لل"
_WORD = re.compile(r"\w+")
_SH_OR_CH = "ت?ش"

_SHORT = 3
#: A proclitic before a name as long as this is one, unless the language knows the whole as a word.
_SURE = 5
#: A name is a common word too if the form with the article, or that without, is at least this share of the other's
#: frequency, the two together being at least so frequent in a million words. Measured; see docs/adr/0005.
_COMMON_SHARE, _COMMON_RATE = 0.25, 5.0
#: What is so frequent in a million words is a word of the grammar whatever else it is: علي is spelt like على.
_GRAMMAR_RATE = 1_500.0


class Doubt(StrEnum):
    """Why a place wants a second look, the gravest first.

    `SPELLING`: it is spelt otherwise than for readers the same (جانتس for غانتس). `PROCLITIC`: the letter before may
    belong to the word (بنان in لبنان). `COMMON_WORD`: the name is also a noun or adjective (الحرة), or a word of the
    grammar (علي, كان). `SHORT`: it has three letters behind a proclitic, or two anywhere.
    """

    SPELLING = "spelling"
    PROCLITIC = "proclitic"
    COMMON_WORD = "common_word"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a name stands.

    Attributes:
        start: where the name starts, after its proclitics.
        end: where it ends, marks and tatweel included.
        doubt: why it wants a second look, if it does.
        name: the name that was looked for, as it was given.
    """

    start: int
    end: int
    doubt: Doubt | None
    name: str


class NameFinder:
    """Looks for some names in one text after another.

    Most texts hold none of them, so a text is first looked through for the longest word of each, in the letters'
    classes; only lines that have all words of a name are folded, and searched by pattern.
    """

    def __init__(self, names: Iterable[str], evidence: Evidence, *, variants: bool = True) -> None:
        """Make ready what is the same for all texts.

        Args:
            names: the names, at most some dozens; those without a letter are left out, of equal ones the first stays.
            evidence: what is known of words.
            variants: whether spellings count that differ for readers; they come with `Doubt.SPELLING`.
        """
        named = {key(name): name for name in reversed(list(names)) if _WORD.search(key(name))}
        self._names = [_Name(name, evidence, variants=variants) for name in reversed(named.values())]
        self._classes = LetterClasses()

    @property
    def looked_up(self) -> list[tuple[Alternatives, ...]]:
        """What to look up in an index of words: a text in which a name stands has one of each set of its tuple."""
        return [name.looked_up for name in self._names]

    def find(self, text: str) -> list[Occurrence]:
        """Return where the names stand, in the order of the text; where several overlap, the longest is taken."""
        classes = text.translate(self._classes).replace(CH, SH)
        names = [name for name in self._names if name.longest in classes]
        if not names:
            return []
        found: list[Occurrence] = []
        start = 0
        for line, line_classes in zip(text.split("\n"), classes.split("\n"), strict=True):
            here = [name for name in names if name.may_stand_in(line_classes)]
            if here:
                found += _in_line(_Line(line, start), here)
            start += len(line) + 1
        return found


class _Line:
    """A line of a text, its folded letters as classes, and the way back."""

    def __init__(self, line: str, start: int) -> None:
        self.source = line
        self.start = start
        self._folded = name_folded(line)
        self.classes = self._folded.text.translate(CLASSES)

    def span(self, a: int, b: int) -> tuple[int, int] | None:
        """Return the range of the line behind `classes[a:b]`; None if an end of it lies within a ligature."""
        starts = self._folded.starts
        if (a and starts[a] == starts[a - 1]) or starts[b] == starts[b - 1]:
            return None
        return self._folded.span(a, b)

    def word(self, a: int) -> tuple[str, int]:
        """Return the word that begins at `classes[a]`, as written, and where in the line that is."""
        letters = a
        while letters < len(self.classes) and self.classes[letters].isalnum():
            letters += 1
        start, end = self._folded.span(a, letters)
        return self.source[start:end], start


class _Name:
    """A name to look for.

    Attributes:
        longest: its longest word, in classes, without the article that لل may have taken; it is found the most seldom.
        looked_up: what to look up in an index of words for it.
    """

    def __init__(self, name: str, evidence: Evidence, *, variants: bool) -> None:
        classes = name_folded(name).text.translate(CLASSES)
        words = _WORD.findall(classes.replace(CH, SH)) or _WORD.findall(key(name))
        between = "".join(_WORD.split(classes)[1:-1])
        self._name, self._evidence, self._variants = name, evidence, variants
        self._weakness = _weakness(key(name).strip(), evidence)
        has_article = begins_with_article(name, words[0])
        bare = [words[0].removeprefix(ARTICLE), *words[1:]] if has_article else words
        self._pattern = _pattern(bare, between, has_article=has_article)
        self._words = sorted(set(bare), key=len, reverse=True)
        self.longest = self._words[0]
        self.looked_up = looked_up(bare, has_article=has_article)

    def may_stand_in(self, classes: str) -> bool:
        """Return whether all words of the name are in a line, be it within other words."""
        return all(word in classes for word in self._words)

    def places(self, line: _Line) -> Iterator[Occurrence]:
        """Find the places of this name alone."""
        for match in self._pattern.finditer(line.classes):
            span = line.span(*match.span(match.lastgroup or 0))
            if span is None:
                continue
            start, end = span
            likeness = self._likeness(line.source[start:end], is_bare=match.lastgroup == "bare")
            if likeness is None:
                continue
            spelling = None if likeness is Likeness.SAME_SPELLING else Doubt.SPELLING
            doubts = (spelling, self._doubt_before(line, match, start), self._weakness)
            gravest = min(filter(None, doubts), key=list(Doubt).index, default=None)
            yield Occurrence(line.start + start, line.start + end, gravest, self._name)

    def _likeness(self, written: str, *, is_bare: bool) -> Likeness | None:
        """Return how a place is like the name: the same, of one class, or not at all."""
        found = likeness(ARTICLE + written if is_bare else written, self._name)
        allowed = (Likeness.SAME_SPELLING, Likeness.SAME_CLASS) if self._variants else (Likeness.SAME_SPELLING,)
        return found if found in allowed else None

    def _doubt_before(self, line: _Line, match: re.Match[str], start: int) -> Doubt | None:
        """Doubt what stands before a name, if the rule for proclitics does not cut there."""
        group = match.lastgroup or 0
        first = match.start()
        if first == match.start(group):
            return None
        whole, before = line.word(first)
        return doubt_before(whole, start - before, match.end(group) - match.start(group), self._evidence)


def doubt_before(whole: str, cut: int, length: int, evidence: Evidence) -> Doubt | None:
    """Return what is doubtful about taking the beginning of a word for proclitics.

    Args:
        whole: the word as written.
        cut: how many of its code points are taken for proclitics.
        length: how many letters what follows them has.
        evidence: what is known of words.
    """
    if boundary(whole, evidence) == cut:
        return Doubt.SHORT if length <= _SHORT else None
    letters = key(whole)
    is_word = bool(evidence.word(letters).rate or evidence.under_clitics(letters))
    return Doubt.PROCLITIC if is_word or length < _SURE else None


def _in_line(line: _Line, names: list[_Name]) -> list[Occurrence]:
    places = [place for name in names for place in name.places(line)]
    places.sort(key=lambda place: (place.start - place.end, place.doubt is not None, place.start))
    taken: list[Occurrence] = []
    for place in places:
        if all(place.end <= other.start or other.end <= place.start for other in taken):
            taken.append(place)
    return sorted(taken, key=lambda place: place.start)


def _pattern(words: list[str], between: str, *, has_article: bool) -> re.Pattern[str]:
    """Return the pattern of a name in classes; the group `name` or `bare` is what is to be tagged.

    Args:
        words: the words of the name, without the article of the first.
        between: what stands between them; it may stand there in the text too, beside blanks and hyphens.
        has_article: whether the name begins with it. It is then part of the name, but for لل, which takes it along.
    """
    body = f"[- {re.escape(between)}]+".join(re.escape(word).replace(SH, _SH_OR_CH) for word in words)
    if has_article:
        body = rf"{_BEFORE_ARTICLE}(?P<name>{ARTICLE}{body})|{_TO_THE}(?P<bare>{body})"
    else:
        body = rf"{_BEFORE_PLAIN}(?P<name>{body})"
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")


def _weakness(name: str, evidence: Evidence) -> Doubt | None:
    """Return what is doubtful about a name wherever it stands."""
    if " " in name:
        return None
    if _is_common(name, evidence):
        return Doubt.COMMON_WORD
    return Doubt.SHORT if len(name) < _SHORT else None


def _is_common(name: str, evidence: Evidence) -> bool:
    """Tell words from names: nouns and adjectives are used with and without the article, where names keep to one way.

    Words of the grammar do, too, but no name is as frequent as they are.
    """
    bare = name.removeprefix(ARTICLE)
    other = bare if bare != name else ARTICLE + name
    own_rate, other_rate = evidence.word(name).rate, evidence.word(other).rate
    is_noun = own_rate + other_rate >= _COMMON_RATE and other_rate >= _COMMON_SHARE * own_rate
    return is_noun or own_rate >= _GRAMMAR_RATE
