# SPDX-License-Identifier: MIT
"""How the whole window looks: the style, the palette and the few rules that a palette cannot say.

No rule names left or right: style sheets are not mirrored.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from string import Template

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from annotator.settings import Settings
from annotator.ui.fonts import SANS
from annotator.ui.theme import DARK, LIGHT, Theme, control_palettes, mix, palette, system_theme, tag_colors

_POINTS = 10.0
#: The application's property that holds its style sheet while it is put off.
_HELD = "tawsim.sheet"
#: That it has its style. Looking at the style itself would load all of PySide6's classes of styles.
_STYLED = "tawsim.style"
#: What is wrong or missing; each theme makes an ink of it that can be read.
PROBLEM = "#c2410c"

_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }
QMenuBar { background: $window; padding: 2px 6px; border: none; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 5px 30px; border-radius: 5px; color: $text; background: transparent; }
QMenu::item:selected { background: $pressed; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $border; padding: 4px 8px; spacing: 2px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 7px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 7px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $faint; }
QFrame[role="floating"] QToolButton { padding: 2px 6px; }
QToolButton[role="label"] { padding: 4px 2px; }
QToolButton[role="step"] { background: $raised; border-color: $border; min-width: 18px; padding: 2px 5px; }
QToolButton[role="step"]:hover { background: $hover; }
QToolButton[role="step"]:focus { border-color: $accent; }
QToolButton[role="choice"] { background: $raised; border-color: $border; padding: 2px 9px; }
QToolButton[role="choice"]:hover { background: $hover; }
QToolButton[role="choice"]:focus { border-color: $accent; }
QToolButton[role="choice"]:checked { background: $accent; border-color: $accent; color: $on_accent; }
QToolButton[role="choice"]:checked:focus { border-color: $text; }
QToolButton[role="choice"]:disabled:checked { background: $pressed; color: $muted; border-color: $border; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton { background: $raised; border: 1px solid $border; border-radius: 6px; padding: 6px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $window; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[primary="true"]:disabled { background: $pressed; color: $faint; border-color: $border; }
QLineEdit, QTextEdit[plain="true"] {
    background: $page; border: 1px solid $border; border-radius: 6px; padding: 5px 7px;
    selection-background-color: $selection; selection-color: $text; }
QLineEdit:focus, QTextEdit[plain="true"]:focus { border-color: $accent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QProgressBar { background: $pressed; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QListView, QTableView, QTreeView { background: $page; border: none; outline: none; }
QTableView, QTreeView, QListView[framed="true"] { border: 1px solid $border; border-radius: 6px; }
QTableView[role="rows"] { border: none; border-radius: 0; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border; padding: 6px; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QTabBar::tab {
    background: transparent; color: $muted; border: 1px solid transparent; border-bottom: 1px solid $border;
    padding: 9px 6px 8px 6px; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; padding-bottom: 7px; }
QTabBar::tab:selected:focus { background: $pressed; }
QStatusBar { background: $window; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; color: $muted; }
QLabel[role="article"] { font-size: 12pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="problem"] { color: $problem; }
QLabel[role="key"] { color: $muted; border: 1px solid $border; border-radius: 4px; padding: 0px 5px; }
QFrame[role="panel"] { background: $window; border: none; }
QFrame[role="page"] { background: $page; border: none; }
QFrame[role="header"] { background: $page; border: none; border-bottom: 1px solid $border; }
QFrame[role="bar"] { background: $window; border: none; border-bottom: 1px solid $border; }
QFrame[role="slim"] { background: $window; border: none; border-bottom: 1px solid $border; }
QFrame[role="slim"] QToolButton { padding: 3px 6px; }
QFrame[role="card"] { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame[role="line"] { background: $border; max-height: 1px; border: none; }
QFrame[role="floating"] { background: $raised; border: 1px solid $border; border-radius: 9px; }
QFrame[role="banner"] { background: $warning; border: none; border-bottom: 1px solid $border; }
QFrame[role="banner"] QLabel { color: $text; }
QPushButton[role="small"] { padding: 2px 10px; }
QPushButton[role="end"] {
    text-align: $start; padding: 3px 6px; border-color: transparent; background: transparent; }
QPushButton[role="end"]:hover { background: $hover; }
QPushButton[role="end"]:focus { border-color: $accent; }
QPushButton[role="end"]:disabled { color: $muted; }
QToolButton[role="fold"], QToolButton[role="fold"]:checked { padding: 2px 3px; color: $muted; background: transparent; }
QToolButton[role="fold"]:hover { background: $hover; }
QPushButton[role="card"] { text-align: $start; padding: 12px 16px; border-radius: 9px; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $pressed; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def chosen_theme(settings: Settings) -> Theme:
    """Return the theme that the user asked for."""
    return {"light": LIGHT, "dark": DARK}.get(settings.text("theme")) or system_theme()


def apply_style(app: QApplication, theme: Theme, *, rtl: bool) -> None:
    """Give the whole program a theme."""
    if app.property(_STYLED) is None:
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)  # noqa: FBT003 - Qt's signature
    # Without a sheet: to change palettes under one crashes Qt where parts of the window are about to go.
    with styled_once(app):
        app.setFont(interface_font())
        app.setPalette(palette(theme))
        for kind, own in control_palettes(theme).items():
            app.setPalette(own, kind)  # type: ignore[arg-type]  # PySide takes str, its stub says bytes
        app.setProperty(_HELD, _sheet(theme, rtl=rtl))


def styled_application(arguments: list[str]) -> QApplication:
    """Make Qt's application with the style that all themes stand on."""
    app = QApplication([*arguments, "-style", "fusion"])
    app.setProperty(_STYLED, True)  # noqa: FBT003 - Qt's signature
    return app


@contextmanager
def styled_once(app: QApplication) -> Iterator[None]:
    """Style what is built in the block at its end: Qt would do it anew each time that a part gets its parent.

    In a block within a block nothing more is done.
    """
    if app.property(_HELD) is not None:
        yield
        return
    app.setProperty(_HELD, app.styleSheet())
    if app.styleSheet():
        app.setStyleSheet("")
    try:
        yield
    finally:
        sheet = app.property(_HELD)
        app.setProperty(_HELD, None)
        app.setStyleSheet(sheet)


def interface_font() -> QFont:
    """Return the font of menus and panels: bundled, as it must have good Arabic on any machine."""
    font = QFont([SANS])
    font.setPointSizeF(_POINTS)
    return font


def hover_color(theme: Theme) -> str:
    """Return the ground of what the pointer is over."""
    return mix(theme.window, theme.text, 0.07).name()


def _sheet(theme: Theme, *, rtl: bool) -> str:
    return _SHEET.substitute(
        page=theme.page,
        text=theme.text,
        muted=theme.muted,
        window=theme.window,
        raised=theme.raised,
        border=theme.border,
        accent=theme.accent,
        on_accent=theme.on_accent,
        selection=theme.selection,
        hover=hover_color(theme),
        pressed=mix(theme.window, theme.text, 0.14).name(),
        faint=mix(theme.muted, theme.window, 0.45).name(),
        accent_hover=mix(theme.accent, theme.text, 0.15).name(),
        warning=mix(theme.page, theme.found_current, 0.35).name(),
        problem=tag_colors(PROBLEM, theme).ink.name(),
        start="right" if rtl else "left",
    )
