# SPDX-License-Identifier: MIT
"""Acts on articles."""

import pytest

from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.model.ids import ArticleId, LabelId
from annotator.ops import articles, history, tags
from annotator.project import Project


def test_states_change_together(filled: Project) -> None:
    ids = [article.id for article in filled.articles()]
    changes = articles.set_state(filled, ids, ArticleState.DONE)
    assert [article.state for article in filled.articles()] == [ArticleState.DONE] * 2
    assert changes.params["count"] == 2
    history.undo(filled)
    assert [article.state for article in filled.articles()] == [ArticleState.UNTOUCHED] * 2


def test_an_untouched_article_with_a_tag_is_in_progress(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, LabelId("ACTOR"))
    assert filled.article_summary(article_id).state is ArticleState.IN_PROGRESS
    articles.set_state(filled, [article_id], ArticleState.DONE)
    assert filled.article_summary(article_id).state is ArticleState.DONE
    history.undo(filled)
    history.undo(filled)
    assert filled.article_summary(article_id).state is ArticleState.UNTOUCHED


def test_note_and_title(filled: Project, article_id: ArticleId) -> None:
    articles.set_note(filled, article_id, "راجعه")
    articles.set_title(filled, article_id, "  عنوان ")
    article = filled.article(article_id)
    assert (article.note, article.title) == ("راجعه", "عنوان")
    with pytest.raises(UserError, match="title_empty"):
        articles.set_title(filled, article_id, " \t")


def test_removed_article_comes_back_with_its_tags(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, LabelId("ACTOR"))
    before = filled.articles(), filled.spans(article_id), filled.text(article_id)
    changes = articles.remove(filled, [article_id])
    assert changes.article_list_changed
    assert len(filled.articles()) == 1
    with pytest.raises(UserError, match="article_unknown"):
        filled.text(article_id)
    history.undo(filled)
    assert (filled.articles(), filled.spans(article_id), filled.text(article_id)) == before


def test_anothers_tags_keep_their_article(filled: Project, article_id: ArticleId) -> None:
    filled.close()
    with Project.open(filled.path, annotator="Omar") as theirs:
        tags.add_tag(theirs, article_id, 5, 10, LabelId("ACTOR"))
    with Project.open(filled.path, annotator="Layla") as mine:
        with pytest.raises(UserError) as caught:
            articles.remove(mine, [article_id])
        assert (caught.value.key, caught.value.params["count"]) == ("others_tags", 1)
        assert mine.article_count() == 2


@pytest.mark.parametrize("act", ["state", "note", "title", "remove"])
def test_unknown_article(filled: Project, act: str) -> None:
    unknown = ArticleId("0" * 32)
    acts = {
        "state": lambda: articles.set_state(filled, [unknown], ArticleState.DONE),
        "note": lambda: articles.set_note(filled, unknown, "x"),
        "title": lambda: articles.set_title(filled, unknown, "x"),
        "remove": lambda: articles.remove(filled, [unknown]),
    }
    with pytest.raises(UserError, match="article_unknown"):
        acts[act]()
