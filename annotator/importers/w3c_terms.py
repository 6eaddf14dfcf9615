# SPDX-License-Identifier: MIT
"""The words of W3C's Web Annotation that are written and read, and how our ids are IRIs."""

import re
from urllib.parse import quote, unquote

#: The context of the recommendation, by its address; what our own files say besides is in `OWN_CONTEXT`.
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "urn:tawsim:vocabulary#"
VERSION = "tawsim-w3c/1"

#: Keys of ours: what an annotation says that the recommendation has no word for, each as a JSON literal.
ATTRIBUTES, CERTAINTY, DOCUMENT = "tawsim:attributes", "tawsim:certainty", "tawsim:document"
PROJECT, FILE_VERSION = "tawsim:project", "tawsim:version"
#: What a relation leads to that leads to the article's author.
AUTHOR = "tawsim:author"

OWN_CONTEXT: dict[str, object] = {
    "tawsim": OWN,
    # A class of the recommendation's vocabulary that its context has no short name for.
    "Composite": "http://www.w3.org/ns/oa#Composite",
    **{key: {"@id": key, "@type": "@json"} for key in (ATTRIBUTES, DOCUMENT, PROJECT)},
}

_UUID = re.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})")
_UUID_IRI = re.compile("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OTHER = "urn:tawsim:id:"


def iri(name: str) -> str:
    """Return the IRI of an id: a URN of its UUID, else one of our own."""
    found = _UUID.fullmatch(name)
    return f"urn:uuid:{'-'.join(found.groups())}" if found else _OTHER + quote(name, safe="")


def name_of(iri_: str) -> str:
    """Return the id that an IRI was made of; any other IRI as it is."""
    if _UUID_IRI.fullmatch(iri_):
        return iri_.removeprefix("urn:uuid:").replace("-", "")
    if iri_.startswith(_OTHER):
        name = unquote(iri_.removeprefix(_OTHER))
        return name if iri(name) == iri_ else iri_
    return iri_


def text_iri(name: str) -> str:
    """Return the IRI of the annotation that holds the text of a document."""
    return f"urn:tawsim:text:{quote(name, safe='')}"
