# SPDX-License-Identifier: MIT
"""The list of articles as a model: read in stretches as they are scrolled to, filtered while they are read."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.i18n import tr, tr_marked, trn
from annotator.model.article import ArticleSummary
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.text.folding import fold
from annotator.ui.session import Session

_STRETCH = 200
#: So many articles and more are read anew together.
_MANY = 50
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1


class ArticleListModel(QAbstractListModel):
    """The project's articles in their order, or those whose title holds the filter."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[ArticleSummary] = []
        self._read = 0
        self._count = 0
        self._filter = ""

    @property
    def count(self) -> int:
        """How many articles the project has."""
        return self._count

    @property
    def is_filtered(self) -> bool:
        """Whether only some articles are shown."""
        return bool(self._filter)

    def reload(self) -> None:
        """Read the list anew."""
        self.beginResetModel()
        self._rows, self._read = [], 0
        self._count = self._session.project.article_count() if self._session.is_open else 0
        self._rows = self._next_rows()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only articles whose title, file name, outlet or date holds a text, spelt in whatever way."""
        folded = fold(text.strip()).text
        if folded != self._filter:
            self._filter = folded
            self.reload()

    def apply(self, changes: Changes) -> None:
        """Show what an act changed."""
        if changes.article_list_changed or changes.spilled:
            self.reload()
            return
        changed = changes.articles
        if len(changed) > _MANY:
            self._read_again()
            return
        for row, summary in enumerate(self._rows):
            if summary.id in changed:
                self._rows[row] = self._session.project.article_summary(summary.id)
                self.dataChanged.emit(self.index(row), self.index(row))

    def _read_again(self) -> None:
        """Read the same rows in one go, and stay where one is unless others pass the filter now."""
        read = self._session.project.articles(0, self._read)
        rows = [summary for summary in read if self._passes(summary)]
        if [summary.id for summary in rows] != [summary.id for summary in self._rows]:
            self.reload()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def index_of(self, article_id: ArticleId | None) -> QModelIndex:
        """Return where an article is, reading on until it is found."""
        row = 0
        while article_id is not None:
            for row in range(row, len(self._rows)):  # noqa: B020 - goes on where it was
                if self._rows[row].id == article_id:
                    return self.index(row)
            row = len(self._rows)
            if not self.canFetchMore():
                break
            self.fetchMore()
        return QModelIndex()

    def article_at(self, row: int) -> ArticleId | None:
        """Return the id of the article in a row."""
        return self._rows[row].id if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many rows are read."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:  # noqa: N802
        """Return whether there is more to read."""
        return not parent.isValid() and self._read < self._count

    def fetchMore(self, _parent: Index = _NOWHERE) -> None:  # noqa: N802
        """Read the next stretch."""
        rows = self._next_rows()
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def fetch_all(self) -> None:
        """Read the list to its end in one go."""
        read = self._session.project.articles(self._read) if self.canFetchMore() else []
        self._read = self._count
        rows = [summary for summary in read if self._passes(summary)]
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid():
            return None
        summary = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return summary.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(summary)
            case Qt.ItemDataRole.ToolTipRole:
                return _hint(summary)
            case Role.SUMMARY:
                return summary
        return None

    def _next_rows(self) -> list[ArticleSummary]:
        """Read on until something passes the filter, or to the end."""
        while self._read < self._count:
            read = self._session.project.articles(self._read, _STRETCH)
            self._read = self._read + len(read) if read else self._count
            rows = [summary for summary in read if self._passes(summary)]
            if rows:
                return rows
        return []

    def _passes(self, summary: ArticleSummary) -> bool:
        return not self._filter or self._filter in fold(_looked_through(summary)).text


def details(summary: ArticleSummary) -> tuple[str, str]:
    """Return the words for an article's state and its number of tags."""
    return tr_marked(i18n.STATE_NAMES[summary.state]), trn("{n} tag", "{n} tags", summary.tags)


def origin(summary: ArticleSummary) -> tuple[str, ...]:
    """Return who published an article and when, as far as it is known."""
    return tuple(said for said in (summary.outlet, summary.date) if said)


def _looked_through(summary: ArticleSummary) -> str:
    return "\n".join((summary.title, summary.source, *origin(summary)))


def _spoken(summary: ArticleSummary) -> str:
    near = (tr("has near duplicates"),) if summary.duplicate_group is not None else ()
    return ", ".join((summary.title, *origin(summary), *details(summary), *near))


def _hint(summary: ArticleSummary) -> str:
    lines = [summary.title, " · ".join(map(i18n.isolate, origin(summary))), i18n.isolate(summary.source)]
    if summary.duplicate_group is not None:
        lines.append(tr("Nearly the same as another article: see “Near duplicates” in the menu “Article”"))
    return "\n".join(line for line in (*lines, details(summary)[0]) if line)
