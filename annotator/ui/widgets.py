# SPDX-License-Identifier: MIT
"""Small widgets that several panels and dialogs share. Text in them runs and is aligned by its content."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator import i18n
from annotator.model.scheme import Label, Scheme
from annotator.text.direction import Direction, base_direction
from annotator.ui.theme import Shape, Theme, shape_of_layer, tag_colors

SWATCH = QSize(26, 16)
_SPARE = 4
_LEAST_WIDTH = 24


def content_direction(text: str) -> Qt.LayoutDirection:
    """Return the way a text runs by its content; as the interface does where that does not say."""
    default = Direction.RTL if i18n.is_rtl() else Direction.LTR
    rtl = base_direction(text, default) is Direction.RTL
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain label of the interface."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


def plain(text: str) -> str:
    """Return the text of a button or command so that an ampersand in it is shown, and marks no key."""
    return text.replace("&", "&&")


def panel(role: str, layout: QBoxLayout, *items: QWidget | QLayout | None, margin: int = 0, gap: int = 8) -> QFrame:
    """Return a frame with these things in it; None stands for room that stretches."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(fill(layout, *items, margin=margin, gap=gap))
    return frame


def fill(layout: QBoxLayout, *items: QWidget | QLayout | None, margin: int = 0, gap: int = 8) -> QBoxLayout:
    """Put things into a layout; None stands for room that stretches."""
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def row(*items: QWidget | QLayout | None, margin: int = 0, gap: int = 8) -> QBoxLayout:
    """Return a row of things, from the start to the end of the line."""
    return fill(QHBoxLayout(), *items, margin=margin, gap=gap)


def column(*items: QWidget | QLayout | None, margin: int = 0, gap: int = 8) -> QBoxLayout:
    """Return a column of things."""
    return fill(QVBoxLayout(), *items, margin=margin, gap=gap)


def line() -> QFrame:
    """Return a thin line between parts of a panel."""
    frame = QFrame()
    frame.setProperty("role", "line")
    frame.setFixedHeight(1)
    return frame


def button(text: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
    """Return a push button."""
    result = QPushButton(text)
    result.setAutoDefault(False)
    if primary:
        result.setProperty("primary", "true")
        result.setDefault(True)
    result.clicked.connect(lambda *_: act())
    return result


class ContentLabel(QLabel):
    """One line of text from an article or a file: its own direction, shortened where it does not fit.

    It is aligned by its direction, too; `leading` aligns names and paths with the interface around them instead.
    """

    def __init__(self, role: str = "", *, leading: bool = False) -> None:
        super().__init__()
        self._leading = leading
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._full = ""
        if role:
            self.setProperty("role", role)

    @property
    def full_text(self) -> str:
        """The text, as it was given."""
        return self._full

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._full = " ".join(text.split())
        self.setLayoutDirection(content_direction(text))
        if self._leading:
            side = Qt.AlignmentFlag.AlignRight if i18n.is_rtl() else Qt.AlignmentFlag.AlignLeft
            self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._shorten()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the whole text, shortened or not."""
        self.ensurePolished()
        width = QFontMetrics(self.font()).horizontalAdvance(self._full) + _SPARE
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size at which hardly anything is left of the text."""
        return QSize(min(self.sizeHint().width(), _LEAST_WIDTH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shorten again."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.ensurePolished()
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width() - 2)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("" if shown == self._full else self._full)


class LineEdit(QLineEdit):
    """One line to type in, aligned by what is typed."""

    def __init__(self, placeholder: str = "", name: str = "", text: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.textChanged.connect(self._align)
        self.setText(text)
        self._align(text)

    def _align(self, text: str) -> None:
        rtl = content_direction(text) is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class NoteEdit(QTextEdit):
    """A note to read and write; it says when it was left with something new in it.

    Signals:
        note_written: the note as it is now.
    """

    note_written = Signal(str)

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setProperty("plain", "true")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._kept = ""

    def show_note(self, note: str) -> None:
        """Show a note; what is being written stays, also where someone else has changed the note meanwhile."""
        is_unsaid = self.hasFocus() and self.toPlainText() != self._kept
        self._kept = note
        if not is_unsaid and self.toPlainText() != note:
            self.setPlainText(note)

    def flush(self) -> None:
        """Say what was written, if it is new."""
        note = self.toPlainText()
        if note != self._kept:
            self._kept = note
            self.note_written.emit(note)

    def keep_unsaid(self, kept: str) -> None:
        """Take what is written for new still: it did not get into the file, where the note is this."""
        self._kept = kept

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Keep the note when it is left."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()


class Swatch(QWidget):
    """A label's colour and its layer's shape."""

    def __init__(self, shown: Label, scheme: Scheme, theme: Theme) -> None:
        super().__init__()
        self._label, self._scheme, self._theme = shown, scheme, theme
        self.setFixedSize(SWATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        with QPainter(self) as painter:
            paint_swatch(painter, QRectF(self.rect()), self._label, self._scheme, self._theme)


class FlatButton(QToolButton):
    """A small button with an icon, its name read out and shown on hover."""

    def __init__(self, name: str, act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        if act is not None:
            self.clicked.connect(lambda *_: act())


_PENS = {
    Shape.SOLID: Qt.PenStyle.SolidLine,
    Shape.DASHED: Qt.PenStyle.DashLine,
    Shape.DOTTED: Qt.PenStyle.DotLine,
}


def paint_swatch(painter: QPainter, rect: QRectF, shown: Label, scheme: Scheme, theme: Theme) -> None:
    """Draw a label's colour and its layer's shape into a small rectangle."""
    colors = tag_colors(shown.color, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.fill_strong)
    painter.drawRoundedRect(rect, 3.5, 3.5)
    _paint_shape(painter, rect.adjusted(3, 0, -3, -4), colors.line, shape_of_layer(scheme.layer_index(shown.id)))
    painter.restore()


def _paint_shape(painter: QPainter, rect: QRectF, ink: QColor, shape: Shape) -> None:
    pen = QPen(ink, 2, _PENS.get(shape, Qt.PenStyle.SolidLine))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    y = rect.bottom()
    if shape is Shape.WAVY:
        points = range(int(rect.left()), int(rect.right()), 3)
        for number, x in enumerate(points):
            painter.drawLine(x, round(y - 3 * (number % 2)), x + 3, round(y - 3 * ((number + 1) % 2)))
        return
    painter.drawLine(int(rect.left()), round(y), int(rect.right()), round(y))
    if shape is Shape.DOUBLE:
        painter.drawLine(int(rect.left()), round(y - 4), int(rect.right()), round(y - 4))
