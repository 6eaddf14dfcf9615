# SPDX-License-Identifier: MIT
"""Boxes that stand in a page that scrolls: the wheel changes them only when they have the focus."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QSpinBox

from annotator.ui.fields.base import outline_boxes
from annotator.ui.theme import Theme

WIDEST = 380
_LETTERS = 18


class ChoiceBox(QComboBox):
    """Offers a few values, each under a sentence."""

    def __init__(self, name: str, choices: dict[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        # Else a long sentence would make the whole form wider than the dialog.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices)

    def offer(self, choices: dict[str, str]) -> None:
        """Offer other values."""
        self.clear()
        for value, text in choices.items():
            self.addItem(text, value)

    def choose(self, value: str) -> None:
        """Choose a value, or the first where it is not offered."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page, unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberBox(QSpinBox):
    """A whole number, in the digits of all other numbers of the window, whatever the system writes."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.setLocale(QLocale.c())
        self.setRange(0, most)
        self.setAccessibleName(name)
        self.setMinimumWidth(96)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page, unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def tick_box(text: str, theme: Theme) -> QCheckBox:
    """Return a box to tick, with an outline that can be seen."""
    box = QCheckBox(text)
    outline_boxes(box, theme)
    return box
