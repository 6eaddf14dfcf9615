# SPDX-License-Identifier: MIT
"""What a new tag gets of an attribute: edited by the very editor that tags are given their values with."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotator.i18n import tr
from annotator.model.attributes import Attribute
from annotator.ui.fields.making import make_field
from annotator.ui.scheme.part_fields import Beside, PartField
from annotator.ui.widgets import FlatButton, column, row

if TYPE_CHECKING:
    from annotator.ui.fields.base import AttributeField


class DefaultField(PartField):
    """The attribute's own editor, made anew when the attribute takes other values."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._name(title)
        self.field: AttributeField | None = None
        self.clear_button = FlatButton(tr("No default"), lambda: self.edited.emit(None))
        self.clear_button.setText(tr("No default"))
        self._column = column(gap=2)
        self._column.addLayout(row(self.clear_button, None))
        self.setLayout(self._column)

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show the default."""
        if not isinstance(beside.part, Attribute):
            return
        # What the editor does not depend on must not have it made anew while it is used.
        asked = replace(beside.part, default=None, required=False, depends_on="", labels=(), examples=())
        if self.field is None or self.field.attribute != asked:
            self._make(asked, beside)
        assert self.field is not None  # noqa: S101 - made above
        if self.field.value() != value:
            self.field.set_value(value)
        self.clear_button.setVisible(value is not None)

    def _make(self, attribute: Attribute, beside: Beside) -> None:
        if self.field is not None:
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
        self.field = field = make_field(attribute, beside.theme)
        field.edited.connect(lambda: self.edited.emit(field.value()))
        self._column.insertWidget(0, field)
        self.setFocusProxy(field)
