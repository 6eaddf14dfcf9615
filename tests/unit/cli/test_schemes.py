# SPDX-License-Identifier: MIT
"""The scheme on the command line: showing, saving, loading, checking; and going through a project by it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator.project import Project

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("default", ["ACTOR", "EVENT", "STANCE", "PLACE", "TIME"]),
        ("actors", ["ACTOR"]),
        ("stance", ["STANCE"]),
    ],
)
def test_new_takes_a_scheme_that_comes_along(tawsim: Tawsim, tmp_path: Path, name: str, labels: list[str]) -> None:
    tawsim("new", tmp_path / "p", "--scheme", name)
    with Project.open(tmp_path / "p.tawsim") as project:
        assert [label.id for label in project.scheme.labels][: len(labels)] == labels or set(labels) <= {
            label.id for label in project.scheme.labels
        }


def test_a_file_of_that_name_comes_first(tawsim: Tawsim, path: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    tawsim("scheme", "save", path, "stance")
    tawsim("new", "q", "--scheme", "stance")
    with Project.open(tmp_path / "q.tawsim") as project:
        assert len(list(project.scheme.labels)) == 5


def test_save_check_and_load(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "scheme.json"
    assert tawsim("scheme", "save", path, file).stdout == f"{file}\n"
    assert tawsim_json("scheme", "show", path) == json.loads(file.read_text(encoding="utf-8"))
    assert "5 labels, 14 attributes, 8 relations" in tawsim("scheme", "check", file).stdout
    assert "كل شيء سليم" in tawsim("scheme", "check", "actors", language="ar").stdout
    assert tawsim("scheme", "load", path, file).stdout == "Nothing to change.\n"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["labels"][0]["name"]["en"] = "Player"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert tawsim("scheme", "load", path, file).stdout == "Change the scheme\n"
    assert "Player" in tawsim("scheme", "show", path).stdout
    tawsim("undo", path)
    assert "Player" not in tawsim("scheme", "show", path).stdout


def test_show_in_both_languages(tawsim: Tawsim, path: Path) -> None:
    shown = tawsim("scheme", "show", path).stdout
    assert all(title in shown for title in ("Labels\n", "Attributes\n", "Relations\n", "Document labels\n"))
    assert "EVENT → ACTOR" in shown
    assert "فاعل" in tawsim("scheme", "show", path, language="ar").stdout


def test_load_tells_of_what_is_in_use(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("tag", path, 1, 11, 16, "EVENT", "--set", "type=CONSULT")
    refused = tawsim("scheme", "load", path, "stance", code=1)
    assert refused.stdout == ""
    assert "“Event” (EVENT) is not in the new scheme: used 1 time." in refused.stderr
    assert "مستعمل مرة واحدة" in tawsim("scheme", "load", path, "stance", code=1, language="ar").stderr
    assert len(tawsim_json("history", path)["acts"]) == 2
    assert tawsim("scheme", "load", path, "stance", "--yes").stdout == "Change the scheme\n"
    assert "Event (archived)" in tawsim("scheme", "show", path).stdout
    assert len(tawsim_json("tags", path)["tags"]) == 1


def test_merging_labels_and_moving_tags(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("tag", path, 1, 5, 10, "PLACE")
    assert tawsim("scheme", "move-tags", path, "place", "ACTOR").stdout == "Move 1 tag from Place to Actor\n"
    assert tawsim("scheme", "merge-labels", path, "فاعل", "PLACE").stdout == "Merge the label Actor into Place\n"
    assert [one["label"] for one in tawsim_json("tags", path)["tags"]] == ["PLACE"]


def test_review(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    assert tawsim("review", path).stdout == "There is nothing to review.\n"
    tag = tawsim("tag", path, 1, 0, 4, "STANCE").stdout.split()[0]
    tawsim("document", "add", path, 2, "doc_stance")
    said = tawsim("review", path, code=1).stdout.splitlines()
    assert said[0].split()[:5] == ["1", "0", "4", "STANCE", tag]
    assert "is missing" in said[0]
    assert said[-1] == "2 tags to review."
    first, second = tawsim_json("review", path, code=1)["tags"]
    assert [(issue["key"], issue["missing"]) for issue in first["issues"]] == [
        ("value_missing", True),
        ("relation_missing", True),
        ("relation_missing", True),
    ]
    assert (second["label"], second["start"], second["quote"]) == ("doc_stance", None, None)
    assert len(tawsim_json("review", path, 2, code=1)["tags"]) == 1
    assert "للمراجعة" in tawsim("review", path, code=1, language="ar").stdout


def test_occurrences_are_listed_then_tagged(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.txt"
    more.write_text("قال جانتس إن لغانتس رأيا. وسافر غانتس وأردوغان.\n", encoding="utf-8")
    tawsim("import", path, more)
    id_ = tawsim("actor", "add", path, "غانتس", "--alias", "جانتس").stdout.split()[0]
    found = tawsim_json("occurrences", path, "--actor", "غانتس")["occurrences"]
    assert [(one["article_number"], one["quote"]) for one in found] == [
        (1, "غانتس"),
        (3, "جانتس"),
        (3, "غانتس"),
        (3, "غانتس"),
    ]
    assert len(tawsim("occurrences", path, "غانتس", "--articles", "1").stdout.splitlines()) == 1
    tawsim("tag", path, 1, 5, 10, "ACTOR")
    call = ("occurrences", path, "--actor", "غانتس", "--tag", "ACTOR", "--set", "mention=NAM", "--doubtful")
    assert tawsim(*call).stdout == "Tag 3 occurrences as Actor\n"
    assert tawsim(*call).stdout == "Nothing to change.\n"
    assert tawsim_json(*call) == {"act": 0, "occurrences": []}
    tags = tawsim_json("tags", path, 3)["tags"]
    assert {one["actor"] for one in tags} == {id_}
    tawsim("undo", path)
    assert tawsim_json("tags", path, 3)["tags"] == []


def test_what_wants_a_second_look_is_tagged_on_demand_only(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.txt"
    more.write_text("قال جانتس وغانتس.\n", encoding="utf-8")
    tawsim("import", path, more)
    found = tawsim_json("occurrences", path, "غانتس", "--articles", "3")["occurrences"]
    assert [one["doubt"] for one in found] == ["spelling", None]
    assert "Another spelling" in tawsim("occurrences", path, "غانتس", "--articles", "3").stdout
    tawsim("occurrences", path, "غانتس", "--articles", "3", "--tag", "فاعل")
    assert [one["quote"] for one in tawsim_json("tags", path, 3)["tags"]] == ["غانتس"]


def test_likely_same(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path) -> None:
    assert tawsim("likely-same", path).stdout == ""
    more = tmp_path / "more.txt"
    more.write_text("قال جانتس وغانتس.\n", encoding="utf-8")
    tawsim("import", path, more)
    me = ("--annotator", "Layla")
    tawsim("tag", path, 1, 5, 10, "ACTOR", *me)
    tawsim("tag", path, 3, 4, 9, "ACTOR", *me)
    (group,) = tawsim_json("likely-same", path)["groups"]
    assert {form["quote"] for form in group["forms"]} == {"غانتس", "جانتس"}
    assert {form["reason"] for form in group["forms"]} == {"same_spelling", "same_class"}
    assert (group["actor"], group["mentions"]) == (None, 2)
    said = tawsim("likely-same", path, *me).stdout.splitlines()
    assert "2 mentions" in said[0]
    assert any("other spelling: " in line for line in said)
    id_ = tawsim("actor", "add", path, "غانتس", *me).stdout.split()[0]
    assert id_ in tawsim("likely-same", path).stdout
    tawsim("actor", "link", path, "غانتس", "--spelled", "غانتس", "--spelled", "جانتس", *me)
    assert tawsim_json("likely-same", path)["groups"] == []
