# SPDX-License-Identifier: MIT
"""The commands that tag, undo and redo, and show tags and history."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from annotator.cli.parameters import (
    annotator_option,
    article_argument,
    find_article,
    find_label,
    find_tag,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, tell_acts
from annotator.cli.references import (
    Pair,
    find_actor,
    find_event,
    read_ends,
    read_values,
    relate_option,
    values_option,
)
from annotator.cli.shapes import act_name, annotator_names, entry_data, entry_name, span_data
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Command, Option
from annotator.i18n import N_, tr
from annotator.model.article import ArticleSummary
from annotator.model.span import Certainty, Piece, Span, joined_pieces
from annotator.ops import history as history_acts
from annotator.ops import tags as tag_acts
from annotator.project import Project

#: More acts than any history has, and no more than SQLite counts.
_MOST = 10**12


@click.command(
    "tags",
    cls=Command,
    help=N_("List the tags of all articles or of one: article, start, end, label, id, quote."),
)
@project_argument
@click.argument("article", required=False)
@json_option
@visual_option
@pass_terminal
def tags(terminal: Terminal, project: Path, article: str | None) -> None:
    """List tags."""
    with reading(project) as opened:
        chosen = list(enumerate(opened.articles(), 1)) if article is None else [find_article(opened, article)]
        listed = [(number, span) for number, summary in chosen for span in _spans(opened, summary)]
        if terminal.as_json:
            names = annotator_names(opened)
            terminal.document({"tags": [span_data(opened, number, span, names) for number, span in listed]})
            return
    for number, span in listed:
        terminal.row((number, 4), (span.start, 6), (span.end, 6), (span.label_id, 10), (span.id, 32), (span.words, 0))


def _spans(project: Project, summary: ArticleSummary) -> list[Span]:
    return project.spans(summary.id) if summary.tags else []


@click.command(
    "tag",
    cls=Command,
    help=N_(
        "Tag the characters from START up to END of an article, counted in code points from 0. LABEL is an id of the "
        "scheme, such as ACTOR, or its name. Prints the quote and the id of the tag."
    ),
)
@project_argument
@article_argument
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("label")
@click.option("--note", default="", metavar="TEXT", cls=Option, help=N_("A note on the tag."))
@click.option(
    "--also",
    "more",
    type=int,
    nargs=2,
    multiple=True,
    metavar="START END",
    cls=Option,
    help=N_("Another piece of a tag that is not in one piece; repeatable."),
)
@click.option("--unsure", is_flag=True, cls=Option, help=N_("Mark the tag as one to be sure of later."))
@values_option
@click.option("--actor", metavar="NAME", cls=Option, help=N_("The actor whom it mentions: a name, an alias or an id."))
@click.option("--event", metavar="TITLE", cls=Option, help=N_("The event of which it tells: its title or id."))
@relate_option
@annotator_option
@json_option
@visual_option
@pass_terminal
def tag(
    terminal: Terminal,
    *,
    project: Path,
    article: str,
    start: int,
    end: int,
    label: str,
    note: str,
    more: tuple[Piece, ...],
    unsure: bool,
    values: tuple[Pair, ...],
    actor: str | None,
    event: str | None,
    ends: tuple[Pair, ...],
    annotator: str | None,
) -> None:
    """Tag a span."""
    pieces = [(start, end), *more]
    with writing(project, annotator) as opened:
        number, summary = find_article(opened, article)
        label_id = find_label(opened, label)
        changes = tag_acts.add_tag(
            opened,
            summary.id,
            min(piece[0] for piece in pieces),
            max(piece[1] for piece in pieces),
            label_id,
            note=note,
            pieces=pieces if more else (),
            certainty=Certainty.UNSURE if unsure else Certainty.SURE,
            values=read_values(opened, label_id, values),
            actor_id=None if actor is None else find_actor(opened, actor),
            event_id=None if event is None else find_event(opened, event),
            ends=read_ends(opened, ends),
        )
        mine = (label_id, opened.annotator.id)
        span = next(
            span
            for span in opened.spans(summary.id)
            if (span.label_id, span.annotator_id) == mine and span.parts == (joined_pieces(pieces) or _whole(pieces))
        )
        data = span_data(opened, number, span, annotator_names(opened))
    if terminal.as_json:
        terminal.document({"act": changes.seq, "tag": data})
        return
    if not changes.seq:
        terminal.say(tr("This is tagged already."), err=True)
    terminal.row((span.id, 32), (span.words, 0))


def _whole(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return ((min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)),)


@click.command(
    "retag",
    cls=Command,
    help=N_(
        "Change tags, named by their ids or the beginnings of these: their label, what is said of them, how sure they "
        "are, their note. Each of these is an act of its own."
    ),
)
@project_argument
@click.argument("tags", nargs=-1, required=True)
@click.option("--label", metavar="LABEL", cls=Option, help=N_("Another label: an id of the scheme, or its name."))
@values_option
@click.option("--sure/--unsure", default=None, cls=Option, help=N_("Whether the tags are sure."))
@click.option("--note", metavar="TEXT", cls=Option, help=N_("Another note; an empty one takes it away."))
@annotator_option
@pass_terminal
def retag(
    terminal: Terminal,
    *,
    project: Path,
    tags: tuple[str, ...],
    label: str | None,
    values: tuple[Pair, ...],
    sure: bool | None,
    note: str | None,
    annotator: str | None,
) -> None:
    """Change tags."""
    with writing(project, annotator) as opened:
        ids = [find_tag(opened, reference) for reference in tags]
        label_id = opened.span(ids[0]).label_id if label is None else find_label(opened, label)
        said = read_values(opened, label_id, values)
        acts = []
        if label is not None:
            acts.append(tag_acts.set_labels(opened, ids, label_id))
        if said:
            acts.append(tag_acts.set_attributes(opened, ids, said))
        if sure is not None:
            acts.append(tag_acts.set_certainty(opened, ids, Certainty.SURE if sure else Certainty.UNSURE))
        if note is not None:
            acts += [tag_acts.set_note(opened, span_id, note) for span_id in ids]
        tell_acts(terminal, opened, acts)


@click.command("untag", cls=Command, help=N_("Delete tags, named by their ids or the beginnings of these, as one act."))
@project_argument
@click.argument("tags", nargs=-1, required=True)
@annotator_option
@pass_terminal
def untag(terminal: Terminal, project: Path, tags: tuple[str, ...], annotator: str | None) -> None:
    """Delete tags."""
    with writing(project, annotator) as opened:
        changes = tag_acts.delete_tags(opened, [find_tag(opened, reference) for reference in tags])
        terminal.say(act_name(opened.scheme, changes.op, changes.params))


def _times_option(help_text: str) -> click.Option:
    return Option(["--times"], type=click.IntRange(min=1), default=1, metavar="N", help=help_text)


@click.command(
    "undo",
    cls=Command,
    help=N_("Undo your last act, whatever it was and however long ago; prints what was undone."),
    params=[_times_option(N_("How many acts to undo."))],
)
@project_argument
@annotator_option
@visual_option
@pass_terminal
def undo(terminal: Terminal, project: Path, times: int, annotator: str | None) -> None:
    """Undo acts."""
    with writing(project, annotator) as opened:
        for _ in range(times):
            changes = history_acts.undo(opened)
            terminal.say(tr("Undone: {act}", act=act_name(opened.scheme, changes.op, changes.params)))


@click.command(
    "redo",
    cls=Command,
    help=N_("Redo what you undid last; prints what was redone."),
    params=[_times_option(N_("How many acts to redo."))],
)
@project_argument
@annotator_option
@visual_option
@pass_terminal
def redo(terminal: Terminal, project: Path, times: int, annotator: str | None) -> None:
    """Redo acts."""
    with writing(project, annotator) as opened:
        for _ in range(times):
            changes = history_acts.redo(opened)
            terminal.say(tr("Redone: {act}", act=act_name(opened.scheme, changes.op, changes.params)))


@click.command("history", cls=Command, help=N_("List what was done, the newest first: number, time, annotator, act."))
@project_argument
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    cls=Option,
    help=N_("Only the newest N acts."),
)
@json_option
@visual_option
@pass_terminal
def history(terminal: Terminal, project: Path, limit: int | None) -> None:
    """List the history."""
    with reading(project) as opened:
        entries = opened.history(-1 if limit is None else min(limit, _MOST))
        if terminal.as_json:
            terminal.document({"acts": [entry_data(opened, entry) for entry in entries]})
            return
        for entry in entries:
            terminal.row(
                (entry.seq, 5), (_local(entry.at), 19), (entry.annotator_name, 12), (entry_name(opened, entry), 0)
            )


def _local(at: str) -> str:
    """Return a stored time as a person's clock shows it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
