# SPDX-License-Identifier: MIT
"""What the tour tags: words known from the sample articles where they occur, other words where not."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator.text.proclitics import Evidence, name_bounds
from annotator.text.words import snap_to_words, tokens, word_at

Range = tuple[int, int]

_WORDS = 3
_LONG = 4


class Kind(StrEnum):
    """Which of the scheme's labels a place gets: the first, second or third."""

    ACTOR = "actor"
    EVENT = "event"
    STANCE = "stance"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text to tag, in code points."""

    start: int
    end: int
    kind: Kind


_KNOWN = (
    ("مصادر إسرائيلية", Kind.ACTOR),
    ("غانتس", Kind.ACTOR),
    ("مباحثات", Kind.EVENT),
    ("أردوغان", Kind.ACTOR),
    ("حماس", Kind.ACTOR),
    ("تسعى إلى تعزيز علاقاتها", Kind.STANCE),
    ("الولايات المتحدة الأميركية", Kind.ACTOR),
    ("رجب طيب إردوغان", Kind.ACTOR),
    ("اجتمع", Kind.EVENT),
    ("يبحث", Kind.EVENT),
    ("اللقاء", Kind.EVENT),
    ("تركيا", Kind.ACTOR),
    ("إسرائيل", Kind.ACTOR),
    ("زيارة", Kind.EVENT),
)


def places(text: str) -> list[Place]:
    """Return stretches of whole words, in the order of the text, that do not overlap."""
    found: list[Place] = []
    for candidate in (*_known(text), *_any_words(text)):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in found):
            found.append(candidate)
    return sorted(found[:_MOST], key=lambda place: place.start)


_MOST = 8


def inside_a_word(text: str) -> tuple[int, int] | None:
    """Return the end of a word without its first letter, such as the name in بأردوغان, or None."""
    for known, _ in _KNOWN:
        at = text.find(known)
        while at > 0:
            word = word_at(text, at)
            if word is not None and word[0] == at - 1 and word[1] == at + len(known):
                return at, at + len(known)
            at = text.find(known, at + 1)
    return next(((start + 1, end) for start, end in tokens(text) if end - start > _LONG), None)


def glued_names(text: str, evidence: Evidence | None) -> Iterator[tuple[Range, Range]]:
    """Yield words with proclitics and what is left without: known words first, then any."""
    known = {name for name, _ in _KNOWN}
    found = [] if evidence is None else [(word, name_bounds(text, *word, evidence)) for word in tokens(text)]
    glued = [(word, name) for word, name in found if word != name and name[1] - name[0] >= _WORDS]
    yield from sorted(glued, key=lambda pair: text[slice(*pair[1])] not in known)


def _known(text: str) -> Iterator[Place]:
    for known, kind in _KNOWN:
        at = text.find(known)
        while at >= 0 and snap_to_words(text, at, at + len(known)) != (at, at + len(known)):
            at = text.find(known, at + 1)
        if at >= 0:
            yield Place(at, at + len(known), kind)


def _any_words(text: str) -> Iterator[Place]:
    kinds = list(Kind)
    words = (word for word in tokens(text) if word[1] - word[0] >= _WORDS)
    for number, (start, end) in enumerate(words):
        yield Place(start, end, kinds[number % len(kinds)])
