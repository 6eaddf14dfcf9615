# SPDX-License-Identifier: MIT
"""Lines and paragraphs of a page, from where its characters stand.

The order in which a PDF names its characters is that of the program which made it; where they stand on the page is
what a reader sees, so lines are made of that. Lengths are in points, with y growing upwards. Knows no PDF library.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from annotator.importers.pdf_order import Kind, kind_of, logical

#: As parts of a character's height: a gap that is a blank between words, one that parts columns, and how far from the
#: line that a mark or a small figure may stand.
_BLANK = 0.09
_GUTTER = 0.7
_OFF_LINE = 0.25
#: How many lines two columns need to be columns.
_COLUMN_LINES = 3
#: A page with more is no page of an article, and columns are not looked for.
_MOST_LINES = 300
#: Lines of one paragraph lie no further apart than this many times what is usual, and differ in height no more.
_LEADING = 1.3
_HEIGHT = 1.15
#: How much of its column a line may leave free that ends within a sentence: not all programs fill lines well.
_RAGGED = 0.25
_SENTENCE_ENDS = (".", "!", "?", "؟", ":", "…", "»", '"', "”")
_ONLY_NUMBER = re.compile(r"[\W_]*(?:صفحة|page)?[\W_]*\d{1,4}(?:[\W_]*(?:من|of)?[\W_]*\d{1,4})?[\W_]*", re.IGNORECASE)
_SHADDA = "\u0651"
#: How far from other lines a page number stands, in its own height.
_APART = 1.5
_DIGITS = re.compile(r"\d+")
#: How many lines at the top and at the bottom of a page may be headers and footers.
_EDGE_LINES = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page, or the characters of a ligature; `base` is the y of the line it stands on."""

    text: str
    left: float
    right: float
    base: float
    height: float


@dataclass(frozen=True, eq=False)
class Line:
    """Glyphs beside one another, from left to right; `column` is from where to where its column reaches."""

    glyphs: tuple[Glyph, ...]
    column: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def left(self) -> float:
        """Return where it begins on the left."""
        return min(glyph.left for glyph in self.glyphs)

    @cached_property
    def right(self) -> float:
        """Return where it ends on the right."""
        return max(glyph.right for glyph in self.glyphs)

    @cached_property
    def base(self) -> float:
        """Return the height on the page that most of it stands on."""
        return median(glyph.base for glyph in self.glyphs)

    @cached_property
    def height(self) -> float:
        """Return how high its characters are."""
        return median(glyph.height for glyph in self.glyphs)

    @cached_property
    def clusters(self) -> list[str]:
        """Return its characters from left to right, each with its marks, and blanks where there are gaps."""
        bases = [glyph for glyph in self.glyphs if not _is_mark(glyph)] or list(self.glyphs)
        texts = [glyph.text for glyph in bases]
        centres = [glyph.left + glyph.right for glyph in bases]
        for mark in sorted(self.glyphs, key=lambda glyph: glyph.text != _SHADDA):  # first, as it is typed
            if _is_mark(mark) and mark not in bases:
                texts[_nearest(bases, centres, mark)] += mark.text
        found = [texts[0]]
        for (before, after), text in zip(pairwise(bases), texts[1:], strict=True):
            if after.left - before.right > _BLANK * self.height:
                found.append(" ")
            found.append(text)
        return found

    def text(self, *, rtl: bool) -> str:
        """Return its text in the order of reading."""
        return "".join(logical(self.clusters, rtl=rtl))


def lines_on(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in the order of its columns, those from the right first where it is Arabic.

    Args:
        glyphs: the characters, with those that follow one another on a line near each other.
    """
    lines = list(_merged(_strokes(glyphs)))
    return list(_in_order(lines, rtl=is_rtl(glyph.text for glyph in glyphs)))


def is_rtl(texts: Iterable[str]) -> bool:
    """Return whether text runs from right to left, by what most of its letters do."""
    kinds = [kind_of(text) for text in texts if text]
    return kinds.count(Kind.RIGHT) > 0 and kinds.count(Kind.RIGHT) >= kinds.count(Kind.LEFT)


def _strokes(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield what follows one another on the same line of the page."""
    stroke: list[Glyph] = []
    for glyph in glyphs:
        if stroke and abs(glyph.base - stroke[-1].base) > _OFF_LINE * max(glyph.height, stroke[-1].height):
            yield stroke
            stroke = []
        stroke.append(glyph)
    if stroke:
        yield stroke


def _merged(strokes: Iterable[list[Glyph]]) -> Iterator[Line]:
    """Yield lines: strokes on one line of the page together, parted where there is a gutter between them."""
    rows: list[Line] = []
    for stroke in sorted(map(Line, map(tuple, strokes)), key=lambda stroke: -stroke.base):
        if rows and abs(rows[-1].base - stroke.base) <= _OFF_LINE * max(rows[-1].height, stroke.height):
            rows[-1] = Line(rows[-1].glyphs + stroke.glyphs)
        else:
            rows.append(stroke)
    for row in map(_without_doubles, rows):
        start, reach = 0, row[0].right
        for at, glyph in enumerate(row[1:], 1):
            if glyph.left - reach > _GUTTER * glyph.height:
                yield Line(tuple(row[start:at]))
                start = at
            reach = max(reach, glyph.right)
        yield Line(tuple(row[start:]))


def _without_doubles(row: Line) -> list[Glyph]:
    """Return the glyphs of a row from left to right, but for marks that a font names by their letter as well.

    Such a mark and its letter are two glyphs, one within the other, that stand for the same letter with its mark.
    """
    glyphs = sorted(row.glyphs, key=lambda glyph: (glyph.left + glyph.right, glyph.left))
    doubles = {
        id(min(pair, key=lambda glyph: glyph.right - glyph.left))
        for at, glyph in enumerate(glyphs)
        for pair in [(glyph, other) for other in glyphs[at + 1 : at + 4]]
        if len(glyph.text) > 1 and glyph.text == pair[1].text and _within(*pair)
    }
    return [glyph for glyph in glyphs if id(glyph) not in doubles]


def _within(one: Glyph, other: Glyph) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return 2 * shared > min(one.right - one.left, other.right - other.left)


def _in_order(lines: list[Line], *, rtl: bool) -> Iterator[Line]:
    """Yield lines column by column where there are columns, else from the top down."""
    gutter = _gutter(lines) if len(lines) <= _MOST_LINES else None
    if gutter is not None:
        sides = [line for line in lines if line.left >= gutter], [line for line in lines if line.left < gutter]
        for side in sides if rtl else sides[::-1]:
            yield from _in_order(side, rtl=rtl)
        return
    if not lines:
        return
    rows = sorted(lines, key=lambda line: (-line.base, -line.right if rtl else line.left))
    cut = _cut(rows) if len(lines) <= _MOST_LINES else None
    if cut is None:
        column = min(line.left for line in rows), max(line.right for line in rows)
        yield from (Line(line.glyphs, column) for line in rows)
    else:
        yield from _in_order(rows[:cut], rtl=rtl)
        yield from _in_order(rows[cut:], rtl=rtl)


def _gutter(lines: list[Line]) -> float | None:
    """Return an x that no line crosses, with a column's lines on either side, or None."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    edges = sorted(lines, key=lambda line: line.left)
    reach = edges[0].right
    for at, line in enumerate(edges[1:], 1):
        if line.left > reach and min(at, len(edges) - at) >= _COLUMN_LINES:
            bases = [{round(side.base) for side in part} for part in (edges[:at], edges[at:])]
            if min(map(len, bases)) >= _COLUMN_LINES:
                return line.left
        reach = max(reach, line.right)
    return None


def _cut(rows: list[Line]) -> int | None:
    """Return where to part lines, from the top down, so that there are columns below or above, or None."""
    for at in range(1, len(rows)):
        if rows[at].base < rows[at - 1].base and (_gutter(rows[at:]) is not None or _gutter(rows[:at]) is not None):
            return at
    return None


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.text[0]) == "Mn"


def _nearest(bases: list[Glyph], centres: list[float], mark: Glyph) -> int:
    """Return which character a mark stands over, given their centres (twice their x), which ascend."""
    at = bisect(centres, mark.left + mark.right)
    near = range(max(at - 2, 0), min(at + 2, len(bases)))
    return min(near, key=lambda at: _distance(bases[at], (mark.left + mark.right) / 2))


def _distance(glyph: Glyph, x: float) -> float:
    return 0.0 if glyph.left <= x <= glyph.right else min(abs(glyph.left - x), abs(glyph.right - x))


def without_edges(pages: list[list[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """Return the pages without headers, footers and page numbers, and these."""
    seen: dict[str, set[int]] = {}
    for number, page in enumerate(pages):
        for line in _edges(page):
            seen.setdefault(_alike(line), set()).add(number)
    kept: list[list[Line]] = []
    left_out: list[Line] = []
    for page in pages:
        edges = {id(line) for line in _edges(page) if len(seen[_alike(line)]) > 1 or _is_page_number(line, page)}
        kept.append([line for line in page if id(line) not in edges])
        left_out += [line for line in page if id(line) in edges]
    return kept, left_out


def _edges(page: list[Line]) -> list[Line]:
    rows = sorted(page, key=lambda line: -line.base)
    return rows[:_EDGE_LINES] + rows[_EDGE_LINES:][-_EDGE_LINES:]


def _alike(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.clusters))


def _is_page_number(line: Line, page: list[Line]) -> bool:
    """Return whether a line is a number that stands apart from the text; the last word of one may be a year."""
    apart = all(abs(other.base - line.base) > _APART * line.height for other in page if other is not line)
    return apart and _ONLY_NUMBER.fullmatch(line.text(rtl=False)) is not None


def paragraphs(pages: list[list[Line]], *, rtl: bool) -> list[list[Line]]:
    """Return the lines of each paragraph, in the order of reading.

    A line goes on in the next where that line's first word had no room left in it, and both are set alike.

    Args:
        pages: the lines of each page, in their order.
        rtl: whether the text runs from right to left.
    """
    steps = [above.base - below.base for page in pages for above, below in pairwise(page) if above.base > below.base]
    usual = median(steps) if steps else 0.0
    found: list[list[Line]] = []
    for page in pages:
        for at, line in enumerate(page):
            if found and _goes_on(found[-1][-1], line, usual=usual, same_page=at > 0, rtl=rtl):
                found[-1].append(line)
            else:
                found.append([line])
    return found


def _goes_on(before: Line, line: Line, *, usual: float, same_page: bool, rtl: bool) -> bool:
    if max(before.height, line.height) > _HEIGHT * min(before.height, line.height):
        return False
    below = same_page and before.base > line.base
    if below and before.base - line.base > _LEADING * usual:
        return False
    if not below and before.text(rtl=rtl).endswith(_SENTENCE_ENDS):
        return False
    start, end = before.column
    room = before.left - start if rtl else end - before.right
    ragged = 0.0 if before.text(rtl=rtl).endswith(_SENTENCE_ENDS) else _RAGGED * (end - start)
    return room < max(ragged, _first_word(line, rtl=rtl) + _BLANK * line.height)


def _first_word(line: Line, *, rtl: bool) -> float:
    """Return how wide the word is that a line begins with."""
    glyphs = [glyph for glyph in line.glyphs if not _is_mark(glyph)] or list(line.glyphs)
    ordered = glyphs[::-1] if rtl else glyphs
    last = ordered[0]
    for glyph in ordered[1:]:
        gap = last.left - glyph.right if rtl else glyph.left - last.right
        if gap > _BLANK * line.height:
            break
        last = glyph
    return abs((ordered[0].right - last.left) if rtl else (last.right - ordered[0].left))
