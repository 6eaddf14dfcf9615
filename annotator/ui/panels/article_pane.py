# SPDX-License-Identifier: MIT
"""The middle of the window: the article that is read, with its title, its state and what is looked for in it.

Built in two steps: first what the first paint shows, then, by `complete`, what is hidden until it is asked for.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout

from annotator import i18n
from annotator.i18n import tr, tr_marked
from annotator.late import late
from annotator.model.article import Article, ArticleState
from annotator.model.changes import Changes
from annotator.model.ids import SpanId
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.article.view import ArticleView
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import ContentLabel, FlatButton, column, fill, label, panel, row

if TYPE_CHECKING:
    from annotator.ui.article.hints import BoilerplateHints
    from annotator.ui.article_arcs import article_arcs
    from annotator.ui.panels.article_list import empty_hint
    from annotator.ui.panels.find_bar import FindBar
    from annotator.ui.panels.particulars import origin_line
    from annotator.ui.panels.tag_palette import TagPalette
    from annotator.ui.relating import Relating
    from annotator.ui.tagging import Tagging
else:
    BoilerplateHints = late("annotator.ui.article.hints", "BoilerplateHints")
    article_arcs = late("annotator.ui.article_arcs", "article_arcs")
    empty_hint = late("annotator.ui.panels.article_list", "empty_hint")
    FindBar = late("annotator.ui.panels.find_bar", "FindBar")
    origin_line = late("annotator.ui.panels.particulars", "origin_line")
    TagPalette = late("annotator.ui.panels.tag_palette", "TagPalette")
    Relating = late("annotator.ui.relating", "Relating")
    Tagging = late("annotator.ui.tagging", "Tagging")


class ArticlePane(QFrame):
    """Shows the article that is read and keeps it in step with the file.

    Signals:
        done_requested: the article's state is to be turned between done and in progress.
        note_requested: the article's note is to be written.
    """

    done_requested = Signal()
    note_requested = Signal()

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session, self._settings, self._theme = session, settings, theme
        self._headed: tuple[Article, ArticleState] | None = None
        self._says_done: bool | None = None
        self.view = ArticleView()
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.title = ContentLabel("article")
        self._details = label(role="muted")
        self.origin_line = ContentLabel("muted", leading=True)
        self.note_line = ContentLabel("muted")
        self.done_button = QPushButton()
        self.done_button.setCheckable(True)
        self.note_button = FlatButton(tr("Note of the article"), self.note_requested.emit)
        self.note_button.setIcon(icons.icon("note", theme))
        self._reads = self._reading()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._reads)
        self.setLayout(fill(QVBoxLayout(), self._stack))
        self.apply_settings()
        if session.article_id is not None:
            article = session.project.article(session.article_id)
            self._show_head(article)
            self._show_text(article)

    def complete(self) -> None:
        """Build what is hidden at first, and hear of what happens."""
        session, theme = self._session, self._theme
        self._hints = BoilerplateHints(self.view)
        self.tagging = Tagging(session, self.view)
        self.relating = Relating(session, self.view, theme)
        self.find_bar = FindBar(self.view, theme)
        layout = self._reads.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by `_reading`
        layout.insertWidget(1, self.find_bar)
        self.palette_box = TagPalette(self.view, session.project.scheme, theme)
        self.palette_box.setEnabled(not session.project.read_only)
        self._empty = empty_hint()
        self._stack.addWidget(self._empty)
        self._connect_signals()
        if session.article_id is None:
            self.show_article("")
        else:
            self._follow(session.project.text(session.article_id))

    def apply_settings(self) -> None:
        """Set the text as the settings say."""
        self.view.set_theme(self._theme)
        self.view.set_text_font(self._settings.text("text_font"), self._settings.number("text_size"))
        self.view.set_line_spacing(self._settings.number("line_spacing"))
        self.view.set_show_invisibles(self._settings.switch("show_invisibles"))
        self.view.set_show_arcs(self._settings.switch("show_arcs"))

    def show_article(self, article_id: str) -> None:
        """Show another article, from its beginning."""
        self.palette_box.hide()
        self.relating.cancel()
        if not article_id:
            self._show_none()
            return
        self._stack.setCurrentWidget(self._reads)
        with self._session.first_sight():
            # Another may have been selected meanwhile.
            article = self._session.project.article(self._session.article_id)  # type: ignore[arg-type]
            text = self._show_text(article)
            # Before any other part of the window hears of the article. The head is as high for all articles.
            self.view.paint_now()
        self._show_head(article)
        self._follow(text)

    def _show_none(self) -> None:
        self.view.clear_article()
        self.find_bar.set_text("")
        self._headed = None
        for line in (self.title, self.origin_line, self.note_line):
            line.show_text("")
        self._details.clear()
        self._show_buttons(done=False, writable=False)
        # Where there are articles, another one is about to be read at the same place.
        self._stack.setCurrentWidget(self._reads if self._session.project.article_count() else self._empty)

    def _show_text(self, article: Article) -> str:
        """Show an article's text and tags; return the text."""
        project = self._session.project
        text = project.text(article.id)
        # Naming the ends of relations takes much that is not loaded yet where there are none.
        arcs = article_arcs(self._session) if self._session.relations() else []
        self.view.show_article(article.id, text, self._session.spans(), project.scheme, arcs)
        self.view.set_boilerplate(article.boilerplate)
        return text

    def _follow(self, text: str) -> None:
        """Have what belongs to the article, but is no part of its text, know it."""
        self._hints.refresh()
        self.relating.follow_tag()
        self.find_bar.set_text(text)

    def reveal_tag(self, tag_id: str) -> None:
        """Show the current tag's exact extent, and bring it into sight with the caret on it."""
        self.view.set_current_tag(tag_id or None)
        self.relating.follow_tag()
        span = self._session.span(tag_id)
        if span is None:
            return
        if self.view.snapped_selection() is None and not span.start <= self.view.caret() <= span.end:
            self.view.select(span.start, span.start)
        self.view.scroll_to(span.start, span.end)

    def _reading(self) -> QFrame:
        facts = row(self._details, self.origin_line, self.note_line, gap=12)
        facts.setStretch(1, 2)
        facts.setStretch(2, 3)
        names = column(self.title, facts, gap=2)
        line = row(names, self.note_button, self.done_button, gap=8)
        line.setContentsMargins(18, 10, 14, 10)
        line.setStretch(0, 1)
        head = QFrame()
        head.setProperty("role", "header")
        head.setLayout(line)
        return panel("page", QVBoxLayout(), head, self.view, gap=0)

    def _connect_signals(self) -> None:
        self.view.tag_clicked.connect(lambda tag_id: self._session.select_tag(SpanId(tag_id)))
        self.view.cursorPositionChanged.connect(self._on_caret_moved)
        self.palette_box.label_chosen.connect(self.tagging.apply)
        self.done_button.clicked.connect(self.done_requested)
        self._session.article_selected.connect(self.show_article)
        self._session.tag_selected.connect(self.reveal_tag)
        self._session.changes_committed.connect(self._on_changes_committed)

    def _on_caret_moved(self) -> None:
        """A caret that leaves the current tag leaves it alone: a key pressed there must not change it."""
        span = self._session.span(self._session.tag_id)
        if span is None or self.view.selection() is not None or not self.view.hasFocus():
            return
        if not span.start <= self.view.caret() <= span.end:
            self._session.select_tag(None)

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        article_id = self._session.article_id
        if article_id is None:
            return
        if article_id not in changes.articles:
            if changes.registry_changed or changes.scheme_changed:  # names of ends and of relations
                self.relating.refresh()
            return
        if any(isinstance(row.record, Article) and row.after is None for row in changes.rows):
            return  # it is gone, and another will be selected
        change = self._session.span_change(changes)
        self.view.change_spans(change)
        self.view.set_current_tag(self._session.tag_id)
        self.relating.heed(changes, change)
        article = self._session.project.article(article_id)
        self._show_boilerplate(article)
        # What was done is seen where the eye is before any panel tells of it.
        self.view.paint_now()
        self._show_head(article)

    def _show_boilerplate(self, article: Article) -> None:
        self.view.set_boilerplate(article.boilerplate)
        self._hints.refresh()

    def _show_head(self, article: Article) -> None:
        tags = len(self._session.spans())
        touched = article.state is ArticleState.UNTOUCHED and tags
        state = ArticleState.IN_PROGRESS if touched else article.state
        if self._headed != (article, state):  # most acts leave it as it was
            self._headed = article, state
            self._show_names(article, state)
        # A click has turned the button before an act that may be refused.
        self._show_buttons(done=article.state is ArticleState.DONE, writable=not self._session.project.read_only)

    def _show_names(self, article: Article, state: ArticleState) -> None:
        self.title.show_text(article.title)
        self._details.setText(tr_marked(i18n.STATE_NAMES[state]))
        if article.outlet or article.date:
            self.origin_line.show_text(origin_line(article.outlet, article.date))
        self.origin_line.setVisible(bool(article.outlet or article.date))
        self.note_line.show_text(article.note)
        # An empty line keeps the state at its beginning where nothing else does.
        self.note_line.setVisible(bool(article.note) or self.origin_line.isHidden())

    def _show_buttons(self, *, done: bool, writable: bool) -> None:
        if self._says_done is not done or self.done_button.isChecked() is not done:
            self._says_done = done
            self.done_button.setChecked(done)
            self.done_button.setText(tr("Done") if done else tr("Mark done"))
            self.done_button.setIcon(icons.icon("state-done" if done else "check", self._theme))
        self.done_button.setEnabled(writable)
        self.note_button.setEnabled(writable)
