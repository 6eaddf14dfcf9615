# SPDX-License-Identifier: MIT
"""Icons: the SVG drawings of `resources/icons`, tinted with a theme's ink when they are loaded."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from annotator import paths
from annotator.ui.theme import Theme, mix

#: Drawings that point along the line of reading, and so are mirrored where it runs from right to left.
_DIRECTED = frozenset({"undo", "redo", "next", "previous", "open", "export", "import", "tag", "help"}) - {"help"}


def icon(name: str, theme: Theme, *, rtl: bool = False, color: str = "", size: int = 20) -> QIcon:
    """Return an icon in the theme's ink, or in `color`; an empty one where there is no such drawing."""
    if not name:
        return QIcon()
    result = QIcon()
    inks = {
        QIcon.Mode.Normal: color or theme.text,
        QIcon.Mode.Disabled: mix(theme.muted, theme.window, 0.45).name(),
    }
    for mode, ink in inks.items():
        for scale in _scales():
            result.addPixmap(pixmap(name, ink, size, scale, mirrored=rtl and name in _DIRECTED), mode)
    return result


def _scales() -> set[int]:
    """Return how many pixels a logical one may have here: drawing for screens that are not there delays the window."""
    return {1, *(ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens())}


@lru_cache(maxsize=512)
def pixmap(name: str, ink: str, size: int, scale: float = 1, *, mirrored: bool = False) -> QPixmap:
    """Return one drawing in one colour, `size` logical pixels wide and high."""
    result = QPixmap(round(size * scale), round(size * scale))
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode())).render(
            painter, QRectF(result.rect())
        )
    if mirrored:
        result = result.transformed(QTransform.fromScale(-1, 1))
    result.setDevicePixelRatio(scale)
    return result


def app_icon() -> QIcon:
    """Return the program's own icon."""
    result = QIcon()
    for size in (32, 64, 128, 256):
        result.addPixmap(pixmap("tawsim", "", size))
    return result


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
