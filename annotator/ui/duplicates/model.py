# SPDX-License-Identifier: MIT
"""Groups of near duplicates, and the articles of one group, as models; an article is read when its row is seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.model.article import ArticleSummary
from annotator.model.ids import ArticleId
from annotator.ui.panels.article_model import details
from annotator.ui.panels.particulars import origin_line
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The outlets of so many articles tell what a group is.
_MOST_OUTLETS = 4


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    LINE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a group of near duplicates, in the order of the list of articles."""

    id: ArticleId
    members: tuple[ArticleId, ...]


class _Articles:
    """What the rows say of articles, read once each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[ArticleId, ArticleSummary | None] = {}

    def of(self, article_id: ArticleId) -> ArticleSummary | None:
        """Return an article; None once it was removed."""
        if article_id not in self._read:
            try:
                self._read[article_id] = self._session.project.article_summary(article_id)
            except UserError:
                self._read[article_id] = None
        return self._read[article_id]

    def forget(self) -> None:
        """Read all anew."""
        self._read.clear()


class _Rows(QAbstractListModel):
    """Rows of a title, a number and a line; what each says is for the two kinds of rows to know."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._articles = _Articles(session)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many there are."""
        return 0 if parent.isValid() else self._count()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                between = "\n" if role == Qt.ItemDataRole.ToolTipRole else ", "
                return between.join(part for part in self._said(index.row()) if part)
            case Role.NUMBER:
                return self._number(index.row())
            case Role.LINE:
                return self._line(index.row())
        return self._title(index.row()) if role == Qt.ItemDataRole.DisplayRole else None

    def _said(self, row: int) -> tuple[str, ...]:
        return self._title(row), self._line(row)

    def _count(self) -> int:
        raise NotImplementedError

    def _title(self, row: int) -> str:
        raise NotImplementedError

    def _number(self, row: int) -> str:
        raise NotImplementedError

    def _line(self, row: int) -> str:
        raise NotImplementedError

    def _title_of(self, article_id: ArticleId) -> str:
        summary = self._articles.of(article_id)
        return summary.title if summary is not None else ""


class GroupModel(_Rows):
    """All groups, in the order of their first articles."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._groups: list[Group] = []

    def reload(self) -> None:
        """Read the groups anew."""
        self.beginResetModel()
        self._articles.forget()
        found = self._session.project.duplicate_groups() if self._session.is_open else {}
        self._groups = [Group(group, tuple(members)) for group, members in found.items() if len(members) > 1]
        self.endResetModel()

    def group_at(self, row: int) -> Group | None:
        """Return the group in a row."""
        return self._groups[row] if 0 <= row < len(self._groups) else None

    def row_of(self, article_id: ArticleId | None) -> int:
        """Return the row of the group that an article is in, or -1."""
        return next((row for row, group in enumerate(self._groups) if article_id in group.members), -1)

    def _count(self) -> int:
        return len(self._groups)

    def _title(self, row: int) -> str:
        return self._title_of(self._groups[row].members[0])

    def _number(self, row: int) -> str:
        return str(len(self._groups[row].members))

    def _line(self, row: int) -> str:
        members = self._groups[row].members
        some = [self._articles.of(each) for each in members[:_MOST_OUTLETS]]
        outlets = list(dict.fromkeys(each.outlet for each in some if each is not None and each.outlet))
        count = trn("{n} article", "{n} articles", len(members))
        return " · ".join((*map(i18n.isolate, outlets), count))


class MemberModel(_Rows):
    """The articles of one group, each with how like the others it is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._members: Sequence[ArticleId] = ()
        self._likeness: Mapping[ArticleId, float] = {}

    @property
    def members(self) -> Sequence[ArticleId]:
        """The articles that are shown."""
        return self._members

    def show_members(self, members: Sequence[ArticleId]) -> None:
        """Show the articles of another group."""
        self.beginResetModel()
        self._articles.forget()
        self._members, self._likeness = members, {}
        self.endResetModel()

    def show_likeness(self, likeness: Mapping[ArticleId, float]) -> None:
        """Show how like the others each is, from 0 to 1, now that it was measured."""
        self._likeness = likeness
        if self._members:
            self.dataChanged.emit(self.index(0), self.index(len(self._members) - 1))

    def _count(self) -> int:
        return len(self._members)

    def _title(self, row: int) -> str:
        return self._title_of(self._members[row])

    def _number(self, row: int) -> str:
        alike = self._likeness.get(self._members[row])
        return "" if alike is None else f"{int(alike * 100)}%"

    def _line(self, row: int) -> str:
        summary = self._articles.of(self._members[row])
        if summary is None:
            return ""
        origin = i18n.isolate(origin_line(summary.outlet, summary.date))
        known = (origin,) if summary.outlet or summary.date else ()
        return " · ".join((*known, *details(summary)))

    def _said(self, row: int) -> tuple[str, ...]:
        number = self._number(row)
        alike = tr("{percent} like another of the group", percent=number) if number else ""
        return self._title(row), self._line(row), alike
