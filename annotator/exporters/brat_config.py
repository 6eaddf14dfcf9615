# SPDX-License-Identifier: MIT
"""The four `.conf` files of a brat folder: what may be annotated, what it is called and how it is drawn.

brat asks of a type that it is ASCII; its names in both languages are in `visual.conf`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from annotator.importers import brat_names as names
from annotator.model.attributes import Attribute, AttributeKind
from annotator.model.names import Name
from annotator.model.scheme import Links, Scheme

#: What brat's reader of these files takes for something else than a letter of a name.
_NO_LETTERS = re.compile(r"[|<>\s]+")

_TOOLS = f"""[options]
Tokens\ttokenizer:whitespace
Sentences\tsplitter:newline
Annotation-log\tlogfile:<NONE>

[search]

[annotators]

[disambiguators]

[normalization]
{names.REGISTRY_DB}\t<URL>:urn:tawsim, <URLBASE>:urn:tawsim:%s
{names.AUTHOR_DB}\t<URL>:urn:tawsim, <URLBASE>:urn:tawsim:%s
"""


def event_labels(scheme: Scheme) -> frozenset[str]:
    """Return the labels whose tags are events of brat's: they tell of events, and relations start from them."""
    sources = {source for kind in scheme.relation_types for source in kind.sources}
    return frozenset(label.id for label in scheme.all_labels if label.links is Links.EVENT and label.id in sources)


def listed_values(scheme: Scheme) -> dict[str, tuple[Attribute, frozenset[str]]]:
    """Return the attributes that brat can offer, by id, each with the values that it offers of it."""
    kinds = {AttributeKind.CHOICE, AttributeKind.CHOICES, AttributeKind.YES_NO}
    return {
        str(one.id): (one, frozenset(value.id for value in one.values if value.id))
        for one in scheme.attributes
        if one.labels and one.kind in kinds
    }


def files_of(scheme: Scheme) -> dict[str, str]:
    """Return the text of each file by its name."""
    return {
        "annotation.conf": _annotation(scheme),
        "visual.conf": _visual(scheme),
        "tools.conf": _TOOLS,
        "kb_shortcuts.conf": _shortcuts(scheme),
    }


def _annotation(scheme: Scheme) -> str:
    events = event_labels(scheme)
    types = _types(scheme)
    entities = [name for key, name in types.items() if key not in events]
    sections = {
        "entities": entities,
        "relations": [*_relations(scheme, events), "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"],
        "events": [
            _line(types[label.id], _roles(scheme, label.id)) for label in scheme.all_labels if label.id in events
        ],
        "attributes": [f"{names.UNSURE}\tArg:<ANY>", *_attributes(scheme, types)],
    }
    return _written(sections)


def _types(scheme: Scheme) -> dict[str, str]:
    """Return the types of labels and document labels, which share no id, by these."""
    labels = {str(one.id): names.type_name(one.id) for one in scheme.all_labels}
    return labels | {str(one.id): names.document_type(one.id) for one in scheme.document_labels}


def _relations(scheme: Scheme, events: frozenset[str]) -> Iterator[str]:
    for kind in scheme.relation_types:
        sources = [source for source in kind.sources if source not in events]
        if sources and kind.targets:
            ends = (f"Arg1:{_either(sources)}", f"Arg2:{_either(kind.targets)}")
            yield _line(names.relation_name(kind.id), ends)


def _roles(scheme: Scheme, label_id: str) -> Iterator[str]:
    for kind in scheme.relation_types:
        if label_id in kind.sources and kind.targets:
            yield f"{names.role_name(kind.id)}*:{_either(kind.targets)}"


def _either(labels: Iterable[str]) -> str:
    return "|".join(map(names.type_name, labels))


def _attributes(scheme: Scheme, types: Mapping[str, str]) -> Iterator[str]:
    for attribute, _ in listed_values(scheme).values():
        of = f"Arg:{'|'.join(types[label] for label in attribute.labels)}"
        if attribute.kind is AttributeKind.CHOICE:
            values = "|".join(names.token(value.id) for value in attribute.values)
            yield _line(names.attribute_name(attribute.id), (of, f"Value:{values}"))
        else:
            yield from (_line(name, (of,)) for name in _boxes(attribute))


def _boxes(attribute: Attribute) -> dict[str, Name]:
    """Return what can be ticked of an attribute: itself, or each of several values, with what it is called."""
    if attribute.kind is not AttributeKind.CHOICES:
        return {names.attribute_name(attribute.id): attribute.name}
    return {
        box_name(attribute.id, value.id): Name(
            f"{attribute.name.in_language('en')}: {value.name.in_language('en')}",
            f"{attribute.name.in_language('ar')}: {value.name.in_language('ar')}",
        )
        for value in attribute.values
    }


def box_name(attribute_id: str, value_id: str) -> str:
    """Return the attribute of brat's that says that one of several values was chosen."""
    return names.attribute_name(f"{attribute_id}:{value_id}")


def _visual(scheme: Scheme) -> str:
    sections = {
        "options": ["Arcs\tbundle:none", "Text\tdirection:rtl"],
        "labels": [f"{name} | {_forms(called)}" for name, called in _called(scheme).items()],
        "drawing": [
            "SPAN_DEFAULT\tfgColor:black, bgColor:#e5e7eb, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
            "ATTRIBUTE_DEFAULT\tglyph:*",
            f"{names.UNSURE}\tglyph:?, dashArray:3-3",
            *(_line(name, drawn) for name, drawn in _drawn(scheme).items()),
        ],
    }
    return _written(sections)


def _called(scheme: Scheme) -> dict[str, Name]:
    """Return what each type is called; where a label and a relation have one type, by the label's name."""
    called = {names.type_name(one.id): one.name for one in scheme.all_labels}
    called |= {names.document_type(one.id): one.name for one in scheme.document_labels}
    for kind in scheme.relation_types:
        called.setdefault(names.relation_name(kind.id), kind.name)
        called.setdefault(names.role_name(kind.id), kind.name)
    called.setdefault(names.UNSURE, Name("Unsure", "غير أكيد"))
    for attribute, _ in listed_values(scheme).values():
        boxes = _boxes(attribute)
        for name, one in boxes.items():
            called.setdefault(name, one)
    return called


def _forms(called: Name) -> str:
    """Return the forms of a name, from the fullest to the one that is shown where there is little room."""
    arabic, english = (" ".join(_NO_LETTERS.sub(" ", one).split()) for one in (called.ar, called.en))
    both = f"{arabic} ({english})" if arabic and english else ""
    return " | ".join(dict.fromkeys(form for form in (both, arabic, english) if form))


def _drawn(scheme: Scheme) -> dict[str, list[str]]:
    """Return how each type is drawn; a relation in the colour of the first label that it starts from."""
    colors = {label.id: label.color for label in scheme.all_labels}
    drawn = {names.type_name(key): [f"bgColor:{color}"] for key, color in colors.items()}
    for kind in scheme.relation_types:
        color = next((colors[source] for source in kind.sources), "black")
        for name in {names.relation_name(kind.id): None, names.role_name(kind.id): None}:
            drawn.setdefault(name, []).extend((f"color:{color}", "arrowHead:triangle-5"))
    return drawn


def _shortcuts(scheme: Scheme) -> str:
    known: dict[str, str] = {}
    for label in scheme.labels:
        known.setdefault(label.shortcut.upper(), names.type_name(label.id))
    for kind in scheme.relation_types:
        if not kind.archived:
            known.setdefault(kind.shortcut.upper(), names.role_name(kind.id))
    return "".join(f"{key} {name}\n" for key, name in known.items() if key)


def _line(name: str, arguments: Iterable[str]) -> str:
    return f"{name}\t{', '.join(arguments)}".rstrip()


def _written(sections: Mapping[str, Iterable[str]]) -> str:
    return "\n".join("\n".join((f"[{name}]", *found, "")) for name, found in sections.items())
