# SPDX-License-Identifier: MIT
"""Finding words in all articles, and keeping the index that makes it quick; neither is an act.

Searching streams, article by article, and may run in a thread on `Project.reader`; indexing on `Project.writer`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.errors import UserError
from annotator.model.article import WHENEVER, Published
from annotator.model.ids import ArticleId
from annotator.ops.articles import checked_date
from annotator.ops.occurrences import GoesOn, Hit, texts_that_may_have
from annotator.project import Project
from annotator.store.registry import Mention
from annotator.text.folding import Level, fold
from annotator.text.index_words import index_words
from annotator.text.proclitics import Evidence
from annotator.text.searching import Finder, Query

#: So many texts are put in at once: the file is held for about a hundredth of a second.
_BATCH = 100


def search(
    project: Project,
    query: Query,
    evidence: Evidence,
    *,
    article_ids: Sequence[ArticleId] | None = None,
    published: Published = WHENEVER,
    goes_on: GoesOn = lambda _done, _total: True,
) -> Iterator[Hit]:
    """Yield where the words of a query stand, article by article, in the order of the list.

    In the end come articles whose title has them, and whose text has not.

    Args:
        project: in which; a `reader` will do.
        query: what is looked for.
        evidence: tells proclitics from letters of the word; where it is unsure, a hit comes with a doubt.
        article_ids: in no other articles; None: in all.
        published: in no other articles.
        goes_on: asked before each article that may have the words.
    """
    if not query.terms:
        return
    finder = Finder(query, evidence)
    allowed = None if article_ids is None else frozenset(article_ids)
    with_places: set[ArticleId] = set()
    for article_id, text in texts_that_may_have(project, [query.looked_up], goes_on, published):
        if allowed is not None and article_id not in allowed:
            continue
        for place in finder.find(text):
            with_places.add(article_id)
            yield Hit(article_id, place.start, place.end, text[place.start : place.end], place.term.typed, place.doubt)
    # The search is as good as done; what is in none of many titles together is in none of them.
    for article_id, title in project.titles(lambda some: goes_on(1, 1) and bool(finder.find(some)), published):
        if article_id not in with_places and (allowed is None or article_id in allowed):
            for place in finder.find(title)[:1]:
                at = (place.start, place.end)
                yield Hit(article_id, 0, 0, title[slice(*at)], place.term.typed, place.doubt, in_title=at)


def in_context(project: Project, hit: Hit, width: int) -> Mention:
    """Return a place amid its words: so many characters on each side.

    Raises:
        UserError: `article_unknown`.
    """
    mention = project.in_context(hit.article_id, hit.start, hit.end, width)
    if hit.in_title is None:
        return mention
    start, end = hit.in_title
    title = mention.article_title
    return replace(mention, before=title[:start], quote=title[start:end], after=title[end:])


def published_by(project: Project, outlets: Iterable[str], since: str, until: str) -> Published:
    """Return which articles are meant by names of outlets, in whatever spelling, and by dates in any usual way.

    Raises:
        UserError: `outlet_unknown` or `value_no_date`.
    """
    known = [(fold(outlet, Level.NAME).text, outlet) for outlet in project.outlets()]
    named = tuple(one for name in outlets for one in _spelt(name, known))
    return Published(named, checked_date(since), checked_date(until))


def _spelt(name: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """Return the outlets of a name, in whatever spelling articles have it."""
    wanted = fold(" ".join(name.split()), Level.NAME).text
    found = [outlet for folded, outlet in known if folded == wanted]
    if not found:
        raise UserError("outlet_unknown", outlet=name, known=", ".join(outlet for _, outlet in known))
    return found


def index_texts(project: Project, goes_on: GoesOn = lambda _done, _total: True) -> int:
    """Put texts into the search index that are not in it yet, a few at a time; return how many were.

    Args:
        project: a `writer`, or one that nobody waits for; of one that is only read, nothing is indexed.
        goes_on: asked before each text; with False the rest waits for the next time.

    Raises:
        UserError: where the file cannot be written; what was put in until then stays.
    """
    waiting = project.unindexed_texts()
    for first in range(0, len(waiting), _BATCH):
        texts: list[tuple[bytes, str]] = []
        for number, (sha256, body) in enumerate(project.text_bodies(waiting[first : first + _BATCH])):
            if not goes_on(first + number, len(waiting)):
                return first
            texts.append((sha256, " ".join(index_words(body))))
        project.put_in_index(texts)
        while project.merge_index():
            pass
    return len(waiting)
