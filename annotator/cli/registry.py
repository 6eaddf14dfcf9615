# SPDX-License-Identifier: MIT
"""The commands that list, add and change the actors and events of the registry.

Those that are alike for both are in `annotator.cli.registry_shared`, and are put into the groups here.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.cli.parameters import (
    annotator_option,
    find_tag,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, tell_acts
from annotator.cli.references import find_actor, find_event, read_choice
from annotator.cli.registry_shared import ACTORS, EVENTS, draft_actor, shared_commands
from annotator.cli.shapes import actor_data, event_data
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Command, Commands, Option
from annotator.i18n import N_
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR, EVENT_TYPE
from annotator.model.ids import ActorId
from annotator.model.registry import Actor, Event
from annotator.ops import actors as actor_acts
from annotator.ops import events as event_acts
from annotator.project import Project
from annotator.text.name_search import matches_query, search_keys

F = TypeVar("F", bound=Callable[..., Any])

actor = Commands("actor", help=N_("The registry of actors, the same over all articles."))
event = Commands("event", help=N_("The registry of events, the same over all articles."))

_match_option = click.option(
    "--match", metavar="TEXT", cls=Option, help=N_("Only those of whom a name matches: spelt otherwise, or in Latin.")
)


def _text(flag: str, metavar: str, help_text: str) -> Callable[[F], F]:
    return click.option(flag, metavar=metavar, cls=Option, help=help_text)


_ACTOR_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    _text("--ar", "NAME", N_("The Arabic name.")),
    _text("--en", "NAME", N_("The English name.")),
    _text("--kind", "KIND", N_("The kind of actor: a value of the scheme, such as PERS, or its name.")),
    _text("--sector", "SECTOR", N_("The sector: a value of the scheme, such as GOV, or its name.")),
    _text("--country", "CODE", N_("The country: three letters, such as TUR.")),
    _text("--external-id", "ID", N_("An id elsewhere, such as Q39259 of Wikidata.")),
    click.option("--alias", "aliases", multiple=True, metavar="NAME", cls=Option, help=N_("Another name; repeatable.")),
    click.option(
        "--member", "members", multiple=True, metavar="ACTOR", cls=Option, help=N_("A member of it; repeatable.")
    ),
    click.option("--anonymous/--named", default=None, cls=Option, help=N_("Whether nobody says who it is.")),
    _text("--note", "TEXT", N_("A note on the actor.")),
)
_EVENT_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    _text("--type", "TYPE", N_("The type of event: a value of the scheme, such as CONSULT, or its name.")),
    _text("--date", "DATE", N_("When: a year, a month, or a day such as 2022-10-27.")),
    _text("--place", "PLACE", N_("Where.")),
    _text("--external-id", "ID", N_("An id elsewhere, such as Q39259 of Wikidata.")),
    click.option(
        "--participant",
        "participants",
        multiple=True,
        metavar="ACTOR",
        cls=Option,
        help=N_("An actor who takes part; repeatable."),
    ),
    _text("--note", "TEXT", N_("A note on the event.")),
)
_tag_option = click.option(
    "--tag", "tags", multiple=True, metavar="TAG", cls=Option, help=N_("A tag to link to it; repeatable.")
)


def _with(options: Sequence[Callable[[Any], Any]]) -> Callable[[F], F]:
    """Add options in their order."""

    def add(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


@actor.command("list", cls=Command, help=N_("List the actors: number of mentions, id, Arabic name, English name."))
@project_argument
@_match_option
@json_option
@visual_option
@pass_terminal
def list_actors(terminal: Terminal, project: Path, match: str | None) -> None:
    """List actors."""
    with reading(project) as opened:
        mentions = opened.mention_counts()
        found = [one for one in opened.actors.values() if _matches(match, one.names)]
    if terminal.as_json:
        terminal.document({"actors": [actor_data(one, mentions) for one in found]})
        return
    for one in found:
        terminal.row((mentions.get(one.id, 0), 5), (one.id, 32), (one.name_ar, 20), (one.name_en, 0))


@event.command("list", cls=Command, help=N_("List the events: number of tellings, id, date, type, title."))
@project_argument
@_match_option
@json_option
@visual_option
@pass_terminal
def list_events(terminal: Terminal, project: Path, match: str | None) -> None:
    """List events."""
    with reading(project) as opened:
        mentions = opened.mention_counts()
        found = [one for one in opened.events.values() if _matches(match, [one.title])]
    if terminal.as_json:
        terminal.document({"events": [event_data(one, mentions) for one in found]})
        return
    for one in found:
        terminal.row((mentions.get(one.id, 0), 5), (one.id, 32), (one.date, 10), (one.type, 10), (one.title, 0))


def _matches(query: str | None, names: Sequence[str]) -> bool:
    return query is None or matches_query(query, search_keys(*names)) is not None


@actor.command(
    "add",
    cls=Command,
    help=N_("Add an actor. NAME is the Arabic or the English name, as it is written. Prints the id and the name."),
)
@project_argument
@click.argument("name")
@_with(_ACTOR_OPTIONS)
@_tag_option
@annotator_option
@json_option
@visual_option
@pass_terminal
def add_actor(
    terminal: Terminal, /, project: Path, name: str, tags: tuple[str, ...], annotator: str | None, **said: Any
) -> None:
    """Add an actor."""
    with writing(project, annotator) as opened:
        made = _said_of_actor(opened, draft_actor(opened, name), said)
        changes = actor_acts.add_actor(opened, made, [find_tag(opened, reference) for reference in tags])
        kept, mentions = opened.actor(made.id), opened.mention_counts()
    if terminal.as_json:
        terminal.document({"act": changes.seq, "actor": actor_data(kept, mentions)})
    else:
        terminal.row((kept.id, 32), (kept.name_ar or kept.name_en, 0))


@actor.command(
    "change",
    cls=Command,
    help=N_(
        "Change what is said of an actor, as one act; what is not named stays. ACTOR is a name, an alias, or the "
        "beginning of an id."
    ),
)
@project_argument
@click.argument("actor")
@_with(_ACTOR_OPTIONS)
@click.option(
    "--no-alias", "gone", multiple=True, metavar="NAME", cls=Option, help=N_("An alias to take away; repeatable.")
)
@click.option(
    "--no-member", "left", multiple=True, metavar="ACTOR", cls=Option, help=N_("A member to take out; repeatable.")
)
@annotator_option
@visual_option
@pass_terminal
def change_actor(
    terminal: Terminal,
    /,
    *,
    project: Path,
    actor: str,
    gone: tuple[str, ...],
    left: tuple[str, ...],
    annotator: str | None,
    **said: Any,
) -> None:
    """Change an actor."""
    with writing(project, annotator) as opened:
        known = opened.actor(find_actor(opened, actor))
        leaving = {find_actor(opened, reference) for reference in left}
        kept = replace(
            known,
            aliases=tuple(alias for alias in known.aliases if alias not in gone),
            members=tuple(member for member in known.members if member not in leaving),
        )
        tell_acts(terminal, opened, [actor_acts.change_actor(opened, _said_of_actor(opened, kept, said))])


def _said_of_actor(project: Project, known: Actor, said: dict[str, Any]) -> Actor:
    """Return an actor with what the options say of it."""
    renamed = {"ar": "name_ar", "en": "name_en"}
    plain = {renamed.get(key, key): value for key, value in said.items() if value is not None}
    for field, vocabulary in (("kind", ACTOR_KIND), ("sector", ACTOR_SECTOR)):
        if field in plain:
            plain[field] = read_choice(project, vocabulary, plain[field])
    plain["aliases"] = (*known.aliases, *said["aliases"])
    plain["members"] = _joined(known.members, project, said["members"])
    return replace(known, **plain)


def _joined(known: Sequence[ActorId], project: Project, references: Sequence[str]) -> tuple[ActorId, ...]:
    return tuple(dict.fromkeys([*known, *(find_actor(project, reference) for reference in references)]))


@event.command("add", cls=Command, help=N_("Add an event. Prints its id and its title."))
@project_argument
@click.argument("title")
@_with(_EVENT_OPTIONS)
@_tag_option
@annotator_option
@json_option
@visual_option
@pass_terminal
def add_event(
    terminal: Terminal, /, project: Path, title: str, tags: tuple[str, ...], annotator: str | None, **said: Any
) -> None:
    """Add an event."""
    with writing(project, annotator) as opened:
        made = _said_of_event(opened, event_acts.draft_event(opened, title), said)
        changes = event_acts.add_event(opened, made, [find_tag(opened, reference) for reference in tags])
        kept, mentions = opened.event(made.id), opened.mention_counts()
    if terminal.as_json:
        terminal.document({"act": changes.seq, "event": event_data(kept, mentions)})
    else:
        terminal.row((kept.id, 32), (kept.title, 0))


@event.command(
    "change",
    cls=Command,
    help=N_(
        "Change what is said of an event, as one act; what is not named stays. EVENT is a title, or the beginning of "
        "an id."
    ),
)
@project_argument
@click.argument("event")
@_text("--title", "TITLE", N_("Another title."))
@_with(_EVENT_OPTIONS)
@click.option(
    "--no-participant",
    "left",
    multiple=True,
    metavar="ACTOR",
    cls=Option,
    help=N_("A participant to take out; repeatable."),
)
@annotator_option
@visual_option
@pass_terminal
def change_event(
    terminal: Terminal, /, *, project: Path, event: str, left: tuple[str, ...], annotator: str | None, **said: Any
) -> None:
    """Change an event."""
    with writing(project, annotator) as opened:
        known = opened.event(find_event(opened, event))
        leaving = {find_actor(opened, reference) for reference in left}
        kept = replace(known, participants=tuple(one for one in known.participants if one not in leaving))
        tell_acts(terminal, opened, [event_acts.change_event(opened, _said_of_event(opened, kept, said))])


def _said_of_event(project: Project, known: Event, said: dict[str, Any]) -> Event:
    """Return an event with what the options say of it."""
    plain = {key: value for key, value in said.items() if value is not None}
    if "type" in plain:
        plain["type"] = read_choice(project, EVENT_TYPE, plain["type"])
    plain["participants"] = _joined(known.participants, project, said["participants"])
    return replace(known, **plain)


for _group, _kind in ((actor, ACTORS), (event, EVENTS)):
    for _command in shared_commands(_kind):
        _group.add_command(_command)
