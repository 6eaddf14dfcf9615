# SPDX-License-Identifier: MIT
"""What the window works on: the open project, the article that is read, the tag that is current.

The one way from a widget to the file: every act goes through `run`, and every view hears what it changed. Keeps ids
and nothing of what a view shows, apart from the spans and relations of the article that is read, which several views
ask for.
"""

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.errors import OBSTACLES, UserError
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId, SpanId
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.model.spans import SpanChange, Spans
from annotator.project import Project
from annotator.ui.waiting import Task, Waiting, What

P = ParamSpec("P")
T = TypeVar("T")


class Session(QObject):
    """One project at a time, or none.

    Signals:
        project_opened: a project is open now.
        project_closing: the project is about to be closed; who reads it in another thread stops now.
        project_closed: there is none any more.
        article_selected: this article is read now; "" for none.
        tag_selected: this tag is current now; "" for none.
        scheme_changed: an act has changed the scheme; `changes_committed` follows.
        renewed: an act has changed more than it tells: all that is shown is to be read anew; `changes_committed`
            follows.
        changes_committed: an act is in the file; with its changes and whoever started it.
        failed: an act could not be done; with the `UserError`.
        waiting: this has waited for the disk for a while, a `What`, and goes on waiting; "" when it is over.

    Attributes:
        overcome: asked where the disk or another program keeps an act from being done: with the `UserError` and what
            tries it again; returns what it changed, or None where the user lets it be, and has been told.
    """

    project_opened = Signal()
    project_closing = Signal()
    project_closed = Signal()
    article_selected = Signal(str)
    tag_selected = Signal(str)
    scheme_changed = Signal()
    renewed = Signal()
    changes_committed = Signal(object, object)
    failed = Signal(object)
    waiting = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._article_id: ArticleId | None = None
        self._tag_id: SpanId | None = None
        self._spans: Spans | None = None
        self._relations: list[Relation] | None = None
        self._touching: dict[str, list[Relation]] = {}
        # While the acts of others are told: of which article, and how what views show of it differs from what is.
        self._differing: tuple[ArticleId | None, SpanChange] | None = None
        self._waiting = Waiting(self)
        self._waiting.told.connect(self.waiting)
        self._postponed: deque[Callable[[], object]] = deque()
        self._afterwards: deque[Callable[[], object]] = deque()
        self._is_overcoming = False
        self._acts = 0  # that are being done or told, one within another; opening is one
        self.overcome: Callable[[UserError, Callable[[], Changes]], Changes | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def is_waiting(self) -> bool:
        """Whether an act, or opening, waits for the disk or for the user's decision, and the window is alive meanwhile.

        Nothing else may be begun: what was begun later would be done before it.
        """
        return self._waiting.is_on or self._is_overcoming

    @property
    def project(self) -> Project:
        """The open project; asking without one is a bug."""
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project

    @property
    def article_id(self) -> ArticleId | None:
        """The article that is read."""
        return self._article_id

    @property
    def tag_id(self) -> SpanId | None:
        """The current tag."""
        return self._tag_id

    def open(self, project: Project, *, tell: bool = True) -> None:
        """Work on a project from now on; the one before is closed.

        Without `tell` nobody hears of it before `tell_opened`.
        """
        self.close()
        self._project = project
        project.wait_by(self._waiting)
        if tell:
            self.tell_opened()

    @contextlib.contextmanager
    def opening(self) -> Iterator[None]:
        """Open a project in the block, before all that is put off meanwhile, such as closing."""
        self._acts += 1
        try:
            yield
        finally:
            self._acts -= 1
            self._do_postponed()

    def wait_for(self, task: Task[T]) -> T:
        """Return what a thread finds for `opening`, or raise what it meets; the window is alive until then.

        Acts that were begun meanwhile are done by now: they are acts on the project that is still open.
        """
        try:
            return self._waiting.until(task, What.OPENING)
        finally:
            while self._postponed and not self.is_waiting:
                self._postponed.popleft()()

    def tell_opened(self) -> None:
        """Tell everyone that a project is open."""
        self.project_opened.emit()

    def move_to(self, place: Path) -> None:
        """Go on with the same project at another place, to which its file was moved or copied; views stay as they are.

        Raises:
            UserError: `project_another` where that is none or an older one, and what opening refuses.
        """
        self.project_closing.emit()
        self._project = self.project.opened_at(place)
        self._project.wait_by(self._waiting)

    def close(self) -> None:
        """Close the project, if one is open; where an act waits for the disk, once that is done."""
        self.afterwards(self._close)

    def _close(self) -> None:
        if self._project is None:
            return
        self.project_closing.emit()
        project, self._project = self._project, None
        self._article_id = self._tag_id = self._spans = self._relations = None
        try:
            # Before it waits for the disk: then nobody asks for the project any more.
            self.project_closed.emit()
        finally:
            project.close()

    def select_article(self, article_id: ArticleId | None) -> None:
        """Read another article; no tag is current then."""
        if article_id == self._article_id:
            return
        if article_id is not None:
            try:
                self.project.article(article_id)
            except UserError as error:  # someone else has just taken it out of the project
                self.failed.emit(error)
                return
        self.select_tag(None)
        self._article_id, self._spans, self._relations = article_id, None, None
        self.article_selected.emit(article_id or "")

    def select_tag(self, tag_id: SpanId | None) -> None:
        """Make a tag of this article the current one."""
        if tag_id != self._tag_id:
            self._tag_id = tag_id
            self.tag_selected.emit(tag_id or "")

    def spans(self) -> Spans:
        """Return the spans of the article that is read; acts change them in place."""
        if self._spans is None:
            self._spans = Spans()
            if self._article_id is not None:
                with self.project.snapshot():  # labels and actors that others have just made are known then
                    self._spans = self.project.spans_to_show(self._article_id)
                    self._spans.read()
        return self._spans

    @contextlib.contextmanager
    def first_sight(self) -> Iterator[None]:
        """Read of the tags of the article what is asked for in the block, and the rest after it.

        What is painted in the block waits for no more. All of it is as it was at one time: nothing can be changed.
        """
        with self.project.snapshot():
            if self._spans is None and self._article_id is not None:
                self._spans = self.project.spans_to_show(self._article_id)
            spans = self.spans()
            try:
                yield
            finally:
                spans.read()

    def relations(self) -> list[Relation]:
        """Return the relations of the article that is read."""
        if self._relations is None:
            self._relations = [] if self._article_id is None else self.project.relations(self._article_id)
            self._touching = {}
            for relation in self._relations:
                for end in {relation.source_id, relation.target_span_id} - {None}:
                    self._touching.setdefault(str(end), []).append(relation)
        return self._relations

    def relations_of(self, tag_id: str) -> list[Relation]:
        """Return the relations that start from a tag or lead to it, in their order."""
        self.relations()
        return self._touching.get(tag_id, [])

    def span(self, tag_id: str | None) -> Span | None:
        """Return a span of this article by its id."""
        return self.spans().get(tag_id) if tag_id else None

    def span_change(self, changes: Changes) -> SpanChange:
        """Return what became of the spans of the article that is read, in an act that has been taken over."""
        if self._differing is not None:
            article_id, differing = self._differing
            return differing if article_id == self._article_id else SpanChange()  # read after that, and known as it is
        change = SpanChange.of(changes.rows, self._article_id)
        touched = dict.fromkeys(span.id for span in (*change.gone, *change.come))
        return SpanChange(change.gone, tuple(now for span_id in touched if (now := self.span(span_id)) is not None))

    def run(self, act: Callable[Concatenate[Project, P], Changes], *args: P.args, **kwargs: P.kwargs) -> Changes | None:
        """Do an act of `annotator.ops`; None where it could not be done, and the user has been told."""
        return self.run_from(None, act, *args, **kwargs)

    def run_from(
        self,
        initiator: object,
        act: Callable[Concatenate[Project, P], Changes],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Changes | None:
        """Do an act as `run` does, and tell who started it, so that it can leave out its own echo."""
        return self._run(initiator, None, act, *args, **kwargs)

    def run_to_tag(
        self,
        chosen: Callable[[Changes], SpanId | None],
        act: Callable[Concatenate[Project, P], Changes],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Changes | None:
        """Do an act as `run` does; the tag that `chosen` tells is the current one when the views hear of it."""
        return self._run(None, chosen, act, *args, **kwargs)

    def _run(
        self,
        initiator: object,
        chosen: Callable[[Changes], SpanId | None] | None,
        act: Callable[Concatenate[Project, P], Changes],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Changes | None:
        if self.is_waiting:
            self._postponed.append(partial(self._run, initiator, chosen, act, *args, **kwargs))
            return None
        self._acts += 1
        try:
            return self._do(initiator, chosen, lambda: act(self.project, *args, **kwargs))
        finally:
            self._acts -= 1
            self._do_postponed()

    def _do(
        self, initiator: object, chosen: Callable[[Changes], SpanId | None] | None, attempt: Callable[[], Changes]
    ) -> Changes | None:
        try:
            changes: Changes | None = attempt()
        except UserError as error:
            if error.key in OBSTACLES and self.overcome is not None and not self.project.read_only:
                changes = self._overcome(error, attempt)
            else:
                self.failed.emit(error)
                return None
        if changes is not None:
            self._announce(changes, initiator, chosen)
        return changes

    def _overcome(self, error: UserError, attempt: Callable[[], Changes]) -> Changes | None:
        assert self.overcome is not None  # noqa: S101 - asked by `_do`
        self._is_overcoming = True
        try:
            return self.overcome(error, attempt)
        finally:
            self._is_overcoming = False

    def afterwards(self, what: Callable[[], object]) -> None:
        """Do something once no act waits, which is at once nearly always.

        It is for what would take away, under an act that is being done, what that act was begun from. Acts that were
        begun meanwhile come first, as they stand on that, too.
        """
        if self.is_waiting:
            self._afterwards.append(what)
            return
        try:
            what()
        finally:
            self._do_postponed()

    def _do_postponed(self) -> None:
        # Not before the outermost act is told: a view that hears of it may begin another one, and then hear the rest.
        while (next_ones := self._postponed or self._afterwards) and not self.is_waiting and not self._acts:
            next_ones.popleft()()

    def announce(self, changes: Changes, initiator: object = None) -> None:
        """Tell every view of changes that are in the file, such as those of a job."""
        self._announce(changes, initiator, None)

    def _announce(self, changes: Changes, initiator: object, chosen: Callable[[Changes], SpanId | None] | None) -> None:
        if not changes.seq:
            if chosen is not None:
                self.select_tag(chosen(changes))
            return
        if changes.spilled or changes.scheme_changed:
            self._spans = self._relations = None
            # Views that know only what was before are not asked any more.
            self._let_go()
            (self.renewed if changes.spilled else self.scheme_changed).emit()
        else:
            self._take_over(changes)
        before = self._tag_id
        if chosen is not None:
            self._tag_id = chosen(changes)
        elif self._tag_id is not None and self.span(self._tag_id) is None:
            self._tag_id = None
        now = self._tag_id
        # Before another tag, or none, is told: the text is painted with the act, and nothing else of the window.
        self.changes_committed.emit(changes, initiator)
        if self._tag_id == now != before:
            self.tag_selected.emit(now or "")

    def announce_from_job(self, changes: Changes, initiator: object = None) -> None:
        """Tell every view of an act that was done through another connection, as in a job."""

        def tell() -> None:
            self.project.adopt(changes)
            self.catch_up()
            self.announce(changes, initiator)

        self.afterwards(tell)

    def catch_up(self) -> None:
        """Tell every view of what others have done to the file: another window, a command line."""
        if self.is_waiting or not self.project.has_news:
            return
        with self.project.snapshot():  # what is read here is just what is told, and nothing later
            news = self.project.catch_up()
            if news is None:
                return
            shown, self._spans, self._relations = self._spans, None, None
            self._differing = self._difference(shown, news.changes)
        try:
            self.announce(news.changes, news)
        finally:
            self._differing = None

    def _difference(self, shown: Spans | None, changes: Changes) -> tuple[ArticleId | None, SpanChange]:
        """Return how the spans of the article that is read differ from those that views show.

        Acts of this window may have come after those of others, and views may have read what these did before it was
        told: what holds is what is in the file.
        """
        change = SpanChange.of(changes.rows, self._article_id)
        touched = dict.fromkeys(span.id for span in (*change.gone, *change.come))
        pairs = [(shown.get(span_id) if shown is not None else None, self.span(span_id)) for span_id in touched]
        differing = [(before, now) for before, now in pairs if before != now]
        return self._article_id, SpanChange(
            tuple(before for before, _ in differing if before is not None),
            tuple(now for _, now in differing if now is not None),
        )

    def _take_over(self, changes: Changes) -> None:
        """Have the article that is read, and what is tagged in it, as the act left them."""
        if any(row.after is None and row.record.id == self._article_id for row in changes.rows):
            self.select_article(None)
        if self._spans is not None and self._differing is None:
            self._spans.change(SpanChange.of(changes.rows, self._article_id))
        if any(isinstance(row.record, Relation) for row in changes.rows):
            self._relations = None

    def renew(self) -> None:
        """Have every view read all of it anew."""
        self.afterwards(self._renew)

    def _renew(self) -> None:
        self._spans = self._relations = None
        self._let_go()
        self.renewed.emit()

    def _let_go(self) -> None:
        """Forget the article and the tag where they are gone; views are not asked, as they know what was before."""
        try:
            _ = self._article_id and self.project.article(self._article_id)
        except UserError:
            self._article_id = self._tag_id = None
        if self.span(self._tag_id) is None:
            self._tag_id = None
