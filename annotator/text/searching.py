# SPDX-License-Identifier: MIT
"""Finds words in texts as somebody types them into a search field: behind proclitics, and in any usual spelling.

Owns what the words that are typed mean, and which places of a text they find. Must not know which texts there are.
Positions are code points of the text, half-open. What is found here is found by `index_words` first.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.text.folding import FOLLOWING, Folded, fold, folded
from annotator.text.index_words import (
    ARTICLE,
    BEFORE_ARTICLE,
    BEFORE_PLAIN,
    Alternatives,
    begins_with_article,
    for_article,
    looked_up,
)
from annotator.text.letters import LINE_ENDS, READ_AS, is_several, known_letters, letter_of, unusual
from annotator.text.occurrences import Doubt, doubt_before
from annotator.text.proclitics import Evidence

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"\w+")
_ENDS = re.escape(f"\n\0{LINE_ENDS}")
#: No proclitics have more letters.
_MOST_BEFORE = max(map(len, BEFORE_PLAIN))


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand in a row in a text.

    Attributes:
        typed: as they were typed.
        words: folded, without the article of the first where it has one.
        has_article: whether the first word was typed with it.
    """

    typed: str
    words: tuple[str, ...]
    has_article: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a text that has all of the terms.

    Attributes:
        terms: without any, nothing is found.
        exact: whether letters must be as they were typed, and nothing be written on to them.
    """

    terms: tuple[Term, ...] = ()
    exact: bool = False

    @classmethod
    def of(cls, typed: str, *, exact: bool = False) -> "Query":
        """Read what was typed: words, of which all must be there, and "words in quotation marks", in a row."""
        shown = fold(typed)
        spans = (shown.span(*match.span(match.lastindex or 0)) for match in _TERM.finditer(shown.text))
        terms = (_term(typed[start:end].strip(), exact=exact) for start, end in spans)
        return cls(tuple(dict.fromkeys(term for term in terms if term.words)), exact)

    @property
    def looked_up(self) -> tuple[Alternatives, ...]:
        """What to look up in an index of words: a text that is found has one of each set."""
        return tuple(
            alternatives
            for term in self.terms
            for alternatives in looked_up(term.words, has_article=term.has_article, with_proclitics=not self.exact)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A place of a term; `doubt` is why it wants a second look, if it does."""

    start: int
    end: int
    term: Term
    doubt: Doubt | None


class Finder:
    """Looks for one query in one text after another.

    A text is not folded: what each letter may be written as is made into a pattern for texts as they are, and only what
    stands around a match is looked at closer. A text with a character that folds to several letters is folded first.
    """

    def __init__(self, query: Query, evidence: Evidence) -> None:
        self._query, self._evidence = query, evidence
        self._letters = _Letters({letter for term in query.terms for word in term.words for letter in word})
        self._as_written = self._patterns(self._letters.written, self._letters.ignored)
        self._as_folded = self._patterns(str, "")

    def find(self, text: str) -> list[Found]:
        """Return where the terms stand, in the order of the text; nothing where one of them stands nowhere."""
        plain = True
        if self._letters.unusual.search(text):
            characters = set(text)
            if self._letters.learn(characters):
                self._as_written = self._patterns(self._letters.written, self._letters.ignored)
            plain = characters.isdisjoint(self._letters.several)
        source = _Source(text, None if plain else fold(text.translate(READ_AS)))
        found: list[Found] = []
        for term, pattern in self._as_written if plain else self._as_folded:
            places = list(self._places(source, term, pattern))
            if not places:
                return []
            found += places
        return _without_overlaps(found)

    def _places(self, source: "_Source", term: Term, pattern: re.Pattern[str]) -> Iterator[Found]:
        match = pattern.search(source.text)
        while match is not None:
            place = self._place(source, term, match)
            if place is not None:
                yield place
            # What is rejected for what stands before it may overlap with what is not.
            match = pattern.search(source.text, match.end() if place is not None else match.start() + 1)

    def _patterns(self, written: Callable[[str], str], ignored: str) -> list[tuple[Term, re.Pattern[str]]]:
        return [(term, _pattern(term.words, written, ignored)) for term in self._query.terms]

    def _place(self, source: "_Source", term: Term, match: re.Match[str]) -> Found | None:
        """Look closer at a match; None if what stands there is part of another word."""
        start = match.start()
        before = source.before(start)
        if before is None:
            return None
        letters, places = before
        if term.has_article and letters not in for_article(term.words[0]):
            if not letters.endswith(ARTICLE):
                return None
            start = places[-len(ARTICLE)]
            letters = letters.removesuffix(ARTICLE)
            allowed = BEFORE_ARTICLE
        else:
            allowed = for_article(term.words[0]) if term.has_article else BEFORE_PLAIN
        span = source.span(start, match.end())
        if letters not in allowed or span is None or not self._is_exact(source, term, span, letters):
            return None
        proclitics = letters.removesuffix(ARTICLE)  # with the article a word is the same word
        doubt = self._doubt(source, places[0], [*places, start][len(proclitics)]) if proclitics else None
        return Found(*span, term, doubt)

    def _is_exact(self, source: "_Source", term: Term, span: tuple[int, int], before: str) -> bool:
        if not self._query.exact:
            return True
        return not before and _letters_of(source.source[slice(*span)]) == _letters_of(term.typed)

    def _doubt(self, source: "_Source", first: int, start: int) -> Doubt | None:
        """Doubt what stands before a word, if the rule for proclitics does not cut there."""
        end = source.word_end(start)
        whole, word = source.span(first, end), source.span(start, end)
        if whole is None or word is None:
            return None
        length = len(_WORD.findall(folded(source.source[slice(*word)]))[0])
        doubt = doubt_before(source.source[slice(*whole)], word[0] - whole[0], length, self._evidence)
        return doubt if doubt is Doubt.PROCLITIC else None


class _Source:
    """A text, as it is or folded: what is searched, and the way back to the text."""

    def __init__(self, source: str, shown: Folded | None) -> None:
        self.source, self._shown = source, shown
        self.text = source if shown is None else shown.text

    def span(self, a: int, b: int) -> tuple[int, int] | None:
        """Return the range of the source behind `text[a:b]`, with the marks that follow; None within a ligature."""
        if self._shown is None:
            following = FOLLOWING.match(self.source, b)
            return a, following.end() if following else b
        starts = self._shown.starts
        if (a and starts[a] == starts[a - 1]) or starts[b] == starts[b - 1]:
            return None
        return self._shown.span(a, b)

    def before(self, position: int) -> tuple[str, list[int]] | None:
        """Return the letters of the same word before a position and where each is; None for more than proclitics."""
        letters: list[str] = []
        places: list[int] = []
        while position and (letter := letter_of(self.text[position - 1])) is not None:
            position -= 1
            if letter:
                letters.append(letter)
                places.append(position)
            if len(letters) > _MOST_BEFORE:
                return None
        return "".join(reversed(letters)), places[::-1]

    def word_end(self, position: int) -> int:
        """Return where the last letter of the word at a position ends."""
        end = position
        while position < len(self.text) and (letter := letter_of(self.text[position])) is not None:
            position += 1
            end = position if letter else end
        return end


class _Letters:
    """How some letters are written in the texts met so far.

    Attributes:
        ignored: what may stand between the letters of a word.
        several: characters that fold to several letters, or to a letter where Python sees none, or the other way.
        unusual: finds a character that is one of these, or was not met yet.
    """

    def __init__(self, letters: set[str]) -> None:
        usual = known_letters()
        self._written = {letter: usual.written.get(letter, letter) for letter in letters}
        self.ignored, self.several = usual.ignored, set(usual.several)
        self._known = set(usual.known)
        self.unusual = usual.unusual

    def written(self, letter: str) -> str:
        """Return the characters that a letter may be written as."""
        return self._written[letter]

    def learn(self, characters: set[str]) -> bool:
        """Look at characters that may be new; return whether the patterns change by them."""
        new = characters - self._known
        if not new:
            return False
        self._known |= new
        before = (self.ignored, dict(self._written))
        for character in sorted(new):
            kind, letter = letter_of(character), folded(character)
            if is_several(character):
                self.several.add(character)
            elif kind == "":
                self.ignored += character
            elif letter in self._written:
                self._written[letter] += character
        self.unusual = unusual(self._known - self.several)
        return before != (self.ignored, self._written)


def _term(typed: str, *, exact: bool) -> Term:
    shown = fold(typed.translate(READ_AS))
    words = _WORD.findall(shown.text)
    if not words or exact:
        return Term(typed, tuple(words), has_article=False)
    first = _WORD.search(shown.text)
    written = typed[shown.starts[first.start()] :] if first else ""
    has_article = begins_with_article(written, words[0])
    return Term(typed, (words[0].removeprefix(ARTICLE) if has_article else words[0], *words[1:]), has_article)


def _pattern(words: Iterable[str], written: Callable[[str], str], ignored: str) -> re.Pattern[str]:
    """Return the pattern of words in a row, up to their last letter.

    Args:
        words: folded.
        written: returns the characters that a letter may be written as.
        ignored: the characters that may stand between the letters of a word.
    """
    unseen = re.escape(ignored)
    between = f"[{unseen}]*" if ignored else ""
    blanks = rf"{between}[^\w{_ENDS}{unseen}](?:[^\w{_ENDS}]{f'|[{unseen}]' if ignored else ''})*"
    spelt = (between.join(f"[{re.escape(written(letter))}]" for letter in word) for word in words)
    return re.compile(rf"{blanks.join(spelt)}(?!{between}[^\W{unseen}])")


def _letters_of(text: str) -> list[str]:
    """Return the words of a text as they are written, without marks and the like."""
    return _WORD.findall("".join(character for character in text if letter_of(character) != ""))


def _without_overlaps(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept
