# SPDX-License-Identifier: MIT
"""One open project: its database, its lock, its scheme and the annotator who works in it.

The window, the command line and the tests all hold a `Project` and change it through `annotator.ops` alone.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from annotator.errors import UserError
from annotator.model.annotator import Annotator
from annotator.model.article import Article, ArticleSummary
from annotator.model.changes import Changes, HistoryEntry, Op
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import (
    ActorId,
    AnnotatorId,
    ArticleId,
    DocumentTagId,
    EventId,
    LabelId,
    RelationId,
    SpanId,
    new_id,
)
from annotator.model.registry import Actor, Event, name_key
from annotator.model.relation import Relation
from annotator.model.scheme import Scheme, SchemePart
from annotator.model.span import Certainty, Span
from annotator.paths import is_folder, spelled
from annotator.store import articles, checks, history, registry, relations, scheme, spans
from annotator.store.database import Database, check_header, create_database, open_database, remove_files
from annotator.store.lock import ProjectLock
from annotator.store.row_changes import Act

SUFFIX = ".tawsim"

T = TypeVar("T")


def utc_now() -> str:
    """Return the time as stored: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Project:
    """An open project file. It belongs to the thread that opened it; a job opens its own with `reader`."""

    def __init__(
        self,
        database: Database,
        lock: ProjectLock | None,
        annotator: Annotator | None,
        clock: Callable[[], str],
    ) -> None:
        self._database = database
        self._lock = lock
        self._annotator = annotator
        self._clock = clock
        try:
            with database.read() as connection:
                self._particulars = scheme.particulars(connection)
                if not self._particulars:
                    raise UserError("project_damaged", path=database.path, detail="making it was cut short")
                self.scheme: Scheme = scheme.scheme(connection)
                self._actors: dict[ActorId, Actor] | None = None
                self._owners: dict[str, ActorId] | None = None
                self._events: dict[EventId, Event] | None = None
        except BaseException:
            database.close()
            raise

    @classmethod
    def create(cls, path: Path, *, scheme: Scheme, annotator: str, clock: Callable[[], str] = utc_now) -> Self:
        """Create a project file and open it; nothing is left behind if that fails.

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
            database = create_database(path)
            undoing.callback(remove_files, path)
            undoing.callback(database.close)
            project = cls(database, lock, _found(database, scheme, name, clock()), clock)
            undoing.pop_all()
            return project

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        annotator: str | None = None,
        read_only: bool = False,
        clock: Callable[[], str] = utc_now,
    ) -> Self:
        """Open a project file.

        Args:
            path: the file.
            annotator: who works in it; a new name is added with the first act. None, or reading only: nobody, and
                nothing can be changed.
            read_only: take no lock and change nothing.
            clock: gives the time of each act.

        Raises:
            UserError: see `annotator.store.database.open_database`; `project_locked` where another window has it.
        """
        name = None if annotator is None else _annotator_name(annotator)
        if read_only or name is None:
            return cls(open_database(path, read_only=True), None, None, clock)
        check_header(path)
        lock = ProjectLock(path)
        lock.acquire()
        with contextlib.ExitStack() as undoing:
            undoing.callback(lock.release)
            database = open_database(path)
            undoing.callback(database.close)
            project = cls(database, lock, _annotator(database, name), clock)
            undoing.pop_all()
            return project

    def reader(self) -> "Project":
        """Open the same file a second time, for reading in another thread."""
        return Project.open(self.path, read_only=True)

    def writer(self) -> "Project":
        """Open the same file a second time, for writing in another thread: same annotator, under this one's lock."""
        return Project(open_database(self.path), None, self.annotator, self._clock)

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
    def read_only(self) -> bool:
        """Return whether changes are refused."""
        return self._database.read_only

    @property
    def annotator(self) -> Annotator:
        """Return who works in the project.

        Raises:
            UserError: `project_read_only` where nobody does.
        """
        if self._annotator is None:
            raise UserError("project_read_only", path=self.path)
        return self._annotator

    def article_count(self) -> int:
        """Return the number of articles."""
        with self._database.read() as connection:
            return articles.count(connection)

    def articles(self, offset: int = 0, limit: int = -1) -> list[ArticleSummary]:
        """Return the list of articles, or a stretch of it."""
        with self._database.read() as connection:
            return articles.summaries(connection, offset, limit)

    def article_summary(self, article_id: ArticleId) -> ArticleSummary:
        """Return one line of the list of articles.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            return _known(articles.summary(connection, article_id), "article_unknown", article=article_id)

    def article(self, article_id: ArticleId) -> Article:
        """Return an article.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            return _known(articles.ARTICLES.get(connection, article_id), "article_unknown", article=article_id)

    def articles_with_text(self, text_sha256: Sequence[str]) -> dict[str, tuple[ArticleId, str]]:
        """Return id and title of the first article that has each of these texts, for those that any article has."""
        with self._database.read() as connection:
            return articles.with_same_text(connection, text_sha256)

    def last_position(self) -> int:
        """Return the highest place in the list of articles, or 0."""
        with self._database.read() as connection:
            return articles.last_position(connection)

    def text(self, article_id: ArticleId) -> str:
        """Return an article's text.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            return _known(articles.text(connection, article_id), "article_unknown", article=article_id)

    def texts(self) -> Iterator[tuple[Article, str]]:
        """Yield every article with its text, one at a time."""
        with self._database.read() as connection:
            yield from articles.with_texts(connection)

    def spans(self, article_id: ArticleId) -> list[Span]:
        """Return an article's spans by start, the longer first where they start together."""
        with self._database.read() as connection:
            return spans.of_article(connection, article_id)

    def span(self, span_id: SpanId) -> Span:
        """Return a span.

        Raises:
            UserError: `tag_unknown`.
        """
        with self._database.read() as connection:
            return _known(spans.SPANS.get(connection, span_id), "tag_unknown", tag=span_id)

    def spans_by_id(self, span_ids: Sequence[SpanId]) -> list[Span]:
        """Return spans by their ids, in that order, each once.

        Raises:
            UserError: `tag_unknown`.
        """
        wanted = list(dict.fromkeys(span_ids))
        with self._database.read() as connection:
            found = spans.by_id(connection, wanted)
        return [_known(found.get(span_id), "tag_unknown", tag=span_id) for span_id in wanted]

    def places(
        self, article_ids: Iterable[ArticleId], label_id: LabelId, annotator_id: AnnotatorId
    ) -> dict[ArticleId, list[tuple[tuple[int, int], ...]]]:
        """Return where in each of these articles an annotator has tags of a label: the pieces of each tag."""
        with self._database.read() as connection:
            return spans.places(connection, article_ids, label_id, annotator_id)

    def chosen_spans(
        self,
        *,
        label_ids: Sequence[LabelId] | None = None,
        actor_id: ActorId | None = None,
        annotator_id: AnnotatorId | None = None,
        certainty: Certainty | None = None,
    ) -> Iterator[Span]:
        """Yield the spans that meet all conditions, in the order of the articles; None is no condition."""
        with self._database.read() as connection:
            yield from spans.chosen(
                connection,
                label_ids=label_ids,
                actor_id=actor_id,
                annotator_id=annotator_id,
                certainty=certainty,
            )

    def own_spans_at(self, article_id: ArticleId, start: int, end: int, label_id: LabelId) -> list[Span]:
        """Return this annotator's spans of just these bounds and label."""
        with self._database.read() as connection:
            return spans.same(
                connection, article_id, start=start, end=end, label_id=label_id, annotator_id=self.annotator.id
            )

    def all_spans(self) -> Iterator[Span]:
        """Yield every span, article by article."""
        with self._database.read() as connection:
            yield from spans.iterate(connection)

    def spans_of_label(self, label_id: LabelId) -> list[Span]:
        """Return the spans of a label, of all annotators."""
        with self._database.read() as connection:
            return spans.of_label(connection, label_id)

    def linked_spans(self, ids: Sequence[ActorId] | Sequence[EventId], offset: int = 0, limit: int = -1) -> list[Span]:
        """Return the spans linked to any of these actors or events, in the order of the articles, or a stretch."""
        with self._database.read() as connection:
            return spans.linked(connection, ids, offset, limit)

    def unlinked_forms(
        self, label_ids: Sequence[LabelId], annotator_id: AnnotatorId | None, named: tuple[str, str]
    ) -> list[tuple[str, int, SpanId]]:
        """Return what tags of these labels without an actor quote: quote, how many tags, and the first of them.

        `annotator_id` says whose tags, None for everyone's; `named` is an attribute, and its value of names.
        """
        with self._database.read() as connection:
            return spans.unlinked_forms(connection, label_ids, annotator_id, named)

    def unlinked_spans(self, label_ids: Sequence[LabelId], quotes: Sequence[str]) -> list[Span]:
        """Return the spans of these labels without an actor that quote one of these."""
        with self._database.read() as connection:
            return spans.unlinked(connection, label_ids, quotes)

    def in_context(self, article_id: ArticleId, start: int, end: int, width: int = 60) -> registry.Mention:
        """Return a stretch of an article with up to `width` code points on either side of it.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            found = registry.in_context(connection, article_id, start, end, width)
            return _known(found, "article_unknown", article=article_id)

    def relations(self, article_id: ArticleId) -> list[Relation]:
        """Return an article's relations, the first to be made first."""
        with self._database.read() as connection:
            return relations.of_article(connection, article_id)

    def relation(self, relation_id: RelationId) -> Relation:
        """Return a relation.

        Raises:
            UserError: `relation_unknown`.
        """
        with self._database.read() as connection:
            return _known(relations.RELATIONS.get(connection, relation_id), "relation_unknown", relation=relation_id)

    def relations_touching(self, span_ids: Sequence[SpanId]) -> list[Relation]:
        """Return the relations that start from or lead to any of these tags."""
        with self._database.read() as connection:
            return relations.touching(connection, span_ids)

    def relations_to(self, ids: Sequence[ActorId] | Sequence[EventId]) -> list[Relation]:
        """Return the relations that lead to any of these actors or events themselves."""
        with self._database.read() as connection:
            return relations.to_registry(connection, ids)

    def document_tags(self, article_id: ArticleId) -> list[DocumentTag]:
        """Return an article's document tags, the first to be made first."""
        with self._database.read() as connection:
            return relations.document_tags(connection, article_id)

    def document_tag(self, tag_id: DocumentTagId) -> DocumentTag:
        """Return a document tag.

        Raises:
            UserError: `tag_unknown`.
        """
        with self._database.read() as connection:
            return _known(relations.DOCUMENT_TAGS.get(connection, tag_id), "tag_unknown", tag=tag_id)

    @property
    def actors(self) -> Mapping[ActorId, Actor]:
        """Return the actors of the registry by their ids, the first to come first; read once until one changes."""
        if self._actors is None:
            with self._database.read() as connection:
                self._actors = {actor.id: actor for actor in registry.actors(connection)}
        return self._actors

    @property
    def owners_of_names(self) -> Mapping[str, ActorId]:
        """Return whose each name and alias is, by its `name_key`; read once until one changes."""
        if self._owners is None:
            self._owners = {name_key(name): actor.id for actor in self.actors.values() for name in actor.names}
        return self._owners

    @property
    def events(self) -> Mapping[EventId, Event]:
        """Return the events of the registry by their ids, the first to come first; read once until one changes."""
        if self._events is None:
            with self._database.read() as connection:
                self._events = {event.id: event for event in registry.events(connection)}
        return self._events

    def actor(self, actor_id: ActorId) -> Actor:
        """Return an actor.

        Raises:
            UserError: `actor_unknown`.
        """
        return _known(self.actors.get(actor_id), "actor_unknown", actor=actor_id)

    def event(self, event_id: EventId) -> Event:
        """Return an event.

        Raises:
            UserError: `event_unknown`.
        """
        return _known(self.events.get(event_id), "event_unknown", event=event_id)

    def mention_counts(self) -> Mapping[ActorId | EventId, int]:
        """Return how many tags are linked to each actor and event; those without any are left out."""
        with self._database.read() as connection:
            return registry.mention_counts(connection)

    def uses(self, part: SchemePart) -> int:
        """Return how many tags, relations or labels have a part of the scheme."""
        with self._database.read() as connection:
            return scheme.uses(connection, part)

    def span_count(self) -> int:
        """Return the number of spans in all articles."""
        with self._database.read() as connection:
            return spans.count(connection)

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
    def transact(self, op: Op, params: Mapping[str, object]) -> Iterator[Act]:
        """Do one act: its rows and its history entry are written together, durably, or not at all.

        The block changes rows through the `Act`; afterwards `Act.changes` says what the act changed.
        """
        annotator = self.annotator
        with self._database.write() as connection:
            scheme.put_annotator(connection, annotator, self._clock())
            act = Act(connection)
            yield act
            act.changes = history.append_act(
                connection, act, annotator_id=annotator.id, at=self._clock(), op=op, params=params
            )
        self.hear(act.changes)

    def put_texts(self, act: Act, texts: list[tuple[str, str]]) -> None:
        """Store texts (SHA-256 in hex, body) within an act, before the articles that point to them."""
        articles.put_texts(act.connection, texts)

    def undo(self) -> Changes:
        """Undo the annotator's last act.

        Raises:
            UserError: `nothing_to_undo` or `undo_conflict`.
        """
        with self._database.write() as connection:
            changes = history.undo(connection, annotator_id=self.annotator.id, at=self._clock())
        self.hear(changes)
        return changes

    def redo(self) -> Changes:
        """Redo the annotator's last undone act.

        Raises:
            UserError: `nothing_to_redo` or `undo_conflict`.
        """
        with self._database.write() as connection:
            changes = history.redo(connection, annotator_id=self.annotator.id, at=self._clock())
        self.hear(changes)
        return changes

    def next_act(self) -> int:
        """Return the number that the next act will have in the history."""
        newest = self.history(limit=1)
        return newest[0].seq + 1 if newest else 1

    def hear(self, changes: Changes) -> None:
        """Forget what is kept of the scheme and the registry where an act changed it, such as one of a `writer`."""
        if changes.registry_changed:
            self._events = None
            self._hear_actors(changes)
        if changes.scheme_changed:
            with self._database.read() as connection:
                self.scheme = scheme.scheme(connection)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one and the same state throughout the block, whatever others write meanwhile; nothing can be changed."""
        with self._database.snapshot():
            yield

    def problems(self) -> Iterator[checks.Problem]:
        """Yield all that is wrong with the file; see `annotator.store.checks`."""
        with self._database.snapshot() as connection:
            yield from checks.problems(connection)

    def now(self) -> str:
        """Return the time for rows of an act."""
        return self._clock()

    def _hear_actors(self, changes: Changes) -> None:
        """Keep the actors in step, row by row: reading thousands anew would be felt at every link."""
        rows = [row for row in changes.rows if isinstance(row.record, Actor)]
        if self._actors is not None:
            changed = dict(self._actors)
            for row in rows:
                changed.pop(ActorId(row.record.id), None)
            changed.update((row.after.id, row.after) for row in rows if isinstance(row.after, Actor))
            self._actors = dict(sorted(changed.items()))
        if self._owners is not None:
            for row in rows:
                for name in row.before.names if isinstance(row.before, Actor) else ():
                    self._owners.pop(name_key(name), None)
            for row in rows:
                for name in row.after.names if isinstance(row.after, Actor) else ():
                    self._owners[name_key(name)] = ActorId(row.record.id)


def _known(value: T | None, key: str, **params: object) -> T:
    if value is None:
        raise UserError(key, **params)
    return value


def _annotator_name(name: str) -> str:
    stripped = name.strip()
    if not stripped:
        raise UserError("annotator_name_empty")
    return stripped


def _found(database: Database, new_scheme: Scheme, name: str, now: str) -> Annotator:
    annotator = Annotator(id=AnnotatorId(new_id()), name=name)
    with database.write() as connection:
        scheme.put_particulars(connection, {"id": new_id(), "created_at": now})
        scheme.put_scheme(connection, new_scheme)
        scheme.put_annotator(connection, annotator, now)
    return annotator


def _annotator(database: Database, name: str) -> Annotator:
    """Return the annotator of this name; a new one is written with their first act, so that opening changes nothing."""
    with database.read() as connection:
        known = next((who for who in scheme.annotators(connection) if who.name == name), None)
    return known or Annotator(id=AnnotatorId(new_id()), name=name)
