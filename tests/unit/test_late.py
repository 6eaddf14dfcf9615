# SPDX-License-Identifier: MIT
"""Modules and objects that are loaded when first used; and that a project opens without the heavy ones."""

import subprocess
import sys

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
