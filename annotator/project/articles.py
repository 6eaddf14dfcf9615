# SPDX-License-Identifier: MIT
"""Questions about the articles of a project and their texts."""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.model.article import Article, ArticleSummary
from annotator.model.ids import (
    ArticleId,
)
from annotator.project.asking import Asking, known
from annotator.store import articles, history_rows, registry

#: Where an article stands in the list: its position, and its id as 16 bytes.
Place = tuple[int, bytes]
#: Before all others.
FIRST_PLACE: Place = (-1, b"")

#: So many ids are read at once by who goes through all articles.
_STRETCH = 500

_ID = re.compile("[0-9a-f]{32}")


class ArticleQuestions(Asking):
    """What a project knows of its articles."""

    # The article that was asked for its text last, the text's hash, and the text.
    _last_text: tuple[str, bytes | None, str] = ("", None, "")

    def article_count(self) -> int:
        """Return the number of articles."""
        with self._database.read() as connection:
            return history_rows.totals(connection).articles

    def articles(self, offset: int = 0, limit: int = -1) -> list[ArticleSummary]:
        """Return the list of articles, or a stretch of it."""
        with self._database.read() as connection:
            return articles.summaries(connection, offset, limit)

    def article_ids(self, offset: int = 0, limit: int = -1) -> list[ArticleId]:
        """Return the ids of the articles in their order, or of a stretch of them."""
        with self._database.read() as connection:
            return articles.ids(connection, offset, limit)

    def each_article_id(self) -> Iterator[ArticleId]:
        """Yield the ids of all articles in their order, read some at a time."""
        place: Place | None = FIRST_PLACE
        while place is not None:
            places = self.article_ids_after(place, _STRETCH)
            yield from (ArticleId(id_.hex()) for _, id_ in places)
            place = places[-1] if len(places) == _STRETCH else None

    def article_ids_after(self, after: Place, limit: int) -> list[Place]:
        """Return the places, each with its article, that come next in the list."""
        with self._database.read() as connection:
            return articles.ids_after(connection, after, limit)

    def articles_said_after(self, after: Place, limit: int) -> list[tuple[Place, list[str]]]:
        """Return the places that come next, and what is said of each article: title, source, outlet, date."""
        with self._database.read() as connection:
            rows = articles.said_after(connection, after, limit)
        return [((position, id_), said) for position, id_, *said in rows]

    def article_summaries(self, article_ids: Sequence[ArticleId]) -> dict[ArticleId, ArticleSummary]:
        """Return the lines of some articles, of those that are there."""
        wanted = [bytes.fromhex(article_id) for article_id in article_ids]
        with self._database.read() as connection:
            return {summary.id: summary for summary in articles.summaries_of(connection, wanted)}

    def article_number(self, article_id: ArticleId) -> int | None:
        """Return the number of an article in the list, from 1; None where it is gone."""
        with self._database.read() as connection:
            return articles.place(connection, article_id)

    def known_article(self, article_id: str) -> ArticleId | None:
        """Return the id of an article if there is one of this id; whatever else is asked for is none."""
        if not _ID.fullmatch(article_id):
            return None
        with self._database.read() as connection:
            return ArticleId(article_id) if articles.place(connection, ArticleId(article_id)) else None

    def first_article(self) -> ArticleId | None:
        """Return the id of the first article of the list."""
        with self._database.read() as connection:
            return next(iter(articles.ids(connection, 0, 1)), None)

    def article_summary(self, article_id: ArticleId) -> ArticleSummary:
        """Return one line of the list of articles.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            return known(articles.summary(connection, article_id), "article_unknown", article=article_id)

    def article(self, article_id: ArticleId) -> Article:
        """Return an article.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            return known(articles.ARTICLES.get(connection, article_id), "article_unknown", article=article_id)

    def articles_by_id(self, article_ids: Iterable[ArticleId]) -> list[Article]:
        """Return those articles of these ids that are there, each once."""
        with self._database.read() as connection:
            return list(articles.ARTICLES.get_many(connection, list(dict.fromkeys(article_ids))).values())

    def common_particulars(self, article_ids: Sequence[ArticleId]) -> dict[str, str | None]:
        """Return what articles agree on of their outlet, url, author and date; None where they differ."""
        with self._database.read() as connection:
            return articles.common_particulars(connection, article_ids)

    def articles_with_text(self, text_sha256: Sequence[str]) -> dict[str, tuple[ArticleId, str]]:
        """Return id and title of the first article that has each of these texts, for those that any article has."""
        with self._database.read() as connection:
            return articles.with_same_text(connection, text_sha256)

    def outlets(self) -> list[str]:
        """Return who has published any article; all of them are read for that."""
        with self._database.read() as connection:
            return articles.outlets(connection)

    def has_dates(self) -> bool:
        """Return whether it is known of any article when it was published; all of them may be read for that."""
        with self._database.read() as connection:
            return articles.has_dates(connection)

    def article_urls(self) -> list[tuple[ArticleId, str]]:
        """Return the address of each article that has one."""
        with self._database.read() as connection:
            return articles.urls(connection)

    def last_position(self) -> int:
        """Return the highest place in the list of articles, or 0."""
        with self._database.read() as connection:
            return articles.last_position(connection)

    def text(self, article_id: ArticleId) -> str:
        """Return an article's text.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            # A text never changes, and the next question is mostly of the same one, which may be a long book.
            last_id, sha256, text = self._last_text
            if article_id != last_id or articles.text_hash(connection, article_id) != sha256:
                sha256, text = known(articles.text_of(connection, article_id), "article_unknown", article=article_id)
                self._last_text = article_id, sha256, text
            return text

    def texts(self) -> Iterator[tuple[Article, str]]:
        """Yield every article with its text, one at a time."""
        with self._database.read() as connection:
            yield from articles.with_texts(connection)

    def duplicate_groups(self) -> dict[ArticleId, list[ArticleId]]:
        """Return the articles of each group of near duplicates, in the order of the list."""
        groups: dict[ArticleId, list[ArticleId]] = {}
        with self._database.read() as connection:
            for group, article_id in articles.in_groups(connection):
                groups.setdefault(group, []).append(article_id)
        return groups

    def in_context(self, article_id: ArticleId, start: int, end: int, width: int = 60) -> registry.Mention:
        """Return a stretch of an article with up to `width` code points on either side of it.

        Raises:
            UserError: `article_unknown`.
        """
        with self._database.read() as connection:
            found = registry.in_context(connection, article_id, start, end, width)
            return known(found, "article_unknown", article=article_id)
