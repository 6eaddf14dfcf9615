# SPDX-License-Identifier: MIT
"""The guide: what each label is for, with examples, its attributes and relations. Shown while no tag is current."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel

from annotator.i18n import tr
from annotator.model.attributes import Attribute, Value
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, RelationType, Scheme
from annotator.ui.fields.naming import attribute_name, said
from annotator.ui.panels.fold import Fold
from annotator.ui.theme import Theme
from annotator.ui.widgets import Swatch, button, column, content_direction, label, row
from annotator.ui.wording import label_name

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Guide(QFrame):
    """Describes the labels that are offered, each to be unfolded for its examples, attributes and relations.

    Signals:
        guideline_requested: the longer rules of tagging are wanted.
    """

    guideline_requested = Signal()

    def __init__(self, scheme: Scheme, theme: Theme) -> None:
        super().__init__()
        self.guideline_button = button(tr("Guideline"), self.guideline_requested.emit)
        self.guideline_button.setProperty("role", "small")
        if not scheme.guideline:
            self.guideline_button.hide()
        self.guideline_button.setToolTip(tr("Read the longer rules of tagging"))
        hint = label(
            tr("Select words in the article, then press a label's key or choose it beside them."), "muted", wrap=True
        )
        self.entries = [_label_entry(shown, scheme, theme) for shown in scheme.labels]
        self.entries += [
            _document_entry(shown, scheme, theme) for shown in scheme.document_labels if not shown.archived
        ]
        head = row(label(tr("Labels"), "heading"), None, self.guideline_button)
        self.setLayout(column(head, hint, *self.entries, gap=10))


class Entry(QFrame):
    """One label: its name and description, and more of it below a fold."""

    def __init__(self, head: QFrame, description: str, text: str, name: str, theme: Theme) -> None:
        super().__init__()
        self.more = Fold(tr("More"), lambda: _reading(text), theme, opened=False)
        self.more.head.setAccessibleName(tr("{label}: examples, attributes, relations", label=name))
        if not text:
            self.more.hide()
        self.setLayout(column(head, label(description, "muted", wrap=True), self.more, gap=3))


def _label_entry(shown: Label, scheme: Scheme, theme: Theme) -> Entry:
    name = row(Swatch(shown, scheme, theme), label(label_name(shown)), None)
    if shown.shortcut:
        name.addWidget(label(shown.shortcut, "key"))
    head = QFrame()
    head.setLayout(name)
    kinds = scheme.relation_types_from(shown.id)
    text = "".join(_told(shown.examples, scheme.attributes_of(shown.id), kinds, theme))
    return Entry(head, said(shown.description), text, label_name(shown), theme)


def _document_entry(shown: DocumentLabel, scheme: Scheme, theme: Theme) -> Entry:
    head = QFrame()
    head.setLayout(row(label(said(shown.name), wrap=True), label(tr("of the whole article"), "muted"), gap=6))
    text = "".join(_told(shown.examples, scheme.attributes_of(shown.id), (), theme))
    return Entry(head, said(shown.description), text, said(shown.name), theme)


def _reading(text: str) -> QLabel:
    """Return text to read and select, each paragraph of which runs its own way."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setWordWrap(True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def _told(
    examples: tuple[str, ...], attributes: tuple[Attribute, ...], kinds: tuple[RelationType, ...], theme: Theme
) -> Iterator[str]:
    yield from _examples(examples, theme)
    for attribute in attributes:
        more = tr("required") if attribute.required else ""
        yield from _thing(attribute_name(attribute), more, attribute.description, attribute.examples, theme)
        yield from _values([value for value in attribute.values if not value.archived], theme)
    for kind in kinds:
        more = tr("relation, required") if kind.required else tr("relation")
        yield from _thing(said(kind.name), more, kind.description, kind.examples, theme)


def _thing(name: str, more: str, description: Name, examples: tuple[str, ...], theme: Theme) -> Iterator[str]:
    beside = f" <span style='color:{theme.muted}'>· {_escaped(more)}</span>" if more else ""
    yield _paragraph(f"<b>{_escaped(name)}</b>{beside}", name, "margin-top:9px")
    if description:
        yield _paragraph(_escaped(said(description)), said(description))
    yield from _examples(examples, theme)


def _examples(examples: tuple[str, ...], theme: Theme) -> Iterator[str]:
    for example in examples:
        yield _paragraph(f"<span style='color:{theme.accent}'>{_escaped(example)}</span>", example, "margin-top:1px")


def _values(values: list[Value], theme: Theme) -> Iterator[str]:
    """Yield each value with what it is for; those that only have a name together."""
    for value in values:
        if value.description:
            told = f"<span style='color:{theme.muted}'>{_escaped(said(value.description))}</span>"
            yield _paragraph(f"{_escaped(said(value.name))}: {told}", said(value.name), "margin-top:2px")
    bare = [said(value.name) for value in values if not value.description]
    if bare:
        yield _paragraph(f"<span style='color:{theme.muted}'>{_escaped(' · '.join(bare))}</span>", bare[0])


def _escaped(text: str) -> str:
    """Return text as rich text shows it; the library that does so knows 2,231 characters by name, and loads them."""
    return text.translate(_SPECIAL)


def _paragraph(html: str, text: str, style: str = "") -> str:
    way = "rtl" if content_direction(text) is Qt.LayoutDirection.RightToLeft else "ltr"
    return f"<p dir='{way}' style='margin:0;{style}'>{html}</p>"
