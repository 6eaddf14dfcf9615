# SPDX-License-Identifier: MIT
"""Every page of a project file damaged in turn: it is told, nothing crashes, and looking changes nothing."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from .damaging import DAMAGES, everything, make_project, page_size, shuffled_pages, verdict
from .tally import Line


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_project(tmp_path_factory.mktemp("damage"))
    assert not verdict(path).speaks_up
    return path


def _pages(content: bytes, chance: random.Random, *, long: bool) -> Iterator[int]:
    """Yield the pages to damage: all of them, more than once, in the long form; in the short one some."""
    if not long:
        yield from shuffled_pages(content, chance)[:14]
        return
    for _ in range(10):
        yield from range(len(content) // page_size(content))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_page_is_told(
    whole: Path, tmp_path: Path, chance: random.Random, line: Line, faults_long: bool, damage: str
) -> None:
    content, known = whole.read_bytes(), everything(whole)
    size = page_size(content)
    path = tmp_path / "p.tawsim"
    for page in _pages(content, chance, long=faults_long):
        damaged = bytearray(content)
        DAMAGES[damage](damaged, page * size, size, chance)
        if damaged == content:
            continue
        path.write_bytes(damaged)
        said = verdict(path)
        assert path.read_bytes() == damaged, f"page {page}: looking changed the file"
        assert sorted(item.name for item in tmp_path.iterdir()) == ["p.tawsim"], f"page {page}: something was left"
        if said.speaks_up:
            line.add("pages, told")
        else:
            # What was hit carries nothing: all that the file says is read as before.
            assert everything(path) == known, f"page {page}: something is lost, and nothing was said"
            line.add("pages, where nothing lay")
