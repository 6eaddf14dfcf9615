# SPDX-License-Identifier: MIT
"""What the window remembers: the user's settings, where it stood, and what a desk showed before it was built anew."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from annotator import i18n
from annotator.settings import Settings
from annotator.ui.desk import Desk
from annotator.ui.drawer import DrawerShowing

_log = logging.getLogger(__name__)


class WindowSettings(Settings):
    """Settings that hold for this run where they cannot be written: that must not keep anyone from tagging."""

    def _save(self) -> None:
        try:
            super()._save()
        except OSError as error:
            _log.warning("The settings could not be written: %s", error.strerror)


def keep_geometry(window: QMainWindow, settings: Settings) -> None:
    """Remember where the window stands, for this direction of the interface."""
    settings.put(_geometry_key(), window.saveGeometry().toBase64().toStdString())


def restore_geometry(window: QMainWindow, settings: Settings) -> None:
    """Put the window where it stood."""
    kept = QByteArray.fromBase64(settings.get(_geometry_key()).encode())
    if not kept.isEmpty():
        window.restoreGeometry(kept)


@dataclass(frozen=True, slots=True)
class Showing:
    """What a desk shows that neither session nor settings keep."""

    scroll: int
    selection: tuple[int, int] | None
    looked_for: str
    drawer: DrawerShowing | None

    @classmethod
    def of(cls, desk: Desk) -> "Showing":
        """Return what a desk shows."""
        view, bar = desk.pane.view, desk.pane.find_bar
        looked_for = bar.field.text() if bar.isVisible() else ""
        return cls(view.verticalScrollBar().value(), view.selection(), looked_for, desk.drawer.showing())

    def return_to(self, desk: Desk, article_id: str | None, tag_id: str | None) -> None:
        """Have another desk show the same."""
        pane = desk.pane
        desk.articles.show_current(article_id or "")
        if tag_id is not None:
            pane.reveal_tag(tag_id)
        if self.selection is not None:
            pane.view.select(*self.selection)
            pane.palette_box.place()
        if self.looked_for:
            pane.find_bar.open_bar()
            pane.find_bar.field.setText(self.looked_for)
        if self.drawer is not None:
            desk.drawer.return_to(self.drawer)
        pane.view.verticalScrollBar().setValue(self.scroll)


def _geometry_key() -> str:
    return f"window.{'rtl' if i18n.is_rtl() else 'ltr'}.geometry"
