# SPDX-License-Identifier: MIT
"""Where a tag is in brat's files: no stretch crosses the end of a line, and none of blanks is written."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from annotator.importers.brat_names import BREAKS
from annotator.model.span import Piece, joined_pieces

_LINE = re.compile(f"[^{BREAKS}]+")
_BREAK = re.compile(f"[{BREAKS}]")


def fragments_of(text: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the stretches that a tag of these pieces is written as; the pieces themselves where all is blank."""
    given = tuple(pieces)
    parts = [found.span() for start, end in given for found in _LINE.finditer(text, start, end)]
    return tuple((start, end) for start, end in parts if not text[start:end].isspace()) or given


def pieces_of(text: str, fragments: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a tag written as these stretches: two with only the end of a line between them are one."""
    pieces: list[Piece] = []
    for start, end in joined_pieces(tuple(fragments)) or fragments:
        gap = text[pieces[-1][1] : start] if pieces else ""
        if gap.isspace() and _BREAK.search(gap):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return tuple(pieces)


def quoted(text: str, fragments: Iterable[Piece]) -> str:
    """Return what a file quotes of a tag."""
    return " ".join(text[start:end] for start, end in fragments)


class Canonical:
    """A text of a file without a byte order mark and with LF at the ends of lines, as ours are.

    brat counts every character that is in the file; others open it so that these two are gone before they count.
    """

    def __init__(self, raw: str, *, just_so: bool = False) -> None:
        gone = [0] if raw.startswith("\ufeff") and not just_so else []
        gone += [found.start() for found in re.finditer("\r(?=\n)", raw)]
        self._gone = gone
        text = raw if just_so else raw.removeprefix("\ufeff")
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.differs = bool(gone)

    def moved(self, fragments: Iterable[Piece]) -> tuple[Piece, ...]:
        """Return stretches of the file's text as stretches of this one."""
        return tuple((self._moved(start), self._moved(end)) for start, end in fragments)

    def _moved(self, position: int) -> int:
        return position - bisect_left(self._gone, position)
