# SPDX-License-Identifier: MIT
"""The lists of places in the drawer, by real keys and clicks: all occurrences of a name, and tags found again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.model.span import Certainty, Origin
from annotator.ops import actors, tags
from annotator.text.occurrences import Doubt
from annotator.ui.hits import acts
from annotator.ui.hits import model as model_module
from annotator.ui.hits import occurrences as occurrences_module
from annotator.ui.hits import tags as tags_page
from annotator.ui.hits.model import HitModel, Role
from annotator.ui.hits.tags import Filter

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GANTZ, GANTZ_TOO = "غانتس", "جانتس"


@pytest.fixture
def known(seeds):
    """The sample articles, with their words counted."""
    seeds.qtbot.waitUntil(lambda: seeds.window.evidence.evidence is not None, timeout=10_000)
    return seeds


def page_of(hand):
    page = hand.window.desk.drawer.built(hand.window.desk.drawer.current)
    hand.qtbot.waitUntil(lambda: not page.search.is_running, timeout=10_000)
    QApplication.processEvents()
    return page


def open_occurrences(hand, word):
    hand.view.setFocus()
    hand.view.select(*hand.find(word))
    hand.press(KEY.Key_O)
    return page_of(hand)


def open_tags(hand, wanted=None):
    hand.view.setFocus()
    if wanted is None:
        hand.press(KEY.Key_T, CTRL)
        assert QApplication.focusWidget() is page_of(hand).text
        hand.press(KEY.Key_Return)
    else:
        hand.window.hits.open_tags(wanted)
    return page_of(hand)


def two_spellings(hand):
    """Tag a name in two spellings and link both to one actor."""
    project = hand.session.project
    ids = []
    for word in (GANTZ, GANTZ_TOO):
        article, text = next((article, text) for article, text in project.texts() if word in text)
        start = text.index(word)
        changes = hand.session.run(tags.add_tag, article.id, start, start + len(word), "ACTOR")
        ids.append(changes.rows[0].record.id)
    actor = actors.draft_actor(project, "بيني غانتس")
    hand.session.run(actors.add_actor, actor, ids)
    return actor.id, ids


def spot(page, row, *, on_box=False):
    rect = page.view.visualRect(page.model.index(row))
    if not on_box:
        return rect.center()
    rtl = page.view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return QPoint(rect.right() - 18 if rtl else rect.left() + 18, rect.center().y())


def test_all_occurrences_of_an_actor_in_all_articles_by_two_keys_and_undone_by_one(known):
    actor_id, ids = two_spellings(known)
    project = known.session.project
    known.session.select_article(project.span(ids[0]).article_id)
    known.session.select_tag(ids[0])
    known.view.setFocus()
    known.press(KEY.Key_O)
    page = page_of(known)
    assert QApplication.focusWidget() is page.view
    assert page.model.ticked_count == page.model.count == 24
    assert page.act_button.text() == "Tag 24 occurrences as \u2068Actor\u2069"
    known.press(KEY.Key_T)
    mentions = project.linked_spans([actor_id])
    assert sum(GANTZ in span.quote for span in mentions) == 20
    assert sum(GANTZ_TOO in span.quote for span in mentions) == 6
    assert {span.origin for span in mentions if span.id not in ids} == {Origin.PROPAGATED}
    assert known.window.status.message == "Tag 24 occurrences as \u2068Actor\u2069"
    assert page.model.count == 0
    assert QApplication.focusWidget() is page.view
    known.press(KEY.Key_Z, CTRL)
    assert project.span_count() == 2
    assert page_of(known).model.ticked_count == 24
    known.press(KEY.Key_Z, CTRL | SHIFT)
    assert project.linked_spans([actor_id]) == mentions
    assert page_of(known).model.count == 0


def test_what_wants_a_second_look_comes_last_under_a_heading_and_unticked(known):
    page = open_occurrences(known, GANTZ)
    items = [page.model.item(row) for row in range(page.model.rowCount())]
    heading = items.index(None)
    assert all(item.doubt is None for item in items[:heading])
    assert {item.doubt for item in items[heading + 1 :]} == {Doubt.SPELLING}
    assert page.model.ticked() == items[:heading]
    assert page.model.index(heading).data() == "Take a second look"
    assert page.model.index(heading).flags() == Qt.ItemFlag.NoItemFlags
    told = page.model.index(heading + 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Another spelling" in told
    assert f"«{GANTZ_TOO}»" in told


def test_keys_tick_one_many_and_all(known):
    page = open_occurrences(known, GANTZ)
    total = page.model.ticked_count
    known.press(KEY.Key_Space)
    assert page.model.ticked_count == total - 1
    known.press(KEY.Key_Down)
    known.press(KEY.Key_Down, SHIFT)
    known.press(KEY.Key_Space)
    assert page.model.ticked_count == total - 3
    known.press(KEY.Key_A, CTRL)
    known.press(KEY.Key_Space)
    assert page.model.ticked_count == page.model.count
    known.press(KEY.Key_Space)
    assert page.model.ticked_count == 0
    assert not page.act_button.isEnabled()
    known.press(KEY.Key_T)
    assert known.session.project.span_count() == 0


def test_the_arrow_passes_over_the_heading(known):
    page = open_occurrences(known, GANTZ)
    heading = next(row for row in range(page.model.rowCount()) if page.model.item(row) is None)
    page.view.go_to_row(heading - 1)
    known.press(KEY.Key_Down)
    assert page.view.currentIndex().row() == heading + 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_mouse_ticks_and_goes(known, language):
    known.window.viewing.choose("language", language)
    page = open_occurrences(known, GANTZ)
    total = page.model.ticked_count
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, 1, on_box=True))
    assert page.model.ticked_count == total - 1
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, 1, on_box=True))
    assert page.model.ticked_count == total
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, 0))
    assert page.model.ticked_count == total
    last = page.model.rowCount() - 1
    page.view.scrollToBottom()
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, last))
    hit = page.model.item(last)
    assert (known.session.article_id, known.view.selection()) == (hit.article_id, (hit.start, hit.end))
    QTest.mouseClick(page.act_button, Qt.MouseButton.LeftButton)
    assert known.session.project.span_count() == total


def test_enter_goes_to_a_hit_and_the_focus_stays(known):
    page = open_occurrences(known, GANTZ)
    page.view.go_to_row(page.model.rowCount() - 1)
    known.press(KEY.Key_Return)
    hit = page.model.item(page.model.rowCount() - 1)
    assert known.session.article_id == hit.article_id
    assert known.text[slice(*known.view.snapped_selection())] == hit.quote
    assert QApplication.focusWidget() is page.view


def test_names_scope_and_label_can_be_changed(known):
    page = open_occurrences(known, GANTZ)
    alone = page.model.ticked_count
    page.names.setFocus()
    page.names.setText(f"{GANTZ}، {GANTZ_TOO} ,, {GANTZ}")
    known.press(KEY.Key_Return)
    page_of(known)
    assert page.quest.names == (GANTZ, GANTZ_TOO)
    assert page.model.ticked_count == page.model.count > alone
    page.scope.setFocus()
    known.press(KEY.Key_Down)
    page_of(known)
    assert not page.quest.everywhere
    assert {item.article_id for item in page.model.ticked()} == {known.session.article_id}
    known.window.desk.articles.go(1)
    page_of(known)
    assert {item.article_id for item in page.model.ticked()} <= {known.session.article_id}
    page.labels.setFocus()
    known.press(KEY.Key_Down)
    page_of(known)
    assert page.quest.label_id == "EVENT"
    assert "Event" in page.act_button.text()


def test_a_name_that_stands_nowhere_leaves_an_empty_list_that_says_so(known):
    page = open_occurrences(known, GANTZ)
    page.names.setText("لاأحد")
    page.names.editingFinished.emit()
    page_of(known)
    assert page.model.rowCount() == 0
    assert page.nothing_found() == "No occurrence that is not tagged already."
    known.press(KEY.Key_T)
    page.names.setText(" ، ")
    page.names.editingFinished.emit()
    assert page_of(known).model.rowCount() == 0


def test_a_tag_made_meanwhile_leaves_the_list_and_what_was_unticked_stays_so(known):
    page = open_occurrences(known, GANTZ)
    page.model.set_ticked([(2, 2)], ticked=False)
    unticked, first, count = page.model.item(2), page.model.item(0), page.model.count
    known.session.run(tags.add_tag, first.article_id, first.start, first.end, "ACTOR")
    assert page.model.count == count - 1
    assert unticked not in page.model.ticked()
    known.session.run(tags.add_tag, unticked.article_id, unticked.start, unticked.end, "EVENT")
    assert page.model.count == count - 1


@pytest.mark.parametrize("few", [20, 0])
def test_the_list_keeps_up_with_acts_in_whatever_number_of_articles(known, monkeypatch, few):
    """Told row by row, or all at once behind the list: what is listed is what a new search would find."""
    monkeypatch.setattr(model_module, "_FEW", few)
    monkeypatch.setattr(occurrences_module, "_FEW", few)
    page = open_occurrences(known, GANTZ)

    def rows():
        return [page.model.item(row) for row in range(page.model.rowCount())]

    everything = rows()
    doubtful = [item for item in everything if item is not None and item.doubt is not None]
    page.model.set_ticked([(0, len(everything) - 1)], ticked=False)
    page.model.set_ticked([(everything.index(doubtful[0]), len(everything) - 1)], ticked=True)
    known.press(KEY.Key_T)
    assert page_of(known).model.count == len(everything) - 1 - len(doubtful)
    assert None not in rows()
    known.press(KEY.Key_Z, CTRL)
    assert page_of(known).model.count == len(everything) - 1
    assert rows() == everything


def test_an_actor_without_a_tag_is_looked_for_by_all_names(known):
    actor = actors.draft_actor(known.session.project, GANTZ)
    known.session.run(actors.add_actor, actor)
    known.window.hits.open_for_actor(actor.id)
    page = page_of(known)
    assert known.window.desk.drawer.title == f"Occurrences of \u2068{GANTZ}\u2069"
    known.press(KEY.Key_T)
    assert {span.actor_id for span in known.session.project.all_spans()} == {actor.id}
    assert page.model.ticked_count == 0


def test_another_language_shows_the_same_list(known):
    page = open_occurrences(known, GANTZ)
    count = page.model.count
    known.window.viewing.choose("language", "ar")
    again = page_of(known)
    assert again is not page
    assert again.model.count == count
    assert again.view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert known.window.desk.drawer.title == f"مواضع \u2068{GANTZ}\u2069"


def test_a_list_stays_while_the_search_behind_it_begins_anew_or_is_stopped(known):
    page = open_occurrences(known, GANTZ)
    count, first = page.model.count, page.model.item(0)
    page.model.set_ticked([(0, 0)], ticked=False)
    page.look_again()
    page.look_again()
    assert page.model.count == count
    page_of(known)
    assert page.model.count == count
    assert first not in page.model.ticked()
    assert page.model.ticked_count > 0
    page.look_again()
    QTest.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    assert not page.search.is_running
    assert page.model.count == count
    assert first not in page.model.ticked()


def test_nothing_is_tagged_while_the_search_still_goes_on(known):
    """Nobody has seen yet all that would be."""
    known.view.select(*known.find(GANTZ))
    known.press(KEY.Key_O)
    page = known.window.desk.drawer.built("hits")
    assert page.search.is_running
    page.act()
    assert "search is still going on" in known.window.status.message
    assert known.session.project.span_count() == 0
    assert not page.act_button.isEnabled()
    page_of(known)
    assert page.act_button.isEnabled()
    known.press(KEY.Key_T)
    assert known.session.project.span_count() == 20


def test_closing_the_project_stops_a_search(known):
    known.view.select(*known.find(GANTZ))
    known.press(KEY.Key_O)
    known.window.files.close_project()
    assert not known.window.is_working


def test_the_model_is_sound_while_it_grows(known, qtmodeltester):
    page = open_occurrences(known, GANTZ)
    items = [page.model.item(row) for row in range(page.model.rowCount())]
    model = HitModel(known.session, ticked=True)
    qtmodeltester.check(model)
    for item in [item for item in items if item is not None][::-1]:
        model.add([item])
    qtmodeltester.check(model)
    assert model.rowCount() == len(items)
    assert model.index(model.rowCount() - 1).data(Role.CONTEXT).quote in (GANTZ, GANTZ_TOO, "بيني جانتس")


def test_tags_are_found_and_the_chosen_ones_changed_in_one_step(known):
    _, ids = two_spellings(known)
    page = open_tags(known)
    assert QApplication.focusWidget() is page.view
    assert page.model.count == 2
    assert page.chosen() == ids[:1]
    known.press(KEY.Key_A, CTRL)
    assert sorted(page.chosen()) == sorted(ids)
    assert page.act_button.text() == "Change 2 tags"
    entries = {action.text(): action for action in menu_of(page).actions()}
    entries["Not sure"].trigger()
    project = known.session.project
    assert {project.span(span_id).certainty for span_id in ids} == {Certainty.UNSURE}
    assert known.window.status.message == "Change how sure 2 tags are"
    known.press(KEY.Key_Z, CTRL)
    assert {project.span(span_id).certainty for span_id in ids} == {Certainty.SURE}


def test_tags_are_deleted_by_key_and_come_back(known):
    _, ids = two_spellings(known)
    page = open_tags(known)
    known.press(KEY.Key_A, CTRL)
    known.press(KEY.Key_Space)
    known.press(KEY.Key_Delete)
    assert known.session.project.span_count() == 0
    assert page.model.rowCount() == 0
    known.press(KEY.Key_Z, CTRL)
    known.qtbot.waitUntil(lambda: page.model.count == 2)
    assert {page.model.item(row).span_id for row in range(2)} == set(ids)


def test_label_attribute_and_link_of_many_tags(known, monkeypatch):
    actor_id, ids = two_spellings(known)
    known.session.run(actors.unlink_tags, ids)
    project = known.session.project
    page = open_tags(known)
    known.press(KEY.Key_A, CTRL)
    monkeypatch.setattr(acts, "ActorPicker", type("Picker", (), {"ask": staticmethod(lambda *_: actor_id)}))
    {action.text(): action for action in menu_of(page).actions()}["Link to an actor…"].trigger()
    assert {project.span(span_id).actor_id for span_id in ids} == {actor_id}
    submenu(page, "Mention")["Title or noun"].trigger()
    assert {project.span(span_id).attributes["mention"] for span_id in ids} == {"NOM"}
    submenu(page, "Mention")["No value"].trigger()
    assert all("mention" not in project.span(span_id).attributes for span_id in ids)
    submenu(page, "Label")["Stance"].trigger()
    assert {project.span(span_id).label_id for span_id in ids} == {"STANCE"}
    assert page.model.index(0).data(Role.ITEM).label_id == "STANCE"


def test_the_filter_narrows_the_list(known, monkeypatch):
    actor_id, ids = two_spellings(known)
    known.session.run(tags.set_certainty, ids[:1], Certainty.UNSURE)
    assert open_tags(known, Filter(unsure_only=True)).chosen() == ids[:1]
    assert open_tags(known, Filter(label_id="EVENT")).model.rowCount() == 0
    assert open_tags(known, Filter(text=GANTZ_TOO)).chosen() == ids[1:]
    assert open_tags(known, Filter(actor_id=actor_id)).model.count == 2
    page = open_tags(known, Filter())
    page.text.setFocus()
    page.text.setText("جَانتس")
    known.press(KEY.Key_Return)
    page_of(known)
    assert page.model.count == 1
    page.text.clear()
    page.text.editingFinished.emit()
    monkeypatch.setattr(tags_page, "ActorPicker", type("Picker", (), {"ask": staticmethod(lambda *_: actor_id)}))
    QTest.mouseClick(page.actor_button, Qt.MouseButton.LeftButton)
    assert page_of(known).filter == Filter(actor_id=actor_id)
    assert page.actor_button.text() == "بيني غانتس"
    QTest.mouseClick(page.unsure, Qt.MouseButton.LeftButton)
    page_of(known)
    assert page.filter.unsure_only


def test_an_empty_list_hears_of_acts_without_complaint(known):
    _, ids = two_spellings(known)
    page = open_tags(known, Filter(unsure_only=True))
    assert page.model.count == 0
    known.session.run(tags.set_note, ids[0], "x")
    assert page.model.count == 0


def test_enter_goes_to_a_tag(known):
    two_spellings(known)
    page = open_tags(known)
    page.view.go_to_row(1)
    known.press(KEY.Key_Return)
    assert known.session.tag_id == page.model.item(1).span_id
    assert QApplication.focusWidget() is page.view


def test_without_a_selection_or_a_tag_there_is_nothing_to_look_for(known):
    known.view.select(0, 0)
    known.window.update_commands()
    assert not known.window.action("tag_occurrences").isEnabled()
    assert known.window.action("find_tags").isEnabled()


def menu_of(page) -> QMenu:
    page._menu.aboutToShow.emit()
    return page._menu


def submenu(page, name):
    menu = next(action.menu() for action in menu_of(page).actions() if action.text() == name)
    return {action.text(): action for action in menu.actions()}
