# SPDX-License-Identifier: MIT
"""The commands on a project's scheme, and on scheme files."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from annotator.cli.parameters import (
    annotator_option,
    find_label,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, scheme_of, tell_acts
from annotator.cli.terminal import Terminal
from annotator.cli.translated import FAILED, Command, Commands, Option
from annotator.i18n import N_, language, tr, trn
from annotator.model.scheme import SchemePart
from annotator.model.scheme_file import dump_scheme
from annotator.ops import scheme as scheme_acts
from annotator.ops.scheme_files import save_scheme

scheme = Commands("scheme", help=N_("The scheme: labels, attributes and relations, and files of them."))


@scheme.command(
    "show",
    cls=Command,
    help=N_("Show a project's scheme: labels, attributes with their values, relations, document labels."),
)
@project_argument
@json_option
@visual_option
@pass_terminal
def show_scheme(terminal: Terminal, project: Path) -> None:
    """Show the scheme."""
    with reading(project) as opened:
        shown = opened.scheme
    if terminal.as_json:
        terminal.document(json.loads(dump_scheme(shown)))
        return
    terminal.say(shown.name.in_language(language()))
    _tell_parts(terminal, tr("Labels"), ((label, label.shortcut) for label in shown.all_labels))
    _tell_parts(
        terminal,
        tr("Attributes"),
        ((one, ", ".join(value.id for value in one.values) or one.kind) for one in shown.attributes),
    )
    _tell_parts(
        terminal,
        tr("Relations"),
        ((kind, f"{', '.join(kind.sources)} → {', '.join(kind.targets)}") for kind in shown.relation_types),
    )
    _tell_parts(terminal, tr("Document labels"), ((label, "") for label in shown.document_labels))


def _tell_parts(terminal: Terminal, title: str, parts: Iterable[tuple[SchemePart, str]]) -> None:
    """Print the parts of one kind, if there are any: id, name, what else there is to say; archived ones with that."""
    for place, (part, remark) in enumerate(parts):
        if not place:
            terminal.say(f"\n{title}")
        name = part.name.in_language(language())
        named = tr("{name} (archived)", name=name) if part.archived else name
        terminal.row((part.id, 14), (named, 24), (remark, 0))


@scheme.command(
    "save", cls=Command, help=N_("Save a project's scheme as a file, which “scheme load” and “new --scheme” read.")
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@pass_terminal
def save(terminal: Terminal, project: Path, file: Path) -> None:
    """Save the scheme."""
    with reading(project) as opened:
        save_scheme(opened.scheme, file)
    terminal.say(str(file))


@scheme.command(
    "load",
    cls=Command,
    help=N_(
        "Give a project the scheme of a file, or one that comes along: default, actors or stance. No tag is lost: what "
        "is in use and not in the new scheme is named, and with --yes kept, archived."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, cls=Option, help=N_("Load it even where parts in use are not in it."))
@annotator_option
@visual_option
@pass_terminal
@click.pass_context
def load(
    ctx: click.Context, terminal: Terminal, *, project: Path, file: Path, yes: bool, annotator: str | None
) -> None:
    """Load a scheme."""
    wanted = scheme_of(file)
    with writing(project, annotator) as opened:
        clashes = scheme_acts.scheme_clashes(opened, wanted)
        for clash in clashes:
            uses = trn("used {n} time", "used {n} times", clash.uses)
            terminal.say(
                tr(
                    "“{name}” ({id}) is not in the new scheme: {uses}.",
                    name=clash.part.name.both,
                    id=clash.part.id,
                    uses=uses,
                ),
                err=True,
            )
        if clashes and not yes:
            terminal.say(tr("Nothing was changed. With --yes it is loaded, and these stay, archived."), err=True)
            ctx.exit(FAILED)
        tell_acts(terminal, opened, [scheme_acts.change_scheme(opened, wanted)])


@scheme.command("check", cls=Command, help=N_("Check a scheme file: that it parses, and all that it names is in it."))
@click.argument("file", type=click.Path(path_type=Path))
@visual_option
@pass_terminal
def check(terminal: Terminal, file: Path) -> None:
    """Check a scheme file."""
    found = scheme_of(file)
    terminal.say(
        tr(
            "{name}: {labels}, {attributes}, {relations}. Everything is in order.",
            name=found.name.both,
            labels=trn("{n} label", "{n} labels", len(found.all_labels)),
            attributes=trn("{n} attribute", "{n} attributes", len(found.attributes)),
            relations=trn("{n} relation", "{n} relations", len(found.relation_types)),
        )
    )


@scheme.command(
    "merge-labels",
    cls=Command,
    help=N_("Make one label of two, as one act: the first one's tags, of all annotators, get the second, and it goes."),
)
@project_argument
@click.argument("label")
@click.argument("into")
@annotator_option
@visual_option
@pass_terminal
def merge_labels(terminal: Terminal, project: Path, label: str, into: str, annotator: str | None) -> None:
    """Merge two labels."""
    with writing(project, annotator) as opened:
        changes = scheme_acts.merge_labels(opened, find_label(opened, label), find_label(opened, into))
        tell_acts(terminal, opened, [changes])


@scheme.command(
    "move-tags",
    cls=Command,
    help=N_("Give all tags of a label, of all annotators, another one, as one act; the label stays."),
)
@project_argument
@click.argument("label")
@click.argument("into")
@annotator_option
@visual_option
@pass_terminal
def move_tags(terminal: Terminal, project: Path, label: str, into: str, annotator: str | None) -> None:
    """Move a label's tags to another."""
    with writing(project, annotator) as opened:
        changes = scheme_acts.move_tags(opened, find_label(opened, label), find_label(opened, into))
        tell_acts(terminal, opened, [changes])
