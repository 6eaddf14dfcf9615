# SPDX-License-Identifier: MIT
"""Code points and Qt's positions, over any text; Qt may not change what it is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from annotator.ui.qt_text import QtText, TextMismatchError

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
HARD = st.text("ab\n\r\u2028\u2029\ufdd0\ufdd1\ufffc\x00\x0c\x85\t\u00a0😀\u200d\u064b", max_size=20)


@given(text=ANY | HARD)
def test_any_text_fits(qapp: QApplication, text: str) -> None:
    held = QtText(text)
    document = QTextDocument()
    held.fill(document)
    assert document.characterCount() - 1 == held.length_utf16
    for number in range(held.paragraph_count):
        start, end = held.paragraph(number)
        block = document.findBlockByNumber(number)
        assert block.position() == held.to_utf16(start)
        assert block.length() - 1 == held.to_utf16(end) - held.to_utf16(start)
        assert held.paragraph_number(start) == held.paragraph_number(end) == number


@given(text=ANY | HARD)
def test_positions_there_and_back(text: str) -> None:
    held = QtText(text)
    for position in range(len(text) + 1):
        assert held.from_utf16(held.to_utf16(position)) == position
    units = held.units(0, held.length_utf16)
    assert len(units) == held.length_utf16
    assert "".join(units) == text


@given(text=HARD, data=st.data())
def test_paragraphs_of_a_range(text: str, data: st.DataObject) -> None:
    held = QtText(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    numbers = held.paragraph_numbers(start, end)
    touched = {held.paragraph_number(position) for position in range(start, end)} or {held.paragraph_number(start)}
    assert set(numbers) == touched


def test_a_text_that_qt_changes_is_refused(qapp: QApplication) -> None:
    held = QtText("abc")
    held.shown = "ab"
    with pytest.raises(TextMismatchError):
        held.fill(QTextDocument())
