# SPDX-License-Identifier: MIT
"""The order in which characters are read, from the order in which they stand on a line from left to right.

Undoes what the Unicode bidirectional algorithm did when a line was set. What it did to brackets, and which of several
orders gave the same line, a line does not tell: brackets are paired as pairs are written, and of the orders the one
that news prose has is taken. Knows nothing of pages.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

#: Letters in the shapes that old fonts had a character of its own for.
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
#: Letters that no ligature begins with, and the ligatures that are words and do.
_JOINED_TO_NONE = frozenset("اأإآٱدذرزژوؤةىء")
_WHOLE_LIGATURES = frozenset({"الله", "اكبر", "أكبر"})
_PAIRS = ("()", "[]", "{}", "«»", "‹›", "“”")
#: What joins two numbers of an Arabic line into one, and a word of another language with a number.
_IN_NUMBERS = frozenset(".,:/،٫٬\u00a0")
_IN_PHRASES = frozenset(" -–_./\u00a0")
#: Words of enough letters that their ends tell which end is first: letters that only end words, and the article.
_WORD = re.compile("[\u0621-\u064a]{3,}")
_FORWARD = re.compile("(?:[وفب]?ال|لل).*|.*[ةى]")
_BACKWARD = re.compile(".*لا[وفب]?|[ةى].*")
#: In hundredths: how many words of Arabic prose have such an end, at the least; it is some 40 in news.
_LEAST_EVIDENCE = 10
#: How many words tell it.
_ENOUGH_WORDS = 12


class Kind(StrEnum):
    """What a character does to the order of those around it."""

    LEFT = "left to right"
    RIGHT = "right to left"
    NUMBER = "number"
    NEITHER = "neither"


_KINDS = {"L": Kind.LEFT, "R": Kind.RIGHT, "AL": Kind.RIGHT, "EN": Kind.NUMBER, "AN": Kind.NUMBER}


class Order(StrEnum):
    """In which order the letters of a text are, judged by its words."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UNKNOWN = "unknown"


def kind_of(cluster: str) -> Kind:
    """Return what the first character of a cluster does."""
    return _KINDS.get(unicodedata.bidirectional(cluster[0]), Kind.NEITHER)


def logical(clusters: Sequence[str], *, rtl: bool) -> list[str]:
    """Return the clusters of a line, which are in their order from left to right, in the order of reading.

    Args:
        clusters: a letter with its marks each, or the letters of a ligature in the order of reading.
        rtl: whether the paragraph runs from right to left.
    """
    line = list(zip(clusters, _kinds(clusters), strict=True))
    if rtl:
        line = _with_phrases_turned(line[::-1])
    else:
        for start, end in _runs(line, Kind.RIGHT):
            line[start:end] = _with_phrases_turned(line[start:end][::-1])
    return [cluster for cluster, _kind in line]


def _kinds(clusters: Sequence[str]) -> list[Kind]:
    """Return what each cluster does; a number that goes on a phrase does as the phrase, as in `COVID-19`."""
    kinds = [kind_of(cluster) for cluster in clusters]
    before = Kind.RIGHT
    for at, kind in enumerate(kinds):
        if kind is Kind.NUMBER and before is Kind.LEFT:
            kinds[at] = Kind.LEFT
        elif kind is not Kind.NEITHER or not _joins(clusters[at], kinds[at + 1 : at + 2]):
            before = kind
    return kinds


def _joins(cluster: str, after: list[Kind]) -> bool:
    return cluster in _IN_PHRASES or (cluster in _IN_NUMBERS and after == [Kind.NUMBER])


def _with_phrases_turned(line: list[tuple[str, Kind]]) -> list[tuple[str, Kind]]:
    """Turn the numbers and phrases from left to right in what was turned as a whole."""
    for start, end in _runs(line, Kind.LEFT):
        line[start:end] = line[start:end][::-1]
    return line


def _runs(line: list[tuple[str, Kind]], kind: Kind) -> list[tuple[int, int]]:
    """Return where clusters of a kind stand, with what lies between them and belongs to them."""
    found: list[tuple[int, int]] = []
    for at, (_cluster, here) in enumerate(line):
        if here is not kind and not (kind is Kind.LEFT and here is Kind.NUMBER):
            continue
        if found and _belong(line[found[-1][1] - 1][1], line[found[-1][1] : at], here):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _belong(before: Kind, between: list[tuple[str, Kind]], after: Kind) -> bool:
    """Return whether two clusters are of one run, given those between them."""
    if before is Kind.RIGHT:
        return all(kind is not Kind.LEFT for _cluster, kind in between)
    if any(kind is Kind.RIGHT for _cluster, kind in between):
        return False
    if before is after is Kind.NUMBER:
        return not between or (len(between) == 1 and between[0][0] in _IN_NUMBERS)
    return not between or before is after


def mended(text: str) -> str:
    """Return a text with the letters that presentation forms stand for, and all else as it is."""
    return _PRESENTATION_FORMS.sub(_letters, text)


def _letters(form: re.Match[str]) -> str:
    # Marks that stand alone stand on a blank or a tatweel in this block; in a text they stand on their letter.
    return unicodedata.normalize("NFKC", form[0]).lstrip(" ")


def ligatures_turned(texts: Sequence[str]) -> list[str]:
    """Return the characters of a document, those with several letters turned if they are written from their end.

    PDFium gives the letters that one glyph stands for from the last to the first where the font names them as several,
    and from the first where it has one character for them. A letter that is joined to none after it tells which.

    Args:
        texts: what each character on the pages stands for.
    """
    several = {text for text in texts if len(text) > 1 and all(kind_of(letter) is Kind.RIGHT for letter in text)}
    forward = sum(_can_begin(text) and not _can_begin(text[::-1]) for text in texts if text in several)
    turned = {
        text
        for text in several
        if text[::-1] in _WHOLE_LIGATURES
        or (text not in _WHOLE_LIGATURES and _can_begin(text[::-1]) and (not forward or not _can_begin(text)))
    }
    return [text[::-1] if text in turned else text for text in texts]


def _can_begin(text: str) -> bool:
    return text[0] not in _JOINED_TO_NONE


def paired(text: str) -> str:
    """Return a paragraph in which opening brackets and quotes come before the closing ones."""
    for pair in _PAIRS:
        found = [at for at, character in enumerate(text) if character in pair]
        marks = "".join(text[at] for at in found)
        swapped = marks.translate(str.maketrans(pair, pair[::-1]))
        if _nested(marks, pair):
            continue
        if not _nested(swapped, pair):
            swapped = pair * (len(marks) // 2) if len(marks) % 2 == 0 else marks
        characters = list(text)
        for at, mark in zip(found, swapped, strict=True):
            characters[at] = mark
        text = "".join(characters)
    return text


def _nested(marks: str, pair: str) -> bool:
    depth = 0
    for mark in marks:
        depth += 1 if mark == pair[0] else -1
        if depth < 0:
            return False
    return depth == 0


def order_of(text: str) -> Order:
    """Return in which order the letters of Arabic text are; forward where there is too little of it to tell."""
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS:
        return Order.FORWARD
    forward = sum(_FORWARD.fullmatch(word) is not None for word in words)
    backward = sum(_BACKWARD.fullmatch(word) is not None for word in words)
    if max(forward, backward) * 100 < _LEAST_EVIDENCE * len(words):
        return Order.UNKNOWN
    if forward >= 2 * backward:
        return Order.FORWARD
    return Order.BACKWARD if backward >= 2 * forward else Order.UNKNOWN
