# SPDX-License-Identifier: MIT
"""Our own JSONL gives everything back, and its reader takes nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportSource, run_export
from annotator.exporters.jsonl import FORMAT, read_jsonl


@pytest.fixture
def exported(corpus: ExportSource, tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    run_export(corpus, "jsonl", path)
    return path


def test_everything_comes_back(corpus: ExportSource, exported: Path) -> None:
    header, articles = read_jsonl(exported)

    assert articles == list(corpus.articles())
    assert header.scheme == corpus.scheme
    assert {one.id: one.name for one in header.annotators} == corpus.annotators
    assert (header.project_id, header.project_name) == (corpus.project_id, corpus.project_name)
    assert (header.counts.articles, header.counts.tags) == (5, 14)


def test_every_line_is_json_however_lines_are_split(exported: Path) -> None:
    first, *lines = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]

    assert first["format"] == FORMAT
    assert [line["position"] for line in lines] == [1, 2, 3, 4, 5]
    assert lines[0]["spans"][4] | {"id": ""} == {
        "id": "",
        "label_id": "ACTOR",
        "start": 85,
        "end": 92,
        "quote": "أردوغان",
        "note": "",
        "origin": "manual",
        "annotator_id": "a" * 32,
        "created_at": "2026-01-02T03:04:05.678Z",
    }


def test_arabic_is_readable_in_the_file(exported: Path) -> None:
    assert "بيني غانتس" in exported.read_text(encoding="utf-8")


def test_a_project_without_articles_is_a_header(corpus: ExportSource, tmp_path: Path) -> None:
    source = replace(corpus, count=0, articles=lambda: iter(()))

    report = run_export(source, "jsonl", tmp_path / "none.jsonl")

    assert (report.articles, report.tags_in, report.tags_out) == (0, 0, 0)
    assert read_jsonl(tmp_path / "none.jsonl")[1] == []


def _changed(path: Path, number: int, **values: object) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    record = json.loads(lines[number - 1]) | values
    lines[number - 1] = json.dumps(record)
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("line", "values", "detail"),
    [
        (1, {"format": "tawsim-jsonl/3"}, "does not say that the file is tawsim-jsonl/2"),
        (1, {"more": 1}, "unknown field `more`"),
        (1, {"articles": 6}, "6 articles, 14 tags, 0 relations, 0 document tags announced, 5 articles, 14 tags"),
        (1, {"tags": "14"}, "Expected `int`, got `str` - at `$.tags`"),
        (1, {"scheme": {}}, "scheme_unreadable"),
        (2, {"position": "1"}, "Expected `int`, got `str` - at `$.position`"),
        (2, {"exact": 1}, "Expected `bool`, got `int` - at `$.exact`"),
        (2, {"more": 1}, "unknown field `more`"),
        (2, {"state": "finished"}, "Invalid enum value 'finished' - at `$.state`"),
        (2, {"text": "short"}, "5 characters"),
        (2, {"text": None}, "Expected `str`, got `null` - at `$.text`"),
        (2, {"spans": None}, "Expected `array`, got `null` - at `$.spans`"),
        (2, {"spans": [{"id": "x"}]}, "missing required field `label_id` - at `$.spans[0]`"),
    ],
)
def test_a_wrong_line_is_named(exported: Path, line: int, values: dict[str, object], detail: str) -> None:
    _changed(exported, line, **values)

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(exported)

    assert error.value.params["line"] == line
    assert detail in str(error.value.params["detail"])


@pytest.mark.parametrize(
    ("values", "detail"),
    [
        ({"start": 17.0}, "Expected `int`, got `float` - at `$.spans[0].start`"),
        ({"note": None}, "Expected `str`, got `null` - at `$.spans[0].note`"),
        ({"more": 1}, "unknown field `more` - at `$.spans[0]`"),
        ({"end": 999}, "quote is not the text"),
        ({"start": 18}, "quote is not the text"),
        ({"start": -130}, "quote is not the text"),
        ({"origin": "guessed"}, "Invalid enum value 'guessed' - at `$.spans[0].origin`"),
    ],
)
def test_a_wrong_tag_is_named(exported: Path, values: dict[str, object], detail: str) -> None:
    spans = json.loads(exported.read_text(encoding="utf-8").split("\n")[1])["spans"]
    _changed(exported, 2, spans=[spans[0] | values, *spans[1:]])

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(exported)

    assert detail in str(error.value.params["detail"])


@pytest.mark.parametrize("kept", [0, 100, 3000, -40, -1])
def test_a_file_cut_short_is_noticed(exported: Path, kept: int) -> None:
    exported.write_bytes(exported.read_bytes()[:kept])

    with pytest.raises(UserError, match="jsonl_invalid"):
        read_jsonl(exported)


def test_a_file_cut_at_the_end_of_a_line_is_noticed(exported: Path) -> None:
    exported.write_bytes(b"".join(exported.read_bytes().splitlines(keepends=True)[:-1]))

    with pytest.raises(UserError, match=r"5 articles, 14 tags, .* announced, 4 articles, 14 tags"):
        read_jsonl(exported)
