# SPDX-License-Identifier: MIT
"""One export: choose, write beside, read back, compare, and only then move into place, with a report.

Owns the order of these steps and what happens when one fails; knows no format but through the registry.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from errno import EISDIR
from pathlib import Path

from annotator import __version__
from annotator.errors import UserError
from annotator.exporters import files
from annotator.exporters.base import (
    Entry,
    ExportOptions,
    ExportReport,
    ExportSource,
    Format,
    Progress,
    Written,
)
from annotator.exporters.losses import Context, Reason, Subject, Tally
from annotator.exporters.registry import find_format
from annotator.exporters.report import report_json, report_path
from annotator.extras import require
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle
from annotator.paths import is_folder, real


def run_export(
    source: ExportSource,
    format_id: str,
    destination: Path,
    options: ExportOptions | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Export to one file and verify it; a failed or cancelled export leaves an older file as it was.

    Args:
        source: what there is to export.
        format_id: one of `FORMATS`.
        destination: the file; an older one is replaced.
        options: what of it to export, and how; everything by default.
        progress: called for every article when it is written and again when it is read back.

    Raises:
        UserError: `format_unknown`, `extra_missing`, `path_unwritable`, `export_over_project`, `disk_full`,
            `cancelled`, `export_source_damaged` or `export_mismatch`.
    """
    kind = find_format(format_id)
    if kind.extra:
        require(kind.extra, kind.name_key)
    run = _Run(source, kind, Path(destination), options or ExportOptions(), progress)
    return run.run()


#: What goes in is what comes out and what is told to be left out, of each of these.
_COUNTED = (Subject.TAG, Subject.RELATION, Subject.DOCUMENT_TAG)


class _Run:
    """The running state of one export; memory grows by some bytes an article only."""

    def __init__(
        self, source: ExportSource, kind: Format, destination: Path, options: ExportOptions, progress: Progress | None
    ) -> None:
        self._kind = kind
        self._options = options
        self._progress = progress
        # A link stays a link: what it points to is replaced.
        self._path = real(destination)
        self._source = replace(source, articles=lambda: self._chosen(source))
        chosen = source.count if options.articles is None else len(options.articles)
        self._steps = 2 * min(source.count, chosen)
        self._tally = Tally()
        self._hashes: dict[str, str] = {}
        self._expected: list[int] = []
        self._names: list[str] = []
        # What was not chosen of the article at hand is told of, too.
        self._whole: dict[str, _Chosen] = {}
        self._in: Counter[Subject] = Counter()
        self._out: Counter[Subject] = Counter()
        self._done = 0

    def run(self) -> ExportReport:
        if is_folder(self._path):
            raise UserError("path_unwritable", path=str(self._path), detail=os.strerror(EISDIR))
        if files.is_database(self._path):
            raise UserError("export_over_project", path=str(self._path))
        with files.beside(self._path) as temporary:
            self._write(temporary)
            files.keep(temporary)
            self._read_back(temporary)
            report = self._report()
            self._finish(temporary, report)
        return report

    def _finish(self, temporary: Path, report: ExportReport) -> None:
        path = report_path(self._path)
        with files.beside(path) as temporary_report:
            # A file name that is no UTF-8 comes out as an escape that every JSON reader knows.
            text = report_json(report, path)
            temporary_report.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
            files.keep(temporary_report)
            files.move(temporary, self._path)
            files.move(temporary_report, path)

    def _write(self, temporary: Path) -> None:
        for written in self._kind.write(temporary, self._source, self._options):
            title = written.article.article.title if written.article else ""
            self._count(written)
            if written.article:
                self._step(title)
            if written.entry:
                self._expected.append(hash(written.entry))
                self._names.append(title)

    def _count(self, written: Written) -> None:
        context = Context(actors=self._source.actors, events=self._source.events)
        tagged = written.article
        if tagged:
            chosen = self._whole.pop(tagged.article.id)
            spans = {span.id: span for span in chosen.whole.spans}
            context = replace(context, article=tagged.article.title, spans=spans)
            self._count_article(tagged, chosen, context)
        for reason, lossy in written.lost:
            self._tally.add(reason, lossy, context)

    def _count_article(self, tagged: TaggedArticle, chosen: "_Chosen", context: Context) -> None:
        article = tagged.article
        self._hashes[article.id] = hashlib.sha256(tagged.text.encode()).hexdigest()
        if self._hashes[article.id] != article.text_sha256:
            raise UserError("export_source_damaged", article=article.title)
        self._in[Subject.TAG] += len(tagged.spans)
        self._in[Subject.RELATION] += len(tagged.relations) + len(chosen.cut_off)
        self._in[Subject.DOCUMENT_TAG] += len(tagged.document_tags)
        for relation in chosen.cut_off:
            self._tally.add(Reason.RELATION_END, relation, context)

    def _read_back(self, temporary: Path) -> None:
        """Count what the file holds, and see that every entry of it is what it should be."""
        found = 0
        for entry in self._entries(temporary):
            if found == len(self._expected) or hash(entry) != self._expected[found]:
                raise self._mismatch(found)
            self._step(self._names[found])
            found += 1
            self._out[Subject.TAG] += entry.tags
            self._out[Subject.RELATION] += entry.relations
            self._out[Subject.DOCUMENT_TAG] += entry.document_tags
        if found != len(self._expected) or any(
            self._out[subject] != self._in[subject] - self._tally.left_out(subject) for subject in _COUNTED
        ):
            raise self._mismatch(found)

    def _entries(self, temporary: Path) -> Iterator[Entry]:
        try:
            yield from self._kind.read_back(temporary)
        except (UserError, ValueError) as error:  # what was written cannot even be read
            raise self._mismatch(len(self._expected)) from error

    def _mismatch(self, index: int) -> UserError:
        names = self._names[index : index + 1]
        return UserError("export_mismatch", path=str(self._path), article=names[0] if names else "")

    def _step(self, name: str) -> None:
        # Reading back comes second, and an article without words is not there to be read back.
        self._done = min(self._done + 1, self._steps)
        if self._progress and not self._progress(self._done, self._steps, name):
            raise UserError("cancelled")

    def _chosen(self, source: ExportSource) -> Iterator[TaggedArticle]:
        options = self._options
        for tagged in source.articles():
            article = tagged.article
            if options.articles is not None and article.id not in options.articles:
                continue
            state = article.state.with_tags(len(tagged.spans))
            if options.states is not None and state not in options.states:
                continue
            if not _is_sound(tagged, source):
                raise UserError("export_source_damaged", article=article.title)
            self._whole[article.id] = chosen = _chosen(tagged, options)
            yield chosen.part

    def _report(self) -> ExportReport:
        return ExportReport(
            format=self._kind.id,
            path=self._path,
            articles=len(self._hashes),
            tags_in=self._in[Subject.TAG],
            tags_out=self._out[Subject.TAG],
            relations_in=self._in[Subject.RELATION],
            relations_out=self._out[Subject.RELATION],
            document_tags_in=self._in[Subject.DOCUMENT_TAG],
            document_tags_out=self._out[Subject.DOCUMENT_TAG],
            losses=self._tally.losses(),
            text_sha256=self._hashes,
            version=__version__,
            verified_by=self._kind.verifier(),
            settings=_settings(self._options),
        )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What was chosen of an article.

    Attributes:
        whole: the article with all that is in it, and `part` with what was chosen of that.
        cut_off: the relations that were chosen, but a tag at one of their ends was not.
    """

    whole: TaggedArticle
    part: TaggedArticle
    cut_off: tuple[Relation, ...]


def _is_sound(tagged: TaggedArticle, source: ExportSource) -> bool:
    """Return whether tags quote the text and relations lead to what is there."""
    if any(tagged.text[span.start : span.end] != span.quote for span in tagged.spans):
        return False
    spans = {None, *(span.id for span in tagged.spans)} if tagged.relations else ()
    return all(
        one.source_id in spans
        and one.target_span_id in spans
        and (one.target_actor_id is None or one.target_actor_id in source.actors)
        and (one.target_event_id is None or one.target_event_id in source.events)
        for one in tagged.relations
    )


def _chosen(tagged: TaggedArticle, options: ExportOptions) -> _Chosen:
    if options.labels is None and options.annotators is None:
        return _Chosen(tagged, tagged, ())
    spans = tuple(span for span in tagged.spans if _is_chosen(span, options))
    relations = [relation for relation in tagged.relations if _is_by_chosen(relation, options)]
    ids = {None, *(span.id for span in spans)}
    whole = tuple(one for one in relations if one.source_id in ids and one.target_span_id in ids)
    cut_off = tuple(one for one in relations if one.source_id not in ids or one.target_span_id not in ids)
    tags = tuple(tag for tag in tagged.document_tags if _is_by_chosen(tag, options))
    part = replace(tagged, spans=spans, relations=whole, document_tags=tags)
    return _Chosen(tagged, part, cut_off)


def _is_chosen(span: Span, options: ExportOptions) -> bool:
    return (options.labels is None or span.label_id in options.labels) and _is_by_chosen(span, options)


def _is_by_chosen(one: Span | Relation | DocumentTag, options: ExportOptions) -> bool:
    return options.annotators is None or one.annotator_id in options.annotators


def _settings(options: ExportOptions) -> dict[str, str | list[str] | None]:
    return {
        "articles": _listed(options.articles),
        "states": _listed(options.states),
        "labels": _listed(options.labels),
        "annotators": _listed(options.annotators),
        "clitics": options.clitics.value,
    }


def _listed(chosen: frozenset[str] | None) -> list[str] | None:
    return None if chosen is None else sorted(map(str, chosen))
