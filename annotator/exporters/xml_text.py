# SPDX-License-Identifier: MIT
"""Text as XML 1.0 can hold it: what it has no place for becomes �, one for one, so that offsets hold in any unit."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from annotator.exporters.carrying import Carried
from annotator.exporters.losses import Lossy, Reason
from annotator.model import exchange
from annotator.model.attributes import AttributeValue

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "�"

_T = TypeVar("_T", exchange.Tag, exchange.DocumentTag)


def legal_text(text: str) -> str:
    """Return a text with � for every character that XML 1.0 does not allow."""
    return _ILLEGAL.sub(_REPLACEMENT, text)


def legal(document: exchange.Document, *, text: bool = True) -> exchange.Document:
    """Return a document of which all that stands in XML is allowed there.

    Args:
        document: the document.
        text: whether its text stands in XML, too.
    """
    fields: dict[str, Any] = {name: legal_text(getattr(document, name)) for name in exchange.PARTICULARS}
    made = replace(
        document,
        tags=tuple(map(_legal_tag, document.tags)),
        relations=tuple(
            replace(one, type=legal_text(one.type), annotator=legal_text(one.annotator)) for one in document.relations
        ),
        document_tags=tuple(map(_legal_tag, document.document_tags)),
        **fields,
    )
    return replace(made, text=legal_text(document.text)) if text else made


def replaced(carried: Carried, document: exchange.Document, *, text: bool = True) -> Iterator[tuple[Reason, Lossy]]:
    """Yield the tags of which something is replaced in a document that `legal` made."""
    for one, before, after in zip(carried.placed, carried.document.tags, document.tags, strict=True):
        if before != after or (text and _ILLEGAL.search(before.quote or "")):
            yield Reason.ILLEGAL_CHARACTER, one.span


def _legal_tag(tag: _T) -> _T:
    attributes = {legal_text(key): _legal_value(value) for key, value in tag.attributes.items()}
    return replace(
        tag,
        label=legal_text(tag.label),
        note=legal_text(tag.note),
        annotator=legal_text(tag.annotator),
        attributes=attributes,
    )


def _legal_value(value: AttributeValue) -> AttributeValue:
    match value:
        case str():
            return legal_text(value)
        case tuple():
            return tuple(map(legal_text, value))
        case _:
            return value
