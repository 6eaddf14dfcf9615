# SPDX-License-Identifier: MIT
"""The commands that say more of a tag: to whom it is linked, and the form that asks for the rest."""

from collections.abc import Iterator

from annotator.i18n import N_, tr
from annotator.model.scheme import Scheme
from annotator.ui.actions.spec import ON_TAG, ActionSpec, Menu, can_change_tag, can_tag
from annotator.ui.forms.opening import wants_form
from annotator.ui.wording import label_name

_FORMS = N_("Tag and fill in")

LINK_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "fill_in",
        N_("Fill in the form of the tag"),
        Menu.TAG,
        lambda w: w.forms.open_form(),
        ("F",),
        when=can_change_tag,
        parts=True,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "link",
        N_("Same as…"),
        Menu.TAG,
        lambda w: w.linking.choose(),
        # Letters search in a form that is open; with these keys it need not be closed first.
        ("A", "Ctrl+Shift+A"),
        when=can_change_tag,
        parts=True,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "link_to_last",
        N_("Same as the last"),
        Menu.TAG,
        lambda w: w.linking.link_to_last(),
        ("L", "Ctrl+Shift+L"),
        when=can_change_tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "link_to_new",
        N_("New actor or event from the tag"),
        Menu.TAG,
        lambda w: w.linking.link_to_new(),
        ("Ctrl+L",),
        when=can_change_tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "unlink",
        N_("Unlink the tag"),
        Menu.TAG,
        lambda w: w.linking.unlink(),
        ("Shift+A",),
        when=can_change_tag,
        contexts=ON_TAG,
    ),
)


def form_actions(scheme: Scheme) -> Iterator[ActionSpec]:
    """Yield one command for each label that has a form: it tags and opens the form, with Shift and the label's key."""
    for label in scheme.labels:
        # With a letter, Shift means something else already.
        if not wants_form(scheme, label) or not label.shortcut.isdecimal():
            continue
        shown = label_name(label)
        yield ActionSpec(
            f"form.{label.id}",
            "",
            Menu.TAG,
            lambda w, label_id=label.id: w.forms.tag_with_form(label_id),  # type: ignore[misc]  # bound now
            (f"Shift+{label.shortcut}",),
            when=can_tag,
            words=tr("Tag as {label} and fill in", label=shown),
            submenu=_FORMS,
        )
