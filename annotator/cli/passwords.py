# SPDX-License-Identifier: MIT
"""The commands that set, change and remove the password of a project."""

from pathlib import Path

import click

from annotator.cli.parameters import existing, project_argument
from annotator.cli.secrets import NEW_VARIABLE, given_key, new_password
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Command, Commands, Option
from annotator.errors import UserError
from annotator.i18n import N_, tr
from annotator.ops.passwords import Key, copies_of, is_encrypted, set_password

pass_terminal = click.make_pass_decorator(Terminal, ensure=True)


@click.group(
    "password",
    cls=Commands,
    help=N_(
        "Protect a project with a password: the file is encrypted, and its backups with it. The password is typed, or "
        "comes from a file or the environment, never from the call itself."
    ),
)
def password() -> None:
    """Work on the password of a project."""


@password.command(
    "set",
    cls=Command,
    help=N_(
        "Encrypt a project, or change its password. The new one is typed twice, or comes from --new-password-file or "
        "TAWSIM_NEW_PASSWORD. Nobody can recover a forgotten password."
    ),
)
@project_argument
@click.option(
    "--new-password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    cls=Option,
    help=N_("Read the new password from this file."),
)
@pass_terminal
def set_(terminal: Terminal, project: Path, new_password_file: Path | None) -> None:
    """Set or change the password."""
    path = existing(project)
    key = given_key(path)
    _rewrite(terminal, path, key, new_password(path, new_password_file, NEW_VARIABLE))
    terminal.say(tr("“{path}” is protected with the new password.", path=path))


@password.command("remove", cls=Command, help=N_("Decrypt a project: everyone who has the file can read it then."))
@project_argument
@pass_terminal
def remove(terminal: Terminal, project: Path) -> None:
    """Remove the password."""
    path = existing(project)
    if not is_encrypted(path):
        raise UserError("password_not_there", path=path)
    _rewrite(terminal, path, given_key(path), None)
    terminal.say(tr("“{path}” is not protected any more.", path=path))


def _rewrite(terminal: Terminal, path: Path, key: Key | None, password: str | None) -> None:
    _, left = set_password(path, key, password)
    taken = [each for each in copies_of(path) if each not in left]
    for each in taken:
        terminal.say(tr("Likewise its backup “{name}”.", name=each.name))
    for each in left:
        terminal.say(tr("The backup “{name}” stays as it was: this password does not open it.", name=each.name))
