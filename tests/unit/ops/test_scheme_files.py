# SPDX-License-Identifier: MIT
"""Schemes that come along, and schemes written to files: wholly, or the file that was there stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.ops.projects import load_scheme, new_project, new_project_from
from annotator.ops.scheme_files import SHIPPED, save_scheme, shipped_path


@pytest.mark.parametrize("name", SHIPPED)
def test_what_comes_along_is_written_and_read_as_it_is(name: str, tmp_path: Path) -> None:
    scheme = load_scheme(shipped_path(name))
    save_scheme(scheme, tmp_path / "s.json")
    assert load_scheme(tmp_path / "s.json") == scheme
    with new_project(tmp_path / name, annotator="Layla", scheme=scheme) as project:
        assert replace(project.scheme, version=0) == scheme


def test_no_file_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = load_scheme(shipped_path("default"))
    with pytest.raises(UserError) as refused:
        save_scheme(scheme, tmp_path / "none" / "s.json")
    assert refused.value.key == "folder_missing"
    with pytest.raises(UserError) as refused:
        save_scheme(scheme, tmp_path)
    assert refused.value.key == "path_unwritable"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as refused:
        save_scheme(scheme, Path())
    assert refused.value.key == "path_unwritable"
    with new_project(tmp_path / "mine", annotator="Layla") as project, pytest.raises(UserError) as refused:
        save_scheme(scheme, project.path)
    assert refused.value.key == "export_over_project"
    assert not list(tmp_path.glob(".tawsim-*.part"))


def test_a_project_of_articles_takes_a_scheme(tmp_path: Path) -> None:
    article = tmp_path / "1.txt"
    article.write_text("نص المقال الأول", encoding="utf-8")
    scheme = load_scheme(shipped_path("stance"))
    project, _, _ = new_project_from(tmp_path / "of", [article], annotator="Layla", scheme=scheme)
    with project:
        assert project.scheme.id == scheme.id
