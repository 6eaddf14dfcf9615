# SPDX-License-Identifier: MIT
"""Ways to the near duplicates: their page, finding them in a job, joining and separating the chosen articles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from annotator.i18n import tr, trn
from annotator.late import LateModule, late
from annotator.model.changes import ActKind, Changes, Op
from annotator.model.ids import ArticleId
from annotator.project import News
from annotator.ui.jobs import Progress
from annotator.ui.style import chosen_theme

if TYPE_CHECKING:
    from annotator.ops import duplicates
    from annotator.ui.desk import Desk
    from annotator.ui.duplicates.measuring import Measuring
    from annotator.ui.duplicates.page import DuplicatesPage
    from annotator.ui.main_window import MainWindow
else:
    # What measures likeness takes a while to load.
    duplicates = LateModule("annotator.ops.duplicates")
    Measuring = late("annotator.ui.duplicates.measuring", "Measuring")
    DuplicatesPage = late("annotator.ui.duplicates.page", "DuplicatesPage")

PAGE = "duplicates"


class Duplicates(QObject):
    """The near duplicates of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._made_measuring: Measuring | None = None
        self._imported = 0
        self._session.changes_committed.connect(self._on_changes_committed)
        window.jobs.ended.connect(self._on_job_ended)

    def add_pages(self, desk: "Desk") -> None:
        """Make the page known to a new desk."""
        desk.drawer.add_page(PAGE, self._page)

    def open(self) -> None:
        """Show the groups, at that of the article that is read."""
        drawer = self._window.desk.drawer
        page = cast("DuplicatesPage", drawer.open_page(PAGE))
        page.go_to(self._session.article_id)
        drawer.focus_page()

    def find(self) -> None:
        """Find near duplicates among all articles, in a job, and show them."""
        self._window.flush()
        project = self._session.project

        def work(progress: Progress) -> Changes:
            with project.writer() as own:
                return duplicates.group_duplicates(own, progress)

        def done(changes: Changes) -> None:
            self._session.announce(changes)
            self.open()
            groups = sum(len(members) > 1 for members in self._session.project.duplicate_groups().values())
            found = trn("{n} group of near duplicates was found.", "{n} groups of near duplicates were found.", groups)
            self._window.tell(found if groups else tr("No article is nearly the same as another."))

        self._window.jobs.start(tr("Looking for near duplicates…"), work, done, self._window.files.tell_failure)

    def join(self, article_ids: Sequence[ArticleId] | None = None) -> None:
        """Say that articles, or else those that are chosen in the list, are near duplicates."""
        chosen = self._window.article_acts.chosen() if article_ids is None else article_ids
        self._session.run(duplicates.set_duplicate_group, chosen)

    def separate(self, article_ids: Sequence[ArticleId] | None = None) -> None:
        """Say that articles, or else those that are chosen in the list, are no near duplicates of their group."""
        chosen = self._window.article_acts.chosen() if article_ids is None else article_ids
        changes = self._session.run(duplicates.ungroup, chosen)
        if changes is not None and not changes.seq:
            self._window.tell(tr("None of the chosen articles has near duplicates."))

    @property
    def _measuring(self) -> "Measuring":
        # Of the window and not of the page: a page that is built anew must not take a running thread with it.
        if self._made_measuring is None:
            self._made_measuring = Measuring(self._session, self)
        return self._made_measuring

    def _page(self) -> "DuplicatesPage":
        page = DuplicatesPage(self._session, chosen_theme(self._window.settings), self._measuring)
        page.find_requested.connect(self.find)
        page.gone_to.connect(lambda id_: self._session.select_article(ArticleId(id_)))
        page.entered.connect(self._go_on_in)
        page.join_requested.connect(self.join)
        page.separate_requested.connect(self.separate)
        return page

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        is_own = changes.kind is ActKind.DO and not isinstance(initiator, News)
        is_import = changes.op is Op.IMPORT_ARTICLES and is_own
        self._imported = len(changes.rows) + changes.spilled if is_import else 0

    def _on_job_ended(self) -> None:
        """After an import of several articles, say quietly what may be done next."""
        imported, self._imported = self._imported, 0
        if imported > 1 and self._session.is_open:
            hint = tr("{keys} looks for near duplicates.", keys=self._window.action("duplicates").shortcut().toString())
            self._window.tell(f"{self._window.status.message} {hint}")

    def _go_on_in(self, article_id: str) -> None:
        self._session.select_article(ArticleId(article_id))
        self._window.desk.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
