# SPDX-License-Identifier: MIT
"""Linking tags to actors and events: to the last, to one that is searched for, to a new one; by keys and by mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.changes import Op
from annotator.ops import actors as actor_acts
from annotator.ops import tags as tag_acts
from annotator.ui.fields.field_row import FieldRow
from annotator.ui.forms.lines import Kind
from annotator.ui.ranking import keys_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def panel(hand):
    return hand.window.linking.panel


def options(hand):
    return [line.text for line in panel(hand).model.lines if line.kind is Kind.OPTION]


def remarks(hand):
    return [line.value for line in panel(hand).model.lines if line.kind is Kind.OPTION]


def type_in(text):
    for char in text:
        QTest.sendKeyEvent(QTest.KeyAction.Click, QApplication.focusWidget(), Key(ord(char.upper())), char, NONE)


def linked(hand, tag_id=None):
    return hand.session.span(tag_id or hand.session.tag_id).actor_id


def actors(hand):
    return list(hand.session.project.actors.values())


def names(hand):
    return [actor.name_ar or actor.name_en for actor in actors(hand)]


def acts(hand):
    return [entry.op for entry in hand.session.project.history()]


def add_actor(hand, name_ar, name_en="", tag_ids=()):
    actor = actor_acts.draft_actor(hand.session.project, name_ar, name_en)
    hand.session.run(actor_acts.add_actor, actor, tag_ids)
    return actor.id


def test_a_linked_tag_takes_three_acts(seeds):
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    (actor,) = actors(seeds)
    start, end = seeds.find("غانتس", seeds.find("غانتس")[1])
    seeds.view.select(start, end)
    seeds.press(Key.Key_1)
    seeds.press(Key.Key_L)
    assert linked(seeds) == actor.id
    assert panel(seeds) is None


def test_a_new_actor_is_called_as_the_tag_says_and_undone_with_its_link(seeds):
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    assert names(seeds) == ["غانتس"]
    assert linked(seeds, tag) == actors(seeds)[0].id
    assert acts(seeds)[:2] == [Op.ADD_ACTOR, Op.ADD_TAG]
    seeds.press(Key.Key_Z, CTRL)
    assert actors(seeds) == []
    assert linked(seeds, tag) is None
    seeds.press(Key.Key_Z, CTRL | SHIFT)
    assert linked(seeds, tag) == actors(seeds)[0].id


def test_a_new_event_is_called_by_its_sentence_cut_short(seeds):
    seeds.tag("مباحثات", Key.Key_2)
    seeds.press(Key.Key_L, CTRL)
    (event,) = seeds.session.project.events.values()
    assert seeds.session.span(seeds.session.tag_id).event_id == event.id
    assert "مباحثات" in event.title
    assert len(event.title) <= 81
    first = seeds.session.tag_id
    seeds.tag("اجتمع", Key.Key_2)
    seeds.press(Key.Key_L)
    assert seeds.session.span(seeds.session.tag_id).event_id == event.id
    assert first != seeds.session.tag_id


def test_three_spellings_are_linked_to_one_actor(seeds):
    first = seeds.tag("أردوغان", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    second = seeds.tag("إردوغان", Key.Key_1)
    assert "A, Enter" in seeds.window.status.message
    seeds.press(Key.Key_A)
    assert options(seeds)[0] == "أردوغان"
    assert remarks(seeds)[0] == "same spelling"
    seeds.press(Key.Key_Return)
    seeds.press(Key.Key_PageDown, CTRL)
    for word in ("اردوغان", "أردوغان"):
        if word in seeds.text:
            third = seeds.tag(word, Key.Key_1)
            break
    seeds.press(Key.Key_A)
    seeds.press(Key.Key_1)
    project = seeds.session.project
    assert {span.id for span in project.linked_spans([actors(seeds)[0].id])} == {first, second, third}
    assert len(actors(seeds)) == 1
    seeds.press(Key.Key_Z, CTRL)
    assert linked(seeds, third) is None
    seeds.press(Key.Key_Z, CTRL | SHIFT)
    assert linked(seeds, third) is not None


@pytest.mark.parametrize("typed", ["بيني", "gantz", "غانتز"])
def test_one_is_searched_for_in_either_script(seeds, typed):
    for name in ("خلوصي أكار", "يائير لابيد"):
        add_actor(seeds, name)
    wanted = add_actor(seeds, "بيني غانتس", "Benny Gantz")
    seeds.tag("الأخير", Key.Key_1)
    seeds.press(Key.Key_A)
    type_in(typed)
    assert options(seeds)[0] == "Benny Gantz"
    seeds.press(Key.Key_Return)
    assert linked(seeds) == wanted
    assert QApplication.focusWidget() is seeds.view


def test_those_alike_come_first_then_those_of_the_article_then_those_mentioned_most(seeds):
    article = seeds.session.article_id
    often = add_actor(seeds, "هرتسوغ")
    add_actor(seeds, "سواه")
    here = seeds.tag("حماس", Key.Key_1)
    add_actor(seeds, "حركة المقاومة", tag_ids=[here])
    seeds.press(Key.Key_PageDown, CTRL)
    seeds.tag("تركيا", Key.Key_1)
    seeds.session.run(actor_acts.link_tags, [seeds.session.tag_id], often)
    seeds.session.select_article(article)
    seeds.view.setFocus()
    add_actor(seeds, "بيني غانتس")
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    assert options(seeds)[:4] == ["بيني غانتس", "حركة المقاومة", "هرتسوغ", "سواه"]
    assert remarks(seeds)[:3] == ["part of the name", "in this article", "used last"]
    assert "غانتس" in options(seeds)[-1]


def test_escape_and_going_elsewhere_link_nothing(seeds):
    add_actor(seeds, "غانتس")
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    seeds.press(Key.Key_Escape)
    assert panel(seeds) is None
    seeds.press(Key.Key_A)
    seeds.session.select_tag(None)
    assert panel(seeds) is None
    assert linked(seeds, tag) is None
    assert acts(seeds)[0] is Op.ADD_TAG


def test_the_key_0_makes_a_new_one_of_what_was_typed(seeds):
    add_actor(seeds, "خلوصي أكار")
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    type_in("Benny Gantz")
    seeds.press(Key.Key_0)
    assert "Benny Gantz" in [actor.name_en for actor in actors(seeds)]
    assert linked(seeds) == actors(seeds)[-1].id


def test_unlinking_is_one_key(seeds):
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    seeds.press(Key.Key_A, SHIFT)
    assert linked(seeds, tag) is None
    assert acts(seeds)[0] is Op.UNLINK_TAGS
    seeds.press(Key.Key_A, SHIFT)
    assert seeds.window.status.message == "The tag is not linked."
    seeds.press(Key.Key_Z, CTRL)
    assert linked(seeds, tag) is not None


def test_by_mouse_alone(seeds):
    wanted = add_actor(seeds, "غانتس")
    seeds.tag("غانتس", Key.Key_1)
    seeds.session.select_tag(None)
    start, end = seeds.find("غانتس")
    seeds.click_tag(start, end)
    QTest.mouseClick(seeds.window.desk.inspector.details.link.link_button, LEFT)
    place = panel(seeds).list.visualRect(panel(seeds).model.index(1)).center()
    QTest.mouseClick(panel(seeds).list.viewport(), LEFT, pos=place)
    assert linked(seeds) == wanted
    assert panel(seeds) is None


def test_a_known_name_is_offered_and_never_linked_by_itself(seeds):
    add_actor(seeds, "بيني غانتس")
    actor_acts.change_actor(seeds.session.project, replace(actors(seeds)[0], aliases=("غانتس",)))
    tag = seeds.tag("غانتس", Key.Key_1)
    assert linked(seeds, tag) is None
    assert seeds.window.status.message.endswith("A, Enter: link it to \u2068بيني غانتس\u2069")
    assert seeds.window.status.undo_button.isVisible()
    seeds.press(Key.Key_A)
    seeds.press(Key.Key_Return)
    assert linked(seeds, tag) == actors(seeds)[0].id


def test_what_cannot_be_linked_is_said(seeds):
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L)
    assert seeds.window.status.message.startswith("Nothing has been linked yet")
    seeds.tag("تسعى", Key.Key_3)
    for key, modifiers in ((Key.Key_A, NONE), (Key.Key_L, NONE), (Key.Key_L, CTRL)):
        seeds.window.tell("")
        seeds.press(key, modifiers)
        assert "Stance" in seeds.window.status.message
    assert panel(seeds) is None
    assert actors(seeds) == []


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(seeds):
    add_actor(seeds, "غانتس")
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    assert len(actors(seeds)) == 1
    assert seeds.window.banner.isVisible()
    assert seeds.session.span(tag) is not None


def test_the_last_actor_that_is_gone_is_linked_no_more(seeds):
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_L, CTRL)
    seeds.session.run(actor_acts.delete_actors, [actors(seeds)[0].id])
    seeds.press(Key.Key_L)
    assert linked(seeds) is None
    assert seeds.window.status.message.startswith("Nothing has been linked yet")


def test_the_list_goes_with_its_tag(seeds):
    add_actor(seeds, "غانتس")
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    seeds.session.run(tag_acts.delete_tags, [tag])
    assert panel(seeds) is None


def test_an_arabic_window_links_too(seeds):
    seeds.window.viewing.choose("language", "ar")
    add_actor(seeds, "بيني غانتس", "Benny Gantz")
    seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    assert options(seeds)[0] == "بيني غانتس"
    assert panel(seeds).layoutDirection() is Qt.LayoutDirection.RightToLeft
    seeds.press(Key.Key_1)
    assert linked(seeds) == actors(seeds)[0].id


def test_a_project_that_can_only_be_read_is_left_as_it_is(seeds, monkeypatch):
    add_actor(seeds, "غانتس")
    seeds.tag("غانتس", Key.Key_1)
    monkeypatch.setattr(type(seeds.session.project), "read_only", property(lambda _project: True))
    seeds.window.update_commands()
    before = len(acts(seeds))
    for key, modifiers in ((Key.Key_A, NONE), (Key.Key_L, NONE), (Key.Key_L, CTRL), (Key.Key_A, SHIFT)):
        seeds.press(key, modifiers)
    assert panel(seeds) is None
    assert len(acts(seeds)) == before


def test_what_a_search_needs_is_worked_out_before_anyone_searches(seeds):
    warming = seeds.window.linking.warming
    seeds.qtbot.waitUntil(lambda: warming.is_done)
    add_actor(seeds, "نفتالي بينيت", "Naftali Bennett")
    assert not warming.is_done
    before = keys_of.cache_info().currsize
    seeds.qtbot.waitUntil(lambda: warming.is_done)
    assert keys_of.cache_info().currsize > before
    seeds.session.close()
    assert warming.is_done


def test_what_the_first_tag_is_shown_with_is_made_before_it(seeds):
    seeds.qtbot.waitUntil(lambda: seeds.window.linking.warming.is_done)
    details = seeds.window.desk.inspector.details
    made = details.findChildren(FieldRow)
    assert made
    assert not any(one.isVisible() for one in made)
    seeds.tag("غانتس", Key.Key_1)
    assert details.findChildren(FieldRow) == made
    assert all(one.isVisible() for one in made)


def test_the_text_of_an_undone_tag_is_painted_before_its_details_are_left(seeds):
    tag = seeds.tag("غانتس", Key.Key_1)
    told = []
    seeds.session.tag_selected.connect(lambda tag_id: told.append(("tag", tag_id)))
    seeds.session.changes_committed.connect(lambda *_: told.append(("act", seeds.session.tag_id)))
    seeds.window.undo()
    assert told == [("act", None), ("tag", "")]
    seeds.window.redo()
    assert seeds.session.tag_id == tag


def test_another_theme_while_another_window_is_active_closes_the_list(seeds):
    tag = seeds.tag("غانتس", Key.Key_1)
    seeds.press(Key.Key_A)
    assert panel(seeds) is not None
    other = QWidget()
    seeds.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    seeds.qtbot.waitUntil(other.isActiveWindow)
    assert panel(seeds) is not None
    seeds.window.restyle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert panel(seeds) is None
    seeds.session.select_tag(None)
    seeds.session.select_tag(tag)
    seeds.window.linking.choose()
    assert panel(seeds) is not None
