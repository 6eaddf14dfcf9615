# SPDX-License-Identifier: MIT
"""Rebuilding a text from its tokens, for files that keep no more of it.

Tokens are joined by blanks, but not before what closes or parts and not after what opens; sentences are lines. Where
a file quotes a sentence's text and the tokens are found in it in order, that is taken. Knows no format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

_CLOSING = frozenset(".,;:!?،؛؟٪%)]}»”’›…")
_OPENING = frozenset("([{«“‘‹")
#: These open where none of them is open, and close otherwise.
_TURNING = frozenset("\"'")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a sentence, and its text where the file quotes it."""

    tokens: Sequence[str]
    text: str = ""

    def placed(self) -> tuple[str, list[Range]]:
        """Return its text and where each token is in it."""
        return self._found() or self._joined()

    def _found(self) -> tuple[str, list[Range]] | None:
        ranges: list[Range] = []
        end = 0
        for token in self.tokens if self.text else ():
            start = self.text.find(token, end)
            if start < 0 or self.text[end:start].strip():
                return None
            end = start + len(token)
            ranges.append((start, end))
        return (self.text, ranges) if ranges and not self.text[end:].strip() else None

    def _joined(self) -> tuple[str, list[Range]]:
        parts: list[str] = []
        ranges: list[Range] = []
        position = 0
        joins = True  # nothing stands before the first
        turned: set[str] = set()
        for token in self.tokens:
            closes = token in turned
            if not (joins or closes or token in _CLOSING):
                parts.append(" ")
                position += 1
            parts.append(token)
            ranges.append((position, position + len(token)))
            position += len(token)
            if token in _TURNING:
                turned ^= {token}
            joins = token in _OPENING or (token in _TURNING and not closes)
        return "".join(parts), ranges


@dataclass(slots=True)
class Rebuilt:
    """A text that grows by sentences.

    Attributes:
        length: of the text so far, in code points.
    """

    length: int = 0
    _lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing of it yet."""
        return not self._lines

    @property
    def text(self) -> str:
        """Return all of it, each sentence ended as a line."""
        return "\n".join([*self._lines, ""]) if self._lines else ""

    def add(self, sentence: Sentence) -> list[Range]:
        """Add a sentence, and return where its tokens are in the text."""
        line, ranges = sentence.placed()
        base = self.length
        self._lines.append(line)
        self.length += len(line) + 1
        return [(base + start, base + end) for start, end in ranges]
