# SPDX-License-Identifier: MIT
"""Where a key takes the caret: by character or by word, left or right as seen on the screen.

Moving follows the order on screen, also through a Latin name inside an Arabic sentence. Extending a selection follows
the text in the paragraph's direction: a selection is one piece of the text, and would jump about if it grew in
screen order. Positions are code points; none of them lies inside a grapheme cluster.
"""

from collections.abc import Iterator
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock

from annotator.text.offsets import snap_to_graphemes
from annotator.text.words import next_word, previous_word, word_at
from annotator.ui.article.geometry import edge
from annotator.ui.article.page import Page, PlacedLine


class Side(Enum):
    """A side of the screen."""

    LEFT = -1
    RIGHT = 1


def extend(page: Page, position: int, side: Side, *, by_word: bool) -> int:
    """Return the new end of a selection whose end is at `position`."""
    text = page.text.text
    forward = (side is Side.LEFT) == _is_rtl(page.block(position))
    if by_word:
        return _end_of_word(text, position) if forward else previous_word(text, position)
    if forward:
        return snap_to_graphemes(text, position, min(position + 1, len(text)))[1]
    return snap_to_graphemes(text, max(position - 1, 0), position)[0]


def _end_of_word(text: str, position: int) -> int:
    """Return the end of the word at a position, or of the next: a selection takes no comma behind its last word."""
    here = word_at(text, position)
    # What stands here may be a sign, which is no word: the step goes on to the next.
    is_word = here is not None and previous_word(text, here[1]) == here[0]
    word = here if is_word else word_at(text, next_word(text, position))
    return word[1] if word is not None else len(text)


def move(page: Page, position: int, side: Side, *, by_word: bool) -> int:
    """Return where the caret goes from `position`."""
    return _move_by_word(page, position, side) if by_word else _move_by_character(page, position, side)


def whole_cluster(page: Page, before: int, after: int) -> int:
    """Return `after`, or the next cluster's edge in the direction of the move where it lies inside a cluster."""
    text = page.text.text
    start, _ = snap_to_graphemes(text, after, after)
    if start == after or after <= before:
        return start
    return snap_to_graphemes(text, start, after)[1]


def _move_by_character(page: Page, position: int, side: Side) -> int:
    block, text = page.block(position), page.text
    offset_utf16 = block.position()
    layout = block.layout()
    go = layout.leftCursorPosition if side is Side.LEFT else layout.rightCursorPosition
    here_utf16 = text.to_utf16(position) - offset_utf16
    # Qt steps by UTF-16 unit here; what it steps through is passed over.
    while (there_utf16 := go(here_utf16)) != here_utf16:
        there = text.from_utf16(offset_utf16 + there_utf16)
        whole = text.to_utf16(there) == offset_utf16 + there_utf16
        if whole and snap_to_graphemes(text.text, there, there)[0] == there:
            return there
        here_utf16 = there_utf16
    return _over_paragraph_end(page, position, forward=(side is Side.LEFT) == _is_rtl(block))


def _over_paragraph_end(page: Page, position: int, *, forward: bool) -> int:
    start, end = page.text.paragraph(page.text.paragraph_number(position))
    return min(end + 1, len(page.text.text)) if forward else max(start - 1, 0)


def _move_by_word(page: Page, position: int, side: Side) -> int:
    block = page.block(position)
    number = page.line_number_of(block, page.text.to_utf16(position) - block.position())
    line = page.line(block, number) if page.line_count(block) else None
    words = _words(page, block, line) if line is not None else []
    here = _center_at(page, block, line, position) if line is not None else 0.0
    beyond = [(abs(x - here), start) for x, start in words if (x - here) * side.value > 0.5]
    if beyond:
        return min(beyond)[1]
    forward = (side is Side.LEFT) == _is_rtl(block)
    return _first_beyond(page, block, number + (1 if forward else -1), forward=forward)


def _first_beyond(page: Page, block: QTextBlock, number: int, *, forward: bool) -> int:
    """Return the first word on the lines after (or the last on those before), over paragraphs' ends."""
    while block.isValid():
        while 0 <= number < page.line_count(block):
            words = sorted(_words(page, block, page.line(block, number)))
            if words:
                leading = words[-1] if _is_rtl(block) else words[0]
                trailing = words[0] if _is_rtl(block) else words[-1]
                return (leading if forward else trailing)[1]
            number += 1 if forward else -1
        block = block.next() if forward else block.previous()
        if block.isValid():
            number = 0 if forward else page.line_count(block) - 1
    return len(page.text.text) if forward else 0


def _words(page: Page, block: QTextBlock, line: PlacedLine) -> list[tuple[float, int]]:
    """Return the words that begin on a line: the middle of each on the screen, and its start."""
    return [
        (center, start)
        for start in _word_starts(page, block, line)
        if (center := _center_of_word(page, block, line, start)) is not None
    ]


def _word_starts(page: Page, block: QTextBlock, line: PlacedLine) -> Iterator[int]:
    text = page.text.text
    first = page.text.from_utf16(block.position() + line.shape.start_utf16)
    end = page.text.from_utf16(block.position() + line.shape.end_utf16)
    # The line starts with a word if that is what follows the position before it.
    start = next_word(text, first - 1)
    while start < end:
        if start >= first:
            yield start
        start = next_word(text, start)


def _center_of_word(page: Page, block: QTextBlock, line: PlacedLine, start: int) -> float | None:
    bounds = word_at(page.text.text, start) or (start, start + 1)
    pieces = line.pieces(*page.in_block(block, *bounds))
    return (pieces[0][0] + pieces[-1][1]) / 2 if pieces else None


def _center_at(page: Page, block: QTextBlock, line: PlacedLine, position: int) -> float:
    if word_at(page.text.text, position) is not None:
        center = _center_of_word(page, block, line, position)
        if center is not None:
            return center
    return caret_x(page, block, line, position)


def caret_x(page: Page, block: QTextBlock, line: PlacedLine, position: int) -> float:
    """Return where the caret stands on a line: before the character, or after the last one."""
    position_utf16 = page.text.to_utf16(position) - block.position()
    shape = line.shape
    if position_utf16 >= shape.end_utf16 and shape.runs:
        last = shape.runs[-1]
        return line.origin.x() + (last.left if last.rtl else last.right)
    return line.origin.x() + edge(line.line, shape, position_utf16)


def _is_rtl(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft
