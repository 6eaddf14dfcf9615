# SPDX-License-Identifier: MIT
"""The one place that counts in UTF-16: between code points of the stored text and positions of a Qt document.

Text is given to Qt and never taken back: what Qt returns has lost no-break spaces and line separators.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtGui import QTextCursor, QTextDocument

from annotator.text.offsets import Utf16Map

#: Characters that Qt would turn into the end of a paragraph; each is shown as another one of the same length.
_STAND_INS = str.maketrans({"\r": "\u240d", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})

_BMP_END = 0x10000
_PARAGRAPH_END = re.compile("[\n\u2029]")


class TextMismatchError(AssertionError):
    """Qt holds a text of another length than ours: positions would lie, so nothing is shown."""


class QtText:
    """A text as Qt counts it: `shown` is what Qt gets, positions convert both ways, paragraphs can be found.

    Attributes:
        text: the stored text, as it is.
        shown: the text for Qt, with stand-ins of the same length.
        length_utf16: its length as Qt counts.
        starts: where each paragraph begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown = text.translate(_STAND_INS) if _needs_stand_ins(text) else text
        self._map = Utf16Map(text)
        self.length_utf16 = self._map.to_utf16(len(text))
        self.starts = _paragraph_starts(text)

    def to_utf16(self, position: int) -> int:
        """Return the Qt position of a code point."""
        return self._map.to_utf16(position)

    def from_utf16(self, position_utf16: int) -> int:
        """Return the code point at a Qt position; inside a surrogate pair, that pair's."""
        return self._map.from_utf16(position_utf16)

    def fill(self, document: QTextDocument) -> None:
        """Put the text into an empty document; all its paragraphs get the format that the empty one has.

        Raises:
            TextMismatchError: Qt changed the number of positions.
        """
        cursor = QTextCursor(document)
        # As one edit: after each, a cursor outside of one works out where on its line it stands.
        cursor.beginEditBlock()
        cursor.insertText(self.shown)
        cursor.endEditBlock()
        held = document.characterCount() - 1
        if held != self.length_utf16 or document.blockCount() != len(self.starts):
            raise TextMismatchError(f"Qt holds {held} positions for a text of {self.length_utf16}")

    def units(self, start_utf16: int, end_utf16: int) -> list[str]:
        """Return one entry for each UTF-16 unit: its character, or "" for the second half of a pair."""
        start, end = self._map.from_utf16(start_utf16), self._map.from_utf16(end_utf16)
        slice_ = self.text[start:end]
        if len(slice_) == end_utf16 - start_utf16:
            return list(slice_)
        return [unit for char in slice_ for unit in ((char, "") if ord(char) >= _BMP_END else (char,))]

    @property
    def paragraph_count(self) -> int:
        """The number of paragraphs, which is Qt's number of blocks."""
        return len(self.starts)

    def paragraph_number(self, position: int) -> int:
        """Return the number, from 0, of the paragraph that holds a code point."""
        return bisect_right(self.starts, position) - 1

    def paragraph_numbers(self, start: int, end: int) -> range:
        """Return the numbers of the paragraphs that `[start, end)` touches."""
        first = last = bisect_right(self.starts, start) - 1
        if last + 1 < len(self.starts) and end > self.starts[last + 1]:
            last = bisect_right(self.starts, end - 1) - 1
        return range(first, last + 1)

    def paragraph(self, number: int) -> tuple[int, int]:
        """Return the bounds of a paragraph, without its end mark."""
        last = number + 1 == len(self.starts)
        return self.starts[number], len(self.text) if last else self.starts[number + 1] - 1

    def empty_paragraphs(self) -> Iterable[int]:
        """Return the numbers of the paragraphs without a character."""
        ends = [*self.starts[1:], len(self.text) + 1]
        return (number for number, (start, end) in enumerate(zip(self.starts, ends, strict=True)) if end == start + 1)

    def paragraphs_longer_than(self, length: int) -> Iterable[int]:
        """Return the numbers of the paragraphs that have more characters than this."""
        ends = [*self.starts[1:], len(self.text) + 1]
        return (
            number for number, (start, end) in enumerate(zip(self.starts, ends, strict=True)) if end - start > length
        )


def _needs_stand_ins(text: str) -> bool:
    return any(char in text for char in ("\r", "\ufdd0", "\ufdd1"))


def _paragraph_starts(text: str) -> list[int]:
    if "\u2029" in text:
        return [0, *(mark.end() for mark in _PARAGRAPH_END.finditer(text))]
    # Twice as quick as a pattern.
    starts, find = [0], text.find
    while start := find("\n", starts[-1]) + 1:
        starts.append(start)
    return starts
