# SPDX-License-Identifier: MIT
"""Actors and events on the command line: adding, changing, merging, splitting, links, mentions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]


def add(tawsim: Tawsim, path: Path, kind: str, name: str, *more: object) -> str:
    """Add an actor or event, and return its id."""
    return tawsim(kind, "add", path, name, *more).stdout.split()[0]


@pytest.fixture
def mentions(tawsim_json: TawsimJson, path: Path) -> list[str]:
    """Return the ids of two tags of actors and one of an event."""
    places = [(5, 10, "ACTOR"), (17, 24, "ACTOR"), (11, 16, "EVENT")]
    return [tawsim_json("tag", path, 1, *place)["tag"]["id"] for place in places]


def test_actors_are_added_listed_and_changed(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, mentions: list[str]
) -> None:
    turkey = add(tawsim, path, "actor", "Türkiye", "--ar", "تركيا", "--kind", "GPE", "--country", "TUR")
    made = tawsim_json(
        "actor", "add", path, "أردوغان", "--kind", "شخص", "--sector", "GOV", "--alias", "رجب", "--alias", "رجب طيب",
        "--external-id", "Q39259", "--member", "تركيا", "--tag", mentions[1], "--note", "رئيس", "--anonymous",
    )["actor"]  # fmt: skip
    assert (made["name_ar"], made["kind"], made["sector"], made["mentions"]) == ("أردوغان", "PERS", "GOV", 1)
    assert (made["aliases"], made["members"], made["anonymous"]) == (["رجب", "رجب طيب"], [turkey], True)
    said = tawsim(
        "actor", "change", path, "رجب", "--en", "Erdoğan", "--no-alias", "رجب", "--no-member", "Türkiye", "--named",
        "--alias", "الرئيس",
    ).stdout  # fmt: skip
    assert said == "Change the actor أردوغان\n"
    both = tawsim_json("actor", "list", path)["actors"]
    assert [one["name_en"] for one in both] == ["Türkiye", "Erdoğan"]
    assert (both[1]["aliases"], both[1]["members"], both[1]["anonymous"]) == (["رجب طيب", "الرئيس"], [], False)
    assert both[1]["note"] == "رئيس"
    assert [one["id"] for one in tawsim_json("actor", "list", path, "--match", "ardogan")["actors"]] == [made["id"]]
    assert tawsim("actor", "list", path).stdout.splitlines()[1].split() == ["1", made["id"], "أردوغان", "Erdoğan"]
    taken = tawsim("actor", "add", path, "اردوغان", code=1).stderr
    assert taken.startswith("The name “اردوغان” belongs to أردوغان already.")


def test_links_and_mentions(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, mentions: list[str]) -> None:
    id_ = add(tawsim, path, "actor", "غانتس")
    assert tawsim("actor", "link", path, "غانتس", *mentions[:2]).stdout == "Link 2 tags to غانتس\n"
    found = tawsim_json("actor", "mentions", path, id_[:14])
    assert found["actor"] == id_
    assert [(one["article_number"], one["before"], one["quote"]) for one in found["mentions"]] == [
        (1, "رحّب ", "غانتس"),
        (1, "رحّب غانتس بلقاء ", "أردوغان"),
    ]
    assert "[غانتس]" in tawsim("actor", "mentions", path, "غانتس").stdout
    assert tawsim("actor", "unlink", path, mentions[0]).stdout == "Take the link from “غانتس”\n"
    assert len(tawsim_json("actor", "mentions", path, "غانتس")["mentions"]) == 1
    assert "cannot be linked" in tawsim("actor", "link", path, "غانتس", mentions[2], code=1).stderr


def test_links_by_spelling(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, mentions: list[str]) -> None:
    add(tawsim, path, "actor", "غانتس")
    tawsim("tag", path, 2, 6, 11, "ACTOR", "--annotator", "Omar")
    assert tawsim("actor", "link", path, "غانتس", "--spelled", "أردوغان", "--spelled", "تركيا").stdout.startswith(
        "Link"
    )
    assert [one["quote"] for one in tawsim_json("actor", "mentions", path, "غانتس")["mentions"]] == ["أردوغان"]
    assert tawsim("actor", "link", path, "غانتس").stdout == "Nothing to change.\n"


def test_merging_splitting_and_deleting_actors(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, mentions: list[str]
) -> None:
    keep, other = (add(tawsim, path, "actor", name) for name in ("بيني غانتس", "جانتس"))
    tawsim("actor", "link", path, other, *mentions[:2])
    assert tawsim("actor", "merge", path, "بيني غانتس", "جانتس").stdout == "Merge جانتس into بيني غانتس\n"
    (left,) = tawsim_json("actor", "list", path)["actors"]
    assert (left["id"], left["mentions"]) == (keep, 2)
    assert "itself" in tawsim("actor", "merge", path, keep, "جانتس", code=1).stderr
    made = tawsim("actor", "split", path, keep, "Erdoğan", mentions[1]).stdout.split()
    assert made[1] == "Erdoğan"
    assert [one["mentions"] for one in tawsim_json("actor", "list", path)["actors"]] == [1, 1]
    assert tawsim("actor", "delete", path, "Erdogan", keep).stdout == "Delete 2 actors\n"
    assert tawsim_json("actor", "list", path)["actors"] == []
    for _ in range(3):
        tawsim("undo", path)
    assert len(tawsim_json("actor", "list", path)["actors"]) == 2


def test_events(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, mentions: list[str]) -> None:
    add(tawsim, path, "actor", "غانتس")
    add(tawsim, path, "actor", "أردوغان")
    made = tawsim_json(
        "event", "add", path, "لقاء أنقرة", "--type", "CONSULT", "--date", "٢٠٢٢-١٠-٢٧", "--place", "أنقرة",
        "--participant", "غانتس", "--tag", mentions[2], "--note", "ن", "--external-id", "Q1",
    )["event"]  # fmt: skip
    assert (made["date"], made["type"], made["mentions"], len(made["participants"])) == ("2022-10-27", "CONSULT", 1, 1)
    tawsim(
        "event", "change", path, "لقاء انقرة", "--title", "اللقاء", "--participant", "أردوغان", "--no-participant",
        "غانتس", "--date", "",
    )  # fmt: skip
    (changed,) = tawsim_json("event", "list", path, "--match", "اللقاء")["events"]
    assert (changed["title"], changed["date"], changed["place"], len(changed["participants"])) == (
        "اللقاء",
        "",
        "أنقرة",
        1,
    )
    other = add(tawsim, path, "event", "زيارة")
    assert tawsim("event", "merge", path, other, "اللقاء").stdout == "Merge اللقاء into “زيارة”\n"
    assert len(tawsim_json("event", "mentions", path, "زيارة")["mentions"]) == 1
    assert tawsim("event", "split", path, other, "حديث", mentions[2]).stdout.split()[1] == "حديث"
    assert tawsim("event", "unlink", path, mentions[2]).stdout
    assert tawsim("event", "link", path, "حديث", mentions[2]).stdout == "Link “بلقاء” to حديث\n"
    assert len(tawsim("event", "list", path).stdout.splitlines()) == 2
    assert tawsim("event", "delete", path, "حديث", "زيارة").stdout == "Delete 2 events\n"


def test_the_beginning_of_an_id_may_name_several(tawsim: Tawsim, path: Path, monkeypatch: Any) -> None:
    ids = iter(["01" * 15 + "02", "01" * 15 + "03", *(f"{number:032x}" for number in range(9))])
    monkeypatch.setattr("annotator.ops.actors.new_id", lambda: next(ids))
    for name in ("غانتس", "أردوغان"):
        add(tawsim, path, "actor", name)
    assert "2" in tawsim("actor", "mentions", path, "01" * 10, code=1).stderr
    tawsim("actor", "mentions", path, "01" * 15 + "02")
