# SPDX-License-Identifier: MIT
"""Every command and option has help in both languages, and docs/cli.md is that help."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from annotator import i18n
from annotator.cli.app import build
from annotator.cli.translated import Command, Option

ROOT = Path(__file__).parents[3]
GROUP = build()
CONTEXT = click.Context(GROUP)


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with what one types, those of groups, too."""
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")


COMMANDS = dict(commands(GROUP))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_both_languages(name: str) -> None:
    command = COMMANDS[name]
    assert isinstance(command, Command)
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert all(isinstance(option, Option) for option in options)
    texts = {}
    for language in ("ar", "en"):
        i18n.use_language(language)
        texts[language] = [command.help, *(option.help for option in options)]
    assert all(texts["en"])
    assert all(arabic != english for arabic, english in zip(texts["ar"], texts["en"], strict=True))


def test_page_is_what_help_says() -> None:
    spec = importlib.util.spec_from_file_location("cli_reference", ROOT / "packaging" / "cli_reference.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.main(["--check"]) == 0
    page = tool.page()
    assert all(f"## `tawsim {name}`" in page for name in [*COMMANDS, "open", "tour"])


def test_parts_are_where_the_bare_call_leads() -> None:
    opened: list[str] = []

    @click.command("window", cls=Command, help="Open.")
    def window() -> None:
        opened.append("window")

    group = build(windows=[window])
    from click.testing import CliRunner

    from annotator import log

    assert CliRunner().invoke(group, []).exit_code == 0
    assert opened == ["window"]
    assert CliRunner().invoke(build(), []).exit_code == 2
    log.shut_logging()
