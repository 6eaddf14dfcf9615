# SPDX-License-Identifier: MIT
"""Colours: the light and the dark theme, and what each makes of a label's colour.

A label has one colour in the scheme; a theme derives from it a fill that text can be read on, a line that can be seen
on the page, and an ink that small letters can be set in. Contrast is WCAG 2.2's ratio of relative luminances.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

#: WCAG 2.2, 1.4.3 and 1.4.11: letters, and shapes that carry meaning.
TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0

_STEPS = 40


class Shape(StrEnum):
    """The underline of a layer, for those who cannot tell its colours apart."""

    SOLID = "solid"
    DASHED = "dashed"
    WAVY = "wavy"
    DOTTED = "dotted"
    DOUBLE = "double"


_SHAPES = tuple(Shape)


@dataclass(frozen=True, slots=True)
class TagColors:
    """What a theme makes of one label's colour: fills behind letters, lines under them, ink of small letters."""

    fill: QColor
    fill_strong: QColor
    line: QColor
    ink: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as #rrggbb.

    Attributes:
        page: behind the article and in lists.
        text: letters on the page and on every fill.
        muted: letters and marks of less weight.
        window: behind panels; `raised` is for buttons and small floating things, `border` parts them.
        accent: focus, caret and the chosen row; `on_accent` is for letters on it.
        selection: behind selected text, `found` behind what a search found, `found_current` behind the present one.
        fill_share, strong_share: how much of a label's colour goes into its two fills.
    """

    name: str
    is_dark: bool
    page: str
    text: str
    muted: str
    window: str
    raised: str
    border: str
    accent: str
    on_accent: str
    selection: str
    found: str
    found_current: str
    fill_share: float
    strong_share: float


LIGHT = Theme(
    name="light",
    is_dark=False,
    page="#fffefb",
    text="#1f2328",
    muted="#5f6670",
    window="#f3f2ee",
    raised="#fbfaf7",
    border="#d5d2ca",
    accent="#1a5fa8",
    on_accent="#ffffff",
    selection="#b9d6f5",
    found="#fbeeb0",
    found_current="#f8cf5c",
    fill_share=0.17,
    strong_share=0.36,
)
DARK = Theme(
    name="dark",
    is_dark=True,
    page="#1b1d21",
    text="#e6e4df",
    muted="#9ba1a9",
    window="#24262b",
    raised="#2d3036",
    border="#3f434a",
    accent="#7fb4ee",
    on_accent="#10151b",
    selection="#2f4f73",
    found="#5a4c18",
    found_current="#735d11",
    fill_share=0.30,
    strong_share=0.46,
)


def system_theme() -> Theme:
    """Return the theme that the desktop asks for."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def shape_of_layer(index: int) -> Shape:
    """Return the underline of a scheme's layer, by its place from 0."""
    return _SHAPES[index % len(_SHAPES)]


def contrast(a: QColor | str, b: QColor | str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(a)), _luminance(QColor(b))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=512)
def tag_colors(color: str, theme: Theme) -> TagColors:
    """Derive a label's fills, line and ink from its colour, each with the contrast its use needs."""
    page, text, own = QColor(theme.page), QColor(theme.text), QColor(color)
    return TagColors(
        fill=_readable_under(text, page, own, theme.fill_share),
        fill_strong=_readable_under(text, page, own, theme.strong_share),
        line=_visible_on(page, own, text, SHAPE_CONTRAST),
        ink=_visible_on(page, own, text, TEXT_CONTRAST),
    )


def palette(theme: Theme) -> QPalette:
    """Return the palette that gives all widgets the theme's colours."""
    result = QPalette()
    for roles, color in _palette_roles(theme):
        for role in roles:
            result.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, mix(theme.muted, theme.window, 0.35))
    return result


def control_palettes(theme: Theme) -> dict[str, QPalette]:
    """Return the palettes of the controls whose outline Fusion makes of their ground's colour, by their Qt class.

    In the dark theme it could not be seen, and a box to choose from would be lighter than any button.
    """
    boxes, fields = palette(theme), palette(theme)
    # Fusion darkens this to 10/14 and lightens that by a tenth where it outlines a tick box.
    boxes.setColor(QPalette.ColorRole.Window, QColor(theme.muted).lighter(127))
    fields.setColor(QPalette.ColorRole.Window, mix(theme.border, theme.muted, 0.35).lighter(140))
    fields.setColor(QPalette.ColorRole.Button, QColor(theme.page) if theme is DARK else QColor(theme.raised))
    return {"QCheckBox": boxes, "QRadioButton": boxes, "QComboBox": fields, "QAbstractSpinBox": fields}


def mix(base: QColor | str, other: QColor | str, share: float) -> QColor:
    """Return `base` with `share` (0 to 1) of `other` in it."""
    a, b = QColor(base), QColor(other)
    parts = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(x + (y - x) * share) for x, y in parts))


def _palette_roles(theme: Theme) -> tuple[tuple[tuple[QPalette.ColorRole, ...], str], ...]:
    role = QPalette.ColorRole
    return (
        ((role.Window,), theme.window),
        ((role.Base,), theme.page),
        ((role.AlternateBase, role.Button, role.ToolTipBase), theme.raised),
        ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText, role.BrightText), theme.text),
        ((role.PlaceholderText,), theme.muted),
        ((role.Highlight, role.Link, role.LinkVisited, role.Accent), theme.accent),
        ((role.HighlightedText,), theme.on_accent),
        ((role.Light, role.Midlight), theme.raised),
        ((role.Mid, role.Dark, role.Shadow), theme.border),
    )


def _readable_under(text: QColor, page: QColor, own: QColor, share: float) -> QColor:
    """Mix the colour into the page, less of it until text on the result can be read."""
    for step in range(_STEPS):
        fill = mix(page, own, share * (1 - step / _STEPS))
        if contrast(fill, text) >= TEXT_CONTRAST:
            return fill
    return page


def _visible_on(page: QColor, own: QColor, text: QColor, wanted: float) -> QColor:
    """Move the colour towards that of the text until it stands out from the page."""
    for step in range(_STEPS):
        color = mix(own, text, step / _STEPS)
        if contrast(color, page) >= wanted:
            return color
    return text


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(channel) for channel in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
