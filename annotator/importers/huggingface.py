# SPDX-License-Identifier: MIT
"""A folder of Parquet files as Hugging Face `datasets` writes and reads them.

Owns which files of a folder are read and in what order, and what is refused of them. The names of classes come from
the footer of each file, where `datasets` writes them; a README is not read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, refuse_twice
from annotator.importers.huggingface_rows import COLUMNS, RowReader, class_names, features_json, is_readable
from annotator.importers.safety import LARGEST_PART, opened
from annotator.model import exchange
from annotator.model.annotator import Annotator
from annotator.model.ids import ActorId, AnnotatorId, EventId
from annotator.model.registry import Actor, Event

EXTRA = "huggingface"
REGISTRY = "registry"
ACTORS, EVENTS = "actors.parquet", "events.parquet"
#: The key of the footer under which `datasets` keeps what it calls features.
FEATURES = b"huggingface"

_BATCH = 64
#: In bytes: what a group of rows may have when it is unpacked.
_LARGEST_GROUP = 2_000_000_000
_SPLITS = ("train", "validation", "valid", "dev", "test")


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document of every split; see `annotator.importers.foreign.Read`."""
    seen: set[str] = set()
    files = files_of(path)
    if not files:
        raise UserError("foreign_missing", path=path, place="*.parquet")
    for file in files:
        for document in read_file(file):
            if document.id and document.id in seen:
                raise UserError("foreign_twice", path=file, place=document.place, what=document.id)
            seen.add(document.id)
            yield document


def read_file(path: Path) -> Iterator[exchange.Document]:
    """Read the documents of one Parquet file.

    Raises:
        UserError: one of the `foreign_` keys.
    """
    names, features = described(path)
    if not is_readable(names):
        raise UserError("foreign_missing", path=path, place="text, entities | tokens, ner_tags")
    reader = RowReader(names, class_names(features), path)
    for number, row in enumerate(rows(path, [name for name in names if name in COLUMNS]), start=1):
        yield reader.document(row, str(number))


def header(path: Path) -> exchange.Header:
    """Return the registry of the folder, if it has one."""
    folder = path / REGISTRY
    actors = [_actor(row, folder / ACTORS) for row in _registry_rows(folder / ACTORS)]
    events = [_event(row, folder / EVENTS) for row in _registry_rows(folder / EVENTS)]
    ids = [*(one.id for one in actors), *(one.id for one in events)]
    refuse_twice(ids, folder, "id")
    names = [*(one.annotator_id for one in actors), *(one.annotator_id for one in events)]
    annotators = tuple(Annotator(name, name) for name in dict.fromkeys(names) if name)
    return exchange.Header(None, annotators, tuple(actors), tuple(events))


def recognise(path: Path) -> bool:
    """Return whether a folder has a Parquet file of tagged texts."""
    files = files_of(path)
    # Without the library it is read by, a folder is taken for one, so that the user is told what is missing.
    return bool(files) and (not EXTRAS[EXTRA].installed or is_readable(described(files[0])[0]))


def files_of(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder and of the folders in it, the training split first; not the registry's."""
    found = [*folder.glob("*.parquet"), *folder.glob("*/*.parquet")]
    return sorted((file for file in found if file.parent.name != REGISTRY), key=_order)


def _order(file: Path) -> tuple[int, str]:
    known = [index for index, split in enumerate(_SPLITS) if split in file.name]
    return (known[0] if known else len(_SPLITS)), str(file)


def described(path: Path) -> tuple[list[str], object]:
    """Return the names of the columns of a Parquet file, and the features that its footer tells of, if any.

    Raises:
        UserError: `foreign_cut_short`, `foreign_malformed`, or what opening raises.
    """
    with _file(path) as parquet, _refused(path, ""):
        schema = parquet.schema_arrow
        names, raw = list(schema.names), (schema.metadata or {}).get(FEATURES)
    return names, features_json(raw, path) if raw else None


def rows(path: Path, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file as plain values.

    Raises:
        UserError: `foreign_cut_short`, `foreign_too_long`, or what opening raises.
    """
    with _file(path) as parquet:
        for index in range(parquet.num_row_groups):
            place = f"row group {index}"
            with _refused(path, place):
                group = parquet.metadata.row_group(index)
                too_large = group.total_byte_size > _LARGEST_GROUP
                batches = parquet.iter_batches(_BATCH, row_groups=[index], columns=columns)
            if too_large:
                raise UserError("foreign_too_long", path=path, place=place, most=_LARGEST_GROUP // 1_000_000)
            while True:
                with _refused(path, place):
                    batch = next(batches, None)
                    if batch is None:
                        break
                    large = batch.nbytes > _LARGEST_GROUP
                    values = [] if large else batch.to_pylist()
                if large:
                    raise UserError("foreign_too_long", path=path, place=place, most=LARGEST_PART // 1_000_000)
                yield from values


@contextmanager
def _file(path: Path) -> Iterator[Any]:
    with opened(path) as raw:
        with _refused(path, ""):
            parquet = load("pyarrow.parquet").ParquetFile(raw)
        yield parquet


@contextmanager
def _refused(path: Path, place: str) -> Iterator[None]:
    """Say of whatever the library stumbles over that the file is damaged."""
    arrow: Any = load("pyarrow")
    try:
        yield
    except (arrow.ArrowException, OSError, ValueError, LookupError, TypeError, MemoryError, OverflowError) as error:
        raise UserError("foreign_cut_short", path=path, place=place) from error


def _registry_rows(path: Path) -> Iterator[dict[str, Any]]:
    return rows(path) if path.exists() else iter(())


def _actor(row: dict[str, Any], path: Path) -> Actor:
    return Actor(
        ActorId(_text(row, "id", path)),
        _text(row, "name_ar", path),
        _text(row, "name_en", path),
        AnnotatorId(_text(row, "annotator", path)),
        _text(row, "created", path),
        kind=_text(row, "kind", path),
        sector=_text(row, "sector", path),
        country=_text(row, "country", path),
        external_id=_text(row, "external_id", path),
        aliases=_texts(row, "aliases", path),
        members=tuple(map(ActorId, _texts(row, "members", path))),
        anonymous=row.get("anonymous") is True,
        note=_text(row, "note", path),
    )


def _event(row: dict[str, Any], path: Path) -> Event:
    return Event(
        EventId(_text(row, "id", path)),
        _text(row, "title", path),
        AnnotatorId(_text(row, "annotator", path)),
        _text(row, "created", path),
        type=_text(row, "type", path),
        date=_text(row, "date", path),
        place=_text(row, "place", path),
        external_id=_text(row, "external_id", path),
        participants=tuple(map(ActorId, _texts(row, "participants", path))),
        note=_text(row, "note", path),
    )


def _text(row: dict[str, Any], name: str, path: Path) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise UserError("foreign_malformed", path=path, place=name, detail=str(value)[:40])
    return value or ""


def _texts(row: dict[str, Any], name: str, path: Path) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list):
        raise UserError("foreign_malformed", path=path, place=name, detail=str(values)[:40])
    return tuple(_text({name: value}, name, path) for value in values)


FORMAT = ForeignFormat("huggingface", N_("Hugging Face dataset"), (), recognise, read, header=header, extra=EXTRA)
