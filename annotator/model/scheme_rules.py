# SPDX-License-Identifier: MIT
"""What a scheme may say: each rule yields what breaks it, in few words that name the place."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from annotator.errors import UserError
from annotator.model.attributes import ACTOR_KIND, Attribute, AttributeKind
from annotator.model.scheme import Scheme

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")

_CHOICES = frozenset({AttributeKind.CHOICE, AttributeKind.CHOICES})


def scheme_problems(scheme: Scheme) -> list[str]:
    """Return all that is wrong with a scheme; nothing, for a sound one."""
    return [problem for rule in _RULES for problem in rule(scheme)]


def _labels(scheme: Scheme) -> Iterator[str]:
    if not any(True for _ in scheme.labels):
        yield "no labels"
    layers = {layer.id for layer in scheme.layers}
    for label in scheme.all_labels:
        if label.layer_id not in layers:
            yield f"layer {label.layer_id!r} of {label.id} is unknown"
        if not _COLOR.fullmatch(label.color):
            yield f"color {label.color!r} of {label.id}"


def _ids_and_names(scheme: Scheme) -> Iterator[str]:
    if not scheme.id or not scheme.name:
        yield "the scheme has no id or no name"
    for part in scheme.parts():
        if not _ID.fullmatch(part.id):
            yield f"id {part.id!r}"
        if not part.name:
            yield f"{part.id} has no name"


def _repetitions(scheme: Scheme) -> Iterator[str]:
    # Attributes are asked of labels and document labels by id, so these two share one name space.
    yield from _repeated("label", _label_ids(scheme))
    yield from _repeated("layer", [layer.id for layer in scheme.layers])
    yield from _repeated("attribute", [attribute.id for attribute in scheme.attributes])
    yield from _repeated("relation type", [kind.id for kind in scheme.relation_types])
    for attribute in scheme.attributes:
        yield from _repeated(f"value of {attribute.id}", [value.id for value in attribute.values])
    yield from _repeated("shortcut", [label.shortcut.upper() for label in scheme.labels if label.shortcut])
    for label in scheme.labels:
        keys = [kind.shortcut.upper() for kind in scheme.relation_types_from(label.id) if kind.shortcut]
        yield from _repeated(f"shortcut of relations from {label.id}", keys)


def _attributes(scheme: Scheme) -> Iterator[str]:
    labels = set(_label_ids(scheme))
    for attribute in scheme.attributes:
        yield from (
            f"label {label!r} of {attribute.id} is unknown" for label in attribute.labels if label not in labels
        )
        if (attribute.kind in _CHOICES) != bool(attribute.values):
            yield f"{attribute.id}: values are what a choice chooses from, and only a choice has them"
        yield from (
            f"value {value.id!r} of {attribute.id} has no id or no name"
            for value in attribute.values
            if not value.id or not value.name
        )
        if attribute.default is not None:
            yield from _checked(lambda a=attribute: a.check(a.default), f"default of {attribute.id}")  # type: ignore[misc]
        yield from _dependence(scheme, attribute)


def _needs(scheme: Scheme) -> Iterator[str]:
    known = {kind.id for kind in scheme.relation_types}
    for attribute in scheme.attributes:
        for value in attribute.values:
            yield from (
                f"{value.id} of {attribute.id} needs {one!r}, which is unknown"
                for one in value.needs
                if one not in known
            )


def _label_ids(scheme: Scheme) -> list[str]:
    return [*(label.id for label in scheme.all_labels), *(label.id for label in scheme.document_labels)]


def _dependence(scheme: Scheme, attribute: Attribute) -> Iterator[str]:
    outer = next((known for known in scheme.attributes if known.id == attribute.depends_on), None)
    if attribute.depends_on and (outer is None or outer.id == attribute.id):
        yield f"{attribute.id} depends on {attribute.depends_on!r}, which is no other attribute"
    known = {value.id for value in outer.values} if outer is not None else set()
    for value in attribute.values:
        yield from (f"{value.id} of {attribute.id}: {one!r} is unknown" for one in value.within if one not in known)


def _relation_types(scheme: Scheme) -> Iterator[str]:
    labels = {label.id for label in scheme.all_labels}
    attributes = {str(attribute.id) for attribute in scheme.attributes}
    actor_kinds = {value.id for one in scheme.attributes if one.id == ACTOR_KIND for value in one.values}
    for kind in scheme.relation_types:
        if not kind.archived and not (kind.sources and (kind.targets or kind.author)):
            yield f"{kind.id} leads from or to nothing"
        yield from (
            f"label {end!r} of {kind.id} is unknown" for end in (*kind.sources, *kind.targets) if end not in labels
        )
        yield from (f"kind {one!r} of {kind.id} is unknown" for one in kind.kinds if one not in actor_kinds)
        if kind.unless and kind.unless not in attributes:
            yield f"attribute {kind.unless!r} of {kind.id} is unknown"


_RULES: tuple[Callable[[Scheme], Iterable[str]], ...] = (
    _labels,
    _ids_and_names,
    _repetitions,
    _attributes,
    _relation_types,
    _needs,
)


def _repeated(what: str, ids: list[str]) -> Iterator[str]:
    return (f"{what} {one!r} twice" for one, times in Counter(map(str, ids)).items() if times > 1)


def _checked(check: Callable[[], object], what: str) -> Iterator[str]:
    try:
        check()
    except UserError as error:
        yield f"{what}: {error.params.get('value')!r}"
