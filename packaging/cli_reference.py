# SPDX-License-Identifier: MIT
"""Write docs/cli.md from the command line's own help.

`python packaging/cli_reference.py` writes it; with `--check` it changes nothing and fails where the page is stale.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from annotator import i18n
from annotator.commands import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100

INTRODUCTION = """\
# The command line

Everything that the window does to a project can be done by `tawsim` in a script, by the same functions. This page is
made from `tawsim --help` by `packaging/cli_reference.py`; `tawsim --language ar --help` says the same in Arabic.

- **Projects** are files `NAME.tawsim`; the suffix may be left out where the file exists. A project may be
  open in windows and other commands at the same time: they show what a command does, and an act waits up to ten seconds
  for another one. What replaces the file (`password set`, `password remove`, `restore`) needs it alone.
- **Articles** are named by their number in the list, from 1, or by the beginning of their id (12 characters or more).
  Where several are taken, `1,4` and `2-5` are lists and ranges.
- **Tags, relations, actors and events** are named by their id or the beginning of it; actors also by any of their names
  or aliases, however it is spelled, events by their title. **Labels, attributes, values and relations** of the scheme
  are named by their id or their name in either language.
- **Positions** are code points of the article's text, from 0; the end is not included. This is what Python's
  `text[start:end]` takes. Times in JSON are UTC.
- **Exit codes**: 0 done, 1 the act failed (a sentence on standard error says what happened and what to do), 2 the call
  was wrong, 130 stopped by Ctrl+C. An act that failed or was stopped has changed nothing.
- **Annotator**: each tag says who made it, and undo takes back one's own acts only.
- **Arabic in a terminal** that neither joins the letters nor orders them: `--visual`. It is for reading only; what
  `--json` prints is never changed.

## An example

```sh
tawsim new elections.tawsim --annotator Layla
tawsim import elections.tawsim articles/ --annotator Layla
tawsim articles elections.tawsim
tawsim tag elections.tawsim 1 17 21 ACTOR --annotator Layla
tawsim undo elections.tawsim --annotator Layla
tawsim actor add elections.tawsim غانتس --en Gantz --kind PERS --alias جانتس
tawsim occurrences elections.tawsim --actor Gantz --tag ACTOR
tawsim tag elections.tawsim 1 32 39 EVENT --set type=CONSULT --relate AGENT=Gantz
tawsim review elections.tawsim
tawsim export elections.tawsim elections-spacy --format spacy
tawsim tags elections.tawsim --json | python -c "import json, sys; print(len(json.load(sys.stdin)['tags']))"
```
"""


def page() -> str:
    """Return the page."""
    i18n.use_language("en")
    root = click.Context(cli, info_name="tawsim", terminal_width=WIDTH, **cli.context_settings)
    return "\n".join([INTRODUCTION, *_section("tawsim", root), *_commands("tawsim", root)])


def _commands(path: str, group: click.Context) -> Iterator[str]:
    """Yield what each command of a group says, and each of its own commands after it."""
    assert isinstance(group.command, click.Group)
    for name in group.command.list_commands(group):
        command = group.command.get_command(group, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=group, terminal_width=WIDTH)
        yield from _section(f"{path} {name}", context)
        if isinstance(command, click.Group):
            yield from _commands(f"{path} {name}", context)


def _section(title: str, context: click.Context) -> Iterator[str]:
    yield from (f"## `{title}`", "", "```text", context.get_help().rstrip(), "```", "")


def main(arguments: list[str] | None = None) -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail where the page is stale")
    if parser.parse_args(arguments).check:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        print("docs/cli.md is", "fresh" if fresh else "stale: run python packaging/cli_reference.py")
        return 0 if fresh else 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
