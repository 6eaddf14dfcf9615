# SPDX-License-Identifier: MIT
"""Label Studio's labeling config: which control of it says what, and the XML that has a control for all that is said.

Knows no task and no file. What the controls of our own are called, `annotator.importers.label_studio` says.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any
from xml.etree import ElementTree as ET

from annotator.exporters.base import LabelNames
from annotator.exporters.carrying import attribute_text
from annotator.exporters.naming import Naming
from annotator.exporters.xml_text import legal_text
from annotator.importers import label_studio as controls
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.names import Name
from annotator.model.scheme import Scheme

_OWN = frozenset({controls.LABELS, controls.DOCUMENT, controls.TEXT, controls.CERTAINTY, controls.ENTITY})

#: The control of each kind of attribute, the type of its results, and under which name these hold their value.
_CONTROLS = {
    AttributeKind.CHOICE: "Choices",
    AttributeKind.CHOICES: "Choices",
    AttributeKind.YES_NO: "Choices",
    AttributeKind.TEXT: "TextArea",
    AttributeKind.DATE: "TextArea",
    AttributeKind.NUMBER: "Number",
}
_KEYS = {"Choices": "choices", "TextArea": "text", "Number": "number"}

#: Numbers beyond it are not whole in JavaScript.
_EXACT = 2**53

#: As the text reads: each paragraph by its own first strong letter, and every blank as it is.
_TEXT_STYLE = "direction: rtl; unicode-bidi: plaintext; text-align: start; white-space: pre-wrap"


class Config:
    """The controls of one export; remembers what was said that the scheme does not foresee."""

    def __init__(self, scheme: Scheme, naming: Naming, names: LabelNames) -> None:
        self._scheme, self._naming = scheme, naming
        self._language = "ar" if names is LabelNames.ARABIC else "en"
        self._attributes = {str(one.id): one for one in scheme.attributes}
        self._labels = dict.fromkeys(naming.label(one.id) for one in scheme.all_labels if not one.archived)
        self._relations = dict.fromkeys(naming.relation(one.id) for one in scheme.relation_types if not one.archived)
        documents = (one for one in scheme.document_labels if not one.archived)
        self._documents = dict.fromkeys(naming.document_label(one.id) for one in documents)
        # Controls of values that do not fit their attribute, and choices that are not among its values.
        self._as_text: dict[str, None] = {}
        self._choices: dict[str, dict[str, None]] = {}

    def label(self, name: str) -> dict[str, Any]:
        """Return the value of a result that labels a region, without its place."""
        self._labels[name] = None
        return {"labels": [name]}

    def relation(self, name: str) -> list[str]:
        """Return the labels of a relation."""
        self._relations[name] = None
        return [name]

    def document_label(self, name: str) -> dict[str, Any]:
        """Return the value of a result that labels the whole document."""
        self._documents[name] = None
        return {"choices": [name]}

    def attribute(self, key: str, value: AttributeValue, prefix: str = "") -> dict[str, Any]:
        """Return `from_name`, `type` and `value` of the result that says what an attribute has.

        Args:
            key: the attribute.
            value: what it has.
            prefix: what names of controls begin with: `OF_DOCUMENT` for those of the whole document.
        """
        tag, plain = _typed(self._attributes.get(key), value)
        name = f"{prefix}{key}"
        if not tag or key in _OWN:
            tag, plain = "TextArea", list(value) if isinstance(value, tuple) else [attribute_text(value)]
            name = f"{prefix}{controls.AS_TEXT}{key}"
            self._as_text[name] = None
        if tag == "Choices":
            self._choices.setdefault(name, {}).update(dict.fromkeys(plain))
        return result(name, tag, plain)

    def xml(self) -> str:
        """Return the labeling config; without an XML declaration, which the SDK refuses in a text."""
        root = ET.Element("View")
        # Label Studio refuses a control that offers nothing.
        if self._relations:
            _leaves(ET.SubElement(root, "Relations"), "Relation", self._relations)
        if self._labels:
            self._add_labels(root)
        view = ET.SubElement(root, "View", style=_TEXT_STYLE)
        ET.SubElement(view, "Text", name=controls.TEXT, value=f"${controls.TEXT}", granularity="symbol")
        labels = {str(one.id) for one in self._scheme.all_labels}
        for one in self._free_attributes(labels, ""):
            self._add_region_attribute(root, one)
        self._add_own(root, "")
        if self._documents:
            self._add_document(root)
        for name in self._as_text:
            per_region = {} if name.startswith(controls.OF_DOCUMENT) else {"perRegion": "true"}
            _control(root, "TextArea", name, **per_region)
        ET.indent(root)
        return ET.tostring(root, encoding="unicode") + "\n"

    def _add_labels(self, root: ET.Element) -> None:
        parent = _control(root, "Labels", controls.LABELS)
        known = {self._naming.label(one.id): one for one in self._scheme.all_labels}
        for name in self._labels:
            label = known.get(name)
            about = {"background": label.color, "hotkey": label.shortcut} if label else {}
            ET.SubElement(parent, "Label", {"value": name, **{key: one for key, one in about.items() if one}})

    def _add_region_attribute(self, root: ET.Element, attribute: Attribute) -> None:
        names = [self._naming.label(one) for one in attribute.labels]
        when = {"visibleWhen": "region-selected", "whenTagName": controls.LABELS}
        # Label Studio splits the labels at commas.
        if names and not any("," in name for name in names):
            when["whenLabelValue"] = ",".join(names)
        view = ET.SubElement(root, "View", when)
        self._add_attribute(view, attribute, "", perRegion="true")

    def _add_document(self, root: ET.Element) -> None:
        parent = _control(root, "Choices", controls.DOCUMENT, choice="multiple")
        _leaves(parent, "Choice", self._documents)
        labels = {str(one.id) for one in self._scheme.document_labels}
        for one in self._free_attributes(labels, controls.OF_DOCUMENT):
            self._add_attribute(root, one, controls.OF_DOCUMENT)
        self._add_own(root, controls.OF_DOCUMENT)

    def _free_attributes(self, labels: AbstractSet[str], prefix: str) -> Iterator[Attribute]:
        """Yield the attributes of these labels that get a control of their kind: those called as ours get text."""
        for one in self._scheme.attributes:
            if labels.isdisjoint(one.labels) and f"{prefix}{one.id}" not in self._choices:
                continue
            if str(one.id) in _OWN:
                self._as_text[f"{prefix}{controls.AS_TEXT}{one.id}"] = None
            else:
                yield one

    def _add_attribute(self, parent: ET.Element, attribute: Attribute, prefix: str, **more: str) -> None:
        name = f"{prefix}{attribute.id}"
        tag = _CONTROLS[attribute.kind]
        choices = self._choices_of(attribute, name)
        if tag == "Choices" and not choices:
            return
        ET.SubElement(parent, "Header", {"value": self._title(attribute.name) or name, "size": "6"})
        multiple = {"choice": "multiple"} if attribute.kind is AttributeKind.CHOICES else {}
        control = _control(parent, tag, name, **more, **multiple)
        for value, hint in choices.items():
            ET.SubElement(control, "Choice", {"value": value, **({"hint": hint} if hint else {})})

    def _choices_of(self, attribute: Attribute, name: str) -> dict[str, str]:
        """Return what a control offers, with what each choice is called: the attribute's values, and those used."""
        if attribute.kind is AttributeKind.YES_NO:
            return {"true": "", "false": ""}
        offered = {one.id: self._title(one.name) for one in attribute.values if not one.archived}
        return {**offered, **{value: offered.get(value, "") for value in self._choices.get(name, ())}}

    def _add_own(self, root: ET.Element, prefix: str) -> None:
        per_region = {} if prefix else {"perRegion": "true"}
        _leaves(_control(root, "Choices", f"{prefix}{controls.CERTAINTY}", **per_region), "Choice", [controls.UNSURE])
        if not prefix:
            _control(root, "TextArea", controls.ENTITY, **per_region)

    def _title(self, name: Name) -> str:
        return name.in_language(self._language)


def unsure(prefix: str = "") -> dict[str, Any]:
    """Return the result that says that something is unsure; see `Config.attribute`."""
    return result(f"{prefix}{controls.CERTAINTY}", "Choices", [controls.UNSURE])


def entity(key: str) -> dict[str, Any]:
    """Return the result that says which actor or event a region is linked to; see `Config.attribute`."""
    return result(controls.ENTITY, "TextArea", [key])


def result(name: str, tag: str, plain: object) -> dict[str, Any]:
    """Return the part of a result that says which control says what."""
    return {"from_name": name, "type": tag.lower(), "value": {_KEYS[tag]: plain}}


def _typed(attribute: Attribute | None, value: AttributeValue) -> tuple[str, Any]:
    """Return the control of an attribute with the value as that has it; no control where the value is not of its kind.

    A number that JavaScript would change is not of its kind, and neither is an attribute that the scheme does not have.
    """
    if attribute is None:
        return "", None
    match attribute.kind, value:
        case AttributeKind.YES_NO, bool():
            plain: Any = [attribute_text(value)]
        case AttributeKind.NUMBER, int() | float() if not isinstance(value, bool) and abs(value) < _EXACT:
            plain = value
        case AttributeKind.CHOICES, tuple():
            plain = list(value)
        case ((AttributeKind.CHOICE | AttributeKind.TEXT | AttributeKind.DATE), str()):
            plain = [value]
        case _:
            return "", None
    tag = _CONTROLS[attribute.kind]
    return (tag, plain) if tag != "Choices" or all(map(_is_choice, plain)) else ("", None)


def _is_choice(value: str) -> bool:
    """Return whether the config can offer a value: it is not empty, and XML has all its characters."""
    return bool(value) and legal_text(value) == value


def _control(parent: ET.Element, tag: str, name: str, **more: str) -> ET.Element:
    return ET.SubElement(parent, tag, {"name": name, "toName": controls.TEXT, **more})


def _leaves(parent: ET.Element, tag: str, values: Iterable[str]) -> None:
    for value in values:
        ET.SubElement(parent, tag, {"value": value})
