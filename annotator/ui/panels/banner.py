# SPDX-License-Identifier: MIT
"""A message in the window, in nobody's way: what went wrong with the last act, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from annotator.i18n import tr
from annotator.ui import icons
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, fill, label


class Banner(QFrame):
    """Shows one sentence until it is closed or the next act succeeds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        mark = QLabel()
        mark.setPixmap(icons.pixmap("warning", theme.text, 20, self.devicePixelRatioF()))
        self._text = label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = FlatButton(tr("Close the message"), self.hide)
        close.setIcon(icons.icon("close", theme))
        layout = fill(QHBoxLayout(), mark, self._text, close, margin=8, gap=10)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or ""."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, sentence: str) -> None:
        """Show a sentence, and have a screen reader say it."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
