# SPDX-License-Identifier: MIT
"""The tags of the article that is read, as a model."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.analysis.review import tag_issues
from annotator.i18n import tr
from annotator.model.ids import AnnotatorId, SpanId
from annotator.model.relation_rules import Surroundings
from annotator.model.span import Certainty, Span
from annotator.ui.panels.article_model import Role
from annotator.ui.session import Session
from annotator.ui.wording import label_name

if TYPE_CHECKING:
    from annotator.model.relation import Relation

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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


class TagListModel(QAbstractListModel):
    """Tags in the order of the text."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Span] = []
        # Found out for the rows that are seen only, and kept until something changes.
        self._seen: dict[SpanId, TagRow] = {}
        self._around: dict[AnnotatorId, Surroundings] = {}
        self._starting: dict[SpanId, list[Relation]] | None = None

    def refresh(self) -> None:
        """Show the tags as they are now, with as little moved as one act needs."""
        rows = list(self._session.spans())
        self._seen, self._around, self._starting = {}, {}, None
        old, new = [span.id for span in self._rows], [span.id for span in rows]
        if old == new:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        elif (place := _inserted(old, new)) is not None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows = rows
            self.endInsertRows()
        elif (place := _inserted(new, old)) is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            self._rows = rows
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def index_of(self, tag_id: str | None) -> QModelIndex:
        """Return where a tag is."""
        row = next((row for row, span in enumerate(self._rows) if span.id == tag_id), None)
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

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of tags."""
        return 0 if parent.isValid() else len(self._rows)

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
        if self._starting is None:
            self._starting = defaultdict(list)
            for relation in self._session.relations():
                self._starting[relation.source_id].append(relation)
        if span.annotator_id not in self._around:
            own = {other.id: other for other in self._rows if other.annotator_id == span.annotator_id}
            project = self._session.project
            self._around[span.annotator_id] = Surroundings(project.scheme, own, project.actors)
        issues = tag_issues(span, self._starting.get(span.id, []), self._around[span.annotator_id])
        return tuple(i18n.describe_issue(issue.key, issue.params) for issue in issues)


def _inserted(old: list[SpanId], new: list[SpanId]) -> int | None:
    """Return where the one tag was inserted that `new` has more than `old`, or None if that is not all."""
    if len(new) != len(old) + 1:
        return None
    place = next((row for row, tag_id in enumerate(old) if new[row] != tag_id), len(old))
    return place if new[place + 1 :] == old[place:] else None
