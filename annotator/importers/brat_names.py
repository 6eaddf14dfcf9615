# SPDX-License-Identifier: MIT
"""How names and values are said in brat's files, where types are ASCII without blanks and a line is one line.

A character that a name may not have is written as in ISO 9075-14: `_x2D_` is a hyphen. Text that would not survive in
one line is written as a JSON string. Either is read back only where it would be written just so, so that what others
write is taken as it stands.
"""

import json
import math
import re
from collections.abc import Callable

from annotator.importers.foreign import json_line
from annotator.model.attributes import AttributeValue

#: What the type of a document tag begins with.
DOCUMENT = "DOCUMENT_"
#: The attribute of tags that are unsure.
UNSURE = "Unsure"
#: The type of the N-line of a tag that is linked to an actor or event; of any other type it is a relation to one.
REFERENCE = "Reference"
#: The data base that the ids of actors and events are in, and the one whose only entry is the article's author.
REGISTRY_DB = "Tawsim"
AUTHOR_DB = "TawsimAuthor"
#: Types of #-lines: the note of a tag, a value that is no token, and where a tag is whose fragments do not tell.
NOTE, ATTRIBUTE, PIECES = "AnnotatorNotes", "Attribute", "Pieces"

#: What brat's reader ends a line at, as `str.splitlines` does.
BREAKS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"

_ESCAPED = re.compile("_x([0-9A-F]{2,6})_")
_NO_TOKEN = re.compile(r"_(?=x)|[^A-Za-z0-9_-]")
_NO_WORD = re.compile(r"_(?=x)|\W|-", re.ASCII)
_CONTROL = re.compile(f"[\t\0-\x1f{BREAKS}]")

Encode = Callable[[str], str]


def _escape(text: str) -> str:
    return "".join(f"_x{ord(one):02X}_" for one in text)


def token(text: str) -> str:
    """Return text as letters, digits, `_` and `-` of ASCII."""
    return _NO_TOKEN.sub(lambda found: _escape(found[0]), text)


def type_name(label: str) -> str:
    """Return the type of a tag; no label looks like the type of a document tag."""
    return _unlike(token(label), taken=label.startswith(DOCUMENT))


def document_type(label: str) -> str:
    """Return the type of a document tag."""
    return DOCUMENT + token(label)


def attribute_name(name: str) -> str:
    """Return the name of an attribute."""
    return _unlike(token(name), taken=name == UNSURE)


def relation_name(relation: str) -> str:
    """Return the type of a relation between tags, or from a tag to what is not in the text."""
    return _unlike(token(relation), taken=relation == REFERENCE)


def role_name(relation: str) -> str:
    """Return the role that a relation from an event is: no hyphens, and no digit at its end, which counts roles."""
    name = _NO_WORD.sub(lambda found: _escape(found[0]), relation)
    return name[:-1] + _escape(name[-1]) if name[-1:].isdigit() else name


def _unlike(name: str, *, taken: bool) -> str:
    return _escape(name[0]) + name[1:] if taken else name


def plain(name: str, encode: Encode) -> str:
    """Return what a name stands for that one of the functions above made; any other name as it is."""
    try:
        found = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), name)
        found.encode()
    except (ValueError, OverflowError):  # no character, or half of a surrogate pair
        return name
    return found if found != name and encode(found) == name else name


def line_of(text: str) -> str:
    """Return text as one line: as it is, or as a JSON string where it would not come back so."""
    survives = text and text == text.strip() and not _CONTROL.search(text) and text_of(text, quoted=True) == text
    return text if survives else json_line(text)


def text_of(line: str, *, quoted: bool = False) -> str:
    """Return the text that `line_of` made a line of; `quoted` takes any JSON string for one."""
    if not (len(line) > 1 and line[0] == line[-1] == '"'):
        return line
    found = _json(line)
    return found if isinstance(found, str) and (quoted or line_of(found) == line) else line


def line_of_value(value: AttributeValue) -> str:
    """Return a value as one line: text as `line_of` does, JSON for all else and for text that looks like that."""
    if isinstance(value, str) and _json(value) is None:
        return line_of(value)
    return json_line(list(value) if isinstance(value, tuple) else value)


def value_of(line: str) -> AttributeValue:
    """Return the value that `line_of_value` made a line of."""
    found = _json(line)
    if isinstance(found, list):
        return tuple(found) if all(isinstance(one, str) for one in found) else line
    return found if isinstance(found, str | bool | int | float) else line


def _json(line: str) -> object:
    """Return the value of a line of JSON, None where it is no line of JSON that can be kept."""
    try:
        found = json.loads(line)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # half of a surrogate pair is a ValueError, too
        return None
    return None if isinstance(found, float) and not math.isfinite(found) else found
