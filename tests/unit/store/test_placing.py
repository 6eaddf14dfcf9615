# SPDX-License-Identifier: MIT
"""A project file comes into its place without a log of its own, and never beside the log of another."""

from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.ops.projects import new_project
from annotator.store.placing import put_in_place


@pytest.mark.parametrize(
    ("beside", "key"),
    [
        (["new", "new-wal", "p"], "write_failed"),
        (["new", "p", "p-wal"], "project_busy"),
        (["new", "p-wal"], "log_left"),
    ],
)
def test_a_log_is_in_the_way(tmp_path: Path, beside: list[str], key: str) -> None:
    for name in beside:
        (tmp_path / name).write_text(name)
    with pytest.raises(UserError) as caught:
        put_in_place(tmp_path / "new", tmp_path / "p")
    assert caught.value.key == key
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: name for name in beside}


def test_the_system_refuses(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    with pytest.raises(UserError, match="path_unwritable"):
        put_in_place(tmp_path / "new", tmp_path / "gone" / "p")


def test_no_project_is_made_beside_the_log_of_one_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "p.tawsim-wal").write_bytes(b"its last acts")
    with pytest.raises(UserError, match="log_left"):
        new_project(tmp_path / "p.tawsim", annotator="Layla")
    assert [path.name for path in tmp_path.iterdir()] == ["p.tawsim-wal"]
