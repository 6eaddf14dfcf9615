# SPDX-License-Identifier: MIT
"""The power goes at any moment, and the disk has kept what was synced and any part of the rest: nothing is lost."""

import itertools
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .disk import Ack, Disk, Moment, recorded
from .proving import Expected, dump, prove_projects
from .shim import Step
from .streams import PROJECT, STREAMS, last_act, prepare
from .tally import Line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")

#: Those of the others are Python's own files, or lie in other folders: `Disk` follows neither.
_STREAMS = [name for name in STREAMS if name not in {"exports and settings", "backups"}]
_ACTS = {False: 6, True: 18}
#: At so many moments the power is cut; each gives two states without chance, and so many by chance.
_MOMENTS = {False: 12, True: 80}
_TORN = {False: 2, True: 3}


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
    for files, acks in _cuts(recording, chance, long=faults_long):
        _prove(quick_path / "cut", files, acks, recording)
        line.add(stream)


def test_a_program_that_does_not_wait_for_the_disk_is_found_out(
    quick_path: Path, chance: random.Random, line: Line
) -> None:
    """The test above can fail: without waiting for the disk acts are lost, and files damaged."""
    recording = _record("tags, undo and redo", quick_path, 12, before="pragma synchronous = off")
    lost = 0
    for files, acks in _cuts(recording, chance, long=False):
        try:
            _prove(quick_path / "cut", files, acks, recording)
        except Exception:  # noqa: BLE001 - whatever damage does
            lost += 1
            shutil.rmtree(quick_path / "cut")
    assert lost > 5
    line.add("losses found, as there should be", lost)


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


def _cuts(recording: _Recording, chance: random.Random, *, long: bool) -> Iterator[tuple[dict[str, bytes], list[Ack]]]:
    """Yield what a power cut may leave behind, and what was acknowledged by then."""
    disk = Disk(recording.folder, recording.before)
    acks: list[Ack] = []
    chosen = _chosen(recording.moments, chance, _MOMENTS[long])
    for number, moment in enumerate(recording.moments):
        if number in chosen:
            for files in (disk.safe(), disk.whole(), *(disk.torn(chance) for _ in range(_TORN[long]))):
                yield files, list(acks)
        if isinstance(moment, Ack):
            acks.append(moment)
        else:
            disk.take(moment)
    yield disk.safe(), acks


def _chosen(moments: list[Moment], chance: random.Random, count: int) -> set[int]:
    """Return which moments to cut the power at: half of them right before a sync, or right after an act returned."""
    telling = [
        number
        for number, moment in enumerate(moments)
        if (isinstance(moment, Step) and moment.kind == "sync") or (number and isinstance(moments[number - 1], Ack))
    ]
    half = chance.sample(telling, min(count // 2, len(telling)))
    return {*half, *chance.sample(range(len(moments)), min(count - len(half), len(moments)))}


def _prove(folder: Path, files: dict[str, bytes], acks: list[Ack], recording: _Recording) -> None:
    """Assert that what a power cut left opens as it was after the last act that returned, or after the next one."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    acknowledged = [(ack.file, ack.seq) for ack in acks]
    prove_projects(folder, acknowledged, recording.before, recording.expected)
    shutil.rmtree(folder)
