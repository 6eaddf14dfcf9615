# SPDX-License-Identifier: MIT
"""Looking for garbage in the window's thread, and in no other.

Python looks for cycles in whichever thread makes one object too many. Where it finds a widget, a timer or a model
there, Qt deletes it in a thread that it does not belong to, and the program dies.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
#: Looking among all objects takes longest, and they seldom change.
_ALL_AFTER_S = 30.0


class Collector(QObject):
    """Takes over from Python when to look for garbage, for as long as its parent lives or until `give_back`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._last_of_all = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look among those objects of which there are too many by now, as Python would."""
        youngest, middle, oldest = (
            count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if oldest and time.monotonic() - self._last_of_all > _ALL_AFTER_S:
            gc.collect()
            self._last_of_all = time.monotonic()
        elif middle:
            gc.collect(1)
        elif youngest:
            gc.collect(0)

    def give_back(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
