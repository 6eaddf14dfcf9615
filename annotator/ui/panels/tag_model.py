# SPDX-License-Identifier: MIT
"""The tags of the article that is read, as a model."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

from annotator import i18n
from annotator.analysis.review import tag_issues
from annotator.i18n import tr
from annotator.model.changes import Changes
from annotator.model.ids import AnnotatorId, SpanId
from annotator.model.relation import Relation
from annotator.model.relation_rules import Surroundings
from annotator.model.span import Certainty, Span
from annotator.model.spans import OwnSpans, SpanChange, Spans, place
from annotator.ui.panels.article_model import Role
from annotator.ui.session import Session
from annotator.ui.wording import label_name

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: To show more changes than this row by row takes longer than to show the list anew.
_FEW = 20


@dataclass(frozen=True, slots=True)
class TagRow:
    """What a row shows of a tag.

    Attributes:
        linked: the name of the actor or event that it is linked to, or "".
        issues: what it lacks or what no longer fits, a sentence each.
    """

    span: Span
    linked: str = ""
    issues: tuple[str, ...] = ()

    @property
    def is_unsure(self) -> bool:
        """Whether the annotator is not sure of it."""
        return self.span.certainty is Certainty.UNSURE


class TagListModel(QStringListModel):
    """Tags in the order of the text.

    Qt counts the rows itself, in a list of empty strings: a view that lays out its rows asks for their number at each
    of them, and of thousands of tags Python would be asked at every key.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows = Spans()
        # Found out for the rows that are seen only, and kept until something changes.
        self._seen: dict[SpanId, TagRow] = {}
        self._around: dict[AnnotatorId, Surroundings] = {}
        self._coming = SpanChange()
        # Before any view connects, so that each finds the rows as they are then.
        self.rowsInserted.connect(self._settle)
        self.rowsRemoved.connect(self._settle)

    def refresh(self) -> None:
        """Show the tags as they are now."""
        self._forget_remarks()
        self._rows = self._session.spans().copy()
        self.setStringList([""] * len(self._rows))

    def apply(self, changes: Changes) -> None:
        """Show what an act changed, with as little moved as it needs."""
        if changes.spilled or changes.scheme_changed:
            self.refresh()
            return
        change = self._session.span_change(changes)
        places = {place(span) for span in change.gone}
        staying = [span for span in change.come if place(span) in places]
        kept = {place(span) for span in staying}
        out = [span for span in change.gone if place(span) not in kept]
        into = [span for span in change.come if place(span) not in kept]
        if len(out) + len(into) > _FEW:
            self.refresh()
            return
        self._forget_remarks()
        for span in out:
            self._take_out(span)
        for span in into:
            self._put_in(span)
        self._rows.change(SpanChange(come=tuple(staying)))
        relates = any(isinstance(row.record, Relation) for row in changes.rows)
        if (relates or changes.registry_changed) and len(self._rows):  # remarks on any tag may be others now
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        else:
            for span in staying:
                self.dataChanged.emit(self.index_of(span.id), self.index_of(span.id))

    def _take_out(self, span: Span) -> None:
        row = self._rows.find(span.id)
        if row is not None:
            self._coming = SpanChange(gone=(span,))
            self.removeRows(row, 1)

    def _put_in(self, span: Span) -> None:
        self._coming = SpanChange(come=(span,))
        self.insertRows(self._rows.number_for(span), 1)

    def _settle(self) -> None:
        """Take over what comes: who hears before that a row goes still finds it, who hears after finds it no more."""
        self._rows.change(self._coming)

    def index_of(self, tag_id: str | None) -> QModelIndex:
        """Return where a tag is."""
        row = self._rows.find(tag_id) if tag_id else None
        return QModelIndex() if row is None else self.index(row)

    def tag_at(self, row: int) -> SpanId:
        """Return the id of the tag in a row."""
        return self._rows[row].id

    def row(self, number: int) -> TagRow:
        """Return what a row shows."""
        span = self._rows[number]
        if span.id not in self._seen:
            self._seen[span.id] = TagRow(span, self._linked(span), self._issues(span))
        return self._seen[span.id]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Have rows chosen, and not written in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid():
            return None
        span = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return span.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(self.row(index.row()))
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((*self._remarks(self.row(index.row())), span.note)).strip() or None
            case Role.SUMMARY:
                return self.row(index.row())
        return None

    def _spoken(self, row: TagRow) -> str:
        span = row.span
        label = label_name(self._session.project.scheme.label(span.label_id))
        remarks = self._remarks(row)
        if span.note:
            spoken = tr("{label}: {quote}. Note: {note}", label=label, quote=span.words, note=span.note)
        else:
            spoken = tr("{label}: {quote}", label=label, quote=span.words)
        return ". ".join((spoken, *remarks))

    def _remarks(self, row: TagRow) -> list[str]:
        linked = [tr("Linked to {name}", name=row.linked)] if row.linked else []
        return [*linked, *([tr("Unsure")] if row.is_unsure else []), *row.issues]

    def _linked(self, span: Span) -> str:
        project = self._session.project
        if span.actor_id is not None:
            return project.actor(span.actor_id).name_in(i18n.language())
        return project.event(span.event_id).title if span.event_id is not None else ""

    def _issues(self, span: Span) -> tuple[str, ...]:
        if span.annotator_id not in self._around:
            project = self._session.project
            own = OwnSpans(self._rows, span.annotator_id)
            self._around[span.annotator_id] = Surroundings(project.scheme, own, project.actors_by_need)
        starting = [relation for relation in self._session.relations_of(span.id) if relation.source_id == span.id]
        issues = tag_issues(span, starting, self._around[span.annotator_id])
        return tuple(i18n.describe_issue(issue.key, issue.params) for issue in issues)

    def _forget_remarks(self) -> None:
        self._seen, self._around = {}, {}
