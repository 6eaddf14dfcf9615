# SPDX-License-Identifier: MIT
"""The parts of a scheme as a tree: a model in which they can be put in another order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.i18n import N_, tr, tr_marked
from annotator.model.attributes import Attribute, Value
from annotator.model.scheme import Label, Layer
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.places import SCHEME, Kind, Part, PartKey, key_of, shown_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import SWATCH, paint_swatch

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIME = "application/x-tawsim-scheme-part"
KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

#: The groups below the scheme, and what stands in them.
GROUPS: dict[Kind, str] = {
    Kind.LAYER: N_("Labels"),
    Kind.ATTRIBUTE: N_("Attributes"),
    Kind.RELATION: N_("Relations"),
    Kind.DOCUMENT: N_("Labels of articles"),
}


@dataclass(slots=True, eq=False)
class _Node:
    key: PartKey
    parent: "_Node | None" = None
    children: "list[_Node]" = field(default_factory=list)
    row: int = 0


class SchemeTree(QAbstractItemModel):
    """The scheme, its groups, their parts; labels below their layers, values below their attributes."""

    def __init__(self, draft: Draft, theme: Theme, *, read_only: bool) -> None:
        super().__init__()
        self._draft, self._theme, self._read_only = draft, theme, read_only
        self._shows_archived = False
        self._root = _Node(PartKey(Kind.GROUP))
        self._nodes: dict[PartKey, _Node] = {}
        self._build()
        draft.changed.connect(self.refresh)

    def show_archived(self, shown: bool) -> None:  # noqa: FBT001 - as Qt's setVisible
        """Show what is archived, or leave it out."""
        self._shows_archived = shown
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is now; nothing is closed or moved where only what parts say has changed."""
        if list(self._places()) != self._built:
            self.beginResetModel()
            self._build()
            self.endResetModel()
        else:
            self._tell(self._root)

    def index_of(self, key: PartKey) -> QModelIndex:
        """Return where a part is."""
        node = self._nodes.get(key)
        return QModelIndex() if node is None else self.createIndex(node.row, 0, node)

    def key(self, index: Index) -> PartKey:
        """Return the key of what is at an index."""
        return self._node(index).key

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        children = self._node(parent).children
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        """Return the index of what something stands below."""
        above = self._node(index).parent if index.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many stand below something."""
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        key = self.key(index)
        part = self._draft.part(key)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(key, part)
            case Qt.ItemDataRole.DecorationRole:
                return self._swatch(part) if isinstance(part, Label) else None
            case Qt.ItemDataRole.ForegroundRole:
                quiet = part is not None and part.archived
                return QColor(self._theme.muted if quiet else self._theme.text)
        return key if role == KEY_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that parts can be dragged, and dropped among their like."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self._read_only:
            return flags if index.isValid() else Qt.ItemFlag.NoItemFlags
        kind = self.key(index).kind
        if kind not in (Kind.SCHEME, Kind.GROUP):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Return that parts are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return what can be dropped."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """Return what is dragged: the key of a part."""
        result = QMimeData()
        key = self.key(indexes[0])
        result.setData(_MIME, f"{key.kind}\n{key.id}\n{key.of}".encode())
        return result

    def canDropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Return whether what is dragged has a place here."""
        return self._place(data, row, parent) is not None

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Put what was dragged here."""
        place = self._place(data, row, parent)
        if place is None:
            return False
        self._draft.move_before(*place)
        return True

    def step(self, key: PartKey, by: int) -> None:
        """Move a part up or down among what is shown beside it."""
        node = self._nodes.get(key)
        if node is None or node.parent is None or key.kind in (Kind.SCHEME, Kind.GROUP):
            return
        rest = [one for one in node.parent.children if one is not node]
        place = node.row + by
        if 0 <= place <= len(rest):
            before = self._draft.part(rest[place].key) if place < len(rest) else None
            self._draft.move_before(key, before)

    def _place(self, data: QMimeData, row: int, parent: Index) -> tuple[PartKey, Part | None, str] | None:
        """Return which part is put before which one, and in which layer; None where it has no place."""
        if not data.hasFormat(_MIME) or self._read_only:
            return None
        kind, id_, of = bytes(data.data(_MIME).data()).decode().split("\n")
        key, target = PartKey(Kind(kind), id_, of), self._node(parent)
        if row < 0 and target.key.kind is key.kind and target.parent is not None:
            row, target = target.row, target.parent
        if not _belongs(key, target.key):
            return None
        before = self._draft.part(target.children[row].key) if 0 <= row < len(target.children) else None
        return key, before, target.key.id if key.kind is Kind.LABEL else ""

    def _node(self, index: Index) -> _Node:
        if not index.isValid():
            return self._root
        node: _Node = index.internalPointer()
        return node

    def _build(self) -> None:
        self._nodes = {}
        # Qt keeps pointers to nodes in indexes that may outlive a reset: the old ones must not be freed under it.
        self._kept = self._root
        self._root = _Node(PartKey(Kind.GROUP))
        self._built = list(self._places())
        above: dict[PartKey, _Node] = {}
        for key, parent in self._built:
            node = self._nodes[key] = _Node(key, above.get(parent, self._root) if parent else self._root)
            above[key] = node
            assert node.parent is not None  # noqa: S101 - the root at least
            node.row = len(node.parent.children)
            node.parent.children.append(node)

    def _places(self) -> Iterator[tuple[PartKey, PartKey | None]]:
        """Yield the keys of all that is shown, each with that of what it stands below."""
        scheme = self._draft.scheme
        yield SCHEME, None
        for kind in GROUPS:
            group = PartKey(Kind.GROUP, kind)
            yield group, None
            for part in self._shown(kind):
                key = key_of(part)
                yield key, group
                below: Sequence[Part] = ()
                if isinstance(part, Layer):
                    below = list(scheme.labels_of(part.id))
                elif isinstance(part, Attribute):
                    below = part.values
                yield from ((key_of(one, part.id if isinstance(one, Value) else ""), key) for one in self._of(below))

    def _shown(self, kind: Kind) -> Iterator[Part]:
        scheme = self._draft.scheme
        lists: dict[Kind, Sequence[Part]] = {
            Kind.LAYER: scheme.layers,
            Kind.ATTRIBUTE: scheme.attributes,
            Kind.RELATION: scheme.relation_types,
            Kind.DOCUMENT: scheme.document_labels,
        }
        return self._of(lists[kind])

    def _of(self, parts: Sequence[Part]) -> Iterator[Part]:
        return (part for part in parts if self._shows_archived or not part.archived)

    def _tell(self, node: _Node) -> None:
        """Say that all rows below something may read otherwise now."""
        if node.children:
            first, last = node.children[0], node.children[-1]
            self.dataChanged.emit(self.createIndex(0, 0, first), self.createIndex(last.row, 0, last))
        for child in node.children:
            self._tell(child)

    def _text(self, key: PartKey, part: Part | None) -> str:
        if key == SCHEME:
            return tr("The scheme: {name}", name=shown_name(self._draft.scheme.name, "…"))
        if key.kind is Kind.GROUP:
            return tr_marked(GROUPS[Kind(key.id)])
        if part is None:
            return key.id
        name = shown_name(part.name, part.id)
        return tr("{name} (archived)", name=name) if part.archived else name

    def _swatch(self, label: Label) -> QPixmap:
        pixmap = QPixmap(SWATCH * 2)
        pixmap.setDevicePixelRatio(2)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_swatch(painter, QRectF(0, 0, SWATCH.width(), SWATCH.height()), label, self._draft.scheme, self._theme)
        return pixmap


def _belongs(key: PartKey, above: PartKey) -> bool:
    """Return whether a part may stand below something."""
    match key.kind:
        case Kind.LABEL:
            return above.kind is Kind.LAYER
        case Kind.VALUE:
            return above == PartKey(Kind.ATTRIBUTE, key.of)
    return above == PartKey(Kind.GROUP, key.kind)
