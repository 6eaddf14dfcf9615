# SPDX-License-Identifier: MIT
"""A project that has a bit of everything, ways to damage its file, and all that can be read in it."""

import random
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import UserError
from annotator.model.ids import DocumentLabelId, LabelId, RelationTypeId
from annotator.model.relation import End
from annotator.ops import actors, articles, document_tags, events, history, relations, tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files, import_text
from annotator.ops.projects import new_project
from annotator.project import Project

_TAGGED = (("غانتس", LabelId("ACTOR")), ("أردوغان", LabelId("ACTOR")), ("لقاء", LabelId("EVENT")))
_STANCE = DocumentLabelId("doc_stance")
_SENTENCE = "رحّب غانتس بلقاء أردوغان في أنقرة، وقال إن اللقاء «مهمّ» جدًّا، ولم تعلّق إسرائيل على إعلان تركيا موقفها.\n"


def make_project(folder: Path, *, texts: int = 12, length: int = 4) -> Path:
    """Make a project of articles, tags, relations, a registry, two annotators and acts that were undone."""
    source = folder / "articles"
    source.mkdir(parents=True)
    for number in range(texts):
        (source / f"{number:03}.txt").write_text(f"خبر رقم {number}\n" + _SENTENCE * length, encoding="utf-8")
    path = folder / "p.tawsim"
    with new_project(path, annotator="Layla") as project:
        import_files(project, [source])
        _work(project)
    with Project.open(path, annotator="Omar") as project:
        _work(project)
        import_text(project, _SENTENCE.replace("غانتس", "نتنياهو"), title="خبر ملغى")
        articles.remove(project, [project.articles()[-1].id])
    return path


def _work(project: Project) -> None:
    listed = project.articles()
    who = project.annotator.name
    actor = actors.add_actor(project, replace(actors.draft_actor(project, f"أردوغان {who}"), note="رئيس")).rows[0]
    events.add_event(project, events.draft_event(project, f"لقاء {who}"))
    for number, article in enumerate(listed):
        text = project.text(article.id)
        made = [
            tags.add_tag(project, article.id, text.index(word), text.index(word) + len(word), label).rows[0].record.id
            for word, label in _TAGGED
        ]
        tags.set_note(project, made[0], f"ملاحظة {number}")
        relations.add_relation(project, RelationTypeId("AGENT"), made[2], End(span_id=made[1]))
        if number % 3 == 0:
            tags.delete_tags(project, made[:1])
            history.undo(project)
        if number % 4 == 0:
            actors.link_tags(project, made[1:2], actor.record.id)
            document_tags.add_document_tag(project, article.id, _STANCE, values={"doc_label": "FAVOR"})
    history.undo(project)


def shuffled_pages(content: bytes, chance: random.Random) -> list[int]:
    """Return the numbers of a file's pages from 0, in a random order."""
    pages = list(range(len(content) // page_size(content)))
    chance.shuffle(pages)
    return pages


def page_size(content: bytes) -> int:
    """Return the size of a file's pages, as its header has it."""
    size = int.from_bytes(content[16:18], "big")
    return 65536 if size == 1 else size


def _flip_a_byte(content: bytearray, start: int, size: int, chance: random.Random) -> None:
    content[start + chance.randrange(size)] ^= chance.randrange(1, 256)


def _zero(content: bytearray, start: int, size: int, _chance: random.Random) -> None:
    content[start : start + size] = bytes(size)


def _invert(content: bytearray, start: int, size: int, _chance: random.Random) -> None:
    content[start : start + size] = bytes(byte ^ 0xFF for byte in content[start : start + size])


def _swap(content: bytearray, start: int, size: int, chance: random.Random) -> None:
    other = size * chance.randrange(len(content) // size)
    content[start : start + size], content[other : other + size] = (
        content[other : other + size],
        content[start : start + size],
    )


def _cut(content: bytearray, start: int, size: int, chance: random.Random) -> None:
    del content[start + chance.randrange(size) :]


#: What may happen to a page, by name.
DAMAGES: Mapping[str, Callable[[bytearray, int, int, random.Random], None]] = {
    "one byte": _flip_a_byte,
    "all zero": _zero,
    "inverted": _invert,
    "swapped": _swap,
    "cut short": _cut,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the program says of a file: by which error it is refused, or what its check finds."""

    refusal: str = ""
    problems: tuple[str, ...] = ()

    @property
    def speaks_up(self) -> bool:
        """Whether anything was said to be wrong."""
        return bool(self.refusal or self.problems)


def verdict(path: Path) -> Verdict:
    """Open a file and check it, as `tawsim check` does; any other exception than the user's is the caller's."""
    try:
        with Project.open(path, read_only=True) as project:
            report = check(project)
    except UserError as error:
        return Verdict(refusal=error.key)
    return Verdict(problems=tuple(problem.key for problem in report.problems))


#: When a migration was applied is of no use to anyone.
_USELESS = frozenset({"_sqlite_migrations", "sqlite_sequence"})


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table that says anything, read by SQLite alone."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        names = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")]
        return {
            name: sorted(connection.execute(f"select * from {name}"), key=repr)
            for name in sorted(names)
            if name not in _USELESS
        }
    finally:
        connection.close()
