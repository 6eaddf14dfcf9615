# SPDX-License-Identifier: MIT
"""Streams of acts by one annotator: what a process does when it is killed, cut off, out of space or told to wait.

A stream is a generator over a folder that `prepare` has filled. It yields after each act has returned, which is when
the act counts as acknowledged: the project's file and the act's number in its history, 0 for what is no act; of another
file that was written its path and which writing of it that was, of a backup the last act in it.
"""

import dataclasses
import functools
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from annotator import settings
from annotator.model.changes import Changes
from annotator.model.ids import LabelId, RelationTypeId
from annotator.model.relation import End
from annotator.ops import actors, backups, events, exporting, history, relations, scheme, tags
from annotator.ops.foreign.importing import import_annotations
from annotator.ops.importing import import_files
from annotator.ops.occurrences import find_occurrences, tag_occurrences
from annotator.ops.passwords import is_encrypted, set_password
from annotator.ops.projects import new_project
from annotator.ops.search import index_texts, search
from annotator.project import Project
from annotator.store import row_changes
from annotator.store.driver import Key, connect, derived_key, file_salt, opens_any_page
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query

Ack = tuple[str, int]
Stream = Callable[[Path], Iterator[Ack]]

WHO = "Layla"
PROJECT = "p.tawsim"
PASSWORDS = ("one", "two")
OLD = "older.tawsim"
FILE, TABLES, SETTINGS = "out/tags.jsonl", "out/tables", "config/settings.json"
ACTOR, EVENT, PLACE = LabelId("ACTOR"), LabelId("EVENT"), LabelId("PLACE")
SENTENCE = "التقى غانتس أردوغان في أنقرة. "
#: Of each project that streams work on; short, as each is checked hundreds of times.
SENTENCES = 40
FILES = 12
#: In the project that `prepare` makes.
TAGS = 10
OLDER = Path(__file__).parent.parent / "files" / "schema-0003.tawsim"


def prepare(folder: Path, *, encrypted: bool = False) -> None:
    """Make a project of one article, one of an older version, and files beside them to import."""
    articles = folder / "articles"
    articles.mkdir()
    (folder / "out").mkdir()
    long = articles / "00.txt"
    long.write_text(SENTENCE * SENTENCES, encoding="utf-8")
    for number in range(1, FILES):
        (articles / f"{number:02}.txt").write_text(f"{number}\n{SENTENCE * number}", encoding="utf-8")
    shutil.copyfile(OLDER, folder / OLD)
    with new_project(folder / PROJECT, annotator=WHO) as project:
        import_files(project, [long])
        article = project.articles()[0].id
        for start in range(0, 300, 30):
            tags.add_tag(project, article, start, start + 5, ACTOR)
        for start in range(0, 300, 30):
            tags.add_tag(project, article, start + 1, start + 5, PLACE)
        exporting.export(project, "jsonl", folder / "tagged.jsonl")
        # Half of what was exported is to be new when it is imported.
        for _ in range(10):
            project.undo()
        assert project.span_count() == TAGS
    if encrypted:
        set_password(folder / PROJECT, None, PASSWORDS[0])


def key_of(path: Path) -> Key | None:
    """Return what opens a project that streams have made, if it is encrypted."""
    if not is_encrypted(path):
        return None
    keys = [_key(password, file_salt(path)) for password in PASSWORDS]
    return next((key for key in keys if opens_any_page(path, key)), keys[0])


#: It takes a quarter of a second, and files that are checked by the hundred begin with the same.
_key = functools.cache(derived_key)


def _opened(folder: Path) -> Project:
    path = folder / PROJECT
    return Project.open(path, annotator=WHO, key=key_of(path))


def last_act(path: Path) -> int:
    """Return the number of the last act in a project's history, whichever version the file is of."""
    connection = connect(path, key=key_of(path))
    try:
        return int(connection.execute("select coalesce(max(seq), 0) from history").fetchone()[0])
    finally:
        connection.close()


def tagging(folder: Path) -> Iterator[Ack]:
    """Tag, change a tag, undo and redo, over and over."""
    with _opened(folder) as project:
        article = project.articles()[0].id
        text = project.text(article)
        free = (start for start in itertools.count(1) if text[start : start + 9].strip() and start % 30)
        for number, start in enumerate(free):
            made = tags.add_tag(project, article, start, start + 9, ACTOR)
            yield PROJECT, made.seq
            if number % 3 == 0:
                yield PROJECT, tags.set_note(project, made.rows[0].record.id, "ملاحظة").seq
                yield PROJECT, history.undo(project).seq
                yield PROJECT, history.undo(project).seq
                yield PROJECT, history.redo(project).seq


def in_bulk(folder: Path) -> Iterator[Ack]:
    """Tag all occurrences, link, relate, split, merge, relabel and delete them."""
    with _opened(folder) as project:
        me, article = project.annotator.id, project.articles()[0].id
        while True:
            number = project.next_act()
            made = actors.draft_actor(project, f"غانتس {number}")
            yield PROJECT, actors.add_actor(project, dataclasses.replace(made, aliases=("غانتس",))).seq
            hits = find_occurrences(project, ["غانتس"], Evidence(), ACTOR, annotator_id=me)
            yield PROJECT, tag_occurrences(project, hits, ACTOR, actor_id=made.id).seq
            yield PROJECT, tags.add_tag(project, article, 0, 5, EVENT).seq
            (event,) = [span.id for span in project.spans(article) if span.label_id == EVENT]
            told = events.draft_event(project, "لقاء")
            yield PROJECT, events.add_event(project, dataclasses.replace(told, participants=(made.id,)), [event]).seq
            yield PROJECT, relations.add_relation(project, RelationTypeId("AGENT"), event, End(actor_id=made.id)).seq
            other = actors.draft_actor(project, f"جانتس {number}")
            linked = [span.id for span in project.linked_spans([made.id])]
            yield PROJECT, actors.split_actor(project, made.id, linked[::2], other).seq
            yield PROJECT, actors.merge_actors(project, other.id, [made.id]).seq
            yield PROJECT, scheme.move_tags(project, ACTOR, PLACE).seq
            yield PROJECT, history.undo(project).seq
            yield PROJECT, tags.delete_tags(project, [span.id for span in project.spans(article)]).seq
            yield PROJECT, history.undo(project).seq
            yield PROJECT, history.redo(project).seq
            yield PROJECT, events.delete_events(project, [told.id]).seq
            yield PROJECT, actors.delete_actors(project, [other.id]).seq


def importing(folder: Path) -> Iterator[Ack]:
    """Import files and annotations, in parts as large imports are, and take them back."""
    in_parts = mock.patch.object(row_changes, "_SPILL", 5)
    with in_parts, _opened(folder) as project:
        first = project.next_act()
        while True:
            yield PROJECT, _seq(import_files(project, [folder / "articles"]))
            yield PROJECT, _seq(import_annotations(project, folder / "tagged.jsonl"))
            while (act := project.undoable()) is not None and act.seq >= first:
                yield PROJECT, history.undo(project).seq
            yield PROJECT, history.redo(project).seq
            yield PROJECT, history.undo(project).seq


def exporting_files(folder: Path) -> Iterator[Ack]:
    """Tag, and export to a file and to a folder, each over the one before; and keep settings."""
    with _opened(folder) as project:
        article = project.articles()[0].id
        kept = settings.Settings(folder / SETTINGS)
        for start in itertools.count(1):
            yield PROJECT, tags.add_tag(project, article, start, start + 3, PLACE).seq
            exporting.export(project, "jsonl", folder / FILE)
            yield FILE, start
            exporting.export(project, "csv", folder / TABLES)
            yield TABLES, start
            kept.set("annotator_name", f"{WHO} {start}")
            yield SETTINGS, start


def migrating(folder: Path) -> Iterator[Ack]:
    """Open a project of an older version, and tag in it."""
    with Project.open(folder / OLD, annotator=WHO) as project:
        yield OLD, 0
        article = project.articles()[0].id
        yield OLD, tags.add_tag(project, article, 1, 4, PLACE).seq


def creating(folder: Path) -> Iterator[Ack]:
    """Make projects, with articles in them."""
    for number in itertools.count():
        with new_project(folder / f"new{number}.tawsim", annotator=WHO) as project:
            yield project.path.name, 0
            yield project.path.name, _seq(import_files(project, [folder / "articles"]))


def searching(folder: Path) -> Iterator[Ack]:
    """Index texts for the search, which does not wait for the disk, and tag, which does."""
    with _opened(folder) as project:
        yield PROJECT, _seq(import_files(project, [folder / "articles"]))
        articles = project.articles()
        for start in itertools.count(1):
            index_texts(project)
            yield PROJECT, 0
            yield PROJECT, tags.add_tag(project, articles[0].id, start, start + 3, PLACE).seq
            assert [*search(project, Query.of("غانتس"), Evidence())]
            project.drop_index()


def backing_up(folder: Path) -> Iterator[Ack]:
    """Tag, make a backup, and restore it."""
    for start in itertools.count(1):
        with _opened(folder) as project:
            yield PROJECT, tags.add_tag(project, project.articles()[0].id, start, start + 3, PLACE).seq
            backup = backups.back_up(project.path, project.key)
            yield _backup(backup)
        backups.restore(folder / PROJECT, backup.path, key_of(folder / PROJECT))
        yield PROJECT, 0


def _backup(made: backups.Backup) -> Ack:
    return f"{made.path.parent.name}/{made.path.name}", last_act(made.path)


def protecting(folder: Path) -> Iterator[Ack]:
    """Set a password, change it, and do without, with a backup beside; tag in between."""
    for start, password in enumerate(itertools.cycle((*PASSWORDS, None)), 1):
        with _opened(folder) as project:
            yield PROJECT, tags.add_tag(project, project.articles()[0].id, start, start + 3, PLACE).seq
            if start == 1:
                yield _backup(backups.back_up(project.path, project.key))
        set_password(folder / PROJECT, key_of(folder / PROJECT), password)
        yield PROJECT, 0


STREAMS: dict[str, Stream] = {
    "tags, undo and redo": tagging,
    "bulk acts": in_bulk,
    "imports": importing,
    "exports and settings": exporting_files,
    "migration": migrating,
    "new projects": creating,
    "search index": searching,
    "backups": backing_up,
}

#: Of these SQLite's steps are not seen by the shim.
OTHERS: dict[str, Stream] = {"password": protecting}


def _seq(done: tuple[Changes, object]) -> int:
    return done[0].seq
