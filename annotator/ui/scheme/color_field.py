# SPDX-License-Identifier: MIT
"""Choosing a label's colour: distinct ones to take, any other to mix, and how tags look in it on either ground."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QToolButton, QWidget

from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Label, Scheme
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.scheme.part_fields import Beside, PartField
from annotator.ui.scheme.places import shown_name
from annotator.ui.theme import DARK, LIGHT, Theme, tag_colors
from annotator.ui.widgets import FlatButton, column, row

#: Colours that can be told apart, on light ground and on dark.
COLORS: dict[str, str] = {
    "#3b82f6": N_("Blue"),
    "#f59e0b": N_("Amber"),
    "#10b981": N_("Emerald"),
    "#a78bfa": N_("Lavender"),
    "#94a3b8": N_("Slate"),
    "#ef4444": N_("Red"),
    "#ec4899": N_("Pink"),
    "#06b6d4": N_("Cyan"),
    "#84cc16": N_("Lime"),
    "#f97316": N_("Orange"),
    "#7c3aed": N_("Violet"),
    "#0f766e": N_("Teal"),
    "#b45309": N_("Brown"),
    "#be123c": N_("Crimson"),
    "#4d7c0f": N_("Olive"),
    "#1e40af": N_("Navy"),
}
_DOT = 18


class ColorField(PartField):
    """Buttons of colours, one for any other, and two samples."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._name(title)
        self._color = ""
        self._beside: Beside | None = None
        self.buttons: dict[str, QToolButton] = {}
        for color, name in COLORS.items():
            each = self.buttons[color] = FlatButton(tr_marked(name), lambda color=color: self._choose(color))  # type: ignore[misc]
            each.setCheckable(True)
            each.setIcon(_dot(color))
            each.setIconSize(QSize(_DOT, _DOT))
        self.other = FlatButton(tr("Another colour…"), self._ask)
        self.other.setText(tr("Another colour…"))
        self.other.setProperty("role", "step")
        self.light, self.dark = _Sample(LIGHT), _Sample(DARK)
        colors = QWidget()
        colors.setLayout(FlowLayout(*self.buttons.values(), gap=2))
        samples = row(self.light, self.dark, None, gap=8)
        self.setLayout(column(colors, row(self.other, None), samples, gap=6))
        self.setFocusProxy(next(iter(self.buttons.values())))

    def show_value(self, value: Any, beside: Beside) -> None:
        """Show a colour; whoever has one already is told with it."""
        self._color, self._beside = value, beside
        used = _users(beside.scheme, beside.part)
        for color, each in self.buttons.items():
            each.setChecked(color == value.lower())
            name, users = tr_marked(COLORS[color]), used.get(color)
            each.setToolTip(tr("{color}: the colour of {label}", color=name, label=users) if users else name)
        self.other.setIcon(_dot(value) if value.lower() not in self.buttons else QIcon())
        for sample in (self.light, self.dark):
            sample.show_color(value, shown_name(beside.part.name) if not isinstance(beside.part, Scheme) else "")

    def _choose(self, color: str) -> None:
        self.buttons[color].setChecked(True)
        self.edited.emit(color)

    def _ask(self) -> None:
        color = QColorDialog.getColor(QColor(self._color), self, tr("Colour of the label"))
        if color.isValid():
            self.edited.emit(color.name())


class _Sample(QWidget):
    """A tagged word on the ground of one theme, with its label."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._color, self._label = theme, "#808080", ""
        self.setFixedSize(132, 58)
        self.setAccessibleName(tr("In the light theme") if theme is LIGHT else tr("In the dark theme"))
        self.setToolTip(self.accessibleName())

    def show_color(self, color: str, name: str) -> None:
        """Show another colour."""
        self._color, self._label = color, name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        colors = tag_colors(self._color, self._theme)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.setBrush(QColor(self._theme.page))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            word = QRectF(self.width() / 2 - 44, 8, 88, 25)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.fill)
            painter.drawRoundedRect(word, 4, 4)
            painter.setPen(QPen(colors.line, 2))
            painter.drawLine(QPointF(word.left(), word.bottom() - 1), QPointF(word.right(), word.bottom() - 1))
            painter.setPen(QColor(self._theme.text))
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 1.2)
            painter.setFont(font)
            painter.drawText(word, Qt.AlignmentFlag.AlignCenter, "أردوغان")
            painter.setFont(self.font())
            painter.setPen(colors.ink)
            painter.drawText(QRectF(6, 35, self.width() - 12, 20), Qt.AlignmentFlag.AlignCenter, self._label)


def _users(scheme: Scheme, part: object) -> dict[str, str]:
    """Return who has which colour, other than a part itself."""
    own = part.id if isinstance(part, Label) else ""
    return {label.color.lower(): shown_name(label.name, label.id) for label in scheme.labels if label.id != own}


def _dot(color: str) -> QIcon:
    pixmap = QPixmap(_DOT * 2, _DOT * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))
    return QIcon(pixmap)
