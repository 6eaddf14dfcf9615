# SPDX-License-Identifier: MIT
"""A field under its name: what forms and panels show of one attribute."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from annotator.i18n import tr
from annotator.model.attributes import Attribute
from annotator.ui.fields.making import make_field
from annotator.ui.fields.naming import attribute_hint, attribute_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, label, row


class FieldRow(QFrame):
    """The attribute's name, its editor, and a mark in words and colour while a required value is missing."""

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__()
        self.attribute = attribute
        self.field = make_field(attribute, theme)
        self.name = label(attribute_name(attribute), "muted")
        self.name.setToolTip(attribute_hint(attribute))
        self.name.setBuddy(self.field.editor)
        self.missing = label(tr("required"), "problem")
        self.missing.setToolTip(tr("A tag without this value is marked."))
        head = row(self.name, None, self.missing, gap=6)
        if self.field.titles_itself:
            self.name.hide()
        self.setLayout(column(head, self.field, gap=2))
        self.field.edited.connect(self.update_mark)
        self.update_mark()

    def update_mark(self) -> None:
        """Show or hide the mark, as the value is now."""
        self.missing.setVisible(self.attribute.required and self.field.value() is None)

    def focus_field(self) -> None:
        """Give the editor the focus."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
