# SPDX-License-Identifier: MIT
"""Acts on tags."""

from collections.abc import Sequence
from dataclasses import replace

from annotator.errors import UserError
from annotator.model.changes import Changes, Op
from annotator.model.ids import ArticleId, LabelId, SpanId, new_id
from annotator.model.span import Origin, Span, check_bounds
from annotator.ops.acts import done
from annotator.project import Project


def add_tag(
    project: Project, article_id: ArticleId, start: int, end: int, label_id: LabelId, *, note: str = ""
) -> Changes:
    """Tag `[start, end)` of an article, in code points, with a label.

    Nothing changes where the annotator has tagged just this span with just this label already.

    Raises:
        UserError: `article_unknown`, `label_unknown`, `span_out_of_bounds`, `span_empty`, `span_blank`.
    """
    label = project.scheme.label(label_id)
    quote = _quote(project, article_id, start, end)
    with project.transact(Op.ADD_TAG, {"quote": quote, "label": label.id}) as act:
        if not project.own_span(article_id, start, end, label.id):
            span = Span(
                id=SpanId(new_id()),
                article_id=article_id,
                label_id=label.id,
                start=start,
                end=end,
                quote=quote,
                note=note,
                origin=Origin.MANUAL,
                annotator_id=project.annotator.id,
                created_at=project.now(),
            )
            act.insert([span])
    return done(act)


def delete_tags(project: Project, span_ids: Sequence[SpanId]) -> Changes:
    """Delete tags, as one act.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`, and then none was deleted.
    """
    spans = [_own(project, span_id) for span_id in dict.fromkeys(span_ids)]
    params = {"count": len(spans), "quote": spans[0].quote if spans else ""}
    with project.transact(Op.DELETE_TAGS, params) as act:
        act.delete(spans)
    return done(act)


def set_label(project: Project, span_id: SpanId, label_id: LabelId) -> Changes:
    """Give a tag another label.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, `label_unknown`, or `tag_exists` where the span has a tag of that
            label already.
    """
    span = _own(project, span_id)
    label = project.scheme.label(label_id)
    _refuse_twin(project, span, span.start, span.end, label.id)
    with project.transact(Op.SET_TAG_LABEL, {"quote": span.quote, "label": label.id}) as act:
        act.update(span, replace(span, label_id=label.id))
    return done(act)


def set_bounds(project: Project, span_id: SpanId, start: int, end: int) -> Changes:
    """Move a tag to `[start, end)` of its article, in code points.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, `tag_exists`, `span_out_of_bounds`, `span_empty`, `span_blank`.
    """
    span = _own(project, span_id)
    quote = _quote(project, span.article_id, start, end)
    _refuse_twin(project, span, start, end, span.label_id)
    with project.transact(Op.SET_TAG_BOUNDS, {"quote": quote, "old_quote": span.quote}) as act:
        act.update(span, replace(span, start=start, end=end, quote=quote))
    return done(act)


def set_note(project: Project, span_id: SpanId, note: str) -> Changes:
    """Write a tag's note; an empty one takes it away.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    span = _own(project, span_id)
    with project.transact(Op.SET_TAG_NOTE, {"quote": span.quote}) as act:
        act.update(span, replace(span, note=note))
    return done(act)


def _own(project: Project, span_id: SpanId) -> Span:
    """Return a tag of this annotator: each one's tags are their own layer, which nobody else touches."""
    span = project.span(span_id)
    if span.annotator_id != project.annotator.id:
        names = {annotator.id: annotator.name for annotator in project.annotators()}
        raise UserError("tag_of_another", quote=span.quote, annotator=names[span.annotator_id])
    return span


def _quote(project: Project, article_id: ArticleId, start: int, end: int) -> str:
    text = project.text(article_id)
    check_bounds(text, start, end)
    return text[start:end]


def _refuse_twin(project: Project, span: Span, start: int, end: int, label_id: LabelId) -> None:
    twin = project.own_span(span.article_id, start, end, label_id)
    if twin is not None and twin.id != span.id:
        raise UserError("tag_exists", quote=twin.quote, label=label_id)
