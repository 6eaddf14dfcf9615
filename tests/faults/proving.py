# SPDX-License-Identifier: MIT
"""Whether a folder in which a stream of acts was broken off holds all that it must, and no half of anything."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from annotator.ops.checking import check
from annotator.ops.exporting import export
from annotator.ops.foreign.importing import survey_file
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.store import driver

from .streams import FILE, PROJECT, SETTINGS, TABLES, TAGS, WHO, Ack, key_of, last_act

Dump = dict[str, list[tuple[object, ...]]]
#: By file and act.
Expected = dict[tuple[str, int], Dump]

_BACKUP = ".backup-"
_BACKUPS = f"{Path(PROJECT).stem}.backups"
#: Which writing of a file is in it, as the stream has written it: each has a tag more, or says its number.
_WRITING: dict[str, Callable[[Path], int]] = {
    FILE: lambda path: json.loads(path.read_text(encoding="utf-8").partition("\n")[0])["tags"] - TAGS,
    TABLES: lambda path: len((path / "spans.csv").read_text(encoding="utf-8").splitlines()) - 1 - TAGS,
    SETTINGS: lambda path: int(json.loads(path.read_text(encoding="utf-8"))["annotator_name"].removeprefix(WHO)),
}
_BESIDE = re.compile(r"\.tawsim(-wal|-shm|\.lock.*|\.holder.*)$")
#: What the acts change, and what says so.
_TABLES = (
    *("article", "span", "relation", "document_tag", "actor", "event", "history", "history_part"),
    *("project", "annotator", "layer", "label", "attribute", "relation_type", "document_label", "text"),
)


def prove(folder: Path, acks: list[Ack], before: Path, expected: Expected | None = None) -> None:
    """Assert that every project, backup and export of a folder is there and whole, as `prove_projects` says."""
    prove_projects(folder, acks, before, expected)
    _prove_files(folder, acks, expected or {})
    _prove_exports(folder)


def prove_projects(folder: Path, acks: list[Ack], before: Path, expected: Expected | None = None) -> None:
    """Assert that every project of a folder is as it was acknowledged, or one act further, and that it can go on.

    Args:
        folder: what a stream worked in.
        acks: what it acknowledged.
        before: the folder as it was before; files that are as they were are not looked at again.
        expected: what a file must hold after an act; it is not looked at where this does not say.
    """
    last = {path.name: last_act(path) for path in before.glob("*.tawsim") if (folder / path.name).exists()}
    for file, seq in acks:
        if Path(file).parent == Path():
            last[file] = max(seq, last.get(file, 0))
    for file, seq in last.items():
        if not _is_as_it_was(folder / file, before / file):
            _prove_project(folder / file, seq, expected or {})
    for path in folder.glob("*.tawsim"):
        if _BACKUP in path.name:
            # Half a backup is made anew by the migration that it is for, which the opening above has finished.
            _prove_sound_without_repair(path)
            assert last_act(path) == last_act(before / f"{path.name.partition(_BACKUP)[0]}.tawsim")
        elif path.name not in last:  # it is there, and was not acknowledged any more
            _prove_project(path, 0, {})
    for path in folder.glob("*.backups/[!.]*.tawsim"):
        with Project.open(path, read_only=True, key=key_of(path)) as project:
            assert check(project).problems == ()
    # Half a new project is in nobody's way.
    for path in folder.glob("*.creating"):
        new_project(path.with_suffix(""), annotator=WHO).close()
        assert not path.exists()


def _is_as_it_was(path: Path, before: Path) -> bool:
    beside = [*path.parent.glob(f"{path.name}?*"), *path.parent.glob(f"{path.stem}{_BACKUP}*")]
    return before.exists() and path.read_bytes() == before.read_bytes() and not beside


def held(path: Path) -> Dump:
    """Return what a project holds, or the bytes of another file or of all in a folder."""
    if path.suffix == ".tawsim":
        return dump(path)
    return {item.name: [(item.read_bytes(),)] for item in (path.iterdir() if path.is_dir() else [path])}


def dump(path: Path) -> Dump:
    """Return every row that acts change, read by the driver that is in place."""
    connection = driver.connect(path, driver.READ_ONLY, key=key_of(path))
    try:
        there = {name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")}
        return {
            name: sorted(connection.execute(f"select * from {name}").fetchall(), key=repr)
            for name in _TABLES
            if name in there
        }
    finally:
        connection.close()


def state(folder: Path) -> dict[str, object]:
    """Return what lies in a folder, apart from what an open project has beside it, and what its projects hold."""
    return {
        str(path.relative_to(folder)): dump(path) if path.suffix == ".tawsim" else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _BESIDE.search(path.name)
    }


def _prove_project(path: Path, acknowledged: int, expected: Expected) -> None:
    _prove_sound_without_repair(path)
    # Before the log is folded in, as the next reader might. One more may be written and not be acknowledged any more.
    assert last_act(path) - acknowledged in (0, 1)
    with Project.open(path, annotator=WHO, key=key_of(path)) as project:
        last = project.next_act() - 1
        assert last - acknowledged in (0, 1)
        assert check(project).problems == ()
        if (path.name, last) in expected:
            assert dump(path) == expected[path.name, last]
        if project.undoable():
            project.undo()
            project.redo()
    beside = [item.name for item in path.parent.glob(f"{path.name}?*")]
    assert beside == [], beside


def _prove_sound_without_repair(path: Path) -> None:
    connection = driver.connect(path, driver.READ_ONLY, key=key_of(path))
    try:
        assert connection.execute("pragma quick_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    finally:
        connection.close()


def _prove_files(folder: Path, acks: list[Ack], expected: Expected) -> None:
    """What was backed up, exported or set is there, byte for byte, or what the next one has made of it."""
    for file, seq in dict(acks).items():
        path = folder / file
        if file in _WRITING:
            # No system replaces a folder in one step: between the two the older one has a hidden name.
            path = path if path.exists() else next(path.parent.glob(f".tawsim-*.older/{path.name}"))
            writing = _WRITING[file](path)
            assert writing - seq in (0, 1)
            if (file, writing) in expected:
                assert held(path) == expected[file, writing]
        elif path.parent.name == _BACKUPS:
            assert last_act(path) == seq
            if (file, seq) in expected:
                assert dump(path) == expected[file, seq]


def _prove_exports(folder: Path) -> None:
    """What lies under an export's or a settings file's own name is whole, and can be replaced by the next."""
    out = folder / "out"
    for path in (item for item in out.iterdir() if not item.name.startswith(".")):
        if path.suffix == ".json":
            assert json.loads(path.read_text(encoding="utf-8"))["exports"]
        else:
            assert survey_file(path).documents == 1
    kept = folder / "config" / "settings.json"
    assert not kept.exists() or json.loads(kept.read_text(encoding="utf-8"))
    if any(out.iterdir()):
        with Project.open(folder / PROJECT, read_only=True, key=key_of(folder / PROJECT)) as project:
            export(project, "jsonl", out / "tags.jsonl")
            export(project, "csv", out / "tables")
        shutil.rmtree(out)
