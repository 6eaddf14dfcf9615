# SPDX-License-Identifier: MIT
"""One round of work in one language and theme: the steps, each of which proves what it did by asking the project."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from annotator import i18n
from annotator.exporters import EXTRAS, FORMATS
from annotator.model.article import ArticleState
from annotator.ops.checking import check
from annotator.project import SUFFIX, Project
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.export_report import ExportReportDialog
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.prompts import NameDialog
from annotator.ui.scheme.files import NewSchemeDialog
from annotator.ui.tour.driving import ANALYST, expect
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.pictures import Album
from annotator.ui.tour.tagger import Tagger

_OUTLET, _DATE = "الجزيرة نت", "2025-03-01"
_TWO = (0, 1)
_FEW = 3

Step = tuple[str, Callable[[], None]]


class Round(Tagger):
    """Takes a window from its start page to exported files.

    Args:
        app: see `Driver`.
        source: a folder or file of articles, or a project (a copy, as it will be changed).
        folder: where project and exports go.
        album: see `Driver`.
        language: see `Driver`.
        theme: see `Driver`.
        thorough: whether every format is exported, which takes half a minute; else the first few.
    """

    def __init__(
        self,
        app: QApplication,
        source: Path,
        folder: Path,
        album: Album,
        *,
        language: str,
        theme: str,
        thorough: bool = True,
    ) -> None:
        super().__init__(app, folder, album, language=language, theme=theme)
        self._source = source
        self._thorough = thorough
        self.project_path = source if source.suffix == SUFFIX else folder / f"tour{SUFFIX}"
        self.exports: list[Path] = []

    def steps(self) -> Iterator[Step]:
        """Yield the steps in order, by name."""
        yield "start", self.start
        if self._source.suffix == SUFFIX:
            yield "open", self.open_project
        else:
            yield "new-project", self.new_project
            yield "import", self.import_articles
        yield "tag-by-mouse", self.tag_by_mouse
        yield "drag-and-key", self.drag_and_press
        yield "overlap", self.overlap
        yield "inside-a-word", self.tag_inside_a_word
        yield "name-of-a-word", self.tag_name_of_a_word
        yield "keyboard-alone", self.tag_by_keyboard
        yield "second-article", self.tag_second_article
        yield "change-a-tag", self.change_a_tag
        yield "undo-and-redo", self.undo_and_redo
        yield "find", self.find
        yield "mark-done", self.mark_done
        yield "particulars", self.write_particulars
        yield "boilerplate", self.mark_boilerplate
        yield "near-duplicates", self.group_duplicates
        yield "import-table", self.import_table
        yield "import-annotations", self.import_annotations
        yield "history", self.show_history
        yield "close-and-open", self.close_and_open
        yield "export", self.export
        yield "switch-language", self.switch_language
        yield "check", self.check

    # Opening

    def start(self) -> None:
        """Show the start page."""
        self._show_window()
        expect(self._start_page.isVisible(), "the start page is shown")
        self._picture("start")

    def new_project(self) -> None:
        """Click "New project", name the file, give the annotator's name, take the usual scheme."""

        def name_file(dialog: QFileDialog) -> None:
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            if field is None:
                raise TourError("the file dialog has no field for the name")
            self._hand.write(field, str(self.project_path))
            self._hand.press("Return", field)

        def give_name(dialog: NameDialog) -> None:
            self._hand.write(dialog.field, ANALYST)
            self._picture("name", dialog)
            self._hand.press("Return", dialog.field)

        def take_scheme(dialog: NewSchemeDialog) -> None:
            self._picture("which-scheme", dialog)
            self._hand.press("Return", dialog)

        hand, card = self._hand, self._start_page.cards["new"]
        # Each dialog opens while the click that opened the first is still being dealt with.
        hand.answer(
            NewSchemeDialog,
            take_scheme,
            lambda: hand.answer(
                NameDialog,
                give_name,
                lambda: hand.answer(QFileDialog, name_file, lambda: hand.click(card)),
            ),
        )
        self._hand.wait_until(lambda: self._program_is_open, "the new project is open")
        expect(self._project.path == self.project_path, "the project lies where it was to")
        self._picture("new-project")

    def open_project(self) -> None:
        """Open a project that was given."""
        self._settings.set("annotator_name", ANALYST)
        self._hand.drop(self._window, [str(self.project_path)])
        self._hand.wait_until(lambda: self._program_is_open, "the project is open")
        self._picture("opened")

    def import_articles(self) -> None:
        """Drop the articles onto the window."""
        self._hand.drop(self._window, [str(self._source)])
        self._hand.wait_until(lambda: not self._window.jobs.busy, "the import has ended")
        self._hand.wait_until(lambda: self._window.session.article_id is not None, "an article is shown")
        expect(self._project.article_count() > 0, "articles were imported")
        self._picture("imported")

    # The article

    def mark_done(self) -> None:
        """Click "Mark done"."""
        article_id = self._article_id
        self._hand.click(self._window.desk.pane.done_button)
        expect(self._project.article(article_id).state is ArticleState.DONE, "the article is done")
        self._picture("done")

    def write_particulars(self) -> None:
        """Unfold the particulars of the article and write its outlet and date."""
        self._window.session.select_tag(None)
        section = self._window.desk.inspector.particulars
        self._hand.click(section.fold.head)
        form = section.form
        if form is None:
            raise TourError("the particulars are not unfolded")
        for name, value in (("outlet", _OUTLET), ("date", _DATE)):
            self._hand.write(form.lines[name].line, value)
            self._hand.press("Return", form.lines[name].line)
        article = self._project.article(self._article_id)
        expect((article.outlet, article.date) == (_OUTLET, _DATE), "outlet and date are kept")
        self._picture("particulars")
        self._hand.click(section.fold.head)

    def mark_boilerplate(self) -> None:
        """Mark the first line as boilerplate by its key, and take the mark away again."""
        view, before = self._view, self._project.article(self._article_id).boilerplate
        view.setFocus()
        view.verticalScrollBar().setValue(0)
        view.select(0, len(self._text.partition("\n")[0]))
        self._hand.press_key_of(self._window.action("mark_boilerplate"))
        expect(self._project.article(self._article_id).boilerplate != before, "the key marks what is selected")
        view.clear_selection()
        self._picture("boilerplate")
        self._hand.press_key_of(self._window.action("undo"))
        expect(self._project.article(self._article_id).boilerplate == before, "undo takes the mark away")

    def group_duplicates(self) -> None:
        """Join two articles as near duplicates, look at the group, and undo it."""
        articles = self._window.desk.articles.view
        if articles.model().rowCount() < len(_TWO):
            return
        article_id, before = self._article_id, self._project.duplicate_groups()
        articles.selectionModel().clearSelection()
        for number in _TWO:
            articles.selectionModel().select(
                articles.model().index(number, 0), QItemSelectionModel.SelectionFlag.Select
            )
        self._window.action("join_duplicates").trigger()
        expect(self._project.duplicate_groups() != before, "two articles are joined")
        self._hand.press_key_of(self._window.action("duplicates"))
        drawer = self._window.desk.drawer
        expect(drawer.current == "duplicates", "the key opens the near duplicates")
        self._picture("near-duplicates")
        self._hand.click(drawer.close_button)
        self._hand.press_key_of(self._window.action("undo"))
        expect(self._project.duplicate_groups() == before, "undo separates them")
        self._window.session.select_article(article_id)

    def show_history(self) -> None:
        """Show all acts."""

        def look(dialog: HistoryDialog) -> None:
            self._picture("history", dialog)
            self._hand.press("Escape", dialog)

        self._hand.answer(HistoryDialog, look, lambda: self._hand.press_key_of(self._window.action("history")))

    # Closing, exporting

    def close_and_open(self) -> None:
        """Close the program, start it again, and find everything through the list of recent projects."""
        before = self._state()
        self.finish()
        self._show_window()
        page = self._start_page
        self._picture("start-again")
        self._hand.click(page.recent[str(self.project_path)])
        self._hand.wait_until(lambda: self._program_is_open, "the project is open again")
        expect(self._state() == before, "everything is there after closing and opening")
        expect(self._project.undoable() is not None, "undo survives closing")
        self._picture("opened-again")

    def export(self) -> None:
        """Export to every format that this installation can write, or to a few of them."""
        for format_id, each in list(FORMATS.items())[: None if self._thorough else _FEW]:
            if each.extra is None or EXTRAS[each.extra].installed:
                self._export_to(format_id)

    def _export_to(self, format_id: str) -> None:
        # Of a format that makes a folder the name is told apart by that of the format.
        destination = self._folder / "exports" / f"tour{FORMATS[format_id].suffix or f'-{format_id}'}"
        destination.parent.mkdir(exist_ok=True)

        def fill(dialog: ExportDialog) -> None:
            self._hand.press("Home", dialog.formats)
            for _ in range(list(FORMATS).index(format_id)):
                self._hand.press("Down", dialog.formats)
            expect(dialog.format.id == format_id, f"the format {format_id} can be chosen by key")
            self._hand.write(dialog.destination, str(destination))
            self._hand.wait_until(lambda: not dialog.preview.is_busy, "what will be lost is counted")
            self._picture(f"export-{format_id}", dialog)
            if not self.exports:
                self._show_pages(dialog)
            self._hand.click(dialog.ok)

        def read(dialog: ExportReportDialog) -> None:
            self._picture(f"export-report-{format_id}", dialog)
            self._hand.press("Escape", dialog)

        export = self._window.action("export")
        self._hand.answer(
            ExportReportDialog,
            read,
            lambda: self._hand.answer(ExportDialog, fill, lambda: self._hand.press_key_of(export)),
        )
        expect(destination.stat().st_size > 0, f"{destination.name} was written")
        self.exports.append(destination)

    def _show_pages(self, dialog: ExportDialog) -> None:
        """Turn to the choices and the splits, and back, by the keys that turn pages."""
        bar = dialog.tabs.tabBar()
        for name in ("choices", "splits"):
            self._hand.press("Left" if i18n.is_rtl() else "Right", bar)
            self._picture(f"export-{name}", dialog)
        dialog.tabs.setCurrentIndex(0)

    def switch_language(self) -> None:
        """Switch the language while the article is open, and back."""
        here = i18n.language()
        other = "en" if here == "ar" else "ar"
        for language in (other, here):
            self._window.action(f"language.{language}").trigger()
            self._hand.settle()
            expect(i18n.language() == language, "the language changes while the program runs")
            rtl = self._window.layoutDirection() is Qt.LayoutDirection.RightToLeft
            expect(rtl == (language == "ar"), "the window is mirrored in Arabic")

    def check(self) -> None:
        """Close the window and check the project file from end to end."""
        self.finish()
        with Project.open(self.project_path, read_only=True) as project:
            problems = check(project).problems
        expect(not problems, f"the project is sound: {problems}")
