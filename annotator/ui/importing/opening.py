# SPDX-License-Identifier: MIT
"""What the window does to import: files, folders, the clipboard, annotations; asked first, done in jobs, reported.

Loaded when the window starts, so whatever knows a format is loaded when it is used.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.i18n import tr
from annotator.late import late
from annotator.model.ids import ArticleId
from annotator.ops import articles
from annotator.ui.importing.wishes import Again
from annotator.ui.jobs import Progress

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.ops.importing import ImportReport, import_files, import_text
    from annotator.ops.projects import new_project_from
    from annotator.ui.dialogs.import_report import ImportReportDialog, is_plain, summary
    from annotator.ui.importing.annotations import Annotations
    from annotator.ui.importing.asking import Wish, ask
    from annotator.ui.importing.filters import annotation_filters, article_filters
    from annotator.ui.importing.looking import Looked, look
    from annotator.ui.importing.pasting import Pasted, PasteDialog
    from annotator.ui.main_window import MainWindow
else:
    import_files = late("annotator.ops.importing", "import_files")
    import_text = late("annotator.ops.importing", "import_text")
    new_project_from = late("annotator.ops.projects", "new_project_from")
    ImportReportDialog = late("annotator.ui.dialogs.import_report", "ImportReportDialog")
    is_plain = late("annotator.ui.dialogs.import_report", "is_plain")
    summary = late("annotator.ui.dialogs.import_report", "summary")
    Annotations = late("annotator.ui.importing.annotations", "Annotations")
    ask = late("annotator.ui.importing.asking", "ask")
    annotation_filters = late("annotator.ui.importing.filters", "annotation_filters")
    article_filters = late("annotator.ui.importing.filters", "article_filters")
    look = late("annotator.ui.importing.looking", "look")
    PasteDialog = late("annotator.ui.importing.pasting", "PasteDialog")


class Imports(QObject):
    """Imports for one window.

    Attributes:
        report: of the last import of articles, until another project is opened.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session, self._settings, self._jobs = window.session, window.settings, window.jobs
        self.report: ImportReport | None = None
        self._last: Wish | None = None
        self._annotations: Annotations | None = None

    # Asking where

    def choose_files(self) -> None:
        """Ask for files of any kind and import them."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Import articles"), str(self._window.files.folder()), article_filters()
        )
        if chosen:
            self.import_paths([Path(path) for path in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        folder = str(self._window.files.folder())
        path = QFileDialog.getExistingDirectory(self._window, tr("Import a folder"), folder)
        if path:
            self.import_paths([Path(path)])

    def choose_annotations(self) -> None:
        """Ask for a file of annotations and import it."""
        folder = str(self._window.files.folder())
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Import annotations"), folder, annotation_filters())
        if path:
            self.import_annotations([Path(path)])

    def choose_annotation_folder(self) -> None:
        """Ask for a folder of annotations, as brat and Hugging Face have them, and import it."""
        folder = str(self._window.files.folder())
        path = QFileDialog.getExistingDirectory(self._window, tr("Import a folder of annotations"), folder)
        if path:
            self.import_annotations([Path(path)])

    # Files and folders

    def import_paths(self, sources: Iterable[Path]) -> None:
        """Import files and folders into the open project; what must be known is asked first."""
        chosen = list(sources)
        # A note that is left when the job's dialog opens would wait for the job to end.
        self._window.flush()
        self._window.files.remember_folder(chosen[0].parent)
        self._look(chosen, self._take)

    def make_project(self, target: Path, sources: Iterable[Path], annotator: str) -> None:
        """Make a project of the articles or annotations in files and folders, and open it."""
        self._look(list(sources), lambda looked: self._make(target, looked, annotator))

    def import_annotations(self, paths: Iterable[Path]) -> None:
        """Import files of annotations, one after the other; each is asked about."""
        chosen = list(paths)
        self._window.flush()
        self._window.files.remember_folder(chosen[0].parent)
        self._take_annotations([(path, None) for path in chosen])

    def paste(self) -> None:
        """Make an article of the plain text on the clipboard, once its title is settled; files on it are imported."""
        # Where nothing was copied, Qt gives nothing, whatever its types say.
        copied = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        if files:
            self.import_paths(files)
            return
        text = copied.text() if copied.hasText() else QTextDocumentFragment.fromHtml(copied.html()).toPlainText()
        if not text.strip():
            self._window.tell_error(UserError("text_empty"))
            return
        self._window.flush()
        said = PasteDialog.ask(self._window, text)
        if said is not None:
            self._add(text, said)

    def _add(self, text: str, said: "Pasted") -> None:
        try:
            changes = import_text(
                self._session.project,
                text,
                title=said.title,
                outlet=said.outlet,
                url=said.url,
                source=tr("Clipboard"),
            )
        except UserError as error:
            if "article" in error.params:
                self._read(ArticleId(str(error.params["article"])))
            self._window.tell_error(error)
            return
        self._session.announce(changes)
        self._read(next(iter(changes.articles)))

    # Telling

    def show_report(self) -> None:
        """Show the last import report; go where the user wants, or import again what was read wrongly."""
        if self.report is None:
            return
        wish = ImportReportDialog.ask(self._window, self.report)
        if wish is None:
            return
        if not isinstance(wish, Again):
            self._visit(wish.article_id)
            return
        if wish.articles and self._session.run(articles.remove, wish.articles) is None:
            return
        self._import(self._in_encoding(wish))

    def tell_report(self, report: "ImportReport") -> None:
        """Tell how an import went, and show what nobody expects."""
        self.report = report
        taken: list[ArticleId] = [
            file.article_id for file in report.files if file.article_id is not None and file.error is None
        ]
        if taken:
            # In turns: to leave a tag takes as long as to show an article.
            self._jobs.then(lambda: self._session.select_tag(None))
            self._jobs.then(lambda: self._read(taken[0]))
        self._jobs.then(lambda: self._tell_summary(report))

    def _tell_summary(self, report: "ImportReport") -> None:
        self._window.tell(summary(report))
        if not is_plain(report):
            self.show_report()

    def _visit(self, article_id: ArticleId) -> None:
        """Read an article of a report; it may have been removed since."""
        try:
            self._session.project.article(article_id)
        except UserError as error:
            self._window.tell_error(error)
        else:
            self._read(article_id)

    def _read(self, article_id: ArticleId) -> None:
        self._session.select_article(article_id)
        # In an empty project nothing has had the focus until now.
        self._window.desk.pane.view.setFocus()

    # Doing

    def _look(self, paths: list[Path], then: "Callable[[Looked], object]") -> None:
        def work(progress: Progress) -> "Looked":
            return look(paths, progress)

        def done(looked: "Looked") -> None:
            if not self._window.is_closing:
                self._jobs.then(_load_what_asks)
                self._jobs.then(lambda: then(looked))

        self._jobs.start(tr("Looking at the files…"), work, done, self._window.files.tell_failure)

    def _take(self, looked: "Looked") -> None:
        wish = ask(self._window, self._settings, looked)
        if wish is None:
            return
        if wish.articles:
            self._import(wish)
        else:
            self._take_annotations([(one.path, one.format_id) for one in wish.annotations])

    def _import(self, wish: "Wish") -> None:
        self._last = wish
        project = self._session.project

        def work(progress: Progress) -> "tuple[Changes, ImportReport]":
            with project.writer() as own:
                return import_files(own, wish.articles, options=wish.options, per_file=wish.per_file, progress=progress)

        def done(result: "tuple[Changes, ImportReport]") -> None:
            changes, report = result
            self._session.announce_from_job(changes)
            self._jobs.then(lambda: self.tell_report(report))
            self._jobs.then(lambda: self._take_annotations([(one.path, one.format_id) for one in wish.annotations]))

        self._jobs.start(tr("Importing articles…"), work, done, self._window.files.tell_failure)

    def _make(self, target: Path, looked: "Looked", annotator: str) -> None:
        wish = ask(self._window, self._settings, looked)
        if wish is not None and wish.articles:
            self._make_of_articles(target, wish, annotator)
        elif wish is not None and self._window.files.make_empty(target, annotator):
            self._take_annotations([(one.path, one.format_id) for one in wish.annotations])

    def _make_of_articles(self, target: Path, wish: "Wish", annotator: str) -> None:
        self._last = wish

        def work(progress: Progress) -> "ImportReport":
            project, _, report = new_project_from(
                target,
                wish.articles,
                annotator=annotator,
                options=wish.options,
                per_file=wish.per_file,
                progress=progress,
            )
            project.close()
            return report

        def done(report: "ImportReport") -> None:
            self._window.files.open_project(target)
            self.tell_report(report)
            self._take_annotations([(one.path, one.format_id) for one in wish.annotations])

        def failed(error: UserError) -> None:
            report: Any = error.params.get("report")
            if report is None:
                self._window.files.tell_failure(error)
                return
            self._window.tell(summary(report))
            again = ImportReportDialog.ask(self._window, report)
            if isinstance(again, Again):
                self._make_of_articles(target, self._in_encoding(again), annotator)

        self._jobs.start(tr("Importing articles…"), work, done, failed)

    def _in_encoding(self, again: Again) -> "Wish":
        assert self._last is not None  # noqa: S101 - there is a report of it
        return self._last.in_encoding(again.paths, again.encoding)

    def _take_annotations(self, files: "list[tuple[Path, str | None]]") -> None:
        if not files:
            return
        if self._annotations is None:
            self._annotations = Annotations(self._window)
        self._annotations.take(files)


def _load_what_asks() -> None:
    """Load what asks, and nothing else in the same turn of events."""
    import_module("annotator.ui.importing.asking")
