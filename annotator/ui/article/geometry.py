# SPDX-License-Identifier: MIT
"""Where characters lie on a laid-out line: the rectangles that a piece of text covers there.

Positions here count UTF-16 units inside one block, as Qt's layout does, and are named so. Knows no tags.

Neither of Qt's two ways is right alone. `QTextLine.glyphRuns(start, length)` divides the ligatures wrongly, and
`cursorToX` gives the first character of a run the edge of the run before it. So a line is split into runs of one
direction, a run's outer edges come from the glyphs of the whole run, and only a cut inside it from `cursorToX`.
The direction is asked of Qt itself, character by character: that is what was drawn, and it costs no second pass of the
bidirectional algorithm over a long paragraph. Tests hold it against python-bidi.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtGui import QTextLayout, QTextLine

#: General categories that have no direction of their own: marks, controls, and the separators of lines.
_NEUTRAL = frozenset({"Mn", "Me", "Cf", "Cc", "Zl", "Zp"})
_TOUCHING = 0.6


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
    """What must be known of a line to place tags on it; `units` holds its characters, one entry a UTF-16 unit."""

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


def visible_lines(layout: QTextLayout, top: float, bottom: float) -> range:
    """Return the numbers of the lines that touch the strip from `top` to `bottom`, in the layout's coordinates."""
    first = _first_line(layout, lambda line: line.y() + line.height() + _BELOW >= top)
    last = _first_line(layout, lambda line: line.y() > bottom)
    return range(first, max(first, last))


#: What is painted under a line belongs to it; no line has more room under it than this.
_BELOW = 400.0


def widen(layout: QTextLayout, start_utf16: int, end_utf16: int) -> tuple[int, int]:
    """Widen a piece of a block to whole grapheme clusters: half of one cannot be drawn."""
    while start_utf16 > 0 and not layout.isValidCursorPosition(start_utf16):
        start_utf16 -= 1
    length_utf16 = _layout_end(layout)
    while end_utf16 < length_utf16 and not layout.isValidCursorPosition(end_utf16):
        end_utf16 += 1
    return start_utf16, end_utf16


def _x(line: QTextLine, position_utf16: int) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(position_utf16))
    return x


def _layout_end(layout: QTextLayout) -> int:
    if not layout.lineCount():
        return 0
    last = layout.lineAt(layout.lineCount() - 1)
    return int(last.textStart() + last.textLength())


def _first_line(layout: QTextLayout, holds: Callable[[QTextLine], bool]) -> int:
    low, high = 0, layout.lineCount()
    while low < high:
        middle = (low + high) // 2
        if holds(layout.lineAt(middle)):
            high = middle
        else:
            low = middle + 1
    return low


def _runs(line: QTextLine, units: Sequence[str], *, rtl: bool) -> list[Run]:
    start = line.textStart()
    runs: list[Run] = []
    directions = _directions(line, units, rtl=rtl)
    begin = 0
    for index in range(1, len(directions) + 1):
        if index == len(directions) or directions[index] != directions[begin]:
            runs.append(_run(line, units, start + begin, start + index, rtl=directions[begin]))
            begin = index
    return runs


def _directions(line: QTextLine, units: Sequence[str], *, rtl: bool) -> list[bool]:
    """Return for each unit whether it runs from right to left; what has no direction follows the one before it."""
    whole = {run.isRightToLeft() for run in line.glyphRuns()}
    if len(whole) == 1:
        return [whole.pop()] * len(units)
    found = [_direction(line, line.textStart() + index, unit) for index, unit in enumerate(units)]
    current = next((direction for direction in found if direction is not None), rtl)
    result = []
    for direction in found:
        current = current if direction is None else direction
        result.append(current)
    return result


def _direction(line: QTextLine, position_utf16: int, unit: str) -> bool | None:
    if not unit or unicodedata.category(unit) in _NEUTRAL:
        return None
    runs = line.glyphRuns(position_utf16, 1)
    return runs[0].isRightToLeft() if runs else None


def _run(line: QTextLine, units: Sequence[str], start_utf16: int, end_utf16: int, *, rtl: bool) -> Run:
    xs = [
        x
        for glyphs in line.glyphRuns(start_utf16, end_utf16 - start_utf16)
        for x in (glyphs.boundingRect().left(), glyphs.boundingRect().right())
    ]
    # A tab has no glyph: where one stands at an end of the run, the neighbour's edge bounds it.
    first, last = units[start_utf16 - line.textStart()], units[end_utf16 - line.textStart() - 1]
    xs += [_x(line, start_utf16)] if first == "\t" or not xs else []
    xs += [_x(line, end_utf16)] if last == "\t" else []
    return Run(start_utf16, end_utf16, min(xs), max(xs), rtl)


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
    x = _x(line, position_utf16)
    if _has_no_width(line, shape, run, position_utf16, x):
        x = (_x(line, _base_before(shape, position_utf16)) + x) / 2
    return float(min(max(x, run.left), run.right))


def _has_no_width(line: QTextLine, shape: LineShape, run: Run, position_utf16: int, x: float) -> bool:
    """Tell whether a letter is drawn inside the one before it: Noto Naskh's alef in lam-alef, two glyphs, one width."""
    if not unicodedata.category(shape.units[position_utf16 - shape.start_utf16] or "\0").startswith("L"):
        return False
    after = position_utf16 + 1
    if after >= run.end_utf16:
        return abs(x - (run.left if run.rtl else run.right)) < _TOUCHING
    return abs(x - _x(line, after)) < 0.01


def _base_before(shape: LineShape, position_utf16: int) -> int:
    position_utf16 -= 1
    while position_utf16 > shape.start_utf16 and not unicodedata.category(
        shape.units[position_utf16 - shape.start_utf16] or "\0"
    ).startswith("L"):
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
