# SPDX-License-Identifier: MIT
"""click commands whose help is in the user's language, and whose failed acts end as a sentence and an exit code.

Help texts are English sentences marked by `N_`; they are translated when they are shown, for the language is known only
once the command line is being read. Knows no command.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from annotator import i18n
from annotator.cli.terminal import Terminal
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked
from annotator.log import bare_traceback
from annotator.settings import user_settings

_log = logging.getLogger(__name__)

#: Exit codes. A wrong call ends with click's own 2.
FAILED = 1
INTERRUPTED = 130

_HELP = N_("Show this help and leave.")


class _Sentence:
    """An attribute that holds an English sentence and gives its translation."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._slot = f"_{name}_in_english"

    def __get__(self, instance: Any, owner: type | None = None) -> str | None:
        english = getattr(instance, self._slot, None)
        return tr_marked(english) if english else english

    def __set__(self, instance: Any, value: str | None) -> None:
        setattr(instance, self._slot, value)


class Option(click.Option):
    """An option whose help is translated when shown."""

    help = _Sentence()

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Keep click's English remarks out of a help in another language."""
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


class Command(click.Command):
    """A command whose help is translated when shown."""

    help = _Sentence()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=tr("Usage: {call}", call=""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        params = [param for param in self.get_params(ctx) if not isinstance(param, click.Argument)]
        records = [record for param in params if (record := param.get_help_record(ctx))]
        with formatter.section(tr("Options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its help translated."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = tr_marked(_HELP)
        return option


class Commands(Command, click.Group):
    """Commands under one word, in the order in which they are given."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, command.help or "") for name, command in commands if command])

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order in which an analyst needs them."""
        return list(self.commands)


class Group(Commands):
    """The program's command line: `tawsim`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.when_bare: click.Command | None = None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line, in the language it asks for even where `--help` comes first."""
        i18n.use_language(_language_asked_for(args) or user_settings().text("language"))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end a failed act with a sentence."""
        with failures_told(ctx.ensure_object(Terminal), lambda: ctx.invoked_subcommand):  # not known before
            return super().invoke(ctx)


class Failure(click.ClickException):
    """A failed act: its sentence goes to standard error, and the program ends with its code."""

    def __init__(self, message: str, terminal: Terminal, *, code: int = FAILED) -> None:
        super().__init__(message)
        vars(self)["exit_code"] = code  # click reads it from the instance, but declares it for the class
        self._terminal = terminal

    def show(self, _file: Any = None) -> None:
        """Print the sentence."""
        self._terminal.say(self.message, err=True)


@contextlib.contextmanager
def failures_told(terminal: Terminal, command: Callable[[], str | None]) -> Iterator[None]:
    """Have a failed act within the block end with a sentence, and log a bug.

    Raises:
        Failure: the act failed, or was stopped.
    """
    try:
        yield
    except UserError as error:
        raise Failure(i18n.describe(error), terminal) from error
    except KeyboardInterrupt as error:
        terminal.say("", err=True)
        message = tr("Stopped. What was not finished was not kept.")
        raise Failure(message, terminal, code=INTERRUPTED) from error
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        _log.critical("A bug in %s:\n%s", command(), bare_traceback(error))
        raise


def _language_asked_for(args: Sequence[str]) -> str:
    """Return the language that a command line asks for, "" for that of the settings."""
    for flag, value in zip(args, [*args, ""][1:], strict=True):
        name, sign, joined = flag.partition("=")
        if name == "--language":
            return joined if sign else value
    return ""
