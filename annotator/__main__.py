# SPDX-License-Identifier: MIT
"""The program `tawsim`: the command line, and the commands that open windows.

The only module that knows both the command line and the window; Qt is loaded only when a window is asked for.
"""

import gc
import os
import sys
from pathlib import Path

import click

from annotator.cli.app import build
from annotator.cli.terminal import allow_any_character
from annotator.cli.translated import Command, Option
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
    _need_display()
    # Nothing made on the way to the first paint is garbage; the window looks for some once it stands.
    gc.disable()
    try:
        from annotator.ui.app import run_window
    except ImportError as error:
        raise _without_qt(error) from error
    ctx.exit(run_window(path, seeds=seeds))


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
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from annotator.ui.tour import run_tour
    except ImportError as error:
        raise _without_qt(error) from error
    ctx.exit(run_tour(source, out, looks or _LOOKS))


#: The whole command line; docs and tests are made from it.
cli = build(windows=(open_window, tour))


def main() -> None:
    """Run the program."""
    allow_any_character()
    cli.main(prog_name="tawsim")


def _has_display() -> bool:
    """Return whether a window can be shown, or Qt was told what to do without a display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def _need_display() -> None:
    # Qt would end the process without a word that helps.
    if not _has_display():
        raise UserError("no_display", command=_TOUR)


def _without_qt(error: ImportError) -> Exception:
    """Return what to raise where the window could not be loaded; a missing module of our own is a bug."""
    ours = (error.name or "").startswith("annotator")
    return error if ours else UserError("window_unavailable", detail=str(error))


if __name__ == "__main__":
    main()
