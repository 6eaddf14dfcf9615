# SPDX-License-Identifier: MIT
"""What a command is, which menus there are, and when a command can be done. Knows no single command."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.i18n import N_, tr_marked

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Menu(StrEnum):
    """The menus, in their order."""

    PROJECT = "project"
    EDIT = "edit"
    ARTICLE = "article"
    TAG = "tag"
    REGISTRY = "registry"
    VIEW = "view"
    HELP = "help"


# Alt and the marked letter open a menu; S and E are left for the edges of tags.
MENU_NAMES = {
    Menu.PROJECT: N_("&Project"),
    Menu.EDIT: N_("E&dit"),
    Menu.ARTICLE: N_("&Article"),
    Menu.TAG: N_("&Tag"),
    Menu.REGISTRY: N_("Acto&rs and events"),
    Menu.VIEW: N_("&View"),
    Menu.HELP: N_("&Help"),
}


class Context(StrEnum):
    """Where a context menu is opened."""

    ARTICLES = "articles"
    TEXT = "text"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window is at, as far as commands depend on it."""

    project: bool = False
    writable: bool = False
    encrypted: bool = False
    article: bool = False
    done: bool = False
    selection: bool = False
    tag: bool = False
    tags: bool = False
    undo: str | None = None
    redo: str | None = None
    import_report: bool = False
    seeds: bool = False


def always(_now: Situation) -> bool:
    """At any time."""
    return True


def has_project(now: Situation) -> bool:
    """While a project is open."""
    return now.project


def is_writable(now: Situation) -> bool:
    """While the open project can be changed."""
    return now.writable


def has_article(now: Situation) -> bool:
    """While an article is read."""
    return now.article


def can_change_article(now: Situation) -> bool:
    """While an article is read that can be changed."""
    return now.article and now.writable


def can_change_tag(now: Situation) -> bool:
    """While a tag is current that can be changed."""
    return now.tag and now.writable


def can_tag(now: Situation) -> bool:
    """While there is something to tag: a selection, or a tag to change."""
    return now.writable and (now.selection or now.tag)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command.

    Attributes:
        text: what it is called, a marked sentence; `name` instead where it depends on the situation, `words` where it
            is said already.
        run: does it.
        keys: its keys, the first is the one that is shown.
        when: whether it can be done now.
        submenu: the marked name of the menu within the menu that it stands in.
        choice: whether it is the one of its submenu that holds now.
        parts: whether a line parts it from what stands before it.
        tool: whether it stands in the toolbar.
        contexts: in which context menus it stands.
    """

    id: str
    text: str
    menu: Menu
    run: "Callable[[MainWindow], object]"
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[Situation], bool] = always
    name: Callable[[Situation], str] | None = None
    words: str = ""
    submenu: str = ""
    choice: "Callable[[MainWindow], bool] | None" = None
    parts: bool = False
    tool: bool = False
    contexts: frozenset[Context] = frozenset()

    def shown(self, now: Situation) -> str:
        """Return what it is called now."""
        return self.name(now) if self.name is not None else self.words or tr_marked(self.text)


ON_TEXT = frozenset({Context.TEXT})
ON_TAG = frozenset({Context.TEXT, Context.TAGS})
ON_ARTICLE = frozenset({Context.ARTICLES})
