# SPDX-License-Identifier: MIT
"""The list of actors, or of events, on the leading side: found by typing, merged, deleted, opened."""

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QVBoxLayout

from annotator.i18n import tr, tr_marked, trn
from annotator.model.changes import Changes
from annotator.project import News
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.registry.kinds import WORDS
from annotator.ui.registry.list_model import SLICE, Order, RegistryModel
from annotator.ui.registry.lists import MenuRows, RowList
from annotator.ui.registry.names import Kind
from annotator.ui.registry.rows import EntryDelegate
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, LineEdit, fill, label, plain, row


class RegistryList(QFrame):
    """A field to search in, and a list; reads nothing until it is seen.

    Signals:
        opened: the page of this actor or event is wanted.
        add_requested: a new one of this name is wanted; "" to be asked.
        merge_requested: these are wanted to be one, a list of ids.
        delete_requested: these are not wanted any more.
        candidates_requested: what is likely the same is wanted.
    """

    opened = Signal(str)
    add_requested = Signal(str)
    merge_requested = Signal(list)
    delete_requested = Signal(list)
    candidates_requested = Signal()

    def __init__(self, session: Session, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._kind, self._words = session, kind, WORDS[kind]
        self._is_stale = True
        self.model = RegistryModel(session, kind)
        self.view = RowList(self.model, EntryDelegate(theme), tr_marked(self._words.plural))
        self.filter = LineEdit(tr_marked(self._words.search))
        self.filter.setClearButtonEnabled(True)
        self._count = label(role="muted")
        self.order_button = FlatButton(tr("Order of the list"), self._on_order_clicked)
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setMargin(14)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        self._buttons = self._make_buttons()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._prepare)
        self._lay_out()
        self.setFocusProxy(self.filter)
        self._connect_signals()
        self._show_order()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that pushes no other part of the window away."""
        return QSize(120, 160)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read what has not been read yet."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        if not self._session.is_open:
            return
        self._is_stale = False
        kept = self._kept()
        self.model.reload()
        self._restore(kept)
        self._after_change()

    @property
    def is_ready(self) -> bool:
        """Whether it is known of every entry under what it is found."""
        return not self._timer.isActive()

    def selected(self) -> list[str]:
        """Return the ids of the selected entries, from the top."""
        return [entry.id for entry in map(self.model.entry_at, self.view.chosen()) if entry is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """In the field, the arrow goes down into the list, and Escape clears it."""
        if self.filter.hasFocus() and event.key() == Qt.Key.Key_Down and self.model.rowCount():
            if not self.view.chosen():
                self.view.choose([0], 0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.filter.hasFocus() and event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> dict[str, QToolButton]:
        made = {}
        for id_, text, act in (
            ("add", tr_marked(self._words.new), self._add),
            ("merge", tr("Merge"), self._merge),
            ("delete", tr("Delete"), self._delete),
        ):
            button = QToolButton()
            button.setText(plain(text))
            button.setProperty("role", "step")
            button.clicked.connect(lambda _checked=False, act=act: act())
            made[id_] = button
        return made

    def _lay_out(self) -> None:
        head = row(self._count, None, self.order_button)
        head.setContentsMargins(12, 4, 12, 0)
        search = row(self.filter)
        search.setContentsMargins(10, 8, 10, 0)
        foot = QFrame()
        foot.setLayout(FlowLayout(*self._buttons.values()))
        below = row(foot)
        below.setContentsMargins(10, 6, 10, 8)
        layout = fill(QVBoxLayout(), search, head, self._stack, below, gap=2)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect_signals(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self._on_returned)
        self.view.entered.connect(self._open)
        self.view.clicked.connect(self._on_clicked)
        self.view.delete_pressed.connect(self._delete)
        self.view.offer(self._menu)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._session.changes_committed.connect(self._on_changes_committed)

    def _menu(self) -> MenuRows:
        chosen, can = len(self.view.chosen()), not self._session.project.read_only
        rows: MenuRows = (
            (tr("Open its page"), chosen == 1, lambda: self._open(self.view.currentIndex().row())),
            None,
            (tr("Merge…"), can and chosen > 1, self._merge),
            (tr("Delete…"), can and chosen > 0, self._delete),
            None,
            (tr_marked(self._words.new), can, self._add),
        )
        if self._kind is Kind.EVENT:
            return rows
        return (*rows, (tr("Likely the same…"), True, self.candidates_requested.emit))

    def _open(self, number: int) -> None:
        entry = self.model.entry_at(number)
        if entry is not None:
            self.opened.emit(entry.id)

    def _add(self) -> None:
        self.add_requested.emit(self.filter.text().strip())

    def _merge(self) -> None:
        if len(self.selected()) > 1:
            self.merge_requested.emit(self.selected())

    def _delete(self) -> None:
        if self.selected() and not self._session.project.read_only:
            self.delete_requested.emit(self.selected())

    def _prepare(self) -> None:
        if not self._session.is_open or not self.model.prepare(SLICE):
            self._timer.stop()
            self._show_count()

    def _kept(self) -> tuple[list[str], str | None, int]:
        current = self.model.entry_at(self.view.currentIndex().row())
        return self.selected(), current.id if current is not None else None, self.view.verticalScrollBar().value()

    def _restore(self, kept: tuple[list[str], str | None, int]) -> None:
        chosen, current, scroll = kept
        rows = [number for number in map(self.model.row_of, chosen) if number >= 0]
        self.view.choose(rows, self.model.row_of(current))
        self.view.verticalScrollBar().setValue(scroll)

    def _after_change(self) -> None:
        self._timer.start(0)
        self._show_count()
        self._enable()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        self._count.setText(trn("{n} entry", "{n} entries", count) if self.model.total else "")
        self.order_button.setVisible(self.model.total > 1)
        self._hint.setText(tr("Not found") if self.model.total else tr_marked(self._words.empty))
        self._stack.setCurrentWidget(self.view if count else self._hint)

    def _show_order(self) -> None:
        by_name = self.model.order is Order.NAME
        self.order_button.setText(tr("by name") if by_name else tr("by mentions"))

    def _enable(self) -> None:
        chosen, can = len(self.view.chosen()), not self._session.project.read_only
        self._buttons["add"].setEnabled(can)
        self._buttons["merge"].setEnabled(can and chosen > 1)
        self._buttons["delete"].setEnabled(can and chosen > 0)

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.view.chosen()) == 1:  # with Ctrl or Shift one chooses several
            self._open(index.row())

    def _on_order_clicked(self) -> None:
        kept = self._kept()
        self.model.set_order(Order.MENTIONS if self.model.order is Order.NAME else Order.NAME)
        self._restore(kept)
        self._show_order()

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_query(text)
        self.view.scrollToTop()
        self._show_count()
        self._enable()

    def _on_returned(self) -> None:
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
            self._open(0)

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        if not (changes.registry_changed or changes.links_changed or changes.scheme_changed):
            return
        # What others have done may be counted already.
        if not self.isVisible() or changes.scheme_changed or isinstance(initiator, News):
            self._is_stale = True
        if self.isVisible() and self._is_stale:
            self.refresh()
        elif self.isVisible():
            kept = self._kept()
            if self.model.apply(changes):
                self._restore(kept)
                self._after_change()
