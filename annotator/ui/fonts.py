# SPDX-License-Identifier: MIT
"""The bundled fonts: registering them, and the fonts that article text and labels are set in.

A bare machine has no Arabic face worth reading, so two come along (SIL Open Font Licence): a Naskh, which has no
Latin letters, and a plain sans, which lends it its own.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase

from annotator import paths

NASKH = "Noto Naskh Arabic"
SANS = "Vazirmatn"
#: The families offered for article text, the default first.
TEXT_FAMILIES = (NASKH, SANS)

DEFAULT_POINT_SIZE = 15.0
_REGISTERED = "tawsim.fonts"
_FILES = ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf", "Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf")


def register_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt, once, and return their families.

    Raises:
        FileNotFoundError: a font file is not there or not readable; the program was put together wrongly.
    """
    app = QCoreApplication.instance()
    # Fonts live as long as the application; asking Qt for all families reads each font of the system.
    if app is None or app.property(_REGISTERED) is None:
        for name in _FILES:
            _register(name)
        if app is not None:
            app.setProperty(_REGISTERED, True)  # noqa: FBT003 - Qt's signature
    return TEXT_FAMILIES


def _register(name: str) -> None:
    path = paths.resources() / "fonts" / name
    if not path.is_file() or QFontDatabase.addApplicationFont(str(path)) < 0:
        raise FileNotFoundError(f"bundled font {path}")


def text_font(family: str = NASKH, point_size: float = DEFAULT_POINT_SIZE) -> QFont:
    """Return the font for article text: `family` first, the bundled ones for what it lacks."""
    font = QFont([family, *(bundled for bundled in TEXT_FAMILIES if bundled != family)])
    font.setPointSizeF(point_size)
    return font


def small_font(point_size: float) -> QFont:
    """Return the sans in a small size, for labels under the text and marks of invisible characters."""
    font = QFont([SANS])
    font.setPointSizeF(point_size)
    return font
