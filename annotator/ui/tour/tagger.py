# SPDX-License-Identifier: MIT
"""What the tour does with tags: made by mouse and by keys, changed, undone, and found again by their words."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.model.ids import ArticleId, LabelId
from annotator.model.span import Span
from annotator.text.proclitics import name_bounds
from annotator.ui.article.view import EXACT_MODIFIER
from annotator.ui.tour.driving import expect
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.pictures import Album
from annotator.ui.tour.places import Kind, Place, glued_names, inside_a_word, places
from annotator.ui.tour.taker import Taker

_NOTE = "للمراجعة: يتكرّر الاسم برسم آخر في بقية المقال"
_UNDONE = 3
#: A place of fewer characters than this is one word.
_A_WORD = 10
_BARE = str.maketrans("أإآ", "ااا")


class Tagger(Taker):
    """Tags the articles that it finds."""

    def __init__(self, app: QApplication, folder: Path, album: Album, *, language: str, theme: str) -> None:
        super().__init__(app, folder, album, language=language, theme=theme)
        self._plan: dict[ArticleId, list[Place]] = {}

    def tag_by_mouse(self) -> None:
        """Double-click a word and click its label in the palette."""
        self._hand.wait_until(lambda: self._view.evidence is not None, "the words of the project are counted")
        place = next(place for place in self._places if place.end - place.start < _A_WORD and self._is_name(place))
        self._hand.double_click(self._view, place.start)
        expect(self._view.snapped_selection() == (place.start, place.end), "a double-click selects the word")
        self._hand.press("Ctrl+C", self._view)
        copied = self._app.clipboard().text()
        expect(copied == self._text[place.start : place.end], "the clipboard gets the characters of the article")
        palette = self._window.desk.pane.palette_box
        expect(palette.isVisible(), "the palette stands beside the selection")
        self._picture("selected")
        self._made(place, lambda: self._hand.click(palette.buttons[self._label(place.kind)]))
        self._picture("tagged-by-mouse")

    def drag_and_press(self) -> None:
        """Drag over words and press the label's key, for the rest of the plan."""
        for place in self._untagged():
            self._tag_by_drag(place)
        self._picture("tagged-by-drag-and-key")

    def overlap(self) -> None:
        """Tag a stretch that holds tags already, and a word of it."""
        first, second = self._places[0], self._places[1]
        place = Place(first.start, second.end, Kind.STANCE)
        self._tag_by_drag(place)
        self._tag_by_drag(Place(first.start, first.end, Kind.EVENT))
        self._picture("overlap")

    def tag_inside_a_word(self) -> None:
        """Take a part of a word with the exact modifier held."""
        found = inside_a_word(self._text)
        if found is None:
            return
        place = Place(*found, Kind.ACTOR)
        self._hand.drag(self._view, place.start, place.end, EXACT_MODIFIER)
        selected = self._view.snapped_selection()
        expect(selected == found, f"the exact modifier takes single characters: {found}, not {selected}")
        self._made(place, lambda: self._press_label(place.kind))
        self._picture("inside-a-word")

    def tag_name_of_a_word(self) -> None:
        """Double-click a word with a proclitic: its name, then all of it, then its sentence; the same by key."""
        tagged = {(span.start, span.end) for span in self._window.session.spans()}
        found = next((pair for pair in glued_names(self._text, self._view.evidence) if pair[1] not in tagged), None)
        if found is None:
            return
        word, name = found
        for wanted, what in ((name, "name"), (word, "word")):
            self._hand.double_click(self._view, name[0])
            selected = self._view.snapped_selection()
            expect(selected == wanted, f"the double-click takes the {what} {wanted}, not {selected}")
            self._picture(f"{what}-by-double-click")
        self._hand.double_click(self._view, name[0])
        start, end = self._view.snapped_selection() or word
        expect(start <= word[0] and word[1] <= end, "the third double-click takes the sentence")
        self._picture("sentence-by-double-click")
        self._hand.press_key_of(self._window.action("take_more"))
        expect(self._view.snapped_selection() == name, "the key goes on from the sentence to the name")
        self._made(Place(*name, Kind.ACTOR), lambda: self._press_label(Kind.ACTOR))
        self._picture("name-tagged")

    def tag_by_keyboard(self) -> None:
        """Move by word, extend by word, press the label's key: no mouse."""
        view = self._view
        view.setFocus()
        self._hand.press("Ctrl+End")
        rtl = view.span_rects(0, 1)[0].center().x() > view.viewport().width() / 2
        back, forth = ("Right", "Left") if rtl else ("Left", "Right")
        for _ in range(4):
            self._hand.press(f"Ctrl+{back}")
        for _ in range(2):
            self._hand.press(f"Ctrl+Shift+{forth}")
        selected = view.snapped_selection()
        if selected is None:
            raise TourError("Ctrl, Shift and an arrow select words")
        self._picture("selected-by-keyboard")
        self._made(Place(*selected, Kind.EVENT), lambda: self._press_label(Kind.EVENT))
        self._picture("tagged-by-keyboard")

    def tag_second_article(self) -> None:
        """Go to the next article by its key and tag there."""
        if self._project.article_count() == 1:
            return
        before = self._window.session.article_id
        self._hand.press_key_of(self._window.action("next_article"))
        expect(self._window.session.article_id != before, "the key leads to the next article")
        for place in self._untagged()[:5]:
            self._tag_by_drag(place)
        self._picture("second-article")

    def change_a_tag(self) -> None:
        """Click a tag; change its label by a key, its bounds, its note."""
        session = self._window.session
        at = session.spans()[0].start
        session.select_tag(None)
        self._hand.click_text(self._view, at)
        span = session.span(session.tag_id)
        if span is None or not span.start <= at < span.end:
            raise TourError("a click does not make the tag under it the current one")
        there = {twin.label_id for twin in session.spans() if (twin.start, twin.end) == (span.start, span.end)}
        other = next(kind for kind in Kind if self._label(kind) not in there)
        self._press_label(other)
        expect(self._project.span(span.id).label_id == self._label(other), "a key changes the current tag's label")
        self._hand.press_key_of(self._window.action("tag_note"))
        field = self._app.focusWidget()
        if field is None or field is self._view:
            raise TourError("the key does not lead to the note")
        self._hand.write(field, _NOTE)
        self._view.setFocus()
        self._hand.settle()
        expect(self._project.span(span.id).note == _NOTE, "the note is kept")
        self._picture("tag-changed")

    def undo_and_redo(self) -> None:
        """Undo some acts, redo all but one of them."""
        undo, redo = self._window.action("undo"), self._window.action("redo")
        states = [self._state()]
        for _ in range(_UNDONE):
            self._hand.press_key_of(undo)
            states.append(self._state())
        expect(len(set(map(str, states))) == _UNDONE + 1, "each undo changes something")
        self._picture("undone")
        for place in range(_UNDONE - 1, 0, -1):
            self._hand.press_key_of(redo)
            expect(self._state() == states[place], "redo brings back what undo took")
        self._picture("redone")

    def find(self) -> None:
        """Find a name, spelled without its hamza."""
        self._hand.press_key_of(self._window.action("find"))
        bar = self._window.desk.pane.find_bar
        place = next(iter(self._places))
        word = self._text[place.start : place.end].translate(_BARE)
        self._hand.write(bar.field, word)
        self._hand.wait_until(lambda: bool(bar.matches), "a name is found under another spelling")
        self._hand.press("Return", bar.field)
        self._picture("found")
        self._hand.press("Escape", bar.field)
        expect(not bar.isVisible(), "Escape closes the find bar")

    # What the steps share

    @property
    def _places(self) -> list[Place]:
        if self._article_id not in self._plan:
            self._plan[self._article_id] = places(self._text)
        return self._plan[self._article_id]

    def _is_name(self, place: Place) -> bool:
        """Return whether a double-click takes all of a place."""
        evidence = self._view.evidence
        return evidence is None or name_bounds(self._text, place.start, place.end, evidence)[0] == place.start

    def _untagged(self) -> list[Place]:
        tagged = {(span.start, span.end) for span in self._window.session.spans()}
        return [place for place in self._places if (place.start, place.end) not in tagged]

    def _tag_by_drag(self, place: Place) -> None:
        self._hand.drag(self._view, place.start, place.end)
        selected = self._view.snapped_selection()
        expect(selected == (place.start, place.end), f"dragging selects {place}, not {selected}")
        self._made(place, lambda: self._press_label(place.kind))

    def _press_label(self, kind: Kind) -> None:
        self._hand.press(self._project.scheme.label(self._label(kind)).shortcut)

    def _made(self, place: Place, act: Callable[[], object]) -> None:
        """Do an act and expect that it makes just this tag, or that the tag was there."""
        act()
        label_id = self._label(place.kind)
        made = [span for span in self._project.spans(self._article_id) if _is(span, place, label_id)]
        expect(len(made) == 1, f"{place} is tagged as {label_id}, once")

    def _label(self, kind: Kind) -> LabelId:
        labels = list(self._project.scheme.labels)
        return labels[list(Kind).index(kind) % len(labels)].id

    def _state(self) -> list[object]:
        summaries = self._project.articles()
        return [*summaries, *(span for summary in summaries for span in self._project.spans(summary.id))]


def _is(span: Span, place: Place, label_id: LabelId) -> bool:
    return (span.start, span.end, span.label_id) == (place.start, place.end, label_id)
