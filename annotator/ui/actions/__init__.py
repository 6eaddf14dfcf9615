# SPDX-License-Identifier: MIT
"""Every command of the window, as a table: menus, toolbar, keys, context menus and the list of keys come from it.

What a command is stands in `spec`; each menu has a module with its own table.
"""

from collections.abc import Iterator

from annotator.model.scheme import Scheme
from annotator.ui.actions.article import ARTICLE_ACTIONS
from annotator.ui.actions.edit import EDIT_ACTIONS
from annotator.ui.actions.help import HELP_ACTIONS
from annotator.ui.actions.link import LINK_ACTIONS, form_actions
from annotator.ui.actions.project import CLOSING_ACTIONS, PROJECT_ACTIONS
from annotator.ui.actions.registry import REGISTRY_ACTIONS
from annotator.ui.actions.scheme import SCHEME_ACTIONS
from annotator.ui.actions.spec import MENU_NAMES, ActionSpec, Context, Menu, Situation
from annotator.ui.actions.tag import TAG_ACTIONS, edge_actions, label_actions
from annotator.ui.actions.view import VIEW_ACTIONS, choice_actions

__all__ = ["ACTIONS", "MENU_NAMES", "ActionSpec", "Context", "Menu", "Situation", "all_actions", "label_actions"]

ACTIONS: tuple[ActionSpec, ...] = (
    *PROJECT_ACTIONS,
    *SCHEME_ACTIONS,
    *CLOSING_ACTIONS,
    *EDIT_ACTIONS,
    *ARTICLE_ACTIONS,
    *TAG_ACTIONS,
    *LINK_ACTIONS,
    *REGISTRY_ACTIONS,
    *VIEW_ACTIONS,
    *HELP_ACTIONS,
)


def all_actions(scheme: Scheme | None) -> Iterator[ActionSpec]:
    """Yield every command: those of the tables, and those that labels, edges and settings give."""
    if scheme is not None:
        yield from label_actions(scheme)
    yield from ACTIONS
    if scheme is not None:
        yield from form_actions(scheme)
    yield from edge_actions()
    yield from choice_actions()
