# SPDX-License-Identifier: MIT
"""Prodigy: spaCy makes a Doc of the tokens and finds every tag on them, and our reader gives everything back."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.exporters import Clitics, ExportOptions, ExportSource, Reason, prodigy, run_export
from annotator.exporters.base import LabelNames, Overlap, Unit
from annotator.importers import prodigy as reader
from annotator.importers.registry import recognised

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_spacy_finds_every_tag_at_its_tokens(corpus: ExportSource, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import Doc

    report = run_export(corpus, "prodigy", tmp_path / "x.jsonl")

    vocab = spacy.blank("ar").vocab
    tasks = _lines(tmp_path / "x.jsonl")
    for task, tagged in zip(tasks, corpus.articles(), strict=True):
        known = task["tokens"]
        doc = Doc(vocab, [token["text"] for token in known], [token["ws"] for token in known])
        assert doc.text == task["text"] == tagged.text
        assert [token.idx for token in doc] == [token["start"] for token in known]
        found = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in task["spans"]]
        assert [(one.start_char, one.end_char, one.label_, one.text) for one in found] == [
            (span.start, span.end, span.label_id, span.quote) for span in tagged.spans
        ]
        assert [one.end - 1 for one in found] == [span["token_end"] for span in task["spans"]]
    assert report.tags_out == 14
    assert report.verified_by.startswith("spacy 3")


def test_a_line_as_prodigy_knows_it(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "prodigy", tmp_path / "x.jsonl")

    [task] = _lines(tmp_path / "x.jsonl")
    assert (task["answer"], task["accept"]) == ("accept", ["doc_stance"])
    assert "doc_stance" in [option["id"] for option in task["options"]]
    spans = {span["start"]: span for span in task["spans"]}
    assert {span["text"]: task["tokens"][span["token_end"]]["text"] for span in task["spans"]}["بيني غانتس"] == "غانتس"
    first, second = task["relations"]
    assert (first["label"], first["head"], first["child"]) == ("AGENT", spans[64]["token_end"], spans[17]["token_end"])
    assert first["head_span"] == {
        name: spans[64][name] for name in ("start", "end", "token_start", "token_end", "label")
    }
    assert second["_annotator_id"] == "ليلى"
    assert task["meta"]["article_id"] == next(full.articles()).article.id


def test_everything_but_pieces_and_targets_comes_back(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "prodigy", tmp_path / "x.jsonl")

    [document] = reader.read(tmp_path / "x.jsonl")
    [tagged] = full.articles()
    tags = {tag.id: tag for tag in document.tags}
    for span in tagged.spans[1:]:
        tag = tags[span.id]
        assert (tag.label, tag.start, tag.end, tag.quote) == (span.label_id, span.start, span.end, span.quote)
        assert (tag.note, tag.unsure) == (span.note, span.certainty == "unsure")
        assert (tag.annotator, tag.entity) == (full.annotators[span.annotator_id], span.actor_id or span.event_id or "")
        assert tag.attributes == dict(span.attributes)
    assert [(one.type, one.source, one.target, one.annotator) for one in document.relations] == [
        ("AGENT", tagged.spans[4].id, tagged.spans[1].id, "Sami"),
        ("RECIPIENT", tagged.spans[4].id, tagged.spans[5].id, "ليلى"),
    ]
    [about] = document.document_tags
    assert (about.label, about.note, about.annotator) == ("doc_stance", "عن المقال", "ليلى")
    assert about.attributes == {"issue": "التطبيع", "doc_label": ("a", "b")}
    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.DISCONTINUOUS: 1,
        Reason.RELATION_TARGET: 3,
        Reason.RELATION_END: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }


@pytest.mark.parametrize(
    ("clitics", "found", "reason"),
    [
        (Clitics.SPLIT, ["أردوغان", "إردوغان"], None),
        (Clitics.EXPAND, ["بأردوغان", "إردوغان"], Reason.EXPANDED),
        (Clitics.SKIP, ["إردوغان"], Reason.INSIDE_TOKEN),
    ],
)
def test_a_tag_after_a_proclitic(
    model: ExportSource, tmp_path: Path, clitics: Clitics, found: list[str], reason: Reason | None
) -> None:
    report = run_export(model, "prodigy", tmp_path / "x.jsonl", ExportOptions(clitics=clitics))

    [task] = _lines(tmp_path / "x.jsonl")
    assert [span["text"] for span in task["spans"] if "ردوغان" in span["text"]] == found
    assert [loss.reason for loss in report.losses] == ([reason] if reason else [])


@pytest.mark.parametrize(
    "options",
    [
        ExportOptions(unit=Unit.SENTENCE, clitics=Clitics.EXPAND),
        ExportOptions(unit=Unit.PARAGRAPH, names=LabelNames.ARABIC),
        ExportOptions(overlap=Overlap.LONGEST, clitics=Clitics.SKIP),
        ExportOptions(overlap=Overlap.FIRST, without_boilerplate=True, anonymise=True),
    ],
)
def test_options(full: ExportSource, tmp_path: Path, options: ExportOptions) -> None:
    report = run_export(full, "prodigy", tmp_path / "x.jsonl", options)

    documents = list(reader.read(tmp_path / "x.jsonl"))
    assert report.tags_out == sum(len(document.tags) for document in documents) > 0
    labels = Counter(tag.label for document in documents for tag in document.tags)
    assert labels.keys() <= (
        {"فاعل", "حدث", "موقف"} if options.names is LabelNames.ARABIC else {"ACTOR", "EVENT", "STANCE"}
    )


def test_the_same_bytes_twice_and_recognised(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "prodigy", tmp_path / "a.jsonl")
    run_export(full, "prodigy", tmp_path / "b.jsonl")

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert recognised(tmp_path / "a.jsonl").id == "prodigy"


def _first_span(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda task: task["spans"][0].update({name: value})


@pytest.mark.parametrize(
    "change",
    [
        lambda task: task["spans"].pop(),
        lambda task: task["relations"].pop(),
        lambda task: task["accept"].clear(),
        lambda task: task["tokens"].pop(),
        lambda task: task["tokens"][0].update(ws=False),
        lambda task: task["relations"][0].update(head=0),
        lambda task: task["relations"][0]["head_span"].update(token_end=0),
        lambda task: task.update(answer="reject"),
        lambda task: task["meta"].clear(),
        _first_span("label", "EVENT"),
        _first_span("token_start", 0),
        _first_span("entity", "x"),
        _first_span("attributes", {}),
        _first_span("_annotator_id", "x"),
        _first_span("note", "x"),
        _first_span("unsure", True),
    ],
)
@pytest.mark.parametrize("with_spacy", [True, False])
def test_nothing_that_it_carries_may_differ(
    full: ExportSource,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[dict[str, Any]], object],
    with_spacy: bool,
) -> None:
    make = prodigy._task

    def changed(*args: Any) -> dict[str, Any]:
        task = json.loads(json.dumps(make(*args)))
        change(task)
        return task

    monkeypatch.setattr(prodigy, "_task", changed)
    if not with_spacy:
        monkeypatch.setattr(prodigy, "EXTRAS", {"spacy": type("Missing", (), {"installed": False})()})

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "prodigy", tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []
