# SPDX-License-Identifier: MIT
"""The parts of the window while a project is open: lists, the article with the drawer below it, tags.

Built in two steps: first the article alone between two empty sides, as the first paint shows it, then, by `complete`,
all else. A list on the leading side is added in `_build_side`, a page of the drawer in `_build_drawer`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.late import late
from annotator.model.changes import Changes
from annotator.settings import Settings
from annotator.ui.drawer import Drawer, DrawerColumn, kept_share
from annotator.ui.focus import is_inside, tab_stops
from annotator.ui.panels.article_pane import ArticlePane
from annotator.ui.panels.side import SidePanel
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import fill

if TYPE_CHECKING:
    from annotator.ui.panels.article_list import ArticleListPanel
    from annotator.ui.panels.inspector import Inspector
else:
    ArticleListPanel = late("annotator.ui.panels.article_list", "ArticleListPanel")
    Inspector = late("annotator.ui.panels.inspector", "Inspector")

_SIZES = (230, 640, 280)
# The article has room for the palette of labels beside a selection.
_LEAST = (170, 360, 216)
_INSPECTOR = "window.inspector"


class Pane(NamedTuple):
    """A part of the window, and what in it takes the focus."""

    part: QWidget
    target: QWidget


class Desk(QWidget):
    """Puts the parts side by side, and remembers how wide they are in each direction of the interface."""

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._session, self._settings, self._theme = session, settings, theme
        # Empty yet, but there: where Qt's chain of focus begins.
        self.side = SidePanel(settings)
        self.pane = ArticlePane(session, settings, theme)
        self.column = DrawerColumn(self.pane, settings)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (self.side, self.column, _empty_side()):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        # Of the direction it is built in: the language may have changed when the sizes are kept.
        self._key = f"window.{'rtl' if i18n.is_rtl() else 'ltr'}.splitter"
        self.setLayout(fill(QVBoxLayout(), self.splitter, gap=0))

    def complete(self) -> None:
        """Build the parts beside and below the article."""
        session, theme = self._session, self._theme
        # First, to hear first of each act: what is read and tagged is seen before what is told of it.
        self.pane.complete()
        self.articles = ArticleListPanel(session, theme)
        self.tagging = self.pane.tagging
        self.inspector = Inspector(session, self.tagging, theme)
        self._build_side()
        self.drawer = self._build_drawer(theme)
        self.column.add_drawer(self.drawer)
        empty = self.splitter.replaceWidget(2, self.inspector)
        assert empty is not None  # noqa: S101 - put there when the desk was made
        empty.deleteLater()
        self.inspector.set_lower_share(kept_share(self._settings, _INSPECTOR))
        self.inspector.tag_activated.connect(self._on_tag_activated)
        self.inspector.relate_requested.connect(self.pane.relating.start)
        for left in (self.inspector.details_left, self.articles.filter_left, self.drawer.focus_left):
            left.connect(self.pane.view.setFocus)
        self.drawer.page_opened.connect(self._on_page_opened)
        session.changes_committed.connect(self._on_changes_committed)
        self._order_tabs()

    def panes(self) -> list[Pane]:
        """Return the parts that can be gone to, in the order in which they are read."""
        result = [Pane(self.side, self.side.focus_target()), Pane(self.pane, self.pane.view)]
        if self.drawer.current is not None:
            result.append(Pane(self.drawer, self.drawer.focus_target()))
        return [*result, Pane(self.inspector, self.inspector.view)]

    def find_article(self) -> None:
        """Have the list of articles seen, whichever is, and what is typed narrow it."""
        self.side.show_page("articles")
        self.articles.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_sizes(self, least: Sequence[int] = _LEAST) -> None:
        """Give the parts the sizes that were kept, once they are styled: what they need at least depends on it.

        `least` are the least widths; a part that needs more gets it.
        """
        for part, width in zip(self._parts(), least, strict=True):
            part.setMinimumWidth(max(width, part.minimumSizeHint().width()))
        self.splitter.setSizes(list(_SIZES))
        kept = QByteArray.fromBase64(self._settings.get(self._key).encode())
        if not kept.isEmpty():
            self.splitter.restoreState(kept)

    def least_widths(self) -> list[int]:
        """Return how wide each part must be."""
        return [part.minimumWidth() for part in self._parts()]

    def _parts(self) -> list[QWidget]:
        """Return the parts from the start to the end of the line."""
        parts = map(self.splitter.widget, range(self.splitter.count()))
        return [part for part in parts if part is not None]

    def keep_sizes(self) -> None:
        """Remember how wide and high the parts are, and which list is seen."""
        self._settings.put(self._key, self.splitter.saveState().toBase64().toStdString())
        if self.inspector.lower_share is not None:
            self._settings.put(_INSPECTOR, f"{self.inspector.lower_share:.3f}")
        self.column.keep()
        self.side.keep()

    def flush(self) -> None:
        """Keep what is being written."""
        for part in (self.side, self.inspector, self.drawer):
            part.flush()

    def retire(self) -> None:
        """Hear nothing more of the session: another desk takes over before this one is gone."""
        pages = (*self.side.widgets, *self.drawer.widgets)
        receivers: list[QObject] = [self, self.pane, self.inspector, *pages]
        for page in pages:
            receivers += page.findChildren(QObject)
        for receiver in receivers:
            self._session.disconnect(receiver)

    def _build_side(self) -> SidePanel:
        self.articles.setFocusProxy(self.articles.view)
        self.side.add_page("articles", tr("Articles"), self.articles)
        return self.side

    def _build_drawer(self, theme: Theme) -> Drawer:
        return Drawer(theme)

    def _order_tabs(self) -> None:
        """Have Tab go from part to part as they are read, each from its top."""
        bar, details = self.pane.find_bar, self.inspector.details
        stops = (
            *(self.side.tabs, self.articles.filter, self.articles.view),
            *(
                stop
                for stop in tab_stops(self.side)
                if not is_inside(stop, self.articles) and stop is not self.side.tabs
            ),
            *(self.pane.note_button, self.pane.done_button),
            *(bar.field, bar.previous_button, bar.next_button, bar.close_button),
            *(self.pane.view, *tab_stops(self.drawer), self.inspector.view),
            *details.stops(),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _on_changes_committed(self, _changes: Changes, _initiator: object) -> None:
        self.side.refresh_counts()

    def _on_page_opened(self, _page_id: str) -> None:
        """Keep in sight what is worked on: the drawer takes the lower part of the text."""
        self.column.refresh()
        span = self._session.span(self._session.tag_id)
        bounds = (span.start, span.end) if span is not None else self.pane.view.selection()
        if bounds is not None:
            self.pane.view.scroll_to(*bounds)

    def _on_tag_activated(self, tag_id: str) -> None:
        self._session.select_tag(tag_id)  # type: ignore[arg-type]  # a tag's id
        self.pane.reveal_tag(tag_id)


def _empty_side() -> QFrame:
    """Return what stands at the place of a side before it is built, and looks like it."""
    side = QFrame()
    side.setProperty("role", "panel")
    return side
