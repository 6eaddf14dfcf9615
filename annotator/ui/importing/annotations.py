# SPDX-License-Identifier: MIT
"""Importing files of annotations, one after the other: surveyed in a job, asked about, taken in a job, reported."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.importers.survey import Survey
from annotator.model.changes import Changes
from annotator.ops.foreign import AnnotationReport, import_annotations, survey_file
from annotator.ui.importing.annotation_report import AnnotationReportDialog
from annotator.ui.importing.survey_dialog import SurveyDialog
from annotator.ui.importing.what import FormatDialog
from annotator.ui.importing.wishes import Visit
from annotator.ui.jobs import Progress
from annotator.ui.style import chosen_theme

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Annotations(QObject):
    """Imports annotations for one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session, self._jobs = window.session, window.jobs
        self._waiting: list[tuple[Path, str | None]] = []

    def take(self, files: list[tuple[Path, str | None]]) -> None:
        """Import files, each with its format or None where it is to be recognised; whoever cancels stops all."""
        self._waiting = list(files)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        path, format_id = self._waiting.pop(0)

        def work(progress: Progress) -> Survey:
            # How many there are is what the survey is to find out.
            return survey_file(path, format_id, lambda done: progress(done, 0, path.name))

        def failed(error: UserError) -> None:
            if error.key == "foreign_unknown":
                self._ask_format(path)
            else:
                self._window.files.tell_failure(error)

        self._jobs.start(tr("Looking at the annotations…"), work, self._ask, failed)

    def _ask_format(self, path: Path) -> None:
        if self._window.is_closing:
            return
        format_id = FormatDialog.ask(self._window, path.name)
        if format_id is not None:
            self._waiting.insert(0, (path, format_id))
            self._next()

    def _ask(self, survey: Survey) -> None:
        if self._window.is_closing:
            return
        theme = chosen_theme(self._window.settings)
        taking = SurveyDialog.ask(self._window, survey, self._session.project.scheme, theme)
        if taking is None:
            return
        project = self._session.project

        def work(progress: Progress) -> tuple[Changes, AnnotationReport]:
            with project.writer() as own:
                return import_annotations(
                    own,
                    survey.path,
                    survey.format_id,
                    mapping=taking.mapping,
                    surveyed=survey,
                    new_articles=taking.new_articles,
                    progress=progress,
                )

        self._jobs.start(tr("Importing annotations…"), work, self._on_taken, self._window.files.tell_failure)

    def _on_taken(self, result: tuple[Changes, AnnotationReport]) -> None:
        changes, report = result
        self._session.announce_from_job(changes)
        self._window.tell(trn("{n} tag imported.", "{n} tags imported.", report.tags.taken))
        if self._session.article_id is None and report.new_articles:
            self._session.select_article(report.new_articles[0])
        visit = AnnotationReportDialog.ask(self._window, report)
        if visit is not None:
            self._go(visit)
        self._next()

    def _go(self, visit: Visit) -> None:
        """Read the article, with the words in sight if it has them, at the place that is nearest."""
        self._session.select_article(visit.article_id)
        view = self._window.desk.pane.view
        places = _places(self._session.project.text(visit.article_id), visit.quote)
        if places:
            start = min(places, key=lambda place: abs(place - visit.near))
            view.select(start, start + len(visit.quote))
            view.scroll_to(start, start + len(visit.quote))
        view.setFocus()


def _places(text: str, quote: str) -> list[int]:
    found: list[int] = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        found.append(start)
        start = text.find(quote, start + 1)
    return found
