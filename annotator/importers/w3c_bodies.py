# SPDX-License-Identifier: MIT
"""What one Web Annotation says: its bodies, its targets and their selectors, whoever wrote it.

An annotation may say the same in several ways (one value or a list, a text or an object); here each has one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.importers import w3c_terms as terms
from annotator.model.attributes import AttributeValue

#: An object of JSON.
Item = dict[str, Any]

_NAMING = frozenset({"tagging", "classifying"})
_POINTING = frozenset({"identifying", "linking"})


class NotAnAnnotationError(ValueError):
    """Something that stands where an annotation should, and is none."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One stretch of a source: its position, or None, and its quote, or None."""

    position: tuple[int, int] | None = None
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def is_found(self) -> bool:
        """Return whether it can be told where it is."""
        return self.position is not None or bool(self.quote)


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about.

    Attributes:
        source: the IRI of a document, or of another annotation.
        parts: the stretches of it; nothing for all of it.
        text: the text of the source where it is given with it.
        title: what the source is called, likewise.
    """

    source: str
    parts: tuple[Selected, ...] = ()
    text: str = ""
    title: str = ""


def several(value: Any) -> list[Any]:
    """Return a value, or each of a list of them, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def iri_of(value: Any) -> str:
    """Return an IRI that stands alone or is the `id` of an object; "" where there is none."""
    found = value.get("id", value.get("@id")) if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def words_of(item: Mapping[str, Any], key: str) -> list[str]:
    """Return the motivations or purposes, without what comes before their names in IRIs."""
    return [one.rpartition("#")[2].removeprefix("oa:") for one in several(item.get(key)) if isinstance(one, str)]


def targets_of(item: Item) -> Iterator[Target]:
    """Yield the targets.

    Raises:
        NotAnAnnotationError: there is none.
    """
    found = several(item.get("target"))
    if not found and isinstance(item.get("uri"), str):
        found = [item["uri"]]
    if not found:
        raise NotAnAnnotationError("target")
    for target in found:
        yield _target(target)


def _target(target: Any) -> Target:
    if not isinstance(target, dict):
        if not isinstance(target, str):
            raise NotAnAnnotationError("target")
        return Target(target)
    if target.get("type") == "Composite":
        pieces = [_target(one) for one in several(target.get("items"))]
        if not pieces:
            raise NotAnAnnotationError("target.items")
        return Target(pieces[0].source, tuple(part for one in pieces for part in one.parts), pieces[0].text)
    source = target.get("source", target)
    known = source if isinstance(source, dict) else {}
    parts = (_selected(several(target["selector"])),) if "selector" in target else ()
    text, title = known.get("value"), known.get("title", known.get("label"))
    return Target(iri_of(source), parts, text if isinstance(text, str) else "", title if isinstance(title, str) else "")


def _selected(selectors: list[Any]) -> Selected:
    """Return what several selectors say of one stretch."""
    position: tuple[int, int] | None = None
    quote: str | None = None
    prefix = suffix = ""
    for selector in _flat(selectors):
        start, end, exact = (selector.get(key) for key in ("start", "end", "exact"))
        if selector.get("type") == "TextPositionSelector":
            if type(start) is not int or type(end) is not int:
                raise NotAnAnnotationError("selector.start")
            position = position or (start, end)
        elif selector.get("type") == "TextQuoteSelector" and quote is None:
            quote, prefix, suffix = (_text(one) for one in (exact, selector.get("prefix"), selector.get("suffix")))
    return Selected(position, quote, prefix, suffix)


def _flat(selectors: list[Any]) -> Iterator[Item]:
    """Yield selectors, and those by which they are refined, which are closer."""
    waiting = list(selectors)
    while waiting:
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            waiting = several(selector.get("refinedBy")) + waiting
            yield selector


def _text(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise NotAnAnnotationError("selector")
    return value or ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the bodies of an annotation say.

    Attributes:
        labels: its tags.
        note: its comments and descriptions.
        entity: what it is identified with or linked to, the first of these; the others are in the note.
    """

    labels: tuple[str, ...]
    note: str
    entity: str


def said_by(item: Item) -> Said:
    """Return what the bodies say; those of Hypothesis's own form, too."""
    labels, notes = _strings(item.get("tags")), _strings(item.get("text")) + _strings(item.get("bodyValue"))
    entities: list[str] = []
    motivations = words_of(item, "motivation")
    for body in several(item.get("body")):
        purposes = (words_of(body, "purpose") if isinstance(body, dict) else []) or motivations
        value = body.get("value") if isinstance(body, dict) else None
        source = iri_of(body.get("source", body)) if isinstance(body, dict) else iri_of(body)
        if isinstance(value, str) and not _POINTING.intersection(purposes):
            (labels if _NAMING.intersection(purposes) else notes).append(value)
        elif isinstance(value, str) or source:
            entities.append(value if isinstance(value, str) else source)
    return Said(tuple(labels), "\n".join([*filter(None, notes), *entities[1:]]), entities[0] if entities else "")


def _strings(value: Any) -> list[str]:
    return [one for one in several(value) if isinstance(one, str)]


def creator_of(item: Item) -> str:
    """Return the name of who made an annotation, as far as it is told."""
    for one in several(item.get("creator", item.get("user"))):
        known = one if isinstance(one, dict) else {"name": one}
        for key in ("name", "nickname", "account", "email", "id"):
            if isinstance(known.get(key), str) and known[key]:
                name: str = known[key]
                return name
    return ""


def attributes_of(item: Item) -> dict[str, AttributeValue]:
    """Return the attributes that our own files have.

    Raises:
        NotAnAnnotationError: a value that no attribute can have.
    """
    found = item.get(terms.ATTRIBUTES, {})
    if not isinstance(found, dict):
        raise NotAnAnnotationError(terms.ATTRIBUTES)
    return {key: _value(value) for key, value in found.items()}


def _value(value: Any) -> AttributeValue:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if not isinstance(value, str | bool | int | float):
        raise NotAnAnnotationError(terms.ATTRIBUTES)
    return value
