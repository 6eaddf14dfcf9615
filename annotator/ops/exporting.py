# SPDX-License-Identifier: MIT
"""Exporting: the project's articles and tags to one of the formats of `annotator.exporters`; changes nothing."""

from collections.abc import Iterator
from pathlib import Path

from annotator.errors import UserError
from annotator.exporters import preview_export, run_export
from annotator.exporters.base import ExportOptions, ExportReport, ExportSource, Progress
from annotator.model.tagged_article import TaggedArticle
from annotator.paths import memory_dir
from annotator.project import Project


def export(
    project: Project,
    format_id: str,
    destination: Path,
    options: ExportOptions | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Export a project as it is at this moment, read the file back, and report what became of every tag.

    Args:
        project: what to export; in a thread of its own, one from `Project.reader`.
        format_id: a key of `annotator.exporters.FORMATS`.
        destination: the file; one that is there is replaced once the new one is whole and proven.
        options: what to export and how; all of it if None.
        progress: told after each article; returns False to cancel.

    Raises:
        UserError: `format_unknown`, `extra_missing`, `path_unwritable`, `disk_full`, `cancelled` or `export_mismatch`;
            what was at the destination before is still there.
    """
    with project.snapshot():
        return run_export(_source(project), format_id, destination, options or ExportOptions(), progress)


def preview(
    project: Project, format_id: str, options: ExportOptions | None = None, progress: Progress | None = None
) -> ExportReport:
    """Return what an export would lose, without making one.

    Raises:
        UserError: see `annotator.exporters.preview_export`; `preview_unprotected` where the articles of an encrypted
            project would be written to a disk.
    """
    within = None
    if project.key is not None:
        within = memory_dir()
        if within is None:
            raise UserError("preview_unprotected")
    with project.snapshot():
        return preview_export(_source(project), format_id, options or ExportOptions(), progress, within)


def _source(project: Project) -> ExportSource:
    def articles() -> Iterator[TaggedArticle]:
        for article, text in project.texts():
            yield TaggedArticle(
                article,
                text,
                tuple(project.spans(article.id)),
                tuple(project.relations(article.id)),
                tuple(project.document_tags(article.id)),
            )

    return ExportSource(
        project_id=project.id,
        project_name=project.name,
        scheme=project.scheme,
        annotators={annotator.id: annotator.name for annotator in project.annotators()},
        count=project.article_count(),
        articles=articles,
        actors=project.actors,
        events=project.events,
    )
