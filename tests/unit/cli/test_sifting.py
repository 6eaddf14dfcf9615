# SPDX-License-Identifier: MIT
"""Near duplicates and boilerplate from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.fixture
def wires(path: Path, tmp_path: Path, tawsim: Tawsim) -> Path:
    """Return a project of which articles 3 and 5 tell the same, as 4 and 6 do."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS[3:]]
    files = [tmp_path / f"{number}.txt" for number in range(4)]
    for file, text in zip(files, [*texts, f"خبر عاجل\n{texts[0]}", texts[1][:1800]], strict=True):
        file.write_text(text, encoding="utf-8")
    tawsim("import", path, *files)
    return path


def numbers(document: Any) -> list[list[int]]:
    return [[article["article_number"] for article in group["articles"]] for group in document["groups"]]


def test_duplicates_are_found_listed_and_corrected(tawsim: Tawsim, tawsim_json: TawsimJson, wires: Path) -> None:
    assert tawsim("duplicates", wires).stdout == "No articles are known to be nearly the same.\n"
    found = tawsim_json("duplicates", wires, "--find")
    assert numbers(found) == [[3, 5], [4, 6]]
    assert len(found["acts"]) == 1
    assert all(article["likeness"] > 0.9 for group in found["groups"] for article in group["articles"])
    assert tawsim_json("duplicates", wires, "--find")["acts"] == []
    assert numbers(tawsim_json("duplicates", wires, "--join", "1,2")) == [[1, 2], [3, 5], [4, 6]]
    assert numbers(tawsim_json("duplicates", wires, "--separate", "3-4")) == [[1, 2]]
    listed = tawsim("duplicates", wires).stdout.splitlines()
    assert listed[0] == "2 articles"
    assert [line.split()[0] for line in listed[1:]] == ["1", "2"]
    assert tawsim("undo", wires).stdout == "Undone: Regroup 4 near duplicates\n"
    assert numbers(tawsim_json("duplicates", wires)) == [[1, 2], [3, 5], [4, 6]]
    assert tawsim("duplicates", wires, "--join", "1", code=1).stderr.startswith("A group of near duplicates has at")


def test_boilerplate_is_listed_and_changed(tawsim: Tawsim, tawsim_json: TawsimJson, wires: Path) -> None:
    marks = tawsim_json("boilerplate", wires)["marks"]
    assert {(mark["article_number"], mark["reason"]) for mark in marks} >= {(3, "page"), (4, "title"), (4, "comments")}
    assert tawsim("boilerplate", wires, 1).stdout == "Nothing is marked as boilerplate.\n"
    added = tawsim_json("boilerplate", wires, 1, "--add", 0, 4, "--reason", "caption")
    assert added["marks"] == [{**added["marks"][0], "start": 0, "end": 4, "reason": "caption", "quote": "رحّب"[:4]}]
    assert tawsim("boilerplate", wires, 1).stdout.split() == ["1", "0", "4", "Caption", added["marks"][0]["quote"]]
    assert tawsim_json("boilerplate", wires, 1, "--remove", 0, 4)["marks"] == []
    assert tawsim("boilerplate", wires, 1, "--remove", 0, 4).stdout.startswith("Nothing to change.")
    tawsim("boilerplate", wires, 4, "--remove", 0, 1000)
    again = tawsim_json("boilerplate", wires, "--suspect")
    assert len(again["acts"]) == 1
    assert again["marks"] == marks
    assert tawsim("boilerplate", wires, 1, "--add", 0, 9999, code=1).stderr
    assert "Name the article" in tawsim("boilerplate", wires, "--add", 0, 4, code=2).stderr
    assert tawsim("boilerplate", wires, 1, "--add", 0, 4, "--reason", "none", code=2).stderr


def test_both_in_arabic(tawsim: Tawsim, wires: Path) -> None:
    listed = tawsim("boilerplate", wires, 4, language="ar").stdout
    assert "تعليق على صورة" in listed
    assert "مقالان" in tawsim("duplicates", wires, "--find", language="ar").stdout
