# SPDX-License-Identifier: MIT
"""Looking for garbage in the window's thread, and in no other.

Python looks for cycles in whichever thread makes one object too many. Where it finds a widget, a timer or a model
there, Qt deletes it in a thread that it does not belong to, and the program dies.
"""

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY_MS = 500
#: Looking among all objects takes longest, and they seldom change.
_ALL_AFTER_S = 30.0
#: What is read and worked out of a project once it is open is there by then.
_SETTLED_AFTER_S = 10.0


class Collector(QObject):
    """Takes over from Python when to look for garbage, for as long as its parent lives or until `give_back`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._last_of_all = time.monotonic()
        self._is_settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)

    def look(self) -> None:
        """Look among those objects of which there are too many by now, as Python would.

        Among all that a window is made of it takes longer than a frame. So what stands once that was done is not looked
        at again until the window is built anew, or until nobody is at it.
        """
        youngest, middle, oldest = (
            count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        since = time.monotonic() - self._last_of_all
        if not _kept.is_aside or (oldest and since > _ALL_AFTER_S):
            self._look_at_all()
        elif not self._is_settled and since > _SETTLED_AFTER_S:
            gc.collect(1)
            put_aside()  # what threads have read since is kept for long, too
            self._is_settled = True
        elif middle:
            gc.collect(1)
        elif youngest:
            gc.collect(0)

    def _look_at_all(self) -> None:
        self._is_settled = _kept.is_aside
        gc.collect()
        put_aside()
        self._last_of_all = time.monotonic()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and self._is_settled:
            take_back()
            self._look_at_all()

    def give_back(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        take_back()
        gc.enable()


class _Kept:
    is_aside = False


_kept = _Kept()


def put_aside() -> None:
    """Look for garbage no more among what there is now."""
    gc.freeze()
    _kept.is_aside = True


def take_back() -> None:
    """Look for garbage among everything again: what stood till now may be some soon."""
    gc.unfreeze()
    _kept.is_aside = False
