# SPDX-License-Identifier: MIT
"""A tag: a labelled span of one article's text, and the rules that any span must meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.errors import UserError
from annotator.model.attributes import AttributeValue
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, AttributeId, EventId, LabelId, SpanId
from annotator.text.blanks import BLANKS

#: `[start, end)` in code points.
Piece = tuple[int, int]


class Origin(StrEnum):
    """How a row came to be."""

    MANUAL = "manual"
    PROPAGATED = "propagated"
    SUGGESTED = "suggested"
    IMPORTED = "imported"


class Certainty(StrEnum):
    """How sure the annotator is of a tag."""

    SURE = "sure"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span `[start, end)` of an article's text, in code points; `quote` is that slice.

    Attributes:
        pieces: of a discontinuous tag its pieces, two or more, in order, apart from each other: the first begins at
            `start` and the last ends at `end`. Empty for a tag of one piece.
        attributes: the values of the label's attributes, by their ids; one without a value is not in it.
        actor_id: the actor of the registry whom this tag mentions.
        event_id: the event of the registry of which this tag tells.
    """

    id: SpanId
    article_id: ArticleId
    label_id: LabelId
    start: int
    end: int
    quote: str
    note: str
    origin: Origin
    annotator_id: AnnotatorId
    created_at: str
    certainty: Certainty = Certainty.SURE
    pieces: tuple[Piece, ...] = ()
    attributes: Mapping[AttributeId, AttributeValue] = field(default_factory=dict, hash=False)
    actor_id: ActorId | None = None
    event_id: EventId | None = None

    @property
    def parts(self) -> tuple[Piece, ...]:
        """Return the pieces of a discontinuous tag, or the one piece of any other."""
        return self.pieces or ((self.start, self.end),)

    @property
    def words(self) -> str:
        """Return what is tagged: the quote, of a discontinuous tag without what lies between its pieces."""
        if not self.pieces:
            return self.quote
        return " … ".join(self.quote[start - self.start : end - self.start] for start, end in self.pieces)


def joined_pieces(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces in order, those that touch or overlap as one; a single one as no pieces at all.

    A blank between two pieces keeps them apart: whether it belongs to the tag is the annotator's to say.
    """
    joined: list[Piece] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined) if len(joined) > 1 else ()


def check_bounds(text: str, start: int, end: int) -> None:
    """Refuse a span that is out of bounds, empty, or of blanks only.

    Args:
        text: the article's text.
        start: first code point of the span.
        end: the code point after its last.

    Raises:
        UserError: `span_out_of_bounds`, `span_empty` or `span_blank`.
    """
    if not 0 <= start <= len(text) or not 0 <= end <= len(text):
        raise UserError("span_out_of_bounds", start=start, end=end, length=len(text))
    if start >= end:
        raise UserError("span_empty", start=start, end=end)
    if not text[start:end].strip(BLANKS):
        raise UserError("span_blank", start=start, end=end)
