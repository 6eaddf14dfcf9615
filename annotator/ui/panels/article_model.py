# SPDX-License-Identifier: MIT
"""The list of articles as a model: ids alone are kept, what a row shows is read when it is looked at.

Ids are read in short turns of the event loop, the first at once, so that a list of any length is there at once and
holds nothing up. Without a filter all rows are there from the beginning; with one they come as they are found.
"""

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from annotator import i18n
from annotator.i18n import tr, tr_marked, trn
from annotator.model.article import Article, ArticleSummary
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.project import FIRST_PLACE, Place
from annotator.text.folding import fold
from annotator.ui.session import Session

#: So many articles in one turn: of ids alone, and of those that a filter looks through.
_TURN, _FILTER_TURN = 2_000, 250
#: So many rows are read together, and so many are kept.
_PAGE, _KEPT = 40, 800
#: So many articles and more are looked at anew together.
_MANY = 50
_ID_BYTES = 16
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1


class ArticleListModel(QAbstractListModel):
    """The project's articles in their order, or those whose title holds the filter.

    Signals:
        read: all ids have been read; with a filter, all that it lets through are listed now.
    """

    read = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._ids = bytearray()
        self._last = FIRST_PLACE
        self._is_read = True
        self._count = 0
        self._filter = ""
        self._kept: OrderedDict[int, ArticleSummary] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        session.project_closing.connect(self._timer.stop)

    @property
    def count(self) -> int:
        """How many articles the project has."""
        return self._count

    @property
    def is_filtered(self) -> bool:
        """Whether only some articles are shown."""
        return bool(self._filter)

    @property
    def is_read(self) -> bool:
        """Whether all ids have been read."""
        return self._is_read

    def reload(self) -> None:
        """Read the list anew."""
        self.beginResetModel()
        self._timer.stop()
        self._kept.clear()
        self._ids = bytearray()
        self._last, self._is_read = FIRST_PLACE, False
        self._count = self._session.project.article_count() if self._session.is_open else 0
        self._take(self._next_ids())
        self.endResetModel()
        if not self._is_read:
            self._timer.start()

    def set_filter(self, text: str) -> None:
        """Show only articles whose title, file name, outlet or date holds a text, spelt in whatever way."""
        folded = fold(text.strip()).text
        if folded != self._filter:
            self._filter = folded
            self.reload()

    def apply(self, changes: Changes) -> None:
        """Show what an act changed."""
        if changes.article_list_changed and not self._has_changed_end(changes):
            self.reload()
        elif len(changes.articles) > _MANY:
            self._look_again()
        else:
            changed = changes.articles
            rows = [row for row, summary in self._kept.items() if summary.id in changed]
            for row in rows:
                del self._kept[row]
                self.dataChanged.emit(self.index(row), self.index(row))

    def _has_changed_end(self, changes: Changes) -> bool:
        """Take over an act that changed the end of the list alone, as an import or its undo; else return False.

        What is known of all others is not read again, nor are their rows laid out anew: of 100,000 that takes a frame.
        """
        if self._filter or not self._is_read or changes.spilled:
            return False
        project = self._session.project
        rows = [row for row in changes.rows if isinstance(row.record, Article)]
        gone = {bytes.fromhex(row.record.id) for row in rows if row.after is None}
        come = {bytes.fromhex(row.record.id) for row in rows if row.before is None}
        kept = self._count - len(gone)
        if gone != {id_ for at in range(kept, self._count) if (id_ := self._known(at))}:
            return False
        last = self._place(kept - 1)
        if last is None:
            return False
        places = project.article_ids_after(last, len(come) + 1)
        if come != {id_ for _, id_ in places} or project.article_count() != kept + len(come):
            return False
        self._cut(kept)
        if places:
            self.beginInsertRows(QModelIndex(), kept, kept + len(places) - 1)
            self._take(b"".join(id_ for _, id_ in places))
            self._count += len(places)
            self.endInsertRows()
        self._last = places[-1] if places else last
        return True

    def _cut(self, count: int) -> None:
        """Let go of all rows but so many."""
        if count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            del self._ids[count * _ID_BYTES :]
            self._kept = OrderedDict((row, summary) for row, summary in self._kept.items() if row < count)
            self._count = count
            self.endRemoveRows()

    def _known(self, row: int) -> bytes:
        return bytes(self._ids[row * _ID_BYTES : (row + 1) * _ID_BYTES])

    def _place(self, row: int) -> Place | None:
        """Return the place of a row that is known, or of the one before the first; None of one that is gone by now."""
        if row < 0:
            return FIRST_PLACE
        known = self._known(row)
        there = self._session.project.articles_by_id([ArticleId(known.hex())])
        return (there[0].position, known) if there else None

    def _look_again(self) -> None:
        """Read what is seen anew, and all where others may pass the filter now."""
        if self._filter:
            self.reload()
        elif self.rowCount():
            self._kept.clear()
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def index_of(self, article_id: ArticleId | None) -> QModelIndex:
        """Return where an article is, if it is listed."""
        if article_id is None:
            return QModelIndex()
        if not self._filter and not self._is_read:
            return self.index((self._session.project.article_number(article_id) or 0) - 1)
        wanted = bytes.fromhex(article_id)
        place = self._ids.find(wanted)
        while place % _ID_BYTES and place >= 0:
            place = self._ids.find(wanted, place + 1)
        return self.index(place // _ID_BYTES) if place >= 0 else QModelIndex()

    def article_at(self, row: int) -> ArticleId | None:
        """Return the id of the article in a row."""
        if not 0 <= row < self.rowCount():
            return None
        known = self._known(row)
        return ArticleId(known.hex()) if known else next(iter(self._session.project.article_ids(row, 1)), None)

    def articles_in(self, first: int, last: int) -> list[ArticleId]:
        """Return the ids of the articles in a range of rows."""
        if last * _ID_BYTES >= len(self._ids) and not self._filter:
            return self._session.project.article_ids(first, last - first + 1)
        return [ArticleId(self._ids[at * _ID_BYTES : (at + 1) * _ID_BYTES].hex()) for at in range(first, last + 1)]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many rows there are; all of them before their ids are read, without a filter."""
        if parent.isValid():
            return 0
        return len(self._ids) // _ID_BYTES if self._filter else self._count

    def finish(self) -> None:
        """Read to the end at once, as before all that a filter lets through is selected."""
        while not self._is_read:
            self._on_turn()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        summary = self._summary(index.row()) if index.isValid() else None
        if summary is None:  # gone a moment ago, and the list is about to hear of it
            return None
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

    def _summary(self, row: int) -> ArticleSummary | None:
        if row not in self._kept:
            self._read_page(row // _PAGE * _PAGE)
        if row in self._kept:
            self._kept.move_to_end(row)
        return self._kept.get(row)

    def _read_page(self, first: int) -> None:
        """Read what those rows of a page show that are not known: most acts change one."""
        if not self._session.is_open:
            return
        ids = self.articles_in(first, min(first + _PAGE, self.rowCount()) - 1)
        wanted = {row: id_ for row, id_ in enumerate(ids, first) if row not in self._kept}
        found = self._session.project.article_summaries(list(wanted.values()))
        self._kept.update((row, found[id_]) for row, id_ in wanted.items() if id_ in found)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _on_turn(self) -> None:
        """Read on for a moment."""
        ids = self._next_ids()
        first = self.rowCount()
        if self._filter and ids:
            self.beginInsertRows(QModelIndex(), first, first + len(ids) // _ID_BYTES - 1)
        self._take(ids)
        if self._filter and ids:
            self.endInsertRows()
        if self._is_read:
            self._timer.stop()
            self.read.emit()

    def _take(self, ids: bytes) -> None:
        self._ids += ids

    def _next_ids(self) -> bytes:
        """Return the ids of the next stretch that pass the filter."""
        if not self._session.is_open:
            self._is_read = True
            return b""
        project, turn = self._session.project, _FILTER_TURN if self._filter else _TURN
        if self._filter:
            said = project.articles_said_after(self._last, turn)
            places = [place for place, _ in said]
            passing = [place for place, words in said if self._passes(words)]
        else:
            passing = places = project.article_ids_after(self._last, turn)
        self._is_read = len(places) < turn
        self._last = places[-1] if places else self._last
        return b"".join(id_ for _, id_ in passing)

    def _passes(self, said: Sequence[str]) -> bool:
        return self._filter in fold("\n".join(filter(None, said))).text


def details(summary: ArticleSummary) -> tuple[str, str]:
    """Return the words for an article's state and its number of tags."""
    return tr_marked(i18n.STATE_NAMES[summary.state]), trn("{n} tag", "{n} tags", summary.tags)


def origin(summary: ArticleSummary) -> tuple[str, ...]:
    """Return who published an article and when, as far as it is known."""
    return tuple(said for said in (summary.outlet, summary.date) if said)


def _spoken(summary: ArticleSummary) -> str:
    near = (tr("has near duplicates"),) if summary.duplicate_group is not None else ()
    return ", ".join((summary.title, *origin(summary), *details(summary), *near))


def _hint(summary: ArticleSummary) -> str:
    lines = [summary.title, " · ".join(map(i18n.isolate, origin(summary))), i18n.isolate(summary.source)]
    if summary.duplicate_group is not None:
        lines.append(tr("Nearly the same as another article: see “Near duplicates” in the menu “Article”"))
    return "\n".join(line for line in (*lines, details(summary)[0]) if line)
