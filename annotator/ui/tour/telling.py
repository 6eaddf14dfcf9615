# SPDX-License-Identifier: MIT
"""Who did what to whom, told over the sample articles: by keyboard alone, by mouse alone, then over all articles."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog

from annotator import i18n
from annotator.model.changes import ActKind
from annotator.model.ids import ArticleId
from annotator.model.registry import Actor, name_key
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.ops.checking import check
from annotator.ops.projects import new_project_from
from annotator.project import SUFFIX, Project
from annotator.ui.forms.lines import Kind, Line
from annotator.ui.forms.panel import Panel
from annotator.ui.forms.questions import AttributeQuestion, RelationQuestion
from annotator.ui.hits.occurrences import OccurrencesPage
from annotator.ui.hits.opening import OCCURRENCES
from annotator.ui.scheme.dialog import SchemeDialog
from annotator.ui.tour.driving import ANALYST, Driver, expect
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.pictures import Album

#: The most keys that a whole stance may take beyond the selection.
_STANCE_KEYS = 8

#: The sample articles that steps speak of, by their place in the list, from 0.
_FIRST, _SECOND, _THIRD, _FOURTH = range(4)

Step = tuple[str, Callable[[], None]]
#: What a form is told: a relation type or an attribute, and the words or the value to choose.
Answers = Mapping[str, str]


class Telling(Driver):
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
        self._keys = 0

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
        yield "relate-by-key", self.relate_by_key
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

    # Over all articles

    def relate_by_key(self) -> None:
        """Relate the event to one more actor by the key for relations, and show all relations of the article."""
        self._go_to_tag_by_mouse("اجتماع")
        before = len(self._relations)
        self._press_key_of("relate")
        self._picture("relate")
        self._press("A")
        self._picture("relate-to")
        self._press("2")
        expect(len(self._relations) == before + 1, "the key, the relation's key and a number relate two tags")
        self._press_key_of("arcs")
        self._picture("all-relations")
        self._press_key_of("arcs")

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
            self._hand.wait_until(lambda: not self._window.jobs.busy, f"{name} is shown")
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
        for _ in range(steps):
            redo.trigger()
        expect(self._project.history(limit=1)[0].kind is ActKind.REDO, "redo brings everything again")
        expect(self._project.span_count() > 0, "the tags are there again")
        self._hand.settle()
        self.finish()
        with Project.open(self.project_path, read_only=True) as project:
            problems = check(project).problems
        expect(not problems, f"the project is sound: {problems}")

    # What the steps share

    @property
    def _current(self) -> Span:
        span = self._window.desk.tagging.current
        if span is None:
            raise TourError("no tag is current")
        return span

    @property
    def _panel(self) -> Panel:
        panel = self._window.forms.panel or self._window.linking.panel
        if panel is None:
            raise TourError("no form is open")
        return panel

    @property
    def _relations(self) -> list[Relation]:
        return self._project.relations(self._article_id)

    @property
    def _place(self) -> int:
        return [summary.id for summary in self._project.articles()].index(self._article_id)

    @property
    def _forth(self) -> str:
        """The arrow key that goes on in the reading direction of the article."""
        return "Left"

    def _press(self, keys: str) -> None:
        self._keys += 1
        self._hand.press(keys)

    def _press_key_of(self, action: str) -> None:
        self._keys += 1
        self._hand.press_key_of(self._window.action(action))

    def _take_by_key(self, words: str) -> None:
        """Find a name by keyboard and select it: without its proclitics, where it has any."""
        bar = self._window.desk.pane.find_bar
        self._press_key_of("find")
        self._hand.write(bar.field, words)
        self._hand.wait_until(lambda: bool(bar.matches), f"{words} is found")
        self._hand.press("Return", bar.field)
        self._hand.press("Escape", bar.field)
        self._press_key_of("take_more")
        selected = self._view.snapped_selection()
        taken = self._text[slice(*selected)] if selected is not None else ""
        expect(name_key(taken) == name_key(words), f"the key takes {words}, not {taken}")

    def _answer_by_key(self, answers: Answers) -> None:
        """Answer the questions of the form that is open, each by its digit, and leave out the others."""
        wanted = dict(answers)
        while wanted:
            name = _asked(self._panel)
            if name in wanted:
                self._choose_by_key(self._option(name, wanted.pop(name)))
            else:
                self._press("Tab")

    def _choose_by_key(self, text: str) -> None:
        line = self._line(lambda line: text in line.text and bool(line.key))
        self._press(line.key)

    def _answer_by_mouse(self, answers: Answers) -> None:
        for name, wanted in answers.items():
            number = [_name_of(question) for question in self._panel.questions].index(name)
            if self._panel.at != number:
                self._click_line(lambda line, n=number: line.kind is Kind.QUESTION and line.question == n)  # type: ignore[misc]
            text = self._option(name, wanted)
            if text:
                self._click_line(lambda line, t=text: line.kind is Kind.OPTION and t in line.text)  # type: ignore[misc]
            else:
                self._click_line(lambda line: line.kind is Kind.OPTION and line.option < 0)

    def _option(self, name: str, wanted: str) -> str:
        """Return what an option is called: a value by its name, "" for what the key 0 takes."""
        attribute = next((one for one in self._project.scheme.attributes if one.id == name), None)
        if attribute is None:
            return wanted
        if wanted in {"True", "False"}:
            return i18n.tr("Yes") if wanted == "True" else i18n.tr("No")
        value = attribute.value(wanted)
        return value.name.in_language(i18n.language()) if value is not None else wanted

    def _line(self, fits: Callable[[Line], bool]) -> Line:
        found = next((line for line in self._panel.model.lines if fits(line)), None)
        if found is None:
            raise TourError(f"the form has no such line: {[line.text for line in self._panel.model.lines]}")
        return found

    def _click_line(self, fits: Callable[[Line], bool]) -> None:
        panel = self._panel
        row = list(panel.model.lines).index(self._line(fits))
        self._click_index(panel.list, panel.model.index(row))

    def _click_index(self, view: QAbstractItemView, index: QModelIndex | Any) -> None:
        view.scrollTo(index)
        self._hand.settle()
        self._hand.click(view.viewport(), view.visualRect(index).center())

    def _go_by_mouse(self, place: int) -> None:
        articles = self._window.desk.articles
        self._click_index(articles.view, articles.model.index(place, 0))
        expect(self._place == place, f"a click leads to article {place + 1}")

    def _tag_by_mouse(self, words: str, label_id: str) -> None:
        start = self._text.index(words)
        self._hand.double_click(self._view, start)
        selected = self._view.snapped_selection()
        taken = self._text[slice(*selected)] if selected is not None else ""
        expect(taken == words, f"a double-click takes {words}, not {taken}")
        palette = self._window.desk.pane.palette_box
        self._hand.click(next(button for id_, button in palette.buttons.items() if id_ == label_id))
        expect((self._current.words, self._current.label_id) == (words, label_id), f"{words} is tagged as {label_id}")

    def _go_to_tag_by_mouse(self, words: str) -> None:
        inspector = self._window.desk.inspector
        span = next(span for span in self._window.session.spans() if span.words == words)
        self._click_index(inspector.view, inspector.model.index_of(span.id))
        expect(self._current.id == span.id, f"a click in the list makes {words} the current tag")

    def _built(self, page_id: str, kind: type[Any]) -> Any:
        page = self._window.desk.drawer.built(page_id)
        if not isinstance(page, kind):
            raise TourError(f"the page {page_id} is not shown")
        return page

    def _actor_of(self, span: Span) -> Actor:
        if span.actor_id is None:
            raise TourError(f"{span.words} is not linked")
        return self._project.actor(span.actor_id)

    def _actor_named(self, name: str) -> Actor:
        return next(actor for actor in self._project.actors.values() if name in actor.names)

    def _expect_event(self, ends: Mapping[str, str]) -> None:
        event = self._current
        expect(event.attributes.get("type") == "CONSULT", "the event has its type")  # type: ignore[call-overload]
        expect(self._ends_of(event) == set(ends.items()), f"the event has its roles: {self._ends_of(event)}")

    def _expect_stance(self, holder: str, target: str, polarity: str) -> None:
        stance, ends = self._current, {("HOLDER", holder), ("TARGET", target)}
        expect(stance.attributes.get("polarity") == polarity, "the stance has its polarity")  # type: ignore[call-overload]
        expect(self._ends_of(stance) == ends, f"the stance has holder and target: {self._ends_of(stance)}")

    def _ends_of(self, span: Span) -> set[tuple[str, str]]:
        """Return a tag's relations: the type, and the words of the tag it leads to, "" for the author."""
        words: dict[str, str] = {one.id: one.words for one in self._project.spans(ArticleId(span.article_id))}
        own = (relation for relation in self._relations if relation.source_id == span.id)
        return {(relation.type_id, words.get(relation.target_span_id or "", "")) for relation in own}


def _asked(panel: Panel) -> str:
    return _name_of(panel.questions[panel.at])


def _name_of(question: object) -> str:
    if isinstance(question, RelationQuestion):
        return question.kind.id
    return question.attribute.id if isinstance(question, AttributeQuestion) else ""
