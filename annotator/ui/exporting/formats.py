# SPDX-License-Identifier: MIT
"""The list of formats with a search above it: each by its name and its sentence, made from the registry."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem

from annotator.exporters import EXTRAS, FORMATS, Format
from annotator.i18n import tr, tr_marked
from annotator.ui.panels.delegates import RowDelegate, after, draw_text
from annotator.ui.ranking import ranked
from annotator.ui.row_model import Index, RowModel
from annotator.ui.style import PROBLEM
from annotator.ui.theme import Theme, tag_colors
from annotator.ui.widgets import LineEdit, column, label

_MARGIN = 10
_AIR = 7


def is_lacking(kind: Format) -> bool:
    """Return whether the library that a format needs is not installed."""
    return kind.extra is not None and not EXTRAS[kind.extra].installed


@dataclass(frozen=True, slots=True)
class FormatRow:
    """A format as the list shows it."""

    kind: Format
    lacking: bool

    @property
    def name(self) -> str:
        """What the format is called."""
        return tr_marked(self.kind.name_key)

    @property
    def sentence(self) -> str:
        """What it is for."""
        return tr_marked(self.kind.description_key)

    @property
    def spoken(self) -> str:
        """What is read out of it."""
        parts = (self.name, self.sentence, tr("Not installed") if self.lacking else "")
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def hint(self) -> str:
        """What it is for, as the row may cut it short."""
        return self.sentence


class _Delegate(RowDelegate):
    """A format: its name, and its sentence on up to two lines."""

    def __init__(self, theme: Theme, model: RowModel[FormatRow]) -> None:
        super().__init__(theme)
        self._model = model
        self._missing = tag_colors(PROBLEM, theme).ink

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() * 2.95 + 2 * _AIR))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = self._model.rows[index.row()]
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_MARGIN, _AIR - 1, -_MARGIN, -_AIR)
        height = QFontMetricsF(option.font).height()
        self._paint_name(painter, option, QRectF(inner.left(), inner.top(), inner.width(), height), row)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        sentence = QRectF(inner.left(), inner.top() + height + 1, inner.width(), inner.height() - height)
        draw_text(painter, sentence, row.sentence, small, QColor(self.theme.muted), lines=2)
        painter.restore()

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, line: QRectF, row: FormatRow) -> None:
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.muted if row.lacking else self.theme.text))
        start = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        metrics = QFontMetricsF(bold)
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, start, name)
        if row.lacking:
            small = QFont(option.font)
            small.setPointSizeF(option.font.pointSizeF() * 0.82)
            painter.setFont(small)
            painter.setPen(self._missing)
            rest = after(line, metrics.horizontalAdvance(name) + 8, option.direction)
            end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rest, QStyle.visualAlignment(option.direction, end), tr("Not installed"))


class _Search(LineEdit):
    """The line to search in: Enter and the arrow go down into the list, Escape empties it.

    Signals:
        left: the list is wanted.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keep Enter from exporting, and Escape from closing the dialog while there is something to empty."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _View(QListView):
    """Keeps the chosen format in sight when there is less room."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Scroll to it."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class FormatList(QFrame):
    """Lists the formats that a search finds, one of which is chosen.

    Signals:
        chosen: another format is chosen, by its id.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows = [FormatRow(kind, is_lacking(kind)) for kind in FORMATS.values()]
        self._format_id = self._rows[0].kind.id
        self.search = _Search(tr("Find a format"), tr("Find a format"))
        self.search.setClearButtonEnabled(True)
        self.model: RowModel[FormatRow] = RowModel()
        self.model.show_rows(self._rows)
        self.view = self._make_view(theme)
        self._nothing = label(tr("Not found"), "muted")
        self._nothing.hide()
        self.setLayout(column(self.search, self._nothing, self.view, gap=6))
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self.view.setFocus)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def format_id(self) -> str:
        """The format that is chosen."""
        return self._format_id

    def choose(self, format_id: str) -> None:
        """Choose a format, if there is one of this id; otherwise the first."""
        row = self._row_of(format_id)
        self.view.setCurrentIndex(self.model.index(max(0, row), 0))

    def _make_view(self, theme: Theme) -> QListView:
        view = _View()
        view.setModel(self.model)
        self._delegate = _Delegate(theme, self.model)
        view.setItemDelegate(self._delegate)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setProperty("framed", "true")
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(tr("Formats"))
        return view

    def _row_of(self, format_id: str) -> int:
        return next((number for number, row in enumerate(self.model.rows) if row.kind.id == format_id), -1)

    def _on_search(self, text: str) -> None:
        found = ranked(text, self._rows, lambda row: (row.name, row.kind.id, row.kind.name_key, row.kind.suffix))
        words = text.strip().casefold()
        found += [row for row in self._rows if row not in found and words in row.sentence.casefold()]
        self.model.show_rows(found)
        self._nothing.setVisible(not found)
        if found:
            self.choose(self._format_id)

    def _on_current_changed(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        format_id = self.model.rows[index.row()].kind.id
        if format_id != self._format_id:
            self._format_id = format_id
            self.chosen.emit(format_id)
