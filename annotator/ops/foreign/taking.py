# SPDX-License-Identifier: MIT
"""Taking the documents of a file one by one: their texts, tags, relations and document tags, each counted once.

Owns what waits to be written and what is told of; which article, person, label and place anything is, the other modules
of this package settle. Knows neither files nor transactions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from annotator.errors import UserError
from annotator.importers.survey import Survey
from annotator.model import exchange
from annotator.model.article import Article
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import (
    ActorId,
    ArticleId,
    DocumentLabelId,
    DocumentTagId,
    EventId,
    LabelId,
    RelationId,
    RelationTypeId,
    SpanId,
)
from annotator.model.relation import Relation
from annotator.model.scheme import Links
from annotator.model.scheme_mapping import KEEP, LEAVE_OUT, SchemeMapping
from annotator.model.span import Certainty, Origin, Span
from annotator.ops.foreign.articles import Articles, text_hash
from annotator.ops.foreign.known import KnownTags, covers
from annotator.ops.foreign.known import Place as KnownPlace
from annotator.ops.foreign.known import place as known_place
from annotator.ops.foreign.parts import Parts
from annotator.ops.foreign.people import Annotators, Entities, is_id, kept_id
from annotator.ops.foreign.placing import Place, Placer, is_blank, with_plain_lines
from annotator.ops.foreign.report import AnnotationReport, Tally, Trouble, TroubleKind
from annotator.ops.foreign.values import converted
from annotator.ops.scheme import put_scheme
from annotator.project import Project
from annotator.store.row_changes import Act
from annotator.text.anchoring import Fit

# So many documents, tags or characters are held before they are written.
_BATCH, _BATCH_TAGS, _BATCH_LENGTH = 100, 20_000, 4_000_000

_ORIGINS = {origin.value: origin for origin in Origin}
_FITS = {Fit.MOVED: TroubleKind.MOVED, Fit.CLOSE: TroubleKind.CLOSE}

#: The actor and the event that a tag is linked to.
_Links = tuple[ActorId | None, EventId | None]

_S = TypeVar("_S", exchange.Tag, exchange.Relation, exchange.DocumentTag)


class Taker:
    """The running state of one import, within its act.

    Attributes:
        tags: what became of them, and so with `relations` and `document_tags`.
    """

    def __init__(self, project: Project, act: Act, seen: Survey, mapping: SchemeMapping, *, new_articles: bool) -> None:
        self._project, self._act, self._seen, self._new_articles = project, act, seen, new_articles
        self._annotators = Annotators(project, seen.header)
        self._entities = Entities(project, seen.header, self._annotators)
        self._articles = Articles(project)
        self._parts = Parts(project.scheme, seen.header.scheme)
        self._mapping = self._fitted(mapping)
        self._written = put_scheme(project, act, self._parts.scheme)
        self._attributes = {**mapping.attributes}
        self._links = {label.id: label.links for label in self._parts.scheme.all_labels}
        self._batch = _Batch()
        self._ids: set[str] = set()  # of those that the documents wish for, and of what was taken of these
        self._known = KnownTags(project)
        self._troubles: list[Trouble] = []
        self._new: list[ArticleId] = []
        self._matched = 0
        self._article_id: ArticleId | None = None  # what is taken now is about it
        self._skipped: Counter[exchange.Skipped] = Counter()
        self._rebuilt = 0
        self.tags, self.relations, self.document_tags = Tally(), Tally(), Tally()

    def take(self, documents: Iterable[exchange.Document]) -> None:
        """Take all documents, and write what the scheme needs for them."""
        for some in _batches(documents):
            self._ids = self._project.taken_ids(_ids_in(some))
            for document in some:
                self._take(with_plain_lines(document))
            self._flush()
        put_scheme(self._project, self._act, self._parts.scheme, self._written)

    def report(self) -> AnnotationReport:
        """Return what became of everything."""
        return AnnotationReport(
            path=self._seen.path,
            format_id=self._seen.format_id,
            documents=self._seen.documents,
            new_articles=tuple(self._new),
            matched=self._matched,
            rebuilt=self._rebuilt,
            tags=self.tags,
            relations=self.relations,
            document_tags=self.document_tags,
            troubles=tuple(self._troubles),
            kept=dict(self._parts.kept),
            annotators=tuple(one.name for one in self._annotators.new),
            skipped=dict(self._skipped),
        )

    def _fitted(self, mapping: SchemeMapping) -> SchemeMapping:
        """Return a mapping in which what is kept has a part of the scheme of its own."""
        adders = (
            (mapping.labels, self._parts.add_label),
            (mapping.relations, self._parts.add_relation),
            (mapping.document_labels, self._parts.add_document_label),
        )
        labels, relations, document_labels = (
            {name: str(add(name)) if target == KEEP else target for name, target in names.items()}
            for names, add in adders
        )
        return SchemeMapping(labels, relations, document_labels, mapping.attributes)

    # One document

    def _take(self, document: exchange.Document) -> None:
        self._skipped.update(document.skipped)
        sha256 = self._hash(document)
        article_id = self._article_id = self._articles.find(document, sha256)
        if article_id is None and (not document.text or not self._new_articles):
            self._lose_all(document)
            return
        if article_id is None:
            article_id, text = self._add(document, sha256), document.text
            self._article_id = article_id
        else:
            self._matched += 1
            text = self._text(article_id)
        ids = self._take_tags(document, article_id, text)
        self._take_relations(document, article_id, ids)
        self._take_document_tags(document, article_id)

    def _hash(self, document: exchange.Document) -> str:
        try:
            return text_hash(document.text)
        except UnicodeEncodeError as error:  # half a character, which no file may have
            raise UserError("foreign_encoding", path=self._seen.path, place=document.place, position=0) from error

    def _add(self, document: exchange.Document, sha256: str) -> ArticleId:
        article = self._articles.new(document, sha256, self._annotators, self._seen.path, self._seen.format_id)
        self._batch.articles.append(article)
        self._batch.texts[sha256] = document.text
        self._new.append(article.id)
        self._rebuilt += document.rebuilt
        self._known.new(article.id)
        return article.id

    def _text(self, article_id: ArticleId) -> str:
        for article in self._batch.articles:
            if article.id == article_id:
                return self._batch.texts[article.text_sha256]
        return self._project.text(article_id)

    def _lose_all(self, document: exchange.Document) -> None:
        for tag in document.tags:
            self._lose(self.tags, TroubleKind.NO_ARTICLE, tag, tag.label, document)
        for relation in document.relations:
            self._lose(self.relations, TroubleKind.NO_ARTICLE, relation, relation.type, document)
        for one in document.document_tags:
            self._lose(self.document_tags, TroubleKind.NO_ARTICLE, one, one.label, document)

    # Tags

    def _take_tags(self, document: exchange.Document, article_id: ArticleId, text: str) -> dict[str, SpanId]:
        """Take the tags of a document; return what those are now that relations may name."""
        placer = Placer(document, text)
        there = self._known_tags(article_id)
        ids: dict[str, SpanId] = {}
        for tag in document.tags:
            label_id = self._mapping.labels[tag.label]
            if label_id == LEAVE_OUT:
                self.tags.left_out += 1
                continue
            place = placer.place(tag)
            if place is None or is_blank(text[place.start : place.end]):
                kind = TroubleKind.BLANK if place else TroubleKind.NOT_FOUND
                self._lose(self.tags, kind, tag, tag.label, document)
                continue
            quote = text[place.start : place.end]
            span_id = SpanId(kept_id(tag.id, tag.id in self._ids))
            links = self._link(tag, LabelId(label_id), quote, document)
            span = self._span(tag, LabelId(label_id), article_id, place, quote, span_id, links)
            known = there.setdefault(known_place(span), span)
            if tag.id:  # a relation without a tag at its end leads to none
                ids[tag.id] = known.id
            if known is not span:
                self.tags.known += 1
                if not covers(known, span):
                    self._tell(TroubleKind.SAID_OTHERWISE, tag, tag.label, document)
                continue
            self._ids.add(span.id)
            self.tags.taken += 1
            self._batch.spans.append(span)
            if place.fit in _FITS:
                self._tell(_FITS[place.fit], tag, tag.label, document)
        return ids

    def _span(  # noqa: PLR0917 - each is a column of the row
        self,
        tag: exchange.Tag,
        label_id: LabelId,
        article_id: ArticleId,
        place: Place,
        quote: str,
        span_id: SpanId,
        links: _Links,
    ) -> Span:
        return Span(
            id=span_id,
            article_id=article_id,
            label_id=label_id,
            start=place.start,
            end=place.end,
            quote=quote,
            note=tag.note,
            origin=_origin(tag),
            annotator_id=self._annotators.id_of(tag.annotator),
            created_at=tag.created_at or self._project.now(),
            certainty=Certainty.UNSURE if tag.unsure else Certainty.SURE,
            pieces=place.pieces,
            attributes=converted(tag.attributes, label_id, self._attributes, self._parts),
            actor_id=links[0],
            event_id=links[1],
        )

    def _link(self, tag: exchange.Tag, label_id: LabelId, quote: str, document: exchange.Document) -> _Links:
        """Return whom a tag is linked to; what the file only has an id of is made, where the label links to it."""
        if not tag.entity:
            return None, None
        links = self._links.get(label_id, Links.NOTHING)
        if not self._entities.actor(tag.entity) and not self._entities.event(tag.entity):
            self._entities.made(tag.entity, links, quote)
        if links is Links.NOTHING:
            links = self._linked(label_id, tag.entity)
        actor = self._entities.actor(tag.entity) if links is Links.ACTOR else None
        event = self._entities.event(tag.entity) if links is Links.EVENT else None
        if not actor and not event:
            self._tell(TroubleKind.ENTITY_UNKNOWN, tag, tag.entity, document)
        return actor, event

    def _linked(self, label_id: LabelId, entity: str) -> Links:
        """Return to what a label links that was kept because of this file: to what its first tag is linked."""
        actor, event = self._entities.actor(entity), self._entities.event(entity)
        links = Links.ACTOR if actor else Links.EVENT if event else Links.NOTHING
        if links is not Links.NOTHING and self._parts.link(label_id, links):
            self._links[label_id] = links
        return self._links.get(label_id, Links.NOTHING)

    def _known_tags(self, article_id: ArticleId) -> dict[KnownPlace, Span]:
        if not self._known.remembers(article_id):
            self._flush()  # what was taken of this article is asked for with the rest
        return self._known.of(article_id)

    # Relations and document tags

    def _take_relations(self, document: exchange.Document, article_id: ArticleId, ids: dict[str, SpanId]) -> None:
        known = {_place(one) for one in self._relations_of(article_id)} if document.relations else set()
        for one in document.relations:
            type_id = self._mapping.relations[one.type]
            if type_id == LEAVE_OUT:
                self.relations.left_out += 1
                continue
            relation = self._relation(one, RelationTypeId(type_id), article_id, ids)
            if relation is None:
                self._lose(self.relations, TroubleKind.END_MISSING, one, one.type, document)
            elif _place(relation) in known:
                self.relations.known += 1
            else:
                known.add(_place(relation))
                self._ids.add(relation.id)
                self.relations.taken += 1
                self._batch.relations.append(relation)

    def _relation(
        self,
        one: exchange.Relation,
        type_id: RelationTypeId,
        article_id: ArticleId,
        ids: dict[str, SpanId],
    ) -> Relation | None:
        source, target = ids.get(one.source), ids.get(one.target)
        actor, event = self._entities.actor(one.entity), self._entities.event(one.entity)
        missing = (one.target and not target) or (one.entity and not actor and not event)
        if source is None or missing or source == target:
            return None
        return Relation(
            id=RelationId(kept_id(one.id, one.id in self._ids)),
            article_id=article_id,
            type_id=type_id,
            source_id=source,
            target_span_id=target,
            target_actor_id=None if target else actor,
            target_event_id=None if target or actor else event,
            origin=_origin(one),
            annotator_id=self._annotators.id_of(one.annotator),
            created_at=one.created_at or self._project.now(),
        )

    def _relations_of(self, article_id: ArticleId) -> list[Relation]:
        waiting = [one for one in self._batch.relations if one.article_id == article_id]
        return [*waiting, *self._project.relations(article_id)]

    def _take_document_tags(self, document: exchange.Document, article_id: ArticleId) -> None:
        waiting = [tag for tag in self._batch.document_tags if tag.article_id == article_id]
        stored = self._project.document_tags(article_id) if document.document_tags else []
        known = {_said(tag) for tag in (*waiting, *stored)}
        for one in document.document_tags:
            label_id = self._mapping.document_labels[one.label]
            if label_id == LEAVE_OUT:
                self.document_tags.left_out += 1
                continue
            tag = DocumentTag(
                id=DocumentTagId(kept_id(one.id, one.id in self._ids)),
                article_id=article_id,
                label_id=DocumentLabelId(label_id),
                note=one.note,
                origin=_origin(one),
                annotator_id=self._annotators.id_of(one.annotator),
                created_at=one.created_at or self._project.now(),
                certainty=Certainty.UNSURE if one.unsure else Certainty.SURE,
                attributes=converted(one.attributes, label_id, self._attributes, self._parts),
            )
            if _said(tag) in known:
                self.document_tags.known += 1
                continue
            known.add(_said(tag))
            self._ids.add(tag.id)
            self.document_tags.taken += 1
            self._batch.document_tags.append(tag)

    # Writing and telling

    def _flush(self) -> None:
        batch, self._batch = self._batch, _Batch()
        self._project.put_annotators(self._act, self._annotators.unwritten())
        self._entities.insert(self._act)
        self._project.put_texts(self._act, list(batch.texts.items()))
        for rows in (batch.articles, batch.spans, batch.relations, batch.document_tags):
            self._act.insert(rows)
        self._act.spill()

    def _lose(self, tally: Tally, kind: TroubleKind, one: _S, label: str, document: exchange.Document) -> None:
        tally.lost += 1
        self._tell(kind, one, label, document)

    def _tell(self, kind: TroubleKind, one: _S, label: str, document: exchange.Document) -> None:
        place = one.place or document.place or document.id
        if isinstance(one, exchange.Tag):
            quote = one.quote or document.text[one.start : one.end]
            self._troubles.append(Trouble(kind, place, label, quote, one.start, one.end, self._article_id))
        else:
            self._troubles.append(Trouble(kind, place, label, article_id=self._article_id))


@dataclass(slots=True)
class _Batch:
    """What waits to be written."""

    articles: list[Article] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    document_tags: list[DocumentTag] = field(default_factory=list)


def _batches(documents: Iterable[exchange.Document]) -> Iterator[list[exchange.Document]]:
    """Yield documents in pieces that fit the memory."""
    batch: list[exchange.Document] = []
    tags = length = 0
    for document in documents:
        batch.append(document)
        tags += len(document.tags)
        length += len(document.text)
        if len(batch) == _BATCH or tags > _BATCH_TAGS or length > _BATCH_LENGTH:
            yield batch
            batch, tags, length = [], 0, 0
    if batch:
        yield batch


def _ids_in(documents: Iterable[exchange.Document]) -> Iterator[str]:
    """Yield the ids that tags, relations and document tags would keep if they are free."""
    for document in documents:
        for some in (document.tags, document.relations, document.document_tags):
            yield from (one.id for one in some if is_id(one.id))


def _origin(one: exchange.Tag | exchange.Relation | exchange.DocumentTag) -> Origin:
    return _ORIGINS.get(one.origin, Origin.IMPORTED)


def _place(one: Relation) -> tuple[object, ...]:
    return one.type_id, one.source_id, one.target, one.annotator_id


def _said(tag: DocumentTag) -> tuple[object, ...]:
    values = tuple(sorted((key, type(value).__name__, str(value)) for key, value in tag.attributes.items()))
    return tag.label_id, tag.annotator_id, tag.note, tag.certainty, values
