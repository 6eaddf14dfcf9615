# SPDX-License-Identifier: MIT
"""Which of a project is exported, and under whose names: pure functions on one article."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

from annotator.errors import UserError
from annotator.exporters.base import ExportOptions, ExportSource
from annotator.exporters.cutting import cut_article
from annotator.exporters.losses import Lossy, Reason
from annotator.model.article import Article
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AnnotatorId, LabelId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle

_R = TypeVar("_R", Article, Span, Relation, DocumentTag, Actor, Event)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of an article.

    Attributes:
        whole: the article with all that is in it, and `part` with what was chosen of that.
        documents: what the writer gets: the part, or the units that it is cut into.
        cut_off: the relations that were chosen, but a tag at one of their ends was not.
        lost: what of the part is in none of its documents, the relations that are cut off among it.
    """

    whole: TaggedArticle
    part: TaggedArticle
    documents: tuple[TaggedArticle, ...]
    cut_off: tuple[Relation, ...]
    lost: tuple[tuple[Reason, Lossy], ...]


class Choice:
    """What was chosen of a project, article by article."""

    def __init__(self, source: ExportSource, options: ExportOptions) -> None:
        self._source, self._options = source, options
        self._labels = chosen_labels(source.scheme, options)
        self._names = pseudonyms(source.project_id, source.annotators) if options.anonymise else {}

    def source(self) -> ExportSource:
        """Return what of the source is about no single article, as it is exported."""
        if not self._names:
            return self._source
        known = self._source
        return replace(
            known,
            annotators={name: str(name) for name in sorted(self._names.values())},
            actors={key: self._unnamed(actor) for key, actor in known.actors.items()},
            events={key: self._unnamed(event) for key, event in known.events.items()},
        )

    def takes(self, tagged: TaggedArticle) -> bool:
        """Return whether an article is chosen."""
        article, options = tagged.article, self._options
        if options.articles is not None and article.id not in options.articles:
            return False
        return options.states is None or article.state.with_tags(len(tagged.spans)) in options.states

    def of(self, tagged: TaggedArticle) -> Chosen:
        """Return what is chosen of an article that is.

        Raises:
            UserError: `export_source_damaged` where its text, tags and relations do not fit together.
        """
        if not _is_sound(tagged, self._source):
            raise UserError("export_source_damaged", article=tagged.article.title)
        part, cut_off = self._part(tagged)
        if self._names:
            part = self._anonymised(part)
        cut = cut_article(part, self._options.unit, without_boilerplate=self._options.without_boilerplate)
        ends = [(Reason.RELATION_END, one) for one in cut_off]
        return Chosen(tagged, part, cut.parts, tuple(cut_off), (*ends, *cut.lost))

    def _part(self, tagged: TaggedArticle) -> tuple[TaggedArticle, list[Relation]]:
        if self._labels is None and self._options.annotators is None:
            return tagged, []
        spans = tuple(span for span in tagged.spans if self._has(span))
        relations = [relation for relation in tagged.relations if self._is_by_chosen(relation)]
        ids = {None, *(span.id for span in spans)}
        whole = tuple(one for one in relations if one.source_id in ids and one.target_span_id in ids)
        cut_off = [one for one in relations if one.source_id not in ids or one.target_span_id not in ids]
        tags = tuple(tag for tag in tagged.document_tags if self._is_by_chosen(tag))
        return replace(tagged, spans=spans, relations=whole, document_tags=tags), cut_off

    def _has(self, span: Span) -> bool:
        return (self._labels is None or span.label_id in self._labels) and self._is_by_chosen(span)

    def _is_by_chosen(self, one: Span | Relation | DocumentTag) -> bool:
        return self._options.annotators is None or one.annotator_id in self._options.annotators

    def _anonymised(self, tagged: TaggedArticle) -> TaggedArticle:
        article = self._unnamed(tagged.article)
        return replace(
            tagged,
            # A path tells whose computer it was on.
            article=replace(article, source=PurePath(article.source).name),
            spans=tuple(map(self._unnamed, tagged.spans)),
            relations=tuple(map(self._unnamed, tagged.relations)),
            document_tags=tuple(map(self._unnamed, tagged.document_tags)),
        )

    def _unnamed(self, record: _R) -> _R:
        return replace(record, annotator_id=self._names[record.annotator_id])


def pseudonyms(project_id: str, annotators: Iterable[AnnotatorId]) -> dict[AnnotatorId, AnnotatorId]:
    """Return what annotators are called instead, the same in every export of a project.

    Their order is that of a hash: by their ids they would be told apart by who came first.
    """
    ordered = sorted(annotators, key=lambda key: hashlib.sha256(f"{project_id} {key}".encode()).digest())
    return {key: AnnotatorId(f"annotator-{number}") for number, key in enumerate(ordered, start=1)}


def chosen_labels(scheme: Scheme, options: ExportOptions) -> frozenset[LabelId] | None:
    """Return the labels that are chosen by themselves and by their layers; None for all."""
    if options.layers is None:
        return options.labels
    of_layers = {label.id for label in scheme.all_labels if label.layer_id in options.layers}
    return frozenset(of_layers if options.labels is None else of_layers & options.labels)


def _is_sound(tagged: TaggedArticle, source: ExportSource) -> bool:
    """Return whether the text is the one imported, tags quote it and relations lead to what is there."""
    if hashlib.sha256(tagged.text.encode()).hexdigest() != tagged.article.text_sha256:
        return False
    if any(tagged.text[span.start : span.end] != span.quote for span in tagged.spans):
        return False
    spans = {None, *(span.id for span in tagged.spans)} if tagged.relations else ()
    return all(
        one.source_id in spans
        and one.target_span_id in spans
        and (one.target_actor_id is None or one.target_actor_id in source.actors)
        and (one.target_event_id is None or one.target_event_id in source.events)
        for one in tagged.relations
    )
