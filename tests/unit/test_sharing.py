# SPDX-License-Identifier: MIT
"""Several who have one project open at once: each sees what the others do, and nobody's act is lost."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.changes import ActKind, Op
from annotator.model.ids import ArticleId, LabelId
from annotator.model.names import Name
from annotator.model.registry import Actor
from annotator.ops import actors, articles, boilerplate, duplicates, history, scheme, tags
from annotator.ops.actors import draft_actor
from annotator.ops.checking import check
from annotator.ops.foreign.importing import survey_file
from annotator.ops.importing import import_files
from annotator.project import Project
from annotator.store import news as news_module

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")

_TAG = """
import sys
from pathlib import Path
from annotator.ops import tags
from annotator.project import Project
with Project.open(Path(sys.argv[1]), annotator="Omar") as project:
    tags.add_tag(project, project.articles()[0].id, int(sys.argv[2]), int(sys.argv[3]), "ACTOR")
"""

# Does acts of all kinds, and prints of each that is done its number and what kind it was.
_ACT = """
import random, sys
from dataclasses import replace
from pathlib import Path
from annotator.errors import UserError
from annotator.ops import actors, articles, history, tags
from annotator.project import JOB_PATIENCE_S, Project

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
choose = random.Random(name)

def act(project):
    article = choose.choice(project.articles()).id
    mine = [span for span in project.spans(article) if span.annotator_id == project.annotator.id]
    start = choose.randrange(0, 25)
    match choose.randrange(9):
        case 0 | 1 | 2:
            return tags.add_tag(project, article, start, start + 5, choose.choice(["ACTOR", "EVENT"]))
        case 3:
            return tags.delete_tags(project, [span.id for span in mine[:1]])
        case 4:
            return articles.set_note(project, article, f"{name} {start}")
        case 5:
            return history.undo(project)
        case 6:
            return history.redo(project)
        case 7:
            new = actors.draft_actor(project, name_ar=choose.choice("ابتثجحخدذرز"))
            return actors.add_actor(project, new, [span.id for span in mine if span.label_id == "ACTOR"])
        case _:
            known = choose.sample(list(project.actors), 2)
            return actors.merge_actors(project, known[0], known[1:])

with Project.open(path, annotator=name, patience=JOB_PATIENCE_S) as project:
    for _ in range(count):
        if choose.random() < 0.5:
            project.catch_up()
        try:
            changes = act(project)
        except (UserError, ValueError):  # it does not fit what another has done, or there is nothing to do it to
            continue
        if changes.seq:
            print(changes.seq, changes.kind, changes.op, flush=True)
"""


@pytest.fixture
def other(filled: Project) -> Iterator[Project]:
    """Return the same project, opened a second time by Omar."""
    with Project.open(filled.path, annotator="Omar") as opened:
        yield opened


def tag_in_another_process(path: Path, start: int, end: int) -> None:
    """Open a project in a process of its own, tag, and close it."""
    subprocess.run([sys.executable, "-c", _TAG, str(path), str(start), str(end)], check=True, timeout=60)


def actor(project: Project, name: str) -> Actor:
    """Add an actor and return it."""
    changes = actors.add_actor(project, draft_actor(project, name_ar=name))
    added = changes.rows[-1].after
    assert isinstance(added, Actor)
    return added


class TestCatchingUp:
    def test_what_another_did_is_told_once(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        assert other.catch_up() is None
        changes = tags.add_tag(filled, article_id, 5, 10, ACTOR)
        news = other.catch_up()
        assert news is not None
        assert (news.annotators, news.acts) == (("Layla",), 1)
        assert (news.changes.seq, news.changes.op, news.changes.params) == (changes.seq, Op.ADD_TAG, changes.params)
        assert news.changes.rows == changes.rows
        assert other.catch_up() is None

    def test_own_acts_are_not_told(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        tags.add_tag(other, article_id, 5, 10, EVENT)
        tags.add_tag(filled, article_id, 0, 3, ACTOR)
        for project, name, count in ((filled, "Omar", 1), (other, "Layla", 2)):
            news = project.catch_up()
            assert news is not None
            assert (news.annotators, news.acts, len(news.changes.rows)) == ((name,), count, count)
            assert project.catch_up() is None

    def test_acts_of_a_writer_are_told_by_whoever_did_them(self, filled: Project, article_id: ArticleId) -> None:
        for place in (0, 5):
            with filled.writer() as writer:
                changes = tags.add_tag(writer, article_id, place, place + 3, ACTOR)
            filled.adopt(changes)
            assert filled.catch_up() is None

    def test_the_end_of_the_history_is_known_to_be_another(
        self, filled: Project, other: Project, article_id: ArticleId
    ) -> None:
        """An act is chained to the newest one, whoever did it, and not to one that was taken back."""
        tags.add_tag(filled, article_id, 0, 3, ACTOR)
        tags.add_tag(other, article_id, 0, 3, EVENT)
        with contextlib.suppress(RuntimeError), filled.acting():
            tags.add_tag(filled, article_id, 5, 10, ACTOR)
            raise RuntimeError
        history.undo(filled)
        with filled.writer() as writer:
            filled.adopt(history.redo(writer))
        with filled.acting():
            tags.add_tag(filled, article_id, 5, 10, EVENT)
            history.undo(filled)
        history.undo(other)
        assert [entry.seq for entry in filled.history(limit=7)] == [8, 7, 6, 5, 4, 3, 2]
        assert check(filled).problems == ()

    def test_net_effect_of_several_acts(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        (span,) = filled.spans(article_id)
        other.catch_up()
        tags.set_note(filled, span.id, "one")
        tags.set_note(filled, span.id, "two")
        tags.add_tag(filled, article_id, 0, 3, ACTOR)
        history.undo(filled)
        articles.set_note(filled, article_id, "gone again")
        history.undo(filled)
        news = other.catch_up()
        assert news is not None
        (row,) = news.changes.rows
        assert (row.before, row.after) == (span, replace(span, note="two"))
        assert (news.acts, news.kind, news.changes.kind) == (6, ActKind.UNDO, ActKind.DO)

    def test_row_that_went_is_told_as_it_was(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        (span,) = filled.spans(article_id)
        other.catch_up()
        tags.set_note(filled, span.id, "one")
        tags.delete_tags(filled, [span.id])
        news = other.catch_up()
        assert news is not None
        assert [(row.before, row.after) for row in news.changes.rows] == [(span, None)]

    def test_row_of_another_that_oneself_has_deleted_since(self, filled: Project, other: Project) -> None:
        added = actor(filled, "أردوغان")
        other.catch_up()
        actors.change_actor(filled, replace(added, note="one"))
        actors.delete_actors(other, [added.id])
        news = other.catch_up()
        assert news is not None
        assert news.changes.rows == ()

    @pytest.mark.parametrize("limit", ["_MOST_ACTS", "_MOST_ROWS"])
    def test_too_much_to_tell(
        self, filled: Project, other: Project, article_id: ArticleId, limit: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(news_module, limit, 1)
        for place in (0, 5):
            tags.add_tag(filled, article_id, place, place + 3, ACTOR)
        news = other.catch_up()
        assert news is not None
        assert (bool(news.changes.spilled), news.changes.rows) == (True, ())
        assert other.catch_up() is None

    def test_history_that_became_shorter_is_read_anew(self, filled: Project, other: Project) -> None:
        """As when another file's contents were put in its place."""
        other._known = other._told = 99
        news = other.catch_up()
        assert news is not None
        assert (bool(news.changes.spilled), news.annotators) == (True, ())
        assert other.catch_up() is None

    def test_nothing_costs_one_question(self, filled: Project, other: Project) -> None:
        asked: list[str] = []
        filled._database.connection.set_trace_callback(asked.append)
        assert filled.catch_up() is None
        assert len(asked) == 1


class TestWhatIsKeptInMemory:
    def test_scheme(self, filled: Project, other: Project) -> None:
        label = replace(filled.scheme.label(ACTOR), name=Name("Player", "لاعب"))
        labels = tuple(label if one.id == ACTOR else one for one in filled.scheme.all_labels)
        scheme.change_scheme(filled, replace(filled.scheme, all_labels=labels))
        other.catch_up()
        assert other.scheme == filled.scheme

    def test_registry(self, filled: Project, other: Project) -> None:
        assert (other.actors, other.owners_of_names) == ({}, {})
        added = actor(filled, "أردوغان")
        other.catch_up()
        assert other.actors == {added.id: added}
        assert set(other.owners_of_names.values()) == {added.id}

    def test_after_too_much_to_tell(self, filled: Project, other: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        assert (other.actors, other.events) == ({}, {})
        monkeypatch.setattr(news_module, "_MOST_ROWS", 0)
        added = actor(filled, "أردوغان")
        other.catch_up()
        assert other.actors == {added.id: added}

    def test_snapshot_sees_the_same_state_as_what_is_kept(self, filled: Project, other: Project) -> None:
        assert other.actors == {}
        added = actor(filled, "أردوغان")
        with other.snapshot():
            assert other.actors == {added.id: added}
            actor(filled, "غانتس")
            assert len(other.actors) == 1
        assert len(filled.actors) == 2


class TestActs:
    def test_act_sees_what_another_has_just_done(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        assert other.actors == {}
        added = actor(filled, "أردوغان")
        tags.add_tag(other, article_id, 20, 27, ACTOR, actor_id=added.id)
        with pytest.raises(UserError, match="name_taken"):
            actor(other, "أردوغان")

    def test_act_on_what_another_has_taken_away(self, filled: Project, other: Project) -> None:
        added = actor(filled, "أردوغان")
        other.catch_up()
        actors.delete_actors(filled, [added.id])
        with pytest.raises(UserError, match="actor_unknown"):
            actors.change_actor(other, replace(added, note="here"))
        assert other.actors == {}

    def test_record_keeps_what_others_have_said_of_it_since(self, filled: Project, other: Project) -> None:
        seen = actor(filled, "أردوغان")
        actors.change_actor(filled, replace(seen, aliases=("اردوغان",), note="of Layla", country="TUR"))
        wanted = replace(seen, aliases=("رجب",), name_en="Erdogan", country="SYR")
        actors.change_actor(other, wanted, seen=seen)
        now = other.actors[seen.id]
        assert (now.name_en, now.note, now.country) == ("Erdogan", "of Layla", "SYR")
        assert now.aliases == ("اردوغان", "رجب")
        actors.change_actor(other, replace(now, aliases=()), seen=replace(now, aliases=("رجب",)))
        assert other.actors[seen.id].aliases == ("اردوغان",)

    def test_scheme_of_another_is_not_taken_back(self, filled: Project, other: Project) -> None:
        begun = other.scheme
        label = replace(filled.scheme.label(ACTOR), name=Name("Player", "لاعب"))
        labels = tuple(label if one.id == ACTOR else one for one in filled.scheme.all_labels)
        scheme.change_scheme(filled, replace(filled.scheme, all_labels=labels))
        mine = replace(begun, name=Name("Mine", "لي"))
        with pytest.raises(UserError, match="scheme_changed"):
            scheme.change_scheme(other, mine, since=begun.version)
        assert other.scheme == filled.scheme
        scheme.change_scheme(other, replace(other.scheme, name=mine.name), since=other.scheme.version)

    def test_nobody_writes_between_what_an_act_reads_and_writes(self, filled: Project, other: Project) -> None:
        other._database.be_patient(0)
        with filled.acting(), pytest.raises(UserError, match="project_busy"):
            actor(other, "أردوغان")
        actor(other, "أردوغان")

    def test_act_that_could_not_be_done_can_be_done_again(self, filled: Project, other: Project) -> None:
        with pytest.raises(ZeroDivisionError), filled.acting():
            raise ZeroDivisionError
        actor(filled, "أردوغان")
        assert filled.catch_up() is None

    def test_long_search_writes_over_nothing(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        def meanwhile(*_: object) -> bool:
            articles.set_note(other, article_id, f"kept {len(other.history())}")
            return True

        boilerplate.suspect_boilerplate(filled, progress=meanwhile)
        duplicates.group_duplicates(filled, meanwhile)
        assert filled.article(article_id).note.startswith("kept")
        assert check(filled).problems == ()

    def test_position_of_imported_articles(self, filled: Project, other: Project, tmp_path: Path) -> None:
        for number, project in enumerate((filled, other, filled)):
            (tmp_path / f"{number}.txt").write_text(f"نص {number}", "utf-8")
            import_files(project, [tmp_path / f"{number}.txt"])
        assert [filled.article(one.id).position for one in filled.articles()] == [1, 2, 3, 4, 5]


class TestAnnotators:
    def test_undo_is_each_ones_own(self, filled: Project, other: Project, article_id: ArticleId) -> None:
        tags.add_tag(filled, article_id, 5, 10, ACTOR)
        tags.add_tag(other, article_id, 0, 3, ACTOR)
        history.undo(filled)
        assert [span.annotator_id for span in filled.spans(article_id)] == [other.annotator.id]
        assert filled.undoable() is not None  # the import
        assert other.undoable() is not None

    def test_two_windows_of_one_share_their_undo(self, filled: Project, article_id: ArticleId) -> None:
        with Project.open(filled.path, annotator="Layla") as second:
            tags.add_tag(filled, article_id, 5, 10, ACTOR)
            tags.add_tag(second, article_id, 0, 3, ACTOR)
            assert filled.undoable() == second.undoable()
            history.undo(filled)
            assert second.redoable() == filled.redoable()
            history.undo(second)
            assert filled.spans(article_id) == []
            history.redo(filled)
            history.redo(second)
            assert len(filled.spans(article_id)) == 2

    def test_new_name_is_one_annotator(self, filled: Project, article_id: ArticleId) -> None:
        with (
            Project.open(filled.path, annotator="Omar") as first,
            Project.open(filled.path, annotator="Omar") as second,
        ):
            tags.add_tag(first, article_id, 5, 10, ACTOR)
            tags.add_tag(second, article_id, 0, 3, ACTOR)
            assert first.annotator == second.annotator
        assert [one.name for one in filled.annotators()] == ["Layla", "Omar"]
        assert check(filled).problems == ()


class TestProcesses:
    def test_log_stays_while_one_has_it_open(self, filled: Project, article_id: ArticleId) -> None:
        """A file that SQLite has open must be opened in no other way: closing it again gives up SQLite's locks."""
        with filled.reader() as reader:
            assert reader.spans(article_id) == []
        Project.open(filled.path, annotator="Layla").close()
        import_files(filled, [filled.path])
        with pytest.raises(UserError, match="foreign_unknown"):
            survey_file(filled.path)
        tag_in_another_process(filled.path, 5, 10)
        tags.add_tag(filled, article_id, 0, 3, ACTOR)
        assert filled.path.with_name(filled.path.name + "-wal").exists()
        with Project.open(filled.path, read_only=True) as reader:
            assert len(reader.spans(article_id)) == 2
        tag_in_another_process(filled.path, 11, 16)
        filled.close()
        with Project.open(filled.path, read_only=True) as reader:
            assert len(reader.spans(article_id)) == 3
            assert check(reader).problems == ()

    def test_no_act_of_many_is_lost(self, filled: Project) -> None:
        """Three processes, two of them of one annotator, act at once: what each was told to be done is in the file."""
        names = ("Layla", "Omar", "Omar")
        children = [
            subprocess.Popen(
                [sys.executable, "-c", _ACT, str(filled.path), name, "120"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for name in names
        ]
        told = []
        for child, name in zip(children, names, strict=True):
            out, complaint = child.communicate(timeout=300)
            assert (child.returncode, complaint) == (0, "")
            told += [(int(seq), name, kind, op) for seq, kind, op in map(str.split, out.splitlines())]
        before = filled.next_act() - 1 - len(told)
        history_ = {entry.seq: entry for entry in filled.history()}
        assert len(told) > 150
        assert sorted(seq for seq, *_ in told) == list(range(before + 1, len(history_) + 1))
        for seq, name, kind, op in told:
            entry = history_[seq]
            assert (entry.annotator_name, str(entry.kind), str(entry.op)) == (name, kind, op)
        assert check(filled).problems == ()
        filled.catch_up()
        with Project.open(filled.path, read_only=True) as fresh:
            assert (filled.actors, filled.scheme) == (fresh.actors, fresh.scheme)
