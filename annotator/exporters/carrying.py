# SPDX-License-Identifier: MIT
"""What of an article a format carries, by the abilities that it declares, in the terms of a file; and what it loses.

The formats write `exchange.Document`s made here and are read back into such documents, which are then compared in all
that the format declares. Formats that label tokens put tags on tokens first (`annotator.exporters.placing`).
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass

from annotator.exporters import placing
from annotator.exporters.abilities import Abilities
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Overlap
from annotator.exporters.losses import LEFT_OUT, Lossy, Reason
from annotator.exporters.naming import Naming
from annotator.exporters.placing import Lost, Placed
from annotator.model import exchange
from annotator.model.attributes import AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AttributeId
from annotator.model.relation import Relation
from annotator.model.span import Certainty, Span
from annotator.model.tagged_article import TaggedArticle


@dataclass(frozen=True, slots=True)
class Kept:
    """Which tags and relations of an article are in a file; enough for formats that make no document of it.

    Attributes:
        placed: the tags, with the ranges that they take.
    """

    placed: tuple[Placed, ...]
    relations: tuple[Relation, ...]
    lost: tuple[tuple[Reason, Lossy], ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file says of an article, and what it does not.

    Attributes:
        document: to be written.
        entry: what reading it back must give.
        placed: the tags that are in it, with the ranges that they take.
    """

    document: exchange.Document
    entry: Entry
    placed: tuple[Placed, ...]
    lost: tuple[tuple[Reason, Lossy], ...]


class Carrier:
    """Turns the articles of one export into what a format carries of them."""

    def __init__(self, source: ExportSource, options: ExportOptions, abilities: Abilities) -> None:
        self._source, self._options, self._abilities = source, options, abilities
        self.naming = Naming(source.scheme, options.names)

    def carry(
        self, tagged: TaggedArticle, placed: Iterable[Placed] | None = None, lost: Iterable[Lost] = ()
    ) -> Carried:
        """Return what the format carries of an article.

        Args:
            tagged: the article.
            placed: its tags with the ranges that they take in the file; all tags as they are if None.
            lost: what was lost by placing them.
        """
        kept = self.keep(tagged, placed, lost)
        document = self._document(tagged, kept)
        return Carried(document, entry_of(document, self._abilities), kept.placed, kept.lost)

    def keep(self, tagged: TaggedArticle, placed: Iterable[Placed] | None = None, lost: Iterable[Lost] = ()) -> Kept:
        """Return which tags and relations of an article the format carries; see `carry`."""
        known = [Placed(s, s.start, s.end) for s in tagged.spans] if placed is None else placed
        kept, reduced = self._kept(known)
        relations, cut_off = self._relations(tagged, kept)
        # What is said of a tag that is not there would be counted twice.
        there = {one.span.id for one in kept}
        lost = (one for one in lost if one[0] in LEFT_OUT or one[1].id in there)
        all_lost = (*lost, *reduced, *cut_off, *self._not_said(kept), *self._not_said_of(tagged.document_tags))
        return Kept(tuple(kept), tuple(relations), all_lost)

    def _document(self, tagged: TaggedArticle, kept: Kept) -> exchange.Document:
        there = self._abilities.document_tags
        return exchange.Document(
            text=tagged.text,
            id=tagged.name,
            title=tagged.article.title,
            source=tagged.article.source,
            outlet=tagged.article.outlet,
            url=tagged.article.url,
            author=tagged.article.author,
            date=tagged.article.date,
            tags=tuple(self._tag(one, tagged.text) for one in kept.placed),
            relations=tuple(map(self._relation, kept.relations)),
            document_tags=tuple(map(self._document_tag, tagged.document_tags)) if there else (),
        )

    def _kept(self, placed: Iterable[Placed]) -> tuple[list[Placed], list[tuple[Reason, Lossy]]]:
        """Return the tags that the format and the options let in, in the order of the text."""
        kept = list(placed)
        lost: list[tuple[Reason, Lossy]] = []
        if not self._abilities.pieces:
            lost += [(Reason.DISCONTINUOUS, one.span) for one in kept if one.span.pieces]
            kept = [one for one in kept if not one.span.pieces]
        overlap = self._options.overlap
        if overlap is Overlap.FIRST:
            kept, others = placing.earliest_first(kept)
            lost += [(Reason.OVERLAP_FIRST, one.span) for one in others]
        elif overlap is Overlap.LONGEST or not self._abilities.overlap:
            kept, others = placing.longest_first(kept)
            lost += [(Reason.OVERLAP, one.span) for one in others]
        return sorted(kept, key=lambda one: (one.start, -one.end, one.span.id)), lost

    def _relations(
        self, tagged: TaggedArticle, kept: Iterable[Placed]
    ) -> tuple[list[Relation], list[tuple[Reason, Lossy]]]:
        there = {None, *(one.span.id for one in kept)}
        relations: list[Relation] = []
        lost: list[tuple[Reason, Lossy]] = []
        for one in tagged.relations:
            reason = self._why_not(one, there)
            if reason:
                lost.append((reason, one))
            else:
                relations.append(one)
        return relations, lost

    def _why_not(self, relation: Relation, there: Container[str | None]) -> Reason | None:
        if not self._abilities.relations:
            return Reason.RELATION
        if relation.target_span_id is None and not self._abilities.targets:
            return Reason.RELATION_TARGET
        whole = relation.source_id in there and relation.target_span_id in there
        return None if whole else Reason.RELATION_END

    def _not_said(self, kept: Iterable[Placed]) -> list[tuple[Reason, Lossy]]:
        absent = [(reason, has) for reason, (ability, has) in _DETAILS.items() if not getattr(self._abilities, ability)]
        said: list[tuple[Reason, Lossy]]
        said = [(reason, one.span) for one in kept for reason, has in absent if has(one.span)]
        if not self._abilities.links or self._abilities.both_links:
            return said
        # `exchange.Tag` has one entity, as files have.
        both = (one.span for one in kept if one.span.actor_id and one.span.event_id)
        return [*said, *((Reason.SECOND_LINK, span) for span in both)]

    def _not_said_of(self, tags: Iterable[DocumentTag]) -> list[tuple[Reason, Lossy]]:
        if not self._abilities.document_tags:
            return [(Reason.DOCUMENT_TAG, tag) for tag in tags]
        absent = [has for ability, has in _DOCUMENT_DETAILS.items() if not getattr(self._abilities, ability)]
        return [(Reason.DOCUMENT_TAG_DETAILS, tag) for tag in tags if any(has(tag) for has in absent)]

    def _tag(self, one: Placed, text: str) -> exchange.Tag:
        span = one.span
        abilities = self._abilities
        return exchange.Tag(
            label=self.naming.label(span.label_id),
            start=one.start,
            end=one.end,
            id=span.id,
            pieces=span.pieces,
            quote=text[one.start : one.end],
            note=span.note if abilities.notes else "",
            unsure=abilities.certainty and span.certainty is Certainty.UNSURE,
            attributes=_plain(span.attributes) if abilities.attributes else {},
            entity=(span.actor_id or span.event_id or "") if abilities.links else "",
            annotator=self._annotator(span),
        )

    def _relation(self, one: Relation) -> exchange.Relation:
        return exchange.Relation(
            type=self.naming.relation(one.type_id),
            source=one.source_id,
            target=one.target_span_id or "",
            entity=one.target_actor_id or one.target_event_id or "",
            id=one.id,
            annotator=self._annotator(one),
        )

    def _document_tag(self, tag: DocumentTag) -> exchange.DocumentTag:
        abilities = self._abilities
        return exchange.DocumentTag(
            label=self.naming.document_label(tag.label_id),
            id=tag.id,
            note=tag.note if abilities.notes else "",
            unsure=abilities.certainty and tag.certainty is Certainty.UNSURE,
            attributes=_plain(tag.attributes) if abilities.attributes else {},
            annotator=self._annotator(tag),
        )

    def _annotator(self, one: Span | Relation | DocumentTag) -> str:
        return self._source.annotators[one.annotator_id] if self._abilities.authors else ""


def _plain(values: Mapping[AttributeId, AttributeValue]) -> dict[str, AttributeValue]:
    return {str(key): value for key, value in values.items()}


#: Why something of a tag is not said, the ability that would say it, and whether a tag has it.
_DETAILS: dict[Reason, tuple[str, Callable[[Span], object]]] = {
    Reason.NOTE: ("notes", lambda span: span.note),
    Reason.ATTRIBUTES: ("attributes", lambda span: span.attributes),
    Reason.LINK: ("links", lambda span: span.actor_id or span.event_id),
    Reason.CERTAINTY: ("certainty", lambda span: span.certainty is not Certainty.SURE),
}

_DOCUMENT_DETAILS: dict[str, Callable[[DocumentTag], object]] = {
    "notes": lambda tag: tag.note,
    "attributes": lambda tag: tag.attributes,
    "certainty": lambda tag: tag.certainty is not Certainty.SURE,
}


def entry_of(document: exchange.Document, abilities: Abilities) -> Entry:
    """Return what a document says, in all that a format declares to carry, to be compared.

    Ids and the order of tags count only where the format has ids; values of attributes are compared as text, because
    most formats know no other.
    """
    tags = {tag.id: _said_of_tag(tag, document.text, abilities) for tag in document.tags if tag.id}
    content = (
        document.text if abilities.exact_text else None,
        (document.id, document.title, document.source, document.outlet, document.url, document.author, document.date)
        if abilities.article_fields
        else None,
        tuple(sorted(_said_of_tag(tag, document.text, abilities) for tag in document.tags)),
        tuple(sorted(_said_of_relation(one, tags, abilities) for one in document.relations)),
        tuple(sorted(_said_of_document(tag, abilities) for tag in document.document_tags)),
    )
    return Entry(len(document.tags), content, len(document.relations), len(document.document_tags))


def refuse_other_quotes(document: exchange.Document) -> None:
    """Refuse a document that was read back with a tag whose quote is not what the text has in its place.

    Raises:
        ValueError: there is one.
    """
    for tag in document.tags:
        if document.text[tag.start : tag.end] != tag.quote:
            raise ValueError(f"a tag's words are not those from {tag.start} to {tag.end} in {document.id}")


_Said = tuple[str, ...]


def _said_of_tag(tag: exchange.Tag, text: str, abilities: Abilities) -> _Said:
    ids = (tag.id,) if abilities.ids else ()
    pieces = tag.pieces or ((tag.start, tag.end),)
    place = tuple(f"{start:09} {end:09} {text[start:end]}" for start, end in pieces)
    return (*place, tag.label, *_more_said(tag, abilities), tag.entity, *ids)


def _said_of_relation(one: exchange.Relation, tags: Mapping[str, _Said], abilities: Abilities) -> _Said:
    if abilities.ids:
        return one.type, one.source, one.target, one.entity, one.annotator
    nothing: _Said = ()
    ends = (" ".join(tags.get(end, nothing)) for end in (one.source, one.target))
    return one.type, *ends, one.entity, one.annotator


def _said_of_document(tag: exchange.DocumentTag, abilities: Abilities) -> _Said:
    return (tag.label, *_more_said(tag, abilities), *((tag.id,) if abilities.ids else ()))


def _more_said(tag: exchange.Tag | exchange.DocumentTag, abilities: Abilities) -> _Said:
    attributes = (f"{key}={attribute_text(value)}" for key, value in sorted(tag.attributes.items()))
    return (
        "\n".join(attributes) if abilities.attributes else "",
        tag.note if abilities.notes else "",
        "?" if abilities.certainty and tag.unsure else "",
        tag.annotator if abilities.authors else "",
    )


def attribute_text(value: AttributeValue) -> str:
    """Return the value of an attribute as text, several choices with a comma and a blank between them."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def hashable(value: object) -> Hashable:
    """Return a value of JSON as one that can be compared by its hash."""
    match value:
        case Mapping():
            return tuple(sorted((key, hashable(one)) for key, one in value.items()))
        case list() | tuple():
            return tuple(map(hashable, value))
        case _:
            return type(value).__name__, value
