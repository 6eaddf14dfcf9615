# SPDX-License-Identifier: MIT
"""A bare window: Qt's own text view with the program's face and size of text, and a way to know when it has painted."""

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser

_FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoNaskhArabic-Regular.ttf"
POINT_SIZE = 18
#: That of the program's window.
WIDTH, HEIGHT = 1200, 800


class PaintedBrowser(QTextBrowser):
    """A text view that keeps when it last painted (monotonic clock), None before."""

    painted: float | None = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and look at the clock."""
        super().paintEvent(event)
        self.painted = time.monotonic()


class BareWindow(QMainWindow):
    """A window with nothing but a text view."""

    def __init__(self) -> None:
        super().__init__()
        self.view = PaintedBrowser()
        QFontDatabase.addApplicationFont(str(_FONT))
        font = QFont("Noto Naskh Arabic")
        font.setPointSizeF(POINT_SIZE)
        self.view.setFont(font)
        self.setCentralWidget(self.view)
        self.resize(WIDTH, HEIGHT)


def application() -> QApplication:
    """Return an application whose windows run from right to left."""
    app = QApplication([])
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return app
