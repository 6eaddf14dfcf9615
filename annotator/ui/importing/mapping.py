# SPDX-License-Identifier: MIT
"""What each name of a file of annotations becomes, as a model: one row a name, the last column to be changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal

from annotator import i18n
from annotator.i18n import N_, tr, tr_marked
from annotator.model.names import Name
from annotator.model.scheme import Label, Scheme
from annotator.model.scheme_mapping import KEEP, LEAVE_OUT, Names, SchemeMapping
from annotator.ui.dialogs.tables import NOWHERE, Index


class Part(StrEnum):
    """What a name names; the lists of a `SchemeMapping`, in their order."""

    LABELS = "labels"
    RELATIONS = "relations"
    DOCUMENT_LABELS = "document_labels"
    ATTRIBUTES = "attributes"


PART_NAMES = {
    Part.LABELS: N_("Label"),
    Part.RELATIONS: N_("Relation"),
    Part.DOCUMENT_LABELS: N_("Label of the article"),
    Part.ATTRIBUTES: N_("Attribute"),
}


class Column(IntEnum):
    """The columns, in their order."""

    PART = 0
    NAME = 1
    COUNT = 2
    BECOMES = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What a name may become.

    Attributes:
        id: the id of a part of the scheme, `KEEP` or `LEAVE_OUT`.
        name: what it is called.
        label: it, where it is a label, for its colour.
        group: the name of its layer.
    """

    id: str
    name: str
    label: Label | None = None
    group: str = ""


@dataclass(slots=True)
class Line:
    """A name of the file, how often it is used, and what it becomes."""

    part: Part
    name: str
    count: int
    target: str


class MappingTable(QAbstractTableModel):
    """The names of a file.

    Signals:
        changed: something becomes something else.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme, names: Names, mapping: SchemeMapping) -> None:
        super().__init__()
        self.targets = {part: _targets(scheme, part) for part in Part}
        self.lines = [
            Line(part, name, count, getattr(mapping, part)[name])
            for part in Part
            for name, count in sorted(getattr(names, part).items(), key=lambda item: -item[1])
        ]

    def mapping(self) -> SchemeMapping:
        """Return what everything becomes."""
        found: dict[Part, dict[str, str]] = {part: {} for part in Part}
        for line in self.lines:
            found[line.part][line.name] = line.target
        return SchemeMapping(*found.values())

    def take(self, mapping: SchemeMapping) -> int:
        """Have names become what a mapping says of them, as far as that is offered; return how many it knows."""
        known = 0
        for line in self.lines:
            wanted: Mapping[str, str] = getattr(mapping, line.part)
            target = wanted.get(line.name)
            if any(one.id == target for one in self.targets[line.part]):
                line.target, known = str(target), known + 1
        self._tell(0, len(self.lines) - 1)
        return known

    def set_target(self, rows: Iterable[int], target: str) -> None:
        """Have the names of some rows become something; rows of which nothing like it can become stay."""
        for row in rows:
            line = self.lines[row]
            if any(one.id == target for one in self.targets[line.part]):
                line.target = target
                self._tell(row, row)

    def target(self, row: int) -> Target:
        """Return what the name of a row becomes."""
        line = self.lines[row]
        return next(one for one in self.targets[line.part] if one.id == line.target)

    def count_of(self, target: str) -> int:
        """Return how many names become this."""
        return sum(line.target == target for line in self.lines)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that the last column can be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.BECOMES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid():
            return None
        text = self._texts(index.row())[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.row()) if index.column() == Column.BECOMES else text
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("What"), tr("In the file"), tr("How often"), tr("Becomes"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def _spoken(self, row: int) -> str:
        part, name, count, target = self._texts(row)
        return tr("{part} {name}, {count} times, becomes: {target}", part=part, name=name, count=count, target=target)

    def _texts(self, row: int) -> tuple[str, str, str, str]:
        line = self.lines[row]
        return (tr_marked(PART_NAMES[line.part]), i18n.isolate(line.name), str(line.count), self.target(row).name)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, Column.BECOMES), self.index(last, Column.BECOMES))
        self.changed.emit()


def _targets(scheme: Scheme, part: Part) -> list[Target]:
    """Return what names of a part may become: the parts of the scheme that are offered, and the two that always are."""
    usual = [Target(KEEP, tr("Keep as it is")), Target(LEAVE_OUT, tr("Leave out"))]
    if part is Part.LABELS:
        return [*usual, *_labels(scheme)]
    parts: Sequence[Any] = {
        Part.RELATIONS: scheme.relation_types,
        Part.DOCUMENT_LABELS: scheme.document_labels,
        Part.ATTRIBUTES: scheme.attributes,
    }[part]
    return [*usual, *(Target(one.id, _name(one.name, one.id)) for one in parts if not one.archived)]


def _labels(scheme: Scheme) -> list[Target]:
    return [
        Target(label.id, _name(label.name, label.id), label, _name(layer.name, layer.id))
        for layer in scheme.layers
        for label in scheme.all_labels
        if label.layer_id == layer.id and scheme.is_offered(label)
    ]


def _name(name: Name, part_id: str) -> str:
    return name.in_language(i18n.language()) or part_id
