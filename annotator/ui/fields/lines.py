# SPDX-License-Identifier: MIT
"""Editors in which a value is typed: text, dates, numbers. What is wrong is said below, and nothing is lost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeValue
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.naming import attribute_name, in_interface_direction, value_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, column, label

#: Digits of Arabic keyboards, and the signs beside them, as a date or a number has them.
_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


class _Line(LineEdit):
    """A line that offers what was used last as long as it is empty: the arrow down takes it."""

    recent = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take what was used last."""
        if event.key() == Qt.Key.Key_Down and not self.text() and self.recent and not self.isReadOnly():
            self.setText(self.recent)
            self.selectAll()
            return
        super().keyPressEvent(event)


class TextField(AttributeField):
    """A line of text."""

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__(attribute)
        self.line = _Line(self._placeholder(), attribute_name(attribute))
        self.line.setToolTip(self.toolTip())
        self._message = label(role="problem", wrap=True)
        self._message.hide()
        self._problem = ""
        self._kept: AttributeValue | None = None
        self._theme = theme
        self.setLayout(column(self.line, self._message, gap=2))
        self.line.editingFinished.connect(self.flush)
        self.line.textEdited.connect(self._on_typed)

    @property
    def editor(self) -> QWidget:
        """What takes the focus."""
        return self.line

    def value(self) -> AttributeValue | None:
        """Return what was typed as the attribute keeps it; None for nothing, and for what is wrong."""
        try:
            return self._parsed()
        except UserError:
            return None

    def set_value(self, value: AttributeValue | None) -> None:
        """Show a value; what is being typed stays where it says just that."""
        unsaid = self.line.hasFocus() and value == self._kept and self.line.isModified()
        self._kept = value
        if not unsaid and self.value() != value:
            self.line.setText(value_name(self.attribute, value))
        if not unsaid:
            self.line.setModified(False)
            self._show_problem(None)

    def set_recent(self, value: AttributeValue | None) -> None:
        """Offer what was used last in the empty line."""
        self.line.recent = value_name(self.attribute, value)
        offer = tr("Last: {value} (↓)", value=self.line.recent) if self.line.recent else self._placeholder()
        self.line.setPlaceholderText(offer)

    def problem(self) -> str | None:
        """Return what is wrong with what was typed."""
        try:
            self._parsed()
        except UserError as error:
            return i18n.describe(error)
        return None

    def flush(self) -> None:
        """Say what was typed, if it is new and right; else say what is wrong."""
        self.line.setModified(False)
        problem = self.problem()
        self._show_problem(problem)
        value = self.value()
        if problem is None and value != self._kept:
            self._kept = value
            self.edited.emit()

    def _parsed(self) -> AttributeValue | None:
        text = self.line.text().strip()
        return self.attribute.check(self._read(text)) if text else None

    def _read(self, text: str) -> AttributeValue:
        return text

    def _placeholder(self) -> str:
        return ""

    def _on_typed(self, _text: str) -> None:
        # While something is typed it is wrong most of the time: said only once it has been left so.
        if not self._message.isHidden():
            self._show_problem(self.problem())

    def _show_problem(self, problem: str | None) -> None:
        changed = (problem or "") != self._problem
        self._problem = problem or ""
        self._message.setText(in_interface_direction(self._problem))
        self._message.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem or "")
        if changed:
            self.problem_changed.emit(problem or "")


class DateField(TextField):
    """A line for a date as the calendar writes it."""

    def _read(self, text: str) -> AttributeValue:
        return text.translate(_LATIN)

    def _placeholder(self) -> str:
        return tr("Such as {example}", example="2024-05-31")


class NumberField(TextField):
    """A line for a number."""

    def _read(self, text: str) -> AttributeValue:
        typed = text.translate(_LATIN).replace("−", "-")
        for kind in (int, float):
            try:
                return kind(typed)
            except ValueError:
                continue
        return text
