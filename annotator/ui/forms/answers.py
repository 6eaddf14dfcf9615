# SPDX-License-Identifier: MIT
"""What a form was told of one tag, beside what the file says of it. Knows no widget."""

from collections.abc import Mapping, Sequence

from annotator.model.attributes import AttributeValue
from annotator.model.ids import AttributeId, RelationTypeId
from annotator.model.relation import End, Relation
from annotator.model.scheme import Scheme
from annotator.model.span import Span


class Answers:
    """The values and ends of one tag, as they are to be."""

    def __init__(self, scheme: Scheme, span: Span, relations: Sequence[Relation]) -> None:
        self.scheme, self.label_id = scheme, span.label_id
        self._values: dict[AttributeId, AttributeValue] = {}
        self._ends: dict[RelationTypeId, tuple[End, ...]] = {}
        self.restart(span, relations)

    def restart(self, span: Span, relations: Sequence[Relation]) -> None:
        """Begin with what the file says of the tag now."""
        self._kept_values = dict(span.attributes)
        self._kept_ends: dict[RelationTypeId, tuple[End, ...]] = {}
        for relation in relations:
            if relation.source_id == span.id:
                ends = self._kept_ends.get(relation.type_id, ())
                self._kept_ends[relation.type_id] = (*ends, relation.target)
        self._values, self._ends = dict(self._kept_values), dict(self._kept_ends)

    @property
    def values(self) -> Mapping[AttributeId, AttributeValue]:
        """Return all values."""
        return self._values

    def value(self, attribute_id: str) -> AttributeValue | None:
        """Return one value."""
        return self._values.get(AttributeId(attribute_id))

    def put(self, attribute_id: AttributeId, value: AttributeValue | None) -> None:
        """Set a value, or take it back; choices that no longer go with it go."""
        if value is None or value == "":
            self._values.pop(attribute_id, None)
        else:
            self._values[attribute_id] = value
        self._narrow(attribute_id)

    def ends_of(self, type_id: RelationTypeId) -> tuple[End, ...]:
        """Return where the relations of a type lead."""
        return self._ends.get(type_id, ())

    def take_end(self, type_id: RelationTypeId, end: End, *, add: bool) -> None:
        """Let the relations of a type lead there, alone or besides; added once more it goes again."""
        ends = self.ends_of(type_id)
        if not add:
            self._ends[type_id] = (end,)
        elif end in ends:
            self._ends[type_id] = tuple(one for one in ends if one != end)
        else:
            self._ends[type_id] = (*ends, end)

    def clear_ends(self, type_id: RelationTypeId) -> None:
        """Let the relations of a type lead nowhere."""
        self._ends[type_id] = ()

    def changed_values(self) -> dict[AttributeId, AttributeValue | None]:
        """Return the values that are others than in the file, None for those taken back."""
        keys = dict.fromkeys((*self._kept_values, *self._values))
        return {key: self._values.get(key) for key in keys if self._values.get(key) != self._kept_values.get(key)}

    def changed_ends(self) -> dict[RelationTypeId, tuple[End, ...]]:
        """Return the ends of each type whose ends are others than in the file."""
        return {key: ends for key, ends in self._ends.items() if ends != self._kept_ends.get(key, ())}

    def _narrow(self, outer_id: AttributeId) -> None:
        for attribute in self.scheme.attributes_of(self.label_id):
            value = self._values.get(attribute.id)
            if attribute.depends_on != outer_id or value is None:
                continue
            offered = {one.id for one in attribute.offered(self._values)}
            if attribute.value(value) is not None and value not in offered:
                self.put(attribute.id, None)
