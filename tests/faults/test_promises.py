# SPDX-License-Identifier: MIT
"""Each promise to users names the test behind it, and each of these tests exists."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent.parent
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


def _section(name: str, heading: str) -> str:
    text = (_ROOT / name).read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


_LISTS = {
    "README.md": _section("README.md", "What Tawsim guarantees about your work"),
    "docs/reliability.md": _section("docs/reliability.md", "What is promised"),
    "docs/encryption.md": _section("docs/encryption.md", "The tests behind this"),
}


@pytest.mark.parametrize("name", _LISTS)
def test_every_test_that_is_named_exists(name: str) -> None:
    named = _TEST.findall(_LISTS[name])
    assert named
    for file, test in named:
        path = _ROOT / file
        assert path.is_file(), file
        assert not test or f"def {test}(" in path.read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_promise_has_a_test() -> None:
    rows = [line for line in _LISTS["docs/reliability.md"].splitlines() if line.startswith("| ")][1:]
    promises = [line for line in _LISTS["README.md"].splitlines() if line.startswith("- ")]
    assert len(rows) > 10
    assert len(promises) > 10
    assert [line for line in rows + promises if not _TEST.search(line)] == []
