# SPDX-License-Identifier: MIT
"""A real file system without space: what SQLite and what Python write is refused, leaves no half, and is done later."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .tally import Line

_SHORT, _LONG = 3, 24


@pytest.mark.fault("small file system, full")
def test_what_finds_no_space_is_refused_and_done_later(
    prepared: Path, tmp_path: Path, line: Line, faults_long: bool
) -> None:
    own = shutil.which("unshare")
    if own is None or subprocess.run([own, "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives no name space to mount a file system in")
    (tmp_path / "mounted").mkdir()
    amounts = str(_LONG if faults_long else _SHORT)
    done = subprocess.run(
        [own, "-rm", sys.executable, "-m", "faults.filling", str(prepared), str(tmp_path / "mounted"), amounts],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stderr
    for what, times in json.loads(done.stdout).items():
        line.add(what, times)
