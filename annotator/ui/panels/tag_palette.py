# SPDX-License-Identifier: MIT
"""The labels as buttons: the small palette beside a selection, which never takes the focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QToolButton

from annotator import i18n
from annotator.i18n import tr
from annotator.model.scheme import Label, Scheme
from annotator.ui.article.view import ArticleView
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.theme import Theme
from annotator.ui.widgets import SWATCH, paint_swatch, plain
from annotator.ui.wording import label_name

_GAP = 8
_BELOW = 12
_AIR = 5
_MARGIN = 3
#: How large a label's colour and shape are as an icon.
ICON = QSize(SWATCH.width() + _AIR, SWATCH.height())


class TagPalette(QFrame):
    """Stands beside what is selected and offers the labels.

    A child of the view's viewport rather than a window: it moves with it, and cannot take the focus from it.

    Signals:
        label_chosen: the selection is to be tagged with this label.
    """

    label_chosen = Signal(str)

    def __init__(self, view: ArticleView, scheme: Scheme, theme: Theme) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setProperty("role", "floating")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(tr("Tag the selection"))
        # The viewport of the article runs its own way; the palette belongs to the interface.
        rtl = i18n.is_rtl()
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.buttons = {label.id: self._button(label, scheme, theme) for label in scheme.labels}
        self._flow = FlowLayout(*self.buttons.values(), gap=2)
        self._flow.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.setLayout(self._flow)
        self.hide()
        view.viewport().installEventFilter(self)
        view.selection_made.connect(self._on_selection_made)
        view.selection_cleared.connect(self.hide)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def place(self) -> None:
        """Stand below the end of the selection, or above it where there is no room, inside the view."""
        selected = self._view.snapped_selection()
        visible = self._view.rects_in_sight(*selected) if selected else []
        if selected is None or not visible or not self.isEnabled():
            self.hide()
            return
        self.resize(self._size(self._view.viewport().width() - 2 * _GAP))
        self.move(_place(visible, self.size(), self._view.viewport().size(), rtl=self._view.runs_rtl(selected[0])))
        self.show()
        self.raise_()

    def _size(self, room: int) -> QSize:
        """Return the size in as few lines as fit into `room` pixels, and no wider than the longest of them."""
        self.ensurePolished()
        whole = self._flow.totalSizeHint()
        if whole.width() <= room:
            return whole
        least = self._flow.totalHeightForWidth(room)
        widths = range(self._flow.totalMinimumSize().width(), room, 4)
        return QSize(next((w for w in widths if self._flow.totalHeightForWidth(w) == least), room), least)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Find a new place when the view has another size, once the text is laid out in it."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self.place)
        return super().eventFilter(watched, event)

    def _on_selection_made(self, _start: int, _end: int) -> None:
        self.place()

    def _on_scrolled(self, _value: int) -> None:
        if self._view.snapped_selection() is not None:
            self.place()

    def _button(self, label: Label, scheme: Scheme, theme: Theme) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        name = label_name(label)
        button.setText(plain(f"{name}  {label.shortcut}" if label.shortcut else name))
        button.setIcon(swatch_icon(label, scheme, theme))
        button.setIconSize(ICON)
        button.setToolTip(label.description.in_language(i18n.language()))
        button.setAccessibleName(tr("Tag as {label}", label=name))
        button.clicked.connect(lambda: self.label_chosen.emit(label.id))
        return button


def swatch_icon(label: Label, scheme: Scheme, theme: Theme) -> QIcon:
    """Return a label's colour and shape as an icon."""
    result = QIcon()
    # Some room on the side of the text, as buttons set the two close together.
    left = _AIR if i18n.is_rtl() else 0
    for scale in (1, 2):
        pixmap = QPixmap(ICON * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_swatch(painter, QRectF(left, 0, SWATCH.width(), SWATCH.height()), label, scheme, theme)
        result.addPixmap(pixmap)
    return result


def _place(rects: list[QRectF], size: QSize, room: QSize, *, rtl: bool) -> QPoint:
    """Return where the palette goes: under the last line of what is selected, at the end of its reading."""
    last, first = rects[-1], rects[0]
    x = last.left() if rtl else last.right() - size.width()
    below, above = last.bottom() + _BELOW, first.top() - _GAP - size.height()
    y = below if below + size.height() <= room.height() else above
    right, bottom = room.width() - size.width() - _GAP, room.height() - size.height() - _GAP
    return QPoint(round(max(_GAP, min(x, right))), round(max(_GAP, min(y, bottom))))
