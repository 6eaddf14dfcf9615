# SPDX-License-Identifier: MIT
"""A code page of our own, in which ordinary Arabic is translated ten times as fast as character by character.

Owns what is ordinary. Must not know what its characters are folded to.
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

#: What nearly all Arabic articles are written with, less than 256 in all; ASCII first.
ORDINARY = tuple(dict.fromkeys(
    "".join(map(chr, (*range(0x80), *range(0x621, 0x653), *range(0x660, 0x672))))
    + "ىیکەہھپچژگڤ۰۱۲۳۴۵۶۷۸۹،؛؟“”„«»‹›‘’–—‐−•·©"
    + "\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u061c\u2066\u2067\u2068\u2069\ufeff"
))  # fmt: skip
#: For `codecs`: no character has this byte.
_NO_CHARACTER = "\ufffe"


@dataclass(frozen=True, slots=True)
class CodePage:
    """Characters, each with a byte, and the character that it is folded to.

    Attributes:
        characters: the character of each byte, and `encoding` the way back.
        folds: the byte of the character that the character of each byte is folded to.
        dropped: the bytes of those that are folded to nothing; `keeps` has 0 for these, and else 1.
    """

    characters: str
    encoding: Any
    folds: bytes
    dropped: bytes
    keeps: bytes

    @classmethod
    def of(cls, folds: Mapping[str, str]) -> Self:
        """Return the page of those characters that are folded to one of them, or to nothing."""
        known = [character for character, fold in folds.items() if not fold or fold in folds]
        places = {character: place for place, character in enumerate(known)}
        characters = "".join(known).ljust(256, _NO_CHARACTER)
        dropped = bytes(places[character] for character in known if not folds[character])
        return cls(
            characters=characters,
            encoding=codecs.charmap_build(characters),
            folds=bytes(places.get(folds[character], 0) for character in known).ljust(256, b"\0"),
            dropped=dropped,
            keeps=bytes(place not in dropped for place in range(256)),
        )

    def written(self, text: str) -> bytes | None:
        """Return a text in this code page; None where it has other characters, too."""
        try:
            return codecs.charmap_encode(text, "strict", self.encoding)[0]
        except UnicodeEncodeError:
            return None

    def folded(self, written: bytes) -> str:
        """Return the fold of what `written` gave."""
        return codecs.charmap_decode(written.translate(self.folds, self.dropped), "strict", self.characters)[0]
