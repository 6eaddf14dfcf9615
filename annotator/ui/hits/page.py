# SPDX-License-Identifier: MIT
"""What the two pages with a list of places share: the list, the search that fills it, and the way to a place."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.changes import Changes
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, LabelId
from annotator.ui import icons
from annotator.ui.background import Background, Search, listing
from annotator.ui.hits.delegate import HitDelegate
from annotator.ui.hits.model import HitModel, Item, TagLine
from annotator.ui.hits.view import HitView
from annotator.ui.jobs import Progress
from annotator.ui.style import chosen_theme
from annotator.ui.widgets import FlatButton, fill, label, panel

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: An act on more than this is done in a thread.
_MANY = 1_000
_AGAIN_MS = 250


class HitPage(QFrame):
    """A page of the drawer with a list of places.

    Attributes:
        model, view: the list.
        summary: how many there are.
        act_button: does, or offers, what is to be done with what is ticked.
    """

    def __init__(self, window: "MainWindow", search: Background, *, ticked: bool | None) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._window, self._session, self.search = window, window.session, search
        self._theme = chosen_theme(window.settings)
        self.model = HitModel(self._session, ticked=ticked, names=self._actor_name)
        is_ticked = ticked is not None
        scheme = self._session.project.scheme
        delegate = HitDelegate(self._theme, scheme, self._color_of, ticks=is_ticked, grouped=not is_ticked)
        self.view = HitView(self.model, delegate, self._theme)
        self.summary = label(role="muted")
        self.stop_button = FlatButton(tr("Stop the search"), self._stop)
        self.stop_button.setIcon(icons.icon("stop", self._theme, size=16))
        for widget in (self.summary, self.stop_button):
            _keep_room(widget)
        self.act_button = QToolButton()
        self.act_button.setProperty("role", "step")
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        #: What a search finds that is done again behind a list that stays.
        self._gathered: list[Item] | None = None
        self._of: Sequence[ArticleId] | None = None
        self._is_stale = False
        self.setFocusProxy(self.view)
        self._connect()
        self._show_state()

    # For subclasses

    def look_again(self) -> None:
        """Do the search again; what was ticked stays so."""
        raise NotImplementedError

    def nothing_found(self) -> str:
        """Return what is said where nothing is listed."""
        raise NotImplementedError

    def act(self) -> None:
        """Do, or offer, what is to be done with what is ticked."""
        raise NotImplementedError

    def _heed(self, changes: Changes) -> None:
        raise NotImplementedError

    def _label_of(self, item: Item) -> LabelId:
        raise NotImplementedError

    def _color_of(self, item: Item) -> str:
        return self._session.project.scheme.label(self._label_of(item)).color

    # For the drawer

    def head_widgets(self) -> list[QWidget]:
        """Return what stands in the head of the drawer."""
        return [self.summary, self.stop_button, self.act_button]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what has changed while another page was seen."""
        super().showEvent(event)
        if self._is_stale:
            self.look_again()

    # What they share

    def _fill(self, head: QBoxLayout, *below: QWidget) -> None:
        """Put fields over the list, and what is to be said of all of it."""
        layout = fill(QVBoxLayout(), panel("bar", QHBoxLayout(), head, margin=4), *below, self.view, gap=0)
        layout.setStretchFactor(self.view, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.search.found.connect(self._on_found)
        self.search.progressed.connect(self._on_progressed)
        self.search.ended.connect(self._on_ended)
        self.search.failed.connect(self._window.tell_error)
        self._session.changes_committed.connect(self._on_changes_committed)
        self._again.timeout.connect(self._on_again)
        self.view.gone_to.connect(self._on_gone_to)
        self.view.act_requested.connect(self._on_act_requested)
        self.act_button.clicked.connect(self._on_act_requested)
        model = self.model
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_state)
        self.view.selectionModel().selectionChanged.connect(self._show_state)

    @property
    def _annotator_id(self) -> AnnotatorId:
        """Whose tags count; of a project that is only read, nobody's."""
        project = self._session.project
        return AnnotatorId("") if project.read_only else project.annotator.id

    @property
    def _is_writable(self) -> bool:
        return self._session.is_open and not self._session.project.read_only

    def _begin(self, find: Search, *, again: bool, of: Sequence[ArticleId] | None = None) -> None:
        """Start a search: `again` keeps the list until the end, `of` replaces what is listed of some articles only."""
        self._is_stale, self._of = False, of
        self._again.stop()
        self._gathered = [] if again else None
        if not again:
            self.model.clear()
        self.view.set_progress(0)
        self.search.start(listing(find))
        self._show_state()

    def _stop(self) -> None:
        """Stop the search; a list behind which it went on stays whole, and is looked at again the next time."""
        self._is_stale = self._gathered is not None
        self._gathered = None
        self.search.cancel()

    def _run(self, count: int, title: str, act: Callable[..., Changes], *args: object) -> None:
        """Do an act; one on very many tags in a thread, where its progress is shown."""
        if count <= _MANY:
            self._session.run_from(self, act, *args)
            return
        project = self._session.project

        def work(_progress: Progress) -> Changes:
            with project.writer() as own:
                return act(own, *args)

        def done(changes: Changes) -> None:
            self._session.announce_from_job(changes, self)

        self._window.jobs.start(title, work, done)

    def _show_state(self, *_: object) -> None:
        searching = self.search.is_running
        self._show_summary()
        self.summary.setVisible(self.model.count > 0)
        self.stop_button.setVisible(searching)
        self.view.set_hint(tr("Searching…") if searching else self.nothing_found())
        self._show_acts()

    def _show_summary(self) -> None:
        ticked, count = self.model.ticked_count, self.model.count
        self.summary.setText(tr("{number} of {total}", number=ticked, total=count))
        self.summary.setToolTip(tr("{n} of {total} ticked", n=ticked, total=count))
        self.summary.setAccessibleName(self.summary.toolTip())

    def _show_acts(self) -> None:
        raise NotImplementedError

    def _actor_name(self, actor_id: ActorId) -> str:
        actor = self._session.project.actors.get(actor_id)
        return actor.name_in(i18n.language()) if actor is not None else ""

    def _on_found(self, items: list[Item]) -> None:
        if self._gathered is not None:
            self._gathered += items
            return
        self.model.add(items)
        if not self.view.currentIndex().isValid():
            self.view.go_to_row(0)

    def _on_progressed(self, done: int, total: int) -> None:
        self.view.set_progress(done / max(total, 1))

    def _on_ended(self) -> None:
        self.view.set_progress(None)
        gathered, self._gathered = self._gathered, None
        if gathered is not None and self._of is not None:
            articles = self._of
            self._keeping_place(lambda: self.model.replace_articles(articles, gathered))
        elif gathered is not None:
            self._keeping_place(lambda: self.model.replace_all(gathered))
        self._show_state()

    def _on_again(self) -> None:
        if self.isVisible():
            self.look_again()
        else:
            self._is_stale = True

    def _keeping_place(self, change: Callable[[], object]) -> None:
        """Let the list be changed, and stay at the same row and height."""
        bar = self.view.verticalScrollBar()
        row, height = self.view.currentIndex().row(), bar.value()
        change()
        if not self.view.currentIndex().isValid():
            self.view.go_to_row(max(row, 0))
            bar.setValue(height)

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.article_list_changed or (changes.scheme_changed and self.isVisible()):
            self._again.start()
        else:
            self._heed(changes)

    def _on_gone_to(self, index: QModelIndex) -> None:
        item = self.model.item(index.row())
        if item is None:
            return
        self._session.select_article(item.article_id)
        view = self._window.desk.pane.view
        if isinstance(item, TagLine):
            self._session.select_tag(item.span_id)
        else:
            self._session.select_tag(None)
            view.select(item.start, item.end)
        view.scroll_to(item.start, item.end)
        self._window.update_commands()

    def _on_act_requested(self) -> None:
        if self._is_writable:
            self.act()


def _keep_room(widget: QWidget) -> None:
    """Keep the room of a widget that comes and goes with each search: the whole window would be laid out anew."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
