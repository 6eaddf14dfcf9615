# SPDX-License-Identifier: MIT
"""What the program is, and the keys that it knows."""

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QLabel, QWidget

from annotator import __version__
from annotator.i18n import tr
from annotator.ui import icons
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.tables import TextTable, table_view
from annotator.ui.widgets import column, label, row


class AboutDialog(Dialog):
    """Names the program, its version and its licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("About Tawsim"))
        picture = QLabel()
        picture.setPixmap(icons.pixmap("tawsim", "", 72, self.devicePixelRatioF()))
        text = column(
            label(tr("Tag actors, events and stance in Arabic news articles, offline."), wrap=True),
            label(tr("Version {version}", version=__version__)),
            label(versions(), "muted", wrap=True),
            label(
                tr("Free software under the MIT licence; the fonts are under the SIL Open Font Licence."),
                "muted",
                wrap=True,
            ),
        )
        self.add(row(picture, text, gap=16))
        self.add_close()

    @classmethod
    def ask(cls, parent: QWidget) -> None:
        """Show it until it is closed."""
        cls(parent).agreed()


class ShortcutsDialog(Dialog):
    """Lists every command with its keys."""

    def __init__(self, parent: QWidget, rows: list[tuple[str, str, str]]) -> None:
        super().__init__(parent, tr("Keyboard shortcuts"), width=640)
        self.model = TextTable((tr("Keys"), tr("Command"), tr("Menu or place")), rows)
        hint = tr(
            "In the article: arrows move the caret, with Ctrl by words; with Shift they select. "
            "A selection grows to whole words; hold Alt for single characters, or Ctrl while dragging with the mouse."
        )
        self.add(label(hint, "muted", wrap=True), table_view(self.model, tr("Keyboard shortcuts"), (170, 300)))
        self.add_close()
        self.resize(680, 560)

    @classmethod
    def ask(cls, parent: QWidget, rows: list[tuple[str, str, str]]) -> None:
        """Show them until it is closed."""
        cls(parent, rows).agreed()


def versions() -> str:
    """Return the versions that a bug report needs."""
    return f"Tawsim {__version__} · Python {platform.python_version()} · PySide6 {pyside_version} · Qt {qVersion()}"
