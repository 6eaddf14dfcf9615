# SPDX-License-Identifier: MIT
"""What a measured process needs: its task, the time since it was started, its memory, and a way to say the result.

Imports next to nothing, because the start of a process is one of the things that are measured.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Samples of each figure: seconds, or MB.
Samples = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Task:
    """What a measured process is asked to do.

    Attributes:
        folder: where `benchmarks.materials` has put what there is to work on.
        count: how often to do the work.
        started: the monotonic clock when the process was started.
    """

    folder: Path
    count: int
    started: float


def task() -> Task:
    """Read the task from the command line, as `benchmarks.running` writes it."""
    folder, count, started = sys.argv[1:4]
    return Task(Path(folder), int(count), float(started))


def report(samples: Samples) -> None:
    """Hand the samples to the process that asked for them."""
    print(json.dumps(samples), flush=True)


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory() -> Samples:
    """Return the memory of this process in MB, as far as the system tells it.

    PSS counts a page shared with others in part, RSS in whole.
    """
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines[1:])}
    return {"pss": [kilobytes["Pss"] / 1024], "rss": [kilobytes["Rss"] / 1024]}
