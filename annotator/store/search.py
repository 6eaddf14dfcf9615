# SPDX-License-Identifier: MIT
"""The search index: in which texts a word stands. Derived from the texts, so it may be missing, whole or in part.

Owns the index and what a question to it costs. Must not know what counts as a word: it is given the words of a text and
the words to look up, see `annotator.text.index_words`. See docs/adr/0013-search.md.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from annotator.model.article import WHENEVER, Published
from annotator.model.ids import ArticleId
from annotator.store.driver import database_errors, error_code
from annotator.text.index_words import Alternatives

# Which texts have a word is all that is asked: no places, no lengths, and the texts are elsewhere.
_INDEX = """
    create virtual table search_index using fts5 (
        words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '_'"
    )
"""
#: Left to itself, FTS5 merges what was put in whenever it sees fit: with 60,000 texts, the file was held for 0.6 s.
_MERGED_BY_HAND = {"automerge": 0, "crisismerge": 1999}
_MERGED_PAGES = 16
#: Where no more than one of so many articles may be meant, and no more than so many, they are looked up one by one;
#: else the list is gone through in pieces, the first ones small, as somebody waits for them.
_SPARSE, _MOST_LOOKED_UP = 8, 2_000
_CHUNK, _LARGEST_CHUNK = 200, 3_200
#: So many titles are looked through at once.
_TITLES = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may have what is looked for.

    Attributes:
        done: how many are behind, of `total`.
    """

    article_id: ArticleId
    text_sha256: bytes
    done: int
    total: int


def is_possible(connection: sqlite3.Connection) -> bool:
    """Return whether this SQLite can have such an index."""
    return bool(connection.execute("select count(*) from pragma_module_list where name = 'fts5'").fetchone()[0])


def is_complete(connection: sqlite3.Connection) -> bool:
    """Return whether the index has all texts: a text is never taken away, so it is enough to count."""
    counts = "select (select count(*) from text) = (select count(*) from search_text)"
    return _is_there(connection) and bool(connection.execute(counts).fetchone()[0])


def missing(connection: sqlite3.Connection) -> list[bytes]:
    """Return the hashes of the texts that are not in the index, in the order in which they came."""
    if is_complete(connection):
        return []
    known = "select text_sha256 from search_text" if _is_there(connection) else "select null where false"
    rows = connection.execute(f"select sha256 from text where sha256 not in ({known}) order by rowid")  # noqa: S608
    return [sha256 for (sha256,) in rows]


def bodies(connection: sqlite3.Connection, hashes: Sequence[bytes]) -> list[tuple[bytes, str]]:
    """Return some texts with their hashes."""
    marks = ",".join("?" * len(hashes))
    return connection.execute(f"select sha256, body from text where sha256 in ({marks})", hashes).fetchall()  # noqa: S608


def body(connection: sqlite3.Connection, sha256: bytes) -> str:
    """Return a text by its hash."""
    return str(connection.execute("select body from text where sha256 = ?", (sha256,)).fetchone()[0])


def put(connection: sqlite3.Connection, texts: Sequence[tuple[bytes, str]]) -> None:
    """Put texts into the index, within a transaction: their hashes, and their words with blanks between."""
    if not _is_there(connection):
        connection.execute(_INDEX)
        for setting, value in _MERGED_BY_HAND.items():
            connection.execute("insert into search_index (search_index, rank) values (?, ?)", (setting, value))
        connection.execute("delete from search_text")
    # All numbers first: between two rows of its own, any other statement has FTS5 write out what it has gathered.
    hashes = [(sha256,) for sha256, _ in texts]
    (last,) = connection.execute("select coalesce(max(number), 0) from search_text").fetchone()
    connection.executemany("insert or ignore into search_text (text_sha256) values (?)", hashes)
    # What was there before has somebody else put in meanwhile.
    new = dict(connection.execute("select text_sha256, number from search_text where number > ?", (last,)))
    rows = [(new[sha256], words) for sha256, words in texts if sha256 in new]
    connection.executemany("insert into search_index (rowid, words) values (?, ?)", rows)


def merge(connection: sqlite3.Connection) -> bool:
    """Do some of the work that keeps the index quick, within a transaction; return whether there was any."""
    before = connection.total_changes
    connection.execute("insert into search_index (search_index, rank) values ('merge', ?)", (_MERGED_PAGES,))
    return connection.total_changes - before > 1


def drop(connection: sqlite3.Connection) -> None:
    """Take the index out of the file, within a transaction; it is made anew from the texts when it is next wanted."""
    connection.execute("drop table if exists search_index")
    connection.execute("delete from search_text")


def candidates(
    connection: sqlite3.Connection, wanted: Sequence[Sequence[Alternatives]], published: Published = WHENEVER
) -> Iterator[Candidate]:
    """Yield the articles that may have what is looked for, in the order of the list; texts not indexed always may.

    Args:
        connection: where.
        wanted: the index must have of a text, for one of these, a word of each set; one without sets is in any text.
        published: no other articles.
    """
    found = _Found.of(connection, wanted)
    meant = _Meant.by(published)
    if found is not None and found.is_whole and found.is_complete:
        return _by_number(connection, found.numbers, meant)
    return _by_position(connection, found, meant)


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which articles are meant, for the end of a condition: its terms, and their values."""

    terms: str
    values: tuple[str, ...]

    @classmethod
    def by(cls, published: Published) -> "_Meant":
        rows: list[tuple[str, tuple[str, ...]]] = []
        if published.outlets:
            rows.append((f"outlet in ({','.join('?' * len(published.outlets))})", published.outlets))
        for date, relation in ((published.since, ">="), (published.until, "<=")):
            if date:
                # As far as both are known.
                term = f"date != '' and substr(date, 1, length(?)) {relation} substr(?, 1, length(date))"
                rows.append((term, (date, date)))
        return cls("".join(f" and {term}" for term, _ in rows), tuple(chain.from_iterable(value for _, value in rows)))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the index has.

    Attributes:
        question: in FTS5's language.
        numbers: of the texts that were found, the first ones.
        is_whole: whether these are all.
        last: up to which number the index was asked.
        is_complete: whether it has all texts.
    """

    question: str
    numbers: frozenset[int]
    is_whole: bool
    last: int
    is_complete: bool

    @classmethod
    def of(cls, connection: sqlite3.Connection, wanted: Sequence[Sequence[Alternatives]]) -> "_Found | None":
        """Ask the index; None where there is none, or one that is damaged: then all texts are looked through."""
        if not all(wanted) or not is_possible(connection) or not _is_there(connection):
            return None
        question = _match(wanted)
        try:
            # What is put in after this has a higher number.
            (last,) = connection.execute("select coalesce(max(number), 0) from search_text").fetchone()
            complete = is_complete(connection)
            (articles,) = connection.execute("select count(*) from article").fetchone()
            most = min(articles // _SPARSE, _MOST_LOOKED_UP) + 1
            numbers = _numbers(connection, question, 0, last, most)
            return cls(question, numbers, len(numbers) < most, last, complete)
        except database_errors() as error:
            if error_code(error) != sqlite3.SQLITE_CORRUPT:
                raise
            return None

    def among(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> frozenset[int]:
        """Return the numbers of texts that were found, those among the given ones at least."""
        if self.is_whole or not numbers:
            return self.numbers
        return _numbers(connection, self.question, min(numbers), max(numbers))


def _numbers(connection: sqlite3.Connection, question: str, first: int, last: int, most: int = -1) -> frozenset[int]:
    rows = connection.execute(
        "select rowid from search_index where search_index match ? and rowid between ? and ? limit ?",
        (question, first, last, most),
    )
    return frozenset(chain.from_iterable(rows.fetchall()))


def _is_there(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("select count(*) from sqlite_schema where name = 'search_index'").fetchone()[0])


def _match(wanted: Sequence[Sequence[Alternatives]]) -> str:
    """Return a question in FTS5's language."""
    # Words have letters and digits only, so that nothing needs escaping.
    rows = (
        " AND ".join("(" + " OR ".join(f'"{word}"' for word in sorted(words)) + ")" for words in alternatives)
        for alternatives in wanted
    )
    return " OR ".join(f"({row})" for row in rows)


def _by_number(connection: sqlite3.Connection, numbers: Iterable[int], meant: _Meant) -> Iterator[Candidate]:
    rows = [
        (position, id_, sha256)
        for number in numbers
        for position, id_, sha256 in connection.execute(
            f"""
            select position, id, article.text_sha256
            from search_text join article on article.text_sha256 = search_text.text_sha256
            where number = ? {meant.terms}
            """,  # noqa: S608
            (number, *meant.values),
        )
    ]
    rows.sort()
    for place, (_, id_, sha256) in enumerate(rows):
        yield Candidate(ArticleId(id_.hex()), sha256, place, len(rows))


def _by_position(connection: sqlite3.Connection, found: _Found | None, meant: _Meant) -> Iterator[Candidate]:
    # In pieces: a search may go on for long, and one that reads all the while keeps the log from being emptied.
    (articles,) = connection.execute("select count(*) from article").fetchone()
    after, done, chunk = (-1, b""), 0, _CHUNK
    while rows := connection.execute(
        f"""
        select position, id, article.text_sha256, number
        from article left join search_text on search_text.text_sha256 = article.text_sha256
        where (position, id) > (?, ?) {meant.terms}
        order by position, id
        limit ?
        """,  # noqa: S608
        (*after, *meant.values, chunk),
    ).fetchall():
        known = [number for *_, number in rows if number is not None and found is not None and number <= found.last]
        numbers = found.among(connection, known) if found is not None else frozenset()
        for _, id_, sha256, number in rows:
            if found is None or number is None or number > found.last or number in numbers:
                yield Candidate(ArticleId(id_.hex()), sha256, done, articles)
            done += 1
        after, chunk = rows[-1][:2], min(2 * chunk, _LARGEST_CHUNK)


def titles(
    connection: sqlite3.Connection, may_have: Callable[[str], bool], published: Published = WHENEVER
) -> Iterator[tuple[ArticleId, str]]:
    """Yield articles with their titles, about in the order of the list.

    Args:
        connection: where.
        may_have: asked of many titles at once, one a line, whether any of them may be wanted; with False none is read.
        published: no other articles.
    """
    meant = _Meant.by(published)
    after = 0
    while True:
        some, last = connection.execute(
            f"""
            select group_concat(title, char(10)), max(number)
            from (select rowid as number, title from article where rowid > ? {meant.terms} order by rowid limit ?)
            """,  # noqa: S608
            (after, *meant.values, _TITLES),
        ).fetchone()
        if last is None:
            return
        if may_have(some):
            rows = connection.execute(
                f"""
                select id, title from article where rowid > ? and rowid <= ? {meant.terms} order by position, id
                """,  # noqa: S608
                (after, last, *meant.values),
            ).fetchall()
            yield from ((ArticleId(id_.hex()), title) for id_, title in rows)
        after = last


def differs(connection: sqlite3.Connection, words: Callable[[str], Iterable[str]]) -> bool:
    """Return whether the index does not fit the texts that are in it; one that is missing does.

    Args:
        connection: where.
        words: returns the words of a text.
    """
    if not is_possible(connection) or not _is_there(connection):
        return False
    # Of each word no more is kept than a sum, as there may be very many.
    expected: Counter[str] = Counter()
    rows = connection.execute("select number, body from search_text join text on sha256 = text_sha256")
    for number, text in rows:
        expected.update(dict.fromkeys(words(text), _share(number)))
    question = "select rowid from search_index where search_index match ?"
    try:
        return any(
            sum(_share(number) for (number,) in connection.execute(question, (f'"{word}"',))) != total
            for word, total in expected.items()
        )
    except database_errors() as error:
        if error_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        return True


def _share(number: int) -> int:
    """Return a number such that sums of different numbers differ, as good as always."""
    return number * 0x9E3779B97F4A7C15 % (1 << 61)
