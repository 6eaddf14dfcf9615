# SPDX-License-Identifier: MIT
"""What actors and events have in common in the window, and what tells them apart: names and words, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator import i18n
from annotator.i18n import N_
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR, EVENT_TYPE, Attribute
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.project import Project
from annotator.ui.fields.naming import value_name
from annotator.ui.registry.names import Kind

Record = Actor | Event


@dataclass(frozen=True, slots=True)
class Words:
    """The marked sentences on one kind."""

    plural: str
    search: str
    empty: str
    new: str
    new_title: str
    delete_title: str
    merge_title: str
    merge_text: str
    split_title: str
    pick_title: str


WORDS = {
    Kind.ACTOR: Words(
        plural=N_("Actors"),
        search=N_("Find an actor"),
        empty=N_(
            "No actors yet. Tag a name and make an actor of it (Ctrl+L), or see which names are likely the same "
            "(Ctrl+M)."
        ),
        new=N_("New actor"),
        new_title=N_("What is the new actor called?"),
        delete_title=N_("Delete from the actors?"),
        merge_title=N_("Make one actor of these?"),
        merge_text=N_("The names, members and mentions of the others become those of the one that stays."),
        split_title=N_("What is the actor of these mentions called?"),
        pick_title=N_("Which actor?"),
    ),
    Kind.EVENT: Words(
        plural=N_("Events"),
        search=N_("Find an event"),
        empty=N_("No events yet. Tag the word that tells of one and make an event of it (Ctrl+L)."),
        new=N_("New event"),
        new_title=N_("What happened, in a few words?"),
        delete_title=N_("Delete from the events?"),
        merge_title=N_("Make one event of these?"),
        merge_text=N_("The participants and tellings of the others become those of the one that stays."),
        split_title=N_("What else happened, in a few words?"),
        pick_title=N_("Which event?"),
    ),
}


def records(project: Project, kind: Kind) -> Mapping[str, Record]:
    """Return all of a kind by their ids."""
    found: Mapping[str, Record] = project.actors if kind is Kind.ACTOR else project.events  # type: ignore[assignment]
    return found


def record_name(record: Record) -> str:
    """Return what it is called in the language of the interface."""
    return record.name_in(i18n.language()) if isinstance(record, Actor) else record.title


def other_name(record: Record) -> str:
    """Return an actor's name in the other language, or ""."""
    if isinstance(record, Event):
        return ""
    return next((name for name in (record.name_ar, record.name_en) if name and name != record_name(record)), "")


def all_names(record: Record) -> tuple[str, ...]:
    """Return under what it is found."""
    return record.names if isinstance(record, Actor) else tuple(filter(None, (record.title, record.place)))


def attribute_or_none(scheme: Scheme, attribute_id: str) -> Attribute | None:
    """Return an attribute of the scheme, if it has it."""
    return next((attribute for attribute in scheme.attributes if attribute.id == attribute_id), None)


def particulars(record: Record, scheme: Scheme) -> str:
    """Return in a few words what kind of actor, or of event, it is."""
    if isinstance(record, Actor):
        parts = [_value(scheme, ACTOR_KIND, record.kind), _value(scheme, ACTOR_SECTOR, record.sector), record.country]
    else:
        parts = [_value(scheme, EVENT_TYPE, record.type), record.date, record.place]
    return " · ".join(i18n.isolate(part) for part in parts if part)


def linked_to(span: Span, kind: Kind) -> str | None:
    """Return the id of the actor, or event, that a tag is linked to."""
    return span.actor_id if kind is Kind.ACTOR else span.event_id


def _value(scheme: Scheme, attribute_id: str, value: str) -> str:
    attribute = attribute_or_none(scheme, attribute_id)
    return value_name(attribute, value) if value and attribute is not None else value
