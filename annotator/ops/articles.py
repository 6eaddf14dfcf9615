# SPDX-License-Identifier: MIT
"""Acts on articles."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from annotator.errors import UserError
from annotator.importers.dates import iso_date
from annotator.model.article import ArticleState
from annotator.model.changes import Changes, Op
from annotator.model.ids import ArticleId
from annotator.model.names import Name
from annotator.ops.acts import done, one_act
from annotator.project import Project

_DATE = Name("Date", "التاريخ")


@one_act
def set_state(project: Project, article_ids: Sequence[ArticleId], state: ArticleState) -> Changes:
    """Mark articles as untouched, in progress or done, as one act.

    Raises:
        UserError: `article_unknown`.
    """
    articles = [project.article(article_id) for article_id in dict.fromkeys(article_ids)]
    params = {"count": len(articles), "state": state, "title": articles[0].title if articles else ""}
    with project.transact(Op.SET_ARTICLE_STATE, params) as act:
        for article in articles:
            act.update(article, replace(article, state=state))
    return done(act)


@one_act
def set_note(project: Project, article_id: ArticleId, note: str) -> Changes:
    """Write an article's note; an empty one takes it away.

    Raises:
        UserError: `article_unknown`.
    """
    article = project.article(article_id)
    with project.transact(Op.SET_ARTICLE_NOTE, {"title": article.title}) as act:
        act.update(article, replace(article, note=note))
    return done(act)


@one_act
def set_title(project: Project, article_id: ArticleId, title: str) -> Changes:
    """Give an article another title; its text stays as it is.

    Raises:
        UserError: `article_unknown` or `title_empty`.
    """
    if not title.strip():
        raise UserError("title_empty")
    article = project.article(article_id)
    with project.transact(Op.SET_ARTICLE_TITLE, {"title": title.strip()}) as act:
        act.update(article, replace(article, title=title.strip()))
    return done(act)


@one_act
def set_particulars(
    project: Project,
    article_ids: Sequence[ArticleId],
    progress: Callable[[int, int, str], bool] | None = None,
    /,
    *,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    date: str | None = None,
) -> Changes:
    """Say of articles who published them, where, who wrote them and when they were published, as one act.

    Args:
        project: where.
        article_ids: the articles.
        progress: told after each article.
        outlet: who published them; "" takes it away and None leaves it, as of all that follow.
        url: where.
        author: who wrote them.
        date: a year, a month or a day, in any way that is sure; it is kept in ISO 8601.

    Raises:
        UserError: `article_unknown` or `value_no_date`; or `cancelled`, and then nothing has changed.
    """
    articles = [project.article(article_id) for article_id in dict.fromkeys(article_ids)]
    said = checked_particulars(outlet=outlet, url=url, author=author, date=date)
    params = {"count": len(articles), "title": articles[0].title if articles else ""}
    with project.transact(Op.SET_ARTICLE_PARTICULARS, params) as act:
        for number, article in enumerate(articles, 1):
            act.update(article, replace(article, **said))
            if progress is not None and not progress(number, len(articles), article.title):
                raise UserError("cancelled")
    return done(act)


def checked_particulars(
    *, outlet: str | None = None, url: str | None = None, author: str | None = None, date: str | None = None
) -> dict[str, Any]:
    """Return those of an article's particulars that are given, each in one line.

    Raises:
        UserError: `value_no_date`.
    """
    given = {"outlet": outlet, "url": url, "author": author, "date": date}
    said = {name: " ".join(value.split()) for name, value in given.items() if value is not None}
    if "date" in said:
        said["date"] = checked_date(said["date"])
    return said


def checked_date(written: str) -> str:
    """Return a date in ISO 8601, as far as it is written; "" for none.

    Raises:
        UserError: `value_no_date`.
    """
    date = iso_date(written)
    if written.strip() and not date:
        raise UserError("value_no_date", value=written.strip(), attribute=_DATE.both)
    return date


@one_act
def remove(project: Project, article_ids: Sequence[ArticleId]) -> Changes:
    """Take articles out of the project with their tags, relations and document tags, as one act that can be undone.

    Raises:
        UserError: `article_unknown`, or `others_tags` where another annotator's tags would go along.
    """
    articles = [project.article(article_id) for article_id in dict.fromkeys(article_ids)]
    spans = [span for article in articles for span in project.spans(article.id)]
    document_tags = [tag for article in articles for tag in project.document_tags(article.id)]
    relations = [relation for article in articles for relation in project.relations(article.id)]
    makers = [*(span.annotator_id for span in spans), *(tag.annotator_id for tag in document_tags)]
    foreign = sum(maker != project.annotator.id for maker in makers)
    if foreign:
        raise UserError("others_tags", count=foreign)
    params = {"count": len(articles), "tags": len(spans), "title": articles[0].title if articles else ""}
    with project.transact(Op.REMOVE_ARTICLES, params) as act:
        act.delete(relations)
        act.delete(document_tags)
        act.delete(spans)
        act.delete(articles)
    return done(act)
