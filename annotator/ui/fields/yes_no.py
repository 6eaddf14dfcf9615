# SPDX-License-Identifier: MIT
"""A tick box for yes or no."""

from PySide6.QtWidgets import QCheckBox, QWidget

from annotator.model.attributes import Attribute, AttributeValue
from annotator.ui.fields.base import AttributeField, outline_boxes
from annotator.ui.fields.naming import attribute_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, plain


class YesNoField(AttributeField):
    """Ticked for yes; nothing said yet looks like no."""

    titles_itself = True

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__(attribute)
        self.box = QCheckBox(plain(attribute_name(attribute)))
        self.box.setAccessibleName(attribute_name(attribute))
        outline_boxes(self.box, theme)
        self.box.clicked.connect(self._on_clicked)
        self._value: bool | None = None
        self.setLayout(column(self.box))

    @property
    def editor(self) -> QWidget:
        """What takes the focus."""
        return self.box

    def value(self) -> AttributeValue | None:
        """Return yes or no; None where nothing was said."""
        return self._value

    def set_value(self, value: AttributeValue | None) -> None:
        """Show yes or no."""
        self._value = None if value is None else bool(value)
        self.box.setChecked(bool(value))

    def _on_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot
        self._value = checked
        self.edited.emit()
