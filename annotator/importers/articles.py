# SPDX-License-Identifier: MIT
"""What articles are read from: the table of kinds of files, and the reading of any of them, one article at a time.

Owns which reader takes what. Each reader is loaded when a file of its kind is met; a text file needs none of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import UserError
from annotator.importers import finding
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.columns import ImportOptions
from annotator.importers.plain_text import plain_text, read_plain_text
from annotator.importers.sources import Meter, Source, whole, with_place
from annotator.late import LateModule
from annotator.sentences import N_

if TYPE_CHECKING:
    from annotator.importers import archives, docx, html, markdown, odt, pdf, records, tables
else:
    archives = LateModule("annotator.importers.archives")
    docx = LateModule("annotator.importers.docx")
    html = LateModule("annotator.importers.html")
    markdown = LateModule("annotator.importers.markdown")
    odt = LateModule("annotator.importers.odt")
    pdf = LateModule("annotator.importers.pdf")
    records = LateModule("annotator.importers.records")
    tables = LateModule("annotator.importers.tables")

#: What a reader gives: articles, parts that are none and why, and parts to be read like files of their own.
Item = ReadArticle | Unread | Source
Reader = Callable[[Source, ImportOptions, Meter], Iterator[Item]]
_Document = Callable[[Path, bytes, str], ReadArticle]


@dataclass(frozen=True, slots=True)
class ArticleKind:
    """A kind of file that articles are read from.

    Attributes:
        name: what the user calls it, in English; to be translated.
        suffixes: how the names of such files end, in small letters.
        extra: the key in `annotator.extras.EXTRAS` of what it needs, or "".
        columns: whether it has columns, of which the user may say what each holds.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    read: Reader
    extra: str = ""
    columns: bool = False


def _text(source: Source, options: ImportOptions, _meter: Meter) -> Iterator[Item]:
    yield plain_text(source.path, whole(source), options.encoding, source.place)


def _document(
    reader: Callable[[], _Document], source: Source, _options: ImportOptions, _meter: Meter
) -> Iterator[Item]:
    yield reader()(source.path, whole(source), source.place)


def _late(reader: Callable[[], Any], source: Source, options: ImportOptions, meter: Meter) -> Iterator[Item]:
    yield from reader()(source, options, meter)


TEXT = ArticleKind("text", N_("Plain text"), (".txt", ".text"), _text)

#: In the order in which they are listed to the user.
KINDS = (
    TEXT,
    ArticleKind(
        "markdown", N_("Markdown"), (".md", ".markdown"), partial(_document, lambda: markdown.read_markdown), "markdown"
    ),
    ArticleKind(
        "html", N_("Web page"), (".html", ".htm", ".xhtml"), partial(_document, lambda: html.read_html), "html"
    ),
    ArticleKind("docx", N_("Word document"), (".docx",), partial(_document, lambda: docx.read_docx)),
    ArticleKind("odt", N_("OpenDocument text"), (".odt",), partial(_document, lambda: odt.read_odt)),
    ArticleKind("pdf", N_("PDF"), (".pdf",), partial(_document, lambda: pdf.read_pdf), "pdf"),
    ArticleKind(
        "csv", N_("Table (CSV, TSV)"), (".csv", ".tsv", ".tab"), partial(_late, lambda: tables.read_csv), columns=True
    ),
    ArticleKind(
        "xlsx", N_("Excel workbook"), (".xlsx", ".xlsm"), partial(_late, lambda: tables.read_xlsx), columns=True
    ),
    ArticleKind("json", N_("JSON"), (".json",), partial(_late, lambda: records.read_json), columns=True),
    ArticleKind(
        "jsonl", N_("JSON lines"), (".jsonl", ".ndjson"), partial(_late, lambda: records.read_jsonl), columns=True
    ),
    ArticleKind("zip", N_("Zip archive"), (".zip",), partial(_late, lambda: archives.read_zip)),
    ArticleKind(
        "warc", N_("Web archive (WARC)"), (".warc", ".warc.gz"), partial(_late, lambda: archives.read_warc), "warc"
    ),
)

_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}

#: Files that are taken from a folder.
SUFFIXES = frozenset(_BY_SUFFIX)


def kind_of(path: Path | str) -> ArticleKind:
    """Return the kind of a file by how its name ends; plain text where that says nothing."""
    name = str(path)
    # Most files: what it takes to find the suffix is felt, since it is asked several times of each file.
    return TEXT if name.endswith(TEXT.suffixes) else _BY_SUFFIX.get(finding.suffix(name), TEXT)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and those of every known kind in the folders named, in natural order.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or `folder_empty` for a folder without articles.
    """
    return finding.find_files(paths, SUFFIXES)


def read_articles(
    path: Path, options: ImportOptions | None = None, meter: Meter | None = None
) -> Iterator[ReadArticle | Unread]:
    """Yield the articles of a file, one at a time, and what in it is none, with the reason.

    Args:
        path: the file.
        options: what the user says of it.
        meter: is told how much of it was read.
    """
    options = options or ImportOptions()
    if kind_of(path) is TEXT:  # most files: nothing to set up for them
        try:
            yield read_plain_text(path, options.encoding)
        except UserError as error:
            yield Unread(path, "", error)
        return
    some = False
    for item in _read(Source(path), options, meter or Meter()):
        some = True
        yield item
    if not some:
        yield Unread(path, "", UserError("archive_empty", path=path))


def _read(source: Source, options: ImportOptions, meter: Meter) -> Iterator[ReadArticle | Unread]:
    kind = _kind_within(source)
    if kind is None:
        return
    within = Meter() if source.depth else meter
    try:
        for item in kind.read(source, options, within):
            if isinstance(item, Source):
                yield from _read(item, options, meter)
            elif isinstance(item, Unread):
                yield replace(item, error=with_place(item.error, item.path, item.place))
            else:
                yield item if item.url or not source.url else replace(item, url=source.url)
    except UserError as error:
        yield Unread(source.path, source.place, with_place(error, source.path, source.place))


def _kind_within(source: Source) -> ArticleKind | None:
    """Return the kind of a source; in an archive, as in a folder, what is of no known kind is left out."""
    if source.depth:
        return _BY_SUFFIX.get(finding.suffix(source.name))
    return kind_of(source.path)
