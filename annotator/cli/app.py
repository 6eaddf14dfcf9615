# SPDX-License-Identifier: MIT
"""The command line put together: its commands in the order of an analyst's day, and the options of all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator import __version__, log
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Group, Option
from annotator.i18n import LANGUAGES, N_, tr
from annotator.late import LateModule

if TYPE_CHECKING:
    from annotator.cli import (
        annotations,
        backups,
        exporting,
        importing,
        passwords,
        projects,
        recovering,
        registry,
        relations,
        reviewing,
        schemes,
        searching,
        sifting,
        tagging,
    )
else:
    # A window opens without them.
    annotations = LateModule("annotator.cli.annotations")
    backups = LateModule("annotator.cli.backups")
    exporting = LateModule("annotator.cli.exporting")
    importing = LateModule("annotator.cli.importing")
    passwords = LateModule("annotator.cli.passwords")
    projects = LateModule("annotator.cli.projects")
    registry = LateModule("annotator.cli.registry")
    relations = LateModule("annotator.cli.relations")
    recovering = LateModule("annotator.cli.recovering")
    reviewing = LateModule("annotator.cli.reviewing")
    schemes = LateModule("annotator.cli.schemes")
    searching = LateModule("annotator.cli.searching")
    sifting = LateModule("annotator.cli.sifting")
    tagging = LateModule("annotator.cli.tagging")

#: In the order of an analyst's day.
_COMMANDS: Mapping[str, Callable[[], click.Command]] = {
    "new": lambda: projects.new,
    "import": lambda: importing.import_,
    "columns": lambda: importing.columns,
    "survey": lambda: annotations.survey,
    "import-annotations": lambda: annotations.import_annotations_,
    "articles": lambda: projects.articles,
    "show": lambda: projects.show,
    "article": lambda: importing.article,
    "boilerplate": lambda: sifting.boilerplate,
    "duplicates": lambda: sifting.duplicates,
    "tags": lambda: tagging.tags,
    "tag": lambda: tagging.tag,
    "retag": lambda: tagging.retag,
    "untag": lambda: tagging.untag,
    "relation": lambda: relations.relation,
    "document": lambda: relations.document,
    "actor": lambda: registry.actor,
    "event": lambda: registry.event,
    "likely-same": lambda: reviewing.likely_same,
    "occurrences": lambda: reviewing.occurrences,
    "search": lambda: searching.find,
    "review": lambda: reviewing.review,
    "state": lambda: projects.state,
    "done": lambda: projects.done,
    "undo": lambda: tagging.undo,
    "redo": lambda: tagging.redo,
    "history": lambda: tagging.history,
    "scheme": lambda: schemes.scheme,
    "export": lambda: exporting.export,
    "formats": lambda: exporting.formats,
    "check": lambda: projects.check,
    "backup": lambda: backups.backup,
    "backups": lambda: backups.backups,
    "restore": lambda: backups.restore,
    "recover": lambda: recovering.recover_,
    "password": lambda: passwords.password,
}


class _LateCommands(Mapping[str, click.Command]):
    """The commands by name; the module of each is imported when it is asked for."""

    def __init__(self, commands: Mapping[str, Callable[[], click.Command]]) -> None:
        self._commands = commands

    def __getitem__(self, name: str) -> click.Command:
        return self._commands[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def _itself(command: click.Command) -> click.Command:
    return command


def build(windows: Sequence[click.Command] = ()) -> Group:
    """Return the command line, with the commands that open windows; a bare call runs the first of these."""
    group = Group(
        "tawsim",
        commands=_LateCommands({**{str(window.name): partial(_itself, window) for window in windows}, **_COMMANDS}),
        callback=_start,
        invoke_without_command=bool(windows),
        no_args_is_help=not windows,
        help=N_(
            "Tag actors, events and stance in Arabic news articles. Without a command, open the window. "
            "A project may be open in windows and commands at the same time. "
            "Ends with 0, with 1 where an act failed, with 2 where the call is wrong."
        ),
        params=[
            Option(
                ["--language"],
                type=click.Choice(list(LANGUAGES)),
                is_eager=True,
                expose_value=False,
                help=N_("The language of help and messages; otherwise that of the settings, or of the system."),
            ),
            Option(
                ["--password-file"],
                type=click.Path(path_type=Path),
                metavar="FILE",
                help=N_(
                    "Read the password of an encrypted project from this file; otherwise it is taken from "
                    "TAWSIM_PASSWORD, or asked for."
                ),
            ),
            Option(["--verbose"], is_flag=True, help=N_("Show the log on standard error.")),
            Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                callback=_tell_version,
                expose_value=False,
                help=N_("Show the version and leave."),
            ),
        ],
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    group.when_bare = windows[0] if windows else None
    return group


@click.pass_context
def _start(ctx: click.Context, password_file: Path | None, verbose: bool) -> None:  # noqa: FBT001 - click's signature
    ctx.ensure_object(Terminal).password_file = password_file
    log.setup_logging(verbose=verbose)
    ctx.call_on_close(log.shut_logging)
    group = ctx.command
    if ctx.invoked_subcommand is None and isinstance(group, Group) and group.when_bare is not None:
        ctx.invoke(group.when_bare)


def _tell_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as above
    if value and not ctx.resilient_parsing:
        click.echo(tr("Tawsim {version}", version=__version__))
        ctx.exit()
