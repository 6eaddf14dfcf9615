# SPDX-License-Identifier: MIT
"""Tagging by mouse and by keyboard, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.ops import articles
from annotator.ops import tags as tag_acts

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def test_seeds_are_listed_and_the_first_is_shown(seeds):
    assert seeds.window.desk.articles.model.rowCount() == 5
    assert seeds.view.article_id == seeds.session.article_id
    assert seeds.window.status.saved == "All saved · 0 tags"
    assert seeds.window.status.position == "Article 1 of 5"


def test_double_click_and_key_tag_a_word(seeds):
    seeds.select("غانتس")
    seeds.press(Qt.Key.Key_1)
    span = seeds.session.span(seeds.session.tag_id)
    assert (span.quote, span.label_id) == ("غانتس", "ACTOR")
    assert seeds.view.snapped_selection() is None
    assert seeds.window.status.message == "Tag “\u2068غانتس\u2069” as \u2068Actor\u2069"
    assert seeds.window.status.saved == "All saved · 1 tag"
    assert seeds.window.desk.inspector.model.rowCount() == 1


def test_a_button_of_the_palette_tags_and_never_takes_the_focus(seeds):
    seeds.select("حماس")
    palette = seeds.window.desk.pane.palette_box
    assert palette.isVisible()
    assert seeds.view.viewport().rect().contains(palette.geometry())
    QTest.mouseClick(palette.buttons["EVENT"], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is seeds.view
    assert not palette.isVisible()
    assert seeds.labels() == ["EVENT"]


def test_escape_drops_the_selection_and_the_palette(seeds):
    seeds.select("حماس")
    seeds.press(Qt.Key.Key_Escape)
    assert not seeds.window.desk.pane.palette_box.isVisible()
    assert seeds.view.selection() is None


def test_keyboard_alone_selects_and_tags(seeds):
    seeds.view.select(0, 0)
    seeds.press(Qt.Key.Key_Left, CTRL | SHIFT)
    seeds.press(Qt.Key.Key_3)
    assert seeds.labels() == ["STANCE"]
    assert seeds.session.spans()[0].start == 0


def test_a_label_key_without_selection_gives_the_current_tag_that_label(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_2)
    assert seeds.labels() == ["EVENT"]
    assert seeds.window.desk.inspector.details.labels["EVENT"].isChecked()


def test_arabic_digits_tag_too(seeds):
    seeds.select("غانتس")
    QTest.sendKeyEvent(QTest.KeyAction.Click, seeds.view, Qt.Key(0x0662), "٢", Qt.KeyboardModifier.NoModifier)
    assert seeds.labels() == ["EVENT"]


def test_tags_overlap_and_a_click_goes_from_one_to_the_other(seeds):
    start, end = seeds.find("غانتس")
    first = seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.tag("غانتس", Qt.Key.Key_3)
    assert sorted(seeds.labels()) == ["ACTOR", "STANCE"]
    seeds.session.select_tag(None)
    seen = set()
    for _ in range(2):
        seeds.click_tag(start, end)
        seen.add(seeds.session.tag_id)
    assert len(seen) == 2
    assert first in seen


def test_delete_undo_and_redo_name_what_they_do(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_Delete)
    assert seeds.labels() == []
    assert seeds.window.action("undo").text() == "Undo: \u2068Delete 1 tag\u2069"
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert seeds.labels() == ["ACTOR"]
    assert seeds.window.action("undo").text() == "Undo: \u2068Tag “\u2068غانتس\u2069” as \u2068Actor\u2069\u2069"
    assert seeds.window.action("redo").text() == "Redo: \u2068Delete 1 tag\u2069"
    seeds.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert seeds.labels() == []


def test_undo_beside_the_message_undoes(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    QTest.mouseClick(seeds.window.status.undo_button, Qt.MouseButton.LeftButton)
    assert seeds.labels() == []
    assert not seeds.window.status.undo_button.isVisible()


def test_undo_in_another_article_goes_there(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    first = seeds.session.article_id
    seeds.press(Qt.Key.Key_PageDown, CTRL)
    assert seeds.session.article_id != first
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert seeds.session.article_id == first


def test_undo_of_an_act_on_many_articles_stays_in_the_one_shown(seeds):
    articles = [article.id for article in seeds.session.project.articles()]
    made = [seeds.session.run(tag_acts.add_tag, article_id, 0, 4, "ACTOR") for article_id in articles]
    seeds.session.run(tag_acts.delete_tags, [changes.rows[0].record.id for changes in made])
    seeds.session.select_article(articles[3])
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert seeds.session.article_id == articles[3]
    assert len(seeds.labels()) == 1


def test_the_foot_of_the_window_is_as_high_with_undo_as_without(seeds):
    seeds.window.status.tell("")
    QApplication.processEvents()
    height = seeds.view.height()
    seeds.window.status.tell("Done.", undo=True)
    QApplication.processEvents()
    assert seeds.view.height() == height


def test_next_and_previous_tag_go_round(seeds):
    ids = [seeds.tag(word, Qt.Key.Key_1) for word in ("حماس", "وإيران", "غانتس")]
    seeds.press(Qt.Key.Key_Down, ALT)
    assert seeds.session.tag_id == ids[0]
    seeds.press(Qt.Key.Key_Down, ALT)
    assert seeds.session.tag_id == ids[1]
    seeds.press(Qt.Key.Key_Up, ALT)
    seeds.press(Qt.Key.Key_Up, ALT)
    assert seeds.session.tag_id == ids[2]
    assert seeds.window.status.position == "Tag 3 of 3 · Article 1 of 5"


def test_edges_grow_and_shrink_by_word_and_by_character(seeds):
    tag_id = seeds.tag("حماس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_E)
    assert seeds.session.span(tag_id).quote == "حماس وإيران"
    seeds.press(Qt.Key.Key_E, SHIFT)
    assert seeds.session.span(tag_id).quote == "حماس"
    seeds.press(Qt.Key.Key_S, SHIFT | ALT)
    assert seeds.session.span(tag_id).quote == "ماس"
    seeds.press(Qt.Key.Key_S, ALT)
    assert seeds.session.span(tag_id).quote == "حماس"


def test_bounds_are_taken_from_the_selection(seeds):
    tag_id = seeds.tag("حماس", Qt.Key.Key_1)
    start, _ = seeds.find("حماس")
    seeds.view.select(start, seeds.find("وإيران")[1])
    seeds.press(Qt.Key.Key_B)
    assert seeds.session.span(tag_id).quote == "حماس وإيران"
    assert len(seeds.session.spans()) == 1


def test_moving_the_caret_away_lets_go_of_the_tag(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.click_tag(*seeds.find("مباحثات"))
    assert seeds.session.tag_id is None


def test_a_note_is_written_with_the_key_and_kept_when_left(seeds):
    tag_id = seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.press(Qt.Key.Key_N)
    note = seeds.window.desk.inspector.details.note
    assert QApplication.focusWidget() is note
    QTest.keyClicks(note, "1 minister")
    seeds.view.setFocus()
    assert seeds.session.span(tag_id).note == "1 minister"
    assert len(seeds.session.spans()) == 1
    assert seeds.window.desk.inspector.model.index_of(tag_id).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Actor: \u2068غانتس\u2069. Note: \u20681 minister\u2069".replace("Actor", "\u2068Actor\u2069")
    )


def test_a_tag_chosen_in_the_list_is_shown_in_the_text(seeds):
    tag_id = seeds.tag("غانتس", Qt.Key.Key_1)
    seeds.session.select_tag(None)
    view = seeds.window.desk.inspector.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0)).center())
    assert seeds.session.tag_id == tag_id


def test_what_cannot_be_done_is_said_in_the_window(seeds):
    seeds.tag("غانتس", Qt.Key.Key_1)
    start, end = seeds.find("غانتس")
    seeds.session.run(tag_acts.add_tag, seeds.session.article_id, start, end, "EVENT")
    seeds.press(Qt.Key.Key_2)
    assert "\u2068غانتس\u2069" in seeds.window.banner.text
    assert seeds.window.banner.isVisible()
    seeds.press(Qt.Key.Key_Escape)
    assert seeds.window.banner.text == ""


def test_marking_done_shows_in_list_and_header_and_can_be_undone(seeds):
    QTest.mouseClick(seeds.window.desk.pane.done_button, Qt.MouseButton.LeftButton)
    article_id = seeds.session.article_id
    assert seeds.session.project.article(article_id).state is ArticleState.DONE
    button = seeds.window.desk.pane.done_button
    done = button.text()
    assert button.isChecked()
    seeds.window.action("undo").trigger()
    assert seeds.session.project.article(article_id).state is ArticleState.UNTOUCHED
    assert not button.isChecked()
    assert button.text() != done
    # Turned by a click whose act was refused, it is turned back by the next act.
    button.setChecked(True)
    seeds.session.run(articles.set_note, article_id, "a note")
    assert not button.isChecked()


def test_note_and_title_of_an_article(seeds, dialogs):
    dialogs.answers |= {"NoteDialog": "check the date", "LineDialog": "عنوان آخر"}
    seeds.window.action("article_note").trigger()
    seeds.window.action("rename").trigger()
    article = seeds.session.project.article(seeds.session.article_id)
    assert (article.note, article.title) == ("check the date", "عنوان آخر")
    assert seeds.window.desk.pane.title.full_text == "عنوان آخر"


def test_removing_an_article_says_what_goes_along(seeds, dialogs):
    seeds.tag("غانتس", Qt.Key.Key_1)
    gone = seeds.session.article_id
    dialogs.answers["ConfirmDialog"] = True
    seeds.window.action("remove").trigger()
    assert "1 tag goes with it." in dialogs.text()
    assert seeds.window.desk.articles.model.count == 4
    assert seeds.session.article_id not in (gone, None)
    seeds.window.action("undo").trigger()
    assert seeds.window.desk.articles.model.count == 5
    assert seeds.session.article_id == gone
    assert seeds.labels() == ["ACTOR"]


def test_the_last_articles_removed_leave_an_empty_page(seeds, dialogs):
    dialogs.answers["ConfirmDialog"] = True
    seeds.window.desk.articles.view.selectAll()
    seeds.window.action("remove").trigger()
    assert seeds.session.article_id is None
    assert seeds.window.desk.articles.model.count == 0
    seeds.window.action("undo").trigger()
    assert seeds.session.article_id is not None


def test_panes_are_reached_by_key(seeds):
    seeds.view.setFocus()
    seeds.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is seeds.window.desk.inspector.view
    seeds.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is seeds.window.desk.articles.view
    seeds.press(Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is seeds.window.desk.inspector.view


@pytest.mark.parametrize(
    ("needle", "found"),
    [("اردوغان", "أردوغان"), ("غـانتس", "غانتس"), ("حَماس", "حماس")],
)
def test_find_ignores_marks_tatweel_and_hamza(seeds, needle, found):
    seeds.press(Qt.Key.Key_F, CTRL)
    bar = seeds.window.desk.pane.find_bar
    assert QApplication.focusWidget() is bar.field
    bar.field.setText(needle)
    assert found in [seeds.text[slice(*match)] for match in bar.matches]


def test_find_counts_goes_on_and_closes(seeds):
    seeds.press(Qt.Key.Key_F, CTRL)
    bar = seeds.window.desk.pane.find_bar
    bar.field.setText("غانتس")
    total = len(bar.matches)
    assert total > 1
    assert bar.count.text() == f"1 of {total}"
    seeds.press(Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {total}"
    seeds.press(Qt.Key.Key_Return, SHIFT)
    seeds.press(Qt.Key.Key_Return, SHIFT)
    assert bar.count.text() == f"{total} of {total}"
    bar.field.setText("xyz")
    assert bar.count.text() == "Not found"
    seeds.press(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is seeds.view


def test_the_filter_of_the_list_folds_arabic(seeds):
    panel = seeds.window.desk.articles
    panel.filter.setText("اذربيجان")
    assert panel.model.rowCount() == 1
    seeds.press(Qt.Key.Key_G, CTRL)
    seeds.press(Qt.Key.Key_Return)
    assert seeds.text.startswith("أذربيجان")
    panel.filter.clear()
    assert panel.model.rowCount() == 5
    assert panel.view.currentIndex().row() == 4


def test_a_failed_act_is_told_and_changes_nothing(seeds):
    def refuse(project):
        raise UserError("nothing_to_undo")

    with seeds.qtbot.waitSignal(seeds.session.failed):
        assert seeds.session.run(refuse) is None
    assert seeds.window.banner.text == "There is nothing to undo."
