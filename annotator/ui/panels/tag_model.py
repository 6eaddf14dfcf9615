# SPDX-License-Identifier: MIT
"""The tags of the article that is read, as a model."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.i18n import tr
from annotator.model.ids import SpanId
from annotator.model.span import Span
from annotator.ui.panels.article_model import Role
from annotator.ui.session import Session
from annotator.ui.wording import label_name

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TagListModel(QAbstractListModel):
    """Tags in the order of the text."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Span] = []

    def refresh(self) -> None:
        """Show the tags as they are now, with as little moved as one act needs."""
        rows = list(self._session.spans())
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
                return span.quote
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(span)
            case Qt.ItemDataRole.ToolTipRole:
                return span.note or None
            case Role.SUMMARY:
                return span
        return None

    def _spoken(self, span: Span) -> str:
        label = label_name(self._session.project.scheme.label(span.label_id))
        if span.note:
            return tr("{label}: {quote}. Note: {note}", label=label, quote=span.quote, note=span.note)
        return tr("{label}: {quote}", label=label, quote=span.quote)


def _inserted(old: list[SpanId], new: list[SpanId]) -> int | None:
    """Return where the one tag was inserted that `new` has more than `old`, or None if that is not all."""
    if len(new) != len(old) + 1:
        return None
    place = next((row for row, tag_id in enumerate(old) if new[row] != tag_id), len(old))
    return place if new[place + 1 :] == old[place:] else None
