# SPDX-License-Identifier: MIT
"""What each key means in a panel, on Latin and Arabic keyboards."""

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Act(Enum):
    """What a key does."""

    NEXT = auto()
    PREVIOUS = auto()
    DONE = auto()
    LEAVE = auto()
    ERASE = auto()
    NEXT_PAGE = auto()
    PREVIOUS_PAGE = auto()
    DIGIT = auto()
    TYPE = auto()


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: what it does, the digit or letter, and whether what it takes is added to what is there."""

    act: Act
    text: str = ""
    add: bool = False

    @property
    def leaves_editor(self) -> bool:
        """Return whether it is for the panel even while something is typed in an editor."""
        return self.act in (Act.NEXT, Act.PREVIOUS, Act.DONE, Act.LEAVE)


_ACTS = {
    Qt.Key.Key_Tab: Act.NEXT,
    Qt.Key.Key_Down: Act.NEXT,
    Qt.Key.Key_Backtab: Act.PREVIOUS,
    Qt.Key.Key_Up: Act.PREVIOUS,
    Qt.Key.Key_Return: Act.DONE,
    Qt.Key.Key_Enter: Act.DONE,
    Qt.Key.Key_Escape: Act.LEAVE,
    Qt.Key.Key_Backspace: Act.ERASE,
    Qt.Key.Key_Delete: Act.ERASE,
    Qt.Key.Key_PageDown: Act.NEXT_PAGE,
    Qt.Key.Key_PageUp: Act.PREVIOUS_PAGE,
}
#: With Shift these extend a selection of the text.
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier
_ZEROES = (0x30, 0x660, 0x6F0)


def stroke(event: QKeyEvent) -> Stroke | None:
    """Return what a key means in a panel; None where it is for the text or the window."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    number = _digit(event)
    if number is not None and modifiers in (_NONE, _CONTROL):
        return Stroke(Act.DIGIT, str(number), add=modifiers == _CONTROL)
    if modifiers not in (_NONE, _SHIFT) or (modifiers and key in _ARROWS):
        return None
    if key in _ACTS:
        return Stroke(_ACTS[key])
    text = event.text()
    return Stroke(Act.TYPE, text) if text and text.isprintable() else None


def _digit(event: QKeyEvent) -> int | None:
    """Return the digit of a key, Latin or Arabic, whatever is held with it; None for any other key."""
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return unicodedata.decimal(text)
    key = event.key()
    return next((key - zero for zero in _ZEROES if zero <= key < zero + 10), None)
