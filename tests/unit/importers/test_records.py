# SPDX-License-Identifier: MIT
"""Articles in JSON and JSONL: what is read, and what bad files do."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.importers.columns import Columns, ImportOptions
from annotator.importers.previews import table_preview


def record(text: str, number: int = 1) -> dict[str, Any]:
    return {
        "title": f"خبر {number}",
        "source": {"id": None, "name": "الحرة"},
        "content": f"{text} {number}",
        "authors": [{"name": "ليلى"}, {"name": "سامي"}],
        "publishedAt": f"2024-05-0{number}T10:00:00Z",
        "link": "https://x.org/1",
        "views": 5,
    }


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "held.json", "a.ndjson"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_records(tmp_path: Path, read, text, name: str, encoding: str) -> None:
    made = [record(text, number) for number in (1, 2, 3)]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in made)
    held = json.dumps({"status": "ok", "tags": ["a", "b"], "data": {"articles": made}}, ensure_ascii=False)
    content = {"a.json": json.dumps(made, ensure_ascii=False), "held.json": held}.get(name, lines)
    (tmp_path / name).write_bytes(content.encode(encoding))
    articles, unread = read(tmp_path / name)
    assert unread == []
    assert [(one.place, one.decoded.text) for one in articles] == [(str(n), f"{text} {n}") for n in (1, 2, 3)]
    first = articles[0]
    assert (first.title, first.outlet, first.author) == ("خبر 1", "الحرة", "ليلى, سامي")
    assert (first.url, first.date) == ("https://x.org/1", "2024-05-01")
    preview = table_preview(tmp_path / name)
    assert preview.guessed == Columns("content", "title", "source.name", "link", "authors.name", "publishedAt")


def test_one_record_and_bare_texts(tmp_path: Path, read, text) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"title": "x", "text": [text, text]}), encoding="utf-8")
    (article,), _ = read(tmp_path / "a.json")
    assert (article.title, article.decoded.text) == ("x", f"{text}\n{text}")
    (tmp_path / "b.json").write_text(json.dumps([text, f"{text} 2"]), encoding="utf-8")
    assert [one.place for one in read(tmp_path / "b.json")[0]] == ["1", "2"]


def test_the_user_names_nested_keys(tmp_path: Path, read, text) -> None:
    made = [{"a": {"b": {"c": text}}, "text": "x"}]
    (tmp_path / "a.json").write_text(json.dumps(made), encoding="utf-8")
    (article,), _ = read(tmp_path / "a.json", ImportOptions(columns=Columns(text="a.b.c")))
    assert article.decoded.text == text


def test_wrong_lines_are_left_out_and_told(tmp_path: Path, read, text) -> None:
    good = json.dumps({"text": text}, ensure_ascii=False)
    lines = ['{"text": ', good, "[1]", "", '{"title": "x"}', '{"text": "a\\ud800b"}', "[" * 100_000]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, unread = read(tmp_path / "a.jsonl")
    assert [one.place for one in articles] == ["2"]
    assert [(one.place, one.error.key) for one in unread] == [
        ("1", "record_broken"), ("3", "record_unfit"), ("5", "row_without_text"), ("6", "table_broken"),
        ("7", "record_broken"),
    ]  # fmt: skip


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path, read, text) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n' + json.dumps({"text": text}).encode())
    articles, (unread,) = read(tmp_path / "a.jsonl")
    assert ([one.place for one in articles], unread.place, unread.error.key) == (["2"], "1", "part_too_long")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file_empty"),
        (b"[", "record_broken"),
        (b'[{"text": "a"},', "record_broken"),
        (b"[" * 100_000, "record_broken"),
        (b'{"a":' * 100_000, "record_broken"),
        (b'[{"n": ' + b"9" * 5_000 + b"}]", "record_broken"),
        (b"5", "records_missing"),
        (b"[]", "records_missing"),
        (b"{}", "records_missing"),
        (b"null", "records_missing"),
        (b"[1, 2, NaN]", "record_unfit"),
        (b'[{"a": 1, "b": 2}]', "columns_unknown"),
        (b'[{"text": null}, {"text": ""}]', "columns_unknown"),
        (bytes(range(256)), "file_binary"),
    ],
)
def test_bad_json(tmp_path: Path, read, content: bytes, key: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    articles, unread = read(tmp_path / "a.json")
    assert (articles, unread[0].error.key) == ([], key)


def test_what_is_nested_too_deep_is_left_out(tmp_path: Path, read, text) -> None:
    nest = '{"a":' * 900 + "1" + "}" * 900
    (tmp_path / "a.json").write_text(f'[{{"text": "{text}", "more": {nest}}}]', encoding="utf-8")
    assert len(read(tmp_path / "a.json")[0]) == 1


def test_a_json_file_that_is_too_large(tmp_path: Path, read) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(100_000_000)
    assert read(tmp_path / "a.json")[1][0].error.key == "file_too_large"
