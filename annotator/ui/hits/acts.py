# SPDX-License-Identifier: MIT
"""What can be done with many tags at once, as a menu: each entry is one act and one step of undo."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator import i18n
from annotator.i18n import tr
from annotator.late import late
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.ids import LabelId
from annotator.model.scheme import Links
from annotator.model.span import Certainty, Span
from annotator.ops import actors, tags
from annotator.ui.dialogs.prompts import LineDialog
from annotator.ui.panels.tag_palette import swatch_icon
from annotator.ui.style import chosen_theme
from annotator.ui.widgets import plain
from annotator.ui.wording import label_name

if TYPE_CHECKING:
    from annotator.ui.hits.picker import ActorPicker
    from annotator.ui.hits.tags import TagsPage
    from annotator.ui.main_window import MainWindow
else:
    ActorPicker = late("annotator.ui.hits.picker", "ActorPicker")

_WRITTEN = frozenset({AttributeKind.TEXT, AttributeKind.DATE})


def fill_menu(menu: QMenu, page: "TagsPage", window: "MainWindow") -> None:
    """Fill a menu with what can be done with the tags that are chosen on a page."""
    menu.clear()
    spans = window.session.project.spans_by_id(page.chosen())
    _Offer(menu, page, window, frozenset(span.label_id for span in spans), spans).fill()


class _Offer:
    """The menu for some tags."""

    def __init__(
        self,
        menu: QMenu,
        page: "TagsPage",
        window: "MainWindow",
        label_ids: frozenset[LabelId],
        spans: list[Span],
    ) -> None:
        self._menu, self._page, self._window = menu, page, window
        self._label_ids, self._spans = label_ids, spans
        self._scheme = window.session.project.scheme

    def fill(self) -> None:
        """Put all entries in."""
        self._fill_labels(self._menu.addMenu(tr("Label")))
        for attribute in self._attributes():
            name = attribute.name.in_language(i18n.language())
            if attribute.kind in _WRITTEN:
                _add(self._menu, tr("{attribute}…", attribute=name), partial(self._ask_value, attribute))
            else:
                self._fill_values(self._menu.addMenu(plain(name)), attribute)
        self._menu.addSeparator()
        _add(self._menu, tr("Sure"), partial(self._page.run, tags.set_certainty, Certainty.SURE))
        _add(self._menu, tr("Not sure"), partial(self._page.run, tags.set_certainty, Certainty.UNSURE))
        if all(self._scheme.label(label_id).links is Links.ACTOR for label_id in self._label_ids):
            self._menu.addSeparator()
            _add(self._menu, tr("Link to an actor…"), self._link)
            _add(self._menu, tr("Take the link away"), partial(self._page.run, actors.unlink_tags))
        self._menu.addSeparator()
        _add(self._menu, tr("Delete"), partial(self._page.run, tags.delete_tags))

    def _fill_labels(self, menu: QMenu) -> None:
        theme = chosen_theme(self._window.settings)
        for one in self._scheme.labels:
            action = _add(menu, label_name(one), partial(self._page.run, tags.set_labels, one.id))
            action.setIcon(swatch_icon(one, self._scheme, theme))

    def _attributes(self) -> Iterator[Attribute]:
        """Yield the attributes that all of the tags have."""
        asked = [set(self._scheme.attributes_of(label_id)) for label_id in self._label_ids]
        common = set.intersection(*asked) if asked else set()
        offered = {AttributeKind.CHOICE, AttributeKind.YES_NO, *_WRITTEN}
        return (a for a in self._scheme.attributes if a in common and a.kind in offered)

    def _fill_values(self, menu: QMenu, attribute: Attribute) -> None:
        for text, value in _choices(attribute):
            _add(menu, text, partial(self._page.run, tags.set_attributes, {attribute.id: value}))
        menu.addSeparator()
        _add(menu, tr("No value"), partial(self._page.run, tags.set_attributes, {attribute.id: None}))

    def _ask_value(self, attribute: Attribute) -> None:
        value = LineDialog.ask(self._window, attribute.name.in_language(i18n.language()), "", tr("Set"))
        if value is not None:
            self._page.run(tags.set_attributes, {attribute.id: value or None})

    def _link(self) -> None:
        actor_id = ActorPicker.ask(self._window, self._window.session.project, tr("Link to which actor?"))
        if actor_id:
            self._page.run(actors.link_tags, actor_id)


def _choices(attribute: Attribute) -> Iterator[tuple[str, AttributeValue]]:
    if attribute.kind is AttributeKind.YES_NO:
        yield from ((tr("Yes"), True), (tr("No"), False))
    for value in attribute.values:
        if not value.archived:
            yield value.name.in_language(i18n.language()), value.id


def _add(menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(plain(text))
    action.triggered.connect(lambda *_: act())
    return action
