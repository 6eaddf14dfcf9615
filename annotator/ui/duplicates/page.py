# SPDX-License-Identifier: MIT
"""“Near duplicates” in the drawer: the groups, and the articles of the current one; joined and separated by hand."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annotator.i18n import tr, trn
from annotator.model.article import Article
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.ui.duplicates.measuring import Measuring
from annotator.ui.duplicates.model import GroupModel, MemberModel
from annotator.ui.duplicates.rows import DuplicateDelegate
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.registry.lists import LOW, MenuButton, MenuRows, RowList
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, fill, label

_SHARES = (2, 3)
_NARROW = 420
#: Who goes through the groups has none measured on the way.
_SOON_MS = 80


class _ClickedList(RowList):
    """Rows that are gone to by a click alone.

    Signals:
        row_clicked: this row was clicked, and nothing is added to what is chosen by that.
    """

    row_clicked = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell a click from the choosing of several."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() is Qt.KeyboardModifier.NoModifier
        if index.isValid() and plain and event.button() is Qt.MouseButton.LeftButton:
            self.row_clicked.emit(index.row())


class DuplicatesPage(QFrame):
    """The groups of near duplicates that are remembered, and the articles of the current group.

    Signals:
        find_requested: near duplicates are to be found among all articles.
        gone_to: this article was clicked; `entered` is with Enter.
        join_requested: articles, a list, are near duplicates of each other.
        separate_requested: articles, a list, are no near duplicates of the others in their group.
    """

    find_requested = Signal()
    gone_to = Signal(str)
    entered = Signal(str)
    join_requested = Signal(list)
    separate_requested = Signal(list)

    def __init__(self, session: Session, theme: Theme, measuring: Measuring) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session = session
        self._is_stale = True
        self._wanted: ArticleId | None = None
        self.groups, self.members = GroupModel(session), MemberModel(session)
        self.group_list = RowList(self.groups, DuplicateDelegate(theme), tr("Groups of near duplicates"))
        self.member_list = _ClickedList(self.members, DuplicateDelegate(theme), tr("Articles of this group"))
        self._measuring = measuring
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._count = label(role="muted")
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.find_button = QToolButton()
        self.find_button.setText(tr("Find near duplicates"))
        self.find_button.setToolTip(tr("Compare all articles; groups made by hand are made anew, too"))
        self.find_button.clicked.connect(self.find_requested)
        self.buttons = {id_: QToolButton() for id_ in ("separate", "dissolve", "join")}
        self.menu_button = MenuButton(self.member_list)
        self._stack = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.group_list)
        self._connect_signals()
        self._show_buttons()

    def title(self) -> str:
        """Return what the page is called."""
        return tr("Near duplicates")

    def head_widgets(self) -> list[QWidget]:
        """Return the button that finds near duplicates, and what stands for the others where there is no room."""
        return [self._count, self.find_button, self.menu_button]

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that pushes no other part of the window away."""
        return QSize(300, 100)

    def showing(self) -> object:
        """Return an article of the group that is shown."""
        return next(iter(self.members.members), None)

    def return_to(self, showing: object) -> None:
        """Show the group of an article."""
        self._wanted = ArticleId(showing) if isinstance(showing, str) else None
        self._is_stale = True

    def go_to(self, article_id: ArticleId | None) -> None:
        """Show the group that an article is in, if it is in one."""
        self._refresh_if_stale()
        place = self.groups.row_of(article_id)
        if place >= 0:
            self._go_to_group(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what can be done into a menu where there is no room for buttons."""
        super().resizeEvent(event)
        is_small = self.height() < LOW or self.width() < _NARROW
        self._foot.setVisible(not is_small)
        self.menu_button.setVisible(is_small)
        self._count.setVisible(not is_small)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self._refresh_if_stale()

    def refresh(self) -> None:
        """Read the groups anew, and stay where one is."""
        if not self._session.is_open:
            return
        self._is_stale = False
        place = self.group_list.currentIndex().row()
        near = self._wanted or next(iter(self.members.members), None)
        self._wanted = None
        self.groups.reload()
        found = self.groups.row_of(near)
        last = self.groups.rowCount() - 1
        self._go_to_group(found if found >= 0 else min(max(place, 0), last))
        self._show_count()

    def _refresh_if_stale(self) -> None:
        if self._is_stale:
            self.refresh()

    def _lay_out(self) -> None:
        self._foot = QFrame()
        flow = FlowLayout(*self.buttons.values())
        flow.setContentsMargins(8, 4, 8, 4)
        self._foot.setLayout(flow)
        for button in (*self.buttons.values(), self.find_button):
            button.setProperty("role", "step")
        self.buttons["separate"].setText(tr("Separate from the group"))
        self.buttons["dissolve"].setText(tr("Dissolve the group"))
        self.buttons["join"].setText(tr("Join the chosen groups"))
        right = QFrame()
        layout = fill(QVBoxLayout(), self.member_list, self._foot, gap=0)
        layout.setStretch(0, 1)
        right.setLayout(layout)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for part in (self.group_list, right):
            splitter.addWidget(part)
        splitter.setSizes([100 * share for share in _SHARES])
        for number, share in enumerate(_SHARES):
            splitter.setStretchFactor(number, share)
        empty = QFrame()
        self._hint.setText(tr("No articles are known to be near duplicates."))
        empty.setLayout(column(None, self._hint, None, margin=14))
        self._stack.addWidget(splitter)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack, gap=0))

    def _connect_signals(self) -> None:
        self._session.changes_committed.connect(self._on_changes_committed)
        self._soon.timeout.connect(self._measure)
        self._measuring.measured.connect(self.members.show_likeness)
        self.group_list.selectionModel().currentChanged.connect(lambda *_: self._show_group())
        self.group_list.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.member_list.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.group_list.entered.connect(lambda _row: self.member_list.setFocus())
        self.group_list.delete_pressed.connect(self._dissolve)
        self.member_list.delete_pressed.connect(self._separate)
        self.member_list.row_clicked.connect(lambda number: self.gone_to.emit(self.members.members[number]))
        self.member_list.entered.connect(lambda number: self.entered.emit(self.members.members[number]))
        for rows in (self.group_list, self.member_list):
            rows.offer(self._menu)
        for id_, act in (("separate", self._separate), ("dissolve", self._dissolve), ("join", self._join)):
            self.buttons[id_].clicked.connect(lambda _checked=False, act=act: act())

    def _menu(self) -> MenuRows:
        return [(button.text(), button.isEnabled(), button.click) for button in self.buttons.values()]

    def _show_group(self) -> None:
        group = self.groups.group_at(self.group_list.currentIndex().row())
        members = group.members if group is not None else ()
        self.members.show_members(members)
        if members:
            self.member_list.setCurrentIndex(self.members.index(0))
        self._measuring.stop()
        self._soon.start()
        self._show_buttons()

    def _measure(self) -> None:
        if self.isVisible():  # another page may have taken over
            self._measuring.start(self.members.members)

    def _show_buttons(self) -> None:
        writable = self._session.is_open and not self._session.project.read_only
        self.find_button.setEnabled(writable)
        self.buttons["separate"].setEnabled(writable and bool(self.member_list.chosen()))
        self.buttons["dissolve"].setEnabled(writable and bool(self.group_list.chosen()))
        self.buttons["join"].setEnabled(writable and len(self.group_list.chosen()) > 1)

    def _show_count(self) -> None:
        count = self.groups.rowCount()
        self._count.setText(trn("{n} group", "{n} groups", count) if count else "")
        held = self.group_list.hasFocus() or self.member_list.hasFocus()
        self.setFocusProxy(self.group_list if count else self.find_button)
        if held and not count:  # what is hidden must not have the focus
            self.find_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentIndex(0 if count else 1)

    def _go_to_group(self, number: int) -> None:
        if number >= 0:
            self.group_list.choose([number], number)
        self._show_group()

    def _of_groups(self) -> list[ArticleId]:
        groups = [self.groups.group_at(number) for number in self.group_list.chosen()]
        return [each for group in groups if group is not None for each in group.members]

    def _separate(self) -> None:
        if self.buttons["separate"].isEnabled():
            self.separate_requested.emit([self.members.members[number] for number in self.member_list.chosen()])

    def _dissolve(self) -> None:
        if self.buttons["dissolve"].isEnabled():
            self.separate_requested.emit(self._of_groups())

    def _join(self) -> None:
        if self.buttons["join"].isEnabled():
            self.join_requested.emit(self._of_groups())

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.spilled or any(isinstance(each.record, Article) for each in changes.rows):
            self._is_stale = True
            if self.isVisible():
                self.refresh()
