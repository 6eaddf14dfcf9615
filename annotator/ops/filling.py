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

#: Values that say nothing.
_NOTHING: tuple[AttributeValue, ...] = ("", ())


def new_values(scheme: Scheme, label_id: str, wished: Values) -> dict[AttributeId, AttributeValue]:
    """Return what a new tag of a label gets: what is wished, and the default of all else where it goes with that.

    Raises:
        UserError: see `changed_values`.
    """
    asked = scheme.attributes_of(label_id)
    defaults = {a.id: a.check(a.default) for a in asked if a.default is not None and a.default not in _NOTHING}
    return _changed(scheme, label_id, {}, defaults, wished)


def changed_values(
    scheme: Scheme, label_id: str, before: Attributes, wished: Values
) -> dict[AttributeId, AttributeValue]:
    """Return a tag's values after some of them are set.

    Where a value narrows the choices of another attribute, such as an event's type its mode, a choice that is no
    longer among them goes. What no longer fits because the scheme is another now stays: it is for review.

    Raises:
        UserError: `attribute_unknown`, `attribute_not_of_label`, or what `Attribute.check` refuses.
    """
    return _changed(scheme, label_id, before, before, wished)


def _changed(
    scheme: Scheme, label_id: str, before: Attributes, given: Attributes, wished: Values
) -> dict[AttributeId, AttributeValue]:
    """Return the values `given` with those wished; what of `before` is as it was is not looked at."""
    asked = {attribute.id: attribute for attribute in scheme.attributes_of(label_id)}
    after = dict(given)
    for attribute_id, value in wished.items():
        attribute = asked.get(attribute_id)
        if attribute is None and value is None and attribute_id in after:
            del after[attribute_id]  # what the label no longer asks for can still be taken away
            continue
        if attribute is None:
            raise _not_asked(scheme, label_id, attribute_id)
        checked = None if value is None else attribute.check(value)
        if checked is None or checked in _NOTHING:
            after.pop(attribute_id, None)
        else:
            after[attribute_id] = checked
    for attribute in asked.values():
        outer, inner = AttributeId(attribute.depends_on), attribute.id
        if outer and inner in after and (before.get(outer), before.get(inner)) != (after.get(outer), after[inner]):
            _narrow(attribute, after, wished)
    return after


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


def _narrow(attribute: Attribute, after: dict[AttributeId, AttributeValue], wished: Values) -> None:
    """Take from a tag's values the choices that others rule out, or refuse them where they are wished."""
    chosen = after[attribute.id]
    choices = chosen if isinstance(chosen, tuple) else (chosen,)
    offered = [value.id for value in attribute.offered(after)]
    known = {value.id for value in attribute.values if not value.archived}
    unfit = [one for one in choices if one in known and one not in offered]
    if not unfit:
        return
    if wished.get(attribute.id) is not None:
        raise UserError(
            "value_not_offered", value=unfit[0], attribute=attribute.name.both, known=", ".join(sorted(offered))
        )
    left = tuple(str(one) for one in choices if one not in unfit)
    if left:
        after[attribute.id] = left
    else:
        del after[attribute.id]


def _not_asked(scheme: Scheme, label_id: str, attribute_id: AttributeId) -> UserError:
    attribute = scheme.attribute(attribute_id)
    names = {str(label.id): label.name.both for label in scheme.all_labels}
    names |= {str(label.id): label.name.both for label in scheme.document_labels}
    return UserError("attribute_not_of_label", attribute=attribute.name.both, label=names.get(label_id, label_id))
