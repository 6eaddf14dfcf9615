# SPDX-License-Identifier: MIT
"""A project that is open: who works in it, what can be read, what happens when it is closed."""

import sys
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.changes import Op
from annotator.model.ids import ActorId, ArticleId, LabelId, SpanId, new_id
from annotator.model.registry import Actor
from annotator.model.span import Origin, Span
from annotator.ops import actors, tags
from annotator.ops.checking import check
from annotator.ops.projects import new_project
from annotator.project import Project, articles
from annotator.store.database import create_database

ACTOR = LabelId("ACTOR")


def test_a_known_name_is_the_same_annotator(filled: Project, article_id: ArticleId) -> None:
    who = filled.annotator
    filled.close()
    with Project.open(filled.path, annotator="Layla ") as again:
        assert again.annotator == who
    with Project.open(filled.path, annotator="Omar") as other:
        assert other.annotator.id != who.id
        # Who only looked, or mistyped a name, is not kept.
        assert other.annotators() == [who]
        with pytest.raises(UserError, match="nothing_to_undo"):
            other.undo()
        tags.add_tag(other, article_id, 5, 10, ACTOR)
        assert [annotator.name for annotator in other.annotators()] == ["Layla", "Omar"]


@pytest.mark.parametrize("options", [{"read_only": True}, {"annotator": "Omar", "read_only": True}, {}])
def test_reading_adds_nobody_and_changes_nothing(project: Project, options: dict[str, object]) -> None:
    with Project.open(project.path, **options) as reader:  # type: ignore[arg-type]
        assert reader.read_only
        assert (reader.undoable(), reader.redoable()) == (None, None)
        with pytest.raises(UserError, match="project_read_only"):
            _ = reader.annotator
        with pytest.raises(UserError, match="project_read_only"):
            reader.undo()
    assert len(project.annotators()) == 1


def test_name_must_not_be_empty(project: Project) -> None:
    project.close()
    with pytest.raises(UserError, match="annotator_name_empty"):
        Project.open(project.path, annotator="")


def test_missing_project_leaves_no_lock_behind(tmp_path: Path) -> None:
    for options in ({"annotator": "Layla"}, {"read_only": True}):
        with pytest.raises(UserError, match="project_missing"):
            Project.open(tmp_path / "p.tawsim", **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_refused_project_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "p.tawsim"
    path.write_text("hello")
    with pytest.raises(UserError, match="project_not_sqlite"):
        Project.open(path, annotator="Layla")
    assert list(tmp_path.iterdir()) == [path]


def test_articles_in_stretches(filled: Project) -> None:
    everything = filled.articles()
    assert [article.position for article in everything] == [1, 2]
    assert filled.articles(offset=1, limit=1) == everything[1:]
    assert filled.article_count() == 2
    assert [article.id for article, _ in filled.texts()] == [article.id for article in everything]


def test_each_article_id_is_read_some_at_a_time(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for stretch in (1, 2, 1000):
        monkeypatch.setattr(articles, "_STRETCH", stretch)
        assert list(filled.each_article_id()) == filled.article_ids()


def test_tags_that_are_read_bit_by_bit_are_of_one_time(filled: Project, article_id: ArticleId) -> None:
    length = len(filled.text(article_id))
    places = [(start, end) for start in range(length) for end in range(start + 1, min(start + 9, length + 1))][:300]
    for label in (ACTOR, LabelId("PLACE")):  # two at each place
        with filled.transact(Op.ADD_TAG, {"quote": "", "label": label}) as act:
            act.insert(
                Span(
                    *(SpanId(new_id()), article_id, label, start, end, "q", "", Origin.MANUAL, filled.annotator.id),
                    created_at=filled.now(),
                )
                for start, end in places
            )
    before = filled.spans(article_id)
    with Project.open(filled.path, annotator="Omar") as other, other.snapshot():
        spans = other.spans_to_show(article_id)
        asked: list[str] = []
        other._database.connection.set_trace_callback(asked.append)
        few = spans[:60]
        # Taken away before all is read.
        tags.delete_tags(filled, [span.id for span in before[200:400]])
        assert few == before[:60]
        assert (spans.starts, spans.ends) == ([span.start for span in before], [span.end for span in before])
        assert list(spans.copy()) == list(spans) == before
        assert asked == []  # what had begun is read on
        other._database.connection.set_trace_callback(None)


def test_unknown_things(filled: Project) -> None:
    unknown = "0" * 32
    for ask in (filled.article, filled.article_summary, filled.text):
        with pytest.raises(UserError, match="article_unknown"):
            ask(ArticleId(unknown))
    with pytest.raises(UserError, match="tag_unknown"):
        filled.span(SpanId(unknown))
    assert filled.spans(ArticleId(unknown)) == []


def test_reader_sees_what_was_done_before_it_looked(filled: Project, article_id: ArticleId) -> None:
    with filled.reader() as reader:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        assert len(reader.spans(article_id)) == 1


def test_snapshot_stays_as_it_was(filled: Project, article_id: ArticleId) -> None:
    with filled.reader() as reader, reader.snapshot():
        assert reader.spans(article_id) == []
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        assert reader.spans(article_id) == []
    assert filled.span_count() == 1


def test_act_that_fails_midway_changes_nothing(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    (span,) = filled.spans(article_id)
    history = filled.history()
    with pytest.raises(ZeroDivisionError), filled.transact(history[0].op, {}) as act:  # noqa: PT012 - as a whole
        act.delete([span])
        raise ZeroDivisionError
    assert filled.spans(article_id) == [span]
    assert filled.history() == history


def test_writer_works_under_the_same_lock_and_name(filled: Project, article_id: ArticleId) -> None:
    with filled.writer() as writer:
        tags.add_tag(writer, article_id, 5, 10, ACTOR)
    (span,) = filled.spans(article_id)
    assert span.annotator_id == filled.annotator.id
    filled.undo()
    assert filled.spans(article_id) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
class TestMovedWhileOpen:
    def test_nothing_more_is_written_and_nothing_is_lost(self, filled: Project, article_id: ArticleId) -> None:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        moved = filled.path.with_name("moved.tawsim")
        filled.path.rename(moved)
        with pytest.raises(UserError) as caught:
            tags.add_tag(filled, article_id, 0, 3, ACTOR)
        assert (caught.value.key, caught.value.params["path"]) == ("project_moved", filled.path)
        filled.close()
        with Project.open(moved, annotator="Layla") as again:
            assert len(again.spans(article_id)) == 1
            assert check(again).problems == ()

    def test_put_back_it_goes_on(self, filled: Project, article_id: ArticleId) -> None:
        moved = filled.path.with_name("moved.tawsim")
        filled.path.rename(moved)
        moved.rename(filled.path)
        assert tags.add_tag(filled, article_id, 5, 10, ACTOR).seq

    def test_another_file_in_its_place_is_left_alone(self, filled: Project, article_id: ArticleId) -> None:
        filled.path.unlink()
        filled.path.write_text("another")
        with pytest.raises(UserError, match="project_moved"):
            tags.add_tag(filled, article_id, 5, 10, ACTOR)
        filled.close()
        assert filled.path.read_text() == "another"


@pytest.mark.skipif(sys.platform != "linux", reason="names there are Unicode")
def test_name_that_is_no_unicode_is_spelled(tmp_path: Path) -> None:
    with new_project(tmp_path / "a\udcff", annotator="Layla") as project:
        assert project.name == "a\\udcff"


def test_project_whose_making_was_cut_short_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "p.tawsim"
    create_database(path).close()
    for annotator in (None, "Layla"):
        with pytest.raises(UserError, match="project_damaged"):
            Project.open(path, annotator=annotator)
    assert [item.name for item in tmp_path.iterdir()] == ["p.tawsim"]


def test_the_registry_that_a_thread_read_is_kept_in_step(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.tawsim", annotator="A") as project:
        _add(project, "غانتس")
        with project.reader() as other:
            read = other.read_registry()
        _add(project, "نتنياهو")
        assert not project.take_registry(read), "an act was done since"
        with project.reader() as other:
            assert project.take_registry(other.read_registry())
        assert project.knows_registry
        assert len(project.actors) == 2
        _add(project, "هرتسوغ")
        assert len(project.owners_of_names) == len(project.actors) == 3


def test_an_actor_is_read_alone_where_one_is_asked_for(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.tawsim", annotator="A") as project:
        _add(project, "غانتس")
        (actor_id,) = project.actors
    with Project.open(tmp_path / "a.tawsim", read_only=True) as project:
        by_need = project.actors_by_need
        assert by_need[actor_id].name_ar == "غانتس"
        assert not project.knows_registry
        assert ActorId("0" * 32) not in by_need
        assert list(by_need) == [actor_id]
        assert len(by_need) == 1


def _add(project: Project, name: str) -> None:
    actors.add_actor(
        project,
        Actor(
            id=ActorId(new_id()),
            name_ar=name,
            name_en="",
            annotator_id=project.annotator.id,
            created_at=project.now(),
        ),
    )
