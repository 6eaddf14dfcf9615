# SPDX-License-Identifier: MIT
"""Builds the Qt document of an article: its text, each paragraph's direction, and the room under its lines.

The formats are set while the document has no page yet. Set on a document that is laid out, they make Qt lay out all of
it at once, which takes a second for a million characters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_letters
from unicodedata import bidirectional

from PySide6.QtCore import QObject, QSizeF, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from annotator.text.direction import Direction, base_direction
from annotator.ui.qt_text import QtText

#: Longer paragraphs keep their shaped letters. Qt shapes all of a paragraph anew each time it paints one line of it, or
#: asks where a letter stands, unless they are kept; they take some thirty bytes a character.
_LONG = 4_000
_DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
PARAGRAPH_GAP = 7.0
_LAYOUT_DIRECTIONS = {
    Direction.LTR: Qt.LayoutDirection.LeftToRight,
    Direction.RTL: Qt.LayoutDirection.RightToLeft,
}
_OPPOSITE = {Direction.LTR: Direction.RTL, Direction.RTL: Direction.LTR}
#: Letters that tell a paragraph's direction where they are its first character, of those that most begin with.
_SURE = {
    Direction.LTR: frozenset(ascii_letters),
    Direction.RTL: frozenset(
        letter for letter in map(chr, range(0x5D0, 0x700)) if bidirectional(letter) in ("R", "AL")
    ),
}


@dataclass(frozen=True, slots=True)
class Room:
    """The distance between the lines of a paragraph, and what is added to it below the last one."""

    lines: float
    below: float = PARAGRAPH_GAP


def build_document(
    parent: QObject, text: QtText, font: QFont, base_room: Room, rooms: Mapping[int, Room]
) -> QTextDocument:
    """Return a document with an article's text, ready to be shown.

    Args:
        parent: what owns the document.
        text: the text.
        font: the font of all of it.
        base_room: the room where there is nothing special.
        rooms: that of the paragraphs that need another one, by their number.
    """
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeading))
    document.setPageSize(QSizeF(0, 0))
    default = base_direction(text.text, Direction.LTR)
    # All paragraphs begin with the format that most of them have.
    QTextCursor(document).setBlockFormat(_block_format(default, base_room))
    text.fill(document)
    _set_formats(document, text, default, base_room, rooms)
    _keep_shapes(document, text)
    return document


def set_room(document: QTextDocument, number: int, room: Room) -> None:
    """Change the room of one paragraph."""
    block = document.findBlockByNumber(number)
    block_format = block.blockFormat()
    lines = room.lines if block.length() > 1 else 0.0
    if abs(block_format.lineHeight() - lines) > 0.01 or abs(block_format.bottomMargin() - room.below) > 0.01:
        block_format.setLineHeight(lines, _DISTANCE)
        block_format.setBottomMargin(room.below)
        QTextCursor(block).setBlockFormat(block_format)


def set_margins(document: QTextDocument, sides: float, top: float, bottom: float) -> None:
    """Set the margins around the text."""
    frame = document.rootFrame()
    frame_format = frame.frameFormat()
    frame_format.setLeftMargin(sides)
    frame_format.setRightMargin(sides)
    frame_format.setTopMargin(top)
    frame_format.setBottomMargin(bottom)
    frame.setFrameFormat(frame_format)


def _set_formats(
    document: QTextDocument, text: QtText, default: Direction, base_room: Room, rooms: Mapping[int, Room]
) -> None:
    others = set(paragraphs_against(text, default))
    for number in sorted(others | set(text.empty_paragraphs()) | rooms.keys()):
        start, end = text.paragraph(number)
        # An empty line has nothing to tag: it parts paragraphs, and needs no room under it.
        room = rooms.get(number, base_room)
        room = room if start < end else Room(0.0, room.below)
        direction = _OPPOSITE[default] if number in others else default
        QTextCursor(document.findBlockByNumber(number)).setBlockFormat(_block_format(direction, room))


def paragraphs_against(text: QtText, default: Direction) -> Iterator[int]:
    """Yield the paragraphs that run against the direction of most, by their first strong character."""
    sure, whole = _SURE[default], text.text
    for number, start in enumerate(text.starts):
        # Most begin with a letter: one look tells those.
        if whole[start : start + 1] not in sure:
            end = text.paragraph(number)[1]
            if base_direction(whole[start:end], default) is not default:
                yield number


def _keep_shapes(document: QTextDocument, text: QtText) -> None:
    for number in text.paragraphs_longer_than(_LONG):
        document.findBlockByNumber(number).layout().setCacheEnabled(True)


def _block_format(direction: Direction, room: Room) -> QTextBlockFormat:
    block_format = QTextBlockFormat()
    block_format.setLayoutDirection(_LAYOUT_DIRECTIONS[direction])
    block_format.setLineHeight(room.lines, _DISTANCE)
    block_format.setBottomMargin(room.below)
    return block_format
