# SPDX-License-Identifier: MIT
"""doccano, both layouts: the lines are what its importer takes, and our reader gives everything back that they hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, Reason, doccano, run_export
from annotator.exporters.base import LabelNames, Overlap, Unit
from annotator.importers import doccano as reader
from annotator.importers.registry import recognised

BOTH = pytest.mark.parametrize("kind", ["doccano", "doccano-relations"])


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_tags_are_lists(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "doccano", tmp_path / "x.jsonl")

    for line, tagged in zip(_lines(tmp_path / "x.jsonl"), corpus.articles(), strict=True):
        assert line["text"] == tagged.text
        assert line["label"] == [[span.start, span.end, span.label_id] for span in tagged.spans]
        assert line["article_id"] == tagged.article.id
    assert report.tags_out == 14
    assert report.verified_by == "tawsim"


def test_entities_and_relations_have_ids(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "doccano-relations", tmp_path / "x.jsonl")

    [line] = _lines(tmp_path / "x.jsonl")
    entities = {one["id"]: line["text"][one["start_offset"] : one["end_offset"]] for one in line["entities"]}
    assert [(entities[one["from_id"]], entities[one["to_id"]], one["type"]) for one in line["relations"]] == [
        ("سيزور", "بيني غانتس", "AGENT"),
        ("سيزور", "أردوغان", "RECIPIENT"),
    ]
    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.DISCONTINUOUS: 1,
        Reason.NOTE: 1,
        Reason.ATTRIBUTES: 2,
        Reason.LINK: 2,
        Reason.CERTAINTY: 1,
        Reason.RELATION_TARGET: 3,
        Reason.RELATION_END: 1,
        Reason.DOCUMENT_TAG: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }


@BOTH
def test_what_doccano_asks_of_a_file(corpus: ExportSource, tmp_path: Path, kind: str) -> None:
    run_export(corpus, kind, tmp_path / "x.jsonl")

    lines = _lines(tmp_path / "x.jsonl")
    # It makes a table of the lines: what one of them lacks becomes NaN, and its own columns must not be ours.
    assert len({tuple(line) for line in lines}) == 1
    assert not {"filename", "upload_name", "example_uuid", "#line_number", "meta"} & lines[0].keys()
    assert all("\r" not in line for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").split("\n"))
    starts = [[one[0] for one in line["label"]] for line in lines] if kind == "doccano" else []
    assert starts == [sorted(one) for one in starts]


@BOTH
def test_everything_comes_back(full: ExportSource, tmp_path: Path, kind: str) -> None:
    run_export(full, kind, tmp_path / "x.jsonl")

    [document] = reader.read(tmp_path / "x.jsonl")
    [tagged] = full.articles()
    assert [(tag.label, tag.start, tag.end) for tag in document.tags] == [
        (span.label_id, span.start, span.end) for span in tagged.spans if not span.pieces
    ]
    assert (document.id, document.title, document.source) == (
        tagged.article.id,
        tagged.article.title,
        tagged.article.source,
    )


@BOTH
@pytest.mark.parametrize(
    "options",
    [
        ExportOptions(unit=Unit.SENTENCE),
        ExportOptions(unit=Unit.PARAGRAPH, names=LabelNames.ARABIC),
        ExportOptions(overlap=Overlap.LONGEST),
        ExportOptions(overlap=Overlap.FIRST, without_boilerplate=True, anonymise=True),
    ],
)
def test_options(full: ExportSource, tmp_path: Path, kind: str, options: ExportOptions) -> None:
    report = run_export(full, kind, tmp_path / "x.jsonl", options)

    documents = list(reader.read(tmp_path / "x.jsonl"))
    assert report.tags_out == sum(len(document.tags) for document in documents) > 0
    labels = {tag.label for document in documents for tag in document.tags}
    assert labels <= ({"فاعل", "حدث", "موقف"} if options.names is LabelNames.ARABIC else {"ACTOR", "EVENT", "STANCE"})


@BOTH
def test_the_same_bytes_twice_and_recognised(full: ExportSource, tmp_path: Path, kind: str) -> None:
    run_export(full, kind, tmp_path / "a.jsonl")
    run_export(full, kind, tmp_path / "b.jsonl")

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert recognised(tmp_path / "a.jsonl").id == "doccano"


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line["entities"].pop(),
        lambda line: line["entities"][0].update(label="EVENT"),
        lambda line: line["entities"][0].update(start_offset=0),
        lambda line: line["relations"].pop(),
        lambda line: line["relations"][0].update(to_id=5),
        lambda line: line.update(text=line["text"].replace("\n", " ")),
        lambda line: line.update(article_id="x"),
        lambda line: line.update(title="x"),
    ],
)
def test_nothing_that_it_carries_may_differ(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], object]
) -> None:
    make = doccano.json_line

    def changed(line: dict[str, Any]) -> str:
        change(line)
        return make(line)

    monkeypatch.setattr(doccano, "json_line", changed)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "doccano-relations", tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []
