# SPDX-License-Identifier: MIT
"""Importing articles: many files, one act, and a report of each file."""

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.plain_text import find_files, read_plain_text
from annotator.model.article import Article, ArticleState
from annotator.model.changes import Changes, Op
from annotator.model.ids import AnnotatorId, ArticleId, new_id
from annotator.ops.acts import done
from annotator.paths import spelled
from annotator.project import Project
from annotator.store.row_changes import Act

#: Called with files done, files in all, and the name of the next; returns False to cancel.
Progress = Callable[[int, int, str], bool]

_BATCH = 200


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One line of an import report.

    Attributes:
        error: why the file was skipped; `duplicate` where its text is in the project already.
        encoding: the codec that decoded it, "" if none did.
        guessed: whether the codec was guessed rather than certain or given.
        exact: whether the file can be rebuilt from the project byte for byte.
    """

    path: Path
    outcome: Outcome
    title: str = ""
    error: UserError | None = None
    encoding: str = ""
    guessed: bool = False
    exact: bool = True
    article_id: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file, in the order in which they were read."""

    files: tuple[ImportedFile, ...]

    @property
    def taken(self) -> int:
        """Return how many files became articles."""
        return sum(file.outcome is Outcome.TAKEN for file in self.files)

    @property
    def skipped(self) -> int:
        """Return how many files did not."""
        return len(self.files) - self.taken


def import_files(
    project: Project, paths: Iterable[Path], *, encoding: str | None = None, progress: Progress | None = None
) -> tuple[Changes, ImportReport]:
    """Import text files and the text files of folders, as one act.

    A file that cannot be read is skipped and reported; the others are taken.

    Args:
        project: where to.
        paths: files and folders.
        encoding: the codec of all files; guessed for each if None.
        progress: told after each file.

    Raises:
        UserError: `cancelled`, and then nothing was imported; what `find_files` and writing to the project refuse.
    """
    files = find_files(paths)
    report: list[ImportedFile] = []
    params: dict[str, object] = {"count": 0}
    with _no_collection(), project.transact(Op.IMPORT_ARTICLES, params) as act:
        for start in range(0, len(files), _BATCH):
            read = _read(files, start, encoding, progress)
            report.extend(_take(project, act, read))
        params["count"] = sum(file.outcome is Outcome.TAKEN for file in report)
    return done(act), ImportReport(tuple(report))


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles, over and over, among rows that grow in number and hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(
    files: list[Path], start: int, encoding: str | None, progress: Progress | None
) -> list[ReadArticle | ImportedFile]:
    read: list[ReadArticle | ImportedFile] = []
    for number, path in enumerate(files[start : start + _BATCH], start):
        if progress is not None and not progress(number, len(files), path.name):
            raise UserError("cancelled")
        try:
            read.append(read_plain_text(path, encoding))
        except UserError as error:
            read.append(ImportedFile(path, Outcome.SKIPPED, error=error))
    return read


def _take(project: Project, act: Act, read: list[ReadArticle | ImportedFile]) -> list[ImportedFile]:
    """Store what was read and is not there yet; say what became of each file."""
    position = project.last_position()
    now = project.now()
    known = project.articles_with_text([item.text_sha256 for item in read if isinstance(item, ReadArticle)])
    articles: list[Article] = []
    texts: list[tuple[str, str]] = []
    lines: list[ImportedFile] = []
    for item in read:
        if isinstance(item, ImportedFile):
            lines.append(item)
            continue
        twin = known.get(item.text_sha256)
        if twin is not None:
            lines.append(_duplicate(item, twin))
            continue
        position += 1
        article = _article(item, position, project.annotator.id, now)
        known[item.text_sha256] = (article.id, article.title)
        articles.append(article)
        texts.append((item.text_sha256, item.decoded.text))
        lines.append(_taken(item, article))
    project.put_texts(act, texts)
    act.insert(articles)
    return lines


def _article(item: ReadArticle, position: int, annotator_id: AnnotatorId, now: str) -> Article:
    return Article(
        id=ArticleId(new_id()),
        position=position,
        title=item.title,
        state=ArticleState.UNTOUCHED,
        note="",
        source=spelled(item.path),
        text_sha256=item.text_sha256,
        raw_sha256=item.raw_sha256,
        length=len(item.decoded.text),
        encoding=item.decoded.encoding,
        bom=item.decoded.bom,
        newline=item.decoded.newline,
        exact=item.decoded.exact,
        annotator_id=annotator_id,
        created_at=now,
    )


def _taken(item: ReadArticle, article: Article) -> ImportedFile:
    return ImportedFile(
        path=item.path,
        outcome=Outcome.TAKEN,
        title=article.title,
        encoding=item.decoded.encoding,
        guessed=item.decoded.guessed,
        exact=item.decoded.exact,
        article_id=article.id,
    )


def _duplicate(item: ReadArticle, known: tuple[ArticleId, str]) -> ImportedFile:
    article_id, title = known
    return ImportedFile(
        path=item.path,
        outcome=Outcome.SKIPPED,
        title=item.title,
        error=UserError("duplicate", path=item.path, title=title),
        encoding=item.decoded.encoding,
        guessed=item.decoded.guessed,
        article_id=article_id,
    )
