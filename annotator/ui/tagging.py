# SPDX-License-Identifier: MIT
"""What the hand does to tags: from the selection and the current tag to an act of `annotator.ops`."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.late import LateModule
from annotator.model.attributes import AttributeValue
from annotator.model.changes import Changes
from annotator.model.ids import AttributeId, LabelId, RelationId, SpanId
from annotator.model.relation_rules import Surroundings
from annotator.model.span import Certainty, Span
from annotator.model.spans import OwnSpans
from annotator.ops import relations
from annotator.ops import tags as _tags
from annotator.ui.article.view import ArticleView
from annotator.ui.bounds import Edge, moved
from annotator.ui.fields.recent import RecentValues
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.ops import actors, events
else:
    actors, events = LateModule("annotator.ops.actors"), LateModule("annotator.ops.events")


class Tagging(QObject):
    """Tags in the article that is read.

    Attributes:
        recent: the values of attributes that were used last.

    Signals:
        note_requested: the current tag's note is to be written now.
        about_to_tag: another tag is about to be current; what is being written of the one before is to be kept first.
        tag_made: what was selected has become a tag, which is the current one now.
    """

    note_requested = Signal()
    about_to_tag = Signal()
    tag_made = Signal(str)

    def __init__(self, session: Session, view: ArticleView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.recent = RecentValues()

    @property
    def current(self) -> Span | None:
        """The current tag."""
        return self._session.span(self._session.tag_id)

    def apply(self, label_id: LabelId) -> None:
        """Tag what is selected; with nothing selected, give the current tag this label."""
        selected = self._view.snapped_selection()
        article_id, current = self._session.article_id, self.current
        if article_id is None:
            return
        if selected is None and current is not None:
            self._session.run(_tags.set_label, current.id, label_id)
            return
        # Without a selection the act itself says what is missing.
        start, end = selected or (self._view.caret(), self._view.caret())
        self.about_to_tag.emit()

        def made(changes: Changes) -> SpanId | None:
            self._view.clear_selection()
            return self._made(changes, start, end, label_id)

        changes = self._session.run_to_tag(made, _tags.add_tag, article_id, start, end, label_id)
        if changes is not None and changes.rows and self.current is not None:
            self.tag_made.emit(self.current.id)

    def delete_current(self) -> None:
        """Delete the current tag; the next one becomes current, so that the key can be pressed again."""
        current = self.current
        if current is None:
            return
        after = self._neighbour(current, 1) or self._neighbour(current, -1)
        if self._session.run(_tags.delete_tags, [current.id]) is not None:
            self._session.select_tag(after.id if after is not None else None)

    def go(self, step: int) -> None:
        """Make the next or the previous tag current, from the current one or from the caret."""
        spans = self._session.spans()
        current = self.current
        if current is not None:
            target = self._neighbour(current, step)
        else:
            ahead = bisect_left(spans.starts, self._view.caret()) - (0 if step > 0 else 1)
            target = spans[ahead] if 0 <= ahead < len(spans) else None
        if target is None and spans:  # once round
            target = spans[0] if step > 0 else spans[-1]
        if target is not None:
            self._session.select_tag(target.id)

    def move_edge(self, edge: Edge, *, grow: bool, by_word: bool = True) -> None:
        """Grow or shrink the current tag at one edge."""
        current = self.current
        if current is None or self._session.article_id is None:
            return
        text = self._session.project.text(self._session.article_id)
        forward = grow if edge is Edge.END else not grow
        bounds = moved(text, current.start, current.end, edge, forward=forward, by_word=by_word)
        if bounds != (current.start, current.end):
            self._session.run(_tags.set_bounds, current.id, *bounds)

    def bounds_from_selection(self) -> None:
        """Give the current tag the bounds of the selection."""
        current, selected = self.current, self._view.snapped_selection()
        if current is None or selected is None:
            return
        if self._session.run(_tags.set_bounds, current.id, *selected) is not None:
            self._view.clear_selection()

    def set_note(self, tag_id: SpanId, note: str) -> bool:
        """Write a tag's note; return whether it is in the file."""
        return self._session.run_from(self, _tags.set_note, tag_id, note) is not None

    def set_label(self, label_id: LabelId) -> None:
        """Give the current tag a label."""
        current = self.current
        if current is not None and current.label_id != label_id:
            self._session.run(_tags.set_label, current.id, label_id)

    def set_value(self, tag_id: SpanId, attribute_id: AttributeId, value: AttributeValue | None) -> None:
        """Give an attribute of a tag a value; None takes it away."""
        self._session.run(_tags.set_attributes, [tag_id], {attribute_id: value})

    def set_certainty(self, tag_id: SpanId, certainty: Certainty) -> None:
        """Say whether a tag is sure."""
        self._session.run(_tags.set_certainty, [tag_id], certainty)

    def turn_certainty(self) -> None:
        """Say of the current tag that it is unsure, or sure again."""
        current = self.current
        if current is not None:
            sure = current.certainty is Certainty.UNSURE
            self.set_certainty(current.id, Certainty.SURE if sure else Certainty.UNSURE)

    def add_piece(self) -> None:
        """Add the selection to the current tag as another piece."""
        current, selected = self.current, self._view.snapped_selection()
        if current is None or selected is None:
            return
        if self._session.run(_tags.set_pieces, current.id, [*current.parts, selected]) is not None:
            self._view.clear_selection()

    def remove_piece(self, number: int) -> None:
        """Take a piece, counted from 0, away from the current tag."""
        current = self.current
        if current is not None and number < len(current.pieces):
            kept = [piece for place, piece in enumerate(current.pieces) if place != number]
            self._session.run(_tags.set_pieces, current.id, kept)

    def unlink_current(self) -> None:
        """Link the current tag to no actor and no event."""
        current = self.current
        if current is not None and current.actor_id is not None:
            self._session.run(actors.unlink_tags, [current.id])
        elif current is not None and current.event_id is not None:
            self._session.run(events.unlink_tags, [current.id])

    def delete_relation(self, relation_id: RelationId) -> None:
        """Delete a relation."""
        self._session.run(relations.delete_relations, [relation_id])

    def surroundings(self, span: Span) -> Surroundings:
        """Return what the rules of relations look things up in: the tags of the same annotator, and the registry."""
        project = self._session.project
        return Surroundings(project.scheme, OwnSpans(self._session.spans(), span.annotator_id), project.actors)

    def _made(self, changes: Changes, start: int, end: int, label_id: LabelId) -> SpanId | None:
        """Return the tag that was made, and is to be current."""
        made = [row.record.id for row in changes.rows if isinstance(row.record, Span)]
        # Nothing was made where just this tag was there already: then that one is meant.
        here = self._session.spans().beginning(start, start + 1)
        twins = [span.id for span in here if (span.end, span.label_id) == (end, label_id)]
        return next(iter([*made, *twins]), None)

    def _neighbour(self, span: Span, step: int) -> Span | None:
        spans = self._session.spans()
        place = spans.find(span.id)
        assert place is not None  # noqa: S101 - the current tag is one of them
        return spans[place + step] if 0 <= place + step < len(spans) else None
