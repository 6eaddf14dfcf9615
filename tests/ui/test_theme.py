# SPDX-License-Identifier: MIT
"""Text can be read on every fill, and names and lines on the page, whatever colour a label has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPalette

from annotator.model.scheme_file import parse_scheme
from annotator.paths import resources
from annotator.ui.theme import (
    DARK,
    LIGHT,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    Shape,
    contrast,
    control_palettes,
    palette,
    shape_of_layer,
    tag_colors,
)

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def check(color: str, theme) -> None:
    colors = tag_colors(color, theme)
    assert contrast(theme.text, colors.fill) >= TEXT_CONTRAST
    assert contrast(theme.text, colors.fill_strong) >= TEXT_CONTRAST
    assert contrast(colors.ink, theme.page) >= TEXT_CONTRAST
    assert contrast(colors.line, theme.page) >= SHAPE_CONTRAST


@THEMES
def test_the_default_labels(theme) -> None:
    path = resources() / "schemes" / "default.json"
    for label in parse_scheme(path.read_text(encoding="utf-8"), where="default").labels:
        check(label.color, theme)


@THEMES
@given(color=st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"))
def test_any_colour(theme, color: str) -> None:
    check(color, theme)


@THEMES
def test_the_themes_own_colours(theme) -> None:
    for under in (theme.page, theme.window, theme.raised, theme.selection, theme.found, theme.found_current):
        assert contrast(theme.text, under) >= TEXT_CONTRAST
    for under in (theme.page, theme.window, theme.raised):
        assert contrast(theme.muted, under) >= TEXT_CONTRAST
    assert contrast(theme.on_accent, theme.accent) >= TEXT_CONTRAST
    assert contrast(theme.accent, theme.page) >= SHAPE_CONTRAST


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_layers_differ_in_shape() -> None:
    assert len({shape_of_layer(index) for index in range(5)}) == len(Shape)


@THEMES
def test_a_palette_has_the_themes_colours(theme) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Base).name() == theme.page
    assert made.color(QPalette.ColorRole.WindowText).name() == theme.text


@THEMES
def test_boxes_to_tick_stand_out(theme) -> None:
    for kind in ("QCheckBox", "QRadioButton"):
        outline = control_palettes(theme)[kind].color(QPalette.ColorRole.Window).darker(140).lighter(110)
        assert contrast(outline, theme.page) >= SHAPE_CONTRAST
        assert contrast(outline, theme.window) >= SHAPE_CONTRAST
