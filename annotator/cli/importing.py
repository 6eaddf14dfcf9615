# SPDX-License-Identifier: MIT
"""The commands that fill a project with articles, show what a table holds, and say where articles are from."""

import sys
from dataclasses import asdict, replace
from pathlib import Path

import click

from annotator import i18n
from annotator.cli.parameters import (
    annotator_option,
    column_options,
    encoding_option,
    find_articles,
    import_options,
    json_option,
    project_argument,
    visual_option,
    writing,
)
from annotator.cli.projects import tell_acts
from annotator.cli.shapes import file_data
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command, Option
from annotator.errors import UserError
from annotator.i18n import N_, tr, trn
from annotator.importers.base import LARGEST
from annotator.importers.columns import ImportOptions
from annotator.importers.plain_text import plain_text
from annotator.importers.previews import table_preview
from annotator.ops import articles as article_acts
from annotator.ops.importing import ImportedFile, ImportReport, import_files, import_text

#: In characters: so much of a cell is shown.
_SHOWN_OF_CELL = 60
_STANDARD_INPUT = Path("-")

pass_terminal = click.make_pass_decorator(Terminal, ensure=True)


@click.command(
    "import",
    cls=Command,
    help=N_(
        "Import articles from files, and from the files of folders, as one act: text, Markdown, web pages, DOCX, ODT, "
        "PDF, tables (CSV, TSV, XLSX), JSON, JSONL, and zip and WARC archives of these. What cannot be read, or whose "
        "text the project has already, is skipped; the report says why. A PATH - is one text from standard input."
    ),
)
@project_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@encoding_option
@column_options
@click.option(
    "--no-marks",
    is_flag=True,
    cls=Option,
    help=N_("Do not mark what is likely none of an article's text, such as captions and calls to share."),
)
@annotator_option
@json_option
@visual_option
@pass_terminal
def import_(
    terminal: Terminal,
    /,
    project: Path,
    paths: tuple[Path, ...],
    *,
    encoding: str | None,
    no_marks: bool,
    annotator: str | None,
    **columns: str | None,
) -> None:
    """Import files and print what became of each."""
    options = replace(import_options(encoding, columns), boilerplate=not no_marks)
    if paths == (_STANDARD_INPUT,):
        _import_standard_input(terminal, project, annotator, encoding)
        return
    with writing(project, annotator) as opened:
        try:
            changes, report = import_files(opened, paths, options=options, progress=progress_line())
        finally:
            end_progress()
    if terminal.as_json:
        files = [file_data(file) for file in report.files]
        terminal.document({"act": changes.seq, "taken": report.taken, "skipped": report.skipped, "files": files})
    else:
        _tell_import(terminal, report)
    if not report.taken:
        raise UserError("nothing_to_import", path=project)


def _import_standard_input(terminal: Terminal, project: Path, annotator: str | None, encoding: str | None) -> None:
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UserError("file_too_large", path=_STANDARD_INPUT, most=LARGEST // 1_000_000)
    read = plain_text(_STANDARD_INPUT, raw, encoding)
    with writing(project, annotator) as opened:
        changes = import_text(opened, read.decoded.text, source=str(_STANDARD_INPUT))
    if terminal.as_json:
        terminal.document({"act": changes.seq, "taken": 1, "skipped": 0, "article": changes.rows[0].record.id})
    else:
        terminal.say(tr("Imported “{title}” ({encoding})", title=read.title, encoding=read.decoded.encoding))


def _tell_import(terminal: Terminal, report: ImportReport) -> None:
    for file in report.files:
        terminal.say(_file_line(file))
    terminal.say(
        tr(
            "{taken}, {skipped}.",
            taken=trn("{n} article imported", "{n} articles imported", report.taken),
            skipped=trn("{n} file skipped", "{n} files skipped", report.skipped),
        )
    )


def _file_line(file: ImportedFile) -> str:
    if file.error is not None:
        return tr("Skipped: {reason}", reason=i18n.describe(file.error))
    line = _taken_line(file)
    if file.unsure_date:
        return tr("{line}; the date {date} can be read in two ways and was left out", line=line, date=file.unsure_date)
    return line


def _taken_line(file: ImportedFile) -> str:
    if file.derived:
        return tr(
            "Imported “{title}” (text made by {derived}, {left_out})",
            title=file.title,
            derived=file.derived,
            left_out=trn("{n} stretch left out", "{n} stretches left out", file.left_out_count),
        )
    if not file.exact:
        return tr(
            "Imported “{title}” ({encoding}); the file cannot be rebuilt from it byte for byte.",
            title=file.title,
            encoding=file.encoding,
        )
    if file.guessed:
        return tr("Imported “{title}” ({encoding}, guessed)", title=file.title, encoding=file.encoding)
    return tr("Imported “{title}” ({encoding})", title=file.title, encoding=file.encoding)


@click.command(
    "columns",
    cls=Command,
    help=N_(
        "Show the columns of a table (CSV, TSV, XLSX) or of records (JSON, JSONL), which of them an import would take "
        "for what, and how the first row fills them."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@encoding_option
@json_option
@visual_option
@pass_terminal
def columns(terminal: Terminal, file: Path, encoding: str | None) -> None:
    """Show which column is taken for what."""
    preview = table_preview(file, ImportOptions(encoding))
    taken = asdict(preview.guessed)
    if terminal.as_json:
        terminal.document(
            {"columns": preview.names, "taken": taken, "rows": preview.rows, "encoding": preview.encoding}
        )
        return
    parts = {name: part for part, name in taken.items() if name}
    first = preview.rows[0]
    for name in preview.names:
        terminal.row((parts.get(name, "-"), 7), (name, 20), (first.get(name, "")[:_SHOWN_OF_CELL], 0))


@click.command(
    "article",
    cls=Command,
    help=N_(
        "Say of articles who published them, where, who wrote them and when they were published, as one act; an empty "
        "value takes it away. ARTICLES are numbers, ranges such as 2-5, or ids."
    ),
)
@project_argument
@click.argument("articles", nargs=-1, required=True)
@click.option("--outlet", metavar="TEXT", cls=Option, help=N_("Who published them."))
@click.option("--url", metavar="URL", cls=Option, help=N_("Where they were published."))
@click.option("--author", metavar="TEXT", cls=Option, help=N_("Who wrote them."))
@click.option(
    "--date", metavar="DATE", cls=Option, help=N_("When they were published: a year, 2024-05, or a day, 2024-05-31.")
)
@annotator_option
@pass_terminal
def article(
    terminal: Terminal, /, project: Path, articles: tuple[str, ...], *, annotator: str | None, **said: str | None
) -> None:
    """Set the particulars of articles."""
    with writing(project, annotator) as opened:
        tell_acts(terminal, opened, [article_acts.set_particulars(opened, find_articles(opened, articles), **said)])
