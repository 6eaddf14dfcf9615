# SPDX-License-Identifier: MIT
"""Every bad input of the command line: one sentence in the chosen language that names the thing, and an exit code."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from annotator import i18n
from annotator.errors import UserError
from annotator.project import Project

Tawsim = Callable[..., Result]


@dataclass(frozen=True)
class Bad:
    """A call that fails: its words, where PROJECT and FOLDER stand for the paths; and what the sentence names."""

    call: tuple[str, ...]
    named: tuple[str, ...]


def bad(call: str, *named: str) -> Bad:
    return Bad(tuple(call.split()), named)


BAD = [
    bad("articles FOLDER/none.tawsim", "none.tawsim"),
    bad("articles FOLDER", "FOLDER"),
    bad("articles FOLDER/text.tawsim", "text.tawsim"),
    bad("articles FOLDER/foreign.tawsim", "foreign.tawsim"),
    bad("undo FOLDER/foreign.tawsim", "foreign.tawsim"),
    bad("articles FOLDER/newer.tawsim", "newer.tawsim", "9999_later"),
    bad("undo FOLDER/newer.tawsim", "newer.tawsim", "9999_later"),
    bad("check FOLDER/damaged.tawsim", "damaged.tawsim"),
    bad("undo FOLDER/damaged.tawsim", "damaged.tawsim"),
    bad("new PROJECT", "p.tawsim"),
    bad("new FOLDER/none/p.tawsim", "none"),
    bad("new ."),
    bad("new FOLDER/.."),
    bad(f"articles FOLDER/{'x' * 300}", "xxx"),
    bad("new FOLDER/text.tawsim/p.tawsim", "text.tawsim"),
    bad("new FOLDER/q --scheme FOLDER/none.json", "none.json"),
    bad("new FOLDER/q --scheme FOLDER/text.tawsim", "text.tawsim"),
    bad("import PROJECT FOLDER/none.txt", "none.txt"),
    bad("import PROJECT FOLDER/empty", "empty"),
    bad("tag PROJECT 1 0 99999 ACTOR", "99999"),
    bad("tag PROJECT 1 99999 99999 ACTOR", "99999"),
    bad("tag PROJECT 1 5 5 ACTOR"),
    bad("tag PROJECT 1 10 5 ACTOR"),
    bad("tag PROJECT 1 4 5 ACTOR"),
    bad("tag PROJECT 1 5 10 FRAME", "FRAME", "ACTOR, EVENT, STANCE"),
    bad("tag PROJECT 3 5 10 ACTOR", "3"),
    bad("tag PROJECT 0 5 10 ACTOR", "0"),
    bad("tag PROJECT abcdefabcdefabcd 5 10 ACTOR", "abcdefabcdefabcd"),
    bad("untag PROJECT abcdefabcdefabcd", "abcdefabcdefabcd"),
    bad("show PROJECT nonsense", "nonsense"),
    bad("tag PROJECT 1 5 10 ACTOR --set frame=x", "frame"),
    bad("tag PROJECT 1 5 10 ACTOR --set polarity=FAVOR"),
    bad("tag PROJECT 1 5 10 ACTOR --set mention=NONE", "NONE", "NAM, NOM"),
    bad("tag PROJECT 1 5 10 EVENT --set negated=maybe", "maybe"),
    bad("tag PROJECT 1 5 10 TIME --set value=soon", "soon"),
    bad("tag PROJECT 1 5 10 ACTOR --actor Nobody", "Nobody"),
    bad("tag PROJECT 1 5 10 EVENT --event Nothing", "Nothing"),
    bad("tag PROJECT 1 5 10 EVENT --relate FRAME=author", "FRAME"),
    bad("tag PROJECT 1 5 10 EVENT --relate AGENT=author"),
    bad("tag PROJECT 1 5 10 EVENT --relate AGENT=Nobody", "Nobody"),
    bad("tag PROJECT 1 5 10 EVENT --relate AGENT=actor:Nobody", "Nobody"),
    bad("tag PROJECT 1 5 10 EVENT --relate CONTENT=event:Nothing", "Nothing"),
    bad(f"retag PROJECT {'ab' * 16} --unsure", "abab"),
    bad(f"retag PROJECT {'z' * 32} --unsure", "zzz"),
    bad("relation list PROJECT 9", "9"),
    bad(f"relation add PROJECT {'ab' * 16} AGENT author", "abab"),
    bad(f"relation delete PROJECT {'ab' * 16}"),
    bad("document add PROJECT 1 doc_frame", "doc_frame"),
    bad("document add PROJECT 1 doc_stance --set doc_label=MAYBE", "MAYBE"),
    bad(f"document change PROJECT {'ab' * 16} --note x", "abab"),
    bad(f"document delete PROJECT {'ab' * 16}", "abab"),
    bad("actor add PROJECT Gantz --country Israel", "Israel"),
    bad("actor add PROJECT Gantz --kind ALIEN", "ALIEN"),
    bad("actor add PROJECT Gantz --member Nobody", "Nobody"),
    bad("actor change PROJECT Nobody --note x", "Nobody"),
    bad("actor merge PROJECT Nobody Nobody", "Nobody"),
    bad("actor mentions PROJECT Nobody", "Nobody"),
    bad("actor delete PROJECT abcdefabcdef", "abcdefabcdef"),
    bad(f"actor link PROJECT Nobody {'ab' * 16}", "ab"),
    bad("event add PROJECT Meeting --date soon", "soon"),
    bad("event add PROJECT Meeting --type NOTHING", "NOTHING"),
    bad("event change PROJECT Nothing --note x", "Nothing"),
    bad("event delete PROJECT Nothing", "Nothing"),
    bad("scheme load PROJECT FOLDER/none.json", "none.json"),
    bad("scheme load PROJECT FOLDER/text.tawsim", "text.tawsim"),
    bad("scheme check FOLDER/nameless.json", "nameless.json"),
    bad("scheme save PROJECT FOLDER/none/s.json", "none"),
    bad("scheme save PROJECT PROJECT", "p.tawsim"),
    bad("scheme merge-labels PROJECT ACTOR ACTOR"),
    bad("scheme move-tags PROJECT ACTOR FRAME", "FRAME"),
    bad("occurrences PROJECT --actor Nobody", "Nobody"),
    bad("occurrences PROJECT غانتس --tag FRAME", "FRAME"),
    bad("likely-same PROJECT --annotator Nobody", "Nobody"),
    bad("done PROJECT 1-9", "3"),
    bad("done PROJECT 2-1", "2-1"),
    bad("undo PROJECT --annotator Omar"),
    bad("redo PROJECT"),
    bad("export PROJECT FOLDER/none/x.jsonl --format jsonl", "none"),
    bad("export PROJECT FOLDER/empty --format jsonl", "empty"),
    bad("export PROJECT FOLDER/text.tawsim/x.conll --format conll", "text.tawsim"),
    bad("export PROJECT FOLDER/x.conll --format conll --label FRAME", "FRAME"),
    bad("export PROJECT FOLDER/x.conll --format conll --articles 7", "7"),
]


@pytest.fixture
def folder(tmp_path: Path, path: Path) -> Path:
    """Return a folder of things that are no sound project."""
    folder = tmp_path / "bad"
    (folder / "empty").mkdir(parents=True)
    (folder / "text.tawsim").write_text("hello")
    (folder / "nameless.json").write_text('{"format": "tawsim-scheme/2", "id": "x", "name": {"en": "x"}, "layers": []}')
    with sqlite3.connect(folder / "foreign.tawsim") as connection:
        connection.execute("create table t (a)")
    connection.close()
    shutil.copy(path, folder / "newer.tawsim")
    with sqlite3.connect(folder / "newer.tawsim") as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tawsim', '9999_later', '2030')"
        )
    connection.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (folder / "damaged.tawsim").write_bytes(content)
    return folder


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("wrong", BAD, ids=lambda wrong: "_".join(wrong.call).replace("/", "-"))
def test_failed_act(tawsim: Tawsim, path: Path, folder: Path, wrong: Bad, language: str) -> None:
    def filled(word: str) -> str:
        return word.replace("PROJECT", str(path)).replace("FOLDER", str(folder))

    before = {
        item: item.read_bytes() for item in [path, *folder.iterdir()] if item.is_file() and item.suffix != ".tawsim-shm"
    }
    result = tawsim(*map(filled, wrong.call), code=1, language=language)
    assert result.stdout == ""
    sentence = result.stderr.strip()
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert "{" not in sentence
    assert "…" not in sentence
    assert any("\u0621" <= character <= "\u064a" for character in sentence) == (language == "ar")
    assert sentence.endswith(".")
    for name in wrong.named:
        assert filled(name) in sentence
    for item, content in before.items():
        assert item.read_bytes() == content, item
    assert not (folder / "q.tawsim").exists()


@pytest.mark.parametrize(
    "call",
    [
        "nonsense",
        "tag PROJECT 1 5",
        "tag PROJECT 1 five 10 ACTOR",
        "tag PROJECT 1 5 10 ACTOR more",
        "articles",
        "articles PROJECT --nonsense",
        "import PROJECT",
        "undo PROJECT --times 0",
        "undo PROJECT --times many",
        "export PROJECT x.y --format docx",
        "export PROJECT x.y",
        "history PROJECT --limit -1",
        "state PROJECT finished 1",
        "tag PROJECT 1 5 10 ACTOR --set mention",
        "tag PROJECT 1 5 10 ACTOR --set =NAM",
        "retag PROJECT",
        "relation",
        "relation nonsense",
        "relation add PROJECT x AGENT",
        "actor add PROJECT",
        "actor merge PROJECT one",
        "scheme load PROJECT",
        "occurrences PROJECT",
        "--language fr articles PROJECT",
    ],
)
def test_wrong_call(tawsim: Tawsim, path: Path, call: str) -> None:
    before = path.read_bytes()
    result = tawsim(*call.replace("PROJECT", str(path)).split(), code=2)
    assert result.stdout == ""
    assert "Usage" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", ["ar", "en"])
def test_open_elsewhere_says_who_has_it(tawsim: Tawsim, path: Path, language: str) -> None:
    with Project.open(path, annotator="Omar") as project, project.alone():
        sentence = tawsim("undo", path, code=1, language=language).stderr
        assert str(path) in sentence
        assert "UTC" in sentence
        tawsim("articles", path)
        tawsim("check", path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
@pytest.mark.parametrize(
    "call",
    [
        *("articles ODD", "check ODD", "backup ODD", "undo ODD", "recover ODD --out FOLDER/new", "restore PROJECT ODD"),
        *("restore ODD PROJECT", "survey PROJECT ODD", "import-annotations PROJECT ODD --format jsonl"),
        *("export PROJECT ODD --format jsonl", "import PROJECT ODD"),
    ],
)
def test_what_is_no_file_is_refused_at_once(tawsim: Tawsim, path: Path, folder: Path, call: str, kind: str) -> None:
    odd = folder / "odd.tawsim"
    if kind == "pipe":
        os.mkfifo(odd)
    elif kind == "device":
        odd.symlink_to("/dev/zero")
    else:
        odd.mkdir()
    places = {"ODD": str(odd), "PROJECT": str(path), "FOLDER/new": str(folder / "new.tawsim")}
    before = sorted(folder.rglob("*"))
    result = tawsim(*(places.get(word, word) for word in call.split()), code=1)
    assert result.output.strip()
    assert "not a Tawsim project" not in result.output
    assert sorted(folder.rglob("*")) == before


def test_ambiguous_prefix(tawsim: Tawsim, path: Path) -> None:
    ids = sorted(tawsim("tag", path, 1, start, start + 3, "ACTOR").stdout.split()[0] for start in (0, 5))
    shared = next(ids[0][:n] for n in range(32, 0, -1) if ids[1].startswith(ids[0][:n]))
    assert len(shared) < 12 or "2" in tawsim("untag", path, shared, code=1).stderr


@pytest.mark.parametrize("language", ["ar", "en"])
def test_full_disk(tawsim: Tawsim, path: Path, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.txt"
    large.write_text("قال المتحدث إن المباحثات كانت إيجابية.\n" * 3000, encoding="utf-8")
    open_for_real = Project.open

    def open_on_a_full_disk(*args: object, **kwargs: object) -> Project:
        project = open_for_real(*args, **kwargs)  # type: ignore[arg-type]
        connection = project._database.connection
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")
        return project

    monkeypatch.setattr(Project, "open", open_on_a_full_disk)
    result = tawsim("import", path, large, code=1, language=language)
    assert str(path) in result.stderr
    assert result.stdout == ""
    assert tawsim("articles", path).stdout.count("\n") == 2


def test_every_key_of_the_core_has_a_sentence_in_both_languages() -> None:
    for language in ("ar", "en"):
        i18n.use_language(language)
        for key in i18n.ERROR_MESSAGES:
            assert i18n.describe(UserError(key)) != key
        for key in i18n.PROBLEM_MESSAGES:
            assert i18n.describe_problem(key, {}) != key
