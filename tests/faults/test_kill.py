# SPDX-License-Identifier: MIT
"""A process killed at work loses nothing that it acknowledged, leaves no half of an act, and a file without damage."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.model.changes import Op
from annotator.model.ids import SpanId
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project

ROUNDS = 15

_TAG = """
import sys
from pathlib import Path
from annotator.model.ids import LabelId
from annotator.ops import history, tags
from annotator.project import Project

with Project.open(Path(sys.argv[1]), annotator="Layla") as project:
    article = project.articles()[0]
    text = project.text(article.id)
    print("ready", flush=True)
    for start in range(int(sys.argv[2]), len(text) - 9):
        if text[start : start + 9].strip():
            changes = tags.add_tag(project, article.id, start, start + 9, LabelId("ACTOR"))
            if start % 7 == 0:
                history.undo(project)
                history.redo(project)
            # Only now: between the two it is undone, and rightly not there.
            for row in changes.rows:
                print(row.after.id, flush=True)
"""


_IN_BULK = """
import dataclasses
import sys
from pathlib import Path
from annotator.model.ids import LabelId, RelationTypeId
from annotator.model.relation import End
from annotator.ops import actors, events, history, relations, scheme, tags
from annotator.ops.occurrences import find_occurrences, tag_occurrences
from annotator.project import Project
from annotator.text.proclitics import Evidence

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")

with Project.open(Path(sys.argv[1]), annotator="Layla") as project:
    me, article = project.annotator.id, project.articles()[0].id

    def did(changes):
        print(changes.seq, flush=True)

    print("ready", flush=True)
    while True:
        number = project.next_act()
        made = actors.draft_actor(project, f"غانتس {number}")
        did(actors.add_actor(project, dataclasses.replace(made, aliases=("غانتس",))))
        hits = find_occurrences(project, ["غانتس"], Evidence(), ACTOR, annotator_id=me)
        did(tag_occurrences(project, hits, ACTOR, actor_id=made.id))
        did(tags.add_tag(project, article, 0, 5, EVENT))
        (event,) = [span.id for span in project.spans(article) if span.label_id == EVENT]
        told = events.draft_event(project, "لقاء")
        did(events.add_event(project, dataclasses.replace(told, participants=(made.id,)), [event]))
        did(relations.add_relation(project, RelationTypeId("AGENT"), event, End(actor_id=made.id)))
        other = actors.draft_actor(project, f"جانتس {number}")
        did(actors.split_actor(project, made.id, [span.id for span in project.linked_spans([made.id])][::2], other))
        did(actors.merge_actors(project, other.id, [made.id]))
        did(scheme.move_tags(project, ACTOR, LabelId("PLACE")))
        did(history.undo(project))
        did(tags.delete_tags(project, [span.id for span in project.spans(article)]))
        did(events.delete_events(project, [told.id]))
        did(actors.delete_actors(project, [other.id]))
"""

#: How many tags there are whenever `_IN_BULK` is done with an act: all occurrences or none, with the event or not.
_WHOLE = {0, 400, 401}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_no_half_of_an_act_is_left(tmp_path: Path) -> None:
    article = tmp_path / "long.txt"
    article.write_text("التقى غانتس أردوغان في أنقرة. " * 400, encoding="utf-8")
    path = tmp_path / "p.tawsim"
    with new_project(path, annotator="Layla") as project:
        import_files(project, [article])
    chance = random.Random(21)
    for _ in range(ROUNDS // 2):
        last = int(_killed_after(path, _IN_BULK, acts=chance.randrange(1, 16), bytes_more=chance.randrange(3))[-1])
        _assert_whole_without_repair(path)
        with Project.open(path, annotator="Layla") as project:
            assert last <= project.next_act() - 1 <= last + 1
            assert project.span_count() in _WHOLE
            assert check(project).problems == ()
            while (act := project.undoable()) is not None and act.op is not Op.IMPORT_ARTICLES:
                project.undo()
            assert (project.span_count(), len(project.actors), len(project.events)) == (0, 0, 0)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["long.txt", "p.tawsim"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_no_acknowledged_tag_is_lost(tmp_path: Path) -> None:
    article = tmp_path / "long.txt"
    article.write_text("التقى غانتس أردوغان في أنقرة. " * 3000, encoding="utf-8")
    path = tmp_path / "p.tawsim"
    with new_project(path, annotator="Layla") as project:
        import_files(project, [article])
    chance = random.Random(20)
    acknowledged: list[str] = []
    for number in range(ROUNDS):
        acknowledged += _killed_after(
            path, _TAG, number * 5000, acts=chance.randrange(1, 60), bytes_more=chance.randrange(40)
        )
        _assert_whole_without_repair(path)
        # Reading first, as the next window might: it must see every tag though the log is not folded in yet.
        with Project.open(path, read_only=True) as reader:
            kept = {span.id for span in reader.spans(reader.articles()[0].id)}
        assert set(acknowledged) <= kept
        # One that was written and could not be acknowledged any more may be there; no more than one a round.
        assert len(kept) <= len(acknowledged) + number + 1
    with Project.open(path, annotator="Layla") as project:
        assert check(project).problems == ()
        assert all(project.span(SpanId(id_)).quote for id_ in acknowledged[-5:])
        while project.undoable():
            project.undo()
        assert project.article_count() == 0
    assert sorted(item.name for item in tmp_path.iterdir()) == ["long.txt", "p.tawsim"]


def _killed_after(path: Path, script: str, start: int = 0, *, acts: int, bytes_more: int) -> list[str]:
    """Run a script in another process, kill it at a moment that chance chose, and return what it acknowledged."""
    with subprocess.Popen([sys.executable, "-c", script, str(path), str(start)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        seen = b"".join(child.stdout.readline() for _ in range(acts))
        seen += child.stdout.read(bytes_more)
        child.kill()
        seen += child.stdout.read()
    assert child.returncode == -9
    # A line that was cut off is no acknowledgement.
    return [line.decode() for line in seen.split(b"\n")[:-1]]


def _assert_whole_without_repair(path: Path) -> None:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        assert connection.execute("pragma quick_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    finally:
        connection.close()
