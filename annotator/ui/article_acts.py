# SPDX-License-Identifier: MIT
"""What the hand does to whole articles: state, note, title, removal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.i18n import tr, trn
from annotator.late import late
from annotator.model.article import ArticleState
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.ops import articles
from annotator.ui.dialogs.prompts import ConfirmDialog, LineDialog, NoteDialog
from annotator.ui.jobs import Progress
from annotator.ui.style import chosen_theme

if TYPE_CHECKING:
    from annotator.ui.dialogs.particulars import ParticularsDialog
    from annotator.ui.main_window import MainWindow
else:
    ParticularsDialog = late("annotator.ui.dialogs.particulars", "ParticularsDialog")

#: What takes longer with more articles is a job.
_AT_ONCE = 50


class ArticleActs(QObject):
    """Acts on the articles that are chosen in the list."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def set_state(self, state: ArticleState) -> None:
        """Mark the chosen articles."""
        self._session.run(articles.set_state, self.chosen(), state)

    def toggle_done(self) -> None:
        """Turn the article that is read between done and in progress."""
        article_id = self._session.article_id
        if article_id is None:
            return
        done = self._session.project.article(article_id).state is ArticleState.DONE
        state = ArticleState.IN_PROGRESS if done else ArticleState.DONE
        self._session.run(articles.set_state, [article_id], state)

    def edit_note(self) -> None:
        """Ask for the note of the article that is read."""
        article_id = self._session.article_id
        if article_id is None:
            return
        note = self._session.project.article(article_id).note
        written = NoteDialog.ask(self._window, tr("Note of the article"), note)
        if written is not None and written != note:
            self._session.run(articles.set_note, article_id, written)

    def rename(self) -> None:
        """Ask for another title of the article that is read."""
        article_id = self._session.article_id
        if article_id is None:
            return
        title = self._session.project.article(article_id).title
        written = LineDialog.ask(self._window, tr("Title of the article"), title, tr("Change the title"))
        if written is not None and written.strip() != title:
            self._session.run(articles.set_title, article_id, written)

    def edit_particulars(self) -> None:
        """Ask for the particulars of the chosen articles, and write what was changed; of many, in a job."""
        chosen = self.chosen()
        if not chosen:
            return
        self._window.flush()
        common = self._session.project.common_particulars(chosen)
        wish = ParticularsDialog.ask(self._window, chosen_theme(self._window.settings), len(chosen), common)
        if not wish:
            return
        if len(chosen) <= _AT_ONCE:
            self._session.run(articles.set_particulars, chosen, None, **wish)
            return
        project = self._session.project

        def work(progress: Progress) -> Changes:
            with project.writer() as own:
                return articles.set_particulars(own, chosen, progress, **wish)

        title = tr("Writing the particulars…")
        self._window.jobs.start(title, work, self._session.announce_from_job, self._window.files.tell_failure)

    def remove(self) -> None:
        """Take the chosen articles out of the project, saying first what goes along."""
        chosen = self.chosen()
        if not chosen or not self._agreed(chosen):
            return
        panel = self._window.desk.articles
        row = max(0, panel.view.currentIndex().row())
        if self._session.run(articles.remove, chosen) is not None:
            panel.open_row(min(row, panel.model.rowCount() - 1))

    def _agreed(self, chosen: list[ArticleId]) -> bool:
        tags = sum(self._session.project.article_summary(article_id).tags for article_id in chosen)
        what = trn(
            "{n} article is removed from the project.", "{n} articles are removed from the project.", len(chosen)
        )
        along = trn("{n} tag goes with it.", "{n} tags go with it.", tags) if tags else tr("There are no tags in it.")
        back = tr("You can undo this.")
        return ConfirmDialog.ask(self._window, tr("Remove from the project?"), f"{what} {along} {back}", tr("Remove"))

    def chosen(self) -> list[ArticleId]:
        """Return the articles that are chosen in the list, or else the one that is read."""
        selected = self._window.desk.articles.selected()
        current = self._session.article_id
        return selected or ([current] if current is not None else [])
