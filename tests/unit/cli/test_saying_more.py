# SPDX-License-Identifier: MIT
"""What the commands say of tags and articles: attributes, certainty, relations, document tags."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator.cli.references import read_value
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId
from annotator.model.names import Name

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]


def tag(tawsim_json: TawsimJson, path: Path, *arguments: object) -> Any:
    return tawsim_json("tag", path, *arguments)["tag"]


def test_a_whole_event_in_one_call(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("actor", "add", path, "أردوغان", "--en", "Erdoğan")
    agent = tag(tawsim_json, path, 1, 5, 10, "ACTOR")["id"]
    made = tawsim_json(
        "tag", path, 1, 11, 16, "EVENT", "--set", "type=لقاء أو تشاور", "--set", "Mode=Visit", "--set", "negated=نعم",
        "--set", "realis=", "--unsure", "--note", "هنا", "--relate", f"AGENT={agent}", "--relate", "recipient=اردوغان",
    )  # fmt: skip
    assert made["tag"]["attributes"] == {"type": "CONSULT", "mode": "visit", "negated": True}
    assert (made["tag"]["certainty"], made["tag"]["note"]) == ("unsure", "هنا")
    assert made["act"] == 4
    listed = tawsim_json("relation", "list", path)["relations"]
    assert [(one["type_id"], one["target_span_id"] is None, one["target_actor_id"] is None) for one in listed] == [
        ("AGENT", False, True),
        ("RECIPIENT", True, False),
    ]
    assert tawsim("undo", path).stdout.startswith("Undone: Tag “بلقاء” as Event")
    assert tawsim_json("relation", "list", path, 1)["relations"] == []


def test_a_tag_of_several_pieces(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    call = ("tag", path, 1, 11, 16, "EVENT", "--also", 0, 4, "--also", 2, 5)
    made = tag(tawsim_json, *call[1:])
    assert (made["start"], made["end"], made["pieces"]) == (0, 16, [[0, 5], [11, 16]])
    assert tawsim(*call).stderr == "This is tagged already.\n"
    assert tawsim("show", path, 1).stdout.startswith("[1 رحّب  1]غانتس [1 بلقاء 1]")
    assert tawsim("tags", path).stdout.endswith("رحّب  … بلقاء\n")
    joined = tag(tawsim_json, path, 1, 0, 4, "STANCE", "--also", 3, 10)
    assert (joined["start"], joined["end"], joined["pieces"]) == (0, 10, [])
    assert "99999" in tawsim("tag", path, 1, 0, 4, "EVENT", "--also", 6, 99999, code=1).stderr


def test_tags_are_linked_as_they_are_made(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    actor = tawsim("actor", "add", path, "غانتس", "--alias", "جانتس").stdout.split()[0]
    event = tawsim("event", "add", path, "لقاء أنقرة").stdout.split()[0]
    assert tag(tawsim_json, path, 1, 5, 10, "ACTOR", "--actor", "جانتس")["actor"] == actor
    assert tag(tawsim_json, path, 1, 11, 16, "EVENT", "--event", "لقاء انقرة")["event"] == event


def test_retag_does_one_act_for_each_thing(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    ids = [tag(tawsim_json, path, 1, start, end, "ACTOR")["id"] for start, end in ((5, 10), (17, 24))]
    said = tawsim(
        "retag", path, *ids, "--label", "EVENT", "--set", "type=CONSULT", "--unsure", "--note", "س"
    ).stdout.splitlines()
    assert said == [
        "Change the label of 2 tags to Event",
        "Change what is said of 2 tags",
        "Change how sure 2 tags are",
        "Change the note of the tag “غانتس”",
        "Change the note of the tag “أردوغان”",
    ]
    for one in tawsim_json("tags", path)["tags"]:
        assert (one["label"], one["certainty"], one["note"]) == ("EVENT", "unsure", "س")
        assert one["attributes"] == {"type": "CONSULT", "realis": "ACTUAL", "negated": False}
    tawsim("retag", path, ids[0], "--set", "type=", "--sure", "--note", "")
    assert tawsim_json("tags", path)["tags"][0]["certainty"] == "sure"
    assert tawsim("retag", path, *ids, "--label", "حدث").stdout == "Nothing to change.\n"


def test_relations(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    stance = tag(tawsim_json, path, 1, 0, 4, "STANCE")["id"]
    event = tag(tawsim_json, path, 1, 11, 16, "EVENT")["id"]
    tawsim("event", "add", path, "زيارة")
    first = tawsim("relation", "add", path, stance, "صاحب الموقف", "author").stdout.strip()
    again = tawsim("relation", "add", path, stance, "HOLDER", "الكاتب")
    assert (again.stdout.strip(), again.stderr) == (first, "This is related so already.\n")
    tawsim("relation", "add", path, stance, "TARGET", event)
    made = tawsim_json("relation", "add", path, stance, "TARGET", "event:زيارة")["relation"]
    assert made["target_event_id"]
    lines = tawsim("relation", "list", path).stdout.splitlines()
    assert [line.split("→")[1].strip() for line in lines] == ["the author or outlet", "بلقاء", "زيارة"]
    assert tawsim("relation", "delete", path, first, made["id"]).stdout == "Delete 2 relations\n"
    assert len(tawsim_json("relation", "list", path)["relations"]) == 1
    assert "الكاتب" in tawsim("history", path, language="ar").stdout


def test_the_same_name_of_an_actor_and_an_event(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("actor", "add", path, "القمة")
    tawsim("event", "add", path, "القمة")
    stance = tag(tawsim_json, path, 1, 0, 4, "STANCE")["id"]
    ends = [
        tawsim_json("relation", "add", path, stance, "TARGET", end)["relation"]
        for end in ("القمة", "event:القمة", "Actor: القمة")
    ]
    assert [end["target_event_id"] is None for end in ends] == [True, False, True]
    assert ends[0]["id"] == ends[2]["id"]
    tawsim("event", "add", path, "القمّة")
    assert "2" in tawsim("relation", "add", path, stance, "TARGET", "event:القمة", code=1).stderr


def test_document_tags(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    add = ("document", "add", path, 1, "doc_stance", "--set", "doc_label=FAVOR", "--set", "issue=القضية")
    id_ = tawsim(*add, "--unsure").stdout.strip()
    assert "already" in tawsim(*add).stderr
    assert tawsim_json(*add) == {"act": 0, "document_tag": None}
    assert tawsim("document", "list", path).stdout.split()[1:] == [
        id_,
        "doc_stance",
        "doc_label=FAVOR;",
        "issue=القضية",
    ]
    tawsim("document", "change", path, id_[:20], "--set", "doc_label=AGAINST", "--sure", "--note", "ن")
    (kept,) = tawsim_json("document", "list", path, 1)["document_tags"]
    assert (kept["attributes"]["doc_label"], kept["certainty"], kept["note"]) == ("AGAINST", "sure", "ن")
    assert tawsim_json("document", "list", path, 2)["document_tags"] == []
    assert "Stance" in tawsim("document", "delete", path, id_).stdout


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (AttributeKind.CHOICE, "أول", "a"),
        (AttributeKind.CHOICE, "FIRST", "a"),
        (AttributeKind.CHOICE, "c", "c"),
        (AttributeKind.CHOICES, "b، First,", ("b", "a")),
        (AttributeKind.CHOICES, ",", ()),
        (AttributeKind.YES_NO, "YES", True),
        (AttributeKind.YES_NO, "لا", False),
        (AttributeKind.YES_NO, "2", "2"),
        (AttributeKind.NUMBER, "٣", 3),
        (AttributeKind.NUMBER, "2.5", 2.5),
        (AttributeKind.NUMBER, "many", "many"),
        (AttributeKind.TEXT, "3", "3"),
        (AttributeKind.DATE, "٢٠٢٢", "٢٠٢٢"),
    ],
)
def test_values_as_one_writes_them(kind: AttributeKind, text: str, value: object) -> None:
    values = (Value("a", Name("First", "أول")), Value("b", Name("Second", "ثان")))
    read = read_value(Attribute(AttributeId("x"), Name("x"), kind, values=values), text)
    assert (type(read), read) == (type(value), value)
