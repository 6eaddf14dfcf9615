# SPDX-License-Identifier: MIT
"""The search index of a project: in which articles words may stand. Derived from the texts, and no part of an act."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.late import LateModule
from annotator.model.article import WHENEVER, Published
from annotator.model.ids import ArticleId
from annotator.project.asking import Asking

if TYPE_CHECKING:
    from annotator.store import search
    from annotator.store.search import Candidate
    from annotator.text.index_words import Alternatives
else:
    search = LateModule("annotator.store.search")


class SearchQuestions(Asking):
    """What the index of a project tells, and how it is filled."""

    def candidates(
        self, wanted: "Sequence[Sequence[Alternatives]]", published: Published = WHENEVER
    ) -> "Iterator[tuple[Candidate, str]]":
        """Yield the articles that may have what is looked for, with their texts, in the order of the list.

        Args:
            wanted: a text must have, for one of these, a word of each set; see `annotator.store.search.candidates`.
            published: no other articles.
        """
        with self._database.read() as connection:
            for candidate in search.candidates(connection, wanted, published):
                yield candidate, search.body(connection, candidate.text_sha256)

    def titles(
        self, may_have: Callable[[str], bool], published: Published = WHENEVER
    ) -> Iterator[tuple[ArticleId, str]]:
        """Yield articles with their titles, about in the order of the list; see `annotator.store.search.titles`."""
        with self._database.read() as connection:
            yield from search.titles(connection, may_have, published)

    @property
    def is_indexed(self) -> bool:
        """Whether all texts are in the index, or it can have none."""
        with self._database.read() as connection:
            return not search.is_possible(connection) or search.is_complete(connection)

    def unindexed_texts(self) -> list[bytes]:
        """Return the hashes of the texts that are yet to be put into the index; none where it cannot be written."""
        if self._database.read_only:
            return []
        with self._database.read() as connection:
            return search.missing(connection) if search.is_possible(connection) else []

    def text_bodies(self, hashes: Sequence[bytes]) -> list[tuple[bytes, str]]:
        """Return some texts with their hashes."""
        with self._database.read() as connection:
            return search.bodies(connection, hashes)

    def put_in_index(self, texts: Sequence[tuple[bytes, str]]) -> None:
        """Put texts into the index: their hashes, and their words with blanks between.

        Raises:
            UserError: see `annotator.store.database.Database.write`.
        """
        with self._database.write_derived() as connection:
            search.put(connection, texts)

    def merge_index(self) -> bool:
        """Do some of the work that keeps the index quick; return whether there may be more of it.

        Raises:
            UserError: see `annotator.store.database.Database.write`.
        """
        with self._database.write_derived() as connection:
            return search.merge(connection)

    def drop_index(self) -> None:
        """Take the index out of the file; what is looked for is then found in the texts themselves.

        Raises:
            UserError: see `annotator.store.database.Database.write`.
        """
        with self._database.write_derived() as connection:
            search.drop(connection)
