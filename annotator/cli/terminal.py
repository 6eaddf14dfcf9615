# SPDX-License-Identifier: MIT
"""How the command line speaks: sentences and lists for people, one JSON document for scripts.

Owns standard output and standard error. Knows nothing of projects.
"""

import json
import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from annotator.text.terminal import visual

_WIDEST = 100

#: Titles and texts are others' words: none of them may move the cursor, set colours or type for the user.
_HARMLESS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


@dataclass(slots=True)
class Terminal:
    """Where the output goes, and in what shape.

    Attributes:
        as_json: whether a list is printed as one JSON document.
        visual: whether Arabic is shaped and ordered here, for a terminal that does neither.
        password_file: what holds the password of an encrypted project.
    """

    as_json: bool = False
    visual: bool = False
    password_file: Path | None = None

    def say(self, text: str, *, err: bool = False) -> None:
        """Print a line."""
        click.echo(self.shown(text), err=err)

    def shown(self, text: str) -> str:
        """Return text as this terminal shows it."""
        harmless = text.translate(_HARMLESS)
        return visual(harmless) if self.visual else harmless

    def row(self, *columns: tuple[object, int]) -> None:
        """Print one line of a list: each value and the least width of its column."""
        # Each value is shaped on its own: Arabic in one column must not turn the order of the columns round.
        cells = [_padded(self.shown(_one_line(str(value))), width) for value, width in columns]
        click.echo("  ".join(cells).rstrip())

    def paragraphs(self, text: str) -> None:
        """Print an article's text; what is ordered here must be broken into lines here, too."""
        if not self.visual:
            self.say(text)
            return
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        for paragraph in text.split("\n"):
            lines = textwrap.wrap(paragraph, width, replace_whitespace=False, drop_whitespace=True) or [""]
            for line in lines:
                self.say(line)

    def document(self, content: object) -> None:
        """Print one JSON document."""
        encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
        # What is no UTF-8 gets escapes that every JSON reader knows.
        click.echo(json.dumps(content, ensure_ascii=encoding != "utf8", indent=1))


def progress_line() -> Callable[[int, int, str], bool] | None:
    """Return what shows the progress of a long act on standard error, or None where nobody sits in front of it."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, _name: str) -> bool:
        click.echo(f"\r{done}/{total}", nl=False, err=True)
        return True

    return show


def end_progress() -> None:
    """Clear the line of a progress that was shown."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)


def allow_any_character() -> None:
    """Let a character that the terminal's encoding lacks come out as an escape, not as a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - len(text))


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
