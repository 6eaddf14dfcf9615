# SPDX-License-Identifier: MIT
"""The pictures of the tour: the window as it stands, with the dialog before it where there is one."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from annotator.ui.tour.hand import TourError

_SHADE = QColor(0, 0, 0, 90)


class Album:
    """Numbers the pictures of one round and keeps them in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self.names: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, window: QWidget, dialog: QWidget | None = None) -> None:
        """Keep a picture.

        Raises:
            TourError: it could not be written.
        """
        self._number += 1
        picture = window.grab()
        if dialog is not None:
            painter = QPainter(picture)
            painter.fillRect(window.rect(), _SHADE)
            free = window.size() - dialog.size()
            painter.drawPixmap(QPoint(max(0, free.width() // 2), max(0, free.height() // 2)), dialog.grab())
            painter.end()
        path = self._folder / f"{self._number:02}-{name}.png"
        if not picture.save(str(path)):
            raise TourError(f"{path} could not be written")
        self.names.append(path.name)
