# SPDX-License-Identifier: MIT
"""Making projects."""

from pathlib import Path

import pytest

from annotator import i18n
from annotator.errors import UserError
from annotator.ops.projects import default_project_path, default_scheme, load_scheme, new_project, with_suffix
from annotator.project import Project


def test_new_project_can_be_opened_again(tmp_path: Path) -> None:
    with new_project(tmp_path / "p", annotator=" ليلى ") as project:
        path, id_, scheme, who = project.path, project.id, project.scheme, project.annotator
    assert (path.name, who.name, scheme) == ("p.tawsim", "ليلى", default_scheme())
    with Project.open(path, annotator="ليلى") as again:
        assert (again.id, again.scheme, again.annotator, again.name) == (id_, scheme, who, "p")
        assert again.annotators() == [who]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("path", "name", "key"),
    [
        ("there.tawsim", "Layla", "project_exists"),
        ("none/p.tawsim", "Layla", "folder_missing"),
        ("file/p.tawsim", "Layla", "folder_missing"),
        ("p.tawsim", "  ", "annotator_name_empty"),
        ("p" * 300, "Layla", "path_unwritable"),
    ],
)
def test_refusals(tmp_path: Path, path: str, name: str, key: str, language: str) -> None:
    i18n.use_language(language)
    (tmp_path / "there.tawsim").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError) as caught:
        new_project(tmp_path / path, annotator=name)
    assert caught.value.key == key
    assert "…" not in i18n.describe(caught.value)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["file", "there.tawsim"]
    assert (tmp_path / "there.tawsim").read_text() == "mine"


def test_scheme_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    with pytest.raises(UserError, match="file_missing"):
        load_scheme(path)
    with pytest.raises(UserError, match="file_unreadable"):
        load_scheme(tmp_path)
    for content in (b"{", b"\xff\xfe", b"{}", b"[]", b'{"format": "tawsim-scheme/1", "id": "x"}'):
        path.write_bytes(content)
        with pytest.raises(UserError) as caught:
            load_scheme(path)
        assert (caught.value.key, str(caught.value.params["path"])) == ("scheme_unreadable", str(path))


def test_places(tmp_path: Path, user_home: Path) -> None:
    assert with_suffix(Path("a.b")) == Path("a.b.tawsim")
    assert default_project_path("seeds") == user_home / "data" / "seeds.tawsim"
    assert (user_home / "data").is_dir()


def test_place_that_cannot_be_made(user_home: Path) -> None:
    (user_home / "data").write_text("")
    with pytest.raises(UserError, match="path_unwritable"):
        default_project_path("seeds")
