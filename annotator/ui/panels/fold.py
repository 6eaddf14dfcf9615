# SPDX-License-Identifier: MIT
"""A part of a panel that can be folded away under its heading."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QFrame, QLayout, QToolButton, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, plain, row

_SIDE = 12
_DOWN = ((3.0, 4.5), (6.0, 7.5), (9.0, 4.5))
_ONWARD = ((4.5, 3.0), (7.5, 6.0), (4.5, 9.0))


class Fold(QFrame):
    """A heading that folds and unfolds what is below it; what is below may be made when it is first seen."""

    def __init__(
        self, title: str, make: Callable[[], QWidget], theme: Theme, *beside: QWidget | QLayout, opened: bool = True
    ) -> None:
        super().__init__()
        self._make, self._theme = make, theme
        self.content: QWidget | None = None
        self.head = QToolButton()
        self.head.setProperty("role", "fold")
        self.head.setText(plain(title))
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._column = column(row(self.head, *beside, *(() if beside else (None,)), gap=6), gap=4)
        self.setLayout(self._column)
        self.head.toggled.connect(self._on_toggled)
        self.head.setChecked(opened)
        if not opened:
            self._on_toggled(False)  # noqa: FBT003 - a slot

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        if opened and self.content is None:
            self.content = self._make()
            self._column.addWidget(self.content)
        if self.content is not None:
            self.content.setVisible(opened)
        self.head.setIcon(_arrow(_DOWN if opened else _ONWARD, self._theme))
        self.head.setAccessibleDescription(tr("Shown") if opened else tr("Folded away"))


def _arrow(points: tuple[tuple[float, float], ...], theme: Theme) -> QIcon:
    """Return an arrow that points down, or on along the line of reading."""
    result = QIcon()
    mirrored = i18n.is_rtl()
    for scale in (1, 2):
        pixmap = QPixmap(_SIDE * scale, _SIDE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.muted), 1.4))
            painter.drawPolyline(QPolygonF([QPointF(_SIDE - x if mirrored else x, y) for x, y in points]))
        result.addPixmap(pixmap)
    return result
