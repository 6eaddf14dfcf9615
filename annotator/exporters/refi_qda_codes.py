# SPDX-License-Identifier: MIT
"""What REFI-QDA projects and codebooks share: GUIDs, elements of XML, and a scheme as codes under their layers."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from annotator.exporters.base import LabelNames
from annotator.exporters.naming import Naming
from annotator.exporters.xml_text import legal_text
from annotator.importers.refi_qda_project import ORIGIN
from annotator.model.names import Name
from annotator.model.scheme import Scheme

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ID = re.compile("[0-9a-f]{32}")
_SPACE = UUID("6f1f7d1c-4f0a-5a5e-9d57-2f4f1f0c3a10")


class Code(NamedTuple):
    """A code with those below it."""

    guid: str
    name: str
    codable: bool
    color: str
    description: Name
    children: "tuple[Code, ...]" = ()


def guid(kind: str, key: str) -> str:
    """Return an id of ours as a GUID: the same digits where it has as many, else one made of it."""
    return str(UUID(key)) if _ID.fullmatch(key) else str(uuid5(_SPACE, f"{kind}:{key}"))


def text_guid(name: str) -> str:
    """Return the GUID of a text, which is none of any tag's: a link to a text leads to its author."""
    return str(uuid5(_SPACE, f"text:{name}"))


def element(name: str, attributes: Mapping[str, str], content: str = "") -> str:
    """Return an element; attributes without a value are left out, and so is what XML does not allow."""
    said = "".join(f" {key}={quoteattr(legal_text(value))}" for key, value in attributes.items() if value)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def words(name: str, text: str) -> str:
    """Return an element with a text in it."""
    return f"<{name}>{escape(legal_text(text), {chr(13): '&#13;'})}</{name}>"


def codes_of(scheme: Scheme, names: LabelNames) -> tuple[Code, ...]:
    """Return the labels of each layer under it, then the document labels."""
    naming = Naming(scheme, names)
    layers = [
        Code(
            guid("layer", layer.id),
            _called(layer.id, layer.name, names),
            codable=False,
            color="",
            description=Name(),
            children=tuple(
                Code(guid("code", one.id), naming.label(one.id), True, one.color, one.description)  # noqa: FBT003
                for one in scheme.labels_of(layer.id)
            ),
        )
        for layer in scheme.layers
    ]
    documents = [
        Code(guid("document", one.id), naming.document_label(one.id), True, "", one.description)  # noqa: FBT003
        for one in scheme.document_labels
    ]
    return (*layers, *documents)


def code_book(codes: tuple[Code, ...]) -> Iterator[str]:
    """Yield the element of codes, if there are any."""
    if codes:
        yield "<Codes>\n"
        for one in codes:
            yield _element(one) + "\n"
        yield "</Codes>\n"


def origin(version: str) -> str:
    """Return what a file says it was made by."""
    return f"{ORIGIN} {version}"


def _element(code: Code) -> str:
    described = " / ".join(dict.fromkeys(filter(None, (code.description.ar, code.description.en))))
    content = (words("Description", described) if described else "") + "".join(map(_element, code.children))
    attributes = {"guid": code.guid, "name": code.name, "isCodable": "true" if code.codable else "false"}
    return element("Code", attributes | {"color": code.color}, content)


def _called(layer_id: str, name: Name, names: LabelNames) -> str:
    return layer_id if names is LabelNames.ID else name.in_language(names) or layer_id
