# SPDX-License-Identifier: MIT
"""What is likely the same, as models: the groups, and the forms of one group with a tick each."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.analysis.candidates import Candidate, Group
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.store.registry import Mention
from annotator.text.variants import Likeness
from annotator.ui.registry.kinds import record_name
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDTH = 50

_REASONS = {
    Likeness.SAME_SPELLING: N_("the same letters as {name}"),
    Likeness.SAME_CLASS: N_("letters for the same sounds as {name}"),
    Likeness.CLOSE: N_("nearly spelt like {name}"),
    Likeness.PART_OF: N_("shares the last part with {name}"),
}


class CandidateRole(IntEnum):
    """What the delegates ask for besides Qt's own roles."""

    GROUP = Qt.ItemDataRole.UserRole + 1
    CANDIDATE = Qt.ItemDataRole.UserRole + 2
    MENTION = Qt.ItemDataRole.UserRole + 3
    LINE = Qt.ItemDataRole.UserRole + 4


class GroupModel(QAbstractListModel):
    """Groups, those with most mentions first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Group] = []

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self._rows = []
        self.endResetModel()

    def add(self, groups: Sequence[Group]) -> None:
        """Show more."""
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(groups) - 1)
        self._rows += groups
        self.endInsertRows()

    def rank(self) -> None:
        """Put those with most mentions first, once all are there."""
        ranked = sorted(self._rows, key=lambda group: -group.mentions)
        if ranked != self._rows:
            self.beginResetModel()
            self._rows = ranked
            self.endResetModel()

    def drop(self, key: str) -> None:
        """Take a group away."""
        row = self.row_of(key)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def drop_forms(self, quotes: Collection[str]) -> None:
        """Take forms away that are linked now, and groups of which nothing is left."""
        rows = []
        for group in self._rows:
            left = tuple(each for each in group.candidates if each.form.quote not in quotes)
            if len(left) != len(group.candidates):
                group = replace(group, candidates=left, mentions=sum(each.form.count for each in left))  # noqa: PLW2901
            if left:
                rows.append(group)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def group_at(self, row: int) -> Group | None:
        """Return the group in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: str | None) -> int:
        """Return the row of a group, or -1."""
        return next((row for row, group in enumerate(self._rows) if group.key == key), -1) if key else -1

    def row_like(self, other: Group) -> int:
        """Return the row of the group that a group has become once it was looked for anew, or -1."""
        forms = {candidate.form.quote for candidate in other.candidates}
        places = (row for row, group in enumerate(self._rows) if forms & {c.form.quote for c in group.candidates})
        return next(places, -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        group = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.name(group)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                mentions = trn("{n} mention", "{n} mentions", group.mentions)
                return f"{i18n.isolate(self.name(group))}, {self.line(group)}, {mentions}"
            case CandidateRole.GROUP:
                return group
            case CandidateRole.LINE:
                return self.line(group)
        return None

    def name(self, group: Group) -> str:
        """Return what a group is called: its actor's name, or its most frequent form."""
        actor = self._session.project.actors.get(group.actor_id) if group.actor_id is not None else None
        return record_name(actor) if actor is not None else group.name

    def line(self, group: Group) -> str:
        """Return how it is written."""
        kind = tr("known actor") if group.actor_id is not None else ""
        forms = trn("{n} spelling", "{n} spellings", len(group.candidates))
        return f"{kind} · {forms}" if kind else forms


class FormModel(QAbstractListModel):
    """The forms of one group; those that are surely the same are ticked to begin with."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._group: Group | None = None
        self._rows: Sequence[Candidate] = ()
        self._ticked: set[str] = set()
        self._read: dict[str, Mention | None] = {}

    @property
    def group(self) -> Group | None:
        """The group that is shown."""
        return self._group

    def show(self, group: Group | None) -> None:
        """Show another group."""
        self.beginResetModel()
        self._group = group
        self._rows = group.candidates if group is not None else ()
        self._ticked = {candidate.form.quote for candidate in self._rows if candidate.sure}
        self._read = {}
        self.endResetModel()

    def ticked(self) -> list[Candidate]:
        """Return the forms that are meant, from the top."""
        return [candidate for candidate in self._rows if candidate.form.quote in self._ticked]

    def tick_all(self, ticked: bool) -> None:  # noqa: FBT001 - as Qt's setChecked
        """Tick every form, or none."""
        self._ticked = {candidate.form.quote for candidate in self._rows} if ticked else set()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def toggle(self, row: int) -> None:
        """Tick a form, or not any more."""
        self._ticked ^= {self._rows[row].form.quote}
        self.dataChanged.emit(self.index(row), self.index(row))

    def candidate_at(self, row: int) -> Candidate:
        """Return the form in a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows have a tick."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        candidate = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return candidate.form.quote
            case Qt.ItemDataRole.AccessibleTextRole:
                mentions = trn("{n} mention", "{n} mentions", candidate.form.count)
                return ", ".join((candidate.form.quote, mentions, self._reason(candidate)))
            case Qt.ItemDataRole.CheckStateRole:
                is_ticked = candidate.form.quote in self._ticked
                return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return self._drawn(candidate, role)

    def _drawn(self, candidate: Candidate, role: int) -> Any:
        match role:
            case CandidateRole.CANDIDATE:
                return candidate
            case CandidateRole.LINE:
                return self._reason(candidate)
            case CandidateRole.MENTION:
                return self._mention(candidate)
        return None

    def _reason(self, candidate: Candidate) -> str:
        if candidate.like == candidate.form.quote:
            return self._written_alike(candidate)
        return tr_marked(_REASONS[candidate.reason], {"name": candidate.like})

    def _written_alike(self, candidate: Candidate) -> str:
        actor_id = self._group.actor_id if self._group is not None else None
        actor = self._session.project.actors.get(actor_id) if actor_id is not None else None
        if actor is not None and candidate.like in actor.names:
            return tr("a name of {actor}", actor=record_name(actor))
        return tr("written just so each time")

    def _mention(self, candidate: Candidate) -> Mention | None:
        """Return the first mention, with what stands around it; None once that was deleted."""
        form = candidate.form
        if form.quote not in self._read:
            project = self._session.project
            try:
                span = project.span(form.first)
                found = project.in_context(span.article_id, span.start, span.end, _WIDTH)
            except UserError:
                found = None
            self._read[form.quote] = found
        return self._read[form.quote]
