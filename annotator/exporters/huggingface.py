# SPDX-License-Identifier: MIT
"""A dataset folder as Hugging Face `datasets` loads it: Parquet files, one a split, the registry, and a card.

Owns the rows and the files; what the columns are is `huggingface_features`', the card is `huggingface_card`'s. Rows are
written in groups while articles come, so that memory holds no more than a group.
"""

import glob
import json
import os
import tempfile
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from annotator.errors import UserError
from annotator.exporters import placing
from annotator.exporters.abilities import EVERYTHING, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, PartReport, Written
from annotator.exporters.carrying import Carried, Carrier, entry_of, refuse_other_quotes
from annotator.exporters.huggingface_card import write_card
from annotator.exporters.huggingface_features import (
    ACTOR_FEATURES,
    EVENT_FEATURES,
    OUTSIDE,
    Features,
    arrow_schema,
    document_features,
    json_of,
)
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Placed, Range
from annotator.exporters.sheets import written
from annotator.extras import EXTRAS, load, readers
from annotator.i18n import N_
from annotator.importers import huggingface
from annotator.importers.huggingface import ACTORS, EVENTS, FEATURES, REGISTRY
from annotator.importers.huggingface_rows import RowReader, class_names
from annotator.model import exchange
from annotator.model.ids import AnnotatorId
from annotator.text.words import tokens

if TYPE_CHECKING:
    from annotator.model.registry import Actor, Event

_DATASETS = EXTRAS["datasets"]
#: What our splits are called there; where nothing is split, all of it is for training.
SPLITS = {"": "train", "train": "train", "dev": "validation", "test": "test"}

#: A group of rows ends after so many documents, or so many characters of text.
_GROUP_ROWS = 500
_GROUP_LENGTH = 2_000_000

ABILITIES = replace(EVERYTHING, licence=True)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write one Parquet file of documents, if there are any, and the registry."""
    carrier = Carrier(source, options, ABILITIES)
    maker = _RowMaker(source, carrier.naming)
    with _Table(data_file(path, source.part), maker.features) as table:
        for tagged in source.articles():
            carried = carrier.carry(tagged)
            row, missing = maker.row(carried)
            table.add(row, len(carried.document.text))
            yield Written(tagged, _entry(carried.document, *maker.labelled(row)), (*carried.lost, *missing))
    yield Written(None, Entry(0, _write_registry(path / REGISTRY, source)))


def read_back(path: Path, part: str) -> Iterator[Entry]:
    """Read every document by `datasets` where it is installed, else by our own reader, and then the registry."""
    file = data_file(path, part)
    if file.exists():
        names, features = huggingface.described(file)
        classes = class_names(features)
        reader = RowReader(names, classes, file)
        for number, row in enumerate(_rows(file, features), start=1):
            document = reader.document(row, str(number))
            refuse_other_quotes(document)
            yield _entry(document, row["tokens"], [classes["ner_tags"][tag] for tag in row["ner_tags"]])
    header = huggingface.header(path)
    yield Entry(0, (header.actors, header.events))


def finish(folder: Path, source: ExportSource, options: ExportOptions, parts: Sequence[PartReport]) -> None:
    """Write the card, and see that `datasets` finds by it what is there.

    Raises:
        UserError: `export_mismatch` where it does not.
    """
    naming = Naming(source.scheme, options.names)
    files = {SPLITS[part.name]: data_file(folder, part.name) for part in parts}
    files = {split: file for split, file in files.items() if file.exists()}
    features = document_features(source, naming)
    write_card(folder, source, options, features, files)
    if files and _DATASETS.installed and not glob.has_magic(str(folder)):
        _refuse_other_dataset(folder, features, list(files))


def verifier() -> str:
    """Return by what files are read back here."""
    return _DATASETS.label if _DATASETS.installed else readers(huggingface.EXTRA)


def data_file(folder: Path, part: str) -> Path:
    """Return where a split goes."""
    return folder / "data" / f"{SPLITS[part]}-00000-of-00001.parquet"


class _Table:
    """A Parquet file while it is written; it is not there before there is a row."""

    def __init__(self, path: Path, features: Features) -> None:
        self._path, self._arrow = path, load("pyarrow")
        footer = {"info": {"features": json_of(features)}}
        metadata = {FEATURES: json.dumps(footer, ensure_ascii=False).encode()}
        self._schema = arrow_schema(self._arrow, features, metadata)
        self._writer: Any = None
        self._rows: list[dict[str, Any]] = []
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            if self._writer:
                self._writer.close()

    def add(self, row: dict[str, Any], length: int = 0) -> None:
        """Add a row whose text has so many characters."""
        self._rows.append(row)
        self._length += length
        if len(self._rows) >= _GROUP_ROWS or self._length >= _GROUP_LENGTH:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            if self._writer is None:
                self._path.parent.mkdir(exist_ok=True)
                parquet = load("pyarrow.parquet")
                self._writer = parquet.ParquetWriter(self._path, self._schema, compression="zstd")
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows, self._length = [], 0


class _RowMaker:
    """Makes rows of documents."""

    def __init__(self, source: ExportSource, naming: Naming) -> None:
        self.features = document_features(source, naming)
        classes = class_names(json_of(self.features))
        numbers = {column: {name: number for number, name in enumerate(names)} for column, names in classes.items()}
        self._label, self._type = numbers.get("entities.label", {}), numbers.get("relations.type", {})
        self._document_label, self._ner = numbers.get("document_tags.label", {}), numbers["ner_tags"]
        self._ner_names = classes["ner_tags"]

    def row(self, carried: Carried) -> tuple[dict[str, Any], list[tuple[Reason, Lossy]]]:
        """Return a document as a row, and which of its tags are no labels of tokens."""
        document = carried.document
        numbers = {tag.id: number for number, tag in enumerate(document.tags)}
        pieces, kept = _placed(document.text, carried.placed)
        there = {one.span.id for one in kept}
        missing: list[tuple[Reason, Lossy]] = [
            (Reason.NOT_IN_NER, one.span) for one in carried.placed if one.span.id not in there
        ]
        names = ("title", "outlet", "date", "url", "author", "source", "text")
        row = {
            "doc_id": document.id,
            **{name: getattr(document, name) for name in names},
            "entities": [self._entity(tag, document.text) for tag in document.tags],
            "relations": [self._relation(one, numbers) for one in document.relations],
            "document_tags": [self._document_tag(tag) for tag in document.document_tags],
            "tokens": [document.text[start:end] for start, end in pieces],
            "ner_tags": self._ner_tags(document, pieces, kept),
        }
        return row, missing

    def labelled(self, row: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Return the tokens of a row and their labels."""
        return row["tokens"], [self._ner_names[tag] for tag in row["ner_tags"]]

    def _entity(self, tag: exchange.Tag, text: str) -> dict[str, Any]:
        return {
            "id": tag.id,
            "label": self._label[tag.label],
            "start": tag.start,
            "end": tag.end,
            "pieces": tag.pieces,
            "text": text[tag.start : tag.end],
            "entity_id": tag.entity,
            **_said(tag),
        }

    def _relation(self, one: exchange.Relation, numbers: Mapping[str, int]) -> dict[str, Any]:
        return {
            "id": one.id,
            "type": self._type[one.type],
            "head": numbers[one.source],
            "tail": numbers[one.target] if one.target else -1,
            "entity_id": one.entity,
            "annotator": one.annotator,
        }

    def _document_tag(self, tag: exchange.DocumentTag) -> dict[str, Any]:
        return {"id": tag.id, "label": self._document_label[tag.label], **_said(tag)}

    def _ner_tags(self, document: exchange.Document, pieces: Sequence[Range], kept: Sequence[Placed]) -> list[int]:
        labels = [self._ner[OUTSIDE]] * len(pieces)
        starts = [start for start, _ in pieces]
        names = {tag.id: tag.label for tag in document.tags}
        for one in kept:
            first, after = bisect_left(starts, one.start), bisect_left(starts, one.end)
            label = names[one.span.id]
            labels[first:after] = [self._ner[f"B-{label}"], *[self._ner[f"I-{label}"]] * (after - first - 1)]
        return labels


def _placed(text: str, placed: Sequence[Placed]) -> tuple[list[Range], list[Placed]]:
    """Return the tokens, cut where a tag begins or ends, and the tags that label them: the longest."""
    whole = tokens(text)
    trimmed, _ = placing.trim([one for one in placed if not one.span.pieces], whole)
    kept, _ = placing.longest_first(trimmed)
    return placing.cut(whole, placing.edges(kept)), kept


def _said(tag: exchange.Tag | exchange.DocumentTag) -> dict[str, Any]:
    return {
        "attributes": written(tag.attributes) if tag.attributes else "",
        "unsure": tag.unsure,
        "note": tag.note,
        "annotator": tag.annotator,
    }


def _write_registry(folder: Path, source: ExportSource) -> Hashable:
    """Write the registry, and return what reading it must give."""
    names = source.annotators
    actors = tuple(replace(one, annotator_id=AnnotatorId(names[one.annotator_id])) for one in source.actors.values())
    events = tuple(replace(one, annotator_id=AnnotatorId(names[one.annotator_id])) for one in source.events.values())
    both: list[tuple[str, Features, tuple[Actor | Event, ...]]]
    both = [(ACTORS, ACTOR_FEATURES, actors), (EVENTS, EVENT_FEATURES, events)]
    for name, features, records in both:
        with _Table(folder / name, features) as table:
            for record in records:
                values = {"annotator": record.annotator_id, "created": record.created_at}
                table.add({field: values[field] if field in values else getattr(record, field) for field in features})
    return actors, events


def _entry(document: exchange.Document, words: Sequence[str], labels: Sequence[str]) -> Entry:
    said = entry_of(document, ABILITIES)
    return Entry(said.tags, (said.content, tuple(words), tuple(labels)), said.relations, said.document_tags)


# Reading back


def _rows(file: Path, features: object) -> Iterator[Mapping[str, Any]]:
    # In the path of a data file `datasets` takes [ and * for patterns.
    if not _DATASETS.installed or glob.has_magic(str(file)):
        yield from huggingface.rows(file)
        return
    datasets = _load_datasets()
    with tempfile.TemporaryDirectory() as cache:
        found = datasets.load_dataset(
            "parquet", data_files={"all": [str(file)]}, split="all", streaming=True, cache_dir=cache
        )
        if found.features.to_dict() != datasets.Features.from_dict(features).to_dict():
            raise ValueError(f"{file} has other features than it says")
        # As one shard the file would be read far ahead, all of it in the end; a row group is a shard then.
        several = load("pyarrow.parquet").ParquetFile(file).num_row_groups > 1
        yield from found.reshard() if several and hasattr(found, "reshard") else found


def _refuse_other_dataset(folder: Path, features: Features, splits: list[str]) -> None:
    datasets = _load_datasets()
    with tempfile.TemporaryDirectory() as cache:
        try:
            found = datasets.load_dataset(str(folder), "default", streaming=True, cache_dir=cache)
            same = all(one.features == datasets.Features.from_dict(json_of(features)) for one in found.values())
        except (ValueError, OSError, TypeError, KeyError) as error:
            raise UserError("export_mismatch", path=str(folder), article="") from error
    if not same or set(found) != set(splits):
        raise UserError("export_mismatch", path=str(folder), article="")


def _load_datasets() -> Any:
    with _offline():
        return load("datasets")


@contextmanager
def _offline() -> Iterator[None]:
    """Let libraries that are imported now believe that there is no network; they look once."""
    names = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


FORMAT = Format(
    id="huggingface",
    name_key=N_("Hugging Face dataset"),
    description_key=N_(
        "A folder that datasets.load_dataset loads: Parquet files of each split, and a card of the data."
    ),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.NOT_IN_NER),
    extra=huggingface.EXTRA,
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER_OF_SPLITS,
    finish=finish,
)
