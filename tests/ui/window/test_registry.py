# SPDX-License-Identifier: MIT
"""Actors and events in the window: lists, pages, likely the same; by keyboard and by mouse, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.modeltest import ModelTester

from annotator.model.attributes import ACTOR_KIND
from annotator.model.ids import ActorId, EventId, LabelId, RelationTypeId, SpanId
from annotator.model.relation import End
from annotator.model.span import Span
from annotator.ops import actors, events, relations, tags
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.registry.candidate_page import CandidatePage
from annotator.ui.registry.finding import Dismissed
from annotator.ui.registry.list_page import RegistryList
from annotator.ui.registry.names import Kind
from annotator.ui.registry.page import RecordPage
from annotator.ui.registry.picking import MergeDialog, PickDialog
from annotator.ui.session import Session
from annotator.ui.theme import LIGHT

from .conftest import Dialogs, Hand

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("غانتس", "جانتس", "أردوغان", "إردوغان", "اردوغان", "أكار", "آكار")


@pytest.fixture(autouse=True)
def _asked(monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs) -> None:
    """Note what the dialogs of the registry are asked, too."""
    for dialog in (MergeDialog, PickDialog):

        def ask(*arguments: Any, _name: str = dialog.__name__) -> Any:
            dialogs.asked.append((_name, arguments))
            return dialogs.answers.get(_name)

        monkeypatch.setattr(dialog, "ask", ask)


def tag_all(session: Session, *words: str, label: str = "ACTOR") -> dict[str, list[SpanId]]:
    """Tag whole words in all articles, three times each at most."""
    project = session.project
    found: dict[str, list[SpanId]] = {word: [] for word in words}
    for article in project.articles():
        text = project.text(article.id)
        for word in words:
            at, count = text.find(word), 0
            while at >= 0 and count < 3:
                around = text[max(0, at - 1) : at] + text[at + len(word) : at + len(word) + 1]
                if not any(letter.isalpha() for letter in around):
                    changes = session.run(tags.add_tag, article.id, at, at + len(word), LabelId(label))
                    assert changes is not None
                    found[word] += [row.record.id for row in changes.rows if isinstance(row.record, Span)]
                    count += 1
                at = text.find(word, at + 1)
    return found


class Desk:
    """The seeds with names tagged, and an actor and an event that they are linked to."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.window, self.session = hand, hand.window, hand.session
        project = self.session.project
        self.spans = tag_all(self.session, *NAMES)
        self.told = tag_all(self.session, "زيارة", label="EVENT")["زيارة"]
        actor = actors.draft_actor(project, "رجب طيب أردوغان", "Recep Tayyip Erdoğan")
        self.session.run(actors.add_actor, replace(actor, kind="PERS", country="TUR"), self.spans["أردوغان"])
        event = events.draft_event(project, "زيارة غانتس إلى تركيا")
        self.session.run(events.add_event, replace(event, place="أنقرة", participants=(actor.id,)), self.told)
        self.actor_id, self.event_id = actor.id, event.id
        settle()

    @property
    def project(self) -> Project:
        return self.session.project

    def list(self, kind: Kind = Kind.ACTOR) -> RegistryList:
        self.window.registry.show_list(kind)
        settle()
        page = self.window.desk.side.page({Kind.ACTOR: "actors", Kind.EVENT: "events"}[kind])
        assert isinstance(page, RegistryList)
        return page

    def page(self, kind: Kind = Kind.ACTOR) -> RecordPage:
        id_ = self.actor_id if kind is Kind.ACTOR else self.event_id
        self.window.registry.open_record(kind, id_)
        settle()
        page = self.window.desk.drawer.built(kind.value)
        assert isinstance(page, RecordPage)
        return page

    def candidates(self) -> CandidatePage:
        self.window.registry.open_candidates()
        page = self.window.desk.drawer.built("candidates")
        assert isinstance(page, CandidatePage)
        self.hand.qtbot.waitUntil(lambda: page.groups.rowCount() > 0 and not page._finder.is_searching)
        settle()
        return page

    def search_done(self, page: CandidatePage) -> None:
        self.hand.qtbot.waitUntil(lambda: not page._again.isActive() and not page._finder.is_searching)
        settle()


@pytest.fixture
def desk(seeds: Hand) -> Desk:
    return Desk(seeds)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def names(view: QListView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def click(view: QListView, row: int, modifiers: Any = Qt.KeyboardModifier.NoModifier, x: int = 0) -> None:
    view.scrollTo(view.model().index(row, 0))
    rect = view.visualRect(view.model().index(row, 0))
    place = rect.center() if not x else QPoint(rect.left() + x, rect.center().y())
    QTest.mouseClick(view.viewport(), LEFT, modifiers, place)
    settle()


def press(widget: QWidget, key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)
    settle()


def check_model(model: QAbstractItemModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)


# The lists


def test_the_list_shows_actors_with_most_mentions_first(desk: Desk) -> None:
    other = actors.draft_actor(desk.project, "بيني غانتس", "Benny Gantz")
    desk.session.run(actors.add_actor, other, desk.spans["غانتس"][:2])
    shown = desk.list()
    assert names(shown.view) == ["Recep Tayyip Erdoğan", "Benny Gantz"]
    entry = shown.model.entry_at(0)
    assert entry is not None
    assert (entry.count, entry.other) == (len(desk.spans["أردوغان"]), "رجب طيب أردوغان")
    QTest.mouseClick(shown.order_button, LEFT)
    assert names(shown.view) == ["Benny Gantz", "Recep Tayyip Erdoğan"]


@pytest.mark.parametrize("typed", ["اردوغ", "erdo", "إِردوغان", "ardgan", "طيب"])
def test_an_actor_is_found_in_either_script(desk: Desk, typed: str) -> None:
    other = actors.draft_actor(desk.project, "يائير لبيد", "Yair Lapid")
    desk.session.run(actors.add_actor, other)
    shown = desk.list()
    desk.hand.qtbot.waitUntil(lambda: not shown._timer.isActive())
    assert QApplication.focusWidget() is shown.filter
    shown.filter.insert(typed)  # QTest knows no keys for Arabic letters
    assert names(shown.view) == ["Recep Tayyip Erdoğan"]
    press(shown.filter, Qt.Key.Key_Return)
    assert desk.window.desk.drawer.title == "Recep Tayyip Erdoğan"


def test_what_is_not_found_is_said_and_escape_clears_the_field(desk: Desk) -> None:
    shown = desk.list()
    QTest.keyClicks(shown.filter, "zzzz")
    assert shown._hint.isVisible()
    press(shown.filter, Qt.Key.Key_Escape)
    assert names(shown.view) == ["Recep Tayyip Erdoğan"]


def test_by_keyboard_from_the_field_into_the_list_to_the_page(desk: Desk) -> None:
    shown = desk.list()
    press(shown.filter, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shown.view
    press(shown.view, Qt.Key.Key_Return)
    assert desk.window.desk.drawer.current == "actor"


def test_an_empty_list_says_what_to_do(seeds: Hand) -> None:
    seeds.window.registry.show_list(Kind.ACTOR)
    settle()
    page = seeds.window.desk.side.page("actors")
    assert isinstance(page, RegistryList)
    assert page._hint.isVisible()
    assert "Ctrl+M" in page._hint.text()


def test_the_focus_is_never_in_a_list_that_is_hidden(seeds: Hand) -> None:
    seeds.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    seeds.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is seeds.view


def test_a_new_actor_gets_the_typed_name_in_its_script(desk: Desk, dialogs: Dialogs) -> None:
    shown = desk.list()
    for typed, field in (("يائير لبيد", "name_ar"), ("Yair Lapid", "name_en"), ("7 أكتوبر", "name_ar")):
        dialogs.answers["LineDialog"] = typed
        QTest.mouseClick(shown._buttons["add"], LEFT)
        settle()
        assert desk.window.desk.drawer.title == typed
        made = [actor for actor in desk.project.actors.values() if typed in actor.names]
        assert [getattr(actor, field) for actor in made] == [typed]


def test_delete_says_how_many_mentions_lose_their_link_and_can_be_undone(desk: Desk, dialogs: Dialogs) -> None:
    shown = desk.list()
    press(shown.filter, Qt.Key.Key_Down)
    press(shown.view, Qt.Key.Key_Delete)
    assert dialogs.names()[-1] == "ConfirmDialog"
    assert f"{len(desk.spans['أردوغان'])} mentions" in dialogs.text()
    assert desk.actor_id in desk.project.actors  # nobody has agreed
    dialogs.answers["ConfirmDialog"] = True
    press(shown.view, Qt.Key.Key_Delete)
    assert desk.project.actors == {}
    assert names(shown.view) == []
    desk.window.undo()
    settle()
    assert names(shown.view) == ["Recep Tayyip Erdoğan"]
    entry = shown.model.entry_at(0)
    assert entry is not None
    assert entry.count == len(desk.spans["أردوغان"])


def test_delete_in_the_list_deletes_no_tag(desk: Desk) -> None:
    desk.session.select_tag(desk.session.spans()[0].id)
    before = desk.project.span_count()
    shown = desk.list()
    shown.view.setFocus()
    press(shown.view, Qt.Key.Key_Delete)
    assert desk.project.span_count() == before


def test_several_are_merged_into_the_one_that_is_chosen(desk: Desk, dialogs: Dialogs) -> None:
    other = actors.draft_actor(desk.project, "أردوغان التركي")
    desk.session.run(actors.add_actor, other, desk.spans["إردوغان"][:1])
    shown = desk.list()
    click(shown.view, 0)
    click(shown.view, 1, CTRL)
    assert len(shown.selected()) == 2
    dialogs.answers["MergeDialog"] = desk.actor_id
    QTest.mouseClick(shown._buttons["merge"], LEFT)
    settle()
    assert list(desk.project.actors) == [desk.actor_id]
    assert "أردوغان التركي" in desk.project.actor(desk.actor_id).aliases
    assert names(shown.view) == ["Recep Tayyip Erdoğan"]
    desk.window.undo()
    settle()
    assert len(names(shown.view)) == 2


def test_the_merge_dialog_offers_the_most_mentioned_and_counts(desk: Desk) -> None:
    other = actors.draft_actor(desk.project, "غيره")
    desk.session.run(actors.add_actor, other)
    entries = desk.window.registry.acts._entries(Kind.ACTOR, [other.id, desk.actor_id])
    dialog = MergeDialog(desk.window, Kind.ACTOR, sorted(entries, key=lambda entry: -entry.count))
    assert dialog.box.currentData() == desk.actor_id
    assert "0 mentions" in dialog._says.text()
    dialog.box.setCurrentIndex(1)
    assert f"{len(desk.spans['أردوغان'])} mentions" in dialog._says.text()
    dialog.deleteLater()


def test_the_menu_offers_what_can_be_done(desk: Desk) -> None:
    shown = desk.list()
    can = {action.text(): action.isEnabled() for action in shown.view.menu().actions() if action.text()}
    assert can == {
        "Open its page": False,
        "Merge…": False,
        "Delete…": False,
        "New actor": True,
        "Likely the same…": True,
    }


def test_counts_follow_links_as_they_are_made(desk: Desk) -> None:
    shown = desk.list()
    before = shown.model.entry_at(0)
    desk.session.run(actors.link_tags, desk.spans["إردوغان"][:2], desk.actor_id)
    after = shown.model.entry_at(0)
    assert before is not None
    assert after is not None
    assert after.count == before.count + 2


def test_a_list_that_is_not_seen_reads_nothing(desk: Desk) -> None:
    page = desk.window.desk.side.page("events")
    assert isinstance(page, RegistryList)
    assert page.model.total == 0
    assert names(desk.list(Kind.EVENT).view) == ["زيارة غانتس إلى تركيا"]


def test_the_models_are_sound(desk: Desk, qtmodeltester: ModelTester) -> None:
    check_model(desk.list().model, qtmodeltester)
    check_model(desk.page().mentions.model, qtmodeltester)
    check_model(desk.page(Kind.EVENT).tellings.cards, qtmodeltester)
    page = desk.candidates()
    check_model(page.groups, qtmodeltester)
    check_model(page.forms, qtmodeltester)


# The page of an actor


def test_m_opens_the_page_of_the_current_tag(desk: Desk) -> None:
    linked = next(span for span in desk.session.spans() if span.actor_id is not None)
    desk.hand.view.setFocus()
    desk.session.select_tag(linked.id)
    desk.hand.press(Qt.Key.Key_M)
    settle()
    assert desk.window.desk.drawer.title == "Recep Tayyip Erdoğan"
    told = next(span for article in desk.project.articles() for span in desk.project.spans(article.id) if span.event_id)
    desk.window.registry._go_on_at(told)
    desk.hand.press(Qt.Key.Key_M)
    settle()
    assert desk.window.desk.drawer.current == "event"


def test_m_on_a_tag_without_a_link_says_so(desk: Desk) -> None:
    free = next(span for span in desk.session.spans() if span.actor_id is None and span.event_id is None)
    desk.hand.view.setFocus()
    desk.session.select_tag(free.id)
    desk.hand.press(Qt.Key.Key_M)
    assert desk.window.desk.drawer.current is None


def test_all_mentions_are_listed_and_a_click_goes_there(desk: Desk) -> None:
    page = desk.page()
    assert len(names(page.mentions.view)) == len(desk.spans["أردوغان"])
    last = page.mentions.model.rowCount() - 1
    click(page.mentions.view, last)
    span = page.mentions.model.span_at(last)
    assert (desk.session.article_id, desk.session.tag_id) == (span.article_id, span.id)
    page.mentions.view.setFocus()
    press(page.mentions.view, Qt.Key.Key_Home)
    press(page.mentions.view, Qt.Key.Key_Return)
    first = page.mentions.model.span_at(0)
    assert (desk.session.article_id, desk.session.tag_id) == (first.article_id, first.id)
    assert QApplication.focusWidget() is desk.hand.view


def test_each_field_is_one_act_and_undo_shows_it(desk: Desk) -> None:
    page = desk.page()
    line = page.form.rows["name_en"].field.line  # type: ignore[attr-defined]  # a text field
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "R. T. Erdogan")
    press(line, Qt.Key.Key_Return)
    assert desk.project.actor(desk.actor_id).name_en == "R. T. Erdogan"
    assert QApplication.focusWidget() is line
    assert desk.window.desk.drawer.title == "R. T. Erdogan"
    desk.window.undo()
    settle()
    assert line.text() == "Recep Tayyip Erdoğan"
    assert desk.window.desk.drawer.title == "Recep Tayyip Erdoğan"


def test_kind_and_country_are_kept_as_the_scheme_and_iso_have_them(desk: Desk) -> None:
    page = desk.page()
    field = page.form.rows["kind"].field
    assert field.attribute.id == ACTOR_KIND
    field.set_value("GPE")
    field.edited.emit()
    assert desk.project.actor(desk.actor_id).kind == "GPE"
    line = page.form.rows["country"].field.line  # type: ignore[attr-defined]
    line.setFocus()
    line.setText("isr")
    press(line, Qt.Key.Key_Return)
    assert desk.project.actor(desk.actor_id).country == "ISR"


def test_a_refused_value_is_told_and_changes_nothing(desk: Desk) -> None:
    page = desk.page()
    line = page.form.rows["country"].field.line  # type: ignore[attr-defined]
    line.setFocus()
    line.setText("Turkey")
    press(line, Qt.Key.Key_Return)
    assert desk.window.banner.isVisible()
    assert desk.project.actor(desk.actor_id).country == "TUR"


def test_an_alias_is_added_and_taken_away(desk: Desk) -> None:
    page = desk.page()
    line = page.form.aliases.line
    line.setFocus()
    line.insert("الطيب أردوغان")
    press(line, Qt.Key.Key_Return)
    assert "الطيب أردوغان" in desk.project.actor(desk.actor_id).aliases
    assert (line.text(), QApplication.focusWidget()) == ("", line)
    QTest.mouseClick(page.form.aliases.chips["الطيب أردوغان"].button, LEFT)
    settle()
    assert "الطيب أردوغان" not in desk.project.actor(desk.actor_id).aliases


def test_an_alias_of_another_is_refused_and_stays_to_be_mended(desk: Desk) -> None:
    other = actors.draft_actor(desk.project, "يائير لبيد")
    desk.session.run(actors.add_actor, other)
    page = desk.page()
    line = page.form.aliases.line
    line.setFocus()
    line.insert("يائير لبيد")
    press(line, Qt.Key.Key_Return)
    assert desk.window.banner.isVisible()
    assert line.text() == "يائير لبيد"
    assert "يائير لبيد" not in desk.project.actor(desk.actor_id).aliases


def test_members_are_picked_and_taken_away(desk: Desk, dialogs: Dialogs) -> None:
    other = actors.draft_actor(desk.project, "يائير لبيد", "Yair Lapid")
    desk.session.run(actors.add_actor, other)
    page = desk.page()
    dialogs.answers["PickDialog"] = other.id
    QTest.mouseClick(page.form.others.adder, LEFT)
    settle()
    assert desk.project.actor(desk.actor_id).members == (other.id,)
    assert desk.actor_id in dialogs.asked[-1][1][-1]  # nobody is a member of itself
    QTest.mouseClick(page.form.others.chips[other.id].button, LEFT)
    settle()
    assert desk.project.actor(desk.actor_id).members == ()


def test_a_note_is_kept_when_another_page_is_opened(desk: Desk) -> None:
    page = desk.page()
    page.form.note.setFocus()
    QTest.keyClicks(page.form.note, "Someone to look up")
    desk.page(Kind.EVENT)
    assert desk.project.actor(desk.actor_id).note == "Someone to look up"


def test_some_mentions_are_split_off_and_back_by_undo(desk: Desk, dialogs: Dialogs) -> None:
    page = desk.page()
    click(page.mentions.view, 0)
    dialogs.answers["LineDialog"] = "غيره"
    QTest.mouseClick(page.mentions.buttons["split"], LEFT)
    settle()
    assert page.mentions.model.rowCount() == len(desk.spans["أردوغان"]) - 1
    other = next(actor for actor in desk.project.actors.values() if actor.name_ar == "غيره")
    assert len(desk.project.linked_spans([other.id])) == 1
    desk.window.undo()
    settle()
    assert page.mentions.model.rowCount() == len(desk.spans["أردوغان"])


def test_mentions_are_linked_to_another_and_unlinked(desk: Desk, dialogs: Dialogs) -> None:
    other = actors.draft_actor(desk.project, "غيره")
    desk.session.run(actors.add_actor, other)
    page = desk.page()
    count = page.mentions.model.rowCount()
    click(page.mentions.view, 0)
    dialogs.answers["PickDialog"] = other.id
    QTest.mouseClick(page.mentions.buttons["link"], LEFT)
    settle()
    assert len(desk.project.linked_spans([other.id])) == 1
    click(page.mentions.view, 0)
    press(page.mentions.view, Qt.Key.Key_Delete)
    assert page.mentions.model.rowCount() == count - 2


def test_tag_all_occurrences_asks_for_the_actor_that_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.page()
    asked: list[ActorId] = []
    monkeypatch.setattr(desk.window.hits, "open_for_actor", asked.append)
    QTest.mouseClick(page._occurrences, LEFT)
    assert asked == [desk.actor_id]


def test_the_page_of_an_actor_that_is_gone_closes(desk: Desk) -> None:
    desk.page()
    desk.session.run(actors.delete_actors, [desk.actor_id])
    settle()
    assert desk.window.desk.drawer.current is None


def test_a_page_hears_what_happened_while_it_was_not_seen(desk: Desk) -> None:
    page = desk.page()
    desk.window.desk.drawer.close_page()
    desk.session.run(actors.link_tags, desk.spans["إردوغان"], desk.actor_id)
    assert desk.page() is page
    assert page.mentions.model.rowCount() == len(desk.spans["أردوغان"]) + len(desk.spans["إردوغان"])


def test_in_a_narrow_drawer_one_half_is_seen_at_a_time(desk: Desk) -> None:
    page = desk.page()
    page._form_area.setVisible(True)
    page.resize(380, 130)
    assert page._views.isVisible()
    assert not page._form_area.isVisible()
    page._details.click()
    assert page._form_area.isVisible()
    assert not page._views.isVisible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_shows_the_same_in_the_other_language(desk: Desk, language: str) -> None:
    desk.page()
    desk.window.viewing.choose("language", language)
    settle()
    drawer = desk.window.desk.drawer
    assert drawer.current == "actor"
    assert drawer.title == {"en": "Recep Tayyip Erdoğan", "ar": "رجب طيب أردوغان"}[language]
    page = drawer.built("actor")
    assert isinstance(page, RecordPage)
    assert page.mentions.model.rowCount() == len(desk.spans["أردوغان"])


# The page of an event


def test_the_tellings_stand_side_by_side_with_their_roles(desk: Desk) -> None:
    told = desk.project.span(desk.told[0])
    agent = next(span for span in desk.project.spans(told.article_id) if span.label_id == "ACTOR")
    desk.session.run(relations.add_relation, RelationTypeId("AGENT"), told.id, End(span_id=agent.id))
    page = desk.page(Kind.EVENT)
    shown = {article.id for article in desk.project.articles()} & {desk.project.span(t).article_id for t in desk.told}
    assert page.tellings.cards.rowCount() == len(shown)
    telling = page.tellings.cards.card(0).tellings[0]
    assert telling.quote == "زيارة"
    assert len(telling.sentence) > 30
    assert agent.words in {value for _, value in telling.lines}
    places = [page.tellings.visualRect(page.tellings.cards.index(row)).x() for row in (0, 1)]
    assert places[0] < places[1]


def test_a_click_on_a_card_goes_to_its_tag_and_it_follows_changes(desk: Desk) -> None:
    page = desk.page(Kind.EVENT)
    click(page.tellings, 1)
    assert desk.session.tag_id == page.tellings.cards.spans_at(1)[0].id
    told = page.tellings.cards.spans_at(0)[0]
    desk.session.run(tags.set_attributes, [told.id], {"type": "SANCTION"})
    settle()
    lines = dict(page.tellings.cards.card(0).tellings[0].lines)
    assert any("anction" in value for value in lines.values())


def test_tellings_can_be_seen_in_a_list_and_split_off(desk: Desk, dialogs: Dialogs) -> None:
    page = desk.page(Kind.EVENT)
    page._toggle.click()
    assert page.mentions.isVisible()
    click(page.mentions.view, 0)
    dialogs.answers["LineDialog"] = "زيارة أخرى"
    QTest.mouseClick(page.mentions.buttons["split"], LEFT)
    settle()
    assert {event.title for event in desk.project.events.values()} == {"زيارة غانتس إلى تركيا", "زيارة أخرى"}
    page._toggle.click()
    settle()
    assert page.tellings.isVisible()
    click(page.tellings, 0)
    press(page.tellings, Qt.Key.Key_Delete)
    assert page.mentions.model.rowCount() < len(desk.told) - 1


def test_a_wrong_date_is_said_beside_the_field(desk: Desk) -> None:
    page = desk.page(Kind.EVENT)
    line = page.form.rows["date"].field.line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClicks(line, "yesterday")
    press(line, Qt.Key.Key_Return)
    assert page.form.rows["date"].field.problem()
    assert desk.project.event(EventId(desk.event_id)).date == ""
    line.clear()
    QTest.keyClicks(line, "2022-10-27")
    press(line, Qt.Key.Key_Return)
    assert desk.project.event(EventId(desk.event_id)).date == "2022-10-27"


# Likely the same


def group_row(page: CandidatePage, name: str) -> int:
    return next(row for row, shown in enumerate(names(page.group_list)) if shown == name)


def test_ctrl_m_shows_known_spellings_with_their_reasons(desk: Desk) -> None:
    desk.hand.view.setFocus()
    desk.hand.press(Qt.Key.Key_M, CTRL)
    page = desk.candidates()
    groups = [page.groups.group_at(row) for row in range(page.groups.rowCount())]
    sure = [{c.form.quote for c in group.candidates if c.sure} for group in groups if group is not None]
    assert {"غانتس", "جانتس"} in sure
    assert {"أكار", "آكار"} in sure
    click(page.group_list, group_row(page, "Recep Tayyip Erdoğan"))
    group = page.forms.group
    assert group is not None
    assert group.actor_id == desk.actor_id
    assert {"إردوغان"} <= {candidate.form.quote for candidate in group.candidates}
    spoken = str(page.forms.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "أردوغان" in spoken


def test_ticked_forms_become_a_new_actor_as_one_act(desk: Desk, dialogs: Dialogs) -> None:
    page = desk.candidates()
    click(page.group_list, group_row(page, "غانتس"))
    before = desk.project.history(limit=1)[0].seq
    dialogs.answers["LineDialog"] = "بيني غانتس"
    QTest.mouseClick(page.buttons["add"], LEFT)
    desk.search_done(page)
    assert desk.project.history(limit=1)[0].seq == before + 1
    made = next(actor for actor in desk.project.actors.values() if actor.name_ar == "بيني غانتس")
    quotes = {span.quote for span in desk.project.linked_spans([made.id])}
    assert quotes == {"غانتس", "جانتس"}
    assert "غانتس" not in names(page.group_list)
    desk.window.undo()
    desk.search_done(page)
    assert "غانتس" in names(page.group_list)


def test_an_unticked_form_is_left_alone(desk: Desk) -> None:
    page = desk.candidates()
    click(page.group_list, group_row(page, "Recep Tayyip Erdoğan"))
    rows = [page.forms.candidate_at(row).form.quote for row in range(page.forms.rowCount())]
    assert page.buttons["link"].isVisible()
    click(page.form_list, 0, x=18)
    left_alone = rows[0]
    assert left_alone not in {candidate.form.quote for candidate in page.forms.ticked()}
    page.form_list.setFocus()
    press(page.form_list, Qt.Key.Key_Space)
    assert left_alone in {candidate.form.quote for candidate in page.forms.ticked()}
    press(page.form_list, Qt.Key.Key_Space)
    if page.forms.ticked():
        QTest.mouseClick(page.buttons["link"], LEFT)
        desk.search_done(page)
    assert left_alone not in {span.quote for span in desk.project.linked_spans([desk.actor_id])}


def test_all_forms_are_linked_to_the_known_actor(desk: Desk) -> None:
    page = desk.candidates()
    click(page.group_list, group_row(page, "Recep Tayyip Erdoğan"))
    page.all_box.click()
    if len(page.forms.ticked()) < page.forms.rowCount():
        page.all_box.click()
    QTest.mouseClick(page.buttons["link"], LEFT)
    desk.search_done(page)
    linked = {span.quote for span in desk.project.linked_spans([desk.actor_id])}
    assert {"أردوغان", "إردوغان"} <= linked


def test_enter_on_a_form_goes_to_its_first_mention(desk: Desk) -> None:
    page = desk.candidates()
    click(page.group_list, group_row(page, "غانتس"))
    press(page.group_list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.form_list
    press(page.form_list, Qt.Key.Key_Return)
    span = desk.session.span(desk.session.tag_id)
    assert span is not None
    assert span.id == page.forms.candidate_at(0).form.first
    assert QApplication.focusWidget() is desk.hand.view


def test_a_dismissed_group_stays_away(desk: Desk) -> None:
    page = desk.candidates()
    click(page.group_list, group_row(page, "غانتس"))
    QTest.mouseClick(page.buttons["dismiss"], LEFT)
    assert "غانتس" not in names(page.group_list)
    page.search()
    desk.search_done(page)
    assert "غانتس" not in names(page.group_list)
    assert desk.project.history(limit=1)[0].op != "link_tags"


def test_closing_the_project_while_it_searches_leaves_nothing_running(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []

    def endless(_project: Project, _who: object, _dismissed: object, goes_on: Callable[[], bool]) -> Any:
        while goes_on():
            begun.append(True)
        yield from ()

    monkeypatch.setattr("annotator.ui.registry.finding.find_candidates", endless)
    desk.window.registry.open_candidates()
    desk.hand.qtbot.waitUntil(lambda: bool(begun))
    desk.window.files.close_project()
    assert not desk.window.registry._finder.is_searching


def test_a_bug_in_the_search_comes_to_light(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("annotator.ui.registry.finding.find_candidates", fail)
    with desk.hand.qtbot.captureExceptions() as caught:
        desk.window.registry.open_candidates()
        desk.hand.qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


@pytest.mark.parametrize("kept", ["", "{", "3", '["a"]'])
def test_dismissals_survive_a_broken_setting(settings: Settings, kept: str) -> None:
    settings.put("candidates.p", kept)
    dismissed = Dismissed(settings, "p")
    assert "x" not in dismissed
    dismissed.add("x")
    assert "x" in Dismissed(settings, "p")


# Dialogs


def test_the_pick_dialog_finds_by_typing_and_leaves_some_out(desk: Desk) -> None:
    other = actors.draft_actor(desk.project, "يائير لبيد", "Yair Lapid")
    desk.session.run(actors.add_actor, other)
    dialog = PickDialog(desk.window, desk.session, LIGHT, Kind.ACTOR, {desk.actor_id})
    dialog.show()
    assert dialog.chosen() == other.id
    QTest.keyClicks(dialog.filter, "erdogan")
    desk.hand.qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.chosen() is None
    assert not dialog._ok.isEnabled()
    dialog.filter.setText("lapid")
    desk.hand.qtbot.waitUntil(lambda: dialog.chosen() == other.id)
    dialog.reject()
    dialog.deleteLater()
