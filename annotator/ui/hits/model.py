# SPDX-License-Identifier: MIT
"""The list of places as a model: sure ones first, then those that want a second look; each can be ticked.

Rows come while they are being looked for. The words around a place are read when its row is painted, and kept for a
while; so neither their number nor that of the articles matters.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.errors import UserError
from annotator.i18n import N_, isolate, tr, tr_marked
from annotator.model.ids import ActorId, ArticleId, LabelId, SpanId
from annotator.model.span import Certainty, Piece, Span
from annotator.ops.occurrences import Hit
from annotator.ops.search import in_context
from annotator.project import FIRST_PLACE, Project
from annotator.store.registry import Mention
from annotator.text.occurrences import Doubt
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: So many rows keep the words around them.
_KEPT = 600
_WIDTH = 90
#: Changes in no more articles than this are told row by row.
_FEW = 20

#: Why a place wants a second look, in a few words.
DOUBTS = {
    Doubt.SPELLING: N_("Another spelling"),
    Doubt.PROCLITIC: N_("First letter may be its own"),
    Doubt.COMMON_WORD: N_("Also a common word"),
    Doubt.SHORT: N_("A short name"),
}


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag as a line of the list: what a line shows, as there may be very many."""

    span_id: SpanId
    article_id: ArticleId
    start: int
    end: int
    quote: str
    label_id: LabelId
    actor_id: ActorId | None
    is_unsure: bool

    @classmethod
    def of(cls, span: Span) -> "TagLine":
        """Return the line of a tag."""
        unsure = span.certainty is Certainty.UNSURE
        words = span.words if span.pieces else span.quote
        return cls(span.id, span.article_id, span.start, span.end, words, span.label_id, span.actor_id, unsure)


Item = Hit | TagLine
#: What stays the same of an item when the list is read again.
Key = tuple[str, int, int] | str


def key_of(item: Item) -> Key:
    """Return what an item is known by."""
    return (item.article_id, item.start, item.end) if isinstance(item, Hit) else item.span_id


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    CONTEXT = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True)
class _Part:
    """Some items in the order of the articles, and which of them are ticked."""

    items: list[Item] = field(default_factory=list)
    ticks: bytearray = field(default_factory=bytearray)

    def add(self, items: Sequence[Item], *, ticked: bool) -> None:
        self.items.extend(items)
        self.ticks.extend(bytes([ticked]) * len(items))

    def pairs(self) -> Iterator[tuple[Item, int]]:
        return zip(self.items, self.ticks, strict=True)


class HitModel(QAbstractListModel):
    """The places that were found.

    Args:
        session: where they are read from.
        ticked: whether sure ones come ticked; None: nothing is ticked here.
        names: returns what an actor is called.
    """

    def __init__(self, session: Session, *, ticked: bool | None, names: Callable[[ActorId], str] | None = None) -> None:
        super().__init__()
        self._session, self._names = session, names
        self._ticked, self._is_ticked = bool(ticked), ticked is not None
        self._sure, self._doubtful = _Part(), _Part()
        self._contexts: OrderedDict[tuple[str, int, int], Mention | None] = OrderedDict()
        self._positions: dict[ArticleId, int] = {}
        self._is_resetting = False

    # What is listed

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._sure.items) + len(self._doubtful.items)

    @property
    def ticked_count(self) -> int:
        """How many of them are ticked."""
        return self._sure.ticks.count(1) + self._doubtful.ticks.count(1)

    def ticked(self) -> list[Item]:
        """Return what is ticked, in the order of the list."""
        return [item for part in (self._sure, self._doubtful) for item, tick in part.pairs() if tick]

    def item(self, row: int) -> Item | None:
        """Return what is in a row; None in that of the heading."""
        found = self._place(row)
        return found[0].items[found[1]] if found is not None else None

    # Changing the list

    def clear(self) -> None:
        """List nothing."""
        self.beginResetModel()
        self._sure, self._doubtful = _Part(), _Part()
        self._contexts.clear()
        self._positions.clear()
        self.endResetModel()

    def add(self, items: Iterable[Item]) -> None:
        """List some more, which stand behind those listed so far."""
        sure: list[Item] = []
        doubtful: list[Item] = []
        for item in items:
            (doubtful if _is_doubtful(item) else sure).append(item)
        self._insert(self._sure, len(self._sure.items), sure, bytes([self._ticked]) * len(sure))
        self._insert(self._doubtful, len(self._doubtful.items), doubtful, bytes(len(doubtful)))

    def replace_all(self, items: Iterable[Item]) -> None:
        """List these instead of all; what was ticked or not stays so."""
        ticks = {key_of(item): tick for part in (self._sure, self._doubtful) for item, tick in part.pairs()}
        self.beginResetModel()
        self._sure, self._doubtful = _Part(), _Part()
        self._contexts.clear()
        self._positions.clear()
        for item in items:
            part = self._doubtful if _is_doubtful(item) else self._sure
            part.add([item], ticked=bool(ticks.get(key_of(item), self._ticked and part is self._sure)))
        self.endResetModel()

    def replace_articles(self, article_ids: Sequence[ArticleId], items: Iterable[Item]) -> None:
        """List these instead of all that is listed of some articles; what was ticked or not stays so."""
        fresh: dict[ArticleId, list[Item]] = {article_id: [] for article_id in article_ids}
        for item in items:
            fresh[item.article_id].append(item)
        with self._telling(len(fresh)):
            for article_id, found in fresh.items():
                for part in (self._sure, self._doubtful):
                    doubtful = part is self._doubtful
                    self._replace(part, article_id, [one for one in found if _is_doubtful(one) == doubtful])

    def remove_overlapping(self, places: Mapping[ArticleId, Sequence[Piece]]) -> None:
        """List no longer what overlaps these places."""
        with self._telling(len(places)):
            for article_id, taken in places.items():
                for part in (self._sure, self._doubtful):
                    first, end = self._range(part, article_id)
                    for place in range(end - 1, first - 1, -1):
                        item = part.items[place]
                        if any(item.start < last and start < item.end for start, last in taken):
                            self._remove(part, place, place + 1)

    def change_tags(self, changed: dict[SpanId, Span | None]) -> None:
        """Show tags as they are now, without those that are gone (None)."""
        gone = {span_id for span_id, span in changed.items() if span is None}
        if gone:
            self.beginResetModel()
            staying = [(item, tick) for item, tick in self._sure.pairs() if key_of(item) not in gone]
            self._sure = _Part([item for item, _ in staying], bytearray(tick for _, tick in staying))
            self.endResetModel()
        items = self._sure.items
        # What is chosen stays so: several acts may be done on the same tags.
        for row, item in enumerate(items):
            span = changed.get(item.span_id) if isinstance(item, TagLine) else None
            if span is not None:
                items[row] = TagLine.of(span)
        if items:
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))

    def set_ticked(self, ranges: Iterable[tuple[int, int]], *, ticked: bool) -> None:
        """Tick rows, or take their ticks away; each range is its first and its last row."""
        for first, last in ranges:
            for part, offset in self._offsets():
                start, end = max(first - offset, 0), min(last - offset + 1, len(part.items))
                if start < end:
                    part.ticks[start:end] = bytes([ticked]) * (end - start)
            self.dataChanged.emit(self.index(first), self.index(last), [Qt.ItemDataRole.CheckStateRole])

    # Qt's questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many rows there are, the heading included."""
        return 0 if parent.isValid() else self.count + bool(self._doubtful.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let all be chosen and ticked but the heading."""
        if not index.isValid() or self._place(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._is_ticked else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Tick a row, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._is_ticked or self._place(index.row()) is None:
            return False
        self.set_ticked([(index.row(), index.row())], ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        found = self._place(index.row())
        if found is not None:
            return self._row_data(*found, role)
        heading = index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return tr("Take a second look") if heading else None

    def _row_data(self, part: _Part, place: int, role: int) -> Any:
        item = part.items[place]
        match role:
            case Qt.ItemDataRole.CheckStateRole if self._is_ticked:
                return Qt.CheckState.Checked if part.ticks[place] else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DisplayRole:
                return item.quote
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._told(item)
            case Role.ITEM:
                return item
            case Role.CONTEXT:
                return self._context(item)
        return None

    def remark(self, item: Item) -> str:
        """Return what is to be said of an item beside where it stands."""
        if isinstance(item, Hit):
            if item.doubt is None:
                return tr("Title") if item.in_title is not None else ""
            return tr_marked(DOUBTS[item.doubt])
        return self._names(item.actor_id) if item.actor_id is not None and self._names is not None else ""

    def _told(self, item: Item) -> str:
        mention = self._context(item)
        if mention is None:
            return item.quote
        lines = [isolate(" ".join(f"{mention.before}«{mention.quote}»{mention.after}".split()))]
        lines.append(f"{isolate(mention.article_title)} · {isolate(mention.source)}")
        unsure = tr("Not sure") if isinstance(item, TagLine) and item.is_unsure else ""
        return "\n".join(line for line in (*lines, self.remark(item), unsure) if line)

    def _context(self, item: Item) -> Mention | None:
        key = (item.article_id, item.start, item.end)
        if key in self._contexts:
            self._contexts.move_to_end(key)
            return self._contexts[key]
        mention = _mention(self._session.project, item) if self._session.is_open else None
        self._contexts[key] = mention
        if len(self._contexts) > _KEPT:
            self._contexts.popitem(last=False)
        return mention

    def _place(self, row: int) -> tuple[_Part, int] | None:
        for part, offset in self._offsets():
            if 0 <= row - offset < len(part.items):
                return part, row - offset
        return None

    def _offsets(self) -> tuple[tuple[_Part, int], tuple[_Part, int]]:
        return (self._sure, 0), (self._doubtful, len(self._sure.items) + 1)

    # Rows that come and go

    @contextmanager
    def _telling(self, articles: int) -> Iterator[None]:
        """Tell views of each row, or of everything at once where much changes."""
        if articles <= _FEW:
            yield
            return
        places = self._session.project.article_ids_after(FIRST_PLACE, -1)
        self._positions = {ArticleId(id_.hex()): position for position, id_ in places}
        self.beginResetModel()
        self._is_resetting = True
        try:
            yield
        finally:
            self._is_resetting = False
            self.endResetModel()

    def _replace(self, part: _Part, article_id: ArticleId, items: list[Item]) -> None:
        first, end = self._range(part, article_id)
        if part.items[first:end] == items:
            return
        ticks = {key_of(item): part.ticks[first + place] for place, item in enumerate(part.items[first:end])}
        default = self._ticked and part is self._sure
        self._remove(part, first, end)
        self._insert(part, first, items, bytes(ticks.get(key_of(item), default) for item in items))

    def _insert(self, part: _Part, place: int, items: Sequence[Item], ticks: bytes) -> None:
        if not items:
            return
        offset = self._offset(part)
        brings_heading = part is self._doubtful and not part.items
        if not self._is_resetting:
            self.beginInsertRows(_NOWHERE, offset + place - brings_heading, offset + place + len(items) - 1)
        part.items[place:place] = items
        part.ticks[place:place] = ticks
        if not self._is_resetting:
            self.endInsertRows()

    def _remove(self, part: _Part, first: int, end: int) -> None:
        if first == end:
            return
        offset = self._offset(part)
        takes_heading = part is self._doubtful and end - first == len(part.items)
        if not self._is_resetting:
            self.beginRemoveRows(_NOWHERE, offset + first - takes_heading, offset + end - 1)
        del part.items[first:end]
        del part.ticks[first:end]
        if not self._is_resetting:
            self.endRemoveRows()

    def _range(self, part: _Part, article_id: ArticleId) -> tuple[int, int]:
        """Return where in a part the items of an article are, or would be."""
        order = self._order(article_id)
        first = bisect_left(part.items, order, key=lambda item: self._order(item.article_id))
        return first, bisect_right(part.items, order, lo=first, key=lambda item: self._order(item.article_id))

    def _order(self, article_id: ArticleId) -> tuple[int, ArticleId]:
        if article_id not in self._positions:
            self._positions[article_id] = self._session.project.article_summary(article_id).position
        return self._positions[article_id], article_id

    def _offset(self, part: _Part) -> int:
        return 0 if part is self._sure else len(self._sure.items) + 1


def _is_doubtful(item: Item) -> bool:
    return isinstance(item, Hit) and item.doubt is not None


def _mention(project: Project, item: Item) -> Mention | None:
    try:
        if isinstance(item, Hit):
            return in_context(project, item, _WIDTH)
        return project.in_context(item.article_id, item.start, item.end, _WIDTH)
    except UserError:  # the article has just been removed, and the list is about to hear of it
        return None
