# SPDX-License-Identifier: MIT
"""The main window: puts desk or start page, menus, toolbar and status line together, and hears of every act.

What the commands do lies in `files`, `article_acts`, `tagging` and `viewing`; what they are in `actions`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QVBoxLayout, QWidget

from annotator import i18n, paths
from annotator.errors import UserError
from annotator.i18n import tr
from annotator.late import late
from annotator.model.article import Article
from annotator.model.changes import ActKind, Changes, HistoryEntry
from annotator.model.ids import ArticleId
from annotator.model.span import Span
from annotator.project import News
from annotator.settings import Settings
from annotator.ui import garbage
from annotator.ui.desk import Desk
from annotator.ui.files import Files
from annotator.ui.focus import is_inside
from annotator.ui.frame import Frame, free
from annotator.ui.jobs import Jobs
from annotator.ui.memory import Showing, keep_geometry, restore_geometry
from annotator.ui.session import Session
from annotator.ui.style import chosen_theme, styled_once
from annotator.ui.theme import Theme
from annotator.ui.viewing import Viewing, dress
from annotator.ui.widgets import fill

if TYPE_CHECKING:
    from annotator.ui.actions import Context, Situation, all_actions
    from annotator.ui.article_acts import ArticleActs
    from annotator.ui.backups.keeper import BackupKeeper
    from annotator.ui.backups.opening import Backups
    from annotator.ui.boilerplate_acts import BoilerplateActs
    from annotator.ui.dialogs.about import AboutDialog, ShortcutsDialog
    from annotator.ui.dialogs.history import HistoryDialog
    from annotator.ui.dialogs.prompts import ConfirmDialog
    from annotator.ui.duplicates.opening import Duplicates
    from annotator.ui.evidence import EvidenceKeeper
    from annotator.ui.forms.opening import Forms
    from annotator.ui.hits.opening import Hits
    from annotator.ui.importing.opening import Imports
    from annotator.ui.indexing import IndexKeeper
    from annotator.ui.linking.linking import Linking
    from annotator.ui.menus import Commands
    from annotator.ui.obstacles import Obstacles
    from annotator.ui.others import OthersKeeper, told
    from annotator.ui.panels.banner import Banner
    from annotator.ui.passwords.changing import Passwords
    from annotator.ui.registry.keeping import RegistryKeeper
    from annotator.ui.registry.opening import Registry
    from annotator.ui.rest import Rest
    from annotator.ui.scheme.opening import SchemeWays
    from annotator.ui.soundness import SoundnessKeeper
    from annotator.ui.start_page import StartPage
    from annotator.ui.status import StatusLine
    from annotator.ui.undoing import Undoing
    from annotator.ui.wording import act_name, describe
else:
    # The first paint does without.
    Context = late("annotator.ui.actions", "Context")
    Situation = late("annotator.ui.actions", "Situation")
    all_actions = late("annotator.ui.actions", "all_actions")
    ArticleActs = late("annotator.ui.article_acts", "ArticleActs")
    BackupKeeper = late("annotator.ui.backups.keeper", "BackupKeeper")
    Backups = late("annotator.ui.backups.opening", "Backups")
    BoilerplateActs = late("annotator.ui.boilerplate_acts", "BoilerplateActs")
    AboutDialog = late("annotator.ui.dialogs.about", "AboutDialog")
    ShortcutsDialog = late("annotator.ui.dialogs.about", "ShortcutsDialog")
    HistoryDialog = late("annotator.ui.dialogs.history", "HistoryDialog")
    ConfirmDialog = late("annotator.ui.dialogs.prompts", "ConfirmDialog")
    Duplicates = late("annotator.ui.duplicates.opening", "Duplicates")
    EvidenceKeeper = late("annotator.ui.evidence", "EvidenceKeeper")
    Forms = late("annotator.ui.forms.opening", "Forms")
    Hits = late("annotator.ui.hits.opening", "Hits")
    Imports = late("annotator.ui.importing.opening", "Imports")
    IndexKeeper = late("annotator.ui.indexing", "IndexKeeper")
    Linking = late("annotator.ui.linking.linking", "Linking")
    Commands = late("annotator.ui.menus", "Commands")
    Banner = late("annotator.ui.panels.banner", "Banner")
    Obstacles = late("annotator.ui.obstacles", "Obstacles")
    OthersKeeper = late("annotator.ui.others", "OthersKeeper")
    told = late("annotator.ui.others", "told")
    Passwords = late("annotator.ui.passwords.changing", "Passwords")
    RegistryKeeper = late("annotator.ui.registry.keeping", "RegistryKeeper")
    Registry = late("annotator.ui.registry.opening", "Registry")
    Rest = late("annotator.ui.rest", "Rest")
    SchemeWays = late("annotator.ui.scheme.opening", "SchemeWays")
    SoundnessKeeper = late("annotator.ui.soundness", "SoundnessKeeper")
    StartPage = late("annotator.ui.start_page", "StartPage")
    StatusLine = late("annotator.ui.status", "StatusLine")
    Undoing = late("annotator.ui.undoing", "Undoing")
    act_name = late("annotator.ui.wording", "act_name")
    describe = late("annotator.ui.wording", "describe")

_SIZE = (1240, 780)
# What the three parts of the desk need in either language.
_LEAST_SIZE = (860, 480)
#: So long nothing is seen yet where the disk is slow; after that the start page is, until the project is there.
_UNSEEN_S = 0.5


class MainWindow(QMainWindow):
    """The window. All its content is built from session and settings, and built anew for another language or theme.

    A window that begins with a project may be built in two steps: what the first paint shows of it, and by `complete`
    all else, before anything can be done in it.
    """

    settings: Settings
    files: Files
    passwords: "Passwords"
    imports: "Imports"
    undoing: "Undoing"
    viewing: Viewing
    article_acts: "ArticleActs"
    backups: "Backups"
    boilerplate_acts: "BoilerplateActs"
    duplicates: "Duplicates"
    forms: "Forms"
    linking: "Linking"
    hits: "Hits"
    scheme_ways: "SchemeWays"
    registry: "Registry"

    def __init__(
        self, session: Session, settings: Settings, project: Path | None = None, *, in_steps: bool = False
    ) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self.jobs = Jobs(session, self)
        self.viewing = Viewing(self)
        self.files = Files(self)
        self._is_complete = True
        self.commands: Commands | None = None
        self.installEventFilter(self)
        self._desk: Desk | None = None
        self._start: StartPage | None = None
        self._toolbar: QToolBar | None = None
        self._closing = False
        self._hears = False
        self.setAcceptDrops(True)
        # A small screen also has a bar and the window a frame.
        self.resize(QSize(*_SIZE).boundedTo(QGuiApplication.primaryScreen().availableSize() * 0.92))
        self.setMinimumSize(*_LEAST_SIZE)
        if not (in_steps and self._begin_with(project)):
            self._add_ways()
            # A start page that would be seen for a moment only takes as long to build as the rest.
            if not self.files.open_at_once(project, patience_s=_UNSEEN_S if in_steps else -1):
                self.rebuild()
        restore_geometry(self, self.settings)

    @property
    def is_complete(self) -> bool:
        """Whether all of it is built."""
        return self._is_complete

    @property
    def is_working(self) -> bool:
        """Whether a project is open and shown."""
        return self._desk is not None

    @property
    def is_closing(self) -> bool:
        """Whether the window closes as soon as the job that runs has ended."""
        return self._closing

    @property
    def desk(self) -> Desk:
        """The parts of the window while a project is open."""
        if self._desk is None:
            raise RuntimeError("no project is shown")
        return self._desk

    @property
    def start_page(self) -> "StartPage | None":
        """The page shown while no project is open."""
        return self._start

    def action(self, action_id: str) -> QAction:
        """Return a command as Qt's action."""
        assert self.commands is not None  # noqa: S101 - made by `rebuild`
        return self.commands.actions[action_id]

    # Building

    def restyle(self) -> None:
        """Show another language or theme, and stay at the same place of the same article."""
        app = _app()
        self._rebuild_in_place(lambda: dress(app, self.settings))

    def _rebuild_in_place(self, dress_anew: Callable[[], object] = lambda: None, *, stays: bool = True) -> None:
        """Build all content anew, and stay at the same place of the same article."""
        self.flush()  # behind which all may have been closed, where that waits for the disk
        showing = Showing.of(self._desk) if self._desk is not None and stays else None
        with styled_once(_app()):
            dress_anew()
            self.rebuild()
        if showing is not None:
            showing.return_to(self.desk, self.session.article_id, self.session.tag_id)
            # What had the focus is gone, and keys must not be lost with it.
            self.desk.pane.view.setFocus()
        self._show_position()
        self.update_commands()

    def rebuild(self) -> None:
        """Build all content from session and settings."""
        theme = chosen_theme(self.settings)
        self.setLayoutDirection(QGuiApplication.layoutDirection())
        garbage.take_back()
        if self._desk is not None:
            self._keep_sizes()
            self._desk.retire()
        self._desk = self._start = None
        with styled_once(_app()):
            self._begin(theme)
            self._build(theme)
        self._show_all()

    def complete(self) -> None:
        """Build what the first paint did without."""
        if self._is_complete:
            return
        self._add_ways()
        self.session.tell_opened()

    def _begin_with(self, path: Path | None) -> bool:
        """Show the article of a project that can be opened without a question, and nothing else yet."""
        frame = Frame.kept(self.settings, _font())
        if frame is None or not self.files.open_at_once(path, tell=False, patience_s=_UNSEEN_S):
            return False
        self.session.select_article(self._article_to_begin_with())
        with styled_once(_app()):
            self._begin(chosen_theme(self.settings))
        self._toolbar = frame.put_bars(self)
        self.desk.take_sizes(frame.least)
        self.desk.pane.view.setFocus()
        self._show_title()
        self._is_complete = False
        return True

    def _begin(self, theme: Theme) -> None:
        """Build what the first paint shows."""
        content: QWidget
        if self.session.is_open:
            content = self._desk = Desk(self.session, self.settings, theme)
        else:
            content = self._start = StartPage(self.settings, theme)
        self._central = fill(QVBoxLayout(), content, gap=0)
        self._central.setStretch(0, 1)
        central = QWidget()
        central.setLayout(self._central)
        self.setCentralWidget(central)

    def _build(self, theme: Theme) -> None:
        """Build all else."""
        self.banner = Banner(theme)
        self._central.insertWidget(0, self.banner)
        if self._desk is not None:
            self._desk.complete()
            self.hits.add_pages(self._desk)
            self.duplicates.add_pages(self._desk)
            self.registry.furnish(self._desk)
            self.scheme_ways.add_pages(self._desk)
        self.status = StatusLine(theme)
        self.setStatusBar(self.status)
        self.status.undo_requested.connect(self.undo)
        self._build_commands()

    def _show_all(self) -> None:
        """Connect what was built, and have each part show what is."""
        self._is_complete = True
        if self._desk is not None:
            self._desk.take_sizes()
        self._connect_content()
        self._show_title()
        self._show_status()
        self.update_commands()

    def _add_ways(self) -> None:
        """Make what does the work of the commands."""
        self.passwords = Passwords(self)
        self.imports = Imports(self)
        self.undoing = Undoing(self)
        self.article_acts = ArticleActs(self)
        self.boilerplate_acts = BoilerplateActs(self)
        self.duplicates = Duplicates(self)
        self.evidence = EvidenceKeeper(self.session, self)
        self.registry_keeper = RegistryKeeper(self.session, self)
        self.indexing = IndexKeeper(self.session, self)
        self.soundness = SoundnessKeeper(self.session, self)
        self.backups = Backups(self)
        self.backup_keeper = BackupKeeper(self.session, self.settings, self)
        self.others = OthersKeeper(self)
        self.rest = Rest(self.session, self, lambda: self.evidence.is_counting or not self.linking.warming.is_done)
        self.indexing.indexed.connect(self.rest.soon)
        self.obstacles = Obstacles(self)
        self.jobs.asks_again = self.obstacles.asks_again
        self.forms = Forms(self)
        self.linking = Linking(self)
        self.hits = Hits(self)
        self.registry = Registry(self)
        self.scheme_ways = SchemeWays(self)
        self._connect_signals()

    def _build_commands(self) -> None:
        if self.commands is not None:
            self.commands.dispose()
        if self._toolbar is not None:
            self.removeToolBar(self._toolbar)
            self._toolbar.deleteLater()
        scheme = self.session.project.scheme if self.session.is_open else None
        self.commands = Commands(self, all_actions(scheme), chosen_theme(self.settings))
        free(self.menuBar())
        self.commands.fill_menu_bar(self.menuBar())
        self._toolbar = QToolBar(tr("Toolbar"))
        self._toolbar.setMovable(False)
        self._toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.commands.fill_toolbar(self._toolbar)
        self.addToolBar(self._toolbar)
        self._toolbar.setVisible(self.session.is_open)

    def _keep_sizes(self) -> None:
        """Remember how wide and high the parts are."""
        self.desk.keep_sizes()
        if self._toolbar is not None and self.isVisible():
            menus, tools, status = (bar.height() for bar in (self.menuBar(), self._toolbar, self.statusBar()))
            Frame(menus, tools, status, self.desk.least_widths(), _font()).keep(self.settings)

    def _connect_signals(self) -> None:
        self.session.project_opened.connect(self._on_project_opened)
        self.session.project_closed.connect(self.rebuild)
        self.session.scheme_changed.connect(self._on_renewed)
        self.session.renewed.connect(self._on_renewed)
        self.session.failed.connect(self.tell_error)
        self.session.waiting.connect(self._show_waiting)
        self.jobs.failed.connect(self.tell_error)
        self.jobs.ended.connect(self._on_job_ended)
        self.evidence.found.connect(self._on_evidence_found)
        self.soundness.damage_found.connect(self.backups.tell_damage)
        self.backup_keeper.failed.connect(self._on_backup_failed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)

    def _connect_content(self) -> None:
        if self._start is not None:
            self._start.command_chosen.connect(lambda action_id: self.action(action_id).trigger())
            self._start.project_chosen.connect(lambda path: self.files.open_path(Path(path)))
        if self._desk is None:
            return
        pane = self._desk.pane
        self.forms.hear()
        self.linking.cancel()  # what it asked stood on the desk before
        self._desk.inspector.link_requested.connect(self.linking.choose)
        # After the panels have connected: what the window says is read off them.
        for signal, slot in (
            (self.session.article_selected, self._on_article_selected),
            (self.session.tag_selected, self._on_tag_selected),
            (self.session.changes_committed, self._on_changes_committed),
        ):
            if self._hears:
                signal.disconnect(slot)
            signal.connect(slot)
        self._hears = True
        pane.done_requested.connect(self.article_acts.toggle_done)
        pane.note_requested.connect(self.article_acts.edit_note)
        pane.view.set_evidence(self.evidence.evidence)
        pane.view.set_zoom(self.viewing.kept_zoom())
        pane.view.zoom_changed.connect(self.viewing.keep_zoom)
        pane.view.selectionChanged.connect(self.update_commands)
        pane.view.customContextMenuRequested.connect(
            lambda point: self._show_context(Context.TEXT, pane.view.viewport().mapToGlobal(point))
        )
        self._desk.articles.filter.textChanged.connect(lambda _text: self._show_position())
        self._desk.articles.menu_requested.connect(lambda point: self._show_context(Context.ARTICLES, point))
        self._desk.inspector.menu_requested.connect(lambda point: self._show_context(Context.TAGS, point))

    def _show_waiting(self, what: str) -> None:
        self.status.show_waiting(what)
        if what:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        else:
            QGuiApplication.restoreOverrideCursor()

    def _show_context(self, context: "Context", point: QPoint) -> None:
        assert self.commands is not None  # noqa: S101 - made by `rebuild`
        self.commands.context_menu(context, self).popup(point)

    # Acts

    def undo(self) -> None:
        """Undo the last act."""
        self.flush()
        self.undoing.undo(self._undoable)

    def redo(self) -> None:
        """Redo the last act undone."""
        self.undoing.redo(self._redoable)

    def show_history(self) -> None:
        """Show all acts."""
        self.flush()
        HistoryDialog.ask(self, self.session.project)

    def show_shortcuts(self) -> None:
        """Show all keys."""
        assert self.commands is not None  # noqa: S101 - made by `rebuild`
        ShortcutsDialog.ask(self, self.commands.keys_table())

    def show_about(self) -> None:
        """Show what this is."""
        AboutDialog.ask(self)

    def take_characters(self) -> None:
        """Have selections take single characters, or whole words again."""
        view = self.desk.pane.view
        view.set_takes_characters(not view.takes_characters)
        characters, words = tr("Selecting takes single characters now."), tr("Selecting takes whole words again.")
        self.tell(characters if view.takes_characters else words)
        self.refresh_commands()

    def cycle_panes(self, step: int) -> None:
        """Give the focus to the next part of the window."""
        if self._desk is None:
            return
        panes = self._desk.panes()
        focus = self.focusWidget()
        here = next((i for i, pane in enumerate(panes) if is_inside(focus, pane.part)), -step)
        panes[(here + step) % len(panes)].target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Keep what is being written."""
        if self._desk is not None and self._is_complete and self.session.is_open:
            self._desk.flush()
            self.forms.flush()
            # Not at each article: to write the settings takes as long as to lay out an article.
            if self.session.article_id is not None:
                self.settings.put(f"article.{self.session.project.id}", self.session.article_id)

    # Telling

    def tell(self, sentence: str) -> None:
        """Say what was done, at the foot of the window."""
        self.status.tell(sentence)

    def tell_error(self, error: UserError) -> None:
        """Say why an act could not be done, and what to do."""
        self.banner.tell(self.describe(error))

    def describe(self, error: UserError) -> str:
        """Return the sentence for an error."""
        return describe(error, self.session.project.scheme if self.session.is_open else None)

    def update_commands(self) -> None:
        """Enable and name the commands as things are, when all that goes on now is done."""
        if self.commands is not None:
            self.commands.update_soon()

    def refresh_commands(self) -> None:
        """Look at every command again: what is ticked depends on settings, which are no part of the situation."""
        if self.commands is not None:
            self.commands.forget()
            self.commands.update(self.situation())

    def situation(self) -> "Situation":
        """Return what the window is at."""
        if not self.session.is_open or self._desk is None:
            return Situation(seeds=paths.seeds() is not None)
        project, article_id = self.session.project, self.session.article_id
        return Situation(
            project=True,
            writable=not project.read_only and not self.jobs.busy,
            encrypted=project.key is not None,
            article=article_id is not None,
            selection=self._desk.pane.view.snapped_selection() is not None,
            tag=self.session.tag_id is not None,
            tags=bool(self.session.spans()),
            undo=self._act_name(self._undoable),
            redo=self._act_name(self._redoable),
            import_report=self.imports.report is not None,
            seeds=paths.seeds() is not None,
        )

    def _act_name(self, entry: HistoryEntry | None) -> str | None:
        return act_name(self.session.project.scheme, entry.op, entry.params) if entry is not None else None

    def _show_title(self) -> None:
        name = tr("Tawsim")
        if self.session.is_open:
            name = f"{i18n.isolate(self.session.project.name)} – {name}"
        self.setWindowTitle(name)

    def _show_status(self) -> None:
        self._undoable = self._redoable = None
        if not self.session.is_open:
            self.status.show_saved(None)
            return
        project = self.session.project
        self._undoable, self._redoable = project.undoable(), project.redoable()
        encrypted = project.key is not None
        self.status.show_saved(project.span_count(), read_only=project.read_only, encrypted=encrypted)
        self._show_position()

    def _show_position(self) -> None:
        article_id = self.session.article_id
        if article_id is None or self._desk is None:
            self.status.show_position("")
            return
        panel = self._desk.articles
        # A row of a filtered list is not the article's number.
        row = 0 if panel.model.is_filtered else panel.view.currentIndex().row() + 1
        place = tr("Article {number} of {total}", number=row, total=panel.model.count) if row else ""
        index = self._desk.inspector.model.index_of(self.session.tag_id)
        if index.isValid():
            total = self._desk.inspector.model.rowCount()
            tag = tr("Tag {number} of {total}", number=index.row() + 1, total=total)
            place = f"{tag} · {place}" if place else tag
        self.status.show_position(place)

    # Hearing

    def _on_project_opened(self) -> None:
        if self._is_complete:
            self.session.select_article(self._article_to_begin_with())
            self.rebuild()
        else:
            with styled_once(_app()):
                self._build(chosen_theme(self.settings))
            self._show_all()
        self.desk.pane.view.setFocus()

    def _article_to_begin_with(self) -> ArticleId | None:
        """Return the article that was read last, or else the first."""
        project = self.session.project
        return project.known_article(self.settings.get(f"article.{project.id}")) or project.first_article()

    def _on_article_selected(self, _article_id: str) -> None:
        self._show_position()
        self.update_commands()

    def _on_tag_selected(self, tag_id: str) -> None:
        self._show_position()
        index = self.desk.inspector.model.index_of(tag_id)
        # The list says it itself where it has the focus.
        if index.isValid() and not self.desk.inspector.view.hasFocus():
            self.status.announce(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        self.update_commands()

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        self._settle(changes)
        self._show_status()
        if isinstance(initiator, News):
            self.status.show_others(told(initiator, self.session.project.scheme))
            self.update_commands()
            return
        self.banner.hide()
        name = act_name(self.session.project.scheme, changes.op, changes.params, changes.kind)
        self.status.tell(self.linking.with_suggestion(name, changes), undo=changes.kind is ActKind.DO)
        self.update_commands()

    def _settle(self, changes: Changes) -> None:
        """Go where something was undone or redone, so that it is seen; leave an article that is gone."""
        gone = {row.record.id for row in changes.rows if isinstance(row.record, Article) and row.after is None}
        if self.session.article_id in gone or (self.session.article_id is None and changes.article_list_changed):
            self.session.select_article(None)
            self.jobs.then(self._open_first)
        elif changes.kind is not ActKind.DO and changes.rows and not changes.spilled:
            touched = [
                (row.record, row.after is not None)
                for row in changes.rows
                if isinstance(row.record, Article | Span) and _article_of(row.record) not in gone
            ]
            # Who sees some of it need not be led away to see the rest.
            here = (one for one in touched if _article_of(one[0]) == self.session.article_id)
            record, is_there = next(here, next(iter(touched), (None, False)))
            if record is not None:
                self.jobs.then(lambda: self._lead_to(record, is_there=is_there))

    def _open_first(self) -> None:
        """Read the first article of the list where none is read."""
        if self.session.article_id is None and self._desk is not None:
            self._desk.articles.open_row(0)

    def _lead_to(self, record: Article | Span, *, is_there: bool) -> None:
        self.session.select_article(_article_of(record))
        if isinstance(record, Span) and is_there:
            self.session.select_tag(record.id)

    def renew(self) -> None:
        """Show all of the project anew, as where its file is another now."""
        if self.session.is_open:
            self.session.renew()

    def _on_renewed(self) -> None:
        # Before any view hears of the act: those of now know only what was before it. What stands at the place of an
        # article that is gone is no place to return to.
        self._rebuild_in_place(stays=self.session.article_id is not None)

    def _on_evidence_found(self) -> None:
        if self._desk is not None:
            self._desk.pane.view.set_evidence(self.evidence.evidence)

    def _on_job_ended(self) -> None:
        self.update_commands()
        if self._closing:
            # Not from within the job's own signal.
            QTimer.singleShot(0, self.close)

    def _on_backup_failed(self, error: UserError) -> None:
        if error.key == "project_damaged":
            self.backups.tell_damage(error)
        else:
            self.tell_error(error)

    def _on_color_scheme_changed(self) -> None:
        if self.settings.text("theme") == "system":
            self.session.afterwards(self.restyle)

    # The window itself

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Have the commands as things are before a key is looked up among them.

        Not in `event`: the whole window is painted within that, and PySide keeps back, or loses, what goes wrong in
        Python within Python.
        """
        if event.type() is QEvent.Type.ShortcutOverride and watched is self and self.commands is not None:
            self.commands.settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape that nobody else wants closes the message and lets go of the current tag.

        Keys that would change a project that is open for reading say why they do nothing.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.banner.hide()
            self.session.select_tag(None)
        elif self._is_refused(QKeySequence(event.keyCombination())):
            self.tell_error(UserError("project_read_only", path=self.session.project.path))
        else:
            super().keyPressEvent(event)

    def _is_refused(self, keys: QKeySequence) -> bool:
        is_read_only = self.session.is_open and self.session.project.read_only
        return is_read_only and self.commands is not None and self.commands.would_change(keys)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and folders."""
        if event.mimeData().hasUrls() and not self.jobs.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open or import what was dropped, once the other program has its hands free and no act waits."""
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if dropped:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.session.afterwards(lambda: self._take(dropped)))

    def _take(self, dropped: list[Path]) -> None:
        # Either may have begun since; what a dialog is asked for could not begin beside what is taken.
        if not self.jobs.busy and QApplication.activeModalWidget() is None:
            self.files.take(dropped)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep everything and close; a job that is running is stopped first."""
        if self.session.is_waiting:
            event.ignore()
            self.session.afterwards(self.close)
            return
        if self.jobs.busy:
            event.ignore()
            question = tr("Something is still being done. Stop it and close the window? Nothing is left half done.")
            if self._closing or ConfirmDialog.ask(self, tr("Stop and close?"), question, tr("Stop and close")):
                self._closing = True
                self.jobs.cancel()
            return
        self.complete()
        self.flush()
        if self._desk is not None:
            self._keep_sizes()
        keep_geometry(self, self.settings)
        self.hide()
        self.session.close()
        event.accept()


def _article_of(record: Article | Span) -> ArticleId:
    return ArticleId(record.article_id if isinstance(record, Span) else record.id)


def _font() -> str:
    """Return the font of the interface, in words."""
    return _app().font().toString()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
    return app
