# SPDX-License-Identifier: MIT
"""Label Studio: a folder with the tasks, one annotation for each annotator, and the labeling config that they need.

Label Studio keeps annotations apart, so a relation leads to tags of one annotator only. Its importer refuses numbers
of annotators that it does not know, and takes those that it knows for its own users: so no `completed_by` is written,
and who made something stands in its `meta`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.label_studio_config import Config, entity, unsure
from annotator.exporters.losses import Lossy, Reason
from annotator.extras import EXTRAS, load, readers
from annotator.i18n import N_
from annotator.importers import label_studio as reader
from annotator.importers.foreign import json_line
from annotator.importers.json_items import read_items
from annotator.model import exchange
from annotator.model.tagged_article import TaggedArticle

_EXTRA = "label-studio"

ABILITIES = Abilities(
    overlap=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    document_tags=True,
    notes=True,
    ids=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
    names=True,
)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the tasks one by one, then the labeling config, which has all that they use."""
    carrier = Carrier(source, options, ABILITIES)
    config = Config(source.scheme, carrier.naming, options.names)
    order = [name for _, name in sorted(source.annotators.items())]
    with (path / reader.TASKS).open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for number, tagged in enumerate(source.articles(), start=1):
            carried = carrier.carry(tagged)
            document, lost = _within_annotators(carried.document, tagged)
            file.write(",\n" if number > 1 else "\n")
            file.write(json_line(_task(number, document, config, order)))
            yield Written(tagged, entry_of(document, ABILITIES), (*carried.lost, *lost))
        file.write("\n]\n")
    (path / reader.CONFIG).write_text(config.xml(), encoding="utf-8", newline="\n")
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - each part is a folder of its own
    """Read every task with our strict reader; Label Studio's own checks look at it first, where they are installed."""
    tasks = (item for _, item in read_items(path / reader.TASKS))
    interface = _interface(path) if EXTRAS[_EXTRA].installed else None
    for task, document in zip(tasks, reader.read(path), strict=True):
        if interface:
            _check(interface, json.loads(task))
        yield entry_of(document, ABILITIES)


def verifier() -> str:
    """Return by what files are checked and read back here."""
    return readers(_EXTRA)


def _interface(path: Path) -> Any:
    config = (path / reader.CONFIG).read_text(encoding="utf-8")
    interface = load("label_studio_sdk.label_interface").LabelInterface(config)
    if not interface.is_valid:
        raise ValueError("the labeling config is not valid")
    return interface


def _check(interface: Any, task: dict[str, Any]) -> None:
    """Refuse a task that does not fit the labeling config.

    Raises:
        ValueError: with what does not fit.
    """
    if not interface.validate_task({"data": task["data"]}):
        raise ValueError("the labeling config does not fit the data")
    for annotation in task["annotations"]:
        if not interface.validate_annotation(annotation):
            raise ValueError(f"not valid: {interface.validate_prediction(annotation, return_errors=True)}")


def _within_annotators(
    document: exchange.Document, tagged: TaggedArticle
) -> tuple[exchange.Document, list[tuple[Reason, Lossy]]]:
    """Return the document without the relations between tags of two annotators."""
    by = {tag.id: tag.annotator for tag in document.tags}
    apart = {one.id for one in document.relations if by[one.source] != by[one.target]}
    kept = tuple(one for one in document.relations if one.id not in apart)
    lost = [(Reason.RELATION_ANNOTATORS, one) for one in tagged.relations if one.id in apart]
    return replace(document, relations=kept), [*lost]


def _task(number: int, document: exchange.Document, config: Config, order: Iterable[str]) -> dict[str, Any]:
    tagging = {tag.annotator for tag in document.tags} | {tag.annotator for tag in document.document_tags}
    annotators = [name for name in dict.fromkeys(order) if name in tagging]
    data = {"text": document.text, "article_id": document.id}
    return {
        "id": number,
        "data": {**data, **{name: getattr(document, name) for name in exchange.PARTICULARS}, "annotators": annotators},
        "annotations": [_annotation(document, name, config) for name in annotators],
    }


def _annotation(document: exchange.Document, annotator: str, config: Config) -> dict[str, Any]:
    tags = [tag for tag in document.tags if tag.annotator == annotator]
    ids = {tag.id for tag in tags}
    results = [result for tag in tags for result in _region(tag, config)]
    results += [one for tag in document.document_tags if tag.annotator == annotator for one in _document(tag, config)]
    results += [_relation(one, config) for one in document.relations if one.source in ids]
    return {"result": results, "was_cancelled": False, "ground_truth": False}


def _region(tag: exchange.Tag, config: Config) -> Iterator[dict[str, Any]]:
    """Yield the result that marks a tag, then those of the same id that say more of it."""
    place = {"start": tag.start, "end": tag.end}
    value = {**place, "text": tag.quote, **config.label(tag.label)}
    marks = {"from_name": reader.LABELS, "type": "labels", "value": value}
    yield {**_result(tag.id), **marks, **_meta(tag.note, tag.annotator)}
    details = [config.attribute(key, one) for key, one in sorted(tag.attributes.items())]
    details += [unsure()] if tag.unsure else []
    details += [entity(tag.entity)] if tag.entity else []
    for detail in details:
        yield {**_result(tag.id), **detail, "value": {**place, **detail["value"]}}


def _document(tag: exchange.DocumentTag, config: Config) -> Iterator[dict[str, Any]]:
    value = config.document_label(tag.label)
    marks = {"from_name": reader.DOCUMENT, "type": "choices", "value": value}
    yield {**_result(tag.id), **marks, **_meta(tag.note, tag.annotator)}
    details = [config.attribute(key, one, reader.OF_DOCUMENT) for key, one in sorted(tag.attributes.items())]
    details += [unsure(reader.OF_DOCUMENT)] if tag.unsure else []
    yield from ({**_result(tag.id), **detail} for detail in details)


def _relation(one: exchange.Relation, config: Config) -> dict[str, Any]:
    ends = {"type": "relation", "from_id": one.source, "to_id": one.target, "direction": "right"}
    return {**ends, "labels": config.relation(one.type), **_meta("", one.annotator)}


def _result(key: str) -> dict[str, Any]:
    return {"id": key, "to_name": reader.TEXT, "origin": "manual"}


def _meta(note: str, annotator: str) -> dict[str, Any]:
    said = {"text": [note] if note else [], "annotator": annotator}
    return {"meta": {name: value for name, value in said.items() if value}}


FORMAT = Format(
    id="label-studio",
    name_key=N_("Label Studio"),
    description_key=N_(
        "For a project of Label Studio: tasks with one annotation for each annotator, and the labeling config of them."
    ),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.RELATION_ANNOTATORS),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
