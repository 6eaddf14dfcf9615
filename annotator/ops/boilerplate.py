# SPDX-License-Identifier: MIT
"""Acts on what of an article is none of its text: marks that are suspected, set, added and taken away.

Marks lie in the article in order and never overlap; the text itself stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.errors import UserError
from annotator.model.article import Article, Boilerplate, BoilerplateReason
from annotator.model.changes import Changes, Op
from annotator.model.ids import ArticleId
from annotator.model.span import check_bounds
from annotator.ops.acts import done, one_act
from annotator.ops.importing import Progress
from annotator.project import Project
from annotator.text.boilerplate import suspected


@one_act
def set_boilerplate(project: Project, article_id: ArticleId, marks: Sequence[Boilerplate]) -> Changes:
    """Say all that of an article is boilerplate; where marks overlap, the later one holds.

    Raises:
        UserError: `article_unknown`, `span_empty`, `span_blank` or `span_out_of_bounds`.
    """
    text = project.text(article_id)
    marked: tuple[Boilerplate, ...] = ()
    for start, end, reason in marks:
        check_bounds(text, start, end)
        marked = _with(marked, start, end, reason)
    return _set(project, [(project.article(article_id), marked)])


@one_act
def mark_boilerplate(
    project: Project,
    article_id: ArticleId,
    start: int,
    end: int,
    reason: BoilerplateReason = BoilerplateReason.PAGE,
) -> Changes:
    """Mark a stretch of an article as boilerplate; what was marked of it before now is for this reason.

    Raises:
        UserError: `article_unknown`, `span_empty`, `span_blank` or `span_out_of_bounds`.
    """
    check_bounds(project.text(article_id), start, end)
    article = project.article(article_id)
    return _set(project, [(article, _with(article.boilerplate, start, end, reason))])


@one_act
def unmark_boilerplate(project: Project, article_id: ArticleId, start: int, end: int) -> Changes:
    """Say that a stretch of an article is part of its text; a mark that reaches further is cut there.

    Raises:
        UserError: `article_unknown`, `span_empty`, `span_blank` or `span_out_of_bounds`.
    """
    check_bounds(project.text(article_id), start, end)
    article = project.article(article_id)
    return _set(project, [(article, _without(article.boilerplate, start, end))])


def suspect_boilerplate(
    project: Project, article_ids: Iterable[ArticleId] | None = None, progress: Progress | None = None
) -> Changes:
    """Mark the lines of articles that are likely boilerplate, as one act; what is marked already stays as it is.

    Args:
        project: where.
        article_ids: the articles; None for all.
        progress: told after each article.

    Raises:
        UserError: `article_unknown`, or `cancelled`, and then nothing has changed.
    """
    texts: Iterable[tuple[Article, str]]
    if article_ids is None:
        total, texts = project.article_count(), project.texts()
    else:
        chosen = dict.fromkeys(article_ids)
        total, texts = len(chosen), ((project.article(each), project.text(each)) for each in chosen)
    found = {}
    for number, (article, text) in enumerate(texts, 1):
        if progress is not None and not progress(number, total, article.title):
            raise UserError("cancelled")
        marks = suspected(text, article.title)
        if _joined(article.boilerplate, marks) != article.boilerplate:
            found[article.id] = marks
    return _join_all(project, found)


@one_act
def _join_all(project: Project, found: Mapping[ArticleId, Sequence[Boilerplate]]) -> Changes:
    """Mark what was found; that took long, and others may have changed the articles meanwhile."""
    articles = project.articles_by_id(found)
    joined = [(article, _joined(article.boilerplate, found[article.id])) for article in articles]
    return _set(project, [(article, marks) for article, marks in joined if marks != article.boilerplate])


def _set(project: Project, articles: Sequence[tuple[Article, tuple[Boilerplate, ...]]]) -> Changes:
    params = {"count": len(articles), "title": articles[0][0].title if articles else ""}
    with project.transact(Op.SET_BOILERPLATE, params) as act:
        act.update_all((article, replace(article, boilerplate=marks)) for article, marks in articles)
    return done(act)


def _with(marks: Iterable[Boilerplate], start: int, end: int, reason: str) -> tuple[Boilerplate, ...]:
    return tuple(sorted([*_without(marks, start, end), (start, end, str(BoilerplateReason(reason)))]))


def _without(marks: Iterable[Boilerplate], start: int, end: int) -> tuple[Boilerplate, ...]:
    """Return marks with a stretch cut out of them."""
    pieces = [
        piece for first, last, why in marks for piece in ((first, min(last, start), why), (max(first, end), last, why))
    ]
    return tuple((first, last, why) for first, last, why in pieces if first < last)


def _joined(marks: tuple[Boilerplate, ...], new: Iterable[Boilerplate]) -> tuple[Boilerplate, ...]:
    """Return marks with those of `new` that touch none of them."""
    fresh = [one for one in new if not any(one[0] < last and first < one[1] for first, last, _ in marks)]
    return tuple(sorted([*marks, *fresh]))
