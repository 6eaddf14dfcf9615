# SPDX-License-Identifier: MIT
"""What an act costs, counted rather than timed: statements, and steps of SQLite's machine, which are the same anywhere.

Each act must take the same work in a small and a larger project, and no more than its bound in `BOUNDS`. Where an act
rightly needs more, raise its bound, and say why in the commit.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article, ArticleState
from annotator.model.changes import Op
from annotator.model.ids import ArticleId, LabelId, SpanId, new_id
from annotator.model.span import Certainty, Origin, Span
from annotator.ops import actors, articles, history, tags
from annotator.ops.occurrences import Hit, tag_occurrences
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.store import database

ACTOR, PLACE = LabelId("ACTOR"), LabelId("PLACE")
SMALL, LARGE = 10, 300
TAGS_EACH = 5
MANY = 1_000
#: Of each act and question: the most statements, and the most steps of SQLite's machine, of which another SQLite may
#: take some more. A thousand tags are a thousand times the statement of one, and a few besides.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "open": (28, 2_200),
    "add_tag": (9, 420),
    "undo": (6, 310),
    "redo": (7, 370),
    "set_label": (9, 390),
    "undo set_label": (7, 300),
    "set_note": (6, 240),
    "set_certainty": (6, 250),
    "link": (7, 340),
    "delete": (8, 300),
    "undo delete": (6, 360),
    "set_state": (6, 290),
    "bulk": (MANY + 10, 180 * MANY),
    "undo bulk": (12, 140 * MANY),
    "redo bulk": (MANY + 11, 180 * MANY),
    "bulk set_labels": (MANY + 12, 180 * MANY),
    "undo bulk set_labels": (MANY + 12, 140 * MANY),
    "bulk delete": (MANY + 14, 140 * MANY),
    "undo bulk delete": (MANY + 10, 180 * MANY),
    "article_count": (1, 20),
    "span_count": (1, 20),
    "next undo": (4, 150),
    "text": (1, 20),
    "history": (8, 400),
    "line of the list": (1, 100),
    "part of the list": (1, 600),
}


@dataclass
class Work:
    """What a connection did: the statements, and how many steps they took."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    def step(self) -> int:
        self.steps += 1
        return 0

    @contextlib.contextmanager
    def of(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.set_trace_callback(self.statements.append)
        connection.set_progress_handler(self.step, 1)
        try:
            yield
        finally:
            connection.set_trace_callback(None)
            connection.set_progress_handler(None, 1)


def made(path: Path, count: int) -> Path:
    """Make a project of so many articles, each of another text with the same tags."""
    with new_project(path, annotator="Layla") as project:
        with project.transact(Op.IMPORT_ARTICLES, {"count": count}) as act:
            for number in range(count):
                text = f"خبر رقم {number}: " + "التقى غانتس أردوغان في أنقرة. " * 100
                sha256 = f"{number:064x}"
                project.put_texts(act, [(sha256, text)])
                article = article_of(project, number, text, sha256)
                act.insert([article])
                act.insert([span_of(project, article.id, 20 * place, text) for place in range(1, TAGS_EACH + 1)])
        actors.add_actor(project, actors.draft_actor(project, "غانتس"), [])
        history.undo(project)
        history.redo(project)
    return path


def article_of(project: Project, number: int, text: str, sha256: str) -> Article:
    return Article(
        *(ArticleId(new_id()), number + 1, f"خبر {number}", ArticleState.UNTOUCHED, "", "", sha256, sha256),
        *(len(text), "utf-8", False, "lf", True, project.annotator.id, project.now()),
    )


def span_of(project: Project, article_id: ArticleId, start: int, text: str) -> Span:
    return Span(
        *(SpanId(new_id()), article_id, ACTOR, start, start + 6, text[start : start + 6], "", Origin.MANUAL),
        *(project.annotator.id, project.now()),
    )


class Analyst:
    """Does one of everything in the middle of a project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        listed = project.articles()
        self.article_id = listed[len(listed) * 2 // 3].id
        self.first_id = listed[0].id
        self.actor_id = next(iter(project.actors))
        self.many: list[SpanId] = []

    def tag(self) -> SpanId:
        return self.project.spans(self.article_id)[0].id

    def bulk(self) -> None:
        hits = [Hit(self.article_id, at, at + 3, "", "", None) for at in range(20, 20 + 2 * MANY, 2)]
        self.many = [row.record.id for row in tag_occurrences(self.project, hits, PLACE).rows]  # type: ignore[misc]

    def acts(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        project, tag = self.project, self.tag()
        yield "add_tag", lambda: tags.add_tag(project, self.article_id, 3, 9, ACTOR)
        yield "undo", lambda: history.undo(project)
        yield "redo", lambda: history.redo(project)
        yield "set_label", lambda: tags.set_label(project, tag, PLACE)
        yield "undo set_label", lambda: history.undo(project)
        yield "set_note", lambda: tags.set_note(project, tag, "ملاحظة")
        yield "set_certainty", lambda: tags.set_certainty(project, [tag], Certainty.UNSURE)
        yield "link", lambda: actors.link_tags(project, [tag], self.actor_id)
        yield "delete", lambda: tags.delete_tags(project, [tag])
        yield "undo delete", lambda: history.undo(project)
        yield "set_state", lambda: articles.set_state(project, [self.article_id], ArticleState.DONE)
        yield "bulk", self.bulk
        yield "undo bulk", lambda: history.undo(project)
        yield "redo bulk", lambda: history.redo(project)
        yield "bulk set_labels", lambda: tags.set_labels(project, self.many, ACTOR)
        yield "undo bulk set_labels", lambda: history.undo(project)
        yield "bulk delete", lambda: tags.delete_tags(project, self.many)
        yield "undo bulk delete", lambda: history.undo(project)

    def questions(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        project = self.project
        yield "article_count", project.article_count
        yield "span_count", project.span_count
        yield "next undo", project.undoable
        yield "text", lambda: project.text(self.article_id)
        yield "history", lambda: project.history(limit=5)
        yield "line of the list", lambda: project.article_summary(self.first_id)
        yield "part of the list", lambda: project.articles(0, 5)


def worked(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Work]:
    """Return what each act and question took."""
    work = {"open": Work()}
    connect = database._connect

    def counting(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(work["open"].statements.append)
        connection.set_progress_handler(work["open"].step, 1)
        return connection

    with monkeypatch.context() as patch:
        # What reads the whole file is for small ones alone.
        patch.setattr("annotator.project.opened.CHECKED_AT_OPENING", 0)
        patch.setattr(database, "CHECKED_AT_OPENING", 0)
        patch.setattr(database, "_connect", counting)
        project = Project.open(path, annotator="Layla")
    with project:
        connection = project._database.connection
        connection.set_progress_handler(None, 1)
        analyst = Analyst(project)
        for source in (analyst.acts, analyst.questions):
            for name, run in source():
                work[name] = Work()
                # What was packed would be work of other acts.
                with monkeypatch.context() as patch, work[name].of(connection):
                    patch.setattr("annotator.store.history_rows._LOOSE", 1_000)
                    run()
    return work


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Work], dict[str, Work]]:
    """Return what everything takes in a small project and in a larger one."""
    folder = tmp_path_factory.mktemp("work")
    small, large = (made(folder / f"{count}.tawsim", count) for count in (SMALL, LARGE))
    with pytest.MonkeyPatch.context() as patch:
        return worked(small, patch), worked(large, patch)


def told(work: Work) -> str:
    some = "\n".join(" ".join(statement.split())[:120] for statement in work.statements[:30])
    return f"{len(work.statements)} statements of {work.steps} steps:\n{some}"


def test_everything_has_a_bound(measured: tuple[dict[str, Work], dict[str, Work]]) -> None:
    assert list(measured[1]) == list(BOUNDS)


@pytest.mark.parametrize("name", BOUNDS)
def test_work_is_bounded(measured: tuple[dict[str, Work], dict[str, Work]], name: str) -> None:
    work, (statements, steps) = measured[1][name], BOUNDS[name]
    assert len(work.statements) <= statements, f"“{name}” takes more than {statements} statements now, {told(work)}"
    assert work.steps <= steps, f"“{name}” takes more than {steps} steps now, {told(work)}"


@pytest.mark.parametrize("name", BOUNDS)
def test_work_does_not_grow_with_the_corpus(measured: tuple[dict[str, Work], dict[str, Work]], name: str) -> None:
    small, large = measured[0][name], measured[1][name]
    assert (len(small.statements), small.steps) == (len(large.statements), large.steps), (
        f"“{name}” takes more the more articles there are: of {SMALL} {told(small)}\nof {LARGE} {told(large)}"
    )


def test_nothing_is_counted_row_by_row(tmp_path: Path, measured: tuple[dict[str, Work], dict[str, Work]]) -> None:
    """Counting all rows of a table is one step of SQLite's machine, but reads the table."""
    path = made(tmp_path / "p.tawsim", 1)
    connection = sqlite3.connect(path)
    connection.text_factory = bytes  # of ids, which the plan tells as if they were text
    queries = {one for work in measured[1].values() for one in work.statements if one.lstrip().startswith("select")}
    for query in queries:
        steps = {row[1] for row in connection.execute(f"explain {query}")}
        assert b"Count" not in steps or "sqlite_schema" in query, query
    connection.close()
