# SPDX-License-Identifier: MIT
"""Values of JSON that others wrote, taken for what they can be; and documents that stand in a file several times.

What `doccano`, `label_studio` and `prodigy` share; knows none of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.model import exchange
from annotator.model.attributes import AttributeValue

#: Longer than any offset, and short enough to be read as a number in no time.
_LONGEST_OFFSET = 12


def said(value: object) -> str:
    """Return a text or a number as text; "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def offset(value: object) -> int | None:
    """Return a position, which some write as text or with a fraction of zero; None for anything else."""
    match value:
        case bool():
            return None
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str() if value.isdecimal() and len(value) <= _LONGEST_OFFSET:
            return int(value)
    return None


def attribute_value(value: object) -> AttributeValue | None:
    """Return what an attribute may have as its value: a list as several choices; None for anything else."""
    match value:
        case str() | bool() | int() | float():
            return value
        case list() | tuple():
            return tuple(map(said, value))
    return None


def particulars(of: Mapping[str, object]) -> dict[str, Any]:
    """Return what an object says of the article."""
    return {name: said(of.get(name)) for name in exchange.PARTICULARS}


def joined(documents: Iterable[exchange.Document]) -> Iterator[exchange.Document]:
    """Yield documents, those of one id and text that follow each other as one: they are the work of several."""
    last: exchange.Document | None = None
    for document in documents:
        if last and document.id and (document.id, document.text) == (last.id, last.text):
            last = both(last, document)
            continue
        if last:
            yield last
        last = document
    if last:
        yield last


def both(first: exchange.Document, second: exchange.Document) -> exchange.Document:
    """Return two documents of one text as one; the ids of the second are changed where the first has them."""
    second = apart(second, {tag.id for tag in first.tags if tag.id}, second.place)
    return replace(
        first,
        tags=(*first.tags, *second.tags),
        relations=(*first.relations, *second.relations),
        document_tags=(*first.document_tags, *second.document_tags),
        skipped=Counter(first.skipped) + Counter(second.skipped),
    )


def apart(document: exchange.Document, taken: set[str], mark: str) -> exchange.Document:
    """Return a document whose tags have none of the ids that are taken; `mark` tells theirs from those."""
    ids = {tag.id: f"{mark}:{tag.id}" for tag in document.tags if tag.id in taken}
    if not ids:
        return document
    return replace(
        document,
        tags=tuple(replace(tag, id=ids.get(tag.id, tag.id)) for tag in document.tags),
        relations=tuple(
            replace(one, source=ids.get(one.source, one.source), target=ids.get(one.target, one.target))
            for one in document.relations
        ),
    )
