# SPDX-License-Identifier: MIT
"""What INCEpTION and WebAnno mean by layers and features, and what features of ours mean in them.

Shared by the readers of WebAnno TSV and UIMA CAS and by what writes these. Plain data only; knows no file.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from annotator.model.attributes import AttributeValue
from annotator.model.exchange import DocumentTag, Tag

CUSTOM = "webanno.custom."
ANNOTATION = "uima.tcas.Annotation"
#: What is known of a document: DKPro's own type, and ours for the rest.
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ARTICLE = f"{CUSTOM}Article"

#: The features of ours. `MORE` holds, as JSON, the attributes that have no feature of their own.
VALUE, NOTE, CERTAINTY, ENTITY, ANNOTATOR, MORE = "value", "note", "certainty", "entity", "annotator", "more"
OURS = (VALUE, NOTE, CERTAINTY, ENTITY, ANNOTATOR, MORE)
#: What an attribute's feature is called where its id alone has another meaning.
PREFIX = "attribute_"
#: Slots of ours: each leads from a tag to another, and its role is the type of the relation.
SLOTS = "relations"
UNSURE = "unsure"

#: The link to a knowledge base that INCEpTION's own layer of named entities has.
_IDENTIFIER = "identifier"

#: Built-in layers that say what words are, not what is tagged.
_LINGUISTIC = tuple(
    f"{package}{name}"
    for package in ("de.tudarmstadt.ukp.dkpro.core.api.", "org.dkpro.core.api.")
    for name in ("segmentation.", "lexmorph.", "metadata.", "syntax.", "transform.", "morph.", "pdf.", "xml.")
)


_OUR_NAME = re.compile(r"\d{6,}-([0-9a-f]{32}(?:-\d+)?)")


def file_name(number: int, document: str, suffix: str) -> str:
    """Return what a file of ours is called: in the order of their names, files are in that of the documents."""
    return f"{number:06}-{document}{suffix}"


def document_id(stem: str) -> str:
    """Return the id of the document of a file of ours, or the name of the file without its end."""
    match = _OUR_NAME.fullmatch(stem)
    return match[1] if match else stem


def is_layer_of_tags(type_name: str) -> bool:
    """Return whether annotations of a type are tags, and not words, sentences or what they are made of."""
    return not type_name.startswith((*_LINGUISTIC, "uima."))


def short_name(type_name: str) -> str:
    """Return the last part of a type's name."""
    return type_name.rpartition(".")[2]


def label_of(type_name: str, features: Mapping[str, str]) -> str:
    """Return what a tag is called: its value, else its layer."""
    return features.get(VALUE) or short_name(type_name)


def tag_of(type_name: str, features: Mapping[str, str], start: int, end: int, **more: Any) -> Tag:
    """Return an annotation as a tag.

    Args:
        type_name: its layer.
        features: those that have a value, as text.
        start: its first code point.
        end: the code point after its last.
        more: further fields of the tag.
    """
    return Tag(
        label_of(type_name, features),
        start,
        end,
        entity=features.get(ENTITY) or features.get(_IDENTIFIER, ""),
        **_details(features),
        **more,
    )


def document_tag_of(type_name: str, features: Mapping[str, str], **more: Any) -> DocumentTag:
    """Return metadata of a document as a document tag; see `tag_of`."""
    return DocumentTag(label_of(type_name, features), **_details(features), **more)


def _details(features: Mapping[str, str]) -> dict[str, Any]:
    attributes = {
        name.removeprefix(PREFIX): value
        for name, value in features.items()
        if name not in {*OURS, _IDENTIFIER} and value
    }
    return {
        "note": features.get(NOTE, ""),
        "unsure": features.get(CERTAINTY) == UNSURE,
        "annotator": features.get(ANNOTATOR, ""),
        "attributes": {**attributes, **_more(features.get(MORE, ""))},
    }


def _more(raw: str) -> dict[str, AttributeValue]:
    if not raw:
        return {}
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    # A feature of this name in a file that is not ours.
    return {key: _value(one) for key, one in found.items()} if isinstance(found, dict) else {MORE: raw}


def _value(found: Any) -> AttributeValue:
    match found:
        case str() | bool() | int() | float():
            return found
        case list():
            return tuple(map(str, found))
        case _:
            return json.dumps(found, ensure_ascii=False)
