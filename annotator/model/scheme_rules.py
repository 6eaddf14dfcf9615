# SPDX-License-Identifier: MIT
"""What a scheme may say: each rule yields what breaks it, in few words that name the place."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.errors import UserError
from annotator.model.attributes import ACTOR_KIND, Attribute, AttributeKind
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, Scheme, SchemePart
from annotator.text.folding import fold

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")

_CHOICES = frozenset({AttributeKind.CHOICE, AttributeKind.CHOICES})


@dataclass(frozen=True, slots=True)
class SchemeProblem:
    """One thing that a scheme may not say.

    Attributes:
        key: which rule it breaks.
        text: what it says, as it stands in the file.
        part: where; None for the scheme as a whole.
        params: what else a sentence about it names.
    """

    key: str
    text: str
    part: SchemePart | None = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def scheme_problems(scheme: Scheme) -> list[str]:
    """Return all that is wrong with a scheme in few words; nothing, for a sound one."""
    return [problem.text for problem in problems_of(scheme)]


def problems_of(scheme: Scheme) -> list[SchemeProblem]:
    """Return all that is wrong with a scheme; nothing, for a sound one."""
    return [problem for rule in _RULES for problem in rule(scheme)]


def _labels(scheme: Scheme) -> Iterator[SchemeProblem]:
    if not any(True for _ in scheme.labels):
        yield SchemeProblem("no_labels", "no labels")
    layers = {layer.id for layer in scheme.layers}
    for label in scheme.all_labels:
        if label.layer_id not in layers:
            yield SchemeProblem("layer_unknown", f"layer {label.layer_id!r} of {label.id} is unknown", label)
        if not _COLOR.fullmatch(label.color):
            yield SchemeProblem("color", f"color {label.color!r} of {label.id}", label)


def _ids_and_names(scheme: Scheme) -> Iterator[SchemeProblem]:
    if not scheme.id or not _can_be_seen(scheme.name):
        yield SchemeProblem("scheme_nameless", "the scheme has no id or no name")
    for part in scheme.parts():
        if not _ID.fullmatch(part.id):
            yield SchemeProblem("id", f"id {part.id!r}", part, {"id": part.id})
        if not _can_be_seen(part.name):
            yield SchemeProblem("nameless", f"{part.id} has no name", part)
        shortcut = getattr(part, "shortcut", "")
        if shortcut and not (len(shortcut) == 1 and shortcut.isalnum()):
            yield SchemeProblem("shortcut", f"shortcut {shortcut!r} of {part.id} is no letter or digit", part)


def _can_be_seen(name: Name) -> bool:
    """Return whether a name has a letter or sign in either language: blanks and controls of direction show nothing."""
    return bool(fold(name.en + name.ar).text.strip())


def _repetitions(scheme: Scheme) -> Iterator[SchemeProblem]:
    # Attributes are asked of labels and document labels by id, so these two share one name space.
    labels: tuple[Label | DocumentLabel, ...] = (*scheme.all_labels, *scheme.document_labels)
    yield from _repeated("label", ((part.id, part) for part in labels))
    yield from _repeated("layer", ((part.id, part) for part in scheme.layers))
    yield from _repeated("attribute", ((part.id, part) for part in scheme.attributes))
    yield from _repeated("relation type", ((part.id, part) for part in scheme.relation_types))
    for attribute in scheme.attributes:
        yield from _repeated(f"value of {attribute.id}", ((value.id, attribute) for value in attribute.values))
    keys = ((label.shortcut.upper(), label) for label in scheme.labels if label.shortcut)
    yield from _repeated("shortcut", keys, "shortcut_twice")
    for label in scheme.labels:
        keys_from = ((one.shortcut.upper(), one) for one in scheme.relation_types_from(label.id) if one.shortcut)
        yield from _repeated(f"shortcut of relations from {label.id}", keys_from, "shortcut_twice")


def _attributes(scheme: Scheme) -> Iterator[SchemeProblem]:
    labels = set(_label_ids(scheme))
    for attribute in scheme.attributes:
        yield from (
            SchemeProblem("label_unknown", f"label {label!r} of {attribute.id} is unknown", attribute, {"id": label})
            for label in attribute.labels
            if label not in labels
        )
        if (attribute.kind in _CHOICES) != bool(attribute.values):
            said = f"{attribute.id}: values are what a choice chooses from, and only a choice has them"
            yield SchemeProblem("values_missing" if attribute.kind in _CHOICES else "values_unfit", said, attribute)
        yield from (
            SchemeProblem("value_nameless", f"value {value.id!r} of {attribute.id} has no id or no name", attribute)
            for value in attribute.values
            if not value.id.strip() or not _can_be_seen(value.name)
        )
        yield from _default(attribute)
        yield from _dependence(scheme, attribute)


def _default(attribute: Attribute) -> Iterator[SchemeProblem]:
    if attribute.default is None:
        return
    try:
        attribute.check(attribute.default)
    except UserError as error:
        said = f"default of {attribute.id}: {error.params.get('value')!r}"
        yield SchemeProblem("default_unfit", said, attribute, {"value": attribute.default})


def _needs(scheme: Scheme) -> Iterator[SchemeProblem]:
    known = {kind.id for kind in scheme.relation_types}
    for attribute in scheme.attributes:
        for value in attribute.values:
            yield from (
                SchemeProblem(
                    "relation_unknown",
                    f"{value.id} of {attribute.id} needs {one!r}, which is unknown",
                    attribute,
                    {"id": one},
                )
                for one in value.needs
                if one not in known
            )


def _label_ids(scheme: Scheme) -> list[str]:
    return [*(label.id for label in scheme.all_labels), *(label.id for label in scheme.document_labels)]


def _dependence(scheme: Scheme, attribute: Attribute) -> Iterator[SchemeProblem]:
    outer = next((known for known in scheme.attributes if known.id == attribute.depends_on), None)
    if attribute.depends_on and (outer is None or outer.id == attribute.id):
        said = f"{attribute.id} depends on {attribute.depends_on!r}, which is no other attribute"
        yield SchemeProblem("dependence", said, attribute)
    known = {value.id for value in outer.values} if outer is not None else set()
    for value in attribute.values:
        yield from (
            SchemeProblem("value_unknown", f"{value.id} of {attribute.id}: {one!r} is unknown", attribute, {"id": one})
            for one in value.within
            if one not in known
        )


def _relation_types(scheme: Scheme) -> Iterator[SchemeProblem]:
    labels = {label.id for label in scheme.all_labels}
    attributes = {str(attribute.id) for attribute in scheme.attributes}
    actor_kinds = {value.id for one in scheme.attributes if one.id == ACTOR_KIND for value in one.values}
    for kind in scheme.relation_types:
        if not kind.archived and not (kind.sources and (kind.targets or kind.author)):
            yield SchemeProblem("relation_endless", f"{kind.id} leads from or to nothing", kind)
        yield from (
            SchemeProblem("label_unknown", f"label {end!r} of {kind.id} is unknown", kind, {"id": end})
            for end in (*kind.sources, *kind.targets)
            if end not in labels
        )
        yield from (
            SchemeProblem("value_unknown", f"kind {one!r} of {kind.id} is unknown", kind, {"id": one})
            for one in kind.kinds
            if one not in actor_kinds
        )
        if kind.unless and kind.unless not in attributes:
            said = f"attribute {kind.unless!r} of {kind.id} is unknown"
            yield SchemeProblem("attribute_unknown", said, kind, {"id": kind.unless})


_RULES: tuple[Callable[[Scheme], Iterable[SchemeProblem]], ...] = (
    _labels,
    _ids_and_names,
    _repetitions,
    _attributes,
    _relation_types,
    _needs,
)


def _repeated(what: str, places: Iterable[tuple[str, SchemePart]], key: str = "twice") -> Iterator[SchemeProblem]:
    found = list(places)
    where = {str(one): part for one, part in found}  # the last that has it
    for one, times in Counter(str(one) for one, _ in found).items():
        if times > 1:
            yield SchemeProblem(key, f"{what} {one!r} twice", where[one], {"id": one})
