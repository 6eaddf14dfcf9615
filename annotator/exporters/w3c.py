# SPDX-License-Identifier: MIT
"""W3C's Web Annotations: one page of JSON-LD, an annotation a line; `annotator.importers.w3c` reads it.

Everything is said in the words of the recommendation where it has any; the rest in `tawsim:` words, which the page's
own second context declares. `docs/formats/w3c.md` lists both.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from annotator.exporters.abilities import EVERYTHING, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written
from annotator.exporters.carrying import Carrier, entry_of, hashable
from annotator.exporters.w3c_check import Checker
from annotator.extras import EXTRAS, readers
from annotator.i18n import N_
from annotator.importers import w3c
from annotator.importers import w3c_terms as terms
from annotator.importers.foreign import json_line
from annotator.model import exchange
from annotator.model.scheme_file import dump_scheme
from annotator.text.direction import Direction, base_direction

ABILITIES = EVERYTHING

#: In code points: how much of the text before and after a tag is quoted, as is customary.
_CONTEXT = 32

_Item = dict[str, Any]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write a page: what it says of the project, then of each document its text and its annotations."""
    carrier = Carrier(source, options, ABILITIES)
    project = _project(source)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        page = {
            "@context": [terms.CONTEXT, terms.OWN_CONTEXT],
            "id": terms.iri(" ".join(filter(None, (source.project_id, source.part)))),
            "type": "AnnotationPage",
            terms.FILE_VERSION: terms.VERSION,
            terms.PROJECT: project,
        }
        file.write(f"{json_line(page)[:-1]}, {w3c.OPENING}")
        end = "\n"
        for tagged in source.articles():
            carried = carrier.carry(tagged)
            for item in _items(carried.document):
                file.write(f"{end}{json_line(item)}")
                end = ",\n"
            yield Written(tagged, carried.entry, carried.lost)
        file.write(f"\n{w3c.CLOSING}\n")
    yield Written(None, Entry(0, _of_project(project)))


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - a split is a file of its own
    """Read every document with our strict reader, and what pyld makes of it where that is installed."""
    checker = Checker(path) if EXTRAS["pyld"].installed else None
    for document, group in zip(w3c.read(path), w3c.read_groups(path), strict=True):
        if checker:
            checker.check(document, [item for _, item in group])
        entry = entry_of(document, ABILITIES)
        wrong = [tag.quote for tag in document.tags if tag.quote != document.text[tag.start : tag.end]]
        yield Entry(entry.tags, (entry.content, *wrong), entry.relations, entry.document_tags) if wrong else entry
    w3c.header(path)
    yield Entry(0, _of_project(w3c.project(path)))


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("pyld")


def _project(source: ExportSource) -> dict[str, Any]:
    """Return the scheme, who works in the project, and its registry, as JSON."""
    annotators = [{"id": str(key), "name": name} for key, name in sorted(source.annotators.items())]
    return {
        "name": source.project_name,
        "scheme": json.loads(dump_scheme(source.scheme)),
        "annotators": annotators,
        "actors": [msgspec.to_builtins(actor) for actor in source.actors.values()],
        "events": [msgspec.to_builtins(event) for event in source.events.values()],
    }


def _of_project(project: Mapping[str, Any]) -> Hashable:
    # Tuples are lists in a file.
    return hashable(json.loads(json.dumps(project)))


# The annotations of a document


def _items(document: exchange.Document) -> Iterator[_Item]:
    source = terms.iri(document.id)
    yield _text(document, source)
    for tag in document.tags:
        yield _tag(tag, document.text, source)
    for one in document.relations:
        yield _relation(one)
    for about in document.document_tags:
        yield _annotation(about.id, "classifying", about.annotator, [*_said(about, "classifying")], source) | _more(
            about
        )


def _text(document: exchange.Document, source: str) -> _Item:
    """Return the annotation that holds the text, so that the file can be read by itself."""
    direction = "rtl" if base_direction(document.text, Direction.RTL) is Direction.RTL else "ltr"
    body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": document.text}
    target = {"id": source, "type": "Text", "format": "text/plain", "textDirection": direction}
    return {
        "id": terms.text_iri(document.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": target,
        terms.DOCUMENT: {key: getattr(document, key) for key in w3c.FIELDS},
    }


def _tag(tag: exchange.Tag, text: str, source: str) -> _Item:
    said = _said(tag, "tagging")
    if tag.entity:
        said.append(_pointing("identifying", terms.iri(tag.entity)))
    pieces = [_place(text, start, end, source) for start, end in tag.pieces or ((tag.start, tag.end),)]
    target = pieces[0] if len(pieces) == 1 else {"type": "Composite", "items": pieces}
    return _annotation(tag.id, "tagging", tag.annotator, said, target) | _more(tag)


def _place(text: str, start: int, end: int, source: str) -> _Item:
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _CONTEXT) : start],
        "suffix": text[end : end + _CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quote]}


def _relation(one: exchange.Relation) -> _Item:
    if one.target:
        to = _pointing("linking", terms.iri(one.target))
    else:
        to = _pointing("identifying", terms.iri(one.entity) if one.entity else terms.AUTHOR)
    return _annotation(one.id, "linking", one.annotator, [_named("tagging", one.type), to], terms.iri(one.source))


def _said(tag: exchange.Tag | exchange.DocumentTag, purpose: str) -> list[_Item]:
    return [_named(purpose, tag.label), *([_named("commenting", tag.note)] if tag.note else [])]


def _named(purpose: str, value: str) -> _Item:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _pointing(purpose: str, to: str) -> _Item:
    return {"type": "SpecificResource", "purpose": purpose, "source": to}


def _annotation(name: str, motivation: str, annotator: str, body: Iterable[_Item], target: object) -> _Item:
    return {
        "id": terms.iri(name),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": annotator},
        "body": list(body),
        "target": target,
    }


def _more(tag: exchange.Tag | exchange.DocumentTag) -> _Item:
    """Return what the recommendation has no word for."""
    more: _Item = {terms.ATTRIBUTES: tag.attributes} if tag.attributes else {}
    return more | ({terms.CERTAINTY: "unsure"} if tag.unsure else {})


FORMAT = Format(
    id="w3c",
    name_key=N_("W3C Web Annotation (JSON-LD)"),
    description_key=N_("Linked data by the Web Annotation recommendation: texts, tags, relations, actors and events."),
    suffix=".jsonld",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
