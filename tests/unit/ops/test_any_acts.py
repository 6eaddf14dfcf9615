# SPDX-License-Identifier: MIT
"""Whatever is done: undo all gives the first state, redo all the last, and the file stays whole."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.model.ids import LabelId
from annotator.ops import articles, history, tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project

TEXTS = ["التقى غانتس أردوغان 👍🏽 في أنقرة\n", "أعلنت تركيا e\u0301 موقفها\r\nثم سكتت", "خبر \u200f ثالث عن مِصْرَ"]
LABELS = st.sampled_from([LabelId("ACTOR"), LabelId("EVENT"), LabelId("STANCE")])
SMALL = st.integers(0, 30)

ACTS = st.one_of(
    st.tuples(st.just("import"), st.lists(st.integers(0, 2), min_size=1, max_size=3)),
    st.tuples(st.just("add"), SMALL, SMALL, SMALL, LABELS, st.sampled_from(["", "note"])),
    st.tuples(st.just("delete"), st.lists(SMALL, max_size=4)),
    st.tuples(st.just("relabel"), SMALL, LABELS),
    st.tuples(st.just("move"), SMALL, SMALL, SMALL),
    st.tuples(st.just("note"), SMALL, st.text(max_size=3)),
    st.tuples(st.just("article_note"), SMALL, st.text(max_size=3)),
    st.tuples(st.just("title"), SMALL, st.text(max_size=3)),
    st.tuples(st.just("state"), st.lists(SMALL, max_size=3), st.sampled_from(ArticleState)),
    st.tuples(st.just("remove"), st.lists(SMALL, max_size=2)),
)


class Analyst:
    """Does acts on a project; those that the rules refuse must change nothing."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.folder = folder

    def does(self, act: tuple[Any, ...]) -> None:
        name, *arguments = act
        before, acts = state(self.project.path), self.project.history()
        try:
            changes = getattr(self, name)(*arguments)
        except UserError:
            changes = None
        if changes is None or changes.seq == 0:
            assert state(self.project.path) == before
            assert self.project.history() == acts
        else:
            assert state(self.project.path) != before
            assert self.project.history(limit=1)[0].seq == changes.seq == len(acts) + 1

    def _article(self, number: int) -> Any:
        listed = self.project.articles()
        return listed[number % len(listed)].id if listed else "00" * 16

    def _tag(self, number: int) -> Any:
        spans = [span for article in self.project.articles() for span in self.project.spans(article.id)]
        return spans[number % len(spans)].id if spans else "00" * 16

    def _import(self, numbers: list[int]) -> Any:
        return import_files(self.project, [self.folder / f"{number}.txt" for number in numbers])[0]

    def add(self, article: int, start: int, end: int, label: LabelId, note: str) -> Any:
        return tags.add_tag(self.project, self._article(article), start, end, label, note=note)

    def delete(self, numbers: list[int]) -> Any:
        return tags.delete_tags(self.project, [self._tag(number) for number in numbers])

    def relabel(self, tag: int, label: LabelId) -> Any:
        return tags.set_label(self.project, self._tag(tag), label)

    def move(self, tag: int, start: int, end: int) -> Any:
        return tags.set_bounds(self.project, self._tag(tag), start, end)

    def note(self, tag: int, note: str) -> Any:
        return tags.set_note(self.project, self._tag(tag), note)

    def article_note(self, article: int, note: str) -> Any:
        return articles.set_note(self.project, self._article(article), note)

    def title(self, article: int, title: str) -> Any:
        return articles.set_title(self.project, self._article(article), title)

    def state(self, numbers: list[int], value: ArticleState) -> Any:
        return articles.set_state(self.project, [self._article(number) for number in numbers], value)

    def remove(self, numbers: list[int]) -> Any:
        return articles.remove(self.project, [self._article(number) for number in numbers])


setattr(Analyst, "import", Analyst._import)


def state(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that tells what the project holds now."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f"select * from {table}").fetchall())
            for table in ("article", "span", "label", "layer", "annotator", "project")
        }
    finally:
        connection.close()


@contextmanager
def analyst() -> Iterator[Analyst]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(TEXTS):
            (folder / f"{number}.txt").write_bytes(text.encode())
        with new_project(folder / "p.tawsim", annotator="Layla") as project:
            # What is tested here is not what a power cut leaves.
            project._database.connection.execute("pragma synchronous = off")
            import_files(project, [folder / "0.txt"])
            yield Analyst(project, folder)


def undo_all(project: Project) -> int:
    steps = 0
    while project.undoable():
        history.undo(project)
        steps += 1
    return steps


@settings(max_examples=40)
@given(st.lists(ACTS, max_size=14))
def test_undo_all_is_the_first_state_and_redo_all_the_last(acts: list[tuple[Any, ...]]) -> None:
    with analyst() as someone:
        project = someone.project
        undo_all(project)
        first = state(project.path)
        history.redo(project)
        for act in acts:
            someone.does(act)
        last = state(project.path)
        steps = undo_all(project)
        assert state(project.path) == first
        for _ in range(steps):
            history.redo(project)
        assert state(project.path) == last
        assert project.redoable() is None
        assert check(project).problems == ()


@settings(max_examples=40)
@given(st.lists(st.one_of(ACTS, st.sampled_from(["undo", "redo"])), max_size=24))
def test_undo_and_redo_between_acts(acts: list[Any]) -> None:
    """A list of states with a place in it is all that undo and redo mean."""
    with analyst() as someone:
        project = someone.project
        states = [state(project.path)]
        undo_all(project)
        states.insert(0, state(project.path))
        place = 0
        for act in acts:
            if act == "undo" and place:
                history.undo(project)
                place -= 1
            elif act == "redo" and place < len(states) - 1:
                history.redo(project)
                place += 1
            elif not isinstance(act, str):
                before = len(project.history())
                someone.does(act)
                if len(project.history()) > before:
                    place += 1
                    states[place:] = [state(project.path)]
            assert state(project.path) == states[place]
            assert (project.undoable() is not None) == (place > 0)
            assert (project.redoable() is not None) == (place < len(states) - 1)
        assert check(project).problems == ()
