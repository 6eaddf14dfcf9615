# SPDX-License-Identifier: MIT
"""The attributes of one thing, one under the other: of a tag, of a document tag.

Knows values, not who keeps them. A refresh leaves alone what is being typed, and where the focus is.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.late import late
from annotator.model.attributes import Attribute, AttributeValue
from annotator.model.ids import AttributeId
from annotator.ui.fields.recent import RecentValues
from annotator.ui.theme import Theme
from annotator.ui.widgets import fill

if TYPE_CHECKING:
    from annotator.ui.fields.field_row import FieldRow
else:
    FieldRow = late("annotator.ui.fields.field_row", "FieldRow")

Values = Mapping[AttributeId, AttributeValue]


class AttributeFields(QFrame):
    """Shows the values of attributes and lets them be changed, one at a time.

    Signals:
        value_edited: the user has given this attribute this value, or None.
        rebuilt: there are other editors now, in another order of the Tab key.
    """

    value_edited = Signal(str, object)
    rebuilt = Signal()

    def __init__(self, theme: Theme, recent: RecentValues) -> None:
        super().__init__()
        self._theme, self._recent = theme, recent
        self.rows: dict[AttributeId, FieldRow] = {}
        self._made: dict[AttributeId, FieldRow] = {}
        self._layout = QVBoxLayout()
        self.setLayout(fill(self._layout, gap=8))
        self.hide()

    def show_values(self, attributes: Sequence[Attribute], values: Values, *, writable: bool) -> None:
        """Show these attributes with their values."""
        if [row.attribute for row in self.rows.values()] != list(attributes):
            self._rebuild(attributes)
        for attribute_id, row in self.rows.items():
            row.field.set_others(values)
            row.field.set_recent(self._recent.of(attribute_id))
            row.field.set_value(values.get(attribute_id))
            row.field.setEnabled(writable)
            row.update_mark()
        self.setVisible(bool(self.rows))

    def prepare(self, attributes: Sequence[Attribute]) -> None:
        """Make the rows of attributes before they are shown."""
        for attribute in attributes:
            if attribute.id not in self._made:
                self._row(attribute).setParent(self)

    def flush(self) -> None:
        """Have every editor say what was typed in it."""
        for row in self.rows.values():
            row.field.flush()

    def focus_first(self) -> None:
        """Give the focus to the first attribute that has no value, or to the first of all."""
        rows = list(self.rows.values())
        wanted = [row for row in rows if row.field.value() is None and row.field.isEnabled()]
        for row in (wanted or rows)[:1]:
            row.focus_field()

    def stops(self) -> Iterator[QWidget]:
        """Yield what the Tab key stops at, from the top."""
        for row in self.rows.values():
            yield from row.field.stops()

    def _rebuild(self, attributes: Sequence[Attribute]) -> None:
        for row in self.rows.values():
            self._layout.removeWidget(row)
            row.hide()
        self.rows = {attribute.id: self._row(attribute) for attribute in attributes}
        for row in self.rows.values():
            self._layout.addWidget(row)
            row.show()
        self.rebuilt.emit()

    def _row(self, attribute: Attribute) -> FieldRow:
        """Return the row of an attribute: one from before, as tags of a few labels are looked at in turn."""
        row = self._made.get(attribute.id)
        if row is not None and row.attribute == attribute:
            return row
        if row is not None:
            row.deleteLater()
        row = self._made[attribute.id] = FieldRow(attribute, self._theme)
        row.field.edited.connect(partial(self._on_edited, attribute.id))
        return row

    def _on_edited(self, attribute_id: AttributeId) -> None:
        row = self.rows.get(attribute_id)
        # A click that takes the focus may end in an act, after which another tag is shown when the button comes up.
        if row is not None:
            self.value_edited.emit(attribute_id, row.field.value())
