# SPDX-License-Identifier: MIT
"""The power goes at any moment, and the disk has kept what was synced and any part of the rest: nothing is lost."""

import hashlib
import itertools
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from . import tracing
from .disk import Ack, Disk, Left, Moment, put, recorded
from .proving import Expected, dump, prove, prove_projects
from .shim import Step
from .streams import OTHERS, PROJECT, STREAMS, last_act, prepare
from .tally import Line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")

#: What is told by `recorded`: the others write files of Python's own, or in other folders.
_STREAMS = [name for name in STREAMS if name not in {"exports and settings", "backups"}]
#: What is told by `traced`: the stream, whether the project is encrypted, and whether the short form runs it.
_TRACED = {
    "exports and settings": ("exports and settings", False, True),
    "backups": ("backups", False, False),
    "backups, encrypted": ("backups", True, True),
    "tags, undo and redo, encrypted": ("tags, undo and redo", True, True),
    "bulk acts, encrypted": ("bulk acts", True, False),
    "imports, encrypted": ("imports", True, False),
    "password": ("password", False, True),
}
_ACTS = {False: 6, True: 18}
#: At so many moments the power is cut: half of them right before a sync or right after an act returned, where there are
#: so many; each gives two states without chance, and so many by chance.
_MOMENTS = {False: 12, True: 300}
_TORN = {False: 2, True: 3}
#: So often an act may wait for the disk, in the mean of a stream's; setting a password does most often.
_SYNCS = 16


@dataclass(frozen=True, slots=True)
class _Recording:
    """What a stream did to the disk.

    Attributes:
        folder: where it worked.
        before: a copy of that from before.
        moments: what was done, in order.
        expected: what each project held after each act.
    """

    folder: Path
    before: Path
    moments: list[Moment]
    expected: Expected


@pytest.mark.parametrize("stream", _STREAMS)
@pytest.mark.fault("power cut")
def test_what_was_acknowledged_is_there(
    stream: str, quick_path: Path, chance: random.Random, line: Line, faults_long: bool
) -> None:
    recording = _record(stream, quick_path, _ACTS[faults_long])
    for files, acks in _cuts(recording, chance, _MOMENTS[faults_long], long=faults_long):
        _prove(quick_path / "cut", files, acks, recording, prove_projects)
        line.add(stream)


@pytest.mark.parametrize("traced", _TRACED)
@pytest.mark.fault("power cut")
def test_whatever_wrote_it_what_was_acknowledged_is_there(
    traced: str, quick_path: Path, chance: random.Random, line: Line, faults_long: bool
) -> None:
    """Told by the system itself: SQLCipher's own writes, and Python's, in all folders."""
    stream, encrypted, is_short = _TRACED[traced]
    if not faults_long and not is_short:
        pytest.skip("in the long form")
    recording = _trace(stream, quick_path, _ACTS[faults_long], encrypted=encrypted)
    for files, acks in _cuts(recording, chance, _MOMENTS[True] if faults_long else 5, long=faults_long):
        _prove(quick_path / "cut", files, acks, recording, prove)
        line.add(traced)


@pytest.mark.parametrize("traced", ["exports and settings", "tags, undo and redo, encrypted"])
@pytest.mark.fault("a program that does not wait for the disk is found out")
def test_whatever_wrote_it_a_missing_wait_is_found_out(
    traced: str, quick_path: Path, chance: random.Random, line: Line, faults_long: bool
) -> None:
    """The test above can fail, too."""
    if not faults_long:
        pytest.skip("in the long form")
    stream, encrypted, _ = _TRACED[traced]
    recording = _trace(stream, quick_path, 12, encrypted=encrypted)
    moments = [moment for moment in recording.moments if isinstance(moment, Ack) or moment.kind != "sync"]
    _count_losses(replace(recording, moments=moments), quick_path, chance, line)


def test_a_program_that_does_not_wait_for_the_disk_is_found_out(
    quick_path: Path, chance: random.Random, line: Line
) -> None:
    """The test above can fail: without waiting for the disk acts are lost, and files damaged."""
    recording = _record("tags, undo and redo", quick_path, 12, before="pragma synchronous = off")
    _count_losses(recording, quick_path, chance, line)


def _count_losses(recording: _Recording, parent: Path, chance: random.Random, line: Line) -> None:
    lost = 0
    for files, acks in _cuts(recording, chance, _MOMENTS[False], long=False):
        try:
            _prove(parent / "cut", files, acks, recording, prove_projects)
        except Exception:  # noqa: BLE001 - whatever damage does
            lost += 1
            shutil.rmtree(parent / "cut")
    assert lost > 5
    line.add("losses found, as there should be", lost)


def _trace(stream: str, parent: Path, acts: int, *, encrypted: bool) -> _Recording:
    if not tracing.can_trace():
        pytest.skip("there is no strace here, or it may not look")
    if encrypted or stream in OTHERS:
        pytest.importorskip("sqlcipher3")
    folder = parent / "work"
    folder.mkdir()
    prepare(folder, encrypted=encrypted)
    shutil.copytree(folder, parent / "before")
    known = {(PROJECT, last_act(folder / PROJECT)): dump(folder / PROJECT)}
    moments, expected = tracing.traced(stream, folder, acts)
    assert sum(isinstance(moment, Ack) for moment in moments) == acts
    assert sum(isinstance(moment, Step) and moment.kind == "sync" for moment in moments) <= acts * _SYNCS
    return _Recording(folder, parent / "before", moments, known | expected)


def _record(stream: str, parent: Path, acts: int, *, before: str = "") -> _Recording:
    folder = parent / "work"
    folder.mkdir()
    prepare(folder)
    shutil.copytree(folder, parent / "before")
    expected: Expected = {(PROJECT, last_act(folder / PROJECT)): dump(folder / PROJECT)}
    with recorded(folder, before=before) as moments:
        running = STREAMS[stream](folder)
        for file, seq in itertools.islice(running, acts):
            expected[file, seq] = dump(folder / file)
            moments.append(Ack(file, seq))
        running.close()
    return _Recording(folder, parent / "before", moments, expected)


def _cuts(recording: _Recording, chance: random.Random, count: int, *, long: bool) -> Iterator[tuple[Left, list[Ack]]]:
    """Yield what a power cut may leave behind, and what was acknowledged by then; the same is not yielded again."""
    disk = Disk(recording.folder, recording.before)
    acks: list[Ack] = []
    seen: set[tuple[bytes, frozenset[Ack]]] = set()
    chosen = _chosen(recording.moments, chance, count)
    for number, moment in enumerate(recording.moments):
        if number in chosen:
            for files in (disk.safe(), disk.whole(), *(disk.torn(chance) for _ in range(_TORN[long]))):
                if (known := (_digest(files), frozenset(acks))) not in seen:
                    seen.add(known)
                    yield files, list(acks)
        if isinstance(moment, Ack):
            acks.append(moment)
        else:
            disk.take(moment)
    yield disk.safe(), acks


def _digest(files: Left) -> bytes:
    digest = hashlib.blake2b()
    for name, content in sorted(files.items()):
        digest.update(repr((name, content and len(content))).encode())
        digest.update(content or b"")
    return digest.digest()


def _chosen(moments: list[Moment], chance: random.Random, count: int) -> set[int]:
    """Return which moments to cut the power at: half of them right before a sync, or right after an act returned."""
    telling = [
        number
        for number, moment in enumerate(moments)
        if (isinstance(moment, Step) and moment.kind == "sync") or (number and isinstance(moments[number - 1], Ack))
    ]
    half = count // 2
    told = chance.sample(telling, min(half, len(telling)))
    return {*told, *chance.sample(range(len(moments)), min(count - half, len(moments)))}


def _prove(folder: Path, files: Left, acks: list[Ack], recording: _Recording, proof: Callable[..., None]) -> None:
    """Assert that what a power cut left opens as it was after the last act that returned, or after the next one."""
    put(files, folder)
    acknowledged = [(ack.file, ack.seq) for ack in acks]
    proof(folder, acknowledged, recording.before, recording.expected)
    shutil.rmtree(folder)
