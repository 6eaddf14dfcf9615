# SPDX-License-Identifier: MIT
"""Which way text runs: base direction, embedding levels and visual order of a paragraph.

Owns the questions put to the Unicode bidirectional algorithm (UAX #9). The algorithm itself is python-bidi's compiled
one, which knows isolates and bracket pairs; its pure Python sibling knows neither. The levels are only to be had from
its debugging output, so they are read from there and counted before they are believed.

A paragraph is taken as one line: `levels` applies rule L1 to its end. Marks keep their own place (rule L3 is left to
whoever draws). Characters that the algorithm removes (embeddings and overrides, rule X9) keep the level of what
precedes them, so that every character has a place in the visual order.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.late import late

if TYPE_CHECKING:
    from bidi import get_display
else:
    get_display = late("bidi", "get_display")


class Direction(StrEnum):
    """The way a paragraph runs."""

    LTR = "ltr"
    RTL = "rtl"


_STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}
_ISOLATES = {"LRI", "RLI", "FSI"}
_BASE_NAMES = {Direction.LTR: "L", Direction.RTL: "R"}
_BASE_LEVELS = {Direction.LTR: 0, Direction.RTL: 1}

_SEPARATOR = re.compile("[\n\u2029]")
#: Where the levels stand in what python-bidi tells; line breaks of the text itself are escaped there.
_LEVELS_BEGIN, _LEVELS_END = "\n    levels: [\n", "\n    ],\n    paragraphs: ["

_SEGMENT_SEPARATOR = re.compile("[\t\v\x1c-\x1f\x85\r\n\u2029]")
_RESET_BY_L1 = {"WS", "LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF", "BN"}


@lru_cache(maxsize=1)
def _stand_ins() -> dict[int, int]:
    """Return what stands in for characters that the compiled code would take for others, or not at all.

    Some end a paragraph for UAX #9 but not for this program: they count as the blanks they look like. A lone surrogate
    cannot be handed to compiled code; any letter will do.
    """
    return {
        **dict.fromkeys((0x1C, 0x1D, 0x1E, 0x85, 0x0D, 0x0A, 0x2029), 0x2028),
        **dict.fromkeys(range(0xD800, 0xE000), 0xE000),
    }


def base_direction(text: str, default: Direction) -> Direction:
    """Return the direction of a paragraph: that of its first strong character outside isolates (UAX #9, P2 and P3).

    Args:
        text: one paragraph.
        default: the answer for a paragraph without a strong character.
    """
    isolates = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _ISOLATES:
            isolates += 1
        elif kind == "PDI":
            isolates = max(isolates - 1, 0)
        elif kind in _STRONG and not isolates:
            return _STRONG[kind]
    return default


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the ranges between LF and U+2029, without these; there is always one, an empty one for an empty text."""
    ends = [match.start() for match in _SEPARATOR.finditer(text)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))


def levels(paragraph: str, base: Direction | None = None) -> list[int]:
    """Return the embedding level of each character: even runs left to right, odd right to left.

    Args:
        paragraph: one paragraph without its separator.
        base: its direction; found from its first strong character if not given, left to right if it has none.
    """
    base = base or base_direction(paragraph, Direction.LTR)
    if not paragraph or (base is Direction.LTR and paragraph.isascii()):
        return [0] * len(paragraph)
    resolved = _resolved_levels(paragraph.translate(_stand_ins()), base)
    _apply_l1(paragraph, resolved, _BASE_LEVELS[base])
    return resolved


def visual_order(paragraph: str, base: Direction | None = None) -> list[int]:
    """Return the indices of a paragraph's characters in the order they stand on one line, left to right (rule L2)."""
    return reorder(levels(paragraph, base))


def reorder(levels_of_items: list[int]) -> list[int]:
    """Return the indices of items in visual order, given their levels: rule L2 for characters, clusters or runs."""
    order = list(range(len(levels_of_items)))
    odd = [level for level in levels_of_items if level % 2]
    for least in range(max(levels_of_items, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels_of_items[order[end]] >= least:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def _resolved_levels(paragraph: str, base: Direction) -> list[int]:
    """Read the levels from python-bidi's description of the paragraph, which gives one for each UTF-8 byte."""
    described = str(get_display(paragraph, base_dir=_BASE_NAMES[base], debug=True))
    listed = described.partition(_LEVELS_BEGIN)[2].partition(_LEVELS_END)[0]
    by_byte = listed.split()[1::3]  # each level is three words: "Level(", "1,", "),"
    resolved, position_utf8 = [], 0
    for character in paragraph:
        resolved.append(by_byte[position_utf8] if position_utf8 < len(by_byte) else "")
        position_utf8 += _utf8_width(character)
    if position_utf8 != len(by_byte):
        raise RuntimeError("python-bidi describes levels in a form this version of Tawsim does not know")
    return [int(level.rstrip(",")) for level in resolved]


def _utf8_width(character: str) -> int:
    return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")


def _apply_l1(paragraph: str, resolved: list[int], base_level: int) -> None:
    """Put tabs, and blanks before them or at the end, back to the paragraph's level (rule L1)."""
    has_separators = _SEGMENT_SEPARATOR.search(paragraph) is not None
    trailing = True
    for i in range(len(paragraph) - 1, -1, -1):
        kind = unicodedata.bidirectional(paragraph[i])
        trailing = kind in ("S", "B") or (trailing and kind in _RESET_BY_L1)
        if trailing:
            resolved[i] = base_level
        elif not has_separators:
            return
