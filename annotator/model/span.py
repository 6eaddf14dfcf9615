# SPDX-License-Identifier: MIT
"""A tag: a labelled span of one article's text, and the rules that any span must meet."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.errors import UserError
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.text.blanks import BLANKS


class Origin(StrEnum):
    """How a row came to be."""

    MANUAL = "manual"
    PROPAGATED = "propagated"
    SUGGESTED = "suggested"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span `[start, end)` of an article's text, in code points; `quote` is that slice."""

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
