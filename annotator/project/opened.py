# SPDX-License-Identifier: MIT
"""One open project: its database, its lock, its scheme and the annotator who works in it.

The window, the command line and the tests all hold a `Project` and change it through `annotator.ops` alone.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.model.annotator import Annotator
from annotator.model.changes import Changes, HistoryEntry, Op
from annotator.model.ids import (
    AnnotatorId,
    new_id,
)
from annotator.model.scheme import Scheme, SchemePart
from annotator.paths import is_folder, spelled
from annotator.project.articles import ArticleQuestions
from annotator.project.registry import RegistryQuestions
from annotator.project.search import SearchQuestions
from annotator.project.tags import TagQuestions
from annotator.store import articles, history, scheme
from annotator.store.database import (
    CHECKED_AT_OPENING,
    PATIENCE_S,
    Database,
    Wait,
    create_database,
    open_database,
    remove_files,
    remove_unfinished,
)
from annotator.store.driver import Key
from annotator.store.kinds import check_header
from annotator.store.lock import Holder, ProjectLock
from annotator.store.news import News, last_act, news
from annotator.store.row_changes import Act

if TYPE_CHECKING:
    from annotator.store import checks
    from annotator.store.history_rows import Newest
else:
    checks = LateModule("annotator.store.checks")

#: So many seconds an act waits for other programs where no window waits for it: in a job, or on the command line.
JOB_PATIENCE_S = 10.0


def utc_now() -> str:
    """Return the time as stored: UTC, ISO 8601, to the millisecond."""
    seconds, milliseconds = divmod(time.time_ns() // 1_000_000, 1000)
    return f"{_to_the_second(seconds)}.{milliseconds:03}Z"


@lru_cache(maxsize=1)
def _to_the_second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


class Project(ArticleQuestions, TagQuestions, RegistryQuestions, SearchQuestions):
    """An open project file. One thread uses it once it is open; a job opens its own with `reader`.

    Attributes:
        has_acted: whether any act was done through it.
    """

    def __init__(
        self,
        database: Database,
        lock: ProjectLock | None,
        annotator: Annotator | None,
        clock: Callable[[], str],
    ) -> None:
        super().__init__(database, annotator)
        self._lock = lock
        self._clock = clock
        self._others_came = False
        # The acts of the block of `acting` that is running.
        self._done: list[Changes] = []
        self._is_acting = False
        # The end of the history after the last act, as long as it is known to be that.
        self._end: Newest | None = None
        # Whether the file is known to have the annotator, who is written into it with the first act.
        self._is_listed = False
        self.has_acted = False
        try:
            with database.snapshot() as connection:
                # The newest act that the caches know of; that before which all acts were told; later ones of our own.
                self._known = self._told = last_act(connection)
                self._own: set[int] = set()
                self._look_for_name()
                self._particulars = scheme.particulars(connection)
                if not self._particulars:
                    raise UserError("project_damaged", path=database.path, detail="making it was cut short")
                self.scheme: Scheme = scheme.scheme(connection)
        except BaseException:
            database.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        scheme: Scheme,
        annotator: str,
        key: Key | None = None,
        clock: Callable[[], str] = utc_now,
    ) -> Self:
        """Create a project file and open it, encrypted where there is a key; nothing is left behind if that fails.

        Raises:
            UserError: `project_exists`, `path_unwritable`, `disk_full` or `annotator_name_empty`.
        """
        name = _annotator_name(annotator)
        if not is_folder(path.parent):
            raise UserError("folder_missing", path=path.parent)
        lock = ProjectLock(path)
        lock.acquire()
        with contextlib.ExitStack() as undoing:
            undoing.callback(lock.release)
            founder = Annotator(id=AnnotatorId(new_id()), name=name)
            with lock.alone():
                database = create_database(path, key=key, fill=lambda made: _found(made, scheme, founder, clock()))
            undoing.callback(remove_files, path)
            undoing.callback(database.close)
            project = cls(database, lock, founder, clock)
            undoing.pop_all()
            return project

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        annotator: str | None = None,
        read_only: bool = False,
        key: Key | None = None,
        clock: Callable[[], str] = utc_now,
        patience: float = PATIENCE_S,
    ) -> Self:
        """Open a project file; others may have it open, too.

        Args:
            path: the file.
            annotator: who works in it; a new name is added with the first act. None, or reading only: nobody, and
                nothing can be changed.
            read_only: take no lock and change nothing.
            key: of an encrypted file; see `annotator.ops.passwords.key_for`.
            clock: gives the time of each act.
            patience: how many seconds an act waits while another program writes.

        Raises:
            UserError: see `annotator.store.database.open_database`; `project_locked` where someone is alone with it.
        """
        name = None if annotator is None else _annotator_name(annotator)
        if read_only or name is None:
            return cls(open_database(path, read_only=True, key=key), None, None, clock)
        check_header(path, key)
        lock = ProjectLock(path)
        lock.acquire()
        with contextlib.ExitStack() as undoing:
            undoing.callback(lock.release)
            remove_unfinished(path)
            database = open_database(path, key=key, alone=lock.alone)
            undoing.callback(database.close)
            database.be_patient(patience)
            project = cls(database, lock, Annotator(id=AnnotatorId(new_id()), name=name), clock)
            undoing.pop_all()
            return project

    def wait_by(self, wait: Wait) -> None:
        """Have what waits for the disk done by `wait`; see `annotator.store.database.Database.wait_by`."""
        self._database.wait_by(wait)

    def reader(self) -> "Project":
        """Open the same file a second time, for reading in another thread."""
        return Project(open_database(self.path, read_only=True, key=self.key, is_checked=True), None, None, self._clock)

    def writer(self, patience: float = JOB_PATIENCE_S) -> "Project":
        """Open the same file a second time, for writing in another thread: same annotator, under this one's lock.

        It may wait for others, as nobody waits for the thread; what it did is told by `adopt`.
        """
        database = open_database(self.path, key=self.key, is_checked=True)
        database.be_patient(patience)
        database.turns = self._database.turns
        return Project(database, None, self.annotator, self._clock)

    def shared_with(self) -> list[Holder]:
        """Return who else has the project open for writing."""
        return [] if self._lock is None else self._lock.holders()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who has the project open for writing, throughout the block: what replaces the file needs it.

        Raises:
            UserError: `project_locked`, naming who else has it; `project_read_only`.
        """
        if self._lock is None:
            raise UserError("project_read_only", path=self.path)
        with self._lock.alone():
            yield

    def opened_at(self, place: Path) -> "Project":
        """Close this project and open it where its file has been moved or copied to.

        Raises:
            UserError: `project_another` where that is none, or an older one; and what opening refuses. Then this one
                stays open.
        """
        if not self.is_at(place):  # SQLite would take our log for that of the same file under another name
            with Project.open(place, read_only=True, key=self.key) as there:
                if there.id != self.id or there.next_act() < self.next_act():
                    raise UserError("project_another", path=place)
        name = None if self._annotator is None else self._annotator.name
        self.close()
        return Project.open(place, annotator=name, key=self.key, clock=self._clock)

    def is_at(self, place: Path) -> bool:
        """Return whether this project's file lies at a place, also where it did not when it was opened."""
        return self._database.is_at(place)

    def copy_to(self, place: Path) -> None:
        """Write a copy of the project as it is now, through the open connection: its own file may be gone by now.

        Raises:
            UserError: `project_exists`, and what writing refuses.
        """
        self._database.copy_to(place)

    def close(self) -> None:
        """Close the file and give back its lock."""
        try:
            self._database.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self._database.path

    @property
    def name(self) -> str:
        """Return the project's name: that of its file."""
        return spelled(self.path.stem)

    @property
    def id(self) -> str:
        """Return the project's id."""
        return self._particulars["id"]

    @property
    def key(self) -> Key | None:
        """Return what opens the file again; None where it is not encrypted."""
        return self._database.key

    @property
    def read_only(self) -> bool:
        """Return whether changes are refused."""
        return self._database.read_only

    def uses(self, part: SchemePart) -> int:
        """Return how many tags, relations or labels have a part of the scheme."""
        with self._database.read() as connection:
            return scheme.uses(connection, part)

    def annotators(self) -> list[Annotator]:
        """Return all who have worked in the project."""
        with self._database.read() as connection:
            return scheme.annotators(connection)

    def history(self, limit: int = -1, before: int | None = None) -> list[HistoryEntry]:
        """Return the newest acts first, those older than `before` if it is given."""
        with self._database.read() as connection:
            return history.entries(connection, limit, before)

    def undoable(self) -> HistoryEntry | None:
        """Return the act that undo would take, or None."""
        if self._annotator is None:
            return None
        with self._database.read() as connection:
            return history.next_undo(connection, self._annotator.id)

    def redoable(self) -> HistoryEntry | None:
        """Return the act that redo would take, or None."""
        if self._annotator is None:
            return None
        with self._database.read() as connection:
            return history.next_redo(connection, self._annotator.id)

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Let nobody else write until the block ends, and see in it what all others have written before.

        What an act stands on holds until it is done: `annotator.ops.acts.one_act` puts the whole of an act in here.

        Raises:
            UserError: `project_read_only`, `project_moved`, `project_busy` and what else writing refuses.
        """
        if self._is_acting:
            self._database.refuse_while_lent()
            yield
            return
        _ = self.annotator
        self._is_acting, self._done = True, []
        try:
            with self._database.write():
                self._look_around()
                if self._end is not None and self._end.next_seq != self._known + 1:
                    self._end = None  # others have written
                yield
        except BaseException:
            self._end = None  # what was written is taken back
            raise
        finally:
            self._is_acting = False
        self._is_listed = self._is_listed or bool(self._done)
        for changes in self._done:
            self.has_acted = self.has_acted or changes.seq > 0
            self._hear(changes)

    @contextlib.contextmanager
    def transact(self, op: Op, params: Mapping[str, object]) -> Iterator[Act]:
        """Do one act: its rows and its history entry are written together, durably, or not at all.

        The block changes rows through the `Act`; afterwards `Act.changes` says what the act changed.
        """
        with self.acting():
            connection = self._database.connection
            annotator = self.annotator
            came = not self._is_listed and scheme.put_annotator(connection, annotator, self._clock())
            act = Act(connection)
            yield act
            act.changes, self._end = history.append_act(
                connection, act, self._end, annotator_id=annotator.id, at=self._clock(), op=op, params=params
            )
            if came or self._others_came or act.changes.scheme_changed:
                scheme.seal(connection)
            self._done.append(act.changes)
        self._others_came = False

    def put_texts(self, act: Act, texts: list[tuple[str, str]]) -> None:
        """Store texts (SHA-256 in hex, body) within an act, before the articles that point to them."""
        articles.put_texts(act.connection, texts)

    def put_annotators(self, act: Act, annotators: Iterable[Annotator]) -> None:
        """Write within an act who has not worked in the project before; undoing the act leaves them in it."""
        for annotator in annotators:
            self._others_came |= scheme.put_annotator(act.connection, annotator, self._clock())

    def undo(self) -> Changes:
        """Undo the annotator's last act.

        Raises:
            UserError: `nothing_to_undo` or `undo_conflict`.
        """
        with self.acting():
            connection = self._database.connection
            changes, self._end = history.undo(connection, self._end, annotator_id=self.annotator.id, at=self._clock())
            self._refuse_shared_names(changes)
            if changes.scheme_changed:
                scheme.seal(connection)
            self._done.append(changes)
        return changes

    def redo(self) -> Changes:
        """Redo the annotator's last undone act.

        Raises:
            UserError: `nothing_to_redo` or `undo_conflict`.
        """
        with self.acting():
            connection = self._database.connection
            changes, self._end = history.redo(connection, self._end, annotator_id=self.annotator.id, at=self._clock())
            self._refuse_shared_names(changes)
            if changes.scheme_changed:
                scheme.seal(connection)
            self._done.append(changes)
        return changes

    def next_act(self) -> int:
        """Return the number that the next act will have in the history."""
        newest = self.history(limit=1)
        return newest[0].seq + 1 if newest else 1

    @property
    def has_news(self) -> bool:
        """Whether `catch_up` may have something to return; this costs one look at the end of the history."""
        with self._database.read() as connection:
            return last_act(connection) != self._told

    def catch_up(self) -> News | None:
        """Take notice of what others have done to the file; return what was not returned yet, or None."""
        if not self.has_news:
            return None
        with self.snapshot(), self._database.read() as connection:
            found = news(connection, self._told, self._own)
            self._told = self._known
            self._own.clear()
        return found

    def adopt(self, changes: Changes) -> None:
        """Take an act of a `writer` of this project for one's own: `catch_up` does not tell it."""
        if changes.seq == self._known + 1:  # else others came between, and all is read from the history
            self._known = changes.seq
            self._forget(changes)
            self._look_for_name()
        if changes.seq == self._told + 1:
            self._told = changes.seq
        elif changes.seq:
            self._own.add(changes.seq)

    def _look_around(self) -> None:
        """Bring what is kept in memory up to what the running transaction sees."""
        with self._database.read() as connection:
            found = news(connection, self._known)
        if found is not None:
            self._known = found.changes.seq
            self._forget(found.changes)
            self._look_for_name()

    def _look_for_name(self) -> None:
        """Be the annotator of this name that the file has: another window may have brought a new one in first."""
        self._is_listed = False
        if self._annotator is not None:
            with self._database.read() as connection:
                self._annotator = scheme.named_annotator(connection, self._annotator)

    def _hear(self, changes: Changes) -> None:
        """Forget what is kept in memory where an act of this project changed it."""
        if not changes.seq:
            return
        self._known = changes.seq
        self.adopt(changes)
        self._forget(changes)

    def _forget(self, changes: Changes) -> None:
        self._hear_registry(changes)
        if changes.scheme_changed or changes.spilled:
            with self._database.read() as connection:
                self.scheme = scheme.scheme(connection)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one and the same state throughout the block, whatever others write meanwhile; nothing can be changed."""
        with self._database.snapshot():
            if not self._database.is_waiting:  # what is being written is heard when it is done
                self._look_around()
            yield

    @property
    def was_checked(self) -> bool:
        """Return whether opening has looked at every page of the file; a large one is left to `refuse_damage`."""
        try:
            return self.path.stat().st_size <= CHECKED_AT_OPENING
        except OSError:
            return True  # gone or out of reach: the next act says so

    def let_go(self) -> None:
        """Forget what of the file is kept in memory and was read last; what is wanted again is read again."""
        self._database.let_go()

    def refuse_damage(self, goes_on: Callable[[], bool]) -> None:
        """Look at every page of the file, as long as `goes_on` says yes.

        Raises:
            UserError: `project_damaged`, or `cancelled`.
        """
        self._database.refuse_damage(goes_on)

    def problems(self, progress: "checks.Progress" = lambda _done, _total: True) -> "Iterator[checks.Problem]":
        """Yield all that is wrong with the file; see `annotator.store.checks`."""
        with self._database.snapshot() as connection:
            yield from checks.problems(connection, progress, secret=self.key is not None)

    def now(self) -> str:
        """Return the time for rows of an act."""
        return self._clock()


def _annotator_name(name: str) -> str:
    stripped = name.strip()
    if not stripped:
        raise UserError("annotator_name_empty")
    return stripped


def _found(database: Database, new_scheme: Scheme, founder: Annotator, now: str) -> None:
    with database.write() as connection:
        scheme.put_particulars(connection, {"id": new_id(), "created_at": now})
        scheme.put_scheme(connection, new_scheme)
        scheme.put_annotator(connection, founder, now)
        scheme.seal(connection)
