# SPDX-License-Identifier: MIT
"""Acts on tags."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from annotator.errors import UserError
from annotator.model.changes import Changes, Op
from annotator.model.ids import ActorId, ArticleId, EventId, LabelId, SpanId, new_id
from annotator.model.scheme import Label, Links
from annotator.model.span import Certainty, Origin, Piece, Span, check_bounds, joined_pieces
from annotator.ops.acts import done, one_act
from annotator.ops.filling import Values, changed_values, fitting_values, new_values
from annotator.ops.owning import own_span, own_spans
from annotator.ops.relations import NO_ENDS, Ends, insert_ends, set_ends
from annotator.project import Project

_NO_VALUES: Values = MappingProxyType({})


@one_act
def add_tag(
    project: Project,
    article_id: ArticleId,
    start: int,
    end: int,
    label_id: LabelId,
    *,
    note: str = "",
    certainty: Certainty = Certainty.SURE,
    values: Values = _NO_VALUES,
    pieces: Sequence[Piece] = (),
    actor_id: ActorId | None = None,
    event_id: EventId | None = None,
    ends: Ends = NO_ENDS,
) -> Changes:
    """Tag `[start, end)` of an article, in code points, with a label, and say all that is to be said of it at once.

    Nothing changes where the annotator has tagged just this span with just this label already.

    Attributes that `values` does not name get their defaults. Of a discontinuous tag `pieces` are its pieces, the first
    from `start`, the last to `end`. `ends` says where its relations lead, by their types.

    Raises:
        UserError: `article_unknown`, `label_unknown`, `label_archived`, `span_out_of_bounds`, `span_empty`,
            `span_blank`, `pieces_amiss`; what the checks of attributes, links and relations refuse.
    """
    label = offered_label(project, label_id)
    quote = _quote(project, article_id, start, end)
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
        certainty=certainty,
        pieces=_pieces(project, article_id, start, end, pieces),
        attributes=new_values(project.scheme, label.id, values),
        actor_id=actor_id,
        event_id=event_id,
    )
    _check_links(project, label, actor_id, event_id)
    with project.transact(Op.ADD_TAG, {"quote": span.words, "label": label.id}) as act:
        if _twin(project, span) is None:
            act.insert([span])
            insert_ends(project, act, span, ends)
    return done(act)


@one_act
def delete_tags(project: Project, span_ids: Sequence[SpanId]) -> Changes:
    """Delete tags together with the relations from and to them, as one act.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`, and then none was deleted.
    """
    spans = own_spans(project, span_ids)
    params = {"count": len(spans), "quote": spans[0].words if spans else ""}
    with project.transact(Op.DELETE_TAGS, params) as act:
        act.delete(project.relations_touching([span.id for span in spans]))
        act.delete(spans)
    return done(act)


@one_act
def set_label(project: Project, span_id: SpanId, label_id: LabelId) -> Changes:
    """Give a tag another label; see `set_labels`.

    Raises:
        UserError: as `set_labels`, and `tag_exists` where the span has a tag of that label already.
    """
    span = own_span(project, span_id)
    _refuse_twin(project, replace(span, label_id=label_id))
    return set_labels(project, [span_id], label_id)


@one_act
def set_labels(project: Project, span_ids: Sequence[SpanId], label_id: LabelId) -> Changes:
    """Give tags another label, as one act; those whose span has a tag of that label already stay as they are.

    What the annotator said of a tag is kept, even where the new label does not ask for it: it is for review then.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, `label_unknown` or `label_archived`.
    """
    spans = own_spans(project, span_ids)
    label = offered_label(project, label_id)
    params = {"count": len(spans), "quote": spans[0].words if spans else "", "label": label.id}
    with project.transact(Op.SET_TAG_LABEL, params) as act:
        twinned = project.twinned([span.id for span in spans], label.id)
        pairs: dict[object, tuple[Span, Span]] = {}
        for span in spans:
            values = fitting_values(project.scheme, span.label_id, label.id, span.attributes)
            after = replace(span, label_id=label.id, attributes=values)
            if span.label_id != label.id and span.id not in twinned:
                pairs.setdefault((span.article_id, span.start, span.end, span.pieces), (span, after))
        act.update_all(pairs.values())
    return done(act)


@one_act
def set_bounds(project: Project, span_id: SpanId, start: int, end: int) -> Changes:
    """Move a tag to `[start, end)` of its article, in code points; of a discontinuous tag the outer edges.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, `tag_exists`, `span_out_of_bounds`, `span_empty`, `span_blank`.
    """
    span = own_span(project, span_id)
    quote = _quote(project, span.article_id, start, end)
    pieces = _pieces(project, span.article_id, start, end, _stretched(span, start, end))
    after = replace(span, start=start, end=end, quote=quote, pieces=pieces)
    return _move(project, Op.SET_TAG_BOUNDS, span, after)


@one_act
def set_pieces(project: Project, span_id: SpanId, pieces: Sequence[Piece]) -> Changes:
    """Give a tag other pieces, in code points; with a single one it is a tag like any other again.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, `tag_exists`, `pieces_amiss`, or what bounds are refused for.
    """
    span = own_span(project, span_id)
    if not pieces:
        raise UserError("pieces_amiss", quote=span.quote)
    start, end = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
    quote = _quote(project, span.article_id, start, end)
    kept = _pieces(project, span.article_id, start, end, pieces)
    after = replace(span, start=start, end=end, quote=quote, pieces=kept)
    return _move(project, Op.SET_TAG_PIECES, span, after)


@one_act
def set_note(project: Project, span_id: SpanId, note: str) -> Changes:
    """Write a tag's note; an empty one takes it away.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    span = own_span(project, span_id)
    with project.transact(Op.SET_TAG_NOTE, {"quote": span.words}) as act:
        act.update(span, replace(span, note=note))
    return done(act)


@one_act
def set_attributes(project: Project, span_ids: Sequence[SpanId], values: Values) -> Changes:
    """Set attributes of tags, as one act; None takes a value away.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`, or what `annotator.ops.filling.changed_values` refuses.
    """
    spans = own_spans(project, span_ids)
    params = {"count": len(spans), "quote": spans[0].words if spans else "", "attributes": list(values)}
    with project.transact(Op.SET_TAG_ATTRIBUTES, params) as act:
        for span in spans:
            after = changed_values(project.scheme, span.label_id, span.attributes, values)
            act.update(span, replace(span, attributes=after))
    return done(act)


@one_act
def set_certainty(project: Project, span_ids: Sequence[SpanId], certainty: Certainty) -> Changes:
    """Say of tags whether they are sure, as one act.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    spans = own_spans(project, span_ids)
    params = {"count": len(spans), "quote": spans[0].words if spans else "", "certainty": certainty}
    with project.transact(Op.SET_TAG_CERTAINTY, params) as act:
        for span in spans:
            act.update(span, replace(span, certainty=certainty))
    return done(act)


@one_act
def fill_tag(project: Project, span_id: SpanId, *, values: Values = _NO_VALUES, ends: Ends = NO_ENDS) -> Changes:
    """Set attributes of a tag and where its relations lead, as one act: what a form does.

    Of the attributes in `values`, None takes a value away. Of each type of relation in `ends`, these are all that the
    tag is to have; others of that type go.

    Raises:
        UserError: `tag_unknown`, `tag_of_another`; what the checks of attributes and relations refuse.
    """
    span = own_span(project, span_id)
    with project.transact(Op.FILL_TAG, {"quote": span.words, "label": span.label_id}) as act:
        after = changed_values(project.scheme, span.label_id, span.attributes, values)
        act.update(span, replace(span, attributes=after))
        set_ends(project, act, span, ends)
    return done(act)


def offered_label(project: Project, label_id: LabelId) -> Label:
    """Return a label that new tags may have.

    Raises:
        UserError: `label_unknown` or `label_archived`.
    """
    label = project.scheme.label(label_id)
    if not project.scheme.is_offered(label):
        raise UserError("label_archived", label=label.name.both)
    return label


def _quote(project: Project, article_id: ArticleId, start: int, end: int) -> str:
    text = project.text(article_id)
    check_bounds(text, start, end)
    return text[start:end]


def _pieces(
    project: Project, article_id: ArticleId, start: int, end: int, pieces: Sequence[Piece]
) -> tuple[Piece, ...]:
    if not pieces:
        return ()
    text = project.text(article_id)
    for piece in pieces:
        check_bounds(text, *piece)
    if min(piece[0] for piece in pieces) != start or max(piece[1] for piece in pieces) != end:
        raise UserError("pieces_amiss", quote=text[start:end])
    return joined_pieces(pieces)


def _stretched(span: Span, start: int, end: int) -> tuple[Piece, ...]:
    """Return a discontinuous tag's pieces with other outer edges; pieces that lie outside these are gone."""
    if not span.pieces or start >= end:
        return ()
    inside = [(max(first, start), min(last, end)) for first, last in span.pieces if first < end and start < last]
    if not inside:
        return ()
    inside[0] = (start, inside[0][1])
    inside[-1] = (inside[-1][0], end)
    return joined_pieces(inside)


def _move(project: Project, op: Op, span: Span, after: Span) -> Changes:
    _refuse_twin(project, after)
    with project.transact(op, {"quote": after.words, "old_quote": span.words}) as act:
        act.update(span, after)
    return done(act)


def _twin(project: Project, span: Span) -> Span | None:
    """Return another tag of this annotator that has just this span and label."""
    found = project.own_spans_at(span.article_id, span.start, span.end, span.label_id)
    return next((twin for twin in found if twin.id != span.id and twin.pieces == span.pieces), None)


def _refuse_twin(project: Project, span: Span) -> None:
    twin = _twin(project, span)
    if twin is not None:
        raise UserError("tag_exists", quote=twin.words, label=project.scheme.label(span.label_id).name.both)


def _check_links(project: Project, label: Label, actor_id: ActorId | None, event_id: EventId | None) -> None:
    if actor_id is not None:
        project.actor(actor_id)
        refuse_link(label, Links.ACTOR)
    if event_id is not None:
        project.event(event_id)
        refuse_link(label, Links.EVENT)


def refuse_link(label: Label, links: Links) -> None:
    """Refuse to link tags of a label that is not for it.

    Raises:
        UserError: `label_links_nothing`.
    """
    if label.links is not links:
        raise UserError("label_links_nothing", label=label.name.both, links=links)
