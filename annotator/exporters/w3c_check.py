# SPDX-License-Identifier: MIT
"""What pyld, an independent processor of JSON-LD, makes of our annotations, held against what our own reader makes.

pyld is given the words that we write as the recommendation's context defines them; nothing is fetched.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.extras import load
from annotator.importers import w3c_terms as terms
from annotator.importers.w3c import FIELDS
from annotator.model import exchange

_OA = "http://www.w3.org/ns/oa#"
_RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_CREATOR, _NAME = "http://purl.org/dc/terms/creator", "http://xmlns.com/foaf/0.1/name"
_ITEMS = "https://www.w3.org/ns/activitystreams#items"


def _words() -> dict[str, Any]:
    """Return those words of the recommendation's context that our files have."""
    classes = ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")
    purposes = ("tagging", "identifying", "classifying", "linking", "commenting", "describing")
    plain = ("start", "end", "exact", "prefix", "suffix")
    iris = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
    vocabulary = {"motivation": "motivatedBy", "purpose": "hasPurpose", "textDirection": "textDirection"}
    return {
        "id": "@id",
        "type": "@type",
        **{name: f"{_OA}{name}" for name in (*classes, *purposes, *plain)},
        **{name: {"@id": f"{_OA}{iri}", "@type": "@id"} for name, iri in iris.items()},
        **{name: {"@id": f"{_OA}{iri}", "@type": "@vocab"} for name, iri in vocabulary.items()},
        **{name: f"{_OA}{name}Direction" for name in ("ltr", "rtl")},
        "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
        "items": {"@id": _ITEMS, "@type": "@id", "@container": "@list"},
        "creator": {"@id": _CREATOR, "@type": "@id"},
        "name": _NAME,
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "Text": "http://purl.org/dc/dcmitype/Text",
        "format": "http://purl.org/dc/elements/1.1/format",
        "value": _RDF_VALUE,
    }


#: Of an annotation: what for, what is said of it, what it points to, where it is, by whom, and our own words.
_Summary = tuple[object, ...]


class Checker:
    """Holds the documents of one file against what pyld makes of them."""

    def __init__(self, path: Path) -> None:
        self._path, self._pyld = path, load("pyld").jsonld
        self._context = [_words(), terms.OWN_CONTEXT]

    def check(self, document: exchange.Document, items: list[dict[str, Any]]) -> None:
        """Refuse a document of which the two readers do not say the same.

        Raises:
            UserError: `foreign_malformed`.
        """
        try:
            nodes = self._pyld.expand({"@context": self._context, "@graph": items}, {"documentLoader": self._refuse})
            found = sorted(map(_summary, nodes), key=repr)
        except (self._pyld.JsonLdError, KeyError, IndexError) as error:
            raise UserError("foreign_malformed", path=self._path, place=document.place, detail=str(error)) from error
        if found != sorted(_expected(document), key=repr):
            raise UserError("foreign_malformed", path=self._path, place=document.place, detail="pyld")

    def _refuse(self, url: str, options: object) -> Any:  # noqa: ARG002 - as pyld calls it
        raise UserError("foreign_unsafe", path=self._path, place="", detail=url)


def _summary(node: Mapping[str, Any]) -> _Summary:
    bodies = node[f"{_OA}hasBody"]
    targets = list(chain.from_iterable(_parts(target) for target in node[f"{_OA}hasTarget"]))
    values = [(_id(body, "hasPurpose"), one["@value"]) for body in bodies for one in body.get(_RDF_VALUE, ())]
    sources = [(_id(body, "hasPurpose"), one["@id"]) for body in bodies for one in body.get(f"{_OA}hasSource", ())]
    names = [one["@value"] for creator in node.get(_CREATOR, ()) for one in creator[_NAME]]
    own = [node.get(terms.OWN + key.partition(":")[2], [{}])[0].get("@value") for key in _OWN_KEYS]
    return node["@id"], _id(node, "motivatedBy"), values, sources, targets, names, own


_OWN_KEYS = (terms.ATTRIBUTES, terms.CERTAINTY, terms.DOCUMENT)


def _id(node: Mapping[str, Any], key: str) -> str:
    found: str = node[_OA + key][0]["@id"]
    return found.removeprefix(_OA)


def _parts(target: Mapping[str, Any]) -> Iterable[_Summary]:
    """Return what an annotation is about: a resource, or stretches of one."""
    pieces = target[_ITEMS][0]["@list"] if _ITEMS in target else [target]
    return [_part(piece) if f"{_OA}hasSelector" in piece else (piece["@id"],) for piece in pieces]


def _part(piece: Mapping[str, Any]) -> _Summary:
    known = {
        key: one[0]["@value"]
        for selector in piece[f"{_OA}hasSelector"]
        for key, one in selector.items()
        if key != "@type"
    }
    return piece[f"{_OA}hasSource"][0]["@id"], *(known[f"{_OA}{key}"] for key in ("start", "end", "exact"))


def _expected(document: exchange.Document) -> Iterable[_Summary]:
    """Return what each annotation of a document should say by what our own reader says."""
    source = terms.iri(document.id)
    fields = {key: getattr(document, key) for key in FIELDS}
    text = [("describing", document.text)]
    yield terms.text_iri(document.id), "describing", text, [], [(source,)], [], [None, None, fields]
    for tag in document.tags:
        linked = [("identifying", terms.iri(tag.entity))] if tag.entity else []
        places = tag.pieces or ((tag.start, tag.end),)
        where = [(source, start, end, document.text[start:end]) for start, end in places]
        yield terms.iri(tag.id), "tagging", _said(tag, "tagging"), linked, where, [tag.annotator], _own(tag)
    for one in document.relations:
        entity = terms.iri(one.entity) if one.entity else terms.OWN + terms.AUTHOR.partition(":")[2]
        to = ("linking", terms.iri(one.target)) if one.target else ("identifying", entity)
        said, about_tag = [("tagging", one.type)], [(terms.iri(one.source),)]
        yield terms.iri(one.id), "linking", said, [to], about_tag, [one.annotator], [None, None, None]
    for about in document.document_tags:
        said = _said(about, "classifying")
        yield terms.iri(about.id), "classifying", said, [], [(source,)], [about.annotator], _own(about)


def _said(tag: exchange.Tag | exchange.DocumentTag, purpose: str) -> list[tuple[str, str]]:
    return [(purpose, tag.label), *([("commenting", tag.note)] if tag.note else [])]


def _own(tag: exchange.Tag | exchange.DocumentTag) -> list[object]:
    attributes = {key: list(value) if isinstance(value, tuple) else value for key, value in tag.attributes.items()}
    return [attributes or None, "unsure" if tag.unsure else None, None]
