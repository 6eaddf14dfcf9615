# SPDX-License-Identifier: MIT
"""Label Studio's own exports, old ones and short ones, and what is wrong with a file."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import json_items, safety
from annotator.importers.label_studio import FORMAT, read, recognise
from annotator.importers.registry import recognised
from annotator.model import exchange
from annotator.model.exchange import Skipped

TEXT = "التقى بأردوغان في أنقرة 😀."
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def region(key: str, start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": [label]}
    return {"id": key, "from_name": "ner", "to_name": "txt", "type": "labels", "value": value, **more}


def task(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"body": TEXT},
        "annotations": [{"id": 1, "completed_by": 3, "result": [*results]}],
        **more,
    }


GOOD = task(
    region("a", 7, 14, "PER", meta={"text": ["أولى", "ثانية"]}),
    region("b", 18, 23, "LOC"),
    {"id": "a", "from_name": "sure", "type": "choices", "value": {"start": 7, "end": 14, "choices": ["no"]}},
    {"id": "a", "from_name": "note", "type": "textarea", "value": {"start": 7, "end": 14, "text": ["x", "y"]}},
    {"id": "a", "from_name": "n", "type": "number", "value": {"number": 2.5}},
    {"id": "b", "from_name": "kind", "type": "taxonomy", "value": {"taxonomy": [["place", "city"]]}},
    {"type": "relation", "from_id": "b", "to_id": "a", "direction": "left", "labels": ["in"]},
    {"type": "relation", "from_id": "a", "to_id": "b", "direction": "bi", "labels": []},
    {"id": "c", "from_name": "framing", "type": "choices", "value": {"choices": ["peace", "trade"]}},
    {"id": "d", "from_name": "stars", "type": "rating", "value": {"rating": 4}},
)


def write(folder: Path, value: Any, name: str = "x.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def one(folder: Path, value: Any) -> exchange.Document:
    [document] = read(write(folder, value if isinstance(value, list) else [value]))
    return document


def test_an_export_of_label_studio(tmp_path: Path) -> None:
    document = one(tmp_path, GOOD)

    assert (document.id, document.text) == ("7", TEXT)
    first, second = document.tags
    assert (first.id, first.label, first.start, first.end, first.quote) == ("a", "PER", 7, 14, "أردوغان")
    assert (first.note, first.annotator) == ("أولى\nثانية", "3")
    assert first.attributes == {"sure": "no", "note": ("x", "y"), "n": 2.5}
    assert second.attributes == {"kind": "place/city"}
    assert [(r.type, r.source, r.target) for r in document.relations] == [
        ("in", "a", "b"),
        ("relation", "a", "b"),
        ("relation", "b", "a"),
    ]
    assert [(tag.label, dict(tag.attributes)) for tag in document.document_tags] == [
        ("peace", {}),
        ("trade", {}),
        ("stars", {"stars": 4}),
    ]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    cancelled = {"was_cancelled": True, "result": [region("z", 0, 1, "X")]}
    unlabelled = {"id": "u", "type": "labels", "value": {"start": 0, "end": 2, "labels": []}}
    value = task(
        region("a", 7, 14, "PER"),
        unlabelled,
        {"type": "relation", "from_id": "a", "to_id": "u", "labels": ["x"]},
        {"id": "k", "type": "pairwise", "value": {"selected": "left"}},
        predictions=[{"result": []}, {"result": []}],
    )
    value["annotations"].append(cancelled)

    document = one(tmp_path, value)

    assert [tag.id for tag in document.tags] == ["a"]
    assert document.relations == ()
    assert document.skipped == {Skipped.CANCELLED: 1, Skipped.PREDICTION: 2, Skipped.KIND: 3}


def test_two_annotations_may_use_the_same_ids(tmp_path: Path) -> None:
    related = {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["in"]}
    value = task(region("a", 7, 14, "PER"), region("b", 18, 23, "LOC"), related)
    value["annotations"] *= 2
    value["annotations"][1] = {**value["annotations"][1], "completed_by": {"id": 4, "email": "l@example.org"}}

    document = one(tmp_path, value)

    assert [tag.id for tag in document.tags] == ["a", "b", "2:a", "2:b"]
    assert [tag.annotator for tag in document.tags] == ["3", "3", "l@example.org", "l@example.org"]
    assert [(r.source, r.target) for r in document.relations] == [("a", "b"), ("2:a", "2:b")]


def test_completions_of_old(tmp_path: Path) -> None:
    value = {"data": {"text": TEXT}, "completions": [{"result": [region("a", 0, 5, "V")]}]}

    assert [tag.label for tag in one(tmp_path, value).tags] == ["V"]


def test_several_labels_are_several_tags(tmp_path: Path) -> None:
    value = region("a", 7, 14, "PER")
    value["value"]["labels"].append("LEADER")
    second = {**region("a", 7, 14, "SUBJECT"), "from_name": "role"}

    document = one(tmp_path, task(value, second))

    assert [(tag.id, tag.label) for tag in document.tags] == [("a", "PER"), ("", "LEADER"), ("", "SUBJECT")]


def test_the_text_is_the_one_that_is_quoted(tmp_path: Path) -> None:
    value = task(region("a", 7, 14, "PER"))
    value["data"] = {"url": "https://example.org/" + "x" * 100, "body": TEXT, "title": "التقى"}

    document = one(tmp_path, value)

    assert document.text == TEXT
    assert document.title == "التقى"


def test_json_min(tmp_path: Path) -> None:
    labels = [{"start": 7, "end": 14, "text": "أردوغان", "labels": ["PER"]}]
    row = {"text": TEXT, "id": 5, "ner": labels, "framing": {"choices": ["a", "b"]}, "annotator": 1, "annotation_id": 9}
    other = {**row, "annotator": 2, "annotation_id": 10}

    document = one(tmp_path, [row, other])

    assert document.id == "5"
    assert [(tag.label, tag.start, tag.annotator) for tag in document.tags] == [("PER", 7, "1"), ("PER", 7, "2")]
    assert [tag.label for tag in document.document_tags] == ["a", "b", "a", "b"]


def test_one_task_alone(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)

    assert recognise(path)
    assert len(list(read(path))) == 1


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ([GOOD], True),
        ([{"text": "x", "annotation_id": 1}], True),
        ([{"text": "x"}], False),
        ([], False),
        ([1], False),
        ("", False),
        ("[", False),
    ],
)
def test_it_is_recognised(tmp_path: Path, value: Any, known: bool) -> None:
    assert recognise(write(tmp_path, value)) is known


def test_the_registry_finds_it(tmp_path: Path) -> None:
    assert recognised(write(tmp_path, [GOOD])) is FORMAT


def _hyper(results: list[Any]) -> None:
    results[0]["type"] = "hypertextlabels"


def _beyond(results: list[Any]) -> None:
    results[0]["value"] = {"start": 7, "end": 999, "labels": ["X"]}


def _twice(results: list[Any]) -> None:
    results[1]["id"] = "a"


def _lost_end(results: list[Any]) -> None:
    results[6]["to_id"] = "nowhere"


def _no_start(results: list[Any]) -> None:
    results[0]["value"] = {"end": 4, "labels": ["X"]}


def _wrong(results: list[Any]) -> None:
    results[0]["value"] = 7


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_hyper, "foreign_malformed"),
        (_beyond, "foreign_offsets"),
        (_twice, "foreign_twice"),
        (_lost_end, "foreign_missing"),
        (_no_start, "foreign_missing"),
        (_wrong, "foreign_malformed"),
    ],
)
def test_a_bad_task_is_refused_with_its_place(tmp_path: Path, change: Callable[[list[Any]], None], key: str) -> None:
    bad = json.loads(json.dumps(GOOD))
    change(bad["annotations"][0]["result"])

    with pytest.raises(UserError, match=key) as error:
        list(read(write(tmp_path, [GOOD, {**bad, "id": 8}])))

    assert "[2]" in str(error.value.params["place"])


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "foreign_malformed"),
        (b"<html>", "foreign_malformed"),
        (json.dumps([GOOD]).encode()[:-40], "foreign_cut_short"),
        (json.dumps([GOOD]).encode("utf-16"), "foreign_encoding"),
        (json.dumps([{"data": {"text": "قال"}}], ensure_ascii=False).encode("windows-1256"), "foreign_encoding"),
        (b'[{"data": {}}]', "foreign_missing"),
        (b'[{"data": {"text": "x"}}, 7]', "foreign_malformed"),
        (b"[" * 100_000, "foreign_cut_short"),
        (b'[{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "foreign_malformed"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, raw: bytes, key: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(raw)

    with pytest.raises(UserError, match=key):
        list(read(path))


def test_a_task_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_PART", 10_000)
    monkeypatch.setattr(json_items, "_CHUNK", 1_000)

    with pytest.raises(UserError, match="foreign_too_long") as error:
        list(read(write(tmp_path, [GOOD, {"data": {"text": "x" * 20_000}}])))

    assert error.value.params["place"] == "[2]"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_missing"):
        list(read(tmp_path / "none.json"))
    with pytest.raises(UserError, match="file_missing"):
        list(read(tmp_path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats(allow_nan=False) | st.sampled_from(["a", "text", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "value", "start", "end", "text", "labels", "choices", "result", "data"]),
            inner,
        )
    ),
    max_leaves=8,
)


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Return the good task with something in it that is something else."""
    value = json.loads(json.dumps([GOOD]))
    place: Any = value
    for _ in range(draw(st.integers(1, 7))):
        keys = list(place) if isinstance(place, dict) else range(len(place)) if isinstance(place, list) else []
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or draw(st.integers(0, 4)) == 0:
            place[key] = draw(JSON)
            break
        place = place[key]
    return json.dumps(value)


@given(raw=changed().map(str.encode) | st.binary(max_size=30))
@FEW
def test_whatever_is_in_a_file_is_read_or_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(raw)
    recognise(path)

    try:
        documents = list(read(path))
    except UserError:
        return
    for document in documents:
        assert all(tag.label and (tag.quote or tag.end <= len(document.text)) for tag in document.tags)


@given(data=st.data())
@FEW
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(json.dumps([GOOD], ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "x.json"
    path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)

    with suppress(UserError):
        list(read(path))
