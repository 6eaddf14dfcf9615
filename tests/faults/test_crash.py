# SPDX-License-Identifier: MIT
"""A bug anywhere in the window: told once, the project closed safely, nothing lost; and a death is told by the next."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.model.ids import SpanId
from annotator.ops.checking import check
from annotator.project import Project

from .streams import PROJECT
from .tally import Line

#: Keys of `crashing.BUGS`, and whether the short form runs them: each is a whole run of the program.
_BUGS = {
    "a slot": True,
    "a timer": False,
    "a job": False,
    "a thread": False,
    "a paint": True,
    "a model": False,
    "a model, by a slip": True,
    "a model's count": False,
    "a delegate": False,
    "an event filter": False,
    "closing after another": False,
}


#: Where the interpreter raises what is wrong.
_SLIPS = frozenset({"a model, by a slip", "a delegate"})
#: Likewise, of ways to be ended: by which signal each comes.
_DEATHS = {
    "memory": (signal.SIGSEGV, True),
    "memory, in a thread": (signal.SIGSEGV, False),
    "an abort": (signal.SIGABRT, False),
    "Qt's own fatal error": (signal.SIGABRT, False),
}


@dataclass(frozen=True, slots=True)
class _Run:
    """What came of a run: exit code, the tag it made, the log; and each dialog: kind, details, whether one was open."""

    code: int
    tag: SpanId
    dialogs: list[tuple[str, str, bool]]
    log: str


def _run(project: Path, bug: str, home: Path) -> _Run:
    # What the test asks of faulthandler is not for the program.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONFAULTHANDLER"}
    script = Path(__file__).with_name("crashing.py")
    done = subprocess.run(
        [sys.executable, str(script), str(project), bug],
        env=environment | {"TAWSIM_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    (tag,) = [line for line in lines if isinstance(line, str)]
    log = (home / "log" / "tawsim.log").read_text(encoding="utf-8")
    return _Run(done.returncode, SpanId(tag), [tuple(line) for line in lines if isinstance(line, list)], log)


def _assert_kept(project: Path, tag: SpanId) -> None:
    with Project.open(project, annotator="Layla") as opened:
        assert opened.span(tag).quote
        assert check(opened).problems == ()
    assert not [*project.parent.glob(f"{project.name}?*")]


@pytest.fixture
def project(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared / PROJECT, tmp_path))


@pytest.mark.parametrize("bug", _BUGS)
@pytest.mark.fault("crash")
def test_a_bug_is_told_once_and_the_project_closed(
    bug: str, project: Path, user_home: Path, line: Line, faults_long: bool
) -> None:
    if not faults_long and not _BUGS[bug]:
        pytest.skip("in the long form")
    run = _run(project, bug, user_home)
    ((kind, details, was_open),) = run.dialogs
    assert kind == "CrashDialog"
    error = "AttributeError" if bug in _SLIPS else "TheBugError"
    assert error in details
    assert "غانتس" not in details + run.log
    assert not was_open or bug == "closing after another"
    assert run.log.count("A bug: ") == 1
    assert run.code == 1
    _assert_kept(project, run.tag)
    line.add(f"in {bug}")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize("death", _DEATHS)
@pytest.mark.fault("crash")
def test_a_death_is_told_by_the_next_run(
    death: str, project: Path, user_home: Path, line: Line, faults_long: bool
) -> None:
    fatal, is_short = _DEATHS[death]
    if not faults_long and not is_short:
        pytest.skip("in the long form")
    died = _run(project, death, user_home)
    assert died.code == -fatal
    assert died.dialogs == []
    _assert_kept(project, died.tag)
    following = _run(project, "nothing", user_home)
    ((kind, details, was_open),) = following.dialogs
    assert (kind, was_open, following.code) == ("DeathDialog", True, 0)
    assert {signal.SIGSEGV: "Segmentation fault", signal.SIGABRT: "Aborted"}[fatal] in details
    assert "crashing.py" in following.log
    assert [path.name for path in (user_home / "log").iterdir()] == ["tawsim.log"]
    line.add(f"by a fatal signal: {death}")
