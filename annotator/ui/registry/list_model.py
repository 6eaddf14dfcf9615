# SPDX-License-Identifier: MIT
"""All actors, or events, as a model: found while one types, in order of mentions or names.

Under what each is found is worked out in between, a slice of time at a time: for thousands it takes a second.
"""

import time
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.i18n import trn
from annotator.late import late
from annotator.model.changes import Changes
from annotator.model.registry import Actor, Event
from annotator.model.span import Span
from annotator.text.folding import fold
from annotator.ui.registry.kinds import Record, all_names, linked_to, other_name, particulars, record_name, records
from annotator.ui.registry.names import Kind
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.text.name_search import matches_query
    from annotator.ui.ranking import keys_of
else:
    matches_query = late("annotator.text.name_search", "matches_query")
    keys_of = late("annotator.ui.ranking", "keys_of")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: So long a list works out at a time under what its entries are found, in seconds.
SLICE = 0.008
_MARKS = {True: "\u200f", False: "\u200e"}


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class Order(StrEnum):
    """In which order the list stands."""

    MENTIONS = "mentions"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an actor or event, and how many tags are linked to it."""

    id: str
    name: str
    other: str
    particulars: str
    count: int
    names: tuple[str, ...]

    @property
    def line(self) -> str:
        """Return what stands below the name."""
        # Begins as the interface runs, whatever the other name does.
        other = f"{_MARKS[i18n.is_rtl()]}{i18n.isolate(self.other)}" if self.other else ""
        return " · ".join(part for part in (other, self.particulars) if part)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """Under what a record is found, worked out from just this record."""

    record: Record
    keys: str


class RegistryModel(QAbstractListModel):
    """The entries of one kind, all or those that are looked for."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session, self._kind = session, kind
        self._records: dict[str, Record] = {}
        self._counts: dict[str, int] = {}
        self._ordered: list[str] = []
        self._rows: list[str] = []
        self._keys: dict[str, _Keyed] = {}
        self._unkeyed: list[str] = []
        self._query = ""
        self._order = Order.MENTIONS

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._records)

    @property
    def order(self) -> Order:
        """The order of the list."""
        return self._order

    def reload(self) -> None:
        """Read everything anew."""
        project = self._session.project
        self._counts = {str(id_): count for id_, count in project.mention_counts().items()}
        self._records = dict(records(project, self._kind))
        self._unkeyed = [id_ for id_, record in self._records.items() if not self._is_keyed(id_, record)]
        self._put_in_order()

    def apply(self, changes: Changes) -> bool:
        """Show what an act changed; return whether that was anything of this."""
        touched = False
        for row in changes.rows:
            if isinstance(row.record, Span):
                touched |= self._recount(row.before, -1) | self._recount(row.after, 1)
            elif isinstance(row.record, Actor if self._kind is Kind.ACTOR else Event):
                touched = True
                self._records.pop(row.record.id, None)
                if isinstance(row.after, Actor | Event):
                    self._records[row.after.id] = row.after
                    self._unkeyed.append(row.after.id)
        if touched:
            self._put_in_order()
        return touched

    def set_query(self, query: str) -> None:
        """Show only what is called so."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._show()

    def set_order(self, order: Order) -> None:
        """Put the list in another order."""
        self._order = order
        self._put_in_order()

    def prepare(self, seconds: float) -> bool:
        """Work out for so long under what entries are found; return whether there is more to do."""
        until = time.perf_counter() + seconds
        while self._unkeyed and time.perf_counter() < until:
            id_ = self._unkeyed.pop()
            record = self._records.get(id_)
            if record is not None and not self._is_keyed(id_, record):
                self._keys[id_] = self._keyed(id_, record)
        if not self._unkeyed and self._query:
            self._show()
        return bool(self._unkeyed)

    def row_of(self, record_id: str | None) -> int:
        """Return the row of an entry, or -1."""
        return self._rows.index(record_id) if record_id in self._rows else -1

    def entry_at(self, row: int) -> Entry | None:
        """Return the entry in a row."""
        return self._entry(self._rows[row]) if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        entry = self._entry(self._rows[index.row()])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.AccessibleTextRole:
                mentions = trn("{n} mention", "{n} mentions", entry.count)
                return ", ".join(part for part in (entry.name, entry.line, mentions) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((*entry.names, entry.particulars)).strip()
            case Role.ENTRY:
                return entry
        return None

    def _entry(self, id_: str) -> Entry:
        record, scheme = self._records[id_], self._session.project.scheme
        return Entry(
            id_,
            record_name(record),
            other_name(record),
            particulars(record, scheme),
            self._counts.get(id_, 0),
            all_names(record),
        )

    def _recount(self, record: object, step: int) -> bool:
        linked = linked_to(record, self._kind) if isinstance(record, Span) else None
        if linked is None:
            return False
        self._counts[linked] = self._counts.get(linked, 0) + step
        return True

    def _is_keyed(self, id_: str, record: Record) -> bool:
        known = self._keys.get(id_)
        return known is not None and known.record is record

    def _keyed(self, id_: str, record: Record) -> "_Keyed":
        known, names = self._keys.get(id_), all_names(record)
        if known is not None and all_names(known.record) == names:
            return _Keyed(record, known.keys)
        return _Keyed(record, keys_of(*names))

    def _put_in_order(self) -> None:
        ids = sorted(self._records)
        if self._order is Order.NAME:
            ids.sort(key=lambda id_: fold(record_name(self._records[id_])).text)
        else:
            ids.sort(key=lambda id_: -self._counts.get(id_, 0))
        self._ordered = ids
        self._show()

    def _show(self) -> None:
        rows = self._found() if self._query else list(self._ordered)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _found(self) -> list[str]:
        """Return what is found, the better matches first, each rank in the order of the list."""
        ranks: dict[int, list[str]] = {}
        for id_ in self._ordered:
            known = self._keys.get(id_)
            rank = matches_query(self._query, known.keys) if known is not None else None
            if rank is not None:
                ranks.setdefault(rank, []).append(id_)
        return [id_ for rank in sorted(ranks) for id_ in ranks[rank]]
