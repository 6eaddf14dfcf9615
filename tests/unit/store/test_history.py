# SPDX-License-Identifier: MIT
"""The history: append-only, two stacks for each annotator, conflicts refused, every id restored."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.model.changes import ActKind, Op
from annotator.model.ids import ArticleId, LabelId
from annotator.ops import articles, history, tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.project import Project

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")


@contextmanager
def as_annotator(project: Project, name: str) -> Iterator[Project]:
    """Hand a project that is open over to someone else for a while."""
    project.close()
    with Project.open(project.path, annotator=name) as theirs:
        yield theirs


@pytest.mark.parametrize(
    "sql",
    [
        "update history set at = 'never'",
        "delete from history",
        "insert or replace into history select * from history",
        "update text set body = ''",
    ],
)
def test_history_and_texts_refuse_changes(filled: Project, sql: str) -> None:
    path = filled.path
    filled.close()
    connection = sqlite3.connect(path)
    before = list(connection.iterdump())
    connection.execute("pragma recursive_triggers = on")  # or "replace" would delete past the triggers
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    connection.rollback()
    assert list(connection.iterdump()) == before
    connection.close()


def test_every_act_is_one_row_that_names_it(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    articles.set_state(filled, [article_id], ArticleState.DONE)
    newest, middle, oldest = filled.history()
    assert [entry.op for entry in (oldest, middle, newest)] == [
        Op.IMPORT_ARTICLES, Op.ADD_TAG, Op.SET_ARTICLE_STATE,
    ]  # fmt: skip
    assert (oldest.params["count"], oldest.rows) == (2, 2)
    assert middle.params == {"quote": "غانتس", "label": "ACTOR"}
    assert middle.annotator_name == "Layla"
    assert middle.at.endswith("Z")


def test_history_can_be_read_in_stretches(filled: Project, article_id: ArticleId) -> None:
    for start in range(4):
        tags.add_tag(filled, article_id, start, start + 1, ACTOR)
    assert [entry.seq for entry in filled.history(limit=2)] == [5, 4]
    assert [entry.seq for entry in filled.history(limit=2, before=4)] == [3, 2]


def test_an_act_without_effect_leaves_no_row(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    before = filled.history()
    assert tags.add_tag(filled, article_id, 5, 10, ACTOR).seq == 0
    assert articles.set_state(filled, [article_id], ArticleState.UNTOUCHED).seq == 0
    assert filled.history() == before


def test_undo_and_redo_are_entries_that_name_their_target(filled: Project, article_id: ArticleId) -> None:
    added = tags.add_tag(filled, article_id, 5, 10, ACTOR)
    undone, redone = history.undo(filled), history.redo(filled)
    assert (undone.kind, undone.op, redone.kind) == (ActKind.UNDO, Op.ADD_TAG, ActKind.REDO)
    assert [(entry.kind, entry.target) for entry in filled.history(limit=2)] == [
        (ActKind.REDO, added.seq), (ActKind.UNDO, added.seq),
    ]  # fmt: skip


def test_undo_restores_the_same_row(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR, note="ملاحظة")
    before = filled.spans(article_id)
    tags.delete_tags(filled, [before[0].id])
    changes = history.undo(filled)
    assert filled.spans(article_id) == before
    assert [row.after for row in changes.rows] == before


def test_a_new_act_ends_what_could_be_redone(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    history.undo(filled)
    tags.add_tag(filled, article_id, 0, 4, EVENT)
    assert filled.redoable() is None
    with pytest.raises(UserError, match="nothing_to_redo"):
        history.redo(filled)


def test_nothing_to_undo(project: Project) -> None:
    assert project.undoable() is None
    with pytest.raises(UserError, match="nothing_to_undo"):
        history.undo(project)


def test_stacks_survive_closing(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    tags.add_tag(filled, article_id, 0, 4, EVENT)
    history.undo(filled)
    with as_annotator(filled, "Layla") as again:
        undoable, redoable = again.undoable(), again.redoable()
        assert undoable is not None
        assert redoable is not None
        assert (undoable.params["quote"], redoable.params["quote"]) == ("غانتس", "رحّب"[:4])
        history.redo(again)
        history.undo(again)
        history.undo(again)
        history.undo(again)
        assert again.articles() == []


def test_each_annotator_undoes_their_own_acts(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    with as_annotator(filled, "Omar") as theirs:
        assert theirs.undoable() is None
        tags.add_tag(theirs, article_id, 5, 10, ACTOR)
        assert len(theirs.spans(article_id)) == 2
    with as_annotator(filled, "Layla") as mine:
        history.undo(mine)
        (left,) = mine.spans(article_id)
        assert left.annotator_id != mine.annotator.id
        assert not check(mine).problems


def test_undo_of_what_someone_else_changed_is_refused(filled: Project, article_id: ArticleId) -> None:
    articles.set_title(filled, article_id, "one")
    with as_annotator(filled, "Omar") as theirs:
        articles.set_title(theirs, article_id, "two")
    with as_annotator(filled, "Layla") as mine:
        before = mine.history()
        with pytest.raises(UserError) as caught:
            history.undo(mine)
        assert (caught.value.key, caught.value.params["op"]) == ("undo_conflict", Op.SET_ARTICLE_TITLE)
        assert mine.history() == before
        assert mine.article(article_id).title == "two"


@pytest.mark.parametrize(
    ("attributes", "is_undone"),
    [(' { "expression" :"EXPLICIT"} ', True), ('{"expression":"IMPLICIT"}', False), ("{}", False)],
)
def test_undo_knows_a_row_that_another_tool_spelled_otherwise(
    filled: Project, article_id: ArticleId, attributes: str, is_undone: bool
) -> None:
    tags.add_tag(filled, article_id, 5, 10, LabelId("STANCE"))
    (tag,) = filled.spans(article_id)
    assert tag.attributes == {"expression": "EXPLICIT"}
    connection = sqlite3.connect(filled.path, isolation_level=None)
    connection.execute("update span set attributes = ? where id = ?", (attributes, bytes.fromhex(tag.id)))
    connection.close()
    if is_undone:
        history.undo(filled)
    else:
        with pytest.raises(UserError, match="undo_conflict"):
            history.undo(filled)
    assert bool(filled.spans(article_id)) is not is_undone


def test_import_is_not_undone_under_anothers_tags(filled: Project, article_id: ArticleId) -> None:
    with as_annotator(filled, "Omar") as theirs:
        tags.add_tag(theirs, article_id, 5, 10, ACTOR)
    with as_annotator(filled, "Layla") as mine:
        with pytest.raises(UserError, match="undo_conflict"):
            history.undo(mine)
        assert mine.article_count() == 2
        assert not check(mine).problems


def test_redo_onto_what_someone_else_changed_is_refused(filled: Project, article_id: ArticleId) -> None:
    articles.set_note(filled, article_id, "one")
    history.undo(filled)
    with as_annotator(filled, "Omar") as theirs:
        articles.set_note(theirs, article_id, "two")
    with as_annotator(filled, "Layla") as mine:
        with pytest.raises(UserError, match="undo_conflict"):
            history.redo(mine)
        assert mine.article(article_id).note == "two"


def test_undo_of_a_large_import_is_one_step(project: Project, tmp_path: Path) -> None:
    for number in range(450):
        (tmp_path / f"{number}.txt").write_text(f"خبر {number}\n", encoding="utf-8")
    import_files(project, [tmp_path])
    before = project.articles()
    assert len(before) == 450
    history.undo(project)
    assert project.articles() == []
    history.redo(project)
    assert project.articles() == before
    assert not check(project).problems


_REDONE_TWICE = """
    insert into history
    select max(seq) + 1, at, annotator_id, op, 'redo', 2, params, '[]', 2, null, null, null, 2, 1, zeroblob(16)
    from history
"""


def _found(path: Path) -> set[str]:
    try:
        with Project.open(path, read_only=True) as opened:
            return {problem.key for problem in check(opened).problems}
    except UserError as error:
        return {error.key}


@pytest.mark.parametrize(
    ("sql", "keys"),
    [
        ("update span set quote = 'x'", {"quote_differs", "tag_not_in_history"}),
        ("update span set start = start + 1", {"quote_differs", "tag_not_in_history"}),
        ("update span set note = 'x'", {"tag_not_in_history"}),
        ("update span set label_id = 'NONE'", {"dangling_reference", "tag_not_in_history"}),
        ("delete from span", {"row_missing"}),
        ("delete from article where position = 2", {"row_missing"}),
        ("delete from article where position = 1", {"row_missing", "dangling_reference"}),
        ("update article set title = 'x' where position = 2", {"article_not_in_history"}),
        ("update text set body = body || ' '", {"text_changed"}),
        ("update text set body = 'x' || substr(body, 2)", {"text_changed"}),
        ("delete from text", {"dangling_reference"}),
        ("delete from history where seq = 2", {"tag_not_in_history"}),
        ("delete from history where seq = 1", {"history_changed", "article_not_in_history"}),
        ("update history set changes = '[]' where seq = 1", {"history_changed", "article_not_in_history"}),
        ("update history set at = '2020-01-01T00:00:00.000Z' where seq = 1", {"history_changed"}),
        (_REDONE_TWICE, {"history_changed", "history_misfit"}),
        (
            "update history set changes = '[[1]]' where seq = 2",
            {"history_changed", "history_misfit", "tag_not_in_history"},
        ),
        (
            'update history set changes = \'[["x","y",null,{}]]\' where seq = 2',
            {"history_changed", "history_misfit", "tag_not_in_history"},
        ),
        ("update annotator set name = 'x'", {"seal_broken"}),
        ("drop index span_article", {"schema_differs"}),
        ("update label set body = json_set(body, '$.color', '#000000') where id = 'ACTOR'", {"seal_broken"}),
        ("update project set value = 'x' where key = 'created_at'", {"seal_broken"}),
        ("delete from project where key = 'scheme_version'", {"project_damaged"}),
        ("update span set pieces = '[1]'", {"row_unreadable", "tag_not_in_history"}),
    ],
)
def test_check_finds_tampering(
    filled: Project, article_id: ArticleId, tamper: Callable[[Path, str], None], sql: str, keys: set[str]
) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    assert not check(filled).problems
    filled.close()
    tamper(filled.path, sql)
    assert _found(filled.path) == keys


def test_a_check_can_be_stopped_and_says_how_far_it_is(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.checks._EVERY", 1)
    told: list[tuple[int, int]] = []

    def go_on(done: int, total: int, _name: str) -> bool:
        told.append((done, total))
        return True

    assert not check(filled, go_on).problems
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0
    with pytest.raises(UserError, match="cancelled"):
        check(filled, lambda done, _total, _name: done < 3)


def test_the_state_of_a_large_project_waits_outside_of_memory(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    article_id = filled.articles()[0].id
    made = tags.add_tag(filled, article_id, 5, 10, ACTOR).rows[0].record.id
    tags.set_note(filled, made, "x")
    tags.delete_tags(filled, [made])
    history.undo(filled)
    monkeypatch.setattr("annotator.store.replaying._HELD", 1)
    assert not check(filled).problems
