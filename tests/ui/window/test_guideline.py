# SPDX-License-Identifier: MIT
"""The guideline: read in the drawer, searched, loading nothing, in the direction of what it says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.names import Name
from annotator.ops.scheme import change_scheme
from annotator.ui.scheme.guideline_page import GuidelinePage

from .conftest import Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier


def opened(hand: Hand) -> GuidelinePage:
    hand.view.setFocus()
    hand.press(Qt.Key.Key_F1, SHIFT)
    page = hand.window.desk.drawer.built("guideline")
    assert isinstance(page, GuidelinePage)
    QApplication.processEvents()
    return page


def write(hand: Hand, english: str, arabic: str = "") -> None:
    scheme = hand.session.project.scheme
    hand.session.run(change_scheme, replace(scheme, guideline=Name(english, arabic)))


@pytest.mark.parametrize(
    ("language", "direction", "word"),
    [("en", Qt.LayoutDirection.LeftToRight, "Tagging"), ("ar", Qt.LayoutDirection.RightToLeft, "توسيم")],
)
def test_it_is_read_in_the_language_of_the_interface(
    seeds: Hand, language: str, direction: Qt.LayoutDirection, word: str
) -> None:
    seeds.window.viewing.choose("language", language)
    page = opened(seeds)
    assert QApplication.focusWidget() is page.browser
    assert page.browser.isReadOnly()
    assert page.browser.document().toPlainText().startswith(word)
    assert page.browser.document().defaultTextOption().textDirection() is direction


def test_the_other_language_stands_in_and_none_is_said_to_be_none(seeds: Hand) -> None:
    write(seeds, "", "# دليل\n\nنص")
    page = opened(seeds)
    assert page.browser.document().toPlainText().startswith("دليل")
    assert page.browser.layoutDirection() is Qt.LayoutDirection.RightToLeft
    write(seeds, "")
    page = opened(seeds)
    assert page.browser.document().toPlainText() == ""
    assert "no guideline" in page.browser.placeholderText()


def test_words_are_found_whatever_their_spelling(seeds: Hand) -> None:
    write(seeds, "# One\n\nإردوغان and أردوغان 😀 اردوغان")
    page = opened(seeds)
    page.field.setFocus()
    page.field.setText("اردوغان")
    assert page.count.text() == "1 of 3"
    found = [one.cursor.selectedText() for one in page.browser.extraSelections()]  # type: ignore[attr-defined]
    assert found == ["إردوغان", "أردوغان", "اردوغان"]
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.count.text() == "2 of 3"
    QTest.keyClick(page.field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(page.field, Qt.Key.Key_Return, SHIFT)
    assert page.count.text() == "3 of 3"
    page.field.setText("nowhere")
    assert (page.count.text(), page.next_button.isEnabled()) == ("Not found", False)
    page.field.clear()
    assert page.count.text() == ""


def test_nothing_is_loaded_and_no_link_is_followed(seeds: Hand, tmp_path) -> None:  # type: ignore[no-untyped-def]
    picture = tmp_path / "x.png"
    seeds.window.grab().save(str(picture))
    write(seeds, f"![x]({QUrl.fromLocalFile(str(picture)).toString()}) [here](https://example.org) <b>raw</b>")
    page = opened(seeds)
    browser = page.browser
    assert browser.loadResource(2, QUrl.fromLocalFile(str(picture))) is None
    assert not browser.openLinks()
    before = browser.document().toPlainText()
    browser.anchorClicked.emit(QUrl("https://example.org"))
    browser.highlighted.emit(QUrl("https://example.org"))
    assert browser.toolTip() == "https://example.org"
    assert browser.document().toPlainText() == before
    assert "<b>" in before


def test_it_grows_with_the_article_and_comes_back_after_a_restyle(seeds: Hand) -> None:
    page = opened(seeds)
    size = page.browser.document().defaultFont().pointSizeF()
    seeds.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page.browser.document().defaultFont().pointSizeF() == pytest.approx(size * 1.1)
    seeds.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert page.browser.document().defaultFont().pointSizeF() == pytest.approx(size)
    seeds.window.viewing.choose("text_size", 30.0)
    assert opened(seeds).browser.document().defaultFont().pointSizeF() > size
    page.field.setText("stance")
    seeds.window.action("theme.dark").trigger()
    again = seeds.window.desk.drawer.built("guideline")
    assert isinstance(again, GuidelinePage)
    assert again.field.text() == "stance"
    assert seeds.window.desk.drawer.title == "Guideline"


def test_the_panel_of_tags_leads_there(seeds: Hand) -> None:
    seeds.window.desk.inspector.guideline_requested.emit()
    assert seeds.window.desk.drawer.current == "guideline"
    assert QApplication.focusWidget() is seeds.window.desk.drawer.built("guideline").browser  # type: ignore[union-attr]
