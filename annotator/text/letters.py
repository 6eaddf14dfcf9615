# SPDX-License-Identifier: MIT
"""What single characters are in a word: letters, nothing, or several letters at once; and what stands between words.

Owns which characters nearly all texts are written with, so that a text of these alone need not be folded to be split
into words or searched.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from annotator.text.blanks import BIDI_WRAPPERS, WHITE_SPACE
from annotator.text.folding import folded

#: White space that ends a line besides "\n", which does so in every reading.
LINE_ENDS = "".join(blank for blank in WHITE_SPACE if blank != "\n" and len(f"a{blank}a".splitlines()) > 1)
#: What ends a word, although it folds to nothing.
WORD_ENDS = BIDI_WRAPPERS + "\u200b"
#: What is read otherwise than the fold does: line ends of other systems end a name, wrappers end a word.
READ_AS: dict[int, str] = dict.fromkeys(map(ord, WORD_ENDS), " ") | dict.fromkeys(map(ord, LINE_ENDS), "\0")

_WORD = re.compile(r"\w+")
#: What nearly all texts are written with; what another character folds to is learnt when it is met.
_BLOCKS = ((0x20, 0x250), (0x300, 0x370), (0x600, 0x780), (0x8A0, 0x900), (0x2000, 0x2070))


@dataclass(frozen=True, slots=True)
class Usual:
    """What is known of the usual characters.

    Attributes:
        written: by letter, folded, the characters that are written for it.
        ignored: what may stand between the letters of a word.
        several: characters that fold to several letters, or to a letter where Python sees none, or the other way.
        known: all of the usual characters.
        unusual: finds a character that is none of them, or one of `several`.
    """

    written: dict[str, str]
    ignored: str
    several: frozenset[str]
    known: frozenset[str]
    unusual: re.Pattern[str]


@lru_cache(maxsize=1)
def known_letters() -> Usual:
    """Return what the usual characters fold to; takes some milliseconds, once."""
    characters = ["\n", "\t", *(chr(code) for first, end in _BLOCKS for code in range(first, end))]
    several = frozenset(filter(is_several, characters))
    written: dict[str, str] = {}
    for character in characters:
        letter = folded(character)
        if letter_of(character) and character not in several:
            written[letter] = written.get(letter, "") + character
    ignored = "".join(character for character in characters if letter_of(character) == "")
    known = frozenset(characters)
    return Usual(written, ignored, several, known, unusual(known - several))


def unusual(plain: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any other character."""
    return re.compile(f"[^{re.escape(''.join(sorted(plain)))}]")


@lru_cache(maxsize=4096)
def letter_of(character: str) -> str | None:
    """Return what a character of a word folds to, "" if to nothing; None for what stands between words."""
    if character in WORD_ENDS:
        return None
    letter = folded(character)
    return letter if not letter or _WORD.search(letter) else None


def is_several(character: str) -> bool:
    """Return whether a character is not one letter where Python sees a letter, or nothing, or a blank."""
    letter = letter_of(character)
    if letter == "":
        return False
    return len(letter or "") > 1 or (letter is not None) != (_WORD.match(character) is not None)
