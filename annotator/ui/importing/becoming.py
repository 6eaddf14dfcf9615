# SPDX-License-Identifier: MIT
"""How the table of names is drawn and changed: the last column is a list to choose from, with the labels' colours."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QKeyEvent, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.i18n import tr
from annotator.model.scheme import Label, Scheme
from annotator.model.scheme_mapping import KEEP, LEAVE_OUT
from annotator.ui.dialogs.tables import Index
from annotator.ui.importing.mapping import Column, MappingTable, Target
from annotator.ui.theme import Theme
from annotator.ui.widgets import SWATCH, paint_swatch

_SIDE, _GAP, _ARROW = 8, 7, 9
_WIDTHS = {Column.PART: 130, Column.NAME: 190, Column.COUNT: 80}


class BecomingDelegate(QStyledItemDelegate):
    """Draws what a name becomes, and offers all that it may become."""

    def __init__(self, view: QTableView, scheme: Scheme, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._scheme, self._theme = view, scheme, theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a swatch, the name, and the arrow of a list that opens."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        target = _table(index.model()).target(index.row())
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        inner = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        quiet = QColor(self._theme.on_accent if chosen else self._theme.muted)
        loud = QColor(self._theme.on_accent if chosen else self._theme.text)
        ink = quiet if target.id in (KEEP, LEAVE_OUT) else loud
        painter.save()
        arrow = _taken(inner, _ARROW, at_end=True, rtl=rtl)
        _paint_arrow(painter, arrow, quiet)
        if target.label is not None:
            swatch = _taken(inner, SWATCH.width() + _GAP, at_end=False, rtl=rtl)
            place = QRectF(swatch.left() + (_GAP if rtl else 0), swatch.center().y() - SWATCH.height() / 2 + 0.5,
                           SWATCH.width(), SWATCH.height())  # fmt: skip
            paint_swatch(painter, place, target.label, self._scheme, self._theme)
        painter.setFont(option.font)
        painter.setPen(ink)
        text = QFontMetricsF(option.font).elidedText(target.name, Qt.TextElideMode.ElideRight, inner.width() - _GAP)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.setLayoutDirection(option.direction)
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """Return the list, which opens at once."""
        table = _table(index.model())
        line = table.lines[index.row()]
        box = QComboBox(parent)
        box.setModel(_choices(table.targets[line.part], self._icon, box))
        box.setIconSize(SWATCH)
        box.setMaxVisibleItems(16)
        box.setAccessibleName(tr("What “{name}” becomes", name=line.name))
        box.activated.connect(lambda _number: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Choose what holds now."""
        assert isinstance(editor, QComboBox)  # noqa: S101 - made above
        editor.setCurrentIndex(editor.findData(_table(index.model()).target(index.row()).id))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Take what was chosen, for all rows that are chosen with this one."""
        assert isinstance(editor, QComboBox)  # noqa: S101 - made above
        chosen = {one.row() for one in self._view.selectionModel().selectedRows()}
        rows = chosen if index.row() in chosen else {index.row()}
        _table(model).set_target(sorted(rows), str(editor.currentData()))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """Lie over the cell."""
        editor.setGeometry(option.rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return room enough for the list."""
        return QSize(super().sizeHint(option, index).width(), round(QFontMetricsF(option.font).height()) + 14)

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def _icon(self, label: Label) -> QIcon:
        ratio = 2
        pixmap = QPixmap(SWATCH * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_swatch(painter, QRectF(0, 0, SWATCH.width(), SWATCH.height()), label, self._scheme, self._theme)
        return QIcon(pixmap)


class MappingView(QTableView):
    """The table of names; Space and Enter open what the current row may become."""

    def __init__(self, model: MappingTable, scheme: Scheme, theme: Theme) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(tr("What the names of the file become"))
        self._delegate = BecomingDelegate(self, scheme, theme)
        self.setItemDelegateForColumn(Column.BECOMES, self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.clicked.connect(self._on_clicked)

    def open_choices(self, row: int) -> None:
        """Open the list of what the name of a row may become."""
        model = self.model()
        if 0 <= row < model.rowCount():
            self.edit(model.index(row, Column.BECOMES))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open the list by Space or Enter, leave names out by Delete."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_choices(self.currentIndex().row())
        elif plain and event.key() == Qt.Key.Key_Delete:
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            _table(self.model()).set_target(rows, LEAVE_OUT)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: Index) -> None:
        if index.column() == Column.BECOMES:
            self.open_choices(index.row())


def _choices(targets: list[Target], icon: Callable[[Label], QIcon], parent: QObject) -> QStandardItemModel:
    """Return the items of the list: what is always there, then the labels under the names of their layers."""
    model = QStandardItemModel(parent)
    group = ""
    for target in targets:
        if target.group != group:
            group = target.group
            heading = QStandardItem(group)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            model.appendRow(heading)
        item = QStandardItem(target.name)
        item.setData(target.id, Qt.ItemDataRole.UserRole)
        if target.label is not None:
            item.setIcon(icon(target.label))
        model.appendRow(item)
    return model


def _table(model: QAbstractItemModel) -> MappingTable:
    assert isinstance(model, MappingTable)  # noqa: S101 - this shows nothing else
    return model


def _taken(inner: QRect, width: int, *, at_end: bool, rtl: bool) -> QRect:
    """Cut a piece of this width off a rectangle, at its end or start as lines run, and return it."""
    piece = QRect(inner)
    if at_end is rtl:  # at the left
        piece.setWidth(width)
        inner.setLeft(inner.left() + width)
    else:
        piece.setLeft(inner.right() - width + 1)
        inner.setRight(inner.right() - width)
    return piece


def _paint_arrow(painter: QPainter, place: QRect, ink: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(ink)
    pen.setWidthF(1.4)
    painter.setPen(pen)
    middle = QRectF(place).center()
    for step in (-1, 1):
        painter.drawLine(round(middle.x() + 4 * step), round(middle.y() - 2), round(middle.x()), round(middle.y() + 2))
