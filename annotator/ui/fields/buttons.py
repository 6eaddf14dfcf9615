# SPDX-License-Identifier: MIT
"""A few choices as buttons side by side: by mouse, arrows, number or first letter."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeValue
from annotator.model.ids import AttributeId
from annotator.model.names import Name
from annotator.text.folding import fold
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.fields.naming import attribute_name, said, value_name
from annotator.ui.focus import put_after
from annotator.ui.theme import Theme
from annotator.ui.widgets import plain

_YES, _NO = Name("Yes", "نعم"), Name("No", "لا")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
_CLEARING = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_NUMBER_WIDTH, _DOT = 10, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: the value it stands for, its names, and what it is for."""

    value: AttributeValue
    name: Name
    hint: str = ""


class ChoiceButton(QToolButton):
    """One choice. Its number is shown while the keyboard is here, a dot beside what was used last."""

    def __init__(self, choice: Choice, theme: Theme, take_key: Callable[[QKeyEvent, bool], bool]) -> None:
        super().__init__()
        self.choice = choice
        self.number = 0
        self.recent = False
        self._theme, self._take_key = theme, take_key
        self.setProperty("role", "choice")
        self.setCheckable(True)
        self.setText(plain(said(choice.name)))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that choose here from the window's single keys."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._take_key(event, False)  # noqa: FBT003 - asked only
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose, or move to another."""
        if not self._take_key(event, True):  # noqa: FBT003 - done
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the numbers of all."""
        super().focusInEvent(event)
        self._update_all()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show no numbers."""
        super().focusOutEvent(event)
        self._update_all()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the number and the dot into the air beside the name."""
        super().paintEvent(event)
        field = self.parentWidget()
        shows_number = bool(self.number) and field is not None and field.isAncestorOf(field.window().focusWidget())
        if not shows_number and not (self.recent and not self.isChecked()):
            return
        with QPainter(self) as painter:
            ink = self._theme.on_accent if self.isChecked() else self._theme.muted
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            if shows_number:
                font = painter.font()
                font.setPointSizeF(font.pointSizeF() * 0.72)
                painter.setFont(font)
                painter.setPen(QColor(ink))
                x = self.width() - _NUMBER_WIDTH - 1 if rtl else 1
                painter.drawText(
                    QRect(x, 0, _NUMBER_WIDTH, self.height()), Qt.AlignmentFlag.AlignCenter, str(self.number)
                )
            if self.recent and not self.isChecked():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.accent))
                painter.drawEllipse(_DOT if rtl else self.width() - 2 * _DOT, _DOT, _DOT, _DOT)

    def _update_all(self) -> None:
        field = self.parentWidget()
        if field is not None:
            for button in field.findChildren(ChoiceButton):
                button.update()


class ButtonsField(AttributeField):
    """One stop of the Tab key: the arrows move, the space bar chooses, a number or first letter does so at once.

    Delete takes the choice back, and so does choosing it again where a value is not required.
    """

    def __init__(self, attribute: Attribute, theme: Theme, choices: tuple[Choice, ...]) -> None:
        super().__init__(attribute)
        self._theme = theme
        self._value: AttributeValue | None = None
        self._recent: AttributeValue | None = None
        self._others: Mapping[AttributeId, AttributeValue] = {}
        self._stray: ChoiceButton | None = None
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.buttons = [self._add(choice) for choice in choices]
        self._refresh()

    @classmethod
    def of_choices(cls, attribute: Attribute, theme: Theme) -> "ButtonsField":
        """Return buttons for the values of an attribute."""
        offered = (value for value in attribute.values if not value.archived)
        choices = tuple(Choice(value.id, value.name, said(value.description)) for value in offered)
        return cls(attribute, theme, choices)

    @classmethod
    def of_yes_no(cls, attribute: Attribute, theme: Theme) -> "ButtonsField":
        """Return two buttons, yes and no."""
        return cls(attribute, theme, (Choice(value=True, name=_YES), Choice(value=False, name=_NO)))

    @property
    def editor(self) -> QWidget:
        """The button that the Tab key comes to."""
        shown = self._offered()
        return next((button for button in shown if button.focusPolicy() == Qt.FocusPolicy.StrongFocus), self)

    def stops(self) -> Sequence[QWidget]:
        """Return all buttons: whichever the Tab key comes to, it goes on after the last."""
        return self._all()

    def value(self) -> AttributeValue | None:
        """Return what is chosen."""
        return self._value

    def set_value(self, value: AttributeValue | None) -> None:
        """Choose."""
        self._value = value
        self._show_stray()
        self._refresh()

    def set_others(self, others: Mapping[AttributeId, AttributeValue]) -> None:
        """Offer only what goes with other values."""
        self._others = dict(others)
        self._refresh()

    def set_recent(self, value: AttributeValue | None) -> None:
        """Mark what was used last; the keyboard comes to it first."""
        self._recent = value
        self._refresh()

    def _add(self, choice: Choice) -> ChoiceButton:
        button = ChoiceButton(choice, self._theme, self._take_key)
        button.setAccessibleName(
            tr("{attribute}: {value}", attribute=attribute_name(self.attribute), value=said(choice.name))
        )
        button.clicked.connect(lambda: self._on_clicked(button))
        self._flow.addWidget(button)
        return button

    def _show_stray(self) -> None:
        """Show a value that is no longer offered beside the others, as long as it is the value."""
        if self._stray is not None:
            self._flow.removeWidget(self._stray)
            self._stray.deleteLater()
            self._stray = None
        if self._value is not None and all(button.choice.value != self._value for button in self.buttons):
            name = value_name(self.attribute, self._value)
            self._stray = self._add(Choice(self._value, Name(name, name), tr("No longer offered")))
            put_after(next(iter(reversed(self.buttons)), self._stray), [self._stray])

    def _all(self) -> list[ChoiceButton]:
        return [*self.buttons, *([self._stray] if self._stray is not None else [])]

    def _offered(self) -> list[ChoiceButton]:
        return [button for button in self._all() if not button.isHidden()]

    def _refresh(self) -> None:
        known = {value.id: value for value in self.attribute.values}
        offered = {value.id for value in self.attribute.offered(self._others)}
        for button in self._all():
            value = button.choice.value
            button.setHidden(value in known and value not in offered and value != self._value)
            button.setChecked(value == self._value)
            button.recent = value == self._recent
        for number, button in enumerate(self._offered(), start=1):
            button.number = number if number <= 9 else 0
            button.setToolTip(self._hint(button))
        self._enter_at(self._focused() or self._entry())

    def _hint(self, button: ChoiceButton) -> str:
        lines = [button.choice.hint, tr("Used last") if button.recent else ""]
        if button.number:
            lines.append(tr("Key {number}", number=button.number))
        return "\n".join(line for line in lines if line)

    def _entry(self) -> ChoiceButton | None:
        """Return where the Tab key comes to: what is chosen, else what was used last, else the first."""
        shown = self._offered()
        wanted = [button for button in shown if button.isChecked()] or [button for button in shown if button.recent]
        return next(iter(wanted or shown), None)

    def _focused(self) -> ChoiceButton | None:
        return next((button for button in self._offered() if button.hasFocus()), None)

    def _enter_at(self, entry: ChoiceButton | None) -> None:
        for button in self._all():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, button: ChoiceButton) -> None:
        again = button.choice.value == self._value
        self._choose(None if again and not self.attribute.required else button.choice.value)

    def _choose(self, value: AttributeValue | None) -> None:
        changed = value != self._value
        self._value = value
        self._refresh()
        if changed:
            self.edited.emit()

    def _take_key(self, event: QKeyEvent, do: bool) -> bool:  # noqa: FBT001 - a callback of the buttons
        """Return whether a key means something here, and do it where that is wanted."""
        if event.modifiers() not in _PLAIN:
            return False
        act = self._act_of(event)
        if act is not None and do:
            act()
        return act is not None

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            return lambda: self._move(_STEPS[key], sideways=key in _SIDEWAYS)
        if key in _CLEARING:
            return lambda: self._choose(None)
        shown = self._offered()
        number = unicodedata.digit(event.text(), 0) if len(event.text()) == 1 else 0
        if number:
            return (lambda: self._take(shown[number - 1])) if number <= len(shown) else None
        meant = [button for button in shown if _begins(button.choice.name, event.text())]
        return (lambda: self._take_next(meant)) if meant else None

    def _move(self, step: int, *, sideways: bool) -> None:
        shown = self._offered()
        here = self._focused()
        if here is None:
            return
        mirrored = sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        target = shown[(shown.index(here) + (-step if mirrored else step)) % len(shown)]
        self._enter_at(target)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, button: ChoiceButton) -> None:
        self._enter_at(button)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(button.choice.value)

    def _take_next(self, meant: list[ChoiceButton]) -> None:
        """Choose the only one that begins so; of several the next one after the present choice."""
        here = next((number for number, button in enumerate(meant) if button.isChecked()), -1)
        self._take(meant[(here + 1) % len(meant)])


def _begins(name: Name, typed: str) -> bool:
    letter = fold(typed).text.casefold().strip() if typed else ""
    return bool(letter) and any(fold(one).text.casefold().startswith(letter) for one in (name.en, name.ar) if one)
