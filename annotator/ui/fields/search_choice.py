# SPDX-License-Identifier: MIT
"""One of many choices: a line that shows it, and in which one searches, in Arabic or English, for another."""

import unicodedata
from collections.abc import Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeValue, Value
from annotator.model.ids import AttributeId
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.choice_list import ChoiceList, Row
from annotator.ui.fields.naming import attribute_name, said, value_name
from annotator.ui.ranking import ranked
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, column

_ARROW_ROOM = 18
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Line(LineEdit):
    """The line in which one searches.

    Signals:
        opened: the list is wanted.
        left: the focus went elsewhere.
        keyed: a key was pressed that may be for the list; who takes it accepts it.
    """

    opened = Signal()
    left = Signal()
    keyed = Signal(QKeyEvent)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__("", name)
        self._theme = theme
        self._room_for_arrow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Offer the key to the list first."""
        event.ignore()
        self.keyed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the list, with all of what is there to be typed over."""
        super().mousePressEvent(event)
        self.opened.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose all of what is there, unless some of it was chosen by hand."""
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText():
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Have all of it typed over."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Settle what was typed."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the arrow that says there is a list."""
        super().paintEvent(event)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y = (12.0 if rtl else self.width() - 12.0), self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.muted), 1.4))
            painter.drawPolyline(QPolygonF([QPointF(x - 3.5, y - 2), QPointF(x, y + 2), QPointF(x + 3.5, y - 2)]))

    def _room_for_arrow(self) -> None:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(_ARROW_ROOM if rtl else 0, 0, 0 if rtl else _ARROW_ROOM, 0)


class SearchChoiceField(AttributeField):
    """Typing narrows the list, the arrows move in it, Enter or a row's number takes a row.

    The list opens when something is typed, by the arrow down or by a click. An emptied line takes the value back.
    """

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__(attribute)
        self._theme = theme
        self._value: AttributeValue | None = None
        self._recent: AttributeValue | None = None
        self._others: Mapping[AttributeId, AttributeValue] = {}
        self._popup: ChoiceList | None = None
        self._has_digits = any(char.isdigit() for value in attribute.values for char in value.name.en + value.name.ar)
        self.line = _Line(attribute_name(attribute), theme)
        self.setLayout(column(self.line))
        self.line.textEdited.connect(self._on_typed)
        self.line.opened.connect(self.open)
        self.line.left.connect(self._on_left)
        self.line.keyed.connect(self._on_key)
        self._show()

    @property
    def popup(self) -> ChoiceList | None:
        """The list, while it is open."""
        return self._popup

    @property
    def editor(self) -> QWidget:
        """What takes the focus."""
        return self.line

    def value(self) -> AttributeValue | None:
        """Return what is chosen."""
        return self._value

    def set_value(self, value: AttributeValue | None) -> None:
        """Choose; a search that is under way goes on."""
        self._value = value
        if self._popup is None:
            self._show()

    def set_others(self, others: Mapping[AttributeId, AttributeValue]) -> None:
        """Offer only what goes with other values; nothing to choose from is told from nothing chosen."""
        self._others = dict(others)
        self._show_placeholder()

    def set_recent(self, value: AttributeValue | None) -> None:
        """List what was used last first."""
        self._recent = value

    def flush(self) -> None:
        """Give up a search that was not finished; take the value back where the line was emptied."""
        if self._popup is None and self.line.text() == value_name(self.attribute, self._value):
            return
        emptied = not self.line.text().strip() and self._value is not None and self.line.isModified()
        self.close_list()
        if emptied:
            self._choose(None)
        else:
            self._show()

    def open(self) -> None:
        """Open the list with all there is to choose from."""
        if self._popup is None and self.line.isEnabled() and not self.line.isReadOnly():
            self._popup = ChoiceList(self.line, self._theme)
            self._popup.chosen.connect(self._take)
            self._fill("")

    def close_list(self) -> None:
        """Close the list."""
        if self._popup is not None:
            self._popup.hide()
            self._popup.deleteLater()
            self._popup = None

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Leave no list behind."""
        super().hideEvent(event)
        self.close_list()

    def _show(self) -> None:
        name = value_name(self.attribute, self._value)
        if self.line.text() != name:
            self.line.setText(name)
        self.line.setModified(False)
        known = self.attribute.value(self._value)
        hint = said(known.description) if known is not None else ""
        self.line.setToolTip(hint or self.toolTip())
        self._show_placeholder()
        if self.line.hasFocus():
            self.line.selectAll()
        else:
            self.line.setCursorPosition(0)

    def _show_placeholder(self) -> None:
        choose, nothing = tr("Type to search"), tr("Nothing to choose from here")
        self.line.setPlaceholderText(choose if self.attribute.offered(self._others) else nothing)

    def _fill(self, query: str) -> None:
        assert self._popup is not None  # noqa: S101 - it has just been opened
        rows = [self._row(value) for value in self._found(query)]
        if not query and self._value is not None:
            rows.append(Row("", tr("No value")))
        here = next((number for number, row in enumerate(rows) if not query and row.id == self._value), 0)
        self._popup.show_rows(rows, here)

    def _row(self, value: Value) -> Row:
        remark = tr("used last") if value.id == self._recent else ""
        return Row(value.id, said(value.name) or value.id, said(value.description), remark)

    def _found(self, query: str) -> list[Value]:
        """Return what a search finds, the best first; of equals what was used last, then as in the scheme."""
        offered = sorted(self.attribute.offered(self._others), key=lambda value: value.id != self._recent)
        return ranked(query, offered, lambda value: (value.name.en, value.name.ar))

    def _take(self, number: int) -> None:
        if self._popup is None or not 0 <= number < len(self._popup.model.rows):
            return
        chosen = self._popup.model.rows[number].id
        self.close_list()
        self._choose(chosen or None)

    def _choose(self, value: AttributeValue | None) -> None:
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.edited.emit()

    def _on_typed(self, text: str) -> None:
        self.open()
        if self._popup is not None:
            self._fill(text.strip())

    def _on_left(self) -> None:
        self.flush()

    def _on_key(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return
        key = Qt.Key(event.key())
        if self._popup is None:
            if key is Qt.Key.Key_Down:
                self.open()
                event.accept()
            return
        if key in _STEPS:
            self._popup.move_current(_STEPS[key])
        elif key in _TAKING:
            self._take(self._popup.current)
        elif key is Qt.Key.Key_Escape:
            self.close_list()
            self._show()
        elif (number := self._number(event)) is not None:
            self._take(number - 1)
        else:
            return
        event.accept()

    def _number(self, event: QKeyEvent) -> int | None:
        text = event.text()
        number = unicodedata.digit(text, 0) if len(text) == 1 and not self._has_digits else 0
        return number or None
