# SPDX-License-Identifier: MIT
"""Questions about what is said in the articles of a project: spans, relations, document tags."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.model.document_tag import DocumentTag
from annotator.model.ids import (
    ActorId,
    AnnotatorId,
    ArticleId,
    DocumentTagId,
    EventId,
    LabelId,
    RelationId,
    SpanId,
)
from annotator.model.relation import Relation
from annotator.model.span import Certainty, Span
from annotator.model.spans import Spans
from annotator.project.asking import Asking, known
from annotator.store import history_rows, relations, spans


class TagQuestions(Asking):
    """What a project knows of its tags."""

    def spans(self, article_id: ArticleId) -> list[Span]:
        """Return an article's spans by start, the longer first where they start together."""
        with self._database.read() as connection:
            return spans.of_article(connection, article_id)

    def spans_to_show(self, article_id: ArticleId) -> Spans:
        """Return an article's spans for a window, which shows a few of thousands at a time.

        They may be read bit by bit as they are asked for: have them `read` before the next act, within one snapshot.
        """
        with self._database.read() as connection:
            return spans.unread_of_article(connection, article_id)

    def span(self, span_id: SpanId) -> Span:
        """Return a span.

        Raises:
            UserError: `tag_unknown`.
        """
        with self._database.read() as connection:
            return known(spans.SPANS.get(connection, span_id), "tag_unknown", tag=span_id)

    def spans_by_id(self, span_ids: Sequence[SpanId]) -> list[Span]:
        """Return spans by their ids, in that order, each once.

        Raises:
            UserError: `tag_unknown`.
        """
        wanted = list(dict.fromkeys(span_ids))
        with self._database.read() as connection:
            found = spans.by_id(connection, wanted)
        return [known(found.get(span_id), "tag_unknown", tag=span_id) for span_id in wanted]

    def twinned(self, span_ids: Sequence[SpanId], label_id: LabelId) -> set[SpanId]:
        """Return those of these spans whose annotator has another with a label at just the same place."""
        with self._database.read() as connection:
            return spans.twinned(connection, span_ids, label_id)

    def places(
        self, article_ids: Iterable[ArticleId], label_id: LabelId, annotator_id: AnnotatorId
    ) -> dict[ArticleId, list[tuple[tuple[int, int], ...]]]:
        """Return where in each of these articles an annotator has tags of a label: the pieces of each tag."""
        with self._database.read() as connection:
            return spans.places(connection, article_ids, label_id, annotator_id)

    def chosen_spans(
        self,
        *,
        label_ids: Sequence[LabelId] | None = None,
        actor_id: ActorId | None = None,
        annotator_id: AnnotatorId | None = None,
        certainty: Certainty | None = None,
    ) -> Iterator[Span]:
        """Yield the spans that meet all conditions, in the order of the articles; None is no condition."""
        with self._database.read() as connection:
            yield from spans.chosen(
                connection,
                label_ids=label_ids,
                actor_id=actor_id,
                annotator_id=annotator_id,
                certainty=certainty,
            )

    def own_spans_at(self, article_id: ArticleId, start: int, end: int, label_id: LabelId) -> list[Span]:
        """Return this annotator's spans of just these bounds and label."""
        with self._database.read() as connection:
            return spans.same(
                connection, article_id, start=start, end=end, label_id=label_id, annotator_id=self.annotator.id
            )

    def all_spans(self) -> Iterator[Span]:
        """Yield every span, article by article."""
        with self._database.read() as connection:
            yield from spans.iterate(connection)

    def spans_of_label(self, label_id: LabelId) -> list[Span]:
        """Return the spans of a label, of all annotators."""
        with self._database.read() as connection:
            return spans.of_label(connection, label_id)

    def linked_spans(self, ids: Sequence[ActorId] | Sequence[EventId], offset: int = 0, limit: int = -1) -> list[Span]:
        """Return the spans linked to any of these actors or events, in the order of the articles, or a stretch."""
        with self._database.read() as connection:
            return spans.linked(connection, ids, offset, limit)

    def unlinked_forms(
        self, label_ids: Sequence[LabelId], annotator_id: AnnotatorId | None, named: tuple[str, str]
    ) -> list[tuple[str, int, SpanId]]:
        """Return what tags of these labels without an actor quote: quote, how many tags, and the first of them.

        `annotator_id` says whose tags, None for everyone's; `named` is an attribute, and its value of names.
        """
        with self._database.read() as connection:
            return spans.unlinked_forms(connection, label_ids, annotator_id, named)

    def unlinked_spans(self, label_ids: Sequence[LabelId], quotes: Sequence[str]) -> list[Span]:
        """Return the spans of these labels without an actor that quote one of these."""
        with self._database.read() as connection:
            return spans.unlinked(connection, label_ids, quotes)

    def span_count(self) -> int:
        """Return the number of spans in all articles."""
        with self._database.read() as connection:
            return history_rows.totals(connection).tags

    def relations(self, article_id: ArticleId) -> list[Relation]:
        """Return an article's relations, the first to be made first."""
        with self._database.read() as connection:
            return relations.of_article(connection, article_id)

    def relation(self, relation_id: RelationId) -> Relation:
        """Return a relation.

        Raises:
            UserError: `relation_unknown`.
        """
        with self._database.read() as connection:
            return known(relations.RELATIONS.get(connection, relation_id), "relation_unknown", relation=relation_id)

    def relations_touching(self, span_ids: Sequence[SpanId]) -> list[Relation]:
        """Return the relations that start from or lead to any of these tags."""
        with self._database.read() as connection:
            return relations.touching(connection, span_ids)

    def relations_to(self, ids: Sequence[ActorId] | Sequence[EventId]) -> list[Relation]:
        """Return the relations that lead to any of these actors or events themselves."""
        with self._database.read() as connection:
            return relations.to_registry(connection, ids)

    def document_tags(self, article_id: ArticleId) -> list[DocumentTag]:
        """Return an article's document tags, the first to be made first."""
        with self._database.read() as connection:
            return relations.document_tags(connection, article_id)

    def document_tag(self, tag_id: DocumentTagId) -> DocumentTag:
        """Return a document tag.

        Raises:
            UserError: `tag_unknown`.
        """
        with self._database.read() as connection:
            return known(relations.DOCUMENT_TAGS.get(connection, tag_id), "tag_unknown", tag=tag_id)

    def taken_ids(self, ids: Iterable[str]) -> set[str]:
        """Return those ids that tags, relations or document tags of the project have already."""
        with self._database.read() as connection:
            return spans.taken_ids(connection, list(ids))
