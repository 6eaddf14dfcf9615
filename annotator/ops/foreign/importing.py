# SPDX-License-Identifier: MIT
"""Importing annotations: a file of any format of `annotator.importers.registry`, as one act.

A file is read twice: once to see that it is sound and what names it uses, then to take it. Its documents become
articles, or are found among those of the project; its tags are found in their texts by offset, or by quote and
surroundings. Whatever is not taken is in the report, one by one.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.foreign import ForeignFormat
from annotator.importers.registry import find_foreign_format, recognised
from annotator.importers.survey import Survey, survey
from annotator.model import exchange
from annotator.model.changes import Changes, Op
from annotator.model.scheme_mapping import SchemeMapping, check_mapping, completed, guess_mapping
from annotator.ops.acts import done, no_collection
from annotator.ops.foreign.report import AnnotationReport
from annotator.ops.foreign.taking import Taker
from annotator.project import Project

#: Called with documents done, documents in all, and the name of the last; returns False to cancel.
Progress = Callable[[int, int, str], bool]


def survey_file(path: Path, format_id: str | None = None, progress: Callable[[int], bool] | None = None) -> Survey:
    """Read a file of annotations from end to end and say what it holds; it is recognised where no format is given.

    Raises:
        UserError: `format_unknown`, `foreign_unknown`, `extra_missing`, `cancelled`, or what the reader refuses.
    """
    kind = _kind(path, format_id)
    return survey(path, kind, progress)


def import_annotations(
    project: Project,
    path: Path,
    format_id: str | None = None,
    *,
    mapping: SchemeMapping | None = None,
    surveyed: Survey | None = None,
    new_articles: bool = True,
    progress: Progress | None = None,
) -> tuple[Changes, AnnotationReport]:
    """Import a file of annotations, as one act.

    Args:
        project: where to.
        path: the file or folder.
        format_id: its format; recognised if None.
        mapping: what its names become; what it does not name is guessed, and what cannot be guessed is kept.
        surveyed: what `survey_file` said of it, if that was asked before.
        new_articles: whether documents that are no article of the project become new ones.
        progress: told after each document.

    Raises:
        UserError: `cancelled`, and what `survey_file`, `check_mapping` and writing to the project refuse; nothing was
            changed then.
    """
    kind = _kind(path, format_id)
    seen = surveyed or survey(path, kind)
    params: dict[str, object] = {"count": 0, "name": path.name}
    with no_collection(), project.transact(Op.IMPORT_ANNOTATIONS, params) as act:
        chosen = completed(mapping or SchemeMapping(), guess_mapping(project.scheme, seen.names, seen.header.scheme))
        check_mapping(chosen, project.scheme)
        run = Taker(project, act, seen, chosen, new_articles=new_articles)
        run.take(_told(kind.read(path), seen.documents, progress))
        params["count"] = run.tags.taken
    return done(act), run.report()


def _kind(path: Path, format_id: str | None) -> ForeignFormat:
    kind = find_foreign_format(format_id) if format_id else recognised(path)
    kind.require()
    return kind


def _told(documents: Iterator[exchange.Document], count: int, progress: Progress | None) -> Iterator[exchange.Document]:
    for number, document in enumerate(documents, start=1):
        yield document
        if progress and not progress(number, max(count, number), document.title or document.id):
            raise UserError("cancelled")
