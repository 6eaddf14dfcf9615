# SPDX-License-Identifier: MIT
"""PySide6 must not lose references to None: see docs/adr/0002-pyside-bounds.md."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QWidget

CALLS = 500
# Python itself moves the count by a few between the two looks.
STEADY = 50


def moved(call: Callable[[], object]) -> int:
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return abs(sys.getrefcount(None) - before)


@pytest.fixture
def image():
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    return image


def test_painting_keeps_none(qapp, image):
    painter = QPainter(image)
    colour = QColor("red")
    lost = moved(lambda: painter.fillRect(0, 0, 4, 4, colour))
    painter.end()
    assert lost < STEADY


def test_laying_out_keeps_none(qapp):
    layout = QTextLayout("نص")
    assert moved(lambda: layout.setPosition(QPointF(0, 0))) < STEADY
    assert moved(lambda: layout.setFormats([])) < STEADY


def test_widgets_keep_none(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    assert moved(widget.update) < STEADY
    assert moved(lambda: widget.setEnabled(True)) < STEADY
