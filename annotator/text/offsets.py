# SPDX-License-Identifier: MIT
"""Maps between code points and other units: UTF-16 code units, UTF-8 bytes, grapheme clusters.

Owns the arithmetic only; every position that is not in code points says so in its name.
"""

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from annotator.late import Late, LateModule

if TYPE_CHECKING:
    import regex
else:
    regex = LateModule("regex")

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CLUSTER = Late(lambda: regex.compile(r"\X"))
#: Between two such neighbours every grapheme rule lets a cluster end (UAX #29, GB999), whatever stands around them.
_PLAIN_PAIR = Late(lambda: regex.compile(r"\p{Grapheme_Cluster_Break=Other}{2}"))
_BLOCK = 256


class Utf16Map:
    """Converts positions of one text to and from UTF-16 code units, as Qt, Java and JavaScript count."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._length_utf16 = len(text.encode("utf-16-le", "surrogatepass")) // 2
        only_bmp = self._length == self._length_utf16
        self._astral: list[int] = [] if only_bmp else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_utf16 = [position + earlier for earlier, position in enumerate(self._astral)]

    def to_utf16(self, i: int) -> int:
        """Return the UTF-16 position of code point `i`."""
        _check(i, self._length)
        return i + bisect_left(self._astral, i)

    def from_utf16(self, i_utf16: int) -> int:
        """Return the code point at a UTF-16 position; inside a surrogate pair, the character it belongs to."""
        _check(i_utf16, self._length_utf16)
        earlier = bisect_left(self._astral_utf16, i_utf16)
        if earlier and self._astral_utf16[earlier - 1] + 1 == i_utf16:
            return self._astral[earlier - 1]
        return i_utf16 - earlier


class Utf8Map:
    """Converts positions of one text to and from bytes of its UTF-8 form."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Every 256th character keeps its byte position: a look-up then encodes one short block.
        self._blocks_utf8 = [0]
        for start in range(0, len(text), _BLOCK):
            self._blocks_utf8.append(self._blocks_utf8[-1] + _utf8_length(text[start : start + _BLOCK]))

    def to_utf8(self, i: int) -> int:
        """Return the UTF-8 position of code point `i`."""
        _check(i, len(self._text))
        block = i // _BLOCK
        return self._blocks_utf8[block] + _utf8_length(self._text[block * _BLOCK : i])

    def from_utf8(self, i_utf8: int) -> int:
        """Return the code point at a UTF-8 position; inside a character, that character."""
        _check(i_utf8, self._blocks_utf8[-1])
        if i_utf8 == self._blocks_utf8[-1]:
            return len(self._text)
        block = bisect_right(self._blocks_utf8, i_utf8) - 1
        start = block * _BLOCK
        block_utf8 = self._text[start : start + _BLOCK].encode("utf-8", "surrogatepass")
        reached = block_utf8[: i_utf8 - self._blocks_utf8[block] + 1]
        # A character begins at every byte that is no continuation byte (10xxxxxx).
        return start + sum(byte & 0xC0 != 0x80 for byte in reached) - 1


def grapheme_boundaries(text: str) -> list[int]:
    """Return where grapheme clusters begin, and the end of the text."""
    return [*(match.start() for match in _CLUSTER.finditer(text)), len(text)]


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a range to whole grapheme clusters; an empty one moves to the start of its cluster."""
    snapped_start, _ = _cluster_at(text, start)
    if start >= end:
        return snapped_start, snapped_start
    last_start, last_end = _cluster_at(text, end)
    return snapped_start, end if last_start == end else last_end


def _cluster_at(text: str, i: int) -> tuple[int, int]:
    """Return the cluster that contains code point `i`, looking no further back than the nearest sure boundary."""
    begin = i
    while 0 < begin < len(text) and not _PLAIN_PAIR.match(text, begin - 1):
        begin -= 1
    for match in _CLUSTER.finditer(text, begin):
        if match.end() > i:
            return int(match.start()), int(match.end())
    return len(text), len(text)


def _utf8_length(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _check(position: int, length: int) -> None:
    if not 0 <= position <= length:
        raise IndexError(f"position {position} is outside a text of {length}")
