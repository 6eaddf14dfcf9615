# SPDX-License-Identifier: MIT
"""What spaCy has no field for, as plain values for `Doc.user_data`: notes, attributes, links, relations and the rest.

Everything is by the ids of tags, which are on spaCy's spans (`span.id_`). Knows nothing of spaCy itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Placed, Range
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Certainty, Span
from annotator.model.tagged_article import TaggedArticle

#: Where an extension attribute called `rel` lies in `Doc.user_data`: as Explosion's relation extraction reads it.
REL_KEY = ("._.", "rel", None, None)

#: `Doc._.rel`: relation types by the first tokens of two entities.
Rel = dict[tuple[int, int], dict[str, float]]

# A Doc is packed by MessagePack, whose whole numbers have 64 bits.
_WHOLE = range(-(2**63), 2**64)

_TAGS: dict[str, Callable[[Span], object]] = {
    "tag_notes": lambda span: span.note,
    "tag_attributes": lambda span: _attributes(span.attributes),
    "tag_certainty": lambda span: _unless_sure(span.certainty),
    "tag_actors": lambda span: span.actor_id,
    "tag_events": lambda span: span.event_id,
}


def user_data(
    tagged: TaggedArticle, placed: Iterable[Placed], relations: Iterable[Relation], naming: Naming
) -> dict[str, Any]:
    """Return what the file says of a document besides its tags.

    Args:
        tagged: the document.
        placed: those of its tags that are in the file.
        relations: those of its relations that are in the file.
        naming: what relation types and document labels are called.
    """
    article = tagged.article
    spans = [one.span for one in placed]
    return {
        "id": tagged.name,
        "article_id": article.id,
        "title": article.title,
        "state": article.state.value,
        "note": article.note,
        "source": article.source,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "date": article.date,
        "text_sha256": article.text_sha256,
        **{name: {span.id: value for span in spans if (value := get(span))} for name, get in _TAGS.items()},
        "relations": [_relation(one, naming.relation(one.type_id)) for one in relations],
        "document_tags": [_document_tag(tag, naming.document_label(tag.label_id)) for tag in tagged.document_tags],
    }


def rel_of(
    relations: Iterable[Relation], pieces: Sequence[Range], in_ents: Iterable[Placed], naming: Naming
) -> tuple[Rel, list[tuple[Reason, Lossy]]]:
    """Return the relations between entities by their first tokens, by which no other tag is known for sure."""
    first = {start: index for index, (start, _) in enumerate(pieces)}
    token = {one.span.id: first[one.start] for one in in_ents}
    rel: Rel = {}
    others: list[tuple[Reason, Lossy]] = []
    for one in relations:
        if one.source_id in token and one.target_span_id in token:
            rel.setdefault((token[one.source_id], token[one.target_span_id]), {})[naming.relation(one.type_id)] = 1.0
        else:
            others.append((Reason.NOT_IN_REL, one))
    return rel, others


def _relation(relation: Relation, name: str) -> dict[str, Any]:
    return _without_blanks(
        id=relation.id,
        type=name,
        type_id=relation.type_id,
        source_id=relation.source_id,
        target_span_id=relation.target_span_id,
        target_actor_id=relation.target_actor_id,
        target_event_id=relation.target_event_id,
    )


def _document_tag(tag: DocumentTag, name: str) -> dict[str, Any]:
    return _without_blanks(
        id=tag.id,
        label=name,
        label_id=tag.label_id,
        note=tag.note,
        certainty=_unless_sure(tag.certainty),
        attributes=_attributes(tag.attributes),
    )


def _unless_sure(certainty: Certainty) -> str:
    return "" if certainty is Certainty.SURE else certainty.value


def _attributes(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {key: str(value) if type(value) is int and value not in _WHOLE else value for key, value in values.items()}


def _without_blanks(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
