# SPDX-License-Identifier: MIT
"""The commands on tags: making, choosing and changing them; one for each label, one for each way of moving an edge."""

from collections.abc import Iterator

from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Scheme
from annotator.ui.actions.spec import ON_TAG, ON_TEXT, ActionSpec, Menu, can_change_tag, can_tag, has_article
from annotator.ui.bounds import Edge
from annotator.ui.wording import label_name

TAG_ACTIONS: tuple[ActionSpec, ...] = (
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
        can_change_tag,
        parts=True,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "relate",
        N_("Relate the tag to another"),
        Menu.TAG,
        lambda w: w.desk.pane.relating.start(),
        ("R",),
        when=can_change_tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "delete_tag",
        N_("Delete the tag"),
        Menu.TAG,
        lambda w: w.desk.tagging.delete_current(),
        ("Del", "Backspace"),
        "delete",
        can_change_tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "bounds",
        N_("Give the tag the bounds of the selection"),
        Menu.TAG,
        lambda w: w.desk.tagging.bounds_from_selection(),
        ("B",),
        when=lambda now: now.tag and now.selection and now.writable,
        parts=True,
        contexts=ON_TEXT,
    ),
    ActionSpec(
        "add_piece",
        N_("Add the selection as another piece"),
        Menu.TAG,
        lambda w: w.desk.tagging.add_piece(),
        ("P",),
        when=lambda now: now.tag and now.selection and now.writable,
        contexts=ON_TEXT,
    ),
    ActionSpec(
        "certainty",
        N_("Mark the tag as unsure, or as sure again"),
        Menu.TAG,
        lambda w: w.desk.tagging.turn_certainty(),
        ("U",),
        when=can_change_tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "take_more",
        N_("Select the name, the word, the sentence"),
        Menu.TAG,
        lambda w: w.desk.pane.view.take_more(),
        ("W",),
        when=has_article,
        parts=True,
    ),
    ActionSpec(
        "characters",
        N_("Select single characters"),
        Menu.TAG,
        lambda w: w.take_characters(),
        ("X",),
        when=has_article,
        choice=lambda w: w.is_working and w.desk.pane.view.takes_characters,
    ),
)

_EDGE_NAMES = (
    # Alt and Shift together change the layout of many Arabic keyboards.
    (Edge.START, True, "S", ("Alt+S",), N_("Grow the tag at its start")),
    (Edge.START, False, "Shift+S", ("Alt+Shift+S", "Ctrl+Alt+S"), N_("Shrink the tag at its start")),
    (Edge.END, True, "E", ("Alt+E",), N_("Grow the tag at its end")),
    (Edge.END, False, "Shift+E", ("Alt+Shift+E", "Ctrl+Alt+E"), N_("Shrink the tag at its end")),
)
_EDGE_MENU = N_("Bounds of the tag")


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
            when=can_tag,
            words=tr("Tag as {label}", label=name),
            contexts=ON_TAG,
        )


def edge_actions() -> Iterator[ActionSpec]:
    """Yield the commands that move an edge of the current tag."""
    for edge, grow, key, exact_keys, text in _EDGE_NAMES:
        for by_word in (True, False):
            yield ActionSpec(
                f"edge.{edge}.{'grow' if grow else 'shrink'}.{'word' if by_word else 'character'}",
                "",
                Menu.TAG,
                lambda w, e=edge, g=grow, b=by_word: w.desk.tagging.move_edge(e, grow=g, by_word=b),  # type: ignore[misc]
                (key,) if by_word else exact_keys,
                when=can_change_tag,
                words=_edge_name(text, by_word=by_word),
                submenu=_EDGE_MENU,
            )


def _edge_name(text: str, *, by_word: bool) -> str:
    action = tr_marked(text)
    return tr("{action} by a word", action=action) if by_word else tr("{action} by a character", action=action)
