# SPDX-License-Identifier: MIT
"""Builds the Qt document of an article: its text, each paragraph's direction, and the room under its lines.

The formats are set while the document has no page yet. Set on a document that is laid out, they make Qt lay out all of
it at once, which takes a second for a million characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSizeF, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from annotator.text.direction import Direction, base_direction
from annotator.ui.qt_text import QtText

_DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
PARAGRAPH_GAP = 7.0
_LAYOUT_DIRECTIONS = {
    Direction.LTR: Qt.LayoutDirection.LeftToRight,
    Direction.RTL: Qt.LayoutDirection.RightToLeft,
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
    text.fill(document)
    _set_formats(document, text, base_room, rooms)
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


def _set_formats(document: QTextDocument, text: QtText, base_room: Room, rooms: Mapping[int, Room]) -> None:
    default = base_direction(text.text, Direction.LTR)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_block_format(default, base_room))
    for number in range(text.paragraph_count):
        start, end = text.paragraph(number)
        direction = base_direction(text.text[start:end], default)
        # An empty line has nothing to tag: it parts paragraphs, and needs no room under it.
        room = rooms.get(number, base_room)
        room = room if start < end else Room(0.0, room.below)
        if direction is not default or room != base_room:
            block = document.findBlockByNumber(number)
            QTextCursor(block).setBlockFormat(_block_format(direction, room))


def _block_format(direction: Direction, room: Room) -> QTextBlockFormat:
    block_format = QTextBlockFormat()
    block_format.setLayoutDirection(_LAYOUT_DIRECTIONS[direction])
    block_format.setLineHeight(room.lines, _DISTANCE)
    block_format.setBottomMargin(room.below)
    return block_format
