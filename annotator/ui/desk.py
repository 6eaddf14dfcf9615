# SPDX-License-Identifier: MIT
"""The three parts of the window while a project is open: articles, article, tags."""

from itertools import pairwise

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator import i18n
from annotator.settings import Settings
from annotator.ui.panels.article_list import ArticleListPanel
from annotator.ui.panels.article_pane import ArticlePane
from annotator.ui.panels.inspector import Inspector
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import fill

_SIZES = (230, 640, 280)
# The article has room for the palette of labels beside a selection.
_LEAST = (170, 360, 216)


class Desk(QWidget):
    """Puts the parts side by side, and remembers how wide they are in each direction of the interface."""

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.articles = ArticleListPanel(session, theme)
        self.pane = ArticlePane(session, settings, theme)
        self.tagging = self.pane.tagging
        self.inspector = Inspector(session, self.tagging, theme)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part, least in zip((self.articles, self.pane, self.inspector), _LEAST, strict=True):
            part.setMinimumWidth(max(least, part.minimumSizeHint().width()))
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(list(_SIZES))
        # Of the direction it is built in: the language may have changed when the sizes are kept.
        self._key = f"window.{'rtl' if i18n.is_rtl() else 'ltr'}.splitter"
        kept = QByteArray.fromBase64(settings.get(self._key).encode())
        if not kept.isEmpty():
            self.splitter.restoreState(kept)
        self.setLayout(fill(QVBoxLayout(), self.splitter, gap=0))
        self.inspector.tag_activated.connect(self._on_tag_activated)
        for left in (self.inspector.details_left, self.articles.filter_left):
            left.connect(self.pane.view.setFocus)
        self._order_tabs()

    def panes(self) -> tuple[QWidget, QWidget, QWidget]:
        """Return what takes the focus in each part."""
        return self.articles.view, self.pane.view, self.inspector.view

    def keep_sizes(self) -> None:
        """Remember how wide the parts are."""
        self._settings.put(self._key, self.splitter.saveState().toBase64().toStdString())

    def flush(self) -> None:
        """Keep what is being written."""
        self.inspector.flush()

    def retire(self) -> None:
        """Hear nothing more of the session: another desk takes over before this one is gone."""
        receivers: list[QObject] = [self.articles, self.pane, self.inspector]
        for receiver in receivers:
            self._session.disconnect(receiver)

    def _order_tabs(self) -> None:
        """Have Tab go from part to part as they are read, each from its top."""
        bar, details = self.pane.find_bar, self.inspector.details
        stops = (
            *(self.articles.filter, self.articles.view),
            *(self.pane.note_button, self.pane.done_button),
            *(bar.field, bar.previous_button, bar.next_button, bar.close_button),
            *(self.pane.view, self.inspector.view),
            *(*details.labels.values(), *details.edges.values(), details.note, details.delete_button),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _on_tag_activated(self, tag_id: str) -> None:
        self._session.select_tag(tag_id)  # type: ignore[arg-type]  # a tag's id
        self.pane.reveal_tag(tag_id)
