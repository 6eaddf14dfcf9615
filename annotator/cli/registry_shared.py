# SPDX-License-Identifier: MIT
"""The commands that are alike for actors and for events: merging, splitting, deleting, links, mentions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
from annotator.cli.references import find_actor, find_event
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Command, Option
from annotator.i18n import N_
from annotator.model.changes import Changes
from annotator.model.registry import Actor
from annotator.ops import actors as actor_acts
from annotator.ops import events as event_acts
from annotator.ops.candidates import unlinked_mentions
from annotator.project import Project
from annotator.text.direction import Direction, base_direction

_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """Actors or events: how one is found, what the acts on them are, and what the commands say of themselves.

    Attributes:
        draft: a new one of a name.
        helps: the help of each command.
    """

    name: str
    find: Callable[[Project, str], Any]
    draft: Callable[[Project, str], Any]
    merge: Callable[..., Changes]
    split: Callable[..., Changes]
    delete: Callable[..., Changes]
    link: Callable[..., Changes]
    unlink: Callable[..., Changes]
    helps: Mapping[str, str]


def draft_actor(project: Project, name: str) -> Actor:
    """Return a new actor whose Arabic or English name it is, as it is written."""
    is_arabic = base_direction(name, Direction.RTL) is Direction.RTL
    return actor_acts.draft_actor(project, *((name, "") if is_arabic else ("", name)))


ACTORS = Kind(
    "actor",
    find_actor,
    draft_actor,
    actor_acts.merge_actors,
    actor_acts.split_actor,
    actor_acts.delete_actors,
    actor_acts.link_tags,
    actor_acts.unlink_tags,
    {
        "merge": N_("Merge actors into the first one, as one act: their mentions, names and members become its own."),
        "split": N_("Make a new actor, NAME, of some mentions of another, as one act. Prints its id and name."),
        "delete": N_("Delete actors, as one act; their mentions stay as tags without a link."),
        "link": N_("Say that tags mention an actor, as one act."),
        "unlink": N_("Take the links to actors from tags, as one act."),
        "mentions": N_("List the mentions of an actor in all articles: article, start, end, tag, words around it."),
    },
)
EVENTS = Kind(
    "event",
    find_event,
    event_acts.draft_event,
    event_acts.merge_events,
    event_acts.split_event,
    event_acts.delete_events,
    event_acts.link_tags,
    event_acts.unlink_tags,
    {
        "merge": N_("Merge events into the first one, as one act: their tellings and participants become its own."),
        "split": N_("Make a new event, NAME, of some tellings of another, as one act. Prints its id and title."),
        "delete": N_("Delete events, as one act; their tellings stay as tags without a link."),
        "link": N_("Say that tags tell of an event, as one act."),
        "unlink": N_("Take the links to events from tags, as one act."),
        "mentions": N_("List the tellings of an event in all articles: article, start, end, tag, words around it."),
    },
)


def shared_commands(kind: Kind) -> Iterator[click.Command]:
    """Yield the commands on actors or on events."""
    for make in (_merge, _split, _delete, _link, _unlink, _mentions):
        yield make(kind)


def _merge(kind: Kind) -> click.Command:
    @click.command("merge", cls=Command, help=kind.helps["merge"])
    @project_argument
    @click.argument("keep")
    @click.argument("others", nargs=-1, required=True)
    @annotator_option
    @visual_option
    @pass_terminal
    def merge(terminal: Terminal, project: Path, keep: str, others: tuple[str, ...], annotator: str | None) -> None:
        with writing(project, annotator) as opened:
            ids = [kind.find(opened, reference) for reference in others]
            tell_acts(terminal, opened, [kind.merge(opened, kind.find(opened, keep), ids)])

    return merge


def _split(kind: Kind) -> click.Command:
    @click.command("split", cls=Command, help=kind.helps["split"])
    @project_argument
    @click.argument("from", metavar=kind.name.upper())
    @click.argument("name")
    @click.argument("tags", nargs=-1, required=True)
    @annotator_option
    @visual_option
    @pass_terminal
    def split(
        terminal: Terminal, /, *, project: Path, name: str, tags: tuple[str, ...], annotator: str | None, **source: str
    ) -> None:
        with writing(project, annotator) as opened:
            other = kind.draft(opened, name)
            ids = [find_tag(opened, reference) for reference in tags]
            kind.split(opened, kind.find(opened, source["from"]), ids, other)
            terminal.row((other.id, 32), (name, 0))

    return split


def _delete(kind: Kind) -> click.Command:
    @click.command("delete", cls=Command, help=kind.helps["delete"])
    @project_argument
    @click.argument("names", nargs=-1, required=True, metavar=f"{kind.name.upper()}...")
    @annotator_option
    @visual_option
    @pass_terminal
    def delete(terminal: Terminal, project: Path, names: tuple[str, ...], annotator: str | None) -> None:
        with writing(project, annotator) as opened:
            tell_acts(terminal, opened, [kind.delete(opened, [kind.find(opened, name) for name in names])])

    return delete


def _link(kind: Kind) -> click.Command:
    @click.command("link", cls=Command, help=kind.helps["link"])
    @project_argument
    @click.argument("to", metavar=kind.name.upper())
    @click.argument("tags", nargs=-1)
    @annotator_option
    @visual_option
    @pass_terminal
    def link(
        terminal: Terminal,
        *,
        project: Path,
        to: str,
        tags: tuple[str, ...],
        annotator: str | None,
        spelled: tuple[str, ...] = (),
    ) -> None:
        with writing(project, annotator) as opened:
            ids = [*(find_tag(opened, reference) for reference in tags), *unlinked_mentions(opened, spelled)]
            tell_acts(terminal, opened, [kind.link(opened, ids, kind.find(opened, to))])

    if kind is ACTORS:
        link.params.insert(3, _spelled())
    return link


def _spelled() -> click.Option:
    return Option(
        ["--spelled"],
        multiple=True,
        metavar="QUOTE",
        help=N_("Also all your unlinked mentions that are written like this, as “likely-same” lists them; repeatable."),
    )


def _unlink(kind: Kind) -> click.Command:
    @click.command("unlink", cls=Command, help=kind.helps["unlink"])
    @project_argument
    @click.argument("tags", nargs=-1, required=True)
    @annotator_option
    @visual_option
    @pass_terminal
    def unlink(terminal: Terminal, project: Path, tags: tuple[str, ...], annotator: str | None) -> None:
        with writing(project, annotator) as opened:
            tell_acts(terminal, opened, [kind.unlink(opened, [find_tag(opened, reference) for reference in tags])])

    return unlink


def _mentions(kind: Kind) -> click.Command:
    @click.command("mentions", cls=Command, help=kind.helps["mentions"])
    @project_argument
    @click.argument("of", metavar=kind.name.upper())
    @json_option
    @visual_option
    @pass_terminal
    def mentions(terminal: Terminal, project: Path, of: str) -> None:
        with reading(project) as opened:
            ids: Any = [kind.find(opened, of)]
            numbers = {summary.id: number for number, summary in enumerate(opened.articles(), 1)}
            spans = opened.linked_spans(ids)
            found = [
                (numbers[span.article_id], span, opened.in_context(span.article_id, span.start, span.end, _WIDTH))
                for span in spans
            ]
        if terminal.as_json:
            listed = [{"tag": span.id, "article_number": number, **asdict(context)} for number, span, context in found]
            terminal.document({kind.name: ids[0], "mentions": listed})
            return
        for number, span, context in found:
            around = f"{context.before}[{context.quote}]{context.after}"
            terminal.row((number, 4), (span.start, 6), (span.end, 6), (span.id, 32), (around, 0))

    return mentions
