# SPDX-License-Identifier: MIT
"""Items of a JSON list come one by one, wherever the file is cut into chunks."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import json_items, safety
from annotator.importers.json_items import first_item, read_items

FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.integers(-3, 3) | st.text('a"\\[]{},: \nع😀', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('"\\]', max_size=2), inner, max_size=2),
    max_leaves=8,
)


@given(
    items=st.lists(JSON, max_size=4), chunk=st.integers(1, 9), ascii_only=st.booleans(), indent=st.none() | st.just(1)
)
@FEW
def test_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, items: list[Any], chunk: int, ascii_only: bool, indent: int | None
) -> None:
    path = tmp_path / "x.json"
    path.write_text("\ufeff\n " + json.dumps(items, ensure_ascii=ascii_only, indent=indent) + "\n", encoding="utf-8")
    monkeypatch.setattr(json_items, "_CHUNK", chunk)

    found = list(read_items(path))

    assert [json.loads(item) for _, item in found] == items
    assert [place for place, _ in found] == [f"[{number}]" for number in range(1, len(items) + 1)]


@pytest.mark.parametrize("chunk", [1, 1 << 20])
@pytest.mark.parametrize(
    ("raw", "key", "place"),
    [
        (b"[1,", "foreign_cut_short", "[2]"),
        (b'["a', "foreign_cut_short", "[1]"),
        (b'["a\\', "foreign_cut_short", "[1]"),
        (b"[{]", "foreign_cut_short", "[1]"),
        (b"[1,]", "foreign_malformed", "[2]"),
        (b"[,1]", "foreign_malformed", "[1]"),
        (b"[}", "foreign_malformed", "[1]"),
        (b"[1] x", "foreign_malformed", "[2]"),
        (b"", "foreign_malformed", "[1]"),
        (b"  7", "foreign_malformed", "[1]"),
        (b"\xff\xfe[\0]\0", "foreign_encoding", ""),
        (b'[1, "\xe3"]', "foreign_encoding", "[2]"),
    ],
)
def test_what_is_no_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes, key: str, place: str, chunk: int
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(raw)
    monkeypatch.setattr(json_items, "_CHUNK", chunk)

    with pytest.raises(UserError, match=key) as error:
        list(read_items(path))

    assert (error.value.params["path"], error.value.params["place"]) == (path, place)


def test_an_item_without_end_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'[1, "' + b"x" * 100_000)
    monkeypatch.setattr(safety, "LARGEST_PART", 10_000)
    monkeypatch.setattr(json_items, "_CHUNK", 1_000)

    with pytest.raises(UserError, match="foreign_too_long") as error:
        list(read_items(path))

    assert error.value.params["place"] == "[2]"


def test_an_object_alone_is_one_item(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(' {"a": [1, 2]}\n', encoding="utf-8")

    assert [json.loads(item) for _, item in read_items(path)] == [{"a": [1, 2]}]
    assert first_item(path) == '{"a": [1, 2]}\n'
    assert first_item(tmp_path / "none.json") is None
