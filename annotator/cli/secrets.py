# SPDX-License-Identifier: MIT
"""How a password reaches the command line: from a file, from the environment, or typed; never as a part of the call.

What is typed in a call stays in the shell's history and is shown to everyone on the machine.
"""

import os
import sys
from pathlib import Path

import click

from annotator.cli.terminal import Terminal
from annotator.errors import UserError
from annotator.i18n import tr
from annotator.ops.passwords import Key, is_encrypted, key_for, key_to_recover, was_encrypted

VARIABLE = "TAWSIM_PASSWORD"
NEW_VARIABLE = "TAWSIM_NEW_PASSWORD"


def given_key(path: Path) -> Key | None:
    """Return the key of a project, asking for its password if it has one and nothing else gives it.

    Raises:
        UserError: `password_unasked` where nobody can be asked, `password_empty` or `file_unreadable`.
    """
    return key_for(path, _password(path)) if is_encrypted(path) else None


def given_key_to_recover(path: Path) -> Key | None:
    """Likewise, of a project that is damaged.

    Raises:
        UserError: what `given_key` does, or `nothing_decrypted`.
    """
    return key_to_recover(path, _password(path)) if was_encrypted(path) else None


def _password(path: Path) -> str:
    password = _given(click.get_current_context().ensure_object(Terminal).password_file, VARIABLE)
    if password is None:
        password = _typed(tr("Password of {name}", name=path.name), path)
    if not password:
        raise UserError("password_empty")
    return password


def new_password(path: Path, file: Path | None, variable: str) -> str:
    """Return the password that a project is to have; typed, it is typed twice.

    Args:
        path: the project.
        file: holds it.
        variable: of the environment, holds it otherwise.

    Raises:
        UserError: `password_unasked` where nobody can be asked, `password_differs` or `file_unreadable`.
    """
    password = _given(file, variable)
    if password is None:
        click.echo(tr("A forgotten password cannot be recovered by anyone."), err=True)
        password = _typed(tr("New password"), path)
        if password != _typed(tr("The same again"), path):
            raise UserError("password_differs")
    return password


def _given(file: Path | None, variable: str) -> str | None:
    try:
        if file is None:
            password = os.environ.get(variable)
            if password is not None:
                password.encode()
            return password
        return file.read_text(encoding="utf-8-sig").removesuffix("\n")
    except OSError as error:
        raise UserError("file_unreadable", path=file, detail=error.strerror or error) from error
    except UnicodeError:  # not kept: it quotes the password
        raise UserError("file_unreadable", path=file or variable, detail="UTF-8") from None


def _typed(asked: str, path: Path) -> str:
    if not _somebody_there():
        raise UserError("password_unasked", path=path, variable=VARIABLE)
    return str(click.prompt(asked, hide_input=True, default="", show_default=False, err=True))


def _somebody_there() -> bool:
    return sys.stdin.isatty()
