# SPDX-License-Identifier: MIT
"""The mentions of an actor, or tellings of an event, as a model: what stands around each is read when it is seen."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.i18n import tr
from annotator.model.ids import ActorId
from annotator.model.span import Span
from annotator.store.registry import Mention
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDTH = 90
_MOST_KEPT = 500
_STRETCH = 300


class MentionRole(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    MENTION = Qt.ItemDataRole.UserRole + 1


class MentionModel(QAbstractListModel):
    """Tags of all articles, in their order."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record_id: ActorId | None = None
        self._total = 0
        self._rows: list[Span] = []
        self._read: dict[str, Mention] = {}

    @property
    def total(self) -> int:
        """How many there are, read or not."""
        return self._total

    def show(self, record_id: str | None, total: int) -> None:
        """Show the tags that are linked to an actor or event; as many of the same one as were shown before."""
        wanted = max(_STRETCH, len(self._rows)) if record_id == self._record_id else _STRETCH
        self.beginResetModel()
        self._record_id = ActorId(record_id) if record_id is not None else None
        self._total, self._rows, self._read = total, [], {}
        self._rows = self._next(wanted)
        self.endResetModel()

    def span_at(self, row: int) -> Span:
        """Return the tag in a row."""
        return self._rows[row]

    def row_of(self, span_id: str | None) -> int:
        """Return the row of a tag, or -1."""
        return next((row for row, span in enumerate(self._rows) if span.id == span_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many are read."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:  # noqa: N802
        """Return whether there is more to read."""
        return not parent.isValid() and len(self._rows) < self._total

    def fetchMore(self, _parent: Index = _NOWHERE) -> None:  # noqa: N802
        """Read the next stretch."""
        rows = self._next(_STRETCH)
        if not rows:
            self._total = len(self._rows)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._rows[index.row()].words
            case Qt.ItemDataRole.AccessibleTextRole:
                mention = self._mention(index.row())
                context = " ".join(f"{mention.before}{mention.quote}{mention.after}".split())
                return tr(
                    "{quote}: {context} – {title}", quote=mention.quote, context=context, title=mention.article_title
                )
            case MentionRole.MENTION:
                return self._mention(index.row())
        return None

    def _next(self, count: int) -> list[Span]:
        if self._record_id is None or not self._session.is_open:
            return []
        return self._session.project.linked_spans([self._record_id], len(self._rows), count)

    def _mention(self, row: int) -> Mention:
        span = self._rows[row]
        if span.id not in self._read:
            if len(self._read) >= _MOST_KEPT:
                self._read.clear()
            self._read[span.id] = self._session.project.in_context(span.article_id, span.start, span.end, _WIDTH)
        return self._read[span.id]
