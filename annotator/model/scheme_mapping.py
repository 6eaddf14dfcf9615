# SPDX-License-Identifier: MIT
"""Which label of a project a label of a foreign file becomes, and so with relations, document labels and attributes.

Owns the guess and the file of a mapping (`tawsim-mapping/1`, described in `docs/importing.md`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.errors import UserError
from annotator.model.attributes import Attribute
from annotator.model.scheme import DocumentLabel, Label, RelationType, Scheme
from annotator.text.folding import fold

FORMAT = "tawsim-mapping/1"

#: Kept under the file's own name, as a part of the scheme of its own: what a file has and the scheme has not.
KEEP = ""
#: Left out, and counted; no id can be this.
LEAVE_OUT = "-"

#: What others call what our schemes call so; only names that mean the same everywhere.
#: Sources: CoNLL-2003, OntoNotes 5, ACE 2005, Wikidata-tagged corpora and spaCy's own label sets.
_USUAL = {
    "ACTOR": ("PER", "PERS", "PERSON", "ORG", "ORGANIZATION", "ORGANISATION", "NORP"),
    "PLACE": ("LOC", "LOCATION", "GPE", "FAC", "FACILITY"),
    "TIME": ("DATE", "TIMEX", "TIMEX3"),
    "EVENT": ("EVT", "TRIGGER"),
    "STANCE": ("OPINION", "SENTIMENT"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a file uses, with how often each.

    Attributes:
        attributes: the names of attributes; how many tags have each.
    """

    labels: Mapping[str, int] = field(default_factory=dict)
    relations: Mapping[str, int] = field(default_factory=dict)
    document_labels: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchemeMapping:
    """What each name of a file becomes: the id of a part of the scheme, `KEEP` or `LEAVE_OUT`."""

    labels: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    document_labels: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


_LISTS = ("labels", "relations", "document_labels", "attributes")


def guess_mapping(scheme: Scheme, names: Names, given: Scheme | None = None) -> SchemeMapping:
    """Return what each name most likely means: the part of that id or name, else what is usually called so.

    Args:
        scheme: the project's.
        names: those of the file.
        given: the scheme that the file brings along, if any; what its labels mean is not guessed from what others mean.
    """
    labels = [label for label in scheme.all_labels if scheme.is_offered(label)]
    ids = {label.id for label in labels}
    own = {str(label.id) for label in given.all_labels} if given else set()
    usual = {other: ours for ours, others in _USUAL.items() if ours in ids for other in others}
    guessed = _guess(names.labels, labels)
    return SchemeMapping(
        {name: found or (KEEP if name in own else usual.get(name.upper(), KEEP)) for name, found in guessed.items()},
        _guess(names.relations, (part for part in scheme.relation_types if not part.archived)),
        _guess(names.document_labels, (part for part in scheme.document_labels if not part.archived)),
        _guess(names.attributes, (part for part in scheme.attributes if not part.archived)),
    )


def completed(mapping: SchemeMapping, guessed: SchemeMapping) -> SchemeMapping:
    """Return a mapping in which what it does not name is as guessed."""
    return SchemeMapping(*({**getattr(guessed, name), **getattr(mapping, name)} for name in _LISTS))


def check_mapping(mapping: SchemeMapping, scheme: Scheme) -> None:
    """Refuse a mapping to what the scheme does not have.

    Raises:
        UserError: `label_unknown`, `relation_type_unknown`, `document_label_unknown` or `attribute_unknown`.
    """
    finders = (scheme.label, scheme.relation_type, scheme.document_label, scheme.attribute)
    for name, find in zip(_LISTS, finders, strict=True):
        for target in set(getattr(mapping, name).values()) - {KEEP, LEAVE_OUT}:
            find(target)


def parse_mapping(text: str, where: str) -> SchemeMapping:
    """Read the file of a mapping: an id, `null` to keep a name as it is, `false` to leave it out.

    Raises:
        UserError: `mapping_invalid`, with what is wrong.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError("mapping_invalid", path=where, detail=str(error)) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError("mapping_invalid", path=where, detail=f'"format" is not "{FORMAT}"')
    return SchemeMapping(*(_parsed(data.get(name, {}), name, where) for name in _LISTS))


def dump_mapping(mapping: SchemeMapping) -> str:
    """Return the file of a mapping."""
    data: dict[str, object] = {"format": FORMAT}
    for name in _LISTS:
        data[name] = {key: _WORDS.get(value, value) for key, value in getattr(mapping, name).items()}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_WORDS: dict[str, object] = {KEEP: None, LEAVE_OUT: False}


def _parsed(data: object, name: str, where: str) -> dict[str, str]:
    if not isinstance(data, dict):
        raise UserError("mapping_invalid", path=where, detail=f'"{name}" is no object')
    parsed: dict[str, str] = {}
    for key, value in data.items():
        if value is None or value is False:
            parsed[key] = KEEP if value is None else LEAVE_OUT
        elif isinstance(value, str) and value not in _WORDS:
            parsed[key] = value
        else:
            raise UserError("mapping_invalid", path=where, detail=f'"{name}", "{key}": {value!r}')
    return parsed


_Part = Label | RelationType | DocumentLabel | Attribute


def _guess(names: Iterable[str], parts: Iterable[_Part]) -> dict[str, str]:
    """Return the id of the part that each name is of: the one of just that id or name, else the one that is like it.

    Ids come before names, and what is just so before what is like it: `A_B` and `A-B` may be two labels.
    """
    known = list(parts)
    just: dict[str, str] = {}
    like: dict[str, str] = {}
    for keys in ((part.id for part in known), (part.name.en for part in known), (part.name.ar for part in known)):
        for part, key in zip(known, keys, strict=True):
            if key:
                just.setdefault(key, str(part.id))
            if _key(key):
                like.setdefault(_key(key), str(part.id))
    return {name: just.get(name) or like.get(_key(name), KEEP) for name in names}


def _key(name: str) -> str:
    return " ".join(fold(name).text.casefold().replace("_", " ").replace("-", " ").split())
