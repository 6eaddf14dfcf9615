# SPDX-License-Identifier: MIT
"""Another program that holds SQLite's lock of a project.

It is another process: of two SQLite libraries in one process neither sees the other's locks, and each cuts the shared
memory of the other's log short, which ends both (sqlite.org/howtocorrupt.html, "multiple copies of SQLite").
"""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def held(path: Path) -> Iterator[Callable[[], object]]:
    """Hold it throughout the block, or until what is given is called."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        try:
            yield other.communicate
        finally:
            if other.returncode is None:
                other.communicate()
