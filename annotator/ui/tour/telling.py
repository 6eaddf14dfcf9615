# SPDX-License-Identifier: MIT
"""Who did what to whom, told over the sample articles: by keyboard alone, by mouse alone, then over all articles."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from annotator import i18n
from annotator.model.changes import ActKind
from annotator.model.ids import AttributeId
from annotator.model.registry import name_key
from annotator.ops.checking import check
from annotator.ops.projects import new_project_from
from annotator.project import SUFFIX, Project
from annotator.ui.fields.buttons import ButtonsField
from annotator.ui.forms.lines import Kind
from annotator.ui.hits.occurrences import OccurrencesPage
from annotator.ui.hits.opening import OCCURRENCES
from annotator.ui.registry.page import RecordPage
from annotator.ui.scheme.dialog import SchemeDialog
from annotator.ui.tour.driving import ANALYST, expect
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.pictures import Album
from annotator.ui.tour.teller import Teller

#: The most keys that a whole stance may take beyond the selection.
_STANCE_KEYS = 8

#: The sample articles that steps speak of, by their place in the list, from 0.
_FIRST, _SECOND, _THIRD, _FOURTH = range(4)

_STANCE = AttributeId("doc_label")

Step = tuple[str, Callable[[], None]]


class Telling(Teller):
    """Tags events, stance and actors in a project of the sample articles.

    Args:
        app: see `Driver`.
        seeds: the folder of the sample articles.
        folder: where the project goes.
        album: see `Driver`.
        language: see `Driver`.
        theme: see `Driver`.
    """

    def __init__(
        self, app: QApplication, seeds: Path, folder: Path, album: Album, *, language: str, theme: str
    ) -> None:
        super().__init__(app, folder, album, language=language, theme=theme)
        self._seeds = seeds
        self.project_path = folder / f"telling{SUFFIX}"

    def steps(self) -> Iterator[Step]:
        """Yield the steps in order, by name."""
        yield "telling", self.open
        yield "actors-by-keyboard", self.actors_by_keyboard
        yield "event-by-keyboard", self.event_by_keyboard
        yield "stance-by-keyboard", self.stance_by_keyboard
        yield "three-spellings", self.three_spellings
        yield "occurrences", self.occurrences
        yield "actors-by-mouse", self.actors_by_mouse
        yield "event-by-mouse", self.event_by_mouse
        yield "stance-by-mouse", self.stance_by_mouse
        yield "spellings-by-mouse", self.spellings_by_mouse
        yield "relate-by-key", self.relate_by_key
        yield "whole-article", self.whole_article
        yield "pages", self.pages
        yield "scheme", self.scheme
        yield "telling-check", self.check

    def open(self) -> None:
        """Open a project of the sample articles."""
        new_project_from(self.project_path, [self._seeds], annotator=ANALYST)[0].close()
        self._settings.set("annotator_name", ANALYST)
        self._show_window()
        self._hand.drop(self._window, [str(self.project_path)])
        self._hand.wait_until(lambda: self._program_is_open, "the project is open")
        self._hand.wait_until(lambda: self._view.evidence is not None, "the words of the project are counted")

    # By keyboard alone

    def actors_by_keyboard(self) -> None:
        """Tag two actors, a place and a time, and make actors of the registry of the first two: three keys each."""
        self._press_key_of("next_article")
        expect(self._place == _SECOND, "the key leads to the second article")
        for words in ("غانتس", "أردوغان"):
            self._take_by_key(words)
            before = self._keys
            self._press("1")
            self._press_key_of("link_to_new")
            expect(self._keys - before == 2, "a linked tag takes two keys beyond the selection")
            named = self._actor_of(self._current).name_ar
            expect(name_key(named) == name_key(words), "the new actor has the name that was tagged")
        for words, key in (("أنقرة", "4"), ("الأربعاء", "5")):
            self._take_by_key(words)
            self._press(key)
        self._picture("actors-by-keyboard")

    def event_by_keyboard(self) -> None:
        """Tag an event and answer its form."""
        self._take_by_key("يبحث")
        self._press("2")
        self._picture("event-form")
        self._answer_by_key(
            {
                "AGENT": "غانتس",
                "RECIPIENT": "إردوغان",
                "PLACE": "أنقرة",
                "TIME": "الأربعاء",
                "type": "CONSULT",
                "mode": "visit",
                "realis": "ACTUAL",
                "negated": "False",
            }
        )
        self._picture("event-form-answered")
        self._press("Return")
        self._expect_event({"AGENT": "غانتس", "RECIPIENT": "إردوغان", "PLACE": "أنقرة", "TIME": "الأربعاء"})
        self._picture("event-by-keyboard")

    def stance_by_keyboard(self) -> None:
        """Tag a stance with holder, target, polarity and voice, in no more than eight keys beyond the selection."""
        self._take_by_key("أتطلع")
        self._press("Ctrl+Shift+" + self._forth)
        before = self._keys
        self._press("3")
        self._answer_by_key({"HOLDER": "غانتس", "TARGET": "يبحث", "polarity": "FAVOR", "voice": "DIRECT_QUOTE"})
        self._picture("stance-form")
        self._press("Return")
        used = self._keys - before
        expect(used <= _STANCE_KEYS, f"a stance takes at most {_STANCE_KEYS} keys, not {used}")
        self._expect_stance("غانتس", "يبحث", "FAVOR")
        self._picture("stance-by-keyboard")

    def three_spellings(self) -> None:
        """Link three spellings of one name, in two articles, to one actor: one by the key for the same again."""
        gantz = self._actor_named("غانتس")
        self._take_by_key("بيني")
        self._press("Ctrl+Shift+" + self._forth)
        self._press("1")
        self._press_key_of("link")
        self._picture("same-as")
        self._choose_by_key(gantz.name_ar)
        self._press_key_of("next_article")
        self._press_key_of("next_article")
        expect(self._place == _FOURTH, "the keys lead to the fourth article")
        self._take_by_key("جانتس")
        self._press("1")
        self._press_key_of("link_to_last")
        spellings = {span.words for span in self._project.linked_spans([gantz.id])}
        expect(spellings == {"غانتس", "بيني غانتس", "جانتس"}, f"three spellings are linked to one actor: {spellings}")
        self._picture("three-spellings")

    def occurrences(self) -> None:
        """Tag all occurrences of the actor by all names in all articles; undo that in one step, and redo it."""
        gantz = self._actor_named("غانتس")
        before = len(self._project.linked_spans([gantz.id]))
        self._press_key_of("tag_occurrences")
        page = self._built(OCCURRENCES, OccurrencesPage)
        self._hand.wait_until(lambda: not page.search.is_running and page.model.count > 0, "places are found")
        self._picture("occurrences")
        ticked = page.model.ticked_count
        articles = {item.article_id for row in range(page.model.rowCount()) if (item := page.model.item(row))}
        expect(len(articles) == self._project.article_count() - 1, "the name stands in all articles but one")
        self._press("T")
        self._hand.wait_until(lambda: not self._window.jobs.busy, "they are tagged")
        expect(len(self._project.linked_spans([gantz.id])) == before + ticked, "what was ticked is tagged and linked")
        self._picture("occurrences-tagged")
        self._press_key_of("undo")
        expect(len(self._project.linked_spans([gantz.id])) == before, "one undo takes all of it back")
        self._press_key_of("redo")
        expect(len(self._project.linked_spans([gantz.id])) == before + ticked, "one redo brings all of it again")
        self._press("Escape")
        expect(self._window.desk.drawer.current is None, "Escape closes the list")

    # By mouse alone

    def actors_by_mouse(self) -> None:
        """Tag two actors and a place, and link an actor, by clicks."""
        self._go_by_mouse(_THIRD)
        for words, label in (("وزيري", "ACTOR"), ("تركيا", "ACTOR"), ("أنقرة", "PLACE")):
            self._tag_by_mouse(words, label)
        self._go_to_tag_by_mouse("وزيري")
        self._hand.click(self._window.desk.inspector.details.link.link_button)
        self._click_line(lambda line: line.option < 0)
        expect(self._actor_of(self._current).name_ar == "وزيري", "a click makes a new actor of the tag")
        self._picture("actors-by-mouse")

    def event_by_mouse(self) -> None:
        """Tag an event and answer its form by clicks."""
        self._tag_by_mouse("اجتماع", "EVENT")
        self._answer_by_mouse({"AGENT": "وزيري", "RECIPIENT": "تركيا", "PLACE": "أنقرة", "type": "CONSULT"})
        self._picture("event-form-by-mouse")
        self._hand.click(self._panel.done_button)
        self._expect_event({"AGENT": "وزيري", "RECIPIENT": "تركيا", "PLACE": "أنقرة"})

    def stance_by_mouse(self) -> None:
        """Tag a stance and answer its form by clicks; its holder is the article's author."""
        self._tag_by_mouse("الدفء", "STANCE")
        self._answer_by_mouse({"HOLDER": "", "TARGET": "اجتماع", "polarity": "FAVOR"})
        self._hand.click(self._panel.done_button)
        self._expect_stance("", "اجتماع", "FAVOR")
        self._picture("stance-by-mouse")

    def spellings_by_mouse(self) -> None:
        """Link three spellings of another name by clicks, tag all occurrences, take them back and bring them again."""
        erdogan = self._actor_named("إردوغان")
        self._go_by_mouse(_FIRST)
        for words in ("أردوغان", "رجب طيب إردوغان"):
            self._tag_by_mouse(words, "ACTOR")
            self._hand.click(self._window.desk.inspector.details.link.link_button)
            self._click_line(lambda line: line.kind is Kind.OPTION and line.text == erdogan.name_in(i18n.language()))
        spellings = {span.words for span in self._project.linked_spans([erdogan.id])}
        expect(
            spellings == {"إردوغان", "أردوغان", "رجب طيب إردوغان"}, f"three spellings are linked by clicks: {spellings}"
        )
        before = len(self._project.linked_spans([erdogan.id]))
        self._hand.click(self._window.desk.inspector.details.link.name)
        self._picture("actor-page-by-mouse")
        self._hand.click(self._built("actor", RecordPage).head_widgets()[-1])
        page = self._built(OCCURRENCES, OccurrencesPage)
        self._hand.wait_until(lambda: not page.search.is_running and page.model.count > 0, "places are found")
        ticked = page.model.ticked_count
        self._hand.click(page.act_button)
        self._hand.wait_until(lambda: not self._window.jobs.busy, "they are tagged")
        for tool, count in (("undo", before), ("redo", before + ticked)):
            self._click_tool(tool)
            expect(len(self._project.linked_spans([erdogan.id])) == count, f"a click on {tool} is all that it takes")
        self._hand.click(self._window.desk.drawer.close_button)
        self._go_by_mouse(_THIRD)

    # Over all articles

    def relate_by_key(self) -> None:
        """Relate the event to one more actor by the key for relations, and show all relations of the article."""
        self._go_to_tag_by_mouse("اجتماع")
        before = len(self._relations)
        self._press_key_of("relate")
        self._picture("relate")
        self._press("A")
        self._picture("relate-to")
        rows = self._window.desk.pane.relating.popup.model.rows
        for digit in next(row.mark for row in rows if row.name == "بيني غانتس"):
            self._press(digit)
        if self._window.desk.pane.relating.is_asking:
            self._press("Return")
        expect(len(self._relations) == before + 1, "the key, the relation's key and a number relate two tags")
        self._press_key_of("arcs")
        self._picture("all-relations")
        self._press_key_of("arcs")

    def whole_article(self) -> None:
        """Say what the article as a whole thinks of an issue, by clicks, and tag an event whose form is left open."""
        self._tag_by_mouse("الدبلوماسية", "EVENT")
        self._press("Escape")
        self._press("Escape")
        section = self._window.desk.inspector.document_tags
        self._hand.click(section.add_button)
        (card,) = section.cards.values()
        field = card.fields.rows[_STANCE].field
        if not isinstance(field, ButtonsField):
            raise TourError("the stance of the article is not chosen by buttons")
        self._hand.click(next(button for button in field.buttons if button.choice.value == "NEUTRAL"))
        (tag,) = self._project.document_tags(self._article_id)
        expect(tag.attributes.get(_STANCE) == "NEUTRAL", "the article's own stance is kept")
        self._picture("whole-article")

    def pages(self) -> None:
        """Open the page of an actor and of an event, what is likely the same, what is to be reviewed, the guideline."""
        self._go_to_tag_by_mouse("اجتماع")
        self._press_key_of("link_to_new")
        event_id = self._current.event_id
        expect(event_id is not None, "the key makes an event of the tag")
        self._go_by_mouse(_SECOND)
        self._go_to_tag_by_mouse("يبحث")
        self._press_key_of("link_to_last")
        expect(self._current.event_id == event_id, "the tag of another article tells of the same event")
        self._press_key_of("entity_page")
        self._picture("event-page")
        self._press("Escape")
        self._go_to_tag_by_mouse("غانتس")
        self._press_key_of("entity_page")
        self._picture("actor-page")
        for action, name in (("candidates", "likely-the-same"), ("review", "to-review"), ("guideline", "guideline")):
            self._press_key_of(action)
            page: Any = self._window.desk.drawer.built(self._window.desk.drawer.current or "")
            if name == "to-review":
                self._hand.wait_until(lambda p=page: p.model.rowCount() > 0, "something is to be reviewed")  # type: ignore[misc]
            self._picture(name)
        self._press("Escape")
        self._window.action("actors").trigger()
        self._picture("list-of-actors")
        self._window.desk.side.show_page("articles")

    def scheme(self) -> None:
        """Show the scheme."""

        def look(dialog: QDialog) -> None:
            self._picture("scheme", dialog)
            self._hand.press("Escape", dialog)

        self._hand.answer(SchemeDialog, look, lambda: self._press_key_of("scheme"))

    def check(self) -> None:
        """Undo everything, redo it, close the window, and check the project file from end to end."""
        undo, redo = self._window.action("undo"), self._window.action("redo")
        steps = 0
        while undo.isEnabled() and self._project.undoable() is not None and self._project.article_count():
            undo.trigger()
            steps += 1
        expect(self._project.span_count() == 0 and not self._project.actors, "undo takes everything back")
        self._hand.settle()  # the commands are looked at once the acts are done
        for _ in range(steps):
            redo.trigger()
        expect(self._project.history(limit=1)[0].kind is ActKind.REDO, "redo brings everything again")
        expect(self._project.span_count() > 0, "the tags are there again")
        self._hand.settle()
        self.finish()
        with Project.open(self.project_path, read_only=True) as project:
            problems = check(project).problems
        expect(not problems, f"the project is sound: {problems}")
