# SPDX-License-Identifier: MIT
"""“Likely the same” in the drawer: groups of unlinked names; a person decides on each, nothing is linked by itself."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QSplitter, QStackedWidget, QToolButton, QVBoxLayout

from annotator.analysis.candidates import Group
from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.model.changes import Changes
from annotator.model.span import Span
from annotator.ui.fields.base import outline_boxes
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.registry.candidate_model import FormModel, GroupModel
from annotator.ui.registry.candidate_rows import TICK_WIDTH, FormDelegate, GroupDelegate
from annotator.ui.registry.finding import CandidateFinder
from annotator.ui.registry.lists import LOW, MenuButton, MenuRows, RowList
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, fill, label, plain, row
from annotator.ui.wording import shortened

_SHARES = (200, 400)
_NARROW = 420
_AGAIN_MS = 400
_NAME = 24


class _FormList(RowList):
    """Forms; a click at the start of a row ticks it.

    Signals:
        tick_clicked: the tick of this row was clicked.
        row_clicked: the rest of this row was clicked.
    """

    tick_clicked = Signal(int)
    row_clicked = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell a tick from a click on the row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        from_start = self.viewport().width() - x if is_rtl else x
        (self.tick_clicked if from_start < TICK_WIDTH else self.row_clicked).emit(index.row())


class CandidatePage(QFrame):
    """The groups, and the forms of the current one.

    Signals:
        gone_to: the first mention of a form was clicked; it is a `Span`. `entered` is with Enter.
        link_requested: forms, a list, are names of this actor; "" for one that is to be chosen.
        add_requested: forms, a list, are names of a new actor, which may be called so.
    """

    gone_to = Signal(object)
    entered = Signal(object)
    link_requested = Signal(list, str)
    add_requested = Signal(list, str)

    def __init__(self, session: Session, theme: Theme, finder: CandidateFinder) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session, self._finder = session, finder
        self._is_stale = True
        self._return: Group | None = None
        self.groups = GroupModel(session)
        self.forms = FormModel(session)
        self.group_list = RowList(self.groups, GroupDelegate(theme), tr("Groups of names"), many=False)
        self.form_list = _FormList(self.forms, FormDelegate(theme), tr("Spellings of this group"), many=False)
        self._count = label(role="muted")
        self.all_box = QCheckBox(tr("All"))
        outline_boxes(self.all_box, theme)
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setMargin(14)
        self.buttons = {id_: QToolButton() for id_ in ("link", "add", "other", "dismiss")}
        self.menu_button = MenuButton(self.form_list)
        self._stack = QStackedWidget()
        self._lay_out()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self.setFocusProxy(self.group_list)
        self._connect_signals()
        self._show_group()

    def title(self) -> str:
        """Return what the page is called."""
        return tr("Likely the same")

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that pushes no other part of the window away."""
        return QSize(300, 100)

    @property
    def is_searching(self) -> bool:
        """Whether more may be found."""
        return self._finder.is_searching

    def search(self) -> None:
        """Look for groups from the beginning, and stay at the same one."""
        if not self._session.is_open:
            return
        self._is_stale = False
        self._return = self.forms.group
        self.groups.clear()
        self._finder.start()
        self._show_count()

    def showing(self) -> object:
        """Return nothing: what is likely the same is looked for anew."""
        return None

    def return_to(self, _showing: object) -> None:
        """Look anew once it is seen."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what can be done into a menu where there is no room for buttons."""
        super().resizeEvent(event)
        is_small = self.height() < LOW or self.width() < _NARROW
        self._foot.setVisible(not is_small)
        self.menu_button.setVisible(is_small)
        self._count.setVisible(not is_small)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look for what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.search()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Stop looking for what nobody sees."""
        super().hideEvent(event)
        if self._finder.is_searching:
            self._finder.stop()
            self._is_stale = True

    def forget_forms(self, quotes: list[str]) -> None:
        """Take forms away that are linked now, and go on to the next group."""
        place = self.group_list.currentIndex().row()
        self.groups.drop_forms(quotes)
        self._go_to_group(min(place, self.groups.rowCount() - 1))
        self._show_count()

    def _lay_out(self) -> None:
        self._foot = QFrame()
        flow = FlowLayout(*self.buttons.values())
        flow.setContentsMargins(8, 4, 8, 4)
        self._foot.setLayout(flow)
        head = row(self.all_box, None, self._count, self.menu_button)
        head.setContentsMargins(12, 2, 12, 2)
        right = QFrame()
        layout = fill(QVBoxLayout(), head, self.form_list, self._foot, gap=0)
        layout.setStretch(1, 1)
        right.setLayout(layout)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.group_list)
        splitter.addWidget(right)
        splitter.setSizes(list(_SHARES))
        splitter.setStretchFactor(1, 1)
        self._stack.addWidget(splitter)
        self._stack.addWidget(self._hint)
        self.setLayout(column(self._stack, gap=0))
        for button in self.buttons.values():
            button.setProperty("role", "step")

    def _connect_signals(self) -> None:
        self._finder.found.connect(self._on_found)
        self._finder.ended.connect(self._on_ended)
        self._again.timeout.connect(self._on_again)
        self._session.changes_committed.connect(self._on_changes_committed)
        self.group_list.selectionModel().currentChanged.connect(lambda *_: self._show_group())
        self.group_list.delete_pressed.connect(self._dismiss)
        self.group_list.entered.connect(lambda _row: self.form_list.setFocus())
        self.group_list.offer(self._menu)
        self.form_list.offer(self._menu)
        self.form_list.space_pressed.connect(lambda: self._toggle(self.form_list.currentIndex().row()))
        self.form_list.tick_clicked.connect(self._toggle)
        self.form_list.row_clicked.connect(lambda number: self._go(number, on=False))
        self.form_list.entered.connect(lambda number: self._go(number, on=True))
        self.all_box.clicked.connect(self._on_all_clicked)
        for id_, act in (("link", self._link), ("add", self._add), ("other", self._other), ("dismiss", self._dismiss)):
            self.buttons[id_].clicked.connect(lambda _checked=False, act=act: act())

    def _menu(self) -> MenuRows:
        group = self.forms.group
        if group is None:
            return ()
        rows = [
            (button.text().replace("&&", "&"), button.isEnabled(), button.click) for button in self._shown_buttons()
        ]
        return (*rows[:-1], None, rows[-1])

    def _shown_buttons(self) -> list[QToolButton]:
        return [button for button in self.buttons.values() if not button.isHidden()]

    def _show_group(self) -> None:
        group = self.groups.group_at(self.group_list.currentIndex().row())
        self.forms.show(group)
        if group is not None:
            self.form_list.setCurrentIndex(self.forms.index(0))
        self._show_buttons()

    def _show_buttons(self) -> None:
        group, ticked = self.forms.group, self.forms.ticked()
        can = bool(ticked) and not self._session.project.read_only
        name = shortened(self.groups.name(group), _NAME) if group is not None else ""
        mentions = sum(candidate.form.count for candidate in ticked)
        self.buttons["link"].setText(
            plain(trn("Link {n} mention to {actor}", "Link {n} mentions to {actor}", mentions, actor=name))
        )
        self.buttons["link"].setVisible(group is not None and group.actor_id is not None)
        self.buttons["add"].setText(plain(trn("New actor of {n} mention…", "New actor of {n} mentions…", mentions)))
        self.buttons["other"].setText(tr("Link to another actor…"))
        self.buttons["dismiss"].setText(tr("Not the same"))
        for id_ in ("link", "add", "other"):
            self.buttons[id_].setEnabled(can)
        self.buttons["dismiss"].setEnabled(group is not None)
        self.all_box.setChecked(bool(ticked) and len(ticked) == self.forms.rowCount())

    def _show_count(self) -> None:
        count = self.groups.rowCount()
        self._count.setText(trn("{n} group", "{n} groups", count))
        looking = tr("Looking for names that are likely the same…")
        nothing = tr(
            "No unlinked names look likely to be the same. Tag names as actors, and those alike are shown here."
        )
        self._hint.setText(looking if self._finder.is_searching else nothing)
        self._stack.setCurrentIndex(0 if count else 1)
        # What is hidden must not have the focus.
        shown, hidden = (self.group_list, self._hint) if count else (self._hint, self.group_list)
        self.setFocusProxy(shown)
        if hidden.hasFocus():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, number: int) -> None:
        if number >= 0:
            self.forms.toggle(number)
            self._show_buttons()

    def _go(self, number: int, *, on: bool) -> None:
        mention = self._first_span(number)
        if mention is not None:
            (self.entered if on else self.gone_to).emit(mention)

    def _first_span(self, number: int) -> Span | None:
        try:
            return self._session.project.span(self.forms.candidate_at(number).form.first)
        except UserError:  # deleted a moment ago
            return None

    def _quotes(self) -> list[str]:
        return [candidate.form.quote for candidate in self.forms.ticked()]

    def _link(self) -> None:
        group = self.forms.group
        if group is not None and group.actor_id is not None and self._quotes():
            self.link_requested.emit(self._quotes(), group.actor_id)

    def _other(self) -> None:
        if self._quotes():
            self.link_requested.emit(self._quotes(), "")

    def _add(self) -> None:
        if self._quotes():
            longest = max(self.forms.ticked(), key=lambda each: (each.form.count, len(each.form.quote)))
            self.add_requested.emit(self._quotes(), longest.form.quote)

    def _dismiss(self) -> None:
        group = self.forms.group
        if group is None:
            return
        place = self.group_list.currentIndex().row()
        self._finder.dismissed().add(group.key)
        self.groups.drop(group.key)
        self._go_to_group(min(place, self.groups.rowCount() - 1))
        self._show_count()

    def _go_to_group(self, number: int) -> None:
        if number >= 0:
            self.group_list.setCurrentIndex(self.groups.index(number))
        self._show_group()

    def _on_all_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot
        self.forms.tick_all(checked)
        self._show_buttons()

    def _on_found(self, groups: list[Group]) -> None:
        self.groups.add(groups)
        if self._return is None and not self.group_list.currentIndex().isValid():
            self._go_to_group(0)
        self._show_count()

    def _on_ended(self) -> None:
        kept = self.forms.group or self._return
        self.groups.rank()
        place = -1 if kept is None else self.groups.row_of(kept.key)
        if place < 0 and kept is not None:
            place = self.groups.row_like(kept)
        self._return = None
        self._go_to_group(max(0, place) if self.groups.rowCount() else -1)
        self._show_count()

    def _on_again(self) -> None:
        if self.isVisible():
            self.search()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        has_tags = any(isinstance(record, Span) for change in changes.rows for record in (change.before, change.after))
        if has_tags or changes.registry_changed or changes.scheme_changed:
            self._is_stale = True
            self._again.start()
