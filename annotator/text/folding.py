# SPDX-License-Identifier: MIT
"""Folds spelling variants together, and maps what was found back to the text as written.

Owns the tables of what counts as the same character at which level. The fold of a character depends on that character
alone, so that any piece of a text folds as it does within the whole.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from annotator.text.blanks import INVISIBLE, WHITE_SPACE
from annotator.text.code_page import ORDINARY, CodePage


class Level(IntEnum):
    """How much is folded together.

    `SEARCH` merges what readers take for one spelling; `NAME` also what differs between presses and transliterations,
    at the price of merging some different words (مرة and مره).
    """

    SEARCH = 1
    NAME = 2


_TATWEEL = "\u0640"
ELLIPSIS = "…"
_SEARCH = {
    **dict.fromkeys("أإآٱ\u0672\u0673\u0675", "ا"),
    **dict.fromkeys("ىیېےۍ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ہھەۀ", "ه"),
    "ۃ": "ة",
    **dict.fromkeys("“”„‟«»‹›″", '"'),
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("–—‐‑−", "-"),
    "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "…": "...",
    **dict.fromkeys(WHITE_SPACE.replace("\n", ""), " "), "\n": "\n",
    **dict.fromkeys(INVISIBLE + _TATWEEL, ""),
}  # fmt: skip
_NAME = _SEARCH | {
    "ة": "ه", "ۃ": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "گ": "ك", "ڭ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز",
    **dict.fromkeys("ڤڥۋ", "ف"), "ڨ": "ق",
}  # fmt: skip
_TABLES = {Level.SEARCH: _SEARCH, Level.NAME: _NAME}

#: What a span takes along when it follows a match: marks and tatweel, which fold to nothing but belong to the letter.
FOLLOWING = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
                        "\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff]*")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    Attributes:
        text: the folded text.
        starts: for each folded character the position in `source` of the character it comes from, then `len(source)`.
        source: the text as written.
        level: the level it was folded at.
    """

    text: str
    starts: Sequence[int]
    source: str
    level: Level

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Return the range of `source` behind `text[a:b]`, stretched over marks and tatweel that follow it."""
        start = self.starts[a]
        if a >= b:
            return start, start
        following = FOLLOWING.match(self.source, self.starts[b - 1] + 1)
        return start, following.end() if following else self.starts[b - 1] + 1

    def find_all(self, needle: str) -> list[tuple[int, int]]:
        """Return where a string occurs in `source` at this level: no overlaps, first come first."""
        return list(self._matches(fold(needle, self.level).text))

    def _matches(self, needle: str) -> Iterator[tuple[int, int]]:
        if not needle:
            return
        last_end = 0
        found = self.text.find(needle)
        while found >= 0:
            start, end = self.span(found, found + len(needle))
            if start >= last_end:  # two matches may lie within one ligature, such as ﷲ
                yield start, end
                last_end = end
            found = self.text.find(needle, found + len(needle))


def fold(text: str, level: Level = Level.SEARCH) -> Folded:
    """Fold a text, keeping the way back to it."""
    page = _code_page(level)
    written = page.written(text)
    if written is None:
        table = _table(text, level)
        return Folded(text.translate(table), _starts(text, table), text, level)
    return Folded(page.folded(written), _starts_of(written.translate(page.keeps)), text, level)


def folded(text: str, level: Level = Level.SEARCH) -> str:
    """Return a text folded; `fold` also keeps the way back to it, which takes longer."""
    page = _code_page(level)
    written = page.written(text.replace(ELLIPSIS, "..."))
    return text.translate(_table(text, level)) if written is None else page.folded(written)


@lru_cache(maxsize=len(Level))
def _code_page(level: Level) -> CodePage:
    return CodePage.of({character: _fold_character(character, level) for character in ORDINARY})


def _table(text: str, level: Level) -> dict[int, str]:
    # Few characters are distinct, so each is folded once; translating by a plain table is the fast path of `str`.
    return {ord(character): _fold_character(character, level) for character in set(text)}


def find_all(text: str, needle: str, level: Level = Level.SEARCH) -> list[tuple[int, int]]:
    """Return where `needle` occurs in `text`; to search one text many times, keep `fold(text)` instead."""
    return fold(text, level).find_all(needle)


@lru_cache(maxsize=4096)  # the characters of a few scripts, over and over
def _fold_character(character: str, level: Level) -> str:
    table = _TABLES[level]
    if character in table:
        return table[character]
    if unicodedata.combining(character) or "\ufe00" <= character <= "\ufe0f":
        return ""
    if "\u0600" <= character <= "\u08ff":
        return _digit(character)
    parts = unicodedata.normalize("NFKC" if _is_presentation_form(character) else "NFKD", character)
    if parts == character:
        return character.casefold()
    if parts[0] == " " and len(parts) > 1:  # a free-standing accent; those of Arabic are marks
        return "" if _is_presentation_form(character) else character
    return "".join(_fold_character(part, level) for part in parts.casefold())


def _is_presentation_form(character: str) -> bool:
    return "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufeff"


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def _starts_of(kept: bytes) -> Sequence[int]:
    """Return the places of all bytes but zeros, and where they end."""
    gap = kept.find(0)
    if gap < 0:
        return range(len(kept) + 1)
    starts: list[int] = []
    done = 0
    while gap >= 0:
        starts.extend(range(done, gap))
        done = gap + 1
        gap = kept.find(0, done)
    starts.extend(range(done, len(kept) + 1))
    return starts


def _starts(text: str, table: dict[int, str]) -> Sequence[int]:
    irregular = "".join(chr(code) for code, folded in table.items() if len(folded) != 1)
    if not irregular:
        return range(len(text) + 1)
    starts: list[int] = []
    done = 0
    for match in re.finditer(f"[{re.escape(irregular)}]", text):
        position = match.start()
        starts.extend(range(done, position))
        starts.extend([position] * len(table[ord(text[position])]))
        done = position + 1
    starts.extend(range(done, len(text) + 1))
    return starts
