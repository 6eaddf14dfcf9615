# SPDX-License-Identifier: MIT
"""Where characters lie on a laid-out line: the rectangles that a piece of text covers there.

Positions here count UTF-16 units inside one block, as Qt's layout does, and are named so. Knows no tags.

Neither of Qt's two ways is right alone. `QTextLine.glyphRuns(start, length)` divides the ligatures wrongly, and
`cursorToX` gives the first character of a run the edge of the run before it. So a line is split into runs of one
embedding level, a run's outer edges come from the glyphs of the whole run, and only a cut inside it from `cursorToX`.
The runs are Qt's own, read from the glyphs it drew: that costs no second pass of the bidirectional algorithm over a
long paragraph. Direction alone would not do: in an English sentence, digits that end an Arabic piece and the bracket
after them both run left to right, and yet lie apart. Tests hold the result against python-bidi.

`cursorToX` answers so only while the document's cursor moves logically; with visual movement it tells other edges.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from PySide6.QtGui import QTextLayout, QTextLine

_TOUCHING = 0.6
_SAME = 0.01
_NO_GLYPH = frozenset("\t\u2028\ufffc")
_WITH_INDEXES = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one direction on one line, and the edges of all of them together."""

    start_utf16: int
    end_utf16: int
    left: float
    right: float
    rtl: bool


@dataclass(frozen=True, slots=True)
class LineShape:
    """What must be known of a line to place tags on it; `units` holds its characters, one entry a UTF-16 unit.

    `edges` keeps where runs were cut: to tell that, Qt shapes all of a paragraph, unless it keeps its letters.
    """

    start_utf16: int
    end_utf16: int
    top: float
    bottom: float
    baseline: float
    descent: float
    left: float
    right: float
    rtl: bool
    runs: tuple[Run, ...]
    units: Sequence[str]
    edges: dict[tuple[int, int], float] = field(default_factory=dict, compare=False)


def line_shape(line: QTextLine, units: Sequence[str], *, rtl: bool) -> LineShape:
    """Measure a line.

    Args:
        line: a line of a block's layout.
        units: its characters, "" for the second half of a surrogate pair.
        rtl: the direction of the paragraph.
    """
    natural = line.naturalTextRect()
    start = line.textStart()
    return LineShape(
        start_utf16=start,
        end_utf16=start + line.textLength(),
        top=line.y(),
        bottom=line.y() + line.height(),
        baseline=line.y() + line.ascent(),
        descent=line.descent(),
        left=natural.left(),
        right=natural.right(),
        rtl=rtl,
        runs=tuple(_runs(line, units, rtl=rtl)),
        units=units,
    )


def fragments(line: QTextLine, shape: LineShape, start_utf16: int, end_utf16: int) -> list[tuple[float, float]]:
    """Return the (left, right) pairs that the characters `[start, end)` cover on a line, from left to right.

    There is more than one where the order on screen parts what is together in the text.
    """
    pieces = [
        _piece(line, shape, run, max(start_utf16, run.start_utf16), min(end_utf16, run.end_utf16))
        for run in shape.runs
        if run.start_utf16 < end_utf16 and start_utf16 < run.end_utf16
    ]
    return _joined(sorted(piece for piece in pieces if piece[1] - piece[0] > 0.01))


def edge(line: QTextLine, shape: LineShape, position_utf16: int) -> float:
    """Return where a character begins: its right edge in a right-to-left run, its left edge in another one."""
    for run in shape.runs:
        if run.start_utf16 <= position_utf16 < run.end_utf16:
            return _edge(line, shape, run, position_utf16)
    if not shape.runs:
        return shape.right if shape.rtl else shape.left
    return _edge(line, shape, shape.runs[-1], position_utf16)


def boundary_at(layout: QTextLayout, line: QTextLine, shape: LineShape, x: float) -> int:
    """Return the boundary between grapheme clusters that a pointer at `x` means: the near edge of what is under it.

    Qt's `xToCursor` answers up to half a letter late in a right-to-left run: only the neighbourhood is taken from it.
    """
    near_utf16 = line.xToCursor(x)
    low, high = max(shape.start_utf16, near_utf16 - _NEAR), min(shape.end_utf16, near_utf16 + _NEAR)
    start_utf16 = low
    while start_utf16 < high:
        start_utf16, end_utf16 = widen(layout, start_utf16, start_utf16 + 1)
        for left, right in fragments(line, shape, start_utf16, end_utf16):
            if left <= x < right:
                run = next(run for run in shape.runs if run.start_utf16 <= start_utf16 < run.end_utf16)
                leading = (x >= (left + right) / 2) == run.rtl
                return start_utf16 if leading else end_utf16
        start_utf16 = end_utf16
    return near_utf16


#: Qt's answer is never off by more characters than this, unless a cluster has more.
_NEAR = 3


def visible_lines(layout: QTextLayout, top: float, bottom: float, below: float) -> range:
    """Return the numbers of the lines that touch the strip from `top` to `bottom`, in the layout's coordinates.

    What is painted under a line, up to `below` its letters, belongs to it.
    """
    first = first_line(layout, lambda line: line.y() + line.height() + below >= top)
    last = first_line(layout, lambda line: line.y() > bottom)
    return range(first, max(first, last))


def widen(layout: QTextLayout, start_utf16: int, end_utf16: int) -> tuple[int, int]:
    """Widen a piece of a block to whole grapheme clusters: half of one cannot be drawn."""
    while start_utf16 > 0 and not layout.isValidCursorPosition(start_utf16):
        start_utf16 -= 1
    length_utf16 = _layout_end(layout)
    while end_utf16 < length_utf16 and not layout.isValidCursorPosition(end_utf16):
        end_utf16 += 1
    return start_utf16, end_utf16


def _x(line: QTextLine, position_utf16: int, side: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(position_utf16, side))
    return x


def _layout_end(layout: QTextLayout) -> int:
    if not layout.lineCount():
        return 0
    last = layout.lineAt(layout.lineCount() - 1)
    return int(last.textStart() + last.textLength())


def first_line(layout: QTextLayout, holds: Callable[[QTextLine], bool]) -> int:
    """Return the number of the first line of which something holds that holds of all after it, or that of lines."""
    low, high = 0, layout.lineCount()
    while low < high:
        middle = (low + high) // 2
        if holds(layout.lineAt(middle)):
            high = middle
        else:
            low = middle + 1
    return low


def _runs(line: QTextLine, units: Sequence[str], *, rtl: bool) -> list[Run]:
    """Part a line as Qt did, into pieces of one level, script and font, each with its own glyphs."""
    start, end = line.textStart(), line.textStart() + len(units)
    items = _items(line)
    starts = sorted({start, end, *(at for at in items if start <= at < end), *_tab_edges(units, start)})
    runs = []
    for begin, finish in pairwise(starts):
        left, right, run_rtl = items.get(begin) or _without_glyphs(line, begin, finish, rtl=rtl)
        runs.append(Run(begin, finish, left, right, run_rtl))
    return runs


def _items(line: QTextLine) -> dict[int, tuple[float, float, bool]]:
    """Return the edges and the direction of each piece that has glyphs, by its first position.

    Where a piece is set in several fonts, all its glyph runs share one rectangle, and their first indexes its start.
    """
    items: dict[int, tuple[float, float, bool]] = {}
    for glyphs in line.glyphRuns(-1, -1, _WITH_INDEXES):
        box, first = glyphs.boundingRect(), min(glyphs.stringIndexes(), default=-1)
        known = items.get(first)
        left = min(box.left(), known[0]) if known else box.left()
        right = max(box.right(), known[1]) if known else box.right()
        items[first] = (left, right, glyphs.isRightToLeft())
    return items


def _tab_edges(units: Sequence[str], start_utf16: int) -> Iterator[int]:
    """Yield the places before and after what has width, or ends the line, but no glyph."""
    for index, unit in enumerate(units):
        if unit in _NO_GLYPH:
            yield start_utf16 + index
            yield start_utf16 + index + 1


def _without_glyphs(line: QTextLine, start_utf16: int, end_utf16: int, *, rtl: bool) -> tuple[float, float, bool]:
    left, right = sorted((_x(line, start_utf16), _x(line, end_utf16)))
    return left, right, rtl


def _piece(line: QTextLine, shape: LineShape, run: Run, start_utf16: int, end_utf16: int) -> tuple[float, float]:
    a, b = _edge(line, shape, run, start_utf16), _edge(line, shape, run, end_utf16)
    # Blanks at a line's end may hang over its edge.
    low, high = sorted((a, b))
    return max(low, shape.left), min(high, shape.right)


def _edge(line: QTextLine, shape: LineShape, run: Run, position_utf16: int) -> float:
    if position_utf16 <= run.start_utf16:
        return run.right if run.rtl else run.left
    if position_utf16 >= run.end_utf16:
        return run.left if run.rtl else run.right
    cut = run.start_utf16, position_utf16
    if cut not in shape.edges:
        shape.edges[cut] = _cut(line, shape, run, position_utf16)
    return shape.edges[cut]


def _cut(line: QTextLine, shape: LineShape, run: Run, position_utf16: int) -> float:
    """Return where a run is cut before a character inside it."""
    x = _x(line, position_utf16)
    lead, trail = (run.right, run.left) if run.rtl else (run.left, run.right)
    if abs(x - lead) < _SAME and _is_letter(shape, position_utf16):
        # In a run against the paragraph's direction, Qt gives the last character the edge of the first one.
        x = _x(line, position_utf16 - 1, QTextLine.Edge.Trailing)
        if not run.left + _SAME < x < run.right - _SAME:
            x = _cut_of_whole_ligature(line, shape, run, position_utf16, lead)
    elif _is_letter(shape, position_utf16):
        after = position_utf16 + 1
        end = trail if after >= run.end_utf16 else _x(line, after)
        if abs(x - end) < _SAME:
            # Drawn inside the letter before it: Noto Naskh's alef in lam-alef, two glyphs and one width.
            x = (_edge(line, shape, run, _letter_before(shape, position_utf16)) + x) / 2
    return float(min(max(x, run.left), run.right))


def _cut_of_whole_ligature(line: QTextLine, shape: LineShape, run: Run, position_utf16: int, lead: float) -> float:
    """Divide a ligature that begins a run, which Qt leaves whole where it is all of a run."""
    end_utf16 = position_utf16
    while end_utf16 < run.end_utf16 and abs(_x(line, end_utf16) - lead) < _SAME:
        end_utf16 += 1
    end = _edge(line, shape, run, end_utf16)
    letters = [at for at in range(run.start_utf16, end_utf16) if _is_letter(shape, at)]
    before = sum(at < position_utf16 for at in letters)
    return lead + (end - lead) * before / len(letters)


def _is_letter(shape: LineShape, position_utf16: int) -> bool:
    unit = shape.units[position_utf16 - shape.start_utf16]
    return bool(unit) and unicodedata.category(unit).startswith("L")


def _letter_before(shape: LineShape, position_utf16: int) -> int:
    position_utf16 -= 1
    while position_utf16 > shape.start_utf16 and not _is_letter(shape, position_utf16):
        position_utf16 -= 1
    return position_utf16


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in pieces:
        if joined and left - joined[-1][1] < _TOUCHING:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
