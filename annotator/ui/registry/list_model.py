# SPDX-License-Identifier: MIT
"""All actors, or events, as a model: found while one types, in order of mentions or names.

Under what each is found is worked out in between, a slice of time at a time: for thousands it takes a second.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.i18n import trn
from annotator.model.changes import Changes
from annotator.model.registry import Actor, Event
from annotator.model.span import Span
from annotator.text.folding import fold
from annotator.text.name_search import matches_query, search_keys
from annotator.ui.registry.kinds import Record, all_names, linked_to, other_name, particulars, record_name, records
from annotator.ui.registry.names import Kind
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
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


class RegistryModel(QAbstractListModel):
    """The entries of one kind, all or those that are looked for."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session, self._kind = session, kind
        self._entries: dict[str, Entry] = {}
        self._rows: list[Entry] = []
        self._keys: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._unkeyed: list[tuple[str, ...]] = []
        self._sort_names: dict[str, str] = {}
        self._query = ""
        self._order = Order.MENTIONS

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._entries)

    @property
    def order(self) -> Order:
        """The order of the list."""
        return self._order

    def reload(self) -> None:
        """Read everything anew."""
        project = self._session.project
        counts = project.mention_counts()
        self._entries = {
            id_: self._entry(record, counts.get(record.id, 0)) for id_, record in records(project, self._kind).items()
        }
        self._show()

    def apply(self, changes: Changes) -> bool:
        """Show what an act changed; return whether that was anything of this."""
        touched = False
        for row in changes.rows:
            if isinstance(row.record, Span):
                touched |= self._recount(row.before, -1) | self._recount(row.after, 1)
            elif isinstance(row.record, Actor if self._kind is Kind.ACTOR else Event):
                touched = True
                known = self._entries.pop(row.record.id, None)
                if isinstance(row.after, Actor | Event):
                    self._entries[row.after.id] = self._entry(row.after, known.count if known is not None else 0)
        if touched:
            self._show()
        return touched

    def set_query(self, query: str) -> None:
        """Show only what is called so."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._show()

    def set_order(self, order: Order) -> None:
        """Put the list in another order."""
        self._order = order
        self._show()

    def prepare(self, seconds: float) -> bool:
        """Work out for so long under what entries are found; return whether there is more to do."""
        until = time.perf_counter() + seconds
        while self._unkeyed and time.perf_counter() < until:
            names = self._unkeyed.pop()
            if names not in self._keys:
                self._keys[names] = tuple(dict.fromkeys(key for name in names for key in search_keys(name)))
        if not self._unkeyed and self._query:
            self._show()
        return bool(self._unkeyed)

    def row_of(self, record_id: str | None) -> int:
        """Return the row of an entry, or -1."""
        return next((row for row, entry in enumerate(self._rows) if entry.id == record_id), -1)

    def entry_at(self, row: int) -> Entry | None:
        """Return the entry in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
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

    def _entry(self, record: Record, count: int) -> Entry:
        names = all_names(record)
        if names not in self._keys:
            self._unkeyed.append(names)
        scheme = self._session.project.scheme
        return Entry(record.id, record_name(record), other_name(record), particulars(record, scheme), count, names)

    def _recount(self, record: object, step: int) -> bool:
        linked = linked_to(record, self._kind) if isinstance(record, Span) else None
        entry = self._entries.get(linked or "")
        if entry is None:
            return False
        self._entries[entry.id] = replace(entry, count=entry.count + step)
        return True

    def _show(self) -> None:
        rows = self._found(self._sorted())
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def _sorted(self) -> list[Entry]:
        if self._order is Order.NAME:
            return sorted(self._entries.values(), key=lambda entry: (self._sort_name(entry.name), entry.id))
        return sorted(self._entries.values(), key=lambda entry: (-entry.count, entry.id))

    def _sort_name(self, name: str) -> str:
        if name not in self._sort_names:
            self._sort_names[name] = fold(name).text
        return self._sort_names[name]

    def _found(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        if not self._query:
            return entries
        ranked = ((matches_query(self._query, self._keys.get(entry.names, ())), entry) for entry in entries)
        return (entry for _, entry in sorted(((r, e) for r, e in ranked if r is not None), key=lambda each: each[0]))
