# SPDX-License-Identifier: MIT
"""How the window looks, as the settings say and the user changes it while running."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from annotator import i18n
from annotator.late import late
from annotator.settings import SETTINGS, Settings, Value
from annotator.ui.style import apply_style, chosen_theme

if TYPE_CHECKING:
    from annotator.ui.dialogs.settings import SettingsDialog
    from annotator.ui.main_window import MainWindow
else:
    SettingsDialog = late("annotator.ui.dialogs.settings", "SettingsDialog")

_WINDOW_WIDE = frozenset({"language", "theme"})
_NAME = "annotator_name"
_ZOOM_STEP = 1.1


class Viewing(QObject):
    """Language, theme, and the setting of the text."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings

    def choose(self, key: str, value: Value) -> None:
        """Change one setting and show it at once."""
        self.apply({key: value})

    def toggle(self, key: str) -> None:
        """Turn a switch."""
        self.choose(key, not self._settings.switch(key))

    def ask_settings(self) -> None:
        """Show the settings dialog."""
        values = SettingsDialog.ask(self._window, self._settings)
        if values is not None:
            self.apply(values)

    def apply(self, values: dict[str, Value]) -> None:
        """Keep settings, and show what they change."""
        before = {key: self._settings.text(key) for key in _WINDOW_WIDE}
        for key, value in values.items():
            if key != _NAME or str(value).strip():  # without a name nobody can tag
                self._settings.set(key, value)
        if any(self._settings.text(key) != value for key, value in before.items()):
            self._window.restyle()
        elif self._window.is_working:
            self._window.desk.pane.apply_settings()
        self._window.refresh_commands()
        self._take_name()

    def _take_name(self) -> None:
        """Have the open project know who tags from now on."""
        session = self._window.session
        annotator = session.project.annotator if session.is_open and not session.project.read_only else None
        if annotator is not None and annotator.name != self._settings.text(_NAME).strip():
            self._window.files.reopen_project()

    def zoom(self, step: int) -> None:
        """Enlarge the text by a step, or reduce it; 0 gives it its set size."""
        view = self._window.desk.pane.view
        view.set_zoom(view.zoom * _ZOOM_STEP**step if step else 1.0)
        view.zoom_changed.emit(view.zoom)

    def keep_zoom(self, factor: float) -> None:
        """Remember the zoom."""
        self._settings.put("view.zoom", f"{factor:.3f}")

    def kept_zoom(self) -> float:
        """Return the zoom that was remembered."""
        try:
            return float(self._settings.get("view.zoom", "1"))
        except ValueError:
            return 1.0

    def space_lines(self, step: int) -> None:
        """Set the lines further apart or closer."""
        setting = SETTINGS["line_spacing"]
        wanted = round(self._settings.number("line_spacing") + step * setting.step, 2)
        self.choose("line_spacing", min(max(wanted, setting.minimum), setting.maximum))


def dress(app: QApplication, settings: Settings) -> None:
    """Give the program the language and the theme of the settings."""
    i18n.use_language(settings.text("language"), isolates=True)
    _translate_qt(app)
    rtl = i18n.is_rtl()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    apply_style(app, chosen_theme(settings), rtl=rtl)


def _translate_qt(app: QApplication) -> None:
    """Have Qt's own buttons and dialogs speak the language, too."""
    name = "tawsim.qtbase"
    for old in app.findChildren(QTranslator, name):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName(name)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{i18n.language()}", folder):
        app.installTranslator(translator)
