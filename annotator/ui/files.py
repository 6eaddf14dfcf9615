# SPDX-License-Identifier: MIT
"""Projects that are made, opened, exported and checked: asking where, doing it in a job, telling how it went."""

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator import i18n, paths
from annotator.errors import UserError
from annotator.files import is_database
from annotator.i18n import tr, trn
from annotator.late import late
from annotator.project import SUFFIX, Project
from annotator.ui.jobs import Progress
from annotator.ui.waiting import Task, begun
from annotator.ui.wording import project_filter

if TYPE_CHECKING:
    from annotator.exporters import ExportReport
    from annotator.ops.checking import CheckReport, check
    from annotator.ops.exporting import export
    from annotator.ops.passwords import Key, key_of_new
    from annotator.ops.projects import default_project_path, load_scheme, new_project, with_suffix
    from annotator.ui.dialogs.export import ExportDialog
    from annotator.ui.dialogs.export_report import ExportReportDialog
    from annotator.ui.dialogs.prompts import ConfirmDialog, MessageDialog, NameDialog
    from annotator.ui.exporting.material import Material
    from annotator.ui.main_window import MainWindow
    from annotator.ui.passwords.dialogs import PasswordDialog
    from annotator.ui.scheme.files import NewSchemeDialog
else:
    # What knows the formats and reports on them is a tenth of the program, and opening a project does without.
    check = late("annotator.ops.checking", "check")
    export = late("annotator.ops.exporting", "export")
    key_of_new = late("annotator.ops.passwords", "key_of_new")
    default_project_path = late("annotator.ops.projects", "default_project_path")
    load_scheme = late("annotator.ops.projects", "load_scheme")
    new_project = late("annotator.ops.projects", "new_project")
    with_suffix = late("annotator.ops.projects", "with_suffix")
    ExportDialog = late("annotator.ui.dialogs.export", "ExportDialog")
    ExportReportDialog = late("annotator.ui.dialogs.export_report", "ExportReportDialog")
    ConfirmDialog = late("annotator.ui.dialogs.prompts", "ConfirmDialog")
    MessageDialog = late("annotator.ui.dialogs.prompts", "MessageDialog")
    NameDialog = late("annotator.ui.dialogs.prompts", "NameDialog")
    Material = late("annotator.ui.exporting.material", "Material")
    PasswordDialog = late("annotator.ui.passwords.dialogs", "PasswordDialog")
    NewSchemeDialog = late("annotator.ui.scheme.files", "NewSchemeDialog")

T = TypeVar("T")

#: A project that cannot be written to can still be read.
_READABLE = frozenset({"project_locked", "project_read_only", "path_unwritable", "beside_unwritable"})
_SEEDS = "seeds"
#: Of more problems than these the rest is counted; `tawsim check` lists all.
_MOST_TOLD = 20


class Files(QObject):
    """Opens, makes, exports and checks for one window; `annotator.ui.importing` imports."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session, self._settings, self._jobs = window.session, window.settings, window.jobs
        # What `open_at_once` has not waited for.
        self._begun: tuple[Path, Task[Project]] | None = None

    # Opening

    def begin(self, source: Path | None, *, seeds: bool = False) -> None:
        """Begin as the program was called: ask a new user's name once, then open what was asked for."""
        if self._annotator() is None:
            return
        if seeds:
            self.open_seeds()
        elif source is not None:
            self.open_path(source)

    def open_at_once(self, path: Path | None, *, tell: bool = True, patience_s: float = -1) -> bool:
        """Open a project if that takes no question; what fails is left to `begin`, which says why.

        So is what takes longer than `patience_s`: the window is not seen yet, and stands still until then. Without
        `tell` nobody hears of it yet, as with `Session.open`.
        """
        name = self._settings.text("annotator_name").strip()
        if path is None or path.suffix != SUFFIX or not name:
            return False
        if self._begun is None:
            self._begun = path.absolute(), begun(partial(Project.open, path.absolute(), annotator=name))
            if not self._begun[1].is_done(patience_s):
                return False
            task, self._begun = self._begun[1], None
            with contextlib.suppress(UserError):
                self._show(task.end(), tell=tell)
                return True
        return False

    def new_project(self) -> None:
        """Ask for a place and make a project there."""
        offered = self.folder() / (tr("My project") + SUFFIX)
        path, _ = QFileDialog.getSaveFileName(self._window, tr("New project"), str(offered), project_filter())
        name = self._annotator() if path else None
        if not name:
            return
        target = with_suffix(Path(path))
        try:
            if target.is_file():  # the system's dialog has asked already
                raise UserError("project_exists", path=target)
        except UserError as error:
            self.tell_failure(error)
            return
        wish = NewSchemeDialog.ask(self._window)
        if wish is None:
            return

        def make(key: "Key | None") -> None:
            try:
                scheme = load_scheme(wish.scheme)
                self._go_to(begun(partial(new_project, target, annotator=name, scheme=scheme, key=key)))
            except UserError as error:
                self.tell_failure(error)

        if wish.password:
            title = tr("Encrypting the project…")
            self._jobs.start(title, lambda _: key_of_new(wish.password), make, self.tell_failure, stoppable=False)
        else:
            make(None)

    def choose_project(self) -> None:
        """Ask for a project and open it."""
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Open project"), str(self.folder()), project_filter())
        if path:
            self.open_path(Path(path))

    def choose_folder(self) -> None:
        """Ask for a folder of articles and open a project of it."""
        path = QFileDialog.getExistingDirectory(self._window, tr("Open a folder of articles"), str(self.folder()))
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a project, or a project of the articles in a folder or file."""
        with self._session.opening():
            if not self._found(path.exists):
                key = "project_missing" if path.suffix == SUFFIX else "file_missing"
                self.tell_failure(UserError(key, path=path))
            elif path.suffix == SUFFIX or self._found(partial(is_database, path)):
                self.open_project(path)
            else:
                self._open_articles(path)

    def open_seeds(self) -> None:
        """Open the project of the sample articles, making it the first time."""
        source = paths.seeds()
        if source is None:
            self.tell_failure(UserError("no_seeds"))
            return
        try:
            target = default_project_path(_SEEDS)
        except UserError as error:
            self.tell_failure(error)
            return
        if target.exists():
            self.open_project(target)
        else:
            # The folder also holds a page on where the articles are from, which is none of them.
            self._make_project(target, sorted(source.glob("*.txt")))

    def open_project(self, path: Path, key: "Key | None" = None) -> None:
        """Open a project, asking for its password if no key is given; the one that is open stays where that fails."""
        if self._session.is_open and self._session.project.path == path.absolute():
            return
        name = self._annotator()
        if name is None:
            return
        with self._session.opening():
            if self._session.is_open and self._found(partial(self._session.project.is_at, path)):
                # It was moved while it was open; under two names at once it would have two logs.
                self.close_project()
            try:
                self._go_to(self._opening(path.absolute(), name, key))
            except UserError as error:
                if error.key == "password_needed":
                    self._open_with_password(path)
                elif error.key == "project_damaged":
                    self._window.backups.tell_damage(error, path.absolute(), key)
                elif error.key in _READABLE and self._wants_reading(error):
                    self.open_read_only(path.absolute(), key)
                elif error.key not in _READABLE:
                    self.tell_failure(error)

    def reopen_project(self) -> None:
        """Open the same project anew, as for another annotator."""
        path, key = self._session.project.path, self._session.project.key
        with self._session.opening():
            self._window.flush()
            self._session.close()
            self.open_project(path, key)

    def close_project(self) -> None:
        """Close the project and show the start page."""
        self._window.flush()
        self._session.close()

    # Coming in and going out

    def take(self, dropped: list[Path]) -> None:
        """Do what dropping files onto the window means: open a project, or import articles and annotations."""
        projects = [path for path in dropped if path.suffix == SUFFIX]
        if projects or not self._session.is_open:
            self.open_path(projects[0] if projects else dropped[0])
        else:
            self._window.imports.import_paths(dropped)

    def export(self) -> None:
        """Ask what to export, and export it; not while the result of a job is still being shown."""
        if self._jobs.busy:
            return
        project = self._session.project
        self._window.flush()
        chosen = tuple(self._window.desk.articles.selected())
        wish = ExportDialog.ask(self._window, Material(self._session, self._settings, self.folder(), chosen))
        if wish is None:
            return
        self.remember_folder(wish.destination.parent)

        def work(progress: Progress) -> "ExportReport":
            with project.reader() as own:
                return export(own, wish.format_id, wish.destination, wish.options, progress)

        self._jobs.start(tr("Exporting…"), work, self._on_exported, self.tell_failure)

    def check(self) -> None:
        """Check the project file from end to end, as `export` does."""
        if self._jobs.busy:
            return
        project = self._session.project

        def work(progress: Progress) -> "CheckReport":
            with project.reader() as own:
                return check(own, progress)

        self._jobs.start(tr("Checking the project…"), work, self._on_checked, self.tell_failure)

    def _on_exported(self, report: "ExportReport") -> None:
        self._window.tell(trn("{n} tag exported.", "{n} tags exported.", report.tags_out))
        ExportReportDialog.ask(self._window, report, self._session.project.scheme)

    def _on_checked(self, report: "CheckReport") -> None:
        counts = tr(
            "Articles: {articles}. Tags: {tags}. Acts: {acts}.",
            articles=report.articles,
            tags=report.tags,
            acts=report.acts,
        )
        if report.problems:
            found = trn("{n} problem was found.", "{n} problems were found.", len(report.problems))
            told = [i18n.describe_problem(problem.key, problem.params) for problem in report.problems[:_MOST_TOLD]]
            rest = len(report.problems) - len(told)
            listed = "\n".join([*told, *([trn("… and {n} more.", "… and {n} more.", rest)] if rest else [])])
            MessageDialog.ask(self._window, tr("The project has problems"), f"{found} {counts}\n\n{listed}")
        else:
            MessageDialog.ask(self._window, tr("The project is sound"), counts)

    # Helpers

    def tell_failure(self, error: UserError) -> None:
        """Say why something did not come in or go out."""
        if error.key == "cancelled":
            self._window.tell(self._window.describe(error))
        else:
            MessageDialog.ask(self._window, tr("That did not work"), self._window.describe(error))

    def _open_articles(self, source: Path) -> None:
        source = source.resolve()
        try:
            target, exists = self._found(partial(_project_for, source))
        except UserError as error:
            self.tell_failure(error)
            return
        if exists:
            self.open_project(target)
        else:
            self._make_project(target, [source])

    def _make_project(self, target: Path, sources: Sequence[Path]) -> None:
        name = self._annotator()
        if name is not None:
            self._window.imports.make_project(target, sources, name)

    def make_empty(self, target: Path, annotator: str) -> bool:
        """Make a project with the usual scheme and open it; the user is told where that fails."""
        try:
            self._go_to(begun(partial(new_project, target, annotator=annotator)))
        except UserError as error:
            self.tell_failure(error)
            return False
        return True

    def _open_with_password(self, path: Path) -> None:
        key = PasswordDialog.ask(self._window, path)
        if key is not None:
            self.open_project(path, key)

    def open_read_only(self, path: Path, key: "Key | None") -> None:
        """Open a project, or a backup of one, to look at it."""
        try:
            self._go_to(begun(partial(Project.open, path, read_only=True, key=key)))
        except UserError as error:
            self.tell_failure(error)

    def _wants_reading(self, error: UserError) -> bool:
        text = self._window.describe(error)
        return ConfirmDialog.ask(self._window, tr("Open read-only?"), text, tr("Open read-only"))

    def _opening(self, path: Path, name: str, key: "Key | None") -> Task[Project]:
        if self._begun is not None and self._begun[0] == path and key is None:
            task, self._begun = self._begun[1], None
            return task
        return begun(partial(Project.open, path, annotator=name, key=key))

    def _go_to(self, task: Task[Project]) -> None:
        """Show the project that a thread opens or makes; the window is alive until then."""
        with self._session.opening():
            self._show(self._session.wait_for(task))

    def _found(self, what: Callable[[], T]) -> T:
        return self._session.wait_for(begun(what))

    def _show(self, project: Project, *, tell: bool = True) -> None:
        self._window.flush()
        if tell:
            self._window.imports.report = None
        self._session.open(project, tell=tell)
        self.remember(project)

    def remember(self, project: Project) -> None:
        """Offer a project among the last ones, and its folder the next time that a place is asked for."""
        self._settings.add_recent(project.path)
        self.remember_folder(project.path.parent)

    def _annotator(self) -> str | None:
        name = self._settings.text("annotator_name").strip()
        if not name:
            name = NameDialog.ask(self._window) or ""
            if name:
                self._settings.set("annotator_name", name)
        return name or None

    def folder(self) -> Path:
        """Return the folder that was worked in last."""
        kept = self._settings.text("last_folder")
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()

    def remember_folder(self, folder: Path) -> None:
        """Begin here the next time that a place is asked for."""
        self._settings.set("last_folder", str(folder.absolute()))


def _project_for(source: Path) -> tuple[Path, bool]:
    """Return the project of a folder's or file's articles in the user's data folder, and whether it is there.

    Folders of the same name get projects of their own: one that is there is taken only if its articles are from here.
    """
    for number in count(1):
        target = default_project_path(source.stem if number == 1 else f"{source.stem}-{number}")
        if not target.exists():
            return target, False
        if _is_from(target, source):
            return target, True
    raise AssertionError  # numbers do not end


def _is_from(target: Path, source: Path) -> bool:
    try:
        with Project.open(target, read_only=True) as project:
            first = project.articles(0, 1)
    except UserError as error:
        if error.key == "password_needed":  # nobody is asked for the password of a project that they did not name
            return False
        raise
    return bool(first) and Path(first[0].source).resolve().is_relative_to(source)
