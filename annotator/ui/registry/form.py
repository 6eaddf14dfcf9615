# SPDX-License-Identifier: MIT
"""What is said of an actor or event, to read and to change in place: each field that is left is one act."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from annotator.i18n import tr
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR, EVENT_TYPE, Attribute, AttributeKind
from annotator.model.ids import AttributeId
from annotator.model.names import Name
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.ui.fields.field_row import FieldRow
from annotator.ui.registry.chips import Chips
from annotator.ui.registry.kinds import Record, attribute_or_none, record_name
from annotator.ui.registry.names import Kind
from annotator.ui.theme import Theme
from annotator.ui.widgets import NoteEdit, column, label

_NOTE_HEIGHT = 56
_CAPITALS = "country"


class RecordForm(QFrame):
    """The fields of one kind.

    Signals:
        edited: the record as it is wanted.
        pick_requested: another member, or participant, is to be chosen.
    """

    edited = Signal(object)
    pick_requested = Signal()

    def __init__(self, scheme: Scheme, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._record: Record | None = None
        self._kind = kind
        self.rows = {name: FieldRow(attribute, theme) for name, attribute in _fields(scheme, kind)}
        self.aliases = Chips(tr("Other names and spellings"), tr("Add a name, then Enter"), theme, typed=True)
        self.others = Chips(
            tr("Members") if kind is Kind.ACTOR else tr("Participants"), tr("Add an actor…"), theme, typed=False
        )
        self.note = NoteEdit(tr("A note"), tr("Note"))
        self.note.setFixedHeight(_NOTE_HEIGHT)
        if kind is Kind.EVENT:
            self.aliases.hide()
        head = [row for name, row in self.rows.items() if name not in _LAST]
        tail = [row for name, row in self.rows.items() if name in _LAST]
        parts = [self.aliases] if kind is Kind.ACTOR else []
        self.setLayout(
            column(*head, *parts, self.others, *tail, label(tr("Note"), "muted"), self.note, None, margin=12)
        )
        self._connect_signals()

    @property
    def record(self) -> Record | None:
        """The record that is shown, as it was read."""
        return self._record

    def show_record(self, record: Record, actors: Mapping[Any, Actor], *, writable: bool) -> None:
        """Show what is said of an actor or event; what is just being typed stays."""
        if self._record is not None and record.id != self._record.id:
            self.flush()
            self.aliases.forget_typed()
        self._record = record
        for name, row in self.rows.items():
            row.field.set_value(_shown(getattr(record, name)))
            row.field.setEnabled(writable)
        if isinstance(record, Actor):
            self.aliases.show_items([(alias, alias) for alias in record.aliases])
            self.aliases.forget_typed(record.aliases)
        others = record.members if isinstance(record, Actor) else record.participants
        self.others.show_items([(id_, record_name(actors[id_])) for id_ in others if id_ in actors])
        self.note.show_note(record.note)
        self.note.setReadOnly(not writable)
        self.aliases.set_writable(writable)
        self.others.set_writable(writable)

    def add_other(self, actor_id: str) -> None:
        """Add a member or participant."""
        if isinstance(self._record, Actor):
            self._change(members=(*self._record.members, actor_id))
        elif isinstance(self._record, Event):
            self._change(participants=tuple(dict.fromkeys((*self._record.participants, actor_id))))

    def flush(self) -> None:
        """Say what was typed."""
        for row in self.rows.values():
            row.field.flush()
        self.note.flush()

    def _connect_signals(self) -> None:
        for name, row in self.rows.items():
            row.field.edited.connect(partial(self._on_edited, name))
        self.aliases.added.connect(self._on_alias_added)
        self.aliases.removed.connect(self._on_alias_removed)
        self.others.removed.connect(self._on_other_removed)
        self.others.add_requested.connect(self.pick_requested)
        self.note.note_written.connect(lambda note: self._change(note=note))

    def _change(self, **values: Any) -> None:
        if self._record is not None:
            self.edited.emit(replace(self._record, **values))

    def _on_edited(self, name: str) -> None:
        value = self.rows[name].field.value()
        if name == _CAPITALS and isinstance(value, str):
            value = value.upper()
        self._change(**{name: bool(value) if name == "anonymous" else value or ""})

    def _on_alias_added(self, alias: str) -> None:
        if isinstance(self._record, Actor):
            self._change(aliases=(*self._record.aliases, alias))

    def _on_alias_removed(self, alias: str) -> None:
        if isinstance(self._record, Actor):
            self._change(aliases=tuple(other for other in self._record.aliases if other != alias))

    def _on_other_removed(self, actor_id: str) -> None:
        if isinstance(self._record, Actor):
            self._change(members=tuple(id_ for id_ in self._record.members if id_ != actor_id))
        elif isinstance(self._record, Event):
            self._change(participants=tuple(id_ for id_ in self._record.participants if id_ != actor_id))


_LAST = frozenset({"anonymous", "external_id"})


def _shown(value: str | bool) -> str | bool | None:  # noqa: FBT001 - a value of any field
    return None if value == "" else value


def _fields(scheme: Scheme, kind: Kind) -> list[tuple[str, Attribute]]:
    """Return the fields of a record and how each is edited; a vocabulary of the scheme where it has one."""
    if kind is Kind.ACTOR:
        return [
            ("name_ar", _own("name_ar", tr("Arabic name"))),
            ("name_en", _own("name_en", tr("English name"))),
            ("kind", _of_scheme(scheme, ACTOR_KIND, tr("Kind"))),
            ("sector", _of_scheme(scheme, ACTOR_SECTOR, tr("Sector"))),
            ("country", _own("country", tr("Country, such as TUR"))),
            ("external_id", _own("external_id", tr("Id elsewhere, such as Wikidata’s"))),
            ("anonymous", _own("anonymous", tr("Named nowhere"), AttributeKind.YES_NO)),
        ]
    return [
        ("title", _own("title", tr("What happened"))),
        ("type", _of_scheme(scheme, EVENT_TYPE, tr("Type"))),
        ("date", _own("date", tr("Date"), AttributeKind.DATE)),
        ("place", _own("place", tr("Place"))),
        ("external_id", _own("external_id", tr("Id elsewhere, such as Wikidata’s"))),
    ]


def _own(field: str, name: str, kind: AttributeKind = AttributeKind.TEXT) -> Attribute:
    return Attribute(id=AttributeId(field), name=Name(en=name), kind=kind)


def _of_scheme(scheme: Scheme, attribute_id: AttributeId, name: str) -> Attribute:
    known = attribute_or_none(scheme, attribute_id)
    if known is None or known.kind is not AttributeKind.CHOICE:
        return _own(attribute_id, name)
    return replace(known, name=Name(en=name), required=False, default=None)
