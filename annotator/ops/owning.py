# SPDX-License-Identifier: MIT
"""Whose a tag is: each annotator's tags are their own layer, which nobody else touches."""

from collections.abc import Iterable

from annotator.errors import UserError
from annotator.model.ids import SpanId
from annotator.model.span import Span
from annotator.project import Project


def own_span(project: Project, span_id: SpanId) -> Span:
    """Return a tag of this annotator.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    span = project.span(span_id)
    refuse_others(project, [span])
    return span


def own_spans(project: Project, span_ids: Iterable[SpanId]) -> list[Span]:
    """Return tags of this annotator, each once.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    spans = project.spans_by_id(list(span_ids))
    refuse_others(project, spans)
    return spans


def refuse_others(project: Project, spans: Iterable[Span]) -> None:
    """Refuse to touch tags of another annotator.

    Raises:
        UserError: `tag_of_another`.
    """
    for span in spans:
        if span.annotator_id != project.annotator.id:
            names = {annotator.id: annotator.name for annotator in project.annotators()}
            raise UserError("tag_of_another", quote=span.words, annotator=names[span.annotator_id])
