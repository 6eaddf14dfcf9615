# SPDX-License-Identifier: MIT
"""The commands on articles: going through them, their state, note, title."""

from annotator.i18n import N_
from annotator.model.article import ArticleState
from annotator.ui.actions.spec import ON_ARTICLE, ActionSpec, Menu, can_change_article, has_article, has_project

ARTICLE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "next_article",
        N_("Next article"),
        Menu.ARTICLE,
        lambda w: w.desk.articles.go(1),
        ("Ctrl+PgDown",),
        when=has_article,
    ),
    ActionSpec(
        "previous_article",
        N_("Previous article"),
        Menu.ARTICLE,
        lambda w: w.desk.articles.go(-1),
        ("Ctrl+PgUp",),
        when=has_article,
    ),
    ActionSpec(
        "filter",
        N_("Find an article"),
        Menu.ARTICLE,
        lambda w: w.desk.find_article(),
        ("Ctrl+Shift+F",),
        when=has_project,
    ),
    ActionSpec(
        "done",
        N_("Mark done"),
        Menu.ARTICLE,
        lambda w: w.article_acts.set_state(ArticleState.DONE),
        ("Ctrl+D",),
        "state-done",
        can_change_article,
        parts=True,
        contexts=ON_ARTICLE,
    ),
    ActionSpec(
        "in_progress",
        N_("Mark in progress"),
        Menu.ARTICLE,
        lambda w: w.article_acts.set_state(ArticleState.IN_PROGRESS),
        ("Ctrl+Shift+D",),
        "state-in-progress",
        can_change_article,
        contexts=ON_ARTICLE,
    ),
    ActionSpec(
        "article_note",
        N_("Note of the article…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.edit_note(),
        ("Ctrl+Shift+N",),
        "note",
        can_change_article,
        parts=True,
        contexts=ON_ARTICLE,
    ),
    ActionSpec(
        "rename",
        N_("Change the title…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.rename(),
        ("F2",),
        "edit",
        can_change_article,
        contexts=ON_ARTICLE,
    ),
    ActionSpec(
        "remove",
        N_("Remove from the project…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.remove(),
        ("Ctrl+Del",),
        "delete",
        can_change_article,
        contexts=ON_ARTICLE,
    ),
)
