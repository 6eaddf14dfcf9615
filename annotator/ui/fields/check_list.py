# SPDX-License-Identifier: MIT
"""A list in which several choices are ticked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeValue, Value
from annotator.model.ids import AttributeId
from annotator.ui.fields.base import AttributeField, outline_boxes
from annotator.ui.fields.naming import attribute_name, said, value_name
from annotator.ui.theme import Theme, mix
from annotator.ui.widgets import column

_MOST_ROWS = 7
_AIR = 6


class _List(QListView):
    """Shows a few rows whole and scrolls over more. Typing goes to a value, so letters are no commands here."""

    def event(self, event: QEvent) -> bool:
        """Keep letters and blanks from the window's single keys."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show which row the keys are for."""
        super().focusInEvent(event)
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show no row as current."""
        super().focusOutEvent(event)
        self.clearSelection()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the rows, up to some."""
        self.ensurePolished()
        rows = min(self.model().rowCount(), _MOST_ROWS) if self.model() is not None else 0
        return QSize(120, max(1, rows) * max(18, self.sizeHintForRow(0)) + _AIR)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same, as a row that cannot be seen cannot be ticked."""
        return QSize(60, self.sizeHint().height())


class CheckListField(AttributeField):
    """Each choice on a row; the arrows move, the space bar ticks."""

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__(attribute)
        self._model = QStandardItemModel()
        self._others: Mapping[AttributeId, AttributeValue] = {}
        self._recent: tuple[str, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self.list = _List()
        self.list.setModel(self._model)
        palette = self.list.palette()
        palette.setColor(QPalette.ColorRole.Highlight, mix(theme.page, theme.accent, 0.22))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.list.setPalette(palette)
        self._theme = theme
        self.list.setProperty("framed", "true")
        self.list.setAccessibleName(attribute_name(attribute))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self.list))
        self._fill()
        self._model.itemChanged.connect(self._on_item_changed)

    @property
    def editor(self) -> QWidget:
        """What takes the focus."""
        return self.list

    def value(self) -> AttributeValue | None:
        """Return what is ticked, in the order of the scheme."""
        return self._chosen or None

    def set_value(self, value: AttributeValue | None) -> None:
        """Tick these."""
        chosen = _as_choices(value)
        if chosen != self._chosen:
            self._chosen = chosen
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Outline the boxes. Not before: the style sheet, which comes first now, has its own palette for a list."""
        super().showEvent(event)
        outline_boxes(self.list, self._theme)

    def set_others(self, others: Mapping[AttributeId, AttributeValue]) -> None:
        """Offer only what goes with other values."""
        if dict(others) != dict(self._others):
            self._others = dict(others)
            self._fill()

    def set_recent(self, value: AttributeValue | None) -> None:
        """List what was ticked last first."""
        self._recent = _as_choices(value)
        self._fill()

    def _fill(self) -> None:
        row = self.list.currentIndex().row()
        self._model.blockSignals(True)  # noqa: FBT003 - Qt's; filling is no ticking
        self._model.clear()
        for value_id, known in self._rows():
            item = QStandardItem(value_name(self.attribute, value_id))
            item.setData(value_id)
            item.setEditable(False)
            item.setCheckable(True)
            item.setCheckState(Qt.CheckState.Checked if value_id in self._chosen else Qt.CheckState.Unchecked)
            hints = [said(known.description) if known is not None else "", self._mark(value_id)]
            item.setToolTip("\n".join(hint for hint in hints if hint))
            self._model.appendRow(item)
        self._model.blockSignals(False)  # noqa: FBT003 - as above
        self._model.layoutChanged.emit()
        self.list.updateGeometry()
        current = self._model.index(max(0, row), 0)
        flag = QItemSelectionModel.SelectionFlag
        shown = flag.ClearAndSelect if self.list.hasFocus() else flag.NoUpdate
        self.list.selectionModel().setCurrentIndex(current, shown)

    def _rows(self) -> list[tuple[str, Value | None]]:
        offered = {value.id: value for value in self.attribute.offered(self._others)}
        kept = {one: self.attribute.value(one) for one in self._chosen if one not in offered}
        rows: dict[str, Value | None] = {**offered, **kept}
        return sorted(rows.items(), key=lambda row: row[0] not in self._recent)

    def _mark(self, value_id: str) -> str:
        return tr("Used last") if value_id in self._recent else ""

    def _on_item_changed(self, item: QStandardItem) -> None:
        ticked = {
            str(each.data())
            for row in range(self._model.rowCount())
            if (each := self._model.item(row)) is not None and each.checkState() is Qt.CheckState.Checked
        }
        order = [value.id for value in self.attribute.values]
        self._chosen = tuple(sorted(ticked, key=lambda one: order.index(one) if one in order else len(order)))
        del item
        self.edited.emit()


def _as_choices(value: AttributeValue | None) -> tuple[str, ...]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(value)
    return ()
