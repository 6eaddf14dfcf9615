# SPDX-License-Identifier: MIT
"""Reaching everything: by keyboard, on an Arabic keyboard, without Alt, by ear; nothing pushed out of sight."""

import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QLineEdit

from annotator.ops.importing import import_files
from annotator.ops.projects import default_scheme
from annotator.ui.actions import all_actions
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.dialogs.settings import SettingsDialog
from annotator.ui.dialogs.tables import TextTable
from annotator.ui.keys import with_arabic
from annotator.ui.theme import DARK, LIGHT, TEXT_CONTRAST, contrast

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def focus():
    return QApplication.focusWidget()


def drag(view, start, end, *, held, at_the_end):
    """Drag over characters, from and to where each begins and ends on the screen, in a text from right to left."""
    first, last = view.span_rects(start, start + 1)[0], view.span_rects(end - 1, end)[0]
    places = QPointF(first.right() - 1, first.center().y()), QPointF(last.left() + 1, last.center().y())
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
    for kind, place, modifier in zip(kinds, (*places, places[1]), (held, held, at_the_end), strict=True):
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
        buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        port = view.viewport()
        event = QMouseEvent(kind, place, QPointF(port.mapToGlobal(place.toPoint())), button, buttons, modifier)
        QApplication.sendEvent(port, event)


def add_articles(hand, folder, *texts):
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    hand.session.announce(import_files(hand.session.project, [folder])[0])


# Tab


@pytest.mark.parametrize("language", ["en", "ar"])
def test_tab_reaches_every_control_and_comes_round(seeds, language):
    seeds.window.viewing.choose("language", language)
    seeds.tag("غانتس", Qt.Key.Key_1)
    desk = seeds.window.desk
    QApplication.processEvents()
    desk.articles.filter.setFocus()
    reached = []
    while focus() not in reached:
        reached.append(focus())
        seeds.press(Qt.Key.Key_Tab)
    details = desk.inspector.details
    assert reached[:5] == [
        desk.articles.filter,
        desk.articles.view,
        desk.pane.note_button,
        desk.pane.done_button,
        desk.pane.view,
    ]
    assert {desk.inspector.view, details.note, details.delete_button} <= set(reached)
    assert {*details.labels.values(), *details.edges.values(), seeds.window.status.undo_button} <= set(reached)
    assert focus() is desk.articles.filter


def test_the_focus_returns_to_the_text_when_the_details_go(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_N)
    QTest.keyClicks(focus(), "123 nse")
    seeds.press(Qt.Key.Key_Escape)
    assert focus() is seeds.view
    assert seeds.labels() == ["ACTOR"]
    assert seeds.session.spans()[0].note == "123 nse"
    seeds.session.select_tag(seeds.session.spans()[0].id)
    seeds.press(Qt.Key.Key_N)
    seeds.press(Qt.Key.Key_PageDown, CTRL)
    assert focus() is seeds.view


def test_the_keyboard_goes_on_after_a_change_of_language_or_theme(seeds):
    for command in ("language.ar", "theme.dark"):
        seeds.window.action(command).trigger()
        QApplication.processEvents()
        assert focus() is seeds.view


def test_escape_clears_the_filter_and_then_leaves_it(seeds):
    field = seeds.window.desk.articles.filter
    field.setFocus()
    QTest.keyClicks(field, "123 nsebx")
    assert seeds.labels() == []
    seeds.press(Qt.Key.Key_Escape)
    assert field.text() == ""
    assert focus() is field
    seeds.press(Qt.Key.Key_Down)
    assert focus() is seeds.window.desk.articles.view
    field.setFocus()
    seeds.press(Qt.Key.Key_Escape)
    assert focus() is seeds.view


# Menus and keys


@pytest.mark.parametrize("language", ["en", "ar"])
def test_menus_open_by_keys_that_stand_for_nothing_else(seeds, language):
    seeds.window.viewing.choose("language", language)
    menus = [action.text() for action in seeds.window.menuBar().actions()]
    assert all(text.count("&") == 1 for text in menus)
    mnemonics = [QKeySequence.mnemonic(text).toString() for text in menus]
    taken = [key.toString() for action in seeds.window.commands.actions.values() for key in action.shortcuts()]
    assert len({*mnemonics}) == len(menus)
    assert not {*mnemonics} & {*taken}
    assert not any("&" in cell for row in seeds.window.commands.keys_table() for cell in row)


def test_letters_and_digits_are_keys_on_an_arabic_keyboard_too():
    assert with_arabic(["Ctrl+Z", "Ctrl+Y"]) == ["Ctrl+Z", "Ctrl+Y", "Ctrl+ئ", "Ctrl+غ"]
    assert with_arabic(["1", "F3", "Del", "Ctrl++", "Shift+Up"]) == ["1", "F3", "Del", "Ctrl++", "Shift+Up", "١"]
    keys = [QKeySequence(key) for spec in all_actions(default_scheme()) for key in with_arabic(spec.keys)]
    assert len({key.toString() for key in keys}) == len(keys)
    assert all(key.count() == 1 for key in keys)


# The first is said of any letter that is not Latin, the second by the platform without a screen.
@pytest.mark.qt_log_ignore("keyToAscii", "does not support propagateSizeHints")
def test_an_arabic_keyboard_without_a_latin_layout_edits_and_undoes(seeds):
    seeds.tag("غانتس", Qt.Key(ord("١")))
    seeds.press(Qt.Key(ord("ث")))
    assert seeds.session.spans()[0].quote == "غانتس مع"
    seeds.press(Qt.Key(ord("ئ")), CTRL)
    assert seeds.session.spans()[0].quote == "غانتس"
    seeds.press(Qt.Key(ord("ى")))
    assert focus() is seeds.window.desk.inspector.details.note


def test_an_ampersand_in_a_quote_is_shown(seeds, tmp_path):
    add_articles(seeds, tmp_path / "in", "شركة AT&T في أنقرة")
    seeds.session.select_article(seeds.session.project.articles(5, 1)[0].id)
    seeds.tag("AT&T", Qt.Key.Key_1)
    assert "AT&&T" in seeds.window.action("undo").text()
    assert "AT&T" in seeds.window.action("undo").toolTip()


@pytest.mark.parametrize(("language", "shown"), [("en", "Larger text"), ("ar", "تكبير النص\t\u2068Ctrl++\u2069")])
def test_keys_that_end_in_a_sign_keep_their_order_in_arabic_menus(seeds, language, shown):
    seeds.window.viewing.choose("language", language)
    assert seeds.window.action("zoom_in").text() == shown
    assert "\t" not in seeds.window.action("zoom_in").iconText()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chosen_item_of_a_menu_can_be_read(seeds, theme):
    seeds.window.viewing.choose("theme", theme.name)
    menu = seeds.window.menuBar().actions()[0].menu()
    chosen = menu.actions()[1]
    menu.ensurePolished()
    menu.adjustSize()
    quiet = menu.grab(menu.actionGeometry(chosen)).toImage()
    menu.setActiveAction(chosen)
    picture = menu.grab(menu.actionGeometry(chosen)).toImage()
    assert picture != quiet
    ground = picture.pixelColor(picture.width() // 2, 2)
    inks = {picture.pixelColor(x, y).rgb() for x in range(40, 90) for y in range(4, picture.height() - 4)}
    assert max(contrast(ground, QColor(ink)) for ink in inks) >= TEXT_CONTRAST


# Single characters


@pytest.mark.parametrize("modifier", [ALT, CTRL])
def test_a_drag_with_alt_or_ctrl_takes_single_characters(seeds, modifier):
    start, _ = seeds.find("غانتس")
    drag(seeds.view, start, start + 3, held=modifier, at_the_end=modifier)
    assert seeds.view.snapped_selection() == (start, start + 3)


def test_ctrl_pressed_at_the_end_of_a_drag_is_for_a_copy(seeds):
    start, end = seeds.find("غانتس")
    drag(seeds.view, start, start + 3, held=NONE, at_the_end=CTRL)
    assert seeds.view.snapped_selection() == (start, end)


def test_single_characters_are_taken_without_a_modifier_when_switched_on(seeds):
    start, _ = seeds.find("غانتس")
    action = seeds.window.action("characters")
    for wanted, length in ((True, 1), (False, len("غانتس"))):
        seeds.press(Qt.Key.Key_X)
        assert action.isChecked() is wanted
        seeds.view.select(start, start)
        seeds.press(Qt.Key.Key_Left, SHIFT)
        assert seeds.view.snapped_selection() == (start, start + length)


def test_an_edge_shrinks_by_a_character_without_alt_and_shift(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_S, CTRL | ALT)
    assert seeds.session.spans()[0].quote == "انتس"


# Long and many


def test_all_of_a_long_list_is_selected_not_only_what_was_scrolled_to(seeds, tmp_path):
    add_articles(seeds, tmp_path / "in", *(f"Article {number}" for number in range(300)))
    seeds.window.desk.articles.view.setFocus()
    seeds.press(Qt.Key.Key_A, CTRL)
    assert len(seeds.window.desk.articles.selected()) == 305


def test_a_filtered_list_says_no_wrong_number(seeds):
    panel, status = seeds.window.desk.articles, seeds.window.status
    panel.filter.setText("أذربيجان")
    assert panel.model.rowCount() == 1
    assert "Article" not in status.position
    panel.filter.setText("zzz")
    assert panel._count.text() == "Not found"
    panel.filter.clear()
    assert status.position == "Article 1 of 5"
    assert panel._count.text() == "5 articles"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_pushed_out_of_a_small_window(seeds, tmp_path, language):
    window = seeds.window
    window.viewing.choose("language", language)
    window.resize(200, 200)
    add_articles(seeds, tmp_path / "in", "ه" * 300 + "\nهذا " + "س" * 300 + " نص")
    seeds.session.select_article(seeds.session.project.articles(5, 1)[0].id)
    seeds.view.select(*seeds.find("س" * 300))
    window.desk.pane.palette_box.place()
    assert window.width() >= window.desk.minimumSizeHint().width()
    assert window.desk.pane.palette_box.geometry().right() < seeds.view.viewport().width()
    seeds.press(Qt.Key.Key_1)
    details = window.desk.inspector.details
    QApplication.processEvents()
    status = window.status
    assert status.rect().contains(status._position.parentWidget().geometry())
    assert status._message.toolTip() == status.message
    assert details.width() <= window.desk.inspector.width()
    shown = (*details.labels.values(), *details.edges.values(), details.note, details.delete_button)
    assert all(details.rect().contains(widget.geometry()) for widget in shown)


# By ear, and in dialogs


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_line_of_a_dialog_is_cut_off(seeds, language):
    seeds.window.viewing.choose("language", language)
    dialog = AboutDialog(seeds.window)
    seeds.qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    for text in dialog.findChildren(QLabel):
        if text.wordWrap():
            assert text.height() >= text.heightForWidth(text.width())


def test_cells_run_by_their_content(qapp):
    table = TextTable(("File", "Title"), [("1256.txt", "غانتس في أنقرة AB")])
    assert [table.data(table.index(0, column)) for column in (0, 1)] == [
        "\u20681256.txt\u2069",
        "\u2068غانتس في أنقرة AB\u2069",
    ]
    assert "\u2068" not in table.as_text()


def test_a_screen_reader_is_told_what_was_done_and_which_tag_is_current(seeds, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.session.select_tag(None)
    seeds.press(Qt.Key.Key_Down, ALT)
    assert any(text.startswith("Tag ") for text in said)
    assert "Actor" in said[-1]
    assert "غانتس" in said[-1]


def test_numbers_in_the_settings_have_the_digits_of_the_window(hand, program, monkeypatch):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Arabic, QLocale.Country.Egypt))
    dialog = SettingsDialog(hand.window, program.settings)
    hand.qtbot.addWidget(dialog)
    QLocale.setDefault(before)
    fields = [box.findChild(QLineEdit).text() for box in dialog.findChildren(QDoubleSpinBox)]
    assert fields
    assert all(text.replace(".", "").isascii() for text in fields)
