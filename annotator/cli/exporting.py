# SPDX-License-Identifier: MIT
"""The commands that export a project and say what each format is for."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from annotator.cli.export_options import export_options, read_options
from annotator.cli.parameters import json_option, project_argument, reading, visual_option
from annotator.cli.projects import pass_terminal
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command, Option
from annotator.exporters import (
    EXTRAS,
    FORMATS,
    REASON_TEXTS,
    SUBJECT_COUNTS,
    Example,
    ExportReport,
    Loss,
    Subject,
    report_path,
)
from annotator.i18n import N_, tr, tr_marked, trn, trn_marked
from annotator.ops.exporting import export as export_project
from annotator.ops.exporting import preview as preview_project


@click.command(
    "export",
    cls=Command,
    help=N_(
        "Export a project to the file or folder DESTINATION, which is read back before it is kept. A report beside it "
        "or in it, export_report.json, says what could not be carried and why."
    ),
)
@project_argument
@click.argument("destination", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_id",
    type=click.Choice(list(FORMATS)),
    required=True,
    cls=Option,
    help=N_("The format of the file; “tawsim formats” says what each is for."),
)
@export_options
@click.option(
    "--preview",
    is_flag=True,
    cls=Option,
    help=N_("Say what would be lost, and write nothing."),
)
@json_option
@visual_option
@pass_terminal
def export(
    terminal: Terminal,
    /,
    *,
    project: Path,
    destination: Path,
    format_id: str,
    preview: bool,
    **given: Any,
) -> None:
    """Export a project and say what came out."""
    with reading(project) as opened:
        options = read_options(opened, given)
        try:
            if preview:
                report = preview_project(opened, format_id, options, progress_line())
            else:
                report = export_project(opened, format_id, destination, options, progress_line())
        finally:
            end_progress()
    if preview:
        report = replace(report, path=destination)
    if terminal.as_json:
        terminal.document(_report_data(report))
    elif preview:
        _tell_preview(terminal, report)
    else:
        _tell_export(terminal, report)


def _report_data(report: ExportReport) -> dict[str, Any]:
    return {
        "format": report.format,
        "path": str(report.path),
        "report": str(report_path(report.path)),
        "articles": report.articles,
        "tags_in": report.tags_in,
        "tags_out": report.tags_out,
        "relations_in": report.relations_in,
        "relations_out": report.relations_out,
        "document_tags_in": report.document_tags_in,
        "document_tags_out": report.document_tags_out,
        "verified_by": report.verified_by,
        "parts": [asdict(part) for part in report.parts if part.name],
        "losses": [
            {
                "reason": loss.reason,
                "of": loss.of,
                "left_out": loss.left_out,
                "tag_lost": loss.tag_lost,
                "count": loss.count,
                "message": _loss_line(loss),
            }
            for loss in report.losses
        ],
    }


def _tell_export(terminal: Terminal, report: ExportReport) -> None:
    terminal.say(
        tr(
            "Exported {articles} to “{path}”: {out} of {tags}, read back by {reader}.",
            articles=trn("{n} article", "{n} articles", report.articles),
            path=report.path,
            out=report.tags_out,
            tags=trn("{n} tag", "{n} tags", report.tags_in),
            reader=report.verified_by,
        )
    )
    for line in _other_counts(report):
        terminal.say(line)
    _tell_parts(terminal, report)
    _tell_losses(terminal, report)


def _tell_preview(terminal: Terminal, report: ExportReport) -> None:
    terminal.say(
        tr(
            "{articles} with {tags} would be exported.",
            articles=trn("{n} article", "{n} articles", report.articles),
            tags=trn("{n} tag", "{n} tags", report.tags_in),
        )
    )
    _tell_parts(terminal, report)
    if not report.losses:
        terminal.say(tr("Nothing would be lost."))
    _tell_losses(terminal, report)


def _tell_parts(terminal: Terminal, report: ExportReport) -> None:
    for part in report.parts:
        if part.name:
            labels = ", ".join(f"{label} {count}" for label, count in part.labels.items())
            articles = trn("{n} article", "{n} articles", part.articles)
            terminal.row((part.name, 6), (articles, 14), (labels, 0))
    if report.splitting:
        terminal.say(
            tr("No group of articles is in two splits: {n} keys were looked up.", n=report.splitting.proof.keys)
        )


def _tell_losses(terminal: Terminal, report: ExportReport) -> None:
    for loss in report.losses:
        terminal.say(_loss_line(loss))
        for example in loss.examples:
            _tell_example(terminal, example)


def _other_counts(report: ExportReport) -> Iterator[str]:
    """Yield how many relations and document tags came out, where there are any."""
    for subject, before, after in (
        (Subject.RELATION, report.relations_in, report.relations_out),
        (Subject.DOCUMENT_TAG, report.document_tags_in, report.document_tags_out),
    ):
        if before:
            yield tr("{out} of {all}.", out=after, all=trn_marked(SUBJECT_COUNTS[subject], before))


def _tell_example(terminal: Terminal, example: Example) -> None:
    place = "" if example.start is None else f"{example.start}-{example.end}"
    terminal.row(("", 2), (place, 11), (example.label, 10), (_example_text(example), 0))


def _example_text(example: Example) -> str:
    if example.target is None:
        return example.quote
    target = example.target or tr("The article's author or outlet")
    return tr("{source} → {target}", source=example.quote, target=target)


def _loss_line(loss: Loss) -> str:
    return tr(
        "{tags}: {reason}",
        tags=trn_marked(SUBJECT_COUNTS[loss.of], loss.count),
        reason=tr_marked(REASON_TEXTS[loss.reason]),
    )


@click.command("formats", cls=Command, help=N_("List the formats to export to, and what each is for."))
@json_option
@visual_option
@pass_terminal
def formats(terminal: Terminal) -> None:
    """List the formats."""
    known = [
        {
            "id": kind.id,
            "name": tr_marked(kind.name_key),
            "description": tr_marked(kind.description_key),
            "suffix": kind.suffix,
            "extra": EXTRAS[kind.extra].requirement if kind.extra else None,
            "available": not kind.extra or EXTRAS[kind.extra].installed,
        }
        for kind in FORMATS.values()
    ]
    if terminal.as_json:
        terminal.document({"formats": known})
        return
    for kind in FORMATS.values():
        terminal.row((kind.id, 18), (kind.suffix or tr("folder"), 26), (tr_marked(kind.description_key), 0))
        if kind.extra and not EXTRAS[kind.extra].installed:
            terminal.say(tr("Not installed; install it with: {command}", command=EXTRAS[kind.extra].command))
