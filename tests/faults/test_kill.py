# SPDX-License-Identifier: MIT
"""A process killed at work loses nothing that it acknowledged, leaves no half of an act, and a file without damage."""

import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .acting import Actors, Order
from .proving import prove
from .streams import STREAMS, Ack
from .tally import Line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of POSIX")

#: How often each stream is killed, by each of three ways of choosing the moment.
_SHORT, _LONG = 2, 22
#: Up to which act, step of SQLite and file touched a stream may live; less, where it ends before.
_LAST = {"": 14, "step": 120, "touch": 60}


@pytest.fixture(scope="module")
def actors() -> Iterator[Actors]:
    with Actors() as running:
        yield running


@pytest.mark.parametrize("dies_at", ["", "step", "touch"], ids=["by time", "at a step of SQLite", "at a file touched"])
@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.fault("SIGKILL")
def test_what_was_acknowledged_is_there(
    stream: str,
    dies_at: str,
    actors: Actors,
    prepared: Path,
    quick_path: Path,
    chance: random.Random,
    line: Line,
    faults_long: bool,
) -> None:
    last = _LAST[dies_at]
    killed = 0
    while killed < (_LONG if faults_long else _SHORT):
        folder = shutil.copytree(prepared, quick_path / f"{killed}")
        acks = _acknowledged(actors, Order(stream, str(folder), dies_at, number := chance.randint(1, last)), chance)
        if actors.killed:
            prove(folder, acks, prepared)
            killed += 1
            line.add(stream)
        else:  # it is over before that moment
            last = max(number - 1, 1)
        shutil.rmtree(folder)


def _acknowledged(actors: Actors, order: Order, chance: random.Random) -> list[Ack]:
    """Return what a child acknowledged before it was killed."""
    actors.start(order)
    acks = []
    for ack in actors.acts():
        acks.append(ack)
        if not order.dies_at and len(acks) == order.number:
            time.sleep(chance.random() * chance.choice((0.0003, 0.003, 0.01)))
            actors.kill()
    return acks
