# SPDX-License-Identifier: MIT
"""Our own JSONL gives everything back, and its reader takes nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportSource, run_export
from annotator.importers.jsonl import FORMAT, Counts, read_jsonl


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
        (1, {"format": "someones-jsonl/3"}, "does not say that the file is tawsim-jsonl/3"),
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


@pytest.mark.parametrize("line", [1, 2])
def test_a_line_that_is_too_deep_is_refused(exported: Path, line: int) -> None:
    rows = exported.read_bytes().splitlines(keepends=True)
    rows[line - 1] = rows[line - 1][:-2] + b',"more":' + b"[" * 100_000 + b"\n"
    exported.write_bytes(b"".join(rows))

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(exported)

    assert error.value.params["line"] == line


def test_a_file_cut_at_the_end_of_a_line_is_noticed(exported: Path) -> None:
    exported.write_bytes(b"".join(exported.read_bytes().splitlines(keepends=True)[:-1]))

    with pytest.raises(UserError, match=r"5 articles, 14 tags, .* announced, 4 articles, 14 tags"):
        read_jsonl(exported)


@pytest.fixture
def exported_full(full: ExportSource, tmp_path: Path) -> Path:
    path = tmp_path / "full.jsonl"
    run_export(full, "jsonl", path)
    return path


def test_all_that_a_project_holds_comes_back(full: ExportSource, exported_full: Path) -> None:
    header, articles = read_jsonl(exported_full)

    assert articles == list(full.articles())
    assert {actor.id: actor for actor in header.actors} == full.actors
    assert {event.id: event for event in header.events} == full.events
    assert header.counts == Counts(articles=1, tags=9, relations=6, document_tags=1)


def test_what_says_nothing_is_not_in_the_file(exported_full: Path) -> None:
    header, line = [json.loads(line) for line in exported_full.read_text(encoding="utf-8").splitlines()]

    spans = {span["start"]: span for span in line["spans"]}
    plain = {"id", "label_id", "start", "end", "quote", "note", "origin", "annotator_id", "created_at"}
    assert spans[29].keys() == plain
    assert spans[0].keys() == plain | {"certainty", "event_id", "pieces"}
    assert spans[17].keys() == plain | {"attributes", "actor_id"}
    assert spans[64].keys() == plain | {"certainty", "event_id"}
    assert header["actors"][0].keys() == {"id", "name_ar", "name_en", "annotator_id", "created_at", "kind", "aliases"}


def test_the_state_of_the_scheme_is_kept(full: ExportSource, tmp_path: Path) -> None:
    source = replace(full, scheme=replace(full.scheme, version=17))

    run_export(source, "jsonl", tmp_path / "x.jsonl")

    assert read_jsonl(tmp_path / "x.jsonl")[0].scheme == source.scheme


def test_files_of_the_first_format_are_read(corpus: ExportSource, exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").split("\n")
    header = json.loads(lines[0]) | {"format": "tawsim-jsonl/1"}
    for name in ("relations", "document_tags", "scheme_version", "actors", "events"):
        del header[name]
    exported.write_text("\n".join([json.dumps(header), *lines[1:]]), encoding="utf-8", newline="\n")

    header, articles = read_jsonl(exported)

    assert articles == list(corpus.articles())
    assert (header.actors, header.events) == ((), ())


@pytest.mark.parametrize(
    ("path", "value", "detail"),
    [
        (("spans", 1, "actor_id"), "9" * 32, f"there is no actor {'9' * 32}"),
        (("spans", 1, "event_id"), "1" * 32, f"there is no event {'1' * 32}"),
        (("spans", 1, "label_id"), "ACTORS", "there is no label ACTORS"),
        (("spans", 1, "annotator_id"), "z", "there is no annotator z"),
        (("spans", 1, "id"), "e" * 32, "two tags have the same id"),
        (("spans", 1, "certainty"), "perhaps", "Invalid enum value 'perhaps' - at `$.spans[1].certainty`"),
        (("spans", 1, "attributes"), {"mention": None}, "got `null` - at `$.spans[1].attributes"),
        (("spans", 1, "attributes"), {"mention": ["a", 1]}, "Expected `str`, got `int` - at `$.spans[1].attributes"),
        (("spans", 0, "pieces"), [[0, 69]], "is not made of the pieces"),
        (("spans", 0, "pieces"), [[0, 4], [4, 69]], "is not made of the pieces"),
        (("spans", 0, "pieces"), [[64, 69], [0, 4]], "is not made of the pieces"),
        (("spans", 0, "pieces"), [[0, 4], [5, 68]], "is not made of the pieces"),
        (("spans", 0, "pieces"), [[0, 4], [6, 5], [64, 69]], "is not made of the pieces"),
        (("spans", 0, "pieces"), [[0, 4, 9]], "length 2 - at `$.spans[0].pieces[0]`"),
        (("relations", 0, "type_id"), "KNOWS", "there is no relation KNOWS"),
        (("relations", 0, "source_id"), "9", "there is no tag 9"),
        (("relations", 0, "target_span_id"), "9", "there is no tag 9"),
        (("relations", 0, "target_actor_id"), "1" * 32, "leads to more than one end"),
        (("relations", 3, "target_actor_id"), "9", "there is no actor 9"),
        (("relations", 4, "target_event_id"), "9", "there is no event 9"),
        (("relations", 0, "weight"), 1, "unknown field `weight` - at `$.relations[0]`"),
        (("document_tags", 0, "label_id"), "mood", "there is no document label mood"),
        (("document_tags", 0, "origin"), "", "Invalid enum value '' - at `$.document_tags[0].origin`"),
        (("relations",), {}, "Expected `array`, got `object` - at `$.relations`"),
    ],
)
def test_what_does_not_fit_is_named(
    exported_full: Path, path: tuple[str | int, ...], value: object, detail: str
) -> None:
    lines = exported_full.read_text(encoding="utf-8").split("\n")
    record = json.loads(lines[1])
    *way, last = path
    part = record
    for step in way:
        part = part[step]
    part[last] = value
    exported_full.write_text("\n".join([lines[0], json.dumps(record), ""]), encoding="utf-8", newline="\n")

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(exported_full)

    assert error.value.params["line"] == 2
    assert detail in str(error.value.params["detail"])


@pytest.mark.parametrize(
    ("values", "detail"),
    [
        ({"relations": 5}, "5 relations, 1 document tags announced"),
        ({"document_tags": 0}, "0 document tags announced"),
        ({"actors": [{"id": "1"}]}, "missing required field `name_ar` - at `$.actors[0]`"),
        ({"events": [{"name": "x"}]}, "at `$.events[0]`"),
        ({"scheme_version": "1"}, "at `$.scheme_version`"),
        ({"annotators": [{"id": 1, "name": "x"}]}, "at `$.annotators[0].id`"),
        ({"project": {}}, "missing required field `id` - at `$.project`"),
    ],
)
def test_a_first_line_that_does_not_fit_is_named(exported_full: Path, values: dict[str, object], detail: str) -> None:
    _changed(exported_full, 1, **values)

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(exported_full)

    assert error.value.params["line"] == 1
    assert detail in str(error.value.params["detail"])


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"null", b'{"format": 1}', b"\xff", b"{", b'"tawsim-jsonl/3"', b"[" * 100_000]
)
def test_a_first_line_that_is_none(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(line + b"\n")

    with pytest.raises(UserError, match="jsonl_invalid") as error:
        read_jsonl(tmp_path / "x.jsonl")

    assert error.value.params["line"] == 1
