# SPDX-License-Identifier: MIT
"""Running the cases: the program and its floor in turn, each in a process of its own, and what comes of it."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import Case, Figure, Pick
from benchmarks.materials import HOME
from benchmarks.probe import Samples

_ROOT = Path(__file__).parent.parent
_LIMIT_S = 1200


class CaseError(Exception):
    """A measured process did not do its work."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table with its figures.

    Attributes:
        ours_rounds: the figure of each round, to see how much it swings.
    """

    case: str
    figure: Figure
    ours: float
    floor: float
    ours_rounds: tuple[float, ...]
    floor_rounds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return how many times the floor it is."""
        return self.ours / self.floor

    @property
    def met(self) -> bool | None:
        """Return whether all that is aimed at is met, or None where nothing is."""
        figure = self.figure
        if figure.ratio is None and figure.limit is None:
            return None
        return (figure.ratio is None or self.ratio <= figure.ratio) and (
            figure.limit is None or self.ours < figure.limit
        )


def run(case: Case, folder: Path, *, quick: bool) -> list[Row]:
    """Run one case.

    Raises:
        CaseError: a process of it failed, or did not give a figure.
    """
    rounds = min(case.rounds, max(2, case.rounds // 3)) if quick else case.rounds
    count = max(1, case.count // 4) if quick else case.count
    ours: list[Samples] = []
    floors: list[Samples] = []
    # The first of all runs warms the disk cache and the byte code; it is not counted.
    for module in (case.ours, *case.floors) if case.warm else ():
        _process(module, folder, min(count, 5))
    for number in range(rounds):
        # Who goes first changes, so that neither always follows on the other's heels.
        if number % 2:
            floors.append(_floor(case, folder, count))
            ours.append(_process(case.ours, folder, count))
        else:
            ours.append(_process(case.ours, folder, count))
            floors.append(_floor(case, folder, count))
    try:
        return [_row(case, figure, ours, floors) for figure in case.figures]
    except KeyError as error:
        raise CaseError(f"{case.name}: no samples of {error}") from error


def _floor(case: Case, folder: Path, count: int) -> Samples:
    samples: Samples = {}
    for module in case.floors:
        samples |= _process(module, folder, count)
    return samples


def _process(module: str, folder: Path, count: int) -> Samples:
    """Run one process and return what it measured."""
    command = [sys.executable, "-m", module, str(folder), str(count), repr(time.monotonic())]
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=_environment(os.environ, folder),
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
    )
    if done.returncode != 0 or not done.stdout.strip():
        raise CaseError(f"{module} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    samples: Samples = json.loads(done.stdout.splitlines()[-1])
    return samples


def _environment(outer: Mapping[str, str], folder: Path) -> dict[str, str]:
    has_display = sys.platform != "linux" or outer.get("DISPLAY") or outer.get("WAYLAND_DISPLAY")
    # An installed program has its byte code beside it; here the run that warms up writes it.
    inner = {**outer, "TAWSIM_HOME": str(folder / HOME), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    inner.pop("PYTHONDONTWRITEBYTECODE", None)
    if not has_display:
        inner.setdefault("QT_QPA_PLATFORM", "offscreen")
    return inner


def _row(case: Case, figure: Figure, ours: list[Samples], floors: list[Samples]) -> Row:
    return Row(
        case=case.name,
        figure=figure,
        ours=_pick([value for samples in ours for value in samples[figure.ours]], figure.pick),
        floor=sum(
            _pick([value for samples in floors for value in samples[name]], figure.pick) for name in figure.floors
        ),
        ours_rounds=tuple(_pick(samples[figure.ours], figure.pick) for samples in ours),
        floor_rounds=tuple(sum(_pick(samples[name], figure.pick) for name in figure.floors) for samples in floors),
    )


def _pick(values: list[float], pick: Pick) -> float:
    if pick is Pick.MEDIAN:
        return statistics.median(values)
    return sorted(values)[round(0.95 * (len(values) - 1))]
