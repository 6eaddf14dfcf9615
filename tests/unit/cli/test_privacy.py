# SPDX-License-Identifier: MIT
"""What the log keeps of a session on the command line: nothing that an article, a tag or a name says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from annotator.cli import projects
from annotator.log import FILE_NAME

Tawsim = Callable[..., Result]

#: Of the two articles of the tests, and of what is said of them below.
WORDS = ("غانتس", "أردوغان", "تركيا", "ملاحظة", "فيروزة", "ليلى", "عنوان سرّي")


def logged(user_home: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (user_home / "log").glob(f"{FILE_NAME}*"))


def test_a_session_with_its_refusals(tawsim: Tawsim, path: Path, tmp_path: Path, user_home: Path) -> None:
    tawsim("tag", path, 1, 5, 10, "ACTOR", "--note", "ملاحظة", "--annotator", "ليلى")
    tawsim("tag", path, 1, 5, 10_000, "ACTOR", "--annotator", "ليلى", code=1)
    tawsim("actor", "add", path, "فيروزة", "--alias", "غانتس")
    tawsim("actor", "add", path, "غانتس", code=1)
    tawsim("article", path, 1, "--outlet", "عنوان سرّي")
    tawsim("show", path, "أردوغان", code=1)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "غانتس", "entities": [[0, 99, "تركيا"]]', encoding="utf-8")
    tawsim("import-annotations", path, broken, code=1)
    tawsim("import", path, broken, code=1)
    tawsim("export", path, tmp_path / "out.jsonl", "--format", "jsonl")
    tawsim("search", path, "غانتس")
    told = logged(user_home)
    assert [word for word in WORDS if word in told] == []


@pytest.mark.usefixtures("caplog")
def test_a_bug(tawsim: Tawsim, path: Path, user_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"no such thing: {WORDS[0]}")

    monkeypatch.setattr(projects, "article_data", fail)
    with pytest.raises(RuntimeError):
        tawsim("articles", path, "--json")
    told = logged(user_home)
    assert "A bug in articles" in told
    assert "RuntimeError" in told
    assert WORDS[0] not in told
