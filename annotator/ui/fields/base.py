# SPDX-License-Identifier: MIT
"""What all editors of attributes have in common."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from annotator.model.attributes import Attribute, AttributeValue
from annotator.model.ids import AttributeId
from annotator.ui.fields.naming import attribute_hint, attribute_name
from annotator.ui.theme import Theme


def outline_boxes(widget: QWidget, theme: Theme) -> None:
    """Have tick boxes stand out from their ground: Fusion makes their outline of the ground's colour."""
    palette = widget.palette()
    # Fusion darkens this to 10/14 and lightens that by a tenth.
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.muted).lighter(127))
    widget.setPalette(palette)


class AttributeField(QWidget):
    """Shows one attribute's value and lets it be changed.

    Attributes:
        titles_itself: whether the name of the attribute stands in the editor, as beside a tick box.

    Signals:
        edited: the user has set another value, and it is one that the attribute takes; None is one, too.
        problem_changed: what is wrong with what was typed, as `problem` says it now; "" for nothing.
    """

    edited = Signal()
    problem_changed = Signal(str)
    titles_itself = False

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self.attribute = attribute
        self.setToolTip(attribute_hint(attribute))
        self.setAccessibleName(attribute_name(attribute))

    @property
    @abstractmethod
    def editor(self) -> QWidget:
        """What takes the focus."""

    def stops(self) -> Sequence[QWidget]:
        """Return what the Tab key may stop at, in order."""
        return (self.editor,)

    # No focus proxy: Qt would stop at this as well as at the editor.
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802
        """Give the focus to the editor."""
        self.editor.setFocus(reason)

    @abstractmethod
    def value(self) -> AttributeValue | None:
        """Return the value as it is shown; None for none, and for one that is wrong."""

    @abstractmethod
    def set_value(self, value: AttributeValue | None) -> None:
        """Show a value; one that is no longer offered is shown nevertheless."""

    def set_others(self, others: Mapping[AttributeId, AttributeValue]) -> None:
        """Offer only what goes with these values of other attributes."""

    def set_recent(self, value: AttributeValue | None) -> None:
        """Offer first what was used last."""

    def problem(self) -> str | None:
        """Return the sentence that says what is wrong with what was typed."""
        return None

    def flush(self) -> None:
        """Say what was typed, if it is new: as when the editor is left."""
