# SPDX-License-Identifier: MIT
"""Prodigy's own lines, the shorter ones that people train spaCy with, and what is wrong with a file."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.prodigy import FORMAT, read, recognise
from annotator.importers.registry import recognised
from annotator.model import exchange
from annotator.model.exchange import Skipped

TEXT = "التقى بأردوغان في أنقرة 😀."
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
WORDS = [("التقى", 0), ("بأردوغان", 6), ("في", 15), ("أنقرة", 18), ("😀", 24), (".", 25)]
TOKENS = [
    {"text": word, "start": start, "end": start + len(word), "id": number, "ws": TEXT[start + len(word) :][:1] == " "}
    for number, (word, start) in enumerate(WORDS)
]
PER = {"start": 7, "end": 14, "label": "PER", "token_start": 1, "token_end": 1}
LOC = {"start": 18, "end": 23, "label": "LOC", "token_start": 3, "token_end": 3}
GOOD = {
    "text": TEXT,
    "tokens": TOKENS,
    "spans": [PER, LOC],
    "relations": [{"head": 1, "child": 3, "label": "IN", "head_span": PER, "child_span": LOC, "color": "#fff"}],
    "_input_hash": -5,
    "_session_id": "news-sami",
    "answer": "accept",
}


def write(folder: Path, *lines: Any) -> Path:
    path = folder / "x.jsonl"
    said = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(said), encoding="utf-8")
    return path


def one(folder: Path, line: Any) -> exchange.Document:
    [document] = read(write(folder, line))
    return document


def test_a_line_of_prodigy(tmp_path: Path) -> None:
    document = one(tmp_path, GOOD)

    assert (document.text, document.id) == (TEXT, "-5")
    assert [(tag.label, tag.start, tag.end, tag.annotator) for tag in document.tags] == [
        ("PER", 7, 14, "news-sami"),
        ("LOC", 18, 23, "news-sami"),
    ]
    [relation] = document.relations
    assert (relation.type, relation.source, relation.target) == ("IN", document.tags[0].id, document.tags[1].id)


def test_a_relation_by_last_tokens_alone(tmp_path: Path) -> None:
    line = {**GOOD, "relations": [{"head": 3, "child": 1, "label": "X"}, {"head": 0, "child": 1, "label": "dep"}]}

    document = one(tmp_path, line)

    assert [(r.type, r.source, r.target) for r in document.relations] == [("X", "#1", "#0")]
    assert document.skipped == {Skipped.KIND: 1}


@pytest.mark.parametrize("label", [None, [], {}, 7])
def test_a_relation_between_what_is_no_tag(tmp_path: Path, label: Any) -> None:
    line = {**GOOD, "relations": [{**GOOD["relations"][0], "child_span": {**LOC, "label": label}}]}

    document = one(tmp_path, line)

    assert document.relations == ()
    assert document.skipped == {Skipped.KIND: 1}


def test_spans_by_tokens_alone(tmp_path: Path) -> None:
    line = {"text": TEXT, "tokens": TOKENS, "spans": [{"token_start": 1, "token_end": 3, "label": "X"}]}

    assert [(tag.start, tag.end) for tag in one(tmp_path, line).tags] == [(6, 23)]


def test_spans_without_tokens_or_labels(tmp_path: Path) -> None:
    line = {"text": TEXT, "spans": [{"start": 7, "end": 14, "label": "PER"}, {"start": 0, "end": 5, "label": None}]}

    document = one(tmp_path, line)

    assert [tag.label for tag in document.tags] == ["PER"]
    assert document.skipped == {Skipped.KIND: 1}


@pytest.mark.parametrize(
    "line",
    [{"text": TEXT, "entities": [[7, 14, "PER"]]}, [TEXT, {"entities": [[7, 14, "PER"]]}]],
)
def test_lines_that_spacy_is_trained_with(tmp_path: Path, line: Any) -> None:
    assert recognise(write(tmp_path, line))
    assert [(tag.label, tag.start, tag.end) for tag in one(tmp_path, line).tags] == [("PER", 7, 14)]


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_what_was_not_accepted_is_counted(tmp_path: Path, answer: str) -> None:
    document = one(tmp_path, {**GOOD, "answer": answer})

    assert (document.text, document.tags, document.relations) == (TEXT, (), ())
    assert document.skipped == {Skipped.REJECTED: 1}


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        ({"accept": ["a", 2], "options": []}, ["a", "2"]),
        ({"label": "POS"}, ["POS"]),
        ({"cats": {"A": 1.0, "B": 0.0}}, ["A"]),
    ],
)
def test_labels_of_the_whole_text(tmp_path: Path, more: dict[str, Any], labels: list[str]) -> None:
    assert [tag.label for tag in one(tmp_path, {"text": TEXT, **more}).document_tags] == labels


def test_two_annotators_of_one_text(tmp_path: Path) -> None:
    [document] = read(write(tmp_path, GOOD, {**GOOD, "_annotator_id": "ليلى"}))

    assert [tag.annotator for tag in document.tags] == ["news-sami", "news-sami", "ليلى", "ليلى"]
    assert [(r.source, r.target) for r in document.relations] == [("#0", "#1"), ("2:#0", "2:#1")]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        (GOOD, True),
        ({"text": "x", "answer": "accept"}, True),
        ({"text": "x", "entities": [], "relations": []}, False),
        ({"text": "x", "entities": [{"id": 1}]}, False),
        ({"text": "x", "label": []}, False),
        ({"tokens": []}, False),
        ("7", False),
        ("[7]", False),
        ("{", False),
        ("", False),
    ],
)
def test_it_is_recognised(tmp_path: Path, line: Any, known: bool) -> None:
    assert recognise(write(tmp_path, line)) is known


def test_the_registry_finds_it(tmp_path: Path) -> None:
    assert recognised(write(tmp_path, GOOD)) is FORMAT


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({**GOOD, "spans": [{"start": 7, "end": 99, "label": "X"}]}, "foreign_offsets"),
        ({**GOOD, "spans": [{"start": 7, "label": "X"}]}, "foreign_missing"),
        ({**GOOD, "spans": [{"token_start": 2, "token_end": 99, "label": "X"}]}, "foreign_missing"),
        ({**GOOD, "spans": [{**PER, "id": "a"}, {**LOC, "id": "a"}]}, "foreign_twice"),
        ({**GOOD, "spans": 7}, "foreign_malformed"),
        ({"spans": []}, "foreign_malformed"),
        ({"text": 7}, "foreign_malformed"),
        (json.dumps(GOOD)[:-20], "foreign_cut_short"),
        ('["x"]', "foreign_malformed"),
        ("[" * 100_000, "foreign_"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: Any, key: str) -> None:
    with pytest.raises(UserError, match=key) as error:
        list(read(write(tmp_path, {"text": "x", "spans": []}, "", line)))

    assert str(error.value.params["place"]).startswith("3")


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1256"])
def test_another_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"text": "قال", "spans": []}'.encode(encoding))

    with pytest.raises(UserError, match="foreign_encoding"):
        list(read(path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats(allow_nan=False) | st.sampled_from(["a", "PER", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*GOOD, *PER, "accept", "document_tags", "entities", "id", "cats"]), inner)
    ),
    max_leaves=8,
)


@given(
    line=st.dictionaries(st.sampled_from([*GOOD, "accept", "entities", "document_tags", "cats", "label"]), VALUES),
    span=st.dictionaries(st.sampled_from([*PER, "id", "text", "attributes", "note", "entity"]), VALUES),
)
@FEW
def test_whatever_is_in_a_line_is_read_or_refused(tmp_path: Path, line: Any, span: Any) -> None:
    path = write(tmp_path, {**GOOD, **line}, {**GOOD, "spans": [{**PER, **span}]}, line)
    recognise(path)

    with suppress(UserError):
        for document in read(path):
            assert all(tag.label and (tag.quote or tag.end <= len(document.text)) for tag in document.tags)


@given(data=st.data())
@FEW
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(json.dumps(GOOD, ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw)

    with suppress(UserError):
        list(read(path))
