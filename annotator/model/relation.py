# SPDX-License-Identifier: MIT
"""Relations: from a tag to another tag of its article, to an actor or event of the registry, or to the author."""

from dataclasses import dataclass

from annotator.model.ids import (
    ActorId,
    AnnotatorId,
    ArticleId,
    EventId,
    RelationId,
    RelationTypeId,
    SpanId,
)
from annotator.model.span import Origin


@dataclass(frozen=True, slots=True)
class End:
    """Where a relation leads: a tag, an actor, an event, or with none of them the article's author or outlet."""

    span_id: SpanId | None = None
    actor_id: ActorId | None = None
    event_id: EventId | None = None

    @property
    def is_author(self) -> bool:
        """Return whether it is the author or outlet of the article."""
        return self == AUTHOR


AUTHOR = End()


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; `source_id` is the tag that it starts from, such as an event, the target fields say where to."""

    id: RelationId
    article_id: ArticleId
    type_id: RelationTypeId
    source_id: SpanId
    target_span_id: SpanId | None
    target_actor_id: ActorId | None
    target_event_id: EventId | None
    origin: Origin
    annotator_id: AnnotatorId
    created_at: str

    @property
    def target(self) -> End:
        """Return where it leads."""
        return End(self.target_span_id, self.target_actor_id, self.target_event_id)
