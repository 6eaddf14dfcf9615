# SPDX-License-Identifier: MIT
"""Whatever is done: undo all gives the first state, redo all the last, and the file stays whole."""

import dataclasses
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.model.attributes import Attribute, AttributeKind
from annotator.model.ids import AttributeId, LabelId, LayerId
from annotator.model.names import Name
from annotator.model.registry import name_key
from annotator.model.relation import AUTHOR, End
from annotator.model.scheme import Label, Scheme
from annotator.model.span import Certainty
from annotator.ops import (
    actors,
    articles,
    boilerplate,
    document_tags,
    duplicates,
    events,
    history,
    relations,
    scheme,
    tags,
)
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.occurrences import find_occurrences, tag_occurrences
from annotator.ops.projects import new_project
from annotator.ops.review import review
from annotator.project import Project
from annotator.store import history_rows
from annotator.text.proclitics import Evidence

TEXTS = ["التقى غانتس أردوغان 👍🏽 في أنقرة\n", "أعلنت تركيا e\u0301 موقفها\r\nثم سكتت", "خبر \u200f ثالث عن مِصْرَ"]
LABELS = st.sampled_from([LabelId(name) for name in ("ACTOR", "EVENT", "STANCE", "PLACE", "NEW")])
#: What may be said of tags of a label, and a few things that may not.
VALUES = {
    "ACTOR": [("mention", "NOM"), ("mention", None), ("new", "y"), ("type", "CONSULT")],
    "EVENT": [
        *(("type", "CONSULT"), ("type", "RETREAT"), ("mode", "visit"), ("mode", "withdraw"), ("negated", True)),
        *(("realis", None), ("new", "y"), ("mode", "nothing"), ("polarity", "FAVOR")),
    ],
    "STANCE": [("polarity", "FAVOR"), ("issue", "قضية"), ("issue", ""), ("voice", "NARRATOR"), ("none", 1)],
    "doc_stance": [("doc_label", "AGAINST"), ("issue", "قضية"), ("issue", "أخرى"), ("type", "CONSULT")],
}
SAYINGS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda label: st.tuples(st.just(label), st.lists(st.sampled_from(VALUES[label]), max_size=3).map(dict))
)
#: A relation type, the label it starts from and what it leads to; not all of these are allowed.
RELATIONS = st.sampled_from(
    [
        *(("AGENT", "EVENT", "ACTOR"), ("AGENT", "EVENT", "actor"), ("PLACE", "EVENT", "actor")),
        *(("CONTENT", "EVENT", "EVENT"), ("CONTENT", "EVENT", "event"), ("HOLDER", "STANCE", "author")),
        *(("HOLDER", "STANCE", "ACTOR"), ("TARGET", "STANCE", "EVENT"), ("TARGET", "STANCE", "event")),
        *(("AGENT", "STANCE", "ACTOR"), ("AGENT", "EVENT", "author"), ("HOLDER", "STANCE", "PLACE")),
    ]
)
NAMES = st.sampled_from(["غانتس", "جانتس", "أردوغان", "Gantz", "تركيا", ""])
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
    st.tuples(st.just("boilerplate"), st.sampled_from(["mark", "unmark", "suspect"]), SMALL, SMALL, SMALL),
    st.tuples(st.just("duplicates"), st.sampled_from(["find", "group", "ungroup"]), st.lists(SMALL, max_size=3)),
    st.tuples(st.just("attributes"), st.lists(SMALL, min_size=1, max_size=2), SAYINGS),
    st.tuples(st.just("certainty"), st.lists(SMALL, max_size=2), st.sampled_from(Certainty)),
    st.tuples(st.just("pieces"), SMALL, st.lists(st.tuples(SMALL, SMALL), max_size=3)),
    st.tuples(st.just("relate"), RELATIONS, SMALL, SMALL),
    st.tuples(st.just("fill"), SMALL, SAYINGS, RELATIONS, st.lists(SMALL, max_size=2)),
    st.tuples(st.just("unrelate"), st.lists(SMALL, min_size=1, max_size=2)),
    st.tuples(st.just("say"), SMALL, SAYINGS),
    st.tuples(st.just("unsay"), SMALL),
    st.tuples(st.just("actor"), NAMES, st.lists(SMALL, max_size=3)),
    st.tuples(st.just("rename_actor"), SMALL, NAMES, st.lists(NAMES, max_size=2), st.lists(SMALL, max_size=2)),
    st.tuples(st.just("link"), SMALL, st.lists(SMALL, max_size=3)),
    st.tuples(st.just("unlink"), st.lists(SMALL, max_size=3)),
    st.tuples(st.just("merge_actors"), SMALL, SMALL),
    st.tuples(st.just("split_actor"), SMALL, st.lists(SMALL, max_size=3), NAMES),
    st.tuples(st.just("delete_actor"), SMALL),
    st.tuples(st.just("event"), NAMES, st.lists(SMALL, max_size=3), st.lists(SMALL, max_size=2)),
    st.tuples(st.just("merge_events"), SMALL, SMALL),
    st.tuples(st.just("split_event"), SMALL, st.lists(SMALL, max_size=3)),
    st.tuples(st.just("delete_event"), SMALL),
    st.tuples(st.just("scheme"), st.sampled_from(["add", "drop", "rename", "reorder", "ask", "few", "none"]), SMALL),
    st.tuples(st.just("merge_labels"), LABELS, LABELS),
    st.tuples(st.just("move_tags"), LABELS, LABELS),
    st.tuples(st.just("occurrences"), NAMES, LABELS, SMALL),
    st.tuples(st.just("relabel_many"), st.lists(SMALL, max_size=4), LABELS),
)


TABLES = (
    *("article", "span", "relation", "document_tag", "actor", "event", "annotator", "project"),
    *("layer", "label", "attribute", "relation_type", "document_label"),
)


@pytest.fixture(autouse=True, scope="module")
def packed_early() -> Iterator[None]:
    """Keep the history of a few acts as that of thousands is kept: in packs and parts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_LOOSE": 6, "_PACKED": 3, "_LONG": 300}.items():
            patch.setattr(history_rows, name, value)
        yield


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

    def _tag(self, number: int, label: str = "") -> Any:
        """Return the id of a tag: of this label if there is one."""
        spans = [span for article in self.project.articles() for span in self.project.spans(article.id)]
        spans = [span for span in spans if span.label_id == label] or spans
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

    def boilerplate(self, how: str, article: int, start: int, end: int) -> Any:
        article_id = self._article(article)
        if how == "suspect":
            return boilerplate.suspect_boilerplate(self.project, [article_id])
        act = boilerplate.mark_boilerplate if how == "mark" else boilerplate.unmark_boilerplate
        return act(self.project, article_id, start, end)

    def duplicates(self, how: str, numbers: list[int]) -> Any:
        if how == "find":
            return duplicates.group_duplicates(self.project)
        act = duplicates.set_duplicate_group if how == "group" else duplicates.ungroup
        return act(self.project, [self._article(number) for number in numbers])

    def attributes(self, numbers: list[int], saying: tuple[str, Any]) -> Any:
        label, values = saying
        return tags.set_attributes(self.project, [self._tag(number, label) for number in numbers], values)

    def certainty(self, numbers: list[int], value: Certainty) -> Any:
        return tags.set_certainty(self.project, [self._tag(number) for number in numbers], value)

    def pieces(self, number: int, pieces: list[tuple[int, int]]) -> Any:
        return tags.set_pieces(self.project, self._tag(number), pieces)

    def relate(self, relation: tuple[Any, str, str], source: int, target: int) -> Any:
        kind, label, to = relation
        return relations.add_relation(self.project, kind, self._tag(source, label), self._end(to, target))

    def fill(self, number: int, saying: tuple[str, Any], relation: tuple[Any, str, str], targets: list[int]) -> Any:
        label, values = saying
        kind, source, to = relation
        ends = {kind: [self._end(to, target) for target in targets]} if source == label else {}
        return tags.fill_tag(self.project, self._tag(number, label), values=values, ends=ends)

    def unrelate(self, numbers: list[int]) -> Any:
        known = [one.id for article in self.project.articles() for one in self.project.relations(article.id)]
        chosen = [known[number % len(known)] if known else "00" * 16 for number in numbers]
        return relations.delete_relations(self.project, chosen)  # type: ignore[arg-type]

    def say(self, number: int, saying: tuple[str, Any]) -> Any:
        label: Any = "doc_stance"
        return document_tags.add_document_tag(self.project, self._article(number), label, values=saying[1])

    def unsay(self, number: int) -> Any:
        known = [one.id for article in self.project.articles() for one in self.project.document_tags(article.id)]
        return document_tags.delete_document_tag(self.project, known[number % len(known)] if known else "00" * 16)  # type: ignore[arg-type]

    def actor(self, name: str, numbers: list[int]) -> Any:
        made = actors.draft_actor(self.project, name)
        return actors.add_actor(self.project, made, [self._tag(number, "ACTOR") for number in numbers])

    def rename_actor(self, number: int, name: str, aliases: list[str], members: list[int]) -> Any:
        actor = self.project.actor(self._actor(number))
        chosen = tuple(self._actor(member) for member in members)
        changed = dataclasses.replace(actor, name_ar=name, aliases=tuple(aliases), members=chosen)
        return actors.change_actor(self.project, changed)

    def link(self, number: int, numbers: list[int]) -> Any:
        return actors.link_tags(self.project, [self._tag(tag, "ACTOR") for tag in numbers], self._actor(number))

    def unlink(self, numbers: list[int]) -> Any:
        return actors.unlink_tags(self.project, [self._tag(number) for number in numbers])

    def merge_actors(self, keep: int, other: int) -> Any:
        return actors.merge_actors(self.project, self._actor(keep), [self._actor(other)])

    def split_actor(self, number: int, numbers: list[int], name: str) -> Any:
        other = actors.draft_actor(self.project, name)
        return actors.split_actor(self.project, self._actor(number), [self._tag(t, "ACTOR") for t in numbers], other)

    def delete_actor(self, number: int) -> Any:
        return actors.delete_actors(self.project, [self._actor(number)])

    def event(self, title: str, numbers: list[int], participants: list[int]) -> Any:
        made = events.draft_event(self.project, title)
        made = dataclasses.replace(made, participants=tuple(self._actor(number) for number in participants))
        return events.add_event(self.project, made, [self._tag(number, "EVENT") for number in numbers])

    def merge_events(self, keep: int, other: int) -> Any:
        return events.merge_events(self.project, self._event(keep), [self._event(other)])

    def split_event(self, number: int, numbers: list[int]) -> Any:
        other = events.draft_event(self.project, "آخر")
        return events.split_event(self.project, self._event(number), [self._tag(t, "EVENT") for t in numbers], other)

    def delete_event(self, number: int) -> Any:
        return events.delete_events(self.project, [self._event(number)])

    def scheme(self, how: str, number: int) -> Any:
        return scheme.change_scheme(self.project, _changed(self.project.scheme, how, number))

    def merge_labels(self, label: LabelId, into: LabelId) -> Any:
        return scheme.merge_labels(self.project, label, into)

    def move_tags(self, label: LabelId, into: LabelId) -> Any:
        return scheme.move_tags(self.project, label, into)

    def occurrences(self, name: str, label: LabelId, number: int) -> Any:
        project = self.project
        hits = list(find_occurrences(project, [name], Evidence(), label, annotator_id=project.annotator.id))
        actor = self._actor(number) if number % 2 else None
        return tag_occurrences(project, hits, label, actor_id=actor)

    def relabel_many(self, numbers: list[int], label: LabelId) -> Any:
        return tags.set_labels(self.project, [self._tag(number) for number in numbers], label)

    def _actor(self, number: int) -> Any:
        known = list(self.project.actors)
        return known[number % len(known)] if known else "00" * 16

    def _event(self, number: int) -> Any:
        known = list(self.project.events)
        return known[number % len(known)] if known else "00" * 16

    def _end(self, to: str, number: int) -> End:
        if to == "author":
            return AUTHOR
        if to == "actor":
            return End(actor_id=self._actor(number))
        return End(event_id=self._event(number)) if to == "event" else End(span_id=self._tag(number, to))


setattr(Analyst, "import", Analyst._import)


def _changed(before: Scheme, how: str, number: int) -> Scheme:
    """Return another scheme; some of these cannot be."""
    name = Name("New", "جديد")
    chosen = before.all_labels[number % len(before.all_labels)]
    labels = {
        "add": (*before.all_labels, Label(LabelId("NEW"), LayerId("actor"), name, name, "", "#123456")),
        "drop": tuple(label for label in before.all_labels if label != chosen),
        "rename": tuple(dataclasses.replace(label, name=name) for label in before.all_labels),
        "reorder": before.all_labels[::-1],
        "few": before.all_labels[:1],
        "none": (),
    }.get(how, before.all_labels)
    ids = {str(label.id) for label in (*labels, *before.document_labels)}  # type: ignore[attr-defined]
    asked = Attribute(AttributeId("new"), name, AttributeKind.TEXT, (chosen.id,), default="x")
    fitting = (
        dataclasses.replace(one, labels=tuple(label for label in one.labels if label in ids))
        for one in before.attributes
        if how != "few" or number % 2 or one.id not in ("type", "mode")
    )
    return dataclasses.replace(
        before,
        all_labels=labels,
        attributes=(*fitting, *([asked] if how == "ask" else [])),
        relation_types=tuple(
            one for one in before.relation_types if {*one.sources, *one.targets} <= ids and (how != "few" or number > 9)
        ),
    )


def state(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that tells what the project holds now."""
    connection = sqlite3.connect(path)
    try:
        return {table: sorted(connection.execute(f"select * from {table}").fetchall()) for table in TABLES}
    finally:
        connection.close()


@contextmanager
def analyst() -> Iterator[Analyst]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "p.tawsim"
        path.write_bytes(_prepared())
        _write_articles(folder)
        with Project.open(path, annotator="Layla") as project:
            # What is tested here is not what a power cut leaves.
            project._database.connection.execute("pragma synchronous = off")
            yield Analyst(project, folder)


@cache
def _prepared() -> bytes:
    """Return what is in the file of a project with one article, in which most acts are possible."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_articles(folder)
        with new_project(folder / "p.tawsim", annotator="Layla") as project:
            import_files(project, [folder / "0.txt"])
            _prepare(Analyst(project, folder))
        return (folder / "p.tawsim").read_bytes()


def _write_articles(folder: Path) -> None:
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_bytes(text.encode())


def _prepare(someone: Analyst) -> None:
    """Do what makes most acts possible."""
    for number, label in enumerate(("ACTOR", "EVENT", "STANCE", "PLACE", "ACTOR", "EVENT")):
        someone.add(0, number * 3, number * 3 + 4, LabelId(label), "")
    someone.actor("غانتس", [0])
    someone.actor("تركيا", [1])
    someone.event("لقاء", [0], [0, 1])
    someone.event("زيارة", [1], [])


def assert_nothing_stale(project: Project) -> None:
    """What a project keeps in memory is what is in its file."""
    with project.reader() as fresh:
        assert list(project.actors.items()) == list(fresh.actors.items())
        assert list(project.events.items()) == list(fresh.events.items())
        assert project.owners_of_names == fresh.owners_of_names
        assert project.scheme == fresh.scheme
    rows = state(project.path)
    assert (project.article_count(), project.span_count()) == (len(rows["article"]), len(rows["span"]))


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
        steps = undo_all(project)
        first = state(project.path)
        for _ in range(steps):
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
        assert_nothing_stale(project)


@settings(max_examples=40)
@given(st.lists(st.one_of(ACTS, st.sampled_from(["undo", "redo"])), max_size=24))
def test_undo_and_redo_between_acts(acts: list[Any]) -> None:
    """A list of states with a place in it is all that undo and redo mean."""
    with analyst() as someone:
        project = someone.project
        states = [state(project.path)]
        while project.undoable():
            history.undo(project)
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
            assert_nothing_stale(project)
        assert check(project).problems == ()


UNDOING = st.sampled_from(["undo", "redo"])
TURNS = st.integers(0, 9).flatmap(lambda number: UNDOING if number < 4 else ACTS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["Layla", "Omar"]), TURNS), max_size=24))
def test_two_annotators_in_turn(turns: list[tuple[str, Any]]) -> None:
    """Nobody's undo or redo breaks what the other has made of it since: it is done wholly, or refused."""
    with analyst() as someone:
        path, folder = someone.project.path, someone.folder
        someone.project.close()
        for name, act in turns:
            with Project.open(path, annotator=name) as project:
                project._database.connection.execute("pragma synchronous = off")
                before = state(path)
                try:
                    if isinstance(act, str):
                        getattr(history, act)(project)
                    else:
                        getattr(Analyst(project, folder), act[0])(*act[1:])
                except UserError:
                    assert state(path) == before
                assert_nothing_stale(project)
                assert_sound(project)
        with Project.open(path, read_only=True) as project:
            assert check(project).problems == ()


def assert_sound(project: Project) -> None:
    """See that the rules hold that the file itself does not."""
    names = Counter(key for actor in project.actors.values() for key in set(map(name_key, actor.names)))
    assert names.total() == len(names)
    assert all({*actor.members} <= project.actors.keys() - {actor.id} for actor in project.actors.values())
    assert all({*event.participants} <= project.actors.keys() for event in project.events.values())
    for article in project.articles():
        spans = {span.id: span for span in project.spans(article.id)}
        known = project.relations(article.id)
        assert len({(one.source_id, one.type_id, one.target) for one in known}) == len(known)
        for relation in known:
            ends = {relation.source_id, relation.target_span_id or relation.source_id}
            assert {spans[end].annotator_id for end in ends} == {relation.annotator_id}
    list(review(project))
