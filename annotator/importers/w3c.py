# SPDX-License-Identifier: MIT
"""W3C's Web Annotations as JSON-LD: our own pages line by line, and other people's files as a whole.

Owns how annotations become documents: those of one source are one, whose text may not be in the file. Nothing that an
IRI or a context points to is ever fetched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers import w3c_bodies as bodies
from annotator.importers import w3c_terms as terms
from annotator.importers.foreign import ForeignFormat, checked, from_json
from annotator.importers.safety import opened, read_lines, read_text
from annotator.importers.w3c_bodies import Item, NotAnAnnotationError, Selected, Target
from annotator.model import exchange
from annotator.model.annotator import Annotator
from annotator.model.registry import Actor, Event
from annotator.model.scheme_file import parse_scheme
from annotator.model.span import joined_pieces
from annotator.text.anchoring import anchor

#: How the first line of our own files ends; after it each line is an annotation.
OPENING, CLOSING = '"items": [', "]}"
#: The fields of a document besides its text, as our own files have them.
FIELDS = ("id", *exchange.PARTICULARS)

_Placed = tuple[str, Item]
#: Where the annotations of a file may be: of W3C's pages and collections, and of Hypothesis.
_LISTS = ("items", "first", "annotations", "rows", "@graph")
_SIGNS = (b"w3.org/ns/anno", b"TextQuoteSelector", b"TextPositionSelector", b'"AnnotationPage"')
_MOST_STEPS = 20


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document; see `annotator.importers.foreign.Read`."""
    for group in read_groups(path):
        place = group[0][0]
        try:
            document = _Reader(path, group).document()
        except NotAnAnnotationError as error:
            raise UserError("foreign_malformed", path=path, place=place, detail=str(error)) from error
        yield _checked(document, path)


def read_groups(path: Path) -> Iterator[list[_Placed]]:
    """Yield the annotations of each source, each with its place.

    Raises:
        UserError: as `read` does.
    """
    lines = read_lines(path)
    number, first = next(lines, (1, ""))
    if first.endswith(OPENING):
        _refuse_version(from_json(first + CLOSING, dict[str, Any], path, str(number)), path)
        yield from _runs(_items(lines, path, number))
    else:
        whole = from_json(read_text(path), object, path, "")
        yield from _gathered(_listed(whole, path))


def header(path: Path) -> exchange.Header:
    """Return the scheme, the annotators and the registry that one of our own files begins with."""
    found = project(path)
    if not found:
        return exchange.NO_HEADER
    try:
        scheme = parse_scheme(msgspec.json.encode(found.get("scheme")).decode(), where=path.name)
        return exchange.Header(
            scheme,
            msgspec.convert(found.get("annotators", []), tuple[Annotator, ...]),
            msgspec.convert(found.get("actors", []), tuple[Actor, ...]),
            msgspec.convert(found.get("events", []), tuple[Event, ...]),
        )
    except msgspec.ValidationError as error:
        raise UserError("foreign_malformed", path=path, place="1", detail=str(error)) from error
    except UserError as error:
        if error.key != "scheme_unreadable":
            raise
        raise UserError("foreign_malformed", path=path, place="1", detail=error.params["detail"]) from error


def project(path: Path) -> dict[str, Any]:
    """Return what one of our own files says of its project, as it stands there; of any other file nothing."""
    number, first = next(read_lines(path), (1, ""))
    if not first.endswith(OPENING):
        return {}
    page = from_json(first + CLOSING, dict[str, Any], path, str(number))
    found = page.get(terms.PROJECT)
    return found if isinstance(found, dict) else {}


def recognise(path: Path) -> bool:
    """Return whether a file begins as annotations do."""
    with opened(path) as file:
        start = file.read(1 << 16)
    return any(sign in start for sign in _SIGNS)


# The annotations of a file


def _refuse_version(page: dict[str, Any], path: Path) -> None:
    version = page.get(terms.FILE_VERSION, terms.VERSION)
    if version != terms.VERSION:
        raise UserError("foreign_version", path=path, version=str(version), known=terms.VERSION)


def _items(lines: Iterable[tuple[int, str]], path: Path, number: int) -> Iterator[_Placed]:
    last = number
    for last, line in lines:
        if line == CLOSING:
            return
        yield str(last), from_json(line.removesuffix(","), dict[str, Any], path, str(last))
    raise UserError("foreign_cut_short", path=path, place=str(last))


def _runs(items: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the annotations of each source of a file where these stand together."""
    owner, known, group = "", set[str](), list[_Placed]()
    for place, item in items:
        found = _owner(item)
        if found not in known:
            if group and found != owner:
                yield group
                known, group = set(), []
            owner = found
        known.add(bodies.iri_of(item))
        group.append((place, item))
    if group:
        yield group


def _owner(item: Item) -> str:
    """Return the IRI of what an annotation is about: a source, or an annotation."""
    try:
        return next(bodies.targets_of(item)).source
    except NotAnAnnotationError:
        return ""


def _listed(whole: object, path: Path) -> list[_Placed]:
    """Return the annotations of a whole file, in whichever list of it they are."""
    found = [(f"[{number}]", one) for number, one in enumerate(bodies.several(whole), start=1)]
    for _ in range(_MOST_STEPS):
        nested = [next((one[key] for key in _LISTS if key in one), None) for _, one in found if isinstance(one, dict)]
        if len(nested) != 1 or nested[0] is None or len(found) != 1:
            break
        found = [(f"[{number}]", one) for number, one in enumerate(bodies.several(nested[0]), start=1)]
    items: list[_Placed] = []
    for place, one in found:
        if not isinstance(one, dict):
            raise UserError("foreign_malformed", path=path, place=place, detail="no annotation")
        items.append((place, one))
    return items


def _gathered(items: list[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the annotations of each source, wherever in the file they stand."""
    homes = {bodies.iri_of(item): _owner(item) for _, item in items if bodies.iri_of(item)}
    groups: dict[str, list[_Placed]] = {}
    for place, item in items:
        home = _owner(item)
        for _ in range(_MOST_STEPS):  # an annotation may be about an annotation
            if home not in homes or homes[home] == home:
                break
            home = homes[home]
        groups.setdefault(home, []).append((place, item))
    yield from groups.values()


# A document


@dataclass(slots=True)
class _Found:
    """What was read so far of a document."""

    tags: list[exchange.Tag] = field(default_factory=list)
    relations: list[exchange.Relation] = field(default_factory=list)
    document_tags: list[exchange.DocumentTag] = field(default_factory=list)
    skipped: int = 0


class _Reader:
    """Makes a document of the annotations of one source."""

    def __init__(self, path: Path, group: list[_Placed]) -> None:
        self._path, self._group = path, group
        self._ids = {bodies.iri_of(item) for _, item in group} - {""}
        self._found = _Found()

    def document(self) -> exchange.Document:
        holder = next((item for _, item in self._group if terms.DOCUMENT in item), None)
        targets = [target for _, item in self._group for target in bodies.targets_of(item)]
        known = self._fields(holder, targets)
        self._text = _text_of(holder) if holder else next((one.text for one in targets if one.text), "")
        for place, item in self._group:
            if item is not holder:
                try:
                    self._read(place, item)
                except NotAnAnnotationError as error:
                    raise UserError("foreign_malformed", path=self._path, place=place, detail=str(error)) from error
        found = self._found
        return exchange.Document(
            text=self._text,
            tags=tuple(found.tags),
            relations=tuple(found.relations),
            document_tags=tuple(found.document_tags),
            place=self._group[0][0],
            skipped={exchange.Skipped.KIND: found.skipped} if found.skipped else {},
            **known,
        )

    def _fields(self, holder: Item | None, targets: list[Target]) -> dict[str, Any]:
        if holder:
            told = holder[terms.DOCUMENT]
            if not isinstance(told, dict) or not all(isinstance(told.get(key, ""), str) for key in FIELDS):
                raise NotAnAnnotationError(terms.DOCUMENT)
            return {key: told.get(key, "") for key in FIELDS}
        source = next((one.source for one in targets if one.source and one.source not in self._ids), "")
        title = next((one.title for one in targets if one.title), "")
        about = self._group[0][1].get("document")  # Hypothesis's own form
        if isinstance(about, dict):
            title = next((one for one in bodies.several(about.get("title")) if isinstance(one, str)), title)
        name = terms.name_of(source)
        return {"id": name, "source": name, "title": title, "url": source if source.startswith("http") else ""}

    def _read(self, place: str, item: Item) -> None:
        targets = list(bodies.targets_of(item))
        ends = [one.source for one in targets if not one.parts and one.source in self._ids]
        if "linking" in bodies.words_of(item, "motivation") and ends:
            self._found.relations.append(self._relation(place, item, ends))
        elif any(one.parts for one in targets):
            for number, target in enumerate(targets):
                self._read_tags(place, item, target, first=not number)
        else:
            self._found.document_tags += self._document_tags(place, item)

    def _read_tags(self, place: str, item: Item, target: Target, *, first: bool) -> None:
        if not target.parts or not all(part.is_found for part in target.parts):
            self._found.skipped += 1
            return
        said = bodies.said_by(item)
        tag = self._tag(place, item, target)
        # An annotation of several tags is several of ours, of which one has its id.
        for number, label in enumerate(said.labels or _without_label(item)):
            name = tag.id if first and not number else ""
            self._found.tags.append(
                replace(tag, label=label, id=name, note=said.note, entity=terms.name_of(said.entity))
            )

    def _tag(self, place: str, item: Item, target: Target) -> exchange.Tag:
        pieces = sorted(map(self._position, target.parts))
        start, end = pieces[0][0], max(end for _, end in pieces)
        quotes = [part.quote for part in target.parts]
        quote = quotes[0] if len(quotes) == 1 else None
        if len(quotes) > 1 and None not in quotes:
            cut = [self._text[first:last] for first, last in map(self._position, target.parts)]
            quote = self._text[start:end] if cut == quotes else " ".join(filter(None, quotes))
        return exchange.Tag(
            label="",
            start=start,
            end=end,
            id=terms.name_of(bodies.iri_of(item)),
            pieces=joined_pieces(pieces)
            if all(0 <= one < two for one, two in pieces)
            else tuple(pieces[1:] and pieces),
            quote=quote,
            prefix=target.parts[0].prefix,
            suffix=target.parts[-1].suffix,
            unsure=item.get(terms.CERTAINTY) == "unsure",
            attributes=bodies.attributes_of(item),
            annotator=bodies.creator_of(item),
            place=place,
        )

    def _position(self, part: Selected) -> tuple[int, int]:
        """Return where a stretch is; one without a position where its quote is, or at the start as long as it is."""
        if part.position is not None:
            return part.position
        quote = part.quote or ""
        place = anchor(self._text, quote, -1, part.prefix, part.suffix) if self._text else None
        return (place.start, place.end) if place else (0, len(quote))

    def _relation(self, place: str, item: Item, ends: list[str]) -> exchange.Relation:
        """Return a relation: from one target to another, as Recogito has it, else from the target to a body."""
        said = bodies.said_by(item)
        to = ends[1] if len(ends) > 1 else said.entity
        is_tag = to in self._ids
        return exchange.Relation(
            type=(said.labels or _without_label(item))[0],
            source=terms.name_of(ends[0]),
            target=terms.name_of(to) if is_tag else "",
            entity="" if is_tag or to == terms.AUTHOR else terms.name_of(to),
            id=terms.name_of(bodies.iri_of(item)),
            annotator=bodies.creator_of(item),
            place=place,
        )

    def _document_tags(self, place: str, item: Item) -> Iterator[exchange.DocumentTag]:
        said = bodies.said_by(item)
        for number, label in enumerate(said.labels or _without_label(item)):
            yield exchange.DocumentTag(
                label=label,
                id="" if number else terms.name_of(bodies.iri_of(item)),
                note="\n".join(filter(None, (said.note, said.entity))),
                unsure=item.get(terms.CERTAINTY) == "unsure",
                attributes=bodies.attributes_of(item),
                annotator=bodies.creator_of(item),
                place=place,
            )


def _without_label(item: Item) -> tuple[str]:
    """Return what an annotation without a tag is called: why it was made."""
    return (next(iter(bodies.words_of(item, "motivation")), "highlighting"),)


def _text_of(holder: Item) -> str:
    for body in bodies.several(holder.get("body")):
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            text: str = body["value"]
            return text
    raise NotAnAnnotationError("body.value")


def _checked(document: exchange.Document, path: Path) -> exchange.Document:
    """Return a document that is sound; where its text is not in the file, positions cannot be held against it."""
    if document.text:
        return checked(document, path)
    for tag in document.tags:
        if not 0 <= tag.start < tag.end and not tag.quote:
            raise UserError("foreign_offsets", path=path, place=tag.place, start=tag.start, end=tag.end)
    checked(replace(document, tags=tuple(replace(tag, quote=tag.quote or "…") for tag in document.tags)), path)
    return document


FORMAT = ForeignFormat("w3c", N_("W3C Web Annotation (JSON-LD)"), (".jsonld", ".json"), recognise, read, header)
