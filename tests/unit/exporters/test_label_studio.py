# SPDX-License-Identifier: MIT
"""Label Studio: its own checks accept the tasks, its converter reads them, and our reader gives everything back."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, Reason, label_studio, run_export
from annotator.exporters.base import LabelNames, Overlap, Unit
from annotator.exporters.carrying import attribute_text, entry_of
from annotator.exporters.label_studio_config import Config
from annotator.exporters.naming import Naming
from annotator.exporters.splitting import Splits
from annotator.importers import label_studio as reader
from annotator.importers.registry import recognised
from annotator.model.attributes import Attribute, AttributeKind
from annotator.model.ids import AttributeId, DocumentTagId
from annotator.model.names import NO_NAME
from annotator.model.scheme_file import parse_scheme

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the SDK's own


def _tasks(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "tasks.json").read_text(encoding="utf-8"))


def _export(source: ExportSource, folder: Path, options: ExportOptions | None = None) -> tuple[Any, list[Any]]:
    report = run_export(source, "label-studio", folder / "x", options)
    return report, list(reader.read(folder / "x"))


def test_label_studio_accepts_every_task(corpus: ExportSource, tmp_path: Path) -> None:
    report, _ = _export(corpus, tmp_path)

    interface = LabelInterface((tmp_path / "x" / "labeling-config.xml").read_text(encoding="utf-8"))
    interface.validate()
    tasks = _tasks(tmp_path / "x")
    assert [task["data"]["text"] for task in tasks] == [tagged.text for tagged in corpus.articles()]
    assert all(interface.validate_task({"data": task["data"]}) for task in tasks)
    found = [one for task in tasks for one in task["annotations"]]
    assert [interface.validate_prediction(one, return_errors=True) for one in found] == [[]] * len(found)
    regions = [one["value"] for annotation in found for one in annotation["result"] if one["type"] == "labels"]
    assert len(regions) == report.tags_out == 14
    assert report.verified_by.startswith("label-studio-sdk 2")


def test_its_converter_reads_the_tasks(full: ExportSource, tmp_path: Path) -> None:
    _export(full, tmp_path)
    config = (tmp_path / "x" / "labeling-config.xml").read_text(encoding="utf-8")

    Converter(config, str(tmp_path / "x")).convert_to_json_min(
        str(tmp_path / "x" / "tasks.json"), str(tmp_path / "min"), is_dir=False
    )

    [tagged] = full.articles()
    rows = json.loads((tmp_path / "min" / "result.json").read_text(encoding="utf-8"))
    found = {(one["start"], one["end"], label) for row in rows for one in row["label"] for label in one["labels"]}
    assert found == {(span.start, span.end, span.label_id) for span in tagged.spans if not span.pieces}
    [document] = reader.read(tmp_path / "min" / "result.json")
    assert {(tag.start, tag.end, tag.label) for tag in document.tags} == found
    assert document.id == tagged.article.id


def test_everything_but_pieces_and_targets_comes_back(full: ExportSource, tmp_path: Path) -> None:
    report, [document] = _export(full, tmp_path)

    [tagged] = full.articles()
    by = full.annotators
    tags = {tag.id: tag for tag in document.tags}
    for span in tagged.spans:
        if span.pieces:
            assert span.id not in tags
            continue
        tag = tags[span.id]
        assert (tag.label, tag.start, tag.end, tag.quote) == (span.label_id, span.start, span.end, span.quote)
        assert (tag.note, tag.unsure, tag.annotator) == (span.note, span.certainty == "unsure", by[span.annotator_id])
        assert tag.entity == (span.actor_id or span.event_id or "")
    gantz, stance = tagged.spans[1], tagged.spans[7]
    assert tags[gantz.id].attributes == {"mention": "named"}
    assert tags[stance.id].attributes == {"polarity": "positive", "n": "2"}
    [about] = document.document_tags
    assert (about.label, about.note, about.annotator) == ("doc_stance", "عن المقال", "ليلى")
    assert about.attributes == {"issue": "التطبيع", "doc_label": ("a", "b")}
    losses = Counter({loss.reason: loss.count for loss in report.losses})
    assert losses[Reason.DISCONTINUOUS] == 1
    assert losses[Reason.RELATION_TARGET] == 3
    assert losses[Reason.RELATION_END] == 1
    assert report.relations_out + losses[Reason.RELATION_ANNOTATORS] == 2


def test_each_annotator_has_an_annotation(full: ExportSource, tmp_path: Path) -> None:
    _export(full, tmp_path)

    [task] = _tasks(tmp_path / "x")
    assert task["data"]["annotators"] == ["Sami", "ليلى"]
    assert len(task["annotations"]) == 2
    assert "completed_by" not in task["annotations"][0]
    by = [
        {one["meta"]["annotator"] for one in annotation["result"] if one["type"] == "labels"}
        for annotation in task["annotations"]
    ]
    assert by == [{"Sami"}, {"ليلى"}]


def test_a_relation_drawn_by_another_keeps_its_annotator(full: ExportSource, tmp_path: Path) -> None:
    [tagged] = full.articles()
    spans = tuple(replace(span, annotator_id=tagged.spans[0].annotator_id) for span in tagged.spans)
    source = replace(full, articles=lambda: iter([replace(tagged, spans=spans)]))

    report, [document] = _export(source, tmp_path)

    assert [(one.type, one.annotator) for one in document.relations] == [("AGENT", "Sami"), ("RECIPIENT", "ليلى")]
    assert Reason.RELATION_ANNOTATORS not in {loss.reason for loss in report.losses}


def test_the_config_has_what_the_scheme_has(full: ExportSource, tmp_path: Path) -> None:
    _export(full, tmp_path)

    config = (tmp_path / "x" / "labeling-config.xml").read_text(encoding="utf-8")
    assert 'granularity="symbol"' in config
    assert "white-space: pre-wrap" in config
    assert '<Label value="ACTOR" background="#3b82f6" hotkey="1" />' in config
    assert '<Choices name="polarity" toName="text" perRegion="true">' in config
    assert 'whenLabelValue="STANCE"' in config
    assert '<TextArea name="text:n" toName="text" perRegion="true" />' in config
    assert '<Relation value="AGENT" />' in config


SCHEMES = Path(__file__).parents[3] / "resources" / "schemes"
LESS: list[dict[str, Any]] = [
    {},
    {"document_labels": ()},
    {"relation_types": ()},
    {"attributes": ()},
    {"document_labels": (), "relation_types": (), "attributes": ()},
    {"all_labels": (), "document_labels": (), "relation_types": (), "attributes": ()},
    {"attributes": (Attribute(AttributeId("x"), NO_NAME, AttributeKind.CHOICE, labels=("ACTOR",)),)},
]


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("less", LESS)
def test_label_studio_accepts_the_config_of_any_scheme(path: Path, less: dict[str, Any]) -> None:
    scheme = parse_scheme(path.read_text(encoding="utf-8"), where=path.name)

    config = Config(replace(scheme, **less), Naming(scheme, LabelNames.ID), LabelNames.ID)

    LabelInterface(config.xml()).validate()


@pytest.mark.parametrize("name", ["label", "certainty", "entity", "text:x", "document:x", "x", "type", "mention"])
def test_any_attribute_comes_back_as_text(full: ExportSource, tmp_path: Path, name: str) -> None:
    values = ["", "a, b", ("a", "b"), (), True, 3, 2.5, 10**30, "\x08"]
    [tagged] = full.articles()
    spans = tuple(
        replace(span, attributes={AttributeId(name): value}, pieces=())
        for span, value in zip(tagged.spans, values, strict=True)
    )
    tags = tuple(
        replace(tagged.document_tags[0], id=DocumentTagId(f"{number}"), attributes={AttributeId(name): value})
        for number, value in enumerate(values)
    )
    made = replace(tagged, spans=spans, relations=(), document_tags=tags)

    _, [document] = _export(replace(full, articles=lambda: iter([made])), tmp_path)

    said = [attribute_text(value) for value in values]
    assert [attribute_text(tag.attributes[name]) for tag in document.document_tags] == said
    by_id = {tag.id: tag for tag in document.tags}
    assert [attribute_text(by_id[span.id].attributes[name]) for span in spans] == said


@pytest.mark.parametrize(
    "options",
    [
        ExportOptions(unit=Unit.SENTENCE),
        ExportOptions(unit=Unit.PARAGRAPH, names=LabelNames.ARABIC),
        ExportOptions(overlap=Overlap.LONGEST),
        ExportOptions(overlap=Overlap.FIRST, without_boilerplate=True, anonymise=True),
    ],
)
def test_options(full: ExportSource, tmp_path: Path, options: ExportOptions) -> None:
    report, documents = _export(full, tmp_path, options)

    assert report.tags_out == sum(len(document.tags) for document in documents) > 0
    for document in documents:
        assert all(document.text[tag.start : tag.end] == tag.quote for tag in document.tags)
        if options.names is LabelNames.ARABIC:
            assert {tag.label for tag in document.tags} <= {"فاعل", "حدث", "موقف"}
        if options.anonymise:
            assert {tag.annotator for tag in document.tags} <= {"annotator-1", "annotator-2"}


def test_the_same_bytes_twice(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "label-studio", tmp_path / "a")
    run_export(full, "label-studio", tmp_path / "b")

    for name in ("tasks.json", "labeling-config.xml"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_each_split_is_a_folder(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "label-studio", tmp_path / "x", ExportOptions(splits=Splits(shares=(400, 200, 400))))

    found = [len(list(reader.read(tmp_path / "x" / part))) for part in ("train", "dev", "test")]
    assert found == [part.articles for part in report.parts]
    assert sum(found) == 5


def test_the_folder_is_recognised(full: ExportSource, tmp_path: Path) -> None:
    _export(full, tmp_path)

    assert recognised(tmp_path / "x").id == "label-studio"
    assert recognised(tmp_path / "x" / "tasks.json").id == "label-studio"


def _drop(kind: str) -> Callable[[dict[str, Any]], None]:
    def drop(annotation: dict[str, Any]) -> None:
        annotation["result"] = [one for one in annotation["result"] if one["type"] != kind]

    return drop


def _without_meta(annotation: dict[str, Any]) -> None:
    for one in annotation["result"]:
        one.pop("meta", None)


def _moved(annotation: dict[str, Any]) -> None:
    annotation["result"][0]["value"]["start"] += 1


@pytest.mark.parametrize("change", [_drop("labels"), _drop("choices"), _drop("textarea"), _without_meta, _moved])
def test_nothing_that_it_carries_may_differ(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None]
) -> None:
    make = label_studio._annotation

    def changed(*args: Any) -> dict[str, Any]:
        annotation = make(*args)
        change(annotation)
        return annotation

    monkeypatch.setattr(label_studio, "_annotation", changed)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "label-studio", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_config_that_does_not_fit_is_a_mismatch(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = label_studio.Config.xml
    monkeypatch.setattr(label_studio.Config, "xml", lambda self: xml(self).replace('value="EVENT"', 'value="X"'))

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "label-studio", tmp_path / "x")


def test_what_is_read_is_what_was_carried(corpus: ExportSource, tmp_path: Path) -> None:
    _, documents = _export(corpus, tmp_path)

    abilities = label_studio.ABILITIES
    assert [entry_of(one, abilities).tags for one in documents] == [len(one.spans) for one in corpus.articles()]
    assert [one.id for one in documents] == [one.article.id for one in corpus.articles()]
    assert [one.title for one in documents] == [one.article.title for one in corpus.articles()]


@pytest.mark.parametrize("name", ["certainty", "entity", "text", "label", "document", "note"])
def test_an_attribute_may_be_called_as_a_control_of_ours(full: ExportSource, tmp_path: Path, name: str) -> None:
    asked = tuple(str(one.id) for one in (*full.scheme.all_labels, *full.scheme.document_labels))
    attribute = Attribute(AttributeId(name), NO_NAME, AttributeKind.TEXT, asked)
    scheme = replace(full.scheme, attributes=(*full.scheme.attributes, attribute))

    _, [document] = _export(replace(full, scheme=scheme), tmp_path)

    assert document.tags
    LabelInterface((tmp_path / "x" / "labeling-config.xml").read_text(encoding="utf-8")).validate()
