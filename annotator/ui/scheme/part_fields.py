# SPDX-License-Identifier: MIT
"""Editors of what a part of a scheme says: names, texts, ids, choices, ticks. They change no draft themselves."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import Scheme
from annotator.ui.fields.base import outline_boxes
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.keys import with_arabic
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.places import Part, PartKey
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, LineEdit, NoteEdit, column, label, plain, row

#: What can be chosen: value and name, in order.
Options = Sequence[tuple[str, str]]
_LINE_HEIGHT = 20
_ID_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ID_CHARACTERS = _ID_LETTERS | frozenset("0123456789_-")
_KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#: Latin keys by what an Arabic keyboard has on them.
_LATIN_KEYS = {twin: key for key in _KEYS for twin in with_arabic((key,))}


@dataclass(frozen=True, slots=True)
class Beside:
    """What an editor may look at beside its own value.

    Attributes:
        reserved: what single keys do already, by key.
    """

    draft: Draft
    theme: Theme
    key: PartKey
    part: Part | Scheme
    reserved: Mapping[str, str]

    @property
    def scheme(self) -> Scheme:
        """The scheme as it is edited."""
        return self.draft.scheme


class PartField(QWidget):
    """Shows one thing that a part says, and lets it be changed.

    Signals:
        edited: the user has given it another value, which is the argument.
    """

    edited = Signal(object)

    @abstractmethod
    def show_value(self, value: Any, beside: Beside) -> None:
        """Show a value; what is being typed stays."""

    def _name(self, title: str) -> None:
        self.setAccessibleName(title)


class NameField(PartField):
    """A name in both languages, beside each other."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.english = LineEdit(tr("in English"), tr("{field} in English", field=title))
        self.arabic = LineEdit(tr("in Arabic"), tr("{field} in Arabic", field=title))
        lines = (self.arabic, self.english) if i18n.is_rtl() else (self.english, self.arabic)
        self.setLayout(row(*lines, gap=8))
        self.setFocusProxy(lines[0])
        for line in lines:
            line.textEdited.connect(lambda _text: self.edited.emit(Name(self.english.text(), self.arabic.text())))

    def show_value(self, value: Any, _beside: Beside) -> None:
        """Show a name."""
        for line, text in ((self.english, value.en), (self.arabic, value.ar)):
            if line.text() != text:
                line.setText(text)


class TextsField(PartField):
    """A description in both languages, each a few lines."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.english = _text_box(tr("in English"), tr("{field} in English", field=title), 3)
        self.arabic = _text_box(tr("in Arabic"), tr("{field} in Arabic", field=title), 3)
        self._shown: Name = NO_NAME
        boxes = (self.arabic, self.english) if i18n.is_rtl() else (self.english, self.arabic)
        self.setLayout(row(*boxes, gap=8))
        self.setFocusProxy(boxes[0])
        for box in boxes:
            box.textChanged.connect(self._on_changed)

    def show_value(self, value: Any, _beside: Beside) -> None:
        """Show a description."""
        self._shown = value
        show_text(self.english, value.en)
        show_text(self.arabic, value.ar)

    def _on_changed(self) -> None:
        value = Name(self.english.toPlainText(), self.arabic.toPlainText())
        if value != self._shown:
            self._shown = value
            self.edited.emit(value)


class ExamplesField(PartField):
    """Quoted passages, one a line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.box = _text_box(tr("One on each line"), title, 3)
        self._shown: tuple[str, ...] = ()
        self.setLayout(column(self.box))
        self.setFocusProxy(self.box)
        self.box.textChanged.connect(self._on_changed)

    def show_value(self, value: Any, _beside: Beside) -> None:
        """Show the passages."""
        self._shown = value
        if value != self._typed():
            show_text(self.box, "\n".join(value))

    def _typed(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.box.toPlainText().split("\n") if line.strip())

    def _on_changed(self) -> None:
        value = self._typed()
        if value != self._shown:
            self._shown = value
            self.edited.emit(value)


class IdField(PartField):
    """The id of a part that is new: an id that cannot be is said to be so, and the one before stays."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.line = LineEdit(name=title)
        self._problem = label(role="problem", wrap=True)
        self._problem.hide()
        self._taken: frozenset[str] = frozenset()
        self.setLayout(column(self.line, self._problem, gap=2))
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show an id; one that is in the project already cannot be changed."""
        self._taken = frozenset(beside.draft.taken(beside.key))
        new = beside.draft.is_new(beside.key)
        self.line.setReadOnly(not new)
        self.line.setToolTip("" if new else tr("The id is in the project and in what was exported, so it stays."))
        if self.line.text() != value and not self.line.hasFocus():
            self.line.setText(value)
            self._say("")

    def _on_typed(self, text: str) -> None:
        if not text or text[0] not in _ID_LETTERS or not set(text) <= _ID_CHARACTERS:
            self._say(tr("An id has Latin letters, digits, _ and -, and begins with a letter."))
        elif text in self._taken:
            self._say(tr("Another part has this id."))
        else:
            self._say("")
            self.edited.emit(text)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem)


class ChoiceField(PartField):
    """One of several, in a box that opens."""

    def __init__(self, title: str, options: Callable[[Beside], Options], read: Callable[[str], object] = str) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        self._options = options
        self.setLayout(row(self.box, None))
        self.setFocusProxy(self.box)
        # Qt keeps plain strings; `read` makes of them what the part has.
        self.box.activated.connect(lambda _row: self.edited.emit(read(self.box.currentData())))

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show which is chosen."""
        options = list(self._options(beside))
        if options != [(self.box.itemData(at), self.box.itemText(at)) for at in range(self.box.count())]:
            self.box.clear()
            for one, name in options:
                self.box.addItem(name, one)
        self.box.setCurrentIndex(self.box.findData(str(value)))


class TicksField(PartField):
    """Some of several, each a button that stays pressed."""

    def __init__(self, title: str, options: Callable[[Beside], Options]) -> None:
        super().__init__()
        self._name(title)
        self._options = options
        self._shown: Options = ()
        self.buttons: dict[str, QToolButton] = {}
        self._flow = FlowLayout(gap=4)
        self._none = label(role="muted")
        self._flow.addWidget(self._none)
        self.setLayout(self._flow)

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show which are chosen; one that is no longer offered is shown, too."""
        options = list(self._options(beside))
        options += [(one, one) for one in value if one not in dict(options)]
        if options != self._shown:
            self._fill(options)
        for one, each in self.buttons.items():
            each.setChecked(one in value)

    def _fill(self, options: Options) -> None:
        for old in self.buttons.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self.buttons.clear()
        self._shown = options
        self._none.setText(tr("There is none yet"))
        self._none.setVisible(not options)
        for one, name in options:
            each = self.buttons[one] = QToolButton()
            each.setText(plain(name))
            each.setCheckable(True)
            each.setProperty("role", "choice")
            each.setToolTip(one)
            each.clicked.connect(self._on_clicked)
            self._flow.addWidget(each)
        self.updateGeometry()

    def _on_clicked(self) -> None:
        self.edited.emit(tuple(one for one, each in self.buttons.items() if each.isChecked()))


class SwitchField(PartField):
    """Yes or no, with what it means beside it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.box = QCheckBox(plain(title))
        self.setLayout(row(self.box, None))
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self._on_clicked)

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show whether it is so."""
        outline_boxes(self.box, beside.theme)
        self.box.setChecked(bool(value))

    def _on_clicked(self) -> None:
        self.edited.emit(self.box.isChecked())


class KeyField(PartField):
    """A key, taken as it is pressed; one that does something else already is said to, and not taken."""

    def __init__(self, title: str, taken: Callable[[Beside], Mapping[str, str]]) -> None:
        super().__init__()
        self._taken_by, self._taken = taken, dict[str, str]()
        self.line = _KeyLine(tr("Press a key"), title)
        self.line.setFixedWidth(110)
        self.clear_button = FlatButton(tr("No key"), lambda: self._on_pressed(""))
        self.clear_button.setText(tr("No key"))
        self._problem = label(role="problem", wrap=True)
        self._problem.hide()
        self.setLayout(column(row(self.line, self.clear_button, None, gap=6), self._problem, gap=2))
        self.setFocusProxy(self.line)
        self.line.pressed.connect(self._on_pressed)

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show a key."""
        self._taken = dict(self._taken_by(beside))
        if self.line.text() != value.upper():
            self.line.setText(value.upper())
            self._say("")
        self.clear_button.setEnabled(bool(value))

    def _on_pressed(self, key: str) -> None:
        if key and key in self._taken:
            self._say(tr("{key} is the key of “{name}” already.", key=key, name=self._taken[key]))
        else:
            self._say("")
            self.edited.emit(key)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem)


class _KeyLine(LineEdit):
    """Takes the next letter or digit, on either keyboard.

    Signals:
        pressed: the key that was pressed, in Latin; "" for Del.
    """

    pressed = Signal(str)

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(placeholder, name)
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        """Keep letters from the window's commands."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _key(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take a letter or digit; Del and Backspace stand for none."""
        key = _key(event)
        if key is None:
            super().keyPressEvent(event)
        else:
            self.pressed.emit(key)

    def _align(self, _text: str) -> None:
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)


def _key(event: QKeyEvent) -> str | None:
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        return None
    if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return ""
    return _LATIN_KEYS.get(event.text().upper())


def _text_box(placeholder: str, name: str, lines: int) -> NoteEdit:
    box = NoteEdit(placeholder, name)
    box.setMinimumHeight(lines * _LINE_HEIGHT + 12)
    box.setMaximumHeight((lines + 2) * _LINE_HEIGHT + 12)
    return box


def show_text(box: NoteEdit, text: str) -> None:
    """Put a text into a box, if it is another one, as no act of the user."""
    if box.toPlainText() != text:
        with QSignalBlocker(box):
            box.setPlainText(text)
