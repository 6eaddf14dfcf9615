# SPDX-License-Identifier: MIT
"""Label Studio's tasks: its full JSON, with an annotation for each annotator, and `JSON_MIN`, with one object for each.

Owns which results are tags, relations and document tags. Offsets are code points. What marks HTML or a dialogue is
refused, because its offsets are none of the text's; predictions and cancelled annotations are counted and left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked, from_json, refuse_twice
from annotator.importers.json_items import first_item, read_items
from annotator.importers.json_values import attribute_value, joined, offset, particulars, said
from annotator.importers.label_studio_json import Annotation, Kind, Result, Task
from annotator.model import exchange
from annotator.model.attributes import AttributeValue
from annotator.model.exchange import Skipped

#: What our own tasks are in, and the labeling config beside them.
TASKS, CONFIG = "tasks.json", "labeling-config.xml"

#: Controls of our own labeling config, which no attribute is called after.
LABELS, DOCUMENT, TEXT = "label", "document", "text"
CERTAINTY, ENTITY = "certainty", "entity"
#: Before the name of an attribute: its control where it has a value that the scheme does not give it, and that of the
#: whole document.
AS_TEXT, OF_DOCUMENT = "text:", "document:"
UNSURE = "unsure"

#: The types of results that mark something else than plain text.
_NO_TEXT = ("hypertextlabels", "paragraphlabels", "hypertext", "paragraphs")
#: How a value says what was chosen or written, by the type of the result.
_VALUES = {
    "choices": "choices",
    "textarea": "text",
    "number": "number",
    "rating": "rating",
    "datetime": "datetime",
    "taxonomy": "taxonomy",
}


@dataclass(slots=True)
class _Found:
    """What was found in the annotations of one task so far.

    Attributes:
        known: the ids that earlier annotations have.
        named: the ids of tags.
    """

    path: Path
    place: str
    tags: list[exchange.Tag] = field(default_factory=list)
    relations: list[exchange.Relation] = field(default_factory=list)
    document_tags: list[exchange.DocumentTag] = field(default_factory=list)
    skipped: Counter[Skipped] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every task of a file, or of `tasks.json` in a folder; see `annotator.importers.foreign.Read`."""
    file = path / TASKS if path.is_dir() else path
    return (checked(document, file) for document in joined(_documents(file)))


def recognise(path: Path) -> bool:
    """Return whether the first item looks like a task, or like an object of `JSON_MIN`."""
    item = first_item(path / TASKS if path.is_dir() else path)
    try:
        first: Any = msgspec.json.decode(item or "null")
    except (msgspec.DecodeError, RecursionError):
        return False
    if not isinstance(first, dict):
        return False
    return isinstance(first.get("data"), dict) or "annotation_id" in first


def _documents(path: Path) -> Iterator[exchange.Document]:
    for place, item in read_items(path):
        if isinstance(from_json(item, Kind, path, place).data, dict):
            yield _of_task(from_json(item, Task, path, place), path, place)
        else:
            yield _of_minimum(from_json(item, dict[str, Any], path, place), path, place)


# Full JSON


def _of_task(task: Task, path: Path, place: str) -> exchange.Document:
    annotations = [*(task.annotations or ()), *(task.completions or ())]
    done = [one for one in annotations if not (one.was_cancelled or one.skipped)]
    text = _text_of(task.data, [result for one in done for result in one.result or ()], path, place)
    found = _Found(path, place)
    found.skipped[Skipped.CANCELLED] = len(annotations) - len(done)
    found.skipped[Skipped.PREDICTION] = len(task.predictions or ())
    for number, one in enumerate(done, start=1):
        _add(one, number, found)
    return exchange.Document(
        text=text,
        id=said(task.data.get("article_id")) or str(task.id),
        tags=tuple(found.tags),
        relations=tuple(found.relations),
        document_tags=tuple(found.document_tags),
        skipped=+found.skipped,
        place=place,
        **particulars(task.data),
    )


def _text_of(data: Mapping[str, Any], results: Iterable[Result], path: Path, place: str) -> str:
    """Return the text of a task: under `text`, else the one that the tags quote, else the longest."""
    texts = [value for key, value in data.items() if isinstance(value, str)]
    if not texts:
        raise UserError("foreign_missing", path=path, place=f"{place}: data.{TEXT}")
    if isinstance(data.get(TEXT), str):
        return str(data[TEXT])
    quotes = [(offset(one.value.get("start")), said(one.value.get("text"))) for one in results if "start" in one.value]
    return max(texts, key=lambda text: (sum(text.startswith(quote, start) for start, quote in quotes), len(text)))


def _add(annotation: Annotation, number: int, found: _Found) -> None:
    """Add what one annotation says. Its ids are its own: several annotations may use the same."""
    results = annotation.result or []
    by = _annotator(annotation.completed_by)
    regions = _regions(results, found)
    ids = {str(one.id): _free(str(one.id), number, found) for one in regions}
    details, document = _grouped(results, regions)
    for one in regions:
        _add_region(one, ids[str(one.id)], details.get(str(one.id), []), by, found)
    for group in document:
        found.document_tags += _document_tags(group, by, found)
    found.known |= set(ids.values())
    _add_relations(results, ids, by, found)


def _regions(results: Iterable[Result], found: _Found) -> list[Result]:
    """Return the results that mark text; choices do where nothing else of their id does."""
    known = list(results)
    for one in known:
        if one.type.lower() in _NO_TEXT:
            detail = f"{one.type} mark something else than plain text"
            raise UserError("foreign_malformed", path=found.path, place=found.place, detail=detail)
    labelled = {str(one.id) for one in known if one.type == "labels" and one.id != ""}
    regions = [
        one
        for one in known
        if one.type == "labels" or (one.type == "choices" and "start" in one.value and str(one.id) not in labelled)
    ]
    refuse_twice((f"{one.id} ({one.from_name})" for one in regions if one.id != ""), found.path, found.place)
    return regions


def _grouped(
    results: Iterable[Result], regions: Sequence[Result]
) -> tuple[dict[str, list[Result]], list[list[Result]]]:
    """Return what is said of regions, by their ids, and of the document, those of one id together."""
    marked = {str(one.id) for one in regions if one.id != ""}
    own = set(map(id, regions))
    details: dict[str, list[Result]] = {}
    document: dict[str, list[Result]] = {}
    for index, one in enumerate(results):
        if one.type in _VALUES and id(one) not in own:
            key = str(one.id) if one.id != "" else f" {index}"
            (details if key in marked else document).setdefault(key, []).append(one)
    return details, list(document.values())


def _free(key: str, number: int, found: _Found) -> str:
    return f"{number}:{key}" if key in found.known or not key else key


def _add_region(one: Result, key: str, details: Sequence[Result], by: str, found: _Found) -> None:
    start, end = offset(one.value.get("start")), offset(one.value.get("end"))
    if start is None or end is None:
        raise UserError("foreign_missing", path=found.path, place=f"{found.place}: start, end")
    labels = _chosen(one)
    if not labels:
        found.skipped[Skipped.KIND] += 1
    attributes, unsure, entity = _details(details, "")
    for index, label in enumerate(labels):
        name = key if one.id != "" and not index and key not in found.named else ""
        tag = exchange.Tag(
            label=label,
            start=start,
            end=end,
            id=name,
            quote=said(one.value["text"]) if "text" in one.value and one.type == "labels" else None,
            note=_note(one),
            unsure=unsure,
            attributes=attributes,
            entity=entity,
            annotator=_named(one) or by,
            place=found.place,
        )
        found.tags.append(tag)
        found.named.add(name)


def _chosen(one: Result) -> list[str]:
    labels = one.value.get("labels") or one.value.get("choices") or ()
    return [label for label in labels if isinstance(label, str) and label] if isinstance(labels, list) else []


def _details(results: Iterable[Result], prefix: str) -> tuple[dict[str, AttributeValue], bool, str]:
    """Return attributes, whether it is unsure, and the entity; `prefix` is what names of controls begin with."""
    attributes: dict[str, AttributeValue] = {}
    unsure, entity = False, ""
    for one in results:
        name = one.from_name.removeprefix(prefix)
        if name == CERTAINTY:
            unsure = _value(one) == UNSURE
        elif name == ENTITY:
            entity = said(_value(one))
        else:
            attributes[name.removeprefix(AS_TEXT) or one.type] = _value(one)
    return attributes, unsure, entity


def _value(one: Result) -> AttributeValue:
    value: object = one.value.get(_VALUES[one.type])
    if one.type == "taxonomy" and isinstance(value, list):
        value = ["/".join(map(said, path)) for path in value if isinstance(path, list)]
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    kept = attribute_value(value)
    return "" if kept is None else kept


def _document_tags(group: Sequence[Result], by: str, found: _Found) -> Iterator[exchange.DocumentTag]:
    """Yield what results of one id say of the whole document: the first choices are labels, the others attributes."""
    first = next((one for one in group if one.from_name == DOCUMENT), None) or next(
        (one for one in group if one.type == "choices"), group[0]
    )
    attributes, unsure, _ = _details((one for one in group if one is not first), OF_DOCUMENT)
    labels = _chosen(first)
    if first.type != "choices":
        name = first.from_name or first.type
        labels, attributes = [name], {name: _value(first), **attributes}
    for index, label in enumerate(labels):
        yield exchange.DocumentTag(
            label=label,
            id="" if index else str(first.id),
            note=_note(first),
            unsure=unsure,
            attributes=attributes,
            annotator=_named(first) or by,
            place=found.place,
        )


def _add_relations(results: Iterable[Result], ids: Mapping[str, str], by: str, found: _Found) -> None:
    for one in results:
        if one.type != "relation":
            found.skipped[Skipped.KIND] += one.type not in _VALUES and one.type != "labels"
            continue
        source, target = (ids.get(str(end), str(end)) for end in (one.from_id, one.to_id))
        if {str(one.from_id), str(one.to_id)} <= ids.keys() and not {source, target} <= found.named:
            found.skipped[Skipped.KIND] += 1  # of a region without a label
            continue
        ends = {"left": [(target, source)], "bi": [(source, target), (target, source)]}
        for label in one.labels or ["relation"]:
            for first, second in ends.get(one.direction, [(source, target)]):
                found.relations.append(
                    exchange.Relation(
                        label, first, second, annotator=_named(one) or by, place=f"{found.place}: {label}"
                    )
                )


def _meta(one: Result) -> Mapping[str, Any]:
    return one.meta if isinstance(one.meta, dict) else {}


def _note(one: Result) -> str:
    lines = _meta(one).get("text")
    return "\n".join(map(said, lines)) if isinstance(lines, list) else said(lines)


def _named(one: Result) -> str:
    """Return who made something, as our own files say it: Label Studio knows numbers of its own only."""
    return said(_meta(one).get("annotator"))


def _annotator(by: object) -> str:
    if isinstance(by, dict):
        return next((said(by[key]) for key in ("email", "username", "id") if said(by.get(key))), "")
    return said(by)


# JSON_MIN


def _of_minimum(item: Mapping[str, Any], path: Path, place: str) -> exchange.Document:
    """Return an object of `JSON_MIN`: places with labels are tags, and several choices are document tags."""
    by = _annotator(item.get("annotator"))
    results = [Result(type=kind, value=value) for kind, value in _values(item)]
    data = {key: value for key, value in item.items() if isinstance(value, str)}
    text = _text_of(data, results, path, place)
    found = _Found(path, place)
    _add(Annotation(results, by), 1, found)
    return exchange.Document(
        text=text,
        id=said(item.get("article_id")) or said(item.get("id")),
        tags=tuple(found.tags),
        document_tags=tuple(found.document_tags),
        skipped=+found.skipped,
        place=place,
        **particulars(item),
    )


def _values(item: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is sure to be a result, with its type: a single choice is a bare text there, as the data are."""
    for held in item.values():
        for value in held if isinstance(held, list) else [held]:
            if not isinstance(value, dict):
                continue
            kinds = [kind for kind in (*_NO_TEXT, "labels") if kind in value]
            if kinds and "start" in value:
                yield kinds[0], value
            elif "choices" in value and "start" not in value:
                yield "choices", value


FORMAT = ForeignFormat("label-studio", N_("Label Studio"), (".json",), recognise, read, folder=True)
