# SPDX-License-Identifier: MIT
"""Finds names while they are typed: by their spelling, or by the consonants that Arabic and Latin letters share.

Owns which letters of the two scripts stand for one consonant. Must not know where names are kept: what was made once by
`search_keys` is kept by the caller, so that a key stroke costs a look at strings only.
"""

import re
from collections.abc import Iterator
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
_SEVERAL = 2
#: What each key begins with: a line of its own, and the blank that stands before each word.
_KEY = "\n "


class _Query(NamedTuple):
    text: str
    whole: str
    word: str
    words: tuple[str, ...]
    consonants: str


def search_keys(*names: str) -> str:
    """Return under what something of these names is found: their spelling, and the consonants as they may be read.

    Each key has a line of its own, and each of its words a blank before it: that a name or a word begins so is found in
    one string, without going through keys and words, of which thousands are looked through at each key stroke.
    """
    return "".join(dict.fromkeys(f"{_KEY}{key}" for name in names for key in _keys(name)))


def _keys(name: str) -> Iterator[str]:
    words = _words(name)
    if not words:
        return
    with_article = [_consonants(word) for word in words]
    readings = [" ".join(_bare(words)), " ".join(with_article), "".join(with_article)]
    readings += [reading.replace(_AFFRICATE, _SIBILANT) for reading in readings]
    yield from (key for key in (" ".join(_spelling(name)), *readings) if key.strip())


def matches_query(query: str, keys: str) -> int | None:
    """Return how well what was typed finds what has these keys; None if it does not.

    The ranks, the best first: a name begins so, words of it do, it contains it, its consonants begin so. What has no
    letter finds everything.
    """
    wanted = _query(query)
    if not wanted.text:
        return WHOLE_PREFIX
    if wanted.text in keys:
        if wanted.whole in keys:
            return WHOLE_PREFIX
        return WORD_PREFIX if wanted.word in keys or _has_words(wanted, keys) else CONTAINED
    if _has_words(wanted, keys):
        return WORD_PREFIX
    return CONSONANTS if wanted.consonants and wanted.consonants in keys else None


def _has_words(wanted: _Query, keys: str) -> bool:
    """Return whether several words that were typed begin words of one name, in whatever order."""
    words = wanted.words
    if len(words) < _SEVERAL or not all(word in keys for word in words):
        return False
    return any(all(word in key for word in words) for key in keys.split("\n"))


@lru_cache(maxsize=16)
def _query(query: str) -> _Query:
    spelling = _spelling(query)
    text, consonants = " ".join(spelling), " ".join(_bare(_words(query)))
    enough = len(consonants.replace(" ", "")) >= _LEAST_CONSONANTS
    words = tuple(f" {word}" for word in spelling)
    return _Query(text, f"{_KEY}{text}", f" {text}", words, f" {consonants}" if enough else "")


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
