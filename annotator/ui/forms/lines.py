# SPDX-License-Identifier: MIT
"""The lines of a panel as a model and how they are drawn: questions with their answers, and what can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator import i18n
from annotator.i18n import tr
from annotator.model.scheme import Label, Scheme
from annotator.ui import icons
from annotator.ui.forms.questions import Option
from annotator.ui.style import PROBLEM, hover_color
from annotator.ui.theme import Theme, mix, tag_colors
from annotator.ui.widgets import SWATCH, paint_swatch

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_AIR, _SIDE, _GAP = 8, 10, 8
_KEY, _BAR, _CHECK = 16, 3, 14
_INDENT = 14


class Kind(Enum):
    """What a line is."""

    QUESTION = auto()
    OPTION = auto()
    MORE = auto()
    EDITOR = auto()
    REMARK = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        question: the number of the question it belongs to.
        text: the question's name, or what an option is called.
        value: the answer to a question, or the remark on an option.
        key: the digit that takes an option.
        option: the number of an option among all; -1 for what the key 0 takes.
        typed: whether the value is what is being typed.
        missing: whether an answer is missing.
        current: whether the question is the one that is asked, or the option the one that Enter takes.
    """

    kind: Kind
    question: int
    text: str
    value: str = ""
    key: str = ""
    option: int = 0
    typed: bool = False
    missing: bool = False
    current: bool = False
    chosen: bool = False
    label: Label | None = None
    hint: str = ""


class LineModel(QAbstractListModel):
    """The lines that are shown now."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line shows, and what is said of it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                missing = tr("required") if line.missing else ""
                return ", ".join(part for part in (line.key, line.text, line.value, missing) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return line.hint or None
        return None


class LineDelegate(QStyledItemDelegate):
    """Draws lines: names and answers in two columns, options under the question that is asked, each with its key."""

    def __init__(self, theme: Theme, scheme: Scheme) -> None:
        super().__init__()
        self._theme, self._scheme = theme, scheme
        self.name_width = 0
        self.editor_height = 0

    def line_height(self, font: QFont) -> int:
        """Return how high a line is, but for that of an editor."""
        return round(QFontMetricsF(font).height()) + _AIR

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the size of a line."""
        is_editor = _line(index).kind is Kind.EDITOR
        return QSize(120, self.editor_height if is_editor else self.line_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        line = _line(index)
        painter.save()
        painter.setFont(option.font)
        self._paint_ground(painter, option, line)
        if line.kind is Kind.QUESTION:
            self._paint_question(painter, option, line)
        elif line.kind in (Kind.OPTION, Kind.MORE):
            self._paint_option(painter, option, line)
        elif line.kind is Kind.REMARK:
            rect = option.rect.adjusted(_SIDE + _INDENT, 0, -_SIDE, 0)
            self._write(painter, option, rect, line.text, self._theme.muted)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        theme = self._theme
        can_be_chosen = line.kind in (Kind.OPTION, Kind.MORE, Kind.QUESTION)
        if line.current and line.kind is Kind.OPTION:
            painter.fillRect(option.rect, mix(theme.page, theme.accent, 0.22))
        elif option.state & QStyle.StateFlag.State_MouseOver and can_be_chosen:
            painter.fillRect(option.rect, QColor(hover_color(theme)))
        elif line.current:
            painter.fillRect(option.rect, mix(theme.raised, theme.accent, 0.12))
        if line.current and line.kind is Kind.QUESTION:
            bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, bar), QColor(theme.accent))

    def _paint_question(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        theme, rect = self._theme, option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        name = QRect(rect.left(), rect.top(), self.name_width, rect.height())
        self._write(painter, option, name, line.text, theme.text if line.current else theme.muted)
        value = rect.adjusted(self.name_width + _GAP, 0, 0, 0)
        if line.typed:
            self._write(painter, option, value, f"{line.value}▏", theme.accent)
        elif line.missing and not line.value:
            ink = tag_colors(PROBLEM, theme).ink.name()
            self._write(painter, option, value, tr("required"), ink)
        else:
            self._write(painter, option, value, line.value, theme.text)

    def _paint_option(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        theme, metrics = self._theme, QFontMetricsF(option.font)
        rect = option.rect.adjusted(_SIDE + _INDENT, 0, -_SIDE, 0)
        self._paint_key(painter, option, QRect(rect.left(), rect.top(), _KEY, rect.height()), line.key)
        rect = rect.adjusted(_KEY + _GAP, 0, 0, 0)
        if line.label is not None:
            swatch = QRect(rect.left(), rect.center().y() - SWATCH.height() // 2, SWATCH.width(), SWATCH.height())
            shown = QRectF(QStyle.visualRect(option.direction, option.rect, swatch))
            paint_swatch(painter, shown, line.label, self._scheme, theme)
            rect = rect.adjusted(SWATCH.width() + _GAP - 2, 0, 0, 0)
        if line.chosen:
            mark = QRect(rect.right() + 1 - _CHECK, rect.center().y() - _CHECK // 2, _CHECK, _CHECK)
            scale = painter.device().devicePixelRatioF()
            place = QStyle.visualRect(option.direction, option.rect, mark)
            painter.drawPixmap(place, icons.pixmap("check", theme.accent, _CHECK, scale))
            rect = rect.adjusted(0, 0, -_CHECK - 4, 0)
        wanted = round(metrics.horizontalAdvance(line.value)) + 2
        remark = min(wanted, max(rect.width() // 3, rect.width() - round(metrics.horizontalAdvance(line.text)) - _GAP))
        remark = remark if line.value else 0
        name = rect.adjusted(0, 0, -remark - (_GAP if remark else 0), 0)
        self._write(painter, option, name, line.text, theme.muted if line.kind is Kind.MORE else theme.text)
        place = QRect(rect.right() + 1 - remark, rect.top(), remark, rect.height())
        self._write(painter, option, place, line.value, theme.muted, end=True)

    def _paint_key(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, key: str) -> None:
        if not key:
            return
        box = QRectF(QStyle.visualRect(option.direction, option.rect, place))
        box = QRectF(box.left() + 0.5, box.center().y() - _KEY / 2 + 0.5, _KEY - 1, _KEY - 1)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.85)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(small)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, ink: str, *, end: bool = False
    ) -> None:
        """Write on one line: where the interface says, each name in its own direction."""
        if not text:
            return
        shown = QFontMetricsF(option.font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
        side = Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
        flags = QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(ink))
        rect = QRectF(QStyle.visualRect(option.direction, option.rect, place))
        painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, i18n.isolate(shown))


def _line(index: Index) -> Line:
    line: Line = index.model().lines[index.row()]  # type: ignore[attr-defined]  # a LineModel
    return line


def option_line(question: int, option: Option, place: int, key: str, *, current: bool) -> Line:
    """Return the line of an option: the one at `place` among all, taken by a key."""
    return Line(
        Kind.OPTION,
        question,
        option.name,
        option.remark,
        key=key,
        option=place,
        current=current,
        chosen=option.chosen,
        label=option.label,
        hint=option.hint,
    )


def make_list(model: LineModel, delegate: LineDelegate, name: str) -> QListView:
    """Return a list of lines, which leaves the focus where it is."""
    result = QListView()
    result.setModel(model)
    result.setItemDelegate(delegate)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    result.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    result.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    result.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setMouseTracking(True)
    result.setMinimumHeight(delegate.line_height(result.font()))
    result.setAccessibleName(name)
    return result
