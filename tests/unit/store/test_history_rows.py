# SPDX-License-Identifier: MIT
"""How acts are kept: packed by the hundred, long ones in parts, and no byte of it changes unnoticed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.model.ids import ArticleId, LabelId
from annotator.ops import history, tags
from annotator.ops.checking import check
from annotator.project import Project
from annotator.store import history_rows

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")
#: Every column that tells of an act, where it lies as a row, in a pack, and in a part.
COLUMNS = [
    *(("history", name) for name in ("at", "annotator_id", "op", "params", "changes", "undo_top", "digest")),
    *(("history_pack", name) for name in ("last", "first", "tops", "rows", "digest")),
    *(("history_part", name) for name in ("seq", "part", "count", "changes")),
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pack two acts as soon as four lie as rows, and keep all but the shortest in parts."""
    monkeypatch.setattr(history_rows, "_LOOSE", 4)
    monkeypatch.setattr(history_rows, "_PACKED", 2)
    monkeypatch.setattr(history_rows, "_LONG", 400)


def counted(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.usefixtures("small")
def test_acts_that_are_not_new_are_packed(filled: Project, article_id: ArticleId) -> None:
    for start in range(10):
        tags.add_tag(filled, article_id, start, start + 2, ACTOR)
    assert (counted(filled.path, "history"), counted(filled.path, "history_pack")) == (3, 4)
    assert [entry.seq for entry in filled.history()] == list(range(11, 0, -1))
    assert [entry.seq for entry in filled.history(limit=3, before=6)] == [5, 4, 3]
    assert filled.history(before=2)[0].rows == 2
    assert not check(filled).problems


@pytest.mark.usefixtures("small")
def test_acts_in_packs_are_undone_and_redone(filled: Project, article_id: ArticleId) -> None:
    for start in range(10):
        tags.add_tag(filled, article_id, start, start + 2, ACTOR)
    spans, articles = filled.spans(article_id), filled.articles()
    for _ in range(11):
        history.undo(filled)
    assert filled.undoable() is None
    for _ in range(11):
        history.redo(filled)
    assert filled.redoable() is None
    assert (filled.spans(article_id), filled.articles()) == (spans, articles)
    assert not check(filled).problems


@pytest.mark.usefixtures("small")
def test_an_annotator_whose_acts_are_all_packed_goes_on_undoing(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 0, 4, EVENT)
    filled.close()
    with Project.open(filled.path, annotator="Omar") as other:
        for start in range(9):
            tags.add_tag(other, article_id, start, start + 2, ACTOR)
    with Project.open(filled.path, annotator="Layla") as again:
        undoable = again.undoable()
        assert undoable is not None
        assert (undoable.annotator_name, undoable.params["label"]) == ("Layla", "EVENT")
        history.undo(again)
        history.redo(again)
        history.undo(again)
        assert [span.label_id for span in again.spans(article_id)] == ["ACTOR"] * 9


def test_a_long_act_is_kept_in_a_part_and_told_whole(filled: Project, article_id: ArticleId) -> None:
    for start in range(30):
        tags.add_tag(filled, article_id, start, start + 2, ACTOR)
    before = filled.spans(article_id)
    deleted = tags.delete_tags(filled, [span.id for span in before])
    assert (deleted.spilled, len(deleted.rows), filled.history(limit=1)[0].rows) == (0, len(before), len(before))
    assert counted(filled.path, "history_part") == 1
    undone = history.undo(filled)
    assert (undone.spilled, len(undone.rows)) == (0, len(before))
    assert filled.spans(article_id) == before


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.usefixtures("small")
def test_every_changed_byte_of_the_history_is_found(
    filled: Project, article_id: ArticleId, tamper: Callable[[Path, str], None], table: str, column: str
) -> None:
    for start in range(6):
        tags.add_tag(filled, article_id, start, start + 2, ACTOR)
    assert not check(filled).problems
    path = filled.path
    filled.close()
    connection = sqlite3.connect(path)
    (value, key) = connection.execute(f"select {column}, rowid from {table} order by rowid limit 1").fetchone()
    connection.close()
    before = path.read_bytes()
    for other in changed(value):
        path.write_bytes(before)
        tamper(path, f"update {table} set {column} = {other} where rowid = {key}")
        with Project.open(path, read_only=True) as tampered:
            found = {problem.key for problem in check(tampered).problems}
        assert found & {"history_changed", "damaged"}, other


def changed(value: object) -> list[str]:
    """Return other values, in SQL, that a column may hold in the place of one."""
    if isinstance(value, int):
        return [str(value + 1), str(value - 1)]
    if isinstance(value, str):
        places = range(0, len(value), max(1, len(value) // 5))
        return ["'" + (value[:at] + "~" + value[at + 1 :]).replace("'", "''") + "'" for at in places]
    assert isinstance(value, bytes)
    places = range(0, len(value), max(1, len(value) // 9))
    return ["x'" + (value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]).hex() + "'" for at in places]


@pytest.mark.usefixtures("small")
def test_a_missing_act_and_a_missing_pack_are_found(
    filled: Project, article_id: ArticleId, tamper: Callable[[Path, str], None]
) -> None:
    for start in range(8):
        tags.add_tag(filled, article_id, start, start + 2, ACTOR)
    path = filled.path
    filled.close()
    before = path.read_bytes()
    for sql in (
        "delete from history where seq = (select min(seq) from history)",
        "delete from history_pack where last = 4",
        "delete from history_part",
        "insert into history_part values (99, 0, 0, x'')",
    ):
        path.write_bytes(before)
        tamper(path, sql)
        connection = sqlite3.connect(path)
        assert list(history_rows.broken(connection)), sql
        connection.close()
