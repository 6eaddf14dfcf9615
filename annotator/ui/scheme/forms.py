# SPDX-License-Identifier: MIT
"""What each kind of part says, as tables of fields, and the form that is made of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.i18n import N_, tr, tr_marked
from annotator.model.attributes import ACTOR_KIND, Attribute, AttributeKind
from annotator.model.scheme import Label, Links, RelationType, Scheme
from annotator.ui.scheme.color_field import ColorField
from annotator.ui.scheme.default_field import DefaultField
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.guideline_field import GuidelineField
from annotator.ui.scheme.part_fields import (
    Beside,
    ChoiceField,
    ExamplesField,
    IdField,
    KeyField,
    NameField,
    Options,
    PartField,
    SwitchField,
    TextsField,
    TicksField,
)
from annotator.ui.scheme.places import SCHEME, Kind, Part, PartKey, shown_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import column, fill, label

_LINKS = {Links.NOTHING: N_("Nothing"), Links.ACTOR: N_("Actors"), Links.EVENT: N_("Events")}
KIND_NAMES = {
    AttributeKind.CHOICE: N_("One of several values"),
    AttributeKind.CHOICES: N_("Several of several values"),
    AttributeKind.YES_NO: N_("Yes or no"),
    AttributeKind.TEXT: N_("Text"),
    AttributeKind.DATE: N_("Date"),
    AttributeKind.NUMBER: N_("Number"),
}
_CHOICES = (AttributeKind.CHOICE, AttributeKind.CHOICES)


def _always(_beside: Beside) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form.

    Attributes:
        name: of the part's field that it edits.
        title: what it is called, a marked sentence.
        make: builds its editor, given the title.
        hint: what it is for, a marked sentence.
        when: whether it is asked now.
        titles_itself: whether the title stands in the editor.
    """

    name: str
    title: str
    make: Callable[[str], PartField]
    hint: str = ""
    when: Callable[[Beside], bool] = _always
    titles_itself: bool = False


def _named(parts: Iterable[Part], *chosen: str) -> Options:
    return [(part.id, shown_name(part.name, part.id)) for part in parts if not part.archived or part.id in chosen]


def _layers(beside: Beside) -> Options:
    part = beside.part
    return _named(beside.scheme.layers, part.layer_id if isinstance(part, Label) else "")


def _labels(beside: Beside) -> Options:
    return _named(beside.scheme.all_labels)


def _all_labels(beside: Beside) -> Options:
    return [*_named(beside.scheme.all_labels), *_named(beside.scheme.document_labels)]


def _relations(beside: Beside) -> Options:
    return _named(beside.scheme.relation_types)


def _links(_beside: Beside) -> Options:
    return [(str(links), tr_marked(name)) for links, name in _LINKS.items()]


def _kinds(_beside: Beside) -> Options:
    return [(str(kind), tr_marked(name)) for kind, name in KIND_NAMES.items()]


def _outer_attributes(beside: Beside) -> Options:
    """Return the attributes that may narrow the values of this one: those of choices that do not depend on it."""
    key = beside.key
    others = (one for one in beside.scheme.attributes if one.kind in _CHOICES and one.id != key.id)
    return [("", tr("Nothing")), *_named(one for one in others if one.depends_on != key.id)]


def _attributes_of_sources(beside: Beside) -> Options:
    sources = beside.part.sources if isinstance(beside.part, RelationType) else ()
    asked = (one for one in beside.scheme.attributes if set(one.labels) & set(sources))
    return [("", tr("Nothing")), *_named(asked)]


def _outer(beside: Beside) -> Attribute | None:
    """Return the attribute that the one of a value depends on."""
    known = {one.id: one for one in beside.scheme.attributes}
    own = known.get(beside.key.of)  # type: ignore[call-overload]  # the id of an attribute
    return known.get(own.depends_on) if own is not None and own.depends_on else None


def _outer_values(beside: Beside) -> Options:
    outer = _outer(beside)
    return _named(outer.values) if outer is not None else ()


def _actor_kinds(beside: Beside) -> Options:
    return next((_named(one.values) for one in beside.scheme.attributes if one.id == ACTOR_KIND), ())


def _has_values(beside: Beside) -> bool:
    return isinstance(beside.part, Attribute) and beside.part.kind in _CHOICES


def _leads_to_actors(beside: Beside) -> bool:
    part = beside.part
    return isinstance(part, RelationType) and Links.ACTOR in beside.scheme.links_of(part) and bool(_actor_kinds(beside))


def _is_required(beside: Beside) -> bool:
    return isinstance(beside.part, RelationType) and beside.part.required


def _is_of_relations(beside: Beside) -> bool:
    """Return whether a value may need relations: where tags have it that relations start from."""
    known = next((one for one in beside.scheme.attributes if one.id == beside.key.of), None)
    return known is not None and any(beside.scheme.relation_types_from(label) for label in known.labels)


def _label_keys(beside: Beside) -> Mapping[str, str]:
    """Return the keys that a label cannot have, and whose they are."""
    others = (one for one in beside.scheme.labels if one.shortcut and one.id != beside.key.id)
    return {**beside.reserved, **{one.shortcut.upper(): shown_name(one.name, one.id) for one in others}}


def _relation_keys(beside: Beside) -> Mapping[str, str]:
    """Return the keys that a relation cannot have: those of relations that start from the same labels."""
    sources = set(beside.part.sources) if isinstance(beside.part, RelationType) else set()
    return {
        one.shortcut.upper(): shown_name(one.name, one.id)
        for one in beside.scheme.relation_types
        if one.shortcut and one.id != beside.key.id and not one.archived and sources & set(one.sources)
    }


def _choice(options: Callable[[Beside], Options], read: Callable[[str], object] = str) -> Callable[[str], PartField]:
    return lambda title: ChoiceField(title, options, read)


def _ticks(options: Callable[[Beside], Options]) -> Callable[[str], PartField]:
    return lambda title: TicksField(title, options)


def _key(taken: Callable[[Beside], Mapping[str, str]]) -> Callable[[str], PartField]:
    return lambda title: KeyField(title, taken)


_NAME = FieldSpec("name", N_("Name"), NameField)
_ID = FieldSpec("id", N_("Id, as exports write it"), IdField)
_DESCRIPTION = FieldSpec("description", N_("Description, shown where one tags"), TextsField)
_EXAMPLES = FieldSpec("examples", N_("Examples"), ExamplesField)

FORMS: dict[Kind, tuple[FieldSpec, ...]] = {
    Kind.SCHEME: (
        _NAME,
        FieldSpec("guideline", N_("Guideline: the longer rules of tagging"), GuidelineField),
    ),
    Kind.LAYER: (_NAME, _ID),
    Kind.LABEL: (
        _NAME,
        FieldSpec("layer_id", N_("Layer"), _choice(_layers)),
        FieldSpec("shortcut", N_("Key"), _key(_label_keys)),
        FieldSpec("color", N_("Colour"), ColorField),
        FieldSpec("links", N_("Its tags are linked to"), _choice(_links, Links)),
        _DESCRIPTION,
        _EXAMPLES,
        _ID,
    ),
    Kind.ATTRIBUTE: (
        _NAME,
        FieldSpec("kind", N_("Kind of value"), _choice(_kinds, AttributeKind)),
        FieldSpec("labels", N_("Asked of tags of"), _ticks(_all_labels)),
        FieldSpec("required", N_("Required: a tag without it is marked"), SwitchField, titles_itself=True),
        FieldSpec("default", N_("What a new tag gets"), DefaultField),
        FieldSpec("depends_on", N_("Its values depend on"), _choice(_outer_attributes), when=_has_values),
        _DESCRIPTION,
        _EXAMPLES,
        _ID,
    ),
    Kind.VALUE: (
        _NAME,
        FieldSpec(
            "within",
            N_("Offered only under"),
            _ticks(_outer_values),
            N_("With none chosen it is offered under all."),
            lambda beside: bool(_outer_values(beside)),
        ),
        FieldSpec(
            "needs",
            N_("A tag with it should have"),
            _ticks(_relations),
            N_("A tag that lacks one of these relations is marked."),
            _is_of_relations,
        ),
        FieldSpec("description", N_("Description, shown where one tags"), TextsField),
        _ID,
    ),
    Kind.RELATION: (
        _NAME,
        FieldSpec("sources", N_("Starts from tags of"), _ticks(_labels)),
        FieldSpec("targets", N_("Leads to tags of"), _ticks(_labels)),
        FieldSpec(
            "kinds",
            N_("Only to actors of these kinds"),
            _ticks(_actor_kinds),
            N_("With none chosen it may lead to all."),
            _leads_to_actors,
        ),
        FieldSpec("author", N_("May lead to the author or outlet"), SwitchField, titles_itself=True),
        FieldSpec("required", N_("Required: a tag without it is marked"), SwitchField, titles_itself=True),
        FieldSpec("unless", N_("Not required where a tag has"), _choice(_attributes_of_sources), when=_is_required),
        FieldSpec("shortcut", N_("Key"), _key(_relation_keys)),
        _DESCRIPTION,
        _EXAMPLES,
        _ID,
    ),
    Kind.DOCUMENT: (_NAME, _DESCRIPTION, _EXAMPLES, _ID),
}

_GROUP_HINTS = {
    Kind.LAYER: N_("Labels are what words are tagged as. The labels of a layer answer one question, and share a line."),
    Kind.ATTRIBUTE: N_("Attributes are what is asked of a tag besides its label, such as the type of an event."),
    Kind.RELATION: N_("Relations lead from a tag to another, or to an actor or event: who did it, where, about what."),
    Kind.DOCUMENT: N_("What can be said of a whole article, with the attributes that are asked of it."),
}


class PartForm(QScrollArea):
    """The fields of the part that is chosen; built for each kind of part when it is first chosen.

    Signals:
        field_edited: the part's key, the field's name and its new value.
    """

    field_edited = Signal(object, str, object)

    def __init__(self, draft: Draft, theme: Theme, reserved: Mapping[str, str], *, read_only: bool) -> None:
        super().__init__()
        self._draft, self._theme, self._reserved, self._read_only = draft, theme, reserved, read_only
        self.key = PartKey(Kind.GROUP, Kind.LAYER)
        self.fields: dict[Kind, dict[str, PartField]] = {}
        self._heads: dict[Kind, dict[str, QWidget]] = {}
        self._pages: dict[Kind, QWidget] = {}
        # Not a stack, which is as high as its highest page.
        self._ground = QWidget()
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._hint.setMargin(14)
        self._ground.setLayout(fill(QVBoxLayout(), self._hint, gap=0))
        self.setWidget(self._ground)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def field(self, name: str) -> PartField:
        """Return the editor of a field of the part that is shown."""
        return self.fields[self.key.kind][name]

    def show_part(self, key: PartKey) -> None:
        """Show a part, or what a group is for."""
        moved = key != self.key
        self.key = key
        part: Part | Scheme | None = self._draft.scheme if key == SCHEME else self._draft.part(key)
        if part is None:
            self._hint.setText(tr_marked(_GROUP_HINTS[Kind(key.id)]) if key.kind is Kind.GROUP else "")
            self._show_page(self._hint)
            return
        page = self._page(key.kind)
        beside = Beside(self._draft, self._theme, key, part, self._reserved)
        for spec in FORMS[key.kind]:
            asked = spec.when(beside)
            self._heads[key.kind][spec.name].setVisible(asked)
            if asked:
                self.fields[key.kind][spec.name].show_value(getattr(part, spec.name), beside)
        self._show_page(page)
        if moved:
            self.verticalScrollBar().setValue(0)

    def follow(self, key: PartKey) -> None:
        """Take it that the part that is shown has this key from now on."""
        self.key = key

    def focus_name(self) -> None:
        """Give the focus to the first field, as Tab does: what is typed takes the place of what is there."""
        if self.key.kind in self.fields:
            self.field("name").setFocus(Qt.FocusReason.TabFocusReason)

    def _show_page(self, page: QWidget) -> None:
        for other in (self._hint, *self._pages.values()):
            other.setVisible(other is page)

    def _page(self, kind: Kind) -> QWidget:
        if kind not in self._pages:
            self.fields[kind], self._heads[kind] = {}, {}
            rows = [self._row(kind, spec) for spec in FORMS[kind]]
            page = self._pages[kind] = QWidget()
            page.setLayout(fill(QVBoxLayout(), *rows, *([] if kind is Kind.SCHEME else [None]), margin=14, gap=12))
            page.setEnabled(not self._read_only)
            self._ground.layout().addWidget(page)  # type: ignore[union-attr]  # it has one
        return self._pages[kind]

    def _row(self, kind: Kind, spec: FieldSpec) -> QWidget:
        title = tr_marked(spec.title)
        field = self.fields[kind][spec.name] = spec.make(title)
        head = label(title, "heading", wrap=True)
        head.setBuddy(field)
        head.setVisible(not spec.titles_itself)
        result = self._heads[kind][spec.name] = QWidget()
        items: list[QWidget] = [field] if spec.titles_itself else [head, field]
        if spec.hint:
            items.append(label(tr_marked(spec.hint), "muted", wrap=True))
        result.setLayout(column(*items, gap=4))
        field.edited.connect(lambda value: self.field_edited.emit(self.key, spec.name, value))
        return result
