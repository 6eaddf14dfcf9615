# SPDX-License-Identifier: MIT
"""A scheme that is being edited: a draft beside the project's, with its own undo, until it is saved or left."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.model import scheme_edits as edits
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.scheme import Scheme
from annotator.ui.scheme.places import SCHEME, TYPES, Kind, Part, PartKey, find, key_of, taken_ids

_CHOICES = (AttributeKind.CHOICE, AttributeKind.CHOICES)
#: Ids of labels and relations are written in capitals, as their names in exports are; those of other parts are not.
_CAPITALS = frozenset({Kind.LABEL, Kind.RELATION, Kind.VALUE})


class Draft(QObject):
    """A scheme and how it came to be so since it was last saved.

    Signals:
        changed: the draft is another scheme now.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self.saved = self.scheme = scheme.numbered()
        self._before: list[Scheme] = []
        self._after: list[Scheme] = []
        self._step: Hashable = None
        self._values: dict[str, tuple[Value, ...]] = {}

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.scheme != self.saved

    def part(self, key: PartKey) -> Part | None:
        """Return a part of the draft; None where there is none any more."""
        return find(self.scheme, key)

    def is_new(self, key: PartKey) -> bool:
        """Return whether a part is not in the project yet, so that its id can still be changed."""
        return find(self.saved, key) is None

    def taken(self, key: PartKey) -> list[str]:
        """Return the ids that a part cannot have."""
        return list(taken_ids(self.scheme, key))

    def put(self, scheme: Scheme, step: Hashable = None) -> None:
        """Make the draft another scheme; changes with the same `step` one after the other are undone together."""
        if scheme == self.scheme:
            return
        if step is None or step != self._step:
            self._before.append(self.scheme)
        self._step = step
        self._after.clear()
        self.scheme = scheme
        self.changed.emit()

    def undo(self) -> None:
        """Take back the last change."""
        self._go(self._before, self._after)

    def redo(self) -> None:
        """Make the last change that was taken back again."""
        self._go(self._after, self._before)

    def restart(self, scheme: Scheme) -> None:
        """Go on from what the project has now."""
        self.saved = self.scheme = scheme.numbered()
        self._before.clear()
        self._after.clear()
        self._step = None
        self.changed.emit()

    def change(
        self, key: PartKey, field: str, value: Any, follow: Callable[[PartKey], object] = lambda _key: None
    ) -> None:
        """Change one field of a part, or of the scheme itself.

        Args:
            key: which part.
            field: which field.
            value: what it says from now on.
            follow: told the part's key before the draft is another, as the id may have changed.
        """
        if key == SCHEME:
            self.put(replace(self.scheme, **{field: value}), (key, field))
            return
        part = self.part(key)
        if part is None:
            return
        new = replace(part, **{field: value})
        if field == "name" and self.is_new(key) and part.id == self._made_id(key, part):
            new = replace(new, id=self._made_id(key, new))  # type: ignore[arg-type]  # each part has its type of id
        if field == "kind" and isinstance(part, Attribute) and isinstance(new, Attribute):
            new = self._of_another_kind(part, new)
        follow(key_of(new, key.of))
        self._exchange(key, part, new, self._step_of(key, field, new.id))

    def add(self, key: PartKey, make: Callable[[str], Part]) -> PartKey:
        """Add a part to the list in which `key` would stand; `make` gives it the id."""
        part = make("")
        part = make(edits.free_id(part.name, taken_ids(self.scheme, key), key.kind, upper=key.kind in _CAPITALS))
        if isinstance(part, Value):
            attribute = self.scheme.attribute(key.of)
            self.put(edits.changed(self.scheme, attribute, replace(attribute, values=(*attribute.values, part))))
        else:
            self.put(edits.added(self.scheme, part))
        return key_of(part, key.of)

    def remove(self, key: PartKey) -> None:
        """Take a part out."""
        part = self.part(key)
        if isinstance(part, Value):
            self.put(edits.value_removed(self.scheme, self.scheme.attribute(key.of), part))
        elif part is not None:
            self.put(edits.removed(self.scheme, part))

    def move_before(self, key: PartKey, before: Part | None, layer_id: str = "") -> None:
        """Put a part before another one, or at the end; a label into a layer, too."""
        part = self.part(key)
        scheme = self.scheme
        if isinstance(part, Value):
            other = before if isinstance(before, Value) else None
            self.put(edits.value_moved(scheme, scheme.attribute(key.of), part, other))
        elif part is not None and not isinstance(before, Value):
            if key.kind is Kind.LABEL and layer_id:
                part = replace(part, layer_id=layer_id)  # type: ignore[arg-type]  # a label has one
                scheme = edits.with_parts(
                    scheme, TYPES[key.kind], (part if one.id == part.id else one for one in scheme.all_labels)
                )
            self.put(edits.moved(scheme, part, before))

    def _step_of(self, key: PartKey, field: str, new_id: str) -> Hashable:
        """Return what tells typing on in one field from another change, though the id may follow the name."""
        if self._step == (key, field):
            self._step = (PartKey(key.kind, new_id, key.of), field)
        return PartKey(key.kind, new_id, key.of), field

    def _exchange(self, key: PartKey, part: Part, new: Part, step: Hashable) -> None:
        if isinstance(part, Value) and isinstance(new, Value):
            self.put(edits.value_changed(self.scheme, self.scheme.attribute(key.of), part, new), step)
        elif not isinstance(part, Value) and not isinstance(new, Value):
            self.put(edits.changed(self.scheme, part, new), step)

    def _made_id(self, key: PartKey, part: Part) -> str:
        return edits.free_id(part.name, taken_ids(self.scheme, key), key.kind, upper=key.kind in _CAPITALS)

    def _of_another_kind(self, part: Attribute, new: Attribute) -> Attribute:
        """Drop the values where nothing is chosen, and bring them back where something is again."""
        if part.values:
            self._values[part.id] = part.values
        values = self._values.get(part.id, ()) if new.kind in _CHOICES else ()
        return replace(new, values=values, default=None, depends_on=new.depends_on if values else "")

    def _go(self, source: list[Scheme], target: list[Scheme]) -> None:
        if source:
            target.append(self.scheme)
            self.scheme = source.pop()
            self._step = None
            self.changed.emit()
