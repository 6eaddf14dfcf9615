# SPDX-License-Identifier: MIT
"""Changes to a scheme's parts that leave the scheme whole: what points to a part follows it, or lets go of it.

Pure functions from scheme to scheme; what is in use, and whether the outcome may be kept, is not asked here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from annotator.model.attributes import Attribute, Value
from annotator.model.ids import LayerId
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart

_Rename = Callable[[str], str]

LISTS: dict[type[SchemePart], str] = {
    Layer: "layers",
    Label: "all_labels",
    Attribute: "attributes",
    RelationType: "relation_types",
    DocumentLabel: "document_labels",
}

#: How Arabic letters are spelled in an id: ASCII, as plain as possible.
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱىةؤئپچڤگءـ"
_SPELLINGS = (
    "a.b.t.th.j.h.kh.d.dh.r.z.s.sh.s.d.t.z.a.gh.f.q.k.l.m.n.h.w.y.a.a.a.a.a.a.w.y.p.ch.v.g.."  # of the last two none
)
_LATIN = str.maketrans(dict(zip(_LETTERS, _SPELLINGS.split("."), strict=True)))
_NO_ID = re.compile(r"[^A-Za-z0-9]+")


def parts_of(scheme: Scheme, kind: type[SchemePart]) -> tuple[Any, ...]:
    """Return all parts of a kind, archived ones too."""
    parts: tuple[Any, ...] = getattr(scheme, LISTS[kind])
    return parts


def with_parts(scheme: Scheme, kind: type[SchemePart], parts: Iterable[SchemePart]) -> Scheme:
    """Return the scheme with other parts of a kind."""
    changed: dict[str, Any] = {LISTS[kind]: tuple(parts)}
    return replace(scheme, **changed).numbered()


def added(scheme: Scheme, part: SchemePart) -> Scheme:
    """Return the scheme with a part more, at the end of its kind."""
    return with_parts(scheme, type(part), (*parts_of(scheme, type(part)), part))


def changed(scheme: Scheme, part: SchemePart, new: SchemePart) -> Scheme:
    """Return the scheme with a part changed; what points to it points to its new id."""
    kind = type(part)
    parts = parts_of(scheme, kind)
    place = next(place for place, one in enumerate(parts) if one.id == part.id)
    scheme = with_parts(scheme, kind, (*parts[:place], new, *parts[place + 1 :]))
    if new.id == part.id:
        return scheme
    return _pointing(scheme, kind, lambda one: new.id if one == part.id else one)


def removed(scheme: Scheme, part: SchemePart) -> Scheme:
    """Return the scheme without a part; what points to it lets go. The labels of a layer go with it."""
    kind = type(part)
    if isinstance(part, Layer):
        for label in list(scheme.labels_of(part.id)):
            scheme = removed(scheme, label)
    scheme = with_parts(scheme, kind, (one for one in parts_of(scheme, kind) if one.id != part.id))
    scheme = _pointing(scheme, kind, lambda one: "" if one == part.id else one)
    if isinstance(part, Attribute):  # what depended on it depends on nothing
        return with_parts(scheme, Attribute, (_without_within(one) for one in scheme.attributes))
    return scheme


def moved(scheme: Scheme, part: SchemePart, before: SchemePart | None) -> Scheme:
    """Return the scheme with a part put before another one of its kind; None: at the end."""
    rest = [one for one in parts_of(scheme, type(part)) if one.id != part.id]
    ids = [one.id for one in rest]
    place = ids.index(before.id) if before is not None and before.id in ids else len(rest)
    return with_parts(scheme, type(part), (*rest[:place], part, *rest[place:]))


def value_changed(scheme: Scheme, attribute: Attribute, value: Value, new: Value) -> Scheme:
    """Return the scheme with a value of an attribute changed; what points to it points to its new id."""
    values = tuple(new if one.id == value.id else one for one in attribute.values)
    return _with_values(scheme, attribute, values, lambda one: new.id if one == value.id else one)


def value_removed(scheme: Scheme, attribute: Attribute, value: Value) -> Scheme:
    """Return the scheme without a value of an attribute; what points to it lets go."""
    values = tuple(one for one in attribute.values if one.id != value.id)
    return _with_values(scheme, attribute, values, lambda one: "" if one == value.id else one)


def value_moved(scheme: Scheme, attribute: Attribute, value: Value, before: Value | None) -> Scheme:
    """Return the scheme with a value put before another one of its attribute; None: at the end."""
    rest = [one for one in attribute.values if one.id != value.id]
    ids = [one.id for one in rest]
    place = ids.index(before.id) if before is not None and before.id in ids else len(rest)
    return changed(scheme, attribute, replace(attribute, values=(*rest[:place], value, *rest[place:])))


def free_id(name: Name, taken: Iterable[str], fallback: str, *, upper: bool = True) -> str:
    """Return a new id made of a name's English or else Arabic form: ASCII letters and digits, in no other's place."""
    bare = "".join(letter for letter in name.ar if not unicodedata.combining(letter))
    source = name.en if _NO_ID.sub("", name.en) else bare.translate(_LATIN)
    words = _NO_ID.sub("_", source).strip("_")[:32].rstrip("_")
    if not words or not words[0].isalpha():
        words = f"{fallback}_{words}".rstrip("_")
    base = words.upper() if upper else words.lower()
    known = set(taken)
    number = 1
    while (found := base if number == 1 else f"{base}_{number}") in known:
        number += 1
    return found


def _pointing(scheme: Scheme, kind: type[SchemePart], rename: _Rename) -> Scheme:
    """Return the scheme with every id of a part of this kind renamed where another part names it; "" lets go."""
    attributes, relations = scheme.attributes, scheme.relation_types
    labels = scheme.all_labels
    if kind is Layer:
        labels = tuple(replace(one, layer_id=LayerId(rename(one.layer_id))) for one in labels)
    if kind in (Label, DocumentLabel):
        attributes = tuple(replace(one, labels=_renamed(one.labels, rename)) for one in attributes)
    if kind is Label:
        relations = tuple(
            replace(one, sources=_renamed(one.sources, rename), targets=_renamed(one.targets, rename))
            for one in relations
        )
    if kind is Attribute:
        attributes = tuple(replace(one, depends_on=rename(one.depends_on)) for one in attributes)
        relations = tuple(replace(one, unless=rename(one.unless)) for one in relations)
    if kind is RelationType:
        attributes = tuple(
            replace(one, values=tuple(replace(value, needs=_renamed(value.needs, rename)) for value in one.values))
            for one in attributes
        )
    return replace(scheme, all_labels=labels, attributes=attributes, relation_types=relations)


def _with_values(scheme: Scheme, attribute: Attribute, values: tuple[Value, ...], rename: _Rename) -> Scheme:
    default = attribute.default
    if isinstance(default, tuple):
        default = _renamed(default, rename) or None
    elif isinstance(default, str):
        default = rename(default) or None
    scheme = changed(scheme, attribute, replace(attribute, values=values, default=default))
    attributes = tuple(
        replace(one, values=tuple(replace(value, within=_renamed(value.within, rename)) for value in one.values))
        if one.depends_on == attribute.id
        else one
        for one in scheme.attributes
    )
    return replace(scheme, attributes=attributes)


def _without_within(attribute: Attribute) -> Attribute:
    if attribute.depends_on:
        return attribute
    return replace(attribute, values=tuple(replace(value, within=()) for value in attribute.values))


def _renamed(ids: Iterable[Any], rename: _Rename) -> tuple[Any, ...]:
    return tuple(new for one in ids if (new := rename(one)))
