# SPDX-License-Identifier: MIT
"""Acts on groups of near duplicates: found among all articles, shown, and corrected by the analyst."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.analysis.duplicates import containment, near_duplicate_groups, runs_of
from annotator.errors import UserError
from annotator.model.article import Article, ArticleSummary
from annotator.model.changes import Changes, Op
from annotator.model.ids import ArticleId
from annotator.ops.acts import done, one_act
from annotator.ops.importing import Progress
from annotator.project import Project

#: An article is held against so many others of its group to say how alike they are.
_MOST_COMPARED = 30


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Articles that are nearly the same.

    Attributes:
        id: the id of its first article when it was grouped.
        articles: in the order of the list.
        likeness: of each article, how much of the shorter one's text it shares with the one before it that it is most
            like, from 0 to 1; of the first article, with any.
    """

    id: ArticleId
    articles: tuple[ArticleSummary, ...]
    likeness: tuple[float, ...]


def group_duplicates(project: Project, progress: Progress | None = None) -> Changes:
    """Find the near duplicates among all articles and remember their groups, as one act.

    What was grouped before, also by hand, is grouped anew. What is marked as boilerplate is not compared.

    Args:
        project: where.
        progress: told after each article.

    Raises:
        UserError: `cancelled`, and then nothing has changed.
    """
    total = project.article_count()

    def tell(articles: int, _pairs: int) -> bool:
        return progress is None or progress(articles, total, "")

    articles = ((article.id, _own_text(article, text)) for article, text in project.texts())
    found = near_duplicate_groups(articles, lambda each: _own_text(project.article(each), project.text(each)), tell)
    # That took long, and others may have changed the articles meanwhile.
    with project.acting():
        grouped = {member: group for group, members in project.duplicate_groups().items() for member in members}
        left = {article.id for article in project.articles_by_id(found)}
        return _regroup(project, {each: found.get(each) for each in {**grouped, **dict.fromkeys(left)}})


def duplicate_groups(project: Project) -> list[DuplicateGroup]:
    """Return the groups of near duplicates, in the order of their first articles."""
    groups = {group: members for group, members in project.duplicate_groups().items() if len(members) > 1}
    if not groups:
        return []
    summaries = {article.id: article for article in project.articles()}
    return [
        DuplicateGroup(group, tuple(summaries[each] for each in members), likenesses(project, members))
        for group, members in groups.items()
    ]


def likenesses(
    project: Project, article_ids: Sequence[ArticleId], goes_on: Callable[[], bool] | None = None
) -> tuple[float, ...]:
    """Return of each of some articles how like it is to one before it, and of the first to any; see `DuplicateGroup`.

    Args:
        project: where.
        article_ids: the articles of a group, in their order.
        goes_on: asked before each article; False cancels.

    Raises:
        UserError: `article_unknown` or `cancelled`.
    """
    runs: list[frozenset[str]] = []
    best = [0.0] * len(article_ids)
    for number, article_id in enumerate(article_ids):
        if goes_on is not None and not goes_on():
            raise UserError("cancelled")
        own = runs_of(_own_text(project.article(article_id), project.text(article_id)))
        for other in range(min(number, _MOST_COMPARED)):
            alike = containment(runs[other], own)
            best[number] = max(best[number], alike)
            best[0] = max(best[0], alike if other == 0 else 0.0)
        if number < _MOST_COMPARED:
            runs.append(own)
    return tuple(best)


@one_act
def set_duplicate_group(project: Project, article_ids: Sequence[ArticleId]) -> Changes:
    """Say that articles are near duplicates, with all that are grouped with any of them already, as one act.

    Raises:
        UserError: `article_unknown` or `duplicates_too_few`.
    """
    chosen = {each: project.article(each) for each in article_ids}
    if len(chosen) < 2:
        raise UserError("duplicates_too_few")
    groups = project.duplicate_groups()
    joined = {article.duplicate_group for article in chosen.values() if article.duplicate_group is not None}
    members = {*chosen, *(member for group in joined for member in groups[group])}
    first = min((project.article(each) for each in members), key=lambda article: (article.position, article.id))
    return _regroup(project, dict.fromkeys(members, first.id))


@one_act
def ungroup(project: Project, article_ids: Sequence[ArticleId]) -> Changes:
    """Say that articles are no near duplicates of those they are grouped with, as one act.

    Raises:
        UserError: `article_unknown`.
    """
    chosen = {each: project.article(each) for each in article_ids}
    groups = project.duplicate_groups()
    wanted: dict[ArticleId, ArticleId | None] = {}
    for group in {article.duplicate_group for article in chosen.values() if article.duplicate_group is not None}:
        left = [member for member in groups[group] if member not in chosen]
        wanted.update(dict.fromkeys(groups[group], None))
        if len(left) > 1:
            wanted.update(dict.fromkeys(left, left[0]))
    return _regroup(project, wanted)


def _regroup(project: Project, wanted: Mapping[ArticleId, ArticleId | None]) -> Changes:
    articles = [project.article(each) for each in wanted]
    changed = sorted(
        (article for article in articles if article.duplicate_group != wanted[article.id]),
        key=lambda article: (article.position, article.id),
    )
    with project.transact(Op.GROUP_DUPLICATES, {"count": len(changed)}) as act:
        act.update_all((article, replace(article, duplicate_group=wanted[article.id])) for article in changed)
    return done(act)


def _own_text(article: Article, text: str) -> str:
    """Return a text without what is marked as boilerplate."""
    return "".join(_pieces(text, article.boilerplate)) if article.boilerplate else text


def _pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> Iterable[str]:
    position = 0
    for start, end, _ in marks:
        yield text[position:start]
        position = end
    yield text[position:]
