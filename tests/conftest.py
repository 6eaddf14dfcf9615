# SPDX-License-Identifier: MIT
"""What every test gets: its own user folders, a log that may not complain, one seed for random examples.

Nothing here may import Qt, and no fixture of Qt may be autouse: `tests/unit` runs without PySide6.
"""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from annotator import i18n

# Windows of tests belong on no one's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A library by which files are read back counts otherwise, at its makers', how often it is used.
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

SEEDS = Path(__file__).parent.parent / "seeds"

# The same examples on every run: a suite that fails by chance is read by nobody.
settings.register_profile("tawsim", derandomize=True, deadline=None, max_examples=60, database=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("tawsim")


@pytest.fixture(autouse=True)
def user_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test user folders of its own, and English."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TAWSIM_HOME", str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    i18n.use_language("en")
    return home


@pytest.fixture
def seed_paths() -> list[Path]:
    """Return the five sample articles."""
    return sorted(SEEDS.glob("*.txt"))


class _Complaints(logging.Handler):
    """Collects what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


#: Where this process asked the network for something; nothing that is tested here may.
_ASKED: list[str] = []


def _refuse_network(event: str, details: tuple[object, ...]) -> None:
    """Refuse, whoever asks, a connection or an address of another machine."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        if event == "socket.connect" and not isinstance(details[1], tuple):
            return  # a socket of this machine's own, which has a path
        _ASKED.append(f"{event} {details}")
        raise PermissionError(_ASKED[-1])


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def _network_fail() -> Iterator[None]:
    """Fail a test in which somebody asked the network, even if whoever was refused kept quiet."""
    _ASKED.clear()
    yield
    assert not _ASKED


@pytest.fixture(autouse=True)
def _log_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning, unless it says by `caplog` that it looks at the log itself."""
    complaints = _Complaints()
    root = logging.getLogger()
    root.addHandler(complaints)
    yield
    root.removeHandler(complaints)
    if complaints.records and "caplog" not in request.fixturenames:
        found = "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in complaints.records)
        pytest.fail(f"The test logged:\n{found}\n(take the fixture caplog if that is what it tests)")
