# SPDX-License-Identifier: MIT
"""Modules and objects that are loaded when first used; and that a project opens without the heavy ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.late import Late, LateModule, late

#: What a window on an up-to-date project has no use for at its start.
HEAVY = (
    "sqlite_utils",
    "charset_normalizer",
    "regex",
    "arabic_reshaper",
    "annotator.exporters",
    "annotator.cli.tagging",
    "openpyxl",
    "defusedxml",
    "trafilatura",
    "annotator.importers.tables",
    "annotator.importers.archives",
    "annotator.importers.registry",
    "annotator.ops.foreign",
)


def test_a_module_is_imported_when_something_in_it_is_asked_for() -> None:
    assert LateModule("math").floor(1.5) == 1


def test_a_module_that_is_not_there_is_missed_when_it_is_asked_for() -> None:
    missing = LateModule("annotator.not_there")
    with pytest.raises(ModuleNotFoundError):
        _ = missing.anything


def test_an_object_is_made_once() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("once")
        return "text"

    stand_in = Late(make)
    assert made == []
    assert (stand_in.upper(), stand_in.title()) == ("TEXT", "Text")
    assert made == ["once"]


def test_a_function_can_be_called() -> None:
    assert late("math", "floor")(2.5) == 2


def test_the_program_starts_without_what_it_does_not_need() -> None:
    program = "import sys, annotator.__main__, annotator.project, annotator.ops.importing, annotator.text.words"
    asked = f"{program}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_project_is_opened_without_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "p.tawsim"
    path.touch()
    program = (
        "import sys; from annotator import __main__, opening\n"
        "__main__.open_window = lambda path: print('opened', path) or 3\n"
        f"sys.argv = ['tawsim', 'open', {str(path)!r}]\n"
        "try:\n    __main__.main()\n"
        "finally:\n"
        "    late = ('click', 'filelock', 'logging.handlers', 'hashlib', 'annotator.commands')\n"
        "    print([name for name in late if name in sys.modules])\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    assert (done.stdout.splitlines(), done.returncode) == ([f"opened {path}", "[]"], 3)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        ("UserError('project_missing', path='p')", 1, True),
        ("KeyboardInterrupt()", 130, True),
        ("ZeroDivisionError()", 1, False),
    ],
)
def test_what_goes_wrong_then_is_told_as_by_the_command_line(tmp_path: Path, error: str, code: int, told: bool) -> None:
    path = tmp_path / "p.tawsim"
    path.touch()
    program = (
        "import sys; from annotator import __main__; from annotator.errors import UserError\n"
        f"def fails(path):\n    raise {error}\n"
        f"__main__.open_window = fails\nsys.argv = ['tawsim', 'open', {str(path)!r}]\n__main__.main()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == code
    assert ("Traceback" not in done.stderr) is told
    assert done.stderr.strip()
