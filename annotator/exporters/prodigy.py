# SPDX-License-Identifier: MIT
"""Prodigy's JSON Lines: one accepted task a document, with tokens that together are its text, and tags on them.

What Prodigy has no field for stands in further keys, which it keeps: notes, attributes, links, certainty, who tagged.
The tokens are those of the `.spacy` export, so that spaCy makes the same Doc of both.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Range
from annotator.exporters.spacy_docbin import segment
from annotator.extras import EXTRAS, load, readers
from annotator.i18n import N_
from annotator.importers import prodigy as reader
from annotator.importers.foreign import json_line
from annotator.importers.safety import read_lines
from annotator.model import exchange
from annotator.model.scheme import Scheme
from annotator.text.words import tokens

ABILITIES = Abilities(
    overlap=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    document_tags=True,
    notes=True,
    ids=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    clitics=True,
    cuts=True,
    names=True,
)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write one line a document."""
    carrier = Carrier(source, options, ABILITIES)
    choices = _choices(source.scheme, carrier.naming)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for tagged in source.articles():
            words = tokens(tagged.text)
            spans, discontinuous = placing.in_one_piece(tagged.spans)
            placed, lost = placing.fit(spans, words, options.clitics)
            carried = carrier.carry(tagged, placed, (*discontinuous, *lost))
            pieces, spaces = segment(tagged.text, words, carried.placed)
            file.write(json_line(_task(carried.document, pieces, spaces, choices)) + "\n")
            yield Written(tagged, carried.entry, carried.lost)
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every line with our strict reader; spaCy makes Docs of their tokens first, where it is installed."""
    lines = (line for _, line in read_lines(path))
    make_doc = _maker() if EXTRAS["spacy"].installed else None
    for line, document in zip(lines, reader.read(path), strict=True):
        _check(json.loads(line), make_doc)
        yield entry_of(document, ABILITIES)


def verifier() -> str:
    """Return by what files are checked and read back here."""
    return readers("spacy")


def _maker() -> Any:
    vocab = load("spacy.vocab").Vocab()
    doc = load("spacy.tokens").Doc
    return lambda words, spaces: doc(vocab, words=words, spaces=spaces)


def _check(task: Mapping[str, Any], make_doc: Any) -> None:
    """Refuse a task whose tokens are not its text, or whose tags and relations are not on them.

    Raises:
        ValueError: with what is wrong.
    """
    text, known = task["text"], task["tokens"]
    words = [token["text"] for token in known]
    if "".join(word + " " * token["ws"] for word, token in zip(words, known, strict=True)) != text:
        raise ValueError("the tokens are not the text")
    if any(text[token["start"] : token["end"]] != token["text"] for token in known):
        raise ValueError("a token is elsewhere")
    doc = make_doc(words, [token["ws"] for token in known]) if make_doc else None
    ends = [one[f"{end}_span"] for one in task["relations"] for end in ("head", "child")]
    for span in (*task["spans"], *ends):
        first, last = known[span["token_start"]], known[span["token_end"]]
        if (first["start"], last["end"]) != (span["start"], span["end"]):
            raise ValueError(f"a tag is not on its tokens: {span}")
        if doc is not None:
            found = doc.char_span(span["start"], span["end"])
            if found is None or (found.start, found.end - 1) != (span["token_start"], span["token_end"]):
                raise ValueError(f"spaCy finds no tokens for a tag: {span}")
    for one in task["relations"]:
        if (one["head"], one["child"]) != (one["head_span"]["token_end"], one["child_span"]["token_end"]):
            raise ValueError(f"a relation is not on its tokens: {one}")


def _choices(scheme: Scheme, naming: Naming) -> dict[str, str]:
    """Return the document labels that are offered, with what they are called in both languages."""
    offered = (label for label in scheme.document_labels if not label.archived)
    return {naming.document_label(one.id): " · ".join(dict.fromkeys(one.name.both.values())) for one in offered}


def _task(
    document: exchange.Document, pieces: Sequence[Range], spaces: Sequence[bool], choices: Mapping[str, str]
) -> dict[str, Any]:
    places = _places(document, pieces)
    accepted = list(dict.fromkeys(tag.label for tag in document.document_tags))
    options = {**dict.fromkeys(accepted, ""), **choices}
    meta = {"article_id": document.id, **{name: getattr(document, name) for name in exchange.PARTICULARS}}
    return {
        "text": document.text,
        "tokens": [
            {"text": document.text[start:end], "start": start, "end": end, "id": index, "ws": ws, "disabled": False}
            for index, ((start, end), ws) in enumerate(zip(pieces, spaces, strict=True))
        ],
        "spans": [{**places[tag.id], "text": tag.quote, **_more(tag), **_link(tag)} for tag in document.tags],
        "relations": [_relation(one, places) for one in document.relations],
        "options": [{"id": name, "text": text or name} for name, text in options.items()],
        "accept": accepted,
        "document_tags": [{"label": tag.label, **_more(tag)} for tag in document.document_tags],
        "meta": {name: value for name, value in meta.items() if value},
        "answer": "accept",
    }


def _places(document: exchange.Document, pieces: Sequence[Range]) -> dict[str, dict[str, Any]]:
    """Return where each tag lies, by its id: in characters, and from which token to which, the last among them."""
    first = {start: index for index, (start, _) in enumerate(pieces)}
    last = {end: index for index, (_, end) in enumerate(pieces)}
    return {
        tag.id: {
            "start": tag.start,
            "end": tag.end,
            "token_start": first[tag.start],
            "token_end": last[tag.end],
            "label": tag.label,
        }
        for tag in document.tags
    }


def _relation(one: exchange.Relation, places: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a relation; Prodigy names the ends by their last tokens."""
    head, child = places[one.source], places[one.target]
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "label": one.type,
        "head_span": head,
        "child_span": child,
        "id": one.id,
        "head_id": one.source,
        "child_id": one.target,
        **_said(_annotator_id=one.annotator),
    }


def _more(tag: exchange.Tag | exchange.DocumentTag) -> dict[str, Any]:
    known = _said(note=tag.note, unsure=tag.unsure, attributes=dict(tag.attributes), _annotator_id=tag.annotator)
    return {"id": tag.id, **known}


def _link(tag: exchange.Tag) -> dict[str, Any]:
    return _said(entity=tag.entity)


def _said(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


FORMAT = Format(
    id="prodigy",
    name_key=N_("Prodigy JSONL"),
    description_key=N_("For Prodigy: each tag by its characters and tokens, with the relations between tags."),
    suffix=".prodigy.jsonl",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
