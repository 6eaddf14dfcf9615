# SPDX-License-Identifier: MIT
"""Faults in a short form, and with `--faults-long` (`make faults`) in a long one that prints and keeps a table."""

import os
import random
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .streams import prepare
from .tally import Line, Tally

#: The short form tries the same moments on every run: a suite that fails by chance is read by nobody.
_SHORT_SEED = 21
_TALLY = pytest.StashKey[Tally]()
_LINE = pytest.StashKey[Line]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults")
    group.addoption("--faults-long", action="store_true", help="try many more moments, disk states and pages")
    group.addoption("--faults-seed", type=int, metavar="N", help="repeat the run that printed this seed")
    group.addoption("--faults-json", type=Path, metavar="FILE", help="where to keep what was tried and found")


def _tally(config: pytest.Config) -> Tally:
    """Return the run's tally; the options are unknown where pytest was not given this folder."""
    if _TALLY not in config.stash:
        long = bool(config.getoption("--faults-long", default=False))
        seed = config.getoption("--faults-seed", default=None)
        if seed is None:
            seed = secrets.randbelow(1_000_000) if long else _SHORT_SEED
        config.stash[_TALLY] = Tally(seed, long=long)
    return config.stash[_TALLY]


@pytest.fixture(scope="session")
def faults_long(pytestconfig: pytest.Config) -> bool:
    """Return whether this is the long form."""
    return _tally(pytestconfig).long


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Return the test's own chance: of the run's seed and the test's name, so that one test alone repeats."""
    return random.Random(f"{_tally(request.config).seed} {request.node.name}")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for streams of acts to work in copies of."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    return folder


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where the system has one: for what is written by the hundred and is on no disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="tawsim-", dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def line(request: pytest.FixtureRequest) -> Line:
    """Return the line of the table that a test fills: named by the marker `fault`, or by the test itself."""
    marker = request.node.get_closest_marker("fault")
    name = marker.args[0] if marker else request.node.name.removeprefix("test_").replace("_", " ")
    request.node.stash[_LINE] = line = _tally(request.config).line(name)
    return line


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.failed and _LINE in item.stash:
        item.stash[_LINE].found.append(f"{item.nodeid}: {call.excinfo.exconly() if call.excinfo else ''}")
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    tally = config.stash.get(_TALLY, None)
    if tally is None or not tally.lines:
        return
    if any(line.found for line in tally.lines.values()) or tally.long:
        terminalreporter.section("faults")
        terminalreporter.write_line(tally.table())
        terminalreporter.write_line(f"Seed {tally.seed}; repeat with --faults-seed {tally.seed}")
    if tally.long:
        path = config.getoption("--faults-json") or config.rootpath / "out" / "faults.json"
        tally.keep(path)
        terminalreporter.write_line(f"Kept in {path}")
        if _tried_everything(config):
            tally.renew(config.rootpath / "docs" / "reliability.md")


def _tried_everything(config: pytest.Config) -> bool:
    return not config.getoption("keyword") and config.args == ["tests/faults"]
