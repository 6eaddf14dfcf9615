# SPDX-License-Identifier: MIT
"""A table of events as PLOVER 2.0 knows them: who does what to whom, when; one row for each agent and recipient.

Owns the bytes of the table, those of `annotator.exporters.csv_folder`; what a record is, is `plover_records`'.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.csv_folder import pandas_rows
from annotator.exporters.csv_folder import verifier as csv_verifier
from annotator.exporters.losses import Reason
from annotator.exporters.plover_records import COLUMNS, Record, RecordMaker
from annotator.extras import EXTRAS
from annotator.i18n import N_
from annotator.importers.csv_folder import file_rows

_ARTICLE, _EVENT, _RELATIONS = map(COLUMNS.index, ("article_id", "event_id", "relation_ids"))


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the records of every article."""
    maker = RecordMaker(source, options.overlap)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for tagged in source.articles():
            found = maker.records(tagged)
            writer.writerows(found.rows)
            entry = Entry(found.events, tuple(found.rows), found.relations) if found.rows else None
            yield Written(tagged, entry, tuple(found.lost))
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every record by pandas where it is installed, else by our own strict reader."""
    rows = pandas_rows(path) if EXTRAS["pandas"].installed else file_rows(path)
    records = (tuple(row[column] for column in COLUMNS) for _, row in rows)
    for _, group in groupby(records, key=lambda record: record[_ARTICLE]):
        yield _entry(group)


def _entry(records: Iterable[Record]) -> Entry:
    known = tuple(records)
    relations = {one for record in known for one in record[_RELATIONS].split()}
    return Entry(len({record[_EVENT] for record in known}), known, len(relations))


def verifier() -> str:
    """Return by what files are read back here."""
    return csv_verifier()


ABILITIES = Abilities(
    overlap=True,
    pieces=True,
    certainty=True,
    links=True,
    relations=True,
    targets=True,
    ids=True,
    authors=True,
    article_fields=True,
    cuts=True,
)

FORMAT = Format(
    id="plover",
    name_key=N_("PLOVER event table"),
    description_key=N_(
        "One row for each event with who acts, toward whom, its type and date, for event data analysis."
    ),
    suffix=".plover.csv",
    abilities=ABILITIES,
    losses=losses_of(
        ABILITIES,
        Reason.NO_EVENT,
        Reason.NEGATED,
        Reason.NO_TYPE,
        Reason.NO_AGENT,
        Reason.NO_RECORD,
        Reason.DOCUMENT_TAG_UNIT,
    ),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
