# SPDX-License-Identifier: MIT
"""A disk that loses power: what was issued to it, what it had to keep, and what it may have kept of the rest.

`recorded` writes down, in order, what a stream of acts does to its project files: SQLite's steps through the shim, and
files made, moved and removed by Python. `Disk` replays that, and gives at any moment the folders that a power cut may
leave behind: whatever was synced is there; of the rest any sector may be there or not, in any version, and any number
of the first names that were made, moved or removed.
"""

import contextlib
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from .shim import Step, in_place

#: Made by SQLite with the order to sync the folder, too, when they are synced for the first time.
_WITH_FOLDER = ("-wal", "-journal")
#: What lives in memory, or only as long as its holder: a power cut takes it along.
_FLEETING = ("-shm", ".lock", ".holder")
_SECTORS = (512, 4096)


@dataclass(frozen=True, slots=True)
class Ack:
    """A moment in a recording: an act has returned."""

    file: str
    seq: int


@dataclass(slots=True)
class _File:
    """The bytes of one file, whatever it is called: those that are safe, and what was done to them since."""

    safe: bytes = b""
    since: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        self.safe = _applied(self.safe, self.since)
        self.since = []


Moment = Step | Ack


@contextlib.contextmanager
def recorded(folder: Path, *, before: str = "") -> Iterator[list[Moment]]:
    """Write down within the block what is done to a folder's projects; `before` as for `shim.in_place`."""
    moments: list[Moment] = []
    with in_place(moments.append, before=before), contextlib.ExitStack() as stack:
        for name, told in _CALLS.items():
            stack.enter_context(mock.patch.object(os, name, _telling(getattr(os, name), told, folder, moments)))
        yield moments


def _telling(
    call: Callable[..., Any], told: Callable[..., Step | None], folder: Path, moments: list[Moment]
) -> Callable[..., Any]:
    def telling(*arguments: Any, **options: Any) -> Any:
        step = told(*arguments)
        result = call(*arguments, **options)
        if step is not None and (step.path == folder or step.path.parent == folder):
            moments.append(step)
        return result

    return telling


def _told_open(path: Any, flags: int, *_: object) -> Step | None:
    return Step("open", Path(path)) if flags & os.O_CREAT else None


def _told_move(source: Any, target: Any) -> Step:
    return Step("move", Path(target), data=os.fsencode(source))


def _told_sync(handle: int) -> Step:
    return Step("sync", Path(f"/proc/self/fd/{handle}").readlink())


#: What Python does to the names of files.
_CALLS: dict[str, Callable[..., Step | None]] = {
    "open": _told_open,
    "replace": _told_move,
    "rename": _told_move,
    "unlink": lambda path, *_: Step("delete", Path(path)),
    "fsync": _told_sync,
}


class Disk:
    """The project files of one folder.

    Args:
        folder: where it is, as the recording says.
        before: a copy of it from before the recording.
    """

    def __init__(self, folder: Path, before: Path) -> None:
        self._folder = folder
        self._files = {folder / path.name: _File(path.read_bytes()) for path in before.glob("*.tawsim")}
        self._safe_files = dict(self._files)
        # What was done to names since the folder was synced: after the nth, which name was which file.
        self._names: list[dict[Path, _File]] = []
        self._new_logs: set[Path] = set()

    def take(self, step: Step) -> None:
        """Do what was recorded."""
        if step.path.name.endswith(_FLEETING):
            return
        if step.kind == "open":
            if step.path.name.endswith(_WITH_FOLDER):
                self._new_logs.add(step.path)
            if step.path not in self._files:
                self._rename({**self._files, step.path: _File()})
        elif step.kind == "delete":
            self._rename({path: file for path, file in self._files.items() if path != step.path})
            if step.offset:
                self._sync_folder()
        elif step.kind == "move":
            source = Path(os.fsdecode(step.data))
            if source in self._files:
                others = {path: file for path, file in self._files.items() if path != source}
                self._rename({**others, step.path: self._files[source]})
        elif step.path == self._folder:
            self._sync_folder()
        elif step.path in self._files:
            self._touch(step)

    def _touch(self, step: Step) -> None:
        file = self._files[step.path]
        if step.kind != "sync":
            file.since.append(step)
            return
        file.sync()
        if step.path in self._new_logs:
            self._new_logs.discard(step.path)
            self._sync_folder()

    def _rename(self, names: dict[Path, _File]) -> None:
        if names != self._files:
            self._files = names
            self._names.append(names)

    def _sync_folder(self) -> None:
        self._safe_files = self._files
        self._names = []

    def safe(self) -> dict[str, bytes]:
        """Return what is there if all that was not synced is gone."""
        return {path.name: file.safe for path, file in self._safe_files.items()}

    def whole(self) -> dict[str, bytes]:
        """Return what is there if all that was issued has come through."""
        return {path.name: _applied(file.safe, file.since) for path, file in self._files.items()}

    def torn(self, chance: random.Random) -> dict[str, bytes]:
        """Return what is there if chance has chosen the names and sectors that came through."""
        names = chance.choice([self._safe_files, *self._names])
        sector, share, in_order = chance.choice(_SECTORS), chance.choice((0.1, 0.5, 0.9)), chance.random() < 0.5
        left = {}
        for path, file in names.items():
            parts = [part for step in file.since for part in _sectors(step, sector) if chance.random() < share]
            if not in_order:
                chance.shuffle(parts)
            left[path.name] = _applied(file.safe, parts)
        return left


def _sectors(step: Step, size: int) -> Iterator[Step]:
    """Yield a write cut at the borders of sectors; a truncation as it is."""
    if step.kind != "write":
        yield step
        return
    offset, end = step.offset, step.offset + len(step.data)
    while offset < end:
        border = min(offset - offset % size + size, end)
        yield Step("write", step.path, offset, step.data[offset - step.offset : border - step.offset])
        offset = border


def _applied(content: bytes, steps: list[Step]) -> bytes:
    if not steps:
        return content
    result = bytearray(content)
    for step in steps:
        if step.kind == "truncate":
            del result[step.offset :]
            continue
        result.extend(bytes(max(step.offset - len(result), 0)))
        result[step.offset : step.offset + len(step.data)] = step.data
    return bytes(result)
