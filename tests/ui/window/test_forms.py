# SPDX-License-Identifier: MIT
"""The form beside a tag: a whole stance and a whole event, by keyboard alone and by mouse alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.changes import Op
from annotator.model.relation import AUTHOR, End
from annotator.ops import actors as actor_acts
from annotator.ops import tags as tag_acts
from annotator.ops.importing import import_files
from annotator.ui.forms.lines import Kind

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


class Clerk:
    """A user who fills in forms, and counts the keys."""

    def __init__(self, hand):
        self.hand, self.session, self.window = hand, hand.session, hand.window
        self.keys = 0
        self.ids = {}

    @property
    def panel(self):
        return self.window.forms.panel

    def add(self, word, label, after=0):
        start, end = self.hand.find(word, after)
        changes = self.session.run(tag_acts.add_tag, self.session.article_id, start, end, label)
        self.ids[word] = changes.rows[0].record.id
        return self.ids[word]

    def select(self, word):
        self.hand.view.setFocus()
        self.hand.view.select(*self.hand.find(word))

    def press(self, *keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.hand.press(key, modifiers)
            self.keys += 1

    def type(self, text):
        for char in text:
            upper = ord(char.upper()) if len(char.upper()) == 1 else 0
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, QApplication.focusWidget(), Key(upper), char, Qt.KeyboardModifier.NoModifier
            )
            self.keys += 1

    def span(self, tag_id=None):
        return self.session.span(tag_id or self.session.tag_id)

    def ends(self, type_id, tag_id=None):
        source = tag_id or self.session.tag_id
        return [r.target for r in self.session.relations() if r.type_id == type_id and r.source_id == source]

    def lines(self, kind=Kind.OPTION):
        return [line for line in self.panel.model.lines if line.kind is kind]

    def options(self):
        return [line.text for line in self.lines()]

    def question(self):
        return next(line for line in self.lines(Kind.QUESTION) if line.current)

    def line(self, text, kind=Kind.OPTION):
        return next(n for n, line in enumerate(self.panel.model.lines) if line.text == text and line.kind is kind)

    def click(self, text, kind=Kind.OPTION, modifiers=Qt.KeyboardModifier.NoModifier):
        QApplication.processEvents()
        panel = self.panel
        index = panel.model.index(self.line(text, kind))
        panel.list.scrollTo(index)
        place = panel.list.visualRect(index).center()
        QTest.mouseClick(panel.list.viewport(), LEFT, modifiers, place)

    def acts(self):
        return [entry.op for entry in self.session.project.history()]


@pytest.fixture
def clerk(seeds, program):
    program.settings.set("form_at_once", value=True)
    clerk = Clerk(seeds)
    for word, label in (("حماس", "ACTOR"), ("غانتس", "ACTOR"), ("أردوغان", "ACTOR"), ("أنقرة", "PLACE")):
        clerk.add(word, label)
    clerk.add("أمس", "TIME")
    clerk.session.select_tag(None)
    return clerk


def digit_of(clerk, text):
    line = next(line for line in clerk.lines() if line.text == text)
    return Key(ord(line.key))


# By keyboard


def test_a_whole_stance_takes_at_most_eight_keys(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    tag = clerk.session.tag_id
    assert clerk.question().text == "Holder"
    clerk.press(digit_of(clerk, "غانتس"))
    assert clerk.question().text == "Target"
    clerk.press(digit_of(clerk, "حماس"))
    assert clerk.question().text == "Polarity"
    clerk.press(Key.Key_2)
    clerk.press(Key.Key_Tab)  # who reported it
    clerk.press(Key.Key_1)
    assert clerk.question().text == "Voice"
    clerk.press(Key.Key_2)
    clerk.press(Key.Key_Return)
    assert clerk.keys <= 8
    assert clerk.panel is None
    assert QApplication.focusWidget() is clerk.hand.view
    assert clerk.ends("HOLDER", tag) == [End(span_id=clerk.ids["غانتس"])]
    assert clerk.ends("TARGET", tag) == [End(span_id=clerk.ids["حماس"])]
    assert dict(clerk.span(tag).attributes) == {
        "polarity": "AGAINST",
        "expression": "EXPLICIT",
        "voice": "INDIRECT_SPEECH",
    }


def test_a_stance_is_two_acts_and_undone_and_redone_by_two(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_Return)
    assert clerk.acts()[:2] == [Op.FILL_TAG, Op.ADD_TAG]
    tag = clerk.session.tag_id
    clerk.press(Key.Key_Z, modifiers=CTRL)
    assert clerk.session.span(tag) is not None
    assert clerk.ends("HOLDER", tag) == []
    assert "polarity" not in clerk.span(tag).attributes
    clerk.press(Key.Key_Z, modifiers=CTRL)
    assert clerk.session.span(tag) is None
    clerk.press(Key.Key_Z, modifiers=CTRL | SHIFT)
    clerk.press(Key.Key_Z, modifiers=CTRL | SHIFT)
    assert len(clerk.ends("HOLDER", tag)) == 1
    assert clerk.span(tag).attributes["polarity"] == "FAVOR"
    assert clerk.panel is None


def test_a_whole_event_by_keyboard(clerk):
    clerk.select("مباحثات")
    clerk.press(Key.Key_2)
    tag = clerk.session.tag_id
    assert clerk.question().text == "Event type"
    clerk.press(digit_of(clerk, "Meet, visit, talk"))
    asked = clerk.question().text
    assert asked == "Mode"
    clerk.press(Key.Key_1)
    for name in ("غانتس", "أردوغان", "أنقرة", "أمس"):
        clerk.press(digit_of(clerk, name))
    clerk.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert clerk.question().text == "Reality"
    clerk.press(Key.Key_3)
    assert clerk.question().text == "Negated"
    clerk.press(Key.Key_1, Key.Key_Return)
    assert clerk.keys <= 13
    values = clerk.span(tag).attributes
    assert (values["type"], values["mode"], values["realis"], values["negated"]) == ("CONSULT", "visit", "FUTURE", True)
    wanted = {"AGENT": "غانتس", "RECIPIENT": "أردوغان", "PLACE": "أنقرة", "TIME": "أمس"}
    assert {kind: clerk.ends(kind, tag) for kind in wanted} == {
        kind: [End(span_id=clerk.ids[word])] for kind, word in wanted.items()
    }


def test_what_the_type_rules_out_is_not_asked_and_goes(clerk):
    clerk.select("مباحثات")
    clerk.press(Key.Key_2)
    names = [line.text for line in clerk.lines(Kind.QUESTION)]
    assert "Mode" not in names
    clerk.press(digit_of(clerk, "Meet, visit, talk"), Key.Key_2)
    clerk.click("Event type", Kind.QUESTION)
    clerk.press(Key.Key_1)
    assert "Mode" not in [line.text for line in clerk.lines(Kind.QUESTION)]
    clerk.press(Key.Key_Return)
    assert clerk.span().attributes["type"] == "AGREE"
    assert "mode" not in clerk.span().attributes


def test_an_arabic_keyboard_answers_too(clerk):
    clerk.select("تسعى")
    clerk.type("٣١٢٢")
    clerk.press(Key.Key_Enter)
    assert clerk.span().label_id == "STANCE"
    assert clerk.span().attributes["polarity"] == "AGAINST"
    assert len(clerk.ends("HOLDER")) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("typed", ["اردوغان", "er", "Tayyip"])
def test_letters_search_in_both_scripts_and_enter_takes_the_first(clerk, typed, language):
    clerk.window.viewing.choose("language", language)
    project = clerk.session.project
    actor = actor_acts.draft_actor(project, "رجب طيب أردوغان", "Recep Tayyip Erdoğan")
    clerk.session.run(actor_acts.add_actor, actor, [clerk.ids["أردوغان"]])
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.type(typed)
    assert clerk.options()[0] == actor.name_in(language)
    clerk.press(Key.Key_Return)
    assert clerk.panel.at == 1
    clerk.press(Key.Key_Return)
    assert clerk.ends("HOLDER") == [End(span_id=clerk.ids["أردوغان"])]


def test_letters_that_are_commands_elsewhere_only_search_here(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    before = clerk.span()
    clerk.type("nbwxserfulal")
    assert clerk.span() == before
    assert clerk.panel.query == "nbwxserfulal"
    clerk.press(Key.Key_Escape)
    assert clerk.panel.query == ""
    assert clerk.panel.isVisible()


def test_author_and_several_ends(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_0)
    clerk.press(digit_of(clerk, "حماس"))
    clerk.press(Key.Key_Backtab)
    clerk.press(digit_of(clerk, "غانتس"), modifiers=CTRL)
    assert clerk.question().text == "Target"
    clerk.press(Key.Key_Escape)
    assert clerk.ends("HOLDER") == [AUTHOR]
    assert {end.span_id for end in clerk.ends("TARGET")} == {clerk.ids["حماس"], clerk.ids["غانتس"]}


def test_backspace_takes_an_answer_back_and_not_the_tag(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1, Key.Key_Up, Key.Key_Backspace, Key.Key_Backspace, Key.Key_Return)
    assert clerk.span() is not None
    assert clerk.ends("HOLDER") == []
    assert clerk.acts()[0] is Op.ADD_TAG


def test_a_new_actor_is_made_when_the_form_is_done(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.type("Isaac Herzog")
    assert clerk.options() == ["New actor “\u2068Isaac Herzog\u2069”"]
    assert clerk.session.project.actors == {}
    clerk.press(Key.Key_0)
    assert "Isaac Herzog" in clerk.options()
    clerk.press(Key.Key_Return)
    (actor,) = clerk.session.project.actors.values()
    assert (actor.name_en, actor.name_ar) == ("Isaac Herzog", "")
    assert clerk.ends("HOLDER") == [End(actor_id=actor.id)]
    assert clerk.acts()[:3] == [Op.FILL_TAG, Op.ADD_ACTOR, Op.ADD_TAG]
    for _ in range(3):
        clerk.press(Key.Key_Z, modifiers=CTRL)
    assert clerk.session.project.actors == {}


def test_a_new_actor_whose_name_was_taken_meanwhile_takes_no_other_answer_along(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.type("Isaac")
    clerk.press(Key.Key_0)
    clerk.press(Key.Key_1)
    project = clerk.session.project
    clerk.session.run(actor_acts.add_actor, actor_acts.draft_actor(project, "", "Isaac"))
    clerk.press(Key.Key_Return)
    assert clerk.ends("HOLDER") == []
    assert len(clerk.ends("TARGET")) == 1
    assert len(project.actors) == 1


def test_a_text_is_typed_and_its_letters_are_no_commands(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.click("Issue", Kind.QUESTION)
    clerk.type("normalisation 123")
    clerk.press(Key.Key_Return)
    assert clerk.span().attributes["issue"] == "normalisation 123"
    assert QApplication.focusWidget() is clerk.hand.view


def test_a_wrong_date_is_said_to_be_wrong_and_not_kept(clerk):
    clerk.session.select_tag(clerk.ids["أمس"])
    clerk.hand.view.setFocus()
    clerk.press(Key.Key_F)
    clerk.type("yesterday")
    clerk.press(Key.Key_Tab)
    assert clerk.panel.isVisible()
    clerk.press(Key.Key_Escape)
    assert "value" not in clerk.span().attributes


def test_more_options_than_digits_have_pages(clerk):
    for number in range(12):
        clerk.session.run(actor_acts.add_actor, actor_acts.draft_actor(clerk.session.project, "", f"Person {number}"))
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    first = clerk.options()
    assert [line.key for line in clerk.lines()] == [*"123456789", "0"]
    clerk.press(Key.Key_PageDown)
    second = clerk.options()
    assert not set(first[:9]) & set(second[:-1])
    clerk.press(Key.Key_1, Key.Key_Return)
    assert clerk.session.project.actor(clerk.ends("HOLDER")[0].actor_id).name_en == second[0]


# By mouse


def test_a_stance_by_mouse_alone(clerk):
    clerk.hand.select("تسعى")
    QTest.mouseClick(clerk.window.desk.pane.palette_box.buttons["STANCE"], LEFT)
    tag = clerk.session.tag_id
    clerk.click("غانتس")
    clerk.click("حماس")
    clerk.click("Against")
    QTest.mouseClick(clerk.panel.done_button, LEFT)
    assert clerk.panel is None
    assert clerk.ends("HOLDER", tag) == [End(span_id=clerk.ids["غانتس"])]
    assert clerk.ends("TARGET", tag) == [End(span_id=clerk.ids["حماس"])]
    assert clerk.span(tag).attributes["polarity"] == "AGAINST"


def test_an_event_by_mouse_alone_left_by_a_click_into_the_article(clerk):
    clerk.hand.select("مباحثات")
    QTest.mouseClick(clerk.window.desk.pane.palette_box.buttons["EVENT"], LEFT)
    tag = clerk.session.tag_id
    clerk.click("Meet, visit, talk")
    clerk.click("Who acts", Kind.QUESTION)
    clerk.click("غانتس")
    clerk.click("أردوغان")
    clerk.click("أنقرة")
    clerk.click("Negated", Kind.QUESTION)
    clerk.click("Yes")
    word = clerk.hand.find("في")
    clerk.hand.view.scroll_to(*word)
    spot = clerk.hand.spot(*word)
    assert not clerk.panel.geometry().contains(spot)
    QTest.mouseClick(clerk.hand.view.viewport(), LEFT, pos=spot)
    assert clerk.panel is None
    assert clerk.span(tag).attributes["negated"] is True
    assert [len(clerk.ends(kind, tag)) for kind in ("AGENT", "RECIPIENT", "PLACE")] == [1, 1, 1]


# Coming and going


def test_escape_loses_neither_the_tag_nor_what_was_answered(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_Escape)
    assert clerk.span().label_id == "STANCE"
    assert clerk.acts()[0] is Op.ADD_TAG
    clerk.press(Key.Key_F, Key.Key_1, Key.Key_Escape)
    assert len(clerk.ends("HOLDER")) == 1
    assert clerk.panel is None


def test_a_plain_tag_takes_two_acts_with_the_form_open(clerk):
    """Going on to select, by mouse or keyboard, needs no key that closes the form."""
    for word, key in (("تسعى", Key.Key_3), ("مباحثات", Key.Key_2)):
        clerk.hand.view.scroll_to(*clerk.hand.find(word))
        clerk.hand.select(word)
        clerk.press(key)
        assert clerk.panel is not None
        QTest.qWait(QApplication.doubleClickInterval() + 10)  # or the next click would be a third one
    clerk.press(Key.Key_Left, modifiers=CTRL | SHIFT)  # over the blank
    assert clerk.panel is None
    clerk.press(Key.Key_Left, modifiers=CTRL | SHIFT)
    clerk.press(Key.Key_4)
    assert clerk.hand.labels().count("PLACE") == 2


def test_the_form_opens_by_itself_only_where_more_is_to_be_said_and_wanted(clerk, program):
    clerk.select("إيران")
    clerk.press(Key.Key_1)
    assert clerk.panel is None
    program.settings.set("form_at_once", value=False)
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    assert clerk.panel is None
    clerk.press(Key.Key_F)
    assert clerk.panel is not None


def test_shift_and_a_label_key_tag_with_the_form(clerk, program):
    program.settings.set("form_at_once", value=False)
    clerk.select("تسعى")
    clerk.press(Key.Key_3, modifiers=SHIFT)
    assert clerk.span().label_id == "STANCE"
    assert clerk.panel is not None


def test_undo_with_the_form_open_takes_back_what_it_was_told(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1)
    tag = clerk.session.tag_id
    clerk.press(Key.Key_Z, modifiers=CTRL)
    assert clerk.panel is None
    assert clerk.ends("HOLDER", tag) == []
    assert clerk.session.span(tag) is not None
    clerk.press(Key.Key_Z, modifiers=CTRL | SHIFT)
    assert len(clerk.ends("HOLDER", tag)) == 1


def test_another_article_language_or_the_end_keeps_what_was_answered(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1)
    tag = clerk.session.tag_id
    clerk.window.viewing.choose("language", "ar")
    assert clerk.panel is None
    assert len(clerk.ends("HOLDER", tag)) == 1
    clerk.press(Key.Key_F, Key.Key_2)
    clerk.press(Key.Key_PageDown, modifiers=CTRL)
    assert clerk.panel is None
    assert len(clerk.session.project.relations_touching([tag])) == 2


def test_a_form_that_was_left_asks_nothing_of_a_shorter_article(clerk, tmp_path):
    (tmp_path / "short.txt").write_text("غانتس", encoding="utf-8")
    clerk.session.announce(import_files(clerk.session.project, [tmp_path / "short.txt"])[0])
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.session.select_article(clerk.session.project.articles(5, 1)[0].id)
    assert clerk.panel is None
    clerk.hand.view.verticalScrollBar().valueChanged.emit(0)
    clerk.window.resize(900, 600)
    QApplication.processEvents()


def test_a_deleted_tag_takes_its_form_along(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1)
    clerk.session.run(tag_acts.delete_tags, [clerk.session.tag_id])
    assert clerk.panel is None
    assert "STANCE" not in clerk.hand.labels()


def test_a_project_that_can_only_be_read_is_left_as_it_is(clerk, monkeypatch):
    monkeypatch.setattr(type(clerk.session.project), "read_only", property(lambda _project: True))
    clerk.session.select_tag(clerk.ids["غانتس"])
    clerk.window.update_commands()
    clerk.hand.view.setFocus()
    before = len(clerk.acts())
    clerk.press(Key.Key_F)
    clerk.press(Key.Key_3, modifiers=SHIFT)
    assert clerk.panel is None
    assert len(clerk.acts()) == before


# Where it is


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(860, 480), (1240, 780)])
def test_the_form_is_in_sight_and_never_over_its_tag(clerk, language, size):
    clerk.window.viewing.choose("language", language)
    clerk.window.resize(*size)
    QApplication.processEvents()
    words = ["مصادر", "مباحثات", "تسعى", clerk.hand.text.split()[-1].strip(".”")]
    for word in words:
        after = clerk.hand.text.rindex(word) if word == words[-1] else 0
        start, end = clerk.hand.find(word, after)
        clerk.hand.view.setFocus()
        clerk.hand.view.select(start, end)
        clerk.hand.view.scroll_to(start, end)
        clerk.press(Key.Key_3)
        for _ in range(7):
            QApplication.processEvents()
            panel, view = clerk.panel, clerk.hand.view
            assert view.viewport().rect().contains(panel.geometry())
            assert not any(rect.toRect().intersects(panel.geometry()) for rect in view.span_rects(start, end))
            here = panel.list.visualRect(panel.model.index(clerk.line(clerk.question().text, Kind.QUESTION)))
            assert panel.list.viewport().rect().contains(here)
            assert panel.height() >= 150
            clerk.press(Key.Key_Tab)
        clerk.press(Key.Key_Escape)
        clerk.session.select_tag(None)


def test_the_form_moves_with_the_text(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    before = clerk.panel.y()
    bar = clerk.hand.view.verticalScrollBar()
    bar.setValue(bar.value() + 20)
    assert clerk.panel.y() == before - 20


def test_a_screen_reader_is_told_what_is_asked_and_answered(clerk):
    said = []
    clerk.select("تسعى")
    clerk.press(Key.Key_3)
    clerk.panel.announced.connect(said.append)
    clerk.press(Key.Key_1, Key.Key_Up)
    assert said[0] == "Target"
    assert said[1].startswith("Holder, ")


def test_the_arcs_of_what_was_answered_are_in_sight(clerk):
    clerk.window.resize(1000, 620)
    QApplication.processEvents()
    clerk.add("تركيا", "ACTOR")
    clerk.select("تسعى")
    clerk.press(Key.Key_3, Key.Key_1, Key.Key_Return)
    QApplication.processEvents()
    view = clerk.hand.view
    assert clerk.ends("HOLDER")
    assert view.span_rects(*clerk.hand.find("تسعى"))[0].top() >= view.room_above


def test_the_form_of_a_tag_that_fills_the_view_still_shows_what_can_be_chosen(clerk):
    clerk.window.resize(860, 480)
    QApplication.processEvents()
    start = clerk.hand.text.index("تسعى")
    clerk.hand.view.setFocus()
    clerk.hand.view.select(start, start + 400)
    clerk.press(Key.Key_3)
    QApplication.processEvents()
    assert clerk.panel.height() >= 150
    assert clerk.hand.view.viewport().rect().contains(clerk.panel.geometry())
    first = clerk.hand.view.span_rects(start, start + 1)[0].toRect()
    assert not first.intersects(clerk.panel.geometry())


def test_the_tag_is_in_sight_when_its_form_has_closed(clerk):
    clerk.window.resize(860, 480)
    QApplication.processEvents()
    clerk.select("اجتمع")
    clerk.press(Key.Key_2, Key.Key_2, Key.Key_Tab, Key.Key_1, Key.Key_2, Key.Key_Return)
    QApplication.processEvents()
    view = clerk.hand.view
    assert clerk.ends("AGENT")
    assert view.viewport().rect().contains(view.span_rects(*clerk.hand.find("اجتمع"))[0].toRect())


def test_many_choices_keep_their_digits_and_offer_the_last_one_by_0(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_2)
    assert clerk.question().text == "Event type"
    before = clerk.lines()
    clerk.press(Key.Key_3, Key.Key_Return)
    chosen = clerk.span().attributes["type"]
    clerk.select("مباحثات")
    clerk.press(Key.Key_2)
    after = clerk.lines()
    assert (after[0].key, after[0].text) == ("0", before[2].text)
    assert [(line.key, line.text) for line in after[1:]] == [(line.key, line.text) for line in before]
    clerk.press(Key.Key_0, Key.Key_Return)
    assert clerk.span().attributes["type"] == chosen


def test_a_click_elsewhere_in_the_text_finds_it_where_it_was(clerk):
    """Closing the form must not scroll the text away from under the mouse."""
    clerk.select("تسعى")
    clerk.press(Key.Key_2)
    view = clerk.hand.view
    last = len(clerk.session.project.text(clerk.session.article_id)) - 30
    view.scroll_to(last, last + 1)
    QApplication.processEvents()
    height = view.verticalScrollBar().value()
    point = view.span_rects(last, last + 1)[0].center().toPoint()
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    assert clerk.panel is None
    assert view.verticalScrollBar().value() == height
    assert abs(view.caret() - last) <= 1


def test_a_linked_event_takes_three_acts_with_the_form_open(clerk):
    clerk.select("تسعى")
    clerk.press(Key.Key_2)
    clerk.press(Key.Key_L, modifiers=CTRL)
    event_id = clerk.span().event_id
    assert event_id is not None
    clerk.select("مباحثات")
    before = clerk.keys
    clerk.press(Key.Key_2)
    assert clerk.panel is not None
    clerk.press(Key.Key_L, modifiers=CTRL | SHIFT)
    assert clerk.keys - before == 2
    assert clerk.span().words == "مباحثات"
    assert clerk.span().event_id == event_id
