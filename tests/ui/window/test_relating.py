# SPDX-License-Identifier: MIT
"""Relating tags in the window: by keyboard, by number, by search, on an Arabic keyboard, and by dragging."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.relation import AUTHOR, End
from annotator.ops import actors as _actors
from annotator.ops import relations as _relations
from annotator.ops import tags as _tags
from annotator.ui.relating import latin_number

from .conftest import Hand

Key = Qt.Key


def write(hand: Hand, text: str) -> None:
    """Type characters, as whatever keyboard gives them."""
    for char in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))


def ends(hand: Hand) -> list[tuple[str, End]]:
    return [(relation.type_id, relation.target) for relation in hand.session.relations()]


@pytest.fixture
def event(seeds: Hand) -> Hand:
    """Two actors and an event in sight, the event current."""
    seeds.tag("غانتس", Key.Key_1)
    seeds.tag("أردوغان", Key.Key_1)
    seeds.tag("مباحثات", Key.Key_2)
    seeds.view.clear_selection()
    seeds.view.setFocus()
    return seeds


def popup(hand: Hand):  # type: ignore[no-untyped-def]
    return hand.window.desk.pane.relating.popup


def test_three_keys_relate_the_current_tag(event: Hand) -> None:
    actor = event.session.spans()[-1]
    event.press(Key.Key_R)
    assert popup(event).isVisible()
    assert [row.mark for row in popup(event).model.rows][:2] == ["A", "R"]
    event.press(Key.Key_A)
    numbers = event.view._numbers
    assert set(numbers) == {span.id for span in event.session.spans() if span.label_id == "ACTOR"}
    event.press(getattr(Key, f"Key_{numbers[actor.id]}"))
    assert ends(event) == [("AGENT", End(actor.id))]
    assert not popup(event).isVisible()
    assert event.view.hasFocus()
    assert event.view._numbers == {}
    assert event.view._emphasis.targets is None
    event.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ends(event) == []


def test_on_an_arabic_keyboard(event: Hand) -> None:
    event.window.commands.actions["relate"].trigger()
    write(event, "ش")
    write(event, "٢")
    assert [kind for kind, _ in ends(event)] == ["AGENT"]


def test_a_tag_or_an_actor_is_found_by_its_words(event: Hand) -> None:
    project = event.session.project
    actor = replace(_actors.draft_actor(project, "خلوصي أكار", "Hulusi Akar"))
    event.session.run(_actors.add_actor, actor)
    event.press(Key.Key_R)
    event.press(Key.Key_A)
    write(event, "اردوغان")
    assert [row.name for row in popup(event).model.rows] == ["أردوغان"]
    event.press(Key.Key_Return)
    event.press(Key.Key_R)
    event.press(Key.Key_R)
    write(event, "akar")
    event.qtbot.waitUntil(lambda: [row.name for row in popup(event).model.rows] == ["Hulusi Akar"])
    event.press(Key.Key_Return)
    kinds = dict(ends(event))
    assert kinds["AGENT"].span_id is not None
    assert kinds["RECIPIENT"] == End(actor_id=actor.id)


def test_a_number_that_no_tag_has_relates_nothing(event: Hand) -> None:
    event.press(Key.Key_R)
    event.press(Key.Key_A)
    write(event, "9")
    assert popup(event).model.rows == []
    event.press(Key.Key_Return)
    assert ends(event) == []
    event.press(Key.Key_Backspace)
    assert [row.mark for row in popup(event).model.rows] == ["1", "2"]


def test_a_number_that_begins_another_waits_for_enter(event: Hand) -> None:
    words = ("حماس", "إيران", "إسرائيلية", "إسرائيل", "أنقرة", "تركيا", "واينت", "الولايات", "مصادر")
    source = event.session.tag_id
    for word in words:
        event.session.run(_tags.add_tag, event.session.article_id, *event.find(word), "ACTOR")
    event.session.select_tag(source)
    event.view.scroll_to(0, 1)
    event.press(Key.Key_R)
    event.press(Key.Key_A)
    assert len(event.view._numbers) >= 10
    first = next(tag_id for tag_id, number in event.view._numbers.items() if number == "1")
    write(event, "1")
    assert [row.mark for row in popup(event).model.rows][:2] == ["1", "10"]
    event.press(Key.Key_Return)
    assert ends(event) == [("AGENT", End(first))]


def test_a_relation_asked_for_by_its_type_asks_only_for_the_end(event: Hand) -> None:
    event.window.desk.inspector.relate_requested.emit("RECIPIENT")
    assert popup(event).heading.text().endswith("Toward whom\u2069")
    event.press(Key.Key_1)
    assert [kind for kind, _ in ends(event)] == ["RECIPIENT"]


def test_escape_leaves_without_a_relation(event: Hand) -> None:
    event.press(Key.Key_R)
    event.press(Key.Key_Escape)
    assert not popup(event).isVisible()
    assert event.view.hasFocus()
    event.press(Key.Key_R)
    event.press(Key.Key_A)
    event.press(Key.Key_Escape)
    assert ends(event) == []
    assert event.view._emphasis.targets is None
    assert event.session.tag_id is not None


def test_the_arrows_and_the_mouse_choose_too(event: Hand) -> None:
    event.press(Key.Key_R)
    event.press(Key.Key_Down)
    event.press(Key.Key_Return)
    rows = popup(event).model.rows
    assert {row.mark for row in rows} >= {"1", "2"}
    index = popup(event).model.index(1)
    QTest.mouseClick(
        popup(event).view.viewport(), Qt.MouseButton.LeftButton, pos=popup(event).view.visualRect(index).center()
    )
    assert [kind for kind, _ in ends(event)] == ["RECIPIENT"]


def test_the_author_holds_a_stance_by_keyboard(seeds: Hand) -> None:
    seeds.tag("مباحثات", Key.Key_3)
    seeds.press(Key.Key_R)
    holder = next(row for row, held in enumerate(popup(seeds).model.rows) if held.name == "Holder")
    for _ in range(holder):
        seeds.press(Key.Key_Down)
    seeds.press(Key.Key_Return)
    write(seeds, "author")
    assert [row.name for row in popup(seeds).model.rows] == ["Author or outlet"]
    seeds.press(Key.Key_Return)
    assert ends(seeds) == [("HOLDER", AUTHOR)]


def test_a_tag_that_starts_no_relation_says_so(seeds: Hand) -> None:
    seeds.tag("غانتس", Key.Key_1)
    failures: list[Any] = []
    seeds.session.failed.connect(failures.append)
    kinds = seeds.session.project.scheme.relation_types_from("ACTOR")
    seeds.press(Key.Key_R)
    assert kinds == ()
    assert [error.key for error in failures] == ["relations_none_from"]
    assert seeds.view._handle_id == ""
    assert not popup(seeds).isVisible()


def test_the_question_stays_in_sight_while_the_text_is_scrolled(event: Hand) -> None:
    event.press(Key.Key_R)
    event.press(Key.Key_A)
    bar = event.view.verticalScrollBar()
    for value in (bar.maximum() // 2, bar.maximum(), 0):
        bar.setValue(value)
        assert event.view.viewport().rect().contains(popup(event).geometry())
        assert popup(event).line.hasFocus()
        assert set(event.view._numbers) <= set(event.view.visible_tags())
    event.press(Key.Key_1)
    assert [kind for kind, _ in ends(event)] == ["AGENT"]


def test_the_relations_are_read_once_for_each_act(event: Hand) -> None:
    assert event.session.relations() is event.session.relations()
    source, target = event.session.tag_id, event.session.spans()[-1].id
    event.session.run(_relations.add_relation, "AGENT", source, End(target))
    made = event.session.relations()
    assert len(made) == 1
    event.session.select_article(event.session.project.articles(2, 1)[0].id)
    assert event.session.relations() == []


def test_a_tag_of_another_annotator_is_related_by_nobody_else(event: Hand) -> None:
    source, article = event.session.tag_id, event.session.article_id
    assert event.view._handle_id == source
    event.window.viewing.apply({"annotator_name": "Omar"})
    event.wait_for_jobs()
    event.session.select_article(article)
    event.session.select_tag(source)
    assert event.view._handle_id == ""
    failures: list[Any] = []
    event.session.failed.connect(failures.append)
    event.view.setFocus()
    event.press(Key.Key_R)
    assert [error.key for error in failures] == ["tag_of_another"]
    assert not popup(event).isVisible()


def test_another_current_tag_closes_the_question(event: Hand) -> None:
    event.press(Key.Key_R)
    event.session.select_tag(None)
    assert not popup(event).isVisible()
    assert not event.window.desk.pane.relating.is_asking


def test_the_pointer_says_what_the_handle_is_for(event: Hand) -> None:
    move(event.view, event.view.handle_point(), Qt.MouseButton.NoButton)
    assert event.view.viewport().toolTip()
    move(event.view, QPointF(30, 30), Qt.MouseButton.NoButton)
    assert not event.view.viewport().toolTip()
    assert event.view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def move(view, point: QPointF, button=Qt.MouseButton.LeftButton) -> None:  # type: ignore[no-untyped-def]
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        view.viewport().mapToGlobal(point),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(hand: Hand, to: QPoint) -> None:
    handle = hand.view.handle_point().toPoint()
    QTest.mousePress(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=handle)
    assert hand.view.is_dragging_relation
    move(hand.view, QPointF((handle + to) / 2))
    move(hand.view, QPointF(to))


def drop(hand: Hand, at: QPoint) -> None:
    QTest.mouseRelease(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def actor_spot(hand: Hand) -> QPoint:
    actor = next(span for span in hand.session.spans() if span.label_id == "ACTOR")
    return hand.spot(actor.start, actor.end)


def test_dragging_the_handle_to_a_tag_offers_the_relations(event: Hand) -> None:
    spot = actor_spot(event)
    drag(event, spot)
    actors = {span.id for span in event.session.spans() if span.label_id == "ACTOR"}
    assert event.view._emphasis.targets == actors
    event.view.viewport().grab()
    drop(event, spot)
    assert not event.view.is_dragging_relation
    assert event.view.snapped_selection() is None
    assert [row.name for row in popup(event).model.rows][:2] == ["Who acts", "Toward whom"]
    event.press(Key.Key_A)
    assert not popup(event).isVisible()
    assert [kind for kind, _ in ends(event)] == ["AGENT"]


def test_a_single_relation_is_taken_at_once(event: Hand) -> None:
    place = event.tag("أنقرة", Key.Key_4)
    event.view.clear_selection()
    source = next(span for span in event.session.spans() if span.label_id == "EVENT")
    event.session.select_tag(source.id)
    target = event.session.span(place)
    event.view.scroll_to(source.start, target.end)
    spot = event.spot(target.start, target.end)
    drag(event, spot)
    drop(event, spot)
    assert ends(event) == [("PLACE", End(target.id))]


def test_a_drop_elsewhere_or_escape_relates_nothing(event: Hand) -> None:
    tag_id = event.session.tag_id
    drag(event, QPoint(40, 5))
    drop(event, QPoint(40, 5))
    drag(event, actor_spot(event))
    event.press(Key.Key_Escape)
    assert not event.view.is_dragging_relation
    drop(event, actor_spot(event))
    assert ends(event) == []
    assert event.session.tag_id in (tag_id, next(s.id for s in event.session.spans() if s.label_id == "ACTOR"))


def test_a_stance_is_dropped_on_the_author(seeds: Hand) -> None:
    seeds.tag("مباحثات", Key.Key_3)
    seeds.view.clear_selection()
    drag(seeds, QPoint(200, 200))
    zone = seeds.view._author_zone().center().toPoint()
    move(seeds.view, QPointF(zone))
    seeds.view.viewport().grab()
    drop(seeds, zone)
    if popup(seeds).isVisible():
        seeds.press(Key.Key_Return)
    assert [end for _, end in ends(seeds)] == [AUTHOR]


def test_text_beside_the_handle_is_selected_as_ever(event: Hand) -> None:
    start, end = event.find("حماس")
    rect = event.view.span_rects(start, end)[0]
    QTest.mousePress(
        event.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(rect.right()) - 2, round(rect.center().y()))
    )
    move(event.view, rect.center() - QPointF(rect.width() / 2 - 2, 0))
    QTest.mouseRelease(
        event.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(rect.left()) + 2, round(rect.center().y()))
    )
    assert event.view.snapped_selection() == (start, end)


def test_arcs_follow_the_file_and_the_setting(event: Hand) -> None:
    source = event.session.span(event.session.tag_id)
    actor = event.session.spans()[-1]
    event.session.run(_relations.add_relation, "AGENT", source.id, End(actor.id))
    assert [arc.target_span_id for arc in event.view._relations] == [actor.id]
    event.press(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert event.view._shows_all
    assert event.window.commands.actions["arcs"].isChecked()
    event.press(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert not event.view._shows_all
    event.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert event.view._relations == ()


def test_numbers_in_digits_of_any_kind() -> None:
    assert [latin_number(text) for text in ("12", "١٢", "۱۲", "01", "0")] == ["12", "12", "12", "1", "0"]
    assert [latin_number(text) for text in ("", "1a", "غ", "²")] == [None] * 4
