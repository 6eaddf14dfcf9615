# SPDX-License-Identifier: MIT
"""A project that several annotators open in turn, and what says that an act can be undone and redone to the letter."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.model.ids import ActorId, EventId, LabelId, SpanId
from annotator.model.span import Span
from annotator.ops import actors, events, history, tags
from annotator.ops.checking import check
from annotator.project import Project

TABLES = (
    *("article", "span", "relation", "document_tag", "actor", "event", "project"),
    *("layer", "label", "attribute", "relation_type", "document_label"),
)

State = dict[str, list[tuple[Any, ...]]]


class Bench:
    """A project of two articles, and what tests do with it in few words.

    Attributes:
        project: the open project; another one after `restart`.
    """

    def __init__(self, project: Project) -> None:
        self.project = self._quick(project)

    @staticmethod
    def _quick(project: Project) -> Project:
        # What is tested here is not what a power cut leaves.
        project._database.connection.execute("pragma synchronous = off")
        return project

    def restart(self, annotator: str = "Layla") -> Project:
        """Close the project and open it again, as this annotator."""
        self.project.close()
        self.project = self._quick(Project.open(self.project.path, annotator=annotator))
        return self.project

    def tag(self, quote: str, label: str, *, article: int = 0, **more: Any) -> SpanId:
        """Tag the first place of a quote, and return the tag's id."""
        article_id = self.project.articles()[article].id
        start = self.project.text(article_id).index(quote)
        changes = tags.add_tag(self.project, article_id, start, start + len(quote), LabelId(label), **more)
        return SpanId(changes.rows[0].record.id)

    def actor(self, name_ar: str, name_en: str = "", *span_ids: SpanId, **more: Any) -> ActorId:
        """Add an actor, and return its id."""
        made = replace(actors.draft_actor(self.project, name_ar, name_en), **more)
        actors.add_actor(self.project, made, span_ids)
        return made.id

    def event(self, title: str, *span_ids: SpanId, **more: Any) -> EventId:
        """Add an event, and return its id."""
        made = replace(events.draft_event(self.project, title), **more)
        events.add_event(self.project, made, span_ids)
        return made.id

    def span(self, span_id: SpanId) -> Span:
        """Return a tag."""
        return self.project.span(span_id)

    def state(self) -> State:
        """Return every row of the project apart from the history, and from who has worked in it."""
        connection = sqlite3.connect(self.project.path)
        try:
            state = {table: sorted(connection.execute(f"select * from {table}").fetchall()) for table in TABLES}
            # The seal is over those who have worked in it, too.
            return {**state, "project": [row for row in state["project"] if row[0] != "seal"]}
        finally:
            connection.close()

    def does(self, act: Callable[[], Any]) -> Any:
        """Do one act; see that undo gives back every row, redo every change, also after a restart; and it stays done.

        Everything after it must use `project` anew.
        """
        before, acts = self.state(), len(self.project.history())
        changes = act()
        after = self.state()
        assert after != before
        assert len(self.project.history()) == acts + 1 == changes.seq
        for _ in range(2):
            history.undo(self.project)
            assert self.state() == before
            self.restart(self.project.annotator.name)
            history.redo(self.project)
            assert self.state() == after
        assert check(self.project).problems == ()
        return changes

    def refuses(self, key: str, act: Callable[[], Any]) -> UserError:
        """See that an act is refused with this key and changes nothing; return the error."""
        before, acts = self.state(), len(self.project.history())
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.key == key
        assert self.state() == before
        assert len(self.project.history()) == acts
        return caught.value


@pytest.fixture
def bench(filled: Project) -> Iterator[Bench]:
    """Return a project of two articles at which several annotators work in turn."""
    made = Bench(filled)
    yield made
    with suppress(UserError):
        made.project.close()


@pytest.fixture
def old_bench(tmp_path: Path) -> Iterator[Bench]:
    """Return a project that a program of schema 1 made, opened by its annotator."""
    copy = tmp_path / "old.tawsim"
    copy.write_bytes((Path(__file__).parents[2] / "files" / "schema-0001.tawsim").read_bytes())
    made = Bench(Project.open(copy, annotator="ليلى حداد"))
    yield made
    made.project.close()
