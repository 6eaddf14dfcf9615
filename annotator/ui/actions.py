# SPDX-License-Identifier: MIT
"""Every command of the window, as a table: menus, toolbar, keys, context menus and the list of keys come from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.i18n import N_, tr, tr_marked
from annotator.model.article import ArticleState
from annotator.model.scheme import Scheme
from annotator.settings import SETTINGS
from annotator.ui.bounds import Edge
from annotator.ui.wording import label_name

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Menu(StrEnum):
    """The menus, in their order."""

    PROJECT = "project"
    EDIT = "edit"
    ARTICLE = "article"
    TAG = "tag"
    VIEW = "view"
    HELP = "help"


# Alt and the marked letter open a menu; S and E are left for the edges of tags.
MENU_NAMES = {
    Menu.PROJECT: N_("&Project"),
    Menu.EDIT: N_("E&dit"),
    Menu.ARTICLE: N_("&Article"),
    Menu.TAG: N_("&Tag"),
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
    article: bool = False
    done: bool = False
    selection: bool = False
    tag: bool = False
    tags: bool = False
    undo: str | None = None
    redo: str | None = None
    import_report: bool = False
    seeds: bool = False


def _always(_now: Situation) -> bool:
    return True


def _project(now: Situation) -> bool:
    return now.project


def _writable(now: Situation) -> bool:
    return now.writable


def _article(now: Situation) -> bool:
    return now.article


def _article_writable(now: Situation) -> bool:
    return now.article and now.writable


def _tag(now: Situation) -> bool:
    return now.tag and now.writable


def _taggable(now: Situation) -> bool:
    return now.writable and (now.selection or now.tag)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command.

    Attributes:
        text: what it is called, a marked sentence; `name` instead where it depends on the situation.
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
    when: Callable[[Situation], bool] = _always
    name: Callable[[Situation], str] | None = None
    submenu: str = ""
    choice: "Callable[[MainWindow], bool] | None" = None
    parts: bool = False
    tool: bool = False
    contexts: frozenset[Context] = frozenset()

    def shown(self, now: Situation) -> str:
        """Return what it is called now."""
        return self.name(now) if self.name is not None else tr_marked(self.text)


def _undo_name(now: Situation) -> str:
    return tr("Undo: {act}", act=now.undo) if now.undo else tr("Undo")


def _redo_name(now: Situation) -> str:
    return tr("Redo: {act}", act=now.redo) if now.redo else tr("Redo")


_ON_TEXT = frozenset({Context.TEXT})
_ON_TAG = frozenset({Context.TEXT, Context.TAGS})
_ON_ARTICLE = frozenset({Context.ARTICLES})

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", N_("New project…"), Menu.PROJECT, lambda w: w.files.new_project(), ("Ctrl+N",), "new-project"),
    ActionSpec("open", N_("Open project…"), Menu.PROJECT, lambda w: w.files.choose_project(), ("Ctrl+O",), "open"),
    ActionSpec(
        "open_articles",
        N_("Open a folder of articles…"),
        Menu.PROJECT,
        lambda w: w.files.choose_folder(),
        ("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "seeds",
        N_("Open the sample articles"),
        Menu.PROJECT,
        lambda w: w.files.open_seeds(),
        icon="seeds",
        when=lambda now: now.seeds,
    ),
    ActionSpec(
        "import",
        N_("Import articles…"),
        Menu.PROJECT,
        lambda w: w.files.choose_imports(),
        ("Ctrl+I",),
        "import",
        _writable,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "import_folder",
        N_("Import a folder…"),
        Menu.PROJECT,
        lambda w: w.files.choose_import_folder(),
        ("Ctrl+Shift+I",),
        when=_writable,
    ),
    ActionSpec(
        "import_report",
        N_("Last import report"),
        Menu.PROJECT,
        lambda w: w.files.show_import_report(),
        when=lambda now: now.import_report,
    ),
    ActionSpec(
        "export",
        N_("Export…"),
        Menu.PROJECT,
        lambda w: w.files.export(),
        ("Ctrl+E",),
        "export",
        _project,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "history",
        N_("History…"),
        Menu.PROJECT,
        lambda w: w.show_history(),
        ("Ctrl+H",),
        "history",
        _project,
    ),
    ActionSpec("check", N_("Check the project"), Menu.PROJECT, lambda w: w.files.check(), when=_project),
    ActionSpec(
        "close",
        N_("Close the project"),
        Menu.PROJECT,
        lambda w: w.files.close_project(),
        ("Ctrl+W",),
        when=_project,
        parts=True,
    ),
    ActionSpec("quit", N_("Quit"), Menu.PROJECT, lambda w: w.close(), ("Ctrl+Q",)),
    ActionSpec(
        "undo",
        N_("Undo"),
        Menu.EDIT,
        lambda w: w.undo(),
        ("Ctrl+Z",),
        "undo",
        lambda now: now.undo is not None,
        _undo_name,
        tool=True,
    ),
    ActionSpec(
        "redo",
        N_("Redo"),
        Menu.EDIT,
        lambda w: w.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        lambda now: now.redo is not None,
        _redo_name,
        tool=True,
    ),
    ActionSpec(
        "copy",
        N_("Copy"),
        Menu.EDIT,
        lambda w: w.desk.pane.view.copy(),
        ("Ctrl+C",),
        when=lambda now: now.selection,
        parts=True,
        contexts=_ON_TEXT,
    ),
    ActionSpec(
        "find",
        N_("Find in the article"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.open_bar(),
        ("Ctrl+F",),
        "search",
        _article,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "find_next",
        N_("Next match"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.go(1),
        ("F3",),
        when=_article,
    ),
    ActionSpec(
        "find_previous",
        N_("Previous match"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.go(-1),
        ("Shift+F3",),
        when=_article,
    ),
    ActionSpec(
        "settings",
        N_("Settings…"),
        Menu.EDIT,
        lambda w: w.viewing.ask_settings(),
        ("Ctrl+,",),
        "settings",
        parts=True,
    ),
    ActionSpec(
        "next_article",
        N_("Next article"),
        Menu.ARTICLE,
        lambda w: w.desk.articles.go(1),
        ("Ctrl+PgDown",),
        when=_article,
    ),
    ActionSpec(
        "previous_article",
        N_("Previous article"),
        Menu.ARTICLE,
        lambda w: w.desk.articles.go(-1),
        ("Ctrl+PgUp",),
        when=_article,
    ),
    ActionSpec(
        "filter",
        N_("Find an article"),
        Menu.ARTICLE,
        lambda w: w.desk.articles.filter.setFocus(),
        ("Ctrl+Shift+F",),
        when=_project,
    ),
    ActionSpec(
        "done",
        N_("Mark done"),
        Menu.ARTICLE,
        lambda w: w.article_acts.set_state(ArticleState.DONE),
        ("Ctrl+D",),
        "state-done",
        _article_writable,
        parts=True,
        contexts=_ON_ARTICLE,
    ),
    ActionSpec(
        "in_progress",
        N_("Mark in progress"),
        Menu.ARTICLE,
        lambda w: w.article_acts.set_state(ArticleState.IN_PROGRESS),
        ("Ctrl+Shift+D",),
        "state-in-progress",
        _article_writable,
        contexts=_ON_ARTICLE,
    ),
    ActionSpec(
        "article_note",
        N_("Note of the article…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.edit_note(),
        ("Ctrl+Shift+N",),
        "note",
        _article_writable,
        parts=True,
        contexts=_ON_ARTICLE,
    ),
    ActionSpec(
        "rename",
        N_("Change the title…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.rename(),
        ("F2",),
        "edit",
        _article_writable,
        contexts=_ON_ARTICLE,
    ),
    ActionSpec(
        "remove",
        N_("Remove from the project…"),
        Menu.ARTICLE,
        lambda w: w.article_acts.remove(),
        ("Ctrl+Del",),
        "delete",
        _article_writable,
        contexts=_ON_ARTICLE,
    ),
    ActionSpec(
        "next_tag",
        N_("Next tag"),
        Menu.TAG,
        lambda w: w.desk.tagging.go(1),
        ("Alt+Down", "F8"),
        "next",
        lambda now: now.tags,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "previous_tag",
        N_("Previous tag"),
        Menu.TAG,
        lambda w: w.desk.tagging.go(-1),
        ("Alt+Up", "Shift+F8"),
        "previous",
        lambda now: now.tags,
        tool=True,
    ),
    ActionSpec(
        "tag_note",
        N_("Write a note on the tag"),
        Menu.TAG,
        lambda w: w.desk.tagging.note_requested.emit(),
        ("N",),
        "note",
        _tag,
        parts=True,
        contexts=_ON_TAG,
    ),
    ActionSpec(
        "delete_tag",
        N_("Delete the tag"),
        Menu.TAG,
        lambda w: w.desk.tagging.delete_current(),
        ("Del", "Backspace"),
        "delete",
        _tag,
        contexts=_ON_TAG,
    ),
    ActionSpec(
        "bounds",
        N_("Give the tag the bounds of the selection"),
        Menu.TAG,
        lambda w: w.desk.tagging.bounds_from_selection(),
        ("B",),
        when=lambda now: now.tag and now.selection and now.writable,
        parts=True,
        contexts=_ON_TEXT,
    ),
    ActionSpec(
        "take_more",
        N_("Select the name, the word, the sentence"),
        Menu.TAG,
        lambda w: w.desk.pane.view.take_more(),
        ("W",),
        when=_article,
        parts=True,
    ),
    ActionSpec(
        "characters",
        N_("Select single characters"),
        Menu.TAG,
        lambda w: w.take_characters(),
        ("X",),
        when=_article,
        choice=lambda w: w.is_working and w.desk.pane.view.takes_characters,
    ),
    ActionSpec(
        "invisibles",
        N_("Show invisible characters"),
        Menu.VIEW,
        lambda w: w.viewing.toggle("show_invisibles"),
        ("Ctrl+Shift+H",),
        "invisibles",
        choice=lambda w: w.settings.switch("show_invisibles"),
        parts=True,
    ),
    ActionSpec(
        "zoom_in",
        N_("Larger text"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(1),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        _article,
        parts=True,
    ),
    ActionSpec(
        "zoom_out",
        N_("Smaller text"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(-1),
        ("Ctrl+-",),
        "zoom-out",
        _article,
    ),
    ActionSpec(
        "zoom_reset",
        N_("Text at its set size"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(0),
        ("Ctrl+0",),
        when=_article,
    ),
    ActionSpec(
        "spacing_more",
        N_("More room between lines"),
        Menu.VIEW,
        lambda w: w.viewing.space_lines(1),
        ("Ctrl+Alt+=",),
    ),
    ActionSpec(
        "spacing_less",
        N_("Less room between lines"),
        Menu.VIEW,
        lambda w: w.viewing.space_lines(-1),
        ("Ctrl+Alt+-",),
    ),
    ActionSpec("next_pane", N_("Next part of the window"), Menu.VIEW, lambda w: w.cycle_panes(1), ("F6",), parts=True),
    ActionSpec(
        "previous_pane",
        N_("Previous part of the window"),
        Menu.VIEW,
        lambda w: w.cycle_panes(-1),
        ("Shift+F6",),
    ),
    ActionSpec("shortcuts", N_("Keyboard shortcuts"), Menu.HELP, lambda w: w.show_shortcuts(), ("F1",), "shortcuts"),
    ActionSpec("about", N_("About Tawsim"), Menu.HELP, lambda w: w.show_about(), icon="info"),
)

_EDGE_NAMES = (
    # Alt and Shift together change the layout of many Arabic keyboards.
    (Edge.START, True, "S", ("Alt+S",), N_("Grow the tag at its start")),
    (Edge.START, False, "Shift+S", ("Alt+Shift+S", "Ctrl+Alt+S"), N_("Shrink the tag at its start")),
    (Edge.END, True, "E", ("Alt+E",), N_("Grow the tag at its end")),
    (Edge.END, False, "Shift+E", ("Alt+Shift+E", "Ctrl+Alt+E"), N_("Shrink the tag at its end")),
)
_EDGE_MENU = N_("Bounds of the tag")
_CHOICES = {"language": "language", "theme": "theme", "text_font": ""}


def all_actions(scheme: Scheme | None) -> Iterator[ActionSpec]:
    """Yield every command: those of the table, and those that labels, edges and settings give."""
    if scheme is not None:
        yield from label_actions(scheme)
    yield from ACTIONS
    yield from _edge_actions()
    yield from _choice_actions()


def label_actions(scheme: Scheme) -> Iterator[ActionSpec]:
    """Yield one command for each label, with the key that the scheme gives it."""
    for label in scheme.labels:
        name = label_name(label)
        keys = (label.shortcut.upper(),) if label.shortcut else ()
        yield ActionSpec(
            f"label.{label.id}",
            "",
            Menu.TAG,
            lambda w, label_id=label.id: w.desk.tagging.apply(label_id),  # type: ignore[misc]  # bound now
            keys,
            when=_taggable,
            name=lambda _now, name=name: tr("Tag as {label}", label=name),  # type: ignore[misc]
            contexts=_ON_TAG,
        )


def _edge_actions() -> Iterator[ActionSpec]:
    for edge, grow, key, exact_keys, text in _EDGE_NAMES:
        for by_word in (True, False):
            yield ActionSpec(
                f"edge.{edge}.{'grow' if grow else 'shrink'}.{'word' if by_word else 'character'}",
                "",
                Menu.TAG,
                lambda w, e=edge, g=grow, b=by_word: w.desk.tagging.move_edge(e, grow=g, by_word=b),  # type: ignore[misc]
                (key,) if by_word else exact_keys,
                when=_tag,
                name=lambda _now, t=text, b=by_word: _edge_name(t, by_word=b),  # type: ignore[misc]
                submenu=_EDGE_MENU,
            )


def _edge_name(text: str, *, by_word: bool) -> str:
    action = tr_marked(text)
    return tr("{action} by a word", action=action) if by_word else tr("{action} by a character", action=action)


def _choice_actions() -> Iterator[ActionSpec]:
    for key in _CHOICES:
        setting = SETTINGS[key]
        for choice in setting.choices:
            own = key == "language" and choice.value != ""
            yield ActionSpec(
                f"{key}.{choice.value or 'system'}",
                choice.label,
                Menu.VIEW,
                lambda w, k=key, v=choice.value: w.viewing.choose(k, v),  # type: ignore[misc]
                name=(lambda _now, n=choice.label: n) if own else None,  # type: ignore[misc]
                submenu=setting.label,
                choice=lambda w, k=key, v=choice.value: w.settings.text(k) == v,  # type: ignore[misc]
            )
