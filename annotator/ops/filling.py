# SPDX-License-Identifier: MIT
"""What acts on tags and document tags share: the values of attributes, checked against the scheme."""

from collections.abc import Mapping

from annotator.errors import UserError
from annotator.model.attributes import Attribute, AttributeValue
from annotator.model.ids import AttributeId
from annotator.model.scheme import Scheme

#: Attributes to set; None takes a value away.
Values = Mapping[AttributeId, AttributeValue | None]
#: Attributes as a tag has them.
Attributes = Mapping[AttributeId, AttributeValue]


def new_values(scheme: Scheme, label_id: str, wished: Values) -> dict[AttributeId, AttributeValue]:
    """Return what a new tag of a label gets: what is wished, and the default of all else.

    Raises:
        UserError: see `changed_values`.
    """
    defaults = {a.id: a.default for a in scheme.attributes_of(label_id) if a.default is not None}
    return changed_values(scheme, label_id, {}, {**defaults, **wished})


def changed_values(
    scheme: Scheme, label_id: str, before: Attributes, wished: Values
) -> dict[AttributeId, AttributeValue]:
    """Return a tag's values after some of them are set.

    Where a value narrows the choices of another attribute, such as an event's type its mode, a choice that is no
    longer among them goes.

    Raises:
        UserError: `attribute_unknown`, `attribute_not_of_label`, or what `Attribute.check` refuses.
    """
    asked = {attribute.id: attribute for attribute in scheme.attributes_of(label_id)}
    after = dict(before)
    for attribute_id, value in wished.items():
        attribute = asked.get(attribute_id)
        if attribute is None:
            raise _not_asked(scheme, label_id, attribute_id)
        checked = None if value is None else attribute.check(value)
        if checked is None or checked in ("", ()):
            after.pop(attribute_id, None)
        else:
            after[attribute_id] = checked
    return _narrowed(asked, after, wished)


def fitting_values(
    scheme: Scheme, old_label: str, new_label: str, before: Attributes
) -> dict[AttributeId, AttributeValue]:
    """Return a tag's values when it gets another label.

    What the annotator chose is kept, even where the new label does not ask for it: it is listed for review then.
    Defaults of the old label, which nobody chose, go.
    """
    asked = {attribute.id for attribute in scheme.attributes_of(new_label)}
    unchosen = {a.id for a in scheme.attributes_of(old_label) if before.get(a.id) == a.default} - asked
    kept = {key: value for key, value in before.items() if key not in unchosen}
    return {**new_values(scheme, new_label, {}), **kept}


def _narrowed(
    asked: Mapping[AttributeId, Attribute], after: dict[AttributeId, AttributeValue], wished: Values
) -> dict[AttributeId, AttributeValue]:
    for attribute_id, attribute in asked.items():
        if not attribute.depends_on or attribute_id not in after:
            continue
        offered = {value.id for value in attribute.offered(after)}
        known = {value.id for value in attribute.values}
        chosen = after[attribute_id]
        if chosen in offered or chosen not in known:
            continue
        if wished.get(attribute_id) is not None:
            raise UserError(
                "value_not_offered", value=chosen, attribute=attribute.name.both, known=", ".join(sorted(offered))
            )
        del after[attribute_id]
    return after


def _not_asked(scheme: Scheme, label_id: str, attribute_id: AttributeId) -> UserError:
    attribute = scheme.attribute(attribute_id)
    return UserError("attribute_not_of_label", attribute=attribute.name.both, label=label_id)
