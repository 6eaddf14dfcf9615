# SPDX-License-Identifier: MIT
"""One export: choose, write beside, read back, compare, and only then move into place, with a report.

Owns the order of these steps and what happens when one fails; knows no format but through the registry.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from errno import EISDIR, ENODEV, ENOTDIR
from pathlib import Path

from annotator import __version__, files
from annotator.errors import UserError
from annotator.exporters.base import (
    Entry,
    ExportOptions,
    ExportReport,
    ExportSource,
    Format,
    Layout,
    PartReport,
    Progress,
    Written,
)
from annotator.exporters.choosing import Choice, Chosen
from annotator.exporters.dealing import Dealt, deal
from annotator.exporters.losses import Context, Subject, Tally
from annotator.exporters.registry import find_format
from annotator.exporters.report import is_export, report_json, report_path, report_path_in
from annotator.exporters.settings import settings_of
from annotator.extras import require
from annotator.model.tagged_article import TaggedArticle
from annotator.paths import is_folder, is_there, real


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
    return _run(source, format_id, Path(destination), options, progress).run()


def preview_export(
    source: ExportSource,
    format_id: str,
    options: ExportOptions | None = None,
    progress: Progress | None = None,
    within: Path | None = None,
) -> ExportReport:
    """Return what an export would lose: it is written, and thrown away.

    Nothing is read back, so the report says of nothing that it came out.

    Args:
        source: as `run_export` takes it, like `format_id`, `options` and `progress`.
        format_id: see `source`.
        options: see `source`.
        progress: see `source`.
        within: where it is written; a folder of the system's if None.

    Raises:
        UserError: `format_unknown`, `extra_missing`, `disk_full`, `path_unwritable`, `cancelled` or
            `export_source_damaged`.
    """
    with tempfile.TemporaryDirectory(prefix="tawsim-", dir=within) as folder:
        return _run(source, format_id, Path(folder) / "preview", options, progress).preview()


def _run(
    source: ExportSource, format_id: str, destination: Path, options: ExportOptions | None, progress: Progress | None
) -> "_Run":
    kind = find_format(format_id)
    if kind.extra:
        require(kind.extra, kind.name_key)
    return _Run(source, kind, destination, (options or ExportOptions()).within(kind.abilities), progress)


#: What goes in is what comes out and what is told to be left out, of each of these.
_COUNTED = (Subject.TAG, Subject.RELATION, Subject.DOCUMENT_TAG)


@dataclass(frozen=True, slots=True)
class _Expected:
    """What reading a file back must give: a hash of each entry, and the name of the article that it is of."""

    hashes: list[int]
    names: list[str]


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
        self._given, self._choice = source, Choice(source, options)
        self._source = self._choice.source()
        self._in_folder = kind.layout is not Layout.FILE or options.splits is not None
        chosen = source.count if options.articles is None else len(options.articles)
        self._steps = 2 * min(source.count, chosen)
        self._tally = Tally()
        self._hashes: dict[str, str] = {}
        # Examples of losses are told with what was not chosen of an article, too.
        self._contexts: dict[str, Context] = {}
        self._labels: Counter[str] = Counter()
        self._in: Counter[Subject] = Counter()
        self._out: Counter[Subject] = Counter()
        self._done = 0

    def run(self) -> ExportReport:
        self._refuse_destination()
        dealt = deal(self._chosen_articles(), self._options.splits)
        with files.beside(self._path) as temporary:
            if self._in_folder:
                temporary.mkdir()
            parts = [self._part(temporary, name, dealt) for name in dealt.names]
            self._refuse_difference()
            if self._kind.finish:
                self._kind.finish(temporary, self._source, self._options, parts)
            report = self._report(parts, dealt)
            self._keep(temporary, report)
        return report

    def preview(self) -> ExportReport:
        self._steps //= 2
        dealt = deal(self._chosen_articles(), self._options.splits)
        with files.beside(self._path) as temporary:
            if self._in_folder:
                temporary.mkdir()
            parts = [self._part(temporary, name, dealt, check=False) for name in dealt.names]
            return self._report(parts, dealt)

    def _refuse_destination(self) -> None:
        if is_there(self._path) and not is_folder(self._path) and not self._path.is_file():
            raise UserError("path_unwritable", path=str(self._path), detail=os.strerror(ENODEV))
        if files.is_database(self._path):
            raise UserError("export_over_project", path=str(self._path))
        if is_folder(self._path) and not self._in_folder:
            raise UserError("path_unwritable", path=str(self._path), detail=os.strerror(EISDIR))
        if self._in_folder and is_there(self._path):
            if not is_folder(self._path):
                raise UserError("path_unwritable", path=str(self._path), detail=os.strerror(ENOTDIR))
            if not is_export(self._path):
                raise UserError("export_folder_taken", path=str(self._path))

    def _keep(self, temporary: Path, report: ExportReport) -> None:
        if self._in_folder:
            self._write_report(report_path_in(temporary), report)
            files.keep(temporary)
            files.move(temporary, self._path)
            return
        files.keep(temporary)
        path = report_path(self._path)
        with files.beside(path) as temporary_report:
            self._write_report(temporary_report, report, path)
            files.keep(temporary_report)
            files.move(temporary, self._path)
            files.move(temporary_report, path)

    def _write_report(self, to: Path, report: ExportReport, known: Path | None = None) -> None:
        # A file name that is no UTF-8 comes out as an escape that every JSON reader knows.
        text = report_json(report, known or to)
        to.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")

    # One part

    def _part(self, temporary: Path, name: str, dealt: Dealt, *, check: bool = True) -> PartReport:
        """Write one split, or all of it, and see that it says what it should."""
        path = self._place(temporary, name)
        before = len(self._hashes)
        self._labels = Counter()
        source = replace(self._source, articles=lambda: self._documents(name, dealt), part=name)
        expected = self._write(path, source)
        if check:
            self._read_back(path, name, expected)
        labels = dict(sorted(self._labels.items()))
        return PartReport(name, len(self._hashes) - before, labels, dealt.groups(name))

    def _place(self, temporary: Path, name: str) -> Path:
        if not name or self._kind.layout is Layout.FOLDER_OF_SPLITS:
            return temporary
        if self._kind.layout is Layout.FILE:
            return temporary / f"{name}{self._kind.suffix}"
        path = temporary / name
        path.mkdir()
        return path

    def _write(self, path: Path, source: ExportSource) -> _Expected:
        expected = _Expected([], [])
        for written in self._kind.write(path, source, self._options):
            title = written.article.article.title if written.article else ""
            self._count(written, source)
            if written.article and written.article.unit <= 1:
                self._step(title)
            if written.entry:
                expected.hashes.append(hash(written.entry))
                expected.names.append(title)
        return expected

    def _count(self, written: Written, source: ExportSource) -> None:
        tagged = written.article
        context = self._contexts.pop(tagged.name) if tagged else Context(actors=source.actors, events=source.events)
        if tagged:
            self._labels.update(str(span.label_id) for span in tagged.spans)
        elif source.part not in {"", "train"}:
            return  # the registry is told of once
        for reason, lossy in written.lost:
            self._tally.add(reason, lossy, context)

    def _read_back(self, path: Path, part: str, expected: _Expected) -> None:
        """Count what the file holds, and see that every entry of it is what it should be."""
        found = 0
        for entry in self._entries(path, part):
            if found == len(expected.hashes) or hash(entry) != expected.hashes[found]:
                raise self._mismatch(expected.names[found : found + 1])
            self._step(expected.names[found])
            found += 1
            self._out[Subject.TAG] += entry.tags
            self._out[Subject.RELATION] += entry.relations
            self._out[Subject.DOCUMENT_TAG] += entry.document_tags
        if found != len(expected.hashes):
            raise self._mismatch(expected.names[found : found + 1])

    def _entries(self, path: Path, part: str) -> Iterator[Entry]:
        try:
            yield from self._kind.read_back(path, part)
        except (UserError, ValueError) as error:  # what was written cannot even be read
            raise self._mismatch([]) from error

    def _refuse_difference(self) -> None:
        for subject in _COUNTED:
            if self._out[subject] != self._in[subject] - self._tally.left_out(subject):
                raise self._mismatch([])

    def _mismatch(self, names: Sequence[str]) -> UserError:
        return UserError("export_mismatch", path=str(self._path), article=names[0] if names else "")

    def _step(self, name: str) -> None:
        # Reading back comes second, and an article without words is not there to be read back.
        self._done = min(self._done + 1, self._steps)
        if self._progress and not self._progress(self._done, self._steps, name):
            raise UserError("cancelled")

    # What is exported

    def _chosen_articles(self) -> Iterator[TaggedArticle]:
        return filter(self._choice.takes, self._given.articles())

    def _documents(self, part: str, dealt: Dealt) -> Iterator[TaggedArticle]:
        for tagged in self._chosen_articles():
            if not dealt.holds(part, tagged.article.id):
                continue
            chosen = self._choice.of(tagged)
            self._count_chosen(chosen)
            yield from chosen.documents

    def _count_chosen(self, chosen: Chosen) -> None:
        article, part = chosen.whole.article, chosen.part
        spans = {span.id: span for span in chosen.whole.spans}
        context = Context(article.title, spans, self._source.actors, self._source.events)
        self._hashes[article.id] = article.text_sha256
        self._in[Subject.TAG] += len(part.spans)
        self._in[Subject.RELATION] += len(part.relations) + len(chosen.cut_off)
        self._in[Subject.DOCUMENT_TAG] += len(part.document_tags)
        for reason, lossy in chosen.lost:
            self._tally.add(reason, lossy, context)
        self._contexts.update((document.name, context) for document in chosen.documents)

    def _report(self, parts: Sequence[PartReport], dealt: Dealt) -> ExportReport:
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
            settings=settings_of(self._options),
            parts=tuple(parts),
            splits=dealt.splits,
            splitting=dealt.splitting,
        )
