# SPDX-License-Identifier: MIT
"""Nothing that is readable in any file, at any moment of work on an encrypted project; and what a kill leaves of it."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from annotator.errors import UserError
from annotator.files import DatabaseKind, database_kind, peeking
from annotator.model.ids import LabelId
from annotator.ops import actors, articles, events, history, tags
from annotator.ops.checking import check
from annotator.ops.exporting import export, preview
from annotator.ops.importing import import_files
from annotator.ops.passwords import copies_of, key_for, key_of_new, set_password
from annotator.ops.projects import new_project
from annotator.ops.search import index_texts, search
from annotator.project import Project
from annotator.store.database import open_database
from annotator.store.driver import Key
from annotator.store.migrations import SQL_DIR, build_migrations
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query

pytest.importorskip("sqlcipher3")

OLDER = Path(__file__).parent.parent / "files" / "schema-0003.tawsim"

#: A word of each kind that a project keeps; none is in the program, and no other holds one of them.
WORDS = {
    "text": "زمرّدة",
    "quote": "ياقوتة",
    "title": "عنوان سرّي",
    "note": "ملاحظة المحلّلة",
    "article note": "تعليق على الخبر",
    "actor": "فيروزة",
    "alias": "turquoise-alias",
    "event": "انقلاب أبيض",
    "annotator": "ليلى المحلّلة",
    "outlet": "جريدة النجمة الحمراء",
}
TEXT = (
    f"{WORDS['title']}\nقالت {WORDS['quote']} إن {WORDS['text']} وصلت.\n" + f"ثم عادت {WORDS['text']} إلى بيتها. " * 400
)

Traces = set[tuple[str, str]]


def traces(*folders: Path) -> Traces:
    """Return in which files, still named or not, which words can be read."""
    found: Traces = set()
    files = [path for folder in folders for path in folder.rglob("*")]
    opened = Path("/proc/self/fd")
    if opened.is_dir():
        # Files without a name, such as SQLite's own for sorting, are seen by who has them open only.
        files += [link for link in opened.iterdir() if "(deleted)" in _target(link)]
    for path in files:
        with contextlib.suppress(OSError):
            if path.is_file():
                with peeking(path) as file:
                    content = file.read()
                for kind, word in WORDS.items():
                    if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1256")):
                        found.add((path.name, kind))
    return found


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


class Watch:
    """Looks for traces over and over, in a thread, as long as the block runs.

    Attributes:
        found: all that was found.
        looks: how often it was looked.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.found: Traces = set()
        self.looks = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            self.found |= traces(*self._folders)
            self.looks += 1


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user_home: Path) -> tuple[Path, ...]:
    """Return where the program may leave something: the project's folder, the user's, the system's temporary one."""
    project, temporary = tmp_path / "work", tmp_path / "temporary"
    project.mkdir()
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return project, temporary, user_home


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def fill(project: Project, article: Path) -> Iterator[str]:
    """Do one thing after the other, and yield after each."""
    import_files(project, [article])
    yield "import"
    id_ = project.articles()[0].id
    start = TEXT.index(WORDS["quote"])
    tag = tags.add_tag(project, id_, start, start + len(WORDS["quote"]), LabelId("ACTOR")).rows[0].record.id
    tags.set_note(project, tag, WORDS["note"])
    yield "tag"
    articles.set_note(project, id_, WORDS["article note"])
    articles.set_particulars(project, [id_], outlet=WORDS["outlet"])
    yield "particulars"
    actor = replace(actors.draft_actor(project, WORDS["actor"]), aliases=(WORDS["alias"],))
    actors.add_actor(project, actor, [tag])
    events.add_event(project, events.draft_event(project, WORDS["event"]), [])
    yield "registry"
    index_texts(project)
    assert list(search(project, Query.of(WORDS["text"]), Evidence()))
    yield "search"
    history.undo(project)
    history.undo(project)
    history.redo(project)
    yield "undo"
    # Larger than SQLite sorts in its own memory.
    project._database.connection.execute("pragma cache_size = 10")
    rows = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200) select i, body from n, text"
    project._database.connection.execute(f"select * from ({rows}) order by body || i desc").fetchone()
    yield "sort"
    with contextlib.suppress(UserError):  # there is no folder in memory everywhere
        preview(project, "xlsx")
    yield "preview"
    assert not check(project).problems
    yield "check"


def test_no_word_can_be_read_at_any_moment_of_a_session(
    folders: tuple[Path, ...], article: Path, tmp_path: Path
) -> None:
    path = folders[0] / "p.tawsim"
    with Watch(*folders) as watch:
        with new_project(path, annotator=WORDS["annotator"], key=key_of_new("one")) as project:
            for moment in fill(project, article):
                assert traces(*folders) == set(), moment
            with project.writer() as other, project.reader() as reader:
                history.undo(other)
                reader.history()
                assert traces(*folders) == set()
            key = project.key
        assert traces(*folders) == set()
        key = _migrated(path, key, tmp_path / "sql")
        assert copies_of(path)
        assert traces(*folders) == set()
        key, _ = set_password(path, key, "two", lambda: not traces(*folders))
        assert traces(*folders) == set()
    assert watch.found == set()
    assert watch.looks > 10


def _migrated(path: Path, key: Key | None, sql: Path) -> Key | None:
    """Have the project migrated by a program that knows one version more, and taken back."""
    sql.mkdir()
    for file in SQL_DIR.glob("*.sql"):
        shutil.copy(file, sql)
    (sql / "9998_more.sql").write_text("create table more (word text) strict;", encoding="utf-8")
    database = open_database(path, key=key, migrations=build_migrations(sql))
    database.connection.execute("drop table more")
    database.connection.execute("delete from _sqlite_migrations where name = '9998_more'")
    database.close()
    return key


def test_the_words_are_what_the_test_would_find(folders: tuple[Path, ...], article: Path) -> None:
    with new_project(folders[0] / "p.tawsim", annotator=WORDS["annotator"]) as project:
        for _ in fill(project, article):
            pass
    assert {kind for _, kind in traces(folders[0])} == {*WORDS}


def test_setting_a_password_leaves_nothing_readable(folders: tuple[Path, ...], article: Path) -> None:
    path = folders[0] / "p.tawsim"
    with new_project(path, annotator=WORDS["annotator"]) as project:
        for _ in fill(project, article):
            pass
    backups = [path.with_name("p.backup-0001_initial.tawsim"), folders[0] / "p.backups" / "2026-01-01.tawsim"]
    backups[1].parent.mkdir()
    for each in backups:
        shutil.copy(path, each)
    before = traces(*folders)
    with Watch(*folders) as watch:
        set_password(path, None, "one")
    assert traces(*folders) == set()
    # Nor anywhere else meanwhile; a number is the old file, which has no name any more and is written over.
    assert {trace for trace in watch.found if not trace[0].isdecimal()} <= before


def test_an_older_project_is_brought_up_to_date_and_encrypted_with_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "p.tawsim"
    shutil.copy(OLDER, path)
    key, left = set_password(path, None, "one")
    assert left == []
    (backup,) = copies_of(path)
    assert database_kind(path) is database_kind(backup) is DatabaseKind.ENCRYPTED
    with Project.open(path, annotator="Layla", key=key) as project:
        assert not check(project).problems


def test_an_export_leaves_nothing_but_itself(folders: tuple[Path, ...], article: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with new_project(folders[0] / "p.tawsim", annotator=WORDS["annotator"], key=key_of_new("one")) as project:
        for _ in fill(project, article):
            pass
        for format_id in ("xlsx", "refi-qda", "webanno-tsv"):
            export(project, format_id, tmp_path / "out" / format_id)
    assert traces(*folders) == set()


_TAGGING = """
import sys
from pathlib import Path
from annotator.model.ids import LabelId
from annotator.ops import tags
from annotator.ops.passwords import key_for
from annotator.project import Project
path = Path(sys.argv[1])
with Project.open(path, annotator="ليلى المحلّلة", key=key_for(path, "one")) as project:
    article = project.articles()[0].id
    print("ready", flush=True)
    first = max([60, *(span.start + 8 for span in project.spans(article))])
    for start in range(first, 12_000, 8):
        tags.add_tag(project, article, start, start + 5, LabelId("ACTOR"), note="ملاحظة المحلّلة")
        print(start, flush=True)
"""


@pytest.mark.slow
def test_a_kill_in_the_middle_of_writing(folders: tuple[Path, ...], article: Path) -> None:
    path, chance = folders[0] / "p.tawsim", random.Random(7)
    with new_project(path, annotator=WORDS["annotator"], key=key_of_new("one")) as project:
        for _ in islice(fill(project, article), 4):
            pass
        before = len(project.spans(project.articles()[0].id))
    for _ in range(4):
        child = subprocess.Popen([sys.executable, "-c", _TAGGING, path], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.random() / 4)
        child.kill()
        told = len(child.stdout.read().split())
        child.stdout.close()
        child.wait()
        assert traces(*folders) == set()
        with Project.open(path, annotator="Layla", key=key_for(path, "one")) as project:
            now = len(project.spans(project.articles()[0].id))
            assert now - before in (told, told + 1)
            before = now
            assert not check(project).problems


_REWRITING = """
import os, signal, sys
from pathlib import Path
from annotator.ops.passwords import key_for, set_password
from annotator.store import rekeying

path, moment, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3] or None, sys.argv[4] or None

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def after(name):
    done = getattr(rekeying, name)
    setattr(rekeying, name, lambda *given: (done(*given), die()))

if moment == "copying":
    rekeying._STEPS_BETWEEN = 1000
elif moment == "moving":
    rekeying.put_in_place = die
else:
    after(moment)
set_password(path, old and key_for(path, old), new, die if moment == "copying" else (lambda: True))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no such kill here")
@pytest.mark.parametrize(
    ("old", "new", "moment"),
    [
        *(("", "two", moment) for moment in ("copying", "_refuse_difference", "keep", "moving", "put_in_place")),
        *(("one", "two", moment) for moment in ("copying", "moving", "put_in_place")),
        *(("one", "", moment) for moment in ("moving", "put_in_place")),
    ],
)
def test_a_kill_in_the_middle_of_changing_the_password(
    folders: tuple[Path, ...], article: Path, old: str, new: str, moment: str
) -> None:
    path = folders[0] / "p.tawsim"
    with new_project(path, annotator=WORDS["annotator"], key=key_of_new(old) if old else None) as project:
        for _ in islice(fill(project, article), 4):
            pass
        acts = len(project.history())
    child = subprocess.run([sys.executable, "-c", _REWRITING, path, moment, old, new], check=False)
    assert child.returncode == -signal.SIGKILL
    password = new if moment == "put_in_place" else old
    if old and password:
        assert traces(*folders) - {("p.tawsim.rewriting", kind) for kind in WORDS if not new} == set()
    with Project.open(path, annotator="Layla", key=key_for(path, password) if password else None) as project:
        assert len(project.history()) == acts
        assert not check(project).problems
        if password:
            assert traces(*folders) == set()
    # Done again, it comes to its end.
    set_password(path, key_for(path, password) if password else None, new or None)
    assert database_kind(path) is (DatabaseKind.ENCRYPTED if new else DatabaseKind.PLAIN)
    assert [each.name for each in folders[0].iterdir() if "rewriting" in each.name] == []
    if new:
        assert traces(*folders) == set()
