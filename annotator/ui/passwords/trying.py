# SPDX-License-Identifier: MIT
"""Trying a password in a thread: making its key takes a quarter of a second, on purpose."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from annotator.errors import UserError
from annotator.ops.passwords import Key, tried_key


class _Trying(QThread):
    def __init__(self, make: Callable[[], Key], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self.key: Key | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Make the key and try it."""
        try:
            self.key = self._make()
        except BaseException as error:  # noqa: BLE001 - a border: raised again in the main thread
            self.error = error


class Trial(QObject):
    """Tries one password at a time.

    Signals:
        opened: the password is right; with the key.
        refused: it is not, or the file cannot be opened; with the `UserError`.
    """

    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, path: Path, parent: QObject, tried: Callable[[Path, str], Key] = tried_key) -> None:
        super().__init__(parent)
        self._path, self._tried = path, tried
        self._thread: _Trying | None = None

    def start(self, password: str) -> None:
        """Try a password."""
        thread = self._thread = _Trying(partial(self._tried, self._path, password), self)
        thread.finished.connect(self._on_finished)
        thread.start()

    def wait(self) -> None:
        """Wait for a trial that nobody wants to hear of any more."""
        if self._thread is not None:
            self._thread.finished.disconnect(self._on_finished)
            self._thread.wait()
            self._thread = None

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.deleteLater()
        if isinstance(thread.error, UserError):
            self.refused.emit(thread.error)
        elif thread.error is not None:
            raise thread.error
        else:
            self.opened.emit(thread.key)
