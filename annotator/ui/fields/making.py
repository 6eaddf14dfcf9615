# SPDX-License-Identifier: MIT
"""Which editor an attribute gets."""

from collections.abc import Callable

from annotator.model.attributes import Attribute, AttributeKind
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.buttons import ButtonsField
from annotator.ui.fields.check_list import CheckListField
from annotator.ui.fields.lines import DateField, NumberField, TextField
from annotator.ui.fields.search_choice import SearchChoiceField
from annotator.ui.fields.yes_no import YesNoField
from annotator.ui.theme import Theme

#: As many choices are seen at a glance as buttons; more are searched.
FEW = 5


def make_field(attribute: Attribute, theme: Theme) -> AttributeField:
    """Return an editor of an attribute's value, without one yet."""
    return _MAKERS[attribute.kind](attribute, theme)


def _choice(attribute: Attribute, theme: Theme) -> AttributeField:
    offered = [value for value in attribute.values if not value.archived]
    return ButtonsField.of_choices(attribute, theme) if len(offered) <= FEW else SearchChoiceField(attribute, theme)


def _yes_no(attribute: Attribute, theme: Theme) -> AttributeField:
    # An empty tick box does not tell "no" from "not said yet".
    if attribute.required and attribute.default is None:
        return ButtonsField.of_yes_no(attribute, theme)
    return YesNoField(attribute, theme)


_MAKERS: dict[AttributeKind, Callable[[Attribute, Theme], AttributeField]] = {
    AttributeKind.CHOICE: _choice,
    AttributeKind.CHOICES: CheckListField,
    AttributeKind.YES_NO: _yes_no,
    AttributeKind.TEXT: TextField,
    AttributeKind.DATE: DateField,
    AttributeKind.NUMBER: NumberField,
}
