# SPDX-License-Identifier: MIT
"""Which column of a table, or key of records, says what of an article: guessed by its name and by what stands in it.

Owns the names that columns go by, in English and Arabic, and the options of an import. Knows no format.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from annotator.errors import UserError
from annotator.importers.dates import iso_date

#: A row of a table or a record, by the names of its columns; nested keys are joined by dots. Empty cells are left out.
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """The name of the column that holds each; "" where none does."""

    text: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Return the names of the columns that hold something."""
        return tuple(filter(None, (getattr(self, field.name) for field in fields(self))))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a user says of the files of an import.

    Attributes:
        encoding: the codec of text, tables and records; guessed for each file if None.
        columns: of tables and records; guessed for each if None.
        guess_others: whether the columns that `columns` leaves out are guessed, rather than not there.
        boilerplate: whether stretches that are likely none of an article's text are marked; they stay in it.
    """

    encoding: str | None = None
    columns: Columns | None = None
    guess_others: bool = False
    boilerplate: bool = True


#: By what they hold: the names of columns as `_plain` writes them, those that are meant more surely first.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "articletext", "fulltext", "articlebody", "articlecontent", "bodytext", "maintext",
        "rawtext", "article", "story", "contenttext", "plaintext",
        "نص", "محتوي", "متن", "نصمقال", "نصخبر", "نصكامل", "محتويمقال", "محتويخبر", "مقال", "خبر", "مضمون",
    ),
    "title": (
        "title", "headline", "heading", "articletitle", "newstitle", "subject",
        "عنوان", "عنوانمقال", "عنوانخبر", "عنوانرييسي", "ترويسه",
    ),
    "outlet": (
        "outlet", "source", "publisher", "newspaper", "sitename", "site", "sourcename", "media", "mediaoutlet",
        "publication", "newssource", "domain", "sourcedomain", "website", "channel",
        "مصدر", "صحيفه", "جريده", "ناشر", "موقع", "وسيله", "وسيلهاعلاميه", "جهه", "قناه", "وكاله", "جههنشر",
    ),
    "url": (
        "url", "link", "articleurl", "permalink", "href", "uri", "sourceurl", "canonicalurl", "pageurl",
        "رابط", "رابطمقال", "رابطخبر", "وصله", "عنوانكتروني",
    ),
    "author": (
        "author", "byline", "authors", "writer", "creator", "reporter", "journalist", "authorname",
        "كاتب", "مولف", "محرر", "صحفي", "مراسل", "اسمكاتب", "كاتبمقال", "بقلم",
    ),
    "date": (
        "date", "published", "publishedat", "publicationdate", "publishdate", "datepublished", "pubdate", "publishedon",
        "publisheddate", "articledate", "timestamp", "datetime", "created", "createdat",
        "تاريخ", "تاريخنشر", "تاريخمقال", "تاريخخبر", "نشرفي",
    ),
}  # fmt: skip
#: Names of the text where nothing better is there.
_SHORTENED = frozenset(
    {"summary", "description", "abstract", "lead", "excerpt", "snippet", "ملخص", "وصف", "مقتطف", "مقدمه"}
)

_SPELLING = str.maketrans("أإآٱىئؤة", "ااااييوه")
#: Last keys of nested records that leave it to the key above to say what they hold.
_SAYING_NOTHING = frozenset({"name", "value", "rendered", "#text", "_text", "$t"})
_NO_LETTER = re.compile(r"[\W_]+|[\u064b-\u0652\u0670\u0640]+")
_ARTICLE = "ال"
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
#: In characters, on average: shorter cells are no articles, whatever is the longest.
_SHORTEST_TEXT = 40
#: How much of a column must look like something for it to be that.
_MOST = 0.8


def guess_columns(names: Sequence[str], sample: Sequence[Row]) -> Columns:
    """Return which column holds what, by their names and, for the text, addresses and dates, by a sample of rows."""
    found: dict[str, str] = {}
    for part in _NAMES:
        by_name = [name for name in names if name not in found.values() and _means(name, part)]
        best = _longest(by_name, sample) if part == "text" else min(by_name, key=lambda n: _rank(n, part), default="")
        if best:
            found[part] = best
    if "text" not in found:
        found["text"] = _text_by_content([name for name in names if name not in found.values()], sample)
    for part, looks_so in (("url", _is_url), ("date", _is_date)):
        if part not in found:
            free = [name for name in names if name not in found.values()]
            found[part] = next((name for name in free if _mostly(name, sample, looks_so)), "")
    return Columns(**found)


def chosen(options: ImportOptions, names: Sequence[str], sample: Sequence[Row], path: object) -> Columns:
    """Return the columns to read: those that the user names, else the ones that are guessed.

    Args:
        options: what the user says.
        names: the columns that there are.
        sample: some rows.
        path: the file, for errors.

    Raises:
        UserError: `column_missing` for one that is not there, `columns_unknown` where nothing looks like a text.
    """
    given = options.columns
    if given is not None:
        for name in given.named:
            if name not in names:
                raise UserError("column_missing", path=path, column=name, known=", ".join(names))
    if given is None or options.guess_others:
        guessed = guess_columns([name for name in names if given is None or name not in given.named], sample)
        said = {f.name: value for f in fields(Columns) if given and (value := getattr(given, f.name))}
        given = replace(guessed, **said)
    if not given.text:
        raise UserError("columns_unknown", path=path, known=", ".join(names))
    return given


def _plain(name: str) -> str:
    """Return a name as the table writes it: no case, signs, blanks or vowels, and without the Arabic article."""
    words = [word.removeprefix(_ARTICLE) for word in re.split(r"[\W_]+", name.casefold().translate(_SPELLING))]
    return _NO_LETTER.sub("", "".join(words))


def _keys(name: str) -> tuple[str, str]:
    """Return the whole of a name and the part of it that says most: of `article.body`, and of `source.name`."""
    before, _, last = name.rpartition(".")
    said = before.rpartition(".")[2] if last.casefold() in _SAYING_NOTHING else last
    return _plain(name), _plain(said)


def _means(name: str, part: str) -> bool:
    return any(key in _NAMES[part] for key in _keys(name))


def _rank(name: str, part: str) -> tuple[int, int]:
    """Return how surely a name means something: whole names before parts of them, then in the order of the table."""
    whole, said = _keys(name)
    return (0, _NAMES[part].index(whole)) if whole in _NAMES[part] else (1, _NAMES[part].index(said))


def _longest(names: Sequence[str], sample: Sequence[Row]) -> str:
    """Return the column with the most text; the first of several."""
    return max(names, key=lambda name: _length(name, sample), default="")


def _length(name: str, sample: Sequence[Row]) -> float:
    """Return how many characters the filled cells of a column have on average."""
    filled = [len(row[name]) for row in sample if row.get(name)]
    return sum(filled) / len(filled) if filled else 0


def _text_by_content(free: Sequence[str], sample: Sequence[Row]) -> str:
    if len(free) == 1:
        return free[0]
    candidates = [name for name in free if not _mostly(name, sample, _is_url)]
    whole = [name for name in candidates if not _SHORTENED.intersection(_keys(name))]
    for names in (whole, candidates):
        best = _longest(names, sample)
        if best and _length(best, sample) >= _SHORTEST_TEXT:
            return best
    return ""


def _mostly(name: str, sample: Sequence[Row], looks_so: Callable[[str], bool]) -> bool:
    filled = [row[name] for row in sample if row.get(name)]
    return bool(filled) and sum(map(looks_so, filled)) >= _MOST * len(filled)


def _is_url(cell: str) -> bool:
    return _URL.fullmatch(cell.strip()) is not None


def _is_date(cell: str) -> bool:
    # A number of four digits is as often a count as a year.
    return not cell.strip().isdecimal() and bool(iso_date(cell))
