# SPDX-License-Identifier: MIT
"""The panel of tags by mouse and keyboard: values, link, relations, pieces, certainty, and the whole article."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QWidget

from annotator.model.relation import AUTHOR, End
from annotator.model.span import Certainty, Span
from annotator.ops import actors, document_tags, events, history, relations, scheme, tags
from annotator.project import Project
from annotator.ui.panels.relations import EndButton
from annotator.ui.widgets import FlatButton

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


class Panel:
    """A user at the panel of tags."""

    def __init__(self, hand):
        self.hand, self.session, self.window = hand, hand.session, hand.window

    @property
    def inspector(self):
        return self.window.desk.inspector

    @property
    def details(self):
        return self.inspector.details

    @property
    def project(self):
        return self.session.project

    @property
    def tag(self) -> Span:
        return self.session.span(self.session.tag_id)

    def make(self, word: str, label: str, **more) -> Span:
        """Tag a word and make the tag current."""
        start, end = self.hand.find(word)
        changes = self.session.run(tags.add_tag, self.session.article_id, start, end, label, **more)
        self.session.select_tag(changes.rows[0].record.id)
        return self.tag

    def field(self, attribute_id: str):
        return self.details.fields.rows[attribute_id].field

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.hand.press(key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def undo(self) -> None:
        self.window.undo()

    def button(self, part: QWidget, name: str) -> FlatButton:
        return next(each for each in part.findChildren(FlatButton) if each.accessibleName().startswith(name))


@pytest.fixture
def panel(seeds) -> Panel:
    return Panel(seeds)


def words(part: QWidget) -> str:
    """Return all that is to be read in a part of the panel."""
    QApplication.processEvents()  # what was added to a layout is shown then
    return "\n".join(each.text() for each in part.findChildren(QLabel) if each.isVisibleTo(part))


# Values


def test_a_button_that_was_pressed_before_another_tag_was_shown_changes_nothing(panel):
    panel.make("مباحثات", "EVENT")
    field = panel.field("type")
    actor = panel.make("غانتس", "ACTOR")
    assert "type" not in panel.details.fields.rows
    field.edited.emit()
    assert panel.tag == actor


def test_an_events_type_is_typed_and_narrows_its_mode(panel):
    event = panel.make("مباحثات", "EVENT")
    assert not panel.details.fields.rows["type"].missing.isHidden()
    panel.field("type").setFocus()
    panel.type("meet")
    panel.press(Key.Key_Return)
    assert panel.tag.attributes["type"] == "CONSULT"
    assert panel.details.fields.rows["type"].missing.isHidden()
    panel.field("mode").setFocus()
    panel.press(Key.Key_Down)
    assert [row.id for row in panel.field("mode").popup.model.rows] == ["visit", "third-party", "multilateral", "phone"]
    panel.press(Key.Key_2)
    assert panel.tag.attributes["mode"] == "third-party"
    panel.undo()
    panel.undo()
    assert panel.tag == event
    assert panel.field("mode").value() is None


def test_values_are_chosen_by_one_key_and_keep_the_focus(panel):
    panel.make("غانتس", "STANCE")
    panel.field("polarity").setFocus()
    panel.press(Key.Key_2)
    assert panel.tag.attributes["polarity"] == "AGAINST"
    assert panel.tag.label_id == "STANCE", "the digit is no label here"
    assert QApplication.focusWidget() is panel.field("polarity").buttons[1]
    panel.press(Key.Key_Tab, Key.Key_Tab)
    assert panel.field("voice").isAncestorOf(QApplication.focusWidget())
    panel.type("d")
    assert panel.tag.attributes["voice"] == "DIRECT_QUOTE"


def test_the_value_used_last_is_offered_first(panel):
    panel.make("مباحثات", "EVENT")
    panel.session.run(tags.set_attributes, [panel.tag.id], {"type": "SANCTION"})
    panel.make("طرد", "EVENT")
    panel.field("type").setFocus()
    panel.press(Key.Key_Down)
    rows = panel.field("type").popup.model.rows
    assert (rows[0].id, bool(rows[0].remark)) == ("SANCTION", True)
    panel.press(Key.Key_Return)
    assert panel.tag.attributes["type"] == "SANCTION"


def test_what_is_half_typed_outlasts_another_act(panel):
    stance = panel.make("غانتس", "STANCE")
    line = panel.field("issue").line
    line.setFocus()
    panel.type("half a thou")
    line.setCursorPosition(4)
    panel.session.run(tags.set_note, stance.id, "another act")
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("half a thou", 4, True)
    panel.press(Key.Key_Return)
    assert panel.tag.attributes["issue"] == "half a thou"


def test_what_is_typed_is_kept_for_its_own_tag_when_another_becomes_current(panel):
    other = panel.make("حماس", "STANCE")
    stance = panel.make("غانتس", "STANCE")
    panel.field("issue").setFocus()
    panel.type("an issue")
    panel.session.select_tag(other.id)
    assert panel.session.span(stance.id).attributes["issue"] == "an issue"
    assert "issue" not in panel.tag.attributes
    assert panel.field("issue").line.text() == ""


def test_a_date_that_is_none_is_told_below_it_and_changes_nothing(panel):
    panel.make("غانتس", "TIME")
    panel.field("value").setFocus()
    panel.type("next week")
    panel.press(Key.Key_Tab)
    assert panel.tag.attributes == {}
    assert panel.field("value").problem() in words(panel.field("value")).replace("\u200e", "")
    assert not panel.window.banner.text


def test_values_that_no_longer_fit_are_listed_and_can_be_taken_away(panel):
    panel.make("غانتس", "STANCE")
    panel.session.run(tags.set_attributes, [panel.tag.id], {"issue": "what was said"})
    panel.session.run(tags.set_label, panel.tag.id, "PLACE")
    assert panel.tag.attributes["issue"] == "what was said"
    assert "To review" in words(panel.details)
    assert panel.inspector.model.row(0).issues
    QTest.mouseClick(panel.button(panel.details, "Take the value away"), LEFT)
    assert panel.tag.attributes == {}
    assert "To review" not in words(panel.details)


def test_a_value_that_was_archived_stays_and_is_to_be_reviewed(panel):
    panel.make("مباحثات", "EVENT", values={"type": "CONSULT"})
    before = panel.project.scheme
    kind = before.attribute("type")
    values = tuple(replace(value, archived=value.archived or value.id == "CONSULT") for value in kind.values)
    attributes = tuple(replace(kind, values=values) if each.id == "type" else each for each in before.attributes)
    panel.session.run(scheme.change_scheme, replace(before, attributes=attributes))
    panel.session.select_tag(panel.session.spans()[0].id)
    assert panel.tag.attributes["type"] == "CONSULT"
    assert "To review" in words(panel.details)
    assert panel.field("type").line.text() == "Meet, visit, talk"


# Certainty and pieces


def test_u_marks_a_tag_as_unsure_and_sure_again(panel):
    panel.make("غانتس", "ACTOR")
    panel.hand.view.setFocus()
    panel.press(Key.Key_U)
    assert panel.tag.certainty is Certainty.UNSURE
    assert panel.details.unsure.isChecked()
    assert panel.inspector.model.row(0).is_unsure
    assert "Unsure" in panel.inspector.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.mouseClick(panel.details.unsure, LEFT, pos=panel.details.unsure.rect().center())
    assert panel.tag.certainty is Certainty.SURE
    panel.undo()
    panel.undo()
    assert panel.tag.certainty is Certainty.SURE


def test_p_adds_the_selection_as_another_piece(panel):
    tag = panel.make("طرد", "EVENT")
    start, end = panel.hand.find("حركة", tag.end)
    panel.hand.view.setFocus()
    panel.hand.view.select(start, end)
    panel.press(Key.Key_P)
    assert panel.tag.pieces == ((tag.start, tag.end), (start, end))
    assert panel.details.quote.text() == "طرد … حركة"
    assert panel.hand.view.snapped_selection() is None
    QTest.mouseClick(panel.button(panel.details, "Take the piece “\u2068حركة"), LEFT)
    assert (panel.tag.start, panel.tag.end, panel.tag.pieces) == (tag.start, tag.end, ())
    panel.undo()
    assert len(panel.tag.pieces) == 2


def test_p_without_a_selection_does_nothing(panel):
    panel.make("طرد", "EVENT")
    seq = panel.project.next_act()
    panel.hand.view.setFocus()
    panel.press(Key.Key_P)
    panel.window.desk.tagging.add_piece()
    assert panel.project.next_act() == seq


# Link


def test_a_link_is_named_gone_to_and_taken_away(panel):
    panel.make("غانتس", "ACTOR")
    asked = QSignalSpy(panel.inspector.link_requested)
    QTest.mouseClick(panel.details.link.link_button, LEFT)
    assert asked.count() == 1
    draft = actors.draft_actor(panel.project, "بيني غانتس", "Benny Gantz")
    panel.session.run(actors.add_actor, draft, [panel.tag.id])
    assert panel.details.link.name.isVisibleTo(panel.details)
    assert panel.details.link.name.text() == "Benny Gantz"
    assert panel.inspector.model.row(0).linked == "Benny Gantz"
    pages = QSignalSpy(panel.inspector.entity_requested)
    QTest.mouseClick(panel.details.link.name, LEFT)
    assert pages.at(0) == ["actor", draft.id]
    QTest.mouseClick(panel.details.link.unlink_button, LEFT)
    assert panel.tag.actor_id is None
    assert not panel.details.link.name.isVisibleTo(panel.details)


def test_an_event_is_linked_to_an_event_and_a_time_to_nothing(panel):
    panel.make("مباحثات", "EVENT")
    draft = events.draft_event(panel.project, "لقاء أنقرة")
    panel.session.run(events.add_event, draft, [panel.tag.id])
    assert panel.details.link.name.text() == "لقاء أنقرة"
    QTest.mouseClick(panel.details.link.unlink_button, LEFT)
    assert panel.tag.event_id is None
    panel.make("غانتس", "TIME")
    assert panel.details.link.isHidden()


def test_a_changed_name_is_read_at_once(panel):
    panel.make("غانتس", "ACTOR")
    draft = actors.draft_actor(panel.project, "بيني غانتس", "Benny Gantz")
    panel.session.run(actors.add_actor, draft, [panel.tag.id])
    panel.session.run(actors.change_actor, replace(draft, name_en="B. Gantz"))
    assert panel.details.link.name.text() == "B. Gantz"
    assert panel.inspector.model.row(0).linked == "B. Gantz"


# Relations


@pytest.fixture
def related(panel) -> Panel:
    """An event with an agent that is a tag, one that is an actor, and a source that is the author."""
    agent = panel.make("غانتس", "ACTOR")
    draft = actors.draft_actor(panel.project, "رجب طيب أردوغان", "Erdoğan")
    panel.session.run(actors.add_actor, draft)
    event = panel.make("مباحثات", "EVENT", values={"type": "CONSULT"})
    for kind, end in (("AGENT", End(span_id=agent.id)), ("AGENT", End(actor_id=draft.id)), ("SOURCE", AUTHOR)):
        panel.session.run(relations.add_relation, kind, event.id, end)
    return panel


def test_relations_are_listed_from_both_ends_and_gone_along(related):
    ends = [end.toolTip() for end in related.details.relations.ends]
    assert ends == ["غانتس", "Erdoğan", "The article's author or outlet"]
    pages = QSignalSpy(related.inspector.entity_requested)
    QTest.mouseClick(related.details.relations.ends[1], LEFT)
    assert pages.at(0)[0] == "actor"
    QTest.mouseClick(related.details.relations.ends[0], LEFT)
    assert related.tag.quote == "غانتس"
    assert [end.toolTip() for end in related.details.relations.ends] == ["مباحثات"]
    assert "lead here" in words(related.details.relations)
    related.details.relations.ends[0].setFocus()
    related.press(Key.Key_Return)
    assert related.tag.quote == "مباحثات"


def test_the_delete_key_on_a_relation_deletes_it_and_not_the_tag(related):
    related.details.relations.ends[2].setFocus()
    related.press(Key.Key_Delete)
    assert [relation.type_id for relation in related.session.relations()] == ["AGENT", "AGENT"]
    assert related.tag.quote == "مباحثات"
    assert QApplication.focusWidget() is related.details.relations.ends[1]
    QTest.mouseClick(related.button(related.details.relations, "Delete the relation"), LEFT)
    assert len(related.session.relations()) == 1
    related.undo()
    related.undo()
    assert len(related.details.relations.ends) == 3


def test_a_relation_that_is_missing_is_marked_and_can_be_chosen(panel):
    panel.make("تسعى", "STANCE", values={"polarity": "FAVOR"})
    section = panel.details.relations
    asked = QSignalSpy(panel.inspector.relate_requested)
    wanted = [each for each in section.findChildren(EndButton) if "required" in each.accessibleName()]
    assert len(wanted) == 2
    QTest.mouseClick(wanted[0], LEFT)
    QTest.mouseClick(section.add_button, LEFT)
    assert [asked.at(number) for number in range(2)] == [["HOLDER"], [""]]
    assert len(panel.inspector.model.row(0).issues) == 2
    panel.session.run(relations.add_relation, "HOLDER", panel.tag.id, AUTHOR)
    panel.session.run(tags.set_attributes, [panel.tag.id], {"issue": "the deal"})
    assert not panel.inspector.model.row(0).issues


def test_an_end_that_is_deleted_takes_its_relation_along(related):
    agent = next(span for span in related.session.spans() if span.label_id == "ACTOR")
    related.session.run(tags.delete_tags, [agent.id])
    assert related.details.relations.ends[0].toolTip() == "Erdoğan"


# The whole article


def test_the_article_gets_a_label_its_values_and_loses_it_again(panel):
    section = panel.inspector.document_tags
    QTest.mouseClick(section.add_button, LEFT)
    article = panel.session.article_id
    (tag,) = panel.project.document_tags(article)
    card = section.cards[tag.id]
    assert card.fields.isAncestorOf(QApplication.focusWidget()), "one goes on where one is asked"
    assert "1 missing" in words(section)
    card.fields.rows["doc_label"].field.setFocus()
    panel.press(Key.Key_1)
    assert panel.project.document_tags(article)[0].attributes["doc_label"] == "FAVOR"
    assert "missing" not in words(section)
    QTest.mouseClick(card.delete_button, LEFT)
    assert panel.project.document_tags(article) == []
    panel.undo()
    assert list(section.cards) == [tag.id]
    panel.session.select_article(panel.project.articles(1, 1)[0].id)
    assert not section.cards


def test_adding_twice_what_says_nothing_yet_goes_to_the_first(panel):
    section = panel.inspector.document_tags
    for _ in range(2):
        QTest.mouseClick(section.add_button, LEFT)
    assert len(section.cards) == 1
    assert section.isAncestorOf(QApplication.focusWidget())


def test_a_document_tag_made_elsewhere_is_shown(panel):
    panel.session.run(document_tags.add_document_tag, panel.session.article_id, "doc_stance", values={"issue": "x"})
    (card,) = panel.inspector.document_tags.cards.values()
    assert card.fields.rows["issue"].field.value() == "x"
    panel.session.run(history.undo)
    assert not panel.inspector.document_tags.cards


# The guide, the list, the palette


def test_the_guide_tells_what_labels_attributes_and_values_are_for(panel):
    guide = panel.inspector.guide
    assert len(guide.entries) == 6
    event = guide.entries[1]
    assert event.more.content is None, "made when it is asked for"
    QTest.mouseClick(event.more.head, LEFT)
    told = event.more.content.text()
    for part in ("Event type", "Meets, visits, calls or negotiates.", "Who acts", "محادثات"):
        assert part in told
    asked = QSignalSpy(panel.inspector.guideline_requested)
    QTest.mouseClick(guide.guideline_button, LEFT)
    assert asked.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_tab_key_goes_through_the_details_from_the_top(related, language, qtbot):
    event = related.tag
    related.window.viewing.choose("language", language)
    related.session.select_tag(event.id)
    qtbot.waitUntil(related.details.labels["ACTOR"].isVisible)
    details = related.details
    details.labels["ACTOR"].setFocus()
    reached = [QApplication.focusWidget()]
    while reached[-1] is not details.unsure:
        related.press(Key.Key_Tab)
        assert QApplication.focusWidget() not in reached
        reached.append(QApplication.focusWidget())
        assert details.isAncestorOf(reached[-1])
    QApplication.processEvents()
    tops = [details.mapFromGlobal(each.mapToGlobal(each.rect().topLeft())).y() for each in reached]
    lines = [top // 24 for top in tops]
    assert lines == sorted(lines)
    assert set(details.relations.ends) <= set(reached)


def test_the_details_are_seen_whole_in_a_narrow_panel(related, qtbot):
    event = related.tag
    for language in ("en", "ar"):
        related.window.viewing.choose("language", language)
        related.session.select_tag(event.id)
        related.window.resize(860, 480)
        qtbot.waitUntil(lambda: 0 < related.details.width() <= related.inspector.width())
        details = related.details
        for part in details.findChildren(QWidget):
            if part.isVisibleTo(details) and part.parentWidget() is details:
                assert details.rect().contains(part.geometry()), part


def test_the_model_of_the_list_holds_through_every_act(related):
    model: QAbstractItemModel = related.inspector.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    related.session.run(tags.set_certainty, [related.tag.id], Certainty.UNSURE)
    related.session.run(tags.delete_tags, [related.tag.id])
    related.undo()
    assert model.rowCount() == 2
    assert tester is not None


def test_the_palette_wraps_and_leaves_out_archived_labels(panel):
    before = panel.project.scheme
    labels = tuple(replace(each, archived=each.id == "PLACE") for each in before.all_labels)
    panel.session.run(scheme.change_scheme, replace(before, all_labels=labels))
    panel.window.rebuild()
    palette = panel.window.desk.pane.palette_box
    assert list(palette.buttons) == ["ACTOR", "EVENT", "STANCE", "TIME"]
    panel.window.resize(860, 480)
    panel.session.select_article(panel.project.articles(0, 1)[0].id)
    panel.hand.view.select(*panel.hand.find("غانتس"))
    palette.place()
    assert panel.hand.view.viewport().rect().contains(palette.geometry())
    for each in palette.buttons.values():
        assert palette.rect().contains(each.geometry())


def test_nothing_can_be_changed_in_a_project_that_is_only_read(related, qtbot):
    path = related.project.path
    related.session.close()
    related.session.open(Project.open(path, read_only=True))
    related.session.select_article(related.project.articles(0, 1)[0].id)
    event = next(span for span in related.session.spans() if span.label_id == "EVENT")
    related.session.select_tag(event.id)
    assert not any(row.field.isEnabled() for row in related.details.fields.rows.values())
    assert not related.details.unsure.isEnabled()
    assert not related.details.relations.add_button.isEnabled()
    related.details.relations.ends[0].setFocus()
    related.press(Key.Key_Delete)
    assert len(related.session.relations()) == 3


def test_the_note_comes_into_sight_when_it_is_asked_for(related):
    related.window.resize(860, 480)
    related.hand.view.setFocus()
    related.press(Key.Key_N)
    note, viewport = related.details.note, related.details.parentWidget()
    assert note.hasFocus()
    spot = note.mapTo(viewport, note.rect().center())
    assert viewport.rect().contains(spot)


def test_the_height_of_the_details_is_the_users_to_choose_and_remembered(panel):
    panel.make("غانتس", "ACTOR")
    assert panel.inspector.lower_share is None
    halves = panel.inspector.findChild(QSplitter)
    handle = halves.handle(1)
    QTest.mousePress(handle, LEFT, pos=handle.rect().center())
    QTest.mouseMove(handle, handle.rect().center() + QPoint(0, 60))
    QTest.mouseRelease(handle, LEFT, pos=handle.rect().center() + QPoint(0, 60))
    share = panel.inspector.lower_share
    assert share is not None
    panel.session.select_tag(None)
    panel.window.restyle()
    assert panel.inspector.lower_share == pytest.approx(share, abs=0.01)
