# SPDX-License-Identifier: MIT
"""Choosing several of many, all of them to begin with: a button that says what is chosen and unfolds a list to tick.

What is not narrowed down stays "all", also of what the project gets later.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QPushButton

from annotator import i18n
from annotator.i18n import tr
from annotator.ui.fields.base import outline_boxes
from annotator.ui.theme import Theme, mix
from annotator.ui.widgets import button, column, plain, row
from annotator.ui.wording import shortened

_MOST_ROWS = 7
_NAMES_SHOWN = 3
_LONG = 46


@dataclass(frozen=True, slots=True)
class Pick:
    """One of them."""

    id: str
    name: str
    icon: QIcon | None = None


class _List(QListView):
    """Shows a few rows whole and scrolls over more."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show which row the keys are for."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show no row as current."""
        super().focusOutEvent(event)
        self.clearSelection()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the rows, up to some."""
        self.ensurePolished()
        rows = min(max(1, self.model().rowCount()), _MOST_ROWS)
        return QSize(180, rows * max(20, self.sizeHintForRow(0)) + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same, as a row that cannot be seen cannot be ticked."""
        return QSize(120, self.sizeHint().height())


class PickSeveral(QFrame):
    """All of some things, or those that are ticked.

    Signals:
        changed: the user has ticked something, or taken a tick away.
    """

    changed = Signal()

    def __init__(self, name: str, picks: Sequence[Pick], theme: Theme) -> None:
        super().__init__()
        self._name, self._picks, self._theme = name, tuple(picks), theme
        self.head = QPushButton()
        self.head.setAutoDefault(False)
        self.head.setCheckable(True)
        self.head.setProperty("role", "small")
        self._model = QStandardItemModel(self)
        self.list = _List()
        self._dress_list(theme)
        self._all = button(tr("All"), lambda: self._tick_each(Qt.CheckState.Checked))
        self._none = button(tr("None"), lambda: self._tick_each(Qt.CheckState.Unchecked))
        for each in (self._all, self._none):
            each.setProperty("role", "small")
        self._below = QFrame()
        self._below.setLayout(column(self.list, row(self._all, self._none, None, gap=6), gap=6))
        self._below.hide()
        self.setLayout(column(row(self.head, None), self._below, gap=6))
        self.setFocusProxy(self.head)
        self._fill(None)
        self.head.toggled.connect(self._on_unfolded)
        self._model.itemChanged.connect(self._on_changed)
        self._tell()

    @property
    def count(self) -> int:
        """How many there are to tick."""
        return len(self._picks)

    def chosen(self) -> frozenset[str] | None:
        """Return the ids of what is ticked; None for all."""
        ticked = frozenset(self._ticked())
        return None if len(ticked) == len(self._picks) else ticked

    def choose(self, ids: Collection[str] | None) -> None:
        """Tick these; None for all."""
        self._model.blockSignals(True)  # noqa: FBT003 - Qt's; showing is no ticking
        self._model.clear()
        self._fill(ids)
        self._model.blockSignals(False)  # noqa: FBT003 - as above
        self._model.layoutChanged.emit()
        self._tell()

    def _dress_list(self, theme: Theme) -> None:
        view = self.list
        view.setModel(self._model)
        palette = view.palette()
        palette.setColor(QPalette.ColorRole.Highlight, mix(theme.page, theme.accent, 0.22))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        view.setPalette(palette)
        view.setProperty("framed", "true")
        view.setAccessibleName(self._name)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fill(self, ids: Collection[str] | None) -> None:
        for pick in self._picks:
            item = QStandardItem(i18n.isolate(pick.name))
            item.setData(pick.id)
            item.setEditable(False)
            item.setCheckable(True)
            is_in = ids is None or pick.id in ids
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            if pick.icon is not None:
                item.setIcon(pick.icon)
            self._model.appendRow(item)

    def _ticked(self) -> list[str]:
        items = (self._model.item(number) for number in range(self._model.rowCount()))
        return [str(item.data()) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _on_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 - a slot
        self._below.setVisible(unfolded)
        # Not before: the style sheet, which comes first when a list is shown, has its own palette for it.
        outline_boxes(self.list, self._theme)

    def _tick_each(self, state: Qt.CheckState) -> None:
        self.choose([] if state is Qt.CheckState.Unchecked else None)
        self.changed.emit()

    def _on_changed(self, _item: QStandardItem) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say on the button what is chosen."""
        ticked = self._ticked()
        text = _said([pick for pick in self._picks if pick.id in ticked], len(self._picks))
        self.head.setText(plain(text))
        self.head.setAccessibleName(tr("{name}: {value}", name=self._name, value=text))


def _said(chosen: Sequence[Pick], total: int) -> str:
    if len(chosen) == total:
        return tr("All ({n})", n=total)
    if not chosen:
        return tr("None")
    comma = "، " if i18n.is_rtl() else ", "
    names = comma.join(i18n.isolate(shortened(pick.name, _LONG // _NAMES_SHOWN)) for pick in chosen[:_NAMES_SHOWN])
    more = "…" if len(chosen) > _NAMES_SHOWN else ""
    return tr("{n} of {total}: {names}", n=len(chosen), total=total, names=f"{names}{more}")
