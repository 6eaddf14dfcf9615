# SPDX-License-Identifier: MIT
"""Articles in records, one each: JSON that is a list or holds one, and JSONL, one record a line.

Nested keys are joined by dots; a list of texts becomes one text, a line each. Nothing of a record is run or fetched.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.columns import ImportOptions
from annotator.importers.rows import PlacedRow, Table, articles_of
from annotator.importers.safety import LARGEST_PART
from annotator.importers.sources import Meter, Source, whole
from annotator.importers.text_streams import LONGEST_LINE, TextStream, open_text
from annotator.text.decoding import decode

#: How deep records may be nested before what is deeper is left out.
_DEEPEST = 20
#: How deep in an object its list of records is looked for.
_LIST_DEPTH = 4
#: The column of records that are bare texts.
_BARE = "text"
_BOM = "\ufeff"


def read_json(source: Source, options: ImportOptions, meter: Meter) -> Iterator[ReadArticle | Unread]:
    """Yield the articles of a JSON file.

    Raises:
        UserError: what `open_json` refuses, `column_missing` or `columns_unknown`.
    """
    with open_json(source, options, meter) as table:
        yield from articles_of(table, options)


def read_jsonl(source: Source, options: ImportOptions, meter: Meter) -> Iterator[ReadArticle | Unread]:
    """Yield the articles of a JSONL file.

    Raises:
        UserError: what `open_text` refuses, `file_empty`, `column_missing` or `columns_unknown`.
    """
    with open_jsonl(source, options, meter) as table:
        yield from articles_of(table, options)


@contextmanager
def open_json(source: Source, options: ImportOptions, meter: Meter) -> Iterator[Table]:
    """Open a JSON file as a table of its records.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `file_too_large`, `file_empty`, what `decode` refuses, with the
            path, `table_broken` or `records_missing`.
    """
    raw = whole(source, LARGEST_PART)
    try:
        decoded = decode(raw, options.encoding)
        records = _records(json.loads(decoded.text))
    except UserError as error:
        raise UserError(error.key, **{"path": source.path, **error.params}) from error
    except (ValueError, RecursionError) as error:
        raise _broken(source, getattr(error, "lineno", 1), error) from error
    if not records:
        raise UserError("records_missing", path=source.path)
    yield Table(source, _placed(source, records, meter), (), decoded.encoding, decoded.guessed)


@contextmanager
def open_jsonl(source: Source, options: ImportOptions, meter: Meter) -> Iterator[Table]:
    """Open a JSONL file as a table of its records.

    Raises:
        UserError: what `open_text` refuses.
    """
    with open_text(source, options.encoding, meter) as stream:
        yield Table(source, _parsed_lines(source, stream), (), stream.encoding, stream.guessed)


def _placed(source: Source, records: list[Any], meter: Meter) -> Iterator[PlacedRow]:
    for number, record in enumerate(records, 1):
        yield _row(source, number, record)
        meter.share = number / len(records)


def _parsed_lines(source: Source, stream: TextStream) -> Iterator[PlacedRow]:
    number = 0
    lines = stream.lines()
    while True:
        number += 1
        try:
            line = next(lines)
            if line is None:
                most = LONGEST_LINE // 1_000_000
                yield str(number), UserError("part_too_long", path=source.path, place=source.at(number), most=most)
            elif line.strip():
                yield _row(source, number, json.loads(line.removeprefix(_BOM)))
        except StopIteration:
            return
        except UnicodeDecodeError as error:  # no later line is sure to begin where one ends
            yield str(number), _broken(source, number, f"{error.encoding}: {error.reason}")
            return
        except (ValueError, RecursionError) as error:
            yield str(number), _broken(source, number, error)


def _row(source: Source, number: int, record: Any) -> PlacedRow:
    if isinstance(record, str):
        return str(number), {_BARE: record}
    if not isinstance(record, Mapping):
        return str(number), UserError("record_unfit", path=source.path, place=source.at(number))
    cells: dict[str, list[str]] = {}
    _flatten(record, "", cells, 0)
    return str(number), {name: "\n".join(texts) for name, texts in cells.items()}


def _broken(source: Source, number: object, detail: object) -> UserError:
    said = getattr(detail, "msg", None) or str(detail)
    return UserError("record_broken", path=source.path, place=source.at(number), detail=said)


def _flatten(value: Any, name: str, cells: dict[str, list[str]], depth: int) -> None:
    """Write what a value holds under its name, and under the names of its keys."""
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for key, one in value.items():
            _flatten(one, f"{name}.{key}" if name else str(key), cells, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            _flatten(one, name, cells, depth + 1)
    elif isinstance(value, str | int | float) and value != "":
        cells.setdefault(name, []).append(str(value))


def _records(value: Any) -> list[Any]:
    """Return the list that a document is; else the longest list of records in it; else the one record that it is."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return []
    lists = [found for found in _lists(value, _LIST_DEPTH) if any(isinstance(one, Mapping | str) for one in found)]
    of_records = [found for found in lists if any(isinstance(one, Mapping) for one in found)]
    return max(of_records, key=len, default=[value] if value else [])


def _lists(value: Mapping[str, Any], depth: int) -> Iterable[list[Any]]:
    for one in value.values():
        if isinstance(one, list):
            yield one
        elif isinstance(one, Mapping) and depth:
            yield from _lists(one, depth - 1)
