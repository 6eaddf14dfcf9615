# SPDX-License-Identifier: MIT
"""The commands on what is seen and how: size of the text, language, theme, the parts of the window."""

from collections.abc import Iterator

from annotator.i18n import N_
from annotator.settings import SETTINGS
from annotator.ui.actions.spec import ActionSpec, Menu, has_article

VIEW_ACTIONS: tuple[ActionSpec, ...] = (
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
        "arcs",
        N_("Show the relations of all tags"),
        Menu.VIEW,
        lambda w: w.viewing.toggle("show_arcs"),
        ("Ctrl+R",),
        choice=lambda w: w.settings.switch("show_arcs"),
    ),
    ActionSpec(
        "zoom_in",
        N_("Larger text"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(1),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        has_article,
        parts=True,
    ),
    ActionSpec(
        "zoom_out",
        N_("Smaller text"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(-1),
        ("Ctrl+-",),
        "zoom-out",
        has_article,
    ),
    ActionSpec(
        "zoom_reset",
        N_("Text at its set size"),
        Menu.VIEW,
        lambda w: w.viewing.zoom(0),
        ("Ctrl+0",),
        when=has_article,
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
)

_CHOICES = {"language": "language", "theme": "theme", "text_font": ""}


def choice_actions() -> Iterator[ActionSpec]:
    """Yield one command for each choice of the settings that stand in the menu."""
    for key in _CHOICES:
        setting = SETTINGS[key]
        for choice in setting.choices:
            own = key == "language" and choice.value != ""
            yield ActionSpec(
                f"{key}.{choice.value or 'system'}",
                choice.label,
                Menu.VIEW,
                lambda w, k=key, v=choice.value: w.viewing.choose(k, v),  # type: ignore[misc]
                words=choice.label if own else "",
                submenu=setting.label,
                choice=lambda w, k=key, v=choice.value: w.settings.text(k) == v,  # type: ignore[misc]
            )
