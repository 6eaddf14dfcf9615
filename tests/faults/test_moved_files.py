# SPDX-License-Identifier: MIT
"""What Python writes is on the disk, with every name in it, before it takes the place of anything."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from annotator.ops import backups, exporting
from annotator.ops.projects import default_scheme
from annotator.ops.scheme_files import save_scheme
from annotator.project import Project
from annotator.settings import Settings

from .streams import PROJECT
from .tally import Line

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a handle is of is asked of /proc")


def _export(format_id: str, name: str) -> Callable[[Path], object]:
    def work(folder: Path) -> None:
        with Project.open(folder / PROJECT, read_only=True) as project:
            exporting.export(project, format_id, folder / "out" / name)

    return work


_WORK: dict[str, Callable[[Path], object]] = {
    "exported file": _export("jsonl", "tags.jsonl"),
    "exported workbook": _export("xlsx", "tags.xlsx"),
    "exported folder": _export("csv", "tables"),
    "exported tree": _export("brat", "brat"),
    "settings": lambda folder: Settings(folder / "settings.json").set("annotator_name", "Omar"),
    "backup": lambda folder: backups.back_up(folder / PROJECT, None),
    "scheme": lambda folder: save_scheme(default_scheme(), folder / "scheme.json"),
}


@pytest.mark.parametrize("work", _WORK)
@pytest.mark.fault("files moved before they are synced")
def test_what_is_moved_into_place_was_synced(work: str, prepared: Path, tmp_path: Path, line: Line) -> None:
    folder = shutil.copytree(prepared, tmp_path / "work")
    synced: set[int] = set()
    moved: list[Path] = []
    sync = os.fsync

    def note_sync(handle: int) -> None:
        sync(handle)
        synced.add(os.fstat(handle).st_ino)

    def noting(call: Callable[..., None]) -> Callable[..., None]:
        def move(source: Path, target: Path) -> None:
            inside = [Path(source), *Path(source).rglob("*")]
            assert [path for path in inside if path.stat().st_ino not in synced] == []
            moved.append(Path(target))
            call(source, target)

        return move

    with (
        mock.patch.object(os, "fsync", note_sync),
        mock.patch.object(os, "replace", noting(os.replace)),
        mock.patch.object(os, "rename", noting(os.rename)),
    ):
        _WORK[work](folder)
    assert moved
    line.add(work, len(moved))
