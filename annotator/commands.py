# SPDX-License-Identifier: MIT
"""The whole command line: the commands of `annotator.cli`, and those that open windows.

With `annotator.__main__` the only module that knows both; Qt is loaded only when a window is asked for.
"""

import os
from pathlib import Path

import click

from annotator import opening
from annotator.cli.app import build
from annotator.cli.terminal import Terminal, allow_any_character
from annotator.cli.translated import Command, Option, failures_told
from annotator.errors import UserError
from annotator.i18n import N_, tr
from annotator.paths import is_there

_TOUR = "tawsim tour seeds --out out/tour"
_LOOKS = tuple(f"{language}-{theme}" for language in ("en", "ar") for theme in ("light", "dark"))


@click.command(
    "open",
    cls=Command,
    help=N_("Open the window: on a project, on a folder or file of articles, or on its start page."),
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--seeds", is_flag=True, cls=Option, help=N_("Open the sample articles."))
@click.pass_context
def open_window(ctx: click.Context, path: Path | None, *, seeds: bool) -> None:
    """Open the window and stay until it is closed."""
    if path is not None and seeds:
        raise click.UsageError(tr("Give a path or --seeds, not both."))
    if path is not None and not is_there(path):
        raise UserError("file_missing", path=path)
    if not opening.has_display():  # Qt would end the process without a word that helps
        raise UserError("no_display", command=_TOUR)
    ctx.exit(opening.open_window(path, seeds=seeds))


@click.command(
    "tour",
    cls=Command,
    help=N_(
        "Drive the real window by mouse and keyboard through a round of work with SOURCE, a project or a folder of "
        "articles, and leave the project, the exports and a picture of each step."
    ),
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    cls=Option,
    help=N_("Where to leave them."),
)
@click.option(
    "--look",
    "looks",
    type=click.Choice(_LOOKS),
    multiple=True,
    cls=Option,
    help=N_("Take it in this language and theme only; may be given more than once."),
)
@click.pass_context
def tour(ctx: click.Context, source: Path, out: Path, looks: tuple[str, ...]) -> None:
    """Take the tour."""
    if not is_there(source):
        raise UserError("file_missing", path=source)
    if not opening.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from annotator.ui.tour import run_tour
    except ImportError as error:
        raise opening.without_qt(error) from error
    ctx.exit(run_tour(source, out, looks or _LOOKS))


#: The whole command line; docs and tests are made from it.
cli = build(windows=(open_window, tour))


def run() -> None:
    """Read the command line, and do what it says."""
    allow_any_character()
    cli.main(prog_name="tawsim")


def fail(error: BaseException) -> int:
    """Tell why a window that was opened without the command line could not be shown; return the exit code."""
    try:
        with failures_told(Terminal(), lambda: "open"):
            raise error
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
