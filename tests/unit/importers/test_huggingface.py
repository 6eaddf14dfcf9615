# SPDX-License-Identifier: MIT
"""Datasets of others: labelled tokens, lists of entities, and files that are none."""

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import huggingface

NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


def _classes(names: list[str], kind: str = "Sequence") -> dict[str, Any]:
    return {"feature": {"names": names, "_type": "ClassLabel"}, "_type": kind}


def _dataset(folder: Path, rows: list[dict], features: dict | None = None, name: str = "train.parquet") -> Path:
    table = pa.Table.from_pylist(rows)
    if features is not None:
        raw = json.dumps({"info": {"features": features}})
        table = table.replace_schema_metadata({"huggingface": raw})
    (folder / name).parent.mkdir(exist_ok=True)
    pq.write_table(table, folder / name)
    return folder


TOKENS = {"id": "7", "tokens": ["زار", "بيني", "غانتس", "أنقرة", "."], "ner_tags": [0, 1, 2, 3, 0]}


@pytest.mark.parametrize("kind", ["Sequence", "List", "LargeList"])
def test_labelled_tokens(kind: str, tmp_path: Path) -> None:
    path = _dataset(tmp_path, [TOKENS], {"ner_tags": _classes(NAMES, kind)})
    [document] = huggingface.read(path)

    assert huggingface.recognise(path)
    assert document.rebuilt
    assert (document.id, document.text) == ("7", "زار بيني غانتس أنقرة.")
    assert [(tag.label, tag.quote) for tag in document.tags] == [("PER", "بيني غانتس"), ("LOC", "أنقرة")]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["B-A", "I-A", "B-A", "O", "I-B"], [("A", 0, 5), ("A", 6, 8), ("B", 12, 14)]),
        (["B-A", "I-A", "L-A", "O", "U-B"], [("A", 0, 8), ("B", 12, 14)]),
        (["B-A", "M-A", "E-A", "O", "S-B"], [("A", 0, 8), ("B", 12, 14)]),
        (["A", "A", "O", "B", "B"], [("A", 0, 5), ("B", 9, 14)]),
        (["O", "O", "O", "O", "O"], []),
    ],
)
def test_ways_to_label_tokens(labels: list[str], found: list[tuple], tmp_path: Path) -> None:
    path = _dataset(tmp_path, [{"words": ["aa", "bb", "cc", "dd", "ee"], "tags": labels}])
    [document] = huggingface.read(path)

    assert [(tag.label, tag.start, tag.end) for tag in document.tags] == found


def test_tokens_in_a_text(tmp_path: Path) -> None:
    path = _dataset(tmp_path, [{**TOKENS, "text": "زار  بيني غانتس أنقرة ."}], {"ner_tags": _classes(NAMES)})
    [document] = huggingface.read(path)

    assert not document.rebuilt
    assert [(tag.start, tag.quote) for tag in document.tags] == [(5, "بيني غانتس"), (16, "أنقرة")]


@pytest.mark.parametrize(
    "entities",
    [
        [{"start": 4, "end": 8, "label": "PER", "text": "بيني"}],
        [{"start_offset": 4, "end_offset": 8, "type": "PER", "word": "بيني"}],
        {"start": [4], "end": [8], "label": ["PER"]},
    ],
)
def test_lists_of_entities(entities: Any, tmp_path: Path) -> None:
    [document] = huggingface.read(_dataset(tmp_path, [{"text": "زار بيني", "entities": entities}]))

    [tag] = document.tags
    assert (tag.label, tag.start, tag.end) == ("PER", 4, 8)


def test_the_splits_in_order(tmp_path: Path) -> None:
    for split in ("test", "train", "validation"):
        row = {**TOKENS, "id": split}
        _dataset(tmp_path, [row], {"ner_tags": _classes(NAMES)}, f"data/{split}-00000-of-00001.parquet")

    assert [one.id for one in huggingface.read(tmp_path)] == ["train", "validation", "test"]


def _refused(path: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        list(huggingface.read(path))
    return refused.value


@pytest.mark.parametrize(
    ("row", "features", "key"),
    [
        ({"a": 1}, None, "foreign_missing"),
        (TOKENS, None, "foreign_malformed"),
        ({**TOKENS, "ner_tags": [0, 1, 2, 3, 9]}, {"ner_tags": _classes(NAMES)}, "foreign_malformed"),
        ({**TOKENS, "ner_tags": [0, 1]}, {"ner_tags": _classes(NAMES)}, "foreign_malformed"),
        ({**TOKENS, "ner_tags": "O"}, {"ner_tags": _classes(NAMES)}, "foreign_malformed"),
        ({"text": "a", "entities": [{"start": 0, "end": 2, "label": "A"}]}, None, "foreign_offsets"),
        ({"text": "a", "entities": [{"start": "0", "end": 1, "label": "A"}]}, None, "foreign_malformed"),
        ({"text": "a", "entities": [{"label": "A"}]}, None, "foreign_malformed"),
        ({"text": "a", "entities": [1]}, None, "foreign_malformed"),
        ({"text": "a", "entities": {"start": [0, 1], "end": [1]}}, None, "foreign_malformed"),
        (
            {"text": "a", "entities": [], "relations": [{"type": "R", "head": 0, "tail": 1}]},
            None,
            "foreign_malformed",
        ),
        (
            {"text": "ab", "entities": [{"id": "x", "start": 0, "end": 1, "label": "A"}] * 2},
            None,
            "foreign_twice",
        ),
    ],
)
def test_what_is_wrong_is_told(row: dict, features: dict | None, key: str, tmp_path: Path) -> None:
    assert _refused(_dataset(tmp_path, [row], features)).key == key


def test_a_document_twice(tmp_path: Path) -> None:
    assert _refused(_dataset(tmp_path, [TOKENS] * 2, {"ner_tags": _classes(NAMES)})).key == "foreign_twice"


def test_masked_tokens_are_outside(tmp_path: Path) -> None:
    row = {**TOKENS, "ner_tags": [-100, 1, 2, -100, 0]}
    [document] = huggingface.read(_dataset(tmp_path, [row], {"ner_tags": _classes(NAMES)}))

    assert [tag.quote for tag in document.tags] == ["بيني غانتس"]


def test_no_parquet(tmp_path: Path) -> None:
    assert not huggingface.recognise(tmp_path)
    assert _refused(tmp_path).key == "foreign_missing"
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    assert _refused(tmp_path).key == "foreign_cut_short"


def test_a_footer_that_is_none(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([TOKENS])
    for raw, key in (
        (b'{"a": "\xff"}', "foreign_encoding"),
        ("{", "foreign_cut_short"),
        ("[]", "foreign_malformed"),
        ('{"info": 3}', "foreign_malformed"),
    ):
        pq.write_table(table.replace_schema_metadata({"huggingface": raw}), tmp_path / "x.parquet")
        assert _refused(tmp_path).key == key


def test_a_group_of_rows_without_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(huggingface, "_LARGEST_GROUP", 10)

    assert _refused(_dataset(tmp_path, [TOKENS], {"ner_tags": _classes(NAMES)})).key == "foreign_too_long"


def _raw() -> bytes:
    file = io.BytesIO()
    table = pa.Table.from_pylist([TOKENS, {**TOKENS, "id": "8"}])
    raw = json.dumps({"info": {"features": {"ner_tags": _classes(NAMES)}}})
    pq.write_table(table.replace_schema_metadata({"huggingface": raw}), file, compression="zstd")
    return file.getvalue()


_PARQUET = _raw()


@given(st.integers(0, len(_PARQUET)), st.binary(min_size=1, max_size=4), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(at: int, made: bytes, cut: bool) -> None:
    raw = _PARQUET[:at] + made + (b"" if cut else _PARQUET[at + len(made) :])
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "train.parquet").write_bytes(raw)
        try:
            list(huggingface.read(Path(folder)))
        except UserError as error:
            assert error.key.startswith("foreign_")  # noqa: PT017


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.text(max_size=3) | st.sampled_from(["O", "B-A"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["start", "end", "label"]), inner),
    max_leaves=6,
)
_COLUMNS = st.sampled_from(["text", "tokens", "ner_tags", "entities", "relations", "document_tags", "id", "attributes"])


@given(st.lists(st.dictionaries(_COLUMNS, _VALUES), min_size=1, max_size=2))
@settings(max_examples=100, deadline=None)
def test_any_rows_are_read_or_refused(rows: list[dict]) -> None:
    reader = huggingface.RowReader(["text", *rows[0]], {"ner_tags": NAMES}, Path("x"))
    for row in rows:
        try:
            reader.document(row, "1")
        except UserError as error:
            assert error.key.startswith("foreign_")  # noqa: PT017
