# SPDX-License-Identifier: MIT
"""Ways to the scheme from the window: its editor, its guideline, what of the tags does not fit it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.late import late
from annotator.model.ids import ArticleId, SpanId
from annotator.ui.actions.spec import Situation
from annotator.ui.desk import Desk
from annotator.ui.style import chosen_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.ui.main_window import MainWindow
    from annotator.ui.scheme.dialog import SchemeDialog
    from annotator.ui.scheme.guideline_page import GuidelinePage
    from annotator.ui.scheme.review_page import ReviewPage
else:
    SchemeDialog = late("annotator.ui.scheme.dialog", "SchemeDialog")
    GuidelinePage = late("annotator.ui.scheme.guideline_page", "GuidelinePage")
    ReviewPage = late("annotator.ui.scheme.review_page", "ReviewPage")

GUIDELINE, REVIEW = "guideline", "review"


class SchemeWays(QObject):
    """The scheme's editor and pages of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def add_pages(self, desk: Desk) -> None:
        """Make the pages known to a new desk."""
        desk.drawer.add_page(GUIDELINE, lambda: self._guideline_page(desk))
        desk.drawer.add_page(REVIEW, lambda: self._review_page(desk))
        desk.inspector.guideline_requested.connect(self.open_guideline)

    def edit(self) -> None:
        """Show the editor of the scheme."""
        window = self._window
        window.flush()
        SchemeDialog.ask(window, window.session, window.settings, self.reserved_keys())

    def open_guideline(self) -> None:
        """Show the guideline."""
        drawer = self._window.desk.drawer
        drawer.open_page(GUIDELINE)
        drawer.focus_page()

    def open_review(self) -> None:
        """List what is to be reviewed."""
        drawer = self._window.desk.drawer
        page = drawer.open_page(REVIEW)
        page.open()  # type: ignore[attr-defined]  # see `add_pages`
        drawer.focus_page()

    def reserved_keys(self) -> dict[str, str]:
        """Return what single keys do in the window, apart from those that the scheme gives to labels."""
        commands, now = self._window.commands, Situation()
        if commands is None:
            return {}
        specs = (spec for spec in commands.specs.values() if not spec.id.startswith("label."))
        return {key: spec.shown(now) for spec in specs for key in spec.keys if len(key) == 1}

    def _guideline_page(self, desk: Desk) -> "QWidget":
        page = GuidelinePage(self._window.session.project.scheme, chosen_theme(self._window.settings))
        self._set_text(desk, page)
        desk.pane.view.zoom_changed.connect(lambda _factor: self._set_text(desk, page))
        desk.drawer.page_opened.connect(lambda _page_id: self._set_text(desk, page))
        return page

    def _set_text(self, desk: Desk, page: "GuidelinePage") -> None:
        settings = self._window.settings
        page.set_text(settings.text("text_font"), settings.number("text_size") * desk.pane.view.zoom)

    def _review_page(self, desk: Desk) -> "QWidget":
        search = self._window.hits.new_search()
        search.failed.connect(self._window.tell_error)
        page = ReviewPage(self._window.session, search, chosen_theme(self._window.settings))
        page.title_changed.connect(lambda title: self._show_title(desk, title))
        page.tag_wanted.connect(self._go_to)
        return page

    def _show_title(self, desk: Desk, title: str) -> None:
        if desk.drawer.current == REVIEW:
            desk.drawer.set_title(title)

    def _go_to(self, article_id: str, tag_id: str, start: int, end: int) -> None:
        window = self._window
        window.session.select_article(ArticleId(article_id))
        window.desk.articles.show_current(article_id)
        window.session.select_tag(SpanId(tag_id) if tag_id else None)
        if tag_id:
            window.desk.pane.view.scroll_to(start, end)
        window.update_commands()
