# SPDX-License-Identifier: MIT
"""The commands that take over what others have annotated, and say what a file of theirs holds."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from annotator.cli.parameters import annotator_option, json_option, project_argument, reading, visual_option, writing
from annotator.cli.projects import pass_terminal
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command, Option
from annotator.files import put_text
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.importers.foreign import SKIPPED_TEXTS
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.importers.safety import read_text
from annotator.importers.survey import Survey
from annotator.model.scheme_mapping import (
    KEEP,
    LEAVE_OUT,
    SchemeMapping,
    dump_mapping,
    guess_mapping,
    parse_mapping,
)
from annotator.ops.foreign import AnnotationReport, import_annotations, survey_file
from annotator.sentences import TROUBLES

_MOST_SHOWN = 20

_format_option = click.option(
    "--format",
    "format_id",
    type=click.Choice(list(FOREIGN_FORMATS)),
    cls=Option,
    help=N_("The format of the file; recognised where it is not given."),
)


@click.command(
    "import-annotations",
    cls=Command,
    help=N_(
        "Take over the tags, relations and document tags of FILE, which other programs or Tawsim have written, as one "
        "act. Texts that are no article of the project become new ones. What fits no label is kept under its own name."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@_format_option
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    cls=Option,
    help=N_("A file that says what each label becomes; “tawsim survey” writes one to start from."),
)
@click.option(
    "--no-new-articles",
    is_flag=True,
    cls=Option,
    help=N_("Take only what is about articles of the project."),
)
@annotator_option
@json_option
@visual_option
@pass_terminal
def import_annotations_(
    terminal: Terminal,
    project: Path,
    file: Path,
    *,
    format_id: str | None,
    mapping: Path | None,
    no_new_articles: bool,
    annotator: str | None,
) -> None:
    """Import annotations and print what became of them."""
    chosen = None if mapping is None else parse_mapping(read_text(mapping), str(mapping))
    with writing(project, annotator) as opened:
        try:
            changes, report = import_annotations(
                opened,
                file,
                format_id,
                mapping=chosen,
                new_articles=not no_new_articles,
                progress=progress_line(),
            )
        finally:
            end_progress()
    if terminal.as_json:
        terminal.document({"act": changes.seq, **_report_data(report)})
    else:
        _tell_report(terminal, report)


@click.command(
    "survey",
    cls=Command,
    help=N_(
        "Say what a file of annotations holds, and what its labels would become in a project; nothing is imported."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@_format_option
@click.option(
    "--write-mapping",
    type=click.Path(path_type=Path),
    cls=Option,
    help=N_("Write what the labels would become to this file, to be changed and given to “import-annotations”."),
)
@json_option
@visual_option
@pass_terminal
def survey(terminal: Terminal, project: Path, file: Path, *, format_id: str | None, write_mapping: Path | None) -> None:
    """Say what a file of annotations holds."""
    with reading(project) as opened:
        found = survey_file(file, format_id)
        guessed = guess_mapping(opened.scheme, found.names, found.header.scheme)
    if write_mapping is not None:
        put_text(write_mapping, dump_mapping(guessed))
    if terminal.as_json:
        terminal.document(_survey_data(found, guessed))
    else:
        _tell_survey(terminal, found, guessed)


def _survey_data(found: Survey, guessed: SchemeMapping) -> dict[str, Any]:
    return {
        "format": found.format_id,
        "documents": found.documents,
        "tags": found.tags,
        "relations": found.relations,
        "document_tags": found.document_tags,
        "rebuilt": found.rebuilt,
        "without_text": found.untexted,
        "actors": len(found.header.actors),
        "events": len(found.header.events),
        "annotators": found.annotators,
        "names": asdict(found.names),
        "mapping": asdict(guessed),
    }


def _tell_survey(terminal: Terminal, found: Survey, guessed: SchemeMapping) -> None:
    terminal.say(
        tr(
            "{format}: {documents}, {tags}, {relations}, {document_tags}.",
            format=tr_marked(FOREIGN_FORMATS[found.format_id].name_key),
            documents=trn("{n} document", "{n} documents", found.documents),
            tags=trn("{n} tag", "{n} tags", found.tags),
            relations=trn("{n} relation", "{n} relations", found.relations),
            document_tags=trn("{n} document tag", "{n} document tags", found.document_tags),
        )
    )
    for names, mapping in (
        (found.names.labels, guessed.labels),
        (found.names.relations, guessed.relations),
        (found.names.document_labels, guessed.document_labels),
        (found.names.attributes, guessed.attributes),
    ):
        for name, count in names.items():
            terminal.row((str(count), 7), (name, 24), (_fate(mapping[name]), 0))


def _fate(target: str) -> str:
    if target == LEAVE_OUT:
        return tr("left out")
    return tr("kept under its own name") if target == KEEP else target


def _report_data(report: AnnotationReport) -> dict[str, Any]:
    return {
        "format": report.format_id,
        "documents": report.documents,
        "new_articles": list(report.new_articles),
        "matched": report.matched,
        "rebuilt": report.rebuilt,
        "tags": asdict(report.tags),
        "relations": asdict(report.relations),
        "document_tags": asdict(report.document_tags),
        "kept": dict(report.kept),
        "skipped": dict(report.skipped),
        "annotators": list(report.annotators),
        "troubles": [asdict(one) | {"message": tr_marked(TROUBLES[one.kind])} for one in report.troubles],
    }


def _tell_report(terminal: Terminal, report: AnnotationReport) -> None:
    new = len(report.new_articles)
    for line in (
        trn("{n} article is new.", "{n} articles are new.", new) if new else "",
        trn("{n} document was an article already.", "{n} documents were articles already.", report.matched)
        if report.matched
        else "",
        tr("The text of {n} was put together from its words.", n=report.rebuilt) if report.rebuilt else "",
        *_tally_lines(report),
        *(
            tr("Left out by the reader: {count} {what}.", count=count, what=tr_marked(SKIPPED_TEXTS[kind]))
            for kind, count in report.skipped.items()
        ),
        *(tr("“{name}” was kept as “{part}”.", name=name, part=part) for name, part in report.kept.items()),
    ):
        if line:
            terminal.say(line)
    for kind, count in report.trouble_counts.items():
        terminal.say(f"{count}: {tr_marked(TROUBLES[kind])}")
        _tell_places(terminal, [one for one in report.troubles if one.kind is kind])


def _tally_lines(report: AnnotationReport) -> Iterable[str]:
    tallies: Mapping[str, Any] = {
        N_("Tags"): report.tags,
        N_("Relations"): report.relations,
        N_("Document tags"): report.document_tags,
    }
    for name, tally in tallies.items():
        if tally.all:
            yield tr(
                "{what}: {taken} taken, {known} there already, {left_out} left out as wished, {lost} not taken.",
                what=tr_marked(name),
                taken=tally.taken,
                known=tally.known,
                left_out=tally.left_out,
                lost=tally.lost,
            )


def _tell_places(terminal: Terminal, troubles: list[Any]) -> None:
    for one in troubles[:_MOST_SHOWN]:
        position = "" if one.start is None else f"{one.start}-{one.end}"
        terminal.row(("", 2), (str(one.place), 12), (position, 12), (one.label, 12), (one.quote, 0))
    if len(troubles) > _MOST_SHOWN:
        terminal.say(tr("And {n} more; --json lists all.", n=len(troubles) - _MOST_SHOWN))
