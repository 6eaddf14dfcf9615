# SPDX-License-Identifier: MIT
"""The command that brings out of a damaged project what can be read."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from annotator import i18n
from annotator.cli.parameters import (
    annotator_name,
    annotator_option,
    existing,
    json_option,
    project_argument,
    visual_option,
)
from annotator.cli.secrets import given_key_to_recover
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import FAILED, Command, Option
from annotator.i18n import N_, tr
from annotator.ops.recovering import RecoveryReport, recover, sentences

pass_terminal = click.make_pass_decorator(Terminal, ensure=True)

#: Of more losses than these the rest is in the report.
_MOST_TOLD = 50


@click.command(
    "recover",
    cls=Command,
    help=N_(
        "Bring out of a damaged project all that can be read, into a new one, and list what could not. The damaged "
        "file is only read. Beside the new project a report with all details is written. Ends with 1 where the new "
        "project is not sound."
    ),
)
@project_argument
@click.option(
    "--out",
    metavar="NEW",
    type=click.Path(path_type=Path),
    required=True,
    cls=Option,
    help=N_("The new project; nothing may lie there yet."),
)
@annotator_option
@json_option
@visual_option
@pass_terminal
@click.pass_context
def recover_(ctx: click.Context, terminal: Terminal, project: Path, out: Path, annotator: str | None) -> None:
    """Recover a project."""
    path = existing(project)
    try:
        key = given_key_to_recover(path)
        report = recover(path, out, key, annotator=annotator_name(annotator), progress=progress_line())
    finally:
        end_progress()
    if terminal.as_json:
        terminal.document(
            {
                "path": str(report.path),
                "report": str(report.details),
                **asdict(report.recovery),
                "articles": report.recovery.articles,
                "problems": [{"key": problem.key, **problem.params} for problem in report.problems],
            }
        )
    else:
        for line in _lines(report):
            terminal.say(line)
    if report.problems:
        ctx.exit(FAILED)


def _lines(report: RecoveryReport) -> Iterator[str]:
    yield from sentences(report, _MOST_TOLD)
    yield tr("The new project: “{path}”. The report: “{report}”.", path=report.path, report=report.details)
    for problem in report.problems:
        yield i18n.describe_problem(problem.key, problem.params)
