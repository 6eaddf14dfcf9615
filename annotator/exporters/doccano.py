# SPDX-License-Identifier: MIT
"""doccano's JSON Lines, for sequence labelling and with relations; `annotator.importers.doccano` reads both.

A project of doccano's that forbids overlap keeps the first tag of each place and drops the rest without a word
(`Spans.clean` in its importer), which the docs tell; here everything is written.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import (
    Entry,
    ExportOptions,
    ExportSource,
    Format,
    ReadBack,
    Writer,
    Written,
    without_registry,
)
from annotator.exporters.carrying import Carrier, entry_of
from annotator.i18n import N_
from annotator.importers import doccano
from annotator.importers.foreign import json_line
from annotator.model import exchange

ABILITIES = Abilities(
    overlap=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
    names=True,
)
RELATIONS_ABILITIES = replace(ABILITIES, relations=True)

_Line = Callable[[exchange.Document], dict[str, Any]]


def _labels(document: exchange.Document) -> dict[str, Any]:
    return {"label": [[tag.start, tag.end, tag.label] for tag in document.tags]}


def _entities(document: exchange.Document) -> dict[str, Any]:
    numbers = {tag.id: number for number, tag in enumerate(document.tags)}
    entities = [
        {"id": numbers[tag.id], "label": tag.label, "start_offset": tag.start, "end_offset": tag.end}
        for tag in document.tags
    ]
    relations = [
        {"id": number, "from_id": numbers[one.source], "to_id": numbers[one.target], "type": one.type}
        for number, one in enumerate(document.relations)
    ]
    return {"entities": entities, "relations": relations}


def _writer(abilities: Abilities, line: _Line) -> Writer:
    def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
        """Write one line a document; ids of entities count within it.

        Every line has the same keys: doccano's importer makes NaN of one that is missing, which no database takes.
        """
        carrier = Carrier(source, options, abilities)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for number, tagged in enumerate(source.articles(), start=1):
                carried = carrier.carry(tagged)
                document = carried.document
                metadata = {
                    "article_id": document.id,
                    **{name: getattr(document, name) for name in exchange.PARTICULARS},
                }
                file.write(json_line({"id": number, "text": document.text, **line(document), **metadata}) + "\n")
                yield Written(tagged, carried.entry, carried.lost)
        yield without_registry(source)

    return write


def _reader(abilities: Abilities) -> ReadBack:
    def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
        """Read every line with our strict reader."""
        return (entry_of(document, abilities) for document in doccano.read(path))

    return read_back


def verifier() -> str:
    """Return by what files are read back: our own strict reader; doccano is a server."""
    return "tawsim"


FORMAT = Format(
    id="doccano",
    name_key=N_("doccano JSONL"),
    description_key=N_("For a sequence labelling project of doccano: each tag as start, end and label."),
    suffix=".doccano.jsonl",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=_writer(ABILITIES, _labels),
    read_back=_reader(ABILITIES),
    verifier=verifier,
)

RELATIONS_FORMAT = Format(
    id="doccano-relations",
    name_key=N_("doccano JSONL with relations"),
    description_key=N_("For a project of doccano that labels relations, too: entities and the relations between them."),
    suffix=".doccano-relations.jsonl",
    abilities=RELATIONS_ABILITIES,
    losses=losses_of(RELATIONS_ABILITIES),
    write=_writer(RELATIONS_ABILITIES, _entities),
    read_back=_reader(RELATIONS_ABILITIES),
    verifier=verifier,
)
