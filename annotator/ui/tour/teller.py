# SPDX-License-Identifier: MIT
"""How the tour answers forms, finds words and proves what was told: by keys, by clicks, by asking the project."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolBar

from annotator import i18n
from annotator.model.ids import ArticleId
from annotator.model.registry import Actor, name_key
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.ui.forms.lines import Kind, Line
from annotator.ui.forms.panel import Panel
from annotator.ui.forms.questions import AttributeQuestion, RelationQuestion
from annotator.ui.tour.driving import Driver, expect
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.pictures import Album

#: What a form is told: a relation type or an attribute, and the words or the value to choose.
Answers = Mapping[str, str]


class Teller(Driver):
    """Tags, answers forms and goes about, and counts the keys that this takes; see `Driver`."""

    def __init__(self, app: QApplication, folder: Path, album: Album, *, language: str, theme: str) -> None:
        super().__init__(app, folder, album, language=language, theme=theme)
        self._keys = 0

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

    def _click_tool(self, action: str) -> None:
        """Click a button of the toolbar."""
        (bar,) = self._window.findChildren(QToolBar)
        self._hand.click(bar.widgetForAction(self._window.action(action)))

    def _tag_by_mouse(self, words: str, label_id: str) -> None:
        start = self._text.index(words)
        if " " in words:
            self._hand.drag(self._view, start, start + len(words))
        else:
            self._hand.double_click(self._view, start)
        selected = self._view.snapped_selection()
        taken = self._text[slice(*selected)] if selected is not None else ""
        expect(taken == words, f"the mouse takes {words}, not {taken}")
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
