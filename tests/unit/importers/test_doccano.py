# SPDX-License-Identifier: MIT
"""doccano's own exports, lines and zips, and what is wrong with a file."""

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import safety
from annotator.importers.doccano import FORMAT, read, recognise
from annotator.importers.registry import recognised
from annotator.model import exchange
from annotator.model.exchange import Skipped

TEXT = "التقى بأردوغان في أنقرة 😀."
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PLAIN = {"id": 12, "text": TEXT, "label": [[7, 14, "PER"], [18, 23, "LOC"]], "Comments": ["راجع"], "outlet": None}
GOOD = {
    "id": 12,
    "text": TEXT,
    "entities": [
        {"id": 40, "label": "PER", "start_offset": 7, "end_offset": 14},
        {"id": 41, "label": "LOC", "start_offset": 18, "end_offset": 23},
    ],
    "relations": [{"id": 3, "from_id": 40, "to_id": 41, "type": "IN"}],
    "Comments": [{"id": 1, "comment": "راجع"}],
    "url": "https://example.org/1",
    "date": 2022,
}


def write(folder: Path, *lines: Any, name: str = "x.jsonl") -> Path:
    path = folder / name
    said = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(said), encoding="utf-8")
    return path


def zipped(folder: Path, **members: list[Any]) -> Path:
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, lines in members.items():
            file.writestr(f"{name}.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    return path


def one(folder: Path, line: Any) -> exchange.Document:
    [document] = read(write(folder, line))
    return document


def test_sequence_labelling(tmp_path: Path) -> None:
    document = one(tmp_path, PLAIN)

    assert (document.id, document.text, document.outlet) == ("12", TEXT, "")
    assert [(tag.label, tag.start, tag.end) for tag in document.tags] == [("PER", 7, 14), ("LOC", 18, 23)]
    assert document.skipped == {Skipped.COMMENT: 1}


def test_relations(tmp_path: Path) -> None:
    document = one(tmp_path, GOOD)

    assert [(tag.id, tag.label, tag.start, tag.end) for tag in document.tags] == [
        ("40", "PER", 7, 14),
        ("41", "LOC", 18, 23),
    ]
    assert [(r.type, r.source, r.target) for r in document.relations] == [("IN", "40", "41")]
    assert (document.url, document.date) == ("https://example.org/1", "2022")


@pytest.mark.parametrize(
    "line",
    [
        {"text": TEXT, "entities": [[7, 14, "PER"]], "cats": ["سفر"]},
        {"text": TEXT, "labels": [[7, 14, "PER"]], "label": ["سفر"]},
        {"data": TEXT, "label": [[7, 14, "PER"], "سفر"]},
        {"text": TEXT, "label": "سفر", "entities": [{"start_offset": 7, "end_offset": 14, "label": "PER"}]},
    ],
)
def test_other_layouts(tmp_path: Path, line: Any) -> None:
    document = one(tmp_path, line)

    assert recognise(write(tmp_path, line))
    assert document.text == TEXT
    assert [(tag.label, tag.start, tag.end) for tag in document.tags] == [("PER", 7, 14)]
    assert [tag.label for tag in document.document_tags] == ["سفر"]


def test_a_list_of_documents(tmp_path: Path) -> None:
    path = write(tmp_path, [{"id": 1, "text": "أ", "label": ["x"]}, {"id": 2, "text": "ب", "label": []}], name="x.json")

    assert recognised(path) is FORMAT
    assert [(d.text, [tag.label for tag in d.document_tags]) for d in read(path)] == [("أ", ["x"]), ("ب", [])]


def test_a_zip_of_one_file(tmp_path: Path) -> None:
    path = zipped(tmp_path, all=[PLAIN, {**PLAIN, "id": 13}])

    assert recognised(path) is FORMAT
    assert [(d.id, {tag.annotator for tag in d.tags}) for d in read(path)] == [("12", {""}), ("13", {""})]


def test_a_zip_of_several_users(tmp_path: Path) -> None:
    second, third = {**GOOD, "id": 13}, {**GOOD, "id": 14}
    path = zipped(tmp_path, sami=[GOOD, third], layla=[GOOD, second, third])

    documents = list(read(path))

    assert [d.id for d in documents] == ["12", "13", "14"]
    assert [sorted({tag.annotator for tag in d.tags}) for d in documents] == [
        ["layla", "sami"],
        ["layla"],
        ["layla", "sami"],
    ]
    assert [r.annotator for r in documents[0].relations] == ["layla", "sami"]
    assert len({tag.id for tag in documents[0].tags}) == 4


@pytest.mark.parametrize(
    ("line", "known"),
    [
        (PLAIN, True),
        (GOOD, True),
        ({"text": "x"}, False),
        ({"text": 1, "label": []}, False),
        ({"label": []}, False),
        ("7", False),
        ("{", False),
        ("", False),
    ],
)
def test_it_is_recognised(tmp_path: Path, line: Any, known: bool) -> None:
    assert recognise(write(tmp_path, line)) is known


def _entity(**more: Any) -> dict[str, Any]:
    return {"text": TEXT, "entities": [{"id": 1, "label": "X", "start_offset": 0, "end_offset": 2, **more}]}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({"text": TEXT, "label": [[7, 99, "X"]]}, "foreign_offsets"),
        ({"text": TEXT, "label": [[-1, 2, "X"]]}, "foreign_offsets"),
        ({"text": TEXT, "label": [[3, 3, "X"]]}, "foreign_offsets"),
        ({"text": TEXT, "label": [[0, 2]]}, "foreign_malformed"),
        ({"text": TEXT, "label": [[0, 2, None]]}, "foreign_malformed"),
        ({"text": TEXT, "label": [7]}, "foreign_malformed"),
        ({"text": TEXT, "label": 7}, "foreign_malformed"),
        (_entity(start_offset="a"), "foreign_malformed"),
        (_entity(label=""), "foreign_malformed"),
        ({**GOOD, "entities": GOOD["entities"] * 2}, "foreign_twice"),
        ({**GOOD, "relations": [{"from_id": 40, "to_id": 99, "type": "X"}]}, "foreign_missing"),
        ({**GOOD, "relations": [{"from_id": 40}]}, "foreign_malformed"),
        ({"label": []}, "foreign_missing"),
        (json.dumps(GOOD)[:-20], "foreign_cut_short"),
        ("[" * 100_000, "foreign_malformed"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: Any, key: str) -> None:
    with pytest.raises(UserError, match=key) as error:
        list(read(write(tmp_path, PLAIN, "", line)))

    assert str(error.value.params["place"]).startswith("3")
    with pytest.raises(UserError) as error:
        list(read(zipped(tmp_path, all=[PLAIN, line])))
    assert "all.jsonl:2" in str(error.value.params["place"])


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1256"])
def test_another_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"text": "قال", "label": []}'.encode(encoding))

    with pytest.raises(UserError, match="foreign_encoding"):
        list(read(path))


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_PART", 10_000)

    with pytest.raises(UserError, match="foreign_too_long") as error:
        list(read(write(tmp_path, PLAIN, {"text": "x" * 20_000, "label": []})))

    assert error.value.params["place"] == "2"


def test_a_zip_without_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("x.txt", "x")

    assert not recognise(path)
    with pytest.raises(UserError, match="foreign_missing"):
        list(read(path))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UserError, match="foreign_cut_short"):
        list(read(path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats(allow_nan=False) | st.sampled_from(["a", "PER", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "label", "start_offset", "end_offset", "from_id", "to_id", "type"]), inner
        )
    ),
    max_leaves=8,
)


@given(line=st.dictionaries(st.sampled_from([*GOOD, "label", "labels", "cats", "data", "article_id"]), VALUES))
@FEW
def test_whatever_is_in_a_line_is_read_or_refused(tmp_path: Path, line: Any) -> None:
    path = write(tmp_path, {**GOOD, **line}, line)
    recognise(path)

    for file in (path, zipped(tmp_path, a=[{**GOOD, **line}, line], b=[GOOD])):
        with suppress(UserError):
            for document in read(file):
                assert all(tag.label and tag.end <= len(document.text) for tag in document.tags)


@given(data=st.data())
@FEW
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = zipped(tmp_path, sami=[GOOD]) if data.draw(st.booleans()) else write(tmp_path, GOOD, PLAIN)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw)

    with suppress(UserError):
        recognise(path)
        list(read(path))
