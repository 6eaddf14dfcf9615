# SPDX-License-Identifier: MIT
"""Relating the current tag: by keyboard through two questions, by mouse through a drag to the other tag.

Owns what is asked and in which order. What may be related to what is `ends`'s to know, what is painted the view's.
"""

import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, QTimer

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr
from annotator.late import late
from annotator.model.changes import Changes
from annotator.model.ids import SpanId
from annotator.model.relation import AUTHOR, End, Relation
from annotator.model.scheme import RelationType
from annotator.model.span import Span
from annotator.model.spans import SpanChange
from annotator.ops import relations as _relations
from annotator.ops.owning import own_span
from annotator.ui.article.view import ArticleView
from annotator.ui.article_arcs import article_arcs
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.keys import with_arabic
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.wording import author_name, label_name, shortened

if TYPE_CHECKING:
    from annotator.ui.ends import Ends, Found
    from annotator.ui.relate_popup import Choice, RelatePopup
else:
    Ends = late("annotator.ui.ends", "Ends")
    Choice = late("annotator.ui.relate_popup", "Choice")
    RelatePopup = late("annotator.ui.relate_popup", "RelatePopup")

_QUOTE = 24
_IDLE_SECONDS = 0.01


class Relating(QObject):
    """Makes relations of the article that is read, and has the view show those that are there."""

    def __init__(self, session: Session, view: ArticleView, theme: Theme) -> None:
        super().__init__(view)
        self._session, self._view, self._theme = session, view, theme
        self._source: Span | None = None
        self._kinds: Sequence[RelationType] = ()
        self._kind: RelationType | None = None
        self._dropped_on: End | None = None
        self._ends: Ends | None = None
        self._kinds_shown: Sequence[RelationType] = ()
        self._found: Sequence[Found] = ()
        self._numbered: dict[str, Found] = {}
        self._idle = QTimer(self)
        self._connect_signals()

    @cached_property
    def popup(self) -> "RelatePopup":
        """The field in which one answers; made for the first question."""
        popup = RelatePopup(self._view, self._theme)
        popup.typed.connect(self._on_typed)
        popup.taken.connect(self._on_taken)
        popup.closed.connect(self.cancel)
        return popup

    @property
    def is_asking(self) -> bool:
        """Whether a question is open."""
        return self._source is not None

    def refresh(self) -> None:
        """Show the relations as they are in the file, and the handle of the current tag."""
        self._view.set_relations(article_arcs(self._session))
        self._show_handle()

    def heed(self, changes: Changes, change: SpanChange) -> None:
        """Show what an act has changed of the relations, and the handle of the current tag."""
        touched = (*change.gone, *change.come)
        if (
            changes.registry_changed
            or any(isinstance(row.record, Relation) for row in changes.rows)
            or any(self._session.relations_of(span.id) for span in touched)
        ):
            self.refresh()
        else:
            self._show_handle()

    def follow_tag(self) -> None:
        """Show the handle of another current tag; what was asked about the one before is asked no more."""
        self.cancel()
        self._show_handle()

    def start(self, type_id: str = "") -> None:
        """Ask how the current tag is to be related, unless that is said already, and then to what."""
        self.cancel()
        source = self._session.span(self._session.tag_id)
        if source is None:
            return
        try:
            own_span(self._session.project, source.id)
        except UserError as error:
            self._session.failed.emit(error)
            return
        kinds = [kind for kind in self._kinds_from(source) if type_id in ("", kind.id)]
        if not kinds:
            label = self._session.project.scheme.label(source.label_id)
            self._session.failed.emit(UserError("relations_none_from", label=label.name.both, quote=source.words))
            return
        self._source, self._kinds = source, kinds
        self._view.scroll_to(source.start, source.end)
        if len(kinds) == 1:
            self._take_kind(kinds[0])
        else:
            self._ask_kind()
            self._open_popup()

    def cancel(self) -> None:
        """Leave the question that is open; nothing is related."""
        if self._source is None:
            return
        self._source = self._kind = self._dropped_on = self._ends = None
        self._idle.stop()
        had_focus = self.popup.line.hasFocus()
        self.popup.hide()
        self._view.set_targets(None)
        self._view.set_numbers({})
        if had_focus:
            self._view.setFocus()

    def _connect_signals(self) -> None:
        self._idle.timeout.connect(self._prepare)
        self._view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._view.relation_drag_started.connect(self._on_drag_started)
        self._view.relation_dropped.connect(self._on_dropped)

    def _show_handle(self) -> None:
        source = self._session.span(self._session.tag_id) if self._session.is_open else None
        draws = source is not None and self._is_own(source) and bool(self._kinds_from(source))
        self._view.set_handle(source.id if source is not None and draws else "")

    def _is_own(self, span: Span) -> bool:
        project = self._session.project
        return not project.read_only and span.annotator_id == project.annotator.id

    def _kinds_from(self, source: Span) -> Sequence[RelationType]:
        return self._session.project.scheme.relation_types_from(source.label_id)

    # First question: how

    def _ask_kind(self) -> None:
        self._kind = None
        self.popup.ask(
            in_interface_direction(self._heading()),
            tr("Key or name of the relation"),
            tr("Its key or Enter takes a relation."),
        )
        self._show_kinds("")

    def _take_kind(self, kind: RelationType) -> None:
        if self._dropped_on is None:
            self._ask_end(kind)
        else:
            self._relate(kind, self._dropped_on)

    def _heading(self) -> str:
        assert self._source is not None  # noqa: S101 - asked of a tag
        name = label_name(self._session.project.scheme.label(self._source.label_id))
        heading = tr("{label} “{quote}”", label=name, quote=shortened(self._source.words, _QUOTE))
        return in_interface_direction(heading)

    def _show_kinds(self, query: str) -> None:
        language = i18n.language()
        wanted = query.strip().casefold()
        self._kinds_shown = [kind for kind in self._kinds if wanted in kind.name.in_language(language).casefold()]
        self.popup.show_rows(
            [
                Choice(self._key_of(kind), kind.name.in_language(language), self._ends_of(kind))
                for kind in self._kinds_shown
            ]
        )

    def _key_of(self, kind: RelationType) -> str:
        """Return what takes a relation type: the scheme's key, or its number in the list."""
        return kind.shortcut.upper() or str(self._kinds.index(kind) + 1)

    def _ends_of(self, kind: RelationType) -> str:
        scheme = self._session.project.scheme
        return " · ".join(label_name(scheme.label(label_id)) for label_id in kind.targets)

    def _kind_by_key(self, typed: str) -> RelationType | None:
        return next((kind for kind in self._kinds if typed.upper() in with_arabic([self._key_of(kind)])), None)

    # Second question: to what

    def _ask_end(self, kind: RelationType) -> None:
        assert self._source is not None  # noqa: S101 - asked of a tag
        self._kind = kind
        self._ends = Ends(self._session, self._source, [kind])
        self._view.set_targets(frozenset(self._ends.tag_ids()))
        name = kind.name.in_language(i18n.language())
        self.popup.ask(
            in_interface_direction(tr("{tag}: {relation}", tag=self._heading(), relation=name)),
            tr("Number, words or name"),
            tr("A number takes the tag beside which it stands; Enter takes the chosen row."),
        )
        self._number_tags()
        self._open_popup()
        self._idle.start(0)

    def _prepare(self) -> None:
        """Get ready for a search while nothing else is to be done."""
        if self._ends is None or self._ends.prepare(_IDLE_SECONDS):
            return
        self._idle.stop()
        if self.popup.line.text().strip():
            self._on_typed(self.popup.line.text())

    def _number_tags(self) -> None:
        """Number the allowed tags in sight, and offer them and the author."""
        assert self._ends is not None  # noqa: S101 - there is a question
        allowed = self._ends.tag_ids()
        visible = [SpanId(tag_id) for tag_id in self._view.visible_tags() if tag_id in allowed]
        self._numbered = {str(number): self._ends.tag(tag_id) for number, tag_id in enumerate(visible, 1)}
        self._view.set_numbers({tag_id: str(number) for number, tag_id in enumerate(visible, 1)})
        self._show_ends([*self._numbered.values(), *([self._ends.author()] if self._ends.allows_author else [])])

    def _show_ends(self, found: "Sequence[Found]") -> None:
        numbers = {of.end: number for number, of in self._numbered.items()}
        self._found = found
        self.popup.show_rows([Choice(numbers.get(of.end, ""), of.name, of.what) for of in found])

    def _open_popup(self) -> None:
        assert self._source is not None  # noqa: S101 - asked of a tag
        shown = [of.end.span_id for of in self._numbered.values()] if self._kind is not None else []
        spans = (self._session.span(span_id) for span_id in shown)
        clear = [rect for span in spans if span is not None for rect in self._view.span_rects(*span.parts[0])]
        for rect in self._view.span_rects(*self._source.parts[0])[:1]:
            self.popup.open_at(rect.adjusted(0, 0, 0, self._view.room_below), clear)

    def _on_typed(self, text: str) -> None:
        if self._source is None:
            return
        if self._kind is None:
            kind = self._kind_by_key(text.strip()) if text.strip() else None
            if kind is not None:
                self._take_kind(kind)
            else:
                self._show_kinds(text)
            return
        self._search(text.strip())

    def _search(self, text: str) -> None:
        assert self._ends is not None  # noqa: S101 - there is a question
        assert self._kind is not None  # noqa: S101 - the second one
        number = latin_number(text)
        begun = [of for key, of in self._numbered.items() if number is not None and key.startswith(number)]
        exact = self._numbered.get(number or "")
        if not text:
            self._number_tags()
        elif exact is not None and len(begun) == 1:
            self._relate(self._kind, exact.end)
        elif begun:
            self._show_ends(sorted(begun, key=lambda of: of is not exact))
        else:  # words, or the figures of a date
            self._show_ends(self._ends.search(text))

    def _on_taken(self, row: int) -> None:
        if self._source is None:
            return
        if self._kind is None:
            self._take_kind(self._kinds_shown[row])
        else:
            self._relate(self._kind, self._found[row].end)

    def _relate(self, kind: RelationType, end: End) -> None:
        source = self._source
        self.cancel()
        if source is not None:
            self._session.run(_relations.add_relation, kind.id, source.id, end)

    def _on_scrolled(self, _value: int) -> None:
        if self._kind is not None and not self.popup.line.text():
            self._number_tags()
        if self._source is not None:  # the text has taken it along
            self._open_popup()

    # By mouse

    def _on_drag_started(self, source_id: str) -> None:
        source = self._session.span(source_id)
        if source is None:
            return
        self.cancel()
        self._view.setFocus()
        ends = Ends(self._session, source, self._kinds_from(source))
        self._view.offer_ends(frozenset(ends.tag_ids()), author_name() if ends.allows_author else "")

    def _on_dropped(self, source_id: str, target_id: str, point: QPoint) -> None:
        source = self._session.span(source_id)
        if source is None:
            return
        end = End(SpanId(target_id)) if target_id else AUTHOR
        kinds = _relations.offered_types(self._session.project, source, end)
        if not kinds:
            return
        self._source, self._kinds, self._dropped_on = source, kinds, end
        if len(kinds) == 1:
            self._relate(kinds[0], end)
        else:
            self._ask_kind()
            self.popup.open_at(QRectF(self._view.viewport().mapFromGlobal(point), QSizeF(1, 1)))


def latin_number(text: str) -> str | None:
    """Return a number, typed in digits of any kind, in Latin ones without leading zeros; None for other text."""
    digits = [unicodedata.decimal(char, None) for char in text]
    if not digits or None in digits:
        return None
    return "".join(map(str, digits)).lstrip("0") or "0"
