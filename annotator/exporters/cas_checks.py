# SPDX-License-Identifier: MIT
"""What dkpro-cassis reads in a file, as a document that is compared with what our reader reads.

Asks cassis for annotations by type, and never how a file is written; so a fault of our reader is seen here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.exporters.base import Entry
from annotator.exporters.carrying import entry_of
from annotator.exporters.cas import ABILITIES, ARTICLE_FEATURES
from annotator.exporters.inception import DOCUMENT_LABEL, RELATION
from annotator.extras import EXTRAS, load
from annotator.importers.cas import files_of
from annotator.importers.cas_xmi import TYPE_SYSTEM
from annotator.importers.foreign import ForeignFormat
from annotator.importers.inception import ARTICLE, CUSTOM, METADATA, document_tag_of, tag_of
from annotator.model import exchange

_PLACES = frozenset({"xmiID", "sofa", "begin", "end", "Governor", "Dependent"})


def entries(folder: Path, reader: ForeignFormat) -> Iterator[Entry]:
    """Yield what our reader of the format reads in each file of a folder, and see that cassis reads the same.

    Raises:
        ValueError: it does not.
    """
    cassis = EXTRAS["cassis"].installed
    [suffix] = reader.suffixes
    for file in files_of(folder, suffix):
        [document] = reader.read(file)
        entry = entry_of(document, ABILITIES)
        if cassis and _by_cassis(file) != entry:
            raise ValueError(f"cassis reads {file.name} otherwise")
        yield entry


def _by_cassis(path: Path) -> Entry:
    """Return what cassis reads in a file of ours.

    Raises:
        ValueError: it cannot read it.
    """
    cassis = load("cassis")
    try:
        if path.suffix == ".json":
            with path.open("rb") as file:
                return entry_of(_document(cassis.load_cas_from_json(file)), ABILITIES)
        with (path.parent / TYPE_SYSTEM).open("rb") as file:
            system = cassis.load_typesystem(file)
        with path.open("rb") as file:
            # Ours are as large as the text is.
            return entry_of(_document(cassis.load_cas_from_xmi(file, typesystem=system, trusted=True)), ABILITIES)
    except (KeyError, AttributeError, TypeError, SyntaxError, cassis.typesystem.TypeNotFoundError) as error:
        raise ValueError(f"cassis cannot read {path.name}: {error}") from error


def _document(cas: Any) -> exchange.Document:
    text = cas.sofa_string or ""
    known = [one for one in cas.select_all_fs() if one.type.name.startswith(CUSTOM)]
    tags = [_tag(one, text) for one in known if one.type.name not in {RELATION, DOCUMENT_LABEL, ARTICLE}]
    [metadata] = cas.select(METADATA)
    found = next((_values(one) for one in known if one.type.name == ARTICLE), {})
    fields: dict[str, Any] = {name: found.get(name, "") for name in ARTICLE_FEATURES}
    return exchange.Document(
        text=text,
        id=metadata.documentId or "",
        title=metadata.documentTitle or "",
        tags=tuple(tags),
        relations=tuple(_relations(known)),
        document_tags=tuple(
            document_tag_of(one.type.name, _values(one)) for one in known if one.type.name == DOCUMENT_LABEL
        ),
        **fields,
    )


def _tag(one: Any, text: str) -> exchange.Tag:
    return tag_of(one.type.name, _values(one), one.begin, one.end, id=str(one.xmiID), quote=text[one.begin : one.end])


def _relations(known: list[Any]) -> Iterator[exchange.Relation]:
    for one in known:
        if one.type.name == RELATION:
            yield exchange.Relation(
                one.value, str(one.Governor.xmiID), str(one.Dependent.xmiID), annotator=one.annotator or ""
            )


def _values(one: Any) -> dict[str, str]:
    names = (feature.name for feature in one.type.all_features if feature.name not in _PLACES)
    found = ((name, getattr(one, name)) for name in names)
    return {name: value for name, value in found if value is not None}
