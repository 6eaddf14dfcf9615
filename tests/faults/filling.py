# SPDX-License-Identifier: MIT
"""A real small file system, filled to the brim: run as a program (`-m faults.filling`) in name spaces of its own.

Called with a folder that `streams.prepare` has filled, one to mount upon, and how many amounts of free space to try.
Prints, as JSON, what was tried how often; a traceback and 1 where anything is not as it should be.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from annotator.errors import UserError
from annotator.i18n import describe
from annotator.ops import exporting, tags
from annotator.ops.checking import check
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.settings import Settings

from . import streams
from .proving import state

_SIZE = 4 << 20
_BLOCK = 4096
_FORMATS = {"jsonl": "tags.jsonl", "csv": "tables", "xlsx": "tags.xlsx", "html": "report.html", "brat": "brat"}


def _export(format_id: str) -> Callable[[Path], object]:
    def work(folder: Path) -> None:
        with Project.open(folder / streams.PROJECT, read_only=True) as project:
            exporting.export(project, format_id, folder / "out" / _FORMATS[format_id])

    return work


def _tag(folder: Path) -> None:
    with Project.open(folder / streams.PROJECT, annotator=streams.WHO) as project:
        tags.add_tag(project, project.articles()[0].id, 2, 9, streams.ACTOR)


def _import(folder: Path) -> None:
    with Project.open(folder / streams.PROJECT, annotator=streams.WHO) as project:
        import_files(project, [folder / "articles"])


def _set(folder: Path) -> None:
    try:
        Settings(folder / "config" / "settings.json").set("annotator_name", "Omar")
    except OSError as error:  # the caller's to tell, and it does
        raise UserError("disk_full", path=folder) from error


def _look(folder: Path) -> None:
    """Nothing is refused: what is there can be read without space."""
    try:
        with Project.open(folder / streams.PROJECT, read_only=True) as project:
            assert check(project).problems == ()
    except UserError as error:
        raise AssertionError(error) from error


WORK: dict[str, Callable[[Path], object]] = {
    "check": _look,
    "tag": _tag,
    "import": _import,
    "migration": lambda folder: Project.open(folder / streams.OLD, annotator=streams.WHO).close(),
    "new project": lambda folder: new_project(folder / "new.tawsim", annotator=streams.WHO).close(),
    "settings": _set,
    **{f"export ({format_id})": _export(format_id) for format_id in _FORMATS},
}


def main(prepared: Path, mounted: Path, amounts: int) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", str(mounted)], check=True)
    tried: Counter[str] = Counter()
    for name, work in WORK.items():
        for number in range(amounts):
            folder = mounted / "work"
            shutil.copytree(prepared, folder)
            if name.startswith("export") and number % 2:
                work(folder)  # over an older one
            free = _BLOCK * (number * 2 if amounts > 20 else number * number)
            tried[name + (" refused" if _try(folder, work, free) else " done")] += 1
            shutil.rmtree(folder)
    print(json.dumps(tried))


def _try(folder: Path, work: Callable[[Path], object], free: int) -> bool:
    """Do work with so much space; return whether it was refused."""
    filler = folder.with_name("filler")
    before = state(folder)
    with filler.open("wb") as file:
        status = os.statvfs(folder)
        os.posix_fallocate(file.fileno(), 0, max(status.f_bavail * status.f_frsize - free, 1))
    refusal = _refusal(folder, work)
    filler.unlink()
    if refusal is not None:
        assert refusal.key in ("disk_full", "write_failed", "path_unwritable"), refusal
        assert str(folder) in describe(refusal)
        now = state(folder)
        assert now == before, {name for name in {*now, *before} if now.get(name) != before.get(name)}
        work(folder)
    for path in folder.glob("*.tawsim"):
        with Project.open(path, annotator=streams.WHO) as project:
            assert check(project).problems == ()
    return refusal is not None


def _refusal(folder: Path, work: Callable[[Path], object]) -> UserError | None:
    try:
        work(folder)
    except UserError as error:
        return error
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
