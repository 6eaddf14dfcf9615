# SPDX-License-Identifier: MIT
"""GLiNER: every number points to what it should, and what its trainer would cut is counted."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.errors import UserError
from annotator.exporters import (
    Clitics,
    ExportOptions,
    ExportReport,
    ExportSource,
    LabelNames,
    Overlap,
    Reason,
    Unit,
    gliner,
    run_export,
)
from annotator.model.ids import LabelId


def _items(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))


def _said(item: dict[str, Any]) -> list[tuple[str, str]]:
    tokens = item["tokenized_text"]
    return [(label, " ".join(tokens[first : last + 1])) for first, last, label in item["ner"]]


def _counts(report: ExportReport) -> dict[Reason, int]:
    return {loss.reason: loss.count for loss in report.losses}


def test_tags_and_relations(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "gliner", tmp_path / "x")

    [item] = _items(tmp_path / "x")
    assert _said(item) == [
        ("ACTOR", "بيني غانتس"),
        ("ACTOR", "Benny Gantz"),
        ("ACTOR", "جانتس"),
        ("EVENT", "سيزور"),
        ("ACTOR", "أردوغان"),
        ("ACTOR", "إردوغان"),
        ("STANCE", "نرحّب ب الزيارة"),
        ("EVENT", "الزيارة"),
    ]
    assert item["relations"] == [[3, 0, "AGENT"], [3, 4, "RECIPIENT"]]
    assert set(item["ner_labels"]) >= {"ACTOR", "EVENT", "STANCE"}
    assert set(item["rel_labels"]) >= {"AGENT", "RECIPIENT"}
    assert (report.tags_in, report.tags_out, report.relations_out) == (9, 8, 2)
    assert _counts(report)[Reason.RELATION_TARGET] == 3
    assert _counts(report)[Reason.RELATION_END] == 1


def test_labels_are_phrases_if_asked(full: ExportSource, tmp_path: Path) -> None:
    options = ExportOptions(names=LabelNames.ARABIC, labels=frozenset([LabelId("ACTOR"), LabelId("EVENT")]))
    run_export(full, "gliner", tmp_path / "x", options)

    [item] = _items(tmp_path / "x")
    assert item["ner_labels"] == sorted(["فاعل", "حدث"])
    assert {label for _, _, label in item["ner"]} == {"فاعل", "حدث"}
    assert all(label in item["rel_labels"] for _, _, label in item["relations"])


@pytest.mark.parametrize(
    ("clitics", "word"), [(Clitics.SPLIT, "أردوغان"), (Clitics.EXPAND, "بأردوغان"), (Clitics.SKIP, None)]
)
def test_a_tag_after_a_proclitic(model: ExportSource, tmp_path: Path, clitics: Clitics, word: str | None) -> None:
    run_export(model, "gliner", tmp_path / "x", ExportOptions(clitics=clitics))

    [item] = _items(tmp_path / "x")
    assert [text for _, text in _said(item) if text.endswith("أردوغان")] == ([word] if word else [])


def test_long_tags_are_left_out(source_of, tmp_path: Path) -> None:
    text = " ".join(["كلمة"] * 40)
    source = source_of((text, [(0, 12 * 5 - 1, "EVENT"), (0, 13 * 5 - 1, "STANCE"), (5, 9, "ACTOR")]))

    report = run_export(source, "gliner", tmp_path / "x")

    [item] = _items(tmp_path / "x")
    assert item["ner"] == [[0, 11, "EVENT"], [1, 1, "ACTOR"]]
    assert _counts(report) == {Reason.TOO_WIDE: 1}
    assert (report.tags_in, report.tags_out) == (3, 2)


def test_of_tags_that_overlap_the_long_one_is_left_out_first(source_of, tmp_path: Path) -> None:
    source = source_of((" ".join(["كلمة"] * 40), [(0, 13 * 5 - 1, "STANCE"), (5, 9, "ACTOR")]))

    report = run_export(source, "gliner", tmp_path / "x", ExportOptions(overlap=Overlap.LONGEST))

    assert _items(tmp_path / "x")[0]["ner"] == [[1, 1, "ACTOR"]]
    assert _counts(report) == {Reason.TOO_WIDE: 1}


def test_tags_where_nobody_reads_on_are_counted(source_of, tmp_path: Path) -> None:
    text = " ".join(["كلمة"] * 400)
    tags = [(383 * 5, 383 * 5 + 4, "ACTOR"), (383 * 5, 385 * 5 - 1, "EVENT"), (390 * 5, 390 * 5 + 4, "ACTOR")]

    report = run_export(source_of((text, tags)), "gliner", tmp_path / "x")

    assert _counts(report) == {Reason.BEYOND_LENGTH: 2}
    assert (report.tags_in, report.tags_out) == (3, 3)


def test_units_and_nothing(corpus: ExportSource, source_of, tmp_path: Path) -> None:
    run_export(corpus, "gliner", tmp_path / "x", ExportOptions(unit=Unit.SENTENCE))
    assert len(_items(tmp_path / "x")) > 3

    for sketches in ((), (("", []),)):
        run_export(source_of(*sketches), "gliner", tmp_path / "x")
        assert _items(tmp_path / "x") == []


_WRONG = {
    "label": lambda item: item.ner.__setitem__(0, (*item.ner[0][:2], "EVENT")),
    "unknown label": lambda item: item.ner.__setitem__(0, (*item.ner[0][:2], "?")),
    "place": lambda item: item.ner.__setitem__(0, (item.ner[0][0] + 1, item.ner[0][1] + 1, item.ner[0][2])),
    "beyond": lambda item: item.ner.__setitem__(0, (0, 999, item.ner[0][2])),
    "backwards": lambda item: item.ner.__setitem__(0, (4, 3, item.ner[0][2])),
    "token": lambda item: item.tokenized_text.__setitem__(0, "غيرها"),
    "blank": lambda item: item.tokenized_text.__setitem__(0, " "),
    "relation": lambda item: item.relations.__setitem__(0, (0, 3, "AGENT")),
    "no such tag": lambda item: item.relations.__setitem__(0, (3, 99, "AGENT")),
    "relation left out": lambda item: item.relations.clear(),
    "labels": lambda item: item.ner_labels.append("X"),
}


@pytest.mark.parametrize("change", _WRONG.values(), ids=_WRONG)
def test_nothing_in_the_file_may_differ(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    encode = msgspec.json.encode

    def changed(item: gliner.Item) -> bytes:
        copy = msgspec.convert(msgspec.to_builtins(item), gliner.Item)
        change(copy)
        return encode(copy)

    monkeypatch.setattr(msgspec.json, "encode", changed)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "gliner", tmp_path / "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[\n", "[\n]\n]\n", "{}\n", "[\n{}\n]\n", "[\n?\n]\n", "[\n\xff\n]\n"])
def test_our_reader_is_strict(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_bytes(text.encode("latin-1"))

    with pytest.raises(ValueError, match=r"list|missing|malformed|invalid|Invalid"):
        list(gliner.read_back(tmp_path / "x", ""))


def test_the_same_twice(full: ExportSource, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run_export(replace(full), "gliner", tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
