# SPDX-License-Identifier: MIT
"""The program opens no network connection and starts no program, whatever it is given to read.

Told three ways: by Python's audit events in the process, by a trap at the address that all files name, and by the calls
of the process to the system where they can be watched.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .hostile import write_annotations, write_hostile

OFFLINE = Path(__file__).with_name("offline.py")


class Trap:
    """An address where nobody may knock.

    Attributes:
        knocks: how many did.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._wait)
        self._thread.start()
        self.knocks = 0

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Take it away."""
        self._over.set()
        self._thread.join()
        self._listening.close()

    def _wait(self) -> None:
        while not self._over.is_set():
            try:
                knocking, _ = self._listening.accept()
            except TimeoutError:
                continue
            self.knocks += 1
            knocking.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


@pytest.fixture
def files(tmp_path: Path, trap: Trap) -> list[Path]:
    """Return files to bring in, all of which name the trap."""
    for name in ("articles", "annotations"):
        (tmp_path / name).mkdir()
    return [*write_hostile(tmp_path / "articles", trap.url), *write_annotations(tmp_path / "annotations", trap.url)]


def test_the_trap_is_one(trap: Trap) -> None:
    program = f"import urllib.request; urllib.request.urlopen('{trap.url}', timeout=5)"
    subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert trap.knocks == 1


@pytest.mark.parametrize("what", ["commands", "window"])
def test_nothing_is_fetched_or_run(
    what: str, tmp_path: Path, trap: Trap, files: list[Path], seed_paths: list[Path]
) -> None:
    if what == "window":
        pytest.importorskip("PySide6")
    watched = tmp_path / "calls"
    watch = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,execve", "-o", watched] if _can_watch() else []
    done = subprocess.run(
        [*watch, sys.executable, OFFLINE, what, tmp_path, *files, *seed_paths],
        capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, "TAWSIM_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert trap.knocks == 0
    if watch:
        calls = watched.read_text(encoding="utf-8", errors="replace")
        assert re.findall(r"^.*AF_INET.*$", calls, re.MULTILINE) == []
        assert calls.count("execve(") == 1  # Python itself


def _can_watch() -> bool:
    """Return whether strace is there and may be used."""
    found = shutil.which("strace")
    return found is not None and subprocess.run([found, "true"], capture_output=True, check=False).returncode == 0
