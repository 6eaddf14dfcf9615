# SPDX-License-Identifier: MIT
"""Finds names while they are typed: by their spelling, or by the consonants that Arabic and Latin letters share.

Owns which letters of the two scripts stand for one consonant. Must not know where names are kept: what was made once by
`search_keys` is kept by the caller, so that a key stroke costs a look at strings only.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from annotator.text.folding import Level, fold
from annotator.text.variants import FOREIGN

#: The ranks of `matches_query`, the best first.
WHOLE_PREFIX, WORD_PREFIX, CONTAINED, CONSONANTS = range(4)

#: A vowel, written or not, or a letter that may stand for one; parts two like consonants that are no double.
_VOWEL = "-"
#: Consonants are capital letters, so that they never meet a spelling, which is folded to small ones.
_ARABIC = {
    **dict.fromkeys("اويعى", _VOWEL), "ب": "B", "ت": "T", "ط": "T", **dict.fromkeys("ثسصزش", "S"),
    **dict.fromkeys("جغ", "G"), **dict.fromkeys("حه", "H"), "خ": "X", **dict.fromkeys("دذضظ", "D"), "ر": "R", "ف": "F",
    **dict.fromkeys("قك", "K"), "ل": "L", "م": "M", "ن": "N",
}  # fmt: skip
_LATIN = {
    "tch": "S", "sch": "S", "dj": "G", "sh": "S", "ch": "S", "kh": "X", "gh": "G", "dh": "D", "th": "S", "ph": "F",
    "ck": "K", "x": "KS", **dict.fromkeys("aeiouywı", _VOWEL), **dict.fromkeys("bp", "B"), "t": "T",
    **dict.fromkeys("sz", "S"), **dict.fromkeys("gj", "G"), "h": "H", "d": "D", "r": "R", **dict.fromkeys("fv", "F"),
    **dict.fromkeys("kqc", "K"), "l": "L", "m": "M", "n": "N",
}  # fmt: skip
_SOUNDS = _ARABIC | _LATIN
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)) + r"|\d|.")
#: Turkish letters whose sound their fold, a bare Latin letter, has lost.
_TURKISH = str.maketrans({"ç": "ch", "Ç": "ch", "ş": "sh", "Ş": "sh"})

_PARTS = re.compile(r"\w+")
_ARABIC_ARTICLE, _LATIN_ARTICLES = "ال", ("al", "el")
_AFFRICATE, _SIBILANT = "TS", "S"
_LEAST_CONSONANTS = 2


class _Query(NamedTuple):
    text: str
    words: tuple[str, ...]
    consonants: str


def search_keys(name: str) -> tuple[str, ...]:
    """Return under what a name is found: its spelling, and its consonants in the ways they may be read.

    Each word of a key has a blank before it, so that a word's beginning is found as a string. Keys of several names of
    one actor may be put together.
    """
    words = _words(name)
    if not words:
        return ()
    with_article = [_consonants(word) for word in words]
    readings = [" ".join(_bare(words)), " ".join(with_article), "".join(with_article)]
    readings += [reading.replace(_AFFRICATE, _SIBILANT) for reading in readings]
    return tuple(dict.fromkeys(f" {key}" for key in (" ".join(_spelling(name)), *readings) if key.strip()))


def matches_query(query: str, keys: Sequence[str]) -> int | None:
    """Return how well what was typed finds a name with these keys; None if it does not.

    The ranks, the best first: the name begins so, words of it do, it contains it, its consonants begin so. What has no
    letter finds everything.
    """
    wanted = _query(query)
    if not wanted.text:
        return WHOLE_PREFIX
    best: int | None = None
    for key in keys:
        rank = _rank(wanted, key)
        if rank == WHOLE_PREFIX:
            return rank
        if rank is not None and (best is None or rank < best):
            best = rank
    return best


def _rank(wanted: _Query, key: str) -> int | None:
    if wanted.text in key:
        if key.startswith(wanted.text, 1):
            return WHOLE_PREFIX
        return WORD_PREFIX if f" {wanted.text}" in key else CONTAINED
    first, *others = wanted.words
    if others and first in key and all(word in key for word in others):
        return WORD_PREFIX
    return CONSONANTS if wanted.consonants and wanted.consonants in key else None


@lru_cache(maxsize=16)
def _query(text: str) -> _Query:
    spelling = _spelling(text)
    consonants = " ".join(_bare(_words(text)))
    enough = len(consonants.replace(" ", "")) >= _LEAST_CONSONANTS
    return _Query(" ".join(spelling), tuple(f" {word}" for word in spelling), f" {consonants}" if enough else "")


def _spelling(name: str) -> list[str]:
    return _PARTS.findall(_without_apostrophes(fold(name).text))


def _words(name: str) -> list[str]:
    return _PARTS.findall(_without_apostrophes(fold(name.translate(_TURKISH).translate(FOREIGN), Level.NAME).text))


def _without_apostrophes(folded: str) -> str:
    """Return Ya'alon as one word."""
    return folded.replace("'", "")


def _bare(words: list[str]) -> list[str]:
    """Return the consonants of words without their articles, but for a name that is nothing else."""
    bare = [word.removeprefix(_ARABIC_ARTICLE) if len(word) > 4 else word for word in words]
    bare = [word for word in bare if word not in _LATIN_ARTICLES] or bare
    return [consonants for word in bare if (consonants := _consonants(word))]


def _consonants(word: str) -> str:
    """Return the consonants of a word; a double one is one, since Arabic writes it so."""
    sounds = "".join(_SOUNDS.get(sound, sound if sound.isdecimal() else "") for sound in _SOUND.findall(word))
    return "".join(sound for sound, _ in groupby(sounds) if sound != _VOWEL)
