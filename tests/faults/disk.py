# SPDX-License-Identifier: MIT
"""A disk that loses power: what was issued to it, what it had to keep, and what it may have kept of the rest.

`recorded` writes down, in order, what a stream of acts does to its project files: SQLite's steps through the shim, and
files made, moved and removed by Python. `tracing.traced` writes down all that a whole process asks of the system.
`Disk` replays either, and gives at any moment the folders that a power cut may leave behind: whatever was synced is
there; of the rest any sector may be there or not, in any version, and any number of the first names that were made,
moved or removed.
"""

import contextlib
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from .shim import Step, in_place

#: Made by SQLite with the order to sync the folder, too, when they are synced for the first time.
_WITH_FOLDER = ("-wal", "-journal")
#: What lives in memory, or only as long as its holder: a power cut takes it along.
_FLEETING = re.compile(r".*(-shm|\.lock(-\d+)?|\.holder(-\d+)?)")
#: Of what streams work in, what they only read.
_READ = frozenset({"articles", "tagged.jsonl"})
_SECTORS = (512, 4096)

#: At the end of a name: what had it before another file took it, and is still open.
GONE = " (deleted)"

#: What a power cut leaves: the bytes of files, and None of folders, by their path in the folder; outer ones first.
Left = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Ack:
    """A moment in a recording: an act has returned."""

    file: str
    seq: int


@dataclass(slots=True, eq=False)
class _File:
    """The bytes of one file, whatever it is called: those that are safe, and what was done to them since."""

    safe: bytes = b""
    since: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        self.safe = _applied(self.safe, self.since)
        self.since = []


@dataclass(slots=True, eq=False)
class _Folder:
    """The names in one folder: as they are, and those that are safe."""

    now: "dict[str, _Node]" = field(default_factory=dict)
    safe: "dict[str, _Node]" = field(default_factory=dict)


_Node = _File | _Folder
#: A name is given to something, or with None taken away.
_Naming = tuple[_Folder, str, _Node | None]

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
    """All that lies in one folder.

    Args:
        folder: where it is, as the recording says.
        before: a copy of it from before the recording.
    """

    def __init__(self, folder: Path, before: Path) -> None:
        self._path = folder
        self._root = _read(before)
        # What was done to names since the folders that hold them were synced, in order; what one step did together.
        self._pending: list[list[_Naming]] = []
        self._new_logs: set[_Node] = set()
        self._gone: dict[Path, _Node] = {}

    def take(self, step: Step) -> None:
        """Do what was recorded."""
        if step.path == self._path:
            self._sync(self._root)
            return
        if _FLEETING.fullmatch(step.path.name):
            return
        parent, name = self._at(step.path.parent), step.path.name
        if name.endswith(GONE):
            self._touch(self._gone[step.path.with_name(name.removesuffix(GONE))], step)
            return
        if not isinstance(parent, _Folder):  # gone already: no name leads to what was done
            return
        node = parent.now.get(name)
        if step.kind in ("open", "emptied"):
            self._open(parent, name, node, step)
        elif step.kind == "folder":
            self._name([(parent, name, _Folder())])
        elif step.kind == "delete":
            self._forget(step.path, node)
            self._name([(parent, name, None)])
            if step.offset:
                self._sync(parent)
        elif step.kind == "move":
            source = Path(os.fsdecode(step.data))
            old = self._at(source.parent)
            if isinstance(old, _Folder) and source.name in old.now:
                self._forget(step.path, node)
                self._name([(old, source.name, None), (parent, name, old.now[source.name])])
        elif node is not None:
            self._touch(node, step)
            if step.kind == "sync" and node in self._new_logs:
                self._new_logs.discard(node)
                self._sync(parent)

    def _touch(self, node: _Node, step: Step) -> None:
        if isinstance(node, _File) and step.kind != "sync":
            node.since.append(step)
        else:
            self._sync(node)

    def _forget(self, path: Path, node: _Node | None) -> None:
        """Remember what has lost its name, and may yet be written to: a power cut may give the name back."""
        if node is not None:
            self._gone[path] = node

    def _open(self, parent: _Folder, name: str, node: _Node | None, step: Step) -> None:
        if node is None:
            node = _File()
            self._name([(parent, name, node)])
        elif step.kind == "emptied" and isinstance(node, _File):
            node.since.append(Step("truncate", step.path))
        if name.endswith(_WITH_FOLDER):
            self._new_logs.add(node)

    def _at(self, path: Path) -> _Node | None:
        node: _Node | None = self._root
        for name in path.relative_to(self._path).parts if path.is_relative_to(self._path) else ("",):
            node = node.now.get(name) if isinstance(node, _Folder) else None
        return node

    def _name(self, done: list[_Naming]) -> None:
        _rename(done, lambda folder: folder.now)
        self._pending.append(done)

    def _sync(self, node: _Node) -> None:
        if isinstance(node, _File):
            node.sync()
            return
        for done in self._pending:
            if any(folder is node for folder, *_ in done):
                _rename(done, lambda folder: folder.safe)
        self._pending = [done for done in self._pending if all(folder is not node for folder, *_ in done)]

    def safe(self) -> Left:
        """Return what is there if all that was not synced is gone."""
        return _left(self._root, lambda folder: folder.safe, lambda file: file.safe)

    def whole(self) -> Left:
        """Return what is there if all that was issued has come through."""
        return _left(self._root, lambda folder: folder.now, lambda file: _applied(file.safe, file.since))

    def torn(self, chance: random.Random) -> Left:
        """Return what is there if chance has chosen the names and sectors that came through."""
        names: dict[int, dict[str, _Node]] = {}
        for done in self._pending[: chance.randint(0, len(self._pending))]:
            _rename(done, lambda folder: names.setdefault(id(folder), dict(folder.safe)))
        sector, share, in_order = chance.choice(_SECTORS), chance.choice((0.1, 0.5, 0.9)), chance.random() < 0.5

        def content(file: _File) -> bytes:
            parts = [part for step in file.since for part in _sectors(step, sector) if chance.random() < share]
            if not in_order:
                chance.shuffle(parts)
            return _applied(file.safe, parts)

        return _left(self._root, lambda folder: names.get(id(folder), folder.safe), content)


def put(left: Left, folder: Path) -> None:
    """Make a folder of what a power cut left."""
    folder.mkdir()
    for name, content in left.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


def _read(path: Path) -> _Folder:
    entries: dict[str, _Node] = {
        item.name: _read(item) if item.is_dir() else _File(item.read_bytes())
        for item in path.iterdir()
        if item.name not in _READ
    }
    return _Folder(entries, dict(entries))


def _rename(done: list[_Naming], entries: Callable[[_Folder], dict[str, _Node]]) -> None:
    for folder, name, node in done:
        if node is None:
            entries(folder).pop(name, None)
        else:
            entries(folder)[name] = node


def _left(root: _Folder, entries: Callable[[_Folder], Mapping[str, _Node]], content: Callable[[_File], bytes]) -> Left:
    left: Left = {}

    def walk(folder: _Folder, place: str) -> None:
        for name, node in entries(folder).items():
            if isinstance(node, _File):
                left[place + name] = content(node)
            else:
                left[place + name] = None
                walk(node, f"{place}{name}/")

    walk(root, "")
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
            result.extend(bytes(max(step.offset - len(result), 0)))
            continue
        result.extend(bytes(max(step.offset - len(result), 0)))
        result[step.offset : step.offset + len(step.data)] = step.data
    return bytes(result)
