# SPDX-License-Identifier: MIT
"""Acts on the events of the registry, and on the links of tags to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.errors import UserError
from annotator.model.attributes import EVENT_TYPE, Attribute, AttributeKind
from annotator.model.changes import Changes, Op
from annotator.model.ids import AttributeId, EventId, SpanId, new_id
from annotator.model.names import Name
from annotator.model.registry import Event, check_event, tidy_name
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.ops.acts import done, one_act
from annotator.ops.owning import own_spans
from annotator.ops.registry import point, rebased, repoint, unpoint
from annotator.ops.tags import refuse_link
from annotator.project import Project

#: A date of the registry is checked as one of a tag is.
_DATE = Attribute(id=AttributeId("date"), name=Name("Date", "التاريخ"), kind=AttributeKind.DATE)


def draft_event(project: Project, title: str) -> Event:
    """Return an event with a new id and nothing but its title, for `add_event`."""
    return Event(id=EventId(new_id()), title=title, annotator_id=project.annotator.id, created_at=project.now())


@one_act
def add_event(project: Project, event: Event, span_ids: Sequence[SpanId] = ()) -> Changes:
    """Add an event to the registry, and say of tags that they tell of it, as one act.

    Raises:
        UserError: `event_untitled`, `value_not_offered`, `value_no_date`, `actor_unknown`; for the tags, what
            `link_tags` refuses.
    """
    event = _checked(project, event)
    spans = _linkable(project, span_ids)
    with project.transact(Op.ADD_EVENT, {"event": event.title, "count": len(spans)}) as act:
        act.insert([event])
        point(act, spans, "event_id", event.id)
    return done(act)


@one_act
def change_event(project: Project, event: Event, *, seen: Event | None = None) -> Changes:
    """Write what is said of an event: title, type, date, place, participants, note.

    Where `seen` says how it was when it was edited, what others have changed of it since stays.

    Raises:
        UserError: `event_unknown`, or what `add_event` refuses of an event.
    """
    before = project.event(event.id)
    after = _checked(project, event if seen is None else rebased(event, seen, before), before=before)
    with project.transact(Op.CHANGE_EVENT, {"event": after.title}) as act:
        act.update(before, after)
    return done(act)


@one_act
def delete_events(project: Project, event_ids: Sequence[EventId]) -> Changes:
    """Delete events, as one act: the tags that tell of them stay, without a link.

    Raises:
        UserError: `event_unknown`, or `others_links` where another annotator has linked tags to one.
    """
    gone = [project.event(event_id) for event_id in dict.fromkeys(event_ids)]
    params = {"count": len(gone), "event": gone[0].title if gone else ""}
    with project.transact(Op.DELETE_EVENTS, params) as act:
        unpoint(project, act, [event.id for event in gone], "event_id")
        act.delete(gone)
    return done(act)


@one_act
def merge_events(project: Project, keep_id: EventId, other_ids: Sequence[EventId]) -> Changes:
    """Make one event of several, as one act.

    Raises:
        UserError: `event_unknown`, or `merged_into_itself`.
    """
    keep = project.event(keep_id)
    others = [project.event(event_id) for event_id in dict.fromkeys(other_ids)]
    if not others or keep_id in other_ids:
        raise UserError("merged_into_itself", name=keep.title)
    params = {"event": keep.title, "others": [event.title for event in others]}
    with project.transact(Op.MERGE_EVENTS, params) as act:
        repoint(project, act, [event.id for event in others], "event_id", keep.id)
        act.delete(others)
        act.update(keep, _merged(keep, others))
    return done(act)


@one_act
def split_event(project: Project, event_id: EventId, span_ids: Sequence[SpanId], other: Event) -> Changes:
    """Make a new event of some tellings of another, as one act.

    Raises:
        UserError: `event_unknown`, `tag_unknown`, `tag_of_another`, `split_nothing` where none of the tags tells of the
            event, or what `add_event` refuses.
    """
    event = project.event(event_id)
    moving = [span for span in own_spans(project, span_ids) if span.event_id == event_id]
    if not moving:
        raise UserError("split_nothing", name=event.title)
    other = _checked(project, other)
    with project.transact(Op.SPLIT_EVENT, {"event": event.title, "other": other.title}) as act:
        act.insert([other])
        point(act, moving, "event_id", other.id)
    return done(act)


@one_act
def link_tags(project: Project, span_ids: Sequence[SpanId], event_id: EventId) -> Changes:
    """Say that tags tell of an event, as one act.

    Raises:
        UserError: `event_unknown`, `tag_unknown`, `tag_of_another`, or `label_links_nothing`.
    """
    event = project.event(event_id)
    spans = _linkable(project, span_ids)
    params = {"count": len(spans), "quote": spans[0].words if spans else "", "name": event.title}
    with project.transact(Op.LINK_TAGS, params) as act:
        point(act, spans, "event_id", event.id)
    return done(act)


@one_act
def unlink_tags(project: Project, span_ids: Sequence[SpanId]) -> Changes:
    """Take the link to an event from tags, as one act.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    spans = own_spans(project, span_ids)
    with project.transact(Op.UNLINK_TAGS, {"count": len(spans), "quote": spans[0].words if spans else ""}) as act:
        point(act, spans, "event_id", None)
    return done(act)


def _checked(project: Project, event: Event, *, before: Event | None = None) -> Event:
    """Return an event tidied; a type that the scheme knew once may stay as it is in `before`."""
    check_event(event)
    attribute = next((a for a in project.scheme.attributes if a.id == EVENT_TYPE), None)
    if event.type and attribute is not None and (before is None or event.type != before.type):
        attribute.check(event.type)
    date = str(_DATE.check(event.date)) if event.date.strip() else ""
    for participant in event.participants:
        project.actor(participant)
    participants = tuple(dict.fromkeys(event.participants))
    return replace(event, title=tidy_name(event.title), date=date, participants=participants)


def _linkable(project: Project, span_ids: Sequence[SpanId]) -> list[Span]:
    spans = own_spans(project, span_ids)
    for span in spans:
        refuse_link(project.scheme.label(span.label_id), Links.EVENT)
    return spans


def _merged(keep: Event, others: Sequence[Event]) -> Event:
    given: dict[str, Any] = {
        field: next((value for event in (keep, *others) if (value := getattr(event, field))), "")
        for field in ("type", "date", "place", "external_id")
    }
    participants = [actor for event in (keep, *others) for actor in event.participants]
    return replace(
        keep,
        **given,
        participants=tuple(dict.fromkeys(participants)),
        note="\n".join(dict.fromkeys(event.note for event in (keep, *others) if event.note)),
    )
