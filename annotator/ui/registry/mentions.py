# SPDX-License-Identifier: MIT
"""All mentions of an actor, or tellings of an event, over all articles: gone to, split off, linked elsewhere."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QVBoxLayout

from annotator.i18n import tr, trn
from annotator.model.span import Span
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.registry.lists import LOW, NARROW, MenuButton, MenuRows, RowList
from annotator.ui.registry.mention_model import MentionModel, MentionRole
from annotator.ui.registry.names import Kind
from annotator.ui.registry.rows import MentionDelegate
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import fill, label, plain, row


class MentionList(QFrame):
    """A list of mentions, each in its context.

    Signals:
        gone_to: this tag was clicked; it is a `Span`.
        entered: the user wants to go on at this tag in the article.
        split_requested: these tags, a list of ids, mention somebody else, who is new.
        link_requested: they mention somebody else, who is known.
        unlink_requested: they are not to be linked.
    """

    gone_to = Signal(object)
    entered = Signal(object)
    split_requested = Signal(list)
    link_requested = Signal(list)
    unlink_requested = Signal(list)

    def __init__(self, session: Session, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session, self._kind = session, kind
        self.model = MentionModel(session)
        self.view = RowList(self.model, MentionDelegate(theme, MentionRole.MENTION), tr("Mentions in all articles"))
        self._count = label(role="muted")
        self._hint = label(tr("No tag is linked to it yet."), "muted", wrap=True)
        self._hint.setMargin(14)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        self.buttons = self._make_buttons()
        self.menu_button = MenuButton(self.view)
        self._foot = QFrame()
        flow = FlowLayout(*self.buttons.values())
        flow.setContentsMargins(8, 4, 8, 4)
        self._foot.setLayout(flow)
        head = row(self._count, None, self.menu_button)
        head.setContentsMargins(12, 2, 12, 2)
        layout = fill(QVBoxLayout(), head, self._stack, self._foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)
        self.view.offer(self._menu)
        self.view.clicked.connect(lambda index: self.gone_to.emit(self.model.span_at(index.row())))
        self.view.entered.connect(lambda number: self.entered.emit(self.model.span_at(number)))
        self.view.delete_pressed.connect(self._unlink)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def show_mentions(self, record_id: str | None, total: int) -> None:
        """Show the mentions of another actor or event; what is chosen of them stays so."""
        chosen = {span.id for span in self.selected()}
        current, scroll = self.view.currentIndex().row(), self.view.verticalScrollBar().value()
        kept = self.model.span_at(current).id if current >= 0 else None
        self.model.show(record_id, total)
        count = self.model.rowCount() if chosen else 0
        rows = [number for number in range(count) if self.model.span_at(number).id in chosen]
        self.view.choose(rows, self.model.row_of(kept) if kept is not None else -1)
        self.view.verticalScrollBar().setValue(scroll)
        self._count.setText(trn("{n} mention", "{n} mentions", total))
        self._stack.setCurrentIndex(0 if total else 1)
        self._enable()

    def forget(self) -> None:
        """Choose nothing, as before others are shown."""
        self.view.selectionModel().clear()
        self.view.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what can be done into a menu where there is no room for buttons."""
        super().resizeEvent(event)
        is_small = self.height() < LOW or self.width() < NARROW
        self._foot.setVisible(not is_small)
        self.menu_button.setVisible(is_small)

    def selected(self) -> list[Span]:
        """Return the chosen mentions, from the top."""
        return [self.model.span_at(number) for number in self.view.chosen()]

    def _make_buttons(self) -> dict[str, QToolButton]:
        made = {}
        for id_, text, act in (
            ("split", self._split_text(), self._split),
            ("link", self._link_text(), self._link),
            ("unlink", tr("Unlink"), self._unlink),
        ):
            button = QToolButton()
            button.setText(plain(text))
            button.setProperty("role", "step")
            button.clicked.connect(lambda _checked=False, act=act: act())
            made[id_] = button
        return made

    def _split_text(self) -> str:
        return tr("Split off as a new actor…") if self._kind is Kind.ACTOR else tr("Split off as a new event…")

    def _link_text(self) -> str:
        return tr("Link to another actor…") if self._kind is Kind.ACTOR else tr("Link to another event…")

    def _menu(self) -> MenuRows:
        can = bool(self.view.chosen()) and not self._session.project.read_only
        return (
            (tr("Go to it in the article"), self.view.currentIndex().isValid(), self._go),
            None,
            (self._split_text(), can, self._split),
            (self._link_text(), can, self._link),
            (tr("Unlink"), can, self._unlink),
        )

    def _go(self) -> None:
        self.entered.emit(self.model.span_at(self.view.currentIndex().row()))

    def _split(self) -> None:
        self.split_requested.emit(self._ids())

    def _link(self) -> None:
        self.link_requested.emit(self._ids())

    def _unlink(self) -> None:
        if self._ids() and not self._session.project.read_only:
            self.unlink_requested.emit(self._ids())

    def _ids(self) -> list[str]:
        return [span.id for span in self.selected()]

    def _enable(self) -> None:
        can = bool(self.view.chosen()) and not self._session.project.read_only
        for button in self.buttons.values():
            button.setEnabled(can)
