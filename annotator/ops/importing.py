# SPDX-License-Identifier: MIT
"""Importing articles: files of every kind, one act, and a report of each article and of all that is none."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.articles import TEXT, find_files, kind_of, read_articles
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.columns import ImportOptions
from annotator.importers.plain_text import plain_text
from annotator.importers.sources import Meter, named
from annotator.model.article import Article, ArticleState
from annotator.model.changes import Changes, Op
from annotator.model.ids import AnnotatorId, ArticleId, new_id
from annotator.ops.acts import done, no_collection, one_act
from annotator.ops.articles import checked_particulars
from annotator.paths import spelled
from annotator.project import Project
from annotator.store.row_changes import Act
from annotator.text.blanks import BLANKS
from annotator.text.boilerplate import suspected

#: Called with what is done, all there is to do, and the name of the next; returns False to cancel. A file counts as
#: one, a large table or archive as one for each `_UNIT` bytes.
Progress = Callable[[int, int, str], bool]

#: What is read is stored when it is so many articles, or so many characters, so that memory does not grow.
_BATCH = 200
_BATCH_LENGTH = 4_000_000
_UNIT = 100_000
#: Within a file it is asked after so many articles at the latest whether to go on.
_ASK_EVERY = 50
#: How much of what was left out the report keeps of each article.
_MOST_LEFT_OUT = 20

Read = ReadArticle | Unread


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One line of an import report: a file, or a part of one that holds several articles.

    Attributes:
        place: which part of the file: a row, a line, a member of an archive; "" for all of it.
        kind: the id of the file's kind, see `annotator.importers.articles.KINDS`.
        error: why it was skipped; `duplicate` where its text is in the project already.
        encoding: the codec that decoded it, "" if none did.
        guessed: whether the codec was guessed rather than certain or given.
        exact: whether the file, or its part, can be rebuilt from the project byte for byte.
        article_id: the article that it became; of a duplicate, the one that was there.
        derived: by what its text was made out of the file; "" where it is the file's own text.
        left_out: stretches that were taken for no part of the article, the first of them where there are many.
        left_out_count: how many there are.
        unsure_date: the date as the file gives it, where it is not sure which day it means.
    """

    path: Path
    outcome: Outcome
    title: str = ""
    error: UserError | None = None
    encoding: str = ""
    guessed: bool = False
    exact: bool = True
    article_id: ArticleId | None = None
    place: str = ""
    kind: str = TEXT.id
    derived: str = ""
    left_out: tuple[str, ...] = ()
    left_out_count: int = 0
    unsure_date: str = ""

    @property
    def name(self) -> str:
        """Return the name of the file, with the place in it."""
        return f"{self.path.name}: {self.place}" if self.place else self.path.name


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
    project: Project,
    paths: Iterable[Path],
    *,
    encoding: str | None = None,
    options: ImportOptions | None = None,
    per_file: Mapping[Path, ImportOptions] | None = None,
    progress: Progress | None = None,
) -> tuple[Changes, ImportReport]:
    """Import files, and the files of every known kind in folders, as one act.

    What cannot be read is skipped and reported, be it a file, a row or a member; the rest is taken.

    Args:
        project: where to.
        paths: files and folders.
        encoding: the codec of all files where `options` are not given; guessed for each if None.
        options: what the user says of the files.
        per_file: what the user says of single files, in the place of `options`.
        progress: told before each file, and within large ones.

    Raises:
        UserError: `cancelled`, and then nothing was imported; what `find_files` and writing to the project refuse.
    """
    files = find_files(paths)
    report: list[ImportedFile] = []
    params: dict[str, object] = {"count": 0}
    collecting = contextlib.nullcontext() if _make_cycles(files) else no_collection()
    chosen = options or ImportOptions(encoding)
    told = [(path, per_file.get(path, chosen) if per_file else chosen) for path in files]
    with collecting, project.transact(Op.IMPORT_ARTICLES, params) as act:
        for batch in _batches(_read(told, progress)):
            report.extend(_take(project, act, batch, marking=chosen.boilerplate))
            act.spill()
        params["count"] = sum(file.outcome is Outcome.TAKEN for file in report)
    return done(act), ImportReport(tuple(report))


@one_act
def import_text(
    project: Project,
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    url: str = "",
    author: str = "",
    date: str = "",
    source: str = "",
) -> Changes:
    """Import a text that is in no file, such as one from the clipboard, as one act.

    Args:
        project: where to.
        text: the text; line ends become LF.
        title: its first line if "".
        outlet: who published it, `url` where, `author` who wrote it.
        url: see `outlet`.
        author: see `outlet`.
        date: when it was published: a year, a month or a day in ISO 8601.
        source: what is kept as the name of what it was imported from.

    Raises:
        UserError: `text_empty`, `text_unstorable`, `text_known` where the project has it already, `value_no_date`, or
            what writing to the project refuses.
    """
    read = _read_text(text)
    known = project.articles_with_text([read.text_sha256]).get(read.text_sha256)
    if known is not None:
        raise UserError("text_known", title=known[1], article=known[0])
    article = replace(
        _article(read, project.last_position() + 1, project.annotator.id, project.now(), marking=True),
        title=" ".join(title.split()) or read.title,
        source=source,
        **checked_particulars(outlet=outlet, url=url, author=author, date=date),
    )
    with project.transact(Op.IMPORT_ARTICLES, {"count": 1}) as act:
        project.put_texts(act, [(read.text_sha256, read.decoded.text)])
        act.insert([article])
    return done(act)


def _read_text(text: str) -> ReadArticle:
    if not text.strip(BLANKS):
        raise UserError("text_empty")
    try:
        return plain_text(Path(), text.encode(), "utf-8")
    except UnicodeEncodeError as error:
        raise UserError("text_unstorable", text=text[max(error.start - 10, 0) : error.start + 10]) from error


def _make_cycles(files: list[Path]) -> bool:
    """Return whether reading these files leaves behind what only a search for cycles frees; plain text does not."""
    return any(kind_of(path) is not TEXT for path in files)


def _read(files: list[tuple[Path, ImportOptions]], progress: Progress | None) -> Iterator[Read]:
    """Yield what is in the files; ask before each, and within large ones, whether to go on."""
    if progress is None:
        for path, options in files:
            yield from read_articles(path, options)
        return
    weights = [_weight(path) for path, _ in files]
    total, before = sum(weights), 0
    for (path, options), weight in zip(files, weights, strict=True):
        _ask(progress, before, total, path.name)
        meter, told = Meter(), before
        for number, item in enumerate(read_articles(path, options, meter), 1):
            yield item
            now = before + int(weight * meter.share)
            if now > told or number % _ASK_EVERY == 0:
                told = min(now, before + weight)
                _ask(progress, told, total, f"{path.name}: {item.place}" if item.place else path.name)
        before += weight


def _weight(path: Path) -> int:
    """Return how much there is to do for a file: 1, but more for a large one that holds many articles."""
    if kind_of(path) is TEXT:
        return 1
    try:
        return 1 + path.stat().st_size // _UNIT
    except OSError:  # reading it will say so
        return 1


def _ask(progress: Progress, done_: int, total: int, name: str) -> None:
    if not progress(done_, total, name):
        raise UserError("cancelled")


def _batches(items: Iterable[Read]) -> Iterator[list[Read]]:
    """Yield what is read in pieces that fit the memory."""
    batch: list[Read] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(item.decoded.text) if isinstance(item, ReadArticle) else 0
        if len(batch) == _BATCH or length > _BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _take(project: Project, act: Act, read: list[Read], *, marking: bool) -> list[ImportedFile]:
    """Store what was read and is not there yet; say what became of each file."""
    position = project.last_position()
    now = project.now()
    known = project.articles_with_text([item.text_sha256 for item in read if isinstance(item, ReadArticle)])
    articles: list[Article] = []
    texts: list[tuple[str, str]] = []
    lines: list[ImportedFile] = []
    for item in read:
        if isinstance(item, Unread):
            lines.append(_unread(item))
            continue
        twin = known.get(item.text_sha256)
        if twin is not None:
            lines.append(_duplicate(item, twin))
            continue
        position += 1
        article = _article(item, position, project.annotator.id, now, marking=marking)
        known[item.text_sha256] = (article.id, article.title)
        articles.append(article)
        texts.append((item.text_sha256, item.decoded.text))
        lines.append(_taken(item, article))
    project.put_texts(act, texts)
    act.insert(articles)
    return lines


def _article(item: ReadArticle, position: int, annotator_id: AnnotatorId, now: str, *, marking: bool) -> Article:
    return Article(
        id=ArticleId(new_id()),
        position=position,
        title=item.title,
        state=ArticleState.UNTOUCHED,
        note="",
        source=spelled(item.path / item.place if item.place else item.path),
        text_sha256=item.text_sha256,
        raw_sha256=item.raw_sha256,
        length=len(item.decoded.text),
        encoding=item.decoded.encoding,
        bom=item.decoded.bom,
        newline=item.decoded.newline,
        exact=item.decoded.exact,
        annotator_id=annotator_id,
        created_at=now,
        outlet=item.outlet,
        url=item.url,
        author=item.author,
        date=item.date,
        derived=item.derived,
        boilerplate=suspected(item.decoded.text, item.title) if marking else (),
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
        place=item.place,
        kind=kind_of(item.path).id,
        derived=item.derived,
        left_out=tuple(map(sys.intern, item.left_out[:_MOST_LEFT_OUT])),  # pages of one site leave out the same
        left_out_count=len(item.left_out),
        unsure_date=item.unsure_date,
    )


def _unread(item: Unread) -> ImportedFile:
    # What raised the error held the file; the report must not.
    error = UserError(item.error.key, **item.error.params)
    return ImportedFile(item.path, Outcome.SKIPPED, error=error, place=item.place, kind=kind_of(item.path).id)


def _duplicate(item: ReadArticle, known: tuple[ArticleId, str]) -> ImportedFile:
    article_id, title = known
    return ImportedFile(
        path=item.path,
        outcome=Outcome.SKIPPED,
        title=item.title,
        error=UserError("duplicate", path=named(item.path, item.place), title=title),
        encoding=item.decoded.encoding,
        guessed=item.decoded.guessed,
        article_id=article_id,
        place=item.place,
        kind=kind_of(item.path).id,
    )
