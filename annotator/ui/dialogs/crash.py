# SPDX-License-Identifier: MIT
"""The border for bugs: what went wrong, where the log is, and a safe close."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPlainTextEdit, QWidget

from annotator.i18n import isolate, tr
from annotator.log import bare_traceback
from annotator.ui.dialogs.about import versions
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import label

_log = logging.getLogger(__name__)


class CrashDialog(Dialog):
    """Tells of a bug.

    What can be copied says where it happened, and nothing of what the articles say: the message of an exception may
    quote one, and is added only if the user says so.
    """

    def __init__(self, parent: QWidget | None, details: str, log: Path | None, *, message: str = "") -> None:
        super().__init__(parent, tr("Something went wrong"), width=640)
        self._details, self._message = f"{versions()} · {platform.platform()}\n\n{details}", message
        text = tr("This is a fault of the program. All your tags are saved; the project is closed now to keep it safe.")
        self.add(label(text, wrap=True))
        if log is not None:
            self.add(label(tr("The log is here: {path}", path=isolate(str(log))), "muted", wrap=True))
        self.box = QPlainTextEdit(self._details)
        self.box.setReadOnly(True)
        self.box.setAccessibleName(tr("Details"))
        self.with_message = QCheckBox(tr("Add the error's own words, which may quote an article"))
        self.with_message.setVisible(bool(message))
        self.with_message.toggled.connect(lambda *_: self.box.setPlainText(self.details))
        self.add(self.box, self.with_message)
        copy = self.buttons.addButton(tr("Copy the details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details))
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget | None, details: str, log: Path | None, message: str = "") -> None:
        """Show it until it is closed."""
        cls(parent, details, log, message=message).agreed()

    @property
    def details(self) -> str:
        """What is shown and copied."""
        return f"{self._details}\n\n{self._message}" if self.with_message.isChecked() else self._details


class CrashGuard(QObject):
    """Catches what nobody else caught, in every thread, and brings it to the main one.

    Signals:
        caught: where an exception was raised, and what it says.
    """

    caught = Signal(str, str)

    def __init__(self, close_safely: Callable[[], object], log: Path | None) -> None:
        super().__init__()
        self._close_safely, self._log = close_safely, log
        self._telling = False
        # Queued: not in the middle of what has just failed.
        self.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the three hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        # The message of an exception may quote an article; the log gets the place only.
        place = bare_traceback(error if error is not None else kind())
        _log.critical("A bug: %s\n%s", kind.__name__, place)
        self.caught.emit(place, "".join(traceback.format_exception(kind, error, trace)))

    def _tell(self, details: str, message: str) -> None:
        if self._telling:  # one dialog is enough; the others are in the log
            return
        self._telling = True
        try:
            self._close_safely()
        finally:
            CrashDialog.ask(None, details, self._log, message)
            self._telling = False
