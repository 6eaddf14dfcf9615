# SPDX-License-Identifier: MIT
"""The settings dialog, made from the table of settings."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QWidget

from annotator.i18n import tr, tr_marked
from annotator.settings import SETTINGS, Kind, Setting, Settings, Value
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import LineEdit

_OWN_NAMES = frozenset({"العربية", "English"})  # a language is called by its own name in every language


class SettingsDialog(Dialog):
    """Shows every setting that is meant to be shown, in the control that fits its kind."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent, tr("Settings"), width=520)
        self.controls: dict[str, QWidget] = {}
        self._values: dict[str, Callable[[], Value]] = {}
        form = QFormLayout()
        form.setVerticalSpacing(12)
        for setting in SETTINGS.values():
            if setting.shown:
                control, value = _control(setting, settings)
                control.setAccessibleName(tr_marked(setting.label))
                self.controls[setting.key], self._values[setting.key] = control, value
                form.addRow("" if setting.kind is Kind.SWITCH else tr_marked(setting.label), control)
        self.body.addLayout(form)
        self.add_ok(tr("Save"))
        self.add_cancel()

    @classmethod
    def ask(cls, parent: QWidget, settings: Settings) -> dict[str, Value] | None:
        """Show the settings; return all values as they are wanted, or None if cancelled."""
        dialog = cls(parent, settings)
        return dialog.values() if dialog.agreed() else None

    def values(self) -> dict[str, Value]:
        """Return what the controls hold."""
        return {key: value() for key, value in self._values.items()}


def _control(setting: Setting, settings: Settings) -> tuple[QWidget, Callable[[], Value]]:
    match setting.kind:
        case Kind.TEXT | Kind.PATH | Kind.PATHS:
            field = LineEdit(text=settings.text(setting.key))
            return field, lambda: field.text().strip()
        case Kind.NUMBER:
            return _number(setting, settings)
        case Kind.SWITCH:
            box = QCheckBox(tr_marked(setting.label))
            box.setChecked(settings.switch(setting.key))
            return box, box.isChecked
        case Kind.CHOICE:
            return _choice(setting, settings)
        case _:
            assert_never(setting.kind)


def _number(setting: Setting, settings: Settings) -> tuple[QWidget, Callable[[], Value]]:
    box = QDoubleSpinBox()
    box.setLocale(QLocale.c())  # the digits of all other numbers in the window, whatever the system writes
    box.setRange(setting.minimum, setting.maximum)
    box.setSingleStep(setting.step)
    box.setDecimals(0 if setting.step >= 1 else 1)
    box.setValue(settings.number(setting.key))
    return box, lambda: round(box.value(), 2)


def _choice(setting: Setting, settings: Settings) -> tuple[QWidget, Callable[[], Value]]:
    box = QComboBox()
    for choice in setting.choices:
        box.addItem(choice.label if choice.label in _OWN_NAMES else tr_marked(choice.label), choice.value)
    box.setCurrentIndex(box.findData(settings.text(setting.key)))
    return box, lambda: str(box.currentData())
