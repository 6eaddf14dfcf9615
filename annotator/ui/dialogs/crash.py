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
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFileDialog, QPlainTextEdit, QWidget

from annotator.errors import UserError
from annotator.files import beside, move
from annotator.i18n import N_, describe, isolate, tr, tr_marked
from annotator.log import bare_traceback
from annotator.ui.dialogs.about import versions
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import label

_log = logging.getLogger(__name__)


class CrashDialog(Dialog):
    """Tells of a bug.

    What can be copied or saved says where it happened, and nothing of what the articles say: the message of an
    exception may quote one, and is added only if the user says so.
    """

    HEADING = N_("Something went wrong")
    TEXT = N_("This is a fault of the program. All your tags are saved; the project is closed now to keep it safe.")

    def __init__(self, parent: QWidget | None, details: str, log: Path | None, *, message: str = "") -> None:
        super().__init__(parent, tr_marked(self.HEADING), width=640)
        self._details, self._message = f"{versions()} · {platform.platform()}\n\n{details}", message
        self._log = log
        self.add(label(tr_marked(self.TEXT), wrap=True))
        if log is not None:
            self.add(label(tr("The log is here: {path}", path=isolate(str(log))), "muted", wrap=True))
        self.box = QPlainTextEdit(self._details)
        self.box.setReadOnly(True)
        self.box.setAccessibleName(tr("Details"))
        self.with_message = QCheckBox(tr("Add the error's own words, which may quote an article"))
        self.with_message.setVisible(bool(message))
        self.with_message.toggled.connect(lambda *_: self.box.setPlainText(self.details))
        self.add(self.box, self.with_message)
        copy = self.add_button(tr("Copy the details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details))
        self.save_button = self.add_button(tr("Save the report…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.clicked.connect(self._on_save)
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget | None, details: str, log: Path | None, message: str = "") -> None:
        """Show it until it is closed."""
        cls(parent, details, log, message=message).agreed()

    @property
    def details(self) -> str:
        """What is shown and copied."""
        return f"{self._details}\n\n{self._message}" if self.with_message.isChecked() else self._details

    def save(self, path: Path) -> None:
        """Write what is shown, and the log, to a file; a refusal is told in the place of the details."""
        try:
            log = self._log.read_text(encoding="utf-8", errors="replace") if self._log is not None else ""
            with beside(path) as temporary:
                temporary.write_text(f"{self.details}\n\n{log}", encoding="utf-8")
                move(temporary, path)
        except (OSError, UserError) as error:
            self.box.setPlainText(describe(error) if isinstance(error, UserError) else str(error))

    def _on_save(self) -> None:
        offered = Path.home() / "tawsim-report.txt"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the report"), str(offered), tr("Text files") + " (*.txt)")
        if path:
            self.save(Path(path))


class DeathDialog(CrashDialog):
    """Tells that the system has ended the program when it ran last."""

    HEADING = N_("Tawsim was ended suddenly when it ran last")
    TEXT = N_("A part of it failed so badly that the system ended it. All your tags are saved.")


class CrashGuard(QObject):
    """Catches what nobody else caught, in every thread, and brings it to the main one.

    Each bug is told once: one in a paint is met again with every paint, and nobody could close a dialog for each.

    Signals:
        caught: where an exception was raised, and what it says.
    """

    caught = Signal(str, str)

    def __init__(
        self,
        close_safely: Callable[[], object],
        log: Path | None,
        afterwards: Callable[[Callable[[], object]], object] = lambda tell: tell(),
    ) -> None:
        """Know what to do about a bug.

        Args:
            close_safely: closes the project.
            log: where bugs are written down.
            afterwards: has something done once no act waits for the disk: what is said to be saved then is.
        """
        super().__init__()
        self._close_safely, self._log, self._afterwards = close_safely, log, afterwards
        self._telling = False
        self._known: set[str] = set()
        # Queued: not in the middle of what has just failed.
        self.caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    @property
    def caught_any(self) -> bool:
        """Whether anything was caught."""
        return bool(self._known)

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
        raised_at = f"{kind.__name__} {traceback.extract_tb(trace)[-1:]}"
        if raised_at in self._known:
            return
        self._known.add(raised_at)
        _log.critical("A bug: %s\n%s", kind.__name__, place)
        self.caught.emit(place, "".join(traceback.format_exception(kind, error, trace)))

    def _on_caught(self, details: str, message: str) -> None:
        self._afterwards(lambda: self._tell(details, message))

    def _tell(self, details: str, message: str) -> None:
        if self._telling:  # one dialog is enough; the others are in the log
            return
        self._telling = True
        try:
            self._close_safely()
        except Exception as error:  # noqa: BLE001 - the border: what closing meets is told with the rest
            details = f"{details}\n\n{bare_traceback(error)}"
            _log.critical("A bug while closing: %s\n%s", type(error).__name__, bare_traceback(error))
        try:
            CrashDialog.ask(None, details, self._log, message)
        finally:
            self._telling = False
